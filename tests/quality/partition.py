"""Which half a judged document belongs to: one to tune on, one to report on.

The halves are halves of *documents*, so that no text that was tuned on is reported on. They are those
that cut few judged pairs and hold as many pairs of each label on either side: found by a seeded search
over the graph of pairs, and kept in `halves.json` (ids only), because labels added later must not move
documents across.
"""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

Half = Literal["tuning", "reporting"]
Edge = tuple[str, str, str]
"""Two documents and the label of a pair between them ("" if the readers differ)."""

HALVES = Path(__file__).parent / "halves.json"

STRADDLER_COST = 3
"""A pair lost to both halves costs as much as three of imbalance. Measured: from 2 to 10 the cut is the
same size, 12 of 150 pairs of `gov`, whose documents hang together, and none of `news`; at 1 it is 16 and
3. At 3 the halves hold 41 and 41 R of `gov`, 28 and 29 of `news`; at 10 they are less even."""


@cache
def _reporting() -> Mapping[str, frozenset[str]]:
    stored = json.loads(HALVES.read_text(encoding="utf-8"))
    return {name: frozenset(ids) for name, ids in stored.items()}


def half_of(corpus: str, document: str) -> Half:
    """The half of a document of a labelled corpus ("gov" or "news"); what no pair names is for tuning."""
    return "reporting" if document in _reporting()[corpus] else "tuning"


def half_of_pair(corpus: str, left: str, right: str) -> Half | None:
    """The half both documents of a pair are in, or None if it straddles."""
    halves = {half_of(corpus, left), half_of(corpus, right)}
    return halves.pop() if len(halves) == 1 else None


def best_halves(edges: Sequence[Edge], restarts: int = 20, seed: int = 1) -> list[str]:
    """The documents of the reporting half: the half without the document that comes first in order."""
    documents = sorted({d for left, right, _ in edges for d in (left, right)})
    source = random.Random(seed)
    trials = [_anneal(documents, edges, source) for _ in range(restarts)]
    best = min(trials, key=lambda cut: (cut.cost, [cut.side[d] for d in documents]))
    return [d for d in documents if best.side[d] != best.side[documents[0]]]


class _Cut:
    """Documents on two sides, and what that costs in straddlers and imbalance."""

    def __init__(self, side: dict[str, bool], edges: Sequence[Edge]) -> None:
        self.side = side
        self.straddlers = 0
        self.balance: Counter[str] = Counter()
        self._edges_at: dict[str, list[Edge]] = {document: [] for document in side}
        for edge in edges:
            for document in set(edge[:2]):
                self._edges_at[document].append(edge)
            self._count(edge, 1)

    @property
    def cost(self) -> int:
        """Straddlers and the imbalance of labels as one number."""
        return STRADDLER_COST * self.straddlers + sum(abs(n) for n in self.balance.values())

    def flip(self, document: str) -> None:
        """Move a document to the other side."""
        for edge in self._edges_at[document]:
            self._count(edge, -1)
        self.side[document] = not self.side[document]
        for edge in self._edges_at[document]:
            self._count(edge, 1)

    def _count(self, edge: Edge, step: int) -> None:
        left, right, label = edge
        if self.side[left] != self.side[right]:
            self.straddlers += step
        else:
            self.balance[label] += step if self.side[left] else -step


def _anneal(documents: Sequence[str], edges: Sequence[Edge], source: random.Random) -> _Cut:
    cut = _Cut({d: source.random() < 0.5 for d in documents}, edges)
    heat = 6.0
    while heat > 0.05:
        for document in source.choices(documents, k=len(documents)):
            before = cut.cost
            cut.flip(document)
            worse = cut.cost - before
            if worse > 0 and source.random() >= math.exp(-worse / heat):
                cut.flip(document)
        heat *= 0.85
    return cut


def stored_text(edges_by_corpus: Mapping[str, Sequence[Edge]]) -> str:
    """What `halves.json` holds for these pairs."""
    halves: dict[str, Any] = {name: best_halves(edges) for name, edges in sorted(edges_by_corpus.items())}
    return json.dumps(halves, ensure_ascii=False, indent=1) + "\n"
