"""Claims with whom they name: which holders may be sources, which are the author's own, who was first."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from reuse.arrays import I64, Bool, kernel, ranges
from reuse.auditing.claims import Claims
from reuse.auditing.layers import Weighed

LATE = np.iinfo(np.int64).max
"""Stands for the moment of a document without a date: after all others."""
_BASE, _OTHER, _OWN, _NOBODY = range(4)
"""What a holder is to a document, in the order in which a claim tells of them."""


def weighed(
    claims: Claims,
    compared: I64,
    another: Bool,
    base: Bool,
    may_be_source: Callable[[I64], Bool],
    is_own: Callable[[I64], Bool],
    moments: I64,
) -> Weighed | None:
    """What the claims on a document name; None where they name nobody.

    `another` and `base` (bool, one an entry of `claims.holders`): whether the holder is no version of the document, and
    whether it is a base document. `moments` (int64, by document) are their first moments, `LATE` without a date.
    """
    source = may_be_source(claims.holders)
    role = np.where(another, np.where(base, _BASE, np.where(source, _OTHER, _NOBODY)), _NOBODY)
    role[is_own(claims.holders) & (role == _OTHER)] = _OWN
    counts, named, earliest, others = _named(role, claims.holders, claims.holder_offsets, moments)
    if not named.any():
        return None
    return Weighed(
        claims,
        np.searchsorted(compared, claims.here).astype(np.int64),
        ranges(counts[:, _OTHER]),
        others,
        named,
        earliest,
        counts[:, _OWN] > 0,
        counts[:, _BASE] > 0,
    )


@kernel
def _named(role: I64, holders: I64, offsets: I64, moments: I64) -> tuple[I64, I64, I64, I64]:
    """For each claim how many holders have each role, how many it tells of, and of these the one whose moment is first, of
    equals the first, -1 where there is none; and all others that may be sources, claim by claim."""
    claims = len(offsets) - 1
    counts = np.zeros((claims, _NOBODY + 1), np.int64)
    named, earliest = np.zeros(claims, np.int64), np.full(claims, -1, np.int64)
    others, size = np.empty(len(holders), np.int64), 0
    for claim in range(claims):
        for n in range(offsets[claim], offsets[claim + 1]):
            counts[claim, role[n]] += 1
            if role[n] == _OTHER:
                others[size] = holders[n]
                size += 1
        told = 0
        while told < _NOBODY and counts[claim, told] == 0:
            told += 1
        if told == _NOBODY:
            continue
        named[claim] = counts[claim, told]
        for n in range(offsets[claim], offsets[claim + 1]):
            best = earliest[claim]
            if role[n] == told and (best < 0 or moments[holders[n]] < moments[best]):
                earliest[claim] = holders[n]
    return counts, named, earliest, others[:size].copy()
