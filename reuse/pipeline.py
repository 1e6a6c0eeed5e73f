"""The stages in order. Only this module knows it: bytes, documents, comparable text, matches, families, originality, result."""

from __future__ import annotations

import hashlib
import platform
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reuse.config import Settings
from reuse.model import Document, DocumentRecord, Match, Paragraph, Progress, silent
from reuse.reading import Readings, read_inputs

if TYPE_CHECKING:
    from reuse.match_table import MatchTable
    from reuse.reporting import Result
    from reuse.text.comparable import ComparableText

_LIBRARIES = ("datasketch", "jieba", "rjieba", "scikit-learn", "numpy", "numba", "opencc")


@dataclass(slots=True)
class _Stages:
    """What each stage took: wall and processor seconds, and the peak memory when it ended."""

    progress: Progress
    rows: list[dict[str, Any]] = field(default_factory=list)
    _name: str | None = None
    _wall: float = 0.0
    _cpu: float = 0.0

    def __call__(self, stage: str, done: int | None = None, total: int | None = None) -> None:
        self.progress(stage, done, total)
        if done is not None:
            return
        self.end()
        self._name, self._wall, self._cpu = stage, time.perf_counter(), _processor_seconds()

    def end(self) -> None:
        """Close the stage that is open."""
        if self._name is not None:
            self.rows.append(
                {
                    "stage": self._name,
                    "seconds": round(time.perf_counter() - self._wall, 3),
                    "processor_seconds": round(_processor_seconds() - self._cpu, 3),
                    "peak_memory_mb": _peak_memory(),
                }
            )
        self._name = None


def scan(
    inputs: Any, *, settings: Settings | None = None, progress: Progress = silent, **options: Any
) -> Result:
    """Find what the documents of `inputs` share.

    `inputs` are paths, `Document`s, a list of strings or a pandas DataFrame. `options` change single settings (`jobs=2`,
    `level="paragraph"`). Raises ConfigError for an option that is unknown or out of range, InputError when nothing
    can be read.
    """
    chosen = (settings or Settings()).changed(**options)
    stages = _Stages(progress)
    stages("reading")
    readings = read_inputs(inputs, chosen.reading, jobs=chosen.jobs)
    result = scan_documents(readings, chosen, stages)
    return result


def scan_documents(readings: Readings, settings: Settings, stages: _Stages) -> Result:
    """The stages behind reading."""
    from reuse.auditing import audit
    from reuse.families import build_families
    from reuse.match_table import MatchTable
    from reuse.matching.detection import detect
    from reuse.reporting import Result
    from reuse.text import words
    from reuse.text.comparable import comparable

    documents = readings.documents
    stages("comparable text")
    text = comparable(documents, jobs=settings.jobs)
    stages("words")
    cut = words.cut(text, name=settings.text.segmenter, jobs=settings.jobs)
    detected = detect(
        documents,
        text,
        cut,
        level=settings.level,
        sketch=settings.sketching,
        settings=settings.matching,
        jobs=settings.jobs,
        stage=stages,
    )
    records, compared = _records(documents, text)
    paragraphs = _paragraphs(documents, text)
    stages("families")
    families = build_families(documents, detected.matches, settings.families)
    stages("originality")
    audited = audit(records, paragraphs, compared, families.matches, families.families, settings.auditing)
    stages.end()
    matches = MatchTable.of(documents, families.matches)
    run = _run_record(readings, settings, stages, detected.counts, matches, text)
    return Result(audited.documents, audited.paragraphs, matches, families.families, run)


def compare(a: str, b: str, **options: Any) -> list[Match]:
    """The matches between two texts, as `scan` would report them; spans are code points of `a` (left) and `b` (right)."""
    documents = [Document(id="a", source="a", text=a), Document(id="b", source="b", text=b)]
    return list(scan(documents, **options).matches)


