"""Nothing makes a run fall over: every broken input is a row that says why, and nothing of the rest is lost."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from reuse.config import ReadingSettings
from reuse.model import InputError, UnreadableError
from reuse.reading import Readings, read_inputs, read_source
from reuse.reading.limits import time_limit
from tests.reading.material import BODY, SETTINGS, SPEECH, marked, write_docx, write_jsonl


def with_good(path: Path, settings: ReadingSettings = SETTINGS) -> Readings:
    """What a run makes of `path` beside a good file, which must come out whole."""
    good = path.parent / "good.txt"
    good.write_text(SPEECH, "utf-8")
    readings = read_inputs([path, good], settings)
    assert SPEECH in [document.text for document in readings.documents]
    return readings


def reasons(readings: Readings) -> list[str]:
    return [row.reason for row in readings.skipped]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x00" * 5000, "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "image"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "image"),
        (b"Rar!\x1a\x07\x00", "archive"),
        (b"\x7fELF" + bytes(200), "unknown"),
        (random.Random(3).randbytes(4000), "unknown"),
        (b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n", "corrupt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "corrupt"),
        (b"PK\x03\x04 not a zip", "corrupt"),
        (b"\x1f\x8b\x08 not a gzip", "unreadable"),
        (b"PAR1 not a table PAR1", "corrupt"),
        (bytes(range(0x80, 0x100)) * 40, "encoding"),
    ],
)
def test_what_is_no_text_is_a_row_with_its_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "bad.doc"
    path.write_bytes(data)
    readings = with_good(path)
    assert reasons(readings) == [reason]
    assert readings.skipped[0].source == "bad.doc" and readings.skipped[0].message


def test_bad_lines_of_a_table_cost_only_themselves(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    good = json.dumps({"id": "ok", "text": BODY[0]}, ensure_ascii=False)
    lines = [
        good,
        "{broken",
        "[1, 2]",
        '"text"',
        json.dumps({"id": "no"}),
        json.dumps({"id": "null", "text": None}),
        json.dumps({"id": "number", "text": 3}),
        json.dumps({"id": "blank", "text": " \n"}),
        "",
        "[" * 5000,
        good.replace('"ok"', '"last"'),
    ]
    path.write_text("\n".join(lines), "utf-8")
    readings = read_inputs([path], SETTINGS)
    assert [document.id for document in readings.documents] == ["last", "ok"]
    assert sorted(reasons(readings)) == ["bad-json"] * 4 + ["no-text"] * 4
    assert {row.source for row in readings.skipped} >= {
        "t.jsonl#2",
        "t.jsonl#no",
        "t.jsonl#null",
        "t.jsonl#10",
    }


def test_lone_surrogates_keep_their_place(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text(
        '{"id": "s\\ud800", "text": "前\\ud83d后，完。", "x": "\\udfff", "title": "\\ud800"}\n', "utf-8"
    )
    readings = read_inputs([path], SETTINGS)
    [document] = readings.documents
    assert (
        document.text == "前\ufffd后，完。"
        and document.metadata["x"] == "\ufffd"
        and document.title == "\ufffd"
    )
    assert json.dumps([document.id, document.text], ensure_ascii=False).encode("utf-8")
    assert [row.message for row in readings.warnings] == [
        "1 lone surrogates are no characters, read as U+FFFD"
    ]
    assert read_inputs(["甲\ud800，乙。"], SETTINGS).documents[0].text == "甲\ufffd，乙。"


def test_nul_bytes_stay_and_are_marked(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes((SPEECH.replace("责任", "责\x00任")).encode())
    document = next(d for d in with_good(path).documents if d.id == "a.txt")
    assert "责\x00任" in document.text
    assert set(marked(document)["control"]) == {"\x00"}


def test_a_line_of_ten_megabytes_is_a_text(tmp_path: Path) -> None:
    line = BODY[0] * (10_000_000 // len(BODY[0]))
    (tmp_path / "a.txt").write_text(line, "utf-8")
    write_jsonl(tmp_path / "t.jsonl", [{"id": "long", "text": line}, {"id": "short", "text": BODY[2]}])
    readings = read_inputs([tmp_path], SETTINGS)
    assert [len(document.text) for document in readings.documents] == [len(line), len(line), len(BODY[2])]


def test_ten_megabytes_of_numbered_lines_are_read_in_time(tmp_path: Path) -> None:
    text = "".join(f"{number}、参加\n{number}\n— {number} —\n同志们:一\n" for number in range(200_000))
    (tmp_path / "a.txt").write_text(text, "utf-8")
    assert len(read_inputs([tmp_path], SETTINGS).documents) == 1


def test_a_file_too_large_says_which_setting_allows_it(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.write_text(SPEECH * 50, "utf-8")
    readings = with_good(path, ReadingSettings(max_megabytes=0.01))
    assert reasons(readings) == ["too-large"] and "max_megabytes" in readings.skipped[0].message


@pytest.mark.parametrize("name", ["bomb.docx", "bomb.odt", "bomb.xlsx"])
def test_a_zip_bomb_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    part = {"docx": "word/document.xml", "odt": "content.xml", "xlsx": "xl/workbook.xml"}[
        name.rpartition(".")[2]
    ]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(part, b"<w>" + b" " * 30_000_000 + b"</w>")
    readings = with_good(path, ReadingSettings(max_expanded_megabytes=5))
    assert reasons(readings) == ["too-large"] and "max_expanded_megabytes" in readings.skipped[0].message


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.txt.gz"
    path.write_bytes(gzip.compress(b"a sentence. " * 3_000_000))
    assert reasons(with_good(path, ReadingSettings(max_expanded_megabytes=5))) == ["too-large"]


def test_nested_archives_are_not_opened(tmp_path: Path) -> None:
    inner = write_docx(tmp_path / "inner.docx")
    path = tmp_path / "outer.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.write(inner, "inner.docx")
    inner.unlink()
    assert reasons(with_good(path)) == ["archive"]


@pytest.mark.parametrize("form", ["depth", "entity", "external", "billion"])
def test_hostile_xml_is_refused_or_harmless(tmp_path: Path, form: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密内容", "utf-8")
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    doctype = {
        "depth": "",
        "entity": '<!DOCTYPE d [<!ENTITY a "内部实体">]>',
        "external": f'<!DOCTYPE d [<!ENTITY a SYSTEM "file://{secret}">]>',
        "billion": '<!DOCTYPE d [<!ENTITY z "哈哈哈哈哈哈">'
        + "".join(f'<!ENTITY {chr(121 - i)} "{f"&{chr(122 - i)};" * 10}">' for i in range(10))
        + "]>",
    }[form]
    reference = {"depth": "", "billion": "&p;"}.get(form, "&a;")
    body = "<w:p><w:r><w:t>正文" + reference + "</w:t></w:r></w:p>"
    if form == "depth":
        body = "<w:p>" * 5000 + body + "</w:p>" * 5000
    path = tmp_path / "hostile.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?>{doctype}<w:document {word}><w:body>{body}</w:body></w:document>',
        )
    secret_text = secret.read_text("utf-8")
    secret.rename(tmp_path.parent / "secret.txt")
    (tmp_path.parent / "secret.txt").rename(secret)
    try:
        text = read_source(path, SETTINGS).text
    except UnreadableError as error:
        assert error.reason == "corrupt"
    else:
        assert secret_text not in text and len(text) < 10_000


def test_a_file_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(UnreadableError, match="max_seconds") as failure, time_limit("slow.pdf", 0.2):
        while True:
            with contextlib.suppress(Exception):  # what careless libraries do
                time.sleep(0.01)
    assert failure.value.reason == "too-slow"


def test_a_pipe_in_a_folder_does_not_make_a_run_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text(SPEECH, "utf-8")
    readings = read_inputs([tmp_path], SETTINGS)
    assert [document.id for document in readings.documents] == ["a.txt"]
    assert reasons(readings) == ["unreadable"]


def test_a_file_of_one_character_is_a_document(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("火", "utf-8")
    assert "火" in [document.text for document in with_good(path).documents]


def test_links_in_circles_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SPEECH, "utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "dead.txt").symlink_to(tmp_path / "nothing")
    readings = read_inputs([tmp_path], SETTINGS)
    assert [document.id for document in readings.documents] == ["a.txt"]
    assert reasons(readings) == ["unreadable"]


def test_an_encoding_that_does_not_exist_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("火", "utf-8")
    with pytest.raises(InputError, match="utf-9"):
        read_inputs([path], ReadingSettings(encoding="utf-9"))


DEADLY = """
import os, sys
from pathlib import Path
from reuse.config import ReadingSettings
from reuse.reading import parallel, read_inputs

