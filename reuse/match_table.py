"""Matches as columns: what crosses rooms when there are many, read as `Match` values one at a time where they are few.

A million matches as Python values are gigabytes and minutes; as columns they are a hundred bytes each. A `MatchTable` is
a sequence of `Match`, so that whoever looks at matches one by one need not know; whoever looks at all of them reads the columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np

from reuse.arrays import F64, I32, I64, U8, Bool, ranges
from reuse.column_table import ColumnTable
from reuse.model import CountedSpan, Document, Kind, Layer, Level, Match, Slot, SlotType, Span, TextSpan

LEVELS: tuple[Level, ...] = get_args(Level)
KINDS: tuple[Kind, ...] = get_args(Kind)
SLOT_TYPES: tuple[SlotType, ...] = get_args(SlotType)
LAYERS: tuple[Layer, ...] = ("copied", "edited", "templated", "self", "phrase", "quoted", "base")


@dataclass(frozen=True, slots=True, eq=False)
class MatchTable(ColumnTable[Match]):
    """Matches in output order, a column a field; row n is the match with the id `m{n + 1:07d}` unless `ids` says otherwise.

    `left`, `right` (int32): document numbers; `span` (int32, shape (n, 4)): left start and end, right start and end, in source
    coordinates; `level`, `kind` (uint8): places in `LEVELS` and `KINDS`; `score` … `identity` (float64): as in `Match`;
    `aligned_offsets` (int64, shape (n + 1,)) into `aligned` (int32, shape (runs, 4)); `slot_offsets` into `slots` (int32,
    shape (slots, 4): left start and end, right start and end) and `slot_type` (uint8, a place in `SLOT_TYPES`); `family`
    (int32): a place in `families`, -1 for none.
    """

    documents: Sequence[Document]
    left: I32
    right: I32
    span: I32
    level: U8
    kind: U8
    score: F64
    evidence: F64
    resemblance: F64
    left_in_right: F64
    right_in_left: F64
    identity: F64
    aligned_offsets: I64
    aligned: I32
    slot_offsets: I64
    slots: I32
    slot_type: U8
    family: I32
    families: Sequence[str] = ()
    ids: Sequence[str] | None = None

    def __len__(self) -> int:
        return len(self.left)

    @property
    def reported(self) -> Bool:
        """Which rows are reuse: of a level other than `phrase` (bool, one a row)."""
        above: Bool = self.level != LEVELS.index("phrase")
        return above

    def id(self, row: int) -> str:
        """The id of a row's match."""
        return self.ids[row] if self.ids is not None else match_id(row)

    def family_of(self, row: int) -> str | None:
        """The family of a row's match."""
        family = int(self.family[row])
        return self.families[family] if family >= 0 else None

    def with_families(self, family: I32, families: Sequence[str]) -> MatchTable:
        """The same matches, each of the family `families[family[n]]`, of none where that is -1."""
        return replace(self, family=family, families=families)

    def take(self, rows: I64) -> MatchTable:
        """The matches of some rows, in that order, with the ids they have here."""
        aligned_offsets, aligned = _part(self.aligned_offsets, rows)
        slot_offsets, slots = _part(self.slot_offsets, rows)
        return MatchTable(
            self.documents,
            self.left[rows],
            self.right[rows],
            self.span[rows],
            self.level[rows],
            self.kind[rows],
            self.score[rows],
            self.evidence[rows],
            self.resemblance[rows],
            self.left_in_right[rows],
            self.right_in_left[rows],
            self.identity[rows],
            aligned_offsets,
            self.aligned[aligned],
            slot_offsets,
            self.slots[slots],
            self.slot_type[slots],
            self.family[rows],
            self.families,
            [self.id(row) for row in rows.tolist()],
        )

    @classmethod
    def of(cls, documents: Sequence[Document], matches: Sequence[Match]) -> MatchTable:
        """The columns of some matches of these documents; `matches` itself where it is a table of documents with these
        ids."""
        if isinstance(matches, MatchTable) and _ids(matches.documents) == _ids(documents):
            return matches
        number = {document.id: n for n, document in enumerate(documents)}
        families = list(dict.fromkeys(m.family for m in matches if m.family is not None))
        family = {None: -1} | {name: n for n, name in enumerate(families)}
        slots = [slot for m in matches for slot in m.slots]
        return cls(
            documents,
            np.array([number[m.left.document] for m in matches], dtype=np.int32),
            np.array([number[m.right.document] for m in matches], dtype=np.int32),
            _rows([(m.left.start, m.left.end, m.right.start, m.right.end) for m in matches]),
            np.array([LEVELS.index(m.level) for m in matches], dtype=np.uint8),
            np.array([KINDS.index(m.kind) for m in matches], dtype=np.uint8),
            *_figures(matches),
            ranges(np.array([len(m.aligned) for m in matches], dtype=np.int64)),
            _rows([run for m in matches for run in m.aligned]),
            ranges(np.array([len(m.slots) for m in matches], dtype=np.int64)),
            _rows([(*slot.left, *slot.right) for slot in slots]),
            np.array([SLOT_TYPES.index(slot.type) for slot in slots], dtype=np.uint8),
            np.array([family[m.family] for m in matches], dtype=np.int32),
            families,
            [m.id for m in matches],
        )

    def _value(self, n: int) -> Match:
        start_a, end_a, start_b, end_b = self.span[n].tolist()
        family = int(self.family[n])
        aligned = self.aligned[self.aligned_offsets[n] : self.aligned_offsets[n + 1]].tolist()
        return Match(
            id=self.id(n),
            level=LEVELS[self.level[n]],
            kind=KINDS[self.kind[n]],
            left=_side(self.documents[self.left[n]], start_a, end_a),
            right=_side(self.documents[self.right[n]], start_b, end_b),
            score=float(self.score[n]),
            evidence=float(self.evidence[n]),
            evalue=None,
            resemblance=float(self.resemblance[n]),
            left_in_right=float(self.left_in_right[n]),
            right_in_left=float(self.right_in_left[n]),
            identity=float(self.identity[n]),
            aligned=tuple(map(tuple, aligned)),
            slots=tuple(self._slots(int(self.slot_offsets[n]), int(self.slot_offsets[n + 1]))),
            family=self.families[family] if family >= 0 else None,
        )

    def _slots(self, first: int, last: int) -> Iterator[Slot]:
        for (a, b, c, d), kind in zip(
            self.slots[first:last].tolist(), self.slot_type[first:last].tolist(), strict=True
        ):
            yield Slot(Span(a, b), Span(c, d), SLOT_TYPES[kind])


