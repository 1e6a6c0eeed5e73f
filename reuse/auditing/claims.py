"""Who else holds what of a document: matches of reuse seen from one side, with the places of equal
paragraphs given back.

Matches are kept once in canonical places (`families.equality`), as columns, and spread out for some documents at a time:
a paragraph of ten thousand places has ten thousand sources in each of them, and no table of all pairs is ever
made.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reuse.arrays import I32, I64, U8, kernel, ranges
from reuse.auditing.crowds import Crowds
from reuse.auditing.sides import Stretches
from reuse.families.equality import Equality
from reuse.match_table import MatchTable
from reuse.sorting import row_order


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims on some documents: stretches of each that others hold too, in the order of their places, those on its equal
    paragraphs last.

    `document` (int64, ascending): whose stretch it is; `kind` (uint8): a place in `KINDS`; `offsets` into `here` (int64, shape
    (n, 2)): its runs in the document, ascending; `holder_offsets` into `holders` (int64): the documents that hold them,
    ascending, each once, but those of large classes of equal paragraphs: `crowd_offsets` into `crowds` (int64) are these,
    rows of `ClaimTable.crowds.bits`. `stretch`, `star` and `copy` (int64, -1 for none): the stretch, the class of equal
    paragraphs and the copy it comes from.
    """

    document: I64
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
        held_by = equality.holder
        self.crowds = Crowds.of(held_by[0], place[held_by[1]], len(place))
        self._holder_offsets, self._holders = held_by
        single = len(equality.first) + np.arange(len(stretches.holder), dtype=np.int32)
        held = np.where(stretches.other_class >= 0, stretches.other_class, single)[stretches.sides]
        self._source_offsets, self._sources = _pooled(
            (stretches.side_offsets, held),
            (np.arange(len(opening) + 1), np.arange(len(opening), dtype=np.int32)),
        )
        self._fill_stars(equality)

    def _fill_stars(self, equality: Equality) -> None:
        """The places of equal paragraphs in document order: document, start, end, class, copy (-1 for the first)."""
        first = np.column_stack(
            (equality.first, np.arange(len(equality.first)), np.full(len(equality.first), -1))
        )
        later = np.column_stack((equality.copy, equality.of_copy, np.arange(len(equality.copy))))
        stars = np.concatenate((first, later))
        self._stars = stars[row_order(*stars.T)]
        self._star_documents = self._stars[:, 0].copy()

    def of(self, first: int, last: int) -> Claims:
        """The claims on the documents `first` to before `last`."""
        document, stretch, star, copy = self._listed(first, last)
        is_star = stretch < 0
        stretches, copies = len(self.stretches.kind), len(self.equality.copy)
        pooled = np.where(is_star, stretches + np.where(copy >= 0, copy, copies + star), stretch)
        number = np.empty_like(stretch)
        number[~is_star] = self.stretches.heads(stretch[~is_star])
        number[is_star] = self._of_copies(star[is_star], copy[is_star])
        offsets, here = self._gathered(number, np.where(is_star & (copy >= 0), 2, 0))
        moved = np.repeat(np.where(is_star, -1, copy), np.diff(offsets))
        at = np.flatnonzero(moved >= 0)
        here[at] = self.equality.from_first(moved[at], here[at])
        held = self._held(np.where(is_star, stretches + star, stretch))
        return Claims(document, self._kinds[pooled], offsets, here, *held, stretch, star, copy)

    def _listed(self, first: int, last: int) -> tuple[I64, I64, I64, I64]:
        """Document, stretch, class and copy of every claim on some documents: the stretches of each, then for each of its equal
        paragraphs what the others hold of it and the stretches within."""
        bounds = self.stretches.bounds(np.array([[first, 0]]), np.array([[last, 0]]))[0]
        own = np.arange(*bounds.tolist())
        low, high = np.searchsorted(self._star_documents, [first, last]).tolist()
        stars = self._stars[low:high]
        offsets, within = self._within(stars)
        owner = np.append(np.arange(len(stars)), np.repeat(np.arange(len(stars)), np.diff(offsets)))
        none = np.full_like(own, -1)
        document = np.append(self.stretches.place[own, 0], stars[owner, 0])
        stretch = np.concatenate((own, np.full(len(stars), -1), within))
        order = row_order(document, np.append(none, owner), stretch)
        star, copy = (np.append(none, stars[owner, column])[order] for column in (3, 4))
        return document[order], stretch[order], star, copy

    def _within(self, stars: I64) -> tuple[I64, I64]:
        """The stretches inside the first place of the class of each later place of equal paragraphs; of first places none."""
        place = self.equality.first[stars[:, 3]]
        bounds = self.stretches.bounds(place[:, :2], place[:, [0, 2]])
        sizes = np.where(stars[:, 4] < 0, 0, bounds[:, 1] - bounds[:, 0])
        owner = np.repeat(np.arange(len(stars)), sizes)
        found = np.arange(len(owner)) - ranges(sizes)[owner] + bounds[owner, 0]
        inside = self.stretches.place[found, 2] <= place[owner, 2]
        return ranges(np.bincount(owner[inside], minlength=len(stars))), found[inside]

    def _held(self, source: I64) -> tuple[I64, I64, I64, I64]:
        """The holders of claims: offsets and documents, ascending and each once; offsets and crowds."""
        crowd_offsets, crowds = _crowds_of(source, self._source_offsets, self._sources, self.crowds.row)
        listed = _holders_of(
            source,
            self._source_offsets,
            self._sources,
            self.crowds.row,
            self._holder_offsets,
            self._holders,
            self.stretches.holder,
        )
        return *listed, crowd_offsets, crowds

    def stated(self, claims: Claims, chosen: I64) -> tuple[I64, I64, I64]:
        """The documents that the matches of some claims are with (int64), and the runs there: offsets and runs (int64, shape
        (n, 2)), in order of the claims' own."""
        stretches, equality = self.stretches, self.equality
        stretch, star, copy = claims.stretch[chosen], claims.star[chosen], claims.copy[chosen]
        holder, number = np.empty((2, len(chosen)), dtype=np.int64)
        of_stretch, of_star = np.flatnonzero(stretch >= 0), np.flatnonzero(stretch < 0)
        number[of_stretch] = stretches.heads(stretch[of_stretch])
        holder[of_stretch] = stretches.holder[number[of_stretch]]
        number[of_star] = self._of_copies(star[of_star], copy[of_star])
        holder[of_star] = equality.first[star[of_star], 0]
        return holder, *self._opposite(number)

    def sides(self, claims: Claims, chosen: I64, holders: I64) -> tuple[I64, I64, I64]:
        """The matches (int64) that say that `holders[n]` has the runs of the claim `chosen[n]`, and the runs in that holder:
        offsets and runs (int64, shape (n, 2)), in order of the claim's own."""
        stretches, equality = self.stretches, self.equality
        row, number, copy = _sides(
            np.column_stack((claims.stretch[chosen], claims.star[chosen], claims.copy[chosen], holders)),
            stretches.side_offsets,
            stretches.sides,
            stretches.rows,
            stretches.holder,
            stretches.other_class,
            equality.first,
            equality.offsets,
            equality.copy,
            equality.row,
        ).T
        offsets, there = self._opposite(number)
        moved = np.repeat(copy, np.diff(offsets))
        at = np.flatnonzero(moved >= 0)
        there[at] = equality.from_first(moved[at], there[at])
        return row.copy(), offsets, there

    def _opposite(self, number: I64) -> tuple[I64, I64]:
        """The runs opposite of some sides of stretches, or, numbered behind these, those that copies are aligned with."""
        return self._gathered(number, np.where(number < len(self.stretches.holder), 2, 0))

    def _of_copies(self, star: I64, copy: I64) -> I64:
        """The numbers behind the sides of some copies, of the first one of its class where a copy is -1."""
        return len(self.stretches.holder) + np.where(copy >= 0, copy, self.equality.offsets[star])

    def _gathered(self, number: I64, column: I64) -> tuple[I64, I64]:
        """Two columns, from `column` on, of the runs of sides, and of copies numbered behind them: offsets and runs (int64, shape
        (n, 2))."""
        stretches, equality = self.stretches, self.equality
        return _gathered(
            number, column, stretches.run_offsets, stretches.runs, equality.run_offsets, equality.runs
        )


