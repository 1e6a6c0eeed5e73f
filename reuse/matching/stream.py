"""The symbols that are matched, laid end to end with separators between what must not run together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reuse.arrays import I32, I64, U8, U16, Bool, kernel
from reuse.storage import Storage
from reuse.text.comparable import ComparableText
from reuse.text.flags import QUOTED, TITLE

ENCLOSED = QUOTED | TITLE
SEPARATOR = 0
"""Stands at both ends of the stream, between documents, and where an equal paragraph was left out."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Symbols to match, one entry each; separators have symbol 0 and origin -1.

    `symbols` (uint16), `origin` (int32, position in the comparable text), `flags` and `classes` (uint8; what stood before a
    symbol that is left out stands before the next one). `offsets` (int64, one longer than the documents) bound the documents.
    """

    symbols: U16
    origin: I32
    flags: U8
    classes: U8
    offsets: I64

    @property
    def documents(self) -> int:
        """How many documents the stream holds."""
        return len(self.offsets) - 1

    def owner(self) -> I32:
        """The document of each position (int32), made anew; -1 before the first and behind the last."""
        owner = np.full(len(self.symbols), -1, dtype=np.int32)
        numbers = np.arange(self.documents, dtype=np.int32)
        owner[self.offsets[0] : self.offsets[-1]] = np.repeat(numbers, np.diff(self.offsets))
        return owner

    def stretches(self, spans: I64) -> I64:
        """Where the stream holds symbol ranges of the comparable text (int64, rows of first, last + 1): rows of the same form.

        Each range must lie inside one paragraph, so that no separator stands in what is returned; what the stream leaves out
        wholly is empty.
        """
        return _stretches(self.origin, spans)


def build(
    text: ComparableText, classes: U8, keep: Bool, repeated: Bool, storage: Storage | None = None
) -> Stream:
    """The stream of `text`: symbols with `keep` (one flag a symbol) outside `repeated` paragraphs (one flag each)."""
    storage = storage or Storage()
    given = (text.documents, text.paragraphs, text.symbols, text.flags, classes, keep, repeated)
    size = _fill(*given, *_columns(0, Storage()))
    columns = _columns(size, storage)
    _fill(*given, *columns)
    symbols, origin, flags, word_classes = columns
    bounds = _stretches(origin, np.stack((text.documents, text.documents), axis=1))[:, 0]
    return Stream(symbols, origin, flags, word_classes, np.minimum(bounds, size - 1))


def _columns(size: int, storage: Storage) -> tuple[U16, I32, U8, U8]:
    """Symbols, origins, flags and classes of a stream that holds nothing yet."""
    return (
        storage.full(size, SEPARATOR, np.uint16),
        storage.full(size, -1, np.int32),
        storage.full(size, 0, np.uint8),
        storage.full(size, 0, np.uint8),
    )


@kernel
def _fill(
    documents: I64,
    paragraphs: I64,
    symbols: U16,
    flags: U8,
    classes: U8,
    keep: Bool,
    repeated: Bool,
    out_symbols: U16,
    origin: I32,
    out_flags: U8,
    out_classes: U8,
) -> int:
    """Write the stream, if the columns have entries, and say how many it needs.

    A separator stands before a symbol of a new document, and where a repeated paragraph was left out since the last
    symbol. The flags of symbols left out go over to the next one, but not what says how that one itself is enclosed.
    """
    write = len(out_symbols) > 0
    n, d = 1, 0
    carried, apart, begun = 0, False, False
    for k in range(len(paragraphs) - 1):
        while paragraphs[k] >= documents[d + 1]:
            d += 1
            apart = True
        apart |= repeated[k]
        for p in range(paragraphs[k], paragraphs[k + 1]):
            carried |= flags[p]
            if repeated[k] or not keep[p]:
                continue
            n += apart and begun
            if write:
                out_symbols[n], origin[n] = symbols[p], p
                out_flags[n] = (carried & (255 - ENCLOSED)) | (flags[p] & ENCLOSED)
                out_classes[n] = classes[p]
            n += 1
            carried, apart, begun = 0, False, True
    return n + 1


@kernel
def _stretches(origin: I32, spans: I64) -> I64:
    """Where the stream holds the symbols of each range, first and last + 1: first is that of the next one where it holds
    none. Halving, with a separator counted as just before what follows it."""
    out = np.empty((len(spans), 2), np.int64)
    for k in range(len(spans)):
        for side in range(2):
            low, high = 0, len(origin)
            while low < high:
                middle = (low + high) // 2
                at = origin[middle]
                if at < 0:
                    at = origin[middle + 1] - 1 if middle + 1 < len(origin) else spans[k, side]
                if at < spans[k, side]:
                    low = middle + 1
                else:
                    high = middle
            out[k, side] = low
        if out[k, 0] < len(origin) and origin[out[k, 0]] < 0:
            out[k, 0] += 1
        if out[k, 1] > 0 and origin[out[k, 1] - 1] < 0:
            out[k, 1] -= 1
        out[k, 1] = max(out[k, 0], out[k, 1])
    return out
