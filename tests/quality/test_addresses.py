"""What the judged pairs of English addresses tell."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from tests.quality.addresses import area, judged_pairs
from tests.quality.detector import Place
from tests.quality.fakes import made_match
from tests.quality.metrics import Case
from tests.quality.pairs import JudgedPair

LABELS = "RRPRC"


def case(number: int) -> Case:
    return Case(Place(f"one {number}", 0, 100), Place(f"other {number}", 50, 150))


PAIRS = [JudgedPair("addresses", number, case(number), label, 1.0) for number, label in enumerate(LABELS)]


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [((0.9, 0.8, 0.2, 0.7, 0.1), 1.0), ((0.1, 0.2, 0.9, 0.3, 0.8), 0.0), ((0.9, 0.8, 0.85, 0.7, 0.1), 4 / 6)],
)
def test_the_area_is_the_share_of_reuse_ranked_before_the_rest(
    evidence: tuple[float, ...], expected: float
) -> None:
    matches = [
        replace(made_match(case(number).right, case(number).left), evidence=value)
        for number, value in enumerate(evidence)
    ]
    assert area(PAIRS, matches) == pytest.approx(expected)


def test_what_no_match_covers_is_not_ranked() -> None:
    assert math.isnan(area(PAIRS, [made_match(case(0).left, case(0).right)]))


def test_the_pairs_that_were_read_are_there() -> None:
    pairs = judged_pairs()
    assert len(pairs) == 160
    assert {pair.label for pair in pairs} <= set("RPFC") | {""}
