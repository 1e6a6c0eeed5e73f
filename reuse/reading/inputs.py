"""Whatever a user gives becomes documents: the way in of the whole package."""

from __future__ import annotations

import glob
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from reuse.config import ReadingSettings
from reuse.model import Document, DuplicateIdError, InputError, Skipped
from reuse.reading.cleaning import clean
from reuse.reading.furniture import Furniture, mark_furniture
from reuse.reading.gathering import expand, gather
from reuse.reading.parallel import Cleaned, cleaned, read_files
from reuse.reading.source import Source
from reuse.reading.tables import record_source


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """What was read.

    `documents` are sorted by id, numbers inside ids by value, which the inputs alone decide. `skipped` is what was left
    out and `warnings` what was read with doubts, sorted by source. `furniture` are the repeated lines that were marked.
    `files` counts the files looked at, `formats` and `encodings` the sources by format and encoding.
    """

    documents: list[Document]
    skipped: list[Skipped]
    warnings: list[Skipped] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    files: int = 0
    formats: Mapping[str, int] = field(default_factory=dict)
    encodings: Mapping[str, int] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """All but the documents, as plain values (see `of`)."""
        return {
            "skipped": [asdict(item) for item in self.skipped],
            "warnings": [asdict(item) for item in self.warnings],
            "furniture": [list(item) for item in self.furniture],
            "files": self.files,
            "formats": dict(self.formats),
            "encodings": dict(self.encodings),
        }

    @classmethod
    def of(cls, told: Mapping[str, Any], documents: list[Document]) -> Readings:
        """What `told` was made from."""
        return cls(
            documents=documents,
            skipped=[Skipped(**item) for item in told["skipped"]],
            warnings=[Skipped(**item) for item in told["warnings"]],
            furniture=[Furniture(*item) for item in told["furniture"]],
            files=told["files"],
            formats=told["formats"],
            encodings=told["encodings"],
        )


class _Collected:
    """Documents and counts while reading goes on."""

    def __init__(self, settings: ReadingSettings) -> None:
        self.settings = settings
        self.documents: list[Document] = []
        self.places: dict[str, str] = {}
        self.skipped: list[Skipped] = []
        self.warnings: list[Skipped] = []
        self.formats: Counter[str] = Counter()
        self.encodings: Counter[str] = Counter()

    def add_sources(self, items: Iterable[Source | Skipped]) -> None:
        self.add_all(cleaned(item, self.settings) for item in items)

    def add_all(self, items: Iterable[Cleaned | Skipped]) -> None:
        for item in items:
            if isinstance(item, Skipped):
                self.skipped.append(item)
            else:
                self.add(item)

    def add(self, given: Cleaned) -> None:
        self.formats[given.format] += 1
        if given.encoding is not None:
            self.encodings[given.encoding] += 1
        self.warnings += [Skipped(given.name, "warning", warning) for warning in given.warnings]
        for document in given.documents:
            self.add_document(document, given.place)

    def add_document(self, document: Document, place: str) -> None:
        if document.id in self.places:
            raise DuplicateIdError(
                f"two documents have the id {document.id!r}: {self.places[document.id]} and {place}; "
                "give records ids that differ, and of files of the same name the folder above both"
            )
        self.places[document.id] = place
        self.documents.append(document)


def read_inputs(inputs: Any, settings: ReadingSettings, *, jobs: int = 1) -> Readings:
    """Read `inputs`: paths, globs and folders (str or Path), Documents, strings, or a pandas DataFrame.

    A string is a text when it holds a line break or a sentence sign, is long or is empty; `Path(…)` is always a path. Documents
    are taken as they are. Texts from strings are called `text-1`, `text-2`. `jobs` processes read files side by side;
    the answer is the same. One unreadable file is a row in `skipped`, the rest is read.
    Raises InputError when an input does not exist or nothing is readable, DuplicateIdError when two documents claim one id.
    """
    collected = _Collected(settings)
    files = 0
    if _is_frame(inputs):
        records = enumerate(inputs.to_dict("records"), start=1)
        collected.add_sources(record_source(record, "table", number) for number, record in records)
    else:
        given = [inputs] if isinstance(inputs, (str, Path, Document)) else list(inputs)
        documents, texts, paths = _sort_out(given)
        for document in documents:
            collected.add_document(document, f"the document {document.id!r} from {document.source}")
        collected.add_sources(_text_sources(texts))
        found, skipped = gather(paths)
        collected.skipped += skipped
        collected.add_all(read_files(found, settings, jobs))
        files = len(found)
    return _finish(collected, files)


