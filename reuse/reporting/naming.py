"""What documents are called where people read of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from reuse.model import Document


def names_of(documents: Iterable[Document]) -> dict[str, str]:
    """What each document is called, by id: its title, with the id behind it where others have the same title, else the id."""
    known = list(documents)
    times = Counter(document.title for document in known)
    return {document.id: _name(document, times[document.title]) for document in known}


def _name(document: Document, times: int) -> str:
    if not document.title:
        return document.id
    return document.title if times == 1 else f"{document.title} ({document.id})"
