"""Texts laid along one of them and cut into columns: units that most share, and what stands between.

A unit is a character, a run of letters, or a number with its decimals; space, and stretches that are not compared, belong to
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

from reuse.arrays import I64, Bool, kernel, ranges
from reuse.families.alignment import align, worth
from reuse.text.alphabet import simplified
from reuse.text.words import tokenize

Units = tuple[str, ...]

_UNIT = re.compile(r"[^\W\d_\u0e00-\U0003ffff]+|\d+(?:[.．]\d+)*|[\s\S]")
_SPACE = re.compile(r"\s")
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
    if not hidden and not _SPACE.search(text):
        return tuple(_UNIT.findall(text))
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
    return "".join(map(_folded_character, text))


@lru_cache(maxsize=65_536)
def _folded_character(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character.translate(_ALIKE)).casefold()
    return simplified("".join(plain.split()))


def columns(texts: Sequence[Units], counts: I64, medoid: int, support: float) -> list[Column]:
    """The columns of some texts along text number `medoid`; text n stands for `counts[n]` members.

    A unit that at least `support` of the members have where the medoid has it is a column of the frame; all
    between two of them is one column.
    """
    laid = _Laid.of(texts, medoid)
    frame, empty = laid.frame(counts, support)
    cells = _placed(laid.offsets, laid.cells, frame)
    first = _first_cells(frame, empty)
    shared = (first % 2 == 1) & frame[np.minimum(first // 2, len(frame) - 1)]
    borders = _borders(laid.offsets, cells, first)
    wanted = laid.raw[laid.offsets[medoid] + np.minimum(first // 2, laid.size - 1)]
    heads = np.flatnonzero(~_goes_on(laid.offsets, laid.raw, borders, shared, wanted))
    ends = borders[:, np.append(heads, len(first))].tolist()
    return [
        Column([units[end[n] : end[n + 1]] for units, end in zip(texts, ends, strict=True)], is_frame)
        for n, is_frame in enumerate(shared[heads].tolist())
    ]


@dataclass(frozen=True, slots=True)
class _Laid:
    """Texts aligned with the medoid, one after the other by `offsets` (int64): the number of each unit as written (`raw`,
    int64), its cell (`cells`, int64), and whether a word starts at it (`opens`) or behind it (`closes`; bool)."""

    medoid: int
    size: int
    offsets: I64
    raw: I64
    cells: I64
    opens: Bool
    closes: Bool

    @classmethod
    def of(cls, texts: Sequence[Units], medoid: int) -> _Laid:
        written: dict[str, int] = {}
        raw = [[written.setdefault(unit, len(written)) for unit in units] for units in texts]
        vocabulary: dict[str, int] = {}
        fold = np.array([vocabulary.setdefault(_folded_unit(unit), len(vocabulary)) for unit in written])
        gain = np.array([worth(unit) for unit in vocabulary], dtype=np.float64)
        offsets = ranges(np.array([len(units) for units in texts], dtype=np.int64))
        flat = np.array([number for numbers in raw for number in numbers], dtype=np.int64)
        numbers = np.split(fold.astype(np.int64)[flat], offsets[1:-1])
        cells = np.concatenate([align(numbers[medoid], units, gain) for units in numbers])
        starts = [_word_starts(units) for units in texts]
        return cls(
            medoid,
            len(texts[medoid]),
            offsets,
            flat,
            cells,
            np.concatenate([each[:-1] for each in starts]),
            np.concatenate([each[1:] for each in starts]),
        )

    def frame(self, counts: I64, support: float) -> tuple[Bool, Bool]:
        """Which units of the medoid are frame, and behind which of them but the last most members have
        nothing of their own."""
        votes = _votes(self.offsets, self.cells, self.opens, self.closes, counts, self.size)
        held, opened, closed, inserted = votes
        total = int(counts.sum())
        frame = _whole_words(held >= support * total, opened >= _WHOLE * held, closed >= _WHOLE * held)
        return frame, inserted[1:-1] <= (1 - support) * total


@kernel
def _votes(
    offsets: I64, cells: I64, opens: Bool, closes: Bool, counts: I64, size: int
) -> tuple[I64, I64, I64, I64]:
    """For each unit of the medoid how many members have it, and begin or end a word there; for each gap how many have
    something in it."""
    held, opened, closed = np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros(size, np.int64)
    inserted = np.zeros(size + 1, np.int64)
    for text in range(len(offsets) - 1):
        before = -1
        for n in range(offsets[text], offsets[text + 1]):
            place = cells[n] // 2
            if cells[n] % 2 == 1:
                held[place] += counts[text]
                opened[place] += counts[text] * opens[n]
                closed[place] += counts[text] * closes[n]
            elif cells[n] != before:
                inserted[place] += counts[text]
            before = cells[n]
    return held, opened, closed, inserted


@kernel
def _borders(offsets: I64, cells: I64, first: I64) -> I64:
    """For each text (a row) the unit at which each column begins, and its end."""
    borders = np.empty((len(offsets) - 1, len(first) + 1), np.int64)
    for text in range(len(offsets) - 1):
        at = offsets[text]
        for column in range(len(first)):
            while at < offsets[text + 1] and cells[at] < first[column]:
                at += 1
            borders[text, column] = at - offsets[text]
        borders[text, len(first)] = offsets[text + 1] - offsets[text]
    return borders


@kernel
def _goes_on(offsets: I64, raw: I64, borders: I64, shared: Bool, wanted: I64) -> Bool:
    """Which columns can be told with the one before: frame that all texts word alike, behind frame like that."""
    alike = shared.copy()
    for column in range(len(alike)):
        for text in range(len(borders)):
            begin = borders[text, column]
            one = borders[text, column + 1] - begin == 1
            alike[column] &= one and raw[offsets[text] + begin] == wanted[column]
    goes_on = np.zeros(len(alike), np.bool_)
    for column in range(1, len(alike)):
        goes_on[column] = alike[column] and alike[column - 1]
    return goes_on


def _word_starts(units: Units) -> Bool:
    """Whether one of jieba's words starts at each unit; true at the end. What is not compared does not cut
    a word."""
    shown = [unit if len(unit) == 1 else _shown(unit) for unit in units]
    ends = ranges(np.array([len(text) for text in shown], dtype=np.int64))
    starts = np.zeros(int(ends[-1]) + 1, dtype=np.bool_)
    starts[[start for start, _ in tokenize("".join(shown))]] = True
    starts[-1] = True
    return starts[ends]


@lru_cache(maxsize=65_536)
def _shown(unit: str) -> str:
    """A unit without what is not compared behind it; letters keep a space, so that they join no other word."""
    head: str = _UNIT.match(unit)[0]  # type: ignore[index]
    return head if len(head) == len(unit) or not head.isascii() else head + " "


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


@kernel
def _placed(offsets: I64, cells: I64, frame: Bool) -> I64:
    """Cells of texts with their unaligned stretches shared out: as many units to frame at either end as that
    has, the rest to the slot between. A word changed beside a slot does not take the filler with it."""
    placed = cells.copy()
    for text in range(len(offsets) - 1):
        at = offsets[text]
        while at < offsets[text + 1]:
            tail = at
            while tail < offsets[text + 1] and cells[tail] % 2 == 0:
                tail += 1
            if tail > at:
                top = cells[at - 1] // 2 + 1 if at > offsets[text] else 0
                bottom = cells[tail] // 2 if tail < offsets[text + 1] else len(frame)
                _share_out(placed[at:tail], top, bottom, frame)
            at = tail + 1
    return placed


@kernel
def _share_out(cells: I64, top: int, bottom: int, frame: Bool) -> None:
    """Set the cells of units that stand beside the medoid's units `[top, bottom)`, where some of these are no frame."""
    first, last = top, bottom - 1
    while first < bottom and frame[first]:
        first += 1
    if first == bottom:
        return
    while frame[last]:
        last -= 1
    before, after = first - top, bottom - 1 - last
    if len(cells) <= before + after:
        before, after = 0, 0
    for n in range(len(cells)):
        if n < before:
            cells[n] = 2 * (top + n) + 1
        elif n >= len(cells) - after:
            cells[n] = 2 * (bottom - len(cells) + n) + 1
        else:
            cells[n] = 2 * first + 1


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
