"""All positions of the stream ordered by the eight symbols that follow: one sort answers every question about grams.

How many documents hold a gram of one to eight symbols, and where a gram of four occurs, are runs of this order
(a suffix array cut off at depth eight). Eight, because what follows seven known symbols is nearly certain already.
Positions that begin with different symbols never meet, so the order is made in parts, by first symbol.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from reuse.arrays import F64, I32, I64, U8, U16, U64, kernel
from reuse.matching.stream import SEPARATOR, Stream
from reuse.sorting import order_of
from reuse.storage import Storage

DEPTH = 8
SEED = 4
"""Symbols in a seed: 3 and 4 find the same passages, 5 finds a tenth fewer; 4 takes half the time of 3."""
EXACT = 64
OCTAVE = 16
"""Frequencies are kept in one byte, as codes: those below `EXACT` as they are, above it `OCTAVE` steps to a doubling, up to a
quarter of a million. A step is a sixteenth of a bit of surprise, and two bytes for each would be a gigabyte at 145 million
symbols."""
_PART = 1 << 20
"""Positions of one part, at least: few enough that keys and counts stay small, enough to make parts cheap."""
_BLOCK = 1 << 22
_HIGHEST = np.uint64(1 << 63)
"""What unsigned keys differ in from signed ones of the same order."""
_SHORT = 24
"""Entries up to which insertion sorts fastest."""


@dataclass(frozen=True, slots=True)
class Suffixes:
    """`order` (int32): positions by the symbols that follow; `rank` (int32, one a position): where each stands in `order`, -1 for
    separators; `common` (uint8): how many symbols (at most 8) each entry of `order` shares with the one before it.
    `frequency` (uint8, shape (8, positions), the eight of one position side by side): how many documents hold the gram of
    n + 1 symbols that begins at p, as the code that `held` spells out (0 where a separator cuts it short).
    """

    order: I32
    rank: I32
    common: U8
    frequency: U8


@lru_cache(maxsize=1)
def held() -> F64:
    """How many documents each code of a frequency stands for: float64, shape (256,)."""
    codes = np.arange(256.0)
    return np.where(codes < EXACT, codes, EXACT * 2.0 ** ((codes - EXACT) / OCTAVE))


def frequency_codes(most: int) -> U8:
    """The code of each frequency up to `most`: uint8, shape (most + 1,); the last code stands for whatever is higher."""
    middles = np.sqrt(held()[EXACT:-1] * held()[EXACT + 1 :])
    counts = np.arange(most + 1)
    return np.where(counts < EXACT, counts, EXACT + np.searchsorted(middles, counts)).astype(np.uint8)


def build(stream: Stream, jobs: int = 1, storage: Storage | None = None, *, seeds: bool = True) -> Suffixes:
    """Order the stream, parts shared out among `jobs` threads; the result does not depend on them.

    `storage` holds the arrays. Without `seeds` only frequencies are kept, 8 bytes of 17 a position: `order`, `rank` and
    `common` are empty. Raises OutputError when there is no room.
    """
    storage = storage or Storage()
    order, bounds = _by_first_symbol(stream.symbols, storage)
    common = storage.empty(len(order) if seeds else 0, np.uint8)
    rank = storage.full(len(stream.symbols) if seeds else 0, -1, np.int32)
    frequency = storage.full((len(stream.symbols), DEPTH), 0, np.uint8)
    owner = stream.owner()
    codes = frequency_codes(stream.documents)

    def task(first: int) -> None:
        part = slice(bounds[first], bounds[first + 1])
        one, two = _keys(stream.symbols, order[part])
        by_key = np.argsort(one, kind="stable")
        _refine(one, two, by_key)
        one, two, ordered = one[by_key], two[by_key], order[part][by_key]
        shared = _compare(one, two)
        _scatter(owner, codes, ordered, shared, _lengths(one, two), frequency)
        if seeds:
            order[part], common[part] = ordered, shared
            rank[ordered] = np.arange(part.start, part.stop, dtype=np.int32)

    with ThreadPoolExecutor(max_workers=jobs) as threads:
        list(threads.map(task, range(len(bounds) - 1)))
    return Suffixes(order if seeds else order[:0].copy(), rank, common, frequency.T)


def _by_first_symbol(symbols: U16, storage: Storage) -> tuple[I32, list[int]]:
    """Positions by their symbol, ascending (int32), and the bounds of parts that no symbol crosses."""
    counts = occurrences(symbols, 1 << 16)
    counts[SEPARATOR] = 0
    ends = np.cumsum(counts)
    total = int(ends[-1])
    wanted = np.arange(_PART, total, _PART)
    inner = np.unique(ends[np.searchsorted(ends, wanted)])
    bounds = [0, *(int(end) for end in inner if 0 < end < total), total]
    order: I32 = storage.empty(total, np.int32)
    _place(symbols, ends - counts, order)
    return order, bounds if total else [0]


def occurrences(values: U8 | U16, kinds: int) -> I64:
    """How often each of so many kinds of value stands (int64); block by block, for counting takes eight bytes an entry."""
    counts = np.zeros(kinds, dtype=np.int64)
    for first in range(0, len(values), _BLOCK):
        counts += np.bincount(values[first : first + _BLOCK], minlength=kinds)
    return counts


@kernel
def _place(symbols: U16, heads: I64, order: I32) -> None:
    for p in range(len(symbols)):
        symbol = symbols[p]
        if symbol != 0:
            order[heads[symbol]] = p
            heads[symbol] += 1


@kernel
def _keys(symbols: U16, positions: I32) -> tuple[U64, U64]:
    """The first four symbols from each position on, packed, and the next four; zeros behind a separator."""
    one = np.zeros(len(positions), np.uint64)
    two = np.zeros(len(positions), np.uint64)
    half = DEPTH // 2
    for i in range(len(positions)):
        p = positions[i]
        for k in range(DEPTH):
            symbol = symbols[p + k]
            if symbol == 0:
                break
            shift = np.uint64(16 * (half - 1 - k % half))
            if k < half:
                one[i] |= np.uint64(symbol) << shift
            else:
                two[i] |= np.uint64(symbol) << shift
    return one, two


@kernel
def _refine(one: U64, two: U64, by_key: I64) -> None:
    """Sort what is equal in the first four symbols by the next four, stably: most such runs are short."""
    i = 0
    while i < len(by_key):
        j = i + 1
        while j < len(by_key) and one[by_key[j]] == one[by_key[i]]:
            j += 1
        if j - i > _SHORT:
            run = by_key[i:j].copy()
            by_key[i:j] = run[order_of((two[run] ^ _HIGHEST).view(np.int64))]
        else:
            for k in range(i + 1, j):
                moved, at = by_key[k], k
                while at > i and two[by_key[at - 1]] > two[moved]:
                    by_key[at] = by_key[at - 1]
                    at -= 1
                by_key[at] = moved
        i = j


@kernel
def _symbol(one: int, two: int, k: int) -> int:
    """Symbol k of packed ones."""
    key = one if k < DEPTH // 2 else two
    return int((key >> np.uint64(16 * (DEPTH // 2 - 1 - k % (DEPTH // 2)))) & np.uint64(65535))


@kernel
def _compare(one: U64, two: U64) -> U8:
    """How many symbols each shares with the one before it, none past a separator."""
    common = np.zeros(len(one), np.uint8)
    for i in range(1, len(one)):
        k = 0
        while k < DEPTH:
            symbol = _symbol(one[i], two[i], k)
            if symbol == 0 or symbol != _symbol(one[i - 1], two[i - 1], k):
                break
            k += 1
        common[i] = k
    return common


@kernel
def _lengths(one: U64, two: U64) -> U8:
    """How many symbols there are before a separator, at most 8."""
    lengths = np.zeros(len(one), np.uint8)
    for i in range(len(one)):
        while lengths[i] < DEPTH and _symbol(one[i], two[i], lengths[i]) != 0:
            lengths[i] += 1
    return lengths


@kernel
def _scatter(owner: I32, codes: U8, order: I32, common: U8, lengths: U8, frequency: U8) -> None:
    """Write how many documents hold each gram to where it begins, by the `codes` of frequencies."""
    owner = owner[order]
    found = np.zeros((len(order), DEPTH), np.uint8)
    seen = np.full(len(codes), -1, np.int64)
    for n in range(1, DEPTH + 1):
        seen[:] = -1
        i = 0
        while i < len(order):
            j = i + 1
            while j < len(order) and common[j] >= n:
                j += 1
            if lengths[i] >= n:
                code = 1 if j == i + 1 else codes[_distinct(owner, i, j, seen)]
                for k in range(i, j):
                    found[k, n - 1] = code
            i = j
    for i in range(len(order)):
        for n in range(DEPTH):
            frequency[order[i], n] = found[i, n]


@kernel
def _distinct(owner: I32, first: int, last: int, seen: I64) -> int:
    """How many documents there are in a run; `seen` holds where the last run began that held each."""
    count = 0
    for k in range(first, last):
        if seen[owner[k]] != first:
            seen[owner[k]] = first
            count += 1
    return count
