"""The first run: the kernels that a scan needs are compiled by two processes at once before it begins.

One process compiles for a minute, and numba's lock lets no second thread of it help; two share the kernels out
(`compiling`).
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from reuse.arrays import cache_folder
from reuse.sorting import order_of

PROCESSES = 2
PACKAGE = Path(__file__).parent


def is_prepared() -> bool:
    """Whether the kernels were compiled, or tried to, since the package was installed or changed."""
    mark = _mark()
    return mark.exists() and mark.read_text(encoding="utf-8") == _state()


def prepare() -> None:
    """Compile the kernels of a scan. What a process fails to compile is left to the scan."""
    running = [_started(share) for share in range(PROCESSES)]
    try:
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


def _state() -> str:
    """A digest of which modules there are and when each was written: what numba's cache goes by too."""
    modules = sorted(PACKAGE.rglob("*.py"))
    told = [f"{path.relative_to(PACKAGE)} {path.stat().st_mtime_ns}" for path in modules]
    return hashlib.sha256("\n".join([sys.version, *told]).encode()).hexdigest()


def _started(share: int) -> subprocess.Popen[bytes]:
    """A process of this interpreter and package, whatever the working folder holds."""
    paths = (str(PACKAGE.parent), os.environ.get("PYTHONPATH"))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "reuse.compiling", str(share)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
    )
