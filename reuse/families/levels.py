"""The parts of texts level by level: what texts do not share is laid along the one of them most like the others there, and cut
again.

The medoid has slips of its own, and a neighbouring slip hides a short piece of frame; the next level finds it. A level
of all drafts of a sheet is one call, for the words of its stretches are cut together.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from reuse.arrays import I32, I64, U8, Bool, kernel, ranges
from reuse.families.alignment import align, laid
from reuse.families.characters import Characters, numbered, same_slices
from reuse.families.columns import columns
from reuse.families.sheets import Sheet, Texts
from reuse.families.typical import most_common, most_typical
from reuse.families.wordings import Vocabulary

FIXED, SLOT, UNDECIDED, DEEPER = 0, 1, 2, 3
"""Kinds of parts: frame, no frame, two members who word it differently, and what the next level cuts."""
_LEVELS = 4
_SHORT = 4
"""Units below which a stretch hides no piece of frame worth looking for."""


class Level(NamedTuple):
    """Stretches of texts to be cut, task by task: task p, of draft `draft[p]`, has the stretches `at[p]:at[p + 1]`, and
    `medoid[p]` is the typical one. Stretch n is the units `first[n]:last[n]` of text `text[n]`; `weight[n]` members have it.

    `of[of_at[p]:of_at[p + 1]]` are the numbers of the stretches in task p that the stretches of the task it comes from are.
    """

    draft: I64
    at: I64
    medoid: I64
    text: I64
    first: I64
    last: I64
    weight: I64
    of_at: I64
    of: I64


class Cut(NamedTuple):
    """The parts of a level: task p has `at[p]:at[p + 1]`.

    Part k is of `kind[k]`; the characters `first[k]:last[k]` are its fixed text; it begins in stretch n of its task at unit
    `border[border_at[k] + n]`, counted from the beginning of the stretch, and is told by those stretches that are their own
    `same[border_at[k] + n]`: the first that has what n has there, or n itself where all of them tell it.
    """

    at: I64
    kind: U8
    first: I64
    last: I64
    border_at: I64
    border: I64
    same: I64


def levels(texts: Texts, support: float, vocabulary: Vocabulary) -> list[tuple[Level, Cut]]:
    """The parts of every draft of more than one text, the first level first; the tasks of that are these drafts, in
    order."""
    sheet = texts.sheet
    found: list[tuple[Level, Cut]] = []
    level = _first(sheet)
    while len(level.draft):
        starts = _word_starts(texts, level, vocabulary)
        offsets = ranges(level.last - level.first)
        cells = _cells(sheet, level, offsets)
        at, shared, alike, border_at, border = _columns(sheet, level, starts, offsets, cells, support)
        kind, first, last, same = _judged_all(
            sheet, level, at, shared, alike, border_at, border, support, len(found) + 1 < _LEVELS
        )
        cut = Cut(at, kind, first, last, border_at, border, same)
        found.append((level, cut))
        level = _next(sheet, level, cut)
    return found


def _first(sheet: Sheet) -> Level:
    """Whole texts, of the drafts that have several."""
    several = np.flatnonzero(np.diff(sheet.text_at) > 1)
    sizes = np.diff(sheet.text_at)[several]
    at = ranges(sizes)
    text = np.repeat(sheet.text_at[several] - at[:-1], sizes) + np.arange(at[-1])
    return Level(
        several,
        at,
        sheet.medoid[several] - sheet.text_at[several] + at[:-1],
        text,
        sheet.unit_at[text],
        sheet.unit_at[text + 1],
        sheet.weight[text],
        at,
        text - np.repeat(sheet.text_at[several], sizes),
    )


def _word_starts(texts: Texts, level: Level, vocabulary: Vocabulary) -> Bool:
    heads = texts.sheet.unit_at[level.text]
    stretches = zip(
        level.text.tolist(), (level.first - heads).tolist(), (level.last - heads).tolist(), strict=True
    )
    return vocabulary.word_starts([texts.wordings[text].part(first, last) for text, first, last in stretches])


def _cells(sheet: Sheet, level: Level, offsets: I64) -> I64:
    """For each unit of each stretch the cell of the task's medoid it belongs to, as from `alignment.align`."""
    cells, left = _laid(sheet, level, offsets)
    task = np.searchsorted(level.at, np.flatnonzero(left), side="right") - 1
    for stretch, medoid, draft in zip(
        np.flatnonzero(left).tolist(), level.medoid[task].tolist(), level.draft[task].tolist(), strict=True
    ):
        one, other = (sheet.fold[level.first[n] : level.last[n]].astype(np.int64) for n in (medoid, stretch))
        gain = sheet.gain[sheet.gain_at[draft] : sheet.gain_at[draft + 1]]
        cells[offsets[stretch] : offsets[stretch + 1]] = align(one, other, gain)
    return cells


