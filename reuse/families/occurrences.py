"""Spans of matches, merged where they are the same place seen from different matches.

Overlap alone is not enough: a clause that ten documents share lies inside a paragraph that two share, and
both are passages of their own. Spans are one occurrence if each holds most of the other.
"""

from __future__ import annotations

import numpy as np

from reuse.arrays import I64, kernel
from reuse.families.rows import distinct_rows
from reuse.sorting import row_order


def occurrences(places: I64, overlap: float) -> tuple[I64, I64]:
    """The occurrences of some places (document, start, end; int64, shape (n, 3)), ascending, in the same form, and for
    each place the number of the one it is part of (int64).

    Two spans of a document are one occurrence if they share at least `overlap` of the longer. Borders seen
    by most matches found occurrences, before longer and earlier ones; an occurrence reaches from the median
    start to the median end of its spans, so that one match that runs on does not stretch it.
    """
    spans, number, seen = distinct_rows(places)
    order = row_order(-seen, spans[:, 1] - spans[:, 2])
    founder = _founders(spans, order, overlap)
    extent = np.stack(
        (
            spans[:, 0],
            _median(spans[:, 1], founder, seen, outer=False)[founder],
            _median(spans[:, 2], founder, seen, outer=True)[founder],
        ),
        axis=1,
    )
    found, of_span, _ = distinct_rows(extent)
    return found, of_span[number]


@kernel
def _founders(spans: I64, order: I64, overlap: float) -> I64:
    """For each span (ascending) the one that founded its occurrence: the founder before it in `order` that shares most
    with it, if that is at least `overlap` of the longer of the two; else itself.

    Only founders that start within a length of the span's start can: that bounds the search.
    """
    founder = np.full(len(spans), -1, np.int64)
    for n in order:
        document, start, end = spans[n, 0], spans[n, 1], spans[n, 2]
        reach = int((end - start) / overlap)
        at = n
        while at > 0 and spans[at - 1, 0] == document and spans[at - 1, 1] >= start - reach:
            at -= 1
        best, most = n, overlap
        while at < len(spans) and spans[at, 0] == document and spans[at, 1] < end:
            if founder[at] == at:
                shared = min(spans[at, 2], end) - max(spans[at, 1], start)
                share = shared / max(end - start, spans[at, 2] - spans[at, 1], 1)
                if share > most or (share == most and best == n):
                    best, most = at, share
            at += 1
        founder[n] = best
    return founder


def _median(values: I64, group: I64, weight: I64, *, outer: bool) -> I64:
    """By group number the median of its values, each counted `weight` times (int64, as long as `values`); of an even
    number the lower, or with `outer` the upper."""
    order = row_order(group, values)
    reached = np.cumsum(weight[order])
    total = np.bincount(group, weights=weight, minlength=len(values)).astype(np.int64)
    before = np.cumsum(total) - total
    middle = before + (total // 2 if outer else (total - 1) // 2)
    place = np.minimum(np.searchsorted(reached, middle, side="right"), max(len(values) - 1, 0))
    return values[order][place]
