"""Where an edited paragraph stands: alone, merged, split, inside foreign text, or only a clause of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.quality.edits import Edit, clauses, sentences
from tests.quality.lexicon import Stock

CLAUSE_LENGTHS = range(15, 41)


class ForeignText:
    """Paragraphs that have nothing to do with the rest, each given out once."""

    def __init__(self, paragraphs: Iterable[str]) -> None:
        self._left = list(paragraphs)

    def paragraph(self) -> str:
        """The next paragraph. Raises ValueError when none is left, since one used twice would be reuse."""
        if not self._left:
            raise ValueError("no foreign paragraph is left: give more of them, or lay out fewer cases")
        return self._left.pop()

    def at_least(self, characters: int) -> list[str]:
        """Sentences of whole paragraphs, together at least this long."""
        taken: list[str] = []
        while sum(map(len, taken)) < characters:
            taken += sentences(self.paragraph())
        return taken


@dataclass(frozen=True, slots=True)
class Laid:
    """Text for the suspicious document: what of it is reused, and from where in the paragraph."""

    text: str
    start: int
    end: int
    source_start: int
    source_end: int


Layout = Callable[[str, Edit, random.Random, Stock, ForeignText], Laid]


def alone(paragraph: str, edit: Edit, source: random.Random, stock: Stock, _foreign: ForeignText) -> Laid:
    """The edited paragraph is a paragraph."""
    return _between("", edit(paragraph, source, stock), "", paragraph)


def merged(paragraph: str, edit: Edit, source: random.Random, stock: Stock, foreign: ForeignText) -> Laid:
    """The edited paragraph and a foreign one are one paragraph."""
    edited, other = edit(paragraph, source, stock), foreign.paragraph()
    return _between(*((other, edited, "") if source.random() < 0.5 else ("", edited, other)), paragraph)


def split(paragraph: str, edit: Edit, source: random.Random, stock: Stock, _foreign: ForeignText) -> Laid:
    """The edited paragraph is cut into two, at the sentence end nearest its middle (else at a clause end)."""
    edited = edit(paragraph, source, stock)
    parts = sentences(edited)
    parts = parts if len(parts) > 1 else clauses(edited)
    cuts = [len("".join(parts[: n + 1])) for n in range(len(parts) - 1)] or [len(edited) // 2]
    cut = min(cuts, key=lambda place: abs(place - len(edited) / 2))
    return _between("", f"{edited[:cut]}\n{edited[cut:]}", "", paragraph)


def embedded(times: int) -> Layout:
    """The edited paragraph stands inside foreign text this many times as long, with no paragraph border."""

    def layout(paragraph: str, edit: Edit, source: random.Random, stock: Stock, foreign: ForeignText) -> Laid:
        edited = edit(paragraph, source, stock)
        around = foreign.at_least(times * len(edited))
        place = source.randrange(1, len(around)) if len(around) > 1 else 0
        return _between("".join(around[:place]), edited, "".join(around[place:]), paragraph)

    return layout


def clause(paragraph: str, edit: Edit, source: random.Random, stock: Stock, foreign: ForeignText) -> Laid:
    """One clause of 15 to 40 characters, or neighbours that are as long together, in a foreign paragraph.

    The gold is the clause without its end mark, in both documents. The paragraph must have such a clause.
    """
    start, end = source.choice(clause_spans(paragraph))
    edited = edit(paragraph[start:end], source, stock)
    around = clauses(foreign.paragraph())
    place = source.randrange(1, len(around)) if len(around) > 1 else 0
    laid = _between("".join(around[:place]), edited, "，" + "".join(around[place:]), paragraph)
    return Laid(laid.text, laid.start, laid.end, start, end)


def clause_spans(paragraph: str) -> list[tuple[int, int]]:
    """Spans of 15 to 40 characters that begin and end with clauses, end marks of the last one left out."""
    parts = clauses(paragraph)
    borders = [len("".join(parts[:n])) for n in range(len(parts) + 1)]
    spans = [
        (start, start + len(paragraph[start:end].rstrip("，。：；！？,:;!?.")))
        for n, start in enumerate(borders)
        for end in borders[n + 1 :]
    ]
    return [(start, end) for start, end in spans if end - start in CLAUSE_LENGTHS]


def has_clause(paragraph: str) -> bool:
    """Whether there is such a span."""
    return bool(clause_spans(paragraph))


def _between(before: str, edited: str, after: str, paragraph: str) -> Laid:
    return Laid(before + edited + after, len(before), len(before) + len(edited), 0, len(paragraph))
