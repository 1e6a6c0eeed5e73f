"""Who else holds what of a document: matches of reuse seen from one side, with the places of equal
paragraphs given back.

Matches are kept once in canonical places (`families.equality`) and spread out for one document at a time: a
paragraph of ten thousand places has ten thousand sources in each of them, and no table of all pairs is ever
made.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from reuse.arrays import I64
from reuse.families.equality import Copy, Equality, EqualPlaces, Place
from reuse.model import Document, Kind, Match


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a match in canonical places: the equal runs there, and the place and the runs of the
    other side."""

    match: int | None
    other: Place
    there: I64


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Runs of one place (int64, shape (n, 2)) and every match that says others hold just these."""

    place: Place
    here: I64
    kind: Kind
    sides: list[_Side] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Claim:
    """Stretches of a document that others hold too: `here` (int64, shape (n, 2), ascending) are its runs,
    `holders` (int64, ascending, each once) the documents that hold them."""

    here: I64
    kind: Kind
    holders: I64
    _sides: Sequence[_Side]

    def stated(self) -> tuple[int, I64]:
        """The document that the match itself is with, and the runs there (int64, shape (n, 2), in order of
        `here`)."""
        return self._sides[0].other[0], self._sides[0].there

    def side(self, holder: int, equality: Equality) -> tuple[int, I64]:
        """The match that says a holder has them, and the runs in that holder (int64, shape (n, 2), in order
        of `here`)."""
        direct = next(
            (side for side in self._sides if side.other[0] == holder and side.match is not None), None
        )
        if direct is not None and direct.match is not None:
            return direct.match, direct.there
        for side in self._sides:
            copy = equality.copy_in(side.other, holder)
            if copy is not None:
                return copy.match if side.match is None else side.match, _moved(side.there, copy)
        raise LookupError(f"document number {holder} holds nothing of this claim")


class Claims:
    """The claims on every document of a corpus, made when asked for."""

    def __init__(self, documents: Sequence[Document], matches: Sequence[Match]) -> None:
        self._numbers = {document.id: number for number, document in enumerate(documents)}
        self.equality = Equality.of(matches, self._numbers)
        equal = {copy.match for star in self.equality.classes for copy in star.copies}
        stretches: dict[tuple[Place, bytes, Kind], _Stretch] = {}
        seen: set[tuple[Place, Place]] = set()
        for n, match in enumerate(matches):
            if n not in equal and match.aligned and match.level != "phrase":
                self._add(n, match, stretches, seen)
        self._stretches: dict[int, list[_Stretch]] = {}
        for stretch in stretches.values():
            self._stretches.setdefault(stretch.place[0], []).append(stretch)
        for rows in self._stretches.values():
            rows.sort(key=lambda stretch: stretch.place)

    def of(self, document: int) -> Iterator[Claim]:
        """The claims on a document: on its own places in order, then on its equal paragraphs in order."""
        for stretch in self._stretches.get(document, []):
            yield self._claim(stretch, stretch.here)
        for star, copy in self.equality.stars_of(document):
            yield _between_equals(star, copy)
            if copy is not None:
                for stretch in self._within(star):
                    yield self._claim(stretch, _moved(stretch.here, copy))

    def _add(
        self,
        n: int,
        match: Match,
        stretches: dict[tuple[Place, bytes, Kind], _Stretch],
        seen: set[tuple[Place, Place]],
    ) -> None:
        """Keep both sides of a match in canonical places, unless a match of the same places is kept
        already."""
        left = (self._numbers[match.left.document], match.left.start, match.left.end)
        right = (self._numbers[match.right.document], match.right.start, match.right.end)
        here, there = self.equality.canonical(left), self.equality.canonical(right)
        if here == there or (here, there) in seen:
            return
        seen.add((here, there))
        runs = np.array(match.aligned, dtype=np.int64)
        one = self.equality.canonical_runs(left, runs[:, :2])
        other = self.equality.canonical_runs(right, runs[:, 2:])
        for place, mine, opposite, theirs in ((here, one, there, other), (there, other, here, one)):
            order = np.argsort(mine[:, 0], kind="stable")
            key = (place, mine[order].tobytes(), match.kind)
            stretch = stretches.setdefault(key, _Stretch(place, mine[order], match.kind))
            stretch.sides.append(_Side(n, opposite, theirs[order]))

    def _within(self, star: EqualPlaces) -> Iterator[_Stretch]:
        """The stretches of a star's first document that lie inside its first place."""
        rows = self._stretches.get(star.document, [])
        first = bisect_left(rows, star.start, key=lambda stretch: stretch.place[1])
        for stretch in rows[first:]:
            if stretch.place[1] >= star.end:
                break
            if stretch.place[2] <= star.end:
                yield stretch

    def _claim(self, stretch: _Stretch, here: I64) -> Claim:
        holders = [self.equality.holders(side.other) for side in stretch.sides]
        merged = holders[0] if len(holders) == 1 else np.unique(np.concatenate(holders))
        return Claim(here, stretch.kind, merged, stretch.sides)


def _between_equals(star: EqualPlaces, copy: Copy | None) -> Claim:
    """What the other places of an equal paragraph claim of one of them, of the first where `copy` is None."""
    first = (star.document, star.start, star.end)
    own = copy if copy is not None else star.copies[0]
    here = copy.runs[:, 2:] if copy is not None else own.runs[:, :2]
    side = _Side(copy.match if copy is not None else None, first, own.runs[:, :2])
    return Claim(here, own.kind, star.holders, [side])


def _moved(runs: I64, copy: Copy) -> I64:
    """Runs of a first place as runs of a copy."""
    return np.array([copy.from_first(start, end) for start, end in runs.tolist()], dtype=np.int64).reshape(
        -1, 2
    )
