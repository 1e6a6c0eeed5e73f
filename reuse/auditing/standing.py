"""What documents are to one another: who may have said it first, who is the same author or series, who a version."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from reuse.arrays import I64, U64, Bool
from reuse.auditing.crowds import Crowds, add_places, add_range, next_place
from reuse.families.chronology import Chronology

LATE = np.iinfo(np.int64).max
"""Stands for the moment of a document without a date: after all others."""
BASE, OTHER, OWN, NOBODY = range(4)
"""What a holder is to a document, in the order in which a claim tells of them."""


class Standing:
    """The roles of all documents of a corpus, one by one or as bits by place in time.

    `moments` (int64, by document): first moments, `LATE` without a date; `order` (int64): the documents by moment, of equal
    ones the first in the input first; `place` (int64, by document): where each stands there.
    """

    def __init__(
        self, chronology: Chronology, versions: I64, kin: Sequence[I64], base: Bool, *, by_order: bool
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

    def roles(self, holders: I64, document: I64) -> I64:
        """What each of some documents is to another, pair by pair (int64): a base document, another one that may be its
        source, one of the same author or series, or nobody: a version of it, or one known to be later."""
        another = self._versions[holders] != self._versions[document]
        role = np.where(self._may_be_source(holders, document), OTHER, NOBODY)
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
        bits[OTHER] &= ~(same | self._base_bits)
        bits[OWN] = bits[OTHER] & own
        bits[OTHER] &= ~own
        bits[BASE] = self._base_bits & ~same
        return bits

    def all_earlier(self, bits: U64, document: int) -> bool:
        """Whether all documents of some bits are known to be earlier than a dated one."""
        after = int(np.searchsorted(self._firsts, self.chronology.first[document]))
        if next_place(bits, after) >= 0:
            return False
        place = next_place(bits, int(np.searchsorted(self._lasts_so_far, self.chronology.first[document])))
        while place >= 0:
            if self.chronology.last[self.order[place]] >= self.chronology.first[document]:
                return False
            place = next_place(bits, place + 1)
        return True

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
            add_range(bits, 0, int(np.searchsorted(self._firsts, self.chronology.last[document], "right")))
            add_range(bits, int(np.searchsorted(self._firsts, LATE)), len(self.place))
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
        last = np.where(self.chronology.first < 0, LATE, self.chronology.last)[self.order]
        latest: I64 = np.maximum.accumulate(last)
        return latest

    @cached_property
    def _base_bits(self) -> U64:
        bits = np.zeros(-(-len(self.place) // 64), dtype=np.uint64)
        add_places(bits, self.place[self._base])
        return bits

    @cached_property
    def _version_crowds(self) -> Crowds:
        return Crowds.sharing(self._versions, self.place)

    @cached_property
    def _kin_crowds(self) -> list[Crowds]:
        return [Crowds.sharing(value, self.place) for value in self._kin]
