"""Tables of texts: every record of a JSONL, JSON, CSV, Parquet or XLSX file, or of a DataFrame, is a source of its own.

Records are read one by one: a table may be larger than memory as long as its texts are not. `read_records` gives them as
they stand there, `read_table` as sources.
"""

from __future__ import annotations

import csv
import gzip
import json
import math
import re
import sys
import warnings
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import IO, Any, NamedTuple

from reuse.config import ReadingSettings
from reuse.model import MissingExtraError, Skipped, UnreadableError
from reuse.reading.broken_records import told_once
from reuse.reading.encoding import SAMPLE, guess
from reuse.reading.gathering import FoundFile
from reuse.reading.limits import MEGABYTE, Package
from reuse.reading.sniffing import TEXT_COLUMNS
from reuse.reading.source import Source
from reuse.reading.unpacking import is_gzip

KNOWN_COLUMNS = ("title", "date", "author", "place", "series")

_NAMES = {
    **dict.fromkeys(("编号",), "id"),
    **dict.fromkeys(("标题", "题目"), "title"),
    **dict.fromkeys(("日期", "时间"), "date"),
    **dict.fromkeys(("作者", "讲话人"), "author"),
    **dict.fromkeys(("地点", "地区"), "place"),
    **dict.fromkeys(("系列",), "series"),
}
"""Chinese names of the known columns."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_BATCH = 1000


class Record(NamedTuple):
    """A record as it stands in its table: its number there, counted from 1, and its fields."""

    number: int
    fields: Mapping[str, Any]


Row = Record | Skipped | tuple[int, bytes]
"""A row as cheap to come by as the format allows: of JSONL the number of the line and the line."""


def read_records(file: FoundFile, format: str, settings: ReadingSettings) -> Iterator[Record | Skipped]:
    """The records of a table in order with every field untouched, those that cannot be parsed as Skipped.

    Raises UnreadableError when the file as a whole is broken or has no column of texts, MissingExtraError without the
    library its format needs.
    """
    return _READERS[format](file, settings)


def read_lines(file: FoundFile) -> Iterator[tuple[int, bytes]]:
    """The lines of a JSONL file in UTF-8 and their numbers, which are those of its records; blank ones left out.

    Raises UnreadableError when the file is broken.
    """
    with _open(file) as lines:
        for number, line in enumerate(_lines(lines, file.name), start=1):
            content = line.strip(b"\xef\xbb\xbf \t\r\n")
            if content:
                yield number, _in_utf8(content, file.name)


def _in_utf8(line: bytes, name: str) -> bytes:
    """A line as it is, or by the guess of its encoding; one that is in none was never read as a record."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        with suppress(UnicodeDecodeError, UnreadableError):
            return line.decode(guess(line, name)).encode()
    return line


def read_table(file: FoundFile, format: str, settings: ReadingSettings) -> Iterator[Source | Skipped]:
    """The records of a table in order, bad ones as Skipped.

    Raises UnreadableError when the file as a whole is broken or has no column of texts, MissingExtraError without the
    library its format needs.
    """
    sources = (row_source(row, file, format, settings) for row in read_rows(file, format, settings))
    return told_once(file.name, sources)


def read_rows(file: FoundFile, format: str, settings: ReadingSettings) -> Iterator[Row]:
    """The rows of a table in order, to be made sources by `row_source`, here or in another process.

    Raises what `read_table` raises.
    """
    return _json_lines(file) if format == "jsonl" else read_records(file, format, settings)


def row_source(row: Row, file: FoundFile, format: str, settings: ReadingSettings) -> Source | Skipped:
    """A row as a source; Skipped where it is broken or has no text."""
    record = (
        row if isinstance(row, Record | Skipped) else _json_record(row[1], file, row[0], settings.encoding)
    )
    return record if isinstance(record, Skipped) else _as_source(record, file, format)


def _as_source(record: Record, file: FoundFile, format: str) -> Source | Skipped:
    """A record as a source; CSV has no other way to say that a field is missing than to leave it empty."""
    fields = record.fields
    if format == "csv":
        fields = {key: value or None for key, value in fields.items()}
    return record_source(fields, file.name, record.number, str(file.path))


