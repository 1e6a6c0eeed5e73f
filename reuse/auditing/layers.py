"""Which layer each compared character of a document is in, and by whose claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reuse.arrays import I64, U8, Bool
from reuse.auditing.claims import Claim
from reuse.config import AuditSettings
from reuse.model import Layer

LAYERS: tuple[Layer, ...] = ("copied", "edited", "templated", "self", "phrase", "quoted", "base")
OWN = len(LAYERS)
REUSE = 3
"""Layers before this number are reuse of others."""
_CODE = {layer: number for number, layer in enumerate(LAYERS)}
_OF_KIND: dict[str, Layer] = {"edited": "edited", "templated": "templated"}


@dataclass(frozen=True, slots=True)
class Weighed:
    """A claim with whom it names, and its runs as ranges of compared characters (`ranges`, int64, shape (n, 2)).

    `others` (int64, ascending) are the documents of others that may be sources; `own` says whether an own
    document is among the sources, `base` whether a base document holds the runs. `named` (int64, not empty) are
    the documents to tell of: base documents, else others, else own ones.
    """

    claim: Claim
    ranges: I64
    others: I64
    named: I64
    own: bool
    base: bool

    def covers(self, mask: Bool) -> int:
        """How many of its characters are set in `mask`."""
        return int(sum(int(np.count_nonzero(mask[a:b])) for a, b in self.ranges.tolist()))


@dataclass(frozen=True, slots=True)
class Layers:
    """The layer of every compared character (uint8, an index into `LAYERS`, `OWN` for the document's own),
    the claims that count, each with the layer it puts characters into, and the rows of shared stock phrases
    (int64, -1 where there is none)."""

    code: U8
    claims: list[tuple[int, Weighed]]
    stock: I64

    def of(self, *layers: Layer) -> Bool:
        """Which characters are in any of the layers."""
        return np.asarray(np.isin(self.code, [_CODE[layer] for layer in layers]))


def layered(
    claims: Sequence[Weighed], quoted: Bool, listed: Bool, stock: I64, settings: AuditSettings
) -> Layers:
    """Put every character into one layer.

    The surer wins: base document, quotation, then copied, edited, templated, own earlier text, stock
    phrase. A match whose words are all phrases of the list (`listed`) or quoted is no reuse. Where
    quotations are not excluded, they are text like any other. `stock` are the rows of `StockPhrases.on`.
    """
    apart = "quotations" in settings.exclude
    quoted = quoted if apart else np.zeros_like(quoted)
    fresh = ~(quoted | listed)
    layers = [_layer_of(weighed, fresh, settings.least_characters, apart) for weighed in claims]
    counting = [(_CODE[layer], one) for layer, one in zip(layers, claims, strict=True) if layer is not None]
    code = np.full(len(quoted), OWN, dtype=np.uint8)
    code[listed | (stock >= 0)] = _CODE["phrase"]
    _paint(code, counting, ("phrase", "self", "templated", "edited", "copied"))
    code[quoted] = _CODE["quoted"]
    _paint(code, counting, ("quoted", "base"))
    return Layers(code, counting, stock)


def _layer_of(weighed: Weighed, fresh: Bool, least: int, apart: bool) -> Layer | None:
    claim = weighed.claim
    if weighed.base:
        return "base"
    if claim.kind == "quoted" and apart:
        return "quoted"
    if weighed.covers(fresh) < least:
        return "phrase"
    if len(weighed.others):
        return _OF_KIND.get(claim.kind, "copied")
    return "self" if weighed.own else None


def _paint(code: U8, claims: Sequence[tuple[int, Weighed]], wanted: Sequence[Layer]) -> None:
    """Put the characters of claims into their layers, one layer after the other."""
    for layer in map(_CODE.__getitem__, wanted):
        for _, weighed in (claim for claim in claims if claim[0] == layer):
            for a, b in weighed.ranges.tolist():
                code[a:b] = layer
