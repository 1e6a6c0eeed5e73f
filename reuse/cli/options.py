"""Options that several commands take, and mean the same in each."""

from __future__ import annotations

from pathlib import Path

import click

jobs = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="Processes that work at once; the result does not depend on it.",
)
quiet = click.option("--quiet", is_flag=True, help="Say nothing but errors.")
config = click.option(
    "--config", type=click.Path(path_type=Path, dir_okay=False), help="A TOML file of settings."
)
