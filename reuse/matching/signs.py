"""Signs of reuse: what tells a sentence that was taken over from a phrase that everybody uses (compiled).

No single score separates them. What does, on labelled pairs of real texts: how surprising the shared wording is in this corpus
once its beginning is known, how many clauses begin and end together on both sides, in the same order, how much of the
sentences it stands in is shared, how many words that are not names. A slogan stands in sentences of all kinds, and two texts on
one subject share its words in any order.
"""

from __future__ import annotations

import numpy as np

from reuse.arrays import F64, I32, I64, U8, U16, Bool, kernel
from reuse.matching.background import LONGEST, UNKNOWN
from reuse.matching.grouping import Groups
from reuse.matching.stream import Stream
from reuse.matching.suffixes import DEPTH, Suffixes, held
from reuse.matching.units import LETTER_CLAUSE, begins_clause, closes, ends_clause, opening
from reuse.sorting import rows_by
from reuse.text.alphabet import FIRST_HALF
from reuse.text.flags import CLAUSE, QUOTED, SENTENCE, SLOT, TITLE, WORD
from reuse.text.words import FUNCTION, NAME, NUMBER

NAMES = (
    "characters",
    "span",
    "density",
    "wide_density",
    "long_runs",
    "longest_run",
    "disordered",
    "surprise",
    "plain_surprise",
    "background_surprise",
    "plain_background_surprise",
    "novel",
    "clauses",
    "filled_clauses",
    "sentences",
    "sentence_length",
    "sentence_share",
    "begins",
    "common_begins",
    "common_ends",
    "surroundings",
    "function_words",
    "words",
    "function_share",
    "named",
    "quoted",
    "titled",
    "slots",
    "company",
)
"""One column each:

characters: equal symbols. span: symbols of the shorter side. density, wide_density: equal symbols as a share of the shorter
and of the longer side. long_runs: runs of three or more. longest_run: symbols. disordered: symbols of runs that stand
before an earlier run on the other side, by the order of the side where these are fewer. surprise: bits (see
`_run_surprise`). plain_surprise: the same without names, numbers and start costs. background_surprise,
plain_background_surprise: bits by the background instead of the collection (`background`), with names and numbers and without.
novel: pairs of neighbouring shared symbols that no third document holds.

Of the smaller side: clauses: clauses touched (here and below, of letters those of `LETTER_CLAUSE` symbols or more);
filled_clauses: matched to four fifths; sentences: begun inside;
sentence_length: symbols of the sentences touched; sentence_share: how much of them is equal.

begins: whether both sides begin a clause. common_begins, common_ends: equal symbols that begin a clause on both sides, that
end one. surroundings: different pairs of neighbouring symbols that stand within `AROUND` before, or behind, on both sides.

function_words, words: whole words shared, verbs and function words, and all; function_share: the former as a share of the
latter. named: share of symbols in names and numbers. quoted, titled: share between quotation or title marks. slots: places
with digits or placeholders on both sides. company: equal symbols of other matches of the same two documents that stand as far
from it on one side as on the other, give or take `ASIDE`, within `ALONG`.
"""

AROUND = 24
"""Symbols on either side of a match that are compared for `surroundings`: about a clause or two."""

ALONG = 600
ASIDE = 60
"""Symbols: what follows one model follows it for a page. Of pairs of reports the fit explains .337 instead of .346 (log loss of
documents left out) with it, of news .341 instead of .338."""

PER_BIT = 2.4
"""Bits by the background for a bit by the collection, in the mean of judged pairs: what a symbol counts that the background does
not know, as those of letters. With 1 half of the reuse found in presidential addresses (`tests.quality.addresses`) is lost."""

_OF_CONTEXT, _OF_BOTH, _OF_OPENING = range(3)

_WIDTH = len(NAMES)
(
    _CHARACTERS,
    _SPAN,
    _DENSITY,
    _WIDE_DENSITY,
    _LONG_RUNS,
    _LONGEST_RUN,
    _DISORDERED,
    _SURPRISE,
    _PLAIN_SURPRISE,
    _BACKGROUND_SURPRISE,
    _PLAIN_BACKGROUND_SURPRISE,
    _NOVEL,
    _CLAUSES,
    _FILLED_CLAUSES,
    _SENTENCES,
    _SENTENCE_LENGTH,
    _SENTENCE_SHARE,
    _BEGINS,
    _COMMON_BEGINS,
    _COMMON_ENDS,
    _SURROUNDINGS,
    _FUNCTION_WORDS,
    _WORDS,
    _FUNCTION_SHARE,
    _NAMED,
    _QUOTED,
    _TITLED,
    _SLOTS,
    _COMPANY,
) = range(_WIDTH)


