"""Texts as families compare them: units with numbers, and where words begin in them.

A unit is a character, a run of letters, or a number with its decimals; space, and stretches that are not compared, belong to
the unit before them. The units of a text joined are the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

import numpy as np

from reuse.arrays import F64, I64, Bool, ranges
from reuse.text.alphabet import simplified
from reuse.text.words import tokenize

_UNIT = re.compile(r"[^\W\d_\u0e00-\U0003ffff]+|\d+(?:[.．]\d+)*|[\s\S]")
_SPACE = re.compile(r"\s")
CLAUSE_MARKS = "，。、；：！？"
_CLAUSE = re.compile(f"[^{CLAUSE_MARKS}]+[{CLAUSE_MARKS}]*|[{CLAUSE_MARKS}]+")
"""What jieba cuts alike wherever it stands: none of these marks is part of a word or joins two."""
_ALIKE = str.maketrans(dict.fromkeys("，,;；、：:。.！!？?", "，") | dict.fromkeys("“”\"'‘’「」『』", "“"))


_LONG = re.compile(r"[^\W\d_\u0e00-\U0003ffff]{2,}\s*|\d+(?:[.．]\d+)+\s*|\d{2,}\s*|[\s\S]\s+")
"""Units of several characters where nothing is hidden."""
_SINGLE = re.compile("[\u2010-\u2027\u2030-\u205e\u3001-\u9fff\uff01-\uff0f\uff1a-\uff20]*")
"""Ideographs and marks: no letter, digit or space, so each is a unit. To see that a text is of these takes a twentieth of the
time of looking for the others in it."""
_CHARACTERS = 0x110000
_TOGETHER = 500
"""Clauses cut in one call: a call costs what fifty characters do."""
_KEPT = 65_536
"""Clauses whose words are kept at most, but for those of one family."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in units: unit n is `text[bounds[n]:bounds[n + 1]]` and has the number `units[n]`, equal for equal units (both
    int64). `whole` says that all of the text is compared: it has no space."""

    text: str
    bounds: I64
    units: I64
    whole: bool

    def part(self, first: int, last: int) -> Wording:
        """The units `[first, last)` as a text of their own."""
        bounds = self.bounds[first : last + 1]
        start = int(bounds[0])
        text = self.text[start : int(bounds[-1])]
        return Wording(text, bounds - start, self.units[first:last], self.whole)

    def compared(self) -> tuple[str, I64]:
        """What of the text is compared, and where in that the units begin, with its end (int64)."""
        if self.whole:
            return self.text, self.bounds
        shown = [_shown(self.text[a:b]) for a, b in pairwise(self.bounds.tolist())]
        return "".join(shown), ranges(np.array(list(map(len, shown)), dtype=np.int64))


class Vocabulary:
    """Numbers of units: of a character its code point, of longer ones as they are asked for; and what alignment knows of
    each number."""

    def __init__(self) -> None:
        self._long: dict[str, int] = {}
        self._folds: dict[str, int] = {}
        self._fold = np.full(_CHARACTERS + 1024, -1, dtype=np.int32)
        self._gain = np.zeros(1024, dtype=np.float64)
        self._starts: dict[str, bytes] = {}

    def wording(self, text: str, hidden: Sequence[tuple[int, int]] = ()) -> Wording:
        """A text in units; the stretches `hidden` (sorted, disjoint) are not compared."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.int64)
        long = _with_hidden(text, hidden) if hidden else _long_units(text)
        if not long:
            return Wording(text, np.arange(len(text) + 1), codes, True)
        heads = np.ones(len(text) + 1, dtype=np.bool_)
        for start, end in long:
            heads[start + 1 : end] = False
            codes[start] = self._number(text[start:end])
        whole = not hidden and _SPACE.search(text) is None
        return Wording(text, np.flatnonzero(heads), codes[heads[:-1]], whole)

    def _number(self, unit: str) -> int:
        number = self._long.setdefault(unit, _CHARACTERS + len(self._long))
        if number == len(self._fold):
            self._fold = np.concatenate((self._fold, np.full(number // 4, -1, dtype=np.int32)))
        if self._fold[number] < 0:
            self._learn(number, unit)
        return number

    def _learn(self, number: int, unit: str) -> None:
        plain = folded(unit)
        fold = self._folds.setdefault(plain, len(self._folds))
        if fold == len(self._gain):
            self._gain = np.resize(self._gain, 2 * fold)
        self._fold[number], self._gain[fold] = fold, _worth(plain)

    def fold(self, units: I64) -> I64:
        """The numbers of what units fold to (int64)."""
        found = self._fold[units]
        if found.min(initial=0) < 0:
            for number in set(units[found < 0].tolist()):
                self._learn(number, chr(number))
            found = self._fold[units]
        return found.astype(np.int64)

    def word_starts(self, texts: Sequence[Wording]) -> Bool:
        """Whether one of jieba's words starts at each unit of some texts, true at the end of each (bool, one a text more than
        units). What is not compared does not cut a word."""
        compared = [text.compared() for text in texts]
        cut = [clauses(text) for text, _ in compared]
        self._cut(set(chain.from_iterable(cut)))
        starts = b"\1".join([b"".join([self._starts[clause] for clause in of_text]) for of_text in cut])
        heads = ranges(np.array([len(text) + 1 for text, _ in compared], dtype=np.int64))
        bounds = np.concatenate([bounds for _, bounds in compared])
        bounds += np.repeat(heads[:-1], [len(bounds) for _, bounds in compared])
        flags: Bool = np.frombuffer(starts + b"\1", dtype=np.bool_)
        found: Bool = flags[bounds]
        return found

    def _cut(self, wanted: set[str]) -> None:
        """Have the words of some clauses; the texts of a family, and families of one passage, have most in common."""
        if len(self._starts) > _KEPT:
            self._starts.clear()
        unknown = sorted(clause for clause in wanted if clause not in self._starts)
        self._starts.update(zip(unknown, _starts_of(unknown), strict=True))

    @property
    def gain(self) -> F64:
        """The worth of every folded unit, and room for more (float64)."""
        return self._gain


def _long_units(text: str) -> list[tuple[int, int]]:
    """The units of several characters of a text."""
    plain: int = _SINGLE.match(text).end()  # type: ignore[union-attr]
    return [] if plain == len(text) else [found.span() for found in _LONG.finditer(text, max(plain - 1, 0))]


def _with_hidden(text: str, hidden: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The units of several characters of a text of which stretches are not compared."""
    units: list[tuple[int, int]] = []
    for found in _UNIT.finditer(text):
        start, end = found.span()
        if units and (found[0].isspace() or any(a <= start < b for a, b in hidden)):
            units[-1] = (units[-1][0], end)
        else:
            units.append((start, end))
    return [(start, end) for start, end in units if end - start > 1]


def _worth(word: str) -> float:
    """What laying a word on its equal counts: a mark or space little, one character less than a break
    (`families.alignment`), longer words more."""
    if not any(character.isalnum() for character in word):
        return 0.3
    return 0.5 if len(word) == 1 else 1.0


def word_starts(text: str) -> Bool:
    """Whether one of jieba's words starts at each character (bool, one longer than the text); true at the end."""
    return np.frombuffer(b"".join([*_starts_of(clauses(text)), b"\1"]), dtype=np.bool_)


def _starts_of(cut: Sequence[str]) -> Iterator[bytes]:
    """The same of some clauses, a byte a character, without the end. A line break keeps the words of one from the next."""
    for low in range(0, len(cut), _TOGETHER):
        some = cut[low : low + _TOGETHER]
        text = "\n".join(some)
        starts = np.zeros(len(text), dtype=np.uint8)
        starts[[start for start, _ in tokenize(text)]] = 1
        flags = starts.tobytes()
        at = 0
        for clause in some:
            yield flags[at : at + len(clause)]
            at += len(clause) + 1


def clauses(text: str) -> list[str]:
    """A text cut where words end whatever stands there; the clauses joined are the text."""
    return _CLAUSE.findall(text)


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """A text as alignment compares it: width, case, traditional forms, space, and which mark ends a clause
    make no difference."""
    return text.translate(_FOLDS)


class _Folds(dict[int, str]):
    """What characters fold to, by code point, each found when it is first asked for."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKC", chr(code).translate(_ALIKE)).casefold()
        fold = self[code] = simplified("".join(plain.split()))
        return fold


_FOLDS = _Folds()


@lru_cache(maxsize=65_536)
def _shown(unit: str) -> str:
    """A unit without what is not compared behind it; letters keep a space, so that they join no other word."""
    head: str = _UNIT.match(unit)[0]  # type: ignore[index]
    return head if len(head) == len(unit) or not head.isascii() else head + " "
