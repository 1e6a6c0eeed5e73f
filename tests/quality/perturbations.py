"""The perturbation study: what becomes of the detector when a paragraph is changed in a known way.

Paragraphs of the repository are the sources. In every round some are laid out in source documents, and once
each, changed in one way, in suspicious documents among foreign paragraphs. A paragraph occurs in one
changed copy per scan, so that copies do not make each other common, and foreign paragraphs occur once, so
that gold is all there is to find. A case counts as found when matches at level paragraph or passage cover
half of both its sides; which document holds it is not told to the detector, and a match about other
documents finds nothing.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reuse.model import Document, Match
from tests.quality import edits
from tests.quality.corpora import labelled_news_documents, news_documents, own_paragraphs, unrelated_documents
from tests.quality.detector import Detection, Detector, Place, detection
from tests.quality.edits import Edit
from tests.quality.layout import (
    ForeignText,
    Laid,
    Layout,
    alone,
    clause,
    embedded,
    has_clause,
    merged,
    split,
)
from tests.quality.lexicon import SLOT_OF_TAG, Stock, is_word, sensitive_parts, tagged_words
from tests.quality.metrics import Case, Scores, is_found, pan_scores, touches

FOUND_SHARE = 0.5
UNITS_PER_SOURCE = 6
UNITS_PER_SUSPICIOUS = 3


@dataclass(frozen=True, slots=True)
class Change:
    """One class of the study: what is done to a paragraph, where it then stands, which paragraphs suit it."""

    edit: Edit
    layout: Layout = alone
    suits: Callable[[str], bool] = lambda paragraph: True


def has_slots(paragraph: str) -> bool:
    """Whether a paragraph has three dates, numbers, places, names or organisations to fill anew."""
    return sum(tag in SLOT_OF_TAG and is_word(word) for word, tag in tagged_words(paragraph)) >= 3


def has_sensitive_words(paragraph: str) -> bool:
    """Whether at least six characters are deleted from it by sites that delete sensitive words."""
    return sum(len(part) for part in sensitive_parts(paragraph)) >= 6


SLOTS, CENSOR, MARK = edits.fill_slots, edits.delete_sensitive, edits.mark_pages
CLASSES: dict[str, Change] = {
    "verbatim": Change(edits.keep),
    "slots": Change(SLOTS, suits=has_slots),
    "synonyms 10 %": Change(edits.replace_words(0.1)),
    "synonyms 20 %": Change(edits.replace_words(0.2)),
    "synonyms 30 %": Change(edits.replace_words(0.3)),
    "deletions 25 %": Change(edits.delete_words(0.25)),
    "insertions 33 %": Change(edits.insert_words(0.33)),
    "reordered": Change(edits.reorder),
    "merged": Change(edits.keep, merged),
    "split": Change(edits.keep, split),
    "embedded x4": Change(edits.keep, embedded(4)),
    "censored": Change(CENSOR, suits=has_sensitive_words),
    "page marker": Change(MARK),
    "wide, traditional": Change(edits.widen),
    "wrong 3 %": Change(edits.wrong_characters(0.03)),
    "clause": Change(edits.keep, clause, suits=has_clause),
    "slots + synonyms 10 % + page marker": Change(
        edits.chained(SLOTS, edits.replace_words(0.1), MARK), suits=has_slots
    ),
    "synonyms 20 % + embedded x4": Change(edits.replace_words(0.2), embedded(4)),
    "censored + wrong 3 % + split": Change(
        edits.chained(CENSOR, edits.wrong_characters(0.03)), split, suits=has_sensitive_words
    ),
    "slots + traditional + merged": Change(edits.chained(SLOTS, edits.widen), merged, suits=has_slots),
    "deletions 10 % + reordered + page marker": Change(
        edits.chained(edits.delete_words(0.1), edits.reorder, MARK)
    ),
}


@dataclass(frozen=True, slots=True)
class Round:
    """The documents of one scan and what there is to find in them."""

    documents: tuple[Document, ...]
    sources: frozenset[str]
    cases: tuple[Case, ...]

    @property
    def unrelated_pairs(self) -> int:
        """Pairs of a source document with another document that shares nothing with it."""
        with_sources = len(self.sources) * (len(self.documents) - len(self.sources))
        among_sources = len(self.sources) * (len(self.sources) - 1) // 2
        return with_sources + among_sources - len({case.documents for case in self.cases})


@dataclass(frozen=True, slots=True)
class Missed:
    """A case that was not found as evidence: its two texts, and whether phrases cover it."""

    case: Case
    left: str
    right: str
    is_phrase: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a study found."""

    documents: int
    characters: int
    cases: int
    recall: dict[str, float]
    missed: tuple[Missed, ...]
    scores: Scores
    false_alarms: int
    unrelated_pairs: int

    @property
    def mean_recall(self) -> float:
        """Mean over classes."""
        return sum(self.recall.values()) / len(self.recall)

    @property
    def worst(self) -> tuple[str, float]:
        """The class with the lowest recall."""
        return min(self.recall.items(), key=lambda item: (item[1], item[0]))

    @property
    def alarms_per_hundred(self) -> float:
        """Evidence-level matches per 100 pairs of documents that share nothing."""
        return 100 * self.false_alarms / max(1, self.unrelated_pairs)


