"""Versions of one document: near-identical as wholes, with nothing known that speaks against it.

An author's own draft would otherwise make a speech wholly reused. But a speech taken over entire is reuse:
documents of different authors or places, of other levels of government, or with other names in their slots
are never versions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from reuse.arrays import I64
from reuse.families.rows import distinct_rows, spread
from reuse.families.standing import Standing
from reuse.match_table import SLOT_TYPES, MatchTable
from reuse.model import Document, Match, SlotType
from reuse.sorting import grouped

_NAMES: tuple[SlotType, ...] = ("place", "organization", "person")
SHARE = 0.9
"""Share of each other's letters that two versions hold. Copies made public as such shared 80 to 98 %: what
tells a version from a copy is who signs it, and that is looked at too."""
_NO_LETTERS = re.compile(r"[\W_]+")
_SHORTEST = 200
"""Letters below which a document is a notice or an item, whose likeness as a whole says nothing."""


def version_groups(documents: Sequence[Document], matches: Sequence[Match]) -> I64:
    """For each document the number (int64) of the first version of it; its own where it is the first or only one."""
    table = MatchTable.of(documents, matches)
    letters = np.array([_letters(document.text) for document in documents], dtype=np.int64)
    group = np.arange(len(documents))
    for left, right, rows in _likely_pairs(table, letters):
        runs = table.aligned[spread(table.aligned_offsets, rows)[1]].astype(np.int64)
        here, there = _covered(documents[left], runs[:, :2]), _covered(documents[right], runs[:, 2:])
        alike = here >= SHARE * letters[left] and there >= SHARE * letters[right]
        if alike and not _contradicted(documents[left], documents[right], table, rows):
            group[right] = min(group[right], group[left])
    return group


def _letters(text: str) -> int:
    return len(_NO_LETTERS.sub("", text))


def _likely_pairs(matches: MatchTable, letters: I64) -> Iterator[tuple[int, int, I64]]:
    """The pairs of documents whose matches may be enough, in order, each with the rows of these matches."""
    rows = np.flatnonzero(matches.reported)
    pairs, number, _ = distinct_rows(
        np.stack((matches.left[rows], matches.right[rows]), axis=1).astype(np.int64)
    )
    run = np.concatenate(([0], np.cumsum(matches.aligned[:, 1] - matches.aligned[:, 0])))
    sizes = np.diff(run[matches.aligned_offsets])[rows]
    total = np.bincount(number, weights=sizes, minlength=len(pairs))
    long = (letters[pairs] >= _SHORTEST).all(axis=1)
    offsets, entries = grouped(number, len(pairs))
    for n in np.flatnonzero(long & (total >= SHARE * letters[pairs[:, 0]])).tolist():
        yield int(pairs[n, 0]), int(pairs[n, 1]), rows[entries[offsets[n] : offsets[n + 1]]]


def _covered(document: Document, runs: I64) -> int:
    """Letters of a document that lie in any of the runs (int64, shape (n, 2))."""
    total, reached = 0, document.start
    for start, end in sorted(runs.tolist()):
        if end > reached:
            total += _letters(document.slice(max(start, reached), end))
            reached = end
    return total


def _contradicted(left: Document, right: Document, matches: MatchTable, rows: I64) -> bool:
    """Whether what is known of two documents says that they are not of one hand."""
    facts = (
        (left.author, right.author),
        (left.place, right.place),
        (Standing(left).level, Standing(right).level),
    )
    differ = any(one and other and one != other for one, other in facts)
    kinds = matches.slot_type[spread(matches.slot_offsets, rows)[1]]
    return differ or bool(np.isin(kinds, [SLOT_TYPES.index(name) for name in _NAMES]).any())
