"""Signs of reuse: what tells a sentence that was taken over from a phrase that everybody uses (compiled).

No single score separates them. What does, on labelled pairs of real texts: how surprising the shared wording is in this corpus
once its beginning is known, how many clauses it touches and fills, how many words that are not names it shares.
"""

from __future__ import annotations

import numpy as np

from reuse.arrays import F64, I64, U8, U16, kernel
from reuse.matching.grouping import Groups
from reuse.matching.stream import Stream
from reuse.matching.suffixes import DEPTH, Suffixes
from reuse.text.flags import CLAUSE, QUOTED, SENTENCE, SLOT, TITLE, WORD
from reuse.text.words import FUNCTION, NAME, NUMBER

NAMES = (
    "characters",
    "span",
    "runs",
    "long_runs",
    "longest_run",
    "surprise",
    "plain_surprise",
    "clauses",
    "filled",
    "filled_clauses",
    "function_words",
    "words",
    "named",
    "quoted",
    "titled",
    "slots",
    "borders",
    "sentences",
    "frequency",
    "least_frequency",
    "filled_share",
    "documents",
    "novel",
)
"""One column each, in this order:

characters: equal symbols. span: symbols of the shorter side. runs, long_runs: runs of two or more, of three or more.
longest_run: symbols. surprise: bits (see `_run_surprise`). plain_surprise: the same without names, numbers and start costs.
clauses: clauses touched, the smaller side. filled: equal symbols in clauses matched to four fifths, the smaller side;
filled_clauses: how many such. function_words, words: whole words shared, verbs and function words, and all. named:
share of symbols in names
and numbers. quoted, titled: share between quotation or title marks. slots: gaps with digits or placeholders on both sides.
borders: how many of the four ends stand at a clause border. sentences: sentences begun inside, the smaller side.
frequency: documents that hold
the rarest gram of eight (or fewer) of the longest run, as a share of all; least_frequency: how many they are.
filled_share: filled symbols as a share of the span. documents: how many the corpus holds. novel: pairs of neighbouring shared
symbols that no third document holds.
"""


def measure(stream: Stream, suffixes: Suffixes, groups: Groups) -> F64:
    """The signs of every group: float64, shape (groups, len(NAMES))."""
    return _measure(
        stream.symbols,
        stream.flags,
        stream.classes,
        suffixes.frequency,
        stream.documents,
        groups.offsets,
        groups.runs,
    )


@kernel
def _measure(
    symbols: U16, flags: U8, classes: U8, frequency: U16, documents: int, offsets: I64, runs: I64
) -> F64:
    out = np.zeros((len(offsets) - 1, 23), np.float64)
    for g in range(len(offsets) - 1):
        part = runs[offsets[g] : offsets[g + 1]]
        row = out[g]
        _count_runs(part, row)
        _surprise(part, classes, frequency, documents, row)
        _count_words(part, flags, classes, row)
        here = _side(part, 0, symbols, flags)
        there = _side(part, 1, symbols, flags)
        for k in range(5):
            row[_SIDE_COLUMNS[k]] = min(here[k], there[k])
        row[16] = here[5] + there[5]
        row[15] = _count_slots(part, flags)
        _rarest(part, frequency, documents, row)
    return out


_SIDE_COLUMNS = (1, 7, 8, 9, 17)


@kernel
def _count_runs(part: I64, row: F64) -> None:
    for k in range(len(part)):
        length = part[k, 2]
        row[0] += length
        row[2] += length >= 2
        row[3] += length >= 3
        row[4] = max(row[4], length)


@kernel
def _run_surprise(p: int, i: int, frequency: U16) -> float:
    """Bits of symbol i of a run that begins at p: -log2 of how often, in other documents, it follows what it follows.

    The longest context (up to seven symbols of the run) that two other documents hold; (df(context + symbol) - 2 + .3) /
    (df(context) - 2 + 1), without the two documents compared; one bit where no context is known elsewhere.
    """
    for n in range(min(i, DEPTH - 1), 0, -1):
        context = frequency[n - 1, p + i - n]
        if context >= 4 or (n == 1 and context >= 3):
            both = frequency[n, p + i - n]
            return -np.log2((max(both, 2) - 2 + 0.3) / (context - 2 + 1.0))
    return 1.0


