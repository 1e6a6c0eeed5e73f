"""From alignments to matches: whole paragraphs apart, repeats resolved, neighbouring fragments of one reuse joined (compiled)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reuse.arrays import I32, I64, U8, Bool, kernel, ranges
from reuse.matching.search import Alignments
from reuse.matching.stream import Stream
from reuse.sorting import order_of, rows_by
from reuse.text.flags import PARAGRAPH

NEAR = 15
"""Symbols between two fragments, on both sides, up to which they are one reuse: sentences in another order, words put between."""
WHOLE = 20
"""Symbols from which a piece that ends where paragraphs end on both sides stays a match of its own; less is a heading."""
COVERED = 0.6
"""Share of a fragment, on each side, covered by better ones of the same two documents from which it tells nothing new."""

DENSE = 0.8
"""Share of a fragment, on its shorter side, that is equal, from which it may change places with another. Of real parallels that
are looser, joined, the fit tells less (area on documents left out .936 instead of .938)."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Future matches: `here`, `there` (int32) documents; `offsets` (int64, one longer) into `runs` (int64, rows (position here,
    position there, length), by position here); by (here, there), then first place here.
    """

    here: I32
    there: I32
    offsets: I64
    runs: I64

    def __len__(self) -> int:
        return len(self.here)

    def take(self, chosen: I64) -> Groups:
        """The groups with the numbers `chosen`, in that order."""
        sizes = np.diff(self.offsets)[chosen]
        offsets = ranges(sizes)
        index = np.repeat(self.offsets[chosen] - offsets[:-1], sizes) + np.arange(offsets[-1])
        return Groups(self.here[chosen], self.there[chosen], offsets, self.runs[index])


def joined(parts: Sequence[Groups]) -> Groups:
    """The groups of all parts, one part after the other; at least one."""
    return Groups(
        np.concatenate([part.here for part in parts]),
        np.concatenate([part.there for part in parts]),
        ranges(np.concatenate([np.diff(part.offsets) for part in parts])),
        np.concatenate([part.runs for part in parts]),
    )


def group(stream: Stream, alignments: Alignments) -> Groups:
    """The groups of all alignments; each run is in one group, fragments that tell nothing new are in none."""
    offsets, runs, owner = _split_at_paragraphs(stream.flags, alignments.offsets, alignments.runs)
    here, there = alignments.here[owner], alignments.there[owner]
    label = _label(here, there, offsets, runs, stream.flags)
    order = np.argsort(label, kind="stable")
    order = order[label[order] >= 0]
    sizes = np.diff(offsets)[order]
    starts = ranges(sizes)
    index = np.repeat(offsets[order] - starts[:-1], sizes) + np.arange(starts[-1])
    fresh = np.ones(len(order), dtype=np.bool_)
    fresh[1:] = label[order][1:] != label[order][:-1]
    bounds = np.append(starts[:-1][fresh], starts[-1]).astype(np.int64)
    ordered = _sorted_runs(bounds, runs[index])
    return Groups(here[order][fresh], there[order][fresh], bounds, ordered)


@kernel
def _sorted_runs(bounds: I64, runs: I64) -> I64:
    for g in range(len(bounds) - 1):
        part = runs[bounds[g] : bounds[g + 1]]
        runs[bounds[g] : bounds[g + 1]] = rows_by(rows_by(part, 1), 0)
    return runs


@kernel
def _split_at_paragraphs(flags: U8, offsets: I64, runs: I64) -> tuple[I64, I64, I64]:
    """Cut alignments where a paragraph begins on both sides at once; offsets and runs of the pieces, and whose
    pieces they are."""
    limit = 0
    for k in range(len(runs)):
        limit += 1
        for i in range(1, runs[k, 2]):
            if flags[runs[k, 0] + i] & flags[runs[k, 1] + i] & PARAGRAPH:
                limit += 1
    out = np.empty((limit, 3), np.int64)
    bounds = np.empty(limit + 1, np.int64)
    owner = np.empty(limit, np.int64)
    n, pieces = 0, 0
    for a in range(len(offsets) - 1):
        bounds[pieces], owner[pieces] = n, a
        pieces += 1
        for k in range(offsets[a], offsets[a + 1]):
            p, q, length = runs[k, 0], runs[k, 1], runs[k, 2]
            if k > offsets[a]:
                here = _begins(flags, runs[k - 1, 0] + runs[k - 1, 2], p)
                there = _begins(flags, runs[k - 1, 1] + runs[k - 1, 2], q)
                if here and there:
                    bounds[pieces], owner[pieces] = n, a
                    pieces += 1
            done = 0
            for i in range(1, length):
                if flags[p + i] & flags[q + i] & PARAGRAPH:
                    out[n, 0], out[n, 1], out[n, 2] = p + done, q + done, i - done
                    n += 1
                    done = i
                    bounds[pieces], owner[pieces] = n, a
                    pieces += 1
            out[n, 0], out[n, 1], out[n, 2] = p + done, q + done, length - done
            n += 1
    bounds[pieces] = n
    return bounds[: pieces + 1].copy(), out[:n].copy(), owner[:pieces].copy()


@kernel
def _begins(flags: U8, low: int, high: int) -> bool:
    """Whether a paragraph begins in `[low, high]`."""
    for i in range(low, high + 1):
        if flags[i] & PARAGRAPH:
            return True
    return False


@kernel
def _label(here: I32, there: I32, offsets: I64, runs: I64, flags: U8) -> I64:
    """The group of each fragment: the number of its first fragment in place order; -1 for what tells nothing new."""
    count = len(here)
    label = np.full(count, -1, np.int64)
    low = 0
    while low < count:
        high = low + 1
        while high < count and here[high] == here[low] and there[high] == there[low]:
            high += 1
        spans = np.empty((high - low, 5), np.int64)
        for f in range(low, high):
            a, b = offsets[f], offsets[f + 1] - 1
            matched = 0
            for k in range(a, b + 1):
                matched += runs[k, 2]
            spans[f - low, 0], spans[f - low, 1] = runs[a, 0], runs[b, 0] + runs[b, 2]
            spans[f - low, 2], spans[f - low, 3] = runs[a, 1], runs[b, 1] + runs[b, 2]
            spans[f - low, 4] = matched
        keep = _resolve(spans)
        parent = _join(spans, keep, flags)
        for i in range(high - low):
            if keep[i]:
                label[low + i] = low + _root(parent, i)
        low = high
    return label


@kernel
def _covered(spans: I64, taken: I64, count: int, i: int, side: int) -> float:
    """The share of fragment i covered by the taken fragments on one side (they may overlap: an upper bound, at most 1)."""
    low, high = spans[i, side], spans[i, side + 1]
    best = 0
    total = 0
    for k in range(count):
        j = taken[k]
        shared = min(high, spans[j, side + 1]) - max(low, spans[j, side])
        if shared > 0:
            total += shared
            best = max(best, shared)
    return min(total, high - low) / (high - low)


@kernel
def _resolve(spans: I64) -> Bool:
    """Which fragments stay: the longest first, others unless both their sides are covered by what stays."""
    order = order_of(-spans[:, 4])
    keep = np.zeros(len(spans), np.bool_)
    taken = np.empty(len(spans), np.int64)
    count = 0
    for i in order:
        if _covered(spans, taken, count, i, 0) > COVERED and _covered(spans, taken, count, i, 2) > COVERED:
            continue
        keep[i] = True
        taken[count] = i
        count += 1
    return keep


@kernel
def _root(parent: I64, i: int) -> int:
    while parent[i] != i:
        i = parent[i]
    return i


@kernel
def _join(spans: I64, keep: Bool, flags: U8) -> I64:
    """Unite fragments that lie near each other on both sides; the smaller number is the root."""
    parent = np.arange(len(spans))
    order = order_of(spans[:, 0].copy())
    for a in range(len(order)):
        i = order[a]
        if not keep[i]:
            continue
        for b in range(a + 1, len(order)):
            j = order[b]
            if spans[j, 0] > spans[i, 1] + NEAR:
                break
            if keep[j] and _one_reuse(spans, i, j, flags):
                x, y = _root(parent, i), _root(parent, j)
                parent[max(x, y)] = min(x, y)
    return parent


@kernel
def _one_reuse(spans: I64, i: int, j: int, flags: U8) -> bool:
    """Whether fragment j, which begins behind i here, belongs to the same reuse."""
    gap_here = spans[j, 0] - spans[i, 1]
    forward = spans[j, 2] - spans[i, 3]
    backward = spans[i, 2] - spans[j, 3]
    gap_there = max(forward, backward)
    if gap_here > NEAR or gap_there > NEAR:
        return False
    half = min(spans[i, 1] - spans[i, 0], spans[j, 1] - spans[j, 0]) // 2
    # Over each other on one side: a text that stands twice on the other, unless sentences only change places.
    for side, gap in ((0, gap_here), (2, gap_there)):
        if -gap > half and not _change_places(spans, i, j, side):
            return False
    # A paragraph that begins on both sides parts two matches, but a heading belongs to what follows it.
    if forward >= 0 and gap_here >= 0:
        here = _begins(flags, spans[i, 1], spans[j, 0])
        there = _begins(flags, spans[i, 3], spans[j, 2])
        if here and there:
            return spans[i, 4] < WHOLE
    return True


@kernel
def _change_places(spans: I64, i: int, j: int, side: int) -> bool:
    """Whether two fragments are whole sentences, and what they match can stand side by side in the stretch of both."""
    stretch = max(spans[i, side + 1], spans[j, side + 1]) - min(spans[i, side], spans[j, side])
    return _is_dense(spans[i]) and _is_dense(spans[j]) and spans[i, 4] + spans[j, 4] <= stretch


@kernel
def _is_dense(span: I64) -> bool:
    """Whether a fragment is as long as a sentence and nearly all equal on one side."""
    return span[4] >= max(WHOLE, DENSE * min(span[1] - span[0], span[3] - span[2]))
