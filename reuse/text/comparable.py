"""From documents to comparable text: flat arrays of symbols, each with its place in the source and its surroundings.

A *symbol* is a 16-bit number. An ideograph is one symbol, its own code point (one outside the basic plane is two, its
surrogates); a word of letters is two, cut from a hash of its folded letters, so that a pair of symbols names a word.
Digits, placeholders, punctuation, spaces, enumeration marks and whatever reading has marked are left out;
`flags` tell what stood before a symbol.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from reuse.arrays import I64, U8, U16, U32, Bool, kernel, ranges
from reuse.model import Document, Span
from reuse.storage import Storage
from reuse.text.alphabet import alphabet
from reuse.text.flags import CLAUSE, CUT, JOIN, PARAGRAPH, REMOVED, SENTENCE
from reuse.text.positions import ComparedPositions
from reuse.text.scanning import scan, widen
from reuse.text.unpunctuated import part_unpunctuated

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ComparableText:
    """The comparable text of some documents, in their order.

    `symbols` (uint16), `start` and `end` (uint32, source code points of the character or word a symbol stands for)
    and `flags` (uint8) have one entry a symbol. `documents` (int64, one longer than the documents) and `paragraphs` (int64, one
    longer than the paragraphs) are offsets into them; every paragraph lies in one document and holds a symbol.
    `paragraph_span` (int64, shape (paragraphs, 2)) are the paragraphs' source spans.
    """

    symbols: U16
    start: U32
    end: U32
    flags: U8
    documents: I64
    paragraphs: I64
    paragraph_span: I64

    def document_of(self, positions: I64) -> I64:
        """The number of the document that holds each symbol position."""
        return np.searchsorted(self.documents, positions, side="right") - 1

    def source_span(self, first: int, last: int) -> Span:
        """The source span of the symbols `[first, last)`, whole words; `first < last`, both in one document."""
        return Span(int(self.start[first]), int(self.end[last - 1]))

    def compared_counts(self) -> I64:
        """How many code points of each document take part in comparison (int64)."""
        return _compared_counts(self.documents, self.start, self.end)

    def compared(self) -> ComparedPositions:
        """For each document the source positions of the code points that take part in comparison."""
        return ComparedPositions.of(self.documents, self.start, self.end)


@kernel
def _compared_counts(documents: I64, start: U32, end: U32) -> I64:
    """Both symbols of a word of letters stand for all of it: it counts once."""
    counts = np.zeros(len(documents) - 1, np.int64)
    for d in range(len(counts)):
        for i in range(documents[d], documents[d + 1]):
            if i == documents[d] or start[i] != start[i - 1]:
                counts[d] += end[i] - start[i]
    return counts


def comparable(
    documents: Sequence[Document], *, jobs: int = 1, storage: Storage | None = None
) -> ComparableText:
    """The comparable text of `documents`.

    Documents are worked on in blocks, `jobs` at once; the result depends on neither. `storage` holds the arrays.
    """
    blocks = list(_blocks(documents, _size))
    with ThreadPoolExecutor(max_workers=jobs) as threads:
        parts = list(threads.map(_comparable, blocks))
    return parts[0] if len(parts) == 1 else _joined(parts, jobs, storage or Storage())


def symbols_of(texts: Iterable[str]) -> Iterator[tuple[U16, I64]]:
    """The symbols (uint16) of texts that need not begin where a unit begins, some texts at a time, and where each of these
    begins in them (int64, one longer).

    The difference: `一、` at the beginning of a unit is an enumeration mark and left out, inside a sentence it is text.
    """
    for block in _blocks(texts, len):
        offsets = ranges(np.array(list(map(len, block)), dtype=np.int64))
        codes = _encoded("".join(block)).copy()  # loops are compiled for arrays that may be written to
        none = np.zeros(len(codes), dtype=np.uint8)
        _, (symbols, *_, bounds) = _scanned(
            codes, none, offsets, np.zeros_like(offsets[1:]), opens_unit=False
        )
        yield symbols, bounds


_BLOCK = 2_000_000
"""Code points made comparable at once: what is made on the way takes 40 bytes for each."""


def _blocks(items: Iterable[T], size: Callable[[T], int]) -> Iterator[list[T]]:
    """The items, as many at a time as hold so many code points; one empty block of none."""
    block, held, begun = list[T](), 0, False
    for item in items:
        block.append(item)
        held += size(item)
        if held >= _BLOCK:
            yield block
            block, held, begun = [], 0, True
    if block or not begun:
        yield block


def _size(document: Document) -> int:
    return len(document.text)


def _joined(parts: list[ComparableText], jobs: int, storage: Storage) -> ComparableText:
    """The parts end to end. They are let go column by column: only one column is there twice at a time."""
    shifts = np.cumsum([0, *(len(part.symbols) for part in parts)])
    documents = _shifted([part.documents for part in parts], shifts)
    paragraphs = _shifted([part.paragraphs for part in parts], shifts)
    spans = np.concatenate([part.paragraph_span for part in parts])
    columns = [[getattr(part, name) for part in parts] for name in ("symbols", "start", "end", "flags")]
    parts.clear()
    symbols, start, end, flags = (storage.concatenated(columns.pop(0), jobs) for _ in range(4))
    return ComparableText(symbols, start, end, flags, documents, paragraphs, spans)


def _shifted(offsets: list[I64], shifts: I64) -> I64:
    """Offsets into the parts as offsets into all of them."""
    heads = [part[:-1] + shift for part, shift in zip(offsets, shifts.tolist(), strict=False)]
    return np.concatenate([*heads, shifts[-1:]])


def _comparable(documents: Sequence[Document]) -> ComparableText:
    codes, offsets = code_points(documents)
    marks = _marks(documents, offsets, len(codes))
    sources = np.array([document.start for document in documents], dtype=np.int64)
    kind, (symbols, start, end, flags, bounds) = _scanned(codes, marks, offsets, sources, opens_unit=True)
    part_unpunctuated(symbols, flags, bounds)
    heads = _paragraph_heads(flags, bounds)
    paragraphs = np.append(heads, len(symbols)).astype(np.int64)
    spans = np.stack((start[heads], end[paragraphs[1:] - 1]), axis=1).astype(np.int64)
    owner = np.searchsorted(bounds, heads, side="right") - 1
    widen(codes, kind, marks, spans, owner, offsets, sources)
    return ComparableText(symbols, start, end, flags, bounds, paragraphs, spans)


def _scanned(
    codes: U32, marks: U8, offsets: I64, sources: I64, *, opens_unit: bool
) -> tuple[U8, tuple[U16, U32, U32, U8, I64]]:
    """The class of every character there is, and what `scan` finds in texts that begin at `offsets` in `codes`."""
    tables = alphabet(codes)
    origin, written, written_marks, ends = _expanded(
        codes, marks, offsets[1:], tables.expands, tables.expansion
    )
    shifts = offsets[:-1] - sources
    return tables.kind, scan(
        written, written_marks, origin, ends, shifts, tables.kind, tables.folded, opens_unit
    )


def code_points(documents: Sequence[Document], storage: Storage | None = None) -> tuple[U32, I64]:
    """The documents' code points end to end (uint32), in `storage`, and where each begins (int64, one longer)."""
    offsets = ranges(np.array([len(document.text) for document in documents], dtype=np.int64))
    codes: U32 = (storage or Storage()).empty(int(offsets[-1]), np.uint32)
    filled = 0
    for block in _blocks(documents, _size):
        found = _encoded("".join(document.text for document in block))
        codes[filled : filled + len(found)] = found
        filled += len(found)
    return codes, offsets


