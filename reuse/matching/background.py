"""Wording that is common outside the collection: a background of general political text, and what it expects.

A few speeches cannot tell a phrase that everybody uses from one that two of them share; a hundred reports still know only
their own kind. So the package brings a table of how many of 23,000 reports and news items hold each gram of up to four
ideographs, and a shared symbol that these expect where it stands is the less surprising. Of judged pairs of documents left out,
with a table made of the other kind of text, log loss is .325 instead of .340: among up to ten documents .286 instead of .305,
among 23,000 news items .273 instead of .294.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

import numpy as np

from reuse.arrays import F64, I32, U8, U16, U64, kernel
from reuse.matching import stream, suffixes
from reuse.matching.duplicates import find_places
from reuse.matching.stream import Stream
from reuse.matching.suffixes import Suffixes, frequency_codes, held
from reuse.storage import Storage
from reuse.text.alphabet import FIRST_HALF
from reuse.text.comparable import ComparableText
from reuse.text.sensitive import default_words, kept

LONGEST = 4
"""Symbols of the longest gram: five gain nothing (area of documents left out .9330 both), three lose .001."""
LEAST = 6
"""Documents that hold a gram of the table: of 2 to 8 all alike to .0003 of log loss, 12 loses .003."""
HIGHEST = 14
"""Half bits that one symbol may count: 6, 8 and 10 bits and no bound are alike, and four bits hold it."""
UNKNOWN = 15
"""The code where the table does not know the symbol or the one before, as of words of letters: what the collection says
counts then."""
_PRIOR = 0.3
_BLOCK = 1 << 20
_COLUMNS = ("symbol0", "symbol1", "symbol2", "symbol3", "held")


@dataclass(frozen=True, slots=True)
class Background:
    """`grams` (uint64, ascending): one to four symbols of 16 bits, the first highest, zeros behind shorter ones. `held` (uint8):
    how many documents hold each, as the code that `suffixes.held` spells out."""

    grams: U64
    held: U8

    def starts(self) -> I32:
        """Where the grams that begin with each symbol start: int32, one longer than there are symbols."""
        first = np.arange((1 << 16) + 1, dtype=np.uint64)
        bounds = np.searchsorted(self.grams >> np.uint64(48), first)
        return bounds.astype(np.int32)


@lru_cache(maxsize=1)
def default_background() -> Background:
    """The table that comes with the package (`python -m tests.quality.background` makes it)."""
    with files("reuse.matching").joinpath("data/background.npz").open("rb") as file:
        return read(file)


def read(file: IO[bytes]) -> Background:
    """The table in a file that `write` made. Raises ValueError where it is something else."""
    try:
        with ZipFile(file) as archive:
            names = archive.namelist()
        if sorted(names) != sorted(f"{name}.npy" for name in _COLUMNS):
            raise ValueError(f"it holds {', '.join(names)}")
        with np.load(file, allow_pickle=False) as columns:
            *symbols, held_by = (columns[name] for name in _COLUMNS)
    except BadZipFile as error:
        raise ValueError("it is no .npz") from error
    grams = np.zeros(len(held_by), dtype=np.uint64)
    for column in symbols:
        grams = (grams << np.uint64(16)) | column.astype(np.uint64)
    return Background(grams, held_by)


def write(background: Background, file: IO[bytes]) -> None:
    """Write a table; a column for each place compresses to half of what whole grams take."""
    symbols = [
        (background.grams >> np.uint64(16 * (LONGEST - 1 - n))).astype(np.uint16) for n in range(LONGEST)
    ]
    columns: dict[str, Any] = dict(zip(_COLUMNS, (*symbols, background.held), strict=True))
    np.savez_compressed(file, **columns)


def made_of(text: ComparableText, jobs: int = 1) -> Background:
    """The table of a collection, equal paragraphs counted once: what one document holds in another's words is not general."""
    no_classes = np.zeros(len(text.symbols), dtype=np.uint8)
    line = stream.build(text, no_classes, kept(text.symbols, default_words()), find_places(text).repeated())
    return _counted(line, suffixes.build(line, jobs, seeds=False))


