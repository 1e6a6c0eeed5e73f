"""What is said of each family as a whole, for all families at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reuse.arrays import I64, U8
from reuse.families.chronology import Chronology
from reuse.families.family_columns import FamilyColumns, passages
from reuse.match_table import KINDS, LEVELS, MatchTable


@dataclass(frozen=True, slots=True, eq=False)
class FamilyHeads:
    """One entry a family: `kind`, `level` (uint8, places in `KINDS` and `LEVELS`), `documents` (int64, how many), `first` (int64,
    the number of the document known to be first, -1 for none), `basis` (uint8, a place in `chronology.RESTS_ON`), `weakest`
    (int64, the row of the match with the lowest score, of equals that with the first id)."""

    kind: U8
    level: U8
    documents: I64
    first: I64
    basis: U8
    weakest: I64

    def part(self, first: int, last: int) -> FamilyHeads:
        """The families `first` to before `last`."""
        some = slice(first, last)
        return FamilyHeads(
            self.kind[some],
            self.level[some],
            self.documents[some],
            self.first[some],
            self.basis[some],
            self.weakest[some],
        )


def heads_of(columns: FamilyColumns, matches: MatchTable, chronology: Chronology) -> FamilyHeads:
    """What is said of each of some families, which `matches` hold together: each has one at least."""
    kind, level = _kinds_and_levels(columns, matches)
    offsets, documents = columns.holders()
    first, basis = chronology.first_known(offsets, documents)
    return FamilyHeads(kind, level, np.diff(offsets), first, basis, _weakest(columns, matches))


def _kinds_and_levels(columns: FamilyColumns, matches: MatchTable) -> tuple[U8, U8]:
    """What most of the matches of each family are, by kind and by level; of equals the surer kind, and the narrower level.
    Families that share no more than a phrase are of a kind and level of their own."""
    owner = np.repeat(np.arange(len(columns)), np.diff(columns.match_at))
    kinds = _counted(owner, matches.kind[columns.match], len(columns), len(KINDS))
    levels = _counted(owner, matches.level[columns.match], len(columns), len(LEVELS))
    narrower = np.array([level == "passage" for level in LEVELS])
    phrase = ~passages(columns)
    kind, level = kinds.argmax(axis=1), (2 * levels + narrower).argmax(axis=1)
    kind[phrase], level[phrase] = KINDS.index("commonplace"), LEVELS.index("phrase")
    return kind.astype(np.uint8), level.astype(np.uint8)


def _counted(owner: I64, value: U8, owners: int, values: int) -> I64:
    """How often each value is each owner's (int64, shape (owners, values))."""
    return np.bincount(owner * values + value, minlength=owners * values).reshape(owners, values)


def _weakest(columns: FamilyColumns, matches: MatchTable) -> I64:
    heads, rows = columns.match_at[:-1], columns.match
    score = matches.score[rows]
    lowest = np.repeat(np.minimum.reduceat(score, heads), np.diff(columns.match_at)) if len(rows) else score
    by_id, place = _by_id(matches)
    weakest: I64 = by_id[np.minimum.reduceat(np.where(score == lowest, place[rows], len(matches)), heads)]
    return weakest


def _by_id(matches: MatchTable) -> tuple[I64, I64]:
    """The rows of the matches in the order of their ids, and the place of each row there (int64)."""
    by_id = np.arange(len(matches))
    if matches.ids is None:
        return by_id, by_id
    by_id = np.array(sorted(range(len(matches)), key=matches.ids.__getitem__), dtype=np.int64)
    return by_id, np.argsort(by_id)
