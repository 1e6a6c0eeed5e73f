"""Word shingles as 32-bit hashes, for all passages at once (compiled)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reuse.arrays import I64, U8, U16, U32, kernel
from reuse.text.flags import WORD


@dataclass(frozen=True, slots=True)
class Shingles:
    """`values` (uint32): the distinct shingles of each passage, ascending; `offsets` (int64, one longer than the passages)."""

    values: U32
    offsets: I64


def shingles(symbols: U16, flags: U8, spans: I64, size: int) -> Shingles:
    """The sets of shingles of `size` words of the symbol ranges `spans` (int64, rows of first, last + 1).

    A stretch of fewer words has no shingles: all empty sets would be equal, the classic trap; it is compared exactly or not
    at all. Source: Broder 1997, On the resemblance and containment of documents.
    """
    values, offsets = _shingles(symbols, flags, spans, size)
    return Shingles(values, offsets)


@kernel
def _finish(value: np.uint64) -> np.uint64:
    """Spread every bit of a 64-bit hash over its lower half (the finalizer of MurmurHash3)."""
    value ^= value >> np.uint64(33)
    value *= np.uint64(0xFF51AFD7ED558CCD)
    value ^= value >> np.uint64(33)
    value *= np.uint64(0xC4CEB9FE1A85EC53)
    return value ^ (value >> np.uint64(33))


@kernel
def _word_values(symbols: U16, flags: U8, first: int, last: int, words: np.ndarray) -> int:
    """A 64-bit hash of each word in `[first, last)`; how many."""
    count = 0
    value = np.uint64(0)
    for i in range(first, last):
        if flags[i] & WORD or i == first:
            if i > first:
                words[count] = _finish(value)
                count += 1
            value = np.uint64(0xCBF29CE484222325)
        value = (value ^ np.uint64(symbols[i])) * np.uint64(0x100000001B3)
    if last > first:
        words[count] = _finish(value)
        count += 1
    return count


@kernel
def _shingles(symbols: U16, flags: U8, spans: I64, size: int) -> tuple[U32, I64]:
    total, longest = 0, 1
    for k in range(len(spans)):
        total += spans[k, 1] - spans[k, 0]
        longest = max(longest, spans[k, 1] - spans[k, 0])
    values = np.empty(total + 1, np.uint32)
    offsets = np.zeros(len(spans) + 1, np.int64)
    words = np.empty(longest + 1, np.uint64)
    n = 0
    for k in range(len(spans)):
        count = _word_values(symbols, flags, spans[k, 0], spans[k, 1], words)
        begin = n
        for i in range(count - size + 1):
            value = np.uint64(0x9E3779B97F4A7C15)
            for j in range(size):
                value = (value ^ words[i + j]) * np.uint64(0x9DDFEA08EB382D69)
                value ^= value >> np.uint64(29)
            values[n] = np.uint32(_finish(value) & np.uint64(0xFFFFFFFF))
            n += 1
        n = begin + _unique(values[begin:n])
        offsets[k + 1] = n
    return values[:n].copy(), offsets


@kernel
def _unique(values: U32) -> int:
    """Sort in place and move the distinct values to the front; how many."""
    values.sort()
    n = 0
    for i in range(len(values)):
        if i == 0 or values[i] != values[i - 1]:
            values[n] = values[i]
            n += 1
    return n


@kernel
def shared(values: U32, offsets: I64, left: int, right: int) -> int:
    """How many shingles the sets `left` and `right` have in common."""
    i, j = offsets[left], offsets[right]
    count = 0
    while i < offsets[left + 1] and j < offsets[right + 1]:
        one, other = values[i], values[j]
        count += one == other
        i += one <= other
        j += other <= one
    return count


@kernel
def share_at_least(values: U32, offsets: I64, left: int, right: int, least: float) -> bool:
    """Whether the sets `left` and `right` have `least` shingles in common; no further than it takes to know."""
    i, j = offsets[left], offsets[right]
    end, other_end = offsets[left + 1], offsets[right + 1]
    count = 0
    while i < end and j < other_end:
        if count >= least or count + min(end - i, other_end - j) < least:
            break
        one, other = values[i], values[j]
        count += one == other
        i += one <= other
        j += other <= one
    return count >= least
