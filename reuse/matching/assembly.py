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
    order = np.lexsort((_packed(*column("begins").T), _packed(left, right)))
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


def _packed(high: I32, low: I32) -> I64:
    """Two numbers that are not negative in one, which sorts as they do: two keys are sorted in half the time of four."""
    return (high.astype(np.int64) << 32) | low


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
