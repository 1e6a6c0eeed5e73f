"""From layers to figures: ratios, largest source, longest run, and the spans behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from reuse.arrays import I64, U8, Bool
from reuse.auditing.claims import Claims
from reuse.auditing.layers import LAYERS, OWN, REUSE, Layers, Weighed
from reuse.auditing.stock import StockPhrases
from reuse.config import AuditSettings
from reuse.families.chronology import Chronology
from reuse.model import Basis, CountedSpan, Document, LargestSource, Match, Originality

_LATE = np.iinfo(np.int64).max
_JOINED = 20
"""Characters of source between two pieces of one claim that are told of as one span: a slot, a line break,
a page number."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What every document is counted against."""

    documents: Sequence[Document]
    compared: Sequence[I64]
    matches: Sequence[Match]
    claims: Claims
    stock: StockPhrases
    chronology: Chronology
    settings: AuditSettings

    def earliest(self, holders: I64) -> int:
        """The document that is dated first; of equals, and without dates, the first."""
        if len(holders) == 1:
            return int(holders[0])
        first = self.chronology.first[holders]
        return int(holders[np.argmin(np.where(first < 0, _LATE, first))])


def originality(corpus: Corpus, document: int, layers: Layers) -> Originality:
    """The figures of a document, without versions and notes."""
    counts = np.bincount(layers.code, minlength=OWN + 1).tolist()
    sizes = dict(zip(LAYERS, counts, strict=False))
    compared = len(layers.code)
    counted = compared - excluded(sizes, corpus.settings)
    copied = sizes["copied"] + sizes["edited"]
    reused = copied + sizes["templated"]
    reuse = [weighed for code, weighed in layers.claims if code < REUSE]
    spans = tuple(counted_spans(corpus, document, layers))
    full, frame, light = corpus.settings.weights
    taken = full * copied + frame * sizes["templated"] + light * (sizes["phrase"] + sizes["quoted"])
    return Originality(
        reused_ratio=_share(reused, counted),
        copied_ratio=_share(copied, counted),
        templated_ratio=_share(sizes["templated"], counted),
        phrase_ratio=_share(sizes["phrase"], compared),
        quoted_ratio=_share(sizes["quoted"], compared),
        score=round(1.0 - taken / compared, 4) if compared else 1.0,
        max_source=_largest(corpus, reuse, layers.code < REUSE, counted),
        longest_run=_longest_run(corpus, reuse, layers.code < REUSE),
        basis=_basis(corpus, document, reuse),
        sources=_sources(len(corpus.documents), reuse),
        self_reused_ratio=_share(sizes["self"], counted),
        counted=counted,
        reused=reused,
        spans=spans,
    )


def excluded(sizes: Mapping[str, int], settings: AuditSettings) -> int:
    """How many characters leave both sides of the ratios, by the sizes of the layers."""
    out = sizes["base"] + sizes["quoted"]
    return out + sizes["phrase"] if "phrases" in settings.exclude else out


def counted_spans(corpus: Corpus, document: int, layers: Layers) -> Iterator[CountedSpan]:
    """The stretches of every layer but the document's own, in order; each with the claim that holds most of
    it.

    Neighbouring stock phrases are one stretch, told of with a document that shares the first of them.
    """
    compared = corpus.compared[document]
    owner = _owners(corpus, layers)
    for first, last, characters in _stretches(layers.code, owner, compared):
        span = CountedSpan(
            start=int(compared[first]),
            end=int(compared[last]) + 1,
            characters=characters,
            layer=LAYERS[int(layers.code[first])],
        )
        if owner[first] >= 0:
            span = _sourced(corpus, span, layers.claims[int(owner[first])][1])
        elif span.layer == "phrase" and layers.stock[first] >= 0:
            span = _shared(corpus, span, document, int(layers.stock[first]))
        yield span


def _shared(corpus: Corpus, span: CountedSpan, document: int, row: int) -> CountedSpan:
    """A stretch of stock phrases with a document that shares its beginning."""
    _, _, start, end, number = corpus.stock.runs[row].tolist()
    match = corpus.matches[number]
    here = corpus.documents[document].id
    other = match.right if match.left.document == here else match.left
    return replace(
        span, document=other.document, source_start=start, source_end=end, match=match.id, family=match.family
    )


def _owners(corpus: Corpus, layers: Layers) -> I64:
    """For each character the number of the claim it is told of by, one of its own layer; -1 where its form
    alone puts it there."""
    order = sorted(range(len(layers.claims)), key=lambda n: _preference(corpus, layers.claims[n][1]))
    owner = np.full(len(layers.code), -1, dtype=np.int64)
    for number in order:
        code, weighed = layers.claims[number]
        for a, b in weighed.ranges.tolist():
            free = (owner[a:b] < 0) & (layers.code[a:b] == code)
            owner[a:b][free] = number
    return owner


def _preference(corpus: Corpus, weighed: Weighed) -> tuple[int, int, int]:
    """Claims that hold more come first, then those of an earlier source."""
    source = corpus.earliest(weighed.named)
    moment = int(corpus.chronology.first[source])
    return (-int(np.diff(weighed.ranges).sum()), moment if moment >= 0 else _LATE, source)


