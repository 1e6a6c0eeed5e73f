"""What is left of the parts of drafts when their loose ends are left out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from reuse.arrays import I64, kernel
from reuse.families.levels import FIXED
from reuse.families.parts import Parts
from reuse.families.sheets import Sheet


class Frames(NamedTuple):
    """What is left of the templates of drafts: the parts `first[d]` to `last[d]` of each, counted from its own first. The
    first begins, and the last ends, in text t at character `begin[t]` and `end[t]`; in their fixed text, where they are
    fixed, at `head[d]` and `tail[d]`."""

    first: I64
    last: I64
    begin: I64
    end: I64
    head: I64
    tail: I64


@kernel
def whole_frames(sheet: Sheet, parts: Parts) -> Frames:
    """Nothing left out."""
    frames = Frames(
        np.zeros(len(parts.at) - 1, np.int64),
        np.zeros(len(parts.at) - 1, np.int64),
        sheet.char_at[:-1].copy(),
        sheet.char_at[1:].copy(),
        np.zeros(len(parts.at) - 1, np.int64),
        np.zeros(len(parts.at) - 1, np.int64),
    )
    for draft in range(len(parts.at) - 1):
        set_first(sheet, parts, frames, draft, 0)
        set_last(sheet, parts, frames, draft, parts.at[draft + 1] - parts.at[draft] - 1)
    return frames


@kernel
def set_first(sheet: Sheet, parts: Parts, frames: Frames, draft: int, part: int) -> None:
    """Begin a frame with a part."""
    a, b = sheet.text_at[draft], sheet.text_at[draft + 1]
    row = parts.row[draft] + part * (b - a)
    frames.first[draft], frames.head[draft] = part, parts.first[parts.at[draft] + part]
    frames.begin[a:b] = parts.border[row : row + b - a]


@kernel
def set_last(sheet: Sheet, parts: Parts, frames: Frames, draft: int, part: int) -> None:
    """End a frame with a part."""
    a, b = sheet.text_at[draft], sheet.text_at[draft + 1]
    row = parts.row[draft] + (part + 1) * (b - a)
    frames.last[draft], frames.tail[draft] = part, parts.last[parts.at[draft] + part]
    frames.end[a:b] = parts.border[row : row + b - a]


@kernel
def fixed_of(parts: Parts, frames: Frames, draft: int, part: int) -> tuple[int, int]:
    """The range of `parts.fixed` that is the fixed text of a part of a frame; an empty one for a slot."""
    k = parts.at[draft] + part
    if parts.kind[k] != FIXED:
        return 0, 0
    first = frames.head[draft] if part == frames.first[draft] else parts.first[k]
    return first, frames.tail[draft] if part == frames.last[draft] else parts.last[k]


@kernel
def texts_of(sheet: Sheet, parts: Parts, frames: Frames, draft: int, part: int) -> tuple[I64, I64]:
    """Where a part of a frame begins and ends in each text of its draft."""
    a, b = sheet.text_at[draft], sheet.text_at[draft + 1]
    row = parts.row[draft] + part * (b - a)
    low, high = parts.border[row : row + b - a], parts.border[row + b - a : row + 2 * (b - a)]
    return (
        frames.begin[a:b] if part == frames.first[draft] else low,
        frames.end[a:b] if part == frames.last[draft] else high,
    )
