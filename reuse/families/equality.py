"""Places whose paragraphs are equal: matching compares each of them once, through the first; here they get
it all back.

Equal paragraphs come as a star: each later place is matched to the first place alone, with resemblance and
identity 1. A span inside any of these places therefore stands, moved along the aligned runs, in all of
them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reuse.arrays import I64
from reuse.model import Kind, Match, TextSpan

Place = tuple[int, int, int]
"""Document number, start, end."""

_Entry = tuple[int, int, int, int]
"""Start, end, number of the class, number of the copy (-1 for the first place)."""
_Table = dict[int, list[_Entry]]

_JOINED_GAP = 4
"""Pieces of one span this far apart are one span: a line break, an indent and an enumeration mark lie
between paragraphs."""


def is_equal(match: Match) -> bool:
    """Whether a match says that two whole paragraphs are equal in all that is compared."""
    return (
        match.level == "paragraph"
        and match.resemblance == 1.0
        and match.identity >= 1.0
        and match.left_in_right >= 1.0
        and match.right_in_left >= 1.0
    )


@dataclass(frozen=True, slots=True)
class Copy:
    """A later place of an equal paragraph; `runs` (int64, shape (n, 4)) align it with the first place, as
    match number `match` says."""

    document: int
    start: int
    end: int
    runs: I64
    match: int
    kind: Kind

    def from_first(self, start: int, end: int) -> tuple[int, int]:
        """Where `[start, end)` of the first place stands in this one."""
        return _moved(self.runs[:, :2], self.runs[:, 2:], start, end)

    def to_first(self, start: int, end: int) -> tuple[int, int]:
        """Where `[start, end)` of this place stands in the first one."""
        return _moved(self.runs[:, 2:], self.runs[:, :2], start, end)


def _moved(here: I64, there: I64, start: int, end: int) -> tuple[int, int]:
    """Move a span along aligned runs (both shape (n, 2), ascending); ends between runs go to the nearest
    run inside."""
    opening = min(int(np.searchsorted(here[:, 1], start, side="right")), len(here) - 1)
    closing = max(int(np.searchsorted(here[:, 0], end, side="left")) - 1, 0)
    first = there[opening, 0] + max(0, start - int(here[opening, 0]))
    last = there[closing, 1] - max(0, int(here[closing, 1]) - end)
    return int(min(first, there[opening, 1])), int(max(last, there[closing, 0]))


@dataclass(frozen=True, slots=True)
class EqualPlaces:
    """A paragraph's first place and its copies, in document order."""

    document: int
    start: int
    end: int
    copies: list[Copy]
    holders: I64
    """The documents of all places, ascending, each once."""


