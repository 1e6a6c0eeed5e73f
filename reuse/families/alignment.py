"""Words of a text laid along the words of another, so that what both hold stands together.

Only equal words are laid on each other; a stretch that differs costs once, however long it is, so that a
particle which two fillers happen to share does not cut the slot they fill in two.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from reuse.arrays import F64, I64, U8, kernel

_BREAK = 0.7
"""Cost of each stretch that differs: more than one lone character or mark is worth, less than a word of two
characters."""

_LARGEST_TABLE = 4_000_000
"""Cells aligned at once (8 MB); two texts of 2,000 words fill it. Larger ones are cut at words that each
holds once."""

_NEVER = -1e18
_TEXT_MOVED, _FROM_ON, _FROM_OFF = 1, 2, 4
"""How a cell of the table was reached: between words by a word of the text (else of the medoid); from which
state."""

_Blocks = list[tuple[int, int, int, int]]


@lru_cache(maxsize=65_536)
def worth(word: str) -> float:
    """What laying a word on its equal counts: a mark or space little, one character less than `_BREAK`,
    longer words more."""
    if not any(character.isalnum() for character in word):
        return 0.3
    return 0.5 if len(word) == 1 else 1.0


def align(medoid: I64, text: I64, gain: F64) -> I64:
    """For each word of `text` the cell of `medoid` it belongs to (int64, ascending).

    Words are numbers, equal for equal words; `gain[n]` is the worth of word number n. A medoid of k words
    has 2k + 1 cells: word c is cell 2c + 1, the gap before it cell 2c, the gap after the last word cell 2k.
    """
    cells = np.empty(len(text), dtype=np.int64)
    for a, b, c, d in _blocks(medoid, text):
        cells[c:d] = _aligned(medoid[a:b], text[c:d], gain, _BREAK) + 2 * a
    return cells


def _blocks(medoid: I64, text: I64) -> _Blocks:
    """Ranges of both texts to align with each other: all of them, or pieces between words that each holds
    once.

    A piece that is still too large is not aligned: nothing in it is common enough to tell where to begin.
    """
    if len(medoid) * len(text) <= _LARGEST_TABLE:
        return [(0, len(medoid), 0, len(text))]
    ends = [*_anchors(medoid.tolist(), text.tolist()), (len(medoid), len(text))]
    starts = [(0, 0), *ends[:-1]]
    blocks = [(a, b, c, d) for (a, c), (b, d) in zip(starts, ends, strict=True)]
    return [(a, b, c, d) if (b - a) * (d - c) <= _LARGEST_TABLE else (a, a, c, d) for a, b, c, d in blocks]


def _anchors(medoid: Sequence[int], text: Sequence[int]) -> list[tuple[int, int]]:
    """Words each text holds exactly once, as places in both, in the longest order that rises in both
    (patience)."""
    here, there = _once(medoid), _once(text)
    pairs = [(place, there[word]) for word, place in here.items() if word in there]
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(ends, place)
        before.append(tops[pile - 1] if pile else -1)
        ends[pile : pile + 1] = [place]
        tops[pile : pile + 1] = [number]
    chain: list[tuple[int, int]] = []
    at = tops[-1] if tops else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _once(words: Sequence[int]) -> dict[int, int]:
    """The place of every word that occurs once, in order of place."""
    counts = Counter(words)
    return {word: place for place, word in enumerate(words) if counts[word] == 1}


@kernel
def _aligned(medoid: I64, text: I64, gain: F64, cost: float) -> I64:
    """The cells of `align` by a full table of two states, on equal words and between them; both ends count
    as equal words."""
    rows, columns = len(medoid), len(text)
    on = np.full((2, columns + 1), _NEVER)
    off = np.full((2, columns + 1), _NEVER)
    came = np.zeros((rows + 1, columns + 1), np.uint8)
    on[0, 0] = 0.0
    for i in range(rows + 1):
        now, before = i % 2, (i + 1) % 2
        for j in range(columns + 1):
            if i == 0 and j == 0:
                continue
            step = 0
            on[now, j] = _NEVER
            if i > 0 and j > 0 and medoid[i - 1] == text[j - 1]:
                on[now, j] = max(on[before, j - 1], off[before, j - 1]) + gain[text[j - 1]]
                if off[before, j - 1] > on[before, j - 1]:
                    step |= _FROM_OFF
            off[now, j] = _NEVER
            if i > 0:
                off[now, j] = max(off[before, j], on[before, j] - cost)
                if on[before, j] - cost > off[before, j]:
                    step |= _FROM_ON
            if j > 0 and max(off[now, j - 1], on[now, j - 1] - cost) > off[now, j]:
                off[now, j] = max(off[now, j - 1], on[now, j - 1] - cost)
                opened = on[now, j - 1] - cost > off[now, j - 1]
                step = (step & _FROM_OFF) | _TEXT_MOVED | (_FROM_ON if opened else 0)
            came[i, j] = step
    return _traced(came, on[rows % 2, columns] >= off[rows % 2, columns], rows, columns)


@kernel
def _traced(came: U8, equal: bool, rows: int, columns: int) -> I64:
    cells = np.empty(columns, np.int64)
    i, j = rows, columns
    while j > 0:
        step = came[i, j]
        if equal:
            i -= 1
            j -= 1
            cells[j] = 2 * i + 1
            equal = (step & _FROM_OFF) == 0
        else:
            if step & _TEXT_MOVED:
                j -= 1
                cells[j] = 2 * i
            else:
                i -= 1
            equal = (step & _FROM_ON) != 0
    return cells
