"""The first run: the kernels that a scan needs are compiled by several processes at once before it begins.

One process compiles for two minutes, and numba's lock lets no second thread of it help; so processes share the kernels out
(`compiling`).
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from reuse.arrays import cache_folder
from reuse.sorting import order_of

PROCESSES = 4
"""Processes at most: as many as there are shares."""
PACKAGE = Path(__file__).parent


def is_prepared() -> bool:
    """Whether the kernels were compiled, or tried to, since the package was installed or changed."""
    mark = _mark()
    return mark.exists() and mark.read_text(encoding="utf-8") == _state()


def prepare() -> None:
    """Compile the kernels of a scan, by as many processes as there are processors. What a process fails to compile, or cannot
    begin to, is left to the scan."""
    processes = min(_processors(), PROCESSES)
    running: list[subprocess.Popen[bytes]] = []
    try:
        with suppress(OSError):
            running.extend(_started(number, processes) for number in range(processes))
        for process in running:
            process.wait()
    finally:
        for process in running:
            process.kill()
    mark = _mark()
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(_state(), encoding="utf-8")


def _mark() -> Path:
    return cache_folder(order_of) / "prepared"


@cache
def _state() -> str:
    """A digest of which modules there are and when each was written: what numba's cache goes by too. Made once, as this process
    loads them once."""
    modules = sorted(PACKAGE.rglob("*.py"))
    told = [f"{path.relative_to(PACKAGE)} {path.stat().st_mtime_ns}" for path in modules]
    return hashlib.sha256("\n".join([sys.version, *told]).encode()).hexdigest()


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _started(number: int, processes: int) -> subprocess.Popen[bytes]:
    """A process of this interpreter and package, whatever the working folder holds."""
    paths = (str(PACKAGE.parent), os.environ.get("PYTHONPATH"))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "reuse.compiling", str(number), str(processes)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
    )
