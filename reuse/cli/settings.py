"""`speech-reuse explain-settings`: what the settings find, in numbers."""

from __future__ import annotations

from pathlib import Path

import click

from reuse.cli import options


@click.command("explain-settings")
@options.config
def explain_settings(config: Path | None) -> None:
    """Print the settings, the scheme they make, and what the paragraph pass finds with them."""
    from reuse.config import Settings, load
    from reuse.sketching.bands import found_with

    settings = load(config) if config else Settings()
    sketch = settings.sketching
    click.echo(f"scheme {settings.scheme}")
    click.echo(
        f"signatures of {sketch.permutations} permutations over shingles of {sketch.shingle} words; "
        f"{sketch.bands} bands of {sketch.rows} rows, a candidate pair agrees in at least {sketch.agreeing}"
    )
    click.echo("\ntwo passages of this resemblance   are found by the paragraph pass with p =")
    for hundredths in (5, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80):
        p = found_with(hundredths / 100, sketch.bands, sketch.rows, sketch.agreeing)
        click.echo(f"  {hundredths / 100:.2f}                               {p:8.4f}  {'#' * round(40 * p)}")
    click.echo("\nThe passage pass finds what shares rare runs of four characters, whatever the resemblance.")
    click.echo("\nsettings")
    for table, value in settings.as_dict().items():
        rows = value.items() if isinstance(value, dict) else [("", value)]
        for name, entry in rows:
            click.echo(f"  {table}{'.' if name else ''}{name} = {entry!r}")
