"""Matches of reuse in canonical places, once from either side, and which sides say the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from reuse.arrays import I32, I64, U8, U64, kernel, ranges
from reuse.families.clusters import ends_of
from reuse.families.equality import Equality
from reuse.families.rows import place_keys, spread
from reuse.match_table import MatchTable
from reuse.sorting import grouped, row_order

_ROWS = 1 << 16
"""Matches whose runs are brought to canonical places at once: what is made on the way takes half a kilobyte for each."""


@dataclass(frozen=True)
class Stretches:
    """Runs of one place and the sides of matches that say others hold just these, in order of the places.

    By stretch: `place` (int64, shape (n, 3)), `kind` (uint8), `side_offsets` into `sides` (int32), in order of the matches. By
    side, two of each match in `rows` (int64): `holder` (int32) the document opposite, `other_class` (int32) the equal paragraph
    that the place opposite stands in, -1 for none, and `run_offsets` (int64) into `runs` (int32, shape (r, 4)): start and end
    here, ascending, start and end opposite. These are what grows with the matches, 80 bytes for each.
    """

    place: I64
    kind: U8
    side_offsets: I64
    sides: I32
    rows: I64
    holder: I32
    other_class: I32
    run_offsets: I64
    runs: I32

    @classmethod
    def of(cls, matches: MatchTable, equality: Equality) -> Stretches:
        """The sides of all matches of reuse but those that made the equal paragraphs; of matches between the same places
        the first."""
        rows, places = _kept(matches, equality)
        offsets, runs = _runs(matches, equality, rows)
        place = places.reshape(-1, 3)
        kind = np.repeat(matches.kind[rows], 2)
        _, first, same = np.unique(
            _digests(place, kind, offsets, runs), return_index=True, return_inverse=True
        )
        order = row_order(*place[first].T, first)
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        head = first[order]
        side_offsets, sides = grouped(rank[same], len(head))
        return cls(
            place[head].astype(np.int64),
            kind[head],
            side_offsets,
            sides.astype(np.int32),
            rows,
            places[:, ::-1, 0].reshape(-1),
            _classes(equality, places),
            offsets,
            runs,
        )

    @cached_property
    def _keys(self) -> I64:
        return place_keys(self.place[:, 0], self.place[:, 1])

    def bounds(self, begin: I64, end: I64) -> I64:
        """The ranges of the stretches that begin between two places, each a document and a position in it (int64, shape
        (n, 2) all three)."""
        wanted = [place_keys(place[:, 0], place[:, 1]) for place in (begin, end)]
        return np.searchsorted(self._keys, np.column_stack(wanted)).astype(np.int64)

    def heads(self, stretches: I64) -> I64:
        """The first side of some stretches (int64)."""
        return self.sides[self.side_offsets[stretches]].astype(np.int64)


def _kept(matches: MatchTable, equality: Equality) -> tuple[I64, I32]:
    """The matches that are told of, and the canonical places of their two ends (int32, shape (n, 2, 3))."""
    chosen = matches.reported & (np.diff(matches.aligned_offsets) > 0)
    chosen[equality.row] = False
    rows = np.flatnonzero(chosen)
    places = np.empty((len(rows), 6), dtype=np.int32)
    for some in _blocks(len(rows)):
        places[some] = equality.canonical(ends_of(matches, rows[some])).reshape(-1, 6)
    none = np.zeros(len(rows) + 1, dtype=np.int64)
    digests = _digests(places, np.zeros(len(rows), dtype=np.uint8), none, np.empty((0, 4), dtype=np.int32))
    kept = np.zeros(len(rows), dtype=np.bool_)
    kept[np.unique(digests, return_index=True)[1]] = True
    kept &= (places[:, :3] != places[:, 3:]).any(axis=1)
    return rows[kept], places[kept].reshape(-1, 2, 3)


def _runs(matches: MatchTable, equality: Equality, rows: I64) -> tuple[I64, I32]:
    """The runs of every side in canonical places, in order: offsets, and start and end here and opposite (int32, shape
    (r, 4))."""
    sizes = matches.aligned_offsets[rows + 1] - matches.aligned_offsets[rows]
    offsets = ranges(np.repeat(sizes, 2))
    runs = np.empty((offsets[-1], 4), dtype=np.int32)
    for some in _blocks(len(rows)):
        first, last = offsets[2 * some.start], offsets[2 * min(some.stop, len(rows))]
        runs[first:last] = _runs_of(matches, equality, rows[some])
    return offsets, runs


def _runs_of(matches: MatchTable, equality: Equality, rows: I64) -> I64:
    found, entries = spread(matches.aligned_offsets, rows)
    sizes = np.diff(found)
    copies = equality.copy_at(ends_of(matches, rows)).reshape(-1, 2)
    sides = [side.astype(np.int64) for side in np.split(matches.aligned[entries], 2, axis=1)]
    for runs, copy in zip(sides, copies.T, strict=True):
        moved = np.repeat(copy, sizes)
        at = np.flatnonzero(moved >= 0)
        runs[at] = equality.to_first(moved[at], runs[at])
    owner = np.repeat(2 * np.arange(len(rows)), sizes)
    table = np.concatenate((np.column_stack(sides), np.column_stack(sides[::-1])))
    return table[row_order(np.concatenate((owner, owner + 1)), table[:, 0])]


def _classes(equality: Equality, places: I32) -> I32:
    """For each side the equal paragraph that the place opposite stands in, -1 for none (int32)."""
    found = np.empty((len(places), 2), dtype=np.int32)
    for some in _blocks(len(places)):
        opposite = places[some, ::-1].reshape(-1, 3).astype(np.int64)
        found[some] = equality.class_at(opposite).reshape(-1, 2)
    return found.reshape(-1)


def _blocks(count: int) -> list[slice]:
    return [slice(first, first + _ROWS) for first in range(0, count, _ROWS)]


@kernel
def _digests(places: I32, kind: U8, offsets: I64, runs: I32) -> U64:
    """A number for the places, the kind and the runs of each entry: 64 bits, so that of ten million different ones two agree
    once in half a million times."""
    found = np.empty(len(places), np.uint64)
    for n in range(len(places)):
        value = (np.uint64(0xCBF29CE484222325) ^ np.uint64(kind[n])) * np.uint64(0x9E3779B97F4A7C15)
        value ^= value >> np.uint64(29)
        for column in range(places.shape[1]):
            value = (value ^ np.uint64(places[n, column])) * np.uint64(0x9E3779B97F4A7C15)
            value ^= value >> np.uint64(29)
        for run in range(offsets[n], offsets[n + 1]):
            for end in range(2):
                value = (value ^ np.uint64(runs[run, end])) * np.uint64(0x9E3779B97F4A7C15)
                value ^= value >> np.uint64(29)
        found[n] = value
    return found
