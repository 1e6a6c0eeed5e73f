"""Finished stages of a run that is not finished, kept beside its output, so that an interrupted run can go on.

    .unfinished/documents.jsonl     what was read
    .unfinished/matches.npz         what was found

Each file is written under another name and renamed when it is whole, and names what it was made from (inputs, settings,
versions): another run takes it for what it is, not for its own. The folder goes when the result stands.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from reuse.match_table import MatchTable
from reuse.model import Document
from reuse.reporting.coding import DecodingError, decoder, json_text
from reuse.reporting.folder import writing

FOLDER = ".unfinished"
_DOCUMENTS, _MATCHES = "documents.jsonl", "matches.npz"
_COLUMNS = tuple(
    field.name for field in fields(MatchTable) if field.name not in ("documents", "families", "ids")
)


class Checkpoints:
    """The finished stages of the run that writes to `out`. Without `resume` those of an earlier run are thrown away.

    `inputs` is the key of what is read, set before anything is asked for; `resumed` names the stages that were taken over.
    Raises OutputError when the folder cannot be written.
    """

    def __init__(self, out: Path, *, resume: bool = False) -> None:
        self.folder = out / FOLDER
        self.inputs = ""
        self.resumed: list[str] = []
        with writing(self.folder):
            if not resume and self.folder.exists():
                shutil.rmtree(self.folder)
            self.folder.mkdir(parents=True, exist_ok=True)

    def documents(self) -> tuple[Mapping[str, Any], list[Document]] | None:
        """What was read of these inputs: what else reading told, and the documents. None where that is not known."""
        decode = decoder(Document)
        try:
            with (self.folder / _DOCUMENTS).open(encoding="utf-8") as lines:
                head = json.loads(next(lines))
                if head["key"] != self.inputs:
                    return None
                documents = [decode(json.loads(line)) for line in lines]
        except (OSError, ValueError, KeyError, StopIteration, DecodingError):
            return None
        self.resumed.append("reading")
        return head["told"], documents

    def keep_documents(self, told: Mapping[str, Any], documents: Sequence[Document]) -> None:
        """Keep what was read. Raises OutputError when there is no room."""

        def lines() -> Iterator[str]:
            yield json_text({"key": self.inputs, "told": told}) + "\n"
            for document in documents:
                yield json_text(document) + "\n"

        path = self.folder / _DOCUMENTS
        with writing(path), _renamed(path).open("w", encoding="utf-8", newline="") as file:
            file.writelines(lines())
        _renamed(path).replace(path)

    def matches(self, key: str, documents: Sequence[Document]) -> tuple[MatchTable, dict[str, int]] | None:
        """The matches found under this key, and the counts of the search. None where these are not known."""
        try:
            with np.load(self.folder / _MATCHES, allow_pickle=False) as kept:
                if str(kept["key"]) != key:
                    return None
                columns = {name: kept[name] for name in _COLUMNS}
                counts: dict[str, int] = json.loads(str(kept["counts"]))
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None
        self.resumed.append("matching")
        return MatchTable(documents=documents, **columns), counts

    def keep_matches(self, key: str, matches: MatchTable, counts: Mapping[str, int]) -> None:
        """Keep what was found. Raises OutputError when there is no room."""
        columns = {name: getattr(matches, name) for name in _COLUMNS}
        path = self.folder / _MATCHES
        with writing(path):
            with _renamed(path).open("wb") as file:
                np.savez(file, key=np.array(key), counts=np.array(json.dumps(counts)), **columns)
            _renamed(path).replace(path)

    def clear(self) -> None:
        """The result stands: throw the stages away."""
        shutil.rmtree(self.folder, ignore_errors=True)


def key_of(*made_from: Any) -> str:
    """A digest (SHA-256, hexadecimal) of what a stage is made from; where one part ends and the next begins counts."""
    found = hashlib.sha256()
    for each in made_from:
        data = json_text(each, sort_keys=True).encode("utf-8")
        found.update(len(data).to_bytes(8, "little"))
        found.update(data)
    return found.hexdigest()


def _renamed(path: Path) -> Path:
    return path.with_name(f"{path.name}.partial")
