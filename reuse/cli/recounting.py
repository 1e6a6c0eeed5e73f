"""A result counted again: with other lists of stock phrases, or with base documents that are shown but not
counted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reuse.config import AuditSettings, Settings
    from reuse.model import Document
    from reuse.reporting import Result


def recounted(result: Result, phrases: Sequence[Path], templates: Sequence[str]) -> Result:
    """The result as it would be with further stock phrases and base documents; the same one where none are
    given.

    A template that is the id of a document of the result is counted from its matches; one that is a file is
    read and compared with all documents first. Raises InputError for a template that is neither, or for a
    list that cannot be read.
    """
    if not phrases and not templates:
        return result
    ids = {record.document.id for record in result.documents}
    files = [name for name in templates if name not in ids]
    read = [document for name in files for document in _read(name, ids)]
    base = [name for name in templates if name in ids] + [document.id for document in read]
    settings = _settings(result, _entries(phrases), base)
    return _scanned(result, read, settings) if read else _counted(result, settings.auditing)


def _settings(result: Result, phrases: Sequence[str], base: Sequence[str]) -> Settings:
    """The settings of the run, with these added; those a newer version no longer knows are left out."""
    from reuse.config import Settings
    from reuse.model import ConfigError

    try:
        settings = Settings().changed(**result.run.get("settings", {}))
    except ConfigError:
        settings = Settings()
    own = settings.auditing
    changes = {"phrases": [*own.phrases, *phrases], "base_documents": [*own.base_documents, *base]}
    return settings.changed(auditing=changes)


def _counted(result: Result, settings: AuditSettings) -> Result:
    from reuse.auditing import recount
    from reuse.reporting import Result

    counted = recount(result.documents, result.paragraphs, result.matches, result.families, settings)
    return Result(counted.documents, counted.paragraphs, result.matches, result.families, result.run)


def _scanned(result: Result, read: Sequence[Document], settings: Settings) -> Result:
    from reuse.pipeline import scan

    return scan([*(record.document for record in result.documents), *read], settings=settings)


def _read(name: str, taken: set[str]) -> list[Document]:
    from dataclasses import replace

    from reuse.config import Settings
    from reuse.model import InputError
    from reuse.reading import read_inputs

    if not Path(name).is_file():
        raise InputError(
            f"{name}: neither a document of this scan nor a file; give the id of a document or a file to read"
        )
    documents = read_inputs([name], Settings().reading).documents
    return [replace(one, id=f"template:{one.id}") if one.id in taken else one for one in documents]


def _entries(files: Sequence[Path]) -> list[str]:
    from reuse.auditing.lists import parse_list
    from reuse.model import InputError

    entries: list[str] = []
    for path in files:
        try:
            entries.extend(parse_list(path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(
                f"{path}: cannot be read as a list of phrases ({error}); expected UTF-8, one a line"
            ) from error
    return entries
