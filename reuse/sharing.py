"""Work on Python values shared out among processes that hold the same memory: forked, nothing handed over but answers."""

from __future__ import annotations

import gc
import multiprocessing
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any, TypeVar, cast

T = TypeVar("T")

_AHEAD = 4
"""Answers for each worker that are made before they are taken: where a disk takes them slower than they are made, of gigabytes
of lines no more than these wait in memory."""

_work: Callable[[int], Any]
_drawn: list[tuple[Callable[[], None], Callable[[], None]]] = []


def in_turn(work: Callable[[int], T], count: int, jobs: int) -> Iterator[T]:
    """What `work` makes of 0, 1, … `count - 1`, one after the other; done by `jobs` processes where that can be. Each piece of
    work should be worth handing over."""
    done = 0
    for answer in _of_others(work, count, jobs):
        yield answer
        done += 1
    for number in range(done, count):
        yield work(number)


def in_threads(work: Callable[[int], T], count: int, jobs: int) -> Iterator[T]:
    """The same for work that is done in compiled loops mostly: by threads, whose answers need not be handed over."""
    if jobs < 2 or count < 2:
        yield from map(work, range(count))
        return
    with ThreadPoolExecutor(min(jobs, count)) as pool:
        yield from _taken(pool, work, _begun(pool, work, count, jobs), count)


def _begun(pool: Executor, work: Callable[[int], T], count: int, jobs: int) -> deque[Future[T]]:
    return deque(pool.submit(work, number) for number in range(min(jobs * _AHEAD, count)))


def _taken(pool: Executor, work: Callable[[int], T], begun: deque[Future[T]], count: int) -> Iterator[T]:
    """The answers of a pool in order; another piece of work is begun for each that is taken."""
    for number in range(len(begun), count + len(begun)):
        answer = begun.popleft().result()
        if number < count:
            begun.append(pool.submit(work, number))
        yield answer


def _of_others(work: Callable[[int], T], count: int, jobs: int) -> Iterator[T]:
    """The answers of forked processes, in order, as far as there are any."""
    global _work  # noqa: PLW0603 - what a forked process inherits has no other way to it than a name
    if jobs < 2 or count < 2:
        return
    with _drawing_stopped():
        if not may_fork():
            return
        _work = work
        pool = ProcessPoolExecutor(min(jobs, count), multiprocessing.get_context("fork"))
        # All processes fork when the first piece of work is handed over: later ones would inherit the threads that begin here.
        begun = _begun(pool, _answer, count, jobs)
        del _work
    with pool:
        try:
            yield from _taken(pool, _answer, begun, count)
        except BrokenProcessPool:
            return


def beside(work: Callable[[], T], jobs: int) -> Callable[[], T]:
    """Begin a large piece of work in another process where that can be; what is returned waits for its answer, which is made
    here if the other process dies."""
    with _drawing_stopped():
        if jobs < 2 or not may_fork():
            return work
        here, there = multiprocessing.Pipe(duplex=False)
        # No pool: the threads of one would keep later work from other processes.
        process = multiprocessing.get_context("fork").Process(target=_tell, args=(work, there), daemon=True)
        process.start()
        there.close()

    def answer() -> T:
        try:
            error, found = here.recv()
        except EOFError:
            return work()
        finally:
            here.close()
            process.join()
        if error is not None:
            raise error
        return cast(T, found)

    return answer


def _tell(work: Callable[[], object], there: Connection) -> None:
    with suppress(KeyboardInterrupt):  # who asks is interrupted too, and says so
        try:
            told: tuple[Exception | None, object] = None, work()
        except Exception as error:
            told = error, None
        there.send(told)


def _answer(number: int) -> Any:
    return _work(number)


def may_fork() -> bool:
    """Forking is safe where it exists and no other thread holds a lock; elsewhere one process does it all."""
    return "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1


@contextmanager
def drawing(stop: Callable[[], None], start: Callable[[], None]) -> Iterator[None]:
    """While something is drawn by a thread of its own: `stop` ends that thread, `start` begins another. Done around every
    fork."""
    _drawn.append((stop, start))
    try:
        yield
    finally:
        _drawn.remove((stop, start))


@contextmanager
def _drawing_stopped() -> Iterator[None]:
    for stop, _ in _drawn:
        stop()
    try:
        yield
    finally:
        for _, start in _drawn:
            start()


@contextmanager
def collector_paused() -> Iterator[None]:
    """Leave garbage to reference counts: a result is millions of values that hold no cycles, and looking for some took a
    sixth of the time of families and audit on the news."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
