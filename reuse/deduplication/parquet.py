"""Parquet: the columns of all records and their types, and records written with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from reuse.model import MissingExtraError, OutputError

_ROWS = 2_000
"""Records that are turned into columns at once."""
_GROUP_BYTES = 64_000_000
"""Bytes of a row group, the unit that a Parquet file is written and read in; what stays in memory until it is full."""


def pyarrow() -> Any:
    """The library. Raises MissingExtraError without it."""
    try:
        import pyarrow as library
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtraError(
            "writing Parquet needs pyarrow; pip install 'speech-reuse[parquet]'"
        ) from error
    return library


class Columns:
    """The names and types of all columns, those of a Parquet file as it declares them, others by their values."""

    def __init__(self) -> None:
        self._arrow = pyarrow()
        self._schema = self._arrow.schema([])
        self._waiting: list[Mapping[str, Any]] = []

    def add_file(self, path: Path) -> None:
        """Take over the columns of a Parquet file."""
        self._unify(self._arrow.parquet.read_schema(path).remove_metadata())

    def add(self, fields: Mapping[str, Any]) -> None:
        """Take in the fields of a record."""
        self._waiting.append(fields)
        if len(self._waiting) == _ROWS:
            self._infer()

    def schema(self) -> Any:
        """All columns, in the order they were met. Raises OutputError when the values of one have no common type."""
        self._infer()
        return self._schema

    def _infer(self) -> None:
        names = dict.fromkeys(name for fields in self._waiting for name in fields)
        found = [(name, self._type_of(name)) for name in names]
        self._waiting.clear()
        self._unify(self._arrow.schema(found))

    def _type_of(self, name: str) -> Any:
        try:
            return self._arrow.array([fields.get(name) for fields in self._waiting]).type
        except (self._arrow.ArrowException, OverflowError) as error:
            raise _no_common_type(name, error) from error

    def _unify(self, schema: Any) -> None:
        for field in schema:
            try:
                one = self._arrow.schema([field])
                self._schema = self._arrow.unify_schemas([self._schema, one], promote_options="permissive")
            except (self._arrow.ArrowException, OverflowError) as error:
                raise _no_common_type(field.name, error) from error


def _no_common_type(name: str, error: Exception) -> OutputError:
    return OutputError(
        f"the values of the column {name!r} have no common type, which Parquet needs ({error}); write .jsonl instead"
    )


class ParquetSink:
    """A Parquet file of the given columns; records are written in groups of about 64 MB."""

    def __init__(self, path: Path, schema: Any) -> None:
        self._arrow = pyarrow()
        self._schema = schema
        self._writer = self._arrow.parquet.ParquetWriter(path, schema)
        self._rows: list[Mapping[str, Any]] = []
        self._tables: list[Any] = []
        self._bytes = 0

    def fields(self, fields: Mapping[str, Any]) -> None:
        """Add a record."""
        self._rows.append(fields)
        if len(self._rows) == _ROWS:
            self._to_columns()

    def table(self, table: Any) -> None:
        """Add records of another Parquet file, columns as they are."""
        self._to_columns()
        missing = [field for field in self._schema if field.name not in table.schema.names]
        for field in missing:
            table = table.append_column(field, self._arrow.nulls(len(table), field.type))
        self._append(table.select(self._schema.names).cast(self._schema))

    def close(self) -> None:
        """Write what is left and the end of the file."""
        self._to_columns()
        self._write_group()
        self._writer.close()

    def abandon(self) -> None:
        """Close the file without writing what is left."""
        with suppress(OSError):
            self._writer.close()

    def _to_columns(self) -> None:
        if self._rows:
            columns = [
                self._arrow.array([fields.get(field.name) for fields in self._rows], type=field.type)
                for field in self._schema
            ]
            self._append(self._arrow.table(columns, schema=self._schema))
            self._rows.clear()

    def _append(self, table: Any) -> None:
        self._tables.append(table)
        self._bytes += table.nbytes
        if self._bytes >= _GROUP_BYTES:
            self._write_group()

    def _write_group(self) -> None:
        if self._tables:
            self._writer.write_table(self._arrow.concat_tables(self._tables))
            self._tables.clear()
            self._bytes = 0


def refuse_bytes(path: Path) -> None:
    """Raise OutputError when a column of a Parquet file holds bytes, which JSON has no form for."""
    for field in pyarrow().parquet.read_schema(path):
        if "binary" in str(field.type):
            raise OutputError(
                f"{path}: the column {field.name!r} holds bytes, which JSON cannot; write .parquet instead"
            )


def tables(path: Path, numbers: Iterable[int]) -> Iterator[Any]:
    """The records of a Parquet file with these numbers, ascending and counted from 1, as Arrow tables."""
    import numpy as np

    arrow = pyarrow()
    chosen = np.fromiter(numbers, dtype=np.int64) - 1
    at = 0
    with arrow.parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=_ROWS):
            if at > chosen[-1]:
                return  # what comes after may be broken: the records before were read
            low, high = np.searchsorted(chosen, (at, at + len(batch)))
            at += len(batch)
            if high > low:
                taken = batch.take(arrow.array(chosen[low:high] - at + len(batch)))
                yield arrow.Table.from_batches([taken])
