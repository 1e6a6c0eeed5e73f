"""Where the two sides of matches differ inside what they share (compiled): equal runs and slots in source coordinates.

Comparable text leaves digits, placeholders and punctuation out; here they count again. Between two runs, and inside a run where
digits or a placeholder stand on either side, the source texts are held against each other.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from reuse.arrays import I64, U8, U32, Bool, kernel, ranges
from reuse.matching.spans import Runs
from reuse.text.comparable import ComparableText
from reuse.text.flags import SLOT, WORD

_EDGE = " \t\n\r\u3000，。、；：！？,.;:!?…“”‘’\"'《》〈〉（）()「」『』"
_CLOSING = "。！？!?；;，,、：:”’」』》）)…"
_PLANE = 0x10000
_WIDER = 3
"""Symbols on either side that a gap is widened by at most, to whole words: of 全市 and 全县 only 市 and 县 differ."""


@dataclass(frozen=True, slots=True)
class Differences:
    """Equal runs and slots of matches, in source coordinates.

    `aligned_offsets` (int64, one longer than the matches) into `aligned` (int64, rows left start, left end, right start, right
    end); `offsets` (int64) into `spans` (int64, the same columns: what differs, punctuation around it cut off), `words` (the
    same, widened to whole words: they tell the type) and `left`, `right` (int64: the documents).
    """

    aligned_offsets: I64
    aligned: I64
    offsets: I64
    spans: I64
    words: I64
    left: I64
    right: I64


def differences(text: ComparableText, codes: U32, base: I64, runs: Runs, strong: Bool) -> Differences:
    """Walk along every match. Phrases (not `strong`) get no slots, and their runs are cut only where digits differ.

    `codes` (uint32) are the documents' code points end to end; `base` (int64) is what to add to a source position of each
    document to find it there.
    """
    left, right = runs.left.astype(np.int64), runs.right.astype(np.int64)
    most = _most(text.flags, runs.runs)
    aligned_count, slot_count, aligned, spans, words = _walk(
        text.start,
        text.end,
        text.flags,
        text.documents,
        codes,
        base,
        folded(),
        edges(),
        left,
        right,
        runs.offsets,
        runs.runs,
        strong,
        most,
    )
    owner = np.repeat(np.arange(len(runs)), slot_count)
    return Differences(
        ranges(aligned_count), aligned, ranges(slot_count), spans, words, left[owner], right[owner]
    )


@lru_cache(maxsize=1)
def folded() -> U32:
    """What each code point of the basic plane is under NFKC, itself where that is several: uint32, shape (65536,)."""
    table = np.arange(_PLANE, dtype=np.uint32)
    for code in range(0x80, _PLANE):
        if not 0xD800 <= code < 0xE000:
            form = unicodedata.normalize("NFKC", chr(code))
            table[code] = ord(form) if len(form) == 1 else code
    return table


@lru_cache(maxsize=1)
def edges() -> Bool:
    """Which code points are cut off the ends of a slot: bool, shape (65536,)."""
    table = np.zeros(_PLANE, dtype=np.bool_)
    table[[ord(mark) for mark in _EDGE]] = True
    return table


@lru_cache(maxsize=1)
def closing_marks() -> U32:
    """The folded form of marks that close a span, 0 for all other code points: uint32, shape (65536,)."""
    table = np.zeros(_PLANE, dtype=np.uint32)
    marks = [ord(mark) for mark in _CLOSING]
    table[marks] = folded()[marks]
    return table


@kernel
def _most(flags: U8, runs: I64) -> int:
    """How many pieces and differences there are at most: one a run, one for each place inside a run with digits."""
    count = len(runs)
    for r in range(len(runs)):
        for i in range(1, runs[r, 2]):
            count += (flags[runs[r, 0] + i] | flags[runs[r, 1] + i]) & SLOT != 0
    return count


@kernel
def _walk(
    start: U32,
    end: U32,
    flags: U8,
    documents: I64,
    codes: U32,
    base: I64,
    fold: U32,
    edge: Bool,
    left: I64,
    right: I64,
    offsets: I64,
    runs: I64,
    strong: Bool,
    most: int,
) -> tuple[I64, I64, I64, I64, I64]:
    """How many pieces and slots each match has, the pieces, the slots, and their words."""
    aligned = np.empty((most, 4), np.int64)
    spans = np.empty((most, 4), np.int64)
    words = np.empty((most, 4), np.int64)
    aligned_count = np.zeros(len(left), np.int64)
    slot_count = np.zeros(len(left), np.int64)
    n, s = 0, 0
    for m in range(len(left)):
        first_n, first_s = n, s
        a, b = left[m], right[m]
        for r in range(offsets[m], offsets[m + 1]):
            x, y, length = runs[r, 0], runs[r, 1], runs[r, 2]
            if strong[m] and r > offsets[m]:
                before_x, before_y = runs[r - 1, 0] + runs[r - 1, 2], runs[r - 1, 1] + runs[r - 1, 2]
                if y >= before_y and _differ(
                    start, end, codes, base, fold, edge, a, b, before_x, before_y, x, y, spans[s]
                ):
                    _word(
                        start,
                        end,
                        flags,
                        documents[a],
                        documents[a + 1],
                        before_x,
                        x,
                        spans[s, :2],
                        words[s, :2],
                    )
                    _word(
                        start,
                        end,
                        flags,
                        documents[b],
                        documents[b + 1],
                        before_y,
                        y,
                        spans[s, 2:],
                        words[s, 2:],
                    )
                    s += 1
            begin = 0
            for i in range(1, length):
                if (flags[x + i] | flags[y + i]) & SLOT and _differ(
                    start, end, codes, base, fold, edge, a, b, x + i, y + i, x + i, y + i, spans[s]
                ):
                    _put(start, end, x + begin, y + begin, i - begin, aligned[n])
                    n, begin = n + 1, i
                    if strong[m]:
                        words[s] = spans[s]
                        s += 1
            _put(start, end, x + begin, y + begin, length - begin, aligned[n])
            n += 1
        aligned_count[m], slot_count[m] = n - first_n, s - first_s
    return aligned_count, slot_count, aligned[:n].copy(), spans[:s].copy(), words[:s].copy()


@kernel
def _put(start: U32, end: U32, x: int, y: int, length: int, row: I64) -> None:
    """Write a run of symbols as source coordinates."""
    row[0], row[1] = start[x], end[x + length - 1]
    row[2], row[3] = start[y], end[y + length - 1]


@kernel
def _differ(
    start: U32,
    end: U32,
    codes: U32,
    base: I64,
    fold: U32,
    edge: Bool,
    a: int,
    b: int,
    end_x: int,
    end_y: int,
    x: int,
    y: int,
    row: I64,
) -> bool:
    """Write what stands between the symbols before `end_x`, `end_y` and those from x, y on; whether the sides differ there."""
    row[0], row[1] = _trimmed(codes, base[a], edge, end[end_x - 1], start[x])
    row[2], row[3] = _trimmed(codes, base[b], edge, end[end_y - 1], start[y])
    if row[1] - row[0] != row[3] - row[2]:
        return True
    for k in range(row[1] - row[0]):
        one, other = codes[base[a] + row[0] + k], codes[base[b] + row[2] + k]
        if one != other and (one >= len(fold) or other >= len(fold) or fold[one] != fold[other]):
            return True
    return False


@kernel
def _trimmed(codes: U32, base: int, edge: Bool, first: int, last: int) -> tuple[int, int]:
    """A source span without the punctuation at its ends."""
    low, high = np.int64(first), max(np.int64(first), np.int64(last))
    while low < high and codes[base + low] < len(edge) and edge[codes[base + low]]:
        low += 1
    while high > low and codes[base + high - 1] < len(edge) and edge[codes[base + high - 1]]:
        high -= 1
    return int(low), int(high)


@kernel
def _word(
    start: U32,
    end: U32,
    flags: U8,
    floor: int,
    ceiling: int,
    gap_first: int,
    gap_last: int,
    span: I64,
    out: I64,
) -> None:
    """Write the source span of the gap between two symbols, widened to whole words; the gap itself where nothing is in it."""
    out[0], out[1] = span[0], span[1]
    if gap_first == gap_last:
        return
    low, high = gap_first, gap_last
    while low > floor and low > gap_first - _WIDER and not flags[low] & WORD:
        low -= 1
    while high < ceiling and high < gap_last + _WIDER and not flags[high] & WORD:
        high += 1
    if low != gap_first or high != gap_last:
        out[0] = min(out[0], np.int64(start[low]))
        out[1] = max(out[1], np.int64(end[high - 1]))
