"""Claims with whom they name: which holders may be sources, which are the author's own, who was first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reuse.arrays import I64, U64, kernel, ranges
from reuse.auditing.claims import Claims, ClaimTable
from reuse.auditing.crowds import alike, count, drop_places, has, named_of
from reuse.auditing.layers import Weighed
from reuse.auditing.standing import BASE, NOBODY, OTHER, OWN, Standing
from reuse.families.rows import distinct_rows, spread


def weighed(
    table: ClaimTable, claims: Claims, standing: Standing, document: int, compared: I64
) -> Weighed | None:
    """What the claims on a document name; None where they name nobody."""
    role = standing.roles(claims.holders, document)
    counts, earliest, others = _named(role, claims.holders, claims.holder_offsets, standing.moments)
    other_offsets = ranges(counts[:, OTHER])
    crowd_others = None
    if len(claims.crowds):
        bits = standing.role_bits(document)
        crowd_others = bits[OTHER]
        _add_crowds(table, claims, standing, bits, counts, earliest)
    named = counts[:, :NOBODY].any(axis=1)
    if not named.any():
        return None
    told = (counts[:, :NOBODY] > 0).argmax(axis=1)
    every = np.arange(len(claims))
    return Weighed(
        claims,
        np.searchsorted(compared, claims.here).astype(np.int64),
        other_offsets,
        others,
        crowd_others,
        np.where(named, counts[every, told], 0),
        np.where(named, earliest[every, told], -1),
        counts[:, OTHER] > 0,
        counts[:, OWN] > 0,
        counts[:, BASE] > 0,
    )


def _add_crowds(
    table: ClaimTable, claims: Claims, standing: Standing, roles: U64, counts: I64, earliest: I64
) -> None:
    """Count anew the claims that have crowds, listed holders and all."""
    chosen = np.flatnonzero(np.diff(claims.crowd_offsets))
    offsets, places = spread(claims.holder_offsets, chosen)
    listed = standing.place[claims.holders[places]]
    row_offsets = np.append(claims.crowd_offsets[chosen], len(claims.crowds))
    found, first = named_of(table.crowds.bits, roles, claims.crowds, row_offsets, listed, offsets)
    counts[chosen, :NOBODY] = found
    earliest[chosen] = np.where(first >= 0, standing.order[first], -1)


@kernel
def _named(role: I64, holders: I64, offsets: I64, moments: I64) -> tuple[I64, I64, I64]:
    """For each claim how many holders have each role, and the one of each whose moment is first, of equals the first, -1 where
    there is none; and all others that may be sources, claim by claim."""
    claims = len(offsets) - 1
    counts = np.zeros((claims, NOBODY + 1), np.int64)
    earliest = np.full((claims, NOBODY), -1, np.int64)
    others, size = np.empty(len(holders), np.int64), 0
    for claim in range(claims):
        for n in range(offsets[claim], offsets[claim + 1]):
            counts[claim, role[n]] += 1
            if role[n] == OTHER:
                others[size] = holders[n]
                size += 1
            if role[n] < NOBODY:
                best = earliest[claim, role[n]]
                if best < 0 or moments[holders[n]] < moments[best]:
                    earliest[claim, role[n]] = holders[n]
    return counts, earliest, others[:size].copy()


@dataclass(frozen=True, slots=True)
class Sources:
    """The others that some claims name, and what each holds.

    `documents` (int64): all those listed, and of those in crowds that hold just the same claims the earliest; `offsets` into
    `claims` (int64, ascending): what each of them holds. `size`: how many they are in all; `earlier`: whether all of them are
    known to be earlier than the document, which is dated.
    """

    documents: I64
    offsets: I64
    claims: I64
    size: int
    earlier: bool


def sources_of(
    table: ClaimTable, weighed: Weighed, standing: Standing, document: int, chosen: I64
) -> Sources:
    """The others that the claims `chosen` (int64, ascending) name."""
    offsets, places = spread(weighed.other_offsets, chosen)
    owner = np.repeat(chosen, np.diff(offsets))
    others, number = np.unique(weighed.others[places], return_inverse=True)
    earlier = bool(standing.chronology.earlier(others, document).all())
    size = len(others)
    held = np.column_stack((number, owner))
    crowded = chosen[np.diff(weighed.claims.crowd_offsets)[chosen] > 0]
    if weighed.crowd_others is not None and len(crowded):
        sets = _crowds_of(table, weighed.claims, crowded) & weighed.crowd_others
        listed = standing.place[others]
        held = np.concatenate((held, *(_holding(sets[n], listed, crowded[n]) for n in range(len(crowded)))))
        drop_places(sets, listed)
        rest = np.bitwise_or.reduce(sets, axis=0)
        first, inside = alike(sets)
        part, which = np.nonzero(inside)
        held = np.concatenate((held, np.column_stack((size + part, crowded[which]))))
        others = np.append(others, standing.order[first])
        size += count(rest)
        earlier = earlier and standing.chronology.dated(document) and standing.all_earlier(rest, document)
        held = distinct_rows(held)[0]
    else:
        held = held[np.argsort(number, kind="stable")]
    return Sources(
        others, ranges(np.bincount(held[:, 0], minlength=len(others))), held[:, 1].copy(), size, earlier
    )


def _crowds_of(table: ClaimTable, claims: Claims, chosen: I64) -> U64:
    """The crowds of each of some claims as one set: bits by place in time (uint64, a row a claim)."""
    bits = np.zeros((len(chosen), table.crowds.bits.shape[1]), dtype=np.uint64)
    for n, claim in enumerate(chosen.tolist()):
        for row in claims.crowds[claims.crowd_offsets[claim] : claims.crowd_offsets[claim + 1]].tolist():
            bits[n] |= table.crowds.bits[row]
    return bits


def _holding(bits: U64, places: I64, claim: int) -> I64:
    """Which of some listed documents a crowd holds: pairs of number and claim (int64, shape (n, 2))."""
    number = np.flatnonzero(has(bits, places))
    return np.column_stack((number, np.full(len(number), claim)))
