"""The first run: the kernels of a scan, compiled by several processes before it begins."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reuse import compare, preparing, scan
from reuse.cli.first_run import telling
from reuse.compiling import SHARES, share_of
from reuse.model import InputError

FIXTURES = Path(__file__).parents[1] / "fixtures" / "speeches"
COUNT = """
import json, sys
from numba.core import event
from reuse import preparing, scan

class Compiled(event.Listener):
    names = []
    def on_start(self, about):
        function = about.data["dispatcher"].py_func
        if function.__module__.startswith("reuse."):
            self.names.append(f"{function.__module__}.{function.__name__}")
    def on_end(self, about):
        pass

assert not preparing.is_prepared()
event.register("numba:compile", Compiled())
stages = []
found = scan([sys.argv[1]], progress=lambda stage, done=None, total=None: stages.append(stage))
assert preparing.is_prepared()
assert found.matches
found.save(sys.argv[2], report=False)
print(json.dumps({"compiled": Compiled.names, "stages": stages}))
"""


def test_a_first_scan_has_others_compile_and_next_to_nothing_to_compile_itself(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", COUNT, str(FIXTURES), str(tmp_path / "out")],
        env=os.environ | {"NUMBA_CACHE_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    assert len(told["compiled"]) <= 2, told
    assert told["stages"][:3] == ["reading", "compiling", "comparable text"]


def test_every_module_is_in_one_share() -> None:
    assert share_of("reuse.matching.search") == 1
    assert share_of("reuse.families.levels") == 0
    assert share_of("reuse.text.scanning") == share_of("reuse.families.ends") == 2
    assert share_of("reuse.matching.signs") == share_of("reuse.textual") == share_of("reuse.new") == 3
    assert len(SHARES) + 1 == preparing.PROCESSES


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was compiled, in a package of which nothing is yet."""
    done: list[str] = []
    monkeypatch.setattr("reuse.preparing.is_prepared", lambda: bool(done))
    monkeypatch.setattr("reuse.preparing.prepare", lambda: done.append("all"))
    return done


def test_only_the_first_scan_compiles(compiled: list[str]) -> None:
    first, second = scan(["一篇讲话。"]), scan(["一篇讲话。"])
    assert compiled == ["all"]
    assert [row["stage"] for row in first.run["stages"]].count("compiling") == 1
    assert "compiling" not in [row["stage"] for row in second.run["stages"]]


def test_comparing_compiles_too(compiled: list[str]) -> None:
    compare("一篇讲话。", "另一篇。")
    assert compiled == ["all"]


def test_nothing_is_compiled_where_nothing_can_be_read(compiled: list[str], tmp_path: Path) -> None:
    with pytest.raises(InputError):
        scan([str(tmp_path / "absent")])
    assert compiled == []


def test_who_waits_is_told_why(capsys: pytest.CaptureFixture[str]) -> None:
    stages: list[str] = []
    tell = telling(lambda stage, done=None, total=None: stages.append(stage))
    for stage in ("reading", "compiling", "words"):
        tell(stage)
    assert stages == ["reading", "compiling", "words"]
    assert capsys.readouterr().err.count("compiling") == 1


def test_where_no_process_can_be_started_the_scan_compiles_what_it_needs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("reuse.preparing._mark", lambda: tmp_path / "prepared")
    monkeypatch.setattr("sys.executable", str(tmp_path / "absent"))
    preparing.prepare()
    assert preparing.is_prepared()
