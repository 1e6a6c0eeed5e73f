"""`speech-reuse families`, as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import speech_reuse

PASSAGES = (
    "各位同志，昨天夜里{}的渠首又垮了一段，{}带着抢险队在齐腰深的水里干到天亮，这就是干部该有的样子，也是老百姓盼的样子。",
)


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("families")
    rows = [
        ("青石县", "李卫民", "2019-05-01"),
        ("临江市", "张海燕", "2018-03-02"),
        ("东湖乡", "孙玉梅", "2021-07-03"),
    ]
    own = (
        Path(__file__)
        .parents[2]
        .joinpath("fixtures", "paragraphs.txt")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    with (folder / "in.jsonl").open("w", encoding="utf-8") as file:
        for n, (place, name, date) in enumerate(rows):
            text = "\n".join([own[2 * n], PASSAGES[0].format(place, name), own[2 * n + 1]])
            file.write(
                json.dumps({"id": f"speech{n}", "date": date, "text": text, "title": f"第{n}讲"}) + "\n"
            )
    ran = speech_reuse("scan", folder / "in.jsonl", "--out", folder / "out", "--no-report", "--quiet")
    assert ran.code == 0, ran.err
    return folder / "out"


def test_families_are_told_as_templates(scanned: Path) -> None:
    ran = speech_reuse("families", scanned, "--lang", "zh")
    assert ran.code == 0
    said = "".join(ran.out.split())
    assert "f000013处，3篇" in said
    assert "各位同志，昨天夜里{地点}的渠首又垮了一段，{人名}带着抢险队" in said
    assert "按日期，最早见于：第1讲(speech1)（2018-03-02）" in said


def test_one_family_shows_its_fillers_by_date(scanned: Path) -> None:
    ran = speech_reuse("families", scanned, "f00001", "--lang", "en")
    assert ran.code == 0
    table = [line for line in ran.out.splitlines() if "│" in line]
    names = [name for line in table for name in ("张海燕", "李卫民", "孙玉梅") if name in line]
    assert names == ["张海燕", "李卫民", "孙玉梅"]


def test_families_as_json_lines(scanned: Path) -> None:
    ran = speech_reuse("families", scanned, "--json")
    rows = [json.loads(line) for line in ran.out.splitlines()]
    assert [row["id"] for row in rows] == ["f00001"]
    assert rows == [
        json.loads(line) for line in (scanned / "families.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def test_only_families_as_widespread_as_asked_for(scanned: Path) -> None:
    assert "f00001" not in speech_reuse("families", scanned, "--documents", "4").out


def test_a_family_there_is_not_is_an_error_that_shows_what_ids_look_like(scanned: Path) -> None:
    ran = speech_reuse("families", scanned, "f99", "--lang", "en")
    assert (ran.code, ran.out) == (2, "")
    assert "'f99'" in ran.err
    assert "f00001" in ran.err


def test_a_folder_that_is_no_result_is_an_error(tmp_path: Path) -> None:
    ran = speech_reuse("families", tmp_path)
    assert ran.code == 1
    assert "run.json" in ran.err
