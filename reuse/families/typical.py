"""What some stretches of texts have in common, and which of them is most like the others."""

from __future__ import annotations

import numpy as np

from reuse.arrays import F64, I32, I64, kernel
from reuse.sorting import order_of


@kernel
def most_common(folds: I32, begin: I64, end: I64, used: I64) -> int:
    """How many members have the unit that most have; stretch n is that of `used[n]`. Of 6,100 slots of a multiplied news
    corpus 4,800 have none in common, of 2,500 of the news half."""
    keys = np.empty((end - begin).sum(), np.int64)
    size = 0
    for text in range(len(begin)):
        for n in range(begin[text], end[text]):
            keys[size] = np.int64(folds[n]) * len(begin) + text
            size += 1
    keys.sort()
    most, held = 0, 0
    for n in range(size):
        if n > 0 and keys[n] == keys[n - 1]:
            continue
        if n == 0 or keys[n] // len(begin) != keys[n - 1] // len(begin):
            held = 0
        held += used[keys[n] % len(begin)]
        most = max(most, held)
    return most


@kernel
def most_typical(units: I32, begin: I64, end: I64, used: I64) -> int:
    """The stretch whose units and pairs of units most members share; of equals the first."""
    size = (end - begin).sum()
    keys, of_text = np.empty(2 * size, np.int64), np.zeros(len(begin) + 1, np.int64)
    size = 0
    for text in range(len(begin)):
        first, last = begin[text], end[text]
        own = np.empty(max(2 * (last - first) - 1, 0), np.int64)
        for n in range(first, last):
            own[2 * (n - first)] = units[n]
            if n + 1 < last:
                own[2 * (n - first) + 1] = (np.int64(units[n] + 1) << 32) | units[n + 1]
        own = np.unique(own)
        keys[size : size + len(own)] = own
        size += len(own)
        of_text[text + 1] = size
    return int(np.argmax(_likeness(keys[:size], of_text, used)))


@kernel
def _likeness(keys: I64, of_text: I64, used: I64) -> F64:
    """How many members share the keys of each text, all told, by how many it has."""
    order = order_of(keys)
    owner = np.searchsorted(of_text, order, side="right") - 1
    likeness = np.zeros(len(of_text) - 1)
    at = 0
    while at < len(keys):
        end, held = at, 0
        while end < len(keys) and keys[order[end]] == keys[order[at]]:
            held += used[owner[end]]
            end += 1
        for n in range(at, end):
            likeness[owner[n]] += held
        at = end
    for text in range(len(likeness)):
        likeness[text] /= max(1, of_text[text + 1] - of_text[text]) ** 0.5
    return likeness