def small_rounds(count: int = 15, units: int = 60, seed: int = 1) -> Iterable[Round]:
    """Rounds of some 30 documents each, all of the repository's own text."""
    paragraphs = own_paragraphs()
    pool = [line for d in unrelated_documents() for line in d.text.splitlines() if len(line) >= 40]
    for number in range(count):
        source = random.Random(f"{seed} small {number}")
        drawn, rest = deal(source.sample(paragraphs, len(paragraphs)), units, number * units)
        yield make_round(drawn, source.sample(pool, len(pool)) + rest, (), number, source)


def large_rounds(count: int = 3, units: int = 120, seed: int = 1) -> Iterable[Round]:
    """Rounds of all own paragraphs among 2,000 news items; the foreign text is that of other news items."""
    haystack = tuple(labelled_news_documents())
    shown = {d.id for d in haystack}
    others = [d for d in news_documents() if d.id not in shown]
    for number in range(count):
        source = random.Random(f"{seed} large {number}")
        items = source.sample(others, 400)
        foreign = [line for d in items for line in d.text.splitlines()[1:] if len(line) >= 40]
        paragraphs = own_paragraphs()
        drawn, _ = deal(source.sample(paragraphs, len(paragraphs)), units, number * units)
        yield make_round(drawn, foreign, haystack, number, source)


def deal(paragraphs: Sequence[str], units: int, first: int) -> tuple[list[tuple[str, str]], list[str]]:
    """Give each class of the turn (beginning with the `first`) the next paragraph that suits it.

    Returns `units` pairs of class and paragraph, fewer when no paragraph is left that suits, and the
    paragraphs that were not given out.
    """
    left, dealt, names = list(paragraphs), [], list(CLASSES)
    for turn in range(first, first + units):
        name = names[turn % len(names)]
        place = next((n for n, text in enumerate(left) if CLASSES[name].suits(text)), None)
        if place is not None:
            dealt.append((name, left.pop(place)))
    return dealt, left


def make_round(
    units: Sequence[tuple[str, str]],
    foreign_paragraphs: Sequence[str],
    haystack: Sequence[Document],
    number: int,
    source: random.Random,
) -> Round:
    """Lay units (class, paragraph) out in source documents, and edited in suspicious ones.

    Raises ValueError when there are too few foreign paragraphs.
    """
    foreign, stock = ForeignText(foreign_paragraphs), Stock.of(foreign_paragraphs)
    documents, places = _source_documents([unit for _, unit in units], number)
    sources = frozenset(d.id for d in documents)
    cases: list[Case] = []
    for group in _groups(len(units)):
        laid = []
        for unit in group:
            name, paragraph = units[unit]
            change = CLASSES[name]
            laid.append((name, places[unit], change.layout(paragraph, change.edit, source, stock, foreign)))
        suspicious, found = _suspicious_document(f"b{number:02}-{group[0]:03}", laid, foreign)
        documents.append(suspicious)
        cases += found
    return Round((*documents, *haystack), sources, tuple(cases))


