"""The second way through the corpus: kept records to one file as they are, removed ones listed in another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from reuse.arrays import I64
from reuse.deduplication.corpus import Corpus
from reuse.deduplication.deciding import Decision
from reuse.deduplication.output import PACKED, PARQUET, JsonLines, Sink, parsed
from reuse.deduplication.register import Register
from reuse.model import Progress
from reuse.reading.gathering import FoundFile
from reuse.reporting.folder import writing

if TYPE_CHECKING:
    from reuse.deduplication.parquet import Columns


def copy_records(
    corpus: Corpus,
    register: Register,
    decision: Decision,
    path: Path,
    form: str,
    columns: Columns | None,
    progress: Progress,
) -> None:
    """Write the kept records to `path` in the order of the input. Raises OutputError when it cannot be written."""
    kept = np.flatnonzero(decision.keeper < 0)
    done = 0
    with writing(path):
        sink = _open(path, form, columns)
        try:
            for index, file in enumerate(corpus.files):
                numbers = register.numbers(index, kept)
                _copy(corpus, file, numbers, sink)
                done += len(numbers)
                progress("writing", done, len(kept))
            sink.close()
        except BaseException:
            sink.abandon()
            raise


def write_removed(register: Register, decision: Decision, path: Path, form: str) -> None:
    """List the removed records at `path`. Raises OutputError when it cannot be written."""
    with writing(path):
        sink = JsonLines(path, packed=form == PACKED)
        try:
            for record in np.flatnonzero(decision.keeper >= 0).tolist():
                sink.fields(_row(register, decision, record))
            sink.close()
        except BaseException:
            sink.abandon()
            raise


def _open(path: Path, form: str, columns: Columns | None) -> Sink:
    if form != PARQUET or columns is None:
        return JsonLines(path, packed=form == PACKED)
    from reuse.deduplication.parquet import ParquetSink

    return ParquetSink(path, columns.schema())


def _copy(corpus: Corpus, file: FoundFile, numbers: I64, sink: Sink) -> None:
    """Copy the records of a file that have these numbers, in the form that changes least."""
    if not len(numbers):
        return
    if corpus.format(file) == "parquet" and not isinstance(sink, JsonLines):
        _copy_columns(file, numbers, sink)
        return
    wanted = iter(numbers.tolist())
    number = next(wanted, None)
    for at, content in corpus.again(file):
        if at == number:
            if isinstance(content, bytes) and isinstance(sink, JsonLines):
                sink.line(content)
            else:
                sink.fields(parsed(content))
            number = next(wanted, None)


def _copy_columns(file: FoundFile, numbers: I64, sink: Sink) -> None:
    """Copy records from Parquet to Parquet with the types that they have."""
    from reuse.deduplication.parquet import ParquetSink, tables

    assert isinstance(sink, ParquetSink)
    for table in tables(file.path, numbers):
        sink.table(table)


def _row(register: Register, decision: Decision, record: int) -> dict[str, Any]:
    kept = int(decision.keeper[record])
    return {
        "id": register.identity(record),
        "place": register.place(record),
        "reason": "equal" if decision.equal[record] else "near",
        "resemblance": round(float(decision.resemblance[record]), 6),
        "containment": round(float(decision.containment[record]), 6),
        "kept": register.identity(kept),
        "kept_place": register.place(kept),
    }
