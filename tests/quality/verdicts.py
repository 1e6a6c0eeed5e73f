"""What people called matches they read, kept without text so that a changed detector can be held against it.

`python -m tests.quality.verdicts --key KEY SHEET...` takes the filled sheets of one or more readers and
adds their verdicts to `verdicts/CORPUS.jsonl`. A match is judged by a verdict on nearly the same two
places: 80 % of the characters that either holds, on both sides. What was not read is estimated from what
was, by level and evidence.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reuse.model import Match
from tests.quality.corpora import records
from tests.quality.detector import Detection, Place, detection, detection_by_file, overlap

FOLDER = Path(__file__).parent / "verdicts"
LABELS = ("R", "P", "F", "C")
SAME_PLACE = 0.8
BANDS = (0.25, 0.5, 0.75, 0.9)
"""Borders of the bands of evidence that are sampled and weighted apart."""

ENTRY = re.compile(r"^## (\d+)$(.*?)^label:[ \t]*(\w?)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Two places and what their readers call them; `label` is "" where the readers differ."""

    corpus: str
    left: Place
    right: Place
    label: str
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadFigures:
    """What verdicts say of the evidence-level matches of a scan.

    `reuse_share` is the share of R, each judged match standing for the matches of its level and band of
    evidence; `covered` the share of matches in a level and band of which some are judged.
    """

    matches: int
    judged: int
    reuse_share: float
    covered: float
    labels: dict[str, int]

    @property
    def chance(self) -> int:
        """Judged matches that are chance."""
        return self.labels.get("C", 0)


def stratum(match: Match) -> tuple[str, int]:
    """The level and the band of evidence of a match."""
    return match.level, sum(match.evidence >= border for border in BANDS)


def located(corpus: str, match: Match) -> Detection:
    """Where a match stands: by file name in the speeches, else by document id."""
    return detection_by_file(match) if corpus == "speeches" else detection(match)


def readable(corpus: str, matches: Iterable[Match], names: Collection[str]) -> list[Match]:
    """The matches both of whose sides stand in texts of these names."""
    return [m for m in matches if all(p.document in names for p in located(corpus, m).sides)]


def same_place(one: Place, other: Place) -> bool:
    """Whether two places share 80 % of the characters that either holds."""
    shared = overlap(one, other)
    return shared >= SAME_PLACE * (one.length + other.length - shared) > 0


def verdict_on(found: Detection, verdicts: Iterable[Verdict]) -> Verdict | None:
    """The verdict on these two places, in either order; the last one given if there are several."""
    judging = None
    for verdict in verdicts:
        for one in (found, found.swapped()):
            if same_place(one.left, verdict.left) and same_place(one.right, verdict.right):
                judging = verdict
    return judging


def read_verdicts(corpus: str, folder: Path = FOLDER) -> list[Verdict]:
    """The stored verdicts of a corpus, in the order in which they were given; none if nobody has read any."""
    path = folder / f"{corpus}.jsonl"
    return [_verdict(record) for record in records(path)] if path.exists() else []


def add_verdicts(verdicts: Iterable[Verdict], folder: Path = FOLDER) -> None:
    """Append verdicts to the files of their corpora."""
    folder.mkdir(parents=True, exist_ok=True)
    for verdict in verdicts:
        with (folder / f"{verdict.corpus}.jsonl").open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(_record(verdict), ensure_ascii=False) + "\n")


def filled_labels(sheet: str) -> list[str]:
    """The letters a reader wrote, in the order of the entries.

    Raises ValueError naming the first entry that has none of R, P, F, C.
    """
    labels = []
    for number, _, letter in ENTRY.findall(sheet):
        if letter.upper() not in LABELS:
            raise ValueError(f"entry {number} is labelled {letter!r}: write one of {', '.join(LABELS)}")
        labels.append(letter.upper())
    return labels


