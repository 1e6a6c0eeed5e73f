"""Spans of matches, merged where they are the same place seen from different matches.

Overlap alone is not enough: a clause that ten documents share lies inside a paragraph that two share, and
both are passages of their own. Spans are one occurrence if each holds most of the other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from reuse.families.equality import Place

Spans = list[tuple[int, int]]


def occurrences(places: Iterable[Place], overlap: float) -> dict[Place, Place]:
    """For each place the occurrence it is part of.

    Two spans of a document are one occurrence if they share at least `overlap` of the longer. Borders seen
    by most matches found occurrences, before longer and earlier ones; an occurrence reaches from the median
    start to the median end of its spans, so that one match that runs on does not stretch it.
    """
    by_document: dict[int, Counter[tuple[int, int]]] = {}
    for document, start, end in places:
        by_document.setdefault(document, Counter())[start, end] += 1
    return {
        (document, *span): (document, *whole)
        for document in sorted(by_document)
        for span, whole in _merged(by_document[document], overlap).items()
    }


def _merged(spans: Counter[tuple[int, int]], overlap: float) -> dict[tuple[int, int], tuple[int, int]]:
    groups: dict[tuple[int, int], Spans] = {}
    founders: Spans = []
    for span in sorted(spans, key=lambda span: (-spans[span], span[0] - span[1], span)):
        founder = _nearest(founders, span, overlap)
        if founder is None:
            founders.insert(bisect_left(founders, span), span)
            founder = span
        groups.setdefault(founder, []).append(span)
    return {span: _extent(group, spans) for group in groups.values() for span in group}


def _nearest(founders: Spans, span: tuple[int, int], overlap: float) -> tuple[int, int] | None:
    """The founder that shares most with a span, if that is at least `overlap` of the longer of the two.

    Only founders that start within a length of the span's start can: that bounds the search.
    """
    length = span[1] - span[0]
    reach = int(length / overlap)
    at = bisect_left(founders, (span[0] - reach, 0))
    best, most = None, overlap
    for founder in founders[at : bisect_left(founders, (span[1], 0))]:
        shared = min(founder[1], span[1]) - max(founder[0], span[0])
        share = shared / max(length, founder[1] - founder[0], 1)
        if share >= most and (best is None or share > most):
            best, most = founder, share
    return best


def _extent(group: Spans, counts: Counter[tuple[int, int]]) -> tuple[int, int]:
    """Median borders of some spans, each counted as often as it was seen; of an even number the outer one."""
    starts = sorted(span[0] for span in group for _ in range(counts[span]))
    ends = sorted(span[1] for span in group for _ in range(counts[span]))
    return starts[(len(starts) - 1) // 2], ends[len(ends) // 2]
