"""The matches of one block as columns: source spans, equal runs, slots, kind and level, in as few bytes as hold them.

Twenty million matches wait here until all are found: at 300 bytes each they would be the largest thing in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

import numpy as np

from reuse.arrays import F64, I32, I64, U8, U16, U32, U64, Bool, kernel
from reuse.match_table import KINDS, LEVELS, SLOT_TYPES
from reuse.matching.differences import Differences, closing_marks, differences
from reuse.matching.signs import NAMES
from reuse.matching.spans import Runs
from reuse.model import Document, SlotType
from reuse.storage import Storage
from reuse.text.comparable import ComparableText, code_points
from reuse.text.shingles import shared, shingles
from reuse.text.slots import filler_kind, slot_type

WHOLE = 0.8
"""Share of both paragraphs that a match of level `paragraph` covers."""
SAME_WORDS = 0.97
"""Share of the longer side that is equal from which words count as the same: one wrong character in thirty-three is a slip."""
QUOTED = 0.6
"""Share between quotation or title marks on both sides from which a match is a quotation: its introduction is shared too."""
QUOTED_PHRASE = 0.8
"""The same for phrases: a slogan of three terms in quotation marks is no quotation."""
FILLER = 3
"""Characters from which untyped words that stand against each other are fillers: synonyms have two."""

_PARAGRAPH, _PASSAGE, _PHRASE = (LEVELS.index(level) for level in ("paragraph", "passage", "phrase"))
_COPIED, _EDITED, _TEMPLATED, _QUOTED, _COMMONPLACE = (
    KINDS.index(kind) for kind in ("copied", "edited", "templated", "quoted", "commonplace")
)
_OTHER = SLOT_TYPES.index("other")
_FILLERS: tuple[SlotType | Literal[""], ...] = ("", *SLOT_TYPES)
"""Kinds of fillers: none at all, or a slot's type."""
_BLOCK = 20_000
"""Matches whose shingle sets stand in memory at once, a hundredth of a gigabyte."""
_SURPRISE, _QUOTED_SHARE, _TITLED_SHARE = (NAMES.index(sign) for sign in ("surprise", "quoted", "titled"))
SHARE_UNIT = 10_000
"""What shares are counted in: they are published with four digits."""


@dataclass(frozen=True, slots=True)
class Material:
    """What matches are made of.

    `codes` (uint32): the documents' code points end to end; `base` (int64): what to add to a source position of each document to
    find it there; `ends` (int64): where each document ends in its source; `shingle_size` (words). `kinds` remembers what
    fillers are, by hash: each is looked at once.
    """

    documents: Sequence[Document]
    text: ComparableText
    codes: U32
    base: I64
    ends: I64
    shingle_size: int
    kinds: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls, documents: Sequence[Document], text: ComparableText, shingle_size: int, storage: Storage | None
    ) -> Material:
        """The material of these documents and their comparable text; `storage` holds the code points."""
        codes, offsets = code_points(documents, storage)
        base = offsets[:-1] - np.array([document.start for document in documents], dtype=np.int64)
        return cls(documents, text, codes, base, offsets[1:] - base, shingle_size)


@dataclass(frozen=True, slots=True)
class Part:
    """Columns of some matches, in any order.

    `left`, `right` (int32): documents; `begins` (int32, shape (n, 2)): first symbols of both sides; `span` (int32, shape (n, 4)):
    source spans; `level`, `kind` (uint8): as in `MatchTable`; `score` (float64); `shares` (uint16, shape (n, 5), in
    `SHARE_UNIT`ths): evidence, resemblance, left in right, right in left, identity; `aligned_count`, `slot_count` (int64): how
    many rows of `aligned` and `slots` (int32, columns as in `MatchTable`) and `slot_type` (uint8) are each match's.
    """

    left: I32
    right: I32
    begins: I32
    span: I32
    level: U8
    kind: U8
    score: F64
    shares: U16
    aligned_count: I64
    aligned: I32
    slot_count: I64
    slots: I32
    slot_type: U8


