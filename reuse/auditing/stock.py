"""Stock phrases that documents share: only where they stand and one other document that holds each.

They are four of five matches and count for nothing but the figure of phrases, so they are not weighed one
by one like claims of reuse.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reuse.arrays import I32, I64, kernel, ranges
from reuse.auditing.blocks import Block
from reuse.families.rows import spread
from reuse.match_table import MatchTable
from reuse.sorting import row_order


@dataclass(frozen=True, slots=True)
class StockPhrases:
    """The matches of stock phrases, by the document on either side.

    `left_offsets` (int64, one longer than the documents) into `left` (int32): the matches whose left side each document is, in
    order; `right_offsets` and `right` the same of the other side. Their runs are spread out for some documents at a time: those
    of the eight million phrases of a million paragraphs are a gigabyte.
    """

    matches: MatchTable
    left_offsets: I64
    left: I32
    right_offsets: I64
    right: I32

    @classmethod
    def of(cls, matches: MatchTable) -> StockPhrases:
        """All matches of level `phrase`."""
        rows = np.flatnonzero(~matches.reported).astype(np.int32)
        return cls(
            matches, *_by_document(matches, matches.left, rows), *_by_document(matches, matches.right, rows)
        )

    def on(self, block: Block) -> StockRuns:
        """The runs on some documents, and which of them each of the characters belongs to."""
        sides = (self.left_offsets, self.left, 0), (self.right_offsets, self.right, 2)
        table = np.concatenate([self._runs(block, *side) for side in sides])
        table = table[row_order(table[:, 0], table[:, 1], table[:, 5])]
        ranges = block.places(table[:, 0], table[:, 1:3])
        return StockRuns(table[:, 1:], _first_rows(ranges, len(block.keys)))

    def _runs(self, block: Block, offsets: I64, chosen: I32, side: int) -> I64:
        """The runs of one side (its columns from `side` on) of the matches of some documents: the document, start and end here,
        start and end in the other document, the match, the other document (int64, shape (n, 7))."""
        matches = self.matches
        first, last = offsets[[block.first, block.last]].tolist()
        rows = chosen[first:last].astype(np.int64)
        found, entries = spread(matches.aligned_offsets, rows)
        row = np.repeat(rows, np.diff(found))
        runs = matches.aligned[entries]
        here, there = (matches.left, matches.right) if side == 0 else (matches.right, matches.left)
        return np.column_stack((here[row], np.roll(runs, -side, axis=1), row, there[row]))


@dataclass(frozen=True, slots=True)
class StockRuns:
    """The runs of stock phrases on some documents.

    `runs` (int64, shape (n, 6)): start and end here, start and end in the other document, the number of the match, the number
    of the other document. `held` (int64): for each compared character the row that says it belongs to a stock phrase, the first
    by place; -1 where none does.
    """

    runs: I64
    held: I64


def _by_document(matches: MatchTable, of: I32, rows: I32) -> tuple[I64, I32]:
    """The matches in `rows` by the document that `of` names: offsets and matches."""
    owner = of[rows]
    return ranges(np.bincount(owner, minlength=len(matches.documents))), rows[
        np.argsort(owner, kind="stable")
    ]


@kernel
def _first_rows(ranges: I64, size: int) -> I64:
    found = np.full(size, -1, np.int64)
    for row in range(len(ranges) - 1, -1, -1):
        found[ranges[row, 0] : ranges[row, 1]] = row
    return found
