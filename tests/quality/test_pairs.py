"""How judged pairs are scored."""

from __future__ import annotations

import math

from tests.quality.detector import Place
from tests.quality.fakes import made_match
from tests.quality.metrics import Case
from tests.quality.pairs import Judged, JudgedPair, errors, figures, judge, left_out

CASE = Case(Place("nobody's report 1", 100, 200), Place("nobody's report 2", 0, 100))


def pair(label: str, case: Case = CASE) -> JudgedPair:
    return JudgedPair("gov", 0, case, label, 1.0)


def test_one_match_must_cover_half_of_both_spans() -> None:
    left, right = CASE.left.document, CASE.right.document
    enough = made_match(Place(left, 90, 150), Place(right, 50, 130))
    too_little = made_match(Place(left, 100, 200), Place(right, 60, 200))
    assert judge([pair("R")], [enough])[0].reported == "evidence"
    assert judge([pair("R")], [too_little])[0].reported == "nothing"


def test_two_matches_add_up() -> None:
    left, right = CASE.left.document, CASE.right.document
    parts = [made_match(Place(left, n, n + 40), Place(right, n - 100, n - 60)) for n in (100, 140)]
    assert judge([pair("R")], parts[:1])[0].reported == "nothing"
    assert judge([pair("R")], parts)[0].reported == "evidence"


def test_sides_may_be_exchanged() -> None:
    assert judge([pair("R")], [made_match(CASE.right, CASE.left)])[0].reported == "evidence"


def test_evidence_outweighs_a_phrase() -> None:
    both = [made_match(CASE.left, CASE.right, "phrase"), made_match(CASE.left, CASE.right, "paragraph")]
    assert judge([pair("P")], both[:1])[0].reported == "phrase"
    assert judge([pair("P")], both)[0].reported == "evidence"


def test_precision_and_recall_are_of_r_among_evidence() -> None:
    judged = [
        Judged(pair("R"), "evidence"),
        Judged(pair("R"), "phrase"),
        Judged(pair("P"), "evidence"),
        Judged(pair("F"), "evidence"),
        Judged(pair("C"), "nothing"),
        Judged(pair(""), "evidence"),
    ]
    told = figures(judged)
    assert (told.pairs, told.reported, told.all_r, told.phrase_r) == (5, 3, 2, 1)
    assert (told.precision, told.recall) == (1 / 3, 1 / 2)
    assert figures(judged, furniture=False).precision == 1 / 2
    assert told.precision_interval[0] <= told.precision <= told.precision_interval[1]
    assert left_out(judged) == {"straddling": 0, "undecided": 1}
    assert [j.pair.label for j in errors(judged, "tuning")] == ["R", "P", "F"]


def test_precision_of_nothing_reported_is_no_number() -> None:
    assert math.isnan(figures([Judged(pair("R"), "nothing")]).precision)
