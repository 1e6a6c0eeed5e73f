"""The first run: the kernels that a scan needs are compiled by two processes at once before it begins.

One process compiles for a minute, and numba's lock lets no second thread of it help; two, which share the kernels out and
do less of what is done twice (`compiling`), take a third of that.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from reuse.arrays import is_on_disk

PROCESSES = 2
_LAST = ("reuse.matching.search:_search_block", "reuse.auditing.weighing:_earliest")
"""The kernel that each of the two compiles last, or nearly."""


def is_prepared() -> bool:
    """Whether the cache holds the machine code that both processes make."""
    kernels = (name.split(":") for name in _LAST)
    return all(is_on_disk(getattr(import_module(module), name)) for module, name in kernels)


def prepare() -> None:
    """Compile the kernels of a scan. What a process fails to compile is left to the scan."""
    running = [_started(share) for share in range(PROCESSES)]
    try:
        for process in running:
            process.wait()
    finally:
        for process in running:
            process.kill()


def _started(share: int) -> subprocess.Popen[bytes]:
    """A process of this interpreter and package, whatever the working folder holds."""
    paths = (str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH"))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "reuse.compiling", str(share)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
    )
