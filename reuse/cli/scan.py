"""`speech-reuse scan`: all documents against each other, written to a folder."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from reuse.cli import options


def megabytes(value: str) -> int:
    """An amount of memory in whole megabytes: a number with K, M, G or T behind it, megabytes without.

    Raises BadParameter for anything else.
    """
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)\s*([KMGT]?)i?B?", value.strip(), re.IGNORECASE)
    if found is None:
        raise click.BadParameter(f"{value!r} is no amount of memory: expected for example 4G or 800M")
    power = {"K": -1, "": 0, "M": 0, "G": 1, "T": 2}[found[2].upper()]
    return int(float(found[1]) * 1024.0**power)


@click.command()
@click.argument("inputs", nargs=-1, required=True)
@click.option(
    "--out", "out", required=True, type=click.Path(path_type=Path), help="The folder to write the result to."
)
@click.option(
    "--level",
    type=click.Choice(["paragraph", "passage"]),
    help="paragraph: near-duplicate paragraphs only. Default: both passes.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    help="How many to work at once; the result does not depend on it. Default: 2.",
)
@click.option(
    "--memory",
    type=megabytes,
    metavar="SIZE",
    help="How much the arrays of comparable text, of the gram index and of what was found so far may take (4G, 800M); beyond "
    "it they live in temporary files (TMPDIR). The texts themselves (two to four bytes a character), what a step works "
    "with, families and originality come on top. Default: a quarter of the machine's.",
)
@click.option("--resume", is_flag=True, help="Go on where an interrupted scan to the same --out stopped.")
@click.option("--no-report", is_flag=True, help="Do not write report.html.")
@options.quiet
@options.config
def scan(
    inputs: tuple[str, ...],
    out: Path,
    level: str | None,
    jobs: int | None,
    memory: int | None,
    resume: bool,
    no_report: bool,
    quiet: bool,
    config: Path | None,
) -> None:
    """Find what the speeches of INPUTS share.

    INPUTS are files, folders, globs or tables (.jsonl, .jsonl.gz, .csv, .parquet) with a column `text`.
    """
    from reuse.cli.first_run import telling
    from reuse.cli.summary import progress_bar, summary
    from reuse.config import Settings, load
    from reuse.pipeline import scan as scan_inputs
    from reuse.reporting.checkpoints import Checkpoints

    settings = load(config) if config else Settings()
    given: dict[str, Any] = {
        key: value
        for key, value in (("level", level), ("jobs", jobs), ("memory", memory))
        if value is not None
    }
    checkpoints = Checkpoints(out, resume=resume)
    with progress_bar(quiet=quiet) as progress:
        result = scan_inputs(
            list(inputs),
            settings=settings,
            progress=progress if quiet else telling(progress),
            checkpoints=checkpoints,
            **given,
        )
        progress("writing")
        result.save(out, report=not no_report, jobs=settings.changed(**given).jobs)
    checkpoints.clear()
    if resume:
        taken = ", ".join(result.run["resumed"]) or "nothing (no stage of these inputs and settings was kept)"
        click.echo(f"taken over from the interrupted scan: {taken}", err=True)
    for item in result.run["skipped"]:
        click.echo(f"skipped {item['source']}: {item['message']}", err=True)
    if not quiet:
        summary(result, out)
