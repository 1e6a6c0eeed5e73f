"""Which texts hold enough of the frame of their draft."""

from __future__ import annotations

import numpy as np

from reuse.arrays import I64, Bool, kernel
from reuse.families.frames import Frames, fixed_of, texts_of
from reuse.families.parts import Parts, words_otherwise
from reuse.families.sheets import Sheet


@kernel
def hold_enough(sheet: Sheet, parts: Parts, frames: Frames, chosen: I64, least: float) -> Bool:
    """Which texts of chosen drafts hold `least` of their frame, by pairs of letters and in any order: sentences may
    have changed places; false for other texts."""
    letter_at, letter = sheet.characters.letter_at, sheet.characters.letter
    held = np.zeros(len(sheet.weight), np.bool_)
    for draft in chosen:
        a, b = sheet.text_at[draft], sheet.text_at[draft + 1]
        room = 0
        for part in range(frames.first[draft], frames.last[draft] + 1):
            first, last = fixed_of(parts, frames, draft, part)
            for n in range(first, last):
                room += letter_at[parts.fixed[n] + 1] - letter_at[parts.fixed[n]]
        size = 16
        while size < 2 * room:
            size *= 2
        table, seen = np.full(size, -1, np.int64), np.full(size, -1, np.int64)
        pairs, most = 0, np.zeros(b - a, np.int64)
        for part in range(frames.first[draft], frames.last[draft] + 1):
            first, last = fixed_of(parts, frames, draft, part)
            before, own = np.int64(-1), 0
            for n in range(first, last):
                for k in range(letter_at[parts.fixed[n]], letter_at[parts.fixed[n] + 1]):
                    if before >= 0:
                        key = (before << 21) | letter[k]
                        place = _place(table, key)
                        pairs += table[place] < 0
                        own += 1
                        table[place] = key
                    before = np.int64(letter[k])
            if own:
                low, high = texts_of(sheet, parts, frames, draft, part)
                for n in range(b - a):
                    if words_otherwise(sheet.characters.code, low[n], high[n], parts.fixed[first:last]):
                        most[n] += own
        for n in range(b - a):
            # The frame but for the parts that a text words otherwise is in it, whatever else it holds.
            if most[n] == 0 or pairs - most[n] >= least * pairs + 1:
                held[a + n] = pairs > 0
                continue
            shared, before = 0, np.int64(-1)
            for k in range(letter_at[frames.begin[a + n]], letter_at[frames.end[a + n]]):
                if before >= 0:
                    place = _place(table, (before << 21) | letter[k])
                    shared += table[place] >= 0 and seen[place] != n
                    seen[place] = n
                before = np.int64(letter[k])
            held[a + n] = pairs > 0 and shared / pairs >= least
    return held


@kernel
def _place(table: I64, key: int) -> int:
    """Where a key stands in a table of keys (its length a power of two, -1 where none is), or would."""
    place = ((key * 0x9E3779B1) >> 15) & (len(table) - 1)
    while table[place] >= 0 and table[place] != key:
        place = (place + 1) & (len(table) - 1)
    return place
