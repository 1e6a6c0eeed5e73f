"""Claims with whom they name: which holders may be sources, which are the author's own, who was first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from reuse.arrays import I64, U64, Bool, kernel, ranges
from reuse.auditing.blocks import Block
from reuse.auditing.claims import Claims, ClaimTable
from reuse.auditing.crowds import add_places, alike, count, next_place
from reuse.auditing.layers import Weighed
from reuse.auditing.standing import BASE, NOBODY, OTHER, OWN, Standing
from reuse.families.rows import distinct_rows, spread
from reuse.sorting import unique_rows


def weighed(table: ClaimTable, standing: Standing, block: Block) -> Weighed:
    """The claims on some documents with whom they name."""
    claims = table.of(block.first, block.last)
    holder_of = np.repeat(claims.document, np.diff(claims.holder_offsets))
    role = standing.roles(claims.holders, holder_of)
    counts, earliest, others = _named(role, claims.holders, claims.holder_offsets, standing.moments)
    other_offsets = ranges(counts[:, OTHER])
    crowd_others: dict[int, U64] = {}
    for document, chosen in _by_document(claims, np.flatnonzero(np.diff(claims.crowd_offsets))):
        bits = standing.role_bits(document)
        crowd_others[document] = bits[OTHER]
        _count_crowds(
            chosen,
            claims.crowd_offsets,
            claims.crowds,
            table.crowds.bits,
            claims.holder_offsets,
            claims.holders,
            standing.place,
            bits,
            standing.order,
            counts,
            earliest,
        )
    named = counts[:, :NOBODY].any(axis=1)
    told = (counts[:, :NOBODY] > 0).argmax(axis=1)
    every = np.arange(len(claims))
    return Weighed(
        claims,
        block.places(np.repeat(claims.document, np.diff(claims.offsets)), claims.here),
        other_offsets,
        others,
        crowd_others,
        np.where(named, counts[every, told], 0),
        np.where(named, earliest[every, told], -1),
        counts[:, OTHER] > 0,
        counts[:, OWN] > 0,
        counts[:, BASE] > 0,
    )


def _by_document(claims: Claims, chosen: I64) -> Iterator[tuple[int, I64]]:
    """Some claims (int64, ascending), document by document."""
    if len(chosen):
        heads = np.flatnonzero(np.diff(claims.document[chosen], prepend=-1))
        for part in np.split(chosen, heads[1:]):
            yield int(claims.document[part[0]]), part


@kernel
def _count_crowds(
    chosen: I64,
    crowd_offsets: I64,
    crowds: I64,
    bits: U64,
    holder_offsets: I64,
    holders: I64,
    place: I64,
    roles: U64,
    order: I64,
    counts: I64,
    earliest: I64,
) -> None:
    """Count anew the claims `chosen` of a document, which have crowds: listed holders and all."""
    for claim in chosen:
        held = np.zeros(bits.shape[1], np.uint64)
        for n in range(crowd_offsets[claim], crowd_offsets[claim + 1]):
            held |= bits[crowds[n]]
        add_places(held, place[holders[holder_offsets[claim] : holder_offsets[claim + 1]]])
        for role in range(len(roles)):
            those = held & roles[role]
            counts[claim, role] = count(those)
            earliest[claim, role] = order[next_place(those, 0)] if counts[claim, role] else -1


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

    `of` (int64): the document that has each as a source; `documents` (int64): all those listed, and of those in crowds that
    hold just the same claims the earliest; `offsets` into `claims` (int64, ascending): what each of them holds. `size`
    (int64) and `earlier` (bool), by document of the block: how many sources it has in all; whether all of them are known to
    be earlier.
    """

    of: I64
    documents: I64
    offsets: I64
    claims: I64
    size: I64
    earlier: Bool


def sources_of(table: ClaimTable, weighed: Weighed, standing: Standing, block: Block, chosen: I64) -> Sources:
    """The others that the claims `chosen` (int64, ascending) name."""
    offsets, places = spread(weighed.other_offsets, chosen)
    owner = np.repeat(chosen, np.diff(offsets))
    listed = np.column_stack((weighed.claims.document[owner], weighed.others[places]))
    pairs, number, _ = distinct_rows(listed)
    size = np.bincount(pairs[:, 0] - block.first, minlength=len(block))
    earlier = np.ones(len(block), dtype=np.bool_)
    earlier[pairs[~standing.earlier(pairs[:, 1], pairs[:, 0]), 0] - block.first] = False
    held = [np.column_stack((number, owner))]
    crowded = chosen[np.diff(weighed.claims.crowd_offsets)[chosen] > 0]
    more, known = [pairs], len(pairs)
    for document, claims in _by_document(weighed.claims, crowded):
        first, last = np.searchsorted(pairs[:, 0], [document, document + 1]).tolist()
        places = standing.place[pairs[first:last, 1]]
        rest, place, of_crowds = _of_crowds(
            claims,
            weighed.claims.crowd_offsets,
            weighed.claims.crowds,
            table.crowds.bits,
            weighed.crowd_others[document],
            places,
            first,
            known,
        )
        size[document - block.first] += count(rest)
        earlier[document - block.first] &= standing.all_earlier(rest, document)
        held.append(of_crowds)
        more.append(np.stack((np.full(len(place), document), standing.order[place]), axis=1))
        known += len(place)
    of, documents = np.concatenate(more).T
    joined = unique_rows(np.concatenate(held))
    offsets = ranges(np.bincount(joined[:, 0], minlength=known))
    return Sources(of.copy(), documents.copy(), offsets, joined[:, 1].copy(), size, earlier)


@kernel
def _of_crowds(
    claims: I64,
    crowd_offsets: I64,
    crowds: I64,
    bits: U64,
    others: U64,
    listed: I64,
    first: int,
    known: int,
) -> tuple[U64, I64, I64]:
    """What the crowds of some claims on a document add to the listed sources, which are numbered from `first`: the others in
    no list, as bits; the first place of each kind of them, numbered from `known`; and which number holds which claim (int64,
    shape (n, 2))."""
    sets = np.zeros((len(claims), len(others)), np.uint64)
    for n in range(len(claims)):
        for at in range(crowd_offsets[claims[n]], crowd_offsets[claims[n] + 1]):
            sets[n] |= bits[crowds[at]]
        sets[n] &= others
    held, size = np.empty((len(claims) * len(listed), 2), np.int64), 0
    for n in range(len(claims)):
        for k in range(len(listed)):
            bit = np.uint64(1) << np.uint64(listed[k] & 63)
            if sets[n, listed[k] >> 6] & bit:
                held[size, 0], held[size, 1] = first + k, claims[n]
                sets[n, listed[k] >> 6] &= ~bit
                size += 1
    rest, place, inside = alike(sets)
    more = np.argwhere(inside)
    for n in range(len(more)):
        more[n, 0], more[n, 1] = known + more[n, 0], claims[more[n, 1]]
    return rest, place, np.concatenate((held[:size], more))
