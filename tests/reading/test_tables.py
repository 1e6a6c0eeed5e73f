"""Tables of texts: JSON Lines, JSON, CSV, XLSX, Parquet and DataFrames give one document a record."""

from __future__ import annotations

import csv
import datetime
import gzip
from importlib import import_module
from pathlib import Path

import pytest

from reuse.model import MissingExtraError, UnreadableError
from reuse.reading import read_inputs, read_source
from tests.reading.material import BODY, SETTINGS, TITLE, write_jsonl

RECORDS = [
    {
        "id": "b",
        "title": TITLE,
        "date": "2024-10-08",
        "author": "市长",
        "place": "东岭",
        "series": "防火",
        "text": BODY[0],
        "level": 3,
    },
    {"id": "a", "title": None, "date": "", "text": BODY[2], "level": None, "tags": ["火", "林"]},
]


def write_csv(path: Path, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerow(["id", "title", "date", "author", "place", "series", "text", "level"])
        for record in RECORDS:
            writer.writerow(
                [
                    record.get(key)
                    for key in ("id", "title", "date", "author", "place", "series", "text", "level")
                ]
            )
    return path


def write_xlsx(path: Path) -> Path:
    openpyxl = import_module("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["id", "title", "date", "author", "place", "series", "text", "level"])
    day = datetime.datetime(2024, 10, 8)
    sheet.append(["b", TITLE, day, "市长", "东岭", "防火", BODY[0], 3])
    sheet.append(["a", None, None, None, None, None, BODY[2], None])
    book.save(path)
    return path


def write_parquet(path: Path) -> Path:
    pandas = import_module("pandas")
    import_module("pyarrow")
    pandas.DataFrame(RECORDS).drop(columns="tags").to_parquet(path)
    return path


WRITERS = {
    "jsonl": lambda folder: write_jsonl(folder / "t.jsonl", RECORDS),
    "jsonl.gz": lambda folder: write_jsonl(folder / "t.jsonl.gz", RECORDS),
    "json": lambda folder: _write_json(folder / "t.json"),
    "csv": lambda folder: write_csv(folder / "t.csv"),
    "csv of Excel": lambda folder: write_csv(folder / "t.csv", "utf-8-sig"),
    "csv in GBK": lambda folder: write_csv(folder / "t.csv", "gb18030"),
    "csv with semicolons": lambda folder: write_csv(folder / "t.csv", delimiter=";"),
    "tsv": lambda folder: write_csv(folder / "t.tsv", delimiter="\t"),
    "xlsx": lambda folder: write_xlsx(folder / "t.xlsx"),
    "xlsx called csv": lambda folder: write_xlsx(folder / "t.xlsx").rename(folder / "t.csv"),
    "parquet": lambda folder: write_parquet(folder / "t.parquet"),
}


def _write_json(path: Path) -> Path:
    import json

    path.write_text(json.dumps(RECORDS, ensure_ascii=False), "utf-8")
    return path


@pytest.mark.parametrize("kind", WRITERS)
def test_every_table_gives_the_same_documents(tmp_path: Path, kind: str) -> None:
    path = WRITERS[kind](tmp_path)
    readings = read_inputs([path], SETTINGS)
    assert [document.id for document in readings.documents] == ["a", "b"]
    first, second = readings.documents
    assert (first.text, second.text) == (BODY[2], BODY[0])
    assert (second.title, second.date, second.author, second.place, second.series) == (
        TITLE,
        "2024-10-08",
        "市长",
        "东岭",
        "防火",
    )
    assert str(second.metadata["level"]).removesuffix(".0") == "3"
    assert first.title is None and first.date is None
    assert second.source == f"{path.name}#b" and second.start == 0
    assert readings.skipped == []


def test_a_data_frame_is_a_table() -> None:
    pandas = import_module("pandas")
    frame = pandas.DataFrame(
        {
            "text": [BODY[0], None, BODY[2]],
            "date": pandas.to_datetime(["2024-10-08", None, None]),
            "n": [1.5, 2, None],
        }
    )
    readings = read_inputs(frame, SETTINGS)
    assert [document.id for document in readings.documents] == ["table#1", "table#3"]
    assert readings.documents[0].date == "2024-10-08"
    assert readings.documents[0].metadata == {"n": 1.5} and readings.documents[1].metadata == {"n": None}
    assert [(row.source, row.reason) for row in readings.skipped] == [("table#2", "no-text")]


def test_records_without_id_are_numbered(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "t.jsonl", [{"text": BODY[0]}, {"text": BODY[2]}])
    assert [document.id for document in read_inputs([path], SETTINGS).documents] == ["t.jsonl#1", "t.jsonl#2"]


def test_a_record_is_never_split_and_its_text_is_as_it_is(tmp_path: Path) -> None:
    text = "\ufeff" + BODY[0] * 5 + "谢谢大家！\r\n" + TITLE + "\r\n同志们：\r\n" + BODY[2] * 5
    path = write_jsonl(tmp_path / "t.jsonl", [{"id": "x", "text": text}])
    [document] = read_inputs([path], SETTINGS).documents
    assert document.text == text


def test_chinese_column_names_are_known(tmp_path: Path) -> None:
    path = write_jsonl(
        tmp_path / "t.jsonl",
        [{"编号": 7, "标题": TITLE, "日期": "2024年10月8日", "正文": BODY[0], "备注": "x"}],
    )
    [document] = read_inputs([path], SETTINGS).documents
    assert (document.id, document.title, document.date, document.text) == ("7", TITLE, "2024-10-08", BODY[0])
    assert document.metadata == {"备注": "x", "date_as_given": "2024年10月8日"}


def test_one_record_of_a_table_can_be_read(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "t.jsonl", RECORDS)
    assert read_source(f"{path}#b", SETTINGS).text == BODY[0]
    assert read_source(f"{path}#2", SETTINGS).text == BODY[2]
    mixed = write_jsonl(tmp_path / "m.jsonl", [{"id": "no"}, RECORDS[0], {"id": "nor"}])
    assert read_source(f"{mixed}#b", SETTINGS).text == BODY[0]
    with pytest.raises(UnreadableError, match="no record 'z'"):
        read_source(f"{path}#z", SETTINGS)
    with pytest.raises(UnreadableError, match="name the record"):
        read_source(path, SETTINGS)


def test_a_csv_without_texts_says_which_columns_it_has(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("id,word,正文\n1,x,\n", "utf-8")
    readings_of = lambda: read_inputs([path, _text(tmp_path)], SETTINGS)  # noqa: E731
    assert [row.reason for row in readings_of().skipped] == ["no-text"]
    openpyxl = import_module("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["word", "number"])
    book.save(tmp_path / "t.xlsx")
    readings = read_inputs([tmp_path / "t.xlsx", _text(tmp_path)], SETTINGS)
    assert [row.reason for row in readings.skipped] == ["no-text-column"]
    assert "word, number" in readings.skipped[0].message


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("id,speech\n1,大家好，今天开会。\n", "has the columns id, speech and none called `text`"),
        ("1,大家好，今天开会。我们都来说一说今年的收成和明年的打算。\n", "first line must name the columns"),
    ],
)
def test_a_csv_without_a_column_of_texts_is_no_speech(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "t.csv").write_text(content, "utf-8")
    readings = read_inputs([tmp_path / "t.csv", _text(tmp_path)], SETTINGS)
    assert [(row.source, row.reason) for row in readings.skipped] == [("t.csv", "no-text-column")]
    assert told in readings.skipped[0].message
    assert [document.id for document in readings.documents] == ["speech.txt"]


def _text(folder: Path) -> Path:
    path = folder / "speech.txt"
    path.write_text(BODY[0], "utf-8")
    return path


@pytest.mark.parametrize(("library", "kind"), [("openpyxl", "xlsx"), ("pyarrow", "parquet")])
def test_tables_that_need_the_extra_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str, kind: str
) -> None:
    path = WRITERS[kind](tmp_path)
    monkeypatch.setitem(__import__("sys").modules, library, None)
    readings = read_inputs([path, _text(tmp_path)], SETTINGS)
    assert [row.reason for row in readings.skipped] == ["missing-extra"]
    assert "speech-reuse[docs]" in readings.skipped[0].message
    with pytest.raises(MissingExtraError):
        read_source(f"{path}#b", SETTINGS)


def test_a_gzip_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    records = [{"id": f"r{number}", "text": f"{BODY[number % 5]}{number}"} for number in range(3000)]
    path = write_jsonl(tmp_path / "t.jsonl.gz", records)
    path.write_bytes(path.read_bytes()[:-2000])
    readings = read_inputs([path], SETTINGS)
    assert 100 < len(readings.documents) < 3000
    assert [row.reason for row in readings.skipped][-1] == "corrupt"
    assert gzip.decompress(write_jsonl(tmp_path / "u.jsonl.gz", records).read_bytes())


def test_a_table_without_any_text_is_one_row(tmp_path: Path) -> None:
    table = write_jsonl(
        tmp_path / "labels.jsonl", [{"id": str(number), "label": "x"} for number in range(40)]
    )
    readings = read_inputs([table, _text(tmp_path)], SETTINGS)
    assert [(row.source, row.reason) for row in readings.skipped] == [("labels.jsonl", "no-text-column")]
    assert "40 records" in readings.skipped[0].message


def test_thousands_of_broken_records_are_counted(tmp_path: Path) -> None:
    table = write_jsonl(
        tmp_path / "t.jsonl", [{"text": BODY[0]}, *({"id": str(number)} for number in range(1500))]
    )
    readings = read_inputs([table], SETTINGS)
    assert len(readings.documents) == 1 and len(readings.skipped) == 1001
    assert "500 more records" in readings.skipped[0].message
