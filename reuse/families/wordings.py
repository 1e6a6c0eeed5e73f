"""Texts as families compare them: units with numbers, and where words begin in them.

A unit is a character, a run of letters, or a number with its decimals; space, and stretches that are not compared, belong to
the unit before them. The units of a text joined are the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from reuse.arrays import F64, I64, Bool, ranges
from reuse.text.alphabet import simplified
from reuse.text.words import tokenize

_UNIT = re.compile(r"[^\W\d_\u0e00-\U0003ffff]+|\d+(?:[.．]\d+)*|[\s\S]")
_SPACE = re.compile(r"\s")
_CLAUSE = re.compile("[^，。、；：！？]+[，。、；：！？]*|[，。、；：！？]+")
"""What jieba cuts alike wherever it stands: none of these marks is part of a word or joins two."""
_ALIKE = str.maketrans(dict.fromkeys("，,;；、：:。.！!？?", "，") | dict.fromkeys("“”\"'‘’「」『』", "“"))


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in units: unit n is `text[bounds[n]:bounds[n + 1]]` and has the number `units[n]`, equal for equal units (both
    int64)."""

    text: str
    bounds: I64
    units: I64

    def part(self, first: int, last: int) -> Wording:
        """The units `[first, last)` as a text of their own."""
        bounds = self.bounds[first : last + 1]
        start = int(bounds[0])
        return Wording(self.text[start : int(bounds[-1])], bounds - start, self.units[first:last])

    def word_starts(self) -> Bool:
        """Whether one of jieba's words starts at each unit (bool); true at the end. What is not compared does not cut a
        word."""
        if len(self.units) == len(self.text):
            return word_starts(self.text)
        bounds = self.bounds.tolist()
        shown = [_shown(self.text[a:b]) for a, b in zip(bounds, bounds[1:], strict=False)]
        return word_starts("".join(shown))[ranges(np.array(list(map(len, shown)), dtype=np.int64))]


class Vocabulary(dict[str, int]):
    """Numbers of units as written, given as they are asked for, and what alignment knows of each number: `fold` (int64) the
    number of what it folds to, and by that number `gain` (float64), its worth."""

    def __init__(self) -> None:
        super().__init__()
        self._folds: dict[str, int] = {}
        self._fold = np.zeros(1024, dtype=np.int64)
        self._gain = np.zeros(1024, dtype=np.float64)

    def __missing__(self, unit: str) -> int:
        number = self[unit] = len(self)
        plain = folded(unit)
        fold = self._folds.setdefault(plain, len(self._folds))
        if number == len(self._fold):
            self._fold, self._gain = np.resize(self._fold, 2 * number), np.resize(self._gain, 2 * number)
        self._fold[number], self._gain[fold] = fold, worth(plain)
        return number

    def wording(self, text: str, hidden: Sequence[tuple[int, int]] = ()) -> Wording:
        """A text in units; the stretches `hidden` (sorted, disjoint) are not compared."""
        units = _units_of(text, hidden)
        sizes = np.ones(len(units), dtype=np.int64)
        if len(units) < len(text):
            sizes[:] = list(map(len, units))
        return Wording(text, ranges(sizes), np.array(list(map(self.__getitem__, units)), dtype=np.int64))

    def fold(self, units: I64) -> I64:
        """The numbers of what units fold to (int64)."""
        return self._fold[units]

    @property
    def gain(self) -> F64:
        """The worth of every folded unit, and room for more (float64)."""
        return self._gain


def _units_of(text: str, hidden: Sequence[tuple[int, int]]) -> list[str]:
    if not hidden and not _SPACE.search(text):
        return _UNIT.findall(text)
    units: list[str] = []
    for found in _UNIT.finditer(text):
        unit = found[0]
        if units and (unit.isspace() or any(a <= found.start() < b for a, b in hidden)):
            units[-1] += unit
        else:
            units.append(unit)
    return units


@lru_cache(maxsize=65_536)
def worth(word: str) -> float:
    """What laying a word on its equal counts: a mark or space little, one character less than a break
    (`families.alignment`), longer words more."""
    if not any(character.isalnum() for character in word):
        return 0.3
    return 0.5 if len(word) == 1 else 1.0


def word_starts(text: str) -> Bool:
    """Whether one of jieba's words starts at each character (bool, one longer than the text); true at the end."""
    return np.frombuffer(b"".join([*map(_clause_starts, _CLAUSE.findall(text)), b"\1"]), dtype=np.bool_)


@lru_cache(maxsize=65_536)
def _clause_starts(clause: str) -> bytes:
    """The same of a clause, a byte a character, without the end. The texts of a family have most clauses in common."""
    starts = bytearray(len(clause))
    for start, _ in tokenize(clause):
        starts[start] = 1
    return bytes(starts)


def clauses(text: str) -> list[str]:
    """A text cut where words end whatever stands there; the clauses joined are the text."""
    return _CLAUSE.findall(text)


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """A text as alignment compares it: width, case, traditional forms, space, and which mark ends a clause
    make no difference."""
    return "".join(map(_folded_character, text))


@lru_cache(maxsize=65_536)
def _folded_character(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character.translate(_ALIKE)).casefold()
    return simplified("".join(plain.split()))


@lru_cache(maxsize=65_536)
def _shown(unit: str) -> str:
    """A unit without what is not compared behind it; letters keep a space, so that they join no other word."""
    head: str = _UNIT.match(unit)[0]  # type: ignore[index]
    return head if len(head) == len(unit) or not head.isascii() else head + " "
