"""Candidate pairs of passages from band keys: chains of equal keys, walked backwards, hot buckets capped (compiled)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from reuse.arrays import I32, I64, U32, Bool, kernel

HOT = 100
"""Earlier passages that one band of a passage leads to at the most; the nearest ones. What is left out is counted."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """`pairs` (int64, rows (later passage, earlier passage), ascending, each once); `dropped`: bucket entries beyond the cap."""

    pairs: I64
    dropped: int


def candidates(keys: U32, group: I64, sketched: Bool, agreeing: int, jobs: int = 1) -> Candidates:
    """Pairs of passages that share at least `agreeing` band keys.

    `keys` (uint32, shape (passages, bands)); passages with equal `group` (int64: their document) are no pair, nor those without
    `sketched`. `jobs` threads share bands and passages out among them; the result does not depend on that.
    """
    count, bands = keys.shape
    before = np.full((bands, count), -1, dtype=np.int32)
    share = max(1, -(-count // (4 * jobs)))

    def walk(first: int) -> tuple[I64, int]:
        return _candidates(before, keys, group, sketched, agreeing, first, min(first + share, count))

    with ThreadPoolExecutor(max_workers=jobs) as threads:
        list(
            threads.map(
                lambda band: _chain(np.ascontiguousarray(keys[:, band]), sketched, before[band]), range(bands)
            )
        )
        parts = list(threads.map(walk, range(0, max(count, 1), share)))
    return Candidates(np.concatenate([pairs for pairs, _ in parts]), sum(dropped for _, dropped in parts))


@kernel
def _chain(keys: U32, sketched: Bool, before: I32) -> None:
    """For each passage write the nearest earlier one whose key in this band falls into the same place of a table."""
    size = 16
    while size < 2 * len(keys):
        size *= 2
    table = np.full(size, -1, np.int32)
    for k in range(len(keys)):
        if sketched[k]:
            place = keys[k] & np.uint32(size - 1)
            before[k] = table[place]
            table[place] = k


@kernel
def _candidates(
    before: I32, keys: U32, group: I64, sketched: Bool, agreeing: int, first: int, last: int
) -> tuple[I64, int]:
    """Pairs of the passages `[first, last)` with earlier ones, and how many bucket entries were left out."""
    bands, count = before.shape
    pairs = np.empty((1024, 2), np.int64)
    shared = np.zeros(count, np.uint8)
    met = np.empty(count, np.int64)
    n, dropped = 0, 0
    for k in range(first, last):
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
