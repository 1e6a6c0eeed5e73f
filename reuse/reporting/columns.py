"""Matches, paragraphs, and the spans that figures rest on, as JSON: whole columns at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reuse.arrays import I32, I64
from reuse.match_table import KINDS, LAYERS, LEVELS, SLOT_TYPES, MatchTable
from reuse.model import Document
from reuse.paragraph_table import ParagraphTable
from reuse.reporting.cells import (
    Cells,
    appended,
    chosen,
    decimals,
    listed,
    named,
    quoted,
    rows,
    whole,
)
from reuse.reporting.source_texts import SourceTexts, heads_of

_BY_FORM = (
    b'"document": null, "source_start": null, "source_end": null, "others": 0, "match": null, "family": null'
)


def match_rows(table: MatchTable, texts: SourceTexts, first: int, last: int) -> Cells:
    """The lines of some matches of a table, given the texts of its documents."""
    some = slice(first, last)
    return rows(
        b'{"id": ',
        match_ids(table, np.arange(first, last)),
        b', "level": ',
        chosen(quoted(LEVELS), table.level[some]),
        b', "kind": ',
        chosen(quoted(KINDS), table.kind[some]),
        b', "left": ',
        *span_parts(texts, table.left[some], table.span[some, :2]),
        b', "right": ',
        *span_parts(texts, table.right[some], table.span[some, 2:]),
        b', "score": ',
        decimals(table.score[some]),
        b', "evidence": ',
        decimals(table.evidence[some]),
        b', "evalue": null, "resemblance": ',
        decimals(table.resemblance[some]),
        b', "left_in_right": ',
        decimals(table.left_in_right[some]),
        b', "right_in_left": ',
        decimals(table.right_in_left[some]),
        b', "identity": ',
        decimals(table.identity[some]),
        b', "aligned": ',
        _aligned(table, first, last),
        b', "slots": ',
        _slots(table, first, last),
        b', "family": ',
        _families(table, table.family[some]),
        b"}\n",
    )


def span_lists(table: MatchTable, spans: I32, offsets: I64) -> Cells:
    """A list for each document of its counted spans: `spans` as in `match_table.CountedSpans`, by `offsets`."""
    held = np.flatnonzero(spans[:, 4] >= 0)
    sources = spans[held]
    told = rows(
        b'"document": ',
        ids_of(table.documents, sources[:, 4]),
        b', "source_start": ',
        whole(sources[:, 5]),
        b', "source_end": ',
        whole(sources[:, 6]),
        b', "others": ',
        whole(sources[:, 7]),
        b', "match": ',
        match_ids(table, sources[:, 8].astype(np.int64)),
        b', "family": ',
        _families(table, table.family[sources[:, 8]]),
    )
    place = np.full(len(spans), -1)
    place[held] = np.arange(len(held))
    cells = rows(
        b'{"start": ',
        whole(spans[:, 0]),
        b', "end": ',
        whole(spans[:, 1]),
        b', "characters": ',
        whole(spans[:, 2]),
        b', "layer": ',
        chosen(quoted(LAYERS), spans[:, 3]),
        b", ",
        chosen(appended(told, _BY_FORM), place),
        b"}",
    )
    return listed(cells, offsets)


def paragraph_rows(table: ParagraphTable, first: int, last: int) -> Cells:
    """The lines of some paragraphs of a table."""
    some = slice(first, last)
    offsets = table.family_offsets[first : last + 1]
    families = named(
        table.family[offsets[0] : offsets[-1]], lambda held: quoted([table.families[n] for n in held])
    )
    return rows(
        named(table.document[some], lambda numbers: heads_of([table.documents[n] for n in numbers])),
        whole(table.span[some, 0]),
        b', "end": ',
        whole(table.span[some, 1]),
        b', "reused_ratio": ',
        decimals(table.reused_ratio[some]),
        b', "kind": ',
        chosen(appended(quoted(KINDS), b"null"), table.kind[some]),
        b', "best": ',
        _best(table, first, last),
        b', "families": ',
        listed(families, offsets - offsets[0]),
        b"}\n",
    )


def _best(table: ParagraphTable, first: int, last: int) -> Cells:
    held = first + np.flatnonzero(table.best[first:last, 0] >= 0)
    best = table.best[held]
    told = rows(
        b'{"document": ',
        ids_of(table.documents, best[:, 0]),
        b', "start": ',
        whole(best[:, 1]),
        b', "end": ',
        whole(best[:, 2]),
        b', "resemblance": ',
        decimals(table.resemblance[held]),
        b', "containment": ',
        decimals(table.containment[held]),
        b"}",
    )
    place = np.full(last - first, -1)
    place[held - first] = np.arange(len(held))
    return chosen(appended(told, b"null"), place)


def match_ids(table: MatchTable, places: I64) -> Cells:
    """The ids of the matches in some rows."""
    if table.ids is None:
        return rows(b'"m', whole(places + 1, 7), b'"')
    return quoted([table.ids[place] for place in places.tolist()])


def _families(table: MatchTable, numbers: I32) -> Cells:
    return named(numbers, lambda some: quoted([table.families[number] for number in some]))


def span_parts(texts: SourceTexts, numbers: I32 | I64, span: I32 | I64) -> tuple[bytes | Cells, ...]:
    """Spans (start, end) of some documents, given by their numbers, as parts of rows: texts are most of a line, and copied
    once."""
    return (
        chosen(texts.heads, numbers),
        whole(span[:, 0]),
        b', "end": ',
        whole(span[:, 1]),
        b', "text": ',
        texts.quoted(numbers, span),
        b"}",
    )


def ids_of(documents: Sequence[Document], numbers: I32 | I64) -> Cells:
    """The ids of documents, `null` for a negative number."""
    return named(numbers, lambda some: quoted([documents[n].id for n in some]))


def _aligned(table: MatchTable, first: int, last: int) -> Cells:
    offsets = table.aligned_offsets[first : last + 1]
    runs = table.aligned[offsets[0] : offsets[-1]]
    return listed(_numbers(runs), offsets - offsets[0])


def _slots(table: MatchTable, first: int, last: int) -> Cells:
    offsets = table.slot_offsets[first : last + 1]
    some = slice(offsets[0], offsets[-1])
    cells = rows(
        b'{"left": ',
        _numbers(table.slots[some, :2]),
        b', "right": ',
        _numbers(table.slots[some, 2:]),
        b', "type": ',
        chosen(quoted(SLOT_TYPES), table.slot_type[some]),
        b"}",
    )
    return listed(cells, offsets - offsets[0])


def _numbers(values: I32) -> Cells:
    """Rows of whole numbers as lists."""
    size = values.shape[1]
    return listed(whole(values.reshape(-1).astype(np.int64)), np.arange(len(values) + 1) * size)
