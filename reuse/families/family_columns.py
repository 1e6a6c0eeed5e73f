"""Families as columns, many at a time: what goes between processes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from reuse.arrays import I32, I64, U8, Bool, ranges
from reuse.families.rows import spread
from reuse.match_table import SLOT_TYPES
from reuse.model import Document, Filler, SlotType, TemplatePart, TextSpan
from reuse.sorting import unique_rows

FIXED_TYPE = 255
"""What stands for the type of fixed text."""
_PASSAGE = 8
"""Letters of frame from which members share more than a phrase, the length by which readers told reuse from phrase."""
_HAN = 0x3400, 0x9FFF
_NAMES: dict[str, dict[SlotType, str]] = {
    "zh": {
        "place": "地点",
        "organization": "单位",
        "person": "人名",
        "date": "时间",
        "number": "数字",
        "placeholder": "空白",
        "other": "内容",
    },
    "en": {
        "place": "place",
        "organization": "organization",
        "person": "person",
        "date": "date",
        "number": "number",
        "placeholder": "blank",
        "other": "content",
    },
}
LABELS = tuple(_NAMES[language][name] for language in ("en", "zh") for name in SLOT_TYPES)
"""What slots are called: those of each type in an English frame, then those in a Chinese one."""


class SlotNames(NamedTuple):
    """For each part the label of its slot, a place in `LABELS`, -1 for fixed text; and the number behind it,
    0 for none (int64)."""

    label: I64
    number: I64

    def of(self, first: int, last: int) -> list[str | None]:
        """The names of the parts `first` to before `last`, None for fixed text."""
        told = zip(self.label[first:last].tolist(), self.number[first:last].tolist(), strict=True)
        return [None if label < 0 else f"{LABELS[label]}{number or ''}" for label, number in told]


@dataclass(frozen=True, eq=False)
class FamilyColumns:
    """Families: family n has the members `member_at[n]:member_at[n + 1]`, the parts `part_at[n]:part_at[n + 1]`, and the
    rows `match_at[n]:match_at[n + 1]` of matches hold it together.

    `member` and `filler` (int64, shape (n, 3)): document number, start, end. `type` (uint8) of a part is the place of a slot's
    type in `SLOT_TYPES`, 255 for fixed text, which is `fixed[fixed_at[k]:fixed_at[k + 1]]` (code points, int32);
    `filler[filler_at[k]:filler_at[k + 1]]` is what members put there, in member order: all of them into a slot, and in the
    place of fixed text those that word it otherwise. `notes[n]` is what an inspector reads off a family.
    """

    member_at: I64
    member: I64
    part_at: I64
    type: U8
    fixed_at: I64
    fixed: I32
    filler_at: I64
    filler: I64
    match_at: I64
    match: I64
    notes: Sequence[tuple[Mapping[str, Any], ...]]

    def __len__(self) -> int:
        return len(self.member_at) - 1

    def take(self, chosen: I64) -> FamilyColumns:
        """Some of the families, in that order."""
        member_at, member = spread(self.member_at, chosen)
        part_at, part = spread(self.part_at, chosen)
        fixed_at, fixed = spread(self.fixed_at, part)
        filler_at, filler = spread(self.filler_at, part)
        match_at, match = spread(self.match_at, chosen)
        return FamilyColumns(
            member_at,
            self.member[member],
            part_at,
            self.type[part],
            fixed_at,
            self.fixed[fixed],
            filler_at,
            self.filler[filler],
            match_at,
            self.match[match],
            [self.notes[n] for n in chosen.tolist()],
        )

    def members(self, family: int) -> I64:
        """The members of a family."""
        return self.member[self.member_at[family] : self.member_at[family + 1]]

    def matches(self, family: int) -> I64:
        """The rows of the matches that hold a family together."""
        return self.match[self.match_at[family] : self.match_at[family + 1]]

    def holders(self) -> tuple[I64, I64]:
        """The documents of the members of each family, ascending, each once: offsets and documents (int64)."""
        owner = np.repeat(np.arange(len(self)), np.diff(self.member_at))
        held = unique_rows(np.column_stack((owner, self.member[:, 0])))
        return ranges(np.bincount(held[:, 0], minlength=len(self))), held[:, 1]

    @cached_property
    def slot_names(self) -> SlotNames:
        """What slots are called: each as its type is in the language of the frame."""
        low, high = _HAN
        han = ranges(((self.fixed >= low) & (self.fixed <= high)).astype(np.int64))[self.fixed_at]
        chinese = np.repeat(np.diff(han[self.part_at]) > 0, np.diff(self.part_at))
        label = np.where(self.type == FIXED_TYPE, -1, self.type + chinese * len(SLOT_TYPES))
        return SlotNames(label, _slot_numbers(self))

    def spans(self, family: int, documents: Sequence[Document]) -> tuple[TextSpan, ...]:
        """The members of a family as values."""
        return tuple([_span(documents[d], a, b) for d, a, b in self.members(family).tolist()])

    def template(self, family: int, documents: Sequence[Document]) -> tuple[TemplatePart, ...]:
        """The template of a family as values: frame and slots in order, with the members' fillers where they stand in the
        source, slots named. With two members slots are tentative: two cannot tell a slot from a change."""
        first, last = int(self.part_at[family]), int(self.part_at[family + 1])
        bounds = self.fixed_at[first : last + 1]
        text = self.fixed[bounds[0] : bounds[-1]].tobytes().decode("utf-32-le", "surrogatepass")
        types = self.type[first:last].tolist()
        at = self.filler_at[first : last + 1]
        fillers = self.filler[at[0] : at[-1]].tolist()
        at, bounds = (at - at[0]).tolist(), (bounds - bounds[0]).tolist()
        few = self.member_at[family + 1] - self.member_at[family] == 2
        return tuple(
            TemplatePart(
                fixed=text[bounds[n] : bounds[n + 1]] if name is None else None,
                slot=name,
                type=None if name is None else SLOT_TYPES[types[n]],
                fillers=tuple([_filler(documents[d], a, b) for d, a, b in fillers[at[n] : at[n + 1]]]),
                tentative=bool(few and name is not None),
            )
            for n, name in enumerate(self.slot_names.of(first, last))
        )


def _span(document: Document, start: int, end: int) -> TextSpan:
    return TextSpan(document.id, document.source, start, end, document.slice(start, end))


def _filler(document: Document, start: int, end: int) -> Filler:
    return Filler(document.id, document.slice(start, end), start, end)


def _slot_numbers(columns: FamilyColumns) -> I64:
    """Slots of one type are counted from 1 on, in the order of the parts; one that is alone of its type has no number."""
    owner = np.repeat(np.arange(len(columns)), np.diff(columns.part_at))
    kind = owner * (FIXED_TYPE + 1) + columns.type
    order = np.argsort(kind, kind="stable")
    sizes = np.diff(np.flatnonzero(np.concatenate(([True], np.diff(kind[order]) > 0, [True]))))
    size = np.repeat(sizes, sizes)
    numbers = np.zeros(len(kind), dtype=np.int64)
    numbers[order] = np.where(size > 1, np.arange(len(kind)) - np.repeat(ranges(sizes)[:-1], sizes) + 1, 0)
    return np.where(columns.type == FIXED_TYPE, 0, numbers)


def joined(some: Sequence[FamilyColumns]) -> FamilyColumns:
    """The families of some columns, one behind the other."""
    return FamilyColumns(
        _behind([one.member_at for one in some]),
        np.concatenate([one.member for one in some]),
        _behind([one.part_at for one in some]),
        np.concatenate([one.type for one in some]),
        _behind([one.fixed_at for one in some]),
        np.concatenate([one.fixed for one in some]),
        _behind([one.filler_at for one in some]),
        np.concatenate([one.filler for one in some]),
        _behind([one.match_at for one in some]),
        np.concatenate([one.match for one in some]),
        [notes for one in some for notes in one.notes],
    )


def no_families() -> FamilyColumns:
    """None."""
    zero, none, rows = np.zeros(1, np.int64), np.zeros(0, np.int64), np.zeros((0, 3), np.int64)
    return FamilyColumns(
        zero, rows, zero, np.zeros(0, np.uint8), zero, np.zeros(0, np.int32), zero, rows, zero, none, ()
    )


def _behind(offsets: Sequence[I64]) -> I64:
    return ranges(np.concatenate([np.diff(one) for one in offsets]))


def passages(found: FamilyColumns) -> Bool:
    """Whether the members of each family share more than a phrase (bool)."""
    is_letter = np.bincount(found.fixed) > 0
    is_letter[is_letter] = [chr(code).isalnum() for code in np.flatnonzero(is_letter).tolist()]
    letters = ranges(is_letter[found.fixed].astype(np.int64))[found.fixed_at[found.part_at]]
    enough: Bool = np.diff(letters) >= _PASSAGE
    return enough
