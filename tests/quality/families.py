"""Figures of families, templates and originality: `python -m tests.quality.families` prints the table."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reuse.config import FamilySettings
from reuse.families import build_families
from reuse.families.notes import document_notes
from reuse.model import Document, Family
from tests.families.aligner import pairwise_matches
from tests.quality.corpora import FIXTURES, ROOT, own_paragraphs, unrelated_documents
from tests.quality.lexicon import Stock
from tests.quality.planted import (
    Filled,
    Planted,
    borrowed_speeches,
    families,
    filled_frames,
    mixed_documents,
)

SEEDS = (1, 2, 3)
READINGS = Path(__file__).parent / "data" / "families_read.json"
SLOTS = FIXTURES / "slots.jsonl"


@dataclass(frozen=True, slots=True)
class Grouping:
    """How well families agree with what was planted: adjusted Rand index and the largest family, the worst of the seeds."""

    ari: float
    largest: int


@dataclass(frozen=True, slots=True)
class Slots:
    """Planted fillers found again: a slot hits one if they share half of what either covers; `exact` of the hits have both
    borders right."""

    precision: float
    recall: float
    exact: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Foreign:
    """Foreign names planted and found, and false alarms for twenty speeches without any."""

    planted: int
    found: int
    alarms: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What a family of ten thousand cost: seconds of families and audit, megabytes at the peak, places found."""

    seconds: float
    megabytes: float
    places: int


def scanned_families(documents: Sequence[Document]) -> list[Family]:
    """The families of reuse that the package finds, end to end."""
    import reuse

    return [family for family in reuse.scan(list(documents)).families if family.level != "phrase"]


def families_of_whole_items(documents: Sequence[Document]) -> list[Family]:
    """The same from a matcher that knows no stock phrases and always matches whole items: a slogan makes a match."""
    matches = pairwise_matches(documents, whole=True)
    found = build_families(documents, matches, FamilySettings()).families
    return [family for family in found if family.level != "phrase"]


def planted_grouping(find: Callable[[Sequence[Document]], list[Family]]) -> Grouping:
    """Forty families of six rewritten paragraphs, a hundred singles, a slogan in two of five items."""
    outcomes = [
        _grouping(planted, find(planted.documents)) for planted in (families(seed=seed) for seed in SEEDS)
    ]
    return Grouping(min(o.ari for o in outcomes), max(o.largest for o in outcomes))


def _grouping(planted: Planted, found: Sequence[Family]) -> Grouping:
    from sklearn.metrics import adjusted_rand_score

    labels = _labels(planted, found)
    return Grouping(float(adjusted_rand_score(planted.labels, labels)), max(Counter(labels).values()))


def _labels(planted: Planted, found: Sequence[Family]) -> list[str]:
    """For each item the family that holds most of it, the slogan apart, if that is a third; else the item itself."""
    own = {document.id: planted.own_part(document) for document in planted.documents}
    held: dict[str, tuple[int, str]] = {}
    for family in found:
        for member in family.members:
            covered = sum(max(0, min(member.end, b) - max(member.start, a)) for a, b in own[member.document])
            held[member.document] = max(held.get(member.document, (0, "")), (covered, family.id))
    return [
        held[name][1] if name in held and 3 * held[name][0] >= sum(b - a for a, b in spans) else name
        for name, spans in own.items()
    ]


def planted_slots(members: int, noise: float = 0.05, seed: int = 3) -> Slots:
    """Frames with two to four slots, five per cent of the other words replaced by chance, in `members` documents each."""
    source, stock = random.Random(seed), Stock.of(own_paragraphs())
    counts: Counter[str] = Counter()
    for frame in own_paragraphs():
        filled = filled_frames(frame, members, noise, source, stock)
        documents = [Document(id=f"{n}", source=f"{n}.txt", text=text.text) for n, text in enumerate(filled)]
        found = families_of_whole_items(documents)
        for document, text in zip(documents, filled, strict=True):
            counts.update(_slot_hits(text, _slots_of(document, found)))
    return Slots(
        counts["hit"] / max(1, counts["told"]),
        counts["hit"] / counts["planted"],
        counts["exact"] / max(1, counts["hit"]),
    )


