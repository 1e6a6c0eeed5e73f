"""The tables of the output folder as JSON Lines, written field by field.

The same bytes as `coding.json_text` of each value (tests hold them to it), in a fraction of the time: a corpus of a
million paragraphs has a million lines of these, and several million matches. Lines come in blocks, so that processes can
share them out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from json.encoder import encode_basestring
from typing import Any, TypeVar

from reuse.match_table import KINDS, LAYERS, LEVELS, SLOT_TYPES, CountedSpans, MatchTable
from reuse.model import CountedSpan, Family, Match, Originality, Paragraph, TemplatePart, TextSpan
from reuse.reporting.coding import LONE_SURROGATE, json_text
from reuse.sharing import in_turn

T = TypeVar("T")

_BLOCK = 4096
"""Lines written at once: a few megabytes."""


def lines_of(values: Sequence[T], line: Callable[[T], str], jobs: int = 1) -> Iterator[bytes]:
    """The lines of some values, in blocks."""
    return _blocks(len(values), lambda first, last: "".join(map(line, values[first:last])), jobs)


def match_lines(matches: Sequence[Match], jobs: int = 1) -> Iterator[bytes]:
    """A line for each match, in blocks."""
    if not isinstance(matches, MatchTable):
        return lines_of(matches, json_line, jobs)
    return _blocks(len(matches), lambda first, last: "".join(_match_rows(matches, first, last)), jobs)


def _blocks(count: int, text: Callable[[int, int], str], jobs: int) -> Iterator[bytes]:
    """What `text` says of 0, 1, … `count - 1`, a range of them at a time."""

    def block(number: int) -> bytes:
        return encoded(text(number * _BLOCK, min((number + 1) * _BLOCK, count)))

    return in_turn(block, -(-count // _BLOCK), jobs)


def encoded(text: str) -> bytes:
    """A text of JSON as UTF-8, lone surrogates as escapes: UTF-8 has none."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode()


def json_line(value: Any) -> str:
    """`value` as one line of JSON."""
    return json_text(value) + "\n"


def paragraph_line(paragraph: Paragraph) -> str:
    """The line of a paragraph."""
    best = "null" if paragraph.best is None else json_text(paragraph.best)
    return (
        f'{{"document": {_quoted(paragraph.document)}, "source": {_quoted(paragraph.source)}, '
        f'"start": {paragraph.start}, "end": {paragraph.end}, "reused_ratio": {paragraph.reused_ratio!r}, '
        f'"kind": {_named(paragraph.kind)}, "best": {best}, "families": {_names(paragraph.families)}}}\n'
    )


def family_line(family: Family) -> str:
    """The line of a family."""
    first = f'{{"document": {_named(family.first.document)}, "basis": {_quoted(family.first.basis)}}}'
    return (
        f'{{"id": {_quoted(family.id)}, "kind": {_quoted(family.kind)}, "level": {_quoted(family.level)}, '
        f'"size": {family.size}, "documents": {family.documents}, "members": [{", ".join(map(_span, family.members))}], '
        f'"template": [{", ".join(map(_part, family.template))}], "first": {first}, '
        f'"weakest": {_named(family.weakest)}, "notes": {_rest(family.notes)}}}\n'
    )


def originality_text(originality: Originality | None) -> str:
    """The figures of a document, with the spans they rest on."""
    if originality is None:
        return "null"
    own = originality
    return (
        f'{{"reused_ratio": {own.reused_ratio!r}, "copied_ratio": {own.copied_ratio!r}, '
        f'"templated_ratio": {own.templated_ratio!r}, "phrase_ratio": {own.phrase_ratio!r}, '
        f'"quoted_ratio": {own.quoted_ratio!r}, "score": {own.score!r}, '
        f'"max_source": {"null" if own.max_source is None else json_text(own.max_source)}, '
        f'"longest_run": {own.longest_run}, "basis": {_quoted(own.basis)}, "sources": {own.sources}, '
        f'"self_reused_ratio": {own.self_reused_ratio!r}, "counted": {own.counted}, "reused": {own.reused}, '
        f'"versions": {_names(own.versions)}, "spans": [{", ".join(_spans(own.spans))}], '
        f'"notes": {_rest(own.notes)}}}'
    )