def _groups(units: int) -> list[list[int]]:
    """Which units stand in one suspicious document: such as come from different source documents."""
    step = -(-units // UNITS_PER_SUSPICIOUS)
    return [list(range(first, units, step)) for first in range(step)]


def _source_documents(units: Sequence[str], number: int) -> tuple[list[Document], list[Place]]:
    documents, places = [], []
    for first in range(0, len(units), UNITS_PER_SOURCE):
        name, text = f"a{number:02}-{first:03}", ""
        for unit in units[first : first + UNITS_PER_SOURCE]:
            places.append(Place(name, len(text), len(text) + len(unit)))
            text += unit + "\n"
        documents.append(Document(id=name, source=name, text=text))
    return documents, places


def _suspicious_document(
    name: str, laid: Sequence[tuple[str, Place, Laid]], foreign: ForeignText
) -> tuple[Document, list[Case]]:
    text, cases = foreign.paragraph() + "\n", []
    for label, place, part in laid:
        left = Place(place.document, place.start + part.source_start, place.start + part.source_end)
        cases.append(Case(left, Place(name, len(text) + part.start, len(text) + part.end), label))
        text += part.text + "\n"
    return Document(id=name, source=name, text=text), cases


def run_study(detector: Detector, rounds: Iterable[Round]) -> Outcome:
    """Scan every round and score what is found about its source documents."""
    missed: list[Missed] = []
    cases: list[Case] = []
    found: list[Detection] = []
    alarms, pairs, documents, characters = 0, 0, 0, 0
    for one in rounds:
        detections = _about(one.sources, detector(one.documents))
        evidence = [d for d in detections if d.is_evidence]
        missed += _missed(one, detections, evidence)
        alarms += sum(not any(touches(d, c) for c in one.cases) for d in evidence)
        pairs += one.unrelated_pairs
        cases += one.cases
        found += evidence
        documents = max(documents, len(one.documents))
        characters = max(characters, sum(len(d.text) for d in one.documents))
    recall, scores = _recall_by_class(cases, missed), pan_scores(cases, found)
    return Outcome(documents, characters, len(cases), recall, tuple(missed), scores, alarms, pairs)


def _about(sources: frozenset[str], matches: Iterable[Match]) -> list[Detection]:
    """The matches with a source document on a side; the rest of a scan is not all known."""
    found = [detection(match) for match in matches]
    return [d for d in found if {d.left.document, d.right.document} & sources]


def _missed(one: Round, every: Sequence[Detection], evidence: Sequence[Detection]) -> list[Missed]:
    texts = {d.id: d.text for d in one.documents}
    return [
        Missed(
            case=c,
            left=texts[c.left.document][c.left.start : c.left.end],
            right=texts[c.right.document][c.right.start : c.right.end],
            is_phrase=is_found(c, every, FOUND_SHARE),
        )
        for c in one.cases
        if not is_found(c, evidence, FOUND_SHARE)
    ]


def _recall_by_class(cases: Iterable[Case], missed: Iterable[Missed]) -> dict[str, float]:
    total = Counter(case.label for case in cases)
    lost = Counter(one.case.label for one in missed)
    return {name: 1 - lost[name] / count for name, count in sorted(total.items())}


def unrelated_alarms(detector: Detector) -> tuple[int, int]:
    """Evidence-level matches among the unrelated speeches, and the number of their pairs."""
    documents = unrelated_documents()
    found = sum(detection(match).is_evidence for match in detector(documents))
    return found, len(documents) * (len(documents) - 1) // 2
