"""The audit of one corpus, a block of documents at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from reuse.arrays import I32, I64, Bool
from reuse.auditing.blocks import Block, cut
from reuse.auditing.claims import ClaimTable
from reuse.auditing.counting import Corpus, originalities
from reuse.auditing.formulas import phrases, quoted
from reuse.auditing.layers import layered
from reuse.auditing.paragraphs import Membership, counted_paragraphs
from reuse.auditing.spans import counted_spans
from reuse.auditing.standing import Standing
from reuse.auditing.stock import StockPhrases
from reuse.auditing.weighing import weighed
from reuse.config import AuditSettings
from reuse.families.chronology import Chronology
from reuse.families.notes import document_notes
from reuse.families.versions import version_groups
from reuse.match_table import CountedSpans, MatchTable
from reuse.model import ConfigError, DocumentRecord, Family, Match, Originality, Paragraph
from reuse.paragraph_table import ParagraphTable
from reuse.sharing import in_turn


class Auditor:
    """Knows who wrote what when, and counts."""

    def __init__(
        self,
        records: Sequence[DocumentRecord],
        compared: Sequence[I64],
        matches: Sequence[Match],
        families: Sequence[Family],
        settings: AuditSettings,
        *,
        versions: I64 | None = None,
        left_out: Sequence[str] = (),
        own_counts: bool = False,
    ) -> None:
        """As `auditing.audit` takes them; `versions` (int64, by document) where other matches tell them, the ids of documents
        `left_out` of all sources, and whether own texts count like those of others."""
        documents = [record.document for record in records]
        table = MatchTable.of(documents, matches)
        self.records = records
        self.settings = settings
        self.membership = Membership(documents, families)
        self.versions = version_groups(documents, table) if versions is None else versions
        kin = ([document.author for document in documents], [document.series for document in documents])
        ids = [document.id for document in documents]
        no_sources = set(left_out)
        standing = Standing(
            Chronology.of(documents),
            self.versions,
            () if own_counts else tuple(map(_numbered, kin)),
            _flags(ids, settings.base_documents),
            by_order=settings.undated == "order",
            left_out=np.array([identity in no_sources for identity in ids], dtype=np.bool_),
        )
        self.corpus = Corpus(
            documents=documents,
            compared=compared,
            matches=table,
            claims=ClaimTable(table, standing.place),
            stock=StockPhrases.of(table),
            standing=standing,
            settings=settings,
        )
        self._same_version = _together(self.versions)

    def audited(
        self, paragraphs: Sequence[Paragraph], jobs: int = 1
    ) -> tuple[list[DocumentRecord], ParagraphTable]:
        """The documents with their originality, and their paragraphs, document by document, with their figures."""
        table = ParagraphTable.of(self.corpus.documents, paragraphs)
        order = np.argsort(table.document, kind="stable")
        owner, borders = table.document[order], table.span[order]
        blocks = cut([record.compared for record in self.records])
        bounds = [np.searchsorted(owner, block).tolist() for block in blocks]
        answers = in_turn(
            lambda n: self.counted(*blocks[n], owner[slice(*bounds[n])], borders[slice(*bounds[n])]),
            len(blocks),
            jobs,
        )
        documents: list[DocumentRecord] = []
        counted: list[ParagraphTable] = []
        for (first, last), (found, spans, offsets, part) in zip(blocks, answers, strict=True):
            told = np.split(spans, offsets)
            for record, own, rows in zip(self.records[first:last], found, told, strict=True):
                whole = replace(own, spans=CountedSpans(rows, self.corpus.matches))
                documents.append(replace(record, originality=whole))
            counted.append(part)
        names = self.membership.names
        return documents, ParagraphTable.joined(self.corpus.documents, names, counted)

    def counted(
        self, first: int, last: int, owner: I32, borders: I64
    ) -> tuple[list[Originality], I32, I64, ParagraphTable]:
        """The originality of the documents `first` to before `last` but for their spans, the rows of these and where those of
        each but the first begin, and their paragraphs (of documents `owner`, from border to border) with their figures."""
        block = Block.of(first, last, self.corpus.compared)
        layers = layered(
            weighed(self.corpus.claims, self.corpus.standing, block),
            *self._by_form(block),
            self.corpus.stock.on(block),
            self.settings,
        )
        found = [
            self._annotated(number, own)
            for number, own in enumerate(originalities(self.corpus, block, layers), first)
        ]
        spans = counted_spans(self.corpus, block, layers)
        part = counted_paragraphs(self.corpus, block, owner, borders, layers, self.membership)
        return found, *spans, part

    def _annotated(self, number: int, own: Originality) -> Originality:
        """The figures of a document with its versions and notes; most have neither."""
        record = self.records[number]
        versions, notes = self._versions_of(number), document_notes(record.document, record.removed)
        return replace(own, versions=versions, notes=notes) if versions or notes else own

    def _by_form(self, block: Block) -> tuple[Bool, Bool]:
        """Which characters are quoted, and which belong to a stock phrase of the lists."""
        said, listed = np.zeros((2, len(block.keys)), dtype=np.bool_)
        for number, (start, end) in zip(block.numbers.tolist(), block.bounds.tolist(), strict=True):
            document, compared = self.records[number].document, block.positions(np.arange(start, end))
            said[start:end] = quoted(document, compared)
            listed[start:end] = phrases(document, compared, self.settings.phrases)
        return said, listed

    def _versions_of(self, document: int) -> tuple[str, ...]:
        same = self._same_version.get(int(self.versions[document]), ())
        return tuple(self.records[other].document.id for other in same if other != document)


def _together(groups: I64) -> dict[int, list[int]]:
    """The documents of every group that has two or more."""
    found: dict[int, list[int]] = {}
    for number in np.flatnonzero(np.bincount(groups)[groups] > 1).tolist():
        found.setdefault(int(groups[number]), []).append(number)
    return found


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
