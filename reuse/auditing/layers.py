"""Which layer each compared character of a document is in, and by whose claim."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reuse.arrays import I64, U8, U64, Bool, kernel
from reuse.auditing.claims import Claims
from reuse.auditing.stock import StockRuns
from reuse.config import AuditSettings
from reuse.match_table import KINDS, LAYERS

OWN = len(LAYERS)
REUSE = 3
"""Layers before this number are reuse of others."""
CODE = {layer: number for number, layer in enumerate(LAYERS)}
_NONE = OWN
_OF_KIND = np.array(
    [CODE.get(kind, CODE["copied"]) for kind in ("copied", "edited", "templated")], dtype=np.uint8
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """Claims with whom each names, an entry a claim unless it says otherwise.

    `ranges` (int64, shape (n, 2)): the runs as ranges of compared characters, by `claims.offsets`. `other_offsets` into
    `others` (int64): the listed documents of others that may be sources; `crowd_others`: by document on which a crowd has a
    claim those there are in the whole corpus (uint64, bits by place in time). `named` (int64): how many documents it tells
    of: base documents, else others, else own ones; none where that is 0. `earliest` (int64): the one of these that is dated
    first. `other`, `own` and `base` (bool): whether another document is among the sources, whether an own one is, whether a
    base document holds the runs.
    """

    claims: Claims
    ranges: I64
    other_offsets: I64
    others: I64
    crowd_others: dict[int, U64]
    named: I64
    earliest: I64
    other: Bool
    own: Bool
    base: Bool

    def covers(self, mask: Bool) -> I64:
        """How many characters of each claim are set in `mask` (int64)."""
        return _covered(mask, self.claims.offsets, self.ranges)


@dataclass(frozen=True, slots=True)
class Layers:
    """The layer of every compared character (`code`, uint8: an index into `LAYERS`, `OWN` for the document's own), the
    claims, the layer each puts characters into (`layer`, uint8; `OWN` for none), and the stock phrases shared."""

    code: U8
    weighed: Weighed
    layer: U8
    stock: StockRuns

    @property
    def reuse(self) -> I64:
        """The claims of reuse of others (int64)."""
        return np.flatnonzero(self.layer < REUSE)


def layered(
    weighed: Weighed, quoted: Bool, listed: Bool, stock: StockRuns, settings: AuditSettings
) -> Layers:
    """Put every character into one layer.

    The surer wins: base document, quotation, then copied, edited, templated, own earlier text, stock
    phrase. A match whose words are all phrases of the list (`listed`) or quoted is no reuse. Where
    quotations are not excluded, they are text like any other.
    """
    apart = "quotations" in settings.exclude
    quoted = quoted if apart else np.zeros_like(quoted)
    layer = _layers_of(
        weighed.claims.kind,
        weighed.other,
        weighed.own,
        weighed.base,
        weighed.named > 0,
        weighed.covers(~(quoted | listed)) < settings.least_characters,
        apart,
    )
    code = _painted(quoted, listed, stock.held, layer, weighed.claims.offsets, weighed.ranges)
    return Layers(code, weighed, layer, stock)


_PHRASE, _QUOTED, _SELF, _BASE = (CODE[layer] for layer in ("phrase", "quoted", "self", "base"))
_QUOTATION = KINDS.index("quoted")


@kernel
def _layers_of(kind: U8, others: Bool, own: Bool, base: Bool, named: Bool, short: Bool, apart: bool) -> U8:
    """The layer each claim puts characters into: what it rests on, what is said of it, whom it names."""
    layer = np.full(len(kind), _NONE, np.uint8)
    for claim in range(len(kind)):
        if not named[claim]:
            continue
        if base[claim]:
            layer[claim] = _BASE
        elif apart and kind[claim] == _QUOTATION:
            layer[claim] = _QUOTED
        elif short[claim]:
            layer[claim] = _PHRASE
        elif others[claim]:
            layer[claim] = _OF_KIND[kind[claim] if kind[claim] < len(_OF_KIND) else 0]
        elif own[claim]:
            layer[claim] = _SELF
    return layer


@kernel
def _painted(quoted: Bool, listed: Bool, stock: I64, layer: U8, offsets: I64, ranges: I64) -> U8:
    """The layers by form with those of claims painted over them, the surer ones last."""
    code = np.full(len(quoted), OWN, np.uint8)
    for place in range(len(code)):
        if listed[place] or stock[place] >= 0:
            code[place] = _PHRASE
    for number in range(_PHRASE, -1, -1):
        _paint(code, layer, number, offsets, ranges)
    code[quoted] = _QUOTED
    for number in range(_QUOTED, OWN):
        _paint(code, layer, number, offsets, ranges)
    return code


@kernel
def _paint(code: U8, layer: U8, number: int, offsets: I64, ranges: I64) -> None:
    """Put the characters of the claims of one layer into it."""
    for claim in range(len(layer)):
        if layer[claim] == number:
            for n in range(offsets[claim], offsets[claim + 1]):
                code[ranges[n, 0] : ranges[n, 1]] = number


@kernel
def _covered(mask: Bool, offsets: I64, ranges: I64) -> I64:
    """How many characters set in `mask` the ranges of each claim hold (int64)."""
    reached = np.zeros(len(mask) + 1, np.int64)
    for place in range(len(mask)):
        reached[place + 1] = reached[place] + mask[place]
    covered = np.zeros(len(offsets) - 1, np.int64)
    for claim in range(len(covered)):
        for n in range(offsets[claim], offsets[claim + 1]):
            covered[claim] += reached[ranges[n, 1]] - reached[ranges[n, 0]]
    return covered
