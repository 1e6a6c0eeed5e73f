"""Exports open right elsewhere: nothing is evaluated, nothing is lost, names are those others expect."""

from __future__ import annotations

import csv
import dataclasses
import json
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree

import pytest

from reuse.model import OutputError
from reuse.reporting.exports import FORMAT_NAMES, default_path, export
from reuse.reporting.exports.plain import disarmed
from reuse.reporting.result import Result
from reuse.reporting.tables import TABLE_NAMES, table

HARMFUL = ["=1+1", "+1", "-1+cmd|'/C calc'!A0", "@SUM(A1)", "\t=1", " =1", "＝1+1", "\r=1"]


@pytest.fixture
def harmful(result: Result) -> Result:
    """The sample with formulas for titles."""
    records = [
        dataclasses.replace(record, document=dataclasses.replace(record.document, title=title))
        for record, title in zip(result.documents, HARMFUL, strict=True)
    ]
    return dataclasses.replace(result, documents=records)


@pytest.mark.parametrize("name", FORMAT_NAMES)
def test_writing_twice_gives_the_same_bytes(result: Result, tmp_path: Path, name: str) -> None:
    one, two = (export(result, name, default_path(tmp_path / folder, name)) for folder in ("one", "two"))
    assert [path.name for path in one] == [path.name for path in two]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


@pytest.mark.parametrize("name", FORMAT_NAMES)
def test_an_empty_result_can_be_written(tmp_path: Path, name: str) -> None:
    for path in export(Result([], [], [], [], {}), name, default_path(tmp_path, name)):
        assert path.is_file()


def test_an_unknown_format_is_refused_with_those_there_are(result: Result, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="xlsx, csv, jsonl"):
        export(result, "docx", tmp_path)


class TestCsv:
    def test_excel_sees_utf8_by_the_mark_at_its_head(self, result: Result, tmp_path: Path) -> None:
        paths = export(result, "csv", tmp_path)
        assert [path.stem for path in paths] == list(TABLE_NAMES)
        assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in paths)

    def test_texts_come_back_whole_with_quotes_and_line_breaks(self, result: Result, tmp_path: Path) -> None:
        export(result, "csv", tmp_path)
        with (tmp_path / "paragraphs.csv").open(encoding="utf-8-sig", newline="") as file:
            texts = [row["text"] for row in csv.DictReader(file)]
        wanted = [row["text"].replace("\ud83d", "\ufffd") for row in table(result, "paragraphs").records()]
        assert texts == wanted

    def test_no_cell_is_a_formula(self, harmful: Result, tmp_path: Path) -> None:
        export(harmful, "csv", tmp_path)
        with (tmp_path / "documents.csv").open(encoding="utf-8-sig", newline="") as file:
            titles = [row["title"] for row in csv.DictReader(file)]
        assert titles == [f"'{title}" for title in HARMFUL]

    def test_an_ordinary_cell_is_as_it_is(self) -> None:
        assert [disarmed(text) for text in ("讲话", "'=1", "1-2", "")] == ["讲话", "'=1", "1-2", ""]


class TestWorkbook:
    def test_a_sheet_a_table_with_all_rows(self, result: Result, tmp_path: Path) -> None:
        openpyxl = import_module("openpyxl")
        (path,) = export(result, "xlsx", tmp_path / "reuse.xlsx")
        book = openpyxl.load_workbook(path)
        assert book.sheetnames == ["about", *TABLE_NAMES]
        for name in TABLE_NAMES:
            rows = list(book[name].iter_rows(values_only=True))
            assert list(rows[0]) == table(result, name).columns
            assert len(rows) == len(table(result, name).rows) + 1

    def test_formulas_are_text_and_ratios_are_numbers(self, harmful: Result, tmp_path: Path) -> None:
        openpyxl = import_module("openpyxl")
        export(harmful, "xlsx", tmp_path / "reuse.xlsx")
        sheet = openpyxl.load_workbook(tmp_path / "reuse.xlsx")["documents"]
        heads = {cell.value: cell.column for cell in sheet[1]}
        cells = [sheet.cell(row, heads["title"]) for row in range(2, 2 + len(HARMFUL))]
        assert [cell.data_type for cell in cells] == ["s"] * len(HARMFUL)
        assert [cell.value for cell in cells][:4] == HARMFUL[:4]
        ratio = sheet.cell(2, heads["reused_ratio"])
        assert (ratio.data_type, ratio.number_format) == ("n", "0.0%")

    def test_a_cell_is_cut_at_what_excel_holds_and_says_so(self, result: Result, tmp_path: Path) -> None:
        openpyxl = import_module("openpyxl")
        long = dataclasses.replace(result.documents[0].document, title="长" * 40_000)
        cut = dataclasses.replace(result, documents=[dataclasses.replace(result.documents[0], document=long)],
                                  paragraphs=[], matches=[], families=[])  # fmt: skip
        export(cut, "xlsx", tmp_path / "reuse.xlsx")
        sheet = openpyxl.load_workbook(tmp_path / "reuse.xlsx")["documents"]
        title = next(cell.value for cell in sheet[2] if str(cell.value).startswith("长"))
        assert len(title) == 32_767
        assert title.endswith("长…")


