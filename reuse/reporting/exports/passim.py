"""The two files of passim, with its column names.

`out.jsonl` has a line for every passage of a family, as passim's clusters (`cluster`, `size`, `begin`, `end`,
`uid`, `src`, `pboiler`, the document's own fields passed through); `align.jsonl` a line for every match, as
passim's `--pairwise` (`begin`, `end`, `begin2`, `end2`, `s1`, `s2`, `matches`; a gap is `-`).
Offsets are code points, as everywhere here; `id2` is the later document of a pair.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reuse.model import DocumentRecord, Family, Match, TextSpan
from reuse.reporting.folder import write_file
from reuse.reporting.lines import json_line

if TYPE_CHECKING:
    from reuse.reporting.result import Result

_OWN_FIELDS = ("title", "date", "author", "place", "series")


def write_passim(result: Result, directory: Path) -> list[Path]:
    """Write `out.jsonl` and `align.jsonl` into `directory`."""
    out, align = directory / "out.jsonl", directory / "align.jsonl"
    write_file(out, map(json_line, _passages(result)))
    write_file(align, map(json_line, _alignments(result)))
    return [out, align]


def _passages(result: Result) -> Iterator[dict[str, Any]]:
    numbered = {record.document.id: (uid, record) for uid, record in enumerate(result.documents)}
    for cluster, family in enumerate(result.families):
        boiler = _same_series_share(family, numbered)
        for member in family.members:
            yield {
                **_document_fields(*numbered[member.document]),
                "cluster": cluster,
                "size": family.size,
                "begin": member.start,
                "end": member.end,
                "text": member.text,
                "src": _source(family, member, numbered),
                "pboiler": boiler,
                "family": family.id,
            }


def _document_fields(uid: int, record: DocumentRecord) -> dict[str, Any]:
    document = record.document
    own = {name: getattr(document, name) for name in _OWN_FIELDS}
    return dict(document.metadata) | {"uid": uid, "id": document.id} | own


def _source(
    family: Family, member: TextSpan, numbered: dict[str, tuple[int, DocumentRecord]]
) -> dict[str, Any] | None:
    """The first known passage of the family, unless this is it or none is known to be first."""
    first = next((other for other in family.members if other.document == family.first.document), None)
    if first is None or family.first.basis == "unknown" or first == member:
        return None
    return {"uid": numbered[first.document][0], "id": first.document, "begin": first.start, "end": first.end}


def _same_series_share(family: Family, numbered: dict[str, tuple[int, DocumentRecord]]) -> float:
    """Of all pairs of passages of a family, the share whose documents are of one series."""
    counts: dict[str, int] = {}
    for member in family.members:
        series = numbered[member.document][1].document.series
        if series is not None:
            counts[series] = counts.get(series, 0) + 1
    size = len(family.members)
    pairs = size * (size - 1) // 2
    return sum(count * (count - 1) // 2 for count in counts.values()) / pairs if pairs else 0.0


def _alignments(result: Result) -> Iterator[dict[str, Any]]:
    numbered = {record.document.id: (uid, record) for uid, record in enumerate(result.documents)}
    for match in result.matches:
        left, right = (_document_fields(*numbered[side.document]) for side in (match.left, match.right))
        first, second = _gapped(match)
        yield {
            **left,
            **{f"{name}2": value for name, value in right.items()},
            "begin": match.left.start,
            "end": match.left.end,
            "begin2": match.right.start,
            "end2": match.right.end,
            "s1": first,
            "s2": second,
            "matches": sum(end - start for start, end, _, _ in match.aligned),
        }


def _gapped(match: Match) -> tuple[str, str]:
    """Both sides of a match at equal length, what one side lacks as `-`."""
    left, right = [], []
    here, there = match.left.start, match.right.start
    ends = (match.left.end, match.left.end, match.right.end, match.right.end)
    for start, end, other_start, other_end in (*match.aligned, ends):
        own = _text(match.left, here, start)
        other = _text(match.right, there, other_start)
        width = max(len(own), len(other))
        left += [own.ljust(width, "-"), _text(match.left, start, end)]
        right += [other.ljust(width, "-"), _text(match.right, other_start, other_end)]
        here, there = end, other_end
    return "".join(left), "".join(right)


def _text(span: TextSpan, start: int, end: int) -> str:
    return span.text[start - span.start : end - span.start]
