"""Clauses and sentences of text without punctuation: transcripts, subtitles, what was recognised from images (compiled).

Whatever weighs clauses and sentences would take such a text for one endless sentence. Where no mark stands for long, spaces
part clauses if they stand as far apart as clauses are long; else the text itself does, where a hash of two neighbours is the
smallest around (Bjørner, Blass & Gurevich 2010, Content-dependent chunking for differential compression, the local maximum
approach), so that the same wording is parted in the same places wherever it stands.
"""

from __future__ import annotations

from reuse.arrays import I64, U8, U16, kernel
from reuse.text.alphabet import FIRST_HALF
from reuse.text.flags import CLAUSE, GAP, SENTENCE, SLOT

LONGEST_CLAUSE = 100
"""Symbols: .0004 of the text of reports, .0016 of news and .02 of English addresses stands in longer ones."""
LONGEST_SENTENCE = 150
"""Symbols of a sentence in which a clause is too long: .99 of real sentences are shorter. One with commas alone stays whole."""
LEAST_PIECE = 6
"""Symbols between spaces, in the mean, from which they part clauses: those of a list of names or of single words do not."""
_CLAUSE_RADIUS, _SENTENCE_RADIUS = 6, 1
"""Symbols, and clauses, on either side among which a border is the smallest: clauses of some 13 symbols, as real ones are in the
mean, and sentences of some three clauses."""


@kernel
def part_unpunctuated(symbols: U16, flags: U8, documents: I64) -> None:
    """Set `CLAUSE` where clauses are longer than `LONGEST_CLAUSE`, and `SENTENCE` where sentences of such clauses are longer than
    `LONGEST_SENTENCE`."""
    for d in range(len(documents) - 1):
        first, last = documents[d], documents[d + 1]
        clause, sentence, parted = first, first, False
        for at in range(first + 1, last + 1):
            if at == last or flags[at] & CLAUSE:
                if at - clause > LONGEST_CLAUSE:
                    _part_clauses(symbols, flags, clause, at)
                    parted = True
                clause = at
            if at == last or flags[at] & SENTENCE:
                if parted and at - sentence > LONGEST_SENTENCE:
                    _part_sentences(symbols, flags, sentence, at)
                sentence, parted = at, False


@kernel
def _part_clauses(symbols: U16, flags: U8, first: int, last: int) -> None:
    """Part a stretch at its spaces, if they stand as those of clauses do, and what is still too long by its text."""
    spaces = 0
    for at in range(first + 1, last):
        spaces += flags[at] & (GAP | SLOT) == GAP
    spaced = spaces * LEAST_PIECE <= last - first
    begin = first
    for at in range(first + 1, last + 1):
        if at == last or (spaced and flags[at] & (GAP | SLOT) == GAP):
            if at < last:
                flags[at] |= CLAUSE
            if at - begin > LONGEST_CLAUSE:
                _part_by_text(symbols, flags, begin, at)
            begin = at


@kernel
def _part_by_text(symbols: U16, flags: U8, first: int, last: int) -> None:
    """Part a stretch before each symbol that goes with the one before it to the smallest hash around."""
    for at in range(first + 1, last):
        here = _hash(symbols, at)
        smallest = _can_begin(symbols, at)
        for other in range(max(first + 1, at - _CLAUSE_RADIUS), min(last, at + _CLAUSE_RADIUS + 1)):
            if other != at and _can_begin(symbols, other):
                there = _hash(symbols, other)
                smallest = smallest and (here < there or (here == there and at < other))
        if smallest:
            flags[at] |= CLAUSE


@kernel
def _part_sentences(symbols: U16, flags: U8, first: int, last: int) -> None:
    """Begin a sentence at each clause whose beginning has the smallest hash around."""
    begins = [at for at in range(first + 1, last) if flags[at] & CLAUSE]
    for k in range(len(begins)):
        here = _hash(symbols, begins[k])
        smallest = True
        for other in range(max(0, k - _SENTENCE_RADIUS), min(len(begins), k + _SENTENCE_RADIUS + 1)):
            there = _hash(symbols, begins[other])
            smallest = smallest and (here < there or (here == there and k <= other))
        if smallest:
            flags[begins[k]] |= SENTENCE


@kernel
def _can_begin(symbols: U16, at: int) -> bool:
    """Whether a word or character begins here: not the second symbol of a word of letters, nor of a rare character."""
    second_half = symbols[at - 1] >= FIRST_HALF and 0x0100 <= symbols[at] < 0x0900
    return not second_half and not 0xDC00 <= symbols[at] < 0xE000


@kernel
def _hash(symbols: U16, at: int) -> int:
    """A number for the symbols on both sides of a border, as good as drawn by lot (Knuth's multiplicative hash)."""
    pair = (int(symbols[at - 1]) << 16) | int(symbols[at])
    mixed: int = ((pair * 1640531527) >> 12) & 0xFFFFF
    return mixed