def _encoded(text: str) -> U32:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _marks(documents: Sequence[Document], offsets: I64, size: int) -> U8:
    """What reading found, one byte a code point: removed, line break joined, paragraph cut."""
    marks = np.zeros(size + 1, dtype=np.uint8)
    for document, offset in zip(documents, offsets.tolist(), strict=False):
        shift = offset - document.start
        for removed in document.removed:
            marks[removed.start + shift : removed.end + shift] |= REMOVED
        for position in document.joins:
            marks[position + shift] |= JOIN
        for position in document.cuts:
            marks[position + shift] |= CUT
    return marks[:size]


def _expanded(
    codes: U32, marks: U8, ends: I64, expands: I64, expansion: tuple[str, ...]
) -> tuple[I64, U32, U8, I64]:
    """Write characters that fold to several (㎡, ㈠, ﬁ) out in full; `origin` keeps where each came from."""
    if not len(expands):
        return np.arange(len(codes)), codes, marks, ends
    pieces = np.array([ord(character) for text in expansion for character in text], dtype=np.uint32)
    offsets = ranges(np.array([len(text) for text in expansion]))
    which = np.full(int(expands.max()) + 1, -1, dtype=np.int64)
    which[expands] = np.arange(len(expands))
    return _write_out(codes, marks, ends, which, pieces, offsets)


