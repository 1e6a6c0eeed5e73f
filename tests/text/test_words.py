"""Words are jieba's, whoever cuts them and in however many processes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reuse.model import Document
from reuse.text import words
from reuse.text.comparable import comparable
from reuse.text.flags import WORD
from reuse.text.shingles import shingles

PARAGRAPHS = (
    (Path(__file__).parents[2] / "fixtures" / "paragraphs.txt").read_text(encoding="utf-8").splitlines()
)


def cut_with(name: words.Segmenter, texts: list[str], jobs: int = 1) -> tuple[list[int], list[int]]:
    found = comparable([Document(id=str(k), source=str(k), text=t) for k, t in enumerate(texts)])
    kinds = words.cut(found, name=name, jobs=jobs).classes
    return (found.flags & WORD).tolist(), kinds.tolist()


def test_both_segmenters_cut_alike() -> None:
    texts = PARAGRAPHS[:60]
    assert cut_with("rjieba", texts)[0] == cut_with("jieba", texts)[0]


def test_processes_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_WORKER_MINIMUM", 1)
    assert cut_with("rjieba", PARAGRAPHS, jobs=3) == cut_with("rjieba", PARAGRAPHS)


def test_a_process_that_fails_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_WORKER_MINIMUM", 1)
    monkeypatch.setattr("sys.executable", "false")
    with pytest.raises(RuntimeError, match="word-cutting process ended with status 1"):
        cut_with("rjieba", PARAGRAPHS, jobs=2)


def test_words_that_are_tagged_together_are_of_the_class_they_have_alone() -> None:
    together = cut_with("rjieba", PARAGRAPHS[:60])[1]
    alone = [kind for text in PARAGRAPHS[:60] for kind in cut_with("rjieba", [text])[1]]
    assert together == alone
    assert len(set(together)) == 4


def test_words_are_those_of_the_plain_text() -> None:
    text = "基层党组织书记队伍建设"
    found = comparable([Document(id="a", source="a", text=text)])
    words.cut(found)
    starts = np.flatnonzero(found.flags & WORD).tolist()
    assert starts == [start for start, _ in words.tokenize(text)]


def test_letters_and_rare_characters_are_words_of_their_own() -> None:
    found = comparable([Document(id="a", source="a", text="𠮷田 the fox 加强")])
    words.cut(found)
    starts = [int(found.start[k]) for k in np.flatnonzero(found.flags & WORD)]
    assert starts == [0, 1, 3, 7, 11]


def test_shingles_of_a_short_text_are_none() -> None:
    found = comparable([Document(id="a", source="a", text="加强")])
    words.cut(found)
    sets = shingles(found.symbols, found.flags, np.array([[0, 2]]), 2)
    assert len(sets.values) == 0


def test_shingles_do_not_depend_on_punctuation_or_place() -> None:
    found = comparable([Document(id="a", source="a", text="基层组织，建设工作。好。基层组织建设、工作")])
    words.cut(found)
    sets = shingles(found.symbols, found.flags, np.array([[0, 8], [9, 17]]), 2)
    assert sets.values[: sets.offsets[1]].tolist() == sets.values[sets.offsets[1] :].tolist()


def test_lone_surrogates_are_no_words_and_stop_nothing() -> None:
    text = "群众\ud83d满意\udc00"
    assert words.tokenize(text) == [(0, 2), (2, 3), (3, 5), (5, 6)]
    assert [kind for _, kind in words.tag("满意\ud83d")]
    assert not words.is_word("\ud83d")