def _stretches(code: U8, owner: I64, compared: I64) -> Iterator[tuple[int, int, int]]:
    """First and last position and number of characters of one layer and claim that stand close together, in
    order; without a claim, of one that stand side by side."""
    shown = np.flatnonzero(code != OWN)
    if not len(shown):
        return
    reach = np.where(owner[shown[1:]] < 0, np.diff(shown) > 1, np.diff(compared[shown]) > _JOINED)
    changes = (np.diff(code[shown]) != 0) | (np.diff(owner[shown]) != 0) | reach
    heads = np.concatenate(([0], np.flatnonzero(changes) + 1, [len(shown)])).tolist()
    for a, b in pairwise(heads):
        yield int(shown[a]), int(shown[b - 1]), b - a


def _sourced(corpus: Corpus, span: CountedSpan, weighed: Weighed) -> CountedSpan:
    """The span with the earliest of its sources, the place it has there, and how many others hold it."""
    named = weighed.named
    source = corpus.earliest(named)
    match, there = weighed.claim.side(source, corpus.claims.equality)
    here = weighed.claim.here
    inside = (here[:, 0] < span.end) & (here[:, 1] > span.start)
    runs = there[inside] if inside.any() else there
    return replace(
        span,
        document=corpus.documents[source].id,
        source_start=int(runs[:, 0].min()),
        source_end=int(runs[:, 1].max()),
        others=len(named) - 1,
        match=corpus.matches[match].id,
        family=corpus.matches[match].family,
    )


def _sources(documents: int, reuse: Sequence[Weighed]) -> int:
    """How many documents of others the claims name."""
    if len(reuse) <= 1:
        return sum(len(weighed.others) for weighed in reuse)
    named = np.zeros(documents, dtype=np.bool_)
    for weighed in reuse:
        named[weighed.others] = True
    return int(np.count_nonzero(named))


def _largest(corpus: Corpus, reuse: Sequence[Weighed], counted: Bool, total: int) -> LargestSource | None:
    """The document that most of the reused characters are shared with; of equals the earliest dated, then
    the first.

    Characters that two claims give to one document are counted once. A document is only looked at while the
    sum of its claims exceeds the best count so far.
    """
    bound = np.zeros(len(corpus.documents), dtype=np.int64)
    for weighed in reuse:
        bound[weighed.others] += weighed.covers(counted)
    found = np.flatnonzero(bound)
    moments = corpus.chronology.first[found]
    order = np.lexsort((found, np.where(moments < 0, _LATE, moments), -bound[found]))
    best, most = -1, 0
    for source in found[order].tolist():
        if bound[source] <= most:
            break
        characters = _held_by(source, reuse, counted)
        if characters > most:
            best, most = source, characters
    return LargestSource(corpus.documents[best].id, most, _share(most, total)) if best >= 0 else None


def _held_by(source: int, reuse: Sequence[Weighed], counted: Bool) -> int:
    mask = np.zeros(len(counted), dtype=np.bool_)
    for weighed in reuse:
        place = int(np.searchsorted(weighed.others, source))
        if place < len(weighed.others) and weighed.others[place] == source:
            for a, b in weighed.ranges.tolist():
                mask[a:b] = True
    return int(np.count_nonzero(mask & counted))


def _longest_run(corpus: Corpus, reuse: Sequence[Weighed], counted: Bool) -> int:
    """The most counted characters in a row that stand in a row in one source too."""
    longest = 0
    for weighed in reuse:
        if int(weighed.ranges[-1, 1] - weighed.ranges[0, 0]) > longest:
            for a, b in _rows(corpus, weighed).tolist():
                if b - a > longest:
                    longest = max(longest, _longest_true(counted[a:b]))
    return longest


def _rows(corpus: Corpus, weighed: Weighed) -> I64:
    """The ranges of a claim, joined where the next begins where one ends, here and in the document the
    match is with."""
    holder, there = weighed.claim.stated()
    opposite = np.searchsorted(corpus.compared[holder], there)
    ranges = weighed.ranges
    goes_on = (ranges[1:, 0] == ranges[:-1, 1]) & (opposite[1:, 0] == opposite[:-1, 1])
    heads = np.flatnonzero(np.concatenate(([True], ~goes_on)))
    tails = np.append(heads[1:], len(ranges)) - 1
    return np.stack((ranges[heads, 0], ranges[tails, 1]), axis=1)


def _longest_true(mask: Bool) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False]))))
    return int((edges[1::2] - edges[::2]).max()) if len(edges) else 0


def _basis(corpus: Corpus, document: int, reuse: Sequence[Weighed]) -> Basis:
    """What the choice of sources rests on: dates if every source is known to be earlier, the order of the
    input, or nothing known."""
    if corpus.chronology.dated(document):
        known = all(bool(corpus.chronology.earlier(weighed.others, document).all()) for weighed in reuse)
        return "date" if known else "unknown"
    return "order" if corpus.settings.undated == "order" else "unknown"


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
