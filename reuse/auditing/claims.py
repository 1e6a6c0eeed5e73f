"""Who else holds what of a document: matches of reuse seen from one side, with the places of equal
paragraphs given back.

Matches are kept once in canonical places (`families.equality`), as columns, and spread out for one document at a time:
a paragraph of ten thousand places has ten thousand sources in each of them, and no table of all pairs is ever
made.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reuse.arrays import I64, U8, Bool, kernel, ranges
from reuse.auditing.crowds import Crowds
from reuse.auditing.sides import Stretches
from reuse.families.equality import Equality
from reuse.families.rows import spread
from reuse.match_table import MatchTable


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims on one document: stretches of it that others hold too, in the order of their places, those on its equal
    paragraphs last.

    `kind` (uint8): a place in `KINDS`; `offsets` into `here` (int64, shape (n, 2)): its runs in the document, ascending;
    `holder_offsets` into `holders` (int64): the documents that hold them, ascending, each once, but those of large classes of
    equal paragraphs: `crowd_offsets` into `crowds` (int64) are these, rows of `ClaimTable.crowds.bits`. `stretch`, `star` and
    `copy` (int64, -1 for none): the stretch, the class of equal paragraphs and the copy it comes from.
    """

    kind: U8
    offsets: I64
    here: I64
    holder_offsets: I64
    holders: I64
    crowd_offsets: I64
    crowds: I64
    stretch: I64
    star: I64
    copy: I64

    def __len__(self) -> int:
        return len(self.kind)

    def runs(self, claim: int) -> I64:
        """The runs of one claim (int64, shape (n, 2))."""
        return self.here[self.offsets[claim] : self.offsets[claim + 1]]


