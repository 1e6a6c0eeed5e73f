"""Pieces of a passage put back to the passage.

A speech that turns the sentences of a passage round, or puts one of its own between them, matches it piece by
piece: each piece makes a small family with the places of that piece in the others, all inside the passage's own
family. Where the pieces of a document hold enough of that passage together, the document is a member of it.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from reuse.arrays import I64
from reuse.families.rows import distinct_rows
from reuse.families.similarity import Grams
from reuse.sorting import grouped, row_order, unique_rows

ENOUGH = 0.35
"""Share of the typical member's weight that a document's pieces hold together, to be a member."""


def with_pieces(places: I64, cluster: I64, medoids: I64, wider: I64, grams: Grams) -> I64:
    """The clusters, of which `medoids` are the typical members, with the pieces of documents that hold enough of a passage
    moved to its cluster.

    `wider` names for each occurrence the longest one that holds it, itself where none does. A cluster of
    which nothing else is left goes where its places lie.
    """
    offsets, entries = grouped(cluster, int(cluster.max(initial=-1)) + 1)
    members = [entries[a:b] for a, b in pairwise(offsets.tolist())]
    typical = medoids.tolist()
    joined = cluster.copy()
    homes = _homes(cluster, wider)
    for block in np.split(homes, np.flatnonzero(np.diff(homes[:, 0])) + 1) if len(homes) else ():
        home, nested = int(block[0, 0]), [members[one] for one in block[:, 1].tolist()]
        if not _join_home(home, members[home], typical[home], np.concatenate(nested), places, grams, joined):
            continue
        for one, inside in zip(block[:, 1].tolist(), nested, strict=True):
            left = inside[joined[inside] == one]
            if len(left) < len(inside) and bool((joined[wider[left]] == home).all()):
                joined[left] = home
    return joined


def _homes(cluster: I64, wider: I64) -> I64:
    """Clusters that lie inside another with at least half of their places: that other and the cluster (int64, shape
    (n, 2)), ascending."""
    pairs, _, count = distinct_rows(
        np.stack((cluster, cluster[wider]), axis=1)[wider != np.arange(len(wider))]
    )
    apart = pairs[:, 0] != pairs[:, 1]
    pairs, count = pairs[apart], count[apart]
    order = row_order(pairs[:, 0], -count, pairs[:, 1])
    best = order[np.unique(pairs[order, 0], return_index=True)[1]]
    most = 2 * count[best] >= np.bincount(cluster)[pairs[best, 0]]
    return unique_rows(pairs[best[most]][:, ::-1])


def _join_home(
    home: int, held: I64, medoid: int, nested: I64, places: I64, grams: Grams, joined: I64
) -> bool:
    """Move the pieces of every document that has no place in a cluster but enough pieces of it; say whether any was.

    `medoid` is the typical member of the cluster, `held` all of them.
    """
    documents = set(places[held, 0].tolist())
    pieces = nested[[document not in documents for document in places[nested, 0].tolist()]]
    if not len(pieces):
        return False
    pieces = pieces[np.argsort(places[pieces, 0], kind="stable")]
    moved = False
    for numbers in np.split(pieces, np.flatnonzero(np.diff(places[pieces, 0])) + 1):
        if grams.held(medoid, numbers) >= ENOUGH:
            joined[numbers] = home
            moved = True
    return moved
