"""Every figure of the table: what it is, what it should reach, and on which data it was measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from tests.quality import families, fixtures_gold, pairs, speeches
from tests.quality.corpora import FIXTURES, GOV, LABELS, NEWS, OWN_PARAGRAPHS, SPEECHES, digest, speech_files
from tests.quality.lexicon import DATA
from tests.quality.perturbations import Outcome, large_rounds, run_study, small_rounds, unrelated_alarms
from tests.quality.scans import Scans, readable_texts
from tests.quality.verdicts import FOLDER, read_figures, read_verdicts, readable

Better = Literal["higher", "lower"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `value` is None where it could not be measured, and `note` then says why."""

    name: str
    value: float | None
    target: float | None = None
    better: Better = "higher"
    note: str = ""
    data: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether the target is met; None without a target or a value."""
        if self.value is None or self.target is None:
            return None
        return self.value >= self.target if self.better == "higher" else self.value <= self.target


@dataclass(frozen=True, slots=True)
class Part:
    """Figures that are measured together, and the files without which they cannot be."""

    name: str
    needs: tuple[Path, ...]
    measure: Callable[[Scans], list[Figure]]

    @property
    def missing(self) -> list[Path]:
        """Files that are needed and absent."""
        return [path for path in self.needs if not path.exists()]

    def figures(self, scans: Scans) -> list[Figure]:
        """The figures, or one that says what is absent."""
        if self.missing:
            absent = ", ".join(path.name for path in self.missing)
            return [Figure(self.name, None, note=f"not measured: {absent} is not there")]
        return self.measure(scans)


def gold_figures(scans: Scans) -> list[Figure]:
    """The gold of the repository's own speeches, and its furniture."""
    scanned = scans.file_detector(fixtures_gold.GOLD_SPEECHES)
    gold = fixtures_gold.score(fixtures_gold.read_gold(), scanned)
    marks = fixtures_gold.score_furniture(fixtures_gold.read_furniture(), scanned)
    data = digest([fixtures_gold.GOLD, fixtures_gold.FURNITURE, *_files(fixtures_gold.GOLD_SPEECHES)])
    kinds = ", ".join(f"{k} {gold.found.get(k, 0)}/{n}" for k, n in gold.total.items())
    return [
        Figure("gold: recall", gold.recall, note=kinds, data=data),
        Figure("gold: precision", gold.precision, note=f"{len(gold.false)} false", data=data),
        Figure("gold: right kind", gold.kind_accuracy, data=data),
        Figure("gold: phrases as evidence", len(gold.phrases_as_evidence), better="lower", data=data),
        Figure("gold: furniture marked", marks.marked / max(1, marks.total), data=data),
        Figure("gold: matches on furniture", len(marks.matched), better="lower", data=data),
    ]


def small_figures(scans: Scans) -> list[Figure]:
    """The perturbation study on the repository's own text, and its unrelated speeches."""
    data = digest([*OWN_PARAGRAPHS, *_files(FIXTURES / "unrelated"), *_files(DATA)])
    alarms, doubles = unrelated_alarms(scans.detector)
    rows = _study_figures("perturbations", run_study(scans.detector, small_rounds()), data)
    note = f"{alarms} in {doubles} pairs of whole speeches"
    rate = 100 * alarms / max(1, doubles)
    return [*rows, Figure("perturbations: false alarms, speeches", rate, 1.0, "lower", note, data)]


def large_figures(scans: Scans) -> list[Figure]:
    """The same among 2,000 news items."""
    data = digest([*OWN_PARAGRAPHS, NEWS, *_files(DATA)])
    return _study_figures("among news", run_study(scans.detector_for("news"), large_rounds()), data)


def _study_figures(name: str, outcome: Outcome, data: str) -> list[Figure]:
    worst, recall = outcome.worst
    size = f"{outcome.cases} cases, {outcome.documents} documents a scan"
    alarms = f"{outcome.false_alarms} in {outcome.unrelated_pairs} pairs"
    exact = f"precision {outcome.scores.precision:.3f}, recall {outcome.scores.recall:.3f} in characters"
    return [
        Figure(f"{name}: mean recall", outcome.mean_recall, 0.98, note=size, data=data),
        Figure(f"{name}: worst class", recall, 0.93, note=worst, data=data),
        Figure(f"{name}: false alarms", outcome.alarms_per_hundred, 1.0, "lower", alarms, data),
        Figure(f"{name}: plagdet", outcome.scores.plagdet, 0.92, note=exact, data=data),
        Figure(f"{name}: granularity", outcome.scores.granularity, 1.05, "lower", data=data),
    ]


def speech_figures(scans: Scans) -> list[Figure]:
    """The hand-labelled speeches: what is reported at all, for many labels are slogans and formulas; and as evidence."""
    matches = scans.matches("speeches")
    labels, texts = speeches.read_labels(), speeches.shared_texts()
    data = digest([SPEECHES / "labels.jsonl", *speech_files()])
    figures = []
    for what, given in (("", [replace(m, level="passage") for m in matches]), (", as evidence", matches)):
        found = speeches.score(labels, given, texts)
        tiers = ", ".join(f"{t} {found.found.get(t, 0)}/{n}" for t, n in found.total.items())
        targets = (17, 0.92) if not what else (None, None)
        figures += [
            Figure(
                f"labelled speeches: tier A{what}", found.found.get("A", 0), targets[0], note=tiers, data=data
            ),
            Figure(
                f"labelled speeches: precision{what}",
                found.precision,
                targets[1],
                note=f"{len(found.false)} false",
                data=data,
            ),
        ]
    return figures


