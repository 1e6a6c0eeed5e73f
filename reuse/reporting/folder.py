"""The output folder: JSON Lines files as the contract names them, written whole or not at all.

Two files are added to those of the contract: `texts.jsonl` holds the text of every document (the contract's
`documents.jsonl` has none), so that a saved result can draw its report without the sources being at hand.
`run.json` is written last: a folder without it was not finished.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from reuse.model import (
    Document,
    DocumentRecord,
    Family,
    Match,
    Originality,
    OutputError,
    Paragraph,
    Removed,
)
from reuse.reporting.coding import DecodingError, decoder, json_text
from reuse.reporting.lines import (
    document_lines,
    encoded,
    family_lines,
    lines_of,
    match_lines,
    paragraph_lines,
    text_line,
)
from reuse.result_files import REPORT, RUN, TEXTS

T = TypeVar("T")


class Parts(NamedTuple):
    """What a folder holds, as values of the model."""

    documents: list[DocumentRecord]
    paragraphs: Sequence[Paragraph]
    matches: Sequence[Match]
    families: Sequence[Family]
    run: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _DocumentRow:
    """A line of `documents.jsonl`."""

    id: str
    source: str
    start: int
    end: int
    title: str | None = None
    date: str | None = None
    author: str | None = None
    place: str | None = None
    series: str | None = None
    characters: int
    compared: int
    truncated: bool = False
    removed: tuple[Removed, ...] = ()
    sha256: str
    metadata: Mapping[str, Any]
    originality: Originality | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _TextRow:
    """A line of `texts.jsonl`: the text of a document, and the marks that reading it left."""

    id: str
    text: str
    removed: tuple[Removed, ...] = ()
    joins: tuple[int, ...] = ()
    cuts: tuple[int, ...] = ()


def write_folder(directory: Path, parts: Parts, report: Iterable[str] | None, jobs: int = 1) -> None:
    """Write all files of a result into `directory`, made if need be; an older result there is replaced.

    Every file is first written under a temporary name, so a run that is killed or meets a full disk leaves
    the older result as it was. `report` is the page in pieces; without it an older report is removed, because
    it would show another result. `jobs` processes write at once. Raises OutputError when the folder cannot be written.
    """
    with writing(directory):
        directory.mkdir(parents=True, exist_ok=True)
        pages = _lines_by_file(parts, jobs)
        if report is not None:
            pages[REPORT] = map(str.encode, report)
        _write_all(directory, pages)


def read_folder(directory: Path) -> Parts:
    """Read back what `write_folder` wrote.

    Raises OutputError, with file and line, when the folder is missing, unfinished, or holds anything else.
    """
    if not directory.is_dir():
        raise OutputError(f"{directory}: no such folder; expected the output folder of a scan.")
    if not (directory / RUN).is_file():
        raise OutputError(
            f"{directory}: no {RUN} here, so this is not the output of a finished scan; scan again with "
            f"`--out {directory}`, or give the right folder."
        )
    texts = {row.id: row for row in _read_lines(directory / TEXTS, _TextRow)}
    rows = _read_lines(directory / "documents.jsonl", _DocumentRow)
    return Parts(
        [_join(row, texts, directory) for row in rows],
        list(_read_lines(directory / "paragraphs.jsonl", Paragraph)),
        list(_read_lines(directory / "matches.jsonl", Match)),
        list(_read_lines(directory / "families.jsonl", Family)),
        _read_run(directory / RUN),
    )


def document_row(record: DocumentRecord) -> _DocumentRow:
    """A document as the contract's `documents.jsonl` tells of it."""
    document = record.document
    return _DocumentRow(
        id=document.id,
        source=document.source,
        start=document.start,
        end=document.end,
        title=document.title,
        date=document.date,
        author=document.author,
        place=document.place,
        series=document.series,
        characters=record.characters,
        compared=record.compared,
        truncated=document.truncated,
        removed=record.removed,
        sha256=record.sha256,
        metadata=document.metadata,
        originality=record.originality,
    )