def collect(key: Sequence[dict[str, Any]], readings: Sequence[Sequence[str]]) -> list[Verdict]:
    """Verdicts from the key of a sheet and each reader's labels.

    Raises ValueError when a reader labelled another number of entries than the key has.
    """
    for labels in readings:
        if len(labels) != len(key):
            raise ValueError(
                f"the key has {len(key)} entries, a sheet {len(labels)}: they must be of one draw"
            )
    return [
        _verdict({**record, "readers": list(given)})
        for record, given in zip(key, zip(*readings, strict=True), strict=True)
    ]


def kappa(verdicts: Sequence[Verdict]) -> float:
    """Cohen's kappa of the first two readers on whether a match is reuse; 1 when both say one thing."""
    pairs = [(v.readers[0] == "R", v.readers[1] == "R") for v in verdicts]
    agreed = sum(a == b for a, b in pairs) / len(pairs)
    first, second = (sum(side) / len(pairs) for side in zip(*pairs, strict=True))
    expected = first * second + (1 - first) * (1 - second)
    return 1.0 if expected == 1 else (agreed - expected) / (1 - expected)


def read_figures(corpus: str, matches: Iterable[Match], verdicts: Sequence[Verdict]) -> ReadFigures:
    """What the verdicts on a corpus say of the evidence-level matches of a scan of it."""
    by_documents: dict[frozenset[str], list[Verdict]] = {}
    for verdict in verdicts:
        documents = frozenset((verdict.left.document, verdict.right.document))
        by_documents.setdefault(documents, []).append(verdict)
    sizes: Counter[tuple[str, int]] = Counter()
    judged: dict[tuple[str, int], list[str]] = {}
    for match in matches:
        place = located(corpus, match)
        if place.is_evidence:
            sizes[stratum(match)] += 1
            about = by_documents.get(frozenset(p.document for p in place.sides), ())
            judging = verdict_on(place, about)
            if judging is not None and judging.label:
                judged.setdefault(stratum(match), []).append(judging.label)
    return _weighted(sizes, judged)


def _weighted(sizes: Counter[tuple[str, int]], judged: dict[tuple[str, int], list[str]]) -> ReadFigures:
    covered = sum(sizes[name] for name in judged)
    reuse = sum(sizes[name] * labels.count("R") / len(labels) for name, labels in judged.items())
    every = Counter(label for labels in judged.values() for label in labels)
    return ReadFigures(
        matches=sizes.total(),
        judged=every.total(),
        reuse_share=reuse / covered if covered else 0.0,
        covered=covered / max(1, sizes.total()),
        labels=dict(sorted(every.items())),
    )


def _verdict(record: dict[str, Any]) -> Verdict:
    readers = tuple(record["readers"])
    return Verdict(
        corpus=record["corpus"],
        left=Place(record["left"], *record["left_span"]),
        right=Place(record["right"], *record["right_span"]),
        label=readers[0] if len(set(readers)) == 1 else "",
        readers=readers,
    )


def _record(verdict: Verdict) -> dict[str, Any]:
    return {
        "corpus": verdict.corpus,
        "left": verdict.left.document,
        "left_span": [verdict.left.start, verdict.left.end],
        "right": verdict.right.document,
        "right_span": [verdict.right.start, verdict.right.end],
        "label": verdict.label or None,
        "readers": list(verdict.readers),
    }


def main(argv: Sequence[str]) -> int:
    """Add the verdicts of filled sheets."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.verdicts", description=__doc__)
    parser.add_argument("sheets", nargs="+", type=Path, help="the filled sheet of each reader")
    parser.add_argument("--key", required=True, type=Path)
    options = parser.parse_args(argv)
    readings = [filled_labels(path.read_text(encoding="utf-8")) for path in options.sheets]
    verdicts = collect(list(records(options.key)), readings)
    add_verdicts(verdicts)
    counts = dict(sorted(Counter(v.label or "undecided" for v in verdicts).items()))
    agreement = f", kappa {kappa(verdicts):.2f}" if len(readings) > 1 else ""
    print(f"{len(verdicts)} verdicts added: {counts}{agreement}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
