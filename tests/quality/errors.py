"""What went wrong, with the texts: for reading on a terminal, as most texts are not ours to store."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from reuse.model import DocumentRecord
from tests.quality import fixtures_gold, pairs, speeches
from tests.quality.detector import Detection, Place
from tests.quality.metrics import Case
from tests.quality.partition import Half
from tests.quality.perturbations import Missed, large_rounds, run_study, small_rounds
from tests.quality.scans import CORPUS_DOCUMENTS, Scans


def pair_errors(half: Half) -> Callable[[Scans], list[str]]:
    """Judged pairs of a half that are R and not evidence, or evidence and not R."""

    def lines(scans: Scans) -> list[str]:
        told = []
        for corpus, scan in (("gov", "gov"), ("news", "news2014")):
            texts = {d.id: d.text for d in CORPUS_DOCUMENTS[scan]()}
            judged = pairs.judge(pairs.read_pairs(corpus), scans.matches(scan))
            for one in pairs.errors(judged, half):
                told.append(f"{corpus} {one.pair.number}: {one.pair.label}, reported as {one.reported}")
                told += _sides(one.pair.case, texts)
        return told

    return lines


def speech_errors(scans: Scans) -> list[str]:
    """Labels that are not found and matches that are no label, in the labelled speeches."""
    texts = speeches.shared_texts()
    found = speeches.score(speeches.read_labels(), scans.matches("speeches"), texts)
    return _missed_and_false(found.missed, found.false, texts)


def gold_errors(scans: Scans) -> list[str]:
    """The same for the repository's speeches, and furniture that is not marked or is matched."""
    scanned = scans.file_detector(fixtures_gold.GOLD_SPEECHES)
    texts = _texts_by_file(scanned.documents)
    gold = fixtures_gold.score(fixtures_gold.read_gold(), scanned)
    marks = fixtures_gold.score_furniture(fixtures_gold.read_furniture(), scanned)
    told = _missed_and_false(gold.missed, gold.false, texts)
    for case in gold.phrases_as_evidence:
        told += ["phrase reported as evidence", *_sides(case, texts)]
    for place in marks.unmarked:
        told += ["furniture not marked", _side(place, texts)]
    for one in marks.matched:
        told += [f"match on furniture ({one.level})", _side(one.left, texts), _side(one.right, texts)]
    return told


def small_study_errors(scans: Scans) -> list[str]:
    """Cases of the perturbation study that are not found."""
    return _missed_cases(run_study(scans.detector, small_rounds()).missed)


def large_study_errors(scans: Scans) -> list[str]:
    """The same among news."""
    return _missed_cases(run_study(scans.detector_for("news"), large_rounds()).missed)


def _missed_cases(missed: tuple[Missed, ...]) -> list[str]:
    told = []
    for one in sorted(missed, key=lambda m: m.case.label):
        told.append(f"{one.case.label}: {'a phrase' if one.is_phrase else 'nothing'}")
        told += [f"  {one.left}", f"  {one.right}"]
    return told


def _texts_by_file(documents: Iterable[DocumentRecord]) -> dict[str, str]:
    """The text of each file as far as its documents hold it, at its place in the file."""
    texts: dict[str, str] = {}
    for document in sorted((record.document for record in documents), key=lambda d: (d.source, d.start)):
        name = Path(document.source).name
        texts[name] = texts.get(name, "").ljust(document.start) + document.text
    return texts


def _missed_and_false(
    missed: tuple[Case, ...], false: tuple[Detection, ...], texts: dict[str, str]
) -> list[str]:
    told = []
    for case in missed:
        told += [f"not found: {case.label}", *_sides(case, texts)]
    for one in false:
        told += [f"no label ({one.level})", _side(one.left, texts), _side(one.right, texts)]
    return told


def _sides(case: Case, texts: dict[str, str]) -> list[str]:
    return [_side(case.left, texts), _side(case.right, texts)]


def _side(place: Place, texts: dict[str, str]) -> str:
    text = texts[place.document][place.start : place.end]
    return f"  {place.document} [{place.start}, {place.end}): {text}"


ERRORS: dict[str, Callable[[Scans], list[str]]] = {
    "gold": gold_errors,
    "perturbations": small_study_errors,
    "among news": large_study_errors,
    "labelled speeches": speech_errors,
    "pairs, tuning": pair_errors("tuning"),
    "pairs, reporting": pair_errors("reporting"),
}
