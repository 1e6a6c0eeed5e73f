"""Detectors that are known to be good or poor: what the harness is tested against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from reuse.model import Document, Kind, Level, Match, TextSpan
from tests.quality.detector import Place
from tests.quality.metrics import Case


def made_match(left: Place, right: Place, level: Level = "passage", kind: Kind = "copied") -> Match:
    """A match at two places, with figures that say nothing."""
    return Match(
        id=f"{left.document}:{left.start}-{right.document}:{right.start}",
        level=level,
        kind=kind,
        left=TextSpan(left.document, left.document, left.start, left.end, ""),
        right=TextSpan(right.document, right.document, right.start, right.end, ""),
        score=10.0,
        evidence=0.9,
        evalue=None,
        resemblance=0.5,
        left_in_right=0.5,
        right_in_left=0.5,
        identity=0.9,
        aligned=(),
    )


def oracle(cases: Iterable[Case]) -> list[Match]:
    """Exactly the gold, sides exchanged in every second match."""
    pairs = [(c.left, c.right) if n % 2 else (c.right, c.left) for n, c in enumerate(cases)]
    return [made_match(left, right) for left, right in pairs]


def shared_gram_detector(documents: Sequence[Document], size: int = 8, gap: int = 12) -> list[Match]:
    """Every chain of shared character grams, by document pair: finds copies, not much else."""
    postings: dict[str, dict[str, list[int]]] = {}
    for document in documents:
        for start in range(len(document.text) - size + 1):
            gram = document.text[start : start + size]
            postings.setdefault(gram, {}).setdefault(document.id, []).append(start)
    hits: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for holders in postings.values():
        for left, right in combinations(sorted(holders), 2):
            pairs = [(a, b) for a in holders[left] for b in holders[right]]
            hits.setdefault((left, right), []).extend(pairs)
    return [
        made_match(Place(left, a, b), Place(right, c, d))
        for (left, right), found in sorted(hits.items())
        for a, b, c, d in _chains(sorted(found), size, gap)
    ]


def _chains(hits: list[tuple[int, int]], size: int, gap: int) -> list[tuple[int, int, int, int]]:
    chains: list[tuple[int, int, int, int]] = []
    for left, right in hits:
        if chains:
            a, b, c, d = chains[-1]
            if left <= b + gap and c <= right <= d + gap:
                chains[-1] = (a, left + size, c, max(d, right + size))
                continue
        chains.append((left, left + size, right, right + size))
    return chains
