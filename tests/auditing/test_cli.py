"""`speech-reuse audit`, as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import PARAGRAPHS, speech_reuse

COPIED, SLOGAN = PARAGRAPHS[4], "我们要紧紧拧成一股绳，一张蓝图绘到底，奋力谱写高质量发展新篇章"


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audit")
    rows = [
        {
            "id": "early",
            "title": "早的一篇",
            "date": "2018-01-02",
            "text": f"{PARAGRAPHS[0]}\n{COPIED}\n{PARAGRAPHS[1]}",
        },
        {
            "id": "late",
            "title": "晚的一篇",
            "date": "2020-01-02",
            "text": f"{PARAGRAPHS[2]}\n{COPIED}\n{PARAGRAPHS[3]}",
        },
    ]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "in.jsonl").write_text(lines, encoding="utf-8")
    ran = speech_reuse("scan", folder / "in.jsonl", "--out", folder / "out", "--no-report", "--quiet")
    assert ran.code == 0, ran.err
    return folder / "out"


def originality(out: str) -> dict[str, Any]:
    rows = [json.loads(line) for line in out.splitlines()]
    return {row["id"]: row["originality"] for row in rows}


def test_all_documents_with_their_figures(scanned: Path) -> None:
    ran = speech_reuse("audit", scanned, "--lang", "zh")
    assert ran.code == 0
    assert all(word in ran.out for word in ("早的一篇", "晚的一篇", "复用", "0.0%"))
    assert "抄袭" not in ran.out


def test_a_document_with_both_sides_of_its_ratio_and_the_spans_behind_it(scanned: Path) -> None:
    told = originality(speech_reuse("audit", scanned, "late", "--json").out)["late"]
    ran = speech_reuse("audit", scanned, "late", "--lang", "zh")
    said = "".join(ran.out.split())
    assert f"{told['reused']}/{told['counted']}字" in said
    assert "取自早的一篇(2018-01-02,early)" in said
    assert "".join(COPIED[:40].split()) in said


def test_documents_go_by_title_too(scanned: Path) -> None:
    by_id = speech_reuse("audit", scanned, "late", "--lang", "en").out
    assert speech_reuse("audit", scanned, "晚的一篇", "--lang", "en").out == by_id


def test_only_spans_of_one_kind(scanned: Path) -> None:
    ran = speech_reuse("audit", scanned, "late", "--layer", "quoted", "--lang", "zh")
    assert COPIED[:12] not in ran.out


def test_counting_again_with_phrases_of_ones_own(scanned: Path, tmp_path: Path) -> None:
    phrases = tmp_path / "phrases.txt"
    phrases.write_text(f"# 本单位常用\n{COPIED}\n", encoding="utf-8")
    told = originality(speech_reuse("audit", scanned, "--phrases", phrases, "--json").out)["late"]
    assert told["reused"] == 0
    assert told["phrase_ratio"] > 0.2


def test_counting_again_with_a_document_everybody_was_given(scanned: Path) -> None:
    told = originality(speech_reuse("audit", scanned, "--template", "early", "--json").out)["late"]
    assert told["reused"] == 0
    assert {span["layer"] for span in told["spans"]} == {"base"}


def test_counting_again_with_a_file_everybody_was_given(scanned: Path, tmp_path: Path) -> None:
    given = tmp_path / "given.txt"
    given.write_text(f"{PARAGRAPHS[6]}\n{COPIED}\n{PARAGRAPHS[7]}\n", encoding="utf-8")
    told = originality(speech_reuse("audit", scanned, "--template", given, "--json").out)["late"]
    assert told["reused"] == 0
    assert "base" in {span["layer"] for span in told["spans"]}
    assert "所给模板" in speech_reuse("audit", scanned, "late", "--template", given, "--lang", "zh").out


@pytest.mark.parametrize("arguments", [("nobody",), ("--template", "nothing.txt")])
def test_what_there_is_not_is_an_error(scanned: Path, arguments: tuple[str, ...]) -> None:
    ran = speech_reuse("audit", scanned, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert arguments[-1] in ran.err


def test_the_result_on_disk_stays_as_it_was(scanned: Path) -> None:
    before = (scanned / "documents.jsonl").read_bytes()
    speech_reuse("audit", scanned, "--template", "early")
    assert (scanned / "documents.jsonl").read_bytes() == before
