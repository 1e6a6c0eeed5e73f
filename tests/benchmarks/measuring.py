"""Run something in a process of its own and tell what it took: wall and processor seconds, peak memory, seconds by stage."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
NEWS = ROOT.parent / "shared" / "corpora" / "news_2012_2016.jsonl.gz"
PEERS = ROOT / ".venv-peers" / "bin" / "python"
"""Peers want other versions of the libraries that the package uses: they live in an environment of their own."""

_LOOK = 0.25
"""Seconds between two looks at the memory of a run and of the processes it started."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a command said and took. `memory_mb` is the peak of all its processes together, what they share counted once."""

    lines: list[str]
    wall: float
    processor: float
    memory_mb: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took. `seconds` are those the run itself counts, without starting and loading; `stages` their parts."""

    name: str
    characters: int
    seconds: float
    wall: float
    processor: float
    memory_mb: float
    stages: dict[str, float] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Characters a second, of the seconds the run counts."""
        return self.characters / self.seconds


def run(name: str, command: Sequence[str]) -> Run:
    """Run a command in the project's folder. Raises RuntimeError with what it said when it fails."""
    with tempfile.TemporaryFile("w+") as said:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT, cwd=ROOT, text=True)
        watch = _Watch(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        peak = max(watch.stop(), usage.ru_maxrss / 1000)
        said.seek(0)
        lines = said.read().strip().splitlines()
    if status != 0:
        raise RuntimeError(f"{name}: " + "\n".join(lines[-5:]))
    return Run(lines, wall, usage.ru_utime + usage.ru_stime, peak)


def measured(name: str, module: str, *arguments: str, python: Path | str = sys.executable) -> Cost:
    """Run `python -m module arguments`, which prints one JSON object with `characters`, `seconds` and `stages`.

    Raises RuntimeError with what the run said when it fails.
    """
    done = run(name, [str(python), "-m", module, *arguments])
    told = json.loads(done.lines[-1])
    return Cost(
        name,
        told["characters"],
        told["seconds"],
        done.wall,
        done.processor,
        done.memory_mb,
        told.get("stages", {}),
        told.get("found", {}),
    )


class _Watch:
    """Looks at the memory of a process and all below it until stopped (Linux; elsewhere it sees nothing)."""

    def __init__(self, process: int) -> None:
        self._process = process
        self._peak = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        """The peak in megabytes."""
        self._over.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        while not self._over.wait(_LOOK):
            self._peak = max(self._peak, sum(map(_memory, _tree(self._process))))


def _tree(process: int) -> list[int]:
    """A process and all below it."""
    found = [process]
    for one in found:
        for listed in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, listed.read_text().split())
            except OSError:
                continue  # a thread that has just ended
    return found


def _memory(process: int) -> float:
    """Megabytes that a process holds, with its share of what it shares with others."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    found = next((line for line in lines if line.startswith("Pss:")), "Pss: 0 kB")
    return int(found.split()[1]) / 1000


def table(costs: Iterable[Cost], reference: Cost | None = None) -> list[str]:
    """A line a run; with a reference, how many times its characters a second each reaches."""
    lines = [
        f"{'run':44} {'M chars':>8} {'seconds':>8} {'wall':>7} {'CPU':>7} {'MB':>6} {'k chars/s':>10} {'ratio':>7}"
    ]
    for cost in costs:
        ratio = f"{cost.rate / reference.rate:7.1f}" if reference else ""
        lines.append(
            f"{cost.name:44} {cost.characters / 1e6:8.2f} {cost.seconds:8.2f} {cost.wall:7.1f} {cost.processor:7.1f} "
            f"{cost.memory_mb:6.0f} {cost.rate / 1e3:10.1f} {ratio}"
        )
        lines += [f"    {stage:40} {'':8} {seconds:8.2f}" for stage, seconds in cost.stages.items()]
    return lines


def paragraphs(limit: int | None = None) -> list[str]:
    """The paragraphs of the news corpus, a line each, in order."""
    import gzip

    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        found = (line for record in lines for line in json.loads(record)["text"].split("\n") if line.strip())
        return [line for line, _ in zip(found, range(limit or sys.maxsize), strict=False)]


def limits(arguments: Sequence[str]) -> int | None:
    """The number of paragraphs asked for on the command line; None for all."""
    return int(arguments[0]) if arguments and arguments[0] != "all" else None