def measure(stream: Stream, suffixes: Suffixes, expected: U16, groups: Groups) -> F64:
    """The signs of every group: float64, shape (groups, len(NAMES)); `expected` as `background.expected` returns it."""
    table = _measure(
        stream.symbols,
        stream.flags,
        stream.classes,
        suffixes.frequency,
        expected,
        _bits(stream.documents),
        groups.offsets,
        groups.runs,
    )
    _company(groups.here, groups.there, groups.offsets, groups.runs, table)
    return table


@kernel
def _company(here: I32, there: I32, offsets: I64, runs: I64, out: F64) -> None:
    for g in range(len(here)):
        p, q, _ = runs[offsets[g]]
        o = g - 1
        while o >= 0 and here[o] == here[g] and there[o] == there[g] and p - runs[offsets[o], 0] < ALONG:
            if abs((p - runs[offsets[o], 0]) - (q - runs[offsets[o], 1])) < ASIDE:
                out[g, _COMPANY] += out[o, _CHARACTERS]
                out[o, _COMPANY] += out[g, _CHARACTERS]
            o -= 1


@kernel
def _measure(
    symbols: U16,
    flags: U8,
    classes: U8,
    frequency: U8,
    expected: U16,
    bits: F64,
    offsets: I64,
    runs: I64,
) -> F64:
    out = np.zeros((len(offsets) - 1, _WIDTH), np.float64)
    there = np.zeros(_WIDTH, np.float64)
    near = np.zeros(65536, np.bool_)
    for g in range(len(offsets) - 1):
        part = runs[offsets[g] : offsets[g + 1]]
        row = out[g]
        _count_runs(part, row)
        _surprise(part, classes, frequency, expected, bits, row)
        _count_words(part, flags, classes, row)
        ordered = rows_by(part, 1)
        _side(part, 0, symbols, flags, row)
        _side(ordered, 1, symbols, flags, there)
        _join_sides(row, there)
        _count_borders(part, symbols, flags, row)
        row[_DISORDERED] = min(_disordered(part, 1), _disordered(ordered, 0))
        row[_SLOTS] = _count_slots(part, flags)
        row[_SURROUNDINGS] = _surroundings(symbols, part, ordered, near)
        row[_FUNCTION_SHARE] = row[_FUNCTION_WORDS] / max(1.0, row[_WORDS])
    return out


@kernel
def _join_sides(row: F64, there: F64) -> None:
    """Of what both sides show the smaller; `there` is cleared."""
    row[_DENSITY] = row[_CHARACTERS] / min(row[_SPAN], there[_SPAN])
    row[_WIDE_DENSITY] = row[_CHARACTERS] / max(row[_SPAN], there[_SPAN])
    row[_SPAN] = min(row[_SPAN], there[_SPAN])
    for k in range(_CLAUSES, _BEGINS + 1):
        row[k] = min(row[k], there[k])
    there[:] = 0.0


@kernel
def _count_runs(part: I64, row: F64) -> None:
    for k in range(len(part)):
        length = part[k, 2]
        row[_CHARACTERS] += length
        row[_LONG_RUNS] += length >= 3
        row[_LONGEST_RUN] = max(row[_LONGEST_RUN], length)


@kernel
def _disordered(ordered: I64, other: int) -> int:
    """Symbols of runs, by place on one side, that stand before an earlier run on the `other` side."""
    reached, count = -1, 0
    for k in range(len(ordered)):
        if ordered[k, other] < reached:
            count += ordered[k, 2]
        reached = max(reached, ordered[k, other] + ordered[k, 2])
    return count


