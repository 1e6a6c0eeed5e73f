"""The scikit-learn estimator: its contract, and that it finds what a scan finds."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils import estimator_checks

import reuse
from reuse.detector import ReuseDetector
from reuse.model import InputError
from tests.reporting.report_sample import CITY, COUNTY, OWN, TOWN

TEXTS = [TOWN, COUNTY, CITY, OWN]


@pytest.fixture(scope="module")
def fitted() -> ReuseDetector:
    """A detector fitted on three texts that share a frame and one that shares nothing."""
    return ReuseDetector(jobs=1).fit(TEXTS)


def test_it_finds_what_a_scan_finds(fitted: ReuseDetector) -> None:
    scanned = reuse.scan(TEXTS, jobs=1)
    told = [(m.left.text, m.right.text, m.kind, m.score) for m in fitted.matches_]
    assert told == [(m.left.text, m.right.text, m.kind, m.score) for m in scanned.matches]
    assert fitted.n_texts_ == 4
    assert fitted.reused_ratio_.shape == (4,)
    assert fitted.reused_ratio_[3] == 0
    assert all(fitted.reused_ratio_[:3] > 0.2)


def test_a_new_text_is_compared_with_the_fitted_ones_only(fitted: ReuseDetector) -> None:
    paragraph = TOWN.splitlines()[2]
    mine = "我在山里住了三年,每天清早去溪边打水,看见过一次麂子,也看见过塌方以后的那段路怎样一点点修通。\n"
    ratios = fitted.transform([mine + paragraph, mine, mine])
    assert ratios.shape == (3, 5)
    assert 0.4 < ratios[0, 0] < 0.8
    assert ratios[1:, 0].tolist() == [0, 0], "what new texts share with each other does not count"


def test_columns_have_names(fitted: ReuseDetector) -> None:
    assert fitted.get_feature_names_out().tolist()[:2] == ["reused_ratio", "copied_ratio"]


def test_fit_transform_is_about_the_fitted_texts(fitted: ReuseDetector) -> None:
    ratios = ReuseDetector(jobs=1).fit_transform(TEXTS)
    np.testing.assert_array_equal(ratios[:, 0], fitted.reused_ratio_)


def test_matches_below_the_cut_are_left_out_of_everything(fitted: ReuseDetector) -> None:
    cut = max(match.score for match in fitted.matches_) + 1
    strict = ReuseDetector(min_score=cut, jobs=1).fit(TEXTS)
    assert strict.matches_ == []
    assert strict.reused_ratio_.tolist() == [0, 0, 0, 0]


def test_it_works_in_pipelines_beside_other_features() -> None:
    columns = FeatureUnion(
        [("reuse", ReuseDetector(jobs=1)), ("words", TfidfVectorizer(analyzer="char", max_features=4))]
    )
    values = make_pipeline(columns, StandardScaler(with_mean=False)).fit_transform(TEXTS)
    assert values.shape == (4, 9)


def test_parameters_are_read_set_and_cloned() -> None:
    detector = ReuseDetector(level="paragraph", min_evidence=0.5, jobs=1)
    assert detector.get_params() == {"level": "paragraph", "min_score": 0.0, "min_evidence": 0.5, "jobs": 1}
    copy = clone(detector).set_params(min_score=3.0)
    assert (copy.level, copy.min_score, detector.min_score) == ("paragraph", 3.0, 0.0)


@pytest.mark.parametrize(
    "name",
    [
        "check_estimator_cloneable",
        "check_estimator_tags_renamed",
        "check_valid_tag_types",
        "check_estimator_repr",
        "check_no_attributes_set_in_init",
        "check_parameters_default_constructible",
        "check_get_params_invariance",
        "check_set_params",
        "check_mixin_order",
        "check_do_not_raise_errors_in_init_or_set_params",
        "check_estimators_unfitted",
    ],
)
def test_what_of_check_estimator_applies_to_texts(name: str) -> None:
    """`check_estimator` itself stops at estimators that take texts; these checks need no table of numbers."""
    check = getattr(estimator_checks, name)
    check("ReuseDetector", ReuseDetector())


def test_it_says_when_it_is_not_fitted() -> None:
    with pytest.raises(NotFittedError):
        ReuseDetector().transform(["讲话"])


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ("讲话", "one string"),
        (["讲话", 3], "int at place 1"),
        ([None], "NoneType at place 0"),
        ([], "at least one"),
    ],
)
def test_what_is_no_list_of_texts_is_an_error_of_ours(texts: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        ReuseDetector().fit(texts)  # type: ignore[arg-type]


def test_no_new_texts_give_no_rows(fitted: ReuseDetector) -> None:
    assert fitted.transform([]).shape == (0, 5)
