"""How alike the texts of occurrences are: shared character trigrams, each weighed by how few of the texts
hold it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from reuse.arrays import F64, I32, I64, U16, U64, kernel, ranges
from reuse.sorting import grouped
from reuse.text.comparable import symbols_of

_GRAM = 3

_COMMONEST = 50
"""A trigram counts as held by at most so many texts. With idf unbounded the frame of a large family, being
common, weighs less than the fillers of its slots: of 4,000 members of one frame 2,895 stay together and 128
families come out; bounded at 50, 4,003 and 41 (as planted: 4,000 and 41). At 340 texts the bound changes
nothing (ARI 1.00 either way)."""

_FEWEST = 300
"""Texts there are at least, for what counts as common: of six texts of one frame all hold the frame, and it would weigh
a third of the fillers of its slots (one planted family of six in ten lost a member so)."""


@dataclass(frozen=True, slots=True)
class Grams:
    """The distinct trigrams of some texts: text n holds `grams[offsets[n]:offsets[n + 1]]` (int32,
    ascending numbers).

    `weight` (float64) is indexed by trigram number; `mass` (float64) is the weight of all trigrams of a
    text.
    """

    offsets: I64
    grams: I32
    weight: F64
    mass: F64
    _held: I32 = field(init=False, repr=False, compare=False)
    """Room to count in, an entry a trigram, 0 between calls: to sort the trigrams of a cluster, and look each up in them,
    took ten times as long."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_held", np.zeros(len(self.weight), dtype=np.int32))

    def resemblance(self, left: I64, right: I64) -> F64:
        """Weighted Jaccard resemblance of the texts `left[n]` and `right[n]`, between 0 and 1."""
        shared = _shared_mass(self.offsets, self.grams, self.weight, left, right)
        whole = self.mass[left] + self.mass[right] - shared
        return np.divide(shared, whole, out=np.zeros(len(left)), where=whole > 0)

    def held(self, text: int, others: I64) -> float:
        """The share of a text's weight that `others` hold together, between 0 and 1."""
        own = self.grams[self.offsets[text] : self.offsets[text + 1]]
        spans = [self.grams[self.offsets[n] : self.offsets[n + 1]] for n in others.tolist()]
        shared = self.weight[own[np.isin(own, np.concatenate(spans))]].sum()
        return float(shared / self.mass[text]) if self.mass[text] else 0.0

    def medoid(self, texts: I64) -> int:
        """The text most like all of some texts, by cosine; of equals the first."""
        return int(texts[_most_alike(self.offsets, self.grams, self.weight, self.mass, self._held, texts)])

    def medoids(self, cluster: I64, known: I64 | None = None) -> I64:
        """For each cluster number (0, 1, … in `cluster`, one entry a text) the text most like all of its cluster; taken from
        `known` where that is not -1.

        That is the largest cosine with the sum of the cluster's texts: linear in the number of texts, where comparing all
        with all is not. Of equals the first.
        """
        offsets, texts = grouped(cluster, int(cluster.max(initial=-1)) + 1)
        medoids = np.full(len(offsets) - 1, -1, dtype=np.int64) if known is None else known.copy()
        _find_medoids(self.offsets, self.grams, self.weight, self.mass, self._held, offsets, texts, medoids)
        return medoids


def grams_of(texts: Iterable[str]) -> Grams:
    """The trigrams of comparable text of each text; one with less than three symbols holds one gram,
    itself."""
    sizes, grams = [], deque[I32]()
    held = np.zeros(0, dtype=np.int64)
    known = _Vocabulary(np.empty(1 << 15, np.uint64), np.full(1 << 16, -1, np.int32), 0)
    for symbols, offsets in symbols_of(texts):
        of_text, keys = _keys(symbols, offsets)
        known, numbers = _numbered(keys, known)
        of_text, numbers = _distinct(of_text, numbers)
        sizes.append(np.diff(of_text))
        grams.append(numbers)
        more = np.bincount(numbers, minlength=known.size)
        more[: len(held)] += held
        held = more
    offsets = ranges(np.concatenate(sizes))
    numbers = _end_to_end(grams, int(offsets[-1]))
    weight = np.log1p(max(len(offsets) - 1, _FEWEST) / np.clip(held, 1, _COMMONEST)).astype(np.float64)
    return Grams(offsets, numbers, weight, _masses(offsets, numbers, weight))


def _end_to_end(blocks: deque[I32], size: int) -> I32:
    """The blocks as one array of that size; each is let go when it has been copied."""
    whole = np.empty(size, dtype=np.int32)
    at = 0
    while blocks:
        block = blocks.popleft()
        whole[at : at + len(block)] = block
        at += len(block)
    return whole


class _Vocabulary(NamedTuple):
    """Packed symbols of grams in the order they are first seen, a table of where each stands, and how many there are."""

    keys: U64
    table: I32
    size: int


