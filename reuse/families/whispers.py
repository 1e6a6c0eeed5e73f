"""Chinese whispers: every node takes the label that most of its edges' weight speaks for, until nothing
changes.

Source: Biemann, "Chinese Whispers", TextGraphs 2006. The original visits nodes in random order; here they
are visited in their own order and ties go to the label a node has, then to the smallest, so that the answer
is one.
"""

from __future__ import annotations

import numpy as np

from reuse.arrays import F64, I64, kernel, ranges

_ROUNDS = 50
"""Whispers settle in four to eight rounds on every corpus tried; two nodes may swap labels for ever."""


def whispers(nodes: int, left: I64, right: I64, weight: F64) -> I64:
    """A cluster number for each of `nodes`, 0, 1, … in order of their first node, from weighted edges.

    Memory and time are linear in the number of edges.
    """
    ends = np.concatenate((left, right))
    order = np.argsort(ends, kind="stable")
    neighbours = np.concatenate((right, left))[order]
    offsets = ranges(np.bincount(ends, minlength=nodes))
    labels = _settled(offsets, neighbours, np.concatenate((weight, weight))[order], _ROUNDS)
    return renumbered(labels)


def renumbered(labels: I64) -> I64:
    """Labels as 0, 1, … in the order of their first appearance."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return np.asarray(rank[inverse], dtype=np.int64)


@kernel
def _settled(offsets: I64, neighbours: I64, weight: F64, rounds: int) -> I64:
    nodes = len(offsets) - 1
    labels = np.arange(nodes)
    voice = np.zeros(nodes, np.float64)
    for _ in range(rounds):
        changed = False
        for node in range(nodes):
            first, last = offsets[node], offsets[node + 1]
            for edge in range(first, last):
                voice[labels[neighbours[edge]]] += weight[edge]
            best = labels[node]
            for edge in range(first, last):
                label = labels[neighbours[edge]]
                if voice[label] > voice[best] or (
                    voice[label] == voice[best] and best != labels[node] and label < best
                ):
                    best = label
            for edge in range(first, last):
                voice[labels[neighbours[edge]]] = 0.0
            if best != labels[node]:
                labels[node] = best
                changed = True
        if not changed:
            break
    return labels