@kernel
def _laid(sheet: Sheet, level: Level, offsets: I64) -> tuple[I64, Bool]:
    """The same but for stretches whose table is too large, and which these are."""
    cells = np.empty(offsets[-1], np.int64)
    left = np.zeros(len(level.text), np.bool_)
    for task in range(len(level.draft)):
        first, last = level.at[task], level.at[task + 1]
        units = _gathered(sheet.fold, level, first, last, offsets)
        gain = sheet.gain[sheet.gain_at[level.draft[task]] : sheet.gain_at[level.draft[task] + 1]]
        own, large = laid(units, offsets[first : last + 1] - offsets[first], level.medoid[task] - first, gain)
        cells[offsets[first] : offsets[last]] = own
        left[first:last] = large
    return cells, left


@kernel
def _gathered(values: I32, level: Level, first: int, last: int, offsets: I64) -> I64:
    """What the units of some stretches have among values of all units."""
    found = np.empty(offsets[last] - offsets[first], np.int64)
    at = 0
    for n in range(first, last):
        for unit in range(level.first[n], level.last[n]):
            found[at] = values[unit]
            at += 1
    return found


@kernel
def _columns(
    sheet: Sheet, level: Level, starts: Bool, offsets: I64, cells: I64, support: float
) -> tuple[I64, Bool, Bool, I64, I64]:
    """The columns of each task that are not empty: which tasks have which, whether each is frame, and worded alike by all,
    and where it begins in each stretch (`border_at`, `border` as in `Cut`)."""
    room, size = 0, 0
    for task in range(len(level.draft)):
        medoid = level.medoid[task]
        room += 2 * (level.last[medoid] - level.first[medoid]) + 1
    at, border_at = np.zeros(len(level.draft) + 1, np.int64), np.zeros(room + 1, np.int64)
    shared, alike, border = np.empty(room, np.bool_), np.empty(room, np.bool_), np.empty(1024, np.int64)
    for task in range(len(level.draft)):
        a, b = level.at[task], level.at[task + 1]
        frame, equal, units = columns(
            offsets[a : b + 1] - offsets[a],
            _gathered(sheet.raw, level, a, b, offsets),
            starts[offsets[a] + a : offsets[b] + b],
            cells[offsets[a] : offsets[b]],
            level.weight[a:b],
            level.medoid[task] - a,
            support,
            _are_whole(sheet, level, a, b),
        )
        for column in range(len(frame)):
            if not frame[column] and _is_empty(units, column):
                continue
            shared[size], alike[size] = frame[column], equal[column]
            border_at[size + 1] = border_at[size] + b - a
            border = _room_for(border, border_at[size + 1])
            for n in range(b - a):
                border[border_at[size] + n] = units[n, column]
            size += 1
        at[task + 1] = size
    return at, shared[:size], alike[:size], border_at[: size + 1], border[: border_at[size]]


@kernel
def _are_whole(sheet: Sheet, level: Level, first: int, last: int) -> bool:
    """Whether all of the texts of some stretches is compared."""
    for n in range(first, last):
        if not sheet.whole[level.text[n]]:
            return False
    return True


