"""Texts laid along one of them and cut into columns: units that most share, and what stands between."""

from __future__ import annotations

import numpy as np

from reuse.arrays import I64, Bool, kernel

_WHOLE = 0.34
"""A word ends where a third of the members end one: jieba joins a character to a filler in some contexts
and not in others."""


@kernel
def columns(
    offsets: I64, raw: I64, starts: Bool, cells: I64, counts: I64, medoid: int, support: float, whole: bool
) -> tuple[Bool, Bool, I64]:
    """The columns of texts laid along text number `medoid` (`cells`, as from `alignment`): which are units that most of
    them share, which of these all word alike, and for each text (a row) the unit at which each column begins, and its end.

    A unit that at least `support` of the members have where the medoid has it is a column of the frame, with those
    behind it that the same texts word otherwise; all between two of them is one column. Text n has the units
    `raw[offsets[n]:offsets[n + 1]]` and stands for `counts[n]` members; `starts` (whether a word starts at each unit) has one
    entry a text more than units: text n's begin at `offsets[n] + n`. `whole` says that texts of other units differ.
    """
    size = offsets[medoid + 1] - offsets[medoid]
    frame, empty = _frame(offsets, cells, starts, counts, size, support)
    first = _first_cells(frame, empty)
    borders = _borders(offsets, _placed(offsets, cells, frame), first)
    shared, wanted = np.zeros(len(first), np.bool_), np.empty(len(first), np.int64)
    for column in range(len(first)):
        place = min(first[column] // 2, size - 1)
        shared[column] = first[column] % 2 == 1 and frame[place]
        wanted[column] = raw[offsets[medoid] + place]
    alike = _alike(offsets, raw, borders, shared, wanted)
    on = alike & np.append(np.zeros(1, np.bool_), alike[:-1])
    if whole:
        on |= _going_on(offsets, raw, borders, shared, wanted, counts)
    heads = np.flatnonzero(~on)
    units = np.empty((len(borders), len(heads) + 1), np.int64)
    for text in range(len(borders)):
        for n in range(len(heads) + 1):
            units[text, n] = borders[text, heads[n] if n < len(heads) else len(first)]
    return shared[heads], alike[heads], units


@kernel
def _frame(
    offsets: I64, cells: I64, starts: Bool, counts: I64, size: int, support: float
) -> tuple[Bool, Bool]:
    """Which units of the medoid are frame, and behind which of them but the last most members have nothing of their own."""
    held, opened, closed, inserted = _votes(offsets, cells, starts, counts, size)
    total = counts.sum()
    frame = _whole_words(held >= support * total, opened >= _WHOLE * held, closed >= _WHOLE * held)
    return frame, inserted[1:-1] <= (1 - support) * total


@kernel
def _votes(offsets: I64, cells: I64, starts: Bool, counts: I64, size: int) -> tuple[I64, I64, I64, I64]:
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
                opened[place] += counts[text] * starts[n + text]
                closed[place] += counts[text] * starts[n + text + 1]
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
def _alike(offsets: I64, raw: I64, borders: I64, shared: Bool, wanted: I64) -> Bool:
    """Which columns are frame that all texts word alike, as the medoid does (`wanted`); side by side they are told as one."""
    alike = shared.copy()
    for column in range(len(alike)):
        for text in range(len(borders)):
            begin = borders[text, column]
            one = borders[text, column + 1] - begin == 1
            alike[column] &= one and raw[offsets[text] + begin] == wanted[column]
    return alike


@kernel
def _going_on(offsets: I64, raw: I64, borders: I64, shared: Bool, wanted: I64, counts: I64) -> Bool:
    """Which columns of the frame go on with the one before: most members word both as the medoid does (`wanted`), and the
    same texts do not. `template` would join them, one by one: of 112,000 columns of a multiplied news corpus 88,000.

    The first of several stays alone, for a piece of frame before it may be empty and be joined to it whatever the others
    say; so do columns which together a text words as the medoid does, though neither alone.
    """
    on, total = np.zeros(len(shared), np.bool_), counts.sum()
    others, before = np.zeros(len(borders), np.bool_), np.zeros(len(borders), np.bool_)
    agreed, head = 0, 0
    for column in range(len(shared)):
        alike = 0
        for text in range(len(borders) if shared[column] else 0):
            begin = borders[text, column]
            one = borders[text, column + 1] - begin == 1
            others[text] = not (one and raw[offsets[text] + begin] == wanted[column])
            alike += 0 if others[text] else counts[text]
        agreed = agreed + 1 if 2 * alike > total else 0
        on[column] = agreed > 2 and (others == before).all()
        for text in range(len(borders) if on[column] else 0):
            if others[text] and _reads(offsets[text], raw, borders[text], head, column + 1, wanted):
                on[column] = False
        if not on[column]:
            head = column
        before[:] = others
    return on


@kernel
def _reads(start: int, raw: I64, border: I64, first: int, last: int, wanted: I64) -> bool:
    """Whether the units of a text, which begins at `start`, in the columns `[first, last)` are those wanted."""
    if border[last] - border[first] != last - first:
        return False
    for n in range(last - first):
        if raw[start + border[first] + n] != wanted[first + n]:
            return False
    return True


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


@kernel
def _first_cells(frame: Bool, empty: Bool) -> I64:
    """The first cell of each column: a unit of the frame is one, with the gap after it where that is empty
    in most members and frame goes on behind it; all between is one column."""
    starts = np.zeros(2 * len(frame) + 1, np.bool_)
    starts[0] = True
    loose = True
    for cell in range(1, len(starts)):
        place = cell // 2
        if cell % 2 == 1:
            starts[cell] = frame[place] or not loose
            loose = not frame[place]
        else:
            closed = place < len(frame) and empty[place - 1] and frame[place - 1] and frame[place]
            starts[cell] = not closed and not loose
            loose = not closed
    return np.flatnonzero(starts)