def _spans(spans: Sequence[CountedSpan]) -> Iterator[str]:
    if not isinstance(spans, CountedSpans):
        yield from map(_counted, spans)
        return
    table = spans.matches
    for (
        start,
        end,
        characters,
        layer,
        document,
        source_start,
        source_end,
        others,
        match,
    ) in spans.rows.tolist():
        told = f'{{"start": {start}, "end": {end}, "characters": {characters}, "layer": "{LAYERS[layer]}", '
        if document < 0:
            yield told + _BY_FORM
            continue
        yield (
            f'{told}"document": {_quoted(table.documents[document].id)}, "source_start": {source_start}, '
            f'"source_end": {source_end}, "others": {others}, "match": {_quoted(table.id(match))}, '
            f'"family": {_named(table.family_of(match))}}}'
        )


_BY_FORM = (
    '"document": null, "source_start": null, "source_end": null, "others": 0, "match": null, "family": null}'
)


def _counted(span: CountedSpan) -> str:
    return (
        f'{{"start": {span.start}, "end": {span.end}, "characters": {span.characters}, "layer": "{span.layer}", '
        f'"document": {_named(span.document)}, "source_start": {_count(span.source_start)}, '
        f'"source_end": {_count(span.source_end)}, "others": {span.others}, "match": {_named(span.match)}, '
        f'"family": {_named(span.family)}}}'
    )


def _span(span: TextSpan) -> str:
    return (
        f'{{"document": {_quoted(span.document)}, "source": {_quoted(span.source)}, '
        f'"start": {span.start}, "end": {span.end}, "text": {_quoted(span.text)}}}'
    )


def _part(part: TemplatePart) -> str:
    """A template part is either fixed text or a slot; see `coding` for which fields it has."""
    fillers = ", ".join(
        [
            f'{{"document": {_quoted(filler.document)}, "text": {_quoted(filler.text)}, '
            f'"start": {filler.start}, "end": {filler.end}}}'
            for filler in part.fillers
        ]
    )
    if part.fixed is not None:
        return f'{{"fixed": {_quoted(part.fixed)}' + (f', "fillers": [{fillers}]}}' if fillers else "}")
    return (
        f'{{"slot": {_named(part.slot)}, "type": {_named(part.type)}, "fillers": [{fillers}], '
        f'"tentative": {"true" if part.tentative else "false"}}}'
    )


def _match_rows(table: MatchTable, first: int, last: int) -> Iterator[str]:
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
    runs = (table.aligned_offsets[first : last + 1] - table.aligned_offsets[first]).tolist()
    slots = (table.slot_offsets[first : last + 1] - table.slot_offsets[first]).tolist()
    aligned = table.aligned[slice(*table.aligned_offsets[[first, last]])].tolist()
    differing = list(_slots(table, *table.slot_offsets[[first, last]].tolist()))
    heads = _heads(table, first, last)
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
        yield (
            f'{{"id": {_quoted(table.id(first + n))}, "level": "{LEVELS[level]}", "kind": "{KINDS[kind]}", '
            f'"left": {heads[left]}{a}, "end": {b}, "text": {_quoted(table.documents[left].slice(a, b))}}}, '
            f'"right": {heads[right]}{c}, "end": {d}, "text": {_quoted(table.documents[right].slice(c, d))}}}, '
            f'"score": {score!r}, "evidence": {evidence!r}, "evalue": null, "resemblance": {alike!r}, '
            f'"left_in_right": {in_right!r}, "right_in_left": {in_left!r}, "identity": {identity!r}, '
            f'"aligned": {aligned[runs[n] : runs[n + 1]]}, "slots": [{", ".join(differing[slots[n] : slots[n + 1]])}], '
            f'"family": {_named(table.families[family] if family >= 0 else None)}}}\n'
        )


def _heads(table: MatchTable, first: int, last: int) -> dict[int, str]:
    """How the spans of each document in some rows begin."""
    held = {*table.left[first:last].tolist(), *table.right[first:last].tolist()}
    some = ((number, table.documents[number]) for number in held)
    return {
        number: f'{{"document": {_quoted(document.id)}, "source": {_quoted(document.source)}, "start": '
        for number, document in some
    }


def _slots(table: MatchTable, first: int, last: int) -> Iterator[str]:
    rows = zip(table.slots[first:last].tolist(), table.slot_type[first:last].tolist(), strict=True)
    for (a, b, c, d), kind in rows:
        yield f'{{"left": [{a}, {b}], "right": [{c}, {d}], "type": "{SLOT_TYPES[kind]}"}}'


_quoted = encode_basestring


def _named(name: str | None) -> str:
    return "null" if name is None else encode_basestring(name)


def _names(names: Iterable[str]) -> str:
    return f"[{', '.join(map(encode_basestring, names))}]"


def _count(number: int | None) -> str:
    return "null" if number is None else str(number)


def _rest(values: Sequence[Any]) -> str:
    """What has no form of its own."""
    return json_text(values) if values else "[]"
