"""How much a shared symbol weighs: little where many documents of this corpus hold the same words there.

Weights come from the corpus itself; a word list of the general language was worse than none. They decide which seeds
are worth a look and
how far an alignment may bridge a gap; what a whole match weighs is counted in bits (`surprise`).
"""

from __future__ import annotations

import numpy as np

from reuse.arrays import F32, F64, U16
from reuse.matching.suffixes import Suffixes
from reuse.storage import Storage

_GRAM = 3
_BLOCK = 1 << 20
"""Positions weighed at once: what is made on the way takes 60 bytes for each."""


def weight_sums(suffixes: Suffixes, documents: int, storage: Storage | None = None) -> F64:
    """Running sums of the weights of the positions (float64, one longer, first 0), in `storage`.

    The weight of a position is the mean over the grams of three that cover it of ln(1 + D / df) / ln(1 + D / 2); 1 for what
    only two documents hold.
    """
    single, gram = suffixes.frequency[0], suffixes.frequency[_GRAM - 1]
    of_frequency = inverse_frequency(np.arange(1 << 16, dtype=np.uint16), documents)
    sums: F64 = (storage or Storage()).empty(len(gram) + 1, np.float64)
    sums[0] = 0.0
    for first in range(0, len(gram), _BLOCK):
        last = min(first + _BLOCK, len(gram))
        before = np.zeros(max(0, _GRAM - 1 - first), dtype=np.uint16)
        covering = np.concatenate((before, gram[max(0, first - _GRAM + 1) : last]))
        added = _weights(single[first:last], covering, of_frequency).astype(np.float64)
        added[0] += sums[first]
        np.cumsum(added, out=sums[first + 1 : last + 1])
    return sums


def _weights(single: U16, gram: U16, of_frequency: F64) -> F32:
    """The weight of each position (float32), from the frequencies of the symbol there and of the grams of three that begin
    two places before it and later."""
    held = gram > 0
    per_gram = np.where(held, of_frequency[gram], 0.0)
    total, count = np.zeros(len(single)), np.zeros(len(single))
    for shift in range(_GRAM - 1, -1, -1):
        total += per_gram[shift : shift + len(single)]
        count += held[shift : shift + len(single)]
    mean = total / np.maximum(count, 1.0)
    return np.where(count > 0, mean, of_frequency[single]).astype(np.float32)


def inverse_frequency(frequency: U16, documents: int) -> F64:
    """ln(1 + D / df) / ln(1 + D / 2), float64; at most 1, for a gram that one document holds is shared with none."""
    held = np.maximum(frequency, 2).astype(np.float64)
    scale = np.log1p(max(documents, 2) / 2.0)
    value: F64 = np.log1p(max(documents, 2) / held) / scale
    return value
