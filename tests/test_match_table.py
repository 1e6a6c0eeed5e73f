"""A table of matches is the matches it was made of."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import reuse
from reuse.match_table import CountedSpans, MatchTable
from reuse.model import CountedSpan, Document, Match

TEXTS = (
    "全市上下要牢记嘱托、感恩奋进，在高质量发展的道路上行稳致远，确保各项工作落到实处、见到实效。今天天气很好。",
    "大家辛苦了。全县上下要牢记嘱托、感恩奋进，在高质量发展的道路上行稳致远，确保各项任务落到实处、见到实效。",
    "牢记嘱托、感恩奋进，在高质量发展的道路上行稳致远，确保各项工作落到实处。另外的话题是修一条新的公路。",
)
DOCUMENTS = [Document(id=f"d{n}", source=f"s{n}", text=text) for n, text in enumerate(TEXTS)]


@pytest.fixture(scope="module")
def matches() -> list[Match]:
    found = list(reuse.scan(DOCUMENTS).matches)
    assert any(match.slots for match in found)
    return [replace(found[0], family="f2"), *found[1:]]


def test_it_gives_back_every_match_unchanged(matches: list[Match]) -> None:
    table = MatchTable.of(DOCUMENTS, matches)
    assert list(table) == matches
    assert table == matches
    assert [table[n] for n in range(len(matches))] == matches
    assert table[-1] == matches[-1]
    assert table[1:] == matches[1:]


def test_a_place_outside_is_an_index_error(matches: list[Match]) -> None:
    with pytest.raises(IndexError):
        MatchTable.of(DOCUMENTS, matches)[len(matches)]


def test_taken_rows_keep_their_ids_and_families(matches: list[Match]) -> None:
    table = MatchTable.of(DOCUMENTS, matches)
    backwards = np.arange(len(matches))[::-1]
    assert list(table.take(backwards)) == matches[::-1]


def test_a_table_of_the_same_documents_is_itself(matches: list[Match]) -> None:
    table = MatchTable.of(DOCUMENTS, matches)
    assert MatchTable.of(DOCUMENTS, table) is table
    assert MatchTable.of(list(DOCUMENTS), table) == table


def test_no_matches_are_an_empty_table() -> None:
    table = MatchTable.of(DOCUMENTS, [])
    assert len(table) == 0 and list(table) == [] and table.take(np.array([], dtype=np.int64)) == []


def test_spans_of_figures_are_made_from_their_rows(matches: list[Match]) -> None:
    table = MatchTable.of(DOCUMENTS, matches)
    rows = np.array([[0, 4, 3, 5, -1, -1, -1, 0, -1], [6, 9, 3, 0, 1, 12, 15, 2, 0]], dtype=np.int32)
    spans = CountedSpans(rows, table)
    by_form = CountedSpan(start=0, end=4, characters=3, layer="quoted")
    sourced = CountedSpan(
        start=6,
        end=9,
        characters=3,
        layer="copied",
        document=DOCUMENTS[1].id,
        source_start=12,
        source_end=15,
        others=2,
        match=matches[0].id,
        family=matches[0].family,
    )
    assert spans == (by_form, sourced) and spans != (by_form,)
    assert list(spans) == [by_form, sourced] and spans[-1] == sourced and spans[1:] == [sourced]
    with pytest.raises(IndexError):
        spans[2]
