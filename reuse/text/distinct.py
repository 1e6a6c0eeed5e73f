"""Equal stretches of symbols, found exactly (compiled): words and paragraphs that stand in many places are worked on once."""

from __future__ import annotations

import numpy as np

from reuse.arrays import I64, U16, kernel


@kernel
def distinct(symbols: U16, stretches: I64) -> tuple[I64, I64]:
    """The first stretch with each content, and for each stretch the number of its content.

    `stretches` (int64, shape (n, 2)) are symbol ranges. Contents are numbered in order of first occurrence, so
    `first[number[k]] <= k`. Open addressing with full comparison: equal numbers mean equal symbols.
    """
    size = 16
    while size < 2 * len(stretches) + 2:
        size *= 2
    table = np.full(size, -1, np.int64)
    first = np.empty(len(stretches), np.int64)
    number = np.empty(len(stretches), np.int64)
    count = 0
    for r in range(len(stretches)):
        a, b = stretches[r, 0], stretches[r, 1]
        value = np.uint64(0xCBF29CE484222325)
        for i in range(a, b):
            value = (value ^ np.uint64(symbols[i])) * np.uint64(0x100000001B3)
        place = np.int64((value ^ (value >> np.uint64(29))) & np.uint64(size - 1))
        while table[place] >= 0:
            c, d = stretches[first[table[place]], 0], stretches[first[table[place]], 1]
            if d - c == b - a:
                k = 0
                while k < b - a and symbols[a + k] == symbols[c + k]:
                    k += 1
                if k == b - a:
                    break
            place = (place + 1) & (size - 1)
        if table[place] < 0:
            table[place] = count
            first[count] = r
            count += 1
        number[r] = table[place]
    return first[:count].copy(), number
