"""Pieces of a passage put back to the passage.

A speech that turns the sentences of a passage round, or puts one of its own between them, matches it piece by
piece: each piece makes a small family with the places of that piece in the others, all inside the passage's own
family. Where the pieces of a document hold enough of that passage together, the document is a member of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from reuse.arrays import I64
from reuse.families.equality import Place
from reuse.families.similarity import Grams

ENOUGH = 0.35
"""Share of the typical member's weight that a document's pieces hold together, to be a member."""


def with_pieces(places: Sequence[Place], cluster: I64, wider: I64, grams: Grams) -> I64:
    """The clusters with the pieces of documents that hold enough of a passage moved to its cluster.

    `wider` names for each occurrence the longest one that holds it, itself where none does. A cluster of
    which nothing else is left goes where its places lie.
    """
    members: dict[int, list[int]] = {}
    for number, one in enumerate(cluster.tolist()):
        members.setdefault(one, []).append(number)
    nested_in: dict[int, list[int]] = {}
    for nested, home in _homes(members, cluster, wider).items():
        nested_in.setdefault(home, []).append(nested)
    joined = cluster.copy()
    for home, inside in sorted(nested_in.items()):
        _join_home(home, inside, members, places, grams, joined)
        for one in inside:
            left = [number for number in members[one] if joined[number] == one]
            if len(left) < len(members[one]) and all(joined[wider[number]] == home for number in left):
                joined[left] = home
    return joined


def _homes(members: Mapping[int, Sequence[int]], cluster: I64, wider: I64) -> dict[int, int]:
    """For each cluster that lies inside another with at least half of its places, that other."""
    homes: dict[int, int] = {}
    for one, numbers in members.items():
        around = Counter(int(cluster[wider[number]]) for number in numbers if wider[number] != number)
        around.pop(one, None)
        if around:
            home, count = min(around.items(), key=lambda item: (-item[1], item[0]))
            if 2 * count >= len(numbers):
                homes[one] = home
    return homes


def _join_home(
    home: int,
    nested: Sequence[int],
    members: Mapping[int, Sequence[int]],
    places: Sequence[Place],
    grams: Grams,
    joined: I64,
) -> None:
    """Move the pieces of every document that has no place in a cluster but enough pieces of it."""
    inside = {places[number][0] for number in members[home]}
    pieces: dict[int, list[int]] = {}
    for one in nested:
        for number in members[one]:
            if places[number][0] not in inside:
                pieces.setdefault(places[number][0], []).append(number)
    if pieces:
        medoid = grams.medoid(np.array(members[home], dtype=np.int64))
        for numbers in pieces.values():
            if grams.held(medoid, np.array(numbers, dtype=np.int64)) >= ENOUGH:
                joined[numbers] = home
