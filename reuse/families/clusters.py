"""Which occurrences are one family: a graph of verified matches, weighed by what their texts share, cut by
whispers.

Never by connected components: one slogan that stands in a hundred passages would chain them all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reuse.arrays import F64, I64, Bool
from reuse.config import FamilySettings
from reuse.families.equality import Equality, Place
from reuse.families.nesting import with_pieces
from reuse.families.occurrences import occurrences
from reuse.families.similarity import Grams, grams_of
from reuse.families.whispers import renumbered, whispers
from reuse.model import Document, Match

_INSIDE = 0.8
"""Share of an occurrence that a longer one holds to stand for it."""


@dataclass(frozen=True, slots=True)
class Clusters:
    """Occurrences in canonical places, and the cluster number of each (int64; 0, 1, … in order of the first
    occurrence).

    `ends` (int64, shape (matches, 2)) are the occurrences at the two ends of every match, `grams` their texts'.
    """

    places: list[Place]
    cluster: I64
    ends: I64
    grams: Grams


def clustered(
    documents: Sequence[Document],
    numbers: Mapping[str, int],
    matches: Sequence[Match],
    equality: Equality,
    settings: FamilySettings,
    *,
    nested: bool,
) -> Clusters:
    """Group the places that `matches` join; a place is the first of the equal places it stands in.

    `nested` says whether some of them are passages, and others pieces of these.
    """
    spans = [
        equality.canonical((numbers[side.document], side.start, side.end))
        for match in matches
        for side in (match.left, match.right)
    ]
    whole = occurrences(spans, settings.overlap)
    places = sorted(set(whole.values()))
    number = {place: n for n, place in enumerate(places)}
    ends = np.array([number[whole[span]] for span in spans], dtype=np.int64).reshape(-1, 2)
    grams = grams_of([documents[d].slice(start, end) for d, start, end in places])
    wider = _wider(places) if nested else np.arange(len(places))
    pairs, weight = _edges(wider, ends, grams, settings.edge)
    cluster = whispers(len(places), pairs[:, 0], pairs[:, 1], weight)
    if nested:
        cluster = _rejoined(cluster, pairs, grams, settings.joining)
        cluster = with_pieces(places, cluster, wider, grams)
    return Clusters(places, cluster, ends, grams)


def _edges(wider: I64, ends: I64, grams: Grams, least: float) -> tuple[I64, F64]:
    """The pairs of occurrences that are one passage (int64, shape (n, 2), each once), and how alike they are:
    the ends of every match, and the longer occurrences that hold these where both ends lie in one.

    Where one of two passages has a sentence more, they match in two pieces; the wholes belong together all the
    same. A piece and a whole do not: a slogan would join all it stands in.
    """
    lifted = wider[ends]
    both = (lifted != ends).all(axis=1)
    pairs = np.sort(np.concatenate((ends, lifted[both])), axis=1)
    pairs = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
    weight = grams.resemblance(pairs[:, 0], pairs[:, 1])
    return pairs[weight >= least], weight[weight >= least]


def _wider(places: Sequence[Place]) -> I64:
    """For each occurrence the longest one of its document that holds most of it; itself where none does."""
    table = np.array(places, dtype=np.int64).reshape(-1, 3)
    wider = np.arange(len(table))
    for rows in np.split(wider, np.flatnonzero(np.diff(table[:, 0])) + 1):
        starts, stops = table[rows, 1], table[rows, 2]
        for n, (start, stop) in enumerate(zip(starts.tolist(), stops.tolist(), strict=True)):
            shared = np.minimum(stops, stop) - np.maximum(starts, start)
            length = np.where(shared >= _INSIDE * (stop - start), stops - starts, 0)
            wider[rows[n]] = rows[int(np.argmax(length))]
    return wider


def _rejoined(cluster: I64, pairs: I64, grams: Grams, joining: float) -> I64:
    """Whispers over the medoids of clusters, as long as that joins any: those over occurrences stop where every
    one agrees with most of its neighbours, and leave a large family in two."""
    importance = np.ones(len(cluster), dtype=np.int64)
    while True:
        medoids = grams.medoids(cluster, importance)
        between = np.unique(np.sort(cluster[pairs], axis=1), axis=0)
        between = between[between[:, 0] != between[:, 1]]
        likeness = grams.resemblance(medoids[between[:, 0]], medoids[between[:, 1]])
        alike: Bool = likeness >= joining
        joined = whispers(len(medoids), between[alike, 0], between[alike, 1], likeness[alike])
        if len(np.unique(joined)) == len(medoids):
            return cluster
        cluster = renumbered(joined[cluster])
