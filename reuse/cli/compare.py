"""`speech-reuse compare`: two texts side by side in the terminal, with what they share marked and numbered."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from rich.text import Text

    from reuse.model import Document, Match, Paragraph
    from reuse.reporting import Result

_STYLES = {"paragraph": "bold green", "passage": "green", "phrase": "yellow"}
_SLOT_STYLE = "bold magenta underline"


@click.command()
@click.argument("left", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("right", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--only-shared", is_flag=True, help="Leave out paragraphs that share nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the matches as JSON Lines instead.")
@click.option("--width", type=click.IntRange(min=40), help="Columns of the terminal to use.")
def compare(left: Path, right: Path, only_shared: bool, as_json: bool, width: int | None) -> None:
    """Show LEFT and RIGHT side by side, with what they share marked.

    Marks are ⟦number:text⟧; what differs inside a shared frame is underlined. Files are read as `scan` reads them; of one
    that holds several speeches each is compared with what the other file holds.
    """
    from rich.console import Console

    from reuse.cli.first_run import telling
    from reuse.model import silent
    from reuse.pipeline import scan_pair

    result = scan_pair(left, right, progress=telling(silent))
    pairs = _pairs(result)
    if as_json:
        from reuse.reporting import json_line

        for pair in pairs:
            for match in pair.matches:
                click.echo(json_line(match), nl=False)
        return
    console = Console(width=width, highlight=False)
    for pair in pairs:
        console.print(_table(pair, only_shared))
        for number, match in enumerate(pair.matches, start=1):
            console.print(_sentence(number, match))
    for sentence in _told(result, pairs):
        console.print(sentence)


class _Pair(NamedTuple):
    """A document of either file, their paragraphs, and what they share."""

    documents: tuple[Document, Document]
    paragraphs: Sequence[Paragraph]
    matches: Sequence[Match]


def _pairs(result: Result) -> list[_Pair]:
    """Each document of the left file with each of the right one that it shares something with; of single ones those two."""
    documents = [record.document for record in result.documents]
    left = [document for document in documents if document.id.startswith("left: ")]
    right = [document for document in documents if document.id.startswith("right: ")]
    single = len(documents) == 2
    found = defaultdict(list)
    for match in result.matches:
        found[match.left.document, match.right.document].append(match)
    return [
        _Pair((a, b), result.paragraphs, found[a.id, b.id])
        for a in left
        for b in right
        if single or found[a.id, b.id]
    ]


def _told(result: Result, pairs: Sequence[_Pair]) -> Iterator[str]:
    """What is to be said besides: of several documents how many, and why nothing was found."""
    several = Counter(record.document.id.split(": ", 1)[0] for record in result.documents)
    for side, count in several.items():
        if count > 1:
            yield f"The {side} file holds {count} speeches; each was compared with what the other file holds."
    if result.run["nothing_found"]:
        yield result.run["nothing_found"]
    elif not pairs:
        yield "The two files share nothing; what speeches of one file share is told by `speech-reuse scan`."


class _Mark(NamedTuple):
    """What happens at a position of one side: a match begins or ends, a slot begins or ends."""

    position: int
    order: int
    text: str
    style: str | None


def _table(pair: _Pair, only_shared: bool) -> object:
    from rich.table import Table

    from reuse.reporting.naming import names_of

    names = names_of(pair.documents)
    table = Table(expand=True, show_lines=True)
    for document in pair.documents:
        table.add_column(names[document.id], ratio=1, overflow="fold")
    texts = [_rendered(document, pair.matches, pair.paragraphs) for document in pair.documents]
    for left, right in _rows(pair):
        shared = [
            _shares(pair.matches, document, place)
            for document, place in zip(pair.documents, (left, right), strict=True)
        ]
        if not only_shared or any(shared):
            table.add_row(texts[0].get(left, ""), texts[1].get(right, ""))
    return table


def _shares(matches: Sequence[Match], document: Document, place: tuple[int, int] | None) -> bool:
    sides = [side for match in matches for side in (match.left, match.right) if side.document == document.id]
    return place is not None and any(side.start < place[1] and place[0] < side.end for side in sides)


def _rows(pair: _Pair) -> list[tuple[tuple[int, int] | None, tuple[int, int] | None]]:
    """Paragraphs in order on both sides; those that share most stand in one row, as far as that keeps the order."""
    left, right = (
        [(p.start, p.end) for p in pair.paragraphs if p.document == document.id]
        for document in pair.documents
    )
    partner = {place: _partner(place, left, right, pair.matches) for place in left}
    fixed = _longest_ascending([(i, partner[p]) for i, p in enumerate(left) if partner[p] is not None])
    rows: list[tuple[tuple[int, int] | None, tuple[int, int] | None]] = []
    i = j = 0
    for a, b in [*fixed, (len(left), len(right))]:
        rows += [(place, None) for place in left[i:a]]
        rows += [(None, place) for place in right[j:b]]
        if a < len(left):
            rows.append((left[a], right[b]))
        i, j = a + 1, b + 1
    return rows


def _partner(
    place: tuple[int, int],
    left: Sequence[tuple[int, int]],
    right: Sequence[tuple[int, int]],
    matches: Sequence[Match],
) -> int | None:
    """The number of the right paragraph that holds most of what this left one shares."""
    weight = [0] * len(right)
    for match in matches:
        for a, b, c, d in match.aligned:
            if a < place[1] and place[0] < b:
                for number, (start, end) in enumerate(right):
                    weight[number] += max(0, min(d, end) - max(c, start))
    best = max(weight, default=0)
    return weight.index(best) if best else None


def _longest_ascending(pairs: Sequence[tuple[int, int | None]]) -> list[tuple[int, int]]:
    """The longest part of `pairs` whose second numbers ascend (patience sorting)."""
    tails: list[int] = []
    chains: list[list[tuple[int, int]]] = []
    for a, b in pairs:
        if b is None:
            continue
        at = bisect_left(tails, b)
        chain = [*(chains[at - 1] if at else []), (a, b)]
        tails[at : at + 1], chains[at : at + 1] = [b], [chain]
    return chains[-1] if chains else []


def _rendered(
    document: Document, matches: Sequence[Match], paragraphs: Sequence[Paragraph]
) -> dict[tuple[int, int] | None, Text]:
    """Every paragraph of a document with its marks."""
    marks = _marks(document, matches)
    return {
        (p.start, p.end): _marked(document, p.start, p.end, marks)
        for p in paragraphs
        if p.document == document.id
    }


def _marks(document: Document, matches: Sequence[Match]) -> list[_Mark]:
    marks = []
    for number, match in enumerate(matches, start=1):
        is_left = match.left.document == document.id
        side = match.left if is_left else match.right
        marks.append(_Mark(side.start, 2, f"⟦{number}:", _STYLES[match.level]))
        marks.append(_Mark(side.end, 0, "⟧", None))
        for slot in match.slots:
            start, end = slot.left if is_left else slot.right
            if end > start:
                marks += [_Mark(start, 3, "", _SLOT_STYLE), _Mark(end, 1, "", _STYLES[match.level])]
    return sorted(marks)


def _marked(document: Document, start: int, end: int, marks: Sequence[_Mark]) -> Text:
    from rich.text import Text

    text = Text()
    at, style = start, ""
    for mark in marks:
        if mark.position < start:
            style = mark.style or ""
            continue
        if mark.position > end:
            break
        text.append(_visible(document.slice(at, mark.position)), style)
        at = mark.position
        text.append(mark.text, mark.style or style)
        style = mark.style or ""
    text.append(_visible(document.slice(at, end)), style)
    return text


def _visible(text: str) -> str:
    """Control characters as spaces: a text must not move the cursor of the terminal that shows it."""
    return "".join(character if character.isprintable() else " " for character in text)


def _sentence(number: int, match: Match) -> Text:
    from rich.text import Text

    text = Text()
    text.append(f"⟦{number}⟧ {match.level}, {match.kind}", _STYLES[match.level])
    text.append(
        f": {len(match.left.text)} and {len(match.right.text)} characters, {match.identity:.0%} identical, "
        f"evidence {match.evidence:.2f}, {match.left_in_right:.0%} of the left in the right, "
        f"{match.right_in_left:.0%} the other way"
    )
    return text
