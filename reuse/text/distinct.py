"""Equal stretches of symbols, found exactly (compiled): words and paragraphs that stand in many places are worked on once."""

from __future__ import annotations

import numpy as np

from reuse.arrays import I64, U16, U64, kernel

_BLOCK = 256
"""Stretches hashed before the first of them is looked up: look-ups that wait for memory then wait side by side."""
_LOW = np.uint64(0xFFFFFFFF)


@kernel
def distinct(symbols: U16, stretches: I64) -> tuple[I64, I64]:
    """The first stretch with each content, and for each stretch the number of its content.

    `stretches` (int64, shape (n, 2)) are symbol ranges. Contents are numbered in order of first occurrence, so
    `first[number[k]] <= k`. Open addressing with full comparison: equal numbers mean equal symbols. An entry of the table is
    the upper half of a hash and the number + 1, so that other contents are passed over without a look at them.
    """
    size = 16
    while size < 2 * len(stretches) + 2:
        size *= 2
    table = np.zeros(size, np.uint64)
    first = np.empty(len(stretches), np.int64)
    number = np.empty(len(stretches), np.int64)
    hashes = np.empty(_BLOCK, np.uint64)
    count = 0
    for block in range(0, len(stretches), _BLOCK):
        _hash(symbols, stretches[block : block + _BLOCK], hashes)
        for r in range(block, min(block + _BLOCK, len(stretches))):
            value = hashes[r - block]
            place = np.int64(value & np.uint64(size - 1))
            while table[place] != 0:
                if (table[place] ^ value) <= _LOW and _equal(
                    symbols, stretches, r, first[np.int64(table[place] & _LOW) - 1]
                ):
                    break
                place = (place + 1) & (size - 1)
            if table[place] == 0:
                first[count] = r
                count += 1
                table[place] = (value & ~_LOW) | np.uint64(count)
            number[r] = np.int64(table[place] & _LOW) - 1
    return first[:count].copy(), number


@kernel
def _hash(symbols: U16, stretches: I64, hashes: U64) -> None:
    """Write a 64-bit hash of every stretch."""
    for r in range(len(stretches)):
        value = np.uint64(0xCBF29CE484222325)
        for i in range(stretches[r, 0], stretches[r, 1]):
            value = (value ^ np.uint64(symbols[i])) * np.uint64(0x100000001B3)
        hashes[r] = value ^ (value >> np.uint64(29))


@kernel
def _equal(symbols: U16, stretches: I64, one: int, other: int) -> bool:
    a, b = stretches[one, 0], stretches[one, 1]
    c, d = stretches[other, 0], stretches[other, 1]
    if d - c != b - a:
        return False
    for k in range(b - a):
        if symbols[a + k] != symbols[c + k]:
            return False
    return True
