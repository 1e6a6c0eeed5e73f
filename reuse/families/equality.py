"""Places whose paragraphs are equal: matching compares each of them once, through the first; here they get
it all back.

Equal paragraphs come as a star: each later place is matched to the first place alone, with resemblance and
identity 1. A span inside any of these places therefore stands, moved along the aligned runs, in all of
them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from reuse.arrays import I64, Bool, kernel, ranges
from reuse.families.rows import place_keys, spread
from reuse.match_table import LEVELS, MatchTable
from reuse.sorting import grouped, row_order, unique_rows

_JOINED_GAP = 4
"""Pieces of one span this far apart are one span: a line break, an indent and an enumeration mark lie
between paragraphs."""


def equal_rows(matches: MatchTable) -> Bool:
    """Which matches say that two whole paragraphs are equal in all that is compared (bool, one a row)."""
    alike = np.minimum(matches.resemblance, matches.identity)
    held = np.minimum(matches.left_in_right, matches.right_in_left)
    equal: Bool = (matches.level == LEVELS.index("paragraph")) & (alike >= 1.0) & (held >= 1.0)
    return equal


@dataclass(frozen=True)
class Equality:
    """All equal paragraphs of a corpus.

    `first` (int64, shape (classes, 3)): document, start and end of the first place of each, ascending. `offsets`
    (int64, one longer) into `copy` (int64, shape (copies, 3)): the later places, in document order; `row` (int64)
    are the matches that say so. `run_offsets` into `runs` (int64, shape (n, 4)) align each with the first place.
    """

    first: I64
    offsets: I64
    copy: I64
    row: I64
    run_offsets: I64
    runs: I64

    @classmethod
    def of(cls, matches: MatchTable, rows: I64 | None = None) -> Equality:
        """Read the stars off the matches, all or those in `rows`.

        Where few places are equal every pair is matched; the pairs of later places tell nothing new and are
        left out.
        """
        equal = equal_rows(matches)
        rows = np.flatnonzero(equal) if rows is None else rows[equal[rows]]
        span = matches.span[rows].astype(np.int64)
        left, right = place_keys(matches.left[rows], span[:, 0]), place_keys(matches.right[rows], span[:, 2])
        kept = _of_first_places(*np.split(np.unique(np.append(left, right), return_inverse=True)[1], 2))
        order = np.flatnonzero(kept)[
            row_order(left[kept], matches.right[rows[kept]], span[kept, 2], span[kept, 3])
        ]
        rows, span, left = rows[order], span[order], left[order]
        heads = np.flatnonzero(np.concatenate(([True], left[1:] != left[:-1]))) if len(rows) else rows
        ends = np.maximum.reduceat(span[:, 1], heads) if len(rows) else rows
        run_offsets, runs = _runs_of(matches, rows)
        return cls(
            np.stack((matches.left[rows[heads]], span[heads, 0], ends), axis=1).astype(np.int64),
            np.append(heads, len(rows)),
            np.stack((matches.right[rows], span[:, 2], span[:, 3]), axis=1).astype(np.int64),
            rows,
            run_offsets,
            runs,
        )

    @cached_property
    def of_copy(self) -> I64:
        """The class of each copy (int64)."""
        return np.repeat(np.arange(len(self.first)), np.diff(self.offsets))

    @cached_property
    def holder(self) -> tuple[I64, I64]:
        """The documents of all places of each class, ascending, each once: offsets and documents (int64)."""
        pairs = np.concatenate(
            (
                np.stack((np.arange(len(self.first)), self.first[:, 0]), axis=1),
                np.stack((self.of_copy, self.copy[:, 0]), axis=1),
            )
        )
        held = unique_rows(pairs)
        return ranges(np.bincount(held[:, 0], minlength=len(self.first))), held[:, 1]

    def copy_at(self, places: I64) -> I64:
        """For each place (int64, shape (n, 3)) the first copy that holds it (int64), -1 where none does."""
        return self._copy_order[_holding(self.copy[self._copy_order[:-1]], places)]

    @cached_property
    def _copy_order(self) -> I64:
        """The copies in order of their places, and -1 behind them."""
        return np.append(row_order(*self.copy.T, self.of_copy), -1)

    def class_at(self, places: I64) -> I64:
        """For each place (int64, shape (n, 3)) the class whose first place holds it (int64), -1 where none does."""
        return _holding(self.first, places)

    def canonical(self, places: I64) -> I64:
        """The same spans (int64, shape (n, 3)) in the first of the equal places that hold them; themselves where there
        is none."""
        copy = self.copy_at(places)
        held = np.flatnonzero(copy >= 0)
        moved = places.copy()
        moved[held, 0] = self.first[self.of_copy[copy[held]], 0]
        moved[held, 1:] = self.to_first(copy[held], places[held, 1:])
        return moved

    def to_first(self, copies: I64, spans: I64) -> I64:
        """Where spans (int64, shape (n, 2)) of `copies[n]` stand in the first place of its class."""
        return _moved(self.run_offsets, self.runs, 2, copies, spans)

    def from_first(self, copies: I64, spans: I64) -> I64:
        """Where spans (int64, shape (n, 2)) of a first place stand in `copies[n]`."""
        return _moved(self.run_offsets, self.runs, 0, copies, spans)

    def copies(self, places: I64) -> tuple[I64, I64]:
        """All other places where spans of first places stand: for each the number of its span among `places`
        (int64, shape (n, 3)), and the place (int64, shape (m, 3)); span by span, in document order.

        A span over several paragraphs is joined again where its pieces stand side by side elsewhere too.
        """
        bounds = _overlapping(self.first, places)
        owner = np.repeat(np.arange(len(places)), bounds[:, 1] - bounds[:, 0])
        reached = ranges(bounds[:, 1] - bounds[:, 0])
        kind = np.arange(reached[-1]) - reached[owner] + bounds[owner, 0]
        parts, copy = spread(self.offsets, kind)
        origin = np.repeat(np.arange(len(kind)), np.diff(parts))
        inside = np.stack(
            (
                np.maximum(places[owner, 1], self.first[kind, 1])[origin],
                np.minimum(places[owner, 2], self.first[kind, 2])[origin],
            ),
            axis=1,
        )
        moved = self.from_first(copy, inside)
        pieces = np.column_stack((owner[origin], self.copy[copy, 0], moved))
        joined = _joined(pieces[row_order(*pieces.T)])
        return joined[:, 0], joined[:, 1:]


@kernel
def _of_first_places(left: I64, right: I64) -> Bool:
    """Which matches of equal places, given as numbers of places, start from a place that is none's later place."""
    later = np.zeros(2 * len(left), np.bool_)
    kept = np.zeros(len(left), np.bool_)
    for n in range(len(left)):
        if not later[left[n]]:
            kept[n] = True
            later[right[n]] = True
    return kept


