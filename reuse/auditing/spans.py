"""The stretches behind the figures: where each layer stands, and whose claim each stretch is told of by."""

from __future__ import annotations

import numpy as np

from reuse.arrays import I32, I64, U8, Bool, kernel
from reuse.auditing.blocks import Block
from reuse.auditing.counting import Corpus
from reuse.auditing.layers import CODE, OWN, Layers, Weighed

_JOINED = 20
"""Characters of source between two pieces of one claim that are told of as one span: a slot, a line break,
a page number."""


def counted_spans(corpus: Corpus, block: Block, layers: Layers) -> tuple[I32, I64]:
    """The stretches of every layer but its own of each of some documents, in order; each with the claim that holds most of
    it. Columns as in `match_table.CountedSpans` (int32, shape (n, 9)); and where those of each document but the first begin.

    Neighbouring stock phrases are one stretch, told of with a document that shares the first of them.
    """
    owner = _owners(corpus, layers)
    first, last, characters = _stretches(layers.code, owner, block.keys)
    rows = np.full((len(first), 9), -1, dtype=np.int32)
    rows[:, 0], rows[:, 1] = block.positions(first), block.positions(last) + 1
    rows[:, 2], rows[:, 3], rows[:, 7] = characters, layers.code[first], 0
    phrases = np.flatnonzero(
        (rows[:, 3] == CODE["phrase"]) & (owner[first] < 0) & (layers.stock.held[first] >= 0)
    )
    rows[phrases[:, None], [5, 6, 8, 4]] = layers.stock.runs[layers.stock.held[first[phrases]], 2:]
    _tell_claims(corpus, layers.weighed, owner[first], rows)
    return rows, np.searchsorted(first, block.offsets[1:-1]).astype(np.int64)


def _tell_claims(corpus: Corpus, weighed: Weighed, owner: I64, rows: I32) -> None:
    """Fill in of each stretch that a claim holds the earliest source, the place it has there, how many others hold it."""
    claims, number = np.unique(owner, return_inverse=True)
    if not len(claims) or claims[-1] < 0:
        return
    number -= claims[0] < 0
    claims = claims[claims >= 0]
    source, match, offsets, there = corpus.sources_of(weighed, claims)
    held = np.flatnonzero(number >= 0)
    of_claim = number[held]
    rows[held[:, None], [5, 6]] = _opposite(
        rows[held, :2].astype(np.int64),
        of_claim,
        weighed.claims.offsets[claims],
        weighed.claims.here,
        offsets,
        there,
    )
    rows[held, 4], rows[held, 8] = source[of_claim], match[of_claim]
    rows[held, 7] = weighed.named[claims[of_claim]] - 1


@kernel
def _opposite(spans: I64, claim: I64, first: I64, here: I64, offsets: I64, there: I64) -> I64:
    """Where the runs of a claim that lie in each span stand opposite, from the first to the last (int64, shape (n, 2)); of
    one that none lies in all of them."""
    found = np.empty((len(spans), 2), np.int64)
    for n in range(len(spans)):
        low, count = offsets[claim[n]], offsets[claim[n] + 1] - offsets[claim[n]]
        begin = first[claim[n]]
        some = False
        for run in range(count):
            some |= here[begin + run, 0] < spans[n, 1] and here[begin + run, 1] > spans[n, 0]
        found[n, 0], found[n, 1] = there[low, 0], there[low, 1]
        fresh = True
        for run in range(count):
            inside = here[begin + run, 0] < spans[n, 1] and here[begin + run, 1] > spans[n, 0]
            if inside or not some:
                start, end = there[low + run, 0], there[low + run, 1]
                found[n, 0] = start if fresh else min(found[n, 0], start)
                found[n, 1] = end if fresh else max(found[n, 1], end)
                fresh = False
    return found


def _owners(corpus: Corpus, layers: Layers) -> I64:
    """For each character the number of the claim it is told of by, one of its own layer; -1 where its form
    alone puts it there.

    Claims that hold more come first, then those of an earlier source.
    """
    owner = np.full(len(layers.code), -1, dtype=np.int64)
    weighed = layers.weighed
    told = np.flatnonzero(layers.layer != OWN)
    source = weighed.earliest[told]
    size = weighed.covers(np.ones(len(layers.code), dtype=np.bool_))[told]
    order = told[np.lexsort((source, corpus.standing.moments[source], -size))]
    _take(owner, layers.code, order, layers.layer, weighed.claims.offsets, weighed.ranges)
    return owner


@kernel
def _take(owner: I64, code: U8, claims: I64, layer: U8, offsets: I64, ranges: I64) -> None:
    """Give each claim the free characters of its layer that it holds."""
    for claim in claims:
        for n in range(offsets[claim], offsets[claim + 1]):
            for place in range(ranges[n, 0], ranges[n, 1]):
                if owner[place] < 0 and code[place] == layer[claim]:
                    owner[place] = claim


def _stretches(code: U8, owner: I64, compared: I64) -> tuple[I64, I64, I64]:
    """First and last position and number of characters (int64) of one layer and claim that stand close together, in
    order; without a claim, of one that stand side by side."""
    shown = np.flatnonzero(code != OWN)
    heads = np.flatnonzero(_begins(code, owner, compared, shown, _JOINED))
    bounds = np.append(heads, len(shown))
    return shown[heads], shown[bounds[1:] - 1], np.diff(bounds)


@kernel
def _begins(code: U8, owner: I64, compared: I64, shown: I64, joined: int) -> Bool:
    """Which of the positions `shown` begin a stretch."""
    begins = np.ones(len(shown), np.bool_)
    for n in range(1, len(shown)):
        here, before = shown[n], shown[n - 1]
        near = here - before <= 1 if owner[here] < 0 else compared[here] - compared[before] <= joined
        begins[n] = not near or code[here] != code[before] or owner[here] != owner[before]
    return begins
