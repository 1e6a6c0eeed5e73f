"""What the page knows, in pieces that are inflated when a view asks for them.

    index        documents, matches (as columns), families in short, run: all that ratios need
    alignments   equal runs and slots of every match
    families     members, template and notes of every family
    texts-N      texts and metadata of a block of documents

Offsets are code points from the beginning of the *document*; documents, matches and families are known by
their number in the result.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reuse.auditing.formulas import phrases, quoted
from reuse.config import AuditSettings
from reuse.families.chronology import moments
from reuse.model import DocumentRecord, Family, Match, TemplatePart
from reuse.reporting.coding import encode
from reuse.reporting.cutting import audit_settings, compared_positions, version_numbers

if TYPE_CHECKING:
    from reuse.arrays import I64, Bool
    from reuse.reporting.result import Result

_BLOCK = 400_000  # characters of text in a block: inflated in some 20 ms
_EXCERPT = 400  # characters of a family's text in the index
# What a run says about itself that does not change from run to run: the report of the same input is the same.
_RUN_FIELDS = ("scheme", "settings", "versions", "counts", "skipped", "warnings", "nothing_found")
_PART = {"commonplace": "phrase"}
_NOT_ANSWERS = ("jobs", "memory", "quiet", "progress")


def pieces(result: Result) -> dict[str, Any]:
    """Every piece by name, as plain values."""
    numbers = {record.document.id: number for number, record in enumerate(result.documents)}
    starts = [record.document.start for record in result.documents]
    blocks = list(_blocks(result.documents))
    places = {
        number: (block, place) for block, each in enumerate(blocks) for place, number in enumerate(each)
    }
    texts = {
        f"texts-{block}": [_text(result.documents[number]) for number in each]
        for block, each in enumerate(blocks)
    }
    families = {family.id: number for number, family in enumerate(result.families)}
    settings = audit_settings(result.run)
    rows = [_document(record, places[number], numbers) for number, record in enumerate(result.documents)]
    return {
        "index": {
            "run": run_facts(result.run),
            "audit": encode(settings),
            "digest": digest(result.documents),
            "documents": [row | known for row, known in zip(rows, _auditing(result, settings), strict=True)],
            "families": [_family(family, numbers) for family in result.families],
            "matches": _match_columns(result.matches, numbers, starts, families),
        },
        "alignments": _alignments(result.matches, numbers, starts),
        "families": [_family_details(family, numbers, starts) for family in result.families],
        **texts,
    }


def digest(documents: list[DocumentRecord]) -> str:
    """One SHA-256 over the ids and digests of all documents, in order: which inputs a report speaks of."""
    lines = "".join(f"{record.sha256} {record.document.id}\n" for record in documents)
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()


def run_facts(run: Mapping[str, Any]) -> dict[str, Any]:
    """What `run.json` holds that follows from input and settings alone: no seconds, no memory, no jobs."""
    facts = {name: run[name] for name in _RUN_FIELDS if name in run}
    settings = facts.get("settings")
    if isinstance(settings, Mapping):
        facts["settings"] = {name: value for name, value in settings.items() if name not in _NOT_ANSWERS}
    return facts


def _blocks(documents: list[DocumentRecord]) -> Iterator[list[int]]:
    block: list[int] = []
    size = 0
    for number, record in enumerate(documents):
        block.append(number)
        size += record.characters
        if size >= _BLOCK:
            yield block
            block, size = [], 0
    if block:
        yield block


def _text(record: DocumentRecord) -> dict[str, Any]:
    return {"text": record.document.text, "metadata": record.document.metadata}


def _document(record: DocumentRecord, place: tuple[int, int], numbers: dict[str, int]) -> dict[str, Any]:
    document = record.document
    return {
        "id": document.id,
        "source": document.source,
        "title": document.title,
        "date": document.date,
        "day": _day(document.date),
        "author": document.author,
        "place": document.place,
        "series": document.series,
        "start": document.start,
        "characters": record.characters,
        "truncated": document.truncated,
        "removed": [
            [mark.start - document.start, mark.end - document.start, mark.reason] for mark in record.removed
        ],
        "sha256": record.sha256,
        "at": place,
        "notes": [_note(note, numbers) for note in record.originality.notes] if record.originality else [],
    }


def _auditing(result: Result, settings: AuditSettings) -> Iterator[dict[str, Any]]:
    """What the formulas need to know of each document besides the matches.

    `steps` say what is compared: so many characters left out, so many compared, and so on. `phrases` and `quoted`
    are ranges of compared characters; `first` and `last` the moments its date may mean.
    """
    compared = compared_positions(result.documents)
    versions = version_numbers(result.documents, result.matches).tolist()
    for record, positions, version in zip(result.documents, compared, versions, strict=True):
        document = record.document
        first, last = moments(document.date) or (None, None)
        yield {
            "steps": _steps(positions - document.start),
            "phrases": _ranges(phrases(document, positions, settings.phrases)),
            "quoted": _ranges(quoted(document, positions)),
            "first": first,
            "last": last,
            "version": version,
            "base": document.id in settings.base_documents,
        }


def _steps(offsets: I64) -> list[int]:
    import numpy as np

    heads = np.flatnonzero(np.diff(offsets, prepend=-2) != 1)
    starts, counts = offsets[heads], np.diff(np.append(heads, len(offsets)))
    gaps = starts - np.append(0, (starts + counts)[:-1])
    return [int(step) for pair in zip(gaps, counts, strict=True) for step in pair]


def _ranges(mask: Bool) -> list[int]:
    """Starts and ends of the stretches where `mask` is set, in turn."""
    import numpy as np

    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False]))))
    return [int(edge) for edge in edges]


def _day(date: str | None) -> int | None:
    """The first day a date may mean, as days since 1970."""
    import datetime

    found = moments(date)
    if found is None:
        return None
    first = found[0] // 10**6
    try:
        day = datetime.date(first // 10000, first // 100 % 100, first % 100)
    except ValueError:  # the 31st of a month of thirty days
        return None
    return (day - datetime.date(1970, 1, 1)).days


def _match_columns(
    matches: Sequence[Match], numbers: dict[str, int], starts: list[int], families: dict[str, int]
) -> dict[str, list[Any]]:
    rows = [_match(match, numbers, starts, families) for match in matches]
    return {name: [row[name] for row in rows] for name in (rows[0] if rows else {})}


def _match(
    match: Match, numbers: dict[str, int], starts: list[int], families: dict[str, int]
) -> dict[str, Any]:
    left, right = numbers[match.left.document], numbers[match.right.document]
    return {
        "id": match.id,
        "level": match.level,
        "kind": match.kind,
        "left": left,
        "ls": match.left.start - starts[left],
        "le": match.left.end - starts[left],
        "right": right,
        "rs": match.right.start - starts[right],
        "re": match.right.end - starts[right],
        "score": match.score,
        "evidence": match.evidence,
        "evalue": match.evalue,
        "resemblance": match.resemblance,
        "left_in_right": match.left_in_right,
        "right_in_left": match.right_in_left,
        "identity": match.identity,
        "family": families.get(match.family) if match.family else None,
        "part": _PART.get(match.kind, match.kind) if match.level != "phrase" else "phrase",
    }


def _alignments(matches: Sequence[Match], numbers: dict[str, int], starts: list[int]) -> dict[str, Any]:
    aligned, slots = [], []
    for match in matches:
        left, right = starts[numbers[match.left.document]], starts[numbers[match.right.document]]
        aligned.append([[a - left, b - left, c - right, d - right] for a, b, c, d in match.aligned])
        slots.append(
            [
                [
                    slot.left.start - left,
                    slot.left.end - left,
                    slot.right.start - right,
                    slot.right.end - right,
                    slot.type,
                ]
                for slot in match.slots
            ]
        )
    return {"aligned": aligned, "slots": slots}


def _family(family: Family, numbers: dict[str, int]) -> dict[str, Any]:
    return {
        "id": family.id,
        "kind": family.kind,
        "level": family.level,
        "size": family.size,
        "documents": family.documents,
        "first": numbers.get(family.first.document) if family.first.document else None,
        "basis": family.first.basis,
        "weakest": family.weakest,
        "notes": len(family.notes),
        "part": _PART.get(family.kind, family.kind),
        "excerpt": _excerpt(family.template),
    }


def _excerpt(template: tuple[TemplatePart, ...]) -> list[str | list[str]]:
    """The beginning of a template: fixed text as text, a slot as a list of its name."""
    parts: list[str | list[str]] = []
    left = _EXCERPT
    for part in template:
        text = part.fixed if part.fixed is not None else part.slot or ""
        parts.append(text[:left] if part.fixed is not None else [text])
        left -= len(text)
        if left <= 0:
            break
    return parts


def _family_details(family: Family, numbers: dict[str, int], starts: list[int]) -> dict[str, Any]:
    members = []
    for member in family.members:
        number = numbers[member.document]
        members.append([number, member.start - starts[number], member.end - starts[number]])
    return {
        "members": members,
        "template": [_part(part, starts, numbers) for part in family.template],
        "notes": [_note(note, numbers) for note in family.notes],
    }


def _part(part: TemplatePart, starts: list[int], numbers: dict[str, int]) -> dict[str, Any]:
    if part.fixed is not None:
        return {"fixed": part.fixed}
    fillers = [[numbers[filler.document], filler.text] for filler in part.fillers]
    return {"slot": part.slot, "type": part.type, "tentative": part.tentative, "fillers": fillers}


def _note(note: Mapping[str, Any], numbers: dict[str, int]) -> dict[str, Any]:
    """A remark with its documents by number: `n` the one it is about, `ns` several, `owner` whose word it is."""
    told = {
        name: value
        for name, value in note.items()
        if name not in ("document", "documents", "belongs_to", "places")
    }
    places = [place["document"] for place in note.get("places", ())]
    return told | {
        "n": numbers.get(note.get("document", "")),
        "ns": [numbers[name] for name in [*note.get("documents", ()), *places] if name in numbers],
        "owner": numbers.get(note.get("belongs_to", "")),
    }
