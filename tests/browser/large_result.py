"""A large result drawn from a seeded generator: a thousand documents, twenty thousand matches."""

from __future__ import annotations

import random

from reuse.model import (
    Document,
    DocumentRecord,
    Family,
    FirstKnown,
    Kind,
    Level,
    Match,
    Slot,
    Span,
    TemplatePart,
    TextSpan,
)
from reuse.reporting.result import Result

_SIGNS = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定"
_KINDS: tuple[Kind, ...] = ("copied", "edited", "templated", "quoted", "commonplace")


LARGE_VIEWS = (
    ("", "table.documents tbody tr >> nth=99"),
    ("#/document/7", ".view.document"),
    ("#/document/7?score=30", ".facts"),
    ("#/overview?score=30", ".view.overview"),
    ("#/families", ".view.families"),
    ("#/family/3", ".view.family"),
)
"""Views of its report, one after the other: what follows the address, and what is there when the view is."""


def large_result(
    documents: int = 1000, matches: int = 20_000, characters: int = 3000, seed: int = 7
) -> Result:
    """Documents of `characters` ideographs in lines, matches of 20 to 160 characters between random places."""
    draw = random.Random(seed)
    records = [_record(number, draw, characters) for number in range(documents)]
    found = [_match(number, records, draw) for number in range(matches)]
    families = [_family(number, found) for number in range(0, matches, 40)]
    return Result(records, [], found, families, {"scheme": "large", "settings": {}, "versions": {}})


def _record(number: int, draw: random.Random, characters: int) -> DocumentRecord:
    signs = draw.choices(_SIGNS, k=characters)
    signs[60::61] = "\n" * len(signs[60::61])
    date = f"{2000 + number % 25}-{1 + number % 12:02}-{1 + number % 28:02}"
    document = Document(
        id=f"{number:04}.txt",
        source=f"{number:04}.txt",
        text="".join(signs),
        title=f"讲话第{number}号",
        date=date,
    )
    return DocumentRecord(
        document=document, characters=characters, compared=characters, removed=(), sha256=f"{number:064x}"
    )


def _match(number: int, records: list[DocumentRecord], draw: random.Random) -> Match:
    first, second = sorted(draw.sample(range(len(records)), 2))
    length = draw.randrange(20, 160)
    left, right = (_span(records[place], length, draw) for place in (first, second))
    cut = length // 3
    kind = draw.choice(_KINDS)
    level: Level = "phrase" if kind == "commonplace" else "passage"
    (a, b), (c, d) = (left.start, right.start), (left.end, right.end)
    return Match(
        id=f"m{number}", level=level, kind=kind, left=left, right=right, score=draw.uniform(3, 60),
        evidence=draw.random(), evalue=draw.random() / 100, resemblance=0.8, left_in_right=0.9, right_in_left=0.9,
        identity=0.95, aligned=((a, a + cut, b, b + cut), (a + cut + 3, c, b + cut + 3, d)),
        slots=(Slot(Span(a + cut, a + cut + 3), Span(b + cut, b + cut + 3), "place"),),
    )  # fmt: skip


def _span(record: DocumentRecord, length: int, draw: random.Random) -> TextSpan:
    document = record.document
    start = draw.randrange(0, len(document.text) - length)
    return TextSpan(
        document.id, document.source, start, start + length, document.slice(start, start + length)
    )


def _family(number: int, matches: list[Match]) -> Family:
    match = matches[number]
    return Family(
        id=f"f{number}", kind=match.kind, level=match.level, size=2, documents=2, members=(match.left, match.right),
        template=(TemplatePart(fixed=match.left.text),), first=FirstKnown(match.left.document, "date"),
        weakest=match.id,
    )  # fmt: skip
