"""Arrays live in memory up to a limit, and in files beyond it."""

from __future__ import annotations

import errno
import tempfile
from typing import Any, NoReturn

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.model import OutputError
from reuse.storage import Pile, Storage

pieces = st.lists(st.integers(0, 7), min_size=1, max_size=9)


def test_beyond_the_limit_arrays_live_in_files() -> None:
    storage = Storage(limit=1000)
    kept = [storage.full(100, value, np.int64) for value in (1, 2)]
    assert (storage.held, storage.spilled) == (800, 800)
    assert [array.tolist() for array in kept] == [[1] * 100, [2] * 100]


def test_what_is_let_go_makes_room() -> None:
    storage = Storage(limit=1000)
    array = storage.empty(100, np.int64)
    part = array[:10]
    del array
    assert storage.held == 800
    del part
    assert storage.held == 0
    storage.empty(100, np.int64)
    assert storage.spilled == 0


def test_parts_are_joined_in_their_order_by_any_number_of_threads() -> None:
    parts = [np.arange(low, low + size) for low, size in ((0, 3), (3, 0), (3, 5))]
    for jobs in (1, 3):
        assert Storage().concatenated(parts, jobs).tolist() == list(range(8))


@given(pieces, st.integers(0, 200), st.sampled_from([(), (2,)]))
def test_a_pile_gives_back_what_was_laid_on_it(sizes: list[int], limit: int, width: tuple[int, ...]) -> None:
    storage = Storage(limit)
    pile, rows = Pile(storage), 0
    for size in sizes:
        pile.add(np.full((size, *width), rows, dtype=np.int32))
        rows += size
    joined = pile.joined()
    assert joined.shape == (rows, *width) and joined.dtype == np.int32
    assert (
        joined.tolist()
        == np.concatenate([np.full((n, *width), sum(sizes[:k])) for k, n in enumerate(sizes)]).tolist()
    )
    assert storage.held == 0


def test_a_pile_waits_in_a_file_from_where_there_is_no_room() -> None:
    storage = Storage(limit=1000)
    pile = Pile(storage)
    for size in (100, 50, 10):
        pile.add(np.zeros(size, dtype=np.int64))
    assert (storage.held, storage.spilled) == (800, 480)
    assert pile.joined().tolist() == [0] * 160


def test_a_pile_waits_in_a_file_where_other_arrays_do() -> None:
    storage = Storage(limit=1000)
    assert len(storage.empty(200, np.int64)) == storage.spilled // 8
    pile = Pile(storage)
    for value in (1, 2):
        pile.add(np.full(10, value))
    assert (storage.held, storage.spilled) == (80, 1680)
    assert pile.joined().tolist() == [1] * 10 + [2] * 10


def test_no_room_for_the_file_of_a_pile_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    pile = Pile(Storage(limit=8))
    pile.add(np.zeros(1))
    with pytest.raises(OutputError, match="TMPDIR"):
        pile.add(np.zeros(1))