class ClaimTable:
    """The claims on every document of a corpus, made when asked for. `crowds`: who holds each class of equal paragraphs, by
    place in time."""

    def __init__(self, matches: MatchTable, place: I64) -> None:
        self.equality = equality = Equality.of(matches)
        self.stretches = stretches = Stretches.of(matches, equality)
        opening = equality.offsets[:-1]
        self._kinds = np.concatenate(
            (stretches.kind, matches.kind[equality.row], matches.kind[equality.row[opening]])
        )
        self._run_offsets, self._runs = _pooled(
            (stretches.run_offsets, stretches.runs),
            (equality.run_offsets, equality.runs[:, 2:]),
            _part(equality.run_offsets, equality.runs[:, :2], opening),
        )
        held_by = equality.holder
        self.crowds = Crowds.of(held_by[0], place[held_by[1]], len(place))
        self._crowd_of = np.append(self.crowds.row, np.full(len(stretches.row), -1))
        self._holder_offsets, self._holders = _pooled(
            held_by, (np.arange(len(stretches.row) + 1), stretches.other[:, 0])
        )
        single = len(equality.first) + np.arange(len(stretches.row))
        held = np.where(stretches.other_class >= 0, stretches.other_class, single)[stretches.sides]
        self._source_offsets, self._sources = _pooled(
            (stretches.side_offsets, held), (np.arange(len(opening) + 1), np.arange(len(opening)))
        )
        self._fill_stars(equality)

    def _fill_stars(self, equality: Equality) -> None:
        """The places of equal paragraphs in document order: document, start, end, class, copy (-1 for the first)."""
        first = np.column_stack(
            (equality.first, np.arange(len(equality.first)), np.full(len(equality.first), -1))
        )
        later = np.column_stack((equality.copy, equality.of_copy, np.arange(len(equality.copy))))
        stars = np.concatenate((first, later))
        self._stars = stars[np.lexsort(stars.T[::-1])]
        self._star_documents = self._stars[:, 0].copy()

    def concerned(self, documents: int) -> Bool:
        """Which of the first `documents` documents there are claims on (bool)."""
        found = np.zeros(documents, dtype=np.bool_)
        found[self.stretches.place[:, 0]] = True
        found[self._stars[:, 0]] = True
        return found

    def of(self, document: int) -> Claims:
        """The claims on a document."""
        stretch, star, copy = self._listed(document)
        if len(star) and star[-1] < 0:
            return self._of_stretches(stretch, star, copy)
        is_star = stretch < 0
        stretches, copies = len(self.stretches.kind), len(self.equality.copy)
        pooled = np.where(is_star, stretches + np.where(copy >= 0, copy, copies + star), stretch)
        offsets, places = spread(self._run_offsets, pooled)
        here = self._runs[places]
        moved = np.repeat(np.where(is_star, -1, copy), np.diff(offsets))
        at = np.flatnonzero(moved >= 0)
        here[at] = self.equality.from_first(moved[at], here[at])
        held = self._held(np.where(is_star, stretches + star, stretch))
        return Claims(self._kinds[pooled], offsets, here, *held, stretch, star, copy)

    def _of_stretches(self, stretch: I64, star: I64, copy: I64) -> Claims:
        """The claims of a document without equal paragraphs: its stretches, which follow one another."""
        first, last = int(stretch[0]), int(stretch[-1]) + 1
        offsets = self._run_offsets[first : last + 1]
        here = self._runs[offsets[0] : offsets[-1]]
        return Claims(
            self._kinds[first:last], offsets - offsets[0], here, *self._held(stretch), stretch, star, copy
        )

    def _listed(self, document: int) -> tuple[I64, I64, I64]:
        """Stretch, class and copy of every claim on a document: its own stretches, then for each of its equal paragraphs
        what the others hold of it and the stretches within."""
        own = np.arange(*self.stretches.bounds(document, 0, document + 1, 0))
        low, high = np.searchsorted(self._star_documents, [document, document + 1]).tolist()
        if low == high:
            none = np.full(len(own), -1)
            return own, none, none
        listed = [np.stack((own, np.full_like(own, -1), np.full_like(own, -1)))]
        for _, _, _, star, copy in self._stars[low:high].tolist():
            within = self._within(star) if copy >= 0 else own[:0]
            listed.append(
                np.stack((np.append(-1, within), *(np.full(len(within) + 1, n) for n in (star, copy))))
            )
        stretch, star, copy = np.concatenate(listed, axis=1)
        return stretch, star, copy

    def _within(self, star: int) -> I64:
        """The stretches inside the first place of a class."""
        document, start, end = self.equality.first[star].tolist()
        found = np.arange(*self.stretches.bounds(document, start, document, end))
        within: I64 = found[self.stretches.place[found, 2] <= end]
        return within

    def _held(self, source: I64) -> tuple[I64, I64, I64, I64]:
        """The holders of claims: offsets and documents, ascending and each once; offsets and crowds."""
        crowd_offsets, crowds = _crowds_of(source, self._source_offsets, self._sources, self._crowd_of)
        listed = _holders_of(
            source,
            self._source_offsets,
            self._sources,
            self._crowd_of,
            self._holder_offsets,
            self._holders,
        )
        return *listed, crowd_offsets, crowds

    def stated(self, claims: Claims, claim: int) -> tuple[int, I64]:
        """The document that the match of a claim is with, and the runs there (int64, shape (n, 2), in order of its runs)."""
        stretch, star, copy = int(claims.stretch[claim]), int(claims.star[claim]), int(claims.copy[claim])
        if stretch >= 0:
            side = int(self.stretches.sides[self.stretches.side_offsets[stretch]])
            return int(self.stretches.other[side, 0]), self.stretches.there(side)
        return int(self.equality.first[star, 0]), self._first_runs(star, copy)

    def side(self, claims: Claims, claim: int, holder: int) -> tuple[int, I64]:
        """The match that says a holder has the runs of a claim, and the runs in that holder (int64, shape (n, 2), in
        their order)."""
        stretch, star, copy = int(claims.stretch[claim]), int(claims.star[claim]), int(claims.copy[claim])
        if stretch >= 0:
            return self._side_of_stretch(stretch, holder)
        there = self._first_runs(star, copy)
        if copy >= 0 and self.equality.first[star, 0] == holder:
            return int(self.equality.row[copy]), there
        found = self._copy_in(star, holder)
        return int(self.equality.row[copy if copy >= 0 else found]), self._moved(found, there)

    def _side_of_stretch(self, stretch: int, holder: int) -> tuple[int, I64]:
        first, last = self.stretches.side_offsets[stretch : stretch + 2].tolist()
        sides = self.stretches.sides[first:last]
        direct = np.flatnonzero(self.stretches.other[sides, 0] == holder)
        if len(direct):
            side = int(sides[direct[0]])
            return int(self.stretches.row[side]), self.stretches.there(side)
        for side in sides.tolist():
            star = int(self.stretches.other_class[side])
            found = self._copy_in(star, holder) if star >= 0 else -1
            if found >= 0:
                return int(self.stretches.row[side]), self._moved(found, self.stretches.there(side))
        raise LookupError(f"document number {holder} holds nothing of stretch {stretch}")

    def _first_runs(self, star: int, copy: int) -> I64:
        """The runs in the first place of a class that a copy, or the first one where it is -1, is aligned with."""
        number = copy if copy >= 0 else int(self.equality.offsets[star])
        first, last = self.equality.run_offsets[number : number + 2].tolist()
        return self.equality.runs[first:last, :2]

    def _copy_in(self, star: int, document: int) -> int:
        """The first copy of a class in a document, -1 where there is none."""
        first, last = self.equality.offsets[star : star + 2].tolist()
        found = first + int(np.searchsorted(self.equality.copy[first:last, 0], document))
        return found if found < last and self.equality.copy[found, 0] == document else -1

    def _moved(self, copy: int, runs: I64) -> I64:
        return self.equality.from_first(np.full(len(runs), copy), runs)


