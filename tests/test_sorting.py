"""Sorting of rows, and inside compiled loops, is what numpy's stable sorts do."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reuse.sorting import grouped, order_of, row_order, rows_by, unique_rows

keys = st.lists(st.integers(-4, 4) | st.integers(-(2**63), 2**63 - 1), max_size=200)


@given(keys)
def test_keys_are_ordered_and_equal_ones_stay_as_they_stand(values: list[int]) -> None:
    array = np.array(values, dtype=np.int64)
    assert order_of(array).tolist() == np.argsort(array, kind="stable").tolist()


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9), st.integers()), max_size=100), st.integers(0, 1)
)
def test_rows_are_ordered_by_one_column(rows: list[tuple[int, int, int]], column: int) -> None:
    array = np.array([(a, b, c % 97) for a, b, c in rows], dtype=np.int64).reshape(-1, 3)
    assert rows_by(array, column).tolist() == array[np.argsort(array[:, column], kind="stable")].tolist()


row = st.tuples(*(st.integers(-4, 4) | st.integers(-(2**63), 2**63 - 1) for _ in range(3)))
small_row = st.tuples(st.integers(-4, 4), st.integers(0, 2**30), st.integers(-1, 1))


@given(st.lists(row, max_size=100) | st.lists(small_row, max_size=100), st.integers(1, 3))
def test_rows_are_ordered_by_columns_the_first_before_the_second(
    rows: list[tuple[int, ...]], columns: int
) -> None:
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)[:, :columns]
    assert row_order(*table.T).tolist() == sorted(range(len(rows)), key=lambda n: rows[n][:columns])


@given(st.lists(row, max_size=100) | st.lists(small_row, max_size=100), st.integers(1, 3))
def test_distinct_rows_ascend(rows: list[tuple[int, ...]], columns: int) -> None:
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)[:, :columns]
    found = unique_rows(table)
    assert found.shape[1] == columns
    assert list(map(tuple, found.tolist())) == sorted({some[:columns] for some in rows})


def test_one_column_is_ordered_whatever_its_type() -> None:
    low, high = np.iinfo(np.int32).min, np.iinfo(np.int32).max
    column = np.array([high, low, 0, low], dtype=np.int32)
    assert row_order(column).tolist() == [1, 3, 2, 0]
    assert row_order(column, column[::-1]).tolist() == [1, 3, 2, 0]


@given(st.lists(st.integers(0, 5), max_size=60))
def test_entries_of_a_group_stand_together_and_ascend(groups: list[int]) -> None:
    offsets, entries = grouped(np.array(groups, dtype=np.int64), 6)
    assert [entries[a:b].tolist() for a, b in pairwise(offsets)] == [
        [n for n, group in enumerate(groups) if group == number] for number in range(6)
    ]
