"""The first run: the kernels of a scan, compiled by two processes before it begins."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reuse.cli.first_run import prepared, prepared_after_reading
from reuse.compiling import share_of

FIXTURES = Path(__file__).parents[1] / "fixtures" / "speeches"
COUNT = """
import sys
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
preparing.prepare()
assert preparing.is_prepared()
event.register("numba:compile", Compiled())
found = scan([sys.argv[1]])
assert found.matches
found.save(sys.argv[2], report=False)
print(*Compiled.names)
"""


def test_after_preparing_a_scan_has_next_to_nothing_to_compile(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", COUNT, str(FIXTURES), str(tmp_path / "out")],
        env=os.environ | {"NUMBA_CACHE_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(done.stdout.split()) <= 2, done.stdout


def test_every_module_is_in_one_share() -> None:
    assert share_of("reuse.text.scanning") == share_of("reuse.matching.search") == 0
    assert (
        share_of("reuse.matching.signs") == share_of("reuse.families.columns") == share_of("reuse.new") == 1
    )


@pytest.mark.parametrize("quiet", [False, True])
def test_who_waits_is_told_why(
    quiet: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    compiled: list[str] = []
    monkeypatch.setattr("reuse.preparing.is_prepared", lambda: bool(compiled))
    monkeypatch.setattr("reuse.preparing.prepare", lambda: compiled.append("all"))
    prepared(quiet=quiet)
    prepared(quiet=quiet)
    assert compiled == ["all"]
    assert capsys.readouterr().err.count("compiling") == (0 if quiet else 1)


def test_nothing_is_compiled_before_the_input_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    monkeypatch.setattr("reuse.cli.first_run.prepared", lambda *, quiet: order.append("prepared"))
    tell = prepared_after_reading(lambda stage, done=None, total=None: order.append(stage), quiet=True)
    for stage in ("reading", "words", "matches"):
        tell(stage)
    assert order == ["reading", "prepared", "words", "matches"]