@kernel
def _count_borders(part: I64, symbols: U16, flags: U8, row: F64) -> None:
    """Equal symbols that begin, and that end, a clause on both sides."""
    for k in range(len(part)):
        for i in range(part[k, 2]):
            p, q = part[k, 0] + i, part[k, 1] + i
            row[_COMMON_BEGINS] += begins_clause(symbols, flags, p) and begins_clause(symbols, flags, q)
            row[_COMMON_ENDS] += ends_clause(symbols, flags, p) and ends_clause(symbols, flags, q)


def _bits(documents: int) -> F64:
    """What surprise is made of, for each code of a frequency (float64, shape (3, 256)): log2 of the documents that hold a context
    beside the two compared, and one; of those that hold it with its symbol, and .3; bits of a pair that opens a run."""
    context = np.log2(np.maximum(held(), 2.0) - 2.0 + 1.0)
    both = np.log2(np.maximum(held(), 2.0) - 2.0 + 0.3)
    return np.stack((context, both, np.minimum(6.0, np.log2(documents / np.maximum(1.0, held())) + 1.0)))


@kernel
def _run_surprise(p: int, i: int, frequency: U8, bits: F64) -> float:
    """Bits of symbol i of a run that begins at p: -log2 of how often, in other documents, it follows what it follows.

    The longest context (up to seven symbols of the run) that two other documents hold; (df(context + symbol) - 2 + .3) /
    (df(context) - 2 + 1), without the two documents compared; one bit where no context is known elsewhere.
    """
    for n in range(min(i, DEPTH - 1), 0, -1):
        context = frequency[n - 1, p + i - n]
        if context >= 4 or (n == 1 and context >= 3):
            return bits[_OF_CONTEXT, context] - bits[_OF_BOTH, frequency[n, p + i - n]]
    return 1.0


@kernel
def _background_surprise(code: int, i: int) -> float:
    """Bits of symbol i of a run in general text, from what is expected of it; negative where that does not know it."""
    half_bits = (code >> (4 * (min(i, LONGEST - 1) - 1))) & 15
    return -1.0 if half_bits == UNKNOWN else 0.5 * half_bits


@kernel
def _surprise(part: I64, classes: U8, frequency: U8, expected: U16, bits: F64, row: F64) -> None:
    for k in range(len(part)):
        p, q, length = part[k]
        if length >= 3:
            row[_SURPRISE] += bits[_OF_OPENING, frequency[1, p]]
        for i in range(length):
            surprise, general = 0.0, 0.0
            if i > 0:
                surprise = _run_surprise(p, i, frequency, bits)
                general = _background_surprise(expected[p + i], i)
                if general < 0.0:
                    general = PER_BIT * surprise
                row[_NOVEL] += frequency[1, p + i - 1] <= 2
            row[_SURPRISE] += surprise
            row[_BACKGROUND_SURPRISE] += general
            if not _names(classes, p + i, q + i):
                row[_PLAIN_SURPRISE] += surprise
                row[_PLAIN_BACKGROUND_SURPRISE] += general


@kernel
def _names(classes: U8, p: int, q: int) -> bool:
    """Whether a symbol stands in a name or a number on both sides: the same words may be cut differently."""
    here = classes[p] == NAME or classes[p] == NUMBER
    return here and (classes[q] == NAME or classes[q] == NUMBER)


@kernel
def _count_words(part: I64, flags: U8, classes: U8, row: F64) -> None:
    named, quoted, titled = 0, 0, 0
    for k in range(len(part)):
        p, q, length = part[k, 0], part[k, 1], part[k, 2]
        begun = False
        for i in range(length):
            named += _names(classes, p + i, q + i)
            quoted += (flags[p + i] & QUOTED) != 0 and (flags[q + i] & QUOTED) != 0
            titled += (flags[p + i] & TITLE) != 0 and (flags[q + i] & TITLE) != 0
            if flags[p + i] & WORD and flags[q + i] & WORD:
                begun = True
            ends = flags[p + i + 1] & WORD or (i + 1 == length and flags[p + i + 1] == 0)
            if begun and (ends or i + 1 < length) and (flags[p + i + 1] & WORD):
                row[_WORDS] += 1
                row[_FUNCTION_WORDS] += classes[p + i] == FUNCTION and classes[q + i] == FUNCTION
                begun = False
    row[_NAMED] = named / row[_CHARACTERS]
    row[_QUOTED] = quoted / row[_CHARACTERS]
    row[_TITLED] = titled / row[_CHARACTERS]