def part_of(material: Material, runs: Runs, table: F64, evidence: F64, strong: Bool) -> Part:
    """The columns of the matches of `runs`; `table` (signs), `evidence` (float64) and `strong` (bool: reuse, not a phrase) have a
    row for each."""
    text, bounds, equal = material.text, runs.bounds(), runs.equal()
    left, right = bounds[:, 1] - bounds[:, 0], bounds[:, 3] - bounds[:, 2]
    same = (equal >= SAME_WORDS * np.maximum(left, right)) & _in_order(runs.offsets, runs.runs)
    level = _levels(text, bounds, strong)
    found = differences(text, material.codes, material.base, runs, strong)
    slot_type = _slot_types(material, found)
    identity = np.minimum(1.0, _ratio(equal, np.minimum(left, right)))
    shares = np.column_stack((evidence, _shares(text, bounds, material.shingle_size), identity))
    return Part(
        runs.left,
        runs.right,
        bounds[:, [0, 2]].astype(np.int32),
        _spans(material, runs, bounds).astype(np.int32),
        level,
        _kinds(level, same, found, slot_type, table),
        np.round(table[:, _SURPRISE], 3),
        np.rint(shares * SHARE_UNIT).astype(np.uint16),
        np.diff(found.aligned_offsets),
        found.aligned.astype(np.int32),
        np.diff(found.offsets),
        found.spans.astype(np.int32),
        slot_type,
    )


@kernel
def _in_order(offsets: I64, runs: I64) -> Bool:
    out = np.ones(len(offsets) - 1, np.bool_)
    for m in range(len(offsets) - 1):
        for k in range(offsets[m] + 1, offsets[m + 1]):
            out[m] &= runs[k, 1] > runs[k - 1, 1]
    return out


def _shares(text: ComparableText, bounds: I64, size: int) -> F64:
    """Resemblance of the shingle sets of both spans of every match, left in right, and right in left."""
    parts = [
        _some_shares(text, bounds[first : first + _BLOCK], size)
        for first in range(0, max(1, len(bounds)), _BLOCK)
    ]
    return np.concatenate(parts)


def _some_shares(text: ComparableText, bounds: I64, size: int) -> F64:
    count = len(bounds)
    both = shingles(text.symbols, text.flags, np.concatenate((bounds[:, :2], bounds[:, 2:])), size)
    sizes = np.diff(both.offsets)
    left, right = sizes[:count], sizes[count:]
    common = _common(both.values, both.offsets, count)
    shares = _ratio(common, left + right - common), _ratio(common, left), _ratio(common, right)
    return np.stack(shares, axis=1)


@kernel
def _common(values: U32, offsets: I64, count: int) -> I64:
    out = np.empty(count, np.int64)
    for k in range(count):
        out[k] = shared(values, offsets, k, k + count)
    return out


def _ratio(part: I64, whole: I64) -> F64:
    shares = np.zeros(len(part), dtype=np.float64)
    np.divide(part, whole, out=shares, where=whole > 0)
    return np.round(shares, 4)


def _levels(text: ComparableText, bounds: I64, strong: Bool) -> U8:
    """`paragraph` where most of one paragraph answers most of one on both sides; `phrase` where nothing is strong."""
    whole = np.ones(len(bounds), dtype=np.bool_)
    for first, last in ((bounds[:, 0], bounds[:, 1]), (bounds[:, 2], bounds[:, 3])):
        of_first = np.searchsorted(text.paragraphs, first, side="right") - 1
        of_last = np.searchsorted(text.paragraphs, last - 1, side="right") - 1
        size = text.paragraphs[of_first + 1] - text.paragraphs[of_first]
        whole &= (of_first == of_last) & (last - first >= WHOLE * size)
    return np.where(strong, np.where(whole, _PARAGRAPH, _PASSAGE), _PHRASE).astype(np.uint8)


def _spans(material: Material, runs: Runs, bounds: I64) -> I64:
    """Both source spans of every match, with the punctuation behind them where it is the same."""
    text = material.text
    columns = (
        text.start[bounds[:, 0]],
        text.end[bounds[:, 1] - 1],
        text.start[bounds[:, 2]],
        text.end[bounds[:, 3] - 1],
    )
    span = np.stack(columns, axis=1).astype(np.int64)
    left, right = runs.left.astype(np.int64), runs.right.astype(np.int64)
    _close(material.codes, material.base, material.ends, left, right, closing_marks(), span)
    return span


