"""How much a shared symbol weighs: little where many documents of this corpus hold the same words there.

Weights come from the corpus itself; a word list of the general language was worse than none. They decide which seeds
are worth a look and
how far an alignment may bridge a gap; what a whole match weighs is counted in bits (`surprise`).
"""

from __future__ import annotations

import numpy as np

from reuse.arrays import F32, F64, U16
from reuse.matching.suffixes import Suffixes

_GRAM = 3


def weights(suffixes: Suffixes, documents: int) -> F32:
    """The weight of each position, float32: the mean over the grams of three that cover it of
    ln(1 + D / df) / ln(1 + D / 2); 1 for what only two documents hold."""
    per_gram = inverse_frequency(suffixes.frequency[_GRAM - 1], documents)
    held = suffixes.frequency[_GRAM - 1] > 0
    total = np.zeros(len(per_gram), dtype=np.float64)
    count = np.zeros(len(per_gram), dtype=np.float64)
    for shift in range(_GRAM):
        end = len(per_gram) - shift
        total[shift:] += np.where(held, per_gram, 0.0)[:end]
        count[shift:] += held[:end]
    single = inverse_frequency(suffixes.frequency[0], documents)
    return np.where(count > 0, total / np.maximum(count, 1), single).astype(np.float32)


def inverse_frequency(frequency: U16, documents: int) -> F64:
    """ln(1 + D / df) / ln(1 + D / 2), float64; at most 1, for a gram that one document holds is shared with none."""
    held = np.maximum(frequency, 2).astype(np.float64)
    scale = np.log1p(max(documents, 2) / 2.0)
    value: F64 = np.log1p(max(documents, 2) / held) / scale
    return value
