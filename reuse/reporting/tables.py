"""A result as flat tables: what pandas, spreadsheets, CSV, Parquet and flat JSON Lines show.

Coordinates are code points of the source text, as everywhere. Nested values get columns of their own
(`left_start`, `max_source_characters`, `metadata_NAME`); lists stay lists.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reuse.model import (
    DocumentRecord,
    Family,
    Match,
    MissingExtraError,
    Originality,
    OutputError,
    Paragraph,
    TemplatePart,
    TextSpan,
)
from reuse.reporting.coding import encode

if TYPE_CHECKING:
    import pandas

    from reuse.reporting.result import Result

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A name, the columns in order, and rows of as many cells."""

    name: str
    columns: list[str]
    rows: list[list[Any]]

    def records(self) -> Iterator[Row]:
        """The rows as dicts, in order."""
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))


def table(result: Result, name: str) -> Table:
    """One table of a result. Raises OutputError when there is no table of that name."""
    try:
        make = _ROWS[name]
    except KeyError:
        raise OutputError(f"no table {name!r}; there are {', '.join(_ROWS)}.") from None
    rows = list(make(result))
    columns = list(dict.fromkeys(column for row in rows for column in row)) or _COLUMNS_WHEN_EMPTY[name]
    return Table(name, columns, [[row.get(column) for column in columns] for row in rows])


def tables(result: Result) -> list[Table]:
    """Every table of a result, in reading order."""
    return [table(result, name) for name in TABLE_NAMES]


def to_frame(found: Table) -> pandas.DataFrame:
    """A table as a DataFrame. Raises MissingExtraError when pandas is not installed."""
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingExtraError("pandas is needed for this: pip install 'speech-reuse[pandas]'") from error
    return pd.DataFrame(found.rows, columns=found.columns)


def template_sentence(template: Iterable[TemplatePart]) -> str:
    """A template on one line: fixed text as it is, slots as `{name}`."""
    return "".join(part.fixed if part.fixed is not None else f"{{{part.slot}}}" for part in template)


def _document_rows(result: Result) -> Iterator[Row]:
    for record in result.documents:
        yield _document_row(record) | _originality_row(record.originality) | _metadata_row(record)


def _document_row(record: DocumentRecord) -> Row:
    document = record.document
    return {
        "id": document.id,
        "source": document.source,
        "start": document.start,
        "end": document.end,
        "title": document.title,
        "date": document.date,
        "author": document.author,
        "place": document.place,
        "series": document.series,
        "characters": record.characters,
        "compared": record.compared,
        "removed_characters": sum(mark.end - mark.start for mark in record.removed),
        "truncated": document.truncated,
        "sha256": record.sha256,
    }


def _originality_row(originality: Originality | None) -> Row:
    if originality is None:
        return {}
    row = {name: value for name, value in encode(originality).items() if name not in ("spans", "notes")}
    largest = row.pop("max_source") or {}
    row["originality"] = row.pop("score")
    row["max_source"] = largest.get("document")
    row["max_source_characters"] = largest.get("characters")
    row["max_source_ratio"] = largest.get("ratio")
    return row


def _span_rows(result: Result) -> Iterator[Row]:
    """What every figure of a document rests on: a row a stretch, with the earliest source that holds it."""
    for record in result.documents:
        for span in record.originality.spans if record.originality else ():
            text = record.document.slice(span.start, span.end)
            yield {"of": record.document.id, **encode(span), "text": text}


def _metadata_row(record: DocumentRecord) -> Row:
    return {f"metadata_{name}": encode(value) for name, value in record.document.metadata.items()}


def _paragraph_rows(result: Result) -> Iterator[Row]:
    documents = {record.document.id: record.document for record in result.documents}
    for paragraph in result.paragraphs:
        text = documents[paragraph.document].slice(paragraph.start, paragraph.end)
        yield _paragraph_row(paragraph, text)


def _paragraph_row(paragraph: Paragraph, text: str) -> Row:
    best = paragraph.best
    return {
        "document": paragraph.document,
        "source": paragraph.source,
        "start": paragraph.start,
        "end": paragraph.end,
        "text": text,
        "reused_ratio": paragraph.reused_ratio,
        "kind": paragraph.kind,
        "best_document": best and best.document,
        "best_start": best and best.start,
        "best_end": best and best.end,
        "best_resemblance": best and best.resemblance,
        "best_containment": best and best.containment,
        "families": list(paragraph.families),
    }


