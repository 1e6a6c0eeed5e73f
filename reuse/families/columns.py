"""Texts laid along one of them and cut into columns: units that most share, and what stands between.

A unit is a character, or a run of letters or digits; space, and stretches that are not compared, belong to
the unit before them. The units of a text joined are the text, so the columns of a text joined are the text
too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from reuse.arrays import I64, Bool
from reuse.families.alignment import align, worth
from reuse.text.alphabet import simplified
from reuse.text.words import tokenize

Units = tuple[str, ...]

_UNIT = re.compile(r"[^\W\d_\u0e00-\U0003ffff]+|\d+|[\s\S]")
_WHOLE = 0.34
"""A word ends where a third of the members end one: jieba joins a character to a filler in some contexts
and not in others."""
_ALIKE = str.maketrans(dict.fromkeys("，,;；、：:。.！!？?", "，") | dict.fromkeys("“”\"'‘’「」『』", "“"))


@dataclass(frozen=True, slots=True)
class Column:
    """What each text has between two borders; `frame` if it is a unit that most of them share."""

    units: list[Units]
    frame: bool


def units_of(text: str, hidden: Sequence[tuple[int, int]] = ()) -> Units:
    """The units of a text; the stretches `hidden` (sorted, disjoint) are not compared."""
    units: list[str] = []
    for found in _UNIT.finditer(text):
        unit = found[0]
        if units and (unit.isspace() or any(a <= found.start() < b for a, b in hidden)):
            units[-1] += unit
        else:
            units.append(unit)
    return tuple(units)


def folded(text: str) -> str:
    """A text as alignment compares it: width, case, traditional forms, space, and which mark ends a clause
    make no difference."""
    return simplified("".join(unicodedata.normalize("NFKC", text.translate(_ALIKE)).casefold().split()))


def columns(texts: Sequence[Units], counts: I64, medoid: int, support: float) -> list[Column]:
    """The columns of some texts along text number `medoid`; text n stands for `counts[n]` members.

    A unit that at least `support` of the members have where the medoid has it is a column of the frame; all
    between two of them is one column.
    """
    laid = _Laid(texts, medoid)
    frame, empty = laid.frame(counts, support)
    cells = [_placed(cell, frame) for cell in laid.cells]
    first = _first_cells(frame, empty)
    shared = (first % 2 == 1) & frame[np.minimum(first // 2, len(frame) - 1)]
    borders = np.array(
        [[*np.searchsorted(cell, first).tolist(), len(cell)] for cell in cells], dtype=np.int64
    )
    heads = np.flatnonzero(~_goes_on(laid, borders, first, shared))
    ends = borders[:, np.append(heads, len(first))].tolist()
    return [
        Column([units[end[n] : end[n + 1]] for units, end in zip(texts, ends, strict=True)], is_frame)
        for n, is_frame in enumerate(shared[heads].tolist())
    ]


def _goes_on(laid: _Laid, borders: I64, first: I64, shared: Bool) -> Bool:
    """Which columns can be told with the one before: frame that all texts word alike, behind frame like that."""
    alike = shared.copy()
    wanted = laid.raw[laid.medoid][np.minimum(first // 2, laid.size - 1)]
    for raw, border in zip(laid.raw, borders, strict=True):
        said = np.append(raw, -1)[border[:-1]]
        alike &= (np.diff(border) == 1) & (said == wanted)
    goes_on = np.zeros(len(alike), dtype=np.bool_)
    goes_on[1:] = alike[1:] & alike[:-1]
    return goes_on


class _Laid:
    """Texts aligned with the medoid: for each the cells of its units, and whether a word starts at each
    unit and at its end."""

    def __init__(self, texts: Sequence[Units], medoid: int) -> None:
        written: dict[str, int] = {}
        self.raw = [
            np.array([written.setdefault(unit, len(written)) for unit in units], dtype=np.int64)
            for units in texts
        ]
        vocabulary: dict[str, int] = {}
        fold = np.array(
            [vocabulary.setdefault(_folded_unit(unit), len(vocabulary)) for unit in written], dtype=np.int64
        )
        numbers = [fold[raw] for raw in self.raw]
        gain = np.array([worth(unit) for unit in vocabulary], dtype=np.float64)
        self.medoid = medoid
        self.size = len(texts[medoid])
        self.cells = [align(numbers[medoid], units, gain) for units in numbers]
        self.opens = [_word_starts(units) for units in texts]

    def frame(self, counts: I64, support: float) -> tuple[Bool, Bool]:
        """Which units of the medoid are frame, and behind which of them but the last most members have
        nothing of their own."""
        held, opened, closed, inserted = (np.zeros(self.size + 1) for _ in range(4))
        for cell, opens, count in zip(self.cells, self.opens, counts.tolist(), strict=True):
            on = cell % 2 == 1
            held[cell[on] // 2] += count
            opened[cell[on] // 2] += count * opens[:-1][on]
            closed[cell[on] // 2] += count * opens[1:][on]
            inserted[np.unique(cell[~on]) // 2] += count
        total = int(counts.sum())
        frame = _whole_words(held[:-1] >= support * total, opened >= _WHOLE * held, closed >= _WHOLE * held)
        return frame, inserted[1:-1] <= (1 - support) * total


def _word_starts(units: Units) -> Bool:
    """Whether one of jieba's words starts at each unit; true at the end. What is not compared does not cut
    a word."""
    heads = [_UNIT.match(unit)[0] for unit in units]  # type: ignore[index]
    shown = [
        head if len(head) == len(unit) or not head.isascii() else head + " "
        for head, unit in zip(heads, units, strict=True)
    ]
    starts = {start for start, _ in tokenize("".join(shown))}
    ends = np.cumsum([0, *map(len, shown)]).tolist()
    return np.array([end in starts for end in ends[:-1]] + [True], dtype=np.bool_)


@lru_cache(maxsize=65_536)
def _folded_unit(unit: str) -> str:
    return folded(unit)


def _whole_words(frame: Bool, opens: Bool, closes: Bool) -> Bool:
    """Frame without the pieces of words that reach into a slot: 市 and 县 before a shared 委 are fillers with
    it."""
    frame = frame.copy()
    for place in range(1, len(frame)):
        if frame[place] and not frame[place - 1] and not opens[place]:
            frame[place] = False
    for place in range(len(frame) - 2, -1, -1):
        if frame[place] and not frame[place + 1] and not closes[place]:
            frame[place] = False
    return frame


def _placed(cells: I64, frame: Bool) -> I64:
    """Cells of a text with its unaligned stretches shared out: as many units to frame at either end as that
    has, the rest to the slot between. A word changed beside a slot does not take the filler with it."""
    placed = cells.copy()
    aligned = np.flatnonzero(cells % 2 == 1)
    heads = np.concatenate(([-1], aligned))
    tails = np.append(aligned, len(cells))
    apart = tails - heads > 1
    for head, tail in zip(heads[apart].tolist(), tails[apart].tolist(), strict=True):
        top = int(cells[head]) // 2 + 1 if head >= 0 else 0
        bottom = int(cells[tail]) // 2 if tail < len(cells) else len(frame)
        between = np.flatnonzero(~frame[top:bottom])
        if len(between):
            placed[head + 1 : tail] = _shared_out(tail - head - 1, top, bottom, between)
    return placed


def _shared_out(count: int, top: int, bottom: int, between: I64) -> I64:
    """Cells for `count` units beside the medoid's units `[top, bottom)`, of which `between` (from `top`)
    are no frame."""
    before, after = int(between[0]), bottom - top - 1 - int(between[-1])
    if count <= before + after:
        before = after = 0
    cells = np.full(count, 2 * (top + int(between[0])) + 1, dtype=np.int64)
    cells[:before] = 2 * (top + np.arange(before)) + 1
    cells[count - after :] = 2 * (bottom - after + np.arange(after)) + 1
    return cells


def _first_cells(frame: Bool, empty: Bool) -> I64:
    """The first cell of each column: a unit of the frame is one, with the gap after it where that is empty
    in most members and frame goes on behind it; all between is one column."""
    loose = np.ones(2 * len(frame) + 1, dtype=np.bool_)
    loose[1::2] = ~frame
    loose[2:-1:2] = ~(empty & frame[:-1] & frame[1:])
    starts = np.zeros(len(loose), dtype=np.bool_)
    starts[1::2] = frame
    starts[0] = True
    starts[1:] |= loose[1:] & ~loose[:-1]
    return np.flatnonzero(starts)
