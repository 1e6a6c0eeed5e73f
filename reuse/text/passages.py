"""What is sketched: paragraphs, and overlapping passages of long ones, so that a short text inside a long one can be found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reuse.arrays import I64, U8, kernel
from reuse.text.flags import CLAUSE, WORD

LENGTH = 120
"""Symbols of a passage cut from a longer paragraph: paragraphs of speeches have a median of 90 to 130."""


@dataclass(frozen=True, slots=True)
class Passages:
    """`span` (int64, rows of first and last symbol + 1), `paragraph` (int64): the paragraph each was cut from, ascending."""

    span: I64
    paragraph: I64


def passages(flags: U8, paragraphs: I64, chosen: I64) -> Passages:
    """The passages of the paragraphs with numbers `chosen` (ascending); `paragraphs` are all paragraphs' offsets."""
    span, paragraph = _cut(flags, paragraphs, chosen)
    return Passages(span, paragraph)


@kernel
def _cut(flags: U8, paragraphs: I64, chosen: I64) -> tuple[I64, I64]:
    limit = len(chosen)
    for c in chosen:
        limit += 2 * (paragraphs[c + 1] - paragraphs[c]) // LENGTH + 2
    span = np.empty((limit, 2), np.int64)
    paragraph = np.empty(limit, np.int64)
    n = 0
    for c in chosen:
        first, last = paragraphs[c], paragraphs[c + 1]
        span[n, 0], span[n, 1], paragraph[n] = first, last, c
        n += 1
        if last - first < 2 * LENGTH:
            continue
        at = first
        while at < last:
            end = at + LENGTH
            while end < last and not flags[end] & CLAUSE and end < at + LENGTH + LENGTH // 4:
                end += 1
            if last - end < LENGTH // 4:
                end = last
            span[n, 0], span[n, 1], paragraph[n] = at, end, c
            n += 1
            if end == last:
                break
            step = at + LENGTH // 2
            while step < end and not flags[step] & (CLAUSE | WORD):
                step += 1
            at = step
    return span[:n].copy(), paragraph[:n].copy()
