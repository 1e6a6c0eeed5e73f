"""`speech-reuse scan`: the folder it writes, and what it says of inputs that are not as they should be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import PARAGRAPHS, Ran, speech_reuse, write_speeches

SHARED = PARAGRAPHS[0]
TABLES = ("documents", "paragraphs", "matches", "families")


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()]


def run_record(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return loaded


def scanned(tmp_path: Path, *arguments: str | Path) -> Ran:
    return speech_reuse("scan", *arguments, "--out", tmp_path / "out", "--no-report")


@pytest.fixture
def speeches(tmp_path: Path) -> Path:
    return write_speeches(tmp_path / "in", SHARED, SHARED, PARAGRAPHS[1])


def test_a_folder_gives_a_folder(tmp_path: Path, speeches: Path) -> None:
    ran = scanned(tmp_path, speeches)
    assert ran.code == 0, ran.err
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {f"{t}.jsonl" for t in TABLES} | {
        "run.json"
    }
    (match,) = rows(tmp_path / "out", "matches")
    assert match["left"]["text"] == SHARED
    source = (speeches / "speech-0.txt").read_text(encoding="utf-8")
    assert source[match["left"]["start"] : match["left"]["end"]] == SHARED
    assert [d["id"] for d in rows(tmp_path / "out", "documents")] == [
        "speech-0.txt",
        "speech-1.txt",
        "speech-2.txt",
    ]


def test_twice_gives_the_same_bytes_with_any_jobs(tmp_path: Path, speeches: Path) -> None:
    for name, jobs in (("one", "1"), ("two", "2")):
        assert (
            speech_reuse("scan", speeches, "--out", tmp_path / name, "--jobs", jobs, "--no-report").code == 0
        )
    for table in TABLES:
        assert (tmp_path / "one" / f"{table}.jsonl").read_bytes() == (
            tmp_path / "two" / f"{table}.jsonl"
        ).read_bytes()


def test_run_json_tells_what_was_done(tmp_path: Path, speeches: Path) -> None:
    scanned(tmp_path, speeches, "--level", "paragraph")
    run = run_record(tmp_path / "out")
    assert run["settings"]["level"] == "paragraph"
    assert run["counts"]["documents"] == 3
    assert run["versions"]["datasketch"] != "unknown"
    assert all(stage["seconds"] >= 0 for stage in run["stages"])
    assert run["scheme"].startswith("1-")


def test_quiet_says_nothing(tmp_path: Path, speeches: Path) -> None:
    ran = scanned(tmp_path, speeches, "--quiet")
    assert (ran.out, ran.err, ran.code) == ("", "", 0)


def test_nothing_found_says_why(tmp_path: Path) -> None:
    folder = write_speeches(tmp_path / "in", PARAGRAPHS[0], PARAGRAPHS[1])
    assert scanned(tmp_path, folder).code == 0
    assert "no two documents share" in run_record(tmp_path / "out")["nothing_found"]


def test_nothing_found_by_the_paragraph_pass_says_what_was_not_looked_for(tmp_path: Path) -> None:
    folder = write_speeches(tmp_path / "in", PARAGRAPHS[0], PARAGRAPHS[1])
    assert scanned(tmp_path, folder, "--level", "paragraph").code == 0
    assert "were not looked for (level paragraph)" in run_record(tmp_path / "out")["nothing_found"]


def test_one_document_says_that_two_are_needed(tmp_path: Path) -> None:
    ran = scanned(tmp_path, write_speeches(tmp_path / "in", SHARED))
    assert ran.code == 0
    assert "at least two" in run_record(tmp_path / "out")["nothing_found"]


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    ran = scanned(tmp_path, tmp_path / "in")
    assert ran.code == 2
    assert "Traceback" not in ran.err


def test_what_does_not_exist_is_an_error_that_names_it(tmp_path: Path) -> None:
    ran = scanned(tmp_path, tmp_path / "absent")
    assert ran.code == 2
    assert "absent" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("content", ["", "好", "\x00" * 50])
def test_a_file_with_next_to_nothing_costs_the_others_nothing(
    tmp_path: Path, speeches: Path, content: str
) -> None:
    (speeches / "zero.txt").write_bytes(content.encode())
    ran = scanned(tmp_path, speeches)
    assert ran.code == 0, ran.err
    assert len(rows(tmp_path / "out", "matches")) == 1


def test_the_same_file_twice_is_told(tmp_path: Path, speeches: Path) -> None:
    ran = scanned(tmp_path, speeches, speeches)
    told = ran.err + json.dumps(run_record(tmp_path / "out") if ran.code == 0 else {}, ensure_ascii=False)
    assert "speech-0.txt" in told
    assert "Traceback" not in ran.err


def test_a_line_of_ten_megabytes_is_read(tmp_path: Path, speeches: Path) -> None:
    (speeches / "long.txt").write_text(SHARED + "党" * 10_000_000, encoding="utf-8")
    ran = scanned(tmp_path, speeches)
    assert ran.code == 0, ran.err
    assert {m["right"]["document"] for m in rows(tmp_path / "out", "matches")} >= {"speech-1.txt"}


def test_a_table_keeps_what_is_good_of_it(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "a", "text": "\n".join([PARAGRAPHS[10], SHARED, PARAGRAPHS[11]]), "date": "2020-01-02", "office": "甲"}),  # noqa: E501
        json.dumps({"id": "b", "text": "\n".join([PARAGRAPHS[12], SHARED, PARAGRAPHS[13]]), "date": "2021-03-04"}),
        json.dumps({"id": "c", "title": "no text"}),
        '{"id": "d", "text": "\\ud800 lone"}',
        "{not json",
    ]  # fmt: skip
    (tmp_path / "table.jsonl").write_text("\n".join(lines), encoding="utf-8")
    ran = scanned(tmp_path, tmp_path / "table.jsonl")
    assert ran.code == 0, ran.err
    (match,) = rows(tmp_path / "out", "matches")
    assert (match["left"]["document"], match["right"]["document"]) == ("a", "b")
    skipped = run_record(tmp_path / "out")["skipped"]
    assert len(skipped) == 2
    assert "text" in ran.err
    first = rows(tmp_path / "out", "documents")[0]
    assert (first["date"], first["metadata"]["office"]) == ("2020-01-02", "甲")
    (family,) = rows(tmp_path / "out", "families")
    assert family["first"] == {"document": "a", "basis": "date"}


def test_two_records_with_one_id_are_an_error_that_names_both(tmp_path: Path) -> None:
    line = json.dumps({"id": "same", "text": SHARED})
    (tmp_path / "table.jsonl").write_text(f"{line}\n{line}\n", encoding="utf-8")
    ran = scanned(tmp_path, tmp_path / "table.jsonl")
    assert ran.code == 2
    assert "same" in ran.err


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("speed = 3", "unknown in settings: speed"),
        ("[sketching]\nband = 3", "unknown in [sketching]: band"),
        ("[sketching]\nbands = 'x'", "sketching.bands is 'x'"),
        ("level = 'page'", "level is 'page'"),
        ("jobs = 0", "jobs is 0"),
        ("[sketching]\nbands = 200", "bands and sketching.rows are 200 and 3, which takes 600 permutations"),
        ("[sketching]\npermutations = 64", "sketching.permutations is 64"),
        ("[sketching]\nbands = 0", "sketching.bands is 0; it must be at least 1"),
        ("[sketching]\nshingle = -1", "sketching.shingle is -1; it must be at least 1"),
        ("[sketching]\nagreeing = 99", "sketching.agreeing is 99; it must be at most sketching.bands, 42"),
        ("[sketching]\ncontainment = nan", "sketching.containment is nan; it must be from 0 to 1"),
        ("[matching]\nphrase_density = -4", "matching.phrase_density is -4.0; it must be from 0 to 1"),
        ("[families]\nsupport = 9.0", "families.support is 9.0; it must be from 0 to 1"),
        ("= broken", "not a TOML file"),
    ],
)
def test_a_wrong_setting_is_an_error_that_names_it(
    tmp_path: Path, speeches: Path, toml: str, told: str
) -> None:
    (tmp_path / "c.toml").write_text(toml, encoding="utf-8")
    ran = scanned(tmp_path, speeches, "--config", tmp_path / "c.toml")
    assert ran.code == 2
    assert told in ran.err


def test_settings_of_a_file_are_used(tmp_path: Path, speeches: Path) -> None:
    (tmp_path / "c.toml").write_text(
        "level = 'paragraph'\n[sketching]\nbands = 32\nrows = 4\n", encoding="utf-8"
    )
    assert scanned(tmp_path, speeches, "--config", tmp_path / "c.toml").code == 0
    assert run_record(tmp_path / "out")["settings"]["sketching"]["bands"] == 32


def test_hostile_names_and_texts_survive(tmp_path: Path) -> None:
    folder = write_speeches(
        tmp_path / "in", SHARED + "<script>alert(1)</script>", SHARED + "\u202e𠮷\U0001f600"
    )
    (folder / "speech-0.txt").rename(folder / "讲话 <b>&\u202e.txt")
    ran = scanned(tmp_path, folder)
    assert ran.code == 0, ran.err
    assert len(rows(tmp_path / "out", "matches")) == 1
