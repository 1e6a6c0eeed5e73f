"""Lines of a source text with their coordinates, and what their form says: sentence, heading, address, label.

A line here is what stands between two line breaks without the blanks around it; blank lines are no lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

BREAKS = "\n\r\x0b\x0c\x85\u2028\u2029"
"""What ends a line; the same set everywhere."""

_LINE = re.compile(rf"[^{BREAKS}]+")

SENTENCE_END = re.compile("[。！？!?；;…](?:[”’」』）)》\"']*)$|\\.[”\"')]*$")
"""A line that ends like a sentence, in Chinese or in English."""

_INNER_SENTENCE = re.compile("[。！？]|[.!?] ")

_ADDRESSED = re.compile(
    "同志|各位|代表[们：:！!，,]|委员[们：:！!，,]|先生|女士|朋友|同学|老师|学员|来宾|嘉宾|领导|乡亲|父老|同胞|战友|阁下"
    "|ladies|gentlemen|friends|colleagues|comrades|excellenc|dear |distinguished|fellow ",
    re.IGNORECASE,
)
"""Words of an address: `同志们：`, `尊敬的各位代表：`, `Ladies and gentlemen,`."""

_SPOKEN = re.compile(
    "我|咱|你们|您|大家|同志们|各位|祝|谢谢|万岁|让我|\\b(?:I|we|you|our|my|us|thank|thanks)\\b",
    re.IGNORECASE,
)
"""Words of somebody who speaks to somebody; page furniture hardly ever has them."""

ENUMERATED = re.compile(
    "[（(]?[一二三四五六七八九十百]{1,3}(?:[、.．）)]|是|要)|第[一二三四五六七八九十百]{1,3}[章节条篇部，、,]?|[（(]\\d{1,2}[)）]"
    "|\\d{1,2}[.．、)）](?!\\d)|[①-⑳]"
)
"""The number a heading or an item begins with."""


_GAP = re.compile(rf"[{BREAKS}]\s*")


class Gap(NamedTuple):
    """What stands between two lines, and where the line before it begins: `line < left < right`."""

    line: int
    left: int
    right: int


FINISHED = frozenset("。！？!?…”』」）)")
_CONTINUES = frozenset("，。、；：！？》）”」』】〕,;0123456789０１２３４５６７８９-—–－―~·•")
FEW_LINES = 8
"""Fewer lines say nothing about a width."""


def is_plain(text: str) -> bool:
    """Whether `text` has no line break but `\\n`, no control and no wide blank: most texts, found out at 2 ns a character."""
    return text.replace("\n", "").isprintable()


def has_plain_breaks(text: str) -> bool:
    """A cheap test on a plain text: few lines, each a finished sentence, none begun with a number or a closing sign."""
    lines = text.split("\n")
    return len(lines) <= FEW_LINES and all(
        not line or (line[-1] in FINISHED and line[0] not in _CONTINUES) for line in lines
    )


def gaps_of(text: str) -> list[Gap]:
    """What stands between the lines of `text` that have something on both sides."""
    found: list[Gap] = []
    line, size = 0, len(text)
    for match in _GAP.finditer(text):
        left, right = match.span()
        while left > line and text[left - 1] in " \t\u3000":
            left -= 1
        if line < left and right < size:
            found.append(Gap(line, left, right))
        line = right
    return found


class Line(NamedTuple):
    """A line without the blanks around it: `text == source[start:end]`."""

    start: int
    end: int
    text: str


def lines_of(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """The lines of `text[start:end]` in order."""
    for match in _LINE.finditer(text, start, len(text) if end is None else end):
        line = _line(match.group(), match.start())
        if line.text:
            yield line


def head_lines(text: str, limit: int) -> Iterator[Line]:
    """The first `limit` lines."""
    for number, line in enumerate(lines_of(text)):
        if number == limit:
            return
        yield line


def tail_lines(text: str, limit: int, end: int | None = None) -> Iterator[Line]:
    """The last `limit` lines before `end`, the last one first."""
    end = len(text) if end is None else end
    found = 0
    while end > 0 and found < limit:
        start = text.rfind("\n", 0, end) + 1
        for line in reversed(list(lines_of(text, start, end))):
            yield line
            found += 1
        end = start - 1


def _line(raw: str, start: int) -> Line:
    left = raw.lstrip()
    start += len(raw) - len(left)
    text = left.rstrip()
    return Line(start, start + len(text), text)


LEAST_SPOKEN = 40
"""A sentence longer than this is speech; credits and notices of sites are shorter."""

LONG = 60
"""A line longer than this is never furniture by its shape, and if it holds a full stop it is speech."""


def begins_with_speech(text: str, start: int = 0) -> bool:
    """A cheap test for the common case: the first line is a long one with a full stop."""
    limit = start + 4 * LONG
    end = text.find("\n", start, limit)
    if end < 0:
        return text.find("。", start, limit) >= start + LEAST_SPOKEN
    return (end > start + LEAST_SPOKEN and text[end - 1] == "。") or (
        end > start + LONG and text.find("。", start, end) >= 0
    )


def ends_with_speech(text: str, end: int) -> bool:
    """A cheap test for the common case: the last line is a long one that ends with a full stop."""
    return (
        text[end - 1 : end] == "。"
        and end > LEAST_SPOKEN
        and text.find("\n", end - LEAST_SPOKEN - 1, end) < 0
    )


def is_sentence(text: str) -> bool:
    """Whether a line ends like a sentence or holds the end of one."""
    return bool(SENTENCE_END.search(text) or _INNER_SENTENCE.search(text))


def is_address(text: str) -> bool:
    """Whether a line greets the hearers: `同志们：`, `各位代表！`, `Ladies and gentlemen,`."""
    return len(text) <= 60 and text[-1:] in "：:！!，," and bool(_ADDRESSED.search(text))


def is_spoken(text: str) -> bool:
    """Whether a line speaks in the first or second person, thanks or wishes."""
    return bool(_SPOKEN.search(text))


def is_speech(text: str) -> bool:
    """Whether a line is surely part of what was said: a long sentence, an address, a numbered item."""
    if len(text) <= 60 and (is_address(text) or ENUMERATED.match(text)):
        return True
    return is_sentence(text) and (len(text) > LEAST_SPOKEN or is_spoken(text))
