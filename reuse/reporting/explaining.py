"""Why two places are a match, in words: what is shared, what differs, how rare it is, what chance gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from reuse.model import Document, Family, Match, OutputError, Slot, Span, TextSpan
from reuse.reporting.hidden import with_hidden_shown
from reuse.reporting.naming import names_of
from reuse.reporting.tables import template_sentence
from reuse.reporting.wording import Language, Wording, chance, percent

if TYPE_CHECKING:
    from reuse.reporting.result import Result


def explain(result: Result, match_id: str, language: Language) -> str:
    """A match of `result` in words, several lines of plain text.

    Raises OutputError when the result has no match of that id.
    """
    match = _find(result, match_id)
    words = Wording(language)
    documents = {record.document.id: record.document for record in result.documents}
    names = names_of(documents.values())
    lines = [words("why.title", id=match.id, **_names(match, words))]
    for side, span in (("left", match.left), ("right", match.right)):
        place = _place(words, side, documents[span.document], names[span.document], span)
        lines += ["", place, _indented(_marked(match, side))]
    lines += ["", *(f"· {sentence}" for sentence in _reasons(result, match, words, documents, names))]
    return with_hidden_shown("\n".join([*lines, "", words("notice.evidence")]))


def _find(result: Result, match_id: str) -> Match:
    for match in result.matches:
        if match.id == match_id:
            return match
    known = ", ".join(match.id for match in result.matches[:3])
    hint = f"ids look like {known}" if known else "this scan has no matches"
    raise OutputError(f"no match {match_id!r} among {len(result.matches):,}; {hint}: see matches.jsonl.")


def _names(match: Match, words: Wording) -> dict[str, str]:
    return {"level": words(f"level.{match.level}"), "kind": words(f"kind.{match.kind}")}


def _place(words: Wording, side: str, document: Document, name: str, span: TextSpan) -> str:
    known = [part for part in (document.date, document.author, document.place) if part]
    details = words("list.open") + words("list.comma").join(known) + words("list.close") if known else ""
    return words(f"why.{side}", title=name, details=details, start=span.start, end=span.end)


def _marked(match: Match, side: str) -> str:
    """The text of a side with what the other side does not have in brackets."""
    span = match.left if side == "left" else match.right
    offset = 0 if side == "left" else 2
    parts, here = [], span.start
    runs = sorted((run[offset], run[offset + 1]) for run in match.aligned)
    for start, end in (*runs, (span.end, span.end)):
        gap = _cut(span, here, start)
        # Signs that differ are no difference: half and full width are the same to the comparison.
        parts.append(f"[{gap}]" if any(map(str.isalnum, gap)) else gap)
        parts.append(_cut(span, start, end))
        here = end
    return "".join(parts)


def _cut(span: TextSpan, start: int, end: int) -> str:
    return span.text[start - span.start : end - span.start]


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines() if line.strip())


def _reasons(
    result: Result,
    match: Match,
    words: Wording,
    documents: Mapping[str, Document],
    names: Mapping[str, str],
) -> Iterator[str]:
    yield words(f"why.kind.{match.kind}")
    yield words(f"why.level.{match.level}")
    yield _shared(match, words)
    yield words(
        "why.containment",
        left=percent(match.left_in_right),
        right=percent(match.right_in_left),
        resemblance=f"{match.resemblance:.2f}",
    )
    yield _differences(match, words)
    yield words("why.score", score=f"{match.score:.1f}")
    others = len(_also_holding(result.matches, match))
    yield words("why.elsewhere", n=others) if others else words("why.elsewhere.none")
    yield words("why.evidence", evidence=f"{match.evidence:.2f}")
    yield _chance(match, words)
    family = next((family for family in result.families if family.id == match.family), None)
    if family is not None:
        yield _family(family, words, documents, names)


def _shared(match: Match, words: Wording) -> str:
    lengths = [end - start for start, end, _, _ in match.aligned]
    left, right = (span.end - span.start for span in (match.left, match.right))
    same = sum(lengths)
    begins = [run[2] for run in match.aligned]
    return words(
        "why.shared" if begins == sorted(begins) else "why.shared.moved",
        same=same,
        n=len(lengths),
        longest=max(lengths, default=0),
        left=left,
        right=right,
        left_share=percent(same / left if left else 0.0),
        right_share=percent(same / right if right else 0.0),
    )


def _differences(match: Match, words: Wording) -> str:
    if not match.slots:
        return words("why.slots.none")
    listed = words("list.semicolon").join(_difference(match, slot, words) for slot in match.slots)
    return words("why.slots", list=listed)


def _difference(match: Match, slot: Slot, words: Wording) -> str:
    texts = [
        words("why.quoted", text=_cut(span, *side)) if side.end > side.start else words("why.nothing")
        for span, side in ((match.left, slot.left), (match.right, slot.right))
    ]
    return words("why.slot", type=words(f"slot.{slot.type}"), left=texts[0], right=texts[1])


def _also_holding(matches: Iterable[Match], match: Match) -> set[str]:
    """Other documents that hold at least half of either side of `match`."""
    found = {
        other.document
        for each in matches
        for side, other in ((each.left, each.right), (each.right, each.left))
        for own in (match.left, match.right)
        if side.document == own.document and 2 * _overlap(side, own) >= own.end - own.start
    }
    return found - {match.left.document, match.right.document}


def _overlap(first: TextSpan, second: TextSpan) -> int:
    common = Span(max(first.start, second.start), min(first.end, second.end))
    return max(0, common.end - common.start)


def _chance(match: Match, words: Wording) -> str:
    if match.evalue is None:
        return words("why.evalue.none")
    return words("why.evalue", evalue=chance(match.evalue, words))


def _family(
    family: Family, words: Wording, documents: Mapping[str, Document], names: Mapping[str, str]
) -> str:
    told = words(
        "why.family",
        id=family.id,
        size=family.size,
        documents=family.documents,
        template=template_sentence(family.template),
    )
    first = documents.get(family.first.document or "")
    if first is None:
        return told
    return told + words(f"first.{family.first.basis}", title=names[first.id], date=first.date or "")