@dataclass(frozen=True, slots=True, eq=False)
class CountedSpans(ColumnTable[CountedSpan]):
    """The spans behind the figures of a document, in order; values are made when asked for.

    `rows` (int32, shape (n, 9)): start, end, characters, place of the layer in `LAYERS`, number of the document that holds it
    (-1 for none), start and end there, how many others hold it, row of the match (-1 for none) in `matches`.
    """

    rows: I32
    matches: MatchTable

    def __len__(self) -> int:
        return len(self.rows)

    def _value(self, n: int) -> CountedSpan:
        start, end, characters, layer, document, source_start, source_end, others, match = self.rows[
            n
        ].tolist()
        if document < 0:
            return CountedSpan(start=start, end=end, characters=characters, layer=LAYERS[layer])
        return CountedSpan(
            start=start,
            end=end,
            characters=characters,
            layer=LAYERS[layer],
            document=self.matches.documents[document].id,
            source_start=source_start,
            source_end=source_end,
            others=others,
            match=self.matches.id(match),
            family=self.matches.family_of(match),
        )


def _figures(matches: Sequence[Match]) -> tuple[F64, F64, F64, F64, F64, F64]:
    rows = [
        (m.score, m.evidence, m.resemblance, m.left_in_right, m.right_in_left, m.identity) for m in matches
    ]
    score, evidence, resemblance, left_in_right, right_in_left, identity = (
        np.array(rows, dtype=np.float64).reshape(-1, 6).T.copy()
    )
    return score, evidence, resemblance, left_in_right, right_in_left, identity


def match_id(row: int) -> str:
    """The id of the match in a row of the output."""
    return f"m{row + 1:07d}"


def _side(document: Document, start: int, end: int) -> TextSpan:
    return TextSpan(document.id, document.source, start, end, document.slice(start, end))


def _ids(documents: Sequence[Document]) -> list[str]:
    return [document.id for document in documents]


def _rows(rows: Sequence[Sequence[int]]) -> I32:
    return np.array(rows, dtype=np.int32).reshape(-1, 4)


def _part(offsets: I64, rows: I64) -> tuple[I64, I64]:
    """The offsets of chosen rows, and the places of their entries."""
    sizes = np.diff(offsets)[rows]
    found = ranges(sizes)
    return found, np.repeat(offsets[rows] - found[:-1], sizes) + np.arange(found[-1])
