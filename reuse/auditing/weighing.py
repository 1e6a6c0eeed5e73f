"""Claims with whom they name: which holders may be sources, which are the author's own, who was first."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from reuse.arrays import I64, Bool, kernel, ranges
from reuse.auditing.claims import Claims
from reuse.auditing.layers import Weighed

LATE = np.iinfo(np.int64).max
"""Stands for the moment of a document without a date: after all others."""


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
    owner = np.repeat(np.arange(len(claims)), np.diff(claims.holder_offsets))[another]
    holders, base = claims.holders[another], base[another]
    source = ~base & may_be_source(holders)
    own = source & is_own(holders)
    other = source & ~own
    counts = [np.bincount(owner[mask], minlength=len(claims)) for mask in (base, other, own)]
    group = np.where(counts[0] > 0, 0, np.where(counts[1] > 0, 1, 2))[owner]
    told = np.where(group == 0, base, np.where(group == 1, other, own))
    named = np.bincount(owner[told], minlength=len(claims))
    if not named.any():
        return None
    return Weighed(
        claims,
        np.searchsorted(compared, claims.here).astype(np.int64),
        ranges(counts[1]),
        holders[other],
        named,
        _earliest(owner, holders, told, moments, len(claims)),
        counts[2] > 0,
        counts[0] > 0,
    )


@kernel
def _earliest(owner: I64, holders: I64, told: Bool, moments: I64, claims: int) -> I64:
    """For each claim the holder told of whose moment is first, of equals the first; -1 where none is."""
    first = np.full(claims, -1, np.int64)
    for n in range(len(owner)):
        best = first[owner[n]]
        if told[n] and (best < 0 or moments[holders[n]] < moments[best]):
            first[owner[n]] = holders[n]
    return first
