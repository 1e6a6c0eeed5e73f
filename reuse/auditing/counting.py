"""From layers to figures: ratios, largest source, longest run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from reuse.arrays import I64, Bool, kernel
from reuse.auditing.claims import ClaimTable
from reuse.auditing.layers import OWN, REUSE, Layers, Weighed
from reuse.auditing.standing import Standing
from reuse.auditing.stock import StockPhrases
from reuse.auditing.weighing import Sources, sources_of
from reuse.config import AuditSettings
from reuse.match_table import LAYERS, MatchTable
from reuse.model import Basis, Document, LargestSource, Originality


@dataclass(frozen=True, slots=True)
class Corpus:
    """What every document is counted against."""

    documents: Sequence[Document]
    compared: Sequence[I64]
    matches: MatchTable
    claims: ClaimTable
    stock: StockPhrases
    standing: Standing
    settings: AuditSettings

    def source_of(self, weighed: Weighed, claim: int) -> tuple[int, int, I64]:
        """The earliest document that a claim names, the match that says so, and the runs there (int64, shape (n, 2))."""
        source = int(weighed.earliest[claim])
        return source, *self.claims.side(weighed.claims, claim, source)


def originality(corpus: Corpus, document: int, layers: Layers) -> Originality:
    """The figures of a document, without versions, notes and spans."""
    sizes = dict(zip(LAYERS, np.bincount(layers.code, minlength=OWN + 1).tolist(), strict=False))
    compared = len(layers.code)
    counted = compared - excluded(sizes, corpus.settings)
    copied = sizes["copied"] + sizes["edited"]
    reused = copied + sizes["templated"]
    full, frame, light = corpus.settings.weights
    taken = full * copied + frame * sizes["templated"] + light * (sizes["phrase"] + sizes["quoted"])
    found = _of_claims(corpus, document, layers, counted) if layers.weighed is not None else {}
    return Originality(
        reused_ratio=_share(reused, counted),
        copied_ratio=_share(copied, counted),
        templated_ratio=_share(sizes["templated"], counted),
        phrase_ratio=_share(sizes["phrase"], compared),
        quoted_ratio=_share(sizes["quoted"], compared),
        score=round(1.0 - taken / compared, 4) if compared else 1.0,
        max_source=found.get("max_source"),
        longest_run=found.get("longest_run", 0),
        basis=_basis(corpus, document, found.get("earlier", True)),
        sources=found.get("sources", 0),
        self_reused_ratio=_share(sizes["self"], counted),
        counted=counted,
        reused=reused,
    )


def _of_claims(corpus: Corpus, document: int, layers: Layers, counted: int) -> dict[str, Any]:
    """What claims of reuse tell of a document: its sources, the largest of them, the longest run."""
    assert layers.weighed is not None
    mask = layers.code < REUSE
    found = sources_of(corpus.claims, layers.weighed, corpus.standing, document, layers.reuse)
    return {
        "earlier": found.earlier,
        "sources": found.size,
        "max_source": _largest(corpus, layers.weighed, mask, found, counted),
        "longest_run": _longest_run(corpus, layers.weighed, layers.reuse, mask),
    }


def excluded(sizes: Mapping[str, int], settings: AuditSettings) -> int:
    """How many characters leave both sides of the ratios, by the sizes of the layers."""
    out = sizes["base"] + sizes["quoted"]
    return out + sizes["phrase"] if "phrases" in settings.exclude else out


def _largest(
    corpus: Corpus, weighed: Weighed, mask: Bool, sources: Sources, total: int
) -> LargestSource | None:
    """The document that most of the reused characters are shared with; of equals the earliest dated, then
    the first.

    Characters that two claims give to one document are counted once. A document is only looked at while the
    sum of its claims exceeds the best count so far.
    """
    others, offsets, claims = sources.documents, sources.offsets, sources.claims
    covers = weighed.covers(mask)[claims]
    bound = np.bincount(
        np.repeat(np.arange(len(others)), np.diff(offsets)), weights=covers, minlength=len(others)
    )
    order = np.lexsort((others, corpus.standing.moments[others], -bound))
    best, most = _most_held(order, bound, offsets, claims, weighed.claims.offsets, weighed.ranges, mask)
    if best < 0:
        return None
    return LargestSource(corpus.documents[int(others[best])].id, int(most), _share(int(most), total))


@kernel
def _most_held(
    order: I64, bound: np.ndarray, offsets: I64, claims: I64, run_offsets: I64, ranges: I64, counted: Bool
) -> tuple[int, int]:
    """The first source in `order` that holds most of the counted characters, and how many; -1 where none holds any."""
    best, most = -1, 0
    seen = np.full(len(counted), -1, np.int64)
    for source in order:
        if bound[source] <= most:
            break
        held = 0
        for at in range(offsets[source], offsets[source + 1]):
            for n in range(run_offsets[claims[at]], run_offsets[claims[at] + 1]):
                for place in range(ranges[n, 0], ranges[n, 1]):
                    if counted[place] and seen[place] != source:
                        seen[place] = source
                        held += 1
        if held > most:
            best, most = source, held
    return best, most


def _longest_run(corpus: Corpus, weighed: Weighed, reuse: I64, mask: Bool) -> int:
    """The most counted characters in a row that stand in a row in one source too."""
    most = _most_in_a_row(weighed.claims.offsets, weighed.ranges, reuse, mask)
    longest = 0
    for n in np.argsort(-most, kind="stable").tolist():
        if most[n] <= longest:
            break
        for a, b in _rows(corpus, weighed, int(reuse[n])).tolist():
            if b - a > longest:
                longest = max(longest, _longest_true(mask[a:b]))
    return longest


@kernel
def _most_in_a_row(offsets: I64, ranges: I64, claims: I64, counted: Bool) -> I64:
    """For each claim the most counted characters in a row that it holds, wherever they stand in its source."""
    most = np.zeros(len(claims), np.int64)
    for k in range(len(claims)):
        row, end = 0, -1
        for n in range(offsets[claims[k]], offsets[claims[k] + 1]):
            if ranges[n, 0] != end:
                row = 0
            for place in range(ranges[n, 0], ranges[n, 1]):
                row = row + 1 if counted[place] else 0
                most[k] = max(most[k], row)
            end = ranges[n, 1]
    return most


def _rows(corpus: Corpus, weighed: Weighed, claim: int) -> I64:
    """The ranges of a claim, joined where the next begins where one ends, here and in the document the
    match is with."""
    ranges = weighed.ranges[weighed.claims.offsets[claim] : weighed.claims.offsets[claim + 1]]
    touching = ranges[1:, 0] == ranges[:-1, 1]
    if not touching.any():
        return ranges
    holder, there = corpus.claims.stated(weighed.claims, claim)
    opposite = np.searchsorted(corpus.compared[holder], there)
    goes_on = touching & (opposite[1:, 0] == opposite[:-1, 1])
    heads = np.flatnonzero(np.concatenate(([True], ~goes_on)))
    tails = np.append(heads[1:], len(ranges)) - 1
    return np.stack((ranges[heads, 0], ranges[tails, 1]), axis=1)


def _longest_true(mask: Bool) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False]))))
    return int((edges[1::2] - edges[::2]).max()) if len(edges) else 0


def _basis(corpus: Corpus, document: int, earlier: bool) -> Basis:
    """What the choice of sources rests on: dates if every source is known to be `earlier`, the order of the
    input, or nothing known."""
    if corpus.standing.chronology.dated(document):
        return "date" if earlier else "unknown"
    return "order" if corpus.settings.undated == "order" else "unknown"


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
