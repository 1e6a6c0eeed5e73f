"""Arrays live in memory up to a limit, and in files beyond it."""

from __future__ import annotations

import numpy as np

from reuse.storage import Storage


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
