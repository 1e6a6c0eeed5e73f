"""The audit of one corpus, a document at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from reuse.arrays import I64, Bool
from reuse.auditing.claims import Claims
from reuse.auditing.counting import Corpus, originality
from reuse.auditing.formulas import phrases, quoted
from reuse.auditing.layers import Weighed, layered
from reuse.auditing.paragraphs import Membership, counted_paragraphs
from reuse.auditing.stock import StockPhrases
from reuse.config import AuditSettings
from reuse.families.chronology import Chronology
from reuse.families.notes import document_notes
from reuse.families.versions import version_groups
from reuse.model import ConfigError, DocumentRecord, Family, Match, Originality, Paragraph


class Auditor:
    """Knows who wrote what when, and counts."""

    def __init__(
        self,
        records: Sequence[DocumentRecord],
        compared: Sequence[I64],
        matches: Sequence[Match],
        families: Sequence[Family],
        settings: AuditSettings,
    ) -> None:
        documents = [record.document for record in records]
        self.records = records
        self.settings = settings
        self.membership = Membership(families)
        self.versions = np.array(version_groups(documents, matches), dtype=np.int64)
        self.authors = _numbered([document.author for document in documents])
        self.series = _numbered([document.series for document in documents])
        self.base = _flags([document.id for document in documents], settings.base_documents)
        self.corpus = Corpus(
            documents=documents,
            compared=compared,
            matches=matches,
            claims=Claims(documents, matches),
            stock=StockPhrases.of(len(documents), matches, {d.id: n for n, d in enumerate(documents)}),
            chronology=Chronology.of(documents),
            settings=settings,
        )

    def document(self, number: int, paragraphs: Sequence[Paragraph]) -> tuple[Originality, list[Paragraph]]:
        """The originality of a document, and its paragraphs with their figures."""
        record = self.records[number]
        compared = self.corpus.compared[number]
        layers = layered(
            list(self._weighed(number)),
            quoted(record.document, compared),
            phrases(record.document, compared, self.settings.phrases),
            self.corpus.stock.on(number, compared),
            self.settings,
        )
        found = replace(
            originality(self.corpus, number, layers),
            versions=self._versions_of(number),
            notes=document_notes(record.document, record.removed),
        )
        return found, counted_paragraphs(self.corpus, number, paragraphs, layers, self.membership)

    def _weighed(self, document: int) -> Iterator[Weighed]:
        """The claims on a document that name somebody, with whom."""
        for claim in self.corpus.claims.of(document):
            holders = claim.holders[self.versions[claim.holders] != self.versions[document]]
            if not len(holders):
                continue
            ranges = np.searchsorted(self.corpus.compared[document], claim.here).astype(np.int64)
            base = holders[self.base[holders]]
            sources = holders[~self.base[holders] & self._may_be_source(holders, document)]
            own = self._is_own(sources, document)
            others = sources[~own]
            named = next((group for group in (base, others, sources) if len(group)), None)
            if named is not None:
                yield Weighed(claim, ranges, others, named, bool(own.any()), bool(len(base)))

    def _may_be_source(self, holders: I64, document: int) -> Bool:
        """Those not known to be later."""
        open_ = np.asarray(self.corpus.chronology.not_later(holders, document))
        if self.settings.undated == "order" and not self.corpus.chronology.dated(document):
            return open_ & (holders < document)
        return open_

    def _is_own(self, holders: I64, document: int) -> Bool:
        """Those of the same author or series."""
        same = np.zeros(len(holders), dtype=np.bool_)
        for key in (self.authors, self.series):
            if key[document] >= 0:
                same |= key[holders] == key[document]
        return same

    def _versions_of(self, document: int) -> tuple[str, ...]:
        same = np.flatnonzero(self.versions == self.versions[document]).tolist()
        return tuple(self.records[other].document.id for other in same if other != document)


def _numbered(values: Sequence[str | None]) -> I64:
    """A number for each value, -1 for None."""
    numbers: dict[str, int] = {}
    return np.array(
        [-1 if v is None else numbers.setdefault(v, len(numbers)) for v in values], dtype=np.int64
    )


def _flags(ids: Sequence[str], chosen: Sequence[str]) -> Bool:
    unknown = sorted(set(chosen) - set(ids))
    if unknown:
        raise ConfigError(
            f"auditing.base_documents names {unknown[0]!r}; no document of this run has that id"
        )
    return np.array([identity in set(chosen) for identity in ids], dtype=np.bool_)