def _slots_of(document: Document, found: Iterable[Family]) -> list[tuple[int, int]]:
    spans = {
        (filler.start, filler.end)
        for family in found
        if family.level != "phrase"
        for part in family.template
        if part.slot is not None
        for filler in part.fillers
        if filler.document == document.id and filler.text
    }
    return sorted(spans)


def _slot_hits(text: Filled, told: Sequence[tuple[int, int]]) -> Counter[str]:
    counts = Counter(planted=len(text.fillers), told=len(told))
    free = list(told)
    for start, end in text.fillers:
        best = max(free, key=lambda span: _overlap(span, (start, end)), default=None)
        if best is not None and _overlap(best, (start, end)) >= 0.5:
            free.remove(best)
            counts.update(hit=1, exact=int(best == (start, end)))
    return counts


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / (max(one[1], other[1]) - min(one[0], other[0])) if shared > 0 else 0.0


def rebuilt_share(found: Iterable[Family]) -> tuple[int, int]:
    """Members whose text the template and their fillers give back, and all members."""
    results = [
        text == member.text
        for family in found
        for text, member in zip(rebuilt(family), family.members, strict=True)
    ]
    return sum(results), len(results)


def rebuilt(family: Family) -> list[str]:
    """The text of every member from the template: its filler where it has one, else the fixed text."""
    texts = []
    for member in family.members:
        parts = []
        at = member.start
        for part in family.template:
            own = [f for f in part.fillers if f.document == member.document and f.start == at]
            said = own[0].text if own else part.fixed or ""
            parts.append(said)
            at += len(said)
        texts.append("".join(parts))
    return texts


def foreign_fillers() -> Foreign:
    """Names and offices left in: those planted in the fixture speeches when they were written, borrowed paragraphs that name
    their first place, and levels of government exchanged one at a time."""
    import reuse

    speeches = reuse.scan([FIXTURES / "speeches"])
    borrowed = borrowed_speeches()
    planted = [(r["document"], r["start"], r["end"]) for r in _slot_records() if r["kind"] == "foreign"]
    wrong = _foreign_places(speeches)
    loans = _foreign_places(reuse.scan(borrowed.documents))
    clean = _foreign_places(reuse.scan(unrelated_documents()))
    levels = [
        _is_found(document, at)
        for record in speeches.documents
        for document, at in _exchanged(record.document)
    ]
    found = sum(any(_touch(place, told) for told in wrong) for place in planted)
    found += sum(any(_touch(place, told) for told in loans) for place in borrowed.left_in) + sum(levels)
    false = [told for told in wrong if not any(_touch(place, told) for place in planted)]
    false += [told for told in loans if not any(_touch(place, told) for place in borrowed.left_in)]
    speeches_read = len(speeches.documents) + len(unrelated_documents()) + len(borrowed.documents)
    return Foreign(
        len(planted) + len(borrowed.left_in) + len(levels),
        found,
        20 * (len(false) + len(clean)) / speeches_read,
    )


def _slot_records() -> list[dict[str, Any]]:
    return [json.loads(line) for line in SLOTS.read_text(encoding="utf-8").splitlines()]


def _foreign_places(result: Any) -> list[tuple[str, int, int]]:
    notes = [note for family in result.families for note in family.notes]
    notes += [note for record in result.documents for note in record.originality.notes]
    return [(n["document"], n["start"], n["end"]) for n in notes if n["note"] == "foreign"]


