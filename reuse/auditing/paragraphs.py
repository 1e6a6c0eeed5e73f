"""The paragraphs of a document: how much of each is reused, in which way, and who holds most of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from reuse.arrays import I64, U8
from reuse.auditing.counting import Corpus, excluded
from reuse.auditing.layers import LAYERS, REUSE, Layers, Weighed
from reuse.config import AuditSettings
from reuse.model import BestSource, Family, Kind, Layer, Paragraph

_SELF = LAYERS.index("self")
_KIND_OF: dict[Layer, Kind] = {
    "copied": "copied",
    "edited": "edited",
    "templated": "templated",
    "quoted": "quoted",
    "phrase": "commonplace",
}


class Membership:
    """Where the members of families stand, by document."""

    def __init__(self, families: Iterable[Family]) -> None:
        rows: dict[str, list[tuple[int, int, str]]] = {}
        for family in families:
            for member in family.members:
                rows.setdefault(member.document, []).append((member.start, member.end, family.id))
        self._ids = {document: [row[2] for row in held] for document, held in rows.items()}
        self._spans = {
            document: np.array([row[:2] for row in held], dtype=np.int64) for document, held in rows.items()
        }

    def of(self, document: str, start: int, end: int) -> tuple[str, ...]:
        """The families with a member that overlaps a span, in their order."""
        spans = self._spans.get(document)
        if spans is None:
            return ()
        held = np.flatnonzero((spans[:, 0] < end) & (spans[:, 1] > start)).tolist()
        return tuple(dict.fromkeys(self._ids[document][n] for n in held))


def counted_paragraphs(
    corpus: Corpus, document: int, paragraphs: Sequence[Paragraph], layers: Layers, membership: Membership
) -> list[Paragraph]:
    """The paragraphs of a document, in order, with their figures filled; ratios leave out what the
    document's leave out."""
    borders = np.array([(p.start, p.end) for p in paragraphs], dtype=np.int64).reshape(-1, 2)
    ranges = np.searchsorted(corpus.compared[document], borders)
    best = _best_claims(ranges, layers)
    return [
        replace(
            _counted(paragraph, layers.code[first:last], corpus.settings),
            best=_best_source(corpus, paragraph, last - first, *found) if found else None,
            families=membership.of(paragraph.document, paragraph.start, paragraph.end),
        )
        for paragraph, (first, last), found in zip(paragraphs, ranges.tolist(), best, strict=True)
    ]


def _counted(paragraph: Paragraph, code: U8, settings: AuditSettings) -> Paragraph:
    sizes = dict(zip(LAYERS, np.bincount(code, minlength=len(LAYERS)).tolist(), strict=False))
    counted = len(code) - excluded(sizes, settings)
    reused = sum(sizes[layer] for layer in LAYERS[:REUSE])
    held = {layer: sizes[layer] for layer in _KIND_OF if sizes[layer]}
    most = max(LAYERS[:REUSE] if reused else held, key=lambda layer: sizes[layer], default=None)
    return replace(
        paragraph,
        reused_ratio=round(reused / counted, 4) if counted else 0.0,
        kind=_KIND_OF[most] if most else None,
    )


def _best_claims(ranges: I64, layers: Layers) -> list[tuple[int, Weighed] | None]:
    """For each range the claim of reuse that covers most of it, and how many characters; own earlier text
    where no other does."""
    covered: list[Counter[int]] = [Counter() for _ in ranges]
    starts, ends = ranges[:, 0].tolist(), ranges[:, 1].tolist()
    for number, (code, weighed) in enumerate(layers.claims):
        if code <= _SELF:
            for a, b in weighed.ranges.tolist():
                for place in range(bisect_right(ends, a), bisect_left(starts, b)):
                    covered[place][number] += min(b, ends[place]) - max(a, starts[place])
    best: list[tuple[int, Weighed] | None] = []
    for held in covered:
        most = min(held, key=lambda n: (layers.claims[n][0] == _SELF, -held[n], n), default=None)
        best.append(None if most is None else (held[most], layers.claims[most][1]))
    return best


def _best_source(
    corpus: Corpus, paragraph: Paragraph, size: int, covered: int, weighed: Weighed
) -> BestSource:
    source = corpus.earliest(weighed.named)
    match, there = weighed.claim.side(source, corpus.claims.equality)
    here = weighed.claim.here
    runs = there[(here[:, 0] < paragraph.end) & (here[:, 1] > paragraph.start)]
    return BestSource(
        document=corpus.documents[source].id,
        start=int(runs[:, 0].min()),
        end=int(runs[:, 1].max()),
        resemblance=corpus.matches[match].resemblance,
        containment=round(covered / size, 4),
    )
