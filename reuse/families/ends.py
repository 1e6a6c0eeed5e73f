"""Where a template begins and ends: where frame outweighs what is loose, and at the border of a clause."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from reuse.arrays import I64, U8, kernel
from reuse.families.characters import EDGE, LETTER, MARK, SPACE
from reuse.families.frames import Frames, fixed_of, set_first, set_last, texts_of
from reuse.families.levels import FIXED
from reuse.families.parts import Parts, words_otherwise
from reuse.families.sheets import Sheet, Texts
from reuse.families.wordings import word_starts
from reuse.match_table import SLOT_TYPES

_FRAGMENT = 14
"""Letters of frame that a piece of a clause has at most to be left outside, and no more than a third of the frame. Of thirty
families read, eleven templates began or ended with such a piece: 守住…风险的底线。引导金融机构."""
_NEVER_FIRST = frozenset("了的地得着过等")
_NEVER_LAST = frozenset("的地得和与及同或对在是把将向以为从于")
_LEFT = 8
"""Letters of frame that remain at least: a passage, not a phrase."""
_SHORT_END = 12
"""Letters that a slot at an end of a template has at most, on average."""
_OTHER = SLOT_TYPES.index("other")


class Free(NamedTuple):
    """How many members of each draft begin at the beginning of a sentence, and of a clause; end at the end of one, and of
    the other; and how many there are."""

    opens: I64
    opens_clause: I64
    closes: I64
    closes_clause: I64
    members: I64


@kernel
def letters_to(told: U8) -> I64:
    """How many letters and digits stand before each character, and in all."""
    found = np.zeros(len(told) + 1, np.int64)
    for n in range(len(told)):
        found[n + 1] = found[n] + (1 if told[n] & LETTER else 0)
    return found


@kernel
def trim(
    sheet: Sheet, parts: Parts, types: I64, frames: Frames, chosen: I64, free: Free, support: float
) -> None:
    """Leave loose ends out of chosen frames, and pieces of clauses that most members do not begin or end with."""
    told = sheet.characters.told
    letters, of_fixed = letters_to(told), letters_to(told[parts.fixed])
    for draft in chosen:
        first, last = _frame_ends(sheet, parts, types, draft, letters, of_fixed)
        size = parts.at[draft + 1] - parts.at[draft]
        enough = support * free.members[draft]
        if free.opens[draft] >= enough and _is_short(sheet, parts, draft, 0, first, letters, of_fixed):
            first = 0
        if free.closes[draft] >= enough and _is_short(sheet, parts, draft, last + 1, size, letters, of_fixed):
            last = size - 1
        set_first(sheet, parts, frames, draft, first)
        set_last(sheet, parts, frames, draft, last)
        if free.opens_clause[draft] < enough or _has_letters(parts, draft, 0, first, of_fixed):
            _leave_opening(sheet, parts, frames, draft, of_fixed)
        if free.closes_clause[draft] < enough or _has_letters(parts, draft, last + 1, size, of_fixed):
            _leave_closing(sheet, parts, frames, draft, of_fixed)


@kernel
def _frame_ends(
    sheet: Sheet, parts: Parts, types: I64, draft: int, letters: I64, of_fixed: I64
) -> tuple[int, int]:
    """The first and the last part of the template proper: where frame outweighs what is loose between.

    As in local alignment: the stretch whose characters of frame, less half of those that members put into
    slots of no type, are most. Ends that most members do not share fall away, and scraps of frame beyond
    them. A slot with a type at an end stays.
    """
    size = parts.at[draft + 1] - parts.at[draft]
    worth = np.zeros(size)
    for part in range(size):
        k = parts.at[draft] + part
        if parts.kind[k] == FIXED:
            worth[part] = of_fixed[parts.last[k]] - of_fixed[parts.first[k]]
        elif types[k] == _OTHER:
            held, members = _held_letters(sheet, parts, draft, part, letters)
            worth[part] = -0.5 * max(0.5, held / members)
    best, first, last = 0.0, 0, size - 1
    total, start = 0.0, 0
    for part in range(size):
        if total <= 0:
            total, start = 0.0, part
        total += worth[part]
        if total > best:
            best, first, last = total, start, part
    while first > 0 and worth[first - 1] == 0:
        first -= 1
    while last + 1 < size and worth[last + 1] == 0:
        last += 1
    return first, last


@kernel
def _held_letters(sheet: Sheet, parts: Parts, draft: int, part: int, letters: I64) -> tuple[int, int]:
    """How many letters all members have in a part, and how many members there are."""
    a, b = sheet.text_at[draft], sheet.text_at[draft + 1]
    row = parts.row[draft] + part * (b - a)
    held, members = 0, 0
    for n in range(b - a):
        count = sheet.weight[a + n]
        held += count * (letters[parts.border[row + b - a + n]] - letters[parts.border[row + n]])
        members += count
    return held, members


@kernel
def _has_letters(parts: Parts, draft: int, first: int, last: int, of_fixed: I64) -> bool:
    """Whether frame among some parts has letters."""
    for k in range(parts.at[draft] + first, parts.at[draft] + last):
        if parts.kind[k] == FIXED and of_fixed[parts.last[k]] > of_fixed[parts.first[k]]:
            return True
    return False


@kernel
def _is_short(
    sheet: Sheet, parts: Parts, draft: int, first: int, last: int, letters: I64, of_fixed: I64
) -> bool:
    """Whether a loose end is a slot all the same: a short one with nothing but marks."""
    loose, slots = -1, 0
    for part in range(first, last):
        if parts.kind[parts.at[draft] + part] != FIXED:
            loose, slots = part, slots + 1
    if slots != 1 or _has_letters(parts, draft, first, last, of_fixed):
        return False
    held, members = _held_letters(sheet, parts, draft, loose, letters)
    return 0 < held <= _SHORT_END * members


@kernel
def _leave_opening(sheet: Sheet, parts: Parts, frames: Frames, draft: int, of_fixed: I64) -> None:
    """Leave out what stands before the first mark of the frame, where that is a fragment."""
    told = sheet.characters.told
    before = 0
    for part in range(frames.first[draft], frames.last[draft] + 1):
        low, high = fixed_of(parts, frames, draft, part)
        at = low
        while at < high and not told[parts.fixed[at]] & MARK:
            at += 1
        if at == high:
            before += of_fixed[high] - of_fixed[low]
            continue
        rest = of_fixed[high] - of_fixed[at + 1]
        for other in range(part + 1, frames.last[draft] + 1):
            first, last = fixed_of(parts, frames, draft, other)
            rest += of_fixed[last] - of_fixed[first]
        if _is_fragment(before + of_fixed[at + 1] - of_fixed[low], rest):
            _cut_head(sheet, parts, frames, draft, part, at + 1)
        return


@kernel
def _leave_closing(sheet: Sheet, parts: Parts, frames: Frames, draft: int, of_fixed: I64) -> None:
    """Leave out what stands behind the last mark of the frame, where that is a fragment."""
    told = sheet.characters.told
    behind = 0
    for part in range(frames.last[draft], frames.first[draft] - 1, -1):
        low, high = fixed_of(parts, frames, draft, part)
        at = high
        while at > low and not told[parts.fixed[at - 1]] & MARK:
            at -= 1
        if at == low:
            behind += of_fixed[high] - of_fixed[low]
            continue
        rest = of_fixed[at] - of_fixed[low]
        for other in range(frames.first[draft], part):
            first, last = fixed_of(parts, frames, draft, other)
            rest += of_fixed[last] - of_fixed[first]
        if _is_fragment(behind + of_fixed[high] - of_fixed[at], rest):
            _cut_tail(sheet, parts, frames, draft, part, at)
        return


@kernel
def _is_fragment(size: int, rest: int) -> bool:
    return size <= _FRAGMENT and 2 * size <= rest and rest >= _LEFT


@kernel
def _cut_head(sheet: Sheet, parts: Parts, frames: Frames, draft: int, part: int, place: int) -> None:
    """Begin a frame in a fixed part, at `place` of `parts.fixed`; a text that words it otherwise behind its own first mark,
    if it has one, else where the part begins."""
    first, last = fixed_of(parts, frames, draft, part)
    low, high = texts_of(sheet, parts, frames, draft, part)
    begin = low.copy()
    for n in range(len(low)):
        if not words_otherwise(sheet.characters.code, low[n], high[n], parts.fixed[first:last]):
            begin[n] += place - first
            continue
        at = low[n]
        while at < high[n] and not sheet.characters.told[at] & MARK:
            at += 1
        begin[n] = at + 1 if at < high[n] else low[n]
    frames.begin[sheet.text_at[draft] : sheet.text_at[draft + 1]] = begin
    frames.first[draft], frames.head[draft] = part, place


@kernel
def _cut_tail(sheet: Sheet, parts: Parts, frames: Frames, draft: int, part: int, place: int) -> None:
    """End a frame in a fixed part, at `place` of `parts.fixed`; a text that words it otherwise behind its own last mark, if it
    has one, else where the part ends."""
    first, last = fixed_of(parts, frames, draft, part)
    low, high = texts_of(sheet, parts, frames, draft, part)
    end = high.copy()
    for n in range(len(low)):
        if not words_otherwise(sheet.characters.code, low[n], high[n], parts.fixed[first:last]):
            end[n] = low[n] + place - first
            continue
        at = high[n]
        while at > low[n] and not sheet.characters.told[at - 1] & MARK:
            at -= 1
        end[n] = at if at > low[n] else high[n]
    frames.end[sheet.text_at[draft] : sheet.text_at[draft + 1]] = end
    frames.last[draft], frames.tail[draft] = part, place


def leave_particles(texts: Texts, parts: Parts, frames: Frames, chosen: I64) -> None:
    """Leave out what a chosen frame cannot begin with, and what it cannot end with: words that hang on what is outside."""
    opening = parts.kind[parts.at[chosen] + frames.first[chosen]] == FIXED
    closing = parts.kind[parts.at[chosen] + frames.last[chosen]] == FIXED
    for draft in chosen[opening].tolist():
        first = _hanging(
            _fixed(texts, parts, frames, draft, int(frames.first[draft])), _NEVER_FIRST, last=False
        )
        if first:
            _cut_equal(texts.sheet, parts, frames, draft, first, True)
    for draft in chosen[closing].tolist():
        fixed = _fixed(texts, parts, frames, draft, int(frames.last[draft]))
        last = _hanging(fixed, _NEVER_LAST, last=True)
        if last:
            _cut_equal(texts.sheet, parts, frames, draft, len(fixed) - last, False)


def _fixed(texts: Texts, parts: Parts, frames: Frames, draft: int, part: int) -> str:
    first, last = fixed_of(parts, frames, draft, part)
    return "".join([texts.text[n] for n in parts.fixed[first:last].tolist()])


def _hanging(text: str, words: frozenset[str], *, last: bool) -> int:
    """The length of the word at an end of a text if it is one of some words of one character, else 0."""
    if text[-1 if last else 0 :][:1] not in words:
        return 0
    starts = np.flatnonzero(word_starts(text))
    if len(starts) < 3:
        return 0
    start, end = (starts[-2:] if last else starts[:2]).tolist()
    return end - start if text[start:end] in words else 0


@kernel
def _cut_equal(sheet: Sheet, parts: Parts, frames: Frames, draft: int, place: int, opening: bool) -> None:
    """Begin or end a frame after `place` characters of its first or last part; a text that words it otherwise goes with the
    longer piece."""
    part = frames.first[draft] if opening else frames.last[draft]
    first, last = fixed_of(parts, frames, draft, part)
    low, high = texts_of(sheet, parts, frames, draft, part)
    cut = low.copy()
    for n in range(len(low)):
        if not words_otherwise(sheet.characters.code, low[n], high[n], parts.fixed[first:last]):
            cut[n] += place
        elif 2 * place > last - first:
            cut[n] = high[n]
    a, b = sheet.text_at[draft], sheet.text_at[draft + 1]
    if opening:
        frames.begin[a:b], frames.head[draft] = cut, first + place
    else:
        frames.end[a:b], frames.tail[draft] = cut, first + place


@kernel
def strip(sheet: Sheet, parts: Parts, frames: Frames, chosen: I64) -> None:
    """Leave out space and marks at the beginnings of chosen frames, and space at their ends: a sentence keeps its full
    stop."""
    told = sheet.characters.told
    for draft in chosen:
        a, b = sheet.text_at[draft], sheet.text_at[draft + 1]
        _, high = texts_of(sheet, parts, frames, draft, frames.first[draft])
        for n in range(b - a):
            while frames.begin[a + n] < high[n] and told[frames.begin[a + n]] & EDGE:
                frames.begin[a + n] += 1
        first, last = fixed_of(parts, frames, draft, frames.first[draft])
        while first < last and told[parts.fixed[first]] & EDGE:
            first += 1
        frames.head[draft] = first
        low, _ = texts_of(sheet, parts, frames, draft, frames.last[draft])
        for n in range(b - a):
            while frames.end[a + n] > low[n] and told[frames.end[a + n] - 1] & SPACE:
                frames.end[a + n] -= 1
        first, last = fixed_of(parts, frames, draft, frames.last[draft])
        while last > first and told[parts.fixed[last - 1]] & SPACE:
            last -= 1
        frames.tail[draft] = last
