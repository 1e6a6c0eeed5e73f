"""Equal paragraphs: a span of one place stands in all of them."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reuse.families.equality import Equality
from reuse.match_table import MatchTable
from reuse.model import Document, Match
from tests.families.aligner import made_match

Place = tuple[int, int, int]


def canonical(equality: Equality, place: Place) -> Place:
    document, start, end = equality.canonical(np.array([place], dtype=np.int64))[0].tolist()
    return document, start, end


def copies(equality: Equality, place: Place) -> list[list[int]]:
    found: list[list[int]] = equality.copies(np.array([place], dtype=np.int64))[1].tolist()
    return found


def holders(equality: Equality, place: Place) -> list[int]:
    number = equality.class_at(np.array([place], dtype=np.int64))[0]
    offsets, documents = equality.holder
    found: list[int] = documents[offsets[number] : offsets[number + 1]].tolist()
    return found


def spaced(letters: str, source: random.Random) -> tuple[str, list[int]]:
    """The letters with spaces strewn in, and where each letter stands."""
    text, places = "", []
    for letter in letters:
        text += " " * source.choice((0, 0, 0, 1, 3))
        places.append(len(text))
        text += letter
    return text, places


def star(letters: str, copies: int, seed: int) -> tuple[list[Document], list[list[int]], list[Match]]:
    """A paragraph in several documents, spaced differently, each later place matched with the first."""
    source = random.Random(seed)
    texts = [spaced(letters, source) for _ in range(copies + 1)]
    documents = [
        Document(id=f"d{n}", source=f"d{n}", text="前言\n" + text) for n, (text, _) in enumerate(texts)
    ]
    places = [[at + 3 for at in found] for _, found in texts]
    matches = []
    for n in range(1, copies + 1):
        runs = [(a, a + 1, b, b + 1) for a, b in zip(places[0], places[n], strict=True)]
        matches.append(
            made_match(
                f"m{n}", documents[0], documents[n], runs, level="paragraph", figures=(1.0, 1.0, 1.0, 1.0)
            )
        )
    return documents, places, matches


@given(st.integers(2, 30), st.integers(1, 5), st.integers(0, 99), st.data())
def test_a_span_of_one_place_is_found_in_every_other(
    length: int, count: int, seed: int, data: st.DataObject
) -> None:
    letters = "".join(chr(0x4E00 + n) for n in range(length))
    documents, places, matches = star(letters, count, seed)
    equality = Equality.of(MatchTable.of(documents, matches))
    first = data.draw(st.integers(0, length - 1))
    last = data.draw(st.integers(first, length - 1))
    wanted = letters[first : last + 1]
    holder = data.draw(st.integers(0, count))
    place = canonical(equality, (holder, places[holder][first], places[holder][last] + 1))
    assert place == (0, places[0][first], places[0][last] + 1)
    found = copies(equality, place)
    assert [document for document, *_ in found] == list(range(1, count + 1))
    for document, start, end in found:
        assert documents[document].text[start:end].replace(" ", "") == wanted
    assert holders(equality, place) == list(range(count + 1))


def test_a_span_over_two_equal_paragraphs_is_one_span_elsewhere() -> None:
    one, other = "甲乙丙丁戊己庚辛", "子丑寅卯辰巳午未"
    documents = [Document(id=f"d{n}", source="s", text=f"{'头' * n}{one}\n{other}") for n in range(2)]
    runs = [(0, 8, 1, 9), (9, 17, 10, 18)]
    matches = [
        made_match(
            f"m{k}", documents[0], documents[1], [run], level="paragraph", figures=(1.0, 1.0, 1.0, 1.0)
        )
        for k, run in enumerate(runs)
    ]
    assert copies(Equality.of(MatchTable.of(documents, matches)), (0, 4, 14)) == [[1, 5, 15]]


def test_a_place_outside_equal_paragraphs_is_its_own() -> None:
    none = Equality.of(MatchTable.of([], []))
    assert canonical(none, (3, 5, 9)) == (3, 5, 9)
    assert copies(none, (3, 5, 9)) == []
