"""Texts in units, and words that are the same whether a text is cut whole or by the clause."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reuse.families.lists import anchors
from reuse.families.wordings import Vocabulary, clauses, word_starts
from reuse.text.words import tokenize
from tests.families.slips import slips_in

WORDS = [
    "全市上下要牢记嘱托",
    "坚持以身作责",
    "2019",
    "3.5%",
    "A+B型",
    "GDP",
    "云A-1",
    "“四个意识”",
    "（一）",
]
MARKS = [*"，。；、：！？ \n\u3000\ud83d𠮷é", "\r\n", "……", "——"]
TEXTS = st.lists(st.sampled_from(WORDS + MARKS), max_size=12).map("".join)


@given(TEXTS)
def test_a_text_is_its_clauses_and_has_their_words(text: str) -> None:
    assert "".join(clauses(text)) == text
    assert np.flatnonzero(word_starts(text)).tolist() == [start for start, _ in tokenize(text)] + [len(text)]


@given(TEXTS, TEXTS)
def test_texts_cut_together_have_the_words_each_has_alone(one: str, other: str) -> None:
    vocabulary = Vocabulary()
    wordings = [vocabulary.wording(one), vocabulary.wording(other, [(0, len(other) // 2)])]
    alone = [Vocabulary().word_starts([wording]) for wording in wordings]
    assert vocabulary.word_starts(wordings).tolist() == np.concatenate(alone).tolist()
    assert vocabulary.word_starts(wordings[1:]).tolist() == alone[1].tolist()


@given(TEXTS, TEXTS)
def test_a_slip_stands_where_it_stands_in_its_clause(before: str, after: str) -> None:
    text = f"{before}。坚持以身作责，{after}"
    at = len(before) + 1
    alone = [(slip.start + at, slip.end + at, slip.text, slip.meant) for slip in slips_in("坚持以身作责，")]
    assert alone and set(alone) <= {tuple(slip) for slip in slips_in(text)}


@given(TEXTS)
def test_units_of_a_text_joined_are_the_text(text: str) -> None:
    vocabulary = Vocabulary()
    wording = vocabulary.wording(text)
    bounds = wording.bounds.tolist()
    units = [text[a:b] for a, b in pairwise(bounds)]
    assert "".join(units) == text and all(units)
    assert len(vocabulary.word_starts([wording])) == len(bounds)
    numbers = dict(zip(wording.units.tolist(), units, strict=True))
    assert len(numbers) == len(set(units)) and [numbers[n] for n in wording.units.tolist()] == units


@given(TEXTS)
def test_what_stands_before_a_text_changes_no_unit_of_it(text: str) -> None:
    alone, behind = Vocabulary().wording(f"全{text}"), Vocabulary().wording(f"-全{text}")
    assert (behind.bounds[1:] - 1).tolist() == alone.bounds.tolist()


def test_numbers_letters_and_what_follows_them_are_units() -> None:
    wording = Vocabulary().wording("增长3.5% ，GDP超 1,000亿")
    bounds = wording.bounds.tolist()
    units = [wording.text[a:b] for a, b in pairwise(bounds)]
    assert units == ["增", "长", "3.5", "% ", "，", "GDP", "超 ", "1", ",", "000", "亿"]


def test_what_is_not_compared_belongs_to_the_unit_before_it() -> None:
    text = "全市12上下"
    hidden = Vocabulary().wording(text, [(2, 4)])
    assert hidden.bounds.tolist() == [0, 1, 4, 5, 6]
    assert hidden.part(1, 3).text == "市12上" and hidden.part(1, 3).bounds.tolist() == [0, 3, 4]


def test_units_fold_alike_and_weigh_alike() -> None:
    vocabulary = Vocabulary()
    one, other = vocabulary.wording("全市GDP，"), vocabulary.wording("全市gdp。")
    folds = vocabulary.fold(one.units)
    assert folds.tolist() == vocabulary.fold(other.units).tolist()
    assert vocabulary.gain[folds].tolist() == [0.5, 0.5, 1.0, 0.3]


@given(st.data())
def test_what_an_anchor_cannot_do_without_stands_in_its_wording(data: st.DataObject) -> None:
    for anchor in anchors():
        text = data.draw(st.from_regex(anchor.wording))
        assert anchor.held and anchor.held in text