class TestParquet:
    def test_lists_stay_lists_and_numbers_numbers(self, result: Result, tmp_path: Path) -> None:
        pandas = import_module("pandas")
        import_module("pyarrow")
        export(result, "parquet", tmp_path)
        frame = pandas.read_parquet(tmp_path / "matches.parquet")
        assert frame["score"].tolist() == [match.score for match in result.matches]
        assert frame["aligned"][1][0].tolist() == list(result.matches[1].aligned[0])

    def test_metadata_of_mixed_types_becomes_text(self, result: Result, tmp_path: Path) -> None:
        pandas = import_module("pandas")
        import_module("pyarrow")
        first, second, *rest = result.documents
        mixed = [
            dataclasses.replace(first, document=dataclasses.replace(first.document, metadata={"page": 3})),
            dataclasses.replace(
                second, document=dataclasses.replace(second.document, metadata={"page": "vii"})
            ),
        ]
        export(dataclasses.replace(result, documents=[*mixed, *rest]), "parquet", tmp_path)
        assert pandas.read_parquet(tmp_path / "documents.parquet")["metadata_page"].tolist()[:2] == [
            "3",
            "vii",
        ]


class TestPassim:
    def test_passages_have_passims_columns_and_our_metadata(self, result: Result, tmp_path: Path) -> None:
        out, _ = export(result, "passim", tmp_path)
        rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
        assert {"cluster", "size", "uid", "id", "series", "begin", "end", "text", "src", "pboiler"} <= set(
            rows[0]
        )
        assert rows[0]["folder"] == "2023"
        first, *others = [row for row in rows if row["cluster"] == 0]
        assert first["src"] is None
        assert {row["src"]["id"] for row in others} == {first["id"]}

    def test_pboiler_is_the_share_of_links_within_one_series(self, result: Result, tmp_path: Path) -> None:
        out, _ = export(result, "passim", tmp_path)
        shares = {
            row["cluster"]: row["pboiler"] for row in map(json.loads, out.read_text("utf-8").splitlines())
        }
        assert shares == {0: 1 / 6, 1: 0.0}  # two of four members are of one series: one of six pairs

    def test_aligned_strings_are_of_one_length_and_spell_the_texts(
        self, result: Result, tmp_path: Path
    ) -> None:
        _, align = export(result, "passim", tmp_path)
        rows = [json.loads(line) for line in align.read_text(encoding="utf-8").splitlines()]
        for row, match in zip(rows, result.matches, strict=True):
            assert len(row["s1"]) == len(row["s2"])
            assert row["s1"].replace("-", "") == match.left.text
            assert row["s2"].replace("-", "") == match.right.text
            assert row["matches"] == sum(a == b != "-" for a, b in zip(row["s1"], row["s2"], strict=True))


class TestGraph:
    def test_documents_are_nodes_and_shared_passages_edges(self, result: Result, tmp_path: Path) -> None:
        (path,) = export(result, "graphml", tmp_path / "reuse.graphml")
        graph = ElementTree.parse(path).getroot()
        space = "{http://graphml.graphdrawing.org/xmlns}"
        nodes = [node.attrib["id"] for node in graph.iter(f"{space}node")]
        assert len(nodes) == len(result.documents)
        pairs = {(m.left.document, m.right.document) for m in result.matches if m.level != "phrase"}
        edges = [(edge.attrib["source"], edge.attrib["target"]) for edge in graph.iter(f"{space}edge")]
        assert len(edges) == len(set(edges)) == len(pairs)
        assert {end for edge in edges for end in edge} <= set(nodes)
