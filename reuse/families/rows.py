"""Rows of whole numbers: which are equal, and keys by which places are looked up."""

from __future__ import annotations

import numpy as np

from reuse.arrays import I32, I64, ranges
from reuse.sorting import row_order


def place_keys(documents: I64 | I32, positions: I64) -> I64:
    """One number (int64) for a document number and a position in it, ascending as the two are."""
    keys: I64 = (documents.astype(np.int64) << 32) | positions
    return keys


def distinct_rows(table: I64) -> tuple[I64, I64, I64]:
    """The distinct rows of a table (int64, shape (n, k)), ascending; for each row its number among them; how often
    each stands there."""
    if not len(table):
        return table, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    order = row_order(*table.T)
    ordered = table[order]
    heads = np.concatenate(([True], (ordered[1:] != ordered[:-1]).any(axis=1)))
    distinct = ordered[heads]
    del ordered  # of the spans of a million paragraphs half a gigabyte
    number = np.empty(len(table), dtype=np.int64)
    number[order] = np.cumsum(heads) - 1
    return distinct, number, np.bincount(number)


def spread(offsets: I64, chosen: I64) -> tuple[I64, I64]:
    """The entries of some ranges: offsets of what was chosen, and the entries' places (int64), range by range."""
    begin = offsets[chosen]
    sizes = offsets[chosen + 1] - begin
    found = ranges(sizes)
    return found, np.repeat(begin - found[:-1], sizes) + np.arange(found[-1])
