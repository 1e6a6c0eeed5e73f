"""The verbs `read` and `clean`, called as people call them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.reading.material import ADDRESS, BODY, SPEECH, THANKS, TITLE, write_docx, write_jsonl

ROOT = Path(__file__).parents[2]


def run(*arguments: str | Path, expect: int = 0, seed: str = "0") -> tuple[str, str]:
    """Standard output and error of the command, whose exit code must be `expect`."""
    done = subprocess.run(
        [sys.executable, "-m", "reuse", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "120", "PYTHONHASHSEED": seed},
        timeout=120,
        check=False,
    )
    assert done.returncode == expect, done.stderr.decode()
    return done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def test_read_prints_the_text_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    text = SPEECH.replace("\n", "\r\n") + "\r\n\r\n  末行"
    path.write_bytes(text.encode("gb18030"))
    assert run("read", path) == (text, "")


def test_read_prints_what_coordinates_of_other_formats_refer_to(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx")
    text, _ = run("read", path)
    line = json.loads(run("clean", "--json", path)[0])
    assert line["characters"] == line["end"] == len(text)
    for mark in line["removed"]:
        assert text[mark["start"] : mark["end"]] == mark["text"]
    assert line["removed"][0]["reason"] == "title" and line["title"] == TITLE


def test_read_as_json_tells_format_and_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(f"<title>{TITLE}</title><h1>{TITLE}</h1><p>{BODY[0]}</p>".encode("gbk"))
    found = json.loads(run("read", "--json", path)[0])
    assert (found["format"], found["encoding"], found["properties"]["title"]) == ("html", "gb18030", TITLE)


def test_read_takes_one_record_of_a_table(tmp_path: Path) -> None:
    table = write_jsonl(tmp_path / "t.jsonl", [{"id": "x", "text": BODY[0]}, {"id": "y", "text": BODY[2]}])
    assert run("read", f"{table}#y")[0] == BODY[2]
    _, error = run("read", table, expect=2)
    assert "name the record" in error


def test_unreadable_input_is_one_line_and_exit_code_two(tmp_path: Path) -> None:
    for verb in ("read", "clean"):
        _, error = run(verb, tmp_path / "nothing.txt", expect=2)
        assert error.count("\n") == 1 and "nothing.txt" in error
    run("read", "--encoding", "utf-9", write_docx(tmp_path / "a.docx"))
    (tmp_path / "a.txt").write_bytes(b"\xff" * 3000)
    _, error = run("read", tmp_path / "a.txt", expect=2)
    assert "--encoding" in error


def test_clean_shows_marks_with_reasons_joins_and_cuts(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        f"首页\n{TITLE}\n{ADDRESS}\n一些县抓得早;\n一些县抓得实。二、再接再厉，抓好秋冬防火。\n一、{BODY[2]}\n{THANKS}\n推荐访问:防火",
        "utf-8",
    )
    shown, _ = run("clean", path)
    assert "⟦navigation: 首页⟧" in shown and f"⟦title: {TITLE}⟧" in shown and "⟦tags: 推荐访问:防火⟧" in shown
    assert "一些县抓得早;⏎一些县抓得实。¶二、再接再厉" in shown
    assert f"title: {TITLE}" in shown and "\x1b[" not in shown


def test_clean_of_a_folder_is_a_line_a_document_and_tells_what_a_site_repeats(tmp_path: Path) -> None:
    for number, line in enumerate(BODY):
        (tmp_path / f"{number}.txt").write_text(
            f"东岭台消息：{line}{BODY[2]}第{number}次。\n（责任编辑：某{'甲乙丙丁戊己'[number]}）", "utf-8"
        )
    (tmp_path / "bad.png").write_bytes(b"\x89PNG")
    shown, error = run("clean", tmp_path)
    lines = shown.splitlines()
    assert [line.split()[0] for line in lines[:6]] == [f"{number}.txt" for number in range(6)]
    assert "programme 1" in lines[0] and "editor 1" in lines[0]
    assert any("东岭台消息:" in line and "6 documents" in line for line in lines[6:])
    assert "bad.png" in error and "OCR" in error
    assert run("clean", "--json", "--jobs", "2", tmp_path)[0].count("\n") == 6
    assert "⟦programme: 东岭台消息：⟧" in run("clean", "--all", tmp_path)[0]


def test_help_says_what_the_verbs_do() -> None:
    assert "coordinates refer to" in run("read", "--help")[0]
    assert "not compared" in run("clean", "--help")[0]


def test_the_seed_of_hashing_changes_nothing(tmp_path: Path) -> None:
    for number, line in enumerate(BODY):
        (tmp_path / f"{number}.txt").write_text(
            f"首页\n东岭台消息：{line}\n（责任编辑：某人）\n\x0c{BODY[2]}", "utf-8"
        )
    assert run("clean", "--json", tmp_path, seed="1") == run("clean", "--json", tmp_path, seed="2")
