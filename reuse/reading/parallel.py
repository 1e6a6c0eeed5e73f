"""Many files at once: the same answer as one by one, and a file that kills its process costs no other."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from reuse.config import ReadingSettings
from reuse.model import Skipped
from reuse.reading.files import read_file
from reuse.reading.gathering import FoundFile
from reuse.reading.source import Source
from reuse.sharing import may_fork

LEAST_FILES = 32
"""Fewer files are read sooner than processes start."""

_CHUNK = 8


def read_files(
    files: Sequence[FoundFile], settings: ReadingSettings, jobs: int
) -> Iterator[Source | Skipped]:
    """What all `files` give, in their order."""
    if jobs < 2 or len(files) < LEAST_FILES or not may_fork():
        for file in files:
            yield from read_file(file, settings)
        return
    groups = [(files[at : at + _CHUNK], settings) for at in range(0, len(files), _CHUNK)]
    done = 0
    try:
        with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as pool:
            for items in pool.map(_read_group, groups):
                yield from items
                done += 1
    except BrokenProcessPool:
        for file in files[done * _CHUNK :]:
            yield from _read_alone(file, settings)


def _read_group(group: tuple[Sequence[FoundFile], ReadingSettings]) -> list[Source | Skipped]:
    return [item for file in group[0] for item in read_file(file, group[1])]


def _read_alone(file: FoundFile, settings: ReadingSettings) -> list[Source | Skipped]:
    """One file in a process of its own."""
    try:
        with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as pool:
            return pool.submit(_read_group, ([file], settings)).result()
    except BrokenProcessPool:
        return [Skipped(file.name, "crashed", "kills the process that reads it; convert it to text")]
