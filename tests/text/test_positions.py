"""The bits of compared positions say what a list of them would."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reuse.model import Document
from reuse.text.comparable import comparable
from reuse.text.positions import ComparedPositions

symbols = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 20)), max_size=12)


def listed(of_document: list[tuple[int, int]], start: int) -> list[tuple[int, int]]:
    """The code points of each symbol of a document: those of one begin so many behind the end of the one before."""
    spans, end = [], start
    for gap, length in of_document:
        spans.append((end + gap, end + gap + length))
        end += gap + length
    return spans


@given(st.lists(st.tuples(symbols, st.integers(0, 1_000_000)), max_size=8), st.data())
def test_every_code_point_of_a_symbol_is_compared_and_no_other(
    documents: list[tuple[list[tuple[int, int]], int]], draw: st.DataObject
) -> None:
    spans = [listed(of_document, start) for of_document, start in documents]
    bounds = np.array([span for of_document in spans for span in of_document], dtype=np.uint32).reshape(-1, 2)
    offsets = np.cumsum([0, *map(len, spans)])
    found = ComparedPositions.of(offsets, bounds[:, 0], bounds[:, 1])
    expected = [[p for a, b in of_document for p in range(a, b)] for of_document in spans]
    assert len(found) == len(expected)
    assert [positions.tolist() for positions in found] == expected
    some = draw.draw(st.slices(len(documents)))
    assert [positions.tolist() for positions in found[some]] == expected[some]


def test_both_symbols_of_a_word_stand_for_its_code_points_once() -> None:
    documents = [
        Document(id="a", source="a", text="GDP 增长5%", start=7),
        Document(id="b", source="b", text="……"),
        Document(id="c", source="c", text="𠮷"),
    ]
    found = comparable(documents).compared()
    assert [positions.tolist() for positions in found] == [[7, 8, 9, 11, 12], [], [0]]