def _touch(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


_BESIDE = {"市": "州", "州": "市", "县": "区", "区": "县"}


def _exchanged(document: Document) -> list[tuple[Document, int]]:
    """The document with one of its `全市` (or 州, 县, 区) as that of another level beside it, where it says so twice."""
    found = []
    for level, other in _BESIDE.items():
        hidden = [(mark.start - document.start, mark.end - document.start) for mark in document.removed]
        said = [m.start() for m in re.finditer(f"全{level}(?=[\\u4e00-\\u9fff])", document.text)]
        places = [at for at in said if not any(a <= at < b for a, b in hidden)]
        if len(places) >= 2:
            at = places[-1]
            text = document.text[:at] + f"我{other}" + document.text[at + 2 :]
            found.append((replace(document, text=text), document.start + at))
    return found


def _is_found(document: Document, at: int) -> bool:
    return any(
        note["note"] == "foreign" and note["start"] <= at < note["end"] for note in document_notes(document)
    )


def originality_error(share: float) -> float:
    """The worst error, in points, of the reused ratio of documents of which about `share` is known to be reused."""
    import reuse

    mixed = mixed_documents(share)
    result = reuse.scan([*mixed.sources, *mixed.targets])
    told = {record.document.id: record.originality.reused_ratio for record in result.documents}
    errors = [abs(told[d.id] - known) for d, known in zip(mixed.targets, mixed.shares, strict=True)]
    return 100 * max(errors)


def large_family(kind: str) -> Cost:
    """Families and audit of 20,000 documents, half of them with a place of one family: `equal` or `variants`; in a process
    of its own, so that its memory is its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.quality.large_family", kind],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    return Cost(**json.loads(done.stdout))


@dataclass(frozen=True, slots=True)
class Reading:
    """Families of the government reports that were read: how many, pure ones, and templates that read as a sentence."""

    read: int
    pure: int
    sentences: int


def gov_reading() -> Reading:
    """What the verdicts say; they name families by document and offsets and hold no text."""
    verdicts = json.loads(READINGS.read_text(encoding="utf-8"))["families"]
    return Reading(len(verdicts), sum(v["pure"] for v in verdicts), sum(v["sentence"] for v in verdicts))


def main() -> None:
    """Measure everything and print the table."""
    rows: list[tuple[str, str, str]] = []
    for name, find in (("end to end", scanned_families), ("slogans as matches", families_of_whole_items)):
        grouping = planted_grouping(find)
        rows.append(
            (
                f"planted families, {name}: ARI, largest",
                f"{grouping.ari:.3f}, {grouping.largest}",
                ">= .95, <= 8",
            )
        )
    for members, target in ((6, ".97"), (3, ".93"), (2, ".85")):
        slots = planted_slots(members)
        detail = f"{slots.f1:.3f} (P {slots.precision:.3f}, R {slots.recall:.3f}, exact {slots.exact:.3f})"
        rows.append((f"planted templates, {members} members: slot F1", detail, f">= {target}"))
    same, members = rebuilt_share(
        f for seed in SEEDS for f in scanned_families(families(seed=seed).documents)
    )
    rows.append(("members rebuilt from their template", f"{same} of {members}", "100 %"))
    foreign = foreign_fillers()
    detail = f"{foreign.found} of {foreign.planted}, {foreign.alarms:.2f}"
    rows.append(("foreign fillers: found, false alarms per 20 speeches", detail, ">= 90 %, <= 1"))
    rows += [
        (
            f"originality at {share:.0%} known reuse: worst error, points",
            f"{originality_error(share):.2f}",
            "<= 3",
        )
        for share in (0.3, 0.6, 0.9)
    ]
    reading = gov_reading()
    rows.append(
        (
            f"government reports, {reading.read} read: pure, sentence",
            f"{reading.pure}, {reading.sentences}",
            ">= 28, >= 25",
        )
    )
    for kind in ("equal", "variants"):
        cost = large_family(kind)
        detail = f"{cost.seconds:.0f} s, {cost.megabytes:.0f} MB, {cost.places} places"
        rows.append((f"10,000 {kind} among 20,000 documents", detail, "<= 60 s, <= 1000 MB"))
    width = max(len(name) for name, *_ in rows)
    for name, value, target in rows:
        print(f"{name.ljust(width)}  {value.ljust(48)}  {target}")


if __name__ == "__main__":
    main()
