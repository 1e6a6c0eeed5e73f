"""The halves of the judged documents."""

from __future__ import annotations

import pytest

from tests.quality.corpora import LABELS
from tests.quality.pairs import CORPUS_NAMES, edges, read_pairs
from tests.quality.partition import HALVES, best_halves, half_of, half_of_pair, stored_text

needs_labels = pytest.mark.skipif(
    not LABELS.exists(), reason="the shared folder with judged pairs is not there"
)


def test_two_groups_that_share_no_pair_are_not_cut() -> None:
    drawn = [("a", "b", "R"), ("b", "c", "P"), ("x", "y", "R"), ("y", "z", "P")]
    assert best_halves(drawn, restarts=3) == ["x", "y", "z"]


def test_labels_are_as_many_on_either_side() -> None:
    drawn = [(f"{n}a", f"{n}b", "R" if n % 3 else "P") for n in range(12)]
    reporting = set(best_halves(drawn, restarts=5))
    held = [label for left, _, label in drawn if left in reporting]
    assert (held.count("R"), held.count("P")) == (4, 2)


def test_a_document_no_pair_names_is_for_tuning() -> None:
    assert half_of("gov", "a document nobody judged") == "tuning"


@needs_labels
def test_the_stored_halves_are_those_the_rule_gives() -> None:
    assert HALVES.read_text(encoding="utf-8") == stored_text({name: edges(name) for name in CORPUS_NAMES})


@needs_labels
@pytest.mark.parametrize("corpus", CORPUS_NAMES)
def test_few_pairs_straddle_and_classes_are_balanced(corpus: str) -> None:
    pairs = read_pairs(corpus)
    halves = [half_of_pair(corpus, p.case.left.document, p.case.right.document) for p in pairs]
    assert halves.count(None) < 0.15 * len(pairs)
    for label in ("R", "P"):
        held = [h for h, p in zip(halves, pairs, strict=True) if p.label == label]
        assert abs(held.count("tuning") - held.count("reporting")) <= 2
