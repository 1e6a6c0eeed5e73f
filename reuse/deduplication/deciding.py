"""Which records are kept: greedy in keep order, so that whatever is removed reaches the threshold with what is kept.

Clusters never chain. A record is held against kept records alone; where A is near B and B near C but not A, removing
both for A would lose C. Texts equal to the character are taken together first, so that one text a hundred thousand
times costs no more than once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from reuse.arrays import F64, I64, U32, U64, Bool, kernel
from reuse.sketching.bands import found_with

Keep = Literal["first", "longest", "earliest"]

RECALL = 0.99
"""The least probability with which a pair that just reaches the threshold is compared; one above it is surer."""
HOT = 100
"""Kept records that one band of a record is compared with at the most, the latest ones; what is left out is counted.

Where all texts are shuffles of the same 24 clauses, that holds the cost to .9 ms a record; of 123,791
paragraphs of news one reaches it once.
"""
UNDATED = np.iinfo(np.int64).max
"""The date of a record that has none: it comes last."""


@dataclass(frozen=True, slots=True)
class Sketches:
    """What is known of the records when all are read, in input order; n records.

    `digests` (uint64, shape (n, 2)): BLAKE2 of the text. `lengths` (int64): characters. `dates` (int64): ascending with time,
    UNDATED for none. `keys` (uint32, shape (n, bands)). `values` (uint32): the shingle sets one after the other, each
    ascending; `offsets` (int64, n + 1) into them. `least`: shingles below which only equal texts are taken for the same.
    """

    digests: U64
    lengths: I64
    dates: I64
    keys: U32
    values: U32
    offsets: I64
    least: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done with each record, in input order; n records.

    `keeper` (int64): the record that is kept instead, -1 for a record that is kept. `equal` (bool): removed because the
    text is equal. `resemblance` and `containment` (float64): shared shingles in proportion to those of both, and to
    those of the removed one; 0 for what is kept. `dropped`: comparisons that hot bands left out.
    """

    keeper: I64
    equal: Bool
    resemblance: F64
    containment: F64
    dropped: int


def bands_for(threshold: float, permutations: int) -> tuple[int, int]:
    """Bands and rows: the most rows, so the fewest needless comparisons, that find the threshold with `RECALL`."""
    for rows in range(permutations, 1, -1):
        if found_with(threshold, permutations // rows, rows) >= RECALL:
            return permutations // rows, rows
    return permutations, 1


def decide(sketches: Sketches, keep: Keep, threshold: float) -> Decision:
    """Keep the first of each group in keep order; the order of equals is that of the input."""
    order = _keep_order(sketches, keep)
    first = _first_equal(sketches.digests, order)
    sizes = np.diff(sketches.offsets)
    alone = first == np.arange(len(first))
    asked = order[alone[order] & (sizes[order] >= sketches.least)]
    near, common, dropped = _nearest_kept(
        asked, sketches.keys, sketches.values, sketches.offsets, threshold, HOT
    )
    near, common = near[first], common[first]
    equal = ~alone & (near < 0)
    keeper = np.where(equal, first, near)
    resemblance = np.where(equal, 1.0, 0.0)
    containment = resemblance.copy()
    similar = near >= 0
    own, other = sizes[similar], sizes[near[similar]]
    resemblance[similar] = common[similar] / (own + other - common[similar])
    containment[similar] = common[similar] / own
    return Decision(keeper, equal, resemblance, containment, int(dropped))


def _keep_order(sketches: Sketches, keep: Keep) -> I64:
    """The records, those to be kept rather first."""
    if keep == "longest":
        return np.argsort(-sketches.lengths, kind="stable")
    if keep == "earliest":
        return np.argsort(sketches.dates, kind="stable")
    return np.arange(len(sketches.lengths))


def _first_equal(digests: U64, order: I64) -> I64:
    """For each record the one of equal text that comes first in keep order."""
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    sorted_ = np.lexsort((rank, digests[:, 1], digests[:, 0]))
    fresh = np.ones(len(sorted_), dtype=np.bool_)
    fresh[1:] = (digests[sorted_[1:]] != digests[sorted_[:-1]]).any(axis=1)
    first = np.empty(len(sorted_), dtype=np.int64)
    first[sorted_] = sorted_[fresh][np.cumsum(fresh) - 1]
    return first


@kernel
def _nearest_kept(
    asked: I64, keys: U32, values: U32, offsets: I64, threshold: float, hot: int
) -> tuple[I64, I64, int]:
    """For each record of `asked`, in order, the kept one it resembles most, if to the threshold; else it is kept itself.

    Returns (per record the kept one or -1, shared shingles, comparisons left out). Kept records hang in a chain for each
    band and place of a table, the latest first.
    """
    count, bands = keys.shape
    size = 16
    while size < len(asked):
        size *= 2
    head = np.full((bands, size), -1, np.int32)
    behind = np.empty((len(asked), bands), np.int32)
    kept = np.empty(len(asked), np.int64)
    met = np.full(len(asked), -1, np.int64)
    near = np.full(count, -1, np.int64)
    common = np.zeros(count, np.int64)
    n, dropped = 0, 0
    for a in range(len(asked)):
        record = asked[a]
        own = offsets[record + 1] - offsets[record]
        best = 0.0
        for band in range(bands):
            key = keys[record, band]
            place = head[band, key & np.uint32(size - 1)]
            walked = 0
            while place >= 0:
                other = kept[place]
                if keys[other, band] == key:
                    if walked == hot:
                        dropped += 1
                        break
                    walked += 1
                    if met[place] != a:
                        met[place] = a
                        both = _shared_enough(values, offsets, record, other, threshold)
                        alike = both / (own + offsets[other + 1] - offsets[other] - both)
                        if alike >= threshold and (alike > best or (alike == best and place < near[record])):
                            best, near[record], common[record] = alike, place, both
                place = behind[place, band]
        if near[record] >= 0:
            near[record] = kept[near[record]]
            continue
        kept[n] = record
        for band in range(bands):
            slot = keys[record, band] & np.uint32(size - 1)
            behind[n, band] = head[band, slot]
            head[band, slot] = n
        n += 1
    return near, common, dropped


@kernel
def _shared_enough(values: U32, offsets: I64, left: int, right: int, threshold: float) -> int:
    """The shingles two records share; 0 as soon as too many are not shared for the threshold, on average after a third."""
    i, j = offsets[left], offsets[right]
    a, b = offsets[left + 1] - i, offsets[right + 1] - j
    allowed = (a + b) * (1 - threshold) / (1 + threshold) + 1e-6
    if abs(a - b) > allowed:
        return 0
    shared, single = 0, 0
    while i < offsets[left + 1] and j < offsets[right + 1]:
        if values[i] == values[j]:
            shared += 1
            i += 1
            j += 1
            continue
        if values[i] < values[j]:
            i += 1
        else:
            j += 1
        single += 1
        if single > allowed:
            return 0
    return shared