def _runs_of(matches: MatchTable, rows: I64) -> tuple[I64, I64]:
    """The aligned runs of some matches, ascending; of one that has none its two spans."""
    empty = np.flatnonzero(np.diff(matches.aligned_offsets)[rows] == 0)
    offsets, places = spread(matches.aligned_offsets, rows)
    owner = np.append(np.repeat(np.arange(len(rows)), np.diff(offsets)), empty)
    runs = np.concatenate((matches.aligned[places], matches.span[rows[empty]]))
    order = row_order(owner, runs[:, 0])
    return grouped(owner, len(rows))[0], runs[order].astype(np.int64)


@kernel
def _holding(held: I64, places: I64) -> I64:
    """For each place the first of the places `held` (ascending) that holds it; -1 where none does. Paragraphs of one document
    hardly ever overlap one another, so few are looked at."""
    found = np.full(len(places), -1, np.int64)
    for n in range(len(places)):
        document, start, end = places[n, 0], places[n, 1], places[n, 2]
        low, high = 0, len(held)
        while low < high:
            middle = (low + high) // 2
            before = held[middle, 0] < document or (held[middle, 0] == document and held[middle, 1] <= start)
            low, high = (middle + 1, high) if before else (low, middle)
        at = low - 1
        while at >= 0 and held[at, 0] == document and held[at, 2] > start:
            if held[at, 2] >= end:
                found[n] = at
            at -= 1
    return found


def _overlapping(first: I64, places: I64) -> I64:
    """The range of first places that each place overlaps (int64, shape (n, 2)); paragraphs of one document do not overlap
    one another, so starts order ends."""
    begin = np.searchsorted(
        place_keys(first[:, 0], first[:, 2]), place_keys(places[:, 0], places[:, 1]), "right"
    )
    end = np.searchsorted(
        place_keys(first[:, 0], first[:, 1]), place_keys(places[:, 0], places[:, 2]), "left"
    )
    return np.stack((begin, np.maximum(begin, end)), axis=1)


@kernel
def _moved(offsets: I64, runs: I64, here: int, which: I64, spans: I64) -> I64:
    """Move spans along the aligned runs number `which[n]`, from columns `here` to the other two; ends between runs go
    to the nearest run inside."""
    there = 2 - here
    moved = np.empty_like(spans)
    for n in range(len(spans)):
        low, high = offsets[which[n]], offsets[which[n] + 1]
        opening, after = low, high - 1
        while opening < after:
            middle = (opening + after) // 2
            if runs[middle, here + 1] > spans[n, 0]:
                after = middle
            else:
                opening = middle + 1
        closing, before = high - 1, low
        while before < closing:
            middle = (before + closing + 1) // 2
            if runs[middle, here] < spans[n, 1]:
                before = middle
            else:
                closing = middle - 1
        start = runs[opening, there] + max(0, spans[n, 0] - runs[opening, here])
        end = runs[closing, there + 1] - max(0, runs[closing, here + 1] - spans[n, 1])
        moved[n, 0] = min(start, runs[opening, there + 1])
        moved[n, 1] = max(end, runs[closing, there])
    return moved


@kernel
def _joined(pieces: I64) -> I64:
    """Pieces (owner, document, start, end; ascending) with those that all but touch made one."""
    joined = np.empty_like(pieces)
    count = 0
    for n in range(len(pieces)):
        same = count > 0 and pieces[n, 0] == joined[count - 1, 0] and pieces[n, 1] == joined[count - 1, 1]
        if same and pieces[n, 2] - joined[count - 1, 3] <= _JOINED_GAP:
            joined[count - 1, 3] = max(joined[count - 1, 3], pieces[n, 3])
        else:
            joined[count] = pieces[n]
            count += 1
    return joined[:count].copy()
