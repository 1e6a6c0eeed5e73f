"""How the repository's own speeches are scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reuse.model import Document, DocumentRecord, Match, Removed
from tests.quality.detector import Place
from tests.quality.fakes import made_match
from tests.quality.fixtures_gold import score, score_furniture
from tests.quality.metrics import Case

COPY = Case(Place("a.txt", 0, 40), Place("b.txt", 10, 50), "copied")
PHRASE = Case(Place("a.txt", 60, 80), Place("b.txt", 70, 90), "commonplace")


@dataclass
class FakeScan:
    matches: Sequence[Match]
    documents: Sequence[DocumentRecord] = field(default_factory=list)


def record(source: str, removed: tuple[Removed, ...]) -> DocumentRecord:
    document = Document(id=source + "#1", source="folder/" + source, text="文" * 100)
    return DocumentRecord(document=document, characters=100, compared=100, removed=removed, sha256="")


def test_reuse_is_found_as_evidence_and_phrases_as_phrases() -> None:
    scan = FakeScan(
        [made_match(COPY.right, COPY.left), made_match(PHRASE.left, PHRASE.right, "phrase", "commonplace")]
    )
    told = score([COPY, PHRASE], scan)
    assert told.found == {"copied": 1, "commonplace": 1}
    assert (told.recall, told.precision, told.kind_accuracy) == (1, 1, 1)


def test_reuse_told_as_a_phrase_is_missed_and_a_phrase_told_as_reuse_is_false() -> None:
    scan = FakeScan([made_match(COPY.left, COPY.right, "phrase"), made_match(PHRASE.left, PHRASE.right)])
    told = score([COPY, PHRASE], scan)
    assert told.found == {}
    assert told.missed == (COPY, PHRASE)
    assert told.phrases_as_evidence == (PHRASE,)
    assert (told.recall, told.precision) == (0, 0)


def test_the_kind_is_that_of_the_match_that_shares_most() -> None:
    small = made_match(Place("a.txt", 0, 5), Place("b.txt", 10, 15), kind="copied")
    large = made_match(Place("b.txt", 15, 50), Place("a.txt", 5, 40), kind="templated")
    assert score([COPY], FakeScan([small, large])).kind_accuracy == 0


def test_furniture_must_be_marked_by_four_fifths() -> None:
    places = [Place("a.txt", 0, 10), Place("b.txt", 0, 10)]
    records = [record("a.txt", (Removed(0, 8, "banner"),)), record("b.txt", (Removed(0, 7, "banner"),))]
    told = score_furniture(places, FakeScan([], records))
    assert (told.total, told.marked, told.unmarked) == (2, 1, (places[1],))


def test_a_match_that_lies_on_furniture_is_told_whatever_its_level() -> None:
    on = made_match(Place("a.txt", 0, 12), Place("b.txt", 50, 62), "phrase")
    off = made_match(Place("a.txt", 6, 30), Place("b.txt", 50, 74))
    told = score_furniture([Place("a.txt", 0, 10)], FakeScan([on, off], []))
    assert len(told.matched) == 1