@kernel
def _write_out(
    codes: U32, marks: U8, ends: I64, which: I64, pieces: U32, offsets: I64
) -> tuple[I64, U32, U8, I64]:
    size = len(codes)
    for code in codes:
        if code < len(which) and which[code] >= 0:
            size += offsets[which[code] + 1] - offsets[which[code]] - 1
    origin = np.empty(size, np.int64)
    written = np.empty(size, np.uint32)
    written_marks = np.empty(size, np.uint8)
    written_ends = ends.copy()
    n, d = 0, 0
    for i in range(len(codes)):
        while d < len(ends) and ends[d] <= i:
            written_ends[d] = n
            d += 1
        number = which[codes[i]] if codes[i] < len(which) else -1
        first = offsets[number] if number >= 0 else 0
        last = offsets[number + 1] if number >= 0 else 1
        for k in range(first, last):
            origin[n], written_marks[n] = i, marks[i]
            written[n] = pieces[k] if number >= 0 else codes[i]
            n += 1
    written_ends[d:] = n
    return origin, written, written_marks, written_ends


HUGE_PARAGRAPH = 800
"""Symbols; a longer paragraph is cut at sentence ends: real ones in two corpora of speeches end below it (p99.5)."""
PIECE = 300
"""A huge paragraph is cut at the first sentence end after so many symbols."""


def _paragraph_heads(flags: U8, documents: I64) -> I64:
    """The symbols that begin a paragraph, those of huge paragraphs' pieces among them; sets their flags."""
    starts: Bool = (flags & PARAGRAPH) != 0
    starts[documents[:-1][documents[:-1] < documents[1:]]] = True
    heads = np.flatnonzero(starts)
    sizes = np.diff(np.append(heads, len(flags)))
    extra = [
        _piece_starts(flags, int(head), int(head + size))
        for head, size in zip(heads[sizes > HUGE_PARAGRAPH], sizes[sizes > HUGE_PARAGRAPH], strict=True)
    ]
    heads = np.unique(np.concatenate([heads, *extra])).astype(np.int64)
    flags[heads] |= PARAGRAPH | SENTENCE | CLAUSE
    return heads


def _piece_starts(flags: U8, first: int, last: int) -> I64:
    """Where a huge paragraph is cut: sentence starts, else clause starts, else anywhere, about `PIECE` apart."""
    cuts: list[int] = []
    at = first
    while last - at > HUGE_PARAGRAPH:
        window = flags[at + PIECE : at + HUGE_PARAGRAPH]
        for kind in (SENTENCE, CLAUSE, 0xFF):
            found = np.flatnonzero(window & kind if kind != 0xFF else np.ones(1))
            if len(found):
                break
        at += PIECE + int(found[0])
        cuts.append(at)
    return np.array(cuts, dtype=np.int64)