def pair_figures(corpus: str) -> Callable[[Scans], list[Figure]]:
    """The judged pairs of "gov" or "news": the reporting half, and the tuning half for comparison."""

    def measure(scans: Scans) -> list[Figure]:
        matches = scans.matches({"gov": "gov", "news": "news2014"}[corpus])
        judged = pairs.judge(pairs.read_pairs(corpus), matches)
        data = digest([LABELS / f"{corpus}.labels.jsonl", {"gov": GOV, "news": NEWS}[corpus]])
        told = _pair_rows(f"pairs of {corpus}", pairs.figures(judged, "reporting"), (0.92, 0.82), data)
        bare = pairs.figures(judged, "reporting", furniture=False)
        tuned = pairs.figures(judged, "tuning")
        return [
            *told,
            Figure(f"pairs of {corpus}, without F: precision", bare.precision, data=data),
            *_pair_rows(f"pairs of {corpus}, tuning half", tuned, (None, None), data),
        ]

    return measure


def _pair_rows(
    name: str, told: pairs.PairFigures, targets: tuple[float | None, float | None], data: str
) -> list[Figure]:
    exact = f"{told.reported_r} R of {told.reported} reported, 5-95 % {_interval(told.precision_interval)}"
    kept = f"of {told.all_r} R, {told.phrase_r} as phrase, 5-95 % {_interval(told.recall_interval)}"
    return [
        Figure(f"{name}: precision", told.precision, targets[0], note=exact, data=data),
        Figure(f"{name}: recall", told.recall, targets[1], note=kept, data=data),
    ]


def read_match_figures(corpus: str) -> Callable[[Scans], list[Figure]]:
    """The matches of the detector's own output that people read."""

    def measure(scans: Scans) -> list[Figure]:
        judging = read_verdicts(corpus)
        matches = readable(corpus, scans.matches(corpus), readable_texts(corpus).keys())
        told = read_figures(corpus, matches, judging)
        labels = ", ".join(f"{label} {n}" for label, n in told.labels.items())
        note = f"{told.judged} judged of {told.matches} ({labels}), in bands that hold {told.covered:.0%}"
        data = digest([FOLDER / f"{corpus}.jsonl"])
        return [
            Figure(f"matches read, {corpus}: reuse", told.reuse_share, 0.92, note=note, data=data),
            Figure(f"matches read, {corpus}: chance", told.chance, 0, "lower", data=data),
        ]

    return measure


def family_figures(_: Scans) -> list[Figure]:
    """Planted families and templates, and documents of which the reused share is known; what these cost and names left in is
    measured by `python -m tests.quality.families`."""
    data = digest([*OWN_PARAGRAPHS, *_files(FIXTURES / "unrelated"), *_files(DATA)])
    grouping = families.planted_grouping(families.families_of_whole_items)
    slots = [families.planted_slots(members) for members in (6, 3, 2)]
    error = families.originality_error(0.6)
    return [
        Figure("families: adjusted Rand index", grouping.ari, 0.95, data=data),
        Figure("families: largest", grouping.largest, 8, "lower", data=data),
        *(
            Figure(f"families: slot F1 of {members} members", told.f1, target, data=data)
            for members, told, target in zip((6, 3, 2), slots, (0.97, 0.93, 0.85), strict=True)
        ),
        Figure(
            "families: originality, worst error in points", error, 3, "lower", "of 60 % known reuse", data
        ),
    ]


def family_reading(_: Scans) -> list[Figure]:
    """Families of the government reports that were read: how many say one thing, and have a template that is a sentence."""
    told, data = families.gov_reading(), digest([families.READINGS])
    note = f"of {told.read}"
    return [
        Figure("families read, gov: pure", told.pure, 28, note=note, data=data),
        Figure("families read, gov: sentences", told.sentences, 25, note=note, data=data),
    ]


def _interval(points: tuple[float, float]) -> str:
    return f"{points[0]:.2f}-{points[1]:.2f}"


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


PARTS: tuple[Part, ...] = (
    Part("gold", (fixtures_gold.GOLD, fixtures_gold.FURNITURE), gold_figures),
    Part("perturbations", OWN_PARAGRAPHS, small_figures),
    Part("among news", (NEWS,), large_figures),
    Part("families", OWN_PARAGRAPHS, family_figures),
    Part("families read", (families.READINGS,), family_reading),
    Part("labelled speeches", (SPEECHES,), speech_figures),
    Part("pairs of gov", (LABELS, GOV), pair_figures("gov")),
    Part("pairs of news", (LABELS, NEWS), pair_figures("news")),
    Part("matches read, speeches", (SPEECHES, FOLDER / "speeches.jsonl"), read_match_figures("speeches")),
    Part("matches read, gov", (GOV, FOLDER / "gov.jsonl"), read_match_figures("gov")),
    Part("matches read, news", (NEWS, FOLDER / "news.jsonl"), read_match_figures("news")),
)