class Equality:
    """All equal paragraphs of a corpus, found by the place asked for."""

    def __init__(self, classes: Sequence[EqualPlaces]) -> None:
        self.classes = classes
        self._first = _by_document((c.document, c.start, c.end, n, -1) for n, c in enumerate(classes))
        self._copies = _by_document(
            (copy.document, copy.start, copy.end, n, k)
            for n, c in enumerate(classes)
            for k, copy in enumerate(c.copies)
        )

    @classmethod
    def of(cls, matches: Iterable[Match], numbers: Mapping[str, int]) -> Equality:
        """Read the stars off the matches; `numbers` gives a document's number by its id.

        Where few places are equal every pair is matched; the pairs of later places tell nothing new and are
        left out.
        """
        stars: dict[tuple[int, int], list[tuple[int, Match]]] = {}
        later: set[tuple[int, int]] = set()
        for n, match in enumerate(matches):
            place = (numbers[match.left.document], match.left.start)
            if is_equal(match) and place not in later:
                stars.setdefault(place, []).append((n, match))
                later.add((numbers[match.right.document], match.right.start))
        return cls([_star(place, stars[place], numbers) for place in sorted(stars)])

    def canonical(self, place: Place) -> Place:
        """The same span in the first of the equal places that hold it; itself where there is none."""
        for number, copy in self._holding(self._copies, place):
            star = self.classes[number]
            return (star.document, *star.copies[copy].to_first(place[1], place[2]))
        return place

    def canonical_runs(self, place: Place, runs: I64) -> I64:
        """Runs (int64, shape (n, 2)) inside a place, moved to where `canonical` puts that place."""
        for number, copy in self._holding(self._copies, place):
            moved = [self.classes[number].copies[copy].to_first(start, end) for start, end in runs.tolist()]
            return np.array(moved, dtype=np.int64).reshape(-1, 2)
        return runs

    def holders(self, place: Place) -> I64:
        """The documents (int64, ascending) in which a span of a first place stands."""
        for number, _ in self._holding(self._first, place):
            return self.classes[number].holders
        return np.array([place[0]], dtype=np.int64)

    def copy_in(self, place: Place, document: int) -> Copy | None:
        """The first copy in a document of the equal paragraph that holds a span of a first place; None
        where there is none."""
        for number, _ in self._holding(self._first, place):
            return next((copy for copy in self.classes[number].copies if copy.document == document), None)
        return None

    def copies(self, place: Place) -> list[Place]:
        """All other places where a span of a first place stands, in document order.

        A span over several paragraphs is joined again where its pieces stand side by side elsewhere too.
        """
        _, start, end = place
        pieces: list[Place] = []
        for number, _ in _overlapping(self._first, place):
            star = self.classes[number]
            low, high = max(start, star.start), min(end, star.end)
            pieces.extend((copy.document, *copy.from_first(low, high)) for copy in star.copies)
        return _joined(sorted(pieces))

    def stars_of(self, document: int) -> Iterator[tuple[EqualPlaces, Copy | None]]:
        """The equal paragraphs that have a place in a document; with None where the first place is this
        one."""
        for _, _, number, copy in sorted(self._first.get(document, []) + self._copies.get(document, [])):
            star = self.classes[number]
            yield star, (star.copies[copy] if copy >= 0 else None)

    def _holding(self, table: _Table, place: Place) -> Iterator[tuple[int, int]]:
        for number, copy in _overlapping(table, place):
            star = self.classes[number]
            held = star.copies[copy] if copy >= 0 else star
            if held.start <= place[1] and place[2] <= held.end:
                yield number, copy


def _star(
    place: tuple[int, int], held: Sequence[tuple[int, Match]], numbers: Mapping[str, int]
) -> EqualPlaces:
    """The equal places around a first one, given as document and start."""
    copies = [
        Copy(
            numbers[match.right.document],
            match.right.start,
            match.right.end,
            np.array(
                sorted(match.aligned or [(*_borders(match.left), *_borders(match.right))]), dtype=np.int64
            ),
            n,
            match.kind,
        )
        for n, match in held
    ]
    copies.sort(key=lambda copy: (copy.document, copy.start, copy.end))
    holders = np.unique(np.array([place[0], *(copy.document for copy in copies)], dtype=np.int64))
    return EqualPlaces(*place, max(match.left.end for _, match in held), copies, holders)


def _borders(side: TextSpan) -> tuple[int, int]:
    return side.start, side.end


def _by_document(entries: Iterable[tuple[int, int, int, int, int]]) -> _Table:
    table: _Table = {}
    for document, start, end, number, copy in entries:
        table.setdefault(document, []).append((start, end, number, copy))
    for rows in table.values():
        rows.sort()
    return table


def _overlapping(table: _Table, place: Place) -> Iterator[tuple[int, int]]:
    """Entries that overlap a place; paragraphs of one document do not overlap one another, so starts order
    ends."""
    document, start, end = place
    rows = table.get(document, [])
    at = max(0, bisect_right(rows, (start, end, 1 << 60, 0)) - 1)
    while at > 0 and rows[at - 1][1] > start:
        at -= 1
    for low, high, number, copy in rows[at:]:
        if low >= end:
            break
        if high > start:
            yield number, copy


def _joined(pieces: Sequence[Place]) -> list[Place]:
    joined: list[Place] = []
    for document, start, end in pieces:
        if joined and joined[-1][0] == document and start - joined[-1][2] <= _JOINED_GAP:
            joined[-1] = (document, joined[-1][1], max(end, joined[-1][2]))
        else:
            joined.append((document, start, end))
    return joined
