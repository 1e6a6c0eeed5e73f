"""Run something in a process of its own and tell what it took: wall and processor seconds, peak memory, seconds by stage."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
NEWS = ROOT.parent / "shared" / "corpora" / "news_2012_2016.jsonl.gz"


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


def measured(name: str, module: str, *arguments: str) -> Cost:
    """Run `python -m module arguments`, which prints one JSON object with `characters`, `seconds` and `stages`.

    Raises RuntimeError with what the run said when it fails.
    """
    with tempfile.TemporaryFile("w+") as said:
        begun = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdout=said,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            text=True,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        said.seek(0)
        lines = said.read().strip().splitlines()
    if status != 0 or not lines:
        raise RuntimeError(f"{name}: " + "\n".join(lines[-5:]))
    told = json.loads(lines[-1])
    return Cost(
        name,
        told["characters"],
        told["seconds"],
        wall,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss / 1000,
        told.get("stages", {}),
        told.get("found", {}),
    )


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
