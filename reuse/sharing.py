"""Work on Python values shared out among processes that hold the same memory: forked, nothing handed over but answers."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

T = TypeVar("T")

_LEAST = 256
"""Fewer pieces of work are done sooner than processes start."""
_SHARES = 16
"""Shares a process takes, about: enough that none waits long for another."""

_work: Callable[[int], Any]


def shared_out(work: Callable[[int], T], count: int, jobs: int) -> list[T]:
    """What `work` makes of 0, 1, … `count - 1`, in order; done by `jobs` processes where that pays and can be."""
    global _work  # noqa: PLW0603 - what a forked process inherits has no other way to it than a name
    if jobs < 2 or count < _LEAST or not may_fork():
        return [work(number) for number in range(count)]
    share = -(-count // (jobs * _SHARES))
    _work = work
    try:
        with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as pool:
            parts = list(pool.map(_share, [(at, min(at + share, count)) for at in range(0, count, share)]))
    except BrokenProcessPool:
        return [work(number) for number in range(count)]
    finally:
        del _work
    return [answer for part in parts for answer in part]


def may_fork() -> bool:
    """Forking is safe where it exists and no other thread holds a lock; elsewhere one process does it all."""
    return "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1


def _share(bounds: tuple[int, int]) -> list[Any]:
    return [_work(number) for number in range(*bounds)]
