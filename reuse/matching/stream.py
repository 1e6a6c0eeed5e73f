"""The symbols that are matched, laid end to end with separators between what must not run together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reuse.arrays import I32, I64, U8, U16, Bool
from reuse.text.comparable import ComparableText

SEPARATOR = 0
"""Stands at both ends of the stream, between documents, and where an equal paragraph was left out."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Symbols to match, one entry each; separators have symbol 0 and origin -1.

    `symbols` (uint16), `origin` (int64, position in the comparable text), `document` (int32), `flags` and `classes` (uint8;
    what stood before a symbol that is left out stands before the next one). `offsets` (int64, one longer than the
    documents) bound the documents.
    """

    symbols: U16
    origin: I64
    document: I32
    flags: U8
    classes: U8
    offsets: I64

    @property
    def documents(self) -> int:
        """How many documents the stream holds."""
        return len(self.offsets) - 1

    def stretches(self, spans: I64) -> I64:
        """Where the stream holds symbol ranges of the comparable text (int64, rows of first, last + 1): rows of the same form.

        Each range must lie inside one paragraph, so that no separator stands in what is returned; what the stream leaves out
        wholly is empty.
        """
        held = np.flatnonzero(self.symbols)
        index = np.searchsorted(self.origin[held], spans)
        first = np.append(held, len(self.symbols))[index[:, 0]]
        return np.stack((first, first + index[:, 1] - index[:, 0]), axis=1).astype(np.int64)


def build(text: ComparableText, classes: U8, keep: Bool, repeated: Bool) -> Stream:
    """The stream of `text`: symbols with `keep` (one flag a symbol) outside `repeated` paragraphs (one flag each)."""
    sizes = np.diff(text.paragraphs)
    use = keep & ~np.repeat(repeated, sizes)
    picked = np.flatnonzero(use)
    document = (np.searchsorted(text.documents, picked, side="right") - 1).astype(np.int32)
    paragraph = np.repeat(np.arange(len(sizes)), sizes)[picked]
    breaks = _breaks(document, paragraph, repeated)
    place = np.arange(len(picked)) + 1 + np.cumsum(breaks)
    size = len(picked) + 2 + int(breaks.sum())
    symbols = np.zeros(size, dtype=np.uint16)
    origin = np.full(size, -1, dtype=np.int64)
    owner = np.full(size, -1, dtype=np.int32)
    flags = np.zeros(size, dtype=np.uint8)
    word_classes = np.zeros(size, dtype=np.uint8)
    symbols[place] = text.symbols[picked]
    origin[place] = picked
    owner[place] = document
    flags[place] = _carried_flags(text, use, picked)
    word_classes[place] = classes[picked]
    offsets = np.searchsorted(picked, text.documents)
    bounds = (
        np.append(place, size - 1)[offsets].astype(np.int64) if len(picked) else np.ones_like(text.documents)
    )
    return Stream(symbols, origin, owner, flags, word_classes, bounds)


def _breaks(document: I32, paragraph: I64, repeated: Bool) -> Bool:
    """Where a separator stands before a picked symbol: a new document, or a repeated paragraph was left out between."""
    breaks = np.zeros(len(document), dtype=np.bool_)
    if len(document):
        omitted = np.cumsum(repeated)[paragraph]
        breaks[1:] = (document[1:] != document[:-1]) | (omitted[1:] != omitted[:-1])
    return breaks


def _carried_flags(text: ComparableText, use: Bool, picked: I64) -> U8:
    """The flags of the picked symbols, with those of left-out symbols before them."""
    if not len(picked):
        return np.zeros(0, dtype=np.uint8)
    after = np.concatenate(([0], picked[:-1] + 1))
    carried: U8 = np.bitwise_or.reduceat(text.flags, after).astype(np.uint8)
    own = text.flags[picked]
    quoted = np.uint8(48)
    return ((carried & ~quoted) | (own & quoted)).astype(np.uint8)
