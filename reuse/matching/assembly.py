"""From arrays to a table of matches: source spans, equal runs, slots, kind and level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reuse.arrays import F64, I64, U8, U32, Bool, kernel
from reuse.match_table import KINDS, LEVELS, SLOT_TYPES, MatchTable
from reuse.matching.differences import Differences, closing_marks, differences
from reuse.matching.signs import NAMES
from reuse.matching.spans import Runs
from reuse.model import Document
from reuse.text.comparable import ComparableText, code_points
from reuse.text.shingles import shared, shingles
from reuse.text.slots import filler_type

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
_SURPRISE = NAMES.index("surprise")
_QUOTED_SHARE, _TITLED_SHARE = NAMES.index("quoted"), NAMES.index("titled")


def assemble(
    documents: Sequence[Document],
    text: ComparableText,
    runs: Runs,
    signs: F64,
    evidence: F64,
    strong: Bool,
    shingle_size: int,
) -> MatchTable:
    """The matches in output order: by left document, right document, place; ids follow that order.

    `signs`, `evidence` (float64) and `strong` (bool: reuse, not a phrase) have one row a match of `runs`.
    """
    bounds = runs.bounds()
    order = np.lexsort((bounds[:, 2], bounds[:, 0], runs.right, runs.left))
    runs, bounds, signs = runs.take(order), bounds[order], signs[order]
    evidence, strong = evidence[order], strong[order]
    codes, offsets = code_points(documents)
    base = offsets[:-1] - np.array([document.start for document in documents], dtype=np.int64)
    found = differences(text, codes, base, runs, strong)
    slot_type = _slot_types(documents, found)
    sizes = _Sizes.of(runs, bounds)
    level = _levels(text, bounds, strong)
    resemblance, left_in_right, right_in_left = _containments(text, bounds, shingle_size)
    return MatchTable(
        documents=documents,
        left=runs.left,
        right=runs.right,
        span=_spans(text, codes, base, offsets[1:] - base, runs, bounds),
        level=level,
        kind=_kinds(level, sizes.same(), found, slot_type, signs),
        score=np.round(signs[:, _SURPRISE], 3),
        evidence=np.round(evidence, 4),
        resemblance=resemblance,
        left_in_right=left_in_right,
        right_in_left=right_in_left,
        identity=np.minimum(1.0, _ratio(sizes.equal, np.minimum(sizes.left, sizes.right))),
        aligned_offsets=found.aligned_offsets,
        aligned=found.aligned,
        slot_offsets=found.offsets,
        slots=found.spans,
        slot_type=slot_type,
        family=np.full(len(runs), -1, dtype=np.int32),
    )


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Symbols of every match (int64): equal ones, and those its two sides span; and whether both sides keep one order."""

    equal: I64
    left: I64
    right: I64
    in_order: Bool

    @classmethod
    def of(cls, runs: Runs, bounds: I64) -> _Sizes:
        return cls(
            runs.equal(),
            bounds[:, 1] - bounds[:, 0],
            bounds[:, 3] - bounds[:, 2],
            _in_order(runs.offsets, runs.runs),
        )

    def same(self) -> Bool:
        """Which are the same words on both sides."""
        alike: Bool = self.equal >= SAME_WORDS * np.maximum(self.left, self.right)
        return alike & self.in_order


@kernel
def _in_order(offsets: I64, runs: I64) -> Bool:
    out = np.ones(len(offsets) - 1, np.bool_)
    for m in range(len(offsets) - 1):
        for k in range(offsets[m] + 1, offsets[m + 1]):
            out[m] &= runs[k, 1] > runs[k - 1, 1]
    return out


def _containments(text: ComparableText, bounds: I64, size: int) -> tuple[F64, F64, F64]:
    """Resemblance of the shingle sets of both spans of every match, left in right, and right in left."""
    parts = [
        _shares(text, bounds[first : first + _BLOCK], size) for first in range(0, max(len(bounds), 1), _BLOCK)
    ]
    resemblance, left_in_right, right_in_left = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    return resemblance, left_in_right, right_in_left


_BLOCK = 100_000
"""Matches whose shingle sets stand in memory at once."""


def _shares(text: ComparableText, bounds: I64, size: int) -> tuple[F64, F64, F64]:
    count = len(bounds)
    both = shingles(text.symbols, text.flags, np.concatenate((bounds[:, :2], bounds[:, 2:])), size)
    sizes = np.diff(both.offsets)
    left, right = sizes[:count], sizes[count:]
    common = _common(both.values, both.offsets, count)
    return _ratio(common, left + right - common), _ratio(common, left), _ratio(common, right)


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


def _spans(text: ComparableText, codes: U32, base: I64, ends: I64, runs: Runs, bounds: I64) -> I64:
    """Both source spans of every match, with the punctuation behind them where it is the same."""
    span = np.stack(
        (
            text.start[bounds[:, 0]],
            text.end[bounds[:, 1] - 1],
            text.start[bounds[:, 2]],
            text.end[bounds[:, 3] - 1],
        ),
        axis=1,
    ).astype(np.int64)
    _close(codes, base, ends, runs.left.astype(np.int64), runs.right.astype(np.int64), closing_marks(), span)
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


def _slot_types(documents: Sequence[Document], found: Differences) -> U8:
    """The type of every slot, a place in `SLOT_TYPES`: each distinct pair of words is looked at once."""
    known: dict[tuple[str, str], int] = {}
    types = np.empty(len(found.spans), dtype=np.uint8)
    rows = zip(found.left.tolist(), found.right.tolist(), found.words.tolist(), strict=True)
    for n, (left, right, (a, b, c, d)) in enumerate(rows):
        words = documents[left].slice(a, b), documents[right].slice(c, d)
        if words not in known:
            known[words] = SLOT_TYPES.index(filler_type(*words))
        types[n] = known[words]
    return types


def _kinds(level: U8, same: Bool, found: Differences, slot_type: U8, signs: F64) -> U8:
    """What was done with the shared words: quoted, used by everybody, filled into, taken as they are, changed."""
    phrase = level == _PHRASE
    marked = np.maximum(signs[:, _QUOTED_SHARE], signs[:, _TITLED_SHARE])
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
