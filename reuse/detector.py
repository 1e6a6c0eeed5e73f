"""A scikit-learn estimator around a scan: fit it on texts, ask how much of other texts stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from reuse.model import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sklearn.utils import Tags

    from reuse.model import Document, Family, Match, Originality
    from reuse.reporting.result import Result

_COLUMNS = ("reused_ratio", "copied_ratio", "templated_ratio", "phrase_ratio", "quoted_ratio")


class ReuseDetector(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Finds what texts share.

    `fit(texts)` compares the texts with each other; `transform(texts)` compares other texts with those fitted, and
    gives for each the share that is reused, copied, templated, stock phrase and quotation.

    Parameters: `level` (`passage`: both passes, `paragraph`: near-duplicate paragraphs only), `min_score` and
    `min_evidence` (matches below are left out of everything), `jobs` (how many to work at once).

    After `fit`: `result_` (a `Result`), `matches_`, `families_`, `reused_ratio_` (float64, shape (texts,)) and
    `n_texts_`. Texts have no dates here, so all others count as sources.
    """

    def __init__(
        self,
        *,
        level: Literal["paragraph", "passage"] = "passage",
        min_score: float = 0.0,
        min_evidence: float = 0.0,
        jobs: int = 2,
    ) -> None:
        self.level = level
        self.min_score = min_score
        self.min_evidence = min_evidence
        self.jobs = jobs

    def fit(self, X: Iterable[str], y: object = None) -> Self:
        """Compare the texts with each other. Raises InputError when one of them is no text, or none is given."""
        texts = _checked(X)
        if not texts:
            raise InputError("no texts to fit; give a list of at least one string")
        self._texts = texts
        self.result_ = self._scan(_documents(texts))
        self.matches_: Sequence[Match] = self.result_.matches
        self.families_: Sequence[Family] = self.result_.families
        self.reused_ratio_: NDArray[np.float64] = self._figures(self.result_)[:, 0]
        self.n_texts_ = len(texts)
        return self

    def transform(self, X: Iterable[str]) -> NDArray[np.float64]:
        """How much of each text stands in the fitted ones (float64, shape (texts, 5)); columns by `get_feature_names_out`.

        What the texts share with each other does not count. Raises InputError when one of them is no text.
        """
        check_is_fitted(self)
        texts = _checked(X)
        if not texts:
            return np.empty((0, len(_COLUMNS)))
        both = self._scan(_documents([*self._texts, *texts]))
        asked = {record.document.id for record in both.documents[self.n_texts_ :]}
        across = [m for m in both.matches if (m.left.document in asked) != (m.right.document in asked)]
        return self._figures(replace(both, matches=across).at())[self.n_texts_ :]

    def fit_transform(self, X: Iterable[str], y: object = None, **fit_params: object) -> NDArray[np.float64]:
        """Fit, and say how much of each text stands in the other ones."""
        return self._figures(self.fit(X, y).result_)

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """The names of the columns of `transform`."""
        return np.array(_COLUMNS, dtype=object)

    def _scan(self, documents: list[Document]) -> Result:
        from reuse.pipeline import scan

        found = scan(documents, level=self.level, jobs=self.jobs)
        return found.at(min_score=self.min_score, min_evidence=self.min_evidence)

    def _figures(self, result: Result) -> NDArray[np.float64]:
        rows = [_row(record.originality) for record in result.documents]
        return np.array(rows, dtype=np.float64).reshape(len(rows), len(_COLUMNS))

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.input_tags.one_d_array = True
        return tags


def _row(originality: Originality | None) -> list[float]:
    return [getattr(originality, name) if originality else 0.0 for name in _COLUMNS]


def _checked(texts: Iterable[str]) -> Sequence[str]:
    if isinstance(texts, str):
        raise InputError("expected several texts, found one string; give a list of strings")
    listed = list(texts)
    for number, text in enumerate(listed):
        if not isinstance(text, str):
            raise InputError(f"expected texts, found {type(text).__name__} at place {number}")
    return listed


def _documents(texts: Sequence[str]) -> list[Document]:
    """The texts as a scan of strings reads them, one document a text, in order."""
    from reuse.reading import Source, clean

    sources = (
        Source(name=f"text-{number}", text=text, format="string", whole=True)
        for number, text in enumerate(texts, start=1)
    )
    return [document for source in sources for document in clean(source)]
