"""Sorting that keeps equal keys as they stand: rows of several columns in numpy, entries by the small number of their group,
and keys of one type inside compiled loops, where numba's own sorts are compiled anew for each type and layout, a second each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from reuse.arrays import I32, I64, kernel, ranges

_BITS = 63
_FEW = 24
"""Keys that insertion puts in order; most of what is sorted has two or three."""


def row_order(*columns: I64 | I32) -> I64:
    """The order of rows by some columns of whole numbers, the first before the second (int64); equal rows as they stand.

    Columns of small numbers are sorted as one, in a third of the time.
    """
    layout = _layout(columns)
    order = np.lexsort(columns[::-1]) if layout is None else np.argsort(layout.packed(columns), kind="stable")
    return order.astype(np.int64, copy=False)


def unique_rows(table: I64) -> I64:
    """The distinct rows of a table (int64, shape (n, k)), ascending."""
    columns = list(table.T)
    layout = _layout(columns)
    if layout is None:
        return np.unique(table, axis=0)
    key = layout.packed(columns)
    key.sort()  # `np.unique` takes ten times as long, by a table of hashes
    return layout.unpacked(key[np.concatenate(([True], key[1:] != key[:-1]))])


class _Layout(NamedTuple):
    """How rows of small whole numbers are one number each, which orders as they do: how many bits each column takes, and the
    least number in it."""

    bits: list[int]
    lows: list[int]

    def packed(self, columns: Sequence[I64 | I32]) -> I64:
        """The numbers of rows (int64), given by their columns."""
        key = columns[0].astype(np.int64) - self.lows[0]
        for column, size, low in zip(columns[1:], self.bits[1:], self.lows[1:], strict=True):
            key <<= size
            key |= column.astype(np.int64) - low
        return key

    def unpacked(self, key: I64) -> I64:
        """The rows of numbers (int64, shape (n, columns))."""
        table = np.empty((len(key), len(self.bits)), dtype=np.int64)
        rest = key
        for place in reversed(range(len(self.bits))):
            size = self.bits[place]
            table[:, place] = (rest & ((1 << size) - 1)) + self.lows[place]
            rest = rest >> size
        return table


def _layout(columns: Sequence[I64 | I32]) -> _Layout | None:
    """How rows are packed into 63 bits; None where these are too few, and of no rows."""
    if not len(columns[0]):
        return None
    lows = [int(column.min()) for column in columns]
    bits = [(int(column.max()) - low).bit_length() for column, low in zip(columns, lows, strict=True)]
    return _Layout(bits, lows) if sum(bits) <= _BITS else None


def grouped(group: I64, groups: int) -> tuple[I64, I64]:
    """The numbers of the entries of each group, ascending: offsets (one longer than `groups`) and the entries (int64)."""
    offsets = ranges(np.bincount(group, minlength=groups))
    return offsets, _dealt_out(group, offsets[:-1].copy())


@kernel
def _dealt_out(group: I64, at: I64) -> I64:
    """The places of entries group by group; the next of group g goes to `at[g]`. In a tenth of the time of sorting them."""
    entries = np.empty(len(group), np.int64)
    for n in range(len(group)):
        entries[at[group[n]]] = n
        at[group[n]] += 1
    return entries


@kernel
def order_of(keys: I64) -> I64:
    """The places of the keys in ascending order, equal ones as they stand: int64."""
    order = np.arange(len(keys))
    for first in range(0, len(keys), _FEW):
        for i in range(first + 1, min(first + _FEW, len(keys))):
            place, k = order[i], i
            while k > first and keys[order[k - 1]] > keys[place]:
                order[k] = order[k - 1]
                k -= 1
            order[k] = place
    other = np.empty_like(order) if len(keys) > _FEW else order
    width = _FEW
    while width < len(keys):
        for first in range(0, len(keys), 2 * width):
            _merge(
                keys, order, other, first, min(first + width, len(keys)), min(first + 2 * width, len(keys))
            )
        order, other = other, order
        width *= 2
    return order


@kernel
def _merge(keys: I64, order: I64, out: I64, first: int, middle: int, last: int) -> None:
    i, j = first, middle
    for k in range(first, last):
        if i < middle and (j >= last or keys[order[i]] <= keys[order[j]]):
            out[k] = order[i]
            i += 1
        else:
            out[k] = order[j]
            j += 1


@kernel
def rows_by(rows: I64, column: int) -> I64:
    """The rows in ascending order of one column, equal ones as they stand."""
    keys = np.empty(len(rows), np.int64)
    for i in range(len(rows)):
        keys[i] = rows[i, column]
    order = order_of(keys)
    out = np.empty_like(rows)
    for i in range(len(rows)):
        for k in range(rows.shape[1]):
            out[i, k] = rows[order[i], k]
    return out
