"""What may be given, what documents are called, and in which order they come."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

import reuse
from reuse.config import ReadingSettings
from reuse.model import Document, DuplicateIdError, InputError, Removed
from reuse.reading import read_inputs
from reuse.reading.inputs import natural_key
from tests.reading.material import BODY, SETTINGS, SPEECH, TITLE, write_docx, write_jsonl


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "speeches"
    for name, text in (
        ("2.txt", BODY[0]),
        ("10.txt", BODY[2]),
        ("year/1.txt", BODY[4]),
        (".hidden.txt", "x"),
        ("year/~$lock.docx", "x"),
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def ids(inputs: object, **options: object) -> list[str]:
    return [document.id for document in read_inputs(inputs, SETTINGS, **options).documents]  # type: ignore[arg-type]


def test_a_folder_gives_paths_relative_to_it_numbers_by_value(folder: Path) -> None:
    assert ids([folder]) == ["2.txt", "10.txt", "year/1.txt"]
    assert ids(str(folder)) == ids(folder) == ids([folder])


def test_a_file_goes_by_its_name_and_a_glob_by_the_path_below_its_fixed_part(folder: Path) -> None:
    assert ids([folder / "2.txt"]) == ["2.txt"]
    assert ids([folder / "*.txt"]) == ["2.txt", "10.txt"]
    assert ids([str(folder / "**" / "*.txt")]) == ["2.txt", "10.txt", "year/1.txt"]
    assert ids([folder / "year" / "?.txt"]) == ["1.txt"]


def test_the_order_of_inputs_and_files_does_not_matter(folder: Path, tmp_path: Path) -> None:
    table = write_jsonl(tmp_path / "t.jsonl", [{"id": "r2", "text": BODY[1]}, {"id": "r1", "text": BODY[3]}])
    given = [folder / "2.txt", folder / "10.txt", folder / "year", table]
    expected = read_inputs(given, SETTINGS)
    shuffled = list(given)
    random.Random(1).shuffle(shuffled)
    assert read_inputs(shuffled, SETTINGS) == expected
    assert [document.id for document in expected.documents] == ["1.txt", "2.txt", "10.txt", "r1", "r2"]


def test_more_jobs_give_the_same(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number}.txt").write_text(f"{SPEECH}\n第{number}页\n", "utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (tmp_path / "empty.txt").write_bytes(b"")
    assert read_inputs([tmp_path], SETTINGS, jobs=2) == read_inputs([tmp_path], SETTINGS, jobs=1)


def test_a_file_given_twice_is_read_once_and_told(folder: Path) -> None:
    (folder.parent / "link.txt").symlink_to(folder / "2.txt")
    readings = read_inputs([folder, folder / "2.txt", folder.parent / "link.txt"], SETTINGS)
    assert len(readings.documents) == 3
    assert [row.reason for row in readings.skipped] == ["given-twice", "given-twice"]


def test_a_result_of_an_earlier_scan_is_left_out_and_told(folder: Path) -> None:
    expected = read_inputs([folder], SETTINGS)
    reuse.scan(folder, jobs=1).save(folder / "out")
    reuse.scan(folder, jobs=1).save(folder)  # beside the speeches
    readings = read_inputs([folder], SETTINGS)
    assert readings.documents == expected.documents
    assert sorted((row.source, row.reason) for row in readings.skipped) == [
        (str(folder), "result"),
        (str(folder / "out"), "result"),
    ]
    assert ids([folder / "out" / "texts.jsonl"]) == [document.id for document in expected.documents]


def test_tables_that_are_no_result_are_read(tmp_path: Path) -> None:
    for name in ("documents", "paragraphs", "matches", "families"):
        write_jsonl(tmp_path / f"{name}.jsonl", [{"id": name, "text": BODY[0]}])
    (tmp_path / "run.json").write_text('[{"id": "run", "text": "大家好，今天开会。"}]', "utf-8")
    assert sorted(ids([tmp_path])) == ["documents", "families", "matches", "paragraphs", "run"]


def test_an_empty_text_among_texts_is_told_and_reads_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "diary.txt").write_text(SPEECH, "utf-8")
    monkeypatch.chdir(tmp_path)
    readings = read_inputs(["第一篇讲话，大家好。", "", "第三篇讲话，谢谢各位。"], SETTINGS)
    assert [document.id for document in readings.documents] == ["text-1", "text-3"]
    assert [(row.source, row.reason) for row in readings.skipped] == [("text-2", "no-text")]


def test_a_text_as_short_as_a_name_is_told_how_to_be_given() -> None:
    with pytest.raises(InputError, match=r"谢谢各位 does not exist.*reuse\.Document"):
        read_inputs(["谢谢各位", "好"], SETTINGS)


def test_two_documents_of_one_id_are_an_error_that_names_both_places(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "year", tmp_path / "other")
    with pytest.raises(DuplicateIdError) as failure:
        read_inputs([folder / "year", tmp_path / "other"], SETTINGS)
    assert str(folder / "year" / "1.txt") in str(failure.value) and str(tmp_path / "other" / "1.txt") in str(
        failure.value
    )
    table = write_jsonl(
        tmp_path / "t.jsonl",
        [{"id": "x", "text": BODY[0]}, {"id": "y", "text": BODY[0]}, {"id": "x", "text": BODY[0]}],
    )
    with pytest.raises(DuplicateIdError, match=r"record 1 of .*record 3 of"):
        read_inputs([table], SETTINGS)


def test_strings_are_texts_and_documents_are_taken_as_they_are() -> None:
    readings = read_inputs([SPEECH, "只有一句话。"], SETTINGS)
    assert [document.id for document in readings.documents] == ["text-1", "text-2"]
    assert readings.documents[0].text == SPEECH and readings.documents[0].title == TITLE
    document = Document(id="d", source="s", text=SPEECH, start=100, removed=(Removed(100, 105, "title"),))
    assert read_inputs([document], SETTINGS).documents == [document]
    assert read_inputs(document, SETTINGS).documents == [document]


def test_texts_that_are_alike_are_still_two_documents() -> None:
    assert ids([BODY[0], BODY[0]]) == ["text-1", "text-2"]


def test_what_does_not_exist_is_an_error(tmp_path: Path) -> None:
    for given in ("nowhere", "nowhere/a.txt", str(tmp_path / "*.txt"), Path("看不见，的文件。")):
        with pytest.raises(InputError):
            read_inputs([given], SETTINGS)
    for nothing in ([], [tmp_path]):
        with pytest.raises(InputError, match="nothing to read"):
            read_inputs(nothing, SETTINGS)
    with pytest.raises(InputError, match="int"):
        read_inputs([3], SETTINGS)


def test_all_unreadable_is_an_error_that_says_why(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG....")
    with pytest.raises(InputError, match="OCR"):
        read_inputs([tmp_path], SETTINGS)


def test_names_that_are_no_utf8_still_make_ids(tmp_path: Path) -> None:
    name = "讲话.txt".encode("gb18030")
    try:
        (Path(str(tmp_path)) / name.decode("utf-8", "surrogateescape")).write_text(BODY[0], "utf-8")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    [found] = ids([tmp_path])
    assert found.encode("utf-8").endswith(b".txt")


def test_what_run_json_needs_is_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SPEECH, "gb18030")
    (tmp_path / "b.txt").write_text(SPEECH + "补充。", "utf-8")
    write_docx(tmp_path / "c.docx")
    write_jsonl(tmp_path / "d.jsonl", [{"text": BODY[0]}])
    (tmp_path / "e.png").write_bytes(b"\x89PNG")
    readings = read_inputs([tmp_path], SETTINGS)
    assert readings.files == 5
    assert readings.formats == {"docx": 1, "record": 1, "text": 2}
    assert readings.encodings == {"gb18030": 1, "utf-8": 1}
    assert [(row.source, row.reason) for row in readings.skipped] == [("e.png", "image")]


def test_without_cleaning_nothing_is_marked(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("首页\n" + SPEECH, "utf-8")
    [document] = read_inputs([tmp_path], ReadingSettings(clean=False)).documents
    assert document.removed == () and document.joins == () and document.title is None


@pytest.mark.parametrize(
    "names",
    [
        ["2", "10"],
        ["a2", "a10"],
        ["a02", "a2", "a3"],
        ["1-2", "1-10", "2-1"],
        ["讲话9", "讲话10"],
        ["0", "00", "1"],
        ["", "a"],
    ],
)
def test_natural_order(names: list[str]) -> None:
    backwards = names[::-1]
    assert sorted(backwards, key=natural_key) == names
