"""Sets of many documents as bits, in the order of their moments.

A paragraph of 30,000 documents has 30,000 holders in each of them: listed and sorted for every one they took 60 ns a
holder and document, 54 s; as bits they are 64 to a word, the earliest is the first bit, and one table serves all documents.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reuse.arrays import I64, U64, Bool, kernel, ranges

LEAST = 64
"""Documents of a set worth its bits: fewer are listed sooner."""
_WORDS_A_DOCUMENT = 8
"""Words of bits to a document of the set, at most: more are slower to read than the list, and larger by far."""
_ONE = np.uint64(1)


@dataclass(frozen=True, slots=True)
class Crowds:
    """Sets of places in time, the large ones as bits too.

    `offsets` into `places` (int64): the members of every set. `row` (int64, one a set): its row of `bits` (uint64, shape
    (rows, words)), -1 where it is listed only.
    """

    offsets: I64
    places: I64
    row: I64
    bits: U64

    @classmethod
    def of(cls, offsets: I64, places: I64, documents: int) -> Crowds:
        """The sets `places[offsets[n] : offsets[n + 1]]` of a corpus of so many documents."""
        words = -(-documents // 64)
        large = np.diff(offsets) >= max(LEAST, words // _WORDS_A_DOCUMENT)
        row = np.where(large, np.cumsum(large) - 1, -1)
        bits = np.zeros((np.count_nonzero(large), words), dtype=np.uint64)
        for number in np.flatnonzero(large).tolist():
            add_places(bits[row[number]], places[offsets[number] : offsets[number + 1]])
        return cls(offsets, places, row, bits)

    @classmethod
    def sharing(cls, value: I64, place: I64) -> Crowds:
        """The documents of each value (int64, by document; negative for none), by the place in time of each."""
        held = np.flatnonzero(value >= 0)
        order = held[np.argsort(value[held], kind="stable")]
        return cls.of(ranges(np.bincount(value[held])), place[order], len(value))

    def add_to(self, bits: U64, number: int) -> None:
        """Add the members of a set to others; nobody where `number` is negative."""
        if number < 0:
            return
        if self.row[number] >= 0:
            bits |= self.bits[self.row[number]]
        else:
            add_places(bits, self.places[self.offsets[number] : self.offsets[number + 1]])


@kernel
def add_places(bits: U64, places: I64) -> None:
    """Set the bits of some places."""
    for place in places:
        bits[place >> 6] |= _ONE << np.uint64(place & 63)


@kernel
def add_range(bits: U64, first: int, last: int) -> None:
    """Set the bits from `first` to before `last`."""
    place = first
    while place < last:
        if place & 63 == 0 and place + 64 <= last:
            bits[place >> 6] = ~np.uint64(0)
            place += 64
        else:
            bits[place >> 6] |= _ONE << np.uint64(place & 63)
            place += 1


@kernel
def count(bits: U64) -> int:
    """How many bits are set."""
    total = np.uint64(0)
    for word in bits:
        pairs = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
        fours = (pairs & np.uint64(0x3333333333333333)) + (
            (pairs >> np.uint64(2)) & np.uint64(0x3333333333333333)
        )
        eights = (fours + (fours >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
        total += (eights * np.uint64(0x0101010101010101)) >> np.uint64(56)
    return int(np.int64(total))


@kernel
def next_place(bits: U64, place: int) -> int:
    """The first bit set from `place` on, -1 where there is none."""
    at = place >> 6
    if at >= len(bits):
        return -1
    word = bits[at] & (~np.uint64(0) << np.uint64(place & 63))
    while word == 0:
        at += 1
        if at == len(bits):
            return -1
        word = bits[at]
    bit = 0
    while not (word >> np.uint64(bit)) & _ONE:
        bit += 1
    return at * 64 + bit


@kernel
def alike(sets: U64) -> tuple[U64, I64, Bool]:
    """The members of some sets (rows of bits): all of them as bits; by the sets they are in the first place of each kind of
    member there is, and which sets those are in (bool, a column a set)."""
    parts, inside = np.zeros((4, sets.shape[1]), np.uint64), np.zeros((4, len(sets)), np.bool_)
    for row in range(len(sets)):
        parts[0] |= sets[row]
    every = parts[0].copy()
    size = 1 if next_place(parts[0], 0) >= 0 else 0
    for row in range(len(sets)):
        for part in range(size):
            within, without = parts[part] & sets[row], parts[part] & ~sets[row]
            if next_place(within, 0) < 0:
                continue
            if next_place(without, 0) < 0:
                inside[part, row] = True
                continue
            if size == len(parts):
                parts, inside = np.concatenate((parts, parts)), np.concatenate((inside, inside))
            parts[part], parts[size], inside[size] = without, within, inside[part]
            inside[size, row] = True
            size += 1
    first = np.empty(size, np.int64)
    for part in range(size):
        first[part] = next_place(parts[part], 0)
    return every, first, inside[:size].copy()
