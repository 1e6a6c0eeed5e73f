from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reuse.families.whispers import whispers

edges = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from([0.2, 0.5, 0.9])), max_size=25
).map(lambda found: [(a, b, w) for a, b, w in found if a != b])


def clustered(nodes: int, found: list[tuple[int, int, float]]) -> list[int]:
    left, right, weight = (list(column) for column in zip(*found, strict=True)) if found else ([], [], [])
    return whispers(
        nodes,
        np.array(left, dtype=np.int64),
        np.array(right, dtype=np.int64),
        np.array(weight, dtype=np.float64),
    ).tolist()


def slow(nodes: int, found: list[tuple[int, int, float]]) -> list[int]:
    """The same by dictionaries."""
    labels = list(range(nodes))
    for _ in range(50):
        before = list(labels)
        for node in range(nodes):
            voice: dict[int, float] = {}
            for a, b, weight in sorted_edges(node, found):
                other = b if a == node else a
                voice[labels[other]] = voice.get(labels[other], 0.0) + weight
            if voice and max(voice.values()) > voice.get(labels[node], 0.0):
                labels[node] = min(label for label, value in voice.items() if value == max(voice.values()))
        if labels == before:
            break
    first = list(dict.fromkeys(labels))
    return [first.index(label) for label in labels]


def sorted_edges(node: int, found: list[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    return [e for e in found if e[0] == node] + [e for e in found if e[1] == node]


@given(edges)
def test_every_node_takes_the_label_most_weight_speaks_for(found: list[tuple[int, int, float]]) -> None:
    assert clustered(10, found) == slow(10, found)


def test_a_weak_bridge_joins_nothing() -> None:
    near = [(a, b, 0.9) for group in ((0, 1, 2), (3, 4, 5)) for a in group for b in group if a < b]
    assert clustered(6, [*near, (2, 3, 0.2)]) == [0, 0, 0, 1, 1, 1]


def test_nodes_without_edges_stay_alone() -> None:
    assert clustered(3, []) == [0, 1, 2]
