"""`python -m tests.benchmarks.first_run`: the first scans after an installation, and later ones.

Each is the whole command in a new process; the first finds an empty cache, is interpreted, and has another process compile,
which is waited for before the later ones. Processor time is told beside wall time, since other work on the machine lengthens
the latter.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.measuring import ROOT

COMMAND = ("-m", "reuse", "scan", "--quiet", "--out")
FIVE = ROOT.parent / "shared" / "speeches"
FIXTURES = ROOT / "fixtures" / "speeches"
PATIENCE = 900.0
"""Seconds that compiling may take at most."""


def first_run() -> list[str]:
    """Seconds of scans of a few speeches, with nothing compiled and all, and of the compiling in between."""
    name, speeches = ("five real speeches", FIVE) if FIVE.exists() else ("the fixture speeches", FIXTURES)
    with tempfile.TemporaryDirectory() as folder:
        command, cache = (*COMMAND, f"{folder}/out", str(speeches)), Path(folder) / "compiled"
        first = _timed(f"{name}, first time", command, cache)
        begun = time.perf_counter()
        while not list(cache.glob("*/prepared")) and time.perf_counter() - begun < PATIENCE:
            time.sleep(0.2)
        behind = f"compiled {time.perf_counter() - begun:.0f} s after it"
        return [first, behind, _timed(f"{name}, later", command, cache)]


def _timed(what: str, arguments: tuple[str, ...], cache: Path) -> str:
    begun, before = time.perf_counter(), os.times()
    subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "NUMBA_CACHE_DIR": str(cache)},
        check=True,
    )
    after = os.times()
    processor = sum(after[2:4]) - sum(before[2:4])
    return f"scan of {what}: {time.perf_counter() - begun:.1f} s, processor {processor:.1f} s"


if __name__ == "__main__":
    print("\n".join(first_run()))
