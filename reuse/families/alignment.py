"""Words of a text laid along the words of another, so that what both hold stands together.

Only equal words are laid on each other; a stretch that differs costs once, however long it is, so that a
particle which two fillers happen to share does not cut the slot they fill in two.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

import numpy as np

from reuse.arrays import F64, I64, U8, Bool, kernel

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
def laid(units: I64, offsets: I64, medoid: int, gain: F64) -> tuple[I64, Bool]:
    """The cells of `align` of several texts, one behind the other from `offsets` on, with text number `medoid` of them;
    and which texts are left to `align`, for their table is too large."""
    cells = np.empty(len(units), np.int64)
    left = np.zeros(len(offsets) - 1, np.bool_)
    head = units[offsets[medoid] : offsets[medoid + 1]]
    for text in range(len(left)):
        first, last = offsets[text], offsets[text + 1]
        if text == medoid:
            for n in range(last - first):
                cells[first + n] = 2 * n + 1
        elif len(head) * (last - first) > _LARGEST_TABLE:
            left[text] = True
        else:
            cells[first:last] = _aligned(head, units[first:last], gain, _BREAK)
    return cells, left


@kernel
def _aligned(medoid: I64, text: I64, gain: F64, cost: float) -> I64:
    """The cells of `align`, by as little of the table as is enough: two texts of a family have most in common."""
    below, behind = _worth_left(medoid, text, gain), _worth_left(text, medoid, gain)
    most = min(below[0], behind[0])
    for share in (0.9, 0.7):
        found, cells = _within(medoid, text, gain, cost, below, behind, share * most)
        if found:
            return cells
    return _within(medoid, text, gain, cost, below, behind, _NEVER)[1]


@kernel
def _worth_left(text: I64, other: I64, gain: F64) -> F64:
    """What those words of a text from each on that `other` has are worth together, 0 at its end."""
    known = np.zeros(len(gain), np.bool_)
    known[other] = True
    left = np.zeros(len(text) + 1)
    for n in range(len(text) - 1, -1, -1):
        left[n] = left[n + 1] + (gain[text[n]] if known[text[n]] else 0.0)
    return left


@kernel
def _within(
    medoid: I64, text: I64, gain: F64, cost: float, below: F64, behind: F64, least: float
) -> tuple[bool, I64]:
    """The cells of `align` by a table of two states, on equal words and between them; both ends count as equal words. Not
    found where no alignment is worth `least`.

    A cell from which the words left cannot lift it to `least` is on no alignment that is, and is left out, as are cells that
    only such ones lead to; what the others hold is what the whole table would.
    """
    rows, columns = len(medoid), len(text)
    slack = least - 1e-6
    on, off = np.full(columns + 1, _NEVER), np.full(columns + 1, _NEVER)
    came = np.empty((rows + 1, columns + 1), np.uint8)
    first, last = 0, 0
    for i in range(rows + 1):
        live_first, live_last = columns + 1, -1
        on_before, off_before = _NEVER, _NEVER
        on_left, off_left = _NEVER, _NEVER
        j = first
        while j <= columns and (j <= last + 1 or live_last == j - 1):
            on_above, off_above = _NEVER, _NEVER
            if i > 0 and j <= last:
                on_above, off_above = on[j], off[j]
            on_here, off_here, step = _NEVER, _NEVER, 0
            if i == 0 and j == 0:
                on_here = 0.0
            else:
                if i > 0 and j > 0 and medoid[i - 1] == text[j - 1]:
                    on_here = max(on_before, off_before) + gain[text[j - 1]]
                    if off_before > on_before:
                        step |= _FROM_OFF
                if i > 0:
                    off_here = max(off_above, on_above - cost)
                    if on_above - cost > off_above:
                        step |= _FROM_ON
                if j > 0 and max(off_left, on_left - cost) > off_here:
                    off_here = max(off_left, on_left - cost)
                    opened = on_left - cost > off_left
                    step = (step & _FROM_OFF) | _TEXT_MOVED | (_FROM_ON if opened else 0)
            if max(on_here, off_here) + min(below[i], behind[j]) >= slack:
                live_first, live_last = min(live_first, j), j
                came[i, j] = step
            else:
                on_here, off_here = _NEVER, _NEVER
            on_before, off_before = on_above, off_above
            on[j], off[j] = on_here, off_here
            on_left, off_left = on_here, off_here
            j += 1
        if live_last < 0:
            return False, np.empty(0, np.int64)
        first, last = live_first, live_last
    if last < columns or max(on[columns], off[columns]) < least:
        return False, np.empty(0, np.int64)
    return True, _traced(came, on[columns] >= off[columns], rows, columns)


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
