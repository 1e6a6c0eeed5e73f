"""The command as a user runs it: another process, its output, its exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARAGRAPHS = (ROOT / "fixtures" / "paragraphs.txt").read_text(encoding="utf-8").splitlines()


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run printed and how it ended."""

    out: str
    err: str
    code: int


def speech_reuse(*arguments: str | Path, cwd: Path = ROOT) -> Ran:
    """Run `python -m reuse` with these arguments."""
    done = subprocess.run(
        [sys.executable, "-m", "reuse", *map(str, arguments)],
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    return Ran(done.stdout.decode("utf-8"), done.stderr.decode("utf-8"), done.returncode)


def write_speeches(folder: Path, *middles: str) -> Path:
    """A folder of speeches, each of paragraphs of its own around one of `middles`."""
    folder.mkdir(parents=True, exist_ok=True)
    for k, middle in enumerate(middles):
        own = PARAGRAPHS[10 + 4 * k : 14 + 4 * k]
        (folder / f"speech-{k}.txt").write_text("\n".join([*own[:2], middle, *own[2:]]), encoding="utf-8")
    return folder
