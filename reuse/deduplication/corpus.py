"""The input as records, twice: once to be sketched, once to be copied.

A record of a table is compared as it stands, with nothing marked: what an engineer put into `text` is the text. A file
that is no table is compared as `scan` reads it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reuse.config import ReadingSettings
from reuse.model import Document, MissingExtraError, Skipped, UnreadableError
from reuse.reading import clean
from reuse.reading.dates import parse_date
from reuse.reading.files import file_format, read_document
from reuse.reading.gathering import FoundFile, gather
from reuse.reading.sniffing import TABLES
from reuse.reading.tables import known_fields, read_lines, read_records

_DOCUMENT_FIELDS = ("id", "title", "date", "author", "place", "series", "text")
_SETTINGS = ReadingSettings(furniture=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """A record that takes part: where it stands, its id and fields as they are, and its text and date as a document."""

    number: int
    identity: Any
    fields: Mapping[str, Any]
    document: Document


class Corpus:
    """The files of the inputs, sorted by name, and their records in order."""

    def __init__(self, inputs: Sequence[str | Path]) -> None:
        """Raises InputError when an input does not exist or a glob finds nothing."""
        self.files, self.skipped = gather(inputs)
        self._formats: dict[FoundFile, str] = {}
        self._stamps = [_stamp(file.path) for file in self.files]

    def entries(self, file: FoundFile) -> Iterator[Entry | Skipped]:
        """The records of a file; what cannot be used as Skipped, the file itself if it breaks off or cannot be read."""
        try:
            format = self._formats[file] = file_format(file, _SETTINGS)
            if format not in TABLES:
                yield from _documents(file, format)
                return
            for record in read_records(file, format, _SETTINGS):
                yield record if isinstance(record, Skipped) else _entry(file, *record)
        except UnreadableError as error:
            yield Skipped(file.name, error.reason, error.message)
        except MissingExtraError as error:
            yield Skipped(file.name, "missing-extra", str(error).removeprefix(f"{file.name}: "))

    def format(self, file: FoundFile) -> str | None:
        """The format of a file whose records were read; None if that failed."""
        return self._formats.get(file)

    def again(self, file: FoundFile) -> Iterator[tuple[int, Mapping[str, Any] | bytes]]:
        """Number and content of each record once more: the line of a JSONL file, else the fields."""
        if self._formats.get(file) != "jsonl":
            for entry in self.entries(file):
                if isinstance(entry, Entry):
                    yield entry.number, entry.fields
            return
        try:
            yield from read_lines(file)
        except UnreadableError:
            return  # told of the first time: it breaks off after the last record

    def changed(self) -> FoundFile | None:
        """A file that is no longer what it was when this was made; None if all are."""
        for file, stamp in zip(self.files, self._stamps, strict=True):
            if _stamp(file.path) != stamp:
                return file
        return None


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _entry(file: FoundFile, number: int, fields: Mapping[str, Any]) -> Entry | Skipped:
    known = known_fields(fields)
    text, date = known.get("text"), known.get("date")
    if not isinstance(text, str):
        names = ", ".join(str(name) for name in list(fields)[:12]) or "none"
        message = f"record {number} has no text in a field `text`; its fields are: {names}"
        return Skipped(f"{file.name}#{number}", "no-text", message)
    parsed = None if date is None else parse_date(str(date))
    return Entry(number, known.get("id"), fields, Document(id="", source=file.name, text=text, date=parsed))


def _documents(file: FoundFile, format: str) -> Iterator[Entry]:
    for number, document in enumerate(clean(read_document(file, format, _SETTINGS), _SETTINGS), start=1):
        values = {name: getattr(document, name) for name in _DOCUMENT_FIELDS}
        fields = {name: value for name, value in values.items() if value is not None}
        yield Entry(number, document.id, fields, document)
