"""How much a shared symbol weighs: little where many documents of this corpus hold the same words there.

Weights come from the corpus itself; a word list of the general language was worse than none. They decide which seeds
are worth a look and
how far an alignment may bridge a gap; what a whole match weighs is counted in bits (`surprise`).
"""

from __future__ import annotations

import numpy as np

from reuse.arrays import F64, U8, U32, kernel
from reuse.matching.suffixes import Suffixes, held
from reuse.storage import Storage

_GRAM = 3
UNIT = 256.0
"""What weights are counted in, so that four bytes hold a running sum: sixteen million symbols that nobody else holds are the
longest stretch whose weight is right."""
_BLOCK = 1 << 20
"""Positions weighed at once: what is made on the way takes 60 bytes for each."""


def weight_sums(suffixes: Suffixes, documents: int, storage: Storage | None = None) -> U32:
    """Running sums of the weights of the positions, in `UNIT`ths (uint32, one longer, first 0), in `storage`; see `weight`.

    The weight of a position is the mean over the grams of three that cover it of ln(1 + D / df) / ln(1 + D / 2); 1 for what
    only two documents hold.
    """
    single, gram = suffixes.frequency[0], suffixes.frequency[_GRAM - 1]
    of_frequency = inverse_frequency(documents)
    sums: U32 = (storage or Storage()).empty(len(gram) + 1, np.uint32)
    sums[0] = 0
    for first in range(0, len(gram), _BLOCK):
        last = min(first + _BLOCK, len(gram))
        before = np.zeros(max(0, _GRAM - 1 - first), dtype=np.uint8)
        covering = np.concatenate((before, gram[max(0, first - _GRAM + 1) : last]))
        added = np.rint(UNIT * _weights(single[first:last], covering, of_frequency)).astype(np.uint32)
        added[0] += sums[first]
        np.cumsum(added, dtype=np.uint32, out=sums[first + 1 : last + 1])
    return sums


@kernel
def weight(sums: U32, first: int, last: int) -> float:
    """The weight of the positions `[first, last)`: sums that ran over the largest number still differ rightly."""
    return np.uint32(sums[last] - sums[first]) / UNIT


def _weights(single: U8, gram: U8, of_frequency: F64) -> F64:
    """The weight of each position (float64), from the frequencies of the symbol there and of the grams of three that begin
    two places before it and later."""
    held = gram > 0
    per_gram = np.where(held, of_frequency[gram], 0.0)
    total, count = np.zeros(len(single)), np.zeros(len(single))
    for shift in range(_GRAM - 1, -1, -1):
        total += per_gram[shift : shift + len(single)]
        count += held[shift : shift + len(single)]
    mean = total / np.maximum(count, 1.0)
    return np.where(count > 0, mean, of_frequency[single])


def inverse_frequency(documents: int) -> F64:
    """ln(1 + D / df) / ln(1 + D / 2) for each code of a frequency (float64, shape (256,)); at most 1, for a gram that one
    document holds is shared with none."""
    scale = np.log1p(max(documents, 2) / 2.0)
    value: F64 = np.log1p(max(documents, 2) / np.maximum(held(), 2.0)) / scale
    return value
