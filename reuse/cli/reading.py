"""`speech-reuse read` and `speech-reuse clean`: the text as it is read, and what of it is not compared and why."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reuse.config import ReadingSettings

if TYPE_CHECKING:
    from rich.text import Text

    from reuse.model import Document
    from reuse.reading import Readings

_FACTS = ("title", "date", "author", "place", "series")
_MARKED = "strike dim red"
_REASON = "bold red"
_BREAK = "bold cyan"


@click.command()
@click.argument("file")
@click.option("--encoding", help="The encoding of a text file, when the guess is wrong.")
@click.option("--json", "as_json", is_flag=True, help="Print text, format, encoding and properties as JSON.")
def read(file: str, encoding: str | None, as_json: bool) -> None:
    """Print the text of FILE that all coordinates refer to, to the byte.

    FILE may be a text in any encoding, Markdown, HTML, DOCX, DOC, RTF, ODT or PDF, or TABLE#ID for one record of a
    JSONL, CSV, XLSX or Parquet table.
    """
    from reuse.reading import read_source

    source = read_source(file, ReadingSettings(encoding=encoding))
    for warning in source.warnings:
        click.echo(f"speech-reuse: {source.name}: {warning}", err=True)
    if as_json:
        fields = ("name", "format", "encoding", "properties", "warnings", "text")
        click.echo(_json({field: getattr(source, field) for field in fields}))
        return
    sys.stdout.buffer.write(source.text.encode())
    if sys.stdout.isatty():
        sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()


@click.command()
@click.argument("inputs", nargs=-1, required=True)
@click.option("--encoding", help="The encoding of text files, when the guess is wrong.")
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON object a document: marks, joins, cuts, what is known."
)
@click.option(
    "--all", "in_full", is_flag=True, help="Show the text of every document, not only of a single one."
)
@click.option(
    "--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes that read files."
)
def clean(inputs: tuple[str, ...], encoding: str | None, as_json: bool, in_full: bool, jobs: int) -> None:
    """Show what of INPUTS is not compared, and why.

    One document is shown in full: ⟦reason: marked text⟧, ⏎ a line break inside a sentence, ¶ a paragraph that begins
    without one. Of several there is a line each. Files read together also show the lines their site repeats.
    """
    settings = ReadingSettings(encoding=encoding)
    readings = _readings(inputs, settings, jobs)
    for row in [*readings.skipped, *readings.warnings]:
        click.echo(f"speech-reuse: {row.source}: {row.message}", err=True)
    if as_json:
        for document in readings.documents:
            click.echo(_json(_as_dict(document)))
        return
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    if len(readings.documents) > 1 and not in_full:
        for document in readings.documents:
            console.print(_summary(document))
        for shape in readings.furniture:
            console.print(
                f"in {shape.documents} documents, {shape.place}: {shape.shape}", markup=False, style="dim"
            )
        return
    for document in readings.documents:
        console.print(_header(document))
        console.print(_rendered(document))


def _readings(inputs: tuple[str, ...], settings: ReadingSettings, jobs: int) -> Readings:
    """The documents of the inputs; `TABLE#ID` is one record."""
    from reuse.reading import clean as clean_source
    from reuse.reading import read_inputs, read_source
    from reuse.reading.inputs import Readings

    if len(inputs) == 1 and "#" in inputs[0] and not Path(inputs[0]).exists():
        source = read_source(inputs[0], settings)
        return Readings(documents=clean_source(source, settings), skipped=[])
    return read_inputs([Path(given) for given in inputs], settings, jobs=jobs)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _marked(document: Document) -> int:
    return sum(mark.end - mark.start for mark in document.removed)


def _as_dict(document: Document) -> dict[str, Any]:
    facts = {name: getattr(document, name) for name in ("id", "source", "start", "end", *_FACTS, "truncated")}
    return {
        **facts,
        "characters": len(document.text),
        "marked": _marked(document),
        "removed": [
            {"start": m.start, "end": m.end, "reason": m.reason, "text": document.slice(m.start, m.end)}
            for m in document.removed
        ],
        "joins": list(document.joins),
        "cuts": list(document.cuts),
        "metadata": dict(document.metadata),
    }


def _summary(document: Document) -> Text:
    from rich.text import Text

    share = _marked(document) / len(document.text)
    reasons = Counter(mark.reason for mark in document.removed)
    told = ", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items())) or "nothing marked"
    cut = " truncated" if document.truncated else ""
    return Text(f"{document.id}  {len(document.text)} characters, {share:.1%} marked: {told}{cut}")


def _header(document: Document) -> Text:
    from rich.text import Text

    known = {name: getattr(document, name) for name in _FACTS if getattr(document, name)}
    facts = {**known, **{name: value for name, value in document.metadata.items() if value}}
    lines = [f"{document.id} [{document.start}, {document.end})"]
    lines += [f"  {name}: {value}" for name, value in facts.items()]
    lines.append(f"  {_marked(document)} of {len(document.text)} characters marked")
    if document.truncated:
        lines.append("  the end is missing")
    return Text("\n".join(lines) + "\n", style="bold")


def _rendered(document: Document) -> Text:
    """The text with its marks: reason and text of what is removed, signs for joins and cuts."""
    from rich.text import Text

    shown = Text()
    position = document.start
    for mark in document.removed:
        _append_plain(shown, document, position, mark.start)
        shown.append(f"⟦{mark.reason}: ", _REASON)
        shown.append(document.slice(mark.start, mark.end), _MARKED)
        shown.append("⟧", _REASON)
        position = mark.end
    _append_plain(shown, document, position, document.end)
    return shown


def _append_plain(shown: Text, document: Document, start: int, end: int) -> None:
    for text, style in _pieces(document, start, end):
        shown.append(text, style)


def _pieces(document: Document, start: int, end: int) -> Iterator[tuple[str, str | None]]:
    """The unmarked text of `[start, end)` with `⏎` for joined breaks and `¶` where a paragraph is cut."""
    joins, cuts = set(document.joins), set(document.cuts)
    position = start
    for place in sorted({*joins, *cuts}):
        if not start <= place < end:
            continue
        yield document.slice(position, place), None
        yield ("⏎" if place in joins else "¶"), _BREAK
        position = place + (place in joins)
    yield document.slice(position, end), None
