"""Paragraphs of very many documents: who holds them is kept as bits, and every figure is as if each were listed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.auditing import crowds
from reuse.auditing.crowds import Crowds, count, next_place
from reuse.auditing.standing import BASE, NOBODY, OTHER, OWN, Standing
from reuse.families.chronology import Chronology
from reuse.model import Document, Match, Originality
from tests.auditing.making import audited, speech
from tests.families.aligner import made_match

SIZE = 20
"""Letters of a paragraph."""
OWN_TEXT = 3 * SIZE
"""Letters of its own of each document: enough that none is a version of another."""


def paragraph(number: int, size: int = SIZE) -> str:
    return "".join(chr(0x4E00 + OWN_TEXT * number + k) for k in range(size))


def corpus(
    held: Sequence[Sequence[int]], dates: Sequence[str | None], authors: Sequence[str | None]
) -> tuple[list[Document], list[Match]]:
    """Documents of these paragraphs and one of their own, and the matches of equal paragraphs: each later place with the
    first."""
    documents: list[Document] = []
    matches: list[Match] = []
    first: dict[int, tuple[Document, int]] = {}
    for n, (numbers, date, author) in enumerate(zip(held, dates, authors, strict=True)):
        texts = [*map(paragraph, numbers), paragraph(10 + n, OWN_TEXT)]
        document = speech(f"d{n:03}", "\n".join(texts), date=date, author=author)
        documents.append(document)
        for place, number in enumerate(numbers):
            start = place * (SIZE + 1)
            source, there = first.setdefault(number, (document, start))
            if source is not document:
                run = (there, there + SIZE, start, start + SIZE)
                matches.append(
                    made_match(f"m{len(matches)}", source, document, [run], level="paragraph", kind="copied")
                )
    return documents, matches


def variants(documents: Sequence[Document], links: Sequence[tuple[int, int]]) -> list[Match]:
    """Matches of half of the first paragraph of one document with the own text of another."""
    found = []
    for n, (one, other) in enumerate(links):
        left, right = sorted((one % len(documents), other % len(documents)))
        if left != right:
            at = len(documents[right].text) - OWN_TEXT
            run = (0, SIZE // 2, at, at + SIZE // 2)
            found.append(
                made_match(
                    f"v{n}", documents[left], documents[right], [run], kind="edited", figures=(0.5,) * 4
                )
            )
    return found


corpora = st.integers(3, 9).flatmap(
    lambda size: st.tuples(
        st.lists(st.lists(st.integers(0, 3), max_size=3, unique=True), min_size=size, max_size=size),
        st.lists(
            st.sampled_from([None, "2018", "2019", "2019-05", "2019-05-02", "2020"]),
            min_size=size,
            max_size=size,
        ),
        st.lists(st.sampled_from([None, "甲", "乙"]), min_size=size, max_size=size),
        st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=4),
        st.sampled_from(["all", "order"]),
        st.lists(st.sampled_from(["d000", "d001", "d002"]), max_size=2),
    )
)


@given(corpora)
@settings(max_examples=150)
def test_bits_and_lists_tell_the_same(case: Any) -> None:
    held, dates, authors, links, undated, base = case
    documents, matches = corpus(held, dates, authors)
    matches += variants(documents, links)

    def told(least: int) -> Any:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(crowds, "LEAST", least)
            return audited(documents, matches, undated=undated, base_documents=tuple(base))

    assert told(1) == told(1_000)


def hot(size: int) -> dict[str, Originality]:
    """A paragraph in all of `size` documents, one a day from the last to the first; the last is of 甲, so is the second."""
    dates = [f"2019-{1 + n // 28:02}-{1 + n % 28:02}" for n in reversed(range(size))]
    authors = ["甲" if n in {1, size - 1} else None for n in range(size)]
    documents, matches = corpus([[0]] * size, dates, authors)
    return audited(documents, matches)[0]


def test_a_paragraph_of_a_crowd_has_all_known_to_be_earlier_as_sources() -> None:
    size = 2 * crowds.LEAST
    told = hot(size)
    last = told[f"d{size - 1:03}"]
    assert [told[f"d{n:03}"].sources for n in (0, 2, size - 2, size - 1)] == [size - 1, size - 3, 1, 0]
    assert (last.reused, last.basis, last.max_source) == (0, "date", None)
    first = told["d000"]
    assert (first.reused, first.basis, first.longest_run) == (SIZE, "date", SIZE)
    assert first.max_source is not None
    assert (first.max_source.document, first.max_source.characters) == (f"d{size - 1:03}", SIZE)
    assert [(span.document, span.others) for span in first.spans] == [(f"d{size - 1:03}", size - 2)]


def test_the_author_of_a_crowd_is_no_source_of_another_of_his_own() -> None:
    size = 2 * crowds.LEAST
    second = hot(size)["d001"]
    assert second.sources == size - 3
    assert second.max_source is not None
    assert second.max_source.document == f"d{size - 2:03}"


def test_a_source_that_holds_more_than_the_crowd_is_the_largest() -> None:
    size = 2 * crowds.LEAST
    held = [[0, 1] if n in {70, size - 1} else [0] for n in range(size)]
    documents, matches = corpus(held, [None] * size, [None] * size)
    own = audited(documents, matches)[0][f"d{size - 1:03}"]
    assert (own.sources, own.basis) == (size - 1, "unknown")
    assert own.max_source is not None
    assert (own.max_source.document, own.max_source.characters) == ("d070", 2 * SIZE)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([None, "2018", "2019", "2019-05", "2020-01-01"]),
            st.integers(0, 4),
            st.sampled_from([-1, 0, 1]),
            st.booleans(),
            st.booleans(),
        ),
        min_size=1,
        max_size=140,
    ),
    st.booleans(),
)
@settings(max_examples=60)
def test_roles_are_the_same_one_by_one_and_as_bits(rows: list[Any], by_order: bool) -> None:
    documents = [speech(f"d{n}", "", date=row[0]) for n, row in enumerate(rows)]
    versions, author = (np.array([row[column] for row in rows], dtype=np.int64) for column in (1, 2))
    base, left_out = (np.array([row[column] for row in rows]) for column in (3, 4))
    standing = Standing(
        Chronology.of(documents), versions, [author], base, by_order=by_order, left_out=left_out
    )
    for document in range(len(rows)):
        role = standing.roles(np.arange(len(rows)), np.full(len(rows), document))
        assert not np.isin(role[left_out], (OTHER, OWN)).any()
        bits = standing.role_bits(document)
        for number in (BASE, OTHER, OWN):
            expected = sorted(standing.place[role == number].tolist())
            assert places(bits[number]) == expected
            assert count(bits[number]) == len(expected)
        assert set(role.tolist()) <= {BASE, OTHER, OWN, NOBODY}


def places(bits: Any) -> list[int]:
    """All bits that are set, one after another."""
    found = []
    place = next_place(bits, 0)
    while place >= 0:
        found.append(place)
        place = next_place(bits, place + 1)
    return found


def test_only_large_sets_are_kept_as_bits() -> None:
    offsets = np.array([0, 3, 3 + crowds.LEAST])
    held = Crowds.of(offsets, np.arange(3 + crowds.LEAST), 200)
    assert held.row.tolist() == [-1, 0]
    assert places(held.bits[0]) == list(range(3, 3 + crowds.LEAST))
