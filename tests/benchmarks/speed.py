"""`python -m tests.benchmarks.speed`: the textbook pipeline, peers and the package on the same paragraphs, in one run.

Machines are noisy: read the ratios of one run, not seconds of several.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.benchmarks.first_run import first_run
from tests.benchmarks.measuring import NEWS, PEERS, Cost, measured, table

SMALL = "10000"
PAIR_PEERS = ("rensa",)
"""Peers that find pairs, as the paragraph pass does."""
DEDUP_PEERS = ("datatrove", "text_dedup")
"""Peers that leave near-duplicates out, as `dedup` does."""


def package(what: str, size: str, jobs: int) -> Cost:
    """The package on so many paragraphs, or scanning the whole corpus."""
    name = f"package, {what} {size}, jobs {jobs}"
    return measured(name, "tests.benchmarks.package", what, size, str(jobs))


def peers(names: tuple[str, ...]) -> tuple[list[Cost], list[str]]:
    """Peers that are installed (`make bench` does so), and why others did not run."""
    python = PEERS if PEERS.exists() else sys.executable
    costs, absent = [], []
    for peer in names:
        module = f"tests.benchmarks.peer_{peer}"
        try:
            costs.append(measured(f"{peer} with rjieba, {SMALL}", module, SMALL, python=python))
        except RuntimeError as error:
            absent.append(f"did not run: {error}")
    return costs, absent


def main() -> int:
    """Print the tables."""
    if not NEWS.exists():
        print(f"not measured: {Path(*NEWS.parts[-3:])} is not there")
        return 0
    textbook = measured(f"textbook, {SMALL}", "tests.benchmarks.textbook", SMALL)
    others, absent = peers(PAIR_PEERS)
    deduplicators, also_absent = peers(DEDUP_PEERS)
    small = package("paragraphs", SMALL, 2)
    large = [package("paragraphs", "all", jobs) for jobs in (1, 2)]
    print("paragraph pass: segmentation to verified pairs")
    print("\n".join(table([textbook, *others, small, *large], textbook)))
    print("\n".join(absent))
    print("\nnear-duplicates left out: a list of records to those that are kept")
    print("\n".join(table([textbook, *deduplicators, package("dedup", SMALL, 2)], textbook)))
    print("\n".join(also_absent))
    print("\nscan from the file to the written folder")
    print("\n".join(table([package(level, "all", 2) for level in ("paragraph", "passage")], textbook)))
    print("\n" + "\n".join(first_run()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
