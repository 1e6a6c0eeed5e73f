"""Which code points of some documents take part in comparison: a bit for each.

All that is left of comparable text when matches are found: at a million paragraphs 25 MB, where its symbols and their places
are two gigabytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from reuse.arrays import I64, U8, U32, kernel, ranges


@dataclass(frozen=True, slots=True, eq=False)
class ComparedPositions(Sequence[I64]):
    """For each document the source positions (int64, ascending) of the code points that take part in comparison.

    Bit k of `bits[offsets[n]:offsets[n + 1]]` (uint8, the highest bit first; `offsets` int64, one longer than the documents)
    stands for the position `base[n] + k` (int64) of document n.
    """

    bits: U8
    offsets: I64
    base: I64

    @classmethod
    def of(cls, documents: I64, start: U32, end: U32) -> ComparedPositions:
        """Those of symbols that stand for the code points from `start` to before `end` (source positions), of document n those
        of `documents[n]:documents[n + 1]`."""
        some = np.flatnonzero(np.diff(documents))
        base, width = np.zeros((2, len(documents) - 1), dtype=np.int64)
        base[some] = start[documents[some]]
        width[some] = end[documents[some + 1] - 1] - base[some]
        offsets = ranges((width + 7) // 8)
        bits = np.zeros(offsets[-1], dtype=np.uint8)
        _mark(bits, documents, 8 * offsets[:-1] - base, start, end)
        return cls(bits, offsets, base)

    def __len__(self) -> int:
        return len(self.base)

    @overload
    def __getitem__(self, place: int) -> I64: ...
    @overload
    def __getitem__(self, place: slice) -> list[I64]: ...
    def __getitem__(self, place: int | slice) -> I64 | list[I64]:
        numbers = range(len(self))[place]
        if isinstance(numbers, int):
            return self._positions(range(numbers, numbers + 1))[0]
        return self._positions(numbers) if numbers.step == 1 else [self[number] for number in numbers]

    def _positions(self, documents: range) -> list[I64]:
        """Those of some documents that follow one another: one by one they take five times as long."""
        if not documents:
            return []
        offsets = self.offsets[documents.start : documents.stop + 1]
        found = np.flatnonzero(np.unpackbits(self.bits[offsets[0] : offsets[-1]]))
        begin = 8 * (offsets - offsets[0])
        bounds = np.searchsorted(found, begin)
        found += np.repeat(self.base[documents.start : documents.stop] - begin[:-1], np.diff(bounds))
        return np.split(found, bounds[1:-1])


@kernel
def _mark(bits: U8, documents: I64, shift: I64, start: U32, end: U32) -> None:
    """Set the bits of all symbols: that of position p of document d is number `p + shift[d]`."""
    for d in range(len(documents) - 1):
        for i in range(documents[d], documents[d + 1]):
            for bit in range(start[i] + shift[d], end[i] + shift[d]):
                bits[bit >> 3] |= 128 >> (bit & 7)
