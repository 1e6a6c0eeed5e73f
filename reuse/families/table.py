"""The families of a corpus: columns, read as `Family` values where somebody looks at them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reuse.arrays import I32, I64, ranges
from reuse.column_table import ColumnTable
from reuse.families.chronology import Chronology
from reuse.families.family_columns import FamilyColumns, passages
from reuse.match_table import KINDS, LEVELS, MatchTable
from reuse.model import Document, Family, Kind, Level


class FamilyTable(ColumnTable[Family]):
    """Families in output order; number n has the id `f{n + 1:05d}`.

    Of a million paragraphs they are 150,000, with millions of members and fillers, of which each is wanted once, to be
    written.
    """

    def __init__(self, documents: Sequence[Document], matches: MatchTable, columns: FamilyColumns) -> None:
        self._documents = documents
        self._matches = matches
        self._columns = columns
        self._passages = passages(columns).tolist()
        self._chronology = Chronology.of(documents)

    def __len__(self) -> int:
        return len(self._columns)

    @property
    def ids(self) -> list[str]:
        """The ids of the families."""
        return [_id(n) for n in range(len(self))]

    @property
    def members(self) -> tuple[I64, I64]:
        """The members of all families, as `member_places` gives them."""
        return self._columns.member_at, self._columns.member

    def is_of(self, documents: Sequence[Document]) -> bool:
        """Whether the families are of these documents, by their ids."""
        return [d.id for d in self._documents] == [d.id for d in documents]

    def held(self) -> I32:
        """The number of the family that each match holds together, the last that names it; -1 for none (int32)."""
        held = np.full(len(self._matches), -1, dtype=np.int32)
        held[self._columns.match] = np.repeat(np.arange(len(self)), np.diff(self._columns.match_at))
        return held

    def _value(self, number: int) -> Family:
        columns = self._columns
        rows = columns.matches(number)
        kind, level = self._kind_and_level(rows, self._passages[number])
        members = columns.spans(number, self._documents)
        owners = set(columns.members(number)[:, 0].tolist())
        return Family(
            id=_id(number),
            kind=kind,
            level=level,
            size=len(members),
            documents=len(owners),
            members=members,
            template=columns.template(number, self._documents),
            first=self._chronology.first_known(owners, self._documents),
            weakest=self._weakest(rows),
            notes=columns.notes[number],
        )

    def _kind_and_level(self, rows: I64, passage: bool) -> tuple[Kind, Level]:
        """What most of the matches are, by kind and by level; of equals the surer kind, and the narrower level."""
        if not passage:
            return "commonplace", "phrase"
        kinds = np.bincount(self._matches.kind[rows])
        levels = np.bincount(self._matches.level[rows], minlength=len(LEVELS)).tolist()
        level = max(range(len(LEVELS)), key=lambda n: (levels[n], LEVELS[n] == "passage"))
        return KINDS[int(np.argmax(kinds))], LEVELS[level]

    def _weakest(self, rows: I64) -> str:
        scores = self._matches.score[rows]
        return min(self._matches.id(row) for row in rows[scores == scores.min()].tolist())


def _id(number: int) -> str:
    return f"f{number + 1:05d}"


def family_ids(families: Sequence[Family]) -> list[str]:
    """The ids of some families."""
    return families.ids if isinstance(families, FamilyTable) else [family.id for family in families]


def member_places(documents: Sequence[Document], families: Sequence[Family]) -> tuple[I64, I64]:
    """The members of some families of these documents: offsets (int64, one longer than there are families) and the places
    (int64, shape (n, 3): document number, start, end) of each family's, in its order."""
    if isinstance(families, FamilyTable) and families.is_of(documents):
        return families.members
    numbers = {document.id: number for number, document in enumerate(documents)}
    rows = [(numbers[m.document], m.start, m.end) for family in families for m in family.members]
    sizes = np.array([len(family.members) for family in families], dtype=np.int64)
    return ranges(sizes), np.array(rows, dtype=np.int64).reshape(-1, 3)
