"""What kind of thing fills a slot, told from its form and from jieba's part-of-speech tags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from reuse.model import SlotType
from reuse.text.words import tag

_EDGE = " 　\t\n\r，。、；：？！,.;:?!()（）“”\"'‘’《》"
_NUMERAL = "0-9０-９零〇一二三四五六七八九十百千万亿两半几"

_PLACEHOLDER = re.compile(r"(?:[×*＊○□■☐△▲◇✕✖╳_＿某※〇XＸxｘ]|\.{3,}|…)+")
_DATE = re.compile(
    rf"(?:公元|农历)?[{_NUMERAL}]+(?:年度?|周年|月|日|号|时|点)(?:份|代|初|底|末|中|来|间|以来|里|[上中下]旬)?.{{0,8}}"
    r"|(?:今|去|前|明|后|当|本|同|全|近几?|上半|下半)年度?(?:[春夏秋冬][天季]?|.{0,4}[月日旬底初末来])?"
    r"|(?:元月|正月|腊月|冬月|本月|上月|下月|当月|[上中下]旬|春节|元旦|国庆|五一|端午|中秋).{0,5}"
    r"|[春夏秋冬][天季]|[上这下本]?个?(?:周|星期|礼拜)[一二三四五六日天末]?|第?[一二三四]季度"
    r"|(?:[今昨明前当次同即]日|[今昨明前当后]天|今晚|昨晚|现在|目前|当前|近日|日前|[上下]午)(?:[早上中下晚]上?午?)?"
)
_MEASURE = (
    r"(?:个|名|人|位|家|户|件|项|条|次|场|批|期|座|所|处|吨|亩|里|公里|米|斤|公斤|元|万元|亿元|倍|成|届|章|节|款|级|类|种|只|台|辆|份|篇|本|天|周|岁|年|步|点|方面|平方米|公顷"
    r"|小时|分钟|千瓦|立方米|套|支|门|间|层|轮|字|员|多|余|来|[％%‰℃㎡]|个百分点|大)*"
)
_NUMBER = re.compile(
    rf"(?:第|近|约|超|达|逾|百分之|上|每|数)*(?:[0-9０-９]+(?:[.．·,，／/∶:\-—~～至到、][0-9０-９]+)*[\u4e00-\u9fff㎡％%‰℃]{{0,4}}"
    rf"|[{_NUMERAL}]+(?:[点、至到][{_NUMERAL}]+)*{_MEASURE})"
)
_LEVEL = r"(?:自治区|地区|街道|社区|[省市州盟县区旗乡镇村国])"
_OWN_LEVEL = re.compile(rf"(?:全|我|本|各|该|贵|咱|我们|你们){_LEVEL}")
_PLACE = re.compile(
    rf"[\u4e00-\u9fff]{{1,10}}(?:{_LEVEL}|[屯里庄寨路街湾岛山河湖江港道]|新区|园区|开发区|半岛|高原|平原|流域)"
)
_ORGANIZATION = re.compile(
    r"[\u4e00-\u9fff（）()]{1,20}(?:委员会|协会|学会|工会|商会|联合会|理事会|董事会|研究会|常委会|公司|集团|银行|中心|学院|大学|中学|小学|医院"
    r"|[法检]察?院|政府|机关|人大|政协|党组|[总党]支部|党校|合作社|供销社|办公室|办事处|指挥部|工商联|[妇残文科]联|共青团|团委"
    r"|(?<![格布全大开新残结时战定])局|(?<![干全内外中西东北南上下大细])部|(?<![部])署|(?<![教卧浴温])室|(?<![场])所|(?<![平上舞后])台"
    r"|(?<![学专本百文理])科|(?<![住])院|[厅馆站校厂矿委队组社办])"
)
_TITLE = r"(?:同志|书记|主席|主任|[市县省区州部局厅院校镇乡]长|总理|总统|先生|女士|教授|博士|院士)"
_PERSON = re.compile(rf"([\u4e00-\u9fff·]{{2,4}}){_TITLE}*")
_SURNAME = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金"
    "陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_FUNCTION = frozenset("vdpcurfy")
_NAME_TAGS = frozenset(("nr", "nrt", "nrfg"))


@lru_cache(maxsize=65_536)
def slot_type(filler: str) -> SlotType:
    """The type of one filler; `other` where its form tells nothing."""
    text = filler.strip(_EDGE)
    if _PLACEHOLDER.fullmatch(text or filler.strip()):
        return "placeholder"
    if _DATE.fullmatch(text):
        return "date"
    if _NUMBER.fullmatch(text):
        return "number"
    return _named(text) if len(text) >= 2 else "other"


def column_type(fillers: Sequence[str]) -> SlotType:
    """The type of a slot: what most of its fillers are, blanks and empty ones set aside; `other` where no
    type has half."""
    kinds = Counter(slot_type(filler) for filler in fillers if filler.strip())
    blanks = kinds.pop("placeholder", 0)
    if not kinds:
        return "placeholder" if blanks else "other"
    best = min(kinds, key=lambda kind: (-kinds[kind], kind))
    return best if 2 * kinds[best] >= kinds.total() else "other"


def _named(text: str) -> SlotType:
    """Whether a text is the name of a place, an organisation or a person."""
    if _OWN_LEVEL.fullmatch(text):
        return "place"
    words = _tagged(text)
    last = words[-1][1]
    if (last[:1] in ("n", "j", "l", "z") and _ORGANIZATION.fullmatch(text)) or [
        kind for _, kind in words
    ] == ["nt"]:
        return "organization"
    if (last not in ("d", "v", "a", "c", "p") and _PLACE.fullmatch(text)) or {kind for _, kind in words} == {
        "ns"
    }:
        return "place"
    return "person" if _is_person(text) else "other"


def _is_person(text: str) -> bool:
    """A name jieba knows as one, or a surname with one or two characters that make no word with it."""
    found = _PERSON.fullmatch(text)
    if found is None or len(found[1]) > 4:
        return False
    words = _tagged(found[1])
    if words[0][1] in _NAME_TAGS and len(words[0][0]) > 1:
        return True
    unknown = len(words) > 1 and not any(kind[0] in _FUNCTION for _, kind in words)
    return text[0] in _SURNAME and len(found[1]) == 3 and unknown


@lru_cache(maxsize=65_536)
def _tagged(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(tag(text)) or ((text, "x"),)
