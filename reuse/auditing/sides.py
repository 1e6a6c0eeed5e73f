"""Matches of reuse in canonical places, once from either side, and which sides say the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from reuse.arrays import I64, U8, U64, kernel, ranges
from reuse.families.clusters import ends_of
from reuse.families.equality import Equality
from reuse.families.rows import distinct_rows, grouped, place_keys, spread
from reuse.match_table import MatchTable


@dataclass(frozen=True)
class Stretches:
    """Runs of one place and the sides of matches that say others hold just these, in order of the places.

    By stretch: `place` (int64, shape (n, 3)), `kind` (uint8), `run_offsets` into `runs` (int64, shape (r, 2), ascending),
    `side_offsets` into `sides` (int64), in order of the matches. By side: `row` (int64) its match, `other` (int64, shape
    (m, 3)) the place opposite, `other_class` (int64) the equal paragraph that this stands in, -1 for none, and
    `there_offsets` into `there_runs` (int64, shape (r, 2)), the runs opposite, in order of the runs here.
    """

    place: I64
    kind: U8
    run_offsets: I64
    runs: I64
    side_offsets: I64
    sides: I64
    row: I64
    other: I64
    other_class: I64
    there_offsets: I64
    there_runs: I64

    @classmethod
    def of(cls, matches: MatchTable, equality: Equality) -> Stretches:
        """The sides of all matches of reuse but those that made the equal paragraphs; of matches between the same places
        the first."""
        rows, places = _kept(matches, equality)
        row = np.repeat(rows, 2)
        place, other = places.reshape(-1, 3), places[:, ::-1].reshape(-1, 3)
        offsets, here, there = _runs(matches, equality, rows)
        shape = np.column_stack(
            (place, matches.kind[row], np.diff(offsets), _digest(offsets, here).view(np.int64))
        )
        _, same, _ = distinct_rows(shape)
        first = np.unique(same, return_index=True)[1]
        order = np.lexsort((first, *place[first].T[::-1]))
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        head = first[order]
        run_offsets, chosen = spread(offsets, head)
        return cls(
            place[head],
            matches.kind[row[head]],
            run_offsets,
            here[chosen],
            *grouped(rank[same], len(head)),
            row,
            other,
            equality.class_at(other),
            offsets,
            there,
        )

    @cached_property
    def _keys(self) -> I64:
        return place_keys(self.place[:, 0], self.place[:, 1])

    def bounds(self, begin: I64, end: I64) -> I64:
        """The ranges of the stretches that begin between two places, each a document and a position in it (int64, shape
        (n, 2) all three)."""
        wanted = [place_keys(place[:, 0], place[:, 1]) for place in (begin, end)]
        return np.searchsorted(self._keys, np.column_stack(wanted)).astype(np.int64)

    def there(self, side: int) -> I64:
        """The runs opposite of a side (int64, shape (n, 2))."""
        return self.there_runs[self.there_offsets[side] : self.there_offsets[side + 1]]


def _kept(matches: MatchTable, equality: Equality) -> tuple[I64, I64]:
    """The matches that are told of, and the canonical places of their two ends (int64, shape (n, 2, 3))."""
    chosen = matches.reported & (np.diff(matches.aligned_offsets) > 0)
    chosen[equality.row] = False
    rows = np.flatnonzero(chosen)
    places = equality.canonical(ends_of(matches, rows)).reshape(-1, 2, 3)
    _, same, _ = distinct_rows(places.reshape(-1, 6))
    first = np.zeros(len(rows), dtype=np.bool_)
    first[np.unique(same, return_index=True)[1]] = True
    kept = first & (places[:, 0] != places[:, 1]).any(axis=1)
    return rows[kept], places[kept]


def _runs(matches: MatchTable, equality: Equality, rows: I64) -> tuple[I64, I64, I64]:
    """The runs of every side in canonical places, in order: offsets, the runs here, the runs opposite."""
    found, entries = spread(matches.aligned_offsets, rows)
    sizes = np.diff(found)
    copies = equality.copy_at(ends_of(matches, rows)).reshape(-1, 2)
    sides = [side.astype(np.int64) for side in np.split(matches.aligned[entries], 2, axis=1)]
    for runs, copy in zip(sides, copies.T, strict=True):
        moved = np.repeat(copy, sizes)
        at = np.flatnonzero(moved >= 0)
        runs[at] = equality.to_first(moved[at], runs[at])
    owner = np.repeat(2 * np.arange(len(rows)), sizes)
    side = np.concatenate((owner, owner + 1))
    here, there = np.concatenate(sides), np.concatenate(sides[::-1])
    order = np.lexsort((here[:, 0], side))
    return ranges(np.repeat(sizes, 2)), here[order], there[order]


@kernel
def _digest(offsets: I64, runs: I64) -> U64:
    """A number for the runs of each side: 64 bits, so that of a million different ones two agree once in ten million times."""
    found = np.empty(len(offsets) - 1, np.uint64)
    for side in range(len(found)):
        value = np.uint64(0xCBF29CE484222325)
        for run in range(offsets[side], offsets[side + 1]):
            for end in range(2):
                value = (value ^ np.uint64(runs[run, end])) * np.uint64(0x9E3779B97F4A7C15)
                value ^= value >> np.uint64(29)
        found[side] = value
    return found
