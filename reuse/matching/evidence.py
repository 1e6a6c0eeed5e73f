"""From signs to evidence: how surely a match is reuse and not a stock phrase or chance.

A logistic model: each sign adds what its curve says, and each pair of signs the product of the two times a weight, since what a
sign tells depends on others (that much of a place is equal tells reuse of a long one, and a phrase of a short one). It was fitted
on judged pairs of real texts, each measured among 5 to 23,000 documents, and on clauses copied from one of them into another
(`make fit` writes `data/evidence.json`), and is judged on pairs of other documents. On the pairs fitted on, left out in turn,
products rank better than curves alone (area .932 instead of .926; `SHARE` in `tests/quality/fitting.py`); a few pairs chosen by
how much they help, as Lou et al. (2013, Accurate intelligible models with pairwise interactions) do, no better than none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from reuse.arrays import F64, kernel
from reuse.matching.signs import NAMES

FARTHEST = 2.5
"""Standard deviations from its mean that a sign counts in products at most: texts unlike those fitted on are not guessed at."""


@dataclass(frozen=True, slots=True)
class Model:
    """What signs add to the log-odds of reuse, and the evidence from which a match is reported as reuse.

    `curves` holds for each sign points (ln(1 + value), log-odds), joined by straight lines and level outside them. `means` and
    `deviations` are those of ln(1 + value), and `products` (float64, shape (signs, signs), zero but below the diagonal) the
    weights of the products of two signs so standardised, all in the order of `curves`.
    """

    curves: Mapping[str, tuple[F64, F64]]
    means: F64
    deviations: F64
    products: F64
    intercept: float
    cut: float

    def evidence(self, signs: F64) -> F64:
        """The evidence of each match, 0 to 1, from the table of `signs.measure`."""
        logs = np.log1p(signs[:, [NAMES.index(name) for name in self.curves]])
        total = np.full(len(signs), self.intercept)
        for column, (points, values) in zip(logs.T, self.curves.values(), strict=True):
            total += np.interp(column, points, values)
        total += _products(standardised(logs, self.means, self.deviations), self.products)
        value: F64 = 1.0 / (1.0 + np.exp(-total))
        return value


def standardised(logs: F64, means: F64, deviations: F64) -> F64:
    """Distances from the means in standard deviations, `FARTHEST` at most."""
    return np.clip((logs - means) / deviations, -FARTHEST, FARTHEST)


@kernel
def _products(standard: F64, weights: F64) -> F64:
    """The weighted sum of products of each row, always added up in the same order."""
    total = np.zeros(len(standard))
    for r in range(len(standard)):
        for i in range(len(weights)):
            inner = 0.0
            for j in range(i):
                inner += weights[i, j] * standard[r, j]
            total[r] += standard[r, i] * inner
    return total


@lru_cache(maxsize=1)
def default_model() -> Model:
    """The fitted model that comes with the package."""
    stored = json.loads(files("reuse.matching").joinpath("data/evidence.json").read_text(encoding="utf-8"))
    curves = {
        name: (np.array(curve["points"]), np.array(curve["values"]))
        for name, curve in stored["curves"].items()
    }
    products = [[stored["products"][name].get(other, 0.0) for other in curves] for name in curves]
    return Model(
        curves,
        np.array(stored["means"]),
        np.array(stored["deviations"]),
        np.array(products),
        float(stored["intercept"]),
        float(stored["cut"]),
    )
