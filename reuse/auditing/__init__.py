"""Documents and matches → originality: how much of each document others hold, from whom, and what every
figure rests on.

In reading order: `blocks` are documents audited together, `lists` and `formulas` know stock phrases and quotations, `sides`
and `claims` gather who else holds what of a document (`crowds`, where they are very many), `standing` what these are to it,
`weighing` whom of them to name, `layers` puts each character into one layer, `counting` makes figures, `spans` what they rest
on, `paragraphs` the same by paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reuse.arrays import I64
from reuse.config import AuditSettings
from reuse.model import DocumentRecord, Family, Match, Paragraph


@dataclass(frozen=True, slots=True)
class Audit:
    """The documents with `originality` filled and their paragraphs with their figures, both in the order
    given."""

    documents: list[DocumentRecord]
    paragraphs: Sequence[Paragraph]


def audit(
    records: Sequence[DocumentRecord],
    paragraphs: Sequence[Paragraph],
    compared: Sequence[I64],
    matches: Sequence[Match],
    families: Sequence[Family],
    settings: AuditSettings,
    *,
    versions: I64 | None = None,
    jobs: int = 1,
) -> Audit:
    """Say of each document how much of it others hold.

    `compared[n]` (int64, ascending) are the source positions of the code points of document n that take
    part; `paragraphs` stand in document order. Only documents not known to be later count as sources, none
    of the same author or series (that is `self`), no version of the document and no base document. `versions` are
    those that `build_families` tells, worked out where they are not given. Raises ConfigError when
    `settings.base_documents` names a document there is not. `jobs` processes work at once; the result does not
    depend on it.
    """
    from reuse.auditing.auditor import Auditor

    auditor = Auditor(records, compared, matches, families, settings, versions=versions)
    return Audit(*auditor.audited(paragraphs, jobs))


def recount(
    records: Sequence[DocumentRecord],
    paragraphs: Sequence[Paragraph],
    matches: Sequence[Match],
    families: Sequence[Family],
    settings: AuditSettings,
) -> Audit:
    """Audit a finished result again with other settings: what is compared is told from the documents and
    their marks."""
    from reuse.text.comparable import comparable

    documents = [replace(record.document, removed=record.removed) for record in records]
    text = comparable(documents)
    return audit(records, paragraphs, text.compared(), matches, families, settings)


__all__ = ["Audit", "audit", "recount"]
