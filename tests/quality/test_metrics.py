"""The measures of PAN, against counting characters one by one."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quality.detector import Detection, Place, covered
from tests.quality.metrics import Case, bootstrap, is_found, pan_scores, plagdet, touches


def places(document: str) -> st.SearchStrategy[Place]:
    return st.tuples(st.integers(0, 40), st.integers(1, 20)).map(
        lambda drawn: Place(document, drawn[0], drawn[0] + drawn[1])
    )


detections = st.builds(Detection, places("a"), places("b"), st.just("passage"))
cases = st.builds(Case, places("a"), places("b"))


def characters(place: Place) -> set[tuple[str, int]]:
    return {(place.document, n) for n in range(place.start, place.end)}


@given(places("a"), st.lists(places("a") | places("b")))
def test_covered_counts_each_character_once(place: Place, parts: list[Place]) -> None:
    union = set().union(*(characters(p) for p in parts)) if parts else set()
    assert covered(place, parts) == len(characters(place) & union)


@given(st.lists(cases, min_size=1, max_size=4), st.lists(detections, max_size=6))
def test_scores_are_those_of_counting_characters(gold: list[Case], found: list[Detection]) -> None:
    def both(one: Detection | Case) -> set[tuple[str, int]]:
        return characters(one.left) | characters(one.right)

    def shared(one: Detection | Case, others: list[Detection] | list[Case]) -> float:
        union = set().union(*(both(o) for o in others)) if others else set()
        return len(both(one) & union) / len(both(one))

    scores = pan_scores(gold, found)
    recall = sum(shared(c, [d for d in found if touches(d, c)]) for c in gold) / len(gold)
    assert scores.recall == pytest.approx(recall)
    precision = sum(shared(d, [c for c in gold if touches(d, c)]) for d in found) / max(1, len(found))
    assert scores.precision == pytest.approx(precision)
    detected = [n for c in gold if (n := sum(touches(d, c) for d in found))]
    assert scores.granularity == pytest.approx(sum(detected) / len(detected) if detected else 1)


@given(st.lists(cases, min_size=1, max_size=4, unique=True), st.lists(detections, max_size=6))
def test_the_order_of_sides_does_not_matter(gold: list[Case], found: list[Detection]) -> None:
    assert pan_scores(gold, found) == pan_scores(gold, [d.swapped() for d in found])


def test_a_perfect_detection_scores_one() -> None:
    gold = [Case(Place("a", 0, 10), Place("b", 5, 15))]
    scores = pan_scores(gold, [Detection(gold[0].left, gold[0].right, "passage")])
    assert (scores.precision, scores.recall, scores.granularity, scores.plagdet) == (1, 1, 1, 1)


def test_two_fragments_of_one_case_cost_granularity() -> None:
    gold = [Case(Place("a", 0, 10), Place("b", 0, 10))]
    halves = [(Place("a", n, n + 5), Place("b", n, n + 5)) for n in (0, 5)]
    scores = pan_scores(gold, [Detection(left, right, "passage") for left, right in halves])
    assert (scores.recall, scores.granularity) == (1, 2)
    assert scores.plagdet == pytest.approx(1 / math.log2(3))


def test_a_detection_in_other_documents_costs_precision_alone() -> None:
    gold = [Case(Place("a", 0, 10), Place("b", 0, 10))]
    right = Detection(gold[0].left, gold[0].right, "passage")
    wrong = Detection(Place("a", 0, 10), Place("c", 0, 10), "passage")
    scores = pan_scores(gold, [right, wrong])
    assert (scores.precision, scores.recall) == (0.5, 1)


def test_a_case_is_found_only_when_both_sides_are_covered() -> None:
    case = Case(Place("a", 0, 10), Place("b", 0, 10))
    assert is_found(case, [Detection(Place("b", 5, 10), Place("a", 0, 5), "passage")], 0.5)
    assert not is_found(case, [Detection(Place("a", 0, 10), Place("b", 6, 10), "passage")], 0.5)


def test_plagdet_without_anything_found_is_zero() -> None:
    assert plagdet(0, 0, 1) == 0


def test_bootstrap_brackets_the_figure_and_repeats_itself() -> None:
    values = [0.0] * 30 + [1.0] * 70
    low, high = bootstrap(values, lambda drawn: sum(drawn) / len(drawn))
    assert 0.55 < low < 0.7 < high < 0.85
    assert (low, high) == bootstrap(values, lambda drawn: sum(drawn) / len(drawn))


def test_bootstrap_of_nothing_is_no_number() -> None:
    assert all(math.isnan(point) for point in bootstrap([], lambda drawn: 0.0))
