"""From layers to figures: ratios, largest source, longest run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from reuse.arrays import F64, I64, U8, Bool, kernel
from reuse.auditing.blocks import Block
from reuse.auditing.claims import ClaimTable
from reuse.auditing.layers import OWN, REUSE, Layers, Weighed
from reuse.auditing.standing import Standing
from reuse.auditing.stock import StockPhrases
from reuse.auditing.weighing import Sources, sources_of
from reuse.config import AuditSettings
from reuse.match_table import LAYERS, MatchTable
from reuse.model import Basis, Document, LargestSource, Layer, Originality

Sizes = TypeVar("Sizes", int, I64)


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

    def sources_of(self, weighed: Weighed, chosen: I64) -> tuple[I64, I64, I64, I64]:
        """The earliest document (int64) that each of some claims names, the match (int64) that says so, and the runs there:
        offsets and runs (int64, shape (n, 2))."""
        source = weighed.earliest[chosen]
        return source, *self.claims.sides(weighed.claims, chosen, source)


def originalities(corpus: Corpus, block: Block, layers: Layers) -> list[Originality]:
    """The figures of some documents, without versions, notes and spans."""
    sizes = sizes_of(layers.code, block.bounds).tolist()
    found = _of_claims(corpus, block, layers)
    return [
        _originality(corpus, block.first + n, dict(zip(LAYERS, sizes[n], strict=False)), sum(sizes[n]), *of)
        for n, of in enumerate(found)
    ]


def _originality(
    corpus: Corpus,
    document: int,
    sizes: dict[Layer, int],
    compared: int,
    sources: int,
    earlier: bool,
    longest: int,
    largest: int,
    most: int,
) -> Originality:
    counted = compared - excluded(sizes, corpus.settings)
    copied = sizes["copied"] + sizes["edited"]
    reused = copied + sizes["templated"]
    full, frame, light = corpus.settings.weights
    taken = full * copied + frame * sizes["templated"] + light * (sizes["phrase"] + sizes["quoted"])
    source = LargestSource(corpus.documents[largest].id, most, _share(most, counted)) if most else None
    return Originality(
        reused_ratio=_share(reused, counted),
        copied_ratio=_share(copied, counted),
        templated_ratio=_share(sizes["templated"], counted),
        phrase_ratio=_share(sizes["phrase"], compared),
        quoted_ratio=_share(sizes["quoted"], compared),
        score=round(1.0 - taken / compared, 4) if compared else 1.0,
        max_source=source,
        longest_run=longest,
        basis=_basis(corpus, document, earlier),
        sources=sources,
        self_reused_ratio=_share(sizes["self"], counted),
        counted=counted,
        reused=reused,
    )


def _of_claims(corpus: Corpus, block: Block, layers: Layers) -> Iterable[tuple[int, bool, int, int, int]]:
    """What claims of reuse tell of each document: how many sources, whether all are earlier, the longest run, the largest
    source and how many characters that holds."""
    mask = layers.code < REUSE
    sources = sources_of(corpus.claims, layers.weighed, corpus.standing, block, layers.reuse)
    longest = _longest_runs(corpus, block, layers.weighed, layers.reuse, mask)
    largest, most = _largest(corpus, block, layers.weighed, mask, sources)
    return zip(
        sources.size.tolist(),
        sources.earlier.tolist(),
        longest.tolist(),
        largest.tolist(),
        most.tolist(),
        strict=True,
    )


@kernel
def sizes_of(code: U8, ranges: I64) -> I64:
    """How many characters of each layer every range has (int64, one column a layer, `OWN` the last)."""
    sizes = np.zeros((len(ranges), OWN + 1), np.int64)
    for n in range(len(ranges)):
        for place in range(ranges[n, 0], ranges[n, 1]):
            sizes[n, code[place]] += 1
    return sizes


def excluded(sizes: Mapping[Layer, Sizes], settings: AuditSettings) -> Sizes:
    """How many characters leave both sides of the ratios, by the sizes of the layers, of one document or many."""
    out = sizes["base"] + sizes["quoted"]
    return out + sizes["phrase"] if "phrases" in settings.exclude else out


def _largest(corpus: Corpus, block: Block, weighed: Weighed, mask: Bool, sources: Sources) -> tuple[I64, I64]:
    """The document that most of the reused characters of each are shared with, of equals the earliest dated, then the
    first; and how many these are, 0 where there is none.

    Characters that two claims give to one document are counted once. A document is only looked at while the
    sum of its claims exceeds the best count so far.
    """
    covers = weighed.covers(mask)[sources.claims]
    owner = np.repeat(np.arange(len(sources.of)), np.diff(sources.offsets))
    bound = np.bincount(owner, weights=covers, minlength=len(sources.of)).astype(np.int64)
    moments = corpus.standing.moments[sources.documents]
    order = np.lexsort((sources.documents, moments, -bound, sources.of))
    best, most = _most_held(
        order,
        sources.of - block.first,
        bound,
        sources.offsets,
        sources.claims,
        weighed.claims.offsets,
        weighed.ranges,
        mask,
        len(block),
    )
    found = np.full(len(block), -1, dtype=np.int64)
    found[best >= 0] = sources.documents[best[best >= 0]]
    return found, most


@kernel
def _most_held(
    order: I64,
    of: I64,
    bound: I64,
    offsets: I64,
    claims: I64,
    run_offsets: I64,
    ranges: I64,
    counted: Bool,
    documents: int,
) -> tuple[I64, I64]:
    """For each document the first of its sources in `order` that holds most of the counted characters, and how many; -1 and 0
    where none holds any."""
    best, most = np.full(documents, -1, np.int64), np.zeros(documents, np.int64)
    seen = np.full(len(counted), -1, np.int64)
    for source in order:
        if bound[source] <= most[of[source]]:
            continue
        held = 0
        for at in range(offsets[source], offsets[source + 1]):
            for n in range(run_offsets[claims[at]], run_offsets[claims[at] + 1]):
                for place in range(ranges[n, 0], ranges[n, 1]):
                    if counted[place] and seen[place] != source:
                        seen[place] = source
                        held += 1
        if held > most[of[source]]:
            best[of[source]], most[of[source]] = source, held
    return best, most


def _longest_runs(corpus: Corpus, block: Block, weighed: Weighed, reuse: I64, mask: Bool) -> I64:
    """The most counted characters in a row of each document that stand in a row in one source too (int64).

    Runs that touch here and there are one row; those that touch here only are one where nothing that is compared stands between
    them there, which is looked up for the few claims that this could make the longest.
    """
    holder, offsets, there = corpus.claims.stated(weighed.claims, reuse)
    most, least = _in_a_row(weighed.claims.offsets, weighed.ranges, reuse, offsets, there, mask)
    document = weighed.claims.document[reuse] - block.first
    longest = np.zeros(len(block), dtype=np.int64)
    np.maximum.at(longest, document, least)
    open_ = np.flatnonzero(most > longest[document])
    for n in open_[np.argsort(-most[open_], kind="stable")].tolist():
        of = int(document[n])
        if most[n] > longest[of]:
            rows = _rows(corpus, weighed, int(reuse[n]), int(holder[n]), there[offsets[n] : offsets[n + 1]])
            for a, b in rows.tolist():
                if b - a > longest[of]:
                    longest[of] = max(longest[of], _longest_true(mask[a:b]))
    return longest


@kernel
def _in_a_row(
    run_offsets: I64, ranges: I64, claims: I64, offsets: I64, there: I64, counted: Bool
) -> tuple[I64, I64]:
    """For each claim the most counted characters in a row that it holds, wherever they stand in its source, and the most in runs
    that touch there too."""
    most, least = np.zeros(len(claims), np.int64), np.zeros(len(claims), np.int64)
    for k in range(len(claims)):
        row, sure, end = 0, 0, -1
        for n in range(run_offsets[claims[k]], run_offsets[claims[k] + 1]):
            at = offsets[k] + n - run_offsets[claims[k]]
            if ranges[n, 0] != end:
                row = 0
            if ranges[n, 0] != end or there[at, 0] != there[at - 1, 1]:
                sure = 0
            for place in range(ranges[n, 0], ranges[n, 1]):
                row = row + 1 if counted[place] else 0
                sure = sure + 1 if counted[place] else 0
                most[k], least[k] = max(most[k], row), max(least[k], sure)
            end = ranges[n, 1]
    return most, least


def _rows(corpus: Corpus, weighed: Weighed, claim: int, holder: int, there: I64) -> I64:
    """The ranges of a claim, joined where the next begins where one ends, here and in the document the match is with."""
    ranges = weighed.ranges[weighed.claims.offsets[claim] : weighed.claims.offsets[claim + 1]]
    touching = ranges[1:, 0] == ranges[:-1, 1]
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


def rounded(shares: F64) -> F64:
    """To four decimals, as `round` does it: shares near the middle of two are left to it, the others are found at once."""
    parts = shares * 10_000
    found: F64 = np.rint(parts) / 10_000
    for n in np.flatnonzero(np.abs(parts - np.floor(parts) - 0.5) < 1e-6).tolist():
        found[n] = round(float(shares[n]), 4)
    return found
