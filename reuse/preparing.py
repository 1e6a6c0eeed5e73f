"""The first runs: small scans are interpreted while another process compiles the kernels; large ones wait until that is done.

One process compiles for two minutes, and numba's lock lets no second thread of it help; so processes share the kernels out
(`compiling`), and still need 75 s on two processors. The interpreter scans five speeches in 6 s; compiled loops do in 3.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from reuse.arrays import cache_folder, compile_only
from reuse.sorting import order_of

PROCESSES = 4
"""Processes at most: as many as there are shares."""
INTERPRETED = 100_000
"""Characters that are rather interpreted than compiled for: 75,000 of news took 19 s, 84,000 of reports 27, 150,000 46 and 58;
compiling takes 75 on two processors."""
GIVEN_UP = 900.0
"""Seconds after which a process that began to compile for later scans is taken to be no more."""
PACKAGE = Path(__file__).parent

_behind: subprocess.Popen[bytes] | None = None


def make_ready(characters: int, stage: Callable[[str], None]) -> None:
    """Before a scan of so many characters: have its kernels compiled, or interpreted while a process of its own, which may
    outlive this one, compiles them for later scans. `stage` is told which, if anything is to be done."""
    compile_only()
    if is_prepared():
        return
    if characters > INTERPRETED:
        stage("compiling")
        prepare()
    else:
        stage("compiling for later scans")
        compile_only(lambda module: False)
        _prepare_behind()


def is_prepared() -> bool:
    """Whether the kernels were compiled, or tried to, since the package was installed or changed."""
    mark = _mark()
    return mark.exists() and mark.read_text(encoding="utf-8") == _state()


def prepare() -> None:
    """Compile the kernels of a scan, by as many processes as there are processors. What a process fails to compile, or cannot
    begin to, is left to the scan."""
    _compile()
    mark = _mark()
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(_state(), encoding="utf-8")


def prepare_alone() -> None:
    """The same, unless another process is about it; for one that gives way to whatever else the machine has to do."""
    begun = _mark().with_name("preparing")
    begun.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        if time.time() - begun.stat().st_mtime > GIVEN_UP:
            begun.unlink()
    try:
        begun.touch(exist_ok=False)
    except FileExistsError:
        return
    try:
        if hasattr(os, "nice"):
            os.nice(10)
        prepare()
    finally:
        begun.unlink(missing_ok=True)


def _compile() -> None:
    processes = min(_processors(), PROCESSES)
    running: list[subprocess.Popen[bytes]] = []
    try:
        with suppress(OSError):
            running.extend(_started("reuse.compiling", str(n), str(processes)) for n in range(processes))
        for process in running:
            process.wait()
    finally:
        for process in running:
            process.kill()


def _prepare_behind() -> None:
    """Begin a process that prepares alone."""
    global _behind  # noqa: PLW0603 - who scans again and again, in one process, begins it once
    if _behind is None or _behind.poll() is not None:
        with suppress(OSError):
            _behind = _started("reuse.preparing", apart=True)


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


def _started(module: str, *arguments: str, apart: bool = False) -> subprocess.Popen[bytes]:
    """A process of this interpreter and package, whatever the working folder holds; `apart` it outlives this one."""
    paths = (str(PACKAGE.parent), os.environ.get("PYTHONPATH"))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
        start_new_session=apart,
    )


if __name__ == "__main__":
    prepare_alone()
