"""`speech-reuse explain`: a match in words."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.argument("match_id")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language. Default: that of the terminal.")
def explain(directory: Path, match_id: str, lang: str | None) -> None:
    """Say in words why MATCH_ID of the scan in DIRECTORY is a match.

    Ids stand in matches.jsonl, and under each match of the report.
    """
    from reuse.cli.summary import language
    from reuse.reporting.explaining import explain as in_words
    from reuse.reporting.result import Result

    result = Result.load(directory)
    click.echo(in_words(result, match_id, "zh" if lang == "zh" else "en" if lang else language()))
