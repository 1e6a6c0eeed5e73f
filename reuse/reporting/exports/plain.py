"""One file a table: CSV, flat JSON Lines, Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reuse.model import MissingExtraError
from reuse.reporting.coding import LONE_SURROGATE
from reuse.reporting.folder import write_file, writing
from reuse.reporting.lines import json_line
from reuse.reporting.tables import Table, tables

if TYPE_CHECKING:
    import pyarrow

    from reuse.reporting.result import Result

# What a spreadsheet may take for the start of a formula, half or full width, also behind blanks it strips.
_FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")


def write_csv(result: Result, directory: Path) -> list[Path]:
    """CSV that Excel and WPS open right: UTF-8 with BOM, CRLF, formulas disarmed by a leading apostrophe."""
    return [_write_csv(found, directory / f"{found.name}.csv") for found in tables(result)]


def write_jsonl(result: Result, directory: Path) -> list[Path]:
    """Flat JSON Lines, the columns of the tables; the nested form is the folder of the scan itself."""
    paths = []
    for found in tables(result):
        path = directory / f"{found.name}.jsonl"
        write_file(path, map(json_line, found.records()))
        paths.append(path)
    return paths


def write_parquet(result: Result, directory: Path) -> list[Path]:
    """Parquet. Raises MissingExtraError when pyarrow is not installed."""
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtraError("Parquet needs pyarrow: pip install 'speech-reuse[parquet]'") from error
    paths = []
    for found in tables(result):
        path = directory / f"{found.name}.parquet"
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            parquet.write_table(_arrow(found), path)
        paths.append(path)
    return paths


def cell_text(value: Any) -> str:
    """A cell as text of valid UTF-8: lists and objects as JSON, lone surrogates as U+FFFD."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return _valid(text)


def disarmed(text: str) -> str:
    """Text that no spreadsheet evaluates: a leading apostrophe where it could be read as a formula."""
    return f"'{text}" if text.lstrip(" \n").startswith(_FORMULA_STARTS) else text


def _valid(text: str) -> str:
    return LONE_SURROGATE.sub("\ufffd", text)


def _write_csv(found: Table, path: Path) -> Path:
    write_file(path, _csv_lines(found))
    return path


def _csv_lines(found: Table) -> Iterator[str]:
    yield "\ufeff"
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in [found.columns, *found.rows]:
        writer.writerow([_csv_cell(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _csv_cell(cell: Any) -> Any:
    return cell if isinstance(cell, int | float) else disarmed(cell_text(cell))


def _arrow(found: Table) -> pyarrow.Table:
    import pyarrow

    columns = [_arrow_column([row[place] for row in found.rows]) for place in range(len(found.columns))]
    return pyarrow.table(dict(zip(found.columns, columns, strict=True)))


def _arrow_column(cells: list[Any]) -> pyarrow.Array:
    import pyarrow

    # An object's keys are not the same in every row (`run`, `notes`, metadata), so it has no column type.
    if any(isinstance(cell, dict) for cell in cells):
        return pyarrow.array([None if cell is None else cell_text(cell) for cell in cells])
    whole = [_valid(cell) if isinstance(cell, str) else cell for cell in cells]
    try:
        return pyarrow.array(whole)
    except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError, UnicodeEncodeError):
        # Values of mixed types: every row keeps its own, as text.
        return pyarrow.array([None if cell is None else cell_text(cell) for cell in cells])
