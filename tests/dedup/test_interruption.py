"""A file that is there is whole: after a kill at any moment, and when room runs out."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reuse.deduplication import deduplicate
from reuse.model import OutputError
from tests.cli.running import ROOT
from tests.dedup.material import LONG, read_lines, write_lines

KILLING = """
import os, random, signal, sys, time
from pathlib import Path
from reuse.deduplication import deduplicate

corpus, folder = Path(sys.argv[1]), Path(sys.argv[2])
out, removed = folder / "kept.jsonl", folder / "kept.removed.jsonl"
deduplicate(corpus, out, jobs=1)
begun = time.perf_counter()
deduplicate(corpus, out, jobs=1)
whole = time.perf_counter() - begun
expected = out.read_bytes(), removed.read_bytes()
rng = random.Random(7)
found = []
for trial in range(24):
    out.unlink(missing_ok=True)
    removed.unlink(missing_ok=True)
    child = os.fork()
    if not child:
        deduplicate(corpus, out, jobs=1)
        os._exit(0)
    time.sleep(rng.random() * whole * 1.2)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    found.append(out.exists())
    if out.exists():
        assert (out.read_bytes(), removed.read_bytes()) == expected
deduplicate(corpus, out, jobs=1)
assert sorted(path.name for path in folder.iterdir()) == ["kept.jsonl", "kept.removed.jsonl"]
assert (out.read_bytes(), removed.read_bytes()) == expected
print(found.count(False), "killed before the end")
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    rows = [{"id": k, "text": f"{LONG[k % 40]}{LONG[k % 37]}"} for k in range(1500)]
    return write_lines(tmp_path / "corpus.jsonl", rows)


def test_a_kill_at_any_moment_leaves_no_half_file(tmp_path: Path, corpus: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", KILLING, str(corpus), str(tmp_path / "out")],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert int(ran.stdout.split()[0]) >= 8


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file of this process may grow beyond `size` bytes: what a full disk looks like."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("name", ["kept.jsonl", "kept.jsonl.gz", "kept.parquet"])
@pytest.mark.parametrize("size", [100, 300_000])
def test_no_room_is_an_error_and_leaves_the_old_files(
    tmp_path: Path, corpus: Path, name: str, size: int
) -> None:
    """100 bytes do not hold the sketches, 300,000 not the kept records."""
    out = tmp_path / "out" / name
    few = write_lines(tmp_path / "few.jsonl", [{"id": 1, "text": LONG[0]}])
    deduplicate(few, out, jobs=1)
    before = {path: path.read_bytes() for path in out.parent.iterdir()}
    noise = random.Random(1)
    large = write_lines(
        tmp_path / "large.jsonl",
        [{"text": text, "noise": noise.randbytes(10_000).hex()} for text in LONG],
    )
    with room_for(size), pytest.raises(OutputError, match="make room"):
        deduplicate(large, out, jobs=1)
    assert {path: path.read_bytes() for path in out.parent.iterdir()} == before
    assert len(read_lines(out.parent / "kept.removed.jsonl")) == 0