def known_fields(record: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a record with Chinese names of known columns as the English ones, and its text, if any, as `text`."""
    fields = {_NAMES.get(key, key): value for key, value in record.items() if key is not None}
    column = next((name for name in TEXT_COLUMNS if name in fields), None)
    return fields if column in (None, "text") else {**fields, "text": fields[column]}


def record_source(
    record: Mapping[str, Any], table: str, number: int, origin: str | None = None
) -> Source | Skipped:
    """One record as a source; Skipped, reason `no-text`, when its `text` is missing, empty or no string."""
    fields = {_NAMES.get(key, key): value for key, value in record.items() if key is not None}
    column = next((name for name in TEXT_COLUMNS if name in fields), None)
    identity = _string(fields.get("id"))
    text = fields.get(column) if column else None
    if not isinstance(text, str) or not text.strip():
        place = f"{table}#{identity or number}"
        return Skipped(
            place, "no-text", f"record {number} has no text in a field `text`, which every record needs"
        )
    warnings: tuple[str, ...] = ()
    if not text.isascii():
        text, broken = _SURROGATE.subn("\ufffd", text)
        warnings = (f"{broken} lone surrogates are no characters, read as U+FFFD",) if broken else ()
    properties: dict[str, Any] = {key: _string(fields.get(key)) for key in KNOWN_COLUMNS}
    properties["id"] = identity
    properties["columns"] = {
        str(key): _plain(value)
        for key, value in fields.items()
        if key not in KNOWN_COLUMNS and key not in ("id", column)
    }
    return Source(
        name=f"{table}#{identity or number}",
        text=text,
        format="record",
        origin=f"record {number} of {origin or table}",
        properties=properties,
        warnings=warnings,
        whole=True,
    )


def _string(value: Any) -> str | None:
    plain = _plain(value)
    return None if plain is None else str(plain).strip() or None


def _plain(value: Any) -> Any:
    """A value that JSON can hold: dates in ISO form, nothing for what is not a number, no lone surrogates."""
    if isinstance(value, str):
        return value if value.isascii() else _SURROGATE.sub("\ufffd", value)
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if hasattr(value, "isoformat"):
        text = str(value.isoformat())
        return None if text == "NaT" else text.removesuffix("T00:00:00")
    return _plain(value.item()) if hasattr(value, "item") else None if str(value) == "<NA>" else str(value)


def _jsonl(file: FoundFile, settings: ReadingSettings) -> Iterator[Record | Skipped]:
    return (_json_record(line, file, number, settings.encoding) for number, line in _json_lines(file))


def _json_lines(file: FoundFile) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, and their numbers."""
    with _open(file) as lines:
        for number, line in enumerate(_lines(lines, file.name), start=1):
            if line.strip(b"\xef\xbb\xbf \t\r\n"):
                yield number, line


def _lines(lines: Iterable[bytes], name: str) -> Iterator[bytes]:
    """Lines of a stream; what is already read stays read when a gzip breaks off."""
    try:
        yield from lines
    except (EOFError, OSError, zlib.error) as error:
        raise UnreadableError(
            name, "corrupt", f"breaks off ({error}); the records before are read"
        ) from error


def _json_record(line: bytes, file: FoundFile, number: int, encoding: str | None) -> Record | Skipped:
    place = f"{file.name}#{number}"
    try:
        record = json.loads(line.decode(encoding or "utf-8-sig"))
    except UnicodeDecodeError:
        return _foreign_record(line, file, number)
    except (ValueError, RecursionError, LookupError) as error:
        return Skipped(place, "bad-json", f"line {number} is not JSON ({error})")
    if not isinstance(record, dict):
        return Skipped(place, "bad-json", f"line {number} is not a JSON object with a field `text`")
    return Record(number, record)


def _foreign_record(line: bytes, file: FoundFile, number: int) -> Record | Skipped:
    """A line that is not UTF-8, against the standard: by the guess, if that makes JSON of it."""
    try:
        record = json.loads(line.decode(guess(line, file.name)))
    except (ValueError, RecursionError, UnreadableError):
        record = None
    if not isinstance(record, dict):
        return Skipped(f"{file.name}#{number}", "bad-json", f"line {number} is not UTF-8, which JSON must be")
    return Record(number, record)


def _json(file: FoundFile, settings: ReadingSettings) -> Iterator[Record | Skipped]:
    with _open(file) as stream:
        data = stream.read(int(settings.max_megabytes * MEGABYTE) + 1)
    if len(data) > settings.max_megabytes * MEGABYTE:
        raise UnreadableError(file.name, "too-large", "is a large JSON array; JSON Lines has no limit")
    try:
        records = json.loads(data.decode(settings.encoding or "utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableError(
            file.name, "bad-json", f"is not JSON ({error}); JSON Lines loses one record only"
        ) from error
    for number, record in enumerate(records, start=1):
        if isinstance(record, dict):
            yield Record(number, record)
        else:
            yield Skipped(
                f"{file.name}#{number}", "bad-json", f"item {number} is not an object with a field `text`"
            )


def _csv(file: FoundFile, settings: ReadingSettings) -> Iterator[Record | Skipped]:
    with _open(file) as stream:
        sample = stream.read(SAMPLE)
    encoding = settings.encoding or _csv_encoding(sample, file.name)
    header = sample.decode(encoding, "replace").lstrip("\ufeff").split("\n", 1)[0]
    delimiter = max(",\t;", key=header.count)
    limit = csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    try:
        opener = gzip.open if is_gzip(file.path) else open
        with opener(file.path, "rt", encoding=encoding, errors="replace", newline="") as stream:
            yield from _csv_records(csv.DictReader(stream, delimiter=delimiter, strict=False), file)
    except (EOFError, OSError, zlib.error) as error:
        raise UnreadableError(
            file.name, "corrupt", f"breaks off ({error}); the records before are read"
        ) from error
    finally:
        csv.field_size_limit(limit)


def _csv_encoding(sample: bytes, name: str) -> str:
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 3:
            return "utf-16" if sample[:2] in (b"\xff\xfe", b"\xfe\xff") else guess(sample, name)
    return "utf-8-sig"


def _csv_records(reader: csv.DictReader[str], file: FoundFile) -> Iterator[Record | Skipped]:
    columns = [(name or "").strip() for name in reader.fieldnames or []]
    _require_text(columns, file.name)
    reader.fieldnames = columns
    number = 0
    while True:
        number += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Skipped(f"{file.name}#{number}", "bad-csv", f"record {number} is not CSV ({error})")
            continue
        yield Record(number, record)


def _require_text(columns: Iterable[Any], name: str) -> None:
    names = [str(column) for column in columns if column]
    if not set(names).intersection(TEXT_COLUMNS):
        raise UnreadableError(
            name,
            "no-text-column",
            f"has the columns {', '.join(map(_shortened, names[:12]))} and none called `text`: "
            "its first line must name the columns, the one with the texts `text`",
        )


def _shortened(column: str) -> str:
    """A name of a column; of a table without names it is a whole text."""
    return column if len(column) <= 20 else f"{column[:20]}…"


def _parquet(file: FoundFile, settings: ReadingSettings) -> Iterator[Record | Skipped]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtraError(
            f"{file.name}: reading Parquet needs pyarrow; pip install 'speech-reuse[docs]'"
        ) from error
    try:
        with parquet.ParquetFile(file.path) as table:
            _require_text(table.schema_arrow.names, file.name)
            number = 0
            for batch in table.iter_batches(batch_size=_BATCH):
                for record in batch.to_pylist():
                    number += 1
                    yield Record(number, record)
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise UnreadableError(file.name, "corrupt", f"is a broken Parquet file ({error})") from error


def _xlsx(file: FoundFile, settings: ReadingSettings) -> Iterator[Record | Skipped]:
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtraError(
            f"{file.name}: reading XLSX needs openpyxl; pip install 'speech-reuse[docs]'"
        ) from error
    with Package(file.path, file.name, settings.max_expanded_megabytes) as package:
        for part in package.names():
            package.read(part)
    try:
        with file.path.open("rb") as stream, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            rows = list(book.worksheets[0].iter_rows(values_only=True)) if book.worksheets else []
    except Exception as error:  # openpyxl raises whatever a broken part makes Python raise
        raise UnreadableError(
            file.name, "corrupt", f"is a broken workbook ({type(error).__name__}: {error})"
        ) from error
    header = [str(cell).strip() if cell is not None else "" for cell in rows[0]] if rows else []
    _require_text(header, file.name)
    for number, row in enumerate(rows[1:], start=1):
        if any(cell is not None for cell in row):
            record = {name: cell for name, cell in zip(header, row, strict=False) if name}
            yield Record(number, record)


_READERS = {"jsonl": _jsonl, "json": _json, "csv": _csv, "parquet": _parquet, "xlsx": _xlsx}


def _open(file: FoundFile) -> IO[bytes]:
    try:
        return gzip.open(file.path, "rb") if is_gzip(file.path) else file.path.open("rb")  # type: ignore[return-value]
    except OSError as error:
        raise UnreadableError(file.name, "unreadable", f"cannot be opened ({error.strerror})") from error
