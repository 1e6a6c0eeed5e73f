"""Where records go: JSON Lines, plain or packed, or Parquet, each file whole or not at all."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Protocol, cast

from reuse.model import ConfigError
from reuse.reporting.coding import json_text
from reuse.reporting.folder import writing

JSON_LINES, PACKED, PARQUET = ".jsonl", ".jsonl.gz", ".parquet"
UNNAMED = "extra cells"
"""The field for cells of a CSV line beyond its header."""


class Sink(Protocol):
    """Takes records in order."""

    def fields(self, fields: Mapping[str, Any]) -> None:
        """Write a record by its fields."""

    def close(self) -> None:
        """Write what is left."""

    def abandon(self) -> None:
        """Let go of the file, which is not going to be used."""


class JsonLines:
    """A file of JSON Lines."""

    def __init__(self, path: Path, *, packed: bool) -> None:
        self._file = path.open("wb")
        self._stream: IO[bytes] = self._file
        if packed:
            # No name and no time in its head: the same records give the same bytes.
            stream = gzip.GzipFile(filename="", mode="wb", fileobj=self._file, mtime=0, compresslevel=6)
            self._stream = cast(IO[bytes], stream)

    def line(self, line: bytes) -> None:
        """Write a line of JSON as it is."""
        self._stream.write(line)
        self._stream.write(b"\n")

    def fields(self, fields: Mapping[str, Any]) -> None:
        """Write fields as a line; what JSON has no form for, a date or a decimal, becomes a string, NaN null."""
        self.line(json_text(fields).encode())

    def close(self) -> None:
        """Write the end of the file."""
        try:
            self._stream.close()
        finally:
            self._file.close()

    def abandon(self) -> None:
        """Close the file, whatever can still be written to it."""
        try:
            self.close()
        except OSError:
            self._file.close()


def form_of(path: Path) -> str:
    """The form that a file name asks for. Raises ConfigError when it asks for none."""
    for suffix in (PACKED, JSON_LINES, PARQUET):
        if path.name.lower().endswith(suffix):
            return suffix
    raise ConfigError(f"{path}: the name must end in {JSON_LINES}, {PACKED} or {PARQUET}")


def removed_beside(out: Path) -> Path:
    """The file for removed records that belongs to `out`: the same name with `.removed.jsonl`."""
    return out.with_name(out.name[: -len(form_of(out))] + ".removed.jsonl")


def named(fields: Mapping[Any, Any]) -> Mapping[str, Any]:
    """Fields that all have a name."""
    if None not in fields:
        return fields
    return {UNNAMED if name is None else name: value for name, value in fields.items()}


def parsed(content: Mapping[str, Any] | bytes) -> Mapping[str, Any]:
    """The fields of a record that may be a line of JSON."""
    fields: Mapping[str, Any] = json.loads(content) if isinstance(content, bytes) else content
    return named(fields)


@contextmanager
def written_whole(last: Path, *others: Path) -> Iterator[tuple[Path, ...]]:
    """Temporary names beside the files, which replace them when the block ends well; `last` is there once all are.

    An older file `last` goes first, so that it never stands beside files of another run. Nothing is left after an
    error; a killed process leaves temporary files, which the next run writes over. Raises OutputError.
    """
    paths = (last, *others)
    partial = tuple(path.with_name(f".{path.name}.partial") for path in paths)
    try:
        for path, name in zip(paths, partial, strict=True):
            with writing(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                name.touch()
        yield partial
        with writing(last):
            last.unlink(missing_ok=True)
        for path, name in reversed(list(zip(paths, partial, strict=True))):
            with writing(path):
                name.replace(path)
    finally:
        for name in partial:
            with suppress(OSError):
                name.unlink(missing_ok=True)
