"""Documents, paragraphs and positions as the pipeline hands them to the audit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from reuse.auditing import audit
from reuse.config import AuditSettings
from reuse.families import build_families
from reuse.model import Document, DocumentRecord, Match, Originality, Paragraph
from tests.families.aligner import pairwise_matches


def speech(name: str, text: str, **known: Any) -> Document:
    return Document(id=name, source=f"{name}.txt", text=text, **known)


def compared_positions(document: Document) -> Any:
    """Letters outside what is marked: what takes part in comparison, near enough."""
    marked = [(mark.start, mark.end) for mark in document.removed]
    return np.array(
        [
            document.start + n
            for n, letter in enumerate(document.text)
            if letter.isalpha() and not any(a <= document.start + n < b for a, b in marked)
        ],
        dtype=np.int64,
    )


def lines_of(document: Document) -> list[Paragraph]:
    paragraphs, at = [], document.start
    for line in document.text.split("\n"):
        if line.strip():
            paragraphs.append(
                Paragraph(document=document.id, source=document.source, start=at, end=at + len(line))
            )
        at += len(line) + 1
    return paragraphs


def audited(
    documents: Sequence[Document], matches: Sequence[Match] | None = None, **changes: Any
) -> tuple[dict[str, Originality], list[Paragraph]]:
    """The originality of every document, by id, and the paragraphs."""
    matches = pairwise_matches(documents) if matches is None else matches
    compared = [compared_positions(document) for document in documents]
    records = [
        DocumentRecord(document=d, characters=len(d.text), compared=len(c), removed=d.removed, sha256="")
        for d, c in zip(documents, compared, strict=True)
    ]
    paragraphs = [paragraph for document in documents for paragraph in lines_of(document)]
    from reuse.config import FamilySettings

    found = build_families(documents, matches, FamilySettings())
    told = audit(records, paragraphs, compared, found.matches, found.families, AuditSettings(**changes))
    originality = {
        record.document.id: record.originality for record in told.documents if record.originality is not None
    }
    assert list(originality) == [document.id for document in documents]
    return originality, told.paragraphs
