"""The tables of the output folder as JSON Lines: tables column by column, other values field by field.

The same bytes as `coding.json_text` of each value (tests hold them to it), in a fraction of the time: a corpus of a
million paragraphs has a million lines of these, and several million matches. Lines come in blocks, which threads (columns)
and processes (values) share out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from json.encoder import encode_basestring
from typing import Any, TypeVar

import numpy as np

from reuse.arrays import ranges
from reuse.families.table import FamilyTable
from reuse.match_table import CountedSpans, MatchTable
from reuse.model import (
    CountedSpan,
    DocumentRecord,
    Family,
    Match,
    Originality,
    Paragraph,
)
from reuse.paragraph_table import ParagraphTable
from reuse.reporting.cells import Cells
from reuse.reporting.coding import LONE_SURROGATE, json_text
from reuse.reporting.columns import match_rows, paragraph_rows, span_lists
from reuse.reporting.family_rows import family_rows
from reuse.reporting.source_texts import SourceTexts
from reuse.sharing import in_threads, in_turn

T = TypeVar("T")

_BLOCK = 4096
"""Lines written at once: a few megabytes."""
_FAMILIES = 1024
"""Families, whose lines are longer: of a corpus of a million paragraphs two megabytes on average."""


def lines_of(values: Sequence[T], line: Callable[[T], str], jobs: int = 1) -> Iterator[bytes]:
    """The lines of some values, in blocks."""
    return in_turn(
        lambda number: encoded("".join(map(line, values[_block(number)]))), _blocks(len(values)), jobs
    )


def match_lines(matches: Sequence[Match], jobs: int = 1) -> Iterator[bytes | memoryview]:
    """A line for each match, in blocks."""
    if not isinstance(matches, MatchTable):
        return lines_of(matches, json_line, jobs)
    texts = SourceTexts.of(matches.documents)
    return _of_columns(lambda first, last: match_rows(matches, texts, first, last), len(matches), jobs)


def paragraph_lines(paragraphs: Sequence[Paragraph], jobs: int = 1) -> Iterator[bytes | memoryview]:
    """A line for each paragraph, in blocks."""
    if not isinstance(paragraphs, ParagraphTable):
        return lines_of(paragraphs, json_line, jobs)
    return _of_columns(lambda first, last: paragraph_rows(paragraphs, first, last), len(paragraphs), jobs)


def family_lines(families: Sequence[Family], jobs: int = 1) -> Iterator[bytes | memoryview]:
    """A line for each family, in blocks."""
    if not isinstance(families, FamilyTable):
        return lines_of(families, json_line, jobs)
    texts = SourceTexts.of(families.documents)
    return _of_columns(
        lambda first, last: family_rows(families, texts, first, last), len(families), jobs, _FAMILIES
    )


def _of_columns(
    made: Callable[[int, int], Cells], count: int, jobs: int, size: int = _BLOCK
) -> Iterator[memoryview]:
    """The cells that are made of 0, 1, … `count - 1`, a range of them at a time."""
    return in_threads(
        lambda number: made(number * size, min((number + 1) * size, count)).data.data,
        _blocks(count, size),
        jobs,
    )


def _blocks(count: int, size: int = _BLOCK) -> int:
    return -(-count // size)


def _block(number: int) -> slice:
    return slice(number * _BLOCK, (number + 1) * _BLOCK)


def encoded(text: str) -> bytes:
    """A text of JSON as UTF-8, lone surrogates as escapes: UTF-8 has none."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode()


def json_line(value: Any) -> str:
    """`value` as one line of JSON."""
    return json_text(value) + "\n"


def document_lines(records: Sequence[DocumentRecord], jobs: int = 1) -> Iterator[bytes]:
    """A line for each document, in blocks: what it is, its figures, and the spans they rest on."""
    return in_turn(lambda number: _documents(records[_block(number)]), _blocks(len(records)), jobs)


def _documents(records: Sequence[DocumentRecord]) -> bytes:
    spans = _spans([() if record.originality is None else record.originality.spans for record in records])
    pieces: list[bytes] = []
    for record, of_record in zip(records, spans, strict=True):
        own = record.originality
        if own is None:
            pieces.append(encoded(f'{_head(record)}"originality": null}}\n'))
        else:
            pieces += (
                encoded(f'{_head(record)}"originality": {_figures(own)}'),
                of_record,
                encoded(f', "notes": {_rest(own.notes)}}}}}\n'),
            )
    return b"".join(pieces)


def _head(record: DocumentRecord) -> str:
    document = record.document
    return (
        f'{{"id": {_quoted(document.id)}, "source": {_quoted(document.source)}, "start": {document.start}, '
        f'"end": {document.end}, "title": {_named(document.title)}, "date": {_named(document.date)}, '
        f'"author": {_named(document.author)}, "place": {_named(document.place)}, "series": {_named(document.series)}, '
        f'"characters": {record.characters}, "compared": {record.compared}, '
        f'"truncated": {"true" if document.truncated else "false"}, "removed": {_rest(record.removed)}, '
        f'"sha256": {_quoted(record.sha256)}, '
        f'"metadata": {json_text(document.metadata) if document.metadata else "{}"}, '
    )


def text_line(record: DocumentRecord) -> str:
    """The line of a document in the file of texts: its text, and the marks that reading it left."""
    document = record.document
    return (
        f'{{"id": {_quoted(document.id)}, "text": {_quoted(document.text)}, "removed": {_rest(document.removed)}, '
        f'"joins": {list(document.joins)}, "cuts": {list(document.cuts)}}}\n'
    )


def _figures(own: Originality) -> str:
    """The figures of a document, up to its spans."""
    most = own.max_source
    largest = (
        "null"
        if most is None
        else f'{{"document": {_quoted(most.document)}, "characters": {most.characters}, "ratio": {most.ratio!r}}}'
    )
    return (
        f'{{"reused_ratio": {own.reused_ratio!r}, "copied_ratio": {own.copied_ratio!r}, '
        f'"templated_ratio": {own.templated_ratio!r}, "phrase_ratio": {own.phrase_ratio!r}, '
        f'"quoted_ratio": {own.quoted_ratio!r}, "score": {own.score!r}, "max_source": {largest}, '
        f'"longest_run": {own.longest_run}, "basis": {_quoted(own.basis)}, "sources": {own.sources}, '
        f'"self_reused_ratio": {own.self_reused_ratio!r}, "counted": {own.counted}, "reused": {own.reused}, '
        f'"versions": {_names(own.versions)}, "spans": '
    )


def _spans(of_documents: Sequence[Sequence[CountedSpan]]) -> list[bytes]:
    """The list of each document's spans; those that a scan counted are rows of one table."""
    tables = [spans for spans in of_documents if isinstance(spans, CountedSpans)]
    if len(tables) < len(of_documents) or any(each.matches is not tables[0].matches for each in tables):
        return [encoded(json_text(spans)) for spans in of_documents]
    offsets = ranges(np.array([len(spans) for spans in tables], dtype=np.int64))
    return span_lists(tables[0].matches, np.concatenate([spans.rows for spans in tables]), offsets).pieces()


_quoted = encode_basestring


def _named(name: str | None) -> str:
    return "null" if name is None else encode_basestring(name)


def _names(names: Iterable[str]) -> str:
    return f"[{', '.join(map(encode_basestring, names))}]"


def _rest(values: Sequence[Any]) -> str:
    """What has no form of its own."""
    return json_text(values) if values else "[]"
