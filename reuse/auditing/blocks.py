"""Documents audited together: their compared characters in one row.

A document by itself took some 200 calls on arrays of a few entries, .5 ms on the news; a block takes them once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reuse.arrays import I64, ranges
from reuse.families.rows import place_keys

DOCUMENTS = 256
"""Documents of a block at most."""
CHARACTERS = 1_000_000
"""Compared characters of a block, about: some ten arrays are as long."""
_BEHIND = (1 << 32) - 1
"""The position of the gap behind a document: after all others."""


@dataclass(frozen=True, slots=True)
class Block:
    """Documents `first` to before `last`, and their compared characters one after another.

    `offsets` (int64, one longer than the documents) into `keys` (int64, ascending): document and source position of every
    character, as one number. Behind each document stands a gap, so that nothing runs on from one into the next.
    """

    first: int
    last: int
    offsets: I64
    keys: I64

    @classmethod
    def of(cls, first: int, last: int, compared: Sequence[I64]) -> Block:
        """The block of some documents, of whose characters `compared` take part (source positions, by document)."""
        parts = compared[first:last]
        offsets = ranges(np.array([len(part) + 1 for part in parts], dtype=np.int64))
        positions = np.full(offsets[-1], _BEHIND)
        at = np.ones(len(positions), dtype=np.bool_)
        at[offsets[1:] - 1] = False
        positions[at] = np.concatenate(parts)
        numbers = np.repeat(np.arange(first, last), np.diff(offsets))
        return cls(first, last, offsets, place_keys(numbers, positions))

    def __len__(self) -> int:
        return self.last - self.first

    @property
    def numbers(self) -> I64:
        """The numbers of the documents (int64)."""
        return np.arange(self.first, self.last)

    @property
    def bounds(self) -> I64:
        """Where the characters of each document stand (int64, shape (n, 2)), without the gap behind."""
        return np.column_stack((self.offsets[:-1], self.offsets[1:] - 1))

    def positions(self, places: I64) -> I64:
        """The source positions of some characters (int64)."""
        found: I64 = self.keys[places] & _BEHIND
        return found

    def places(self, documents: I64, positions: I64) -> I64:
        """Where source positions (int64, one or more columns) of documents fall among the characters (int64)."""
        wide = documents.reshape(-1, *(1,) * (positions.ndim - 1))
        return np.searchsorted(self.keys, place_keys(wide, positions)).astype(np.int64)


def cut(sizes: Sequence[int]) -> list[tuple[int, int]]:
    """The first and last documents of blocks, by the compared characters of each document."""
    blocks, first, held = [], 0, 0
    for number, size in enumerate(sizes):
        if number > first and (number - first == DOCUMENTS or held + size > CHARACTERS):
            blocks.append((first, number))
            first, held = number, 0
        held += size
    return [*blocks, (first, len(sizes))] if sizes else []
