from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.families.chronology import Chronology, moments, year_of
from reuse.model import Document, FirstKnown


def dated(*dates: str | None) -> list[Document]:
    return [Document(id=f"d{n}", source="s", text="x", date=date) for n, date in enumerate(dates)]


def first(*dates: str | None) -> FirstKnown:
    documents = dated(*dates)
    return Chronology.of(documents).first_known(range(len(documents)), documents)


@pytest.mark.parametrize(
    ("date", "known"),
    [
        ("2022", (20220101000000, 20221231235959)),
        ("2022-06", (20220601000000, 20220631235959)),
        ("2022-06-10 14:42:02", (20220610144202, 20220610144202)),
        ("2022-06-10T14:42", (20220610144200, 20220610144259)),
        ("2022年6月10日", (20220610000000, 20220610235959)),
        ("2022/6/10", (20220610000000, 20220610235959)),
        ("2022-13", None),
        ("二〇二二年", None),
        ("20220", None),
        ("", None),
        (None, None),
    ],
)
def test_a_date_stands_for_all_the_moments_it_leaves_open(
    date: str | None, known: tuple[int, int] | None
) -> None:
    assert moments(date) == known


def test_the_year_of_a_date() -> None:
    assert year_of("2019-03") == 2019
    assert year_of("March") is None


def test_first_is_who_is_earlier_than_every_other_dated_one() -> None:
    assert first("2020", "2018-05", "2019") == FirstKnown("d1", "date")
    assert first("2020", None, "2019") == FirstKnown("d2", "date")


def test_without_dates_the_order_is_said_and_no_more() -> None:
    assert first(None, None) == FirstKnown("d0", "order")


def test_dates_that_leave_it_open_name_nobody() -> None:
    assert first("2019", "2019-05-01") == FirstKnown(None, "unknown")
    assert first("2019-05-01", "2019-05-01") == FirstKnown(None, "unknown")


dates = st.one_of(
    st.none(),
    st.builds("{}".format, st.integers(2015, 2018)),
    st.builds("{}-{:02d}".format, st.integers(2015, 2018), st.integers(1, 12)),
)


@given(dates, dates)
def test_of_two_documents_at_most_one_is_earlier(one: str | None, other: str | None) -> None:
    known = Chronology.of(dated(one, other))
    first_is, second_is = known.earlier(np.array([0]), 1)[0], known.earlier(np.array([1]), 0)[0]
    assert not (first_is and second_is)
    both = first(one, other)
    if first_is:
        assert both == FirstKnown("d0", "date")
    if both.basis == "date" and one and other:
        assert first_is or second_is
