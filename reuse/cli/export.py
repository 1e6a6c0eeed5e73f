"""`speech-reuse export`: a result for other programs."""

from __future__ import annotations

from pathlib import Path

import click

FORMATS = ("xlsx", "csv", "jsonl", "parquet", "passim", "graphml")


@click.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--format", "format_", type=click.Choice(FORMATS), required=True, help="What to write.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="File or folder to write. Default: inside DIRECTORY."
)
@click.option("--min-score", type=float, default=0.0, help="Leave out matches that score less.")
@click.option(
    "--min-evidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out matches of less evidence."
)
def export(directory: Path, format_: str, out: Path | None, min_score: float, min_evidence: float) -> None:
    """Write the result in DIRECTORY as tables (xlsx, csv, jsonl, parquet), for passim's tools, or as a graph.

    The files written are listed on stdout.
    """
    from reuse.reporting.exports import default_path
    from reuse.reporting.exports import export as write
    from reuse.reporting.result import Result

    result = Result.load(directory)
    if min_score > 0 or min_evidence > 0:
        result = result.at(min_score=min_score, min_evidence=min_evidence)
    for path in write(result, format_, out or default_path(directory, format_)):
        click.echo(str(path))
