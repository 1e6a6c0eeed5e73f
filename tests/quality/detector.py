"""What is measured: anything that turns documents into matches, reduced to places and levels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from reuse.model import Document, DocumentRecord, Level, Match

Detector = Callable[[Sequence[Document]], Sequence[Match]]
"""Takes the documents of one corpus, returns every match, phrases included."""


class Scanned(Protocol):
    """What a scan gives: the part of the package's `Result` that is measured."""

    @property
    def documents(self) -> Sequence[DocumentRecord]:
        """The documents, with what was marked in them."""

    @property
    def matches(self) -> Sequence[Match]:
        """Every match, phrases included."""


FileDetector = Callable[[Path], Scanned]
"""Takes a folder of files, which the detector reads itself."""

EVIDENCE_LEVELS: frozenset[Level] = frozenset({"paragraph", "passage"})


@dataclass(frozen=True, slots=True)
class Place:
    """A half-open span of code points in a document."""

    document: str
    start: int
    end: int

    @property
    def length(self) -> int:
        """Code points held."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Detection:
    """A match reduced to what the measures need: two places and a level."""

    left: Place
    right: Place
    level: Level
    kind: str = "copied"

    @property
    def is_evidence(self) -> bool:
        """Whether it is reported as reuse rather than as a stock phrase."""
        return self.level in EVIDENCE_LEVELS

    @property
    def sides(self) -> tuple[Place, Place]:
        """Both places."""
        return self.left, self.right

    def swapped(self) -> Detection:
        """The same with its sides exchanged."""
        return Detection(self.right, self.left, self.level, self.kind)


def overlap(one: Place, other: Place) -> int:
    """Code points two places share; 0 in different documents."""
    if one.document != other.document:
        return 0
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def covered(place: Place, parts: Iterable[Place]) -> int:
    """Code points of `place` that lie in any of `parts`, each counted once."""
    total, reached = 0, place.start
    for part in sorted((p for p in parts if overlap(place, p)), key=lambda p: (p.start, p.end)):
        start, end = max(part.start, reached), min(part.end, place.end)
        total += max(0, end - start)
        reached = max(reached, end)
    return total


def detection(match: Match) -> Detection:
    """The places and the level of a match, by document id."""
    left = Place(match.left.document, match.left.start, match.left.end)
    right = Place(match.right.document, match.right.start, match.right.end)
    return Detection(left, right, match.level, match.kind)


def detection_by_file(match: Match) -> Detection:
    """The same by file name, for labels that point into files rather than documents."""
    left = Place(Path(match.left.source).name, match.left.start, match.left.end)
    right = Place(Path(match.right.source).name, match.right.start, match.right.end)
    return Detection(left, right, match.level, match.kind)


def package_detector(jobs: int = 2, background: Path | None = None) -> Detector:
    """The package itself, with its defaults, or with another background."""
    import reuse

    matching = {"background": str(background)} if background else {}
    return lambda documents: list(reuse.scan(list(documents), jobs=jobs, matching=matching).matches)


def package_file_detector(jobs: int = 2) -> FileDetector:
    """The package itself on a folder, reading included."""
    import reuse

    return lambda folder: reuse.scan([folder], jobs=jobs)
