"""The speeches of the repository, whose reuse was written down when they were written.

A gold pair is found when matches at level paragraph or passage cover half of both its sides; a stock
phrase (kind `commonplace`) when a match at level `phrase` does, and it must not be reported as evidence.
Precision is the share of evidence-level matches that overlap gold on both sides, stock phrases not
counted. Places are known by file, so that a file of two speeches needs no special care.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reuse.model import DocumentRecord, Kind
from tests.quality.corpora import FIXTURES, records
from tests.quality.detector import Detection, Place, Scanned, covered, detection_by_file, overlap
from tests.quality.metrics import ByDocuments, Case, is_found, touches

GOLD = FIXTURES / "gold.jsonl"
FURNITURE = FIXTURES / "furniture.jsonl"
GOLD_SPEECHES = FIXTURES / "speeches"

FOUND_SHARE = 0.5
MARKED_SHARE = 0.8
COMMONPLACE: Kind = "commonplace"


@dataclass(frozen=True, slots=True)
class GoldFigures:
    """How the gold of the repository's speeches is met."""

    total: dict[str, int]
    found: dict[str, int]
    right_kind: int
    evidence: int
    false: tuple[Detection, ...]
    missed: tuple[Case, ...]
    phrases_as_evidence: tuple[Case, ...]

    @property
    def recall(self) -> float:
        """Found reuse over all reuse, stock phrases not counted."""
        return _without_phrases(self.found) / max(1, _without_phrases(self.total))

    @property
    def precision(self) -> float:
        """Evidence-level matches that are gold over all of them; 0 when there is none."""
        return (self.evidence - len(self.false)) / max(1, self.evidence)

    @property
    def kind_accuracy(self) -> float:
        """Found pairs of any kind whose best match is of the gold's kind, over all found pairs."""
        return self.right_kind / max(1, sum(self.found.values()))


@dataclass(frozen=True, slots=True)
class FurnitureFigures:
    """How many furniture spans are marked, and how many matches stand on furniture."""

    total: int
    marked: int
    unmarked: tuple[Place, ...]
    matched: tuple[Detection, ...]


def read_gold() -> list[Case]:
    """The gold pairs; `label` is the kind."""
    return [Case(_place(r["left"]), _place(r["right"]), r["kind"]) for r in records(GOLD)]


def read_furniture() -> list[Place]:
    """The spans that must be marked and never matched."""
    return [_place(record) for record in records(FURNITURE)]


def score(cases: Sequence[Case], scanned: Scanned) -> GoldFigures:
    """Meet the gold with what a scan of its folder found."""
    found = [detection_by_file(match) for match in scanned.matches]
    groups = ByDocuments(found)
    hits = [c for c in cases if is_found(c, _at_its_level(c, groups.about(c.documents)), FOUND_SHARE)]
    evidence = [d for d in found if d.is_evidence]
    reuse = [c for c in cases if c.label != COMMONPLACE]
    phrases = [c for c in cases if c.label == COMMONPLACE]
    return GoldFigures(
        total=dict(sorted(Counter(c.label for c in cases).items())),
        found=dict(sorted(Counter(c.label for c in hits).items())),
        right_kind=sum(_kind_of(c, groups.about(c.documents)) == c.label for c in hits),
        evidence=len(evidence),
        false=tuple(d for d in evidence if not any(touches(d, c) for c in reuse)),
        missed=tuple(c for c in cases if c not in hits),
        phrases_as_evidence=tuple(c for c in phrases if is_found(c, evidence, FOUND_SHARE)),
    )


def score_furniture(places: Sequence[Place], scanned: Scanned) -> FurnitureFigures:
    """See that furniture is marked (four fifths of a span) and that no match lies on it by half or more."""
    marks = [mark for record in scanned.documents for mark in _marks(record)]
    unmarked = tuple(p for p in places if covered(p, marks) < MARKED_SHARE * p.length)
    found = [detection_by_file(match) for match in scanned.matches]
    matched = tuple(d for d in found if _lies_on(d.left, places) or _lies_on(d.right, places))
    return FurnitureFigures(len(places), len(places) - len(unmarked), unmarked, matched)


def _place(record: dict[str, Any]) -> Place:
    return Place(record["source"], record["start"], record["end"])


def _marks(record: DocumentRecord) -> Iterable[Place]:
    name = Path(record.document.source).name
    return (Place(name, mark.start, mark.end) for mark in record.removed)


def _lies_on(place: Place, furniture: Sequence[Place]) -> bool:
    return 2 * covered(place, furniture) >= place.length > 0


def _at_its_level(case: Case, found: Iterable[Detection]) -> list[Detection]:
    return [d for d in found if d.is_evidence != (case.label == COMMONPLACE)]


def _kind_of(case: Case, found: Iterable[Detection]) -> str:
    """The kind of the match at the case's level that shares most with it."""
    same = [d for d in _at_its_level(case, found) if touches(d, case)]

    def shared(one: Detection) -> int:
        straight = overlap(one.left, case.left) + overlap(one.right, case.right)
        return max(straight, overlap(one.left, case.right) + overlap(one.right, case.left))

    return max(same, key=shared).kind


def _without_phrases(counts: dict[str, int]) -> int:
    return sum(n for kind, n in counts.items() if kind != COMMONPLACE)
