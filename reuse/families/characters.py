"""What families know of a character, by code point: what it folds to, which of that are letters, and what it may end."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from reuse.arrays import I32, I64, U8, kernel, ranges
from reuse.families.wordings import folded

_CODES = 0x110000
KNOWN, LETTER, SPACE, EDGE, MARK, SENTENCE_END, CLAUSE_END = 1, 2, 4, 8, 16, 32, 64
"""What is told of a character, a bit each: that it was looked up; a letter or digit; space; may stand before a template; ends a
clause of a template; ends a sentence, or a clause, of a document."""

_SENTENCE = "。！？!?；;…\n\r\u3000"
_OF_BIT = {
    EDGE: frozenset(" \t\r\n\u3000，。、；：！？,.;:!?）)】"),
    MARK: frozenset("。！？!?；;…，,：:\n"),
    SENTENCE_END: frozenset(_SENTENCE),
    CLAUSE_END: frozenset(_SENTENCE + "，,：:"),
}


class Characters(NamedTuple):
    """The characters of some texts, one behind the other.

    `code` (int32): their code points; `told` (uint8): bits as above. Character n folds to
    `fold[fold_at[n]:fold_at[n + 1]]` (int32), and to the letters and digits `letter[letter_at[n]:letter_at[n + 1]]`.
    """

    code: I32
    told: U8
    fold_at: I64
    fold: I32
    letter_at: I64
    letter: I32


class Alphabet:
    """Looks up each character when it is first met."""

    def __init__(self) -> None:
        self._told = np.zeros(_CODES, dtype=np.uint8)
        self._fold, self._letter = _Forms(), _Forms()

    def characters(self, text: str) -> Characters:
        """The characters of a text."""
        code = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<i4").astype(np.int32)
        unknown = code[self._told[code] == 0]
        for number in np.unique(unknown).tolist():
            self._learn(number)
        return Characters(code, self._told[code], *self._fold.of(code), *self._letter.of(code))

    def _learn(self, number: int) -> None:
        character = chr(number)
        bits = KNOWN | LETTER * character.isalnum() | SPACE * character.isspace()
        self._told[number] = bits | sum(bit for bit, held in _OF_BIT.items() if character in held)
        plain = folded(character)
        self._fold.learn(number, plain)
        self._letter.learn(number, "".join(filter(str.isalnum, plain)))


class _Forms:
    """For each code point a short text: nearly always one character, itself as a number; else -1 less the number of the
    text."""

    def __init__(self) -> None:
        self._single = np.zeros(_CODES, dtype=np.int32)
        self._numbers: dict[str, int] = {}
        self._at, self._codes = np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int32)

    def learn(self, number: int, form: str) -> None:
        """Note the form of a code point."""
        if len(form) == 1:
            self._single[number] = ord(form)
            return
        if form not in self._numbers:
            self._numbers[form] = len(self._numbers)
            self._at = ranges(np.array([len(one) for one in self._numbers], dtype=np.int64))
            self._codes = np.array([ord(one) for one in "".join(self._numbers)], dtype=np.int32)
        self._single[number] = -1 - self._numbers[form]

    def of(self, code: I32) -> tuple[I64, I32]:
        """The forms of some code points, one behind the other: offsets and code points."""
        return _forms(self._single[code], self._at, self._codes)


@kernel
def _forms(single: I32, at: I64, codes: I32) -> tuple[I64, I32]:
    """Offsets and code points of forms; those below zero are the texts `codes[at[n]:at[n + 1]]`."""
    offsets = np.zeros(len(single) + 1, np.int64)
    for n in range(len(single)):
        size = 1 if single[n] >= 0 else at[-single[n]] - at[-1 - single[n]]
        offsets[n + 1] = offsets[n] + size
    found = np.empty(offsets[-1], np.int32)
    for n in range(len(single)):
        if single[n] >= 0:
            found[offsets[n]] = single[n]
        else:
            first = at[-1 - single[n]]
            for k in range(offsets[n + 1] - offsets[n]):
                found[offsets[n] + k] = codes[first + k]
    return offsets, found


@kernel
def _slice_hash(codes: I32, first: int, last: int) -> int:
    """A number for a stretch of numbers, equal for equal ones."""
    found = np.int64(last - first)
    for n in range(first, last):
        found = (found ^ codes[n]) * np.int64(1099511628211)
        found ^= (found >> np.int64(29)) & np.int64(0x7FFFFFFFF)
    return int(found)


@kernel
def same_slices(codes: I32, first: int, last: int, other: int, end: int) -> bool:
    """Whether two stretches of numbers are equal."""
    if last - first != end - other:
        return False
    for n in range(last - first):
        if codes[first + n] != codes[other + n]:
            return False
    return True


@kernel
def numbered(codes: I32, first: I64, last: I64) -> I64:
    """For each of some stretches the place of the first that is equal to it (int64)."""
    same = np.arange(len(first))
    if len(first) < 12:
        for n in range(1, len(first)):
            for k in range(n):
                if same[k] == k and same_slices(codes, first[n], last[n], first[k], last[k]):
                    same[n] = k
                    break
        return same
    size = 32
    while size < 2 * len(first):
        size *= 2
    table = np.full(size, -1, np.int64)
    for n in range(len(first)):
        place = _slice_hash(codes, first[n], last[n]) & (size - 1)
        while table[place] >= 0:
            k = table[place]
            if same_slices(codes, first[n], last[n], first[k], last[k]):
                same[n] = k
                break
            place = (place + 1) & (size - 1)
        if table[place] < 0:
            table[place] = n
    return same
