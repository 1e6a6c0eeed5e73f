"""Many files and long tables at once: the same answer as one by one, and a file that kills its process costs no other.

What crosses from process to process is small: names of files or lines of a table there, the fields of documents back.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import fields
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from reuse.config import ReadingSettings
from reuse.model import Document, MissingExtraError, Skipped, UnreadableError
from reuse.reading import sniffing
from reuse.reading.broken_records import told_once
from reuse.reading.cleaning import clean
from reuse.reading.files import file_format, read_file
from reuse.reading.gathering import FoundFile
from reuse.reading.source import Source
from reuse.reading.tables import Row, read_rows, row_source
from reuse.sharing import may_fork

LEAST_FILES = 32
"""Fewer files are read sooner than processes start."""
LARGE_TABLE = 4 << 20
"""Bytes of a table below which its records are read sooner than processes start (a tenth of a second)."""

_FILES = 8
_ROWS = 256
"""Rows of one task: a megabyte or so, cheap to hand over."""
_AHEAD = 4
"""Tasks given out for each process before the first answer is waited for: what is read meanwhile stays in memory."""

_NAMES = tuple(field.name for field in fields(Document))
_values = attrgetter(*_NAMES)

T = TypeVar("T")
A = TypeVar("A")


class Cleaned(NamedTuple):
    """What one source gave: where it lies, its format, its encoding and doubts, its documents."""

    name: str
    place: str
    format: str
    encoding: str | None
    warnings: tuple[str, ...]
    documents: Sequence[Document]


def cleaned(item: Source | Skipped, settings: ReadingSettings) -> Cleaned | Skipped:
    """A source with its documents; what is skipped stays so. Raises ConfigError as `clean` does."""
    if isinstance(item, Skipped):
        return item
    place = item.origin or item.name
    return Cleaned(item.name, place, item.format, item.encoding, item.warnings, tuple(clean(item, settings)))


def read_files(
    files: Sequence[FoundFile], settings: ReadingSettings, jobs: int
) -> Iterator[Cleaned | Skipped]:
    """What all `files` give, in their order. Raises ConfigError as `clean` does."""
    large = {file for file in files if _is_large(file)} if jobs > 1 and may_fork() else set()
    if jobs < 2 or not may_fork() or (len(files) < LEAST_FILES and not large):
        for file in files:
            yield from _cleaned_file(file, settings)
        return
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as pool:
        for is_large, group in groupby(files, key=large.__contains__):
            if is_large:
                for file in group:
                    yield from _read_table(pool, file, settings, _AHEAD * jobs)
            else:
                tasks = ((chunk, settings) for chunk in _batches(group, _FILES))
                yield from map(_unpacked, _in_order(pool, _packed_files, tasks, _AHEAD * jobs, _one_by_one))


def _is_large(file: FoundFile) -> bool:
    try:
        return file.path.is_file() and file.path.stat().st_size >= LARGE_TABLE
    except OSError:
        return False


def _cleaned_file(file: FoundFile, settings: ReadingSettings) -> Iterator[Cleaned | Skipped]:
    for item in read_file(file, settings):
        yield cleaned(item, settings)


def _in_order(
    pool: Executor,
    work: Callable[[T], list[A]],
    tasks: Iterable[T],
    ahead: int,
    instead: Callable[[T], list[A]],
) -> Iterator[A]:
    """What `work` makes of every task, in order, few tasks ahead of what is asked for; `instead` does it once the processes
    are gone. Where the tasks break off with UnreadableError, it is raised behind the answers to those before."""
    waiting: deque[tuple[T, Future[list[A]] | None]] = deque()
    broken_off: UnreadableError | None = None
    try:
        for task in tasks:
            waiting.append((task, _submitted(pool, work, task)))
            if len(waiting) > ahead:
                yield from _answer(*waiting.popleft(), instead)
    except UnreadableError as error:
        broken_off = error
    while waiting:
        yield from _answer(*waiting.popleft(), instead)
    if broken_off is not None:
        raise broken_off


def _submitted(pool: Executor, work: Callable[[T], list[A]], task: T) -> Future[list[A]] | None:
    try:
        return pool.submit(work, task)
    except BrokenProcessPool:
        return None


def _answer(task: T, answer: Future[list[A]] | None, instead: Callable[[T], list[A]]) -> list[A]:
    try:
        return answer.result() if answer is not None else instead(task)
    except BrokenProcessPool:
        return instead(task)


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of `size`; those before an UnreadableError come first."""
    batch: list[T] = []
    try:
        for item in items:
            batch.append(item)
            if len(batch) == size:
                yield batch
                batch = []
    except UnreadableError:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


_Files = tuple[Sequence[FoundFile], ReadingSettings]
_Rows = tuple[Sequence[Row], FoundFile, str, ReadingSettings]
_Packed = tuple[Any, ...] | Skipped


def _packed_files(task: _Files) -> list[_Packed]:
    """What a group of files gives, packed to be handed over."""
    files, settings = task
    return [_packed(item) for file in files for item in _cleaned_file(file, settings)]


def _one_by_one(task: _Files) -> list[_Packed]:
    """The same where one of the files has killed its process: each in a process of its own."""
    return [item for file in task[0] for item in _alone(file, task[1])]


def _alone(file: FoundFile, settings: ReadingSettings) -> list[_Packed]:
    try:
        with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as pool:
            return pool.submit(_packed_files, ([file], settings)).result()
    except BrokenProcessPool:
        return [Skipped(file.name, "crashed", "kills the process that reads it; convert it to text")]


def _read_table(
    pool: Executor, file: FoundFile, settings: ReadingSettings, ahead: int
) -> Iterator[Cleaned | Skipped]:
    """What `_cleaned_file` gives of a file, its rows shared out if it is a table."""
    try:
        format = file_format(file, settings)
        if format not in sniffing.TABLES:
            yield from map(_unpacked, _in_order(pool, _packed_files, [([file], settings)], 0, _one_by_one))
            return
        tasks = (
            (rows, file, format, settings) for rows in _batches(read_rows(file, format, settings), _ROWS)
        )
        answers = _in_order(pool, _packed_rows, tasks, ahead, _packed_rows)
        yield from told_once(file.name, map(_unpacked, answers))
    except UnreadableError as error:
        yield Skipped(file.name, error.reason, error.message)
    except MissingExtraError as error:
        yield Skipped(file.name, "missing-extra", str(error).removeprefix(f"{file.name}: "))


def _packed_rows(task: _Rows) -> list[_Packed]:
    """What a share of the rows of a table gives, packed to be handed over."""
    rows, file, format, settings = task
    return [_packed(cleaned(row_source(row, file, format, settings), settings)) for row in rows]


def _packed(item: Cleaned | Skipped) -> _Packed:
    """Documents as bare tuples: an eighth of the time that handing over objects with fields takes."""
    if isinstance(item, Skipped):
        return item
    return (*item[:-1], [_values(document) for document in item.documents])


def _unpacked(item: _Packed) -> Cleaned | Skipped:
    if isinstance(item, Skipped):
        return item
    name, place, format, encoding, warnings, documents = item
    found = [Document(**dict(zip(_NAMES, each, strict=True))) for each in documents]
    return Cleaned(name, place, format, encoding, warnings, found)
