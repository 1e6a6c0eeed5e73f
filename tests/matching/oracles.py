"""Slow and obvious versions of the compiled parts, and a short way from texts to their inputs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reuse.matching import duplicates, stream
from reuse.model import Document
from reuse.text.comparable import ComparableText, comparable
from reuse.text.words import Words, cut


def documents_of(texts: Sequence[str]) -> list[Document]:
    return [Document(id=f"{k:04d}", source=f"{k:04d}", text=text) for k, text in enumerate(texts)]


def prepared(texts: Sequence[str]) -> tuple[ComparableText, Words]:
    text = comparable(documents_of(texts))
    return text, cut(text)


def stream_of(texts: Sequence[str]) -> stream.Stream:
    text, words = prepared(texts)
    keep = np.ones(len(text.symbols), dtype=np.bool_)
    return stream.build(text, words.classes, keep, duplicates.find_places(text).repeated())


def gram(symbols: np.ndarray, at: int, size: int) -> tuple[int, ...] | None:
    found = tuple(symbols[at : at + size].tolist())
    return found if len(found) == size and 0 not in found else None


def document_frequency(line: stream.Stream, at: int, size: int) -> int:
    """How many documents hold the gram at a position; 0 where a separator cuts it short."""
    wanted = gram(line.symbols, at, size)
    if wanted is None:
        return 0
    places, owner = range(len(line.symbols)), line.owner()
    return len({int(owner[p]) for p in places if gram(line.symbols, p, size) == wanted})
