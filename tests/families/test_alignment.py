from __future__ import annotations

from functools import cache

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reuse.families import alignment
from reuse.families.alignment import align, laid

GAIN = np.array([0.3, 0.5, 1.0, 1.0])
words = st.lists(st.integers(0, 3), max_size=7)


def best_score(medoid: list[int], text: list[int]) -> float:
    """The most that any alignment is worth, by trying all of them."""

    @cache
    def best(i: int, j: int, on: bool) -> float:
        if i == len(medoid) and j == len(text):
            return 0.0
        options = []
        leave = 0.0 if not on else -alignment._BREAK
        if i < len(medoid):
            options.append(leave + best(i + 1, j, False))
        if j < len(text):
            options.append(leave + best(i, j + 1, False))
        if i < len(medoid) and j < len(text) and medoid[i] == text[j]:
            options.append(GAIN[text[j]] + best(i + 1, j + 1, True))
        return max(options)

    return best(0, 0, True)


def score(medoid: list[int], text: list[int], cells: list[int]) -> float:
    """What an alignment is worth: equal words, less a break for each stretch that differs."""
    total, i, j, broken = 0.0, 0, 0, False
    for cell, word in zip(cells, text, strict=True):
        row = cell // 2
        if cell % 2 == 1:
            assert medoid[row] == word
            if (row > i or j > 0) and not broken:
                total -= alignment._BREAK
            total += GAIN[word]
            i, j, broken = row + 1, 0, False
        else:
            j += 1
    return total - (alignment._BREAK if i < len(medoid) or j else 0.0)


@given(words, words)
def test_no_alignment_is_worth_more(medoid: list[int], text: list[int]) -> None:
    cells = align(np.array(medoid, dtype=np.int64), np.array(text, dtype=np.int64), GAIN).tolist()
    assert cells == sorted(cells)
    assert all(0 <= cell <= 2 * len(medoid) for cell in cells)
    assert abs(score(medoid, text, cells) - best_score(medoid, text)) < 1e-9


def test_equal_texts_lie_on_each_other() -> None:
    text = np.arange(50)
    assert align(text, text, np.ones(50)).tolist() == [2 * n + 1 for n in range(50)]


def test_a_lone_particle_does_not_cut_a_filler_in_two() -> None:
    medoid = np.array([1, 2, 0, 3, 4])
    text = np.array([1, 5, 0, 6, 4])
    gain = np.array([0.5, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0])
    assert align(medoid, text, gain).tolist() == [1, 2, 2, 2, 9]


def test_long_texts_are_cut_at_words_that_each_holds_once() -> None:
    medoid = np.arange(6_000)
    text = np.concatenate((np.arange(1_000), np.arange(2_000, 6_000)))
    cells = align(medoid, text, np.ones(6_000))
    assert cells.tolist() == [2 * word + 1 for word in text.tolist()]


@given(st.lists(st.integers(0, 3), min_size=10, max_size=30), st.data())
def test_nor_is_any_of_two_texts_that_have_much_in_common(medoid: list[int], data: st.DataObject) -> None:
    text = list(medoid)
    for _ in range(data.draw(st.integers(0, 4))):
        place = data.draw(st.integers(0, len(text)))
        text[place : place + data.draw(st.integers(0, 4))] = data.draw(words)
    cells = align(np.array(medoid, dtype=np.int64), np.array(text, dtype=np.int64), GAIN).tolist()
    assert abs(score(medoid, text, cells) - best_score(medoid, text)) < 1e-9


@given(st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=20), min_size=1, max_size=4))
def test_texts_laid_together_lie_as_each_alone(texts: list[list[int]]) -> None:
    flat = [np.array(text, dtype=np.int64) for text in texts]
    offsets = np.cumsum([0, *map(len, texts)])
    cells, left = laid(np.concatenate(flat), offsets, 0, GAIN)
    assert not left.any()
    assert cells.tolist() == [cell for text in flat for cell in align(flat[0], text, GAIN).tolist()]
