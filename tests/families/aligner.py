"""A small aligner that owes nothing to the package: what families are tested on when matching is not to be trusted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import combinations

from reuse.model import Document, Kind, Level, Match, Slot, Span, TextSpan

Run = tuple[int, int, int, int]


def pairwise_matches(documents: Sequence[Document], *, whole: bool = False, gram: int = 4) -> list[Match]:
    """Every passage that two documents share, slogans included; `whole` makes both spans the whole documents."""
    matches: list[Match] = []
    for left, right in sorted(_candidates(documents, gram)):
        for runs in _chains(documents[left].text, documents[right].text):
            matches.append(_match(f"m{len(matches):06d}", documents[left], documents[right], runs, whole))
    return matches


def made_match(
    identity: str,
    left: Document,
    right: Document,
    runs: Sequence[Run],
    *,
    level: Level = "passage",
    kind: Kind | None = None,
    slots: Sequence[Slot] = (),
) -> Match:
    """A match whose spans are the hulls of its equal runs; the figures follow from them."""
    ordered = tuple(sorted(runs))
    spans = [
        TextSpan(document.id, document.source, start, end, document.slice(start, end))
        for document, start, end in (
            (left, min(r[0] for r in ordered), max(r[1] for r in ordered)),
            (right, min(r[2] for r in ordered), max(r[3] for r in ordered)),
        )
    ]
    equal = sum(run[1] - run[0] for run in ordered)
    shares = [min(1.0, equal / max(1, span.end - span.start)) for span in spans]
    resemblance = equal / max(1, sum(span.end - span.start for span in spans) - equal)
    return Match(
        id=identity,
        level=level,
        kind=kind or ("copied" if min(shares) > 0.95 else "edited"),
        left=spans[0],
        right=spans[1],
        score=float(equal),
        evidence=0.9,
        evalue=None,
        resemblance=min(1.0, resemblance),
        left_in_right=shares[0],
        right_in_left=shares[1],
        identity=max(shares),
        aligned=ordered,
        slots=tuple(slots),
    )


def _candidates(documents: Sequence[Document], gram: int) -> set[tuple[int, int]]:
    holders: dict[str, set[int]] = defaultdict(set)
    for number, document in enumerate(documents):
        for start in range(len(document.text) - gram + 1):
            holders[document.text[start : start + gram]].add(number)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for numbers in holders.values():
        for pair in combinations(sorted(numbers), 2):
            shared[pair] += 1
    return {pair for pair, count in shared.items() if count >= 4}


def _chains(left: str, right: str) -> list[list[Run]]:
    """Equal runs of two texts, chained over gaps of at most twenty characters; chains of ten equal ones and more."""
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    runs = [(a, a + n, b, b + n) for a, b, n in blocks if n >= 2]
    chains: list[list[Run]] = []
    for run in runs:
        last = chains[-1][-1] if chains else None
        if last and run[0] - last[1] <= 20 and run[2] - last[3] <= 20:
            chains[-1].append(run)
        else:
            chains.append([run])
    return [chain for chain in chains if sum(run[1] - run[0] for run in chain) >= 10]


def _match(identity: str, left: Document, right: Document, runs: list[Run], whole: bool) -> Match:
    match = made_match(identity, left, right, runs)
    if not whole:
        return match
    outer = [TextSpan(d.id, d.source, d.start, d.end, d.text) for d in (left, right)]
    narrow = {field: getattr(match, field) for field in Match.__dataclass_fields__}
    return Match(**{**narrow, "left": outer[0], "right": outer[1], "level": "paragraph"})


def whole_span(document: Document) -> Span:
    """All of a document."""
    return Span(document.start, document.end)
