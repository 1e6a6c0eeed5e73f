"""Matches in comparable text: runs with what the stream left out put back, and the spans they cover (compiled)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reuse.arrays import I32, I64, U8, U16, kernel, ranges
from reuse.matching.grouping import Groups
from reuse.matching.stream import Stream
from reuse.sorting import order_of, rows_by
from reuse.text.comparable import ComparableText
from reuse.text.flags import CLAUSE, PARAGRAPH


@dataclass(frozen=True, slots=True)
class Runs:
    """Matches as equal runs of comparable text.

    `left`, `right` (int32): documents, left the earlier. `offsets` (int64, one longer) into `runs` (int64, rows
    (left position, right
    position, length), by left position). `source` (int64): the number of the group a match was made from.
    """

    left: I32
    right: I32
    offsets: I64
    runs: I64
    source: I64

    def __len__(self) -> int:
        return len(self.left)

    def bounds(self) -> I64:
        """The stretch of comparable text each match covers: int64, rows (left first, left last + 1, right first,
        right last + 1)."""
        if not len(self):
            return np.zeros((0, 4), dtype=np.int64)
        heads = self.offsets[:-1]
        ends = self.runs[:, :2] + self.runs[:, 2:]
        columns = (
            np.minimum.reduceat(self.runs[:, 0], heads),
            np.maximum.reduceat(ends[:, 0], heads),
            np.minimum.reduceat(self.runs[:, 1], heads),
            np.maximum.reduceat(ends[:, 1], heads),
        )
        return np.stack(columns, axis=1)

    def equal(self) -> I64:
        """How many symbols of each match are equal (int64)."""
        return (
            np.add.reduceat(self.runs[:, 2], self.offsets[:-1]) if len(self) else np.zeros(0, dtype=np.int64)
        )

    def take(self, chosen: I64) -> Runs:
        """The matches with the numbers `chosen`, in that order."""
        sizes = np.diff(self.offsets)[chosen]
        offsets = ranges(sizes)
        index = np.repeat(self.offsets[chosen] - offsets[:-1], sizes) + np.arange(offsets[-1])
        return Runs(self.left[chosen], self.right[chosen], offsets, self.runs[index], self.source[chosen])


def restore(text: ComparableText, stream: Stream, groups: Groups) -> Runs:
    """The groups as runs of the full comparable text.

    What the stream leaves out is put back where both sides hold it: a run that the other side lacks words of is two runs. A group
    of which only strays are left is none.
    """
    offsets, runs = _restore(
        text.symbols,
        text.flags,
        text.documents,
        stream.origin,
        groups.there,
        groups.here,
        groups.offsets,
        groups.runs,
    )
    held = np.flatnonzero(np.diff(offsets))
    return Runs(groups.there[held], groups.here[held], np.append(offsets[held], offsets[-1]), runs, held)


@kernel
def _restore(
    symbols: U16, flags: U8, documents: I64, origin: I32, there: I32, here: I32, offsets: I64, runs: I64
) -> tuple[I64, I64]:
    out = np.empty((2 * len(runs) + 16, 3), np.int64)
    bounds = np.zeros(len(offsets), np.int64)
    n = 0
    for g in range(len(offsets) - 1):
        part = runs[offsets[g] : offsets[g + 1]]
        ordered = rows_by(part, 1)
        begin = n
        for k in range(len(ordered)):
            if _is_stray(ordered, k):
                continue
            for i in range(ordered[k, 2]):
                x, y = origin[ordered[k, 1] + i], origin[ordered[k, 0] + i]
                n, out = _extend(symbols, out, begin, n, x, y)
        if n > begin:
            _stretch(symbols, flags, documents, there[g], here[g], out, begin, n)
        bounds[g + 1] = n
    return bounds, out[:n].copy()


@kernel
def _is_stray(ordered: I64, k: int) -> bool:
    """A single symbol with more than one unequal symbol on both sides: chance, or 的."""
    if ordered[k, 2] > 1:
        return False
    close = False
    if k > 0:
        gap = max(
            ordered[k, 0] - ordered[k - 1, 0] - ordered[k - 1, 2],
            ordered[k, 1] - ordered[k - 1, 1] - ordered[k - 1, 2],
        )
        close = close or 0 <= gap <= 1
    if k + 1 < len(ordered):
        gap = max(ordered[k + 1, 0] - ordered[k, 0] - 1, ordered[k + 1, 1] - ordered[k, 1] - 1)
        close = close or 0 <= gap <= 1
    return not close


@kernel
def _extend(symbols: U16, out: I64, begin: int, n: int, x: int, y: int) -> tuple[int, I64]:
    """Add the equal pair (x, y), and what lies between it and the last run where both sides have the same there."""
    if n > begin:
        gap_x = x - out[n - 1, 0] - out[n - 1, 2]
        gap_y = y - out[n - 1, 1] - out[n - 1, 2]
        if gap_x == gap_y and 0 <= gap_x <= 12:
            same = True
            for i in range(gap_x):
                same = same and symbols[x - 1 - i] == symbols[y - 1 - i]
            if same:
                out[n - 1, 2] += gap_x + 1
                return n, out
    if n == len(out):
        larger = np.empty((2 * n, 3), np.int64)
        larger[:n] = out
        out = larger
    out[n, 0], out[n, 1], out[n, 2] = x, y, 1
    return n + 1, out


@kernel
def _stretch(
    symbols: U16, flags: U8, documents: I64, left: int, right: int, out: I64, begin: int, n: int
) -> None:
    """Lengthen the first and the last run by equal symbols inside their paragraphs."""
    while True:
        x, y = out[begin, 0], out[begin, 1]
        at_start = x == documents[left] or y == documents[right] or (flags[x] | flags[y]) & PARAGRAPH
        if at_start or symbols[x - 1] != symbols[y - 1]:
            break
        out[begin, 0], out[begin, 1], out[begin, 2] = x - 1, y - 1, out[begin, 2] + 1
    while True:
        x, y = out[n - 1, 0] + out[n - 1, 2], out[n - 1, 1] + out[n - 1, 2]
        at_end = x == documents[left + 1] or y == documents[right + 1]
        if at_end or (flags[x] | flags[y]) & PARAGRAPH or symbols[x] != symbols[y]:
            break
        out[n - 1, 2] += 1


def without_overlap(text: ComparableText, runs: Runs) -> Runs:
    """The same matches with every symbol of either side used once: fragments in another order may claim it twice.

    The longer run keeps what two of them claim, unless a clause begins behind or before that: words that end a sentence on both
    sides belong to the sentence.
    """
    offsets, rows = _without_overlap(text.flags, runs.offsets, runs.runs)
    return Runs(runs.left, runs.right, offsets, rows, runs.source)


@kernel
def _without_overlap(flags: U8, offsets: I64, runs: I64) -> tuple[I64, I64]:
    out = np.empty_like(runs)
    bounds = np.zeros(len(offsets), np.int64)
    n = 0
    for g in range(len(offsets) - 1):
        part = runs[offsets[g] : offsets[g + 1]]
        begin = n
        for r in order_of(-part[:, 2]):
            out[n] = part[r]
            for k in range(begin, n):
                for side in range(2):
                    _part_from(flags, out[n], out[k], side)
            n += out[n, 2] > 0
        if n > begin:
            out[begin:n] = rows_by(out[begin:n], 0)
        bounds[g + 1] = n
    return bounds, out[:n].copy()


@kernel
def _part_from(flags: U8, run: I64, longer: I64, side: int) -> None:
    """Part two runs, in place, where they overlap on one side."""
    first, last = run[side], run[side] + run[2]
    low, high = longer[side], longer[side] + longer[2]
    if first >= high or low >= last or run[2] == 0:
        return
    head, tail = max(0, low - first), max(0, last - high)
    if head >= tail:
        if head and last < high and _clause_begins(flags, low, last) > 0:
            _cut_head(longer, last - low)
        else:
            run[2] = head
    elif first > low and _clause_begins(flags, first, high) < 0:
        longer[2] = first - low
    else:
        _cut_head(run, run[2] - tail)


@kernel
def _clause_begins(flags: U8, first: int, last: int) -> int:
    """Of two places: 1 if a clause begins at the last alone, -1 if at the first alone, else 0."""
    begins_last = last == len(flags) or (flags[last] & CLAUSE) != 0
    return int(begins_last) - int((flags[first] & CLAUSE) != 0)


@kernel
def _cut_head(run: I64, count: int) -> None:
    run[0] += count
    run[1] += count
    run[2] -= count