@kernel
def _close(codes: U32, base: I64, ends: I64, left: I64, right: I64, closing: U32, span: I64) -> None:
    """Move the ends of both spans behind the marks that close both; `ends` is where each document ends in its source."""
    for m in range(len(span)):
        a, b = left[m], right[m]
        while span[m, 1] < ends[a] and span[m, 3] < ends[b]:
            one, other = codes[base[a] + span[m, 1]], codes[base[b] + span[m, 3]]
            if one >= len(closing) or other >= len(closing):
                break
            if closing[one] == 0 or closing[one] != closing[other]:
                break
            span[m, 1] += 1
            span[m, 3] += 1


def _slot_types(material: Material, found: Differences) -> U8:
    """The type of every slot, a place in `SLOT_TYPES`.

    Fillers are told apart by 64-bit hashes: among ten million, one pair in 400,000 runs is taken for the same.
    """
    owner = np.concatenate((found.left, found.right))
    fillers = np.concatenate((found.words[:, :2], found.words[:, 2:]))
    values = _hashes(material.codes, material.base[owner], fillers)
    distinct, first, place = np.unique(values, return_index=True, return_inverse=True)
    rows = zip(distinct.tolist(), owner[first].tolist(), fillers[first].tolist(), strict=True)
    kind = np.array([_filler_kind(material, *row) for row in rows], dtype=np.uint8)
    left, right = np.split(kind[place], 2)
    return _slot_table()[left, right]


def _filler_kind(material: Material, value: int, document: int, span: Sequence[int]) -> int:
    """What the filler of this hash is, a place in `_FILLERS`; two threads that meet it at once say the same."""
    kind = material.kinds.get(value)
    if kind is None:
        text = material.documents[document].slice(*span)
        kind = material.kinds[value] = _FILLERS.index(filler_kind(text))
    return kind


@lru_cache(maxsize=1)
def _slot_table() -> U8:
    """The slot's type for each pair of fillers: uint8, shape (len(_FILLERS), len(_FILLERS))."""
    return np.array(
        [[SLOT_TYPES.index(slot_type(left, right)) for right in _FILLERS] for left in _FILLERS],
        dtype=np.uint8,
    )


@kernel
def _hashes(codes: U32, base: I64, spans: I64) -> U64:
    out = np.empty(len(spans), np.uint64)
    for k in range(len(spans)):
        value = np.uint64(0xCBF29CE484222325)
        for i in range(base[k] + spans[k, 0], base[k] + spans[k, 1]):
            value = (value ^ np.uint64(codes[i])) * np.uint64(0x100000001B3)
            value ^= value >> np.uint64(29)
        out[k] = value
    return out


def _kinds(level: U8, same: Bool, found: Differences, slot_type: U8, table: F64) -> U8:
    """What was done with the shared words: quoted, used by everybody, filled into, taken as they are, changed."""
    phrase = level == _PHRASE
    marked = np.maximum(table[:, _QUOTED_SHARE], table[:, _TITLED_SHARE])
    quoted = marked >= np.where(phrase, QUOTED_PHRASE, QUOTED)
    sides = np.stack((found.spans[:, 1] - found.spans[:, 0], found.spans[:, 3] - found.spans[:, 2]), axis=1)
    size = sides.max(axis=1, initial=0)
    filled = (sides.min(axis=1, initial=1 << 40) > 0) & ((slot_type != _OTHER) | (size >= FILLER))
    owner = np.repeat(np.arange(len(level)), np.diff(found.offsets))
    all_slots = np.bincount(owner, weights=size, minlength=len(level))
    filled_slots = np.bincount(owner, weights=size * filled, minlength=len(level))
    templated = (filled_slots > 0) & (2 * filled_slots >= all_slots)
    kind = np.select((quoted, phrase, templated, same), (_QUOTED, _COMMONPLACE, _TEMPLATED, _COPIED), _EDITED)
    return kind.astype(np.uint8)
