"""`speech-reuse dedup`: a corpus without its near-duplicate records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reuse.cli import options

if TYPE_CHECKING:
    from reuse.deduplication import Deduplicated

_NAMED = 10
"""Skipped records that are named on the terminal."""


@click.command()
@click.argument("inputs", metavar="CORPUS...", nargs=-1, required=True)
@click.option(
    "--out",
    "out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file for kept records: .jsonl, .jsonl.gz or .parquet.",
)
@click.option(
    "--keep",
    type=click.Choice(["first", "longest", "earliest"]),
    default="first",
    show_default=True,
    help="Which of several to keep: the first in the input, the longest text, the earliest `date`.",
)
@click.option(
    "--threshold",
    type=float,
    help="Resemblance from which a record is removed: the share of word pairs in common. Default: 0.7.",
)
@click.option(
    "--removed",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file that lists removed records. Default: like --out, with .removed.jsonl.",
)
@options.jobs
@options.quiet
def dedup(
    inputs: tuple[str, ...],
    out: Path,
    keep: str,
    threshold: float | None,
    removed: Path | None,
    jobs: int,
    quiet: bool,
) -> None:
    """Copy CORPUS without records that are equal or nearly equal to one that is kept.

    CORPUS is tables (.jsonl, .jsonl.gz, .csv, .parquet) with a column `text`, or anything else that `scan` reads. Kept records
    are written in input order with all their fields untouched; every removed one is listed with the reason, the resemblance
    and the record kept instead, which it resembles to the threshold itself: no chains of ever less similar records.

    Words are compared; digits, punctuation and layout are not. A text of fewer than three pairs of words is only removed when
    it is equal to the character.
    """
    from reuse.cli.summary import progress_bar
    from reuse.deduplication import deduplicate
    from reuse.deduplication.running import THRESHOLD

    with progress_bar(quiet=quiet) as progress:
        done = deduplicate(
            list(inputs),
            out,
            keep=keep,  # type: ignore[arg-type]
            threshold=THRESHOLD if threshold is None else threshold,
            removed=removed,
            jobs=jobs,
            progress=progress,
        )
    _tell_skipped(done)
    if not quiet:
        _tell(done)


def _tell_skipped(done: Deduplicated) -> None:
    for item in done.skipped[:_NAMED]:
        click.echo(f"skipped {item.source}: {item.message}", err=True)
    count = sum(done.unreadable.values())
    if count > _NAMED:
        reasons = ", ".join(f"{reason} {number:,}" for reason, number in done.unreadable.items())
        click.echo(f"skipped in all: {count:,} ({reasons})", err=True)


def _tell(done: Deduplicated) -> None:
    gone = done.equal + done.near
    share = gone / done.records
    click.echo(f"{done.records:,} records, {done.kept:,} kept: {done.out}")
    click.echo(
        f"{gone:,} removed ({share:.1%}): {done.equal:,} equal, {done.near:,} near; listed in {done.removed}"
    )
    if done.dropped:
        click.echo(
            f"{done.dropped:,} comparisons left out in crowded bands; near-duplicates may remain there"
        )
