"""Two documents in one file: where the second begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reuse.reading.lines import BREAKS
from reuse.reading.titles import looks_like_title

LEAST_LENGTH = 200
"""A part shorter than this is a postscript, not a document."""

_CLOSING = re.compile(
    "(?:谢谢(?:大家|各位|同志们)?|圆满成功|我(?:就|的话|的讲话|的发言)?(?:讲到这里|讲完了|讲这些|完了)|身体健康[^。！!]{0,20}|工作顺利[^。！!]{0,20}|阖家幸福"
    "|thank you(?: very much| all)?)[。！!.”]*",
    re.IGNORECASE,
)
"""How a speech ends."""

_MOST_STARTS = 40


def find_starts(text: str, start: int, end: int, titles: Sequence[str] = ()) -> list[int]:
    """Where the second and further documents of `text[start:end]` begin.

    A document begins where, right after a closing formula, stands a title: one that a banner names (`titles`), or a
    line of its own in the form of a title. Every part is at least LEAST_LENGTH characters long.
    """
    starts: list[int] = []
    last = start
    for closing in _CLOSING.finditer(text, start, end):
        begin = _after(text, closing.end(), end)
        if begin - last < LEAST_LENGTH or end - begin < LEAST_LENGTH:
            continue
        if _named(text, begin, titles) or _title_line(text, closing.end(), begin, end):
            starts.append(begin)
            last = begin
        if len(starts) == _MOST_STARTS:
            break
    return starts


def _after(text: str, position: int, end: int) -> int:
    """The first character after closing marks, blanks and breaks."""
    while position < end and (text[position].isspace() or text[position] in "。！!.”"):
        position += 1
    return position


def _named(text: str, begin: int, titles: Sequence[str]) -> bool:
    return any(text.startswith(title, begin) for title in titles)


def _title_line(text: str, closed: int, begin: int, end: int) -> bool:
    """Whether a line of its own that looks like a title begins at `begin`, after a break."""
    if not any(mark in text[closed:begin] for mark in BREAKS):
        return False
    stop = min((at for mark in BREAKS if (at := text.find(mark, begin, end)) >= 0), default=end)
    return looks_like_title(text[begin:stop].strip())
