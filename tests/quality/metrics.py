"""Measures of a detection against gold: character precision and recall, granularity, plagdet.

Potthast, Stein, Barrón-Cedeño, Rosso: An evaluation framework for plagiarism detection (COLING 2010);
averages are over cases and over detections, as PAN reports them, and the characters of both sides count.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tests.quality.detector import Detection, Place, covered, overlap

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Case:
    """A pair of places that are known to hold the same thing, and what was done to one of them."""

    left: Place
    right: Place
    label: str = ""

    @property
    def documents(self) -> frozenset[str]:
        """The two documents."""
        return frozenset((self.left.document, self.right.document))


@dataclass(frozen=True, slots=True)
class Scores:
    """The four figures of PAN."""

    precision: float
    recall: float
    granularity: float
    plagdet: float


def oriented(found: Detection, case: Case) -> Detection | None:
    """The detection with its sides as the case has them, or None if it is about other documents."""
    for candidate in (found, found.swapped()):
        if candidate.left.document == case.left.document and candidate.right.document == case.right.document:
            return candidate
    return None


def touches(found: Detection, case: Case) -> bool:
    """Whether a detection overlaps the case on both sides at once ("detects" it, in PAN's words)."""
    same = oriented(found, case)
    return same is not None and overlap(same.left, case.left) > 0 and overlap(same.right, case.right) > 0


def share_covered(case: Case, found: Iterable[Detection]) -> tuple[float, float]:
    """How much of the left and of the right side detections about these documents cover together."""
    same = [o for o in (oriented(d, case) for d in found) if o is not None]
    left = covered(case.left, (d.left for d in same))
    right = covered(case.right, (d.right for d in same))
    return left / max(1, case.left.length), right / max(1, case.right.length)


def is_found(case: Case, found: Iterable[Detection], share: float) -> bool:
    """Whether the detections that touch the case cover at least `share` of both its sides."""
    return min(share_covered(case, (d for d in found if touches(d, case)))) >= share


class ByDocuments:
    """Detections by the pair of documents they are about, so that a case meets only its own."""

    def __init__(self, found: Iterable[Detection]) -> None:
        self._groups: dict[frozenset[str], list[Detection]] = {}
        for one in found:
            self._groups.setdefault(frozenset((one.left.document, one.right.document)), []).append(one)

    def about(self, documents: frozenset[str]) -> Sequence[Detection]:
        """Detections whose two documents are these."""
        return self._groups.get(documents, ())


def pan_scores(cases: Sequence[Case], found: Sequence[Detection]) -> Scores:
    """Precision, recall, granularity and plagdet of `found` against `cases`.

    Precision is averaged over detections, recall over cases; both count the characters of the two sides.
    With no detection precision is 0, and granularity is 1 when nothing is detected.
    """
    groups = ByDocuments(found)
    recalls: list[float] = []
    hits: list[float] = []
    detected: dict[Detection, list[Case]] = {}
    for case in cases:
        touching = [d for d in groups.about(case.documents) if touches(d, case)]
        recalls.append(_recall(case, touching))
        if touching:
            hits.append(len(touching))
        for one in touching:
            detected.setdefault(one, []).append(case)
    recall = _mean(recalls)
    precision = _mean([_precision(d, detected.get(d, ())) for d in found])
    granularity = _mean(hits) or 1.0
    return Scores(precision, recall, granularity, plagdet(precision, recall, granularity))


def plagdet(precision: float, recall: float, granularity: float) -> float:
    """Harmonic mean of precision and recall over log2(1 + granularity)."""
    if precision + recall == 0:
        return 0.0
    return 2 * precision * recall / (precision + recall) / math.log2(1 + granularity)


def _recall(case: Case, touching: Sequence[Detection]) -> float:
    same = [o for o in (oriented(d, case) for d in touching) if o is not None]
    seen = covered(case.left, (d.left for d in same)) + covered(case.right, (d.right for d in same))
    return seen / max(1, case.left.length + case.right.length)


def _precision(found: Detection, cases: Sequence[Case]) -> float:
    places = [place for case in cases for place in (case.left, case.right)]
    seen = covered(found.left, places) + covered(found.right, places)
    return seen / max(1, found.left.length + found.right.length)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def bootstrap(
    items: Sequence[T], figure: Callable[[Sequence[T]], float], draws: int = 1_000, seed: int = 7
) -> tuple[float, float]:
    """The 5 % and 95 % points of a figure over resamples of its items (NaN resamples left out)."""
    random_source = random.Random(seed)
    values = [figure(random_source.choices(items, k=len(items))) for _ in range(draws)] if items else []
    kept = sorted(v for v in values if not math.isnan(v))
    if not kept:
        return math.nan, math.nan
    return kept[int(0.05 * (len(kept) - 1))], kept[int(0.95 * (len(kept) - 1))]
