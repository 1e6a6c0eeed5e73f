"""Equal paragraphs: worked on once, counted for all their places.

The first place of each content takes part in the search; afterwards every match of it is written for the other
places too, and the
places are matched with each other. Where there are many, each later place is matched with the first one only: ten
thousand copies make ten thousand matches, not fifty million.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reuse.arrays import I64, Bool, kernel, ranges
from reuse.matching.grouping import Groups
from reuse.matching.spans import Runs
from reuse.matching.stream import Stream
from reuse.sorting import rows_by
from reuse.text.comparable import ComparableText
from reuse.text.distinct import distinct

EVERY_PAIR = 20
"""Places up to which every pair is written (190 matches); beyond it, each place with the first."""
PHRASE_PLACES = 20
"""Pairs of places up to which a phrase in two paragraphs is written for each; beyond it, for the first places only. Of a
paragraph of thirty thousand copies the matches of these tell; the phrases in it would be half a million matches more."""
LEAST = 8
"""Symbols below which an equal paragraph is a heading or a salutation, no match: 同志们, 各位代表, 一 总体要求."""


@dataclass(frozen=True, slots=True)
class Places:
    """The paragraphs of equal content.

    `content` (int64, one a paragraph): the number of its content. `first` (int64, one a content): its first
    paragraph. `offsets` (int64, one longer
    than the contents) into `members` (int64): the paragraphs of each content, ascending. `document` (int64): of each paragraph.
    """

    content: I64
    first: I64
    offsets: I64
    members: I64
    document: I64

    def repeated(self) -> Bool:
        """Which paragraphs repeat an earlier one."""
        repeats = np.ones(len(self.content), dtype=np.bool_)
        repeats[self.first] = False
        return repeats


def find_places(text: ComparableText) -> Places:
    """Group the paragraphs of `text` by their symbols, exactly."""
    first, content = distinct(text.symbols, np.stack((text.paragraphs[:-1], text.paragraphs[1:]), axis=1))
    members = np.argsort(content, kind="stable")
    document = text.document_of(text.paragraphs[:-1])
    return Places(content, first, ranges(np.bincount(content, minlength=len(first))), members, document)


def equal_groups(text: ComparableText, stream: Stream, places: Places) -> Groups:
    """One group for every content that stands in several documents: its first place against itself, to be measured."""
    owner = places.document[places.members]
    heads = places.offsets[:-1]
    several = (
        np.maximum.reduceat(owner, heads) > np.minimum.reduceat(owner, heads)
        if len(heads)
        else np.zeros(0, bool)
    )
    long = np.diff(text.paragraphs)[places.first] >= LEAST
    chosen = places.first[several & long]
    spans = np.stack((text.paragraphs[chosen], text.paragraphs[chosen + 1]), axis=1)
    low, high = stream.stretches(spans).T
    size = high - low
    keep = size >= LEAST // 2
    document = text.document_of(text.paragraphs[chosen[keep]]).astype(np.int32)
    runs = np.stack((low[keep], low[keep], size[keep]), axis=1)
    return Groups(document, document, np.arange(len(document) + 1), runs)


def expand(text: ComparableText, places: Places, runs: Runs, strong: Bool) -> tuple[Runs, int]:
    """The matches with those of other places added; matches of a paragraph with itself become pairs of its places.

    `strong` (one flag a match) are reuse, the others stock phrases; how many of these were left out.
    """
    paragraph = np.searchsorted(text.paragraphs, runs.bounds(), side="right") - 1
    inside = np.stack((paragraph[:, 0], paragraph[:, 2]), axis=1)
    last = np.searchsorted(text.paragraphs, runs.bounds()[:, [1, 3]] - 1, side="right") - 1
    single = inside == last
    table, shifted, left_out = _expand(
        inside,
        single,
        strong,
        runs.offsets,
        runs.runs,
        text.paragraphs,
        places.document,
        places.content,
        places.offsets,
        places.members,
    )
    left, right = table[:, 0].astype(np.int32), table[:, 1].astype(np.int32)
    return Runs(left, right, ranges(table[:, 3]), shifted, runs.source[table[:, 2]]), left_out


@kernel
def _pairs_of(left: I64, right: I64, same: bool) -> I64:
    """The pairs of places to write: all of a few, otherwise a star around the first ones."""
    few = len(left) * len(right) <= EVERY_PAIR * EVERY_PAIR
    pairs = np.empty((len(left) * len(right) if few else len(left) + len(right), 2), np.int64)
    n = 0
    for i in range(len(left) if few else 1):
        for j in range(i + 1 if same else 0, len(right)):
            pairs[n, 0], pairs[n, 1] = left[i], right[j]
            n += 1
    if not few and not same:
        for i in range(1, len(left)):
            pairs[n, 0], pairs[n, 1] = left[i], right[0]
            n += 1
    return pairs[:n].copy()


@kernel
def _expand(
    inside: I64,
    single: Bool,
    strong: Bool,
    offsets: I64,
    runs: I64,
    paragraphs: I64,
    owner: I64,
    content: I64,
    content_offsets: I64,
    members: I64,
) -> tuple[I64, I64, int]:
    """Rows (left document, right document, match, runs), the runs, and how many places of phrases were left out."""
    table = np.empty((2 * len(inside) + 16, 4), np.int64)
    out = np.empty((2 * len(runs) + 16, 3), np.int64)
    rows, n, left_out = 0, 0, 0
    for m in range(len(inside)):
        a, b = inside[m, 0], inside[m, 1]
        c, d = content[a], content[b]
        left = members[content_offsets[c] : content_offsets[c + 1]] if single[m, 0] else np.full(1, a)
        right = members[content_offsets[d] : content_offsets[d + 1]] if single[m, 1] else np.full(1, b)
        pairs = _pairs_of(left, right, a == b)
        if a != b and not strong[m] and len(pairs) > PHRASE_PLACES:
            left_out += len(pairs) - 1
            pairs = pairs[:1]
        part = runs[offsets[m] : offsets[m + 1]]
        for k in range(len(pairs)):
            x, y = pairs[k, 0], pairs[k, 1]
            if owner[x] == owner[y]:
                continue
            if rows == len(table):
                larger = np.empty((2 * rows, 4), np.int64)
                larger[:rows] = table
                table = larger
            if n + len(part) > len(out):
                longer = np.empty((2 * (n + len(part)), 3), np.int64)
                longer[:n] = out[:n]
                out = longer
            shift_x, shift_y = paragraphs[x] - paragraphs[a], paragraphs[y] - paragraphs[b]
            swap = owner[x] > owner[y]
            for r in range(len(part)):
                p, q = part[r, 0] + shift_x, part[r, 1] + shift_y
                out[n + r, 0], out[n + r, 1], out[n + r, 2] = (
                    (q, p, part[r, 2]) if swap else (p, q, part[r, 2])
                )
            if swap:
                out[n : n + len(part)] = rows_by(out[n : n + len(part)], 0)
            table[rows, 0], table[rows, 1] = min(owner[x], owner[y]), max(owner[x], owner[y])
            table[rows, 2], table[rows, 3] = m, len(part)
            rows += 1
            n += len(part)
    return table[:rows].copy(), out[:n].copy(), left_out
