"""`python -m tests.benchmarks.first_run`: the first scan after an installation, and the second.

Each is the whole command in a new process; the first finds an empty cache. Processor time is told beside wall time, since
other work on the machine lengthens the latter: on two idle processors the first run takes a little over half of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

from tests.benchmarks.measuring import ROOT

COMMAND = ("-m", "reuse", "scan", "fixtures/speeches", "--quiet", "--out")
LIBRARY = ("-c", "import reuse; reuse.scan(['fixtures/speeches'])")


def first_run() -> list[str]:
    """Seconds of scans of the fixture speeches: the command twice, and the library with its compiling."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
        return [
            _timed("the command, first time", (*COMMAND, f"{folder}/out"), f"{folder}/compiled"),
            _timed("the command, second time", (*COMMAND, f"{folder}/out"), f"{folder}/compiled"),
            _timed("the library, first time", LIBRARY, f"{other}/compiled"),
        ]


def _timed(what: str, arguments: tuple[str, ...], cache: str) -> str:
    begun, before = time.perf_counter(), os.times()
    subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "NUMBA_CACHE_DIR": cache},
        check=True,
    )
    after = os.times()
    processor = sum(after[2:4]) - sum(before[2:4])
    return f"scan of the fixture speeches, {what}: {time.perf_counter() - begun:.1f} s, processor {processor:.1f} s"


if __name__ == "__main__":
    print("\n".join(first_run()))
