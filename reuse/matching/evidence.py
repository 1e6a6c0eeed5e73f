"""From signs to evidence: how surely a match is reuse and not a stock phrase or chance.

An additive logistic model: each sign adds what its curve says, and no sign decides alone. The curves were fitted on judged
pairs of real texts, each measured among 5 to 23,000 documents, and on clauses copied from one of them into another (`make fit`
writes `data/evidence.json`), and are judged on pairs of other documents. On the pairs fitted on, left out in turn, it ranks
better than boosted trees of the same signs (.941 against .934 to .938 of the area) and can be read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from reuse.arrays import F64
from reuse.matching.signs import NAMES


@dataclass(frozen=True, slots=True)
class Model:
    """What each sign adds to the log-odds of reuse, and the evidence from which a match is reported as reuse.

    `curves` holds for each sign points (ln(1 + value), log-odds), joined by straight lines and level outside them.
    """

    curves: Mapping[str, tuple[F64, F64]]
    intercept: float
    cut: float

    def parts(self, signs: F64) -> dict[str, F64]:
        """What each sign adds to the log-odds of each match, from the table of `signs.measure`."""
        return {
            name: np.interp(np.log1p(signs[:, NAMES.index(name)]), points, values)
            for name, (points, values) in self.curves.items()
        }

    def evidence(self, signs: F64) -> F64:
        """The evidence of each match, 0 to 1."""
        total = np.full(len(signs), self.intercept)
        for part in self.parts(signs).values():
            total += part
        value: F64 = 1.0 / (1.0 + np.exp(-total))
        return value


@lru_cache(maxsize=1)
def default_model() -> Model:
    """The fitted model that comes with the package."""
    stored = json.loads(files("reuse.matching").joinpath("data/evidence.json").read_text(encoding="utf-8"))
    curves = {
        name: (np.array(curve["points"]), np.array(curve["values"]))
        for name, curve in stored["curves"].items()
    }
    return Model(curves, float(stored["intercept"]), float(stored["cut"]))
