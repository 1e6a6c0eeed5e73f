"""Titles: which head lines are the title, where it is said again, and what a banner says of it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from reuse.reading.lines import ENUMERATED, Line, is_address, is_sentence

_KINDS = (
    "讲话|致辞|致词|发言|报告|演讲|讲稿|贺词|献词|寄语|祝词|述职|总结|汇报|动员|主持词|开场白|党课|提纲|体会|意见|通知|决议|决定|公报|倡议书|倡议|材料|方案|要点|讲座"
    "|声明|宣言|公告|纪要|规划|计划|纲要|建议|说明|答问|评论|社论|文章"
)

TITLE_SHAPE = re.compile(
    f"[^。！？；]{{2,}}(?:{_KINDS})(?:稿|提纲|全文|摘要|摘编|实录|稿件|材料)?(?:\\s*[（(【\\[].{{1,24}}[）)】\\]])?"
    "|[（(]?在.{4,}[上时]的?.{0,6}|[^。！？；]{2,}(?:speech|address|remarks|statement|report|message|lecture)(?: .{0,80})?"
    "|(?:remarks|speech|address|statement|report)(?: .{2,120})",
    re.IGNORECASE,
)
"""How a line ends (or begins) that names a speech."""

LONGEST = 80
"""Longer lines are no titles; the longest of 119 report titles has 63 characters."""

_KEEP = re.compile("[^\\w]|[0-9]+年?度?")
_BANNER_TITLE = re.compile(
    "《(.{4,200}?)(?:\\.(?:docx?|wps|pdf|txt|pptx?|rtf))?(?:[（(]\\d+页.*)?》", re.IGNORECASE
)
_PARTS = re.compile("\\s*[&＆]\\s*")


def looks_like_title(text: str) -> bool:
    """Whether a line has the form of a title of a speech."""
    return len(text) <= LONGEST and not is_sentence(text) and bool(TITLE_SHAPE.fullmatch(text))


def may_be_title(text: str) -> bool:
    """Whether a line could be a title or half of one: short, no sentence, no address, no numbered item."""
    return (
        2 <= len(text) <= LONGEST
        and not is_sentence(text)
        and not is_address(text)
        and not ENUMERATED.match(text)
    )


def same_title(left: str, right: str) -> bool:
    """Whether two lines say the same title: alike but for years, signs and a few words, or the end of one another.

    The shorter must have more than half the letters of the longer; `讲话` for `…上的讲话` is the same title too.
    """
    short, long = sorted((_KEEP.sub("", left), _KEEP.sub("", right)), key=len)
    if not short:
        return False
    if 2 * len(short) > len(long):
        return short in long or difflib.SequenceMatcher(None, short, long, autojunk=False).ratio() >= 0.85
    return len(short) >= 2 and long.endswith(short) and bool(re.fullmatch(f"(?:上的?)?(?:{_KINDS})", short))


def find_title(lines: Sequence[Line], before_address: bool) -> list[Line]:
    """Which of the unexplained `lines` of a head are the title: one line, or the lines it is broken over.

    Before an address the lines right above it, else the first line shaped like a title with its neighbours, else the
    first line at all. Empty when no line may be a title.
    """
    able = [line for line in lines if may_be_title(line.text)]
    shaped = [line for line in able if looks_like_title(line.text)]
    if shaped:
        chosen = shaped[-1] if before_address else shaped[0]
        return _with_first_half(able, chosen)
    return able[-1:] if before_address else able[:1]


def _with_first_half(able: Sequence[Line], chosen: Line) -> list[Line]:
    """A title broken over two lines: the line right above belongs to it unless it is a title itself."""
    place = able.index(chosen)
    if place and not looks_like_title(able[place - 1].text) and chosen.start - able[place - 1].end <= 2:
        first = able[place - 1]
        if re.match("在|关于|全|——", first.text) or re.match("上|的|典礼|开班|——", chosen.text):
            return [first, chosen]
    return [chosen]


def joined_title(lines: Sequence[Line]) -> str | None:
    """The text of a title, its lines joined: without a blank in Chinese, with one elsewhere."""
    text = ""
    for line in lines:
        glue = " " if text[-1:].isascii() and text and line.text[:1].isascii() else ""
        text += glue + line.text
    return text or None


def banner_titles(banner: str) -> list[str]:
    """The titles of the documents a sharing banner names: `《A&B.docx》由会员分享` gives A and B."""
    found = _BANNER_TITLE.search(banner)
    return [part for part in _PARTS.split(found.group(1)) if len(part) >= 4] if found else []
