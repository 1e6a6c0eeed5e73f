"""Records become sketches, block by block, in this process or in several; the texts themselves do not stay.

Only flat arrays are kept; shingle sets, which are as large as the texts, go to a file without a name that is mapped into memory.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import tempfile
import threading
from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

import numpy as np

from reuse.arrays import I64, U32, ranges
from reuse.config import Settings
from reuse.deduplication.deciding import UNDATED, Sketches, bands_for
from reuse.model import Document, ReuseError
from reuse.sharing import may_fork
from reuse.sketching.bands import band_keys
from reuse.sketching.minhash import signatures
from reuse.text import words
from reuse.text.comparable import comparable
from reuse.text.cutter import Segmenter
from reuse.text.shingles import shingles

CHARACTERS = 1_000_000
"""Characters of a block: 60 MB of arrays while it is worked on, and .3 s of work, in which a process is not noticed."""
FIRST = 2
"""Blocks sketched before other processes begin: forked then, these have the dictionary and the compiled loops that were read for
them, which takes each half a second."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """How records are sketched: what `settings` say, and bands for a threshold."""

    segmenter: Segmenter
    shingle: int
    least: int
    permutations: int
    bands: int
    rows: int


@dataclass(frozen=True, slots=True)
class Block:
    """The sketches of some records: `values` (uint32) and `sizes` (int64) of their shingle sets, and band keys (uint32)."""

    values: U32
    sizes: I64
    keys: U32


def scheme_for(settings: Settings, threshold: float) -> Scheme:
    """The scheme of these settings, with the bands that find `threshold`."""
    sketch = settings.sketching
    bands, rows = bands_for(threshold, sketch.permutations)
    return Scheme(
        settings.text.segmenter, sketch.shingle, sketch.least_shingles, sketch.permutations, bands, rows
    )


def sketch(documents: Sequence[Document], scheme: Scheme) -> Block:
    """The sketches of whole documents; of equal ones the work is done once."""
    numbers: dict[Any, int] = {}
    contents = ((document.text, document.removed, document.joins) for document in documents)
    number = [numbers.setdefault(content, len(numbers)) for content in contents]
    if len(numbers) == len(documents):
        return _sketch(documents, scheme)
    first = dict(zip(reversed(number), reversed(documents), strict=True))
    return _spread(_sketch([first[k] for k in range(len(first))], scheme), np.array(number, dtype=np.int64))


def _spread(block: Block, number: I64) -> Block:
    """The sketches of records of which each is the one with that number in `block`."""
    sizes = block.sizes[number]
    shift = ranges(block.sizes)[number] - ranges(sizes)[:-1]
    values = block.values[np.repeat(shift, sizes) + np.arange(int(sizes.sum()))]
    return Block(values, sizes, block.keys[number])


def _sketch(documents: Sequence[Document], scheme: Scheme) -> Block:
    text = comparable(documents)
    words.cut(text, name=scheme.segmenter)
    spans = np.stack((text.documents[:-1], text.documents[1:]), axis=1)
    sets = shingles(text.symbols, text.flags, spans, scheme.shingle)
    keys = band_keys(signatures(sets, scheme.permutations), scheme.bands, scheme.rows)
    return Block(sets.values, np.diff(sets.offsets), keys)


def blocks(documents: Iterable[Document], characters: int) -> Iterator[list[Document]]:
    """Consecutive documents of about so many characters together, at least one."""
    block: list[Document] = []
    size = 0
    for document in documents:
        block.append(document)
        size += len(document.text) + 1
        if size >= characters:
            yield block
            block, size = [], 0
    if block:
        yield block


def sketch_all(documents: Iterable[Document], scheme: Scheme, jobs: int) -> Iterator[Block]:
    """The sketches of all documents in order, by `jobs` processes. Raises ReuseError when one of them dies."""
    given = blocks(documents, CHARACTERS)
    for block in islice(given, FIRST if jobs > 1 else None):
        yield sketch(block, scheme)
    second = next(given, None)
    if second is not None:
        yield from _sketched(chain([second], given), scheme, jobs)


def _sketched(given: Iterable[Sequence[Document]], scheme: Scheme, jobs: int) -> Iterator[Block]:
    """The sketches of some blocks, by processes."""
    context = multiprocessing.get_context("fork" if may_fork() else "spawn")
    try:
        with ProcessPoolExecutor(jobs, context, initializer=_end_with_parent) as pool:
            waiting: deque[Future[Block]] = deque()
            for block in given:
                waiting.append(pool.submit(sketch, block, scheme))
                if len(waiting) > jobs + 1:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise ReuseError(
            "a process that sketches records was killed; memory may be short: use --jobs 1"
        ) from error


def _end_with_parent() -> None:
    """A process whose parent is killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


class Gathered:
    """What is kept of the records while they are read."""

    def __init__(self, folder: Path) -> None:
        """`folder` is where the file without a name lies."""
        self._spilled = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 (closed by `close`)
        self._digests = bytearray()
        self._lengths = array("q")
        self._dates = array("q")
        self._sizes: list[I64] = []
        self._keys: list[U32] = []

    def __len__(self) -> int:
        return len(self._lengths)

    def note(self, document: Document) -> None:
        """Remember of a record what its sketch does not tell: its text's digest, its length and date."""
        encoded = document.text.encode("utf-8", "surrogatepass")
        self._digests += hashlib.blake2b(encoded, digest_size=16).digest()
        self._lengths.append(len(document.text))
        self._dates.append(_moment(document.date))

    def add(self, block: Block) -> None:
        """Take in the sketches of records noted before."""
        self._spilled.write(block.values.tobytes())
        self._sizes.append(block.sizes)
        self._keys.append(block.keys)

    def dated(self) -> bool:
        """Whether any record has a date."""
        return any(date != UNDATED for date in self._dates)

    def close(self) -> None:
        """Close the file."""
        self._spilled.close()

    def sketches(self, least: int) -> Sketches:
        """All of it as arrays, which outlive this; nothing can be added afterwards."""
        self._spilled.flush()
        offsets = ranges(np.concatenate(self._sizes))
        values = np.zeros(0, dtype=np.uint32)
        if offsets[-1]:
            values = np.asarray(np.memmap(self._spilled, dtype=np.uint32, mode="r+"))
        keys = np.concatenate(self._keys)
        self._keys.clear()
        return Sketches(
            np.frombuffer(self._digests, dtype=np.uint64).reshape(-1, 2),
            np.frombuffer(self._lengths, dtype=np.int64),
            np.frombuffer(self._dates, dtype=np.int64),
            keys,
            values,
            offsets,
            least,
        )


def _moment(date: str | None) -> int:
    """An ISO date as a number: 20250818104038; what is not given is 0, so a month comes before its days."""
    if date is None:
        return UNDATED
    digits = "".join(character for character in date if character.isdigit())
    return int(digits.ljust(14, "0"))