def _counted(line: Stream, index: Suffixes, least: int = LEAST) -> Background:
    """Grams of ideographs that at least so many documents hold."""
    floor = frequency_codes(least)[-1]
    grams, codes = [], []
    packed = np.zeros(len(line.symbols), dtype=np.uint64)
    letters = line.symbols >= FIRST_HALF
    letters[1:] |= letters[:-1].copy()  # the second half of a word may be any symbol
    ideograph = (line.symbols > 0) & ~letters
    plain = np.ones(len(line.symbols), dtype=bool)
    for n in range(LONGEST):
        ahead = np.where(ideograph, line.symbols, 0)[n:]
        ahead = np.pad(ahead, (0, len(packed) - len(ahead)))
        packed |= ahead.astype(np.uint64) << np.uint64(16 * (LONGEST - 1 - n))
        plain &= ahead > 0
        wanted = np.flatnonzero(plain & (index.frequency[n] >= floor))
        distinct, where = np.unique(packed[wanted], return_index=True)
        grams.append(distinct)
        codes.append(index.frequency[n][wanted[where]])
    together = np.concatenate(grams)
    order = np.argsort(together)
    return Background(together[order], np.concatenate(codes)[order])


def expected(line: Stream, background: Background, jobs: int = 1, storage: Storage | None = None) -> U16:
    """How surprising each symbol of the stream is in general text, after one, two and three known symbols.

    uint16, one a position: half bits in four bits each, the shortest context lowest, `UNKNOWN` where the symbol or
    the one before is not in the table; a context that the table does not hold says what the next shorter one says.
    """
    codes: U16 = (storage or Storage()).full(len(line.symbols), 0, np.uint16)
    starts, half_bits = background.starts(), _half_bits()

    def task(first: int) -> None:
        last = min(first + _BLOCK, len(codes))
        _expect(line.symbols, first, last, background.grams, background.held, starts, half_bits, codes)

    with ThreadPoolExecutor(max_workers=jobs) as threads:
        list(threads.map(task, range(0, len(codes), _BLOCK)))
    return codes


def _half_bits() -> U8:
    """Half bits of a symbol by the codes of its context and of both together: uint8, shape (256, 256).

    -log2 of (df(context + symbol) + .3) / (df(context) + 1), as the collection's own surprise is counted.
    """
    documents: F64 = held()
    bits = np.log2(documents + 1.0)[:, None] - np.log2(documents + _PRIOR)[None, :]
    return np.clip(np.rint(2.0 * bits), 0, HIGHEST).astype(np.uint8)


@kernel
def _expect(
    symbols: U16, first: int, last: int, grams: U64, held_by: U8, starts: I32, half_bits: U8, codes: U16
) -> None:
    """Write the codes of the positions `[first, last)`. What is looked up for one symbol, the grams that end with it, are the
    contexts of the next."""
    before = np.zeros(LONGEST, np.uint8)
    here = np.zeros(LONGEST, np.uint8)
    if first > 0:
        _look_up(symbols, first - 1, grams, held_by, starts, before)
    for p in range(first, last):
        _look_up(symbols, p, grams, held_by, starts, here)
        code = np.uint8(UNKNOWN)
        packed = 0
        for n in range(LONGEST - 1):
            if before[n] > 0 and here[0] > 0:
                code = half_bits[before[n], here[n + 1]]
            packed |= int(code) << (4 * n)
        codes[p] = packed
        before[:] = here


@kernel
def _look_up(symbols: U16, p: int, grams: U64, held_by: U8, starts: I32, out: U8) -> None:
    """The codes of the grams of one to four symbols that end at p, 0 for those that the table does not hold."""
    out[:] = 0
    gram = np.uint64(0)
    for n in range(LONGEST):
        if p - n < 0 or symbols[p - n] == 0:
            break
        if p - n > 0 and symbols[p - n - 1] >= FIRST_HALF:  # the second half of a word may be any symbol
            break
        gram = (np.uint64(symbols[p - n]) << np.uint64(48)) | (gram >> np.uint64(16))
        low, high = starts[symbols[p - n]], starts[symbols[p - n] + 1]
        while low < high:
            middle = (low + high) // 2
            if grams[middle] < gram:
                low = middle + 1
            else:
                high = middle
        if low == len(grams) or grams[low] != gram:
            break
        out[n] = held_by[low]