read_file = parallel.read_file

def deadly(file, settings):
    if file.name == "17.txt":
        os._exit(1)
    return read_file(file, settings)

parallel.read_file = deadly
readings = read_inputs([Path(sys.argv[1])], ReadingSettings(), jobs=2)
print([(row.source, row.reason) for row in readings.skipped], len(readings.documents))
"""


def test_a_file_that_kills_its_process_costs_no_other(tmp_path: Path) -> None:
    """In a process of its own: files are read by forks only where no other thread runs, as one may in a test session."""
    for number in range(40):
        (tmp_path / f"{number}.txt").write_text(f"{SPEECH}{number}", "utf-8")
    ran = subprocess.run([sys.executable, "-c", DEADLY, tmp_path], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[('17.txt', 'crashed')] 39"


LARGE = """
import sys
from pathlib import Path
from reuse.config import ReadingSettings
from reuse.reading import parallel, read_inputs

parallel.LARGE_TABLE = 0
for jobs in (1, 2):
    readings = read_inputs([Path(sys.argv[1])], ReadingSettings(), jobs=jobs)
    print(readings.told(), [repr(document) for document in readings.documents])
"""


def test_records_of_a_large_table_are_shared_out_and_told_of_alike(tmp_path: Path) -> None:
    """Broken records, doubts and a gzip that breaks off stand where they stood; in a process of its own, see below."""
    lines = [json.dumps({"id": f"r{n}", "text": f"{SPEECH}{n}", "date": "2015-03-01"}) for n in range(1500)]
    lines[3], lines[700], lines[701] = "{", '{"id": "empty"}', json.dumps({"text": "一\ud800二。" * 30})
    whole = gzip.compress("\n".join(lines).encode())
    (tmp_path / "records.jsonl.gz").write_bytes(whole[: len(whole) * 9 // 10])
    (tmp_path / "more.csv").write_text(
        "id,text\n" + "".join(f"c{n},{SPEECH}{n}\n" for n in range(300)), "utf-8"
    )
    ran = subprocess.run([sys.executable, "-c", LARGE, tmp_path], capture_output=True, text=True, check=True)
    alone, shared = ran.stdout.splitlines()
    assert alone == shared
    assert all(reason in alone for reason in ("bad-json", "no-text", "lone surrogates", "breaks off"))
    assert "records.jsonl.gz#r1300" in alone and "more.csv#c299" in alone