@kernel
def _sides(
    wanted: I64,
    side_offsets: I64,
    sides: I32,
    rows: I64,
    side_holder: I32,
    other_class: I32,
    first: I64,
    copy_offsets: I64,
    copies: I64,
    copy_row: I64,
) -> I64:
    """For each stretch, class, copy and holder wanted: the match, the number of the runs opposite as `_opposite` takes them, and
    the copy that these are to be moved to, -1 for none (int64, shape (n, 3)). A match with the holder itself comes first, then
    one with a paragraph equal to one of the holder's."""
    found = np.full((len(wanted), 3), -1, np.int64)
    for n in range(len(wanted)):
        stretch, star, copy, holder = wanted[n]
        if stretch < 0:
            opposite = copy if copy >= 0 else copy_offsets[star]
            moved = -1
            if copy < 0 or first[star, 0] != holder:
                moved = _copy_in(star, holder, copy_offsets, copies)
            found[n, 0] = copy_row[copy if copy >= 0 else moved]
            found[n, 1], found[n, 2] = len(side_holder) + opposite, moved
            continue
        for at in range(side_offsets[stretch], side_offsets[stretch + 1]):
            if side_holder[sides[at]] == holder:
                found[n, 0], found[n, 1] = rows[sides[at] >> 1], sides[at]
                break
        for at in range(side_offsets[stretch], side_offsets[stretch + 1]):
            if found[n, 0] < 0 and other_class[sides[at]] >= 0:
                moved = _copy_in(other_class[sides[at]], holder, copy_offsets, copies)
                if moved >= 0:
                    found[n, 0], found[n, 1], found[n, 2] = rows[sides[at] >> 1], sides[at], moved
    return found