@kernel
def _side(ordered: I64, side: int, symbols: U16, flags: U8, row: F64) -> None:
    """What one side shows of clauses and sentences; `ordered` are its runs by place."""
    first = ordered[0, side]
    last = ordered[len(ordered) - 1, side] + ordered[len(ordered) - 1, 2]
    row[_SPAN] = last - first
    row[_BEGINS] = (flags[first] & CLAUSE) != 0
    matched = _clauses(ordered, side, symbols, flags, row)
    for i in range(first, last):
        row[_SENTENCES] += (flags[i] & SENTENCE) != 0 and symbols[i] != 0
    end = last
    while not closes(symbols, flags, end, SENTENCE):
        end += 1
    row[_SENTENCE_LENGTH] = end - opening(symbols, flags, first, SENTENCE)
    row[_SENTENCE_SHARE] = matched / row[_SENTENCE_LENGTH]


@kernel
def _clauses(ordered: I64, side: int, symbols: U16, flags: U8, row: F64) -> int:
    """Count the clauses touched and filled; how many symbols are matched in them."""
    last = ordered[len(ordered) - 1, side] + ordered[len(ordered) - 1, 2]
    at = opening(symbols, flags, ordered[0, side], CLAUSE)
    k, total = 0, 0
    while at < last:
        stop = at + 1
        while not closes(symbols, flags, stop, CLAUSE):
            stop += 1
        matched = 0
        while k < len(ordered) and ordered[k, side] < stop:
            begin = max(at, ordered[k, side])
            end = min(stop, ordered[k, side] + ordered[k, 2])
            matched += max(0, end - begin)
            if ordered[k, side] + ordered[k, 2] > stop:
                break
            k += 1
        total += matched
        if symbols[at] < FIRST_HALF or stop - at >= LETTER_CLAUSE:
            row[_CLAUSES] += matched >= 2
            row[_FILLED_CLAUSES] += matched >= 0.8 * (stop - at)
        at = stop + 1 if symbols[stop] == 0 else stop
    return total


@kernel
def _surroundings(symbols: U16, part: I64, ordered: I64, near: Bool) -> int:
    """Pairs of neighbouring symbols close around a match on both sides; `near` is work space, one flag for a hash."""
    here, there = part[0, 0], ordered[0, 1]
    end_here = part[len(part) - 1, 0] + part[len(part) - 1, 2]
    end_there = ordered[len(ordered) - 1, 1] + ordered[len(ordered) - 1, 2]
    before = _shared_pairs(symbols, here - 2, there - 2, -1, near)
    return before + _shared_pairs(symbols, end_here, end_there, 1, near)


@kernel
def _shared_pairs(symbols: U16, p: int, q: int, step: int, near: Bool) -> int:
    """How many different pairs stand from p and from q on, one step at a time; neither looks past a separator."""
    count = 0
    for i in range(0, step * AROUND, step):
        if _pair(symbols, q + i) < 0:
            break
        near[_pair(symbols, q + i)] = True
    for i in range(0, step * AROUND, step):
        if _pair(symbols, p + i) < 0:
            break
        count += near[_pair(symbols, p + i)]
        near[_pair(symbols, p + i)] = False
    for i in range(0, step * AROUND, step):
        if _pair(symbols, q + i) < 0:
            break
        near[_pair(symbols, q + i)] = False
    return count


@kernel
def _pair(symbols: U16, at: int) -> int:
    """A number for the symbols at `at` and behind it; -1 where one is a separator or lies outside."""
    if at < 0 or at + 1 >= len(symbols) or symbols[at] == 0 or symbols[at + 1] == 0:
        return -1
    hashed: int = (int(symbols[at]) * 40503 + int(symbols[at + 1])) & 65535
    return hashed


@kernel
def _count_slots(part: I64, flags: U8) -> int:
    """Places where digits or placeholders stand on both sides: before a run, or inside one."""
    count = 0
    for k in range(len(part)):
        for i in range(part[k, 2]):
            if (i > 0 or k > 0) and flags[part[k, 0] + i] & flags[part[k, 1] + i] & SLOT:
                count += 1
    return count
