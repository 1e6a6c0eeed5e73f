"""How the hand-labelled speeches are scored."""

from __future__ import annotations

import pytest

from tests.quality.corpora import SPEECHES
from tests.quality.detector import Place
from tests.quality.fakes import made_match, oracle
from tests.quality.metrics import Case
from tests.quality.speeches import read_labels, score, shared_texts

TEXTS = {
    "000_a.txt": "甲乙丙丁戊己庚辛。" + "零" * 20 + "甲乙丙、丁戊己庚辛" + "一" * 20,
    "001_b.txt": "二" * 10 + "甲乙丙丁戊己庚辛" + "三" * 30,
    "003_c.txt": "四" * 50,
}
LABEL = Case(Place("000_a.txt", 0, 8), Place("001_b.txt", 10, 18), "A g1")


def test_a_label_is_found_by_two_fifths_of_both_sides() -> None:
    found = score([LABEL], [made_match(Place("001_b.txt", 10, 14), Place("000_a.txt", 0, 4))], TEXTS)
    assert (found.found, found.precision, found.missed) == ({"A": 1}, 1.0, ())
    found = score([LABEL], [made_match(Place("001_b.txt", 10, 18), Place("000_a.txt", 0, 3))], TEXTS)
    assert (found.found, found.missed) == ({}, (LABEL,))


def test_a_phrase_finds_nothing_but_is_told() -> None:
    found = score([LABEL], [made_match(LABEL.left, LABEL.right, "phrase")], TEXTS)
    assert (found.found, found.found_at_any_level) == ({}, {"A": 1})


def test_a_match_off_every_label_is_false() -> None:
    off = made_match(Place("000_a.txt", 40, 50), Place("001_b.txt", 20, 30))
    found = score([LABEL], [*oracle([LABEL]), off], TEXTS)
    assert (len(found.false), found.precision) == (1, 0.5)


def test_a_match_on_one_side_of_a_label_is_false() -> None:
    off = made_match(LABEL.left, Place("001_b.txt", 20, 30))
    assert len(score([LABEL], [off], TEXTS).false) == 1


def test_a_further_occurrence_of_labelled_text_is_neither() -> None:
    again = made_match(Place("000_a.txt", 29, 38), LABEL.right)
    found = score([LABEL], [again], TEXTS)
    assert (found.found, found.false) == ({}, ())


def test_the_file_without_labels_is_left_out() -> None:
    off = made_match(Place("000_a.txt", 40, 50), Place("003_c.txt", 0, 10))
    assert score([LABEL], [off], TEXTS).false == ()


@pytest.mark.skipif(not SPEECHES.exists(), reason="the shared folder with labelled speeches is not there")
def test_the_labels_found_as_they_are_give_full_marks() -> None:
    found = score(read_labels(), oracle(read_labels()), shared_texts())
    assert found.total["A"] == found.found["A"] == 19
    assert found.precision == 1
