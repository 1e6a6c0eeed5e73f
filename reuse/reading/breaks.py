"""Line breaks that stand inside a sentence, and paragraphs that begin without one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reuse.reading.lines import BREAKS, ENUMERATED, FEW_LINES, FINISHED, SENTENCE_END, Gap

_BREAK = re.compile(rf"[{BREAKS}]\s*")
_OPEN = "，、,《（(“‘「『【〔"
_CLOSED = "，。、；：！？》）”」』】〕,;"
_UNFINISHED = re.compile("[。！？].*[\\w]$", re.DOTALL)
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003fffd]"
)
_WORD = re.compile("[\\x21-\\x7e]+")
_SLACK = 4
"""Columns a full line may lack: a sign that must not begin a line takes a character down with it."""
_BULLET = "—-–·•●○■◆*★▲"

_GLUED = re.compile(
    "[。！？!?]”?(?=(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])[^、。]{2})"
)
_GLUED_ADDRESS = re.compile(
    "(?:同志们|各位[^，。：:！!\\s]{1,16}|朋友们|同学们)[:：](?=[^\\s”\u200b-\u200f\ufeff])"
)


def find_joins(text: str, gaps: Sequence[Gap]) -> list[int]:
    """The line breaks among `gaps` (those between the lines of one document) that stand inside a sentence, in order.

    A break is inside when the line before it ends open (a comma, an opening bracket) or the next begins closed, after
    `；` when the next line is no item, and everywhere in a text wrapped at a width but after the end of a sentence.
    """
    width = _wrap_width(text, gaps) if len(gaps) >= FEW_LINES else 0
    found: list[int] = []
    for gap in gaps:
        if _is_inside(text, gap) or (width and _is_wrap(text, gap, width)):
            found += [i for i in range(gap.left, gap.right) if text[i] in BREAKS]
    return found


def _is_inside(text: str, gap: Gap) -> bool:
    before, after = text[gap.left - 1], text[gap.right]
    if before in _OPEN or after in _CLOSED:
        return True
    if before in "；;":
        return _is_single(text, gap) and not _is_item(text, gap.right)
    return before.isalnum() and not _is_item(text, gap.right) and _breaks_off(text, gap)


def _is_single(text: str, gap: Gap) -> bool:
    """Whether there is one line break in `gap`, `\\r\\n` being one."""
    return sum(mark in BREAKS for mark in text[gap.left : gap.right].replace("\r\n", "\n")) == 1


def _is_item(text: str, position: int) -> bool:
    return bool(ENUMERATED.match(text, position)) or text[position] in _BULLET


def _breaks_off(text: str, gap: Gap) -> bool:
    """Whether the line before ends in the middle of a sentence although a whole one stands in it."""
    if gap.left - gap.line < 40 or not _is_single(text, gap):
        return False
    return bool(_UNFINISHED.search(text, gap.line, gap.left))


def _wrap_width(text: str, gaps: Sequence[Gap]) -> int:
    """The width in columns a text is wrapped at, 0 if it is not.

    Wrapped means: a fifth of the lines or more reach one width, hardly any goes beyond, most of the full ones stop inside
    a sentence, and there are sentences at all (a list of headlines has none).
    """
    at = (19 * len(gaps)) // 20 - 1
    if (
        sum(text[gap.left - 1] not in FINISHED for gap in gaps) < 3
        or sorted(map(_characters, gaps))[at] > 160
    ):
        return 0
    widths = [_columns(text, gap.line, gap.left) for gap in gaps]
    width = sorted(widths)[at]
    if not 30 <= width <= 160 or sum(columns > 1.1 * width for columns in widths) > 0.02 * len(widths):
        return 0
    ended = [bool(SENTENCE_END.search(text[max(gap.line, gap.left - 4) : gap.left])) for gap in gaps]
    full = [end for end, columns in zip(ended, widths, strict=True) if columns >= width - _SLACK]
    if len(full) < max(4, 0.2 * len(gaps)) or sum(ended) < 2:
        return 0
    return width if sum(full) <= 0.4 * len(full) else 0


def _characters(gap: Gap) -> int:
    return gap.left - gap.line


def _columns(text: str, start: int, end: int) -> int:
    """How wide a line stands on paper: wide characters count two."""
    return end - start + len(_WIDE.findall(text, start, end))


def _is_wrap(text: str, gap: Gap, width: int) -> bool:
    """Whether a line goes on after this break because the next word would not have fitted on it.

    No item, address or indented line goes on anything.
    """
    indented = text[gap.right - 1] in " \t\u3000"
    if indented or not _is_single(text, gap) or _is_item(text, gap.right):
        return False
    word = _WORD.match(text, gap.right)
    needed = word.end() - gap.right + 1 if word else 2
    return _columns(text, gap.line, gap.left) + needed > width - _SLACK


def find_cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Where a paragraph of `text[start:end]` begins without a line break: `三点意见。一、提高认识`, `同志们:今天`."""
    if "一、" in text or "一）" in text or "一)" in text:
        for match in _GLUED.finditer(text, start, end):
            yield match.end()
    if "们" in text or "各" in text:
        for match in _GLUED_ADDRESS.finditer(text, start, min(end, start + 300)):
            yield match.end()


def is_glued_address(text: str, start: int, end: int) -> re.Match[str] | None:
    """An address without a line break after it, near the start: `…上的讲话同志们:站在新起点上`."""
    return _GLUED_ADDRESS.search(text, start, min(end, start + 120)) if "们" in text or "各" in text else None
