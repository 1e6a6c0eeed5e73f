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


def assemble(documents: Sequence[Document], parts: list[Part]) -> MatchTable:
    """The matches of all parts, at least one, in output order: by left document, right document, place; ids follow that order.

    Takes the parts out of their list, and their columns one after the other: twenty million matches stand in memory once, and
    one column twice.
    """
    columns = {field.name: [getattr(part, field.name) for part in parts] for field in fields(Part)}
    parts.clear()

    def column(name: str) -> Any:
        return np.concatenate(columns.pop(name))

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
