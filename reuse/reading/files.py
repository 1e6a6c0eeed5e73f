"""One file becomes a source, or many if it is a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from reuse.config import ReadingSettings
from reuse.model import MissingExtraError, Skipped, UnreadableError
from reuse.reading import sniffing
from reuse.reading.encoding import decode
from reuse.reading.formats.doc import read_doc
from reuse.reading.formats.docx import read_docx, read_wordml
from reuse.reading.formats.html import read_html, read_mhtml
from reuse.reading.formats.markdown import markdown_source
from reuse.reading.formats.odt import read_flat_odt, read_odt
from reuse.reading.formats.pdf import read_pdf
from reuse.reading.formats.rtf import read_rtf
from reuse.reading.gathering import FoundFile, printable
from reuse.reading.limits import check_size, time_limit
from reuse.reading.source import Source
from reuse.reading.tables import read_table
from reuse.reading.unpacking import bytes_of, head_of, is_gzip, opened

_REFUSED = {
    "empty": "holds no text",
    "archive": "is an archive; unpack it and give the folder",
    "image": "is an image and needs OCR first",
    "presentation": "is a presentation; export its text",
    "spreadsheet": "is an old spreadsheet; save it as XLSX or CSV",
    "unknown": "is no text and no format that can be read",
}


def read_source(path: str | Path, settings: ReadingSettings) -> Source:
    """The text of the file at `path` that all coordinates refer to, and what the file says of itself.

    `TABLE#ID` (or `TABLE#3` for the third record) reads one record of a table. Raises UnreadableError, whose `reason` is
    one of encrypted, needs-ocr, corrupt, too-large, too-slow, encoding, empty, unreadable, no-text-column, table or the
    kind of a file that is not read; MissingExtraError when an optional library is needed.
    """
    given = Path(path)
    if not given.exists() and "#" in str(path):
        table, _, wanted = str(path).rpartition("#")
        return _record(FoundFile(Path(table), printable(Path(table).name)), wanted, settings)
    file = FoundFile(given, printable(given.name))
    format = file_format(file, settings)
    if format in sniffing.TABLES:
        raise UnreadableError(
            file.name, "table", f"is a table of texts; name the record, as in {file.name}#1"
        )
    return read_document(file, format, settings)


def read_file(file: FoundFile, settings: ReadingSettings) -> Iterator[Source | Skipped]:
    """All that a found file gives: one source, or the records of a table. Whatever is wrong with it is a Skipped."""
    try:
        format = file_format(file, settings)
        if format in sniffing.TABLES:
            yield from read_table(file, format, settings)
        else:
            yield read_document(file, format, settings)
    except UnreadableError as error:
        yield Skipped(file.name, error.reason, error.message)
    except MissingExtraError as error:
        yield Skipped(file.name, "missing-extra", str(error).removeprefix(f"{file.name}: "))


def file_format(file: FoundFile, settings: ReadingSettings) -> str:
    """The format of a file by its content. Raises UnreadableError when it cannot be opened or is of no use."""
    if not file.path.is_file():
        raise UnreadableError(file.name, "unreadable", "is no regular file, or a link that leads nowhere")
    head = head_of(file, sniffing.HEAD)
    format = sniffing.sniff(head, file.path, lambda: opened(file, settings))
    if format == "gzip" or (format in ("xlsx", "parquet") and is_gzip(file.path)):
        format = "archive"
    if format in _REFUSED:
        raise UnreadableError(file.name, format, _REFUSED[format])
    return format


def read_document(file: FoundFile, format: str, settings: ReadingSettings) -> Source:
    """The one source of a file that is no table, within the limits of `settings`. Raises UnreadableError."""
    check_size(file.path, file.name, settings.max_megabytes)
    with time_limit(file.name, settings.max_seconds):
        source = _read(file, format, settings)
    if not source.text.strip("\ufeff \t\r\n\u3000\x00"):
        raise UnreadableError(file.name, "empty", "holds no text")
    return replace(source, origin=str(file.path))


def _read(file: FoundFile, format: str, settings: ReadingSettings) -> Source:
    name = file.name
    if format in ("docx", "odt"):
        return (read_docx if format == "docx" else read_odt)(opened(file, settings), name, settings)
    if format in ("doc", "pdf"):
        return (read_doc if format == "doc" else read_pdf)(opened(file, settings), name)
    data = bytes_of(file, settings)
    if format in ("html", "mhtml"):
        return (read_html if format == "html" else read_mhtml)(data, name, settings.encoding)
    if format in ("rtf", "wordml", "fodt"):
        return {"rtf": read_rtf, "wordml": read_wordml, "fodt": read_flat_odt}[format](data, name)
    decoded = decode(data, name, settings.encoding)
    text = Source(
        name=name, text=decoded.text, format=format, encoding=decoded.encoding, warnings=decoded.warnings
    )
    return markdown_source(text) if format == "markdown" else text


def _record(file: FoundFile, wanted: str, settings: ReadingSettings) -> Source:
    """The record of a table with this id, or else with this number."""
    format = file_format(file, settings)
    if format not in sniffing.TABLES:
        raise UnreadableError(file.name, "unknown", "is no table, so it has no records")
    for item in read_table(file, format, settings):
        if isinstance(item, Source) and item.name == f"{file.name}#{wanted}":
            return item
        if isinstance(item, Source) and item.origin.startswith(f"record {wanted} of "):
            return item
    raise UnreadableError(file.name, "no-record", f"has no record {wanted!r}")
