from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.families.chronology import RESTS_ON, Chronology, moments, year_of
from reuse.model import Document, FirstKnown


def dated(*dates: str | None) -> list[Document]:
    return [Document(id=f"d{n}", source="s", text="x", date=date) for n, date in enumerate(dates)]


def first(*dates: str | None) -> FirstKnown:
    found, basis = Chronology.of(dated(*dates)).first_known(np.array([0, len(dates)]), np.arange(len(dates)))
    return FirstKnown(f"d{found[0]}" if found[0] >= 0 else None, RESTS_ON[basis[0]])


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


def known_first(documents: list[Document], members: list[int]) -> tuple[int, str]:
    """The same, one document after the other."""
    known = Chronology.of(documents)
    with_date = [n for n in members if known.dated(n)]
    if not with_date:
        return members[0], "order"
    first = [
        n
        for n in with_date
        if all(known.earlier(np.array([n]), other)[0] for other in with_date if other != n)
    ]
    return (first[0], "date") if first else (-1, "unknown")


@given(st.lists(st.lists(dates, min_size=1, max_size=5), max_size=6), st.randoms(use_true_random=False))
def test_groups_do_not_see_one_another(groups: list[list[str | None]], draw: Random) -> None:
    documents = dated(*(date for group in groups for date in group))
    members = [sorted(draw.sample(range(len(documents)), draw.randint(1, len(documents)))) for _ in groups]
    offsets = np.cumsum([0, *map(len, members)])
    found, basis = Chronology.of(documents).first_known(
        offsets, np.array([n for group in members for n in group], dtype=np.int64)
    )
    told = [(int(n), RESTS_ON[place]) for n, place in zip(found, basis, strict=True)]
    assert told == [known_first(documents, group) for group in members]
