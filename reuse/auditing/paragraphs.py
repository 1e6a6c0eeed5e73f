"""The paragraphs of a document: how much of each is reused, in which way, and who holds most of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reuse.arrays import F64, I32, I64, U8, kernel, ranges
from reuse.auditing.blocks import Block
from reuse.auditing.counting import Corpus, excluded, rounded, sizes_of
from reuse.auditing.layers import CODE, REUSE, Layers
from reuse.config import AuditSettings
from reuse.families.rows import place_keys
from reuse.families.table import family_ids, member_places
from reuse.match_table import KINDS, LAYERS
from reuse.model import Document, Family
from reuse.paragraph_table import ParagraphTable
from reuse.sorting import unique_rows

_TOLD = np.array([CODE[layer] for layer in ("copied", "edited", "templated", "quoted", "phrase")])
"""The layers that a paragraph is told to be of, of equal ones the first; others than reuse where there is no reuse."""
_KIND_OF = np.array(
    [KINDS.index(kind) for kind in ("copied", "edited", "templated", "quoted", "commonplace")], dtype=np.int32
)


class Membership:
    """Where the members of families stand, by document; `names` are the ids of the families."""

    def __init__(self, documents: Sequence[Document], families: Sequence[Family]) -> None:
        self.names, (offsets, members) = family_ids(families), member_places(documents, families)
        table = np.column_stack((members, np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))))
        table = table[np.argsort(table[:, 0], kind="stable")]
        self._documents = table[:, 0].copy()
        self._held = np.column_stack(
            (place_keys(table[:, 0], table[:, 1]), place_keys(table[:, 0], table[:, 2]), table[:, 3])
        )

    def of(self, block: Block, borders: I64) -> tuple[I64, I32]:
        """For each paragraph of some documents (int64, shape (n, 2): the places of its start and end as numbers; ascending,
        disjoint) the families that have a member which overlaps it: offsets, and places in `names` (int32), ascending."""
        first, last = np.searchsorted(self._documents, [block.first, block.last]).tolist()
        found = unique_rows(_overlapped(borders, self._held[first:last]))
        return ranges(np.bincount(found[:, 0], minlength=len(borders))), found[:, 1].astype(np.int32)


@kernel
def _overlapped(borders: I64, held: I64) -> I64:
    """Paragraphs and the families of the spans (start, end, family) that overlap them, span by span (int64, shape (n, 2))."""
    first = np.searchsorted(borders[:, 1], held[:, 0], side="right")
    last = np.searchsorted(borders[:, 0], held[:, 1], side="left")
    found = np.empty((np.maximum(last - first, 0).sum(), 2), np.int64)
    size = 0
    for n in range(len(held)):
        for paragraph in range(first[n], last[n]):
            found[size, 0], found[size, 1] = paragraph, held[n, 2]
            size += 1
    return found


def counted_paragraphs(
    corpus: Corpus, block: Block, owner: I32, borders: I64, layers: Layers, membership: Membership
) -> ParagraphTable:
    """The paragraphs of some documents with their figures: `owner` (int32, ascending) are the documents, `borders` (int64, shape
    (n, 2)) where each starts and ends; ratios leave out what those of the document leave out. Documents and families of the
    table are left to the caller."""
    places = block.places(owner.astype(np.int64), borders)
    ratio, kind = _ratios_and_kinds(sizes_of(layers.code, places), corpus.settings)
    best, resemblance, containment = _best_sources(corpus, borders, places, layers)
    families = membership.of(block, place_keys(owner[:, None], borders))
    return ParagraphTable((), owner, borders, ratio, kind, best, resemblance, containment, *families)


def _ratios_and_kinds(sizes: I64, settings: AuditSettings) -> tuple[F64, I32]:
    """Share of reuse (float64), and the kind that most of each paragraph is (int32, a place in `KINDS`, -1 for none), from the
    characters of each layer."""
    counted = sizes.sum(axis=1) - excluded(dict(zip(LAYERS, sizes.T, strict=False)), settings)
    reused = sizes[:, :REUSE].sum(axis=1)
    share = np.divide(reused, counted, out=np.zeros(len(sizes)), where=counted > 0)
    held = np.where((reused > 0)[:, None] & (_TOLD >= REUSE), 0, sizes[:, _TOLD])
    most = held.argmax(axis=1)
    return rounded(share), np.where(held.any(axis=1), _KIND_OF[most], -1).astype(np.int32)


def _best_sources(corpus: Corpus, borders: I64, ranges: I64, layers: Layers) -> tuple[I32, F64, F64]:
    """For each paragraph the earliest source of the claim of reuse that covers most of it, own earlier text where no other does
    (int32, shape (n, 3): document, start, end; -1 where there is none), the resemblance of the match, and the share covered."""
    weighed = layers.weighed
    claims = np.flatnonzero(layers.layer <= CODE["self"])
    chosen, covered = _best_claims(
        claims, layers.layer, weighed.claims.offsets, weighed.ranges, ranges, CODE["self"]
    )
    told = np.flatnonzero(chosen >= 0)
    claim = chosen[told]
    source, match, offsets, there = corpus.sources_of(weighed, claim)
    held = _opposite(borders[told], weighed.claims.offsets[claim], weighed.claims.here, offsets, there)
    best = np.full((len(borders), 3), -1, dtype=np.int32)
    best[told] = np.column_stack((source, held))
    resemblance, containment = np.zeros((2, len(borders)))
    resemblance[told] = corpus.matches.resemblance[match]
    containment[told] = rounded(covered[told] / (ranges[told, 1] - ranges[told, 0]))
    return best, resemblance, containment


@kernel
def _best_claims(claims: I64, layer: U8, offsets: I64, runs: I64, ranges: I64, own: int) -> tuple[I64, I64]:
    """For each range the claim that covers most of it, of equals the first, own text last; and how many characters; -1
    and 0 where none does."""
    best, covered = np.full(len(ranges), -1, np.int64), np.zeros(len(ranges), np.int64)
    held = np.zeros(len(ranges), np.int64)
    for claim in claims:
        first, last = len(ranges), 0
        for n in range(offsets[claim], offsets[claim + 1]):
            at = np.searchsorted(ranges[:, 1], runs[n, 0], side="right")
            while at < len(ranges) and ranges[at, 0] < runs[n, 1]:
                held[at] += min(runs[n, 1], ranges[at, 1]) - max(runs[n, 0], ranges[at, 0])
                first, last = min(first, at), max(last, at + 1)
                at += 1
        for at in range(first, last):
            if held[at]:
                surer = best[at] < 0 or (layer[best[at]] == own) > (layer[claim] == own)
                alike = best[at] >= 0 and (layer[best[at]] == own) == (layer[claim] == own)
                if surer or (alike and held[at] > covered[at]):
                    best[at], covered[at] = claim, held[at]
                held[at] = 0
    return best, covered


@kernel
def _opposite(borders: I64, first: I64, here: I64, offsets: I64, there: I64) -> I64:
    """From where to where those runs of a claim stand opposite that overlap each paragraph (int64, shape (n, 2))."""
    found = np.empty_like(borders)
    for n in range(len(borders)):
        fresh = True
        for run in range(offsets[n + 1] - offsets[n]):
            start, end = there[offsets[n] + run]
            at = first[n] + run
            if here[at, 0] < borders[n, 1] and here[at, 1] > borders[n, 0]:
                found[n, 0] = start if fresh else min(found[n, 0], start)
                found[n, 1] = end if fresh else max(found[n, 1], end)
                fresh = False
    return found
