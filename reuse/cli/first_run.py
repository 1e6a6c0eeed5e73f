"""What the command says before the first scan after an installation or an update."""

from __future__ import annotations

import click

from reuse.model import Progress


def telling(progress: Progress) -> Progress:
    """`progress`, but whoever waits for the machine code of a scan is told why."""

    def tell(stage: str, done: int | None = None, total: int | None = None) -> None:
        if stage == "compiling":
            click.echo("speech-reuse: first run: compiling, this once, about a minute", err=True)
        progress(stage, done, total)

    return tell
