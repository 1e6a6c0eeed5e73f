"""Print the figures: `python -m tests.quality [PART...]`; exit code 1 when one is behind its floor."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.quality.errors import ERRORS
from tests.quality.figures import PARTS, Figure
from tests.quality.floors import FloorError, broken, raised, read_floors, write_floors
from tests.quality.scans import CORPUS_DOCUMENTS, Scans, package_scans
from tests.quality.table import table_lines


def _saved_result(pair: str) -> tuple[str, Path]:
    name, _, folder = pair.partition("=")
    if name not in {"speeches", *CORPUS_DOCUMENTS} or not folder:
        known = ", ".join(["speeches", *CORPUS_DOCUMENTS])
        raise argparse.ArgumentTypeError(f"{pair!r}: expected CORPUS=DIR, CORPUS one of {known}")
    return name, Path(folder)


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description="Measure the detector.")
    parser.add_argument("part", nargs="*", help="one of: " + "; ".join(part.name for part in PARTS))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument(
        "--saved",
        action="append",
        type=_saved_result,
        default=[],
        metavar="CORPUS=DIR",
        help="take the matches on a corpus from a saved result",
    )
    parser.add_argument(
        "--errors", choices=sorted(ERRORS), help="print the errors of a part, with their texts"
    )
    parser.add_argument("--update", action="store_true", help="raise the floors to these figures")
    parser.add_argument("--allow-regression", default="", metavar="REASON", help="lets --update lower floors")
    options = parser.parse_args(argv)
    unknown = set(options.part) - {part.name for part in PARTS}
    if unknown:
        parser.error(f"no part is called {', '.join(sorted(unknown))}")
    return options


def _measure(scans: Scans, names: Sequence[str]) -> list[Figure]:
    figures = []
    for part in PARTS:
        if names and part.name not in names:
            continue
        started = time.perf_counter()
        figures += part.figures(scans)
        print(f"{part.name}: {time.perf_counter() - started:.1f} s", file=sys.stderr)
    return figures


def main(argv: Sequence[str]) -> int:
    """Measure, print, and hold the figures against their floors."""
    options = _arguments(argv)
    scans = package_scans(options.jobs, dict(options.saved))
    if options.errors:
        print("\n".join(ERRORS[options.errors](scans)))
        return 0
    figures, floors = _measure(scans, options.part), read_floors()
    print("\n".join(table_lines(figures, floors)))
    if not options.update:
        problems = broken(figures, floors)
        print("\n".join(problems), file=sys.stderr)
        return 1 if problems else 0
    try:
        write_floors(raised(figures, floors, options.allow_regression))
    except FloorError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
