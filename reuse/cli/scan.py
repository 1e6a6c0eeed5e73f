"""`speech-reuse scan`: all documents against each other, written to a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


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
@click.option("--no-report", is_flag=True, help="Do not write report.html.")
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="A TOML file of settings.")
def scan(
    inputs: tuple[str, ...],
    out: Path,
    level: str | None,
    jobs: int | None,
    no_report: bool,
    quiet: bool,
    config: Path | None,
) -> None:
    """Find what the speeches of INPUTS share.

    INPUTS are files, folders, globs or tables (.jsonl, .jsonl.gz, .csv, .parquet) with a column `text`.
    """
    from reuse.cli.summary import progress_bar, summary
    from reuse.config import Settings, load
    from reuse.pipeline import scan as scan_inputs

    settings = load(config) if config else Settings()
    options: dict[str, Any] = {
        key: value for key, value in (("level", level), ("jobs", jobs)) if value is not None
    }
    with progress_bar(quiet=quiet) as progress:
        result = scan_inputs(list(inputs), settings=settings, progress=progress, **options)
        progress("writing")
        result.save(out, report=not no_report)
    for item in result.run["skipped"]:
        click.echo(f"skipped {item['source']}: {item['message']}", err=True)
    if not quiet:
        summary(result, out)
