"""The 300 judged pairs: what the detector reports of them, and at which level.

A judged pair counts as reported where matches of the same two documents together cover half of both its
spans, in either order of the sides: a drawn pair may run over several paragraphs, each a match of its own.
Pairs that straddle the halves, and those the readers differ on, are left out and counted.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from reuse.model import Match
from tests.quality.corpora import LABELS, records
from tests.quality.detector import Detection, Place, detection
from tests.quality.metrics import ByDocuments, Case, bootstrap, is_found
from tests.quality.partition import Edge, Half, half_of_pair

CORPUS_NAMES = ("gov", "news")
COVERED_SHARE = 0.5

Reported = Literal["evidence", "phrase", "nothing"]


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """Two places, what readers call them (R, P, F, C; "" where they differ), how many pairs it stands for."""

    corpus: str
    number: int
    case: Case
    label: str
    weight: float

    @property
    def half(self) -> Half | None:
        """The half it belongs to, None if its documents are in different ones."""
        return half_of_pair(self.corpus, self.case.left.document, self.case.right.document)


@dataclass(frozen=True, slots=True)
class Judged:
    """A judged pair and how the detector reports it."""

    pair: JudgedPair
    reported: Reported


@dataclass(frozen=True, slots=True)
class PairFigures:
    """Precision and recall of R among pairs reported as evidence, with 5-95 % intervals over the pairs."""

    pairs: int
    reported: int
    reported_r: int
    all_r: int
    phrase_r: int
    precision: float
    recall: float
    precision_interval: tuple[float, float]
    recall_interval: tuple[float, float]


def read_pairs(corpus: str) -> list[JudgedPair]:
    """The judged pairs of "gov" or "news", numbered from 0 in the order of their file."""
    return [
        JudgedPair(
            corpus=corpus,
            number=number,
            case=Case(Place(r["left"], *r["left_span"]), Place(r["right"], *r["right_span"])),
            label=r["label"] or "",
            weight=r["weight"],
        )
        for number, r in enumerate(records(LABELS / f"{corpus}.labels.jsonl"))
    ]


def edges(corpus: str) -> list[Edge]:
    """The pairs as edges between documents, for `partition`."""
    return [(p.case.left.document, p.case.right.document, p.label) for p in read_pairs(corpus)]


def judge(pairs: Iterable[JudgedPair], matches: Iterable[Match]) -> list[Judged]:
    """How matches of a scan of the same corpus report each pair: at the best level of those that cover it."""
    groups = ByDocuments(detection(match) for match in matches)
    return [Judged(p, _reported(p.case, groups.about(p.case.documents))) for p in pairs]


def _reported(case: Case, found: Sequence[Detection]) -> Reported:
    if is_found(case, [d for d in found if d.is_evidence], COVERED_SHARE):
        return "evidence"
    return "phrase" if is_found(case, found, COVERED_SHARE) else "nothing"


def figures(judged: Sequence[Judged], half: Half | None = None, furniture: bool = True) -> PairFigures:
    """Precision and recall over the decided pairs of a half (of both, straddlers too, if None).

    With `furniture` false the pairs labelled F are left out.
    """
    kept = [j for j in judged if j.pair.label and (furniture or j.pair.label != "F")]
    kept = [j for j in kept if half is None or j.pair.half == half]
    return PairFigures(
        pairs=len(kept),
        reported=sum(j.reported == "evidence" for j in kept),
        reported_r=sum(j.reported == "evidence" and j.pair.label == "R" for j in kept),
        all_r=sum(j.pair.label == "R" for j in kept),
        phrase_r=sum(j.reported == "phrase" and j.pair.label == "R" for j in kept),
        precision=precision(kept),
        recall=recall(kept),
        precision_interval=bootstrap(kept, precision),
        recall_interval=bootstrap(kept, recall),
    )


def precision(judged: Sequence[Judged]) -> float:
    """Share of R among pairs reported as evidence; NaN when none is."""
    labels = [j.pair.label for j in judged if j.reported == "evidence"]
    return labels.count("R") / len(labels) if labels else math.nan


def recall(judged: Sequence[Judged]) -> float:
    """Share of all R that is reported as evidence; NaN when there is no R."""
    found = [j.reported == "evidence" for j in judged if j.pair.label == "R"]
    return sum(found) / len(found) if found else math.nan


def left_out(judged: Iterable[Judged]) -> dict[str, int]:
    """How many pairs take no part, and why."""
    straddling = sum(j.pair.half is None and bool(j.pair.label) for j in judged)
    return {"straddling": straddling, "undecided": sum(not j.pair.label for j in judged)}


def errors(judged: Iterable[Judged], half: Half) -> list[Judged]:
    """Decided pairs of a half that are R and not reported as evidence, or reported and not R."""
    return [
        j
        for j in judged
        if j.pair.label and j.pair.half == half and (j.pair.label == "R") != (j.reported == "evidence")
    ]
