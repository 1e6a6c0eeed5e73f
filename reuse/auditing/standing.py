"""What documents are to one another: who may have said it first, who is the same author or series, who a version."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from reuse.arrays import I64, U64, Bool, kernel
from reuse.auditing.crowds import Crowds, add_places, add_range, next_place
from reuse.families.chronology import Chronology

LATE = np.iinfo(np.int64).max
"""Stands for the moment of a document without a date: after all others."""
BASE, OTHER, OWN, NOBODY = range(4)
"""What a holder is to a document, in the order in which a claim tells of them."""


class Standing:
    """The roles of all documents of a corpus, one by one or as bits by place in time.

    `moments` (int64, by document): first moments, `LATE` without a date; `order` (int64): the documents by moment, of equal
    ones the first in the input first; `place` (int64, by document): where each stands there. `left_out` (bool, by document)
    are no sources of anybody.
    """

    def __init__(
        self,
        chronology: Chronology,
        versions: I64,
        kin: Sequence[I64],
        base: Bool,
        *,
        by_order: bool,
        left_out: Bool | None = None,
    ) -> None:
        self.chronology = chronology
        self.moments = np.where(chronology.first < 0, LATE, chronology.first)
        self.order = np.argsort(self.moments, kind="stable")
        self.place = np.empty(len(self.order), dtype=np.int64)
        self.place[self.order] = np.arange(len(self.order))
        self._versions = versions
        self._kin = kin
        self._base = base
        self._by_order = by_order
        self._left_out = np.zeros_like(base) if left_out is None else left_out

    def roles(self, holders: I64, document: I64) -> I64:
        """What each of some documents is to another, pair by pair (int64): a base document, another one that may be its
        source, one of the same author or series, or nobody: a version of it, or one known to be later."""
        another = self._versions[holders] != self._versions[document]
        open_ = self._may_be_source(holders, document) & ~self._left_out[holders]
        role = np.where(open_, OTHER, NOBODY)
        role[self._is_own(holders, document) & (role == OTHER)] = OWN
        found: I64 = np.where(another, np.where(self._base[holders], BASE, role), NOBODY)
        return found

    def role_bits(self, document: int) -> U64:
        """The same for all documents: bits by place in time (uint64, a row for each of BASE, OTHER, OWN)."""
        bits = np.zeros((3, self._base_bits.shape[0]), dtype=np.uint64)
        same, own = np.zeros_like(bits[0]), np.zeros_like(bits[0])
        self._version_crowds.add_to(same, int(self._versions[document]))
        for crowds, value in zip(self._kin_crowds, self._kin, strict=True):
            crowds.add_to(own, int(value[document]))
        self._add_sources(bits[OTHER], document)
        bits[OTHER] &= ~self._left_out_bits
        _tell_apart(bits, self._base_bits, same, own)
        return bits

    def all_earlier(self, bits: U64, document: int) -> bool:
        """Whether all documents of some bits are known to be earlier than a dated one."""
        return _all_before(
            bits, self._firsts, self._lasts, self._lasts_so_far, int(self.chronology.first[document])
        )

    def earlier(self, others: I64, document: I64) -> Bool:
        """Whether each of some documents is known to be earlier than another, pair by pair."""
        first, last = self.chronology.first, self.chronology.last
        earlier: Bool = (first[others] >= 0) & (last[others] < first[document])
        return earlier

    def _may_be_source(self, holders: I64, document: I64) -> Bool:
        """Those not known to be later."""
        first, last = self.chronology.first, self.chronology.last
        dated = first[document] >= 0
        open_: Bool = (first[holders] <= last[document]) | ~dated
        return open_ & (dated | (holders < document)) if self._by_order else open_

    def _add_sources(self, bits: U64, document: int) -> None:
        dated = self.chronology.dated(document)
        if dated:
            add_range(bits, 0, int(self._not_later[document]))
            add_range(bits, self._dated, len(self.place))
        elif self._by_order:
            add_places(bits, self.place[:document])
        else:
            add_range(bits, 0, len(self.place))

    def _is_own(self, holders: I64, document: I64) -> Bool:
        """Those of the same author or series."""
        same = np.zeros(len(holders), dtype=np.bool_)
        for value in self._kin:
            same |= (value[document] >= 0) & (value[holders] == value[document])
        return same

    @cached_property
    def _firsts(self) -> I64:
        """First moments in order of time."""
        return self.moments[self.order]

    @cached_property
    def _lasts_so_far(self) -> I64:
        """The latest last moment of all documents up to each place in time."""
        latest: I64 = np.maximum.accumulate(self._lasts)
        return latest

    @cached_property
    def _lasts(self) -> I64:
        """Last moments in order of time."""
        last: I64 = np.where(self.chronology.first < 0, LATE, self.chronology.last)[self.order]
        return last

    @cached_property
    def _not_later(self) -> I64:
        """How many dated documents are not known to be later than each dated one."""
        return np.searchsorted(self._firsts, self.chronology.last, "right").astype(np.int64)

    @cached_property
    def _dated(self) -> int:
        """How many documents have a date."""
        return int(np.searchsorted(self._firsts, LATE))

    @cached_property
    def _base_bits(self) -> U64:
        return self._bits_of(self._base)

    @cached_property
    def _left_out_bits(self) -> U64:
        return self._bits_of(self._left_out)

    def _bits_of(self, chosen: Bool) -> U64:
        bits = np.zeros(-(-len(self.place) // 64), dtype=np.uint64)
        add_places(bits, self.place[chosen])
        return bits

    @cached_property
    def _version_crowds(self) -> Crowds:
        return Crowds.sharing(self._versions, self.place)

    @cached_property
    def _kin_crowds(self) -> list[Crowds]:
        return [Crowds.sharing(value, self.place) for value in self._kin]


@kernel
def _tell_apart(roles: U64, base: U64, same: U64, own: U64) -> None:
    """Give each of the documents that may be sources (the row OTHER) one role, versions of the same document none."""
    for word in range(len(base)):
        others = roles[OTHER, word] & ~(same[word] | base[word])
        roles[BASE, word] = base[word] & ~same[word]
        roles[OTHER, word] = others & ~own[word]
        roles[OWN, word] = others & own[word]


@kernel
def _all_before(bits: U64, firsts: I64, lasts: I64, lasts_so_far: I64, moment: int) -> bool:
    """Whether all documents of some bits end before a moment; only those that begin before it and end after another of
    them are looked at one by one."""
    if next_place(bits, int(np.searchsorted(firsts, moment))) >= 0:
        return False
    place = next_place(bits, int(np.searchsorted(lasts_so_far, moment)))
    while place >= 0:
        if lasts[place] >= moment:
            return False
        place = next_place(bits, place + 1)
    return True
