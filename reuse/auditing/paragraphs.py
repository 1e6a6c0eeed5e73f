"""The paragraphs of a document: how much of each is reused, in which way, and who holds most of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reuse.arrays import I64, U8, Bool, kernel
from reuse.auditing.blocks import Block
from reuse.auditing.counting import Corpus, excluded, sizes_of
from reuse.auditing.layers import CODE, OWN, REUSE, Layers, Weighed
from reuse.config import AuditSettings
from reuse.families.rows import place_keys
from reuse.families.table import family_ids, member_places
from reuse.match_table import LAYERS
from reuse.model import BestSource, Document, Family, Kind, Layer, Paragraph

_KIND_OF: dict[Layer, Kind] = {
    "copied": "copied",
    "edited": "edited",
    "templated": "templated",
    "quoted": "quoted",
    "phrase": "commonplace",
}


class Membership:
    """Where the members of families stand, by document."""

    def __init__(self, documents: Sequence[Document], families: Sequence[Family]) -> None:
        self._names, (offsets, members) = family_ids(families), member_places(documents, families)
        table = np.column_stack((members, np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))))
        table = table[np.argsort(table[:, 0], kind="stable")]
        self._documents = table[:, 0].copy()
        self._held = np.column_stack(
            (place_keys(table[:, 0], table[:, 1]), place_keys(table[:, 0], table[:, 2]), table[:, 3])
        )

    def of(self, block: Block, borders: I64) -> dict[int, tuple[str, ...]]:
        """For each paragraph of some documents (int64, shape (n, 2): the places of its start and end as numbers; ascending,
        disjoint) that a member overlaps the families of these, in their order."""
        first, last = np.searchsorted(self._documents, [block.first, block.last]).tolist()
        found: dict[int, dict[str, None]] = {}
        for paragraph, family in _overlapped(borders, self._held[first:last]).tolist():
            found.setdefault(paragraph, {})[self._names[family]] = None
        return {paragraph: tuple(families) for paragraph, families in found.items()}


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
    corpus: Corpus, block: Block, paragraphs: Sequence[Paragraph], layers: Layers, membership: Membership
) -> list[Paragraph]:
    """The paragraphs of some documents, document by document in order, with their figures filled; ratios leave out what those
    of the document leave out."""
    numbers = {corpus.documents[number].id: number for number in range(block.first, block.last)}
    owner = np.array([numbers[p.document] for p in paragraphs], dtype=np.int64)
    borders = np.array([(p.start, p.end) for p in paragraphs], dtype=np.int64).reshape(-1, 2)
    ranges = block.places(owner, borders)
    sizes = sizes_of(layers.code, ranges)
    best = _best_sources(corpus, borders, ranges, layers)
    families = membership.of(block, place_keys(owner[:, None], borders))
    counted = list(map(_uncounted, paragraphs))
    told: Bool = np.asarray(sizes[:, :OWN].any(axis=1))
    told[list(families)] = True
    for n in np.flatnonzero(told).tolist():
        ratio, kind = _ratio_and_kind(sizes[n].tolist(), corpus.settings)
        plain = paragraphs[n]
        counted[n] = Paragraph(
            document=plain.document,
            source=plain.source,
            start=plain.start,
            end=plain.end,
            reused_ratio=ratio,
            kind=kind,
            best=best.get(n),
            families=families.get(n, ()),
        )
    return counted


def _uncounted(paragraph: Paragraph) -> Paragraph:
    """A paragraph without figures; most have none, and stay as they are."""
    if paragraph.kind or paragraph.best or paragraph.families or paragraph.reused_ratio:
        return Paragraph(
            document=paragraph.document, source=paragraph.source, start=paragraph.start, end=paragraph.end
        )
    return paragraph


def _ratio_and_kind(counts: Sequence[int], settings: AuditSettings) -> tuple[float, Kind | None]:
    """Share of reuse, and the kind that most of a paragraph is, from its sizes by layer."""
    sizes: dict[str, int] = dict(zip(LAYERS, counts, strict=False))
    counted = sum(counts) - excluded(sizes, settings)
    reused = sum(counts[:REUSE])
    held = LAYERS[:REUSE] if reused else [layer for layer in _KIND_OF if sizes[layer]]
    most = max(held, key=lambda layer: sizes[layer], default=None)
    return round(reused / counted, 4) if counted else 0.0, _KIND_OF[most] if most else None


def _best_sources(corpus: Corpus, borders: I64, ranges: I64, layers: Layers) -> dict[int, BestSource]:
    """By paragraph the earliest source of the claim of reuse that covers most of it; own earlier text where no other
    does."""
    weighed = layers.weighed
    claims = np.flatnonzero(layers.layer <= CODE["self"])
    best, covered = _best_claims(
        claims, layers.layer, weighed.claims.offsets, weighed.ranges, ranges, CODE["self"]
    )
    return {
        n: _best_source(
            corpus, borders[n], int(covered[n]) / int(ranges[n, 1] - ranges[n, 0]), weighed, int(best[n])
        )
        for n in np.flatnonzero(best >= 0).tolist()
    }


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


def _best_source(corpus: Corpus, borders: I64, share: float, weighed: Weighed, claim: int) -> BestSource:
    source, match, there = corpus.source_of(weighed, claim)
    here = weighed.claims.runs(claim)
    runs = there[(here[:, 0] < borders[1]) & (here[:, 1] > borders[0])]
    return BestSource(
        document=corpus.documents[source].id,
        start=int(runs[:, 0].min()),
        end=int(runs[:, 1].max()),
        resemblance=float(corpus.matches.resemblance[match]),
        containment=round(share, 4),
    )
