"""Seeds of one document, where they meet earlier documents, and the chains they form (compiled).

A seed is a gram of four symbols that an earlier document holds too. Its verbatim extension is an anchor; anchors in
the same order on both
sides, close together, are a chain. Only the rarest seeds are followed: those few documents hold, and of the others the
rarest in every eight, towards the places whose following words are most alike.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from reuse.arrays import F64, I32, I64, U8, U16, U32, kernel
from reuse.matching.rarity import weight
from reuse.matching.suffixes import SEED, frequency_codes, held, occurrences
from reuse.sorting import order_of

FEW = (12, 100)
"""A gram in at most so many documents is a seed everywhere, in as many as `HITS` allow. None at all costs 2.5 times as much as a
limit of 100 for .002 of the pairs. A limit of 30 among 119 reports loses a tenth of the pairs that readers call reuse; among
11,743 documents 1.8 % of the matches, .2 % of the places that have one, and half of the time; 15 instead of 30 among 117,515
documents .6 % of the matches, .05 % of the places, and a fifth of the search."""
HITS = 7_800.0
"""Places that rare grams may lead to, so many times the root of the number of symbols: what they lead to beside that in a larger
collection is more and more of the same formulas. 9 million symbols of news are followed to 66 documents, 142 million to 14."""
WINDOW = 8
"""Of commoner grams the rarest in every so many positions is a seed: minimizers over 8 lose 8-16 % of pairs, this .7 %."""
NEAREST = 50
"""Places on either side in suffix order that a common seed is followed to."""
WALK = 400
"""Places on either side that a rare seed is followed to: bounds a gram that few documents repeat endlessly."""
GAP = 32
"""Symbols between anchors of one chain, on either side; 20 loses 2 of 16 hand-labelled templates and 10 of 40 long ones."""
LOOK_BACK = 50
"""Anchors looked back at when chaining."""

RARE_SEED = 1
COMMON_SEED = 2


def rare_code(frequency: U8) -> int:
    """The highest code of a frequency of which a gram is a rare seed, by the frequencies of the grams of `SEED` symbols."""
    leading = np.cumsum(occurrences(frequency, len(held())) * np.maximum(held() - 1.0, 0.0) / 2)
    allowed = np.searchsorted(leading, HITS * len(frequency) ** 0.5, side="right") - 1
    low, high = frequency_codes(FEW[1])[list(FEW)].tolist()
    return int(min(max(allowed, low), high))


@kernel
def choose_seeds(frequency: U8, rare: int, first: int, last: int) -> U8:
    """For positions `[first, last)`: RARE_SEED, COMMON_SEED or 0 (uint8); `frequency` are codes
    of those of grams of `SEED` symbols, `rare` is the highest of a rare one."""
    size = last - first
    chosen = np.zeros(size, np.uint8)
    for i in range(size):
        if 2 <= frequency[first + i] <= rare:
            chosen[i] = RARE_SEED
    for head in range(max(1, size - WINDOW + 1)):
        best = -1
        for i in range(head, min(head + WINDOW, size)):
            f = frequency[first + i]
            if f >= 2 and (best < 0 or f < frequency[first + best]):
                best = i
        if best >= 0 and chosen[best] == 0:
            chosen[best] = COMMON_SEED
    return chosen


@kernel
def _grown(anchors: I64) -> I64:
    larger = np.empty((2 * len(anchors), 4), np.int64)
    larger[: len(anchors)] = anchors
    return larger


@kernel
def find_anchors(
    symbols: U16, order: I32, rank: I32, common: U8, frequency: U8, rare: int, first: int, last: int
) -> I64:
    """Anchors of the document at `[first, last)` with earlier ones: int64, rows (room for a document, here, there, length).

    Rows may repeat; they are verbatim runs that extend no further to the right, nor to the left unless a seed there finds them.
    """
    chosen = choose_seeds(frequency, rare, first, last)
    anchors = np.empty((256, 4), np.int64)
    n = 0
    for p in range(first, last):
        kind = chosen[p - first]
        if kind == 0:
            continue
        limit = WALK if kind == RARE_SEED else NEAREST
        left_is_rare = p > first and chosen[p - 1 - first] == RARE_SEED
        for direction in range(2):
            at = rank[p]
            for _ in range(limit):
                if direction == 0:
                    if common[at] < SEED:
                        break
                    at -= 1
                else:
                    at += 1
                    if at >= len(order) or common[at] < SEED:
                        break
                q = order[at]
                if q >= first:
                    continue
                same_before = symbols[p - 1] == symbols[q - 1] and symbols[p - 1] != 0
                if same_before and left_is_rare:
                    continue
                a, b, length = p, q, SEED
                while symbols[a + length] == symbols[b + length] and symbols[a + length] != 0:
                    length += 1
                while symbols[a - 1] == symbols[b - 1] and symbols[a - 1] != 0:
                    a, b, length = a - 1, b - 1, length + 1
                if n == len(anchors):
                    anchors = _grown(anchors)
                anchors[n, 1], anchors[n, 2], anchors[n, 3] = a, b, length
                n += 1
    return anchors[:n].copy()


@kernel
def sort_anchors(anchors: I64, offsets: I64) -> I64:
    """The anchors by document there, place here, place there, each once; `offsets` bound the documents, which are filled in."""
    keys = np.empty(len(anchors), np.int64)
    for i in range(len(anchors)):
        anchors[i, 0] = _holder(offsets, anchors[i, 2])
        keys[i] = (anchors[i, 0] << 32) | anchors[i, 1]
    rows = np.empty_like(anchors)
    n = 0
    for i in order_of(keys):
        at = n
        while (
            at > 0
            and keys[i] == (rows[at - 1, 0] << 32) | rows[at - 1, 1]
            and rows[at - 1, 2] > anchors[i, 2]
        ):
            at -= 1
        before = rows[at - 1]
        if at > 0 and keys[i] == (before[0] << 32) | before[1] and before[2] == anchors[i, 2]:
            continue
        for k in range(n, at, -1):
            rows[k] = rows[k - 1]
        rows[at] = anchors[i]
        n += 1
    return rows[:n].copy()


@kernel
def _holder(offsets: I64, at: int) -> int:
    """The document that holds a position."""
    low, high = 0, len(offsets) - 1
    while high - low > 1:
        middle = (low + high) // 2
        if offsets[middle] <= at:
            low = middle
        else:
            high = middle
    return low


class Chains(NamedTuple):
    """Room for the chains of one pair of documents: the chain of each anchor (-1 for none), the anchor before it in its chain,
    its score as the end of a chain, the last anchor of each chain, the anchors of one chain."""

    of: I64
    links: I64
    scores: F64
    order: I64
    members: I64


@kernel
def room_for_chains(anchors: int) -> Chains:
    """Room for the chains of so many anchors."""
    return Chains(
        np.empty(anchors, np.int64),
        np.empty(anchors, np.int64),
        np.empty(anchors, np.float64),
        np.empty(anchors, np.int64),
        np.empty(anchors, np.int64),
    )


@kernel
def chain(anchors: I64, weight_sum: U32, chains: Chains) -> int:
    """Join the anchors with one other document, sorted, into chains; how many there are.

    Fills all of `chains` but `members`. Gaps are at most `GAP` on both sides; of overlapping anchors the later one counts from
    where the earlier ends. `weight_sum` (uint32) are running sums of the position weights.
    """
    links, scores = chains.links, chains.scores
    n = len(anchors)
    for i in range(n):
        p, q, length = anchors[i, 1], anchors[i, 2], anchors[i, 3]
        own = weight(weight_sum, p, p + length)
        scores[i], links[i], chains.of[i] = own, -1, -1
        for j in range(i - 1, max(-1, i - 1 - LOOK_BACK), -1):
            gap_here = p - (anchors[j, 1] + anchors[j, 3])
            gap_there = q - (anchors[j, 2] + anchors[j, 3])
            overlap = max(0, -gap_here, -gap_there)
            if gap_here > GAP or gap_there > GAP or overlap > length - 2 or q <= anchors[j, 2]:
                continue
            gain = weight(weight_sum, p + overlap, p + length) - 0.05 * abs(gap_here - gap_there)
            if scores[j] + gain > scores[i]:
                scores[i], links[i] = scores[j] + gain, j
    return _cut_chains(n, chains)


@kernel
def _cut_chains(n: int, chains: Chains) -> int:
    """Take the best end, follow its links to an anchor already taken, call that a chain; repeat. The ends stay in `order`."""
    chain_of, links, order = chains.of, chains.links, chains.order
    order[0] = 0
    if n > 1:
        # None is negative: their bits are in the order of the scores.
        order[:n] = order_of(-chains.scores[:n].view(np.int64))
    count = 0
    for k in range(n):
        end = order[k]
        if chain_of[end] >= 0:
            continue
        i = end
        while i >= 0 and chain_of[i] < 0:
            chain_of[i] = count
            before = links[i]
            if before >= 0 and chain_of[before] >= 0:
                links[i] = -1
            i = before
        order[count] = end
        count += 1
    return count


@kernel
def members_of(chains: Chains, number: int) -> int:
    """Write the anchors of a chain to `chains.members`, in reading order; how many."""
    size = 0
    i = chains.order[number]
    while i >= 0 and chains.of[i] == number:
        size += 1
        i = chains.links[i]
    i = chains.order[number]
    for k in range(size - 1, -1, -1):
        chains.members[k] = i
        i = chains.links[i]
    return size
