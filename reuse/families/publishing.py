"""What is left of the frames of drafts, as the columns of families."""

from __future__ import annotations

import numpy as np

from reuse.arrays import I32, I64, U8, kernel
from reuse.families.frames import Frames, fixed_of, texts_of
from reuse.families.levels import FIXED
from reuse.families.parts import Parts, words_otherwise
from reuse.families.sheets import Sheet


@kernel
def published(
    sheet: Sheet, parts: Parts, types: I64, frames: Frames, chosen: I64, member_at: I64, text: I64, place: I64
) -> tuple[I64, I64, I64, U8, I64, I32, I64, I64]:
    """The columns of chosen drafts, but for their matches; draft d has the members `member_at[d]:member_at[d + 1]`: their
    text, and their place."""
    code = sheet.characters.code
    sizes = np.zeros(len(chosen) + 1, np.int64)
    part_at, fixed, fillers = np.zeros(len(chosen) + 1, np.int64), 0, 0
    for n in range(len(chosen)):
        draft = chosen[n]
        members, own = member_at[draft + 1] - member_at[draft], frames.last[draft] - frames.first[draft] + 1
        sizes[n + 1], part_at[n + 1] = sizes[n] + members, part_at[n] + own
        fillers += members * own
        for part in range(frames.first[draft], frames.last[draft] + 1):
            first, last = fixed_of(parts, frames, draft, part)
            fixed += last - first
    member, kind = np.empty((sizes[-1], 3), np.int64), np.full(part_at[-1], 255, np.uint8)
    fixed_at, words = np.zeros(part_at[-1] + 1, np.int64), np.empty(fixed, np.int32)
    filler_at, filler = np.zeros(part_at[-1] + 1, np.int64), np.empty((fillers, 3), np.int64)
    k, size = 0, 0
    for n in range(len(chosen)):
        draft = chosen[n]
        head, a = sheet.text_at[draft], member_at[draft]
        members = member_at[draft + 1] - a
        for m in range(members):
            begun = place[a + m, 1] - sheet.char_at[text[a + m]]
            member[sizes[n] + m, 0] = place[a + m, 0]
            member[sizes[n] + m, 1] = begun + frames.begin[text[a + m]]
            member[sizes[n] + m, 2] = begun + frames.end[text[a + m]]
        for part in range(frames.first[draft], frames.last[draft] + 1):
            first, last = fixed_of(parts, frames, draft, part)
            for c in range(first, last):
                words[fixed_at[k] + c - first] = code[parts.fixed[c]]
            fixed_at[k + 1] = fixed_at[k] + last - first
            low, high = texts_of(sheet, parts, frames, draft, part)
            plain = parts.kind[parts.at[draft] + part] == FIXED
            told = np.ones(len(low), np.bool_)
            if plain:
                for t in range(len(low)):
                    told[t] = words_otherwise(code, low[t], high[t], parts.fixed[first:last])
            else:
                kind[k] = types[parts.at[draft] + part]
            for m in range(members):
                t = text[a + m]
                if told[t - head]:
                    begun = place[a + m, 1] - sheet.char_at[t]
                    filler[size, 0] = place[a + m, 0]
                    filler[size, 1], filler[size, 2] = begun + low[t - head], begun + high[t - head]
                    size += 1
            k += 1
            filler_at[k] = size
    return sizes, member, part_at, kind, fixed_at, words, filler_at, filler[:size].copy()