@kernel
def _keys(symbols: U16, texts: I64) -> tuple[I64, U64]:
    """Packed symbols of every gram, text by text, and where each text's begin; texts too short for one give what they have."""
    offsets = np.zeros(len(texts), np.int64)
    for text in range(len(texts) - 1):
        size = texts[text + 1] - texts[text]
        offsets[text + 1] = offsets[text] + (size - _GRAM + 1 if size >= _GRAM else min(size, 1))
    keys = np.zeros(offsets[-1], np.uint64)
    for text in range(len(texts) - 1):
        for n in range(offsets[text], offsets[text + 1]):
            first = texts[text] + n - offsets[text]
            for place in range(first, first + _GRAM):
                symbol = np.uint64(symbols[place]) if place < texts[text + 1] else np.uint64(0)
                keys[n] = (keys[n] << np.uint64(16)) | symbol
    return offsets, keys


@kernel
def _numbered(keys: U64, known: _Vocabulary) -> tuple[_Vocabulary, I32]:
    """The number of each gram, given by its packed symbols, in the order they are first seen, those of earlier blocks first.

    Of 7.7 million trigrams 0.7 million are distinct.
    """
    vocabulary, table, count = known
    numbers = np.empty(len(keys), np.int32)
    for n in range(len(keys)):
        place = _place(table, vocabulary, keys[n])
        if table[place] < 0:
            if count == len(vocabulary):
                vocabulary = np.concatenate((vocabulary, np.empty_like(vocabulary)))
                table = np.full(2 * len(table), -1, np.int32)
                for other in range(count):
                    table[_place(table, vocabulary, vocabulary[other])] = other
                place = _place(table, vocabulary, keys[n])
            vocabulary[count], table[place] = keys[n], count
            count += 1
        numbers[n] = table[place]
    return _Vocabulary(vocabulary, table, count), numbers


@kernel
def _place(table: I32, vocabulary: U64, key: np.uint64) -> np.int64:
    """Where the number of a key stands in a table, or is to stand."""
    mask = np.uint64(len(table) - 1)
    place = np.int64(((key * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)) & mask)
    while table[place] >= 0 and vocabulary[table[place]] != key:
        place = (place + 1) & np.int64(mask)
    return place


@kernel
def _distinct(offsets: I64, number: I32) -> tuple[I64, I32]:
    """The grams of each text ascending and each once, in place, and where each text's begin."""
    found = np.zeros(len(offsets), np.int64)
    count = 0
    for text in range(len(offsets) - 1):
        own = np.sort(number[offsets[text] : offsets[text + 1]])
        for n in range(len(own)):
            if n == 0 or own[n] != own[n - 1]:
                number[count] = own[n]
                count += 1
        found[text + 1] = count
    return found, number[:count]


@kernel
def _masses(offsets: I64, grams: I32, weight: F64) -> F64:
    """The weight of all grams of each text."""
    mass = np.zeros(len(offsets) - 1)
    for text in range(len(mass)):
        for n in range(offsets[text], offsets[text + 1]):
            mass[text] += weight[grams[n]]
    return mass


@kernel
def _shared_mass(offsets: I64, grams: I32, weight: F64, left: I64, right: I64) -> F64:
    """Weight of the grams that two texts share, for each pair: one merge of two ascending lists."""
    shared = np.zeros(len(left), np.float64)
    for pair in range(len(left)):
        i, j = offsets[left[pair]], offsets[right[pair]]
        last_i, last_j = offsets[left[pair] + 1], offsets[right[pair] + 1]
        total = 0.0
        while i < last_i and j < last_j:
            if grams[i] < grams[j]:
                i += 1
            elif grams[i] > grams[j]:
                j += 1
            else:
                total += weight[grams[i]]
                i += 1
                j += 1
        shared[pair] = total
    return shared


@kernel
def _find_medoids(
    offsets: I64, grams: I32, weight: F64, mass: F64, held: I32, bounds: I64, texts: I64, medoids: I64
) -> None:
    """Write down the text most like all of `texts[bounds[n]:bounds[n + 1]]` for each n that has none."""
    for n in range(len(medoids)):
        if medoids[n] < 0:
            own = texts[bounds[n] : bounds[n + 1]]
            medoids[n] = own[_most_alike(offsets, grams, weight, mass, held, own)]


@kernel
def _most_alike(offsets: I64, grams: I32, weight: F64, mass: F64, held: I32, texts: I64) -> int:
    """The place in `texts` of the text with the largest cosine with the sum of them all, of equals the first.

    `held` has an entry a trigram, to count in; all are 0 before and after.
    """
    for text in texts:
        for n in range(offsets[text], offsets[text + 1]):
            held[grams[n]] += 1
    best, most = 0, -1.0
    for place in range(len(texts)):
        text = texts[place]
        shared = 0.0
        for n in range(offsets[text], offsets[text + 1]):
            shared += weight[grams[n]] * held[grams[n]]
        likeness = shared / np.sqrt(max(mass[text], 1e-12))
        if likeness > most:
            best, most = place, likeness
    for text in texts:
        for n in range(offsets[text], offsets[text + 1]):
            held[grams[n]] = 0
    return best
