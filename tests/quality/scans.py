"""Scans that several figures need, each made once: of a saved result where one is given, else anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reuse.model import Document, Match
from tests.quality.background import file_unlike
from tests.quality.corpora import (
    LABELLED_NEWS_YEAR,
    SPEECHES,
    gov_documents,
    labelled_news_documents,
    news_documents,
    raw_text,
    speech_files,
)
from tests.quality.detector import Detector, FileDetector, package_detector, package_file_detector

CORPUS_DOCUMENTS: dict[str, Callable[[], list[Document]]] = {
    "gov": gov_documents,
    "news2014": labelled_news_documents,
    "news": news_documents,
}
"""The shared corpora by name: all government reports, the 2,000 labelled news items, all 22,954."""


def readable_texts(corpus: str) -> dict[str, str]:
    """The texts whose matches people read: of the news, those of other years than the labelled pairs."""
    if corpus == "speeches":
        return {path.name: raw_text(path) for path in speech_files()}
    documents = CORPUS_DOCUMENTS[corpus]()
    if corpus == "news":
        documents = [d for d in documents if not (d.date or "").startswith(LABELLED_NEWS_YEAR)]
    return {d.id: d.text for d in documents}


@dataclass
class Scans:
    """The matches of a detector on named corpora.

    `unlike` gives the detector for a corpus that the package's background is made of: one with a background of others.
    """

    detector: Detector
    file_detector: FileDetector
    saved: Mapping[str, Path] = field(default_factory=dict)
    unlike: Callable[[str], Detector] | None = None
    _made: dict[str, Sequence[Match]] = field(default_factory=dict)

    def matches(self, corpus: str) -> Sequence[Match]:
        """The matches on "speeches", "gov", "news2014" or "news"."""
        if corpus not in self._made:
            self._made[corpus] = self._scan(corpus)
        return self._made[corpus]

    def _scan(self, corpus: str) -> Sequence[Match]:
        if corpus in self.saved:
            import reuse

            return list(reuse.Result.load(self.saved[corpus]).matches)
        if corpus == "speeches":
            return self.file_detector(SPEECHES).matches
        return self.detector_for("gov" if corpus == "gov" else "news")(CORPUS_DOCUMENTS[corpus]())

    def detector_for(self, corpus: str) -> Detector:
        """The detector with a background that "gov" or "news" is no part of."""
        return self.unlike(corpus) if self.unlike else self.detector


def package_scans(jobs: int = 2, saved: Mapping[str, Path] | None = None) -> Scans:
    """Scans of the package with its defaults, of shared corpora with a background that they are no part of."""
    return Scans(
        package_detector(jobs),
        package_file_detector(jobs),
        saved or {},
        lambda corpus: package_detector(jobs, file_unlike(corpus)),
    )
