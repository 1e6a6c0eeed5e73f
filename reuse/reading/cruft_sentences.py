"""Sentences that an unmistakable phrase gives away, wherever they stand: editors, previews, banners, programmes.

A phrase is searched for literally, then the sentence (or line) around it must match a pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reuse.model import ConfigError, Removed
from reuse.reading import reasons
from reuse.reading.cruft_lines import LONGEST_LINE
from reuse.reading.lines import BREAKS, lines_of


class _Rule(NamedTuple):
    """Phrases to search for, and the pattern their sentence, or their whole line, must match."""

    reason: str
    phrases: tuple[str, ...]
    pattern: re.Pattern[str]
    whole_line: bool = False


def _any_of(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{alternative})" for alternative in alternatives))


_PREVIEW = (
    r"(?:预览|试读)(?:已)?结束|还剩\s*\d*\s*页未读|剩余\s*\d+\s*%|未完待续|[（(](?:下略|未完)[）)]"
    "|以下内容.{0,10}(?:购买|会员|登录|下载|省略)|本文(?:仅|只)?(?:显示|展示)部分"
)
_WHOLE_TEXT = (
    "(?:(?:点击|请|继续|登录后?|立即|扫码|付费|免费)[ ,，]?){0,3}(?:阅读|查看|获取|下载|展开|显示)"
    "(?:全文|完整版|剩余.{0,8}|全部内容|更多内容).{0,6}"
)
_SHOW = "(?=.*(?:《|频道|节目|栏目|本台|我台|焦点访谈|联播))"
_TONIGHT = "(?:今晚|今天晚|稍后|随后|明晚|晚间|晚上)"

_RULES: tuple[_Rule, ...] = (
    _Rule(
        reasons.PREVIEW_END,
        (
            "预览",
            "试读",
            "取全文",
            "读全文",
            "看全文",
            "载全文",
            "剩余",
            "未完",
            "未读",
            "以下内容",
            "完整版",
            "下略",
            "本文仅",
        ),
        _any_of(f".{{0,20}}(?:{_PREVIEW}).{{0,40}}", _WHOLE_TEXT),
        whole_line=True,
    ),
    _Rule(
        reasons.EDITOR,
        ("小编",),
        _any_of(
            ".*小编.{0,30}(?:整理|收集|搜集|带来|分享|推荐|准备|精心|编辑|为大家|给大家|为您).*",
            ".*(?:以上|希望).{0,20}小编.*",
        ),
    ),
    _Rule(
        reasons.BANNER,
        ("会员分享", "会员上传", "用户上传", "网友上传", "珍藏版"),
        _any_of(
            "《?.{2,240}》?由(?:会员|用户|网友).{0,2}(?:分享|上传).*", r".{0,240}[（(]\d+页.{0,3}珍藏版.*"
        ),
        whole_line=True,
    ),
    _Rule(
        reasons.ADVERT,
        ("代笔", "QQ群", "加微信", "联系老师"),
        _any_of(".{0,40}(?:代笔(?:此类|各类|服务)|免费QQ群|QQ群\\s*[:：]|加微信[^等]|联系老师).{0,60}"),
    ),
    _Rule(
        reasons.ANNOUNCEMENT,
        ("请看", "收看", "播出", "播送"),
        _any_of(
            "(?:有关|关于)?.{0,30}(?:详细|具体|更多|全部)(?:内容|报道|情况|消息|.{0,16}故事).{0,6}(?:请|敬请)?(?:您|继续|关注)?(?:收看|看).{0,60}",
            f"{_SHOW}.{{0,40}}{_TONIGHT}.{{0,30}}(?:将|继续)?(?:播出|收看).{{0,60}}",
            ".{0,40}(?:敬请|欢迎|请)(?:您|继续|关注|大家|按时|在.{0,10}){0,2}(?:收看|收听|锁定).{0,40}",
            ".{0,16}(?:请看|来看)(?:一组|几条|今天的|本台)?.{0,16}(?:快讯|消息|报道|节目|简讯|内容)",
            "(?:.{0,20}[:：])?(?:现在|下面|接下来)(?:请听|播送|播出).{0,40}",
        ),
    ),
    _Rule(
        reasons.CAPTION,
        ("摄）", "摄)", "摄\n"),
        _any_of("[（(]?.{2,80}(?:记者|通讯员|新华社|本报|社发).{0,16}摄[）)]?"),
        whole_line=True,
    ),
)

_COMMON_SIGNS = "文以下本员看全完会出取载关注\n"

_SEARCHES = tuple(
    (next((sign for sign in phrase if sign not in _COMMON_SIGNS), phrase[0]), phrase, rule)
    for rule in _RULES
    for phrase in rule.phrases
)
"""Every phrase with its rarest sign: looking for one sign is three times as fast as for two."""

_SENTENCE_STARTS = "。！？!?" + BREAKS
_STRIP = "。！？!?；;，,、：: \t\u3000"


def find_cruft(text: str, start: int, end: int) -> Iterator[Removed]:
    """Sentences (or lines) of `text[start:end]` that an unmistakable phrase gives away."""
    for sign, phrase, rule in _SEARCHES:
        if sign not in text:
            continue
        position = text.find(phrase, start, end)
        while position >= 0:
            left, right = _around(text, position, start, end, rule.whole_line)
            if right - left <= LONGEST_LINE and rule.pattern.fullmatch(text[left:right].strip(_STRIP)):
                yield Removed(left, right, rule.reason)
            position = text.find(phrase, max(right, position + 1), end)


def _around(text: str, position: int, start: int, end: int, whole_line: bool) -> tuple[int, int]:
    """The sentence that holds `position`, its end mark included; or the whole line."""
    stops = BREAKS if whole_line else _SENTENCE_STARTS
    left = position
    while left > start and position - left <= LONGEST_LINE and text[left - 1] not in stops:
        left -= 1
    right = position
    while right < end and right - position <= LONGEST_LINE and text[right] not in stops:
        right += 1
    if right < end and text[right] not in BREAKS:
        right += 1
    while left < right and text[left].isspace():
        left += 1
    return left, right


def find_named(text: str, patterns: Sequence[str]) -> list[Removed]:
    """Lines that match one of the user's `patterns` from end to end. Raises ConfigError for a pattern that is none."""
    try:
        rules = [re.compile(pattern) for pattern in patterns]
    except re.error as error:
        raise ConfigError(
            f"reading.lines holds {error.pattern!r}, which is no regular expression: {error}"
        ) from error
    return [
        Removed(line.start, line.end, reasons.NAMED)
        for line in lines_of(text)
        if any(rule.fullmatch(line.text) for rule in rules)
    ]