def scan_pair(left: Path, right: Path, *, settings: Settings | None = None) -> Result:
    """The result for two files as each is read: the documents of `left` against those of `right`.

    A file that holds several documents is compared as its first one. Raises UnreadableError when either cannot be read.
    """
    from dataclasses import replace

    from reuse.reading import clean, read_source

    chosen = settings or Settings()
    documents = []
    for name, path in (("left", left), ("right", right)):
        document = clean(read_source(path, chosen.reading))[0]
        documents.append(replace(document, id=f"{name}: {path.name}"))
    readings = Readings(documents=documents, skipped=[], files=2)
    return scan_documents(readings, chosen, _Stages(silent))


def _records(documents: Sequence[Document], text: ComparableText) -> tuple[list[DocumentRecord], list[Any]]:
    compared = [text.compared(number) for number in range(len(documents))]
    records = [
        DocumentRecord(
            document=document,
            characters=len(document.text),
            compared=len(positions),
            removed=document.removed,
            sha256=hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest(),
        )
        for document, positions in zip(documents, compared, strict=True)
    ]
    return records, compared


def _paragraphs(documents: Sequence[Document], text: ComparableText) -> list[Paragraph]:
    owners = text.document_of(text.paragraphs[:-1]).tolist()
    return [
        Paragraph(document=documents[owner].id, source=documents[owner].source, start=start, end=end)
        for owner, (start, end) in zip(owners, text.paragraph_span.tolist(), strict=True)
    ]


def _run_record(
    readings: Readings,
    settings: Settings,
    stages: _Stages,
    counts: dict[str, int],
    matches: MatchTable,
    text: ComparableText,
) -> dict[str, Any]:
    return {
        "scheme": settings.scheme,
        "settings": settings.as_dict(),
        "versions": versions(),
        "counts": {
            "files": readings.files,
            "documents": len(readings.documents),
            "characters": sum(len(document.text) for document in readings.documents),
            "symbols_compared": len(text.symbols),
            **counts,
            **_matches_by_level(matches),
        },
        "formats": dict(readings.formats),
        "encodings": dict(readings.encodings),
        "furniture": [found._asdict() for found in readings.furniture],
        "stages": stages.rows,
        "skipped": [_row(item) for item in readings.skipped],
        "warnings": [_row(item) for item in readings.warnings],
        "nothing_found": _why_nothing(readings, counts, matches, text),
    }


def _matches_by_level(matches: MatchTable) -> dict[str, int]:
    from reuse.match_table import LEVELS

    return {f"matches_{level}": int((matches.level == n).sum()) for n, level in enumerate(LEVELS)}


def _row(item: Any) -> dict[str, str]:
    return {"source": item.source, "reason": item.reason, "message": item.message}


def _why_nothing(
    readings: Readings, counts: dict[str, int], matches: MatchTable, text: ComparableText
) -> str | None:
    """A sentence that says why no reuse was found; None where some was."""
    if matches.reported.any():
        return None
    if len(readings.documents) < 2:
        return f"{len(readings.documents)} document was read; reuse is looked for between documents, so give at least two"
    with_text = sum(a < b for a, b in zip(text.documents, text.documents[1:], strict=False))
    if with_text < 2:
        count = len(readings.documents)
        return f"{with_text} of {count} documents hold text that can be compared; see `removed` in documents.jsonl"
    if matches:
        return f"{len(matches)} stock phrases are shared and reported at level phrase, but no passage beyond them"
    if counts.get("fragments"):
        return f"{counts['fragments']} short common wordings were looked at; none is long or rare enough to report"
    return "no two documents share a run of four characters that is rare in this collection"


def versions() -> dict[str, str]:
    """The versions of this package, of Python, and of the libraries that the result depends on."""
    found = {"speech-reuse": _version("speech-reuse"), "python": platform.python_version()}
    return found | {name: _version(name) for name in _LIBRARIES}


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "unknown"


def _processor_seconds() -> float:
    """Processor time of this process and of those it started that have ended."""
    import os

    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _peak_memory() -> float | None:
    """Megabytes, the most this process ever held; None where the system does not tell."""
    try:
        import resource
    except ImportError:
        return None
    scale = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale / 1e6, 1)
