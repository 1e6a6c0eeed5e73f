"""Columns written as cells are what the encoder writes of each value."""

from __future__ import annotations

import json

import numpy as np
import pytest

from reuse.reporting.cells import Cells, chosen, decimals, listed, named, quoted, rows, whole


def texts(cells: Cells) -> list[str]:
    return [piece.decode() for piece in cells.pieces()]


def test_decimals_are_those_that_python_writes() -> None:
    numbers = [
        0.0,
        -0.0,
        1.0,
        0.1,
        0.0001,
        0.00001,
        1 / 3,
        14.278,
        0.9999,
        1e11,
        123456.7891,
        1e16,
        1e22,
        -2.5,
    ]
    halves = (np.arange(5000) / 10_000 + np.tile([0.0, 1e-13], 2500)).tolist()
    values = [*numbers, *halves, float("nan"), float("inf")]
    assert texts(decimals(np.array(values))) == [repr(value) for value in values]


def test_whole_numbers_have_zeros_in_front_up_to_a_width() -> None:
    values = [0, 9, 10, 1_234_567, 12_345_678, 2**62]
    assert texts(whole(np.array(values))) == [str(value) for value in values]
    assert texts(whole(np.array(values), 7)) == [f"{value:07d}" for value in values]


def test_strings_are_escaped_as_the_encoder_escapes_them() -> None:
    every = "".join(map(chr, range(0x3000))) + "一\ud7ff\ue000\uffff𠀀\U0010ffff"
    assert texts(quoted([every, "", "党建"])) == [
        json.dumps(t, ensure_ascii=False) for t in (every, "", "党建")
    ]
    assert texts(quoted(["\ud83d落\udfff"])) == ['"\\ud83d落\\udfff"']


def test_cells_are_chosen_listed_and_set_side_by_side() -> None:
    cells = quoted(["a", "二", "c"])
    assert texts(chosen(cells, np.array([2, -1, 0]))) == ['"c"', '"c"', '"a"']
    assert texts(listed(cells, np.array([0, 0, 2, 3]))) == ["[]", '["a", "二"]', '["c"]']
    assert texts(rows(b"{", cells, b": ", whole(np.arange(3)), b"}")) == ['{"a": 0}', '{"二": 1}', '{"c": 2}']


@pytest.mark.parametrize("numbers", [[], [-1, -1], [5, -1, 3, 5]])
def test_numbers_are_named_and_those_below_nought_are_null(numbers: list[int]) -> None:
    asked: list[int] = []

    def names(distinct: list[int]) -> Cells:
        asked.extend(distinct)
        return quoted([f"f{number}" for number in distinct])

    found = texts(named(np.array(numbers, dtype=np.int32), names))
    assert found == [f'"f{number}"' if number >= 0 else "null" for number in numbers]
    assert len(set(asked)) == len(asked)
