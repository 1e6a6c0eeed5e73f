"""The passage search of a block of documents against all earlier ones (compiled), and its sharing out among threads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np

from reuse.arrays import F64, I32, I64, U8, U16, U32, kernel, ranges
from reuse.matching.alignment import Work, align, best_part, work_space
from reuse.matching.chaining import chain, find_anchors, members_of, rare_code, room_for_chains, sort_anchors
from reuse.matching.rarity import weight
from reuse.matching.stream import Stream
from reuse.matching.suffixes import SEED, Suffixes

T = TypeVar("T")

LEAST_CHAIN = 3.0
"""Weight of the anchors below which a chain is not aligned; a gram of four that no third document holds weighs 4."""
LEAST_VALUE = 5.0
"""Value below which an alignment is dropped: of real ones read below it none was reuse."""
LEAST = 8
"""Symbols of the smallest fragment that is judged: of 1.3 million shorter ones of the news, a quarter of all, the
model took none (its smallest had ten)."""
SHORT = 14
PARTNERS = 4
"""A run of fewer than `LEAST` symbols, with nothing shared around it, is dropped. One of fewer than `SHORT` is a phrase at most:
it is followed to the first `PARTNERS` earlier documents that hold it, of which two are reported. In half of the news these two
drop 2 of 3.4 million alignments; of 84,703 matches of reuse 84,678 remain, and 84,686 of their places. 12 instead leaves 84,689,
and an eighth more to judge where 100,000 paragraphs share formulas; one of 16 costs a floor of precision."""
GRAMS = 4096
"""Places of the table of grams of one paragraph."""
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
    weight_sum: U32,
    pairs: I64,
    pair_offsets: I64,
    each: Callable[[Alignments], T],
    *,
    seeds: bool = True,
    jobs: int = 1,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[T]:
    """What `each` makes of the alignments of every block of documents with earlier ones, in the order of the documents.

    Alignments are ten times what is kept of them: `each` is called while only those of a block are there, in the thread
    that found them. `pairs` (int64, rows (first, last, first there, last there) of stream positions) are candidate pairs of
    paragraphs, grouped by the document of the first by `pair_offsets`; their common words become anchors beside the seeds,
    or instead of them without `seeds`. `tell` hears how many blocks are done. The result does not depend on `jobs`.
    """
    seed_frequency = np.ascontiguousarray(suffixes.frequency[SEED - 1, : None if seeds else 0])

    rare = rare_code(seed_frequency)

    def task(first: int) -> T:
        found = _search_block(
            stream.symbols,
            stream.flags,
            stream.classes,
            stream.offsets,
            suffixes.order,
            suffixes.rank,
            suffixes.common,
            seed_frequency,
            rare,
            weight_sum,
            pairs,
            pair_offsets,
            seeds,
            first,
            min(first + BLOCK, stream.documents),
        )
        return each(_alignments(*found))

    blocks = range(0, stream.documents, BLOCK)
    with ThreadPoolExecutor(max_workers=jobs) as threads:
        for done, result in enumerate(threads.map(task, blocks) if jobs > 1 else map(task, blocks), 1):
            yield result
            tell(done, len(blocks))


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


class _Grams(NamedTuple):
    """Where the grams of three symbols of one paragraph stand: the first place of each hash (-1 for none), and from each place
    the next of the same hash."""

    heads: I32
    links: I32


@kernel
def _gram(symbols: U16, at: int) -> int:
    """The hash of three symbols, below `GRAMS`."""
    a, b, c = np.uint32(symbols[at]), np.uint32(symbols[at + 1]), np.uint32(symbols[at + 2])
    return int(((a * np.uint32(31) + b) * np.uint32(31) + c) & np.uint32(GRAMS - 1))


@kernel
def _note_grams(symbols: U16, first: int, last: int, grams: _Grams) -> _Grams:
    links = grams.links if len(grams.links) >= last - first else np.empty(2 * (last - first), np.int32)
    grams.heads[:] = -1
    for p in range(last - 3, first - 1, -1):
        gram = _gram(symbols, p)
        links[p - first] = grams.heads[gram]
        grams.heads[gram] = p - first
    return _Grams(grams.heads, links)


@kernel
def _common_grams(
    symbols: U16,
    first: int,
    last: int,
    other: int,
    other_last: int,
    grams: _Grams,
    rows: I64,
    n: int,
) -> tuple[I64, int]:
    """Add the anchors of two paragraphs to the first `n` of `rows`: their common runs of three or more symbols that extend no
    further; `grams` are those of the first."""
    for q in range(other, other_last - 2):
        at = grams.heads[_gram(symbols, q)]
        while at >= 0:
            p = first + at
            at = grams.links[at]
            length = 0
            while (
                p + length < last and q + length < other_last and symbols[p + length] == symbols[q + length]
            ):
                length += 1
            if length < 3 or (p > first and q > other and symbols[p - 1] == symbols[q - 1]):
                continue
            if n == len(rows):
                larger = np.empty((2 * len(rows) + 16, 4), np.int64)
                larger[:n] = rows
                rows = larger
            rows[n, 1], rows[n, 2], rows[n, 3] = p, q, length
            n += 1
    return rows, n


@kernel
def _with_pairs(symbols: U16, anchors: I64, pairs: I64, low: int, high: int, grams: _Grams) -> I64:
    """The anchors and those of the pairs of paragraphs `[low, high)`, whose first are those of one document."""
    rows, n = anchors, len(anchors)
    for k in range(low, high):
        first, last, other, other_last = pairs[k]
        if k == low or first != pairs[k - 1, 0] or last != pairs[k - 1, 1]:
            grams = _note_grams(symbols, first, last, grams)
        rows, n = _common_grams(symbols, first, last, other, other_last, grams, rows, n)
    return rows[:n]


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
    classes: U8,
    offsets: I64,
    order: I32,
    rank: I32,
    common: U8,
    frequency: U8,
    rare: int,
    weight_sum: U32,
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
    grams = _Grams(np.empty(GRAMS, np.int32), np.empty(256, np.int32))
    for d in range(low, high):
        last = offsets[d + 1] if seeds else offsets[d]
        seeded = find_anchors(symbols, order, rank, common, frequency, rare, offsets[d], last)
        paired = _with_pairs(symbols, seeded, pairs, pair_offsets[d], pair_offsets[d + 1], grams)
        anchors = sort_anchors(paired, offsets)
        told = np.zeros(offsets[d + 1] - offsets[d] + 1, np.uint8)
        found = _align_document(
            symbols, flags, classes, weight_sum, d, anchors, offsets[d], told, work, found
        )
    rows, runs = found.used[0], found.used[1]
    return found.table[:rows].copy(), found.values[:rows].copy(), found.runs[:runs].copy(), found.used[2]


@kernel
def _align_document(
    symbols: U16,
    flags: U8,
    classes: U8,
    weight_sum: U32,
    here: int,
    anchors: I64,
    first: int,
    told: U8,
    work: Work,
    found: _Found,
) -> _Found:
    """Chain the anchors of a document with each earlier one, align the chains and keep what pays.

    `told` counts, for each position from `first` on, the documents that a short run there was followed to.
    """
    chains = room_for_chains(len(anchors))
    start = 0
    while start < len(anchors):
        there = anchors[start, 0]
        stop = start + 1
        while stop < len(anchors) and anchors[stop, 0] == there:
            stop += 1
        pair = anchors[start:stop]
        start = stop
        for c in range(chain(pair, weight_sum, chains)):
            members = chains.members[: members_of(chains, c)]
            if not _worth_aligning(pair, members, weight_sum):
                continue
            count = align(symbols, flags, weight_sum, pair, members, work)
            if count == 1 and work.runs[0, 2] < SHORT:
                place = work.runs[0, 0] - first
                if work.runs[0, 2] < LEAST or told[place] == PARTNERS:
                    found.used[2] += 1
                    continue
                told[place] += 1
            if found.used[0] + count > len(found.table) or found.used[1] + count > len(found.runs):
                found = _with_room(found, count)
            _keep_parts(symbols, flags, classes, weight_sum, here, there, count, work, found)
    return found


@kernel
def _keep_parts(
    symbols: U16,
    flags: U8,
    classes: U8,
    weight_sum: U32,
    here: int,
    there: int,
    count: int,
    work: Work,
    found: _Found,
) -> None:
    """Keep the best stretch of the runs in `work`, then the best of what is left before and behind it, as long as they pay."""
    work.stack[0, 0], work.stack[0, 1] = 0, count
    depth = 1
    while depth:
        depth -= 1
        low, high = work.stack[depth, 0], work.stack[depth, 1]
        value, first, last = best_part(symbols, flags, classes, weight_sum, work.runs, low, high)
        if value < LEAST_VALUE:
            continue
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


@kernel
def _with_room(found: _Found, runs: int) -> _Found:
    """The same with room for alignments of so many runs more."""
    table = np.empty((2 * (len(found.table) + runs), 3), np.int64)
    values = np.empty(len(table), np.float64)
    out = np.empty((2 * (len(found.runs) + runs), 3), np.int64)
    table[: len(found.table)] = found.table
    values[: len(found.values)] = found.values
    out[: len(found.runs)] = found.runs
    return _Found(table, values, out, found.used)


@kernel
def _worth_aligning(anchors: I64, members: I64, weight_sum: U32) -> bool:
    total = 0.0
    longest = 0
    for i in members:
        total += weight(weight_sum, anchors[i, 1], anchors[i, 1] + anchors[i, 3])
        longest = max(longest, anchors[i, 3])
    return total >= LEAST_CHAIN and (len(members) > 1 or longest > 4)