@kernel
def _surprise(part: I64, classes: U8, frequency: U16, documents: int, row: F64) -> None:
    for k in range(len(part)):
        p, length = part[k, 0], part[k, 2]
        if length >= 3:
            row[5] += min(6.0, np.log2(documents / max(1.0, frequency[1, p])) + 1.0)
        for i in range(length):
            bits = 0.0
            if i > 0:
                bits = _run_surprise(p, i, frequency)
                row[22] += frequency[1, p + i - 1] <= 2
            row[5] += bits
            if classes[p + i] != NAME and classes[p + i] != NUMBER:
                row[6] += bits


@kernel
def _count_words(part: I64, flags: U8, classes: U8, row: F64) -> None:
    named, quoted, titled = 0, 0, 0
    for k in range(len(part)):
        p, q, length = part[k, 0], part[k, 1], part[k, 2]
        begun = False
        for i in range(length):
            named += classes[p + i] == NAME or classes[p + i] == NUMBER
            quoted += (flags[p + i] & QUOTED) != 0 and (flags[q + i] & QUOTED) != 0
            titled += (flags[p + i] & TITLE) != 0 and (flags[q + i] & TITLE) != 0
            if flags[p + i] & WORD and flags[q + i] & WORD:
                begun = True
            ends = flags[p + i + 1] & WORD or (i + 1 == length and flags[p + i + 1] == 0)
            if begun and (ends or i + 1 < length) and (flags[p + i + 1] & WORD):
                row[11] += 1
                row[10] += classes[p + i] == FUNCTION
                begun = False
    row[12], row[13], row[14] = named / row[0], quoted / row[0], titled / row[0]


@kernel
def _side(part: I64, side: int, symbols: U16, flags: U8) -> tuple[float, float, float, float, float, float]:
    """One side's span, clauses touched, symbols in filled clauses, filled clauses, sentences begun, borders at clause borders."""
    ordered = part if side == 0 else part[np.argsort(part[:, 1], kind="mergesort")]
    first = ordered[0, side]
    last = ordered[len(ordered) - 1, side] + ordered[len(ordered) - 1, 2]
    clauses, filled, filled_clauses, sentences = 0, 0, 0, 0
    k = 0
    at = first
    while at > 0 and symbols[at] != 0 and not flags[at] & CLAUSE:
        at -= 1
    if symbols[at] == 0:
        at += 1
    while at < last:
        stop = at + 1
        while symbols[stop] != 0 and not flags[stop] & CLAUSE:
            stop += 1
        matched = 0
        while k < len(ordered) and ordered[k, side] < stop:
            begin = max(at, ordered[k, side])
            end = min(stop, ordered[k, side] + ordered[k, 2])
            matched += max(0, end - begin)
            if ordered[k, side] + ordered[k, 2] > stop:
                break
            k += 1
        if matched >= 2:
            clauses += 1
        if matched >= 0.8 * (stop - at):
            filled += matched
            filled_clauses += 1
        at = stop
        if symbols[at] == 0:
            at += 1
    for i in range(first, last):
        sentences += (flags[i] & SENTENCE) != 0 and symbols[i] != 0
    borders = ((flags[first] & CLAUSE) != 0) + ((flags[last] & CLAUSE) != 0 or symbols[last] == 0)
    return (
        float(last - first),
        float(clauses),
        float(filled),
        float(filled_clauses),
        float(sentences),
        float(borders),
    )


@kernel
def _count_slots(part: I64, flags: U8) -> int:
    """Places where digits or placeholders stand on both sides: before a run, or inside one."""
    count = 0
    for k in range(len(part)):
        for i in range(part[k, 2]):
            if (i > 0 or k > 0) and flags[part[k, 0] + i] & flags[part[k, 1] + i] & SLOT:
                count += 1
    return count


@kernel
def _rarest(part: I64, frequency: U16, documents: int, row: F64) -> None:
    best = 0
    for k in range(len(part)):
        if part[k, 2] > part[best, 2]:
            best = k
    p, length = part[best, 0], part[best, 2]
    n = min(DEPTH, length)
    least = 65535
    for i in range(length - n + 1):
        least = min(least, frequency[n - 1, p + i])
    row[19] = least
    row[18] = least / max(1, documents)
    row[20] = row[8] / max(1.0, row[1])
    row[21] = documents
