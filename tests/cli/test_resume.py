"""An interrupted scan leaves nothing that looks finished, and goes on where it stopped."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reuse.model import OutputError
from reuse.reporting import Result
from tests.cli.running import PARAGRAPHS, ROOT, speech_reuse, write_speeches

SPEECHES = ROOT / "fixtures" / "speeches"
TABLES = ("documents.jsonl", "paragraphs.jsonl", "matches.jsonl", "families.jsonl", "texts.jsonl")
UNFINISHED = ".unfinished"


def resumed(folder: Path) -> list[str]:
    found: list[str] = json.loads((folder / "run.json").read_text(encoding="utf-8"))["resumed"]
    return found


def same_tables(one: Path, other: Path) -> bool:
    return all((one / table).read_bytes() == (other / table).read_bytes() for table in TABLES)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """An undisturbed scan, and how long it takes once everything is compiled."""
    folder = tmp_path_factory.mktemp("whole")
    for _ in range(2):
        begun = time.perf_counter()
        assert speech_reuse("scan", SPEECHES, "--out", folder, "--no-report").code == 0
    return folder, time.perf_counter() - begun


def killed(out: Path, after: float) -> None:
    """Scan, and kill the process without warning after so many seconds."""
    process = subprocess.Popen(
        [sys.executable, "-m", "reuse", "scan", str(SPEECHES), "--out", str(out), "--no-report"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_killed_at_any_moment_it_is_unfinished_or_whole_and_goes_on(
    tmp_path: Path, whole: tuple[Path, float]
) -> None:
    reference, seconds = whole
    chance = random.Random(20)
    for k in range(5):
        out = tmp_path / str(k)
        killed(out, after=chance.uniform(0.3, 1.1) * seconds)
        if (out / "run.json").exists():
            assert same_tables(out, reference)
        else:
            with pytest.raises(OutputError, match="not the output of a finished scan"):
                Result.load(out)
        ran = speech_reuse("scan", SPEECHES, "--out", out, "--no-report", "--resume")
        assert ran.code == 0, ran.err
        assert same_tables(out, reference)
        assert not (out / UNFINISHED).exists()


def test_finished_stages_are_taken_over(tmp_path: Path, whole: tuple[Path, float]) -> None:
    reference, _ = whole
    out = tmp_path / "out"
    blocked = out / ".matches.jsonl.partial"
    blocked.mkdir(parents=True)
    stopped = speech_reuse("scan", SPEECHES, "--out", out, "--no-report")
    assert stopped.code != 0 and "cannot write" in stopped.err
    assert {path.name for path in (out / UNFINISHED).iterdir()} == {"documents.jsonl", "matches.npz"}
    blocked.rmdir()
    ran = speech_reuse("scan", SPEECHES, "--out", out, "--no-report", "--resume")
    assert ran.code == 0 and "reading, matching" in ran.err
    assert resumed(out) == ["reading", "matching"]
    assert same_tables(out, reference)


@pytest.fixture
def interrupted(tmp_path: Path) -> tuple[Path, Path]:
    """A scan of a small folder whose stages are kept as if it had been interrupted."""
    speeches = write_speeches(tmp_path / "in", PARAGRAPHS[0], PARAGRAPHS[0], PARAGRAPHS[1])
    out = tmp_path / "out"
    blocked = out / ".matches.jsonl.partial"
    blocked.mkdir(parents=True)
    assert speech_reuse("scan", speeches, "--out", out, "--no-report").code != 0
    blocked.rmdir()
    return speeches, out


def test_changed_inputs_are_read_again(tmp_path: Path, interrupted: tuple[Path, Path]) -> None:
    speeches, out = interrupted
    (speeches / "speech-2.txt").write_text(PARAGRAPHS[0] + "\n" + PARAGRAPHS[3], encoding="utf-8")
    ran = speech_reuse("scan", speeches, "--out", out, "--no-report", "--resume")
    assert ran.code == 0 and "nothing" in ran.err and resumed(out) == []
    assert speech_reuse("scan", speeches, "--out", tmp_path / "fresh", "--no-report").code == 0
    assert same_tables(out, tmp_path / "fresh")


def test_other_settings_match_again(tmp_path: Path, interrupted: tuple[Path, Path]) -> None:
    speeches, out = interrupted
    ran = speech_reuse("scan", speeches, "--out", out, "--no-report", "--resume", "--level", "paragraph")
    assert ran.code == 0 and resumed(out) == ["reading"]


def test_another_background_under_the_same_name_matches_again(tmp_path: Path) -> None:
    speeches, out = write_speeches(tmp_path / "in", PARAGRAPHS[0], PARAGRAPHS[0]), tmp_path / "out"
    table, settings = tmp_path / "table.npz", tmp_path / "settings.toml"
    settings.write_text(f'[matching]\nbackground = "{table.as_posix()}"\n', encoding="utf-8")
    scan = ("scan", speeches, "--out", out, "--no-report", "--config", settings)
    blocked = out / ".matches.jsonl.partial"
    taken_over = []
    for corpus in (SPEECHES, ROOT / "fixtures" / "unrelated"):
        blocked.mkdir(parents=True)
        assert speech_reuse("background", SPEECHES, "--out", table).code == 0
        assert speech_reuse(*scan).code != 0
        blocked.rmdir()
        assert speech_reuse("background", corpus, "--out", table).code == 0
        assert speech_reuse(*scan, "--resume").code == 0
        taken_over.append(resumed(out))
    assert taken_over == [["reading", "matching"], ["reading"]]


def test_a_damaged_stage_is_made_again(interrupted: tuple[Path, Path], tmp_path: Path) -> None:
    speeches, out = interrupted
    kept = out / UNFINISHED / "matches.npz"
    kept.write_bytes(kept.read_bytes()[: kept.stat().st_size // 2])
    (out / UNFINISHED / "documents.jsonl").write_text("{}\n", encoding="utf-8")
    ran = speech_reuse("scan", speeches, "--out", out, "--no-report", "--resume")
    assert ran.code == 0 and resumed(out) == []
    assert speech_reuse("scan", speeches, "--out", tmp_path / "fresh", "--no-report").code == 0
    assert same_tables(out, tmp_path / "fresh")


def test_without_resume_it_begins_anew(interrupted: tuple[Path, Path]) -> None:
    speeches, out = interrupted
    assert speech_reuse("scan", speeches, "--out", out, "--no-report").code == 0
    assert resumed(out) == [] and not (out / UNFINISHED).exists()


def test_little_memory_changes_nothing_but_where_arrays_live(
    tmp_path: Path, whole: tuple[Path, float]
) -> None:
    out = tmp_path / "small"
    ran = speech_reuse("scan", SPEECHES, "--out", out, "--no-report", "--memory", "0")
    assert ran.code == 0, ran.err
    assert same_tables(out, whole[0])
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert run["counts"]["bytes_spilled"] > 0


@pytest.mark.parametrize("amount", ["lots", "4X", "-1G"])
def test_an_amount_of_memory_that_is_none_is_refused(tmp_path: Path, amount: str) -> None:
    ran = speech_reuse("scan", SPEECHES, "--out", tmp_path / "out", "--memory", amount)
    assert ran.code == 2 and "4G or 800M" in ran.err
    assert not (tmp_path / "out").exists()
