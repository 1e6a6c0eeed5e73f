"""Flat tables: one row a thing, coordinates and texts that agree, columns even when there is nothing."""

from __future__ import annotations

import pytest

from reuse.model import OutputError
from reuse.reporting.result import Result
from reuse.reporting.tables import TABLE_NAMES, table, tables, template_sentence


def test_every_match_is_a_row_whose_texts_stand_where_it_says(result: Result) -> None:
    texts = {record.document.id: record.document.text for record in result.documents}
    rows = list(table(result, "matches").records())
    assert [row["id"] for row in rows] == [match.id for match in result.matches]
    for row in rows:
        for side in ("left", "right"):
            text = texts[row[f"{side}_document"]]
            assert text[row[f"{side}_start"] : row[f"{side}_end"]] == row[f"{side}_text"]


def test_every_occurrence_of_a_family_is_a_row_and_one_is_first(result: Result) -> None:
    rows = list(table(result, "members").records())
    assert len(rows) == sum(family.size for family in result.families)
    for family in result.families:
        firsts = [row["document"] for row in rows if row["family"] == family.id and row["is_first"]]
        assert firsts == [family.first.document]


def test_fillers_stand_where_they_say(result: Result) -> None:
    texts = {record.document.id: record.document.text for record in result.documents}
    rows = list(table(result, "fillers").records())
    assert len(rows) == 12
    for row in rows:
        assert texts[row["document"]][row["start"] : row["end"]] == row["text"]


def test_a_template_reads_as_a_sentence(result: Result) -> None:
    assert template_sentence(result.families[0].template).startswith("从全{地点}网格工作的实际情况来看")


def test_originality_and_metadata_get_columns_of_their_own(result: Result) -> None:
    columns = table(result, "documents").columns
    assert {"reused_ratio", "originality", "max_source", "max_source_characters", "metadata_folder"} <= set(
        columns
    )


def test_run_is_flat(result: Result) -> None:
    values = {row["name"]: row["value"] for row in table(result, "run").records()}
    assert values["settings.level"] == "passage"
    assert values["skipped.0.reason"] == "needs-ocr"


def test_an_empty_result_still_has_all_tables_and_their_columns(result: Result) -> None:
    empty = Result([], [], [], [], {})
    for full, bare in zip(tables(result), tables(empty), strict=True):
        assert bare.rows == []
        assert set(bare.columns) <= set(full.columns)
        assert bare.columns


def test_pandas_gets_the_same_tables(result: Result) -> None:
    frame = result.to_pandas("matches")
    assert list(frame.columns) == table(result, "matches").columns
    assert frame["score"].max() == 52.0
    assert set(TABLE_NAMES) >= {"documents", "paragraphs", "matches", "families"}


def test_an_unknown_table_is_refused_with_those_there_are(result: Result) -> None:
    with pytest.raises(OutputError, match="documents, spans, paragraphs, matches"):
        result.to_pandas("pairs")


def test_the_spans_behind_a_figure_add_up_to_it(result: Result) -> None:
    rows = list(table(result, "spans").records())
    for record in result.documents:
        own = record.originality
        assert own is not None
        reused = [
            row
            for row in rows
            if row["of"] == record.document.id and row["layer"] in ("copied", "edited", "templated")
        ]
        assert sum(row["characters"] for row in reused) == own.reused
        assert all(row["text"] == record.document.slice(row["start"], row["end"]) for row in reused)
