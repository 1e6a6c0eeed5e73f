"""The shape of a line: what stays the same when digits, dates and whatever else varies are taken for slots."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import NamedTuple

SLOT = "*"

_NUMBER = re.compile("[0-9]+|[〇零一二三四五六七八九十百]+(?=[年月日时届次号期])")
_TOKEN = re.compile("0|[^\\W\\d_]+|[^\\w\\s]")
_WIDE = re.compile("[！-～\u3000\xa0]")


class Shape(NamedTuple):
    """A line with its slots, and how many of its letters are fixed, in count and as a share."""

    text: str
    fixed: int
    share: float


def fold(text: str) -> str:
    """`text` in narrow forms, every number (also 第十四届, 二〇二五年) as `0`."""
    return _NUMBER.sub("0", _WIDE.sub(_narrow, text))


def _narrow(match: re.Match[str]) -> str:
    code = ord(match.group())
    return chr(code - 0xFEE0) if code > 0x3000 else " "


def verbatim(text: str) -> str:
    """The key of a line that must recur word for word: folded, without blanks."""
    return "".join(fold(text).split())


def tokens(text: str) -> list[str]:
    """What a short line is made of: runs of letters, numbers (as `0`) and single signs."""
    return _TOKEN.findall(fold(text))


def shape_of(parts: Sequence[str], recurring: Container[str]) -> Shape:
    """The shape of a line cut into `parts`: what is not `recurring` becomes a slot, neighbouring slots one slot."""
    kept: list[str] = []
    fixed = letters = 0
    for part in parts:
        if part.isalpha():
            letters += len(part)
        if part in recurring:
            fixed += len(part) if part.isalpha() else 0
            kept.append(part)
        elif not kept or kept[-1] != SLOT:
            kept.append(SLOT)
    return Shape("".join(kept), fixed, fixed / letters if letters else 0.0)