@kernel
def _is_empty(units: I64, column: int) -> bool:
    """Whether no text has a unit in a column."""
    for n in range(len(units)):
        if units[n, column] != units[n, column + 1]:
            return False
    return True


@kernel
def _heads(same: I64) -> tuple[I64, I64]:
    """Those of some stretches that are the first of several equal ones, and for each stretch the number of its first among
    them."""
    heads, number, size = np.empty_like(same), np.empty_like(same), 0
    for n in range(len(same)):
        if same[n] == n:
            heads[size], number[n] = n, size
            size += 1
        else:
            number[n] = number[same[n]]
    return heads[:size], number


@kernel
def _longest(begin: I64, end: I64) -> int:
    """How many units the longest of some stretches has."""
    most = 0
    for n in range(len(begin)):
        most = max(most, end[n] - begin[n])
    return most


@kernel
def _room_for(values: I64, size: int) -> I64:
    """The same values with room for `size` of them."""
    if size <= len(values):
        return values
    larger = np.empty(2 * size, np.int64)
    larger[: len(values)] = values
    return larger


@kernel
def _stretches(level: Level, at: I64, border_at: I64, border: I64, task: int, part: int) -> tuple[I64, I64]:
    """Where a part of a task begins and ends in each of its stretches, in units."""
    a, b = level.at[task], level.at[task + 1]
    begin, end = np.empty(b - a, np.int64), np.empty(b - a, np.int64)
    for n in range(b - a):
        begin[n], end[n] = level.first[a + n] + border[border_at[part] + n], level.last[a + n]
        if part + 1 < at[task + 1]:
            end[n] = level.first[a + n] + border[border_at[part + 1] + n]
    return begin, end


@kernel
def _judged_all(
    sheet: Sheet,
    level: Level,
    at: I64,
    shared: Bool,
    alike: Bool,
    border_at: I64,
    border: I64,
    support: float,
    further: bool,
) -> tuple[U8, I64, I64, I64]:
    """Kind, fixed text and tellers of every column (as in `Cut`); with `further` false there is no next level."""
    kind = np.empty(len(shared), np.uint8)
    first, last = np.empty(len(shared), np.int64), np.empty(len(shared), np.int64)
    same = np.empty(len(border), np.int64)
    for task in range(len(level.draft)):
        a, b = level.at[task], level.at[task + 1]
        weight, medoid = level.weight[a:b], level.medoid[task] - a
        for part in range(at[task], at[task + 1]):
            begin, end = _stretches(level, at, border_at, border, task, part)
            low, high = sheet.begin[begin], sheet.begin[end]
            own, winner = np.arange(b - a), 0
            kind[part] = FIXED
            if shared[part] and not alike[part]:
                winner = _worded(sheet.characters, low, high, weight, medoid)
            elif not shared[part]:
                deeper = further and at[task + 1] - at[task] > 1
                kind[part], winner, own = _between(sheet, begin, end, weight, medoid, support, deeper)
            first[part], last[part] = low[winner], high[winner]
            same[border_at[part] : border_at[part + 1]] = own
    return kind, first, last, same


@kernel
def _between(
    sheet: Sheet, begin: I64, end: I64, weight: I64, medoid: int, support: float, deeper: bool
) -> tuple[int, int, I64]:
    """What a column between two of the frame is: its kind, the stretch that has its fixed text, and who tells it."""
    low, high = sheet.begin[begin], sheet.begin[end]
    all_tell = np.arange(len(begin))
    if not deeper or _longest(begin, end) < _SHORT:
        kind, winner = _judged(sheet.characters, low, high, weight, medoid, support)
        return kind, winner, all_tell
    same = numbered(sheet.raw, begin, end)
    heads, _ = _heads(same)
    if len(heads) < 3:
        kind, winner = _judged(sheet.characters, low, high, weight, medoid, support)
        return kind, winner, all_tell
    used = _weight_of(same, weight)[heads]
    if most_common(sheet.fold, begin[heads], end[heads], used) >= support * used.sum():
        return DEEPER, 0, same
    kind, winner = _judged(sheet.characters, low[heads], high[heads], used, 0, support)
    return kind, heads[winner], same


