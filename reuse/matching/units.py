"""Where clauses and sentences begin and end in the stream (compiled)."""

from __future__ import annotations

from reuse.arrays import U8, U16, kernel
from reuse.text.alphabet import FIRST_HALF
from reuse.text.flags import CLAUSE

LETTER_CLAUSE = 8
"""Symbols, two a word, from which a clause of letters counts as one: commas of English also part forms of address and lists. Of
pairs of presidential addresses (`tests.quality.addresses`) .85 of what is reported as reuse is, and .61 were without this and
the rule for function words (`alignment`)."""


@kernel
def begins_clause(symbols: U16, flags: U8, p: int) -> bool:
    """Whether a clause begins at symbol p; one of letters is long enough."""
    if not flags[p] & CLAUSE:
        return False
    if symbols[p] < FIRST_HALF:
        return True
    for end in range(p + 1, p + LETTER_CLAUSE):
        if closes(symbols, flags, end, CLAUSE):
            return False
    return True


@kernel
def ends_clause(symbols: U16, flags: U8, p: int) -> bool:
    """Whether symbol p ends a clause; one of letters is long enough."""
    if not closes(symbols, flags, p + 1, CLAUSE):
        return False
    if symbols[p - 1] < FIRST_HALF:
        return True
    for i in range(p, p + 1 - LETTER_CLAUSE, -1):
        if symbols[i] == 0 or flags[i] & CLAUSE:
            return False
    return True


@kernel
def closes(symbols: U16, flags: U8, at: int, unit: int) -> bool:
    """Whether a unit (clause, sentence) ends before `at`."""
    return symbols[at] == 0 or (flags[at] & unit) != 0


@kernel
def opening(symbols: U16, flags: U8, at: int, unit: int) -> int:
    """Where the unit that holds `at` begins."""
    while at > 0 and symbols[at] != 0 and not flags[at] & unit:
        at -= 1
    return at + 1 if symbols[at] == 0 else at
