"""Corpora for the tests, and what was written."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reuse.deduplication import Deduplicated, deduplicate
from tests.cli.running import PARAGRAPHS

LONG = [text for text in PARAGRAPHS if len(text) > 60]
"""Paragraphs of speeches with nothing in common."""


def edited(text: str, share: float) -> str:
    """`text` with that share of it, at its end, given over to other words."""
    keep = round(len(text) * (1 - share))
    return text[:keep] + LONG[-1][: len(text) - keep]


def write_lines(path: Path, records: Iterable[Mapping[str, Any]]) -> Path:
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    packed = path.name.endswith(".gz")
    path.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    return path


def read_lines(path: Path) -> list[dict[str, Any]]:
    data = path.read_bytes()
    lines = (gzip.decompress(data) if path.name.endswith(".gz") else data).decode().splitlines()
    return [json.loads(line) for line in lines]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The ids that were kept, the rows of what was removed, and the account of the run."""

    kept: list[Any]
    removed: list[dict[str, Any]]
    account: Deduplicated

    @property
    def instead(self) -> dict[Any, Any]:
        """For each removed id the one that is kept instead."""
        return {row["id"]: row["kept"] for row in self.removed}


def run(folder: Path, records: Sequence[Mapping[str, Any]], **options: Any) -> Outcome:
    """Deduplicate records that have ids, in this process unless told otherwise."""
    corpus = write_lines(folder / "corpus.jsonl", records)
    account = deduplicate(corpus, folder / "out" / "kept.jsonl", **{"jobs": 1, **options})
    return Outcome([record["id"] for record in read_lines(account.out)], read_lines(account.removed), account)


def texts(*given: str, **columns: Sequence[Any]) -> list[dict[str, Any]]:
    """Records with the ids a, b, c … and these texts and columns."""
    rows = [{"id": chr(97 + k), "text": text} for k, text in enumerate(given)]
    return [{**row, **{name: values[k] for name, values in columns.items()}} for k, row in enumerate(rows)]