@kernel
def _weight_of(same: I64, weight: I64) -> I64:
    """How many members have what the first of several equal stretches has; 0 for the others."""
    found = np.zeros(len(same), np.int64)
    for n in range(len(same)):
        found[same[n]] += weight[n]
    return found


@kernel
def _next(sheet: Sheet, level: Level, cut: Cut) -> Level:
    """The next level: the stretches of every part that is to be cut again, each once."""
    tasks, stretches, mapped = 0, 0, 0
    for part in range(len(cut.kind)):
        if cut.kind[part] == DEEPER:
            own = cut.same[cut.border_at[part] : cut.border_at[part + 1]]
            tasks += 1
            stretches += len(_heads(own)[0])
            mapped += len(own)
    draft, medoid = np.empty(tasks, np.int64), np.empty(tasks, np.int64)
    at, of_at = np.zeros(tasks + 1, np.int64), np.zeros(tasks + 1, np.int64)
    text, weight = np.empty(stretches, np.int64), np.empty(stretches, np.int64)
    first, last, of = np.empty(stretches, np.int64), np.empty(stretches, np.int64), np.empty(mapped, np.int64)
    n = 0
    for task in range(len(level.draft)):
        for part in range(cut.at[task], cut.at[task + 1]):
            if cut.kind[part] != DEEPER:
                continue
            a, b = level.at[task], level.at[task + 1]
            own = cut.same[cut.border_at[part] : cut.border_at[part + 1]]
            heads, number = _heads(own)
            begin, end = _stretches(level, cut.at, cut.border_at, cut.border, task, part)
            weights = _weight_of(own, level.weight[a:b])
            at[n + 1], of_at[n + 1] = at[n] + len(heads), of_at[n] + len(own)
            draft[n] = level.draft[task]
            for k in range(len(heads)):
                head = heads[k]
                text[at[n] + k], weight[at[n] + k] = level.text[a + head], weights[head]
                first[at[n] + k], last[at[n] + k] = begin[head], end[head]
            for k in range(len(own)):
                of[of_at[n] + k] = number[k]
            low, high = at[n], at[n + 1]
            medoid[n] = at[n] + most_typical(sheet.raw, first[low:high], last[low:high], weight[low:high])
            n += 1
    return Level(draft, at, medoid, text, first, last, weight, of_at, of)


@kernel
def _worded(characters: Characters, low: I64, high: I64, weight: I64, typical: int) -> int:
    """The stretch with the wording that most members use of those that fold like stretch number `typical`; the first of
    equals, the typical one before all."""
    same = numbered(characters.code, low, high)
    used = _weight_of(same, weight)
    said = int(same[typical])
    best = said
    if 2 * used[said] > weight.sum():
        return best
    for n in range(len(low)):
        if (
            same[n] == n
            and used[n] > used[best]
            and same_slices(
                characters.fold,
                characters.fold_at[low[n]],
                characters.fold_at[high[n]],
                characters.fold_at[low[said]],
                characters.fold_at[high[said]],
            )
        ):
            best = n
    return best


@kernel
def _judged(
    characters: Characters, low: I64, high: I64, weight: I64, medoid: int, support: float
) -> tuple[int, int]:
    """A slot; but frame where enough members say the same after all. Of two members a differing word may be no filler: then
    all such words are those of the medoid, so that they fit one another. The kind, and the stretch with the fixed text."""
    said = _weight_of(numbered(characters.fold, characters.fold_at[low], characters.fold_at[high]), weight)
    winner, total = int(np.argmax(said)), weight.sum()
    if said[winner] >= support * total:
        return FIXED, _worded(characters, low, high, weight, winner)
    return (UNDECIDED, medoid) if total == 2 else (SLOT, 0)
