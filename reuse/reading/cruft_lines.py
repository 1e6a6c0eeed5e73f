"""Lines at the edge of a document that give themselves away: buttons, labels with values, dates, adverts, licences.

Only lines above the first and below the last sentence of a speech are judged here, where a short list of words is enough.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from reuse.reading import reasons

LONGEST_LINE = 300
"""A longer line is never judged by its words alone."""

_BUTTON_SIGNS = "【】[]|｜:： \u3000·•>"
_VALUE = r"\s*[:：]\s*[^\s:：]{0,24}"


def _any_of(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{alternative})" for alternative in alternatives), re.IGNORECASE)


_DATE_LABELS = (
    "(?:发布|发表|更新|上传|发文|成文|印发|录入|添加)?(?:时间|日期)|发布[者人]?|上传者?|(?:信息|文章)?来源|出处"
    "|(?:浏览|阅读|点击|访问|下载|评论|收藏|点赞)(?:量|数|次数|率)?|人气|栏目|分类|页数|(?:文件)?大小|格式|索引号|编号|热度|字数"
    "|date|posted|published|updated|source|views?|hits"
)
_CREDITS = (
    "(?:视频|文字|责任|网络|图片|图文|美术|执行|本期|本文|栏目|值班)?"
    "(?:编辑|责编|编审|校对|审核|审签|监制|终审|初审|复审|编发|制作|供稿|撰稿|摄影|记者|通讯员|排版|设计|主编|编导|责任人)"
)
_RELATED = (
    "推荐访问|相关(?:热词|热词搜索|搜索|标签|阅读|文章|推荐|文档|报道|链接|新闻|专题)|热门(?:标签|搜索|推荐)|标签|关键[词字]"
    "|延伸阅读|推荐阅读|猜你喜欢|tags?|keywords"
)
_AUTHOR_ALONE = r"作者\s*[:：]\s*\S{1,12}\Z"
_DAY = r"[\d一二三四五六七八九十]{1,3}"

_LABEL_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        reasons.NAVIGATION,
        _any_of(
            r"(?:当前位置|您?(?:现在|当前|所在)?的?位置|所在位置|您的位置是?)\s*[:：].*",
            r"[^。！？>»›]{1,20}(?:\s*(?:>>?|»|›|→)\s*[^。！？>»›]{0,60}){1,12}",
            r"[【\[(（|｜\s]*(?:字[号体]|font)\s*[:：].{0,20}",
            ".{0,6}(?:扫一扫|点击图片|点击进入|长按识别).{0,20}",
            r"[上下]一[篇页]\s*[:：].*",
        ),
    ),
    (reasons.TAGS, _any_of(rf"(?:{_RELATED})\s*[:：].*")),
    (
        reasons.DATE_LINE,
        _any_of(
            rf"(?!{_AUTHOR_ALONE})[（(【\[]?(?:(?:{_DATE_LABELS}|作者){_VALUE}[\s|｜，,;；/]*(?:\d{{1,2}}:\d\d(?::\d\d)?)?[\s|｜]*){{1,8}}"
            r"(?:次|人次|年|页)?[）)】\]]?",
            r"[（(【\[—-]*\s*(?:\d{4}|[一二][〇○零ΟO0一二三四五六七八九]{3})\s*[-年./]\s*"
            rf"{_DAY}\s*[-月./]\s*{_DAY}\s*日?"
            r"(?:\s*(?:上午|下午)?\s*\d{1,2}[:时]\d\d?(?:[:分]\d{0,2}秒?)?)?\s*[）)】\]]?",
            r"[\d.]{1,12}万?\s*(?:次|人)?(?:浏览|阅读|点击|下载|评论|views?)",
        ),
    ),
    (reasons.EDITOR, _any_of(rf"[（(【\[]?\s*(?:{_CREDITS}{_VALUE}[\s、，,;；/|｜]*){{1,8}}[）)】\]]?")),
    (
        reasons.PAGE_NUMBER,
        _any_of(
            r"第\s*\d+\s*页(?:\s*[/,，、]?\s*共?\s*\d+\s*页)?",
            r"[-—–－―~·•\s]+\d{1,4}[-—–－―~·•\s]+",
            r"\d{1,4}\s*/\s*\d{1,4}",
            r"page \d+(?: of \d+)?",
        ),
    ),
)
"""What a line must be from end to end."""

_WORD_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        reasons.MEMBERSHIP,
        _any_of(
            "会员(?:群|资料|材料|专享|专属|可见|权益)",
            "[开成][通为]会员",
            "仅供(?:学习|内部|个人)(?:使用|参考|交流|传阅|研究|$|[ ，。])",
            "(?:禁止|请勿|严禁)(?:外传|转载)",
            "订阅(?:立享|本站)",
        ),
    ),
    (
        reasons.ADVERT,
        _any_of(
            "代写(?:文[章稿]|材料|各|论文|公文)",
            "(?:提供|专业|定制|有偿).{0,4}代笔|代笔(?:服务|此类|各类)",
            r"(?:QQ|微信|加)群\s*[:：]",
            r"微信号?\s*[:：]",
            r"QQ\s*[:：]",
            "立即(?:购买|下载|开通)",
            "联系(?:老师|客服)",
            "包邮|加微信",
        ),
    ),
    (
        reasons.LICENCE,
        _any_of(
            "公有[领領]域|版[权權](?:所有|期限|聲明|声明)|侵删|免责声明|[维維]基文[库庫]|©",
            "未经.{0,12}(?:不得|禁止|严禁|谢绝).{0,6}(?:转载|使用|复制)",
            "转载(?:请注明|请联系|须注明|自)",
            "本站(?:内容|所有|转载)",
            "^本作品(?:是|在|来自|的|不|依)|^[这這]部作品在",
            r"public domain|creative commons|all rights reserved|cc[ -]by-|copyright ?(?:\(c\)|\d{4})",
        ),
    ),
    (
        reasons.CAPTION,
        _any_of(
            "^(?:图为|图片来源|图片说明|资料图|配图|题图|图[:：]).{0,60}$",
            r"(?:记者|通讯员|本报|社发|社).{0,12}摄\s*[）)]?$",
        ),
    ),
    (
        reasons.BANNER,
        _any_of(
            "由(?:会员|用户|网友).{0,4}(?:分享|上传|整理|提供)",
            "(?:在线阅读|免费下载).{0,40}(?:文库|文档|搜索)",
            r"[（(]\d+页.{0,3}(?:珍藏|精品|完整)版",
        ),
    ),
)
"""Words no speech uses in this way, wherever they stand in a line."""

_WEAK_ADVERT = _any_of(
    "会员|VIP|QQ|微信|订阅|二维码|公众号|扫码|优惠|限时|特价|客服|倒卖|免费|淘宝", r"电话\s*[:：]"
)
"""Words of sellers that speeches use too: they only name what its place has given away."""

_HINT = _any_of(
    "会员|仅供|外传|转载|订阅|代写|代笔|群|微信|QQ|立即|联系|包邮|公有|版[权權]|未经|侵删|本站|免责|文[库庫]|作品|摄|图",
    "分享|上传|整理|文档|珍藏|精品|完整版|domain|commons|rights|cc|©|copyright",
)
"""A line without any of these needs no look at the rules by words: most lines, at a tenth of the cost."""


@cache
def _buttons() -> frozenset[str]:
    return frozenset(resources.files("reuse.reading").joinpath("data/buttons.txt").read_text("utf-8").split())


def classify_edge(text: str) -> str | None:
    """The reason why a line at the edge of a document is cruft, or None."""
    if len(text) > LONGEST_LINE:
        return None
    if text[-1:] not in "。！？；;":
        if text.strip(_BUTTON_SIGNS).lower() in _buttons():
            return reasons.NAVIGATION
        for reason, pattern in _LABEL_RULES:
            if pattern.fullmatch(text):
                return reason
    if _HINT.search(text):
        for reason, pattern in _WORD_RULES:
            if pattern.search(text):
                return reason
    return None


def name_filled(text: str) -> str:
    """What to call a line above a title that nothing but its place gives away."""
    return reasons.ADVERT if _WEAK_ADVERT.search(text) else reasons.SITE_NAME
