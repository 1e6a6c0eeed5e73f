"""Which of two documents is known to be earlier, from dates of any precision.

A date is an ISO-like prefix (`2022`, `2022-06`, `2022-06-10 14:42:02`; also `2022年6月10日`, `2022/6/10`). It
stands for all the moments it leaves open; one document is known to be earlier only if its last moment lies
before the other's first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from reuse.arrays import I64, U8
from reuse.model import Basis, Document
from reuse.sorting import row_order

_DATE = re.compile(
    r"\s*(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?(?:[T\s]*(\d{1,2}):(\d{2})(?::(\d{2}))?)?)?)?(?!\d)"
)
_FIRST = (0, 1, 1, 0, 0, 0)
_LAST = (9999, 12, 31, 23, 59, 59)
_NEVER = -1
RESTS_ON: tuple[Basis, ...] = ("date", "order", "unknown")
_BY_DATE, _BY_ORDER, _OPEN = range(3)


@lru_cache(maxsize=65_536)
def moments(date: str | None) -> tuple[int, int] | None:
    """The first and the last moment of a date as sortable integers `YYYYMMDDhhmmss`; None where there is no
    date."""
    found = _DATE.match(date) if date else None
    if found is None:
        return None
    parts = [int(part) if part else None for part in found.groups()]
    if any(
        part is not None and not low <= part <= high
        for part, low, high in zip(parts, _FIRST, _LAST, strict=True)
    ):
        return None
    return _packed(parts, _FIRST), _packed(parts, _LAST)


def year_of(date: str | None) -> int | None:
    """The year of a date; None where there is no date."""
    found = moments(date)
    return found[0] // 10**10 if found else None


def _packed(parts: Sequence[int | None], missing: Sequence[int]) -> int:
    packed = 0
    for part, default, size in zip(parts, missing, (1, 100, 100, 100, 100, 100), strict=True):
        packed = packed * size + (default if part is None else part)
    return packed


@dataclass(frozen=True, slots=True)
class Chronology:
    """First and last moment of every document, int64 in document order; -1 where a document has no date."""

    first: I64
    last: I64

    @classmethod
    def of(cls, documents: Sequence[Document]) -> Chronology:
        """The moments of the documents, in their order."""
        found = [moments(document.date) or (_NEVER, _NEVER) for document in documents]
        table = np.array(found, dtype=np.int64).reshape(len(found), 2)
        return cls(table[:, 0].copy(), table[:, 1].copy())

    def dated(self, document: int) -> bool:
        """Whether the document has a date that can be read."""
        return bool(self.first[document] != _NEVER)

    def earlier(self, others: I64, document: int) -> np.ndarray:
        """For each of `others`: whether it is known to be earlier than `document`."""
        if not self.dated(document):
            return np.zeros(len(others), dtype=np.bool_)
        return np.asarray((self.first[others] != _NEVER) & (self.last[others] < self.first[document]))

    def first_known(self, offsets: I64, members: I64) -> tuple[I64, U8]:
        """The first of each of some groups of documents, and what that rests on: its number (int64, -1 for none) and a place in
        `RESTS_ON` (uint8).

        Group n has the documents `members[offsets[n]:offsets[n + 1]]`, one at least, ascending, each once. `date`: the one dated
        document that is earlier than every other dated one. `order`: nothing is dated, so the first in the order of the
        documents is named. `unknown`: the earliest dates leave it open which was first.
        """
        group = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
        dated = np.flatnonzero(self.first[members] != _NEVER)
        first, last = self.first[members[dated]], self.last[members[dated]]
        order = row_order(group[dated], last, first)
        rows, first, last = dated[order], first[order], last[order]
        is_head = np.append(True, np.diff(group[rows]) > 0)[: len(rows)]
        groups = group[rows[is_head]]
        nearest = np.full(len(offsets) - 1, np.iinfo(np.int64).max)
        np.minimum.at(nearest, group[rows[~is_head]], first[~is_head])
        known = last[is_head] < nearest[groups]
        found, basis = members[offsets[:-1]], np.full(len(offsets) - 1, _BY_ORDER, dtype=np.uint8)
        found[groups] = np.where(known, members[rows[is_head]], -1)
        basis[groups] = np.where(known, _BY_DATE, _OPEN)
        return found, basis
