"""What stands in a slot: dates, numbers, money, places, organisations, persons, placeholders."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from reuse.model import SlotType
from reuse.text.words import tag

_NUMERAL = r"[0-9０-９〇零一二三四五六七八九十百千万亿两半]"
_DATE = re.compile(
    rf"{_NUMERAL}+\s*(?:年|月|日|号|周年|年度|季度|世纪|时|点钟|点半|点{_NUMERAL}+分)|[0-9]{{4}}[-/.][0-9]{{1,2}}(?:[-/.][0-9]{{1,2}})?"
    r"|(?:今|明|去|前|昨|本|上|下)(?:年|月|天|日|周)|(?:春|夏|秋|冬)(?:季|天)|上午|下午|晚上|第[0-9〇零一二三四五六七八九十]+届"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_NUMBER = re.compile(
    rf"[0-9０-９%％.,，]+|^(?:第|约|近|超过?|达到?)?{_NUMERAL}+(?:余|多)?(?:个|名|人|项|元|家|条|次|倍|亩|户|件|篇|%)?"
)
_PLACEHOLDER = re.compile(r"[×✕✖╳*＊○□■☐△▲※_＿]|某|(?<![A-Za-z])[XxＸｘ]+(?![A-Za-z])")
_PLACE = re.compile(r"(?:省|自治区|市|自治州|州|盟|地区|县|旗|区|镇|乡|村|街道|社区|国)$")
_ORGANIZATION = re.compile(
    r"(?:委员会|委|政府|党校|学校|大学|学院|中学|小学|公司|集团|企业|银行|医院|局|厅|部|处|办公室|办|中心|协会|学会|联合会|工会|支部|总支|报社|研究院|研究所"
    r"|University|College|Company|Corporation|Committee|Council|Association|Ministry|Department)$"
)
_PERSON = re.compile(
    r"(?:同志|主席|总理|总统|书记|部长|省长|市长|县长|局长|校长|院长|主任|先生|女士|教授|院士|代表)$"
)
_NAMES: tuple[tuple[re.Pattern[str], SlotType], ...] = (
    (_ORGANIZATION, "organization"),
    (_PLACE, "place"),
    (_PERSON, "person"),
)
_TYPE_OF_TAG: dict[str, SlotType] = {
    "ns": "place",
    "nsf": "place",
    "nr": "person",
    "nrt": "person",
    "nrfg": "person",
    "nt": "organization",
    "t": "date",
    "m": "number",
}


def slot_type(left: SlotType | Literal[""], right: SlotType | Literal[""]) -> SlotType:
    """The type of a slot from the kinds of its two fillers; `other` where they are neither names nor numbers.

    A placeholder takes the type of what stands against it: `×区` against `滨江区` is a place.
    """
    kinds: list[SlotType] = [kind for kind in (left, right) if kind]
    known = [kind for kind in kinds if kind not in ("other", "placeholder")]
    if not kinds:
        return "other"
    if "placeholder" in kinds:
        return known[0] if known else "placeholder"
    if len(known) == len(kinds) and len(set(known)) == 1:
        return known[0]
    if len(known) == len(kinds) and {"date", "number"} >= set(known):
        return "number"
    return "other"


def filler_kind(text: str) -> SlotType | Literal[""]:
    """What a filler is; "" for none at all."""
    if not text.strip():
        return ""
    text = text.strip().strip("，。、；：,.;:“”‘’《》（）() ")
    if not text:
        return "other"
    if _PLACEHOLDER.search(text) and not re.sub(r"[A-Za-zＸｘ\W_某\d]", "", text):
        return "placeholder"
    if _DATE.search(text):
        return "date"
    if _NUMBER.fullmatch(text):
        return "number"
    return _named(text)


@lru_cache(maxsize=65536)
def _named(text: str) -> SlotType:
    if 1 < len(text) <= 20:
        for pattern, kind in _NAMES:
            if pattern.search(text):
                return "person" if text.endswith("国") and _is_person(text) else kind
    return _tagged_type(text)


def _is_person(text: str) -> bool:
    """Whether jieba knows the whole as a person's name: 李建国 is no country."""
    return [kind for _, kind in tag(text)] in (["nr"], ["nrt"], ["nrfg"])


def _tagged_type(text: str) -> SlotType:
    """The type of what jieba tags as a name, where that is all but particles."""
    if len(text) > 24:
        return "other"
    kinds = {kind for word, kind in tag(text) if kind not in ("x", "uj", "c", "p")}
    types = {_TYPE_OF_TAG.get(kind, "other") for kind in kinds}
    return types.pop() if len(types) == 1 else "other"
