"""Paragraphs as columns: what crosses rooms, read as `Paragraph` values one at a time where they are few.

A million paragraphs as Python values are a quarter of a gigabyte, and were made, handed from process to process and made
again with their figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reuse.arrays import F64, I32, I64, ranges
from reuse.column_table import ColumnTable
from reuse.match_table import KINDS
from reuse.model import BestSource, Document, Paragraph


@dataclass(frozen=True, slots=True, eq=False)
class ParagraphTable(ColumnTable[Paragraph]):
    """Paragraphs in output order, a column a field.

    `document` (int32): number of the document; `span` (int64, shape (n, 2)): start and end in source coordinates;
    `reused_ratio` (float64); `kind` (int32): a place in `KINDS`, -1 for none; `best` (int32, shape (n, 3)): number of the
    document that holds most of it, -1 for none, start and end there; `resemblance` and `containment` (float64) of that;
    `family_offsets` (int64, shape (n + 1,)) into `family` (int32): places in `families`.
    """

    documents: Sequence[Document]
    document: I32
    span: I64
    reused_ratio: F64
    kind: I32
    best: I32
    resemblance: F64
    containment: F64
    family_offsets: I64
    family: I32
    families: Sequence[str] = ()

    @classmethod
    def uncounted(cls, documents: Sequence[Document], document: I32, span: I64) -> ParagraphTable:
        """Paragraphs without figures."""
        count = len(document)
        none = np.full((count, 3), -1, dtype=np.int32)
        zero = np.zeros(count)
        return cls(
            documents, document, span, zero, none[:, 0], none, zero, zero, ranges(none[:, 0] + 1), none[:0, 0]
        )

    @classmethod
    def of(cls, documents: Sequence[Document], paragraphs: Sequence[Paragraph]) -> ParagraphTable:
        """Where some paragraphs of these documents stand, without their figures."""
        number = {document.id: n for n, document in enumerate(documents)}
        if isinstance(paragraphs, ParagraphTable) and [*number] == [each.id for each in paragraphs.documents]:
            return cls.uncounted(documents, paragraphs.document, paragraphs.span)
        owner = np.array([number[paragraph.document] for paragraph in paragraphs], dtype=np.int32)
        span = np.array([(paragraph.start, paragraph.end) for paragraph in paragraphs], dtype=np.int64)
        return cls.uncounted(documents, owner, span.reshape(-1, 2))

    @classmethod
    def joined(
        cls, documents: Sequence[Document], families: Sequence[str], parts: Sequence[ParagraphTable]
    ) -> ParagraphTable:
        """The paragraphs of several tables, in order, as those of these documents and families."""
        parts = parts or [cls.of((), ())]
        sizes = np.concatenate([np.diff(part.family_offsets) for part in parts])
        return cls(
            documents,
            np.concatenate([part.document for part in parts]),
            np.concatenate([part.span for part in parts]),
            np.concatenate([part.reused_ratio for part in parts]),
            np.concatenate([part.kind for part in parts]),
            np.concatenate([part.best for part in parts]),
            np.concatenate([part.resemblance for part in parts]),
            np.concatenate([part.containment for part in parts]),
            ranges(sizes),
            np.concatenate([part.family for part in parts]),
            families,
        )

    def __len__(self) -> int:
        return len(self.document)

    def _value(self, n: int) -> Paragraph:
        document = self.documents[self.document[n]]
        start, end = self.span[n].tolist()
        kind = int(self.kind[n])
        families = self.family[self.family_offsets[n] : self.family_offsets[n + 1]].tolist()
        return Paragraph(
            document=document.id,
            source=document.source,
            start=start,
            end=end,
            reused_ratio=float(self.reused_ratio[n]),
            kind=KINDS[kind] if kind >= 0 else None,
            best=self._best(n),
            families=tuple(self.families[family] for family in families),
        )

    def _best(self, n: int) -> BestSource | None:
        document, start, end = self.best[n].tolist()
        if document < 0:
            return None
        return BestSource(
            self.documents[document].id, start, end, float(self.resemblance[n]), float(self.containment[n])
        )
