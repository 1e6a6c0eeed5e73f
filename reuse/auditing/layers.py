"""Which layer each compared character of a document is in, and by whose claim."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reuse.arrays import I64, U8, Bool, kernel
from reuse.auditing.claims import Claims
from reuse.config import AuditSettings
from reuse.match_table import KINDS
from reuse.model import Layer

LAYERS: tuple[Layer, ...] = ("copied", "edited", "templated", "self", "phrase", "quoted", "base")
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
    `others` (int64): the documents of others that may be sources. `named` (int64): how many documents it tells of: base
    documents, else others, else own ones; none where that is 0. `earliest` (int64): the one of these that is dated first.
    `own` and `base` (bool): whether an own document is among the sources, whether a base document holds the runs.
    """

    claims: Claims
    ranges: I64
    other_offsets: I64
    others: I64
    named: I64
    earliest: I64
    own: Bool
    base: Bool

    def covers(self, mask: Bool) -> I64:
        """How many characters of each claim are set in `mask` (int64)."""
        reached = np.concatenate(([0], np.cumsum(mask)))
        each = reached[self.ranges[:, 1]] - reached[self.ranges[:, 0]]
        total = np.concatenate(([0], np.cumsum(each)))
        return np.asarray(total[self.claims.offsets[1:]] - total[self.claims.offsets[:-1]])


@dataclass(frozen=True, slots=True)
class Layers:
    """The layer of every compared character (`code`, uint8: an index into `LAYERS`, `OWN` for the document's own), the
    claims, the layer each puts characters into (`layer`, uint8; `OWN` for none; both None where there are no claims),
    and the rows of shared stock phrases (int64, -1 where there is none)."""

    code: U8
    weighed: Weighed | None
    layer: U8
    stock: I64

    @property
    def reuse(self) -> I64:
        """The claims of reuse of others (int64)."""
        return np.flatnonzero(self.layer < REUSE)


def layered(
    weighed: Weighed | None, quoted: Bool, listed: Bool, stock: I64, settings: AuditSettings
) -> Layers:
    """Put every character into one layer.

    The surer wins: base document, quotation, then copied, edited, templated, own earlier text, stock
    phrase. A match whose words are all phrases of the list (`listed`) or quoted is no reuse. Where
    quotations are not excluded, they are text like any other. `stock` are the rows of `StockPhrases.on`.
    """
    apart = "quotations" in settings.exclude
    quoted = quoted if apart else np.zeros_like(quoted)
    code = np.full(len(quoted), OWN, dtype=np.uint8)
    code[listed | (stock >= 0)] = CODE["phrase"]
    layer = np.zeros(0, dtype=np.uint8)
    if weighed is not None:
        layer = _layers_of(weighed, ~(quoted | listed), settings.least_characters, apart)
        _paint(code, weighed, layer, ("phrase", "self", "templated", "edited", "copied"))
    code[quoted] = CODE["quoted"]
    if weighed is not None:
        _paint(code, weighed, layer, ("quoted", "base"))
    return Layers(code, weighed, layer, stock)


def _layers_of(weighed: Weighed, fresh: Bool, least: int, apart: bool) -> U8:
    kind = weighed.claims.kind
    others = np.diff(weighed.other_offsets) > 0
    layer = np.where(others, _OF_KIND[np.where(kind < len(_OF_KIND), kind, 0)], CODE["self"])
    layer = np.where(others | weighed.own, layer, _NONE)
    layer = np.where(weighed.covers(fresh) < least, CODE["phrase"], layer)
    if apart:
        layer = np.where(kind == KINDS.index("quoted"), CODE["quoted"], layer)
    layer = np.where(weighed.base, CODE["base"], layer)
    return np.where(weighed.named > 0, layer, _NONE).astype(np.uint8)


def _paint(code: U8, weighed: Weighed, layer: U8, wanted: tuple[Layer, ...]) -> None:
    """Put the characters of claims into their layers, one layer after the other."""
    for number in map(CODE.__getitem__, wanted):
        _set(code, weighed.claims.offsets, weighed.ranges, np.flatnonzero(layer == number), number)


@kernel
def _set(code: U8, offsets: I64, ranges: I64, claims: I64, layer: int) -> None:
    for claim in claims:
        for n in range(offsets[claim], offsets[claim + 1]):
            code[ranges[n, 0] : ranges[n, 1]] = layer
