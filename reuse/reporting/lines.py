"""The long tables of the output folder as JSON Lines, written field by field.

The same bytes as `coding.json_text` of each value (a test holds them to it), in a tenth of the time: a corpus of a
million paragraphs has a million of these lines, and more matches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from json.encoder import encode_basestring

from reuse.match_table import KINDS, LEVELS, SLOT_TYPES, MatchTable
from reuse.model import Match, Paragraph
from reuse.reporting.coding import LONE_SURROGATE, json_text

_BLOCK = 4096


def match_lines(matches: Sequence[Match]) -> Iterator[str]:
    """A line for each match, in order."""
    if not isinstance(matches, MatchTable):
        yield from (json_text(match) + "\n" for match in matches)
        return
    for first in range(0, len(matches), _BLOCK):
        yield from _block(matches, first, min(first + _BLOCK, len(matches)))


def paragraph_lines(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    """A line for each paragraph, in order."""
    for each in paragraphs:
        best = "null" if each.best is None else json_text(each.best)
        families = f"[{', '.join(map(encode_basestring, each.families))}]"
        yield _without_lone(
            f'{{"document": {encode_basestring(each.document)}, "source": {encode_basestring(each.source)}, '
            f'"start": {each.start}, "end": {each.end}, "reused_ratio": {each.reused_ratio!r}, '
            f'"kind": {_named(each.kind)}, "best": {best}, "families": {families}}}\n'
        )


def _block(table: MatchTable, first: int, last: int) -> Iterator[str]:
    rows = slice(first, last)
    columns = (
        table.left[rows],
        table.right[rows],
        table.span[rows],
        table.level[rows],
        table.kind[rows],
        table.score[rows],
        table.evidence[rows],
        table.resemblance[rows],
        table.left_in_right[rows],
        table.right_in_left[rows],
        table.identity[rows],
        table.family[rows],
    )
    runs = table.aligned_offsets[first : last + 1].tolist()
    slots = table.slot_offsets[first : last + 1].tolist()
    aligned = table.aligned[runs[0] : runs[-1]].tolist()
    for n, row in enumerate(zip(*(column.tolist() for column in columns), strict=True)):
        (
            left,
            right,
            (a, b, c, d),
            level,
            kind,
            score,
            evidence,
            alike,
            in_right,
            in_left,
            identity,
            family,
        ) = row
        yield _without_lone(
            f'{{"id": {encode_basestring(table.id(first + n))}, "level": "{LEVELS[level]}", "kind": "{KINDS[kind]}", '
            f'"left": {_side(table, left, a, b)}, "right": {_side(table, right, c, d)}, '
            f'"score": {score!r}, "evidence": {evidence!r}, "evalue": null, "resemblance": {alike!r}, '
            f'"left_in_right": {in_right!r}, "right_in_left": {in_left!r}, "identity": {identity!r}, '
            f'"aligned": {aligned[runs[n] - runs[0] : runs[n + 1] - runs[0]]}, '
            f'"slots": [{_slots(table, slots[n], slots[n + 1])}], '
            f'"family": {_named(table.families[family] if family >= 0 else None)}}}\n'
        )


def _side(table: MatchTable, number: int, start: int, end: int) -> str:
    document = table.documents[number]
    return (
        f'{{"document": {encode_basestring(document.id)}, "source": {encode_basestring(document.source)}, '
        f'"start": {start}, "end": {end}, "text": {encode_basestring(document.slice(start, end))}}}'
    )


def _slots(table: MatchTable, first: int, last: int) -> str:
    if first == last:
        return ""
    rows = zip(table.slots[first:last].tolist(), table.slot_type[first:last].tolist(), strict=True)
    return ", ".join(
        f'{{"left": [{a}, {b}], "right": [{c}, {d}], "type": "{SLOT_TYPES[kind]}"}}'
        for (a, b, c, d), kind in rows
    )


def _named(name: str | None) -> str:
    return "null" if name is None else encode_basestring(name)


def _without_lone(line: str) -> str:
    """Lone surrogates as escapes: UTF-8 has none."""
    if line.isascii():
        return line
    return LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", line)
