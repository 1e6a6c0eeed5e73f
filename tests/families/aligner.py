"""A small aligner that owes nothing to the package: what families are tested on when matching is not to be trusted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import combinations

from reuse.model import Document, Kind, Level, Match, Slot, TextSpan

Run = tuple[int, int, int, int]


def pairwise_matches(documents: Sequence[Document], *, whole: bool = False, gram: int = 4) -> list[Match]:
    """Every passage that two documents share, slogans included; `whole` makes both spans the whole documents."""
    matches: list[Match] = []
    for left, right in sorted(_candidates(documents, gram)):
        for runs in chains(documents[left].text, documents[right].text):
            name = f"m{len(matches):06d}"
            level: Level = "paragraph" if whole else "passage"
            matches.append(
                made_match(name, documents[left], documents[right], runs, level=level, whole=whole)
            )
    return matches


def made_match(
    name: str,
    left: Document,
    right: Document,
    runs: Sequence[Run],
    *,
    level: Level = "passage",
    kind: Kind | None = None,
    slots: Sequence[Slot] = (),
    whole: bool = False,
    figures: tuple[float, float, float, float] | None = None,
) -> Match:
    """A match whose spans are the hulls of its equal runs, or the whole documents.

    Resemblance, both containments and identity follow from them where they are not given.
    """
    ordered = tuple(sorted(runs))
    sides = (
        _side(left, ordered[0][0], max(run[1] for run in ordered), whole),
        _side(right, min(run[2] for run in ordered), max(run[3] for run in ordered), whole),
    )
    equal = sum(run[1] - run[0] for run in ordered)
    shares = [min(1.0, equal / max(1, side.end - side.start)) for side in sides]
    union = sum(side.end - side.start for side in sides) - equal
    resemblance, here, there, same = figures or (min(1.0, equal / max(1, union)), *shares, max(shares))
    return Match(
        id=name,
        level=level,
        kind=kind or ("copied" if min(shares) > 0.95 else "edited"),
        left=sides[0],
        right=sides[1],
        score=float(equal),
        evidence=0.9,
        evalue=None,
        resemblance=resemblance,
        left_in_right=here,
        right_in_left=there,
        identity=same,
        aligned=ordered,
        slots=tuple(slots),
    )


def chains(left: str, right: str) -> list[list[Run]]:
    """Equal runs of two texts, chained over gaps of at most twenty characters; chains of ten equal ones and more."""
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    runs = [(a, a + n, b, b + n) for a, b, n in blocks if n >= 2]
    found: list[list[Run]] = []
    for run in runs:
        last = found[-1][-1] if found else None
        if last and run[0] - last[1] <= 20 and run[2] - last[3] <= 20:
            found[-1].append(run)
        else:
            found.append([run])
    return [chain for chain in found if sum(run[1] - run[0] for run in chain) >= 10]


def _side(document: Document, start: int, end: int, whole: bool) -> TextSpan:
    if whole:
        start, end = document.start, document.end
    return TextSpan(document.id, document.source, start, end, document.slice(start, end))


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
