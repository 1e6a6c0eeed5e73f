"""Chinese whispers: every node takes the label that most of its edges' weight speaks for, until nothing
changes.

Source: Biemann, "Chinese Whispers", TextGraphs 2006. The original visits nodes in random order; here they
are visited in their own order and ties go to the label a node has, then to the smallest, so that the answer
is one.
"""

from __future__ import annotations

import numpy as np

from reuse.arrays import F64, I64, kernel
from reuse.sorting import grouped

_ROUNDS = 50
"""Whispers settle in four to eight rounds on every corpus tried; two nodes may swap labels for ever."""


def whispers(nodes: int, left: I64, right: I64, weight: F64) -> I64:
    """A cluster number for each of `nodes`, 0, 1, … in order of their first node, from weighted edges.

    Memory and time are linear in the number of edges.
    """
    ends = np.concatenate((left, right))
    offsets, order = grouped(ends, nodes)
    neighbours = np.concatenate((right, left))[order]
    return _settled(offsets, neighbours, np.concatenate((weight, weight))[order], _ROUNDS)


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
    return _renumbered(labels)


@kernel
def _renumbered(labels: I64) -> I64:
    """Labels, numbers of nodes, as 0, 1, … in the order of their first appearance."""
    number = np.full(len(labels), -1, np.int64)
    count = 0
    for node in range(len(labels)):
        if number[labels[node]] < 0:
            number[labels[node]] = count
            count += 1
        labels[node] = number[labels[node]]
    return labels
