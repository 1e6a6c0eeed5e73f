"""Which occurrences are one family: a graph of verified matches, weighed by what their texts share, cut by
whispers.

Never by connected components: one slogan that stands in a hundred passages would chain them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reuse.arrays import F64, I64, Bool, kernel
from reuse.config import FamilySettings
from reuse.families.equality import Equality
from reuse.families.nesting import with_pieces
from reuse.families.occurrences import occurrences
from reuse.families.similarity import Grams, grams_of
from reuse.families.whispers import whispers
from reuse.match_table import MatchTable
from reuse.model import Document
from reuse.sorting import unique_rows

_INSIDE = 0.8
"""Share of an occurrence that a longer one holds to stand for it."""


@dataclass(frozen=True, slots=True)
class Clusters:
    """Occurrences in canonical places (int64, shape (n, 3): document, start, end; ascending), and the cluster number of
    each (int64; 0, 1, … in order of the first occurrence).

    `ends` (int64, shape (matches, 2)) are the occurrences at the two ends of every match, `grams` their texts'.
    """

    places: I64
    cluster: I64
    ends: I64
    grams: Grams


def clustered(
    documents: Sequence[Document],
    matches: MatchTable,
    rows: I64,
    equality: Equality,
    settings: FamilySettings,
    *,
    nested: bool,
) -> Clusters:
    """Group the places that the matches in `rows` join; a place is the first of the equal places it stands in.

    `nested` says whether some of them are passages, and others pieces of these.
    """
    places, number = occurrences(equality.canonical(ends_of(matches, rows)), settings.overlap)
    ends = number.reshape(-1, 2)
    grams = grams_of(documents[d].slice(start, end) for d, start, end in map(np.ndarray.tolist, places))
    wider = _wider(places) if nested else np.arange(len(places))
    pairs, weight = _edges(wider, ends, grams, settings.edge)
    cluster = whispers(len(places), pairs[:, 0], pairs[:, 1], weight)
    if nested:
        cluster, medoids = _rejoined(cluster, pairs, grams, settings.joining)
        cluster = with_pieces(places, cluster, medoids, wider, grams)
    return Clusters(places, cluster, ends, grams)


def ends_of(matches: MatchTable, rows: I64) -> I64:
    """The places of the two ends of every match (int64, shape (2n, 3): document, start, end), left before right."""
    ends = np.empty((len(rows), 2, 3), dtype=np.int64)
    ends[:, 0, 0], ends[:, 1, 0] = matches.left[rows], matches.right[rows]
    ends[:, :, 1:] = matches.span[rows].reshape(-1, 2, 2)
    return ends.reshape(-1, 3)


def _edges(wider: I64, ends: I64, grams: Grams, least: float) -> tuple[I64, F64]:
    """The pairs of occurrences that are one passage (int64, shape (n, 2), each once), and how alike they are:
    the ends of every match, and the longer occurrences that hold these where both ends lie in one.

    Where one of two passages has a sentence more, they match in two pieces; the wholes belong together all the
    same. A piece and a whole do not: a slogan would join all it stands in.
    """
    lifted = wider[ends]
    both = (lifted != ends).all(axis=1)
    pairs = _unordered(np.concatenate((ends, lifted[both])))
    weight = grams.resemblance(pairs[:, 0], pairs[:, 1])
    return pairs[weight >= least], weight[weight >= least]


@kernel
def _wider(places: I64) -> I64:
    """For each occurrence the longest one of its document that holds most of it, of equals the first; itself where
    none does.

    Of those that start before it only such can be the longest as reach further than all before them: they are kept in
    `steps`, and their ends ascend.
    """
    wider = np.arange(len(places))
    steps = np.empty(len(places), np.int64)
    first, count = 0, 0
    for n in range(len(places)):
        document, start, end = places[n, 0], places[n, 1], places[n, 2]
        if n == 0 or places[n - 1, 0] != document:
            first = count
        if count == first or places[steps[count - 1], 2] < end:
            steps[count] = n
            count += 1
        least = _INSIDE * (end - start)
        longest = end - start
        step = count - 1
        while step >= first and min(places[steps[step], 2], end) - start >= least:
            length = places[steps[step], 2] - places[steps[step], 1]
            if length >= longest:
                wider[n], longest = steps[step], length
            step -= 1
        at = n + 1
        while at < len(places) and places[at, 0] == document and end - places[at, 1] >= least:
            length = places[at, 2] - places[at, 1]
            if length > longest and min(places[at, 2], end) - places[at, 1] >= least:
                wider[n], longest = at, length
            at += 1
    return wider


def _unordered(pairs: I64) -> I64:
    """The distinct pairs of two numbers, the smaller before the larger, ascending; those of a number with itself left out."""
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    return unique_rows(np.column_stack((np.minimum(*pairs.T), np.maximum(*pairs.T))))


def _rejoined(cluster: I64, pairs: I64, grams: Grams, joining: float) -> tuple[I64, I64]:
    """Whispers over the medoids of clusters, as long as that joins any: those over occurrences stop where every
    one agrees with most of its neighbours, and leave a large family in two. The clusters and their medoids."""
    medoids = grams.medoids(cluster)
    while True:
        between = _unordered(cluster[pairs])
        likeness = grams.resemblance(medoids[between[:, 0]], medoids[between[:, 1]])
        alike: Bool = likeness >= joining
        joined = whispers(len(medoids), between[alike, 0], between[alike, 1], likeness[alike])
        if int(joined.max(initial=-1)) + 1 == len(medoids):
            return cluster, medoids
        cluster = joined[cluster]
        medoids = grams.medoids(cluster, _still(joined, medoids))


def _still(joined: I64, medoids: I64) -> I64:
    """The medoids of clusters that were joined to no other; -1 for the others."""
    still = np.empty(int(joined.max()) + 1, dtype=np.int64)
    still[joined] = medoids
    still[np.bincount(joined) > 1] = -1
    return still
