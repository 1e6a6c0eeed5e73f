"""Stock phrases that documents share: only where they stand and one other document that holds each, in flat
arrays.

They are four of five matches and count for nothing but the figure of phrases, so they are not weighed one
by one like claims of reuse.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reuse.arrays import I64, kernel, ranges
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

    def on(self, document: int, compared: I64) -> I64:
        """For each compared character the row of `runs` that says it belongs to a stock phrase, the first
        by place; -1 where none does."""
        return _first_rows(self.runs, int(self.offsets[document]), int(self.offsets[document + 1]), compared)


@kernel
def _first_rows(runs: I64, first: int, last: int, compared: I64) -> I64:
    found = np.full(len(compared), -1, np.int64)
    for row in range(last - 1, first - 1, -1):
        place = np.searchsorted(compared, runs[row, 0])
        while place < len(compared) and compared[place] < runs[row, 1]:
            found[place] = row
            place += 1
    return found
