"""Stock phrases that documents share: only where they stand and one other document that holds each, in flat
arrays.

They are four of five matches and count for nothing but the figure of phrases, so they are not weighed one
by one like claims of reuse.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reuse.arrays import I64, kernel, ranges
from reuse.auditing.blocks import Block
from reuse.families.rows import spread
from reuse.match_table import MatchTable


@dataclass(frozen=True, slots=True)
class StockPhrases:
    """The equal runs of stock phrases on both sides of their matches.

    `offsets` (int64, one longer than the documents) into `runs` (int64, shape (n, 6)): start and end here,
    start and end in the other document, the number of the match, the number of the other document.
    """

    offsets: I64
    runs: I64

    @classmethod
    def of(cls, matches: MatchTable) -> StockPhrases:
        """The runs of all matches of level `phrase`."""
        rows = np.flatnonzero(~matches.reported)
        found, entries = spread(matches.aligned_offsets, rows)
        row = np.repeat(rows, np.diff(found))
        left, right, runs = matches.left[row], matches.right[row], matches.aligned[entries]
        table = np.concatenate(
            (
                np.column_stack((left, runs, row, right)),
                np.column_stack((right, runs[:, [2, 3, 0, 1]], row, left)),
            )
        )
        table = table[np.lexsort((table[:, 5], table[:, 1], table[:, 0]))]
        counts = np.bincount(table[:, 0], minlength=len(matches.documents))
        return cls(ranges(counts), table[:, 1:].copy())

    def on(self, block: Block) -> I64:
        """For each compared character of some documents the row of `runs` that says it belongs to a stock phrase, the first
        by place; -1 where none does."""
        first, last = self.offsets[[block.first, block.last]].tolist()
        owner = np.repeat(block.numbers, np.diff(self.offsets[block.first : block.last + 1]))
        return _first_rows(first, block.places(owner, self.runs[first:last, :2]), len(block.keys))


@kernel
def _first_rows(first: int, ranges: I64, size: int) -> I64:
    found = np.full(size, -1, np.int64)
    for row in range(len(ranges) - 1, -1, -1):
        found[ranges[row, 0] : ranges[row, 1]] = first + row
    return found
