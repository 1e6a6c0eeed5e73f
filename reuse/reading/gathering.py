"""Inputs become a list of files: paths, folders walked in sorted order, globs."""

from __future__ import annotations

import glob
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from reuse.model import InputError, Skipped
from reuse.result_files import REPORT, RUN, TABLES, TEXTS

_IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini"})
_RESULT = frozenset({REPORT, RUN, TEXTS, *TABLES})


class FoundFile(NamedTuple):
    """A file to read and the name it goes by: its path relative to the input it was found under."""

    path: Path
    name: str


def gather(inputs: Iterable[str | Path]) -> tuple[list[FoundFile], list[Skipped]]:
    """All files under `inputs`, sorted by name, each once, and what was left out and why.

    Raises InputError when an input does not exist or a glob finds nothing.
    """
    found: dict[Path, FoundFile] = {}
    skipped: list[Skipped] = []
    for file in sorted((file for given in inputs for file in _expand(given, skipped)), key=_order):
        first = found.setdefault(file.path.resolve(), file)
        if first is not file:
            skipped.append(
                Skipped(str(file.path), "given-twice", f"the same file as {first.path}; read once")
            )
    return list(found.values()), skipped


def stamps(inputs: Iterable[str | Path]) -> list[tuple[str, int, int]]:
    """Name, size and time of change (nanoseconds) of every file under `inputs`: what tells whether they are as they were.

    Raises InputError as `gather` does.
    """
    found = [(file.name, file.path.stat()) for file in gather(inputs)[0]]
    return [(name, status.st_size, status.st_mtime_ns) for name, status in found]


def _order(file: FoundFile) -> tuple[str, str]:
    return file.name, str(file.path)


def _expand(given: str | Path, skipped: list[Skipped]) -> Iterator[FoundFile]:
    path = Path(given).expanduser()
    if path.is_dir():
        yield from _walk(path, skipped)
    elif path.exists():
        yield FoundFile(path, printable(path.name))
    elif glob.has_magic(str(path)):
        yield from _match(str(path))
    else:
        raise InputError(
            f"{given} does not exist: give a file, a folder or a glob that finds files (a text as short as a name is given as a "
            "reuse.Document)"
        )


def _match(pattern: str) -> Iterator[FoundFile]:
    base, matches = _fixed_part(pattern), expand(pattern)
    if not matches:
        raise InputError(f"{pattern} finds no file: quote the pattern and check the folder it starts from")
    for path in matches:
        yield FoundFile(path, printable(path.relative_to(base).as_posix()))


def expand(pattern: str) -> list[Path]:
    """The files a glob finds, sorted; `**` goes into folders."""
    base = _fixed_part(pattern)
    rest = "/".join(Path(pattern).parts[len(base.parts) :])
    try:
        return sorted(path for path in base.glob(rest) if path.is_file() and not _is_clutter(path.name))
    except (ValueError, NotImplementedError, IndexError):
        return []


def _fixed_part(pattern: str) -> Path:
    """The folder of a glob down to its first wildcard: names are relative to it."""
    parts: list[str] = []
    for part in Path(pattern).parts[:-1]:
        if glob.has_magic(part):
            break
        parts.append(part)
    return Path(*parts)


def _walk(folder: Path, skipped: list[Skipped]) -> Iterator[FoundFile]:
    """Every visible file below `folder`; hidden files, lock files of Word and links to folders are left alone.

    So are results of earlier scans, which are told in `skipped`: their tables hold the texts that were scanned once more.
    """
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        result = _is_result(Path(root), files)
        for name in sorted(files):
            if not _is_clutter(name) and not (result and name in _RESULT):
                path = Path(root) / name
                yield FoundFile(path, printable(path.relative_to(folder).as_posix()))
        if result:
            told = "holds the result of an earlier scan, which is not scanned itself; name a file of it to read it all the same"
            skipped.append(Skipped(printable(root), "result", told))


def _is_result(folder: Path, files: Iterable[str]) -> bool:
    """Whether a folder holds what a scan writes: all its tables, and a record of the run that names its settings."""
    if not {RUN, *TABLES}.issubset(files):
        return False
    try:
        run = json.loads((folder / RUN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(run, dict) and "settings" in run and "versions" in run


def _is_clutter(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _IGNORED_NAMES


def printable(name: str) -> str:
    """A file name that can be written as UTF-8: bytes that are no character become `\\xNN`."""
    return os.fsencode(name).decode("utf-8", errors="backslashreplace")
