"""`speech-reuse families`: the passages that go round, their templates, and what each member puts into the
slots."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reuse.cli.telling import Telling, shown

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

    from reuse.model import Family, TemplatePart
    from reuse.reporting import Result

_SLOT = "bold magenta"


@click.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.argument("family", required=False)
@click.option(
    "--documents", type=click.IntRange(min=2), default=2, help="Only families in at least so many documents."
)
@click.option(
    "--level", type=click.Choice(["passage", "phrase"]), help="phrase: stock phrases. Default: the others."
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=30,
    show_default=True,
    help="How many to list; 0 lists all.",
)
@click.option("--json", "as_json", is_flag=True, help="Print families as JSON Lines instead.")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language. Default: that of the terminal.")
def families(
    directory: Path,
    family: str | None,
    documents: int,
    level: str | None,
    limit: int,
    as_json: bool,
    lang: str | None,
) -> None:
    """List the passages that go round in the scan in DIRECTORY, the most widespread first, as templates
    with slots.

    With the id of a FAMILY: its fillers by document and date, all its places, who is known to be first, and
    what is worth a look.
    """
    from rich.console import Console

    from reuse.reporting import Result, json_line

    result = Result.load(directory)
    telling = Telling(result, lang)
    chosen = [_named(result, family, telling)] if family else _listed(result, documents, level)
    if as_json:
        for one in chosen:
            click.echo(json_line(one), nl=False)
        return
    console = Console(highlight=False)
    if family:
        _print_family(console, result, chosen[0], telling)
    else:
        _print_list(console, chosen, limit, telling)


def _named(result: Result, name: str, telling: Telling) -> Family:
    from reuse.model import InputError

    for family in result.families:
        if family.id == name:
            return family
    known = ", ".join(family.id for family in result.families[:3]) or "f00001"
    raise InputError(telling("no such family", name=name, known=known))


def _listed(result: Result, documents: int, level: str | None) -> list[Family]:
    phrase = level == "phrase"
    return [f for f in result.families if f.documents >= documents and (f.level == "phrase") == phrase]


def _print_list(console: Console, families: list[Family], limit: int, telling: Telling) -> None:
    from rich.text import Text

    if not families:
        console.print(telling("none"))
    for family in families[: limit or None]:
        head = Text(f"{family.id}  ", style="bold")
        head.append(f"{telling('places', size=family.size, documents=family.documents)} · ", style="not bold")
        head.append(telling.words(f"kind.{family.kind}"), style="not bold")
        if family.notes:
            head.append(f" · {telling.words('family.notes', n=len(family.notes))}", style="not bold red")
        console.print(head)
        console.print(_sentence(family), soft_wrap=False)
        console.print(Text(_first(family, telling), style="dim"))
        console.print()
    if limit and len(families) > limit:
        console.print(telling("more", n=len(families) - limit))


def _sentence(family: Family) -> Text:
    """The template as a sentence, slots in braces."""
    from rich.text import Text

    sentence = Text("   ")
    for part in family.template:
        if part.fixed is not None:
            sentence.append(shown_inline(part.fixed))
        else:
            sentence.append(f"{{{part.slot}}}", style=_SLOT)
    return sentence


def shown_inline(text: str) -> str:
    """Fixed text on one line; a space at either end stays, it parts words in languages that have it."""
    lead = " " if text[:1].isspace() and text[:1] == " " else ""
    tail = " " if len(text) > 1 and text.endswith(" ") else ""
    return f"{lead}{shown(text)}{tail}"


def _first(family: Family, telling: Telling) -> str:
    first = family.first
    values = (
        {"title": telling.name(first.document), "date": telling.date(first.document)}
        if first.document
        else {}
    )
    return "   " + telling.words(f"first.{first.basis}", **values)


def _print_family(console: Console, result: Result, family: Family, telling: Telling) -> None:
    from rich.text import Text

    _print_list(console, [family], 1, telling)
    console.print(_fillers(family, telling))
    for part in family.template:
        if part.fixed and part.fillers:
            console.print(_wordings(part, telling))
    console.print()
    for member in family.members:
        console.print(
            Text(
                f"{telling.document(member.document)} {telling.place(member.start, member.end)}", style="bold"
            )
        )
        console.print(Text(f"   {shown(member.text)}"))
    weakest = next((match for match in result.matches if match.id == family.weakest), None)
    if weakest is not None:
        console.print(Text("\n" + telling("weakest", match=weakest.id, score=weakest.score), style="dim"))
    for line in telling.notes(family.notes):
        console.print(Text(f"• {line}", style="red"))


def _fillers(family: Family, telling: Telling) -> RenderableType:
    """What every member puts into every slot, by date."""
    from rich.table import Table
    from rich.text import Text

    slots = [part for part in family.template if part.slot is not None]
    if not slots:
        return Text("   " + telling.words("family.noSlots"), style="dim")
    title = telling("tentative") if any(part.tentative for part in slots) else None
    table = Table(title=title, title_justify="left", title_style="dim", show_lines=len(slots) > 2)
    table.add_column(telling("member"), overflow="fold", max_width=28)
    for part in slots:
        table.add_column(f"{{{part.slot}}}", overflow="fold", header_style=_SLOT)
    rows = sorted(
        range(family.size), key=lambda n: (telling.documents[family.members[n].document].date or "~", n)
    )
    for n in rows:
        cells = [Text(shown(part.fillers[n].text) or "∅") for part in slots]
        table.add_row(Text(telling.short(family.members[n].document)), *cells)
    return table


def _wordings(part: TemplatePart, telling: Telling) -> Text:
    """A piece of frame that some members word otherwise."""
    from rich.text import Text

    said = dict.fromkeys(shown(filler.text) or "∅" for filler in part.fillers)
    return Text(f"   {shown(part.fixed or '')} ⟶ {' / '.join(said)} ({len(part.fillers)})", style="dim")