@kernel
def _holders_of(
    chosen: I64, source_offsets: I64, sources: I64, crowd_of: I64, holder_offsets: I64, holders: I64
) -> tuple[I64, I64]:
    """The holders of all sources of each entry of `chosen` that are no crowds, ascending and each once: offsets and
    holders."""
    size = 0
    for n in range(len(chosen)):
        for at in range(source_offsets[chosen[n]], source_offsets[chosen[n] + 1]):
            if crowd_of[sources[at]] < 0:
                size += holder_offsets[sources[at] + 1] - holder_offsets[sources[at]]
    offsets, held = np.zeros(len(chosen) + 1, np.int64), np.empty(size, np.int64)
    count = 0
    for n in range(len(chosen)):
        first = count
        for at in range(source_offsets[chosen[n]], source_offsets[chosen[n] + 1]):
            if crowd_of[sources[at]] >= 0:
                continue
            for k in range(holder_offsets[sources[at]], holder_offsets[sources[at] + 1]):
                held[count] = holders[k]
                count += 1
        if count - first > 1:
            held[first:count].sort()
        last, count = count, first
        for k in range(first, last):
            if k == first or held[k] != held[count - 1]:
                held[count] = held[k]
                count += 1
        offsets[n + 1] = count
    return offsets, held[:count].copy()


@kernel
def _crowds_of(chosen: I64, source_offsets: I64, sources: I64, crowd_of: I64) -> tuple[I64, I64]:
    """The crowds among the sources of each entry of `chosen`: offsets and crowds."""
    offsets = np.zeros(len(chosen) + 1, np.int64)
    for n in range(len(chosen)):
        offsets[n + 1] = offsets[n]
        for at in range(source_offsets[chosen[n]], source_offsets[chosen[n] + 1]):
            offsets[n + 1] += crowd_of[sources[at]] >= 0
    crowds, size = np.empty(offsets[-1], np.int64), 0
    for n in range(len(chosen)):
        for at in range(source_offsets[chosen[n]], source_offsets[chosen[n] + 1]):
            if crowd_of[sources[at]] >= 0:
                crowds[size] = crowd_of[sources[at]]
                size += 1
    return offsets, crowds


def _part(offsets: I64, entries: I64, chosen: I64) -> tuple[I64, I64]:
    found, places = spread(offsets, chosen)
    return found, entries[places]


def _pooled(*parts: tuple[I64, I64]) -> tuple[I64, I64]:
    """Several lists of lists as one, in order."""
    sizes = np.concatenate([np.diff(offsets) for offsets, _ in parts])
    return ranges(sizes), np.concatenate([entries for _, entries in parts])
