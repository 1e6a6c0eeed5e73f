"""Claims with whom they name: which holders may be sources, which are the author's own, who was first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from reuse.arrays import I64, U64, Bool, kernel, ranges
from reuse.auditing.blocks import Block
from reuse.auditing.claims import Claims, ClaimTable
from reuse.auditing.crowds import alike, count, drop_places, has, named_of
from reuse.auditing.layers import Weighed
from reuse.auditing.standing import BASE, NOBODY, OTHER, OWN, Standing
from reuse.families.rows import distinct_rows, spread


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
        _count_crowds(table, claims, standing, bits, chosen, counts, earliest)
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


def _count_crowds(
    table: ClaimTable,
    claims: Claims,
    standing: Standing,
    roles: U64,
    chosen: I64,
    counts: I64,
    earliest: I64,
) -> None:
    """Count anew the claims `chosen` of a document, which have crowds: listed holders and all."""
    offsets, places = spread(claims.holder_offsets, chosen)
    row_offsets, rows = spread(claims.crowd_offsets, chosen)
    found, first = named_of(
        table.crowds.bits,
        roles,
        claims.crowds[rows],
        row_offsets,
        standing.place[claims.holders[places]],
        offsets,
    )
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
        sets = _crowds_of(table, weighed.claims, claims) & weighed.crowd_others[document]
        first, last = np.searchsorted(pairs[:, 0], [document, document + 1]).tolist()
        places = standing.place[pairs[first:last, 1]]
        held += [_holding(sets[n], places, first, claim) for n, claim in enumerate(claims.tolist())]
        drop_places(sets, places)
        rest = np.bitwise_or.reduce(sets, axis=0)
        size[document - block.first] += count(rest)
        earlier[document - block.first] &= standing.all_earlier(rest, document)
        place, inside = alike(sets)
        part, which = np.nonzero(inside)
        held.append(np.column_stack((known + part, claims[which])))
        more.append(np.column_stack((np.full(len(place), document), standing.order[place])))
        known += len(place)
    of, documents = np.concatenate(more).T
    joined = distinct_rows(np.concatenate(held))[0]
    offsets = ranges(np.bincount(joined[:, 0], minlength=known))
    return Sources(of.copy(), documents.copy(), offsets, joined[:, 1].copy(), size, earlier)


def _crowds_of(table: ClaimTable, claims: Claims, chosen: I64) -> U64:
    """The crowds of each of some claims as one set: bits by place in time (uint64, a row a claim)."""
    bits = np.zeros((len(chosen), table.crowds.bits.shape[1]), dtype=np.uint64)
    for n, claim in enumerate(chosen.tolist()):
        for row in claims.crowds[claims.crowd_offsets[claim] : claims.crowd_offsets[claim + 1]].tolist():
            bits[n] |= table.crowds.bits[row]
    return bits


def _holding(bits: U64, places: I64, first: int, claim: int) -> I64:
    """Which of some listed documents, numbered from `first`, a crowd holds: pairs of number and claim (int64, shape (n, 2))."""
    number = first + np.flatnonzero(has(bits, places))
    return np.column_stack((number, np.full(len(number), claim)))
