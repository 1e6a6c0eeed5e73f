"""The template of a family: what its members have in common, word for word, and what each puts into the
rest.

Star alignment: every member is laid along the medoid. A word is part of the frame if `support` of the
members have it there; what stands between is a slot, or, where most members agree after all, frame that
some members word otherwise. Each part holds what every member puts there, so that the parts of a member
joined are its text, character for character.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from reuse.arrays import I64, Bool, kernel
from reuse.families.levels import FIXED, SLOT, UNDECIDED, levels
from reuse.families.parts import Parts, empty_tree, merged_frame, merged_slots, parts_of, tree_of
from reuse.families.sheets import Sheet, Texts
from reuse.families.slot_types import column_type, slot_type
from reuse.families.wordings import Vocabulary
from reuse.match_table import SLOT_TYPES

_LONG_FILLER = 6
"""Two members cannot tell a slot from a reworded word: a difference of no type is a slot from so many
characters on (three words)."""


def templates(texts: Texts, support: float, vocabulary: Vocabulary) -> tuple[Parts, I64]:
    """The parts of some drafts, and the type of each (int64): its place in `SLOT_TYPES`, -1 for fixed text.

    The texts of the parts of a member joined are its text. Fixed text stands in at least `support` of the
    members.
    """
    found = levels(texts, support, vocabulary)
    parts = parts_of(texts.sheet, tree_of(found) if found else empty_tree())
    unsure = np.flatnonzero(parts.kind == UNDECIDED)
    for part, column in zip(unsure.tolist(), _columns(texts, parts, unsure), strict=True):
        parts.kind[part] = SLOT if _looks_filled(column) else FIXED
    parts, asked = merged_frame(texts.sheet, parts)
    parts, types = merged_slots(texts.sheet, parts, _filled(texts, parts, asked))
    open_slots = np.flatnonzero((parts.kind == SLOT) & (types < 0))
    types[open_slots] = [
        SLOT_TYPES.index(column_type(column)) for column in _columns(texts, parts, open_slots)
    ]
    return parts, types


def _columns(texts: Texts, parts: Parts, chosen: I64, *, every: bool = False) -> Iterator[list[str]]:
    """What those texts that tell the types of chosen parts have there, or all texts."""
    at, low, high = _spans(texts.sheet, parts, chosen, every)
    whole = texts.text
    held = [whole[a:b] for a, b in zip(low.tolist(), high.tolist(), strict=True)]
    bounds = at.tolist()
    return (held[a:b] for a, b in pairwise(bounds))


@kernel
def _spans(sheet: Sheet, parts: Parts, chosen: I64, every: bool) -> tuple[I64, I64, I64]:
    """Where chosen parts begin and end in the texts that tell them, or in all; part by part."""
    at, draft = np.zeros(len(chosen) + 1, np.int64), np.zeros(len(chosen), np.int64)
    for n in range(len(chosen)):
        draft[n] = np.searchsorted(parts.at, chosen[n], side="right") - 1
        texts = sheet.text_at[draft[n] + 1] - sheet.text_at[draft[n]]
        told = parts.told_at[chosen[n] + 1] - parts.told_at[chosen[n]]
        at[n + 1] = at[n] + (texts if every else told)
    low, high = np.empty(at[-1], np.int64), np.empty(at[-1], np.int64)
    for n in range(len(chosen)):
        head = sheet.text_at[draft[n]]
        texts = sheet.text_at[draft[n] + 1] - head
        row = parts.row[draft[n]] + (chosen[n] - parts.at[draft[n]]) * texts
        for k in range(at[n + 1] - at[n]):
            text = k if every else parts.told[parts.told_at[chosen[n]] + k] - head
            low[at[n] + k], high[at[n] + k] = parts.border[row + text], parts.border[row + texts + text]
    return at, low, high


def _looks_filled(column: Sequence[str]) -> bool:
    """Whether the wordings of two members are fillers: of one type, or too long for a reworded word."""
    kinds = {slot_type(text) for text in column if text.strip()} - {"placeholder"}
    return max(map(len, column)) >= _LONG_FILLER or (len(kinds) <= 1 and "other" not in kinds)


def _filled(texts: Texts, parts: Parts, asked: Bool) -> I64:
    """Frame that enough members word otherwise (`asked`) is a slot after all if its wordings are names, dates or numbers
    of one type: made one in `parts`. The types of these, -1 for all other parts.

    Most of the wordings, that is: one in three may be a slip or a rewording.
    """
    types = np.full(len(asked), -1, dtype=np.int64)
    chosen = np.flatnonzero(asked)
    for part, column in zip(chosen.tolist(), _columns(texts, parts, chosen, every=True), strict=True):
        wordings = [text for text in dict.fromkeys(column) if text.strip()]
        fixed = parts.fixed[parts.first[part] : parts.last[part]].tolist()
        kind = slot_type("".join([texts.text[n] for n in fixed])) if len(wordings) > 1 else "other"
        if kind == "other":
            continue
        alike = sum(slot_type(text) in (kind, "placeholder") for text in wordings)
        if alike >= 2 and 3 * alike >= 2 * len(wordings):
            parts.kind[part], types[part] = SLOT, SLOT_TYPES.index(kind)
    return types
