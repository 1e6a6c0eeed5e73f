"""The texts that are measured on: where they are, their digest, and their documents.

Texts of the repository are always there; those of the shared folder beside it are other people's, may be
absent, and are never copied.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from reuse.model import Document

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures"
SHARED = ROOT.parent / "shared"
LABELS = SHARED / "labels"
SPEECHES = SHARED / "speeches"
CORPORA = SHARED / "corpora"

GOV = CORPORA / "gov_reports.jsonl.gz"
NEWS = CORPORA / "news_2012_2016.jsonl.gz"

LABELLED_NEWS_YEAR = "2014"
LABELLED_NEWS_ITEMS = 2_000


def digest(paths: Iterable[Path]) -> str:
    """sha256 over the names and bytes of files, in sorted order of their names."""
    total = hashlib.sha256()
    for path in sorted(paths, key=lambda p: p.name):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSON Lines file, compressed or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield json.loads(line)


def document(record: dict[str, Any], source: str) -> Document:
    """A record as a document whose coordinates are those of its `text`."""
    known = {name: record[name] for name in ("title", "date") if record.get(name)}
    return Document(id=record["id"], source=source, text=record["text"], **known)


def gov_documents() -> list[Document]:
    """All government reports (119)."""
    return [document(record, GOV.name) for record in records(GOV)]


def news_documents() -> list[Document]:
    """All news items that have text, in the order of the file (22,954)."""
    return [document(record, NEWS.name) for record in records(NEWS) if record["text"]]


def labelled_news_documents() -> list[Document]:
    """The 2,000 items the judged pairs of `news` were drawn from."""
    wanted = (d for d in news_documents() if (d.date or "").startswith(LABELLED_NEWS_YEAR))
    return list(islice(wanted, LABELLED_NEWS_ITEMS))


def speech_files() -> list[Path]:
    """The labelled speeches, sorted by name."""
    return sorted(SPEECHES.glob("*.txt"))


def raw_text(path: Path) -> str:
    """A text file with its newlines as they are, the way labels count."""
    with path.open(encoding="utf-8", newline="") as stream:
        return stream.read()


OWN_PARAGRAPHS = (FIXTURES / "paragraphs.txt", Path(__file__).parent / "data" / "party_paragraphs.txt")


def own_paragraphs() -> list[str]:
    """The paragraphs of the perturbation study, one a line: all written for it."""
    lines = (line for path in OWN_PARAGRAPHS for line in path.read_text(encoding="utf-8").splitlines())
    return [line.strip() for line in lines if line.strip()]


def unrelated_documents() -> list[Document]:
    """Speeches of the repository that share nothing with one another."""
    paths = sorted((FIXTURES / "unrelated").glob("*.txt"))
    return [Document(id=path.stem, source=path.name, text=raw_text(path)) for path in paths]
