"""Stock phrases that documents share: only where they stand and one other document that holds each, in flat
arrays.

They are four of five matches and count for nothing but the figure of phrases, so they are not weighed one
by one like claims of reuse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reuse.arrays import I64, ranges
from reuse.model import Match


@dataclass(frozen=True, slots=True)
class StockPhrases:
    """The equal runs of stock phrases on both sides of their matches.

    `offsets` (int64, one longer than the documents) into `runs` (int64, shape (n, 5)): start and end here,
    start and end in the other document, and the number of the match.
    """

    offsets: I64
    runs: I64

    @classmethod
    def of(cls, documents: int, matches: Sequence[Match], numbers: Mapping[str, int]) -> StockPhrases:
        """The runs of all matches of level `phrase`."""
        rows = [
            row
            for n, match in enumerate(matches)
            if match.level == "phrase"
            for a, b, c, d in match.aligned
            for row in (
                (numbers[match.left.document], a, b, c, d, n),
                (numbers[match.right.document], c, d, a, b, n),
            )
        ]
        table = np.array(rows, dtype=np.int64).reshape(-1, 6)
        table = table[np.lexsort((table[:, 5], table[:, 1], table[:, 0]))]
        return cls(ranges(np.bincount(table[:, 0], minlength=documents)), table[:, 1:].copy())

    def on(self, document: int, compared: I64) -> I64:
        """For each compared character the row of `runs` that says it belongs to a stock phrase, the first
        by place; -1 where none does."""
        first, last = int(self.offsets[document]), int(self.offsets[document + 1])
        held = np.searchsorted(compared, self.runs[first:last, :2])
        sizes = held[:, 1] - held[:, 0]
        row = np.repeat(np.arange(first, last), sizes)
        place = np.repeat(held[:, 0] - (np.cumsum(sizes) - sizes), sizes) + np.arange(len(row))
        found = np.full(len(compared), -1, dtype=np.int64)
        found[place[::-1]] = row[::-1]
        return found
