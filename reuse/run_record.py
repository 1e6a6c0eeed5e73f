"""What `run.json` says of a run: settings, versions, counts, what each stage took, what was left out and why."""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import metadata
from typing import TYPE_CHECKING, Any

from reuse.config import Settings
from reuse.model import DocumentRecord, Progress
from reuse.reading import Readings
from reuse.storage import give_back

if TYPE_CHECKING:
    from reuse.match_table import MatchTable

_LIBRARIES = ("datasketch", "jieba", "rjieba", "scikit-learn", "numpy", "numba", "opencc")


@dataclass(slots=True)
class Stages:
    """What each stage took: wall and processor seconds, and the peak memory when it ended."""

    progress: Progress
    rows: list[dict[str, Any]] = field(default_factory=list)
    _name: str | None = None
    _wall: float = 0.0
    _cpu: float = 0.0

    def __call__(self, stage: str, done: int | None = None, total: int | None = None) -> None:
        """Begin a stage, or tell how far it is. What `progress` does as it hears of one belongs to no stage."""
        if done is not None:
            self.progress(stage, done, total)
            return
        self.end()
        self.progress(stage)
        self._name, self._wall, self._cpu = stage, time.perf_counter(), _processor_seconds()

    def end(self) -> None:
        """Close the stage that is open, and give back the memory that it has no more use for."""
        give_back()
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


def run_record(
    readings: Readings,
    settings: Settings,
    stages: Stages,
    counts: dict[str, int],
    matches: MatchTable,
    documents: Sequence[DocumentRecord],
) -> dict[str, Any]:
    """The record of a run; `counts` are those of the search, `documents` with what of each was compared."""
    return {
        "scheme": settings.scheme,
        "settings": settings.as_dict(),
        "versions": versions(),
        "counts": {
            "files": readings.files,
            "documents": len(readings.documents),
            "characters": sum(len(document.text) for document in readings.documents),
            **counts,
            **_matches_by_level(matches),
        },
        "formats": dict(readings.formats),
        "encodings": dict(readings.encodings),
        "furniture": [found._asdict() for found in readings.furniture],
        "stages": stages.rows,
        "skipped": [_row(item) for item in readings.skipped],
        "warnings": [_row(item) for item in readings.warnings],
        "nothing_found": _why_nothing(documents, counts, matches, settings.level),
    }


def _matches_by_level(matches: MatchTable) -> dict[str, int]:
    from reuse.match_table import LEVELS

    return {f"matches_{level}": int((matches.level == n).sum()) for n, level in enumerate(LEVELS)}


def _row(item: Any) -> dict[str, str]:
    return {"source": item.source, "reason": item.reason, "message": item.message}


def _why_nothing(
    documents: Sequence[DocumentRecord], counts: dict[str, int], matches: MatchTable, level: str
) -> str | None:
    """A sentence that says why no reuse was found; None where some was."""
    if matches.reported.any():
        return None
    if len(documents) < 2:
        return (
            f"{len(documents)} document was read; reuse is looked for between documents, so give at least two"
        )
    with_text = sum(record.compared > 0 for record in documents)
    if with_text < 2:
        return f"{with_text} of {len(documents)} documents hold text that can be compared; see `removed` in documents.jsonl"
    if len(matches) == 1:
        return "1 stock phrase is shared and reported at level phrase, but no passage beyond it"
    if matches:
        return f"{len(matches)} stock phrases are shared and reported at level phrase, but no passage beyond them"
    if counts.get("fragments"):
        return f"short common wordings were looked at ({counts['fragments']}); none is long or rare enough to report"
    if counts.get("fragments_too_short") or counts.get("short_runs_not_followed"):
        return "what the documents share is too short to report: a few words here and there"
    if level == "paragraph":
        return "no paragraphs of different documents are alike; passages inside them were not looked for (level paragraph)"
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