def write_file(path: Path, pieces: Iterable[str]) -> None:
    """Write one file under a temporary name, then rename it. Raises OutputError when that fails."""
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = _write_temporary(path, map(str.encode, pieces))
        temporary.replace(path)


def _lines_by_file(parts: Parts, jobs: int) -> dict[str, Iterable[bytes | memoryview]]:
    return {
        "documents.jsonl": document_lines(parts.documents, jobs),
        TEXTS: lines_of(parts.documents, text_line, jobs),
        "paragraphs.jsonl": paragraph_lines(parts.paragraphs, jobs),
        "matches.jsonl": match_lines(parts.matches, jobs),
        "families.jsonl": family_lines(parts.families, jobs),
        RUN: [encoded(json_text(parts.run, indent=2) + "\n")],
    }


def _write_all(directory: Path, pages: Mapping[str, Iterable[bytes | memoryview]]) -> None:
    written: list[Path] = []
    try:
        written.extend(_write_temporary(directory / name, pieces) for name, pieces in pages.items())
        # run.json goes first and comes last: a folder between two results has none and is refused.
        (directory / RUN).unlink(missing_ok=True)
        if REPORT not in pages:
            (directory / REPORT).unlink(missing_ok=True)
        for name in sorted(pages, key=lambda name: name == RUN):
            _temporary(directory / name).replace(directory / name)
    except BaseException:
        for name in pages:
            _temporary(directory / name).unlink(missing_ok=True)
        raise


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.partial")


def _write_temporary(path: Path, pieces: Iterable[bytes | memoryview]) -> Path:
    temporary = _temporary(path)
    with temporary.open("wb") as file:
        file.writelines(pieces)
    return temporary


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the system says about a place that cannot be written into OutputError."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"{path}: cannot write here ({reason}). Choose another place for the output, or make room."
        ) from error


def _read_lines(path: Path, kind: type[T]) -> Iterator[T]:
    decode = decoder(kind)
    for number, line in enumerate(_raw_lines(path), start=1):
        try:
            value: T = decode(json.loads(line))
        except DecodingError as error:
            raise OutputError(f"{path}, line {number}: {error}. Was the file edited? Scan again.") from error
        except ValueError as error:
            raise OutputError(f"{path}, line {number}: not JSON ({error}). Scan again.") from error
        yield value


def _raw_lines(path: Path) -> list[bytes]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise OutputError(f"{path}: cannot read ({error.strerror}); a scan writes this file.") from error
    return data.removesuffix(b"\n").split(b"\n") if data else []


def _read_run(path: Path) -> dict[str, Any]:
    try:
        run = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise OutputError(f"{path}: not readable as JSON ({error}). Scan again.") from error
    if not isinstance(run, dict):
        raise OutputError(f"{path}: expected an object, found {type(run).__name__}. Scan again.")
    return run


def _join(row: _DocumentRow, texts: Mapping[str, _TextRow], directory: Path) -> DocumentRecord:
    text = texts.get(row.id)
    if text is None or len(text.text) != row.end - row.start:
        found = "nothing" if text is None else f"{len(text.text)} characters"
        raise OutputError(
            f"{directory / TEXTS}: expected the {row.end - row.start} characters of document {row.id!r}, "
            f"found {found}; the files of this folder are not of one run. Scan again."
        )
    document = Document(
        id=row.id,
        source=row.source,
        text=text.text,
        start=row.start,
        title=row.title,
        date=row.date,
        author=row.author,
        place=row.place,
        series=row.series,
        truncated=row.truncated,
        removed=text.removed,
        joins=text.joins,
        cuts=text.cuts,
        metadata=row.metadata,
    )
    return DocumentRecord(
        document=document,
        characters=row.characters,
        compared=row.compared,
        removed=row.removed,
        sha256=row.sha256,
        originality=row.originality,
    )