def _is_frame(inputs: Any) -> bool:
    return hasattr(inputs, "to_dict") and hasattr(inputs, "columns")


def _sort_out(given: list[Any]) -> tuple[list[Document], list[str], list[str | Path]]:
    """Documents, texts and paths among the inputs. Raises InputError for anything else."""
    documents = [item for item in given if isinstance(item, Document)]
    strings = [item for item in given if isinstance(item, str)]
    paths: list[str | Path] = [item for item in given if isinstance(item, Path)]
    if len(documents) + len(strings) + len(paths) < len(given):
        odd = next(item for item in given if not isinstance(item, (Document, str, Path)))
        raise InputError(f"cannot read a {type(odd).__name__}: give paths, texts, Documents or a DataFrame")
    if any(_is_text(item) for item in strings):
        texts = [item for item in strings if _is_text(item) or not _exists(item)]
        return documents, texts, [*paths, *(item for item in strings if item not in texts)]
    return documents, [], [*paths, *strings]


def _is_text(string: str) -> bool:
    return (
        not string.strip()
        or "\n" in string
        or len(string) > 255
        or (bool(re.search("[，。；！？：]|[.,!?] ", string)) and not _exists(string))
    )


def _exists(string: str) -> bool:
    try:
        return Path(string).exists() or (glob.has_magic(string) and bool(expand(string)))
    except (OSError, ValueError):
        return False


def _text_sources(texts: Iterable[str]) -> Iterator[Source | Skipped]:
    for number, text in enumerate(texts, start=1):
        item = record_source({"text": text}, "text", number)
        name = f"text-{number}"
        if isinstance(item, Skipped):
            yield Skipped(name, "no-text", f"string {number} is empty")
        else:
            yield Source(name=name, text=item.text, format="string", warnings=item.warnings, whole=True)


def read_text(text: str, name: str, settings: ReadingSettings) -> Document:
    """A text given as it is as the document `name`, cleaned as one of a file; an empty one too."""
    item = record_source({"text": text}, "text", 1)
    if isinstance(item, Skipped):
        return Document(id=name, source=name, text=text)
    source = Source(name=name, text=item.text, format="string", warnings=item.warnings, whole=True)
    (document,) = clean(source, settings)
    return document


def _finish(collected: _Collected, files: int) -> Readings:
    if not collected.documents:
        reasons = "; ".join(f"{item.source} {item.message}" for item in collected.skipped[:5])
        raise InputError(f"nothing to read among the inputs: {reasons or 'no file was found'}")
    documents = sorted(collected.documents, key=lambda document: natural_key(document.id))
    furniture: list[Furniture] = []
    if collected.settings.furniture and collected.settings.clean:
        documents, furniture = mark_furniture(documents)
    return Readings(
        documents=documents,
        skipped=sorted(collected.skipped, key=_row_key),
        warnings=sorted(collected.warnings, key=_row_key),
        furniture=furniture,
        files=files,
        formats=dict(sorted(collected.formats.items())),
        encodings=dict(sorted(collected.encodings.items())),
    )


def _row_key(row: Skipped) -> tuple[Any, str, str]:
    return natural_key(row.source), row.reason, row.message


def natural_key(name: str) -> tuple[tuple[tuple[int, str], ...], str]:
    """A sort key that puts `a2` before `a10`, and `a02` beside `a2`."""
    parts = re.split("([0-9]+)", name)
    key: list[tuple[int, str]] = []
    for part in parts:
        digits = part.lstrip("0") if part[:1].isdecimal() and part.isascii() else ""
        key.append((len(digits), digits) if digits or part[:1] == "0" else (0, part))
    return tuple(key), name
