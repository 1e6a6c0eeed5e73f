"""From the columns of all blocks to the table of matches in output order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np

from reuse.arrays import I32, I64, U8, kernel, ranges
from reuse.match_table import MatchTable
from reuse.matching.parts import SHARE_UNIT, Part
from reuse.model import Document
from reuse.sorting import grouped, order_of
from reuse.storage import Pile, Storage


class Gathered:
    """The parts of all blocks, column by column: twenty million matches take two gigabytes, and wait in `storage`."""

    def __init__(self, storage: Storage) -> None:
        self._columns = {field.name: Pile(storage) for field in fields(Part)}

    def add(self, part: Part) -> None:
        """One more part. Raises OutputError when there is no room for it."""
        for name, pile in self._columns.items():
            pile.add(getattr(part, name))

    def column(self, name: str) -> Any:
        """A column of all parts, at least one, which is taken out."""
        return self._columns.pop(name).joined()


def assemble(documents: Sequence[Document], parts: Gathered) -> MatchTable:
    """The matches of all parts in output order: by left document, right document, place; ids follow that order.

    Takes the columns one after the other: all matches stand in memory once, and one column twice.
    """
    column = parts.column
    left, right = column("left"), column("right")
    offsets, order = grouped(left.astype(np.int64), len(documents))
    _sort_within(offsets, order, right, column("begins"))
    aligned_offsets, aligned = _ordered(column("aligned_count"), order, column("aligned"))
    slot_counts = column("slot_count")
    slot_type = _ordered(slot_counts, order, column("slot_type")[:, None])[1][:, 0]
    slot_offsets, slots = _ordered(slot_counts, order, column("slots"))
    evidence, resemblance, left_in_right, right_in_left, identity = column("shares")[order].T / SHARE_UNIT
    return MatchTable(
        documents=documents,
        left=left[order],
        right=right[order],
        span=column("span")[order],
        level=column("level")[order],
        kind=column("kind")[order],
        score=column("score")[order],
        evidence=evidence,
        resemblance=resemblance,
        left_in_right=left_in_right,
        right_in_left=right_in_left,
        identity=identity,
        aligned_offsets=aligned_offsets,
        aligned=aligned,
        slot_offsets=slot_offsets,
        slots=slots,
        slot_type=slot_type,
        family=np.full(len(order), -1, dtype=np.int32),
    )


@kernel
def _sort_within(offsets: I64, order: I64, right: I32, begins: I32) -> None:
    """Sort the rows of each left document, in place, by right document, place on the left, place on the right. There are many
    documents, of few rows each: all together take five times as long."""
    for d in range(len(offsets) - 1):
        rows = order[offsets[d] : offsets[d + 1]]
        keys = np.empty(len(rows), np.int64)
        for n in range(len(rows)):
            keys[n] = begins[rows[n], 1]
        rows[:] = rows[order_of(keys)]
        for n in range(len(rows)):
            keys[n] = (np.int64(right[rows[n]]) << 32) | begins[rows[n], 0]
        rows[:] = rows[order_of(keys)]


def _ordered(counts: I64, order: I64, rows: Any) -> tuple[I64, Any]:
    """Rows of which each match has as many as `counts` says, in another order of the matches; and where each match's begin."""
    out = np.empty_like(rows)
    offsets = ranges(counts)
    ordered = ranges(counts[order])
    _move(offsets, ordered, order, rows, out)
    return ordered, out


@kernel
def _move(offsets: I64, ordered: I64, order: I64, rows: I32 | U8, out: I32 | U8) -> None:
    for m in range(len(order)):
        first = offsets[order[m]]
        for k in range(ordered[m + 1] - ordered[m]):
            for i in range(rows.shape[1]):
                out[ordered[m] + k, i] = rows[first + k, i]
