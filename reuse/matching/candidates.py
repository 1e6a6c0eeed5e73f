"""Candidate pairs of passages from band keys: chains of equal keys, walked backwards, hot buckets capped (compiled)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reuse.arrays import I64, U32, Bool, kernel

HOT = 100
"""Earlier passages that one band of a passage leads to at the most; the nearest ones. What is left out is counted."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """`pairs` (int64, rows (later passage, earlier passage), ascending, each once); `dropped`: bucket entries beyond the cap."""

    pairs: I64
    dropped: int


def candidates(keys: U32, group: I64, sketched: Bool, agreeing: int) -> Candidates:
    """Pairs of passages that share at least `agreeing` band keys.

    `keys` (uint32, shape (passages, bands)); passages with equal `group` (int64: their document) are no pair, nor those without
    `sketched`.
    """
    pairs, dropped = _candidates(_chains(keys, sketched), keys, group, sketched, agreeing)
    return Candidates(pairs, int(dropped))


@kernel
def _chains(keys: U32, sketched: Bool) -> I64:
    """For each band and passage the nearest earlier passage whose key falls into the same place of a table; -1 for none."""
    count, bands = keys.shape
    size = 16
    while size < 2 * count:
        size *= 2
    before = np.full((bands, count), -1, np.int64)
    table = np.empty(size, np.int64)
    for band in range(bands):
        table[:] = -1
        for k in range(count):
            if sketched[k]:
                place = keys[k, band] & np.uint32(size - 1)
                before[band, k] = table[place]
                table[place] = k
    return before


@kernel
def _candidates(before: I64, keys: U32, group: I64, sketched: Bool, agreeing: int) -> tuple[I64, int]:
    bands, count = before.shape
    pairs = np.empty((1024, 2), np.int64)
    shared = np.zeros(count, np.uint8)
    met = np.empty(count, np.int64)
    n, dropped = 0, 0
    for k in range(count):
        if not sketched[k]:
            continue
        meetings = 0
        for band in range(bands):
            other = before[band, k]
            walked = 0
            while other >= 0:
                if walked == HOT:
                    dropped += 1
                    break
                if keys[other, band] == keys[k, band] and group[other] != group[k]:
                    walked += 1
                    if shared[other] == 0:
                        met[meetings] = other
                        meetings += 1
                    shared[other] += 1
                other = before[band, other]
        partners = np.sort(met[:meetings])
        for other in partners:
            if shared[other] >= agreeing:
                if n == len(pairs):
                    larger = np.empty((2 * n, 2), np.int64)
                    larger[:n] = pairs
                    pairs = larger
                pairs[n, 0], pairs[n, 1] = k, other
                n += 1
            shared[other] = 0
    return pairs[:n].copy(), dropped
