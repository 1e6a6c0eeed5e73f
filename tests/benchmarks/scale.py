"""What it costs at scale: `python -m tests.benchmarks.scale [PARAGRAPHS ...] [--minutes N]`, 30,000, 100,000 and 1,000,000
paragraphs unless told otherwise.

On the corpus of `multiplied`, every figure from a process of its own, from the file to the written folder:

- the paragraph pass and both passes by stage, and how the cost grows from each size to the next, in all and by stage;
- two jobs against one, at the smallest size, likewise;
- one paragraph in a tenth of as many documents as there are paragraphs, against the same corpus without it;
- the corpus without near-duplicates.

A run that would take longer than N minutes (30 unless told otherwise), going by the size before, is left out and said to be.
Machines are noisy: read the ratios of one run, and where another program runs too those of processor time.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.benchmarks.measuring import NEWS, Run, run

SIZES = (30_000, 100_000, 1_000_000)
MINUTES = 30.0
LEVELS = ("paragraph", "passage")
NAMES = {"paragraph": "paragraph pass", "passage": "both passes"}
GROWTH = {"paragraph": 12, "passage": 16}
"""What a tenfold corpus may cost."""
_failed: list[str] = []
TWO_JOBS, HOT = 1.7, 1.2


@dataclass(frozen=True, slots=True)
class Measured:
    """A run with the stages and counts of its `run.json`."""

    run: Run
    stages: list[dict[str, Any]] = field(default_factory=list)
    counts: dict[str, Any] = field(default_factory=dict)


def corpus(kind: str, size: int) -> Path:
    """A corpus of `multiplied`, made in a process of its own: what this one holds counts as the peak of those it starts."""
    made = run("corpus", [sys.executable, "-m", "tests.benchmarks.multiplied", kind, str(size)])
    return Path(made.lines[-1])


def scan(path: Path, level: str, jobs: int) -> Measured:
    """`speech-reuse scan` of a file to a folder, without the report."""
    with scratch() as folder:
        arguments = ["scan", str(path), "--out", str(folder), "--level", level, "--jobs", str(jobs)]
        done = reuse(*arguments, "--no-report", "--quiet")
        told = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        written = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        return Measured(done, told["stages"], {**told["counts"], "megabytes_written": written // 10**6})


def dedup(path: Path, jobs: int) -> Measured:
    """`speech-reuse dedup` of a file of records."""
    with scratch() as folder:
        done = reuse("dedup", str(path), "--out", str(folder / "kept.jsonl"), "--jobs", str(jobs))
        return Measured(done, counts={"said": " ".join(line.split(":")[0] for line in done.lines[:2])})


def reuse(*arguments: str) -> Run:
    """Run the command."""
    return run(" ".join(arguments[:2]), [sys.executable, "-m", "reuse", *arguments])


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder to write to, on the disk of the corpora; gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "out"


def told(name: str, measured: Measured) -> list[str]:
    """A line for a run and one for each of its stages."""
    cost = measured.run
    lines = [f"{name:52} {cost.wall:9.1f} {cost.processor:9.1f} {cost.memory_mb:9,.0f}"]
    for row in measured.stages:
        peak = row.get("peak_memory_mb") or 0
        lines.append(
            f"    {row['stage']:48} {row['seconds']:9.1f} {row.get('processor_seconds') or 0:9.1f} {peak:9,.0f}"
        )
    rest = cost.wall - sum(row["seconds"] for row in measured.stages)
    if measured.stages:
        lines.append(f"    {'start, and what has no stage':48} {rest:9.1f}")
    lines.append("    " + ", ".join(f"{key} {value}" for key, value in measured.counts.items()))
    return lines


def say(*lines: str) -> None:
    """Print at once: a run takes long."""
    print(*lines, sep="\n", flush=True)


def attempt(name: str, measure: Callable[[], Measured]) -> Measured | None:
    """Measure and tell; a run that fails is told too, and costs no other."""
    try:
        found = measure()
    except RuntimeError as error:
        say(f"{name:52} FAILED", f"    {error}")
        _failed.append(name)
        return None
    say(*told(name, found))
    return found


def in_time(
    name: str,
    size: int,
    smaller: tuple[int, Measured | None] | None,
    minutes: float,
    measure: Callable[[], Measured],
) -> Measured | None:
    """A measured run, or None where it fails or, going by the one at the smaller size, would take too long."""
    if smaller is not None and smaller[1] is not None:
        needed = smaller[1].run.wall * (size / smaller[0]) ** 1.1 / 60
        if needed > minutes:
            say(f"{name:52} not run: some {needed:.0f} minutes (--minutes)")
            return None
    return attempt(name, measure)


def by_size(
    name: str, sizes: list[int], minutes: float, measure: Callable[[int], Measured]
) -> dict[int, Measured | None]:
    """What was measured at each size, `name` formatted with it."""
    found: dict[int, Measured | None] = {}
    smaller: tuple[int, Measured | None] | None = None
    for size in sizes:
        found[size] = in_time(name.format(size), size, smaller, minutes, lambda size=size: measure(size))  # type: ignore[misc]
        smaller = (size, found[size]) if found[size] else smaller
    return found


def scans(sizes: list[int], level: str, minutes: float) -> None:
    """All figures of a level."""
    name = NAMES[level]
    found = by_size(
        name + ", {:,} paragraphs, 2 jobs",
        sizes,
        minutes,
        lambda size: scan(corpus("documents", size), level, 2),
    )
    ran = [size for size in sizes if found[size]]
    if not ran:
        return
    first, last = ran[0], ran[-1]
    alone = attempt(
        f"{name}, {first:,} paragraphs, 1 job", lambda: scan(corpus("documents", first), level, 1)
    )
    crowded = in_time(
        f"{name}, {last:,} and one paragraph {last // 10:,} times",
        last,
        (last, found[last]),
        minutes,
        lambda: scan(corpus("hot", last), level, 2),
    )
    for small, large in pairwise(ran):
        allowed = GROWTH[level] * (large / small) / 10
        compare(f"{name}, {small:,} to {large:,}", found[large], found[small], allowed)
    compare(f"{name}, two jobs against one", alone, found[first], TWO_JOBS, least=True)
    compare(f"{name}, with the hot paragraph", crowded, found[last], HOT)


def compare(
    name: str, more: Measured | None, less: Measured | None, target: float, *, least: bool = False
) -> None:
    """The ratio of two runs, by the clock, beside its target; by processor time below; and of each of their stages."""
    if more is None or less is None:
        return
    value = more.run.wall / less.run.wall
    met = value >= target if least else value <= target
    aim = f"{'≥' if least else '≤'} {target:g} x   {'met' if met else 'NOT MET'}"
    say(
        f"{name:52} {value:9.2f} x   to reach {aim}   (processor {more.run.processor / less.run.processor:.2f} x)"
    )
    for one, other in zip(more.stages, less.stages, strict=False):
        clock, processor = (one[key] / max(other[key], 0.001) for key in ("seconds", "processor_seconds"))
        say(f"    {one['stage']:48} {clock:9.2f} x   (processor {processor:.2f} x)")


def deduplications(sizes: list[int], minutes: float) -> None:
    """The corpus without near-duplicates."""
    found = by_size(
        "dedup, {:,} records, 2 jobs", sizes, minutes, lambda size: dedup(corpus("records", size), 2)
    )
    first = sizes[0]
    alone = attempt(f"dedup, {first:,} records, 1 job", lambda: dedup(corpus("records", first), 1))
    for small, large in pairwise(sizes):
        compare(f"dedup, {small:,} to {large:,}", found[large], found[small], 1.2 * large / small)
    compare("dedup, two jobs against one", alone, found[first], TWO_JOBS, least=True)


def main() -> int:
    """Print everything; 1 where a run failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split(":")[0])
    parser.add_argument("sizes", nargs="*", type=lambda text: int(text.replace(",", "")))
    parser.add_argument("--minutes", type=float, default=MINUTES)
    given = parser.parse_args()
    if not NEWS.exists():
        say(f"not measured: {Path(*NEWS.parts[-3:])} is not there")
        return 0
    sizes = sorted(set(given.sizes)) or list(SIZES)
    scan(Path("fixtures/speeches"), "passage", 2)  # so that everything is compiled
    free = shutil.disk_usage(tempfile.gettempdir()).free / 1e9
    say(f"{free:.0f} GB free for corpora and results in {tempfile.gettempdir()}\n")
    say(f"{'run':52} {'wall s':>9} {'CPU s':>9} {'peak MB':>9}")
    deduplications(sizes, given.minutes)
    for level in LEVELS:
        scans(sizes, level, given.minutes)
    return 1 if _failed else 0


if __name__ == "__main__":
    sys.exit(main())
