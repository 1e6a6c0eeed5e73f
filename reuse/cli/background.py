"""`speech-reuse background`: a table of what is common in a kind of text."""

from __future__ import annotations

from pathlib import Path

import click

from reuse.cli import options


@click.command()
@click.argument("inputs", metavar="CORPUS...", nargs=-1, required=True)
@click.option(
    "--out",
    "out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file for the table (.npz).",
)
@options.jobs
@options.quiet
def background(inputs: tuple[str, ...], out: Path, jobs: int, quiet: bool) -> None:
    """Count which wording is common in CORPUS, so that scans of other texts of its kind do not take it for reuse.

    CORPUS is whatever `scan` reads: the more documents, and the more different their authors, the better; those to be scanned
    need not be among them. The table counts documents that hold each run of up to four characters, and no longer text.
    A scan takes it, instead of the package's own, which was made of reports and news of China's public life, from a
    settings file (`--config`): under `[matching]` the line `background = "TABLE.npz"`.
    """
    from reuse.cli.first_run import telling
    from reuse.cli.summary import progress_bar
    from reuse.config import ReadingSettings
    from reuse.matching.background import write
    from reuse.model import OutputError
    from reuse.pipeline import background_of
    from reuse.reading import read_inputs

    with progress_bar(quiet=quiet) as progress:
        progress("reading")
        readings = read_inputs(list(inputs), ReadingSettings(), jobs=jobs)
        for item in readings.skipped:
            click.echo(f"skipped {item.source}: {item.message}", err=True)
        made = background_of(readings.documents, progress=progress if quiet else telling(progress), jobs=jobs)
    try:
        with out.open("wb") as file:
            write(made, file)
    except OSError as error:
        raise OutputError(f"{out} cannot be written ({error.strerror})") from error
    if not quiet:
        click.echo(f"{out}: {len(made.grams):,} runs of characters that are common")