def _match_rows(result: Result) -> Iterator[Row]:
    for match in result.matches:
        yield {
            "id": match.id,
            "level": match.level,
            "kind": match.kind,
            **_span_row(match.left, "left_"),
            **_span_row(match.right, "right_"),
            **_match_numbers(match),
            "aligned": encode(match.aligned),
            "slots": encode(match.slots),
            "family": match.family,
        }


def _match_numbers(match: Match) -> Row:
    names = (
        "score",
        "evidence",
        "evalue",
        "resemblance",
        "left_in_right",
        "right_in_left",
        "identity",
    )
    return {name: getattr(match, name) for name in names}


def _span_row(span: TextSpan, prefix: str = "") -> Row:
    return {
        f"{prefix}document": span.document,
        f"{prefix}source": span.source,
        f"{prefix}start": span.start,
        f"{prefix}end": span.end,
        f"{prefix}text": span.text,
    }


def _family_rows(result: Result) -> Iterator[Row]:
    for family in result.families:
        yield {
            "id": family.id,
            "kind": family.kind,
            "level": family.level,
            "size": family.size,
            "documents": family.documents,
            "template": template_sentence(family.template),
            "first_document": family.first.document,
            "first_basis": family.first.basis,
            "weakest": family.weakest,
            "notes": [json.dumps(encode(note), ensure_ascii=False) for note in family.notes],
        }


def _member_rows(result: Result) -> Iterator[Row]:
    """One row an occurrence, in the order researchers know: the group, the place, the words, the fillers."""
    documents = {record.document.id: record.document for record in result.documents}
    for family in result.families:
        sentence = template_sentence(family.template)
        for place, member in enumerate(family.members):
            document = documents[member.document]
            yield {
                "family": family.id,
                "member": place,
                **_span_row(member),
                "title": document.title,
                "date": document.date,
                "author": document.author,
                "place": document.place,
                "kind": family.kind,
                "level": family.level,
                "template": sentence,
                "is_first": member.document == family.first.document,
            }


def _filler_rows(result: Result) -> Iterator[Row]:
    for family in result.families:
        for part in family.template:
            yield from _part_rows(family, part)


def _part_rows(family: Family, part: TemplatePart) -> Iterator[Row]:
    for filler in part.fillers:
        yield {
            "family": family.id,
            "slot": part.slot,
            "type": part.type,
            "tentative": part.tentative,
            "document": filler.document,
            "start": filler.start,
            "end": filler.end,
            "text": filler.text,
        }


def _run_rows(result: Result) -> Iterator[Row]:
    for name, value in _flattened(encode(result.run), ""):
        yield {"name": name, "value": value}


def _flattened(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _flattened(item, f"{name}.{key}" if name else key)
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for place, item in enumerate(value):
            yield from _flattened(item, f"{name}.{place}")
    elif name:
        yield name, value


_ROWS: dict[str, Callable[[Result], Iterator[Row]]] = {
    "documents": _document_rows,
    "spans": _span_rows,
    "paragraphs": _paragraph_rows,
    "matches": _match_rows,
    "families": _family_rows,
    "members": _member_rows,
    "fillers": _filler_rows,
    "run": _run_rows,
}
TABLE_NAMES = tuple(_ROWS)

# A table without rows still says what its rows would be called.
_COLUMNS_WHEN_EMPTY: dict[str, list[str]] = {
    "documents": ["id", "source", "start", "end", "title", "date", "characters", "compared"],
    "spans": ["of", "start", "end", "characters", "layer", "document", "text"],
    "paragraphs": ["document", "source", "start", "end", "text", "reused_ratio", "kind", "families"],
    "matches": [
        *("id", "level", "kind"),
        *(f"{side}_{field}" for side in ("left", "right") for field in TextSpan.__dataclass_fields__),
        *("score", "evidence", "evalue", "resemblance", "left_in_right", "right_in_left", "identity"),
        *("aligned", "slots", "family"),
    ],
    "families": ["id", "kind", "level", "size", "documents", "template", "first_document", "weakest"],
    "members": ["family", "member", "document", "source", "start", "end", "text", "is_first"],
    "fillers": ["family", "slot", "type", "tentative", "document", "start", "end", "text"],
    "run": ["name", "value"],
}
