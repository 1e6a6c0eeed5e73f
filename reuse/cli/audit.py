"""`speech-reuse audit`: how much of each speech is its own, and the spans behind every figure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reuse.cli.telling import Telling, excerpt

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from reuse.model import CountedSpan, DocumentRecord, Originality
    from reuse.reporting import Result

_STYLES = {
    "copied": "bold red",
    "edited": "red",
    "templated": "blue",
    "self": "cyan",
    "phrase": "yellow",
    "quoted": "green",
    "base": "dim",
}
_FIGURES = ("reused", "copied", "templated", "quoted", "phrases", "self", "longest", "sources")
_WIDE = 120
"""Columns of the terminal from which on all figures are shown."""


@click.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.argument("document", required=False)
@click.option(
    "--phrases",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="Count again with a list of stock phrases besides the package's own, one a line.",
)
@click.option(
    "--template",
    "templates",
    multiple=True,
    metavar="FILE|ID",
    help="Count again with a base document (a file, or a document of the scan) whose text is shown but not counted.",
)
@click.option(
    "--layer", "layers", multiple=True, type=click.Choice(list(_STYLES)), help="List only spans of this kind."
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print documents with originality as JSON Lines instead."
)
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language. Default: that of the terminal.")
def audit(
    directory: Path,
    document: str | None,
    phrases: tuple[Path, ...],
    templates: tuple[str, ...],
    layers: tuple[str, ...],
    as_json: bool,
    lang: str | None,
) -> None:
    """Say of the speeches in the scan in DIRECTORY how much of each others hold too.

    With the id or title of a DOCUMENT: its figures with both sides of every division, the spans behind them
    in order, each with source and date, and what is worth a look. What agrees is evidence; people judge.
    """
    from rich.console import Console

    from reuse.cli.recounting import recounted
    from reuse.reporting import Result, json_line
    from reuse.reporting.folder import document_row

    result = recounted(Result.load(directory), phrases, templates)
    telling = Telling(result, lang)
    chosen = [_named(result, document, telling)] if document else result.documents
    if as_json:
        for record in chosen:
            click.echo(json_line(document_row(record)), nl=False)
        return
    console = Console(highlight=False)
    if document:
        _print_document(console, chosen[0], layers, telling)
    else:
        console.print(_overview(chosen, telling, wide=console.width >= _WIDE))


def _named(result: Result, name: str, telling: Telling) -> DocumentRecord:
    from reuse.model import InputError

    found = [record for record in result.documents if record.document.id == name]
    found = found or [record for record in result.documents if record.document.title == name]
    if found:
        return found[0]
    known = ", ".join(record.document.id for record in result.documents[:3])
    raise InputError(telling("no such document", name=name, known=known))


def _overview(records: list[DocumentRecord], telling: Telling, *, wide: bool) -> Table:
    from rich.table import Table
    from rich.text import Text

    keys = _FIGURES if wide else _FIGURES[:5]
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(telling("document"), overflow="fold", max_width=40)
    for key in (*keys, "notes"):
        table.add_column(telling(key), justify="right", no_wrap=True)
    table.add_column(telling("largest"), overflow="fold")
    for record in records:
        own = record.originality
        if own is not None:
            figures = _figures(own)
            notes = str(len(telling.about(record.document.id)) or "")
            row = [*(figures[key] for key in keys), notes]
            source = Text(_largest(own, telling, brief=True))
            table.add_row(Text(telling.short(record.document.id)), *row, source)
    return table


def _figures(own: Originality) -> dict[str, str]:
    from reuse.reporting.wording import percent

    return {
        "reused": percent(own.reused_ratio),
        "copied": percent(own.copied_ratio),
        "templated": percent(own.templated_ratio),
        "quoted": percent(own.quoted_ratio),
        "phrases": percent(own.phrase_ratio),
        "self": percent(own.self_reused_ratio),
        "longest": str(own.longest_run),
        "sources": str(own.sources),
    }


def _largest(own: Originality, telling: Telling, *, brief: bool = False) -> str:
    from reuse.reporting.wording import percent

    if own.max_source is None:
        return ""
    if brief:
        return f"{own.max_source.characters}/{own.counted} {telling.short(own.max_source.document)}"
    share = telling("of", part=own.max_source.characters, whole=own.counted)
    return f"{percent(own.max_source.ratio)} ({share}) {telling.document(own.max_source.document)}"


def _print_document(
    console: Console, record: DocumentRecord, layers: tuple[str, ...], telling: Telling
) -> None:
    from rich.text import Text

    own = record.originality
    if own is None:
        console.print(telling("nothing"))
        return
    console.print(Text(telling.document(record.document.id), style="bold"))
    console.print(telling("counted", compared=record.compared, counted=own.counted))
    console.print(Text(telling.words(f"basis.{own.basis}"), style="dim"))
    console.print(_both_sides(record, own, telling))
    if own.versions:
        console.print(Text(telling("versions", titles="; ".join(map(telling.document, own.versions)))))
    spans = [span for span in own.spans if not layers or span.layer in layers]
    console.print(Text("\n" + (telling("spans") if spans else telling("nothing")), style="bold"))
    for number, span in enumerate(spans, start=1):
        console.print(_span(number, span, record, telling))
    for line in telling.notes(telling.about(record.document.id)):
        console.print(Text(f"• {line}", style="red"))


def _both_sides(record: DocumentRecord, own: Originality, telling: Telling) -> Table:
    """Every ratio with its characters and what they are divided by."""
    from rich.table import Table
    from rich.text import Text

    from reuse.reporting.wording import percent

    sizes = {layer: sum(span.characters for span in own.spans if span.layer == layer) for layer in _STYLES}
    rows = (
        ("reused", own.reused_ratio, own.reused, own.counted),
        ("copied", own.copied_ratio, sizes["copied"] + sizes["edited"], own.counted),
        ("templated", own.templated_ratio, sizes["templated"], own.counted),
        ("self", own.self_reused_ratio, sizes["self"], own.counted),
        ("quoted", own.quoted_ratio, sizes["quoted"], record.compared),
        ("phrases", own.phrase_ratio, sizes["phrase"], record.compared),
    )
    table = Table(box=None, pad_edge=False, show_header=False)
    for key, ratio, part, whole in rows:
        table.add_row(telling(key), percent(ratio), telling("of", part=part, whole=whole))
    if sizes["base"]:
        table.add_row(telling("base"), "", telling("of", part=sizes["base"], whole=record.compared))
    table.add_row(telling("largest"), "", Text(_largest(own, telling)))
    table.add_row(telling("longest"), "", telling("characters", n=own.longest_run))
    table.add_row(telling("sources"), "", str(own.sources))
    table.add_row(telling("score"), f"{own.score:.3f}", "")
    return table


def _span(number: int, span: CountedSpan, record: DocumentRecord, telling: Telling) -> Text:
    """A span with its text, and where it is known from."""
    from rich.text import Text

    line = Text(f"{number}. ")
    line.append(telling.words(f"part.{span.layer}"), style=_STYLES[span.layer])
    line.append(f" {telling.place(span.start, span.end)}, {telling('characters', n=span.characters)}")
    if span.document is None:
        line.append(f" {telling('by form')}", style="dim")
    else:
        source = f" {telling('from')} {telling.document(span.document)}"
        if span.source_start is not None and span.source_end is not None:
            source += f" {telling.place(span.source_start, span.source_end)}"
        line.append(source)
        facts = [telling("others", n=span.others) if span.others else "", span.match or "", span.family or ""]
        line.append(f" [{' · '.join(fact for fact in facts if fact)}]", style="dim")
    line.append(f"\n   {excerpt(record.document, span.start, span.end)}")
    return line
