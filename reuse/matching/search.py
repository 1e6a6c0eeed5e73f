"""The passage search of a block of documents against all earlier ones (compiled), and its sharing out among threads."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np

from reuse.arrays import F64, I32, I64, U8, U16, kernel, ranges
from reuse.matching.alignment import Work, align, best_part, work_space
from reuse.matching.chaining import chain, find_anchors, sort_anchors
from reuse.matching.stream import Stream
from reuse.matching.suffixes import SEED, Suffixes

T = TypeVar("T")

LEAST_CHAIN = 3.0
"""Weight of the anchors below which a chain is not aligned; a gram of four that no third document holds weighs 4."""
LEAST_VALUE = 5.0
"""Value below which an alignment is dropped: of real ones read below it none was reuse."""
SHORT = 12
PARTNERS = 4
"""A run of fewer than `SHORT` symbols, with nothing shared around it, is a phrase at most: it is followed to the first
`PARTNERS` earlier documents that hold it, of which two are reported. In the news that drops 2.8 million runs, a fifth of all
alignments; of 216,758 matches of reuse 216,592 remained."""
BLOCK = 64
"""Documents one task looks up: small enough to share out evenly, large enough to cost nothing to hand over."""


@dataclass(frozen=True, slots=True)
class Alignments:
    """Alignments of later documents with earlier ones, by (here, there), then place.

    `here`, `there` (int32): the documents; `value` (float64); `offsets` (int64, one longer): where an alignment's
    runs begin in `runs`
    (int64, rows (position here, position there, length), in reading order on both sides); `dropped`: how many short runs
    were not followed to further documents.
    """

    here: I32
    there: I32
    value: F64
    offsets: I64
    runs: I64
    dropped: int = 0

    def __len__(self) -> int:
        return len(self.here)


def search(
    stream: Stream,
    suffixes: Suffixes,
    weight_sum: F64,
    pairs: I64,
    pair_offsets: I64,
    each: Callable[[Alignments], T],
    *,
    seeds: bool = True,
    jobs: int = 1,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> list[T]:
    """What `each` makes of the alignments of every block of documents with earlier ones, in the order of the documents.

    Alignments are ten times what is kept of them: `each` is called while only those of a block are there, in the thread
    that found them. `pairs` (int64, rows (first, last, first there, last there) of stream positions) are candidate pairs of
    paragraphs, grouped by the document of the first by `pair_offsets`; their common words become anchors beside the seeds,
    or instead of them without `seeds`. `tell` hears how many blocks are done. The result does not depend on `jobs`.
    """
    seed_frequency = np.ascontiguousarray(suffixes.frequency[SEED - 1, : None if seeds else 0])

    def task(first: int) -> T:
        found = _search_block(
            stream.symbols,
            stream.flags,
            stream.document,
            stream.offsets,
            suffixes.order,
            suffixes.rank,
            suffixes.common,
            seed_frequency,
            weight_sum,
            pairs,
            pair_offsets,
            seeds,
            first,
            min(first + BLOCK, stream.documents),
        )
        return each(_alignments(*found))

    blocks = range(0, stream.documents, BLOCK)
    results = []
    with ThreadPoolExecutor(max_workers=jobs) as threads:
        for result in threads.map(task, blocks) if jobs > 1 else map(task, blocks):
            results.append(result)
            tell(len(results), len(blocks))
    return results


def _alignments(table: I64, values: F64, runs: I64, dropped: int) -> Alignments:
    return Alignments(
        table[:, 0].astype(np.int32),
        table[:, 1].astype(np.int32),
        values,
        ranges(table[:, 2]),
        runs,
        dropped,
    )


_Part = tuple[I64, F64, I64, int]
"""Rows (here, there, runs), values and runs of alignments, and how many short runs were dropped."""


@kernel
def _common_grams(symbols: U16, first: int, last: int, other: int, other_last: int, owner: int) -> I64:
    """Anchors of two paragraphs: their common runs of three or more symbols that extend no further."""
    rows = np.empty((0, 4), np.int64)
    n = 0
    for p in range(first, last - 2):
        for q in range(other, other_last - 2):
            if (
                symbols[p] != symbols[q]
                or symbols[p + 1] != symbols[q + 1]
                or symbols[p + 2] != symbols[q + 2]
            ):
                continue
            if p > first and q > other and symbols[p - 1] == symbols[q - 1]:
                continue
            length = 3
            while (
                p + length < last and q + length < other_last and symbols[p + length] == symbols[q + length]
            ):
                length += 1
            if n == len(rows):
                larger = np.empty((2 * len(rows) + 16, 4), np.int64)
                larger[:n] = rows
                rows = larger
            rows[n, 0], rows[n, 1], rows[n, 2], rows[n, 3] = owner, p, q, length
            n += 1
    return rows[:n].copy()


@kernel
def _with_pairs(symbols: U16, document: I32, anchors: I64, pairs: I64, low: int, high: int) -> I64:
    total = len(anchors)
    found = anchors
    for k in range(low, high):
        owner = document[pairs[k, 2]]
        more = _common_grams(symbols, pairs[k, 0], pairs[k, 1], pairs[k, 2], pairs[k, 3], owner)
        if total + len(more) > len(found):
            larger = np.empty((2 * (total + len(more)), 4), np.int64)
            larger[:total] = found[:total]
            found = larger
        found[total : total + len(more)] = more
        total += len(more)
    return found[:total]


class _Found(NamedTuple):
    """Alignments as they are found: rows (here, there, runs), their values, their runs, and how many rows and runs are in use
    and short runs dropped."""

    table: I64
    values: F64
    runs: I64
    used: I64


@kernel
def _search_block(
    symbols: U16,
    flags: U8,
    document: I32,
    offsets: I64,
    order: I32,
    rank: I32,
    common: U8,
    frequency: U16,
    weight_sum: F64,
    pairs: I64,
    pair_offsets: I64,
    seeds: bool,
    low: int,
    high: int,
) -> _Part:
    """The alignments of documents `[low, high)`."""
    found = _Found(
        np.empty((256, 3), np.int64),
        np.empty(256, np.float64),
        np.empty((4096, 3), np.int64),
        np.zeros(3, np.int64),
    )
    work = work_space()
    for d in range(low, high):
        last = offsets[d + 1] if seeds else offsets[d]
        seeded = find_anchors(symbols, document, order, rank, common, frequency, offsets[d], last)
        anchors = sort_anchors(
            _with_pairs(symbols, document, seeded, pairs, pair_offsets[d], pair_offsets[d + 1])
        )
        told = np.zeros(offsets[d + 1] - offsets[d] + 1, np.uint8)
        start = 0
        while start < len(anchors):
            stop = start + 1
            while stop < len(anchors) and anchors[stop, 0] == anchors[start, 0]:
                stop += 1
            found = _align_pair(
                symbols, flags, weight_sum, d, anchors[start:stop], offsets[d], told, work, found
            )
            start = stop
    rows, runs = found.used[0], found.used[1]
    return found.table[:rows].copy(), found.values[:rows].copy(), found.runs[:runs].copy(), found.used[2]


@kernel
def _align_pair(
    symbols: U16,
    flags: U8,
    weight_sum: F64,
    here: int,
    anchors: I64,
    first: int,
    told: U8,
    work: Work,
    found: _Found,
) -> _Found:
    """Chain the anchors of one pair of documents, align the chains and keep what pays.

    `told` counts, for each position from `first` on, the documents that a short run there was followed to.
    """
    chain_of = np.empty(len(anchors), np.int64)
    links = np.empty(len(anchors), np.int64)
    scores = np.empty(len(anchors), np.float64)
    members = np.empty(len(anchors), np.int64)
    chains = chain(anchors, weight_sum, chain_of, links, scores)
    tails = _tails(chain_of, chains)
    for c in range(chains):
        size = _members(links, chain_of, tails[c], c, members)
        if not _worth_aligning(anchors, members[:size], weight_sum):
            continue
        count = align(symbols, anchors, members[:size], work)
        if count == 1 and work.runs[0, 2] < SHORT:
            place = work.runs[0, 0] - first
            if told[place] == PARTNERS:
                found.used[2] += 1
                continue
            told[place] += 1
        found = _keep_parts(flags, weight_sum, here, anchors[0, 0], count, work, found)
    return found


@kernel
def _keep_parts(
    flags: U8, weight_sum: F64, here: int, there: int, count: int, work: Work, found: _Found
) -> _Found:
    """Keep the best stretch of the runs in `work`, then the best of what is left before and behind it, as long as they pay."""
    work.stack[0, 0], work.stack[0, 1] = 0, count
    depth = 1
    while depth:
        depth -= 1
        low, high = work.stack[depth, 0], work.stack[depth, 1]
        value, first, last = best_part(flags, weight_sum, work.runs, low, high)
        if value < LEAST_VALUE:
            continue
        found = _with_room(found, last - first)
        row, at = found.used[0], found.used[1]
        found.table[row, 0], found.table[row, 1], found.table[row, 2] = here, there, last - first
        found.values[row] = value
        found.runs[at : at + last - first] = work.runs[first:last]
        found.used[0], found.used[1] = row + 1, at + last - first
        if low < first and depth + 2 < len(work.stack):
            work.stack[depth, 0], work.stack[depth, 1] = low, first
            depth += 1
        if last < high and depth + 1 < len(work.stack):
            work.stack[depth, 0], work.stack[depth, 1] = last, high
            depth += 1
    return found


@kernel
def _with_room(found: _Found, runs: int) -> _Found:
    """The same with room for one more alignment of so many runs."""
    table, values, out = found.table, found.values, found.runs
    if found.used[0] == len(table):
        table = np.empty((2 * len(table), 3), np.int64)
        table[: len(found.table)] = found.table
        values = np.empty(len(table), np.float64)
        values[: len(found.values)] = found.values
    if found.used[1] + runs > len(out):
        out = np.empty((2 * (len(out) + runs), 3), np.int64)
        out[: len(found.runs)] = found.runs
    return _Found(table, values, out, found.used)


@kernel
def _tails(chain_of: I64, chains: int) -> I64:
    """The last anchor of every chain."""
    tails = np.zeros(chains, np.int64)
    for i in range(len(chain_of)):
        tails[chain_of[i]] = i
    return tails


@kernel
def _members(links: I64, chain_of: I64, tail: int, number: int, members: I64) -> int:
    """The anchors of a chain in reading order; how many."""
    size = 0
    i = tail
    while i >= 0 and chain_of[i] == number:
        members[size] = i
        size += 1
        i = links[i]
    members[:size] = members[:size][::-1].copy()
    return size


@kernel
def _worth_aligning(anchors: I64, members: I64, weight_sum: F64) -> bool:
    weight = 0.0
    longest = 0
    for i in members:
        weight += weight_sum[anchors[i, 1] + anchors[i, 3]] - weight_sum[anchors[i, 1]]
        longest = max(longest, anchors[i, 3])
    return weight >= LEAST_CHAIN and (len(members) > 1 or longest > 4)
