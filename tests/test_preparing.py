"""The first runs: small scans are interpreted while others compile; large ones have the kernels compiled before they begin."""

from __future__ import annotations

import filecmp
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reuse import Result, compare, preparing, scan
from reuse.arrays import compile_only
from reuse.cli.first_run import telling
from reuse.compiling import SHARES, share_of
from reuse.model import InputError

FIXTURES = Path(__file__).parents[1] / "fixtures" / "speeches"
COUNT = """
import json, sys
from numba.core import event
from reuse import scan

class Compiled(event.Listener):
    names = []
    def on_start(self, about):
        function = about.data["dispatcher"].py_func
        if function.__module__.startswith("reuse."):
            self.names.append(f"{function.__module__}.{function.__name__}")
    def on_end(self, about):
        pass

event.register("numba:compile", Compiled())
stages = []
found = scan([sys.argv[1]], progress=lambda stage, done=None, total=None: stages.append(stage))
assert found.matches
found.save(sys.argv[2], report=True)
print(json.dumps({"compiled": Compiled.names, "stages": stages}))
"""


def scanned(out: Path, cache: Path) -> dict[str, list[str]]:
    """What a process that scans the fixture speeches compiles itself, and its stages."""
    done = subprocess.run(
        [sys.executable, "-c", COUNT, str(FIXTURES), str(out)],
        env=os.environ | {"NUMBA_CACHE_DIR": str(cache)},
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, list[str]] = json.loads(done.stdout)
    return told


def test_a_small_first_scan_is_interpreted_and_later_ones_find_all_compiled(tmp_path: Path) -> None:
    first = scanned(tmp_path / "first", tmp_path / "cache")
    assert first["stages"][:3] == ["reading", "compiling for later scans", "comparable text"]
    assert first["compiled"] == []
    until = time.monotonic() + 500
    while not list(tmp_path.glob("cache/*/prepared")):
        assert time.monotonic() < until
        time.sleep(1)
    later = scanned(tmp_path / "later", tmp_path / "cache")
    assert later["stages"][:2] == ["reading", "comparable text"]
    assert len(later["compiled"]) <= 2, later
    names = {path.name for path in (tmp_path / "first").iterdir()}
    same, _, _ = filecmp.cmpfiles(tmp_path / "first", tmp_path / "later", names - {"run.json"}, shallow=False)
    assert set(same) == names - {"run.json"}


def test_every_module_is_in_one_share() -> None:
    assert share_of("reuse.matching.search") == 1
    assert share_of("reuse.families.levels") == 0
    assert share_of("reuse.text.scanning") == share_of("reuse.families.ends") == 2
    assert share_of("reuse.matching.signs") == share_of("reuse.textual") == share_of("reuse.new") == 3
    assert len(SHARES) + 1 == preparing.PROCESSES


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What was compiled, and how, in a package of which nothing is yet."""
    done: list[str] = []
    monkeypatch.setattr("reuse.preparing.is_prepared", lambda: "here" in done)
    monkeypatch.setattr("reuse.preparing.prepare", lambda: done.append("here"))
    monkeypatch.setattr("reuse.preparing._prepare_behind", lambda: done.append("behind"))
    yield done
    compile_only()


def stages_of(result: Result) -> list[str]:
    return [row["stage"] for row in result.run["stages"]]


def test_only_the_first_large_scan_waits_for_compiling(
    compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reuse.preparing.INTERPRETED", 4)
    first, second = scan(["一篇讲话。"]), scan(["一篇讲话。"])
    assert compiled == ["here"]
    assert stages_of(first).count("compiling") == 1
    assert "compiling" not in stages_of(second)


def test_small_scans_wait_for_nothing(compiled: list[str]) -> None:
    first = scan(["一篇讲话。"])
    assert compiled == ["behind"]
    assert stages_of(first).count("compiling for later scans") == 1


def test_comparing_waits_for_nothing_either(compiled: list[str]) -> None:
    sentence = "冬季供暖检修要赶在霜降之前完成，锅炉房的每一台水泵都要试压两次，管网漏点当天发现、当天修好。"
    assert compare(f"一篇讲话。{sentence}", f"另一篇。{sentence}")[0].level == "paragraph"
    assert compiled == ["behind"]


def test_what_is_interpreted_at_first_is_compiled_once_that_is_done(compiled: list[str]) -> None:
    scan(["一篇讲话。"])
    compiled.append("here")
    assert "compiling for later scans" not in stages_of(scan(["一篇讲话。"]))
    with_numbers_of_python = scan(["一篇讲话。"]).run["counts"]
    assert json.dumps(with_numbers_of_python)


def test_one_process_at_a_time_compiles_for_later_scans(
    compiled: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("reuse.preparing._mark", lambda: tmp_path / "cache" / "prepared")
    monkeypatch.setattr("os.nice", lambda by: None)
    begun = tmp_path / "cache" / "preparing"
    begun.parent.mkdir()
    begun.touch()
    preparing.prepare_alone()
    assert compiled == []
    os.utime(begun, (0, 0))  # whoever began it was ended long ago
    preparing.prepare_alone()
    assert compiled == ["here"]
    assert not begun.exists()


def test_nothing_is_compiled_where_nothing_can_be_read(compiled: list[str], tmp_path: Path) -> None:
    with pytest.raises(InputError):
        scan([str(tmp_path / "absent")])
    assert compiled == []


def test_who_waits_is_told_why(capsys: pytest.CaptureFixture[str]) -> None:
    stages: list[str] = []
    tell = telling(lambda stage, done=None, total=None: stages.append(stage))
    told = ("reading", "compiling", "compiling for later scans", "words")
    for stage in told:
        tell(stage)
    assert stages == list(told)
    assert capsys.readouterr().err.count("first run: ") == 2


def test_where_no_process_can_be_started_the_scan_compiles_what_it_needs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("reuse.preparing._mark", lambda: tmp_path / "prepared")
    monkeypatch.setattr("sys.executable", str(tmp_path / "absent"))
    preparing.prepare()
    assert preparing.is_prepared()