@kernel
def _copy_in(star: int, document: int, offsets: I64, copies: I64) -> int:
    """The first copy of a class in a document, -1 where there is none."""
    low, high = offsets[star], offsets[star + 1]
    last = high
    while low < high:
        middle = (low + high) // 2
        if copies[middle, 0] < document:
            low = middle + 1
        else:
            high = middle
    return low if low < last and copies[low, 0] == document else -1


@kernel
def _gathered(
    number: I64, column: I64, side_offsets: I64, sides: I32, copy_offsets: I64, copies: I64
) -> tuple[I64, I64]:
    """Two columns of the runs of some entries: those of sides, and behind them those of copies."""
    count = len(side_offsets) - 1
    offsets = np.zeros(len(number) + 1, np.int64)
    for n in range(len(number)):
        at = number[n]
        offsets[n + 1] = offsets[n]
        if at < count:
            offsets[n + 1] += side_offsets[at + 1] - side_offsets[at]
        else:
            offsets[n + 1] += copy_offsets[at - count + 1] - copy_offsets[at - count]
    found = np.empty((offsets[-1], 2), np.int64)
    for n in range(len(number)):
        at = number[n]
        for k in range(offsets[n + 1] - offsets[n]):
            for end in range(2):
                if at < count:
                    found[offsets[n] + k, end] = sides[side_offsets[at] + k, column[n] + end]
                else:
                    found[offsets[n] + k, end] = copies[copy_offsets[at - count] + k, column[n] + end]
    return offsets, found


@kernel
def _holders_of(
    chosen: I64,
    source_offsets: I64,
    sources: I32,
    crowd_of: I64,
    holder_offsets: I64,
    holders: I64,
    side_holder: I32,
) -> tuple[I64, I64]:
    """The holders of all sources of each entry of `chosen` that are no crowds, ascending and each once: offsets and
    holders. A source is a class of equal paragraphs, or, numbered behind these, a side."""
    classes, size = len(crowd_of), 0
    for n in range(len(chosen)):
        for at in range(source_offsets[chosen[n]], source_offsets[chosen[n] + 1]):
            if sources[at] >= classes:
                size += 1
            elif crowd_of[sources[at]] < 0:
                size += holder_offsets[sources[at] + 1] - holder_offsets[sources[at]]
    offsets, held = np.zeros(len(chosen) + 1, np.int64), np.empty(size, np.int64)
    count = 0
    for n in range(len(chosen)):
        first = count
        for at in range(source_offsets[chosen[n]], source_offsets[chosen[n] + 1]):
            if sources[at] >= classes:
                held[count] = side_holder[sources[at] - classes]
                count += 1
            elif crowd_of[sources[at]] < 0:
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
def _crowds_of(chosen: I64, source_offsets: I64, sources: I32, crowd_of: I64) -> tuple[I64, I64]:
    """The crowds among the sources of each entry of `chosen`: offsets and crowds."""
    offsets = np.zeros(len(chosen) + 1, np.int64)
    for n in range(len(chosen)):
        offsets[n + 1] = offsets[n]
        for at in range(source_offsets[chosen[n]], source_offsets[chosen[n] + 1]):
            offsets[n + 1] += sources[at] < len(crowd_of) and crowd_of[sources[at]] >= 0
    crowds, size = np.empty(offsets[-1], np.int64), 0
    for n in range(len(chosen)):
        for at in range(source_offsets[chosen[n]], source_offsets[chosen[n] + 1]):
            if sources[at] < len(crowd_of) and crowd_of[sources[at]] >= 0:
                crowds[size] = crowd_of[sources[at]]
                size += 1
    return offsets, crowds


def _pooled(*parts: tuple[I64, I32]) -> tuple[I64, I32]:
    """Several lists of lists as one, in order."""
    sizes = np.concatenate([np.diff(offsets) for offsets, _ in parts])
    return ranges(sizes), np.concatenate([entries for _, entries in parts])
