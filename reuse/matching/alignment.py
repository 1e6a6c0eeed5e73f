"""From a chain of anchors to an alignment: fill the gaps, extend the ends, keep what pays (compiled).

Local alignment with cheap gaps: +1 for an equal symbol, -0.35 for a differing or a missing one; cheap gaps carry it across
slots and edits (at equal precision they find 27 of 34 true reuses where a gap of -1 finds 19). An alignment is a list of *runs*
(here, there, length): equal symbols on both sides. Its ends are cut back to where the shared words, weighed by rarity,
pay for the gap behind them, so that a span never runs on past what is shared.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from reuse.arrays import I32, I64, U8, U16, U32, kernel
from reuse.matching.rarity import weight
from reuse.text.alphabet import FIRST_HALF
from reuse.text.flags import CLAUSE, SENTENCE
from reuse.text.words import FUNCTION

EQUAL = 20
GAP = -7
_EQUAL_STEP, _OTHER_STEP = EQUAL - 2 * GAP, -GAP
"""What a step along the diagonal adds where gaps are paid in the end, not as they come."""
REACH = 32
"""Symbols an end is extended by at a time; a further stretch is tried as long as the last one found something."""
SYMBOL_PRICE = 0.2
CLAUSE_PRICE = 0.25
SENTENCE_PRICE = 1.5
"""What a symbol between two runs costs, and crossing into another clause or sentence: two words behind a full stop do not
lengthen a match."""
STAMPS = 4096
"""Places of a table of pairs of symbols."""
CELLS = 128
"""Side of the work matrix: a gap of 20 symbols and what overlap adds, or one reach."""

_MOST_RUNS = 4096
"""Runs of one alignment; what a longer one holds beyond is left to other chains."""


class Work(NamedTuple):
    """Work space of one thread: the scores of a matrix and of a row of it, the symbols of its columns, equal pairs of one matrix
    and of many, runs, a stack of stretches, stamps of pairs of symbols (and how many were given)."""

    scores: I32
    row: I32
    across: U16
    pairs: I64
    all_pairs: I64
    runs: I64
    stack: I64
    stamps: U16


@kernel
def work_space() -> Work:
    """Fresh work space."""
    return Work(
        np.empty((CELLS, CELLS), np.int32),
        np.empty(CELLS, np.int32),
        np.empty(CELLS, np.uint16),
        np.empty((2 * CELLS, 2), np.int64),
        np.empty((_MOST_RUNS, 2), np.int64),
        np.empty((_MOST_RUNS, 3), np.int64),
        np.empty((_MOST_RUNS, 2), np.int64),
        np.zeros(STAMPS + 1, np.uint16),
    )


@kernel
def _matrix(symbols: U16, p: int, q: int, m: int, n: int, step: int, work: Work) -> tuple[int, int]:
    """Fill the scores of symbols from p and q, forwards (`step` 1) or backwards (-1); the best cell, (0, 0) if none pays.

    Cell (i, j) holds its score less the gaps that lead to its row and column, so that a gap costs nothing and each step of the
    inner loops is one addition or one comparison: half the time of the plain recurrence.
    """
    across, above_row = work.across, work.row
    for j in range(n):
        across[j] = symbols[q + step * j]
        work.scores[0, j] = 0
    work.scores[0, n] = 0
    best, best_i, best_j = 0, 0, 0
    for i in range(1, m + 1):
        above, row = work.scores[i - 1], work.scores[i]
        a = symbols[p + step * (i - 1)]
        for j in range(n):
            above_row[j] = max(above[j + 1], above[j] + (_EQUAL_STEP if a == across[j] else _OTHER_STEP))
        score, top = 0, 0
        row[0] = 0
        for j in range(n):
            score = max(score, above_row[j])
            row[j + 1] = score
        for j in range(n):
            top = max(top, row[j + 1] + GAP * (j + 1) if a == across[j] else 0)
        if top + GAP * i > best:
            best, best_i, best_j = top + GAP * i, i, _column(row, across, a, top)
    return best_i, best_j


@kernel
def _column(row: I32, across: U16, symbol: int, top: int) -> int:
    """The first column of `symbol` whose score, gaps paid, is `top`."""
    j = 1
    while across[j - 1] != symbol or row[j] + GAP * j != top:
        j += 1
    return j


@kernel
def _trace(symbols: U16, p: int, q: int, i: int, j: int, step: int, work: Work) -> int:
    """Write the equal pairs on the way from cell (i, j) to the origin to `work.pairs`, outermost first; how many."""
    scores, count = work.scores, 0
    while i > 0 and j > 0:
        a, b = p + step * (i - 1), q + step * (j - 1)
        equal = symbols[a] == symbols[b]
        if scores[i, j] == scores[i - 1, j - 1] + (_EQUAL_STEP if equal else _OTHER_STEP):
            if equal:
                work.pairs[count, 0], work.pairs[count, 1] = a, b
                count += 1
            i, j = i - 1, j - 1
        elif scores[i - 1, j] >= scores[i, j - 1]:
            i -= 1
        else:
            j -= 1
    return count


@kernel
def _append(runs: I64, count: int, p: int, q: int, length: int) -> int:
    """Add a run behind the others, joined to the last one where it continues it; how many runs there are now."""
    if count:
        last = runs[count - 1]
        if last[0] + last[2] == p and last[1] + last[2] == q:
            last[2] += length
            return count
    runs[count, 0], runs[count, 1], runs[count, 2] = p, q, length
    return count + 1


@kernel
def _between(symbols: U16, p: int, p_end: int, q: int, q_end: int, count: int, work: Work) -> int:
    """Align the gap `[p, p_end)` with `[q, q_end)` from end to end and append its runs."""
    m, n = p_end - p, q_end - q
    if m <= 0 or n <= 0 or m >= CELLS or n >= CELLS:
        return count
    _matrix(symbols, p, q, m, n, 1, work)
    for k in range(_trace(symbols, p, q, m, n, 1, work) - 1, -1, -1):
        count = _append(work.runs, count, work.pairs[k, 0], work.pairs[k, 1], 1)
    return count


@kernel
def _promising(
    symbols: U16, flags: U8, weight_sum: U32, p: int, q: int, step: int, work: Work
) -> tuple[int, int]:
    """How much of the stretches from p and q on is worth a matrix: up to the last two symbols in a row that both hold, at most
    `REACH`; (0, 0) if none pays.

    Single equal symbols bring nothing (`_value`); all others together bring at most what they are worth here, and cost at
    least the gap before the first of them (`_price`). Of 14 million ends in the news a fifth is worth a matrix.
    """
    near_here, far_here, brought = _shared(symbols, weight_sum, p, q, step, work.stamps)
    if brought <= SYMBOL_PRICE * near_here:
        return 0, 0
    near_there, far_there, _ = _shared(symbols, weight_sum, q, p, step, work.stamps)
    if brought <= _least_price(flags, p, q, near_here, near_there, step):
        return 0, 0
    return far_here, far_there


@kernel
def _shared(symbols: U16, weight_sum: U32, p: int, q: int, step: int, stamps: U16) -> tuple[int, int, float]:
    """Of the stretch at p: where the first two symbols in a row begin that the one at q holds too, where the last end, and what
    all of them are worth; (0, 0, 0) if there are none.

    A table of hashes tells, marked with a fresh stamp each time so that it is not emptied; one pair in four hundred is taken
    for shared by mistake.
    """
    if symbols[p] == 0 or symbols[q] == 0:
        return 0, 0, 0.0
    stamp = _next_stamp(stamps)
    for k in range(1, REACH):
        if symbols[q + step * k] == 0:
            break
        stamps[_hash(symbols[q + step * (k - 1)], symbols[q + step * k])] = stamp
    first, last, brought = 0, 0, 0.0
    for k in range(1, REACH):
        if symbols[p + step * k] == 0:
            break
        if stamps[_hash(symbols[p + step * (k - 1)], symbols[p + step * k])] == stamp:
            first = first if last else k - 1
            for i in range(max(k - 1, last), k + 1):
                brought += 0.5 + 0.5 * weight(weight_sum, p + step * i, p + step * i + 1)
            last = k + 1
    return first, last, brought


@kernel
def _next_stamp(stamps: U16) -> int:
    if stamps[STAMPS] == 65535:
        stamps[:] = 0
    stamps[STAMPS] += 1
    return stamps[STAMPS]


@kernel
def _hash(first: int, second: int) -> int:
    """A number below `STAMPS` for two symbols."""
    return int((np.uint32(first) * np.uint32(31) + np.uint32(second)) & np.uint32(STAMPS - 1))


@kernel
def _least_price(flags: U8, p: int, q: int, here: int, there: int, step: int) -> float:
    """What a gap costs of at least so many symbols from p and q on, in the direction of `step`."""
    crossed = 0
    behind = 1 if step < 0 else 0
    if here or there:
        for i in range(here + 1):
            crossed |= flags[p + step * i + behind]
        for i in range(there + 1):
            crossed |= flags[q + step * i + behind]
    extra = SENTENCE_PRICE if crossed & SENTENCE else (CLAUSE_PRICE if crossed & CLAUSE else 0.0)
    return SYMBOL_PRICE * max(here, there) + extra


@kernel
def _forwards(symbols: U16, flags: U8, weight_sum: U32, count: int, work: Work) -> int:
    """Extend the last run to the right as long as that pays; how many runs there are then."""
    while count + REACH < len(work.runs):
        p = work.runs[count - 1, 0] + work.runs[count - 1, 2]
        q = work.runs[count - 1, 1] + work.runs[count - 1, 2]
        m, n = _promising(symbols, flags, weight_sum, p, q, 1, work)
        i, j = _matrix(symbols, p, q, m, n, 1, work)
        if i == 0:
            break
        for k in range(_trace(symbols, p, q, i, j, 1, work) - 1, -1, -1):
            count = _append(work.runs, count, work.pairs[k, 0], work.pairs[k, 1], 1)
    return count


@kernel
def _backwards(symbols: U16, flags: U8, weight_sum: U32, p: int, q: int, work: Work) -> int:
    """Extend from (p, q), exclusive, to the left as long as that pays; how many runs that makes, in reading order."""
    total = 0
    while total + REACH < len(work.all_pairs):
        m, n = _promising(symbols, flags, weight_sum, p - 1, q - 1, -1, work)
        i, j = _matrix(symbols, p - 1, q - 1, m, n, -1, work)
        if i == 0:
            break
        for k in range(_trace(symbols, p - 1, q - 1, i, j, -1, work) - 1, -1, -1):
            work.all_pairs[total, 0], work.all_pairs[total, 1] = work.pairs[k, 0], work.pairs[k, 1]
            total += 1
        p, q = work.pairs[0, 0], work.pairs[0, 1]
    count = 0
    for k in range(total - 1, -1, -1):
        count = _append(work.runs, count, work.all_pairs[k, 0], work.all_pairs[k, 1], 1)
    return count


@kernel
def align(symbols: U16, flags: U8, weight_sum: U32, anchors: I64, members: I64, work: Work) -> int:
    """Align a chain: `members` are the numbers of its anchors in order; fills `work.runs`, returns how many runs."""
    first = members[0]
    count = _backwards(symbols, flags, weight_sum, anchors[first, 1], anchors[first, 2], work)
    for member in members:
        if count + CELLS + REACH >= len(work.runs):
            break
        p, q, length = anchors[member, 1], anchors[member, 2], anchors[member, 3]
        if count and member != first:
            p_end = work.runs[count - 1, 0] + work.runs[count - 1, 2]
            q_end = work.runs[count - 1, 1] + work.runs[count - 1, 2]
            overlap = max(0, p_end - p, q_end - q)
            if overlap >= length:
                continue
            p, q, length = p + overlap, q + overlap, length - overlap
            count = _between(symbols, p_end, p, q_end, q, count, work)
        count = _append(work.runs, count, p, q, length)
    return _forwards(symbols, flags, weight_sum, count, work)


@kernel
def _price(flags: U8, runs: I64, k: int) -> float:
    """What bridging the gap before run k costs, in weights."""
    here = runs[k, 0] - runs[k - 1, 0] - runs[k - 1, 2]
    there = runs[k, 1] - runs[k - 1, 1] - runs[k - 1, 2]
    crossed = 0
    for i in range(here + 1):
        crossed |= flags[runs[k, 0] - i]
    for i in range(there + 1):
        crossed |= flags[runs[k, 1] - i]
    if here == 0 and there == 0:
        crossed = 0
    extra = SENTENCE_PRICE if crossed & SENTENCE else (CLAUSE_PRICE if crossed & CLAUSE else 0.0)
    return SYMBOL_PRICE * max(here, there) + extra


@kernel
def _value(symbols: U16, classes: U8, weight_sum: U32, runs: I64, k: int) -> float:
    """What run k brings: halfway between counting its symbols and weighing them by rarity.

    A symbol by itself, between gaps, brings nothing: any two texts share 的 and 了 in some order. Nor does a function word of
    letters by itself: "of" and "was" would join set phrases across sentences.
    """
    length = runs[k, 2]
    if length == 1 or (length == 2 and _is_function_word(symbols, classes, runs[k, 0])):
        return 0.0
    return 0.5 * length + 0.5 * weight(weight_sum, runs[k, 0], runs[k, 0] + length)


@kernel
def _is_function_word(symbols: U16, classes: U8, first: int) -> bool:
    """Whether a function word of letters begins at `first`."""
    return symbols[first] >= FIRST_HALF and classes[first] == FUNCTION


@kernel
def best_part(
    symbols: U16, flags: U8, classes: U8, weight_sum: U32, runs: I64, low: int, high: int
) -> tuple[float, int, int]:
    """The stretch of runs `[low, high)` whose values exceed its gaps by most: that excess, first, last + 1 (Kadane)."""
    best, best_first, best_last = 0.0, low, low
    current, first = 0.0, low
    for k in range(low, high):
        carried = current - _price(flags, runs, k) if k > low else -1.0
        if k == low or carried <= 0.0:
            current, first = 0.0, k
        else:
            current = carried
        current += _value(symbols, classes, weight_sum, runs, k)
        if current > best:
            best, best_first, best_last = current, first, k + 1
    return best, best_first, best_last
