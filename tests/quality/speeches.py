"""The five labelled speeches: how many hand-labelled spans are found, and what else is reported.

A label is found by one match at level paragraph or passage that covers two fifths of both its spans.
Precision is found labels of any tier over found labels and false matches; false is a match that overlaps
no label on both sides, unless it holds a further occurrence of a labelled text. Files are known by name,
so that cutting a file into several documents changes nothing. The file that no label names is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reuse.model import Match
from tests.quality.corpora import SPEECHES, raw_text, records, speech_files
from tests.quality.detector import Detection, Place, detection_by_file
from tests.quality.metrics import Case, is_found, oriented, touches

COVERED_SHARE = 0.4
UNLABELLED_FILE = "003"


@dataclass(frozen=True, slots=True)
class SpeechFigures:
    """Labels found by tier, at evidence levels and at any level, of how many; false matches; precision."""

    total: dict[str, int]
    found: dict[str, int]
    found_at_any_level: dict[str, int]
    false: tuple[Detection, ...]
    missed: tuple[Case, ...]

    @property
    def precision(self) -> float:
        """Found labels of all tiers over found labels and false matches; 0 when there is neither."""
        hits = sum(self.found.values())
        return hits / max(1, hits + len(self.false))


def read_labels() -> list[Case]:
    """The labelled pairs of places; `label` is the tier and the id."""
    return [
        Case(
            Place(r["file_a"], r["start_a"], r["end_a"]),
            Place(r["file_b"], r["start_b"], r["end_b"]),
            f"{r['tier']} {r['id']}",
        )
        for r in records(SPEECHES / "labels.jsonl")
    ]


def score(labels: Sequence[Case], matches: Iterable[Match], texts: dict[str, str]) -> SpeechFigures:
    """Count what matches find of the labels; `texts` are the raw files by name, for further occurrences."""
    every = [d for d in map(detection_by_file, matches) if _is_judged(d)]
    evidence = [d for d in every if d.is_evidence]
    ignored = _further_occurrences(labels, texts)
    return SpeechFigures(
        total=_tiers(labels),
        found=_tiers(c for c in labels if _is_hit(c, evidence)),
        found_at_any_level=_tiers(c for c in labels if _is_hit(c, every)),
        false=tuple(d for d in evidence if not any(touches(d, c) for c in labels) and not ignored(d)),
        missed=tuple(c for c in labels if not _is_hit(c, evidence)),
    )


def shared_texts() -> dict[str, str]:
    """The raw texts of the labelled files by name."""
    return {path.name: raw_text(path) for path in speech_files()}


def _is_judged(found: Detection) -> bool:
    sides = (found.left.document, found.right.document)
    return sides[0] != sides[1] and not any(side.startswith(UNLABELLED_FILE) for side in sides)


def _is_hit(label: Case, found: Iterable[Detection]) -> bool:
    return any(is_found(label, [d], COVERED_SHARE) for d in found)


def _tiers(labels: Iterable[Case]) -> dict[str, int]:
    return dict(sorted(Counter(label.label[0] for label in labels).items()))


def _further_occurrences(labels: Sequence[Case], texts: dict[str, str]) -> Callable[[Detection], bool]:
    """Whether a detection lies, on both sides, on any occurrence of the two wordings of one label."""
    families = []
    for label in labels:
        wordings = [texts[p.document][p.start : p.end] for p in (label.left, label.right)]
        places = [p for name, text in texts.items() for w in wordings for p in _occurrences(w, name, text)]
        families.append([Case(a, b) for a in places for b in places if a.document < b.document])

    def is_further(found: Detection) -> bool:
        return any(oriented(found, case) and touches(found, case) for cases in families for case in cases)

    return is_further


def _occurrences(wording: str, name: str, text: str) -> list[Place]:
    """Where a wording stands in a text, punctuation and space not looked at."""
    letters = [re.escape(letter) for letter in wording if letter.isalnum()]
    if not letters:
        return []
    return [Place(name, m.start(), m.end()) for m in re.finditer(r"[\W_]*".join(letters), text)]
