"""What the command says before the first scan after an installation or an update."""

from __future__ import annotations

import click

from reuse.model import Progress

_SAYS = {
    "compiling": "first run: compiling, this once, about a minute",
    "compiling for later scans": "first run: another process compiles what later scans need, about two minutes; "
    "this one goes on without, slower",
}


def telling(progress: Progress) -> Progress:
    """`progress`, but whoever waits for the machine code of a scan, or goes without, is told why."""

    def tell(stage: str, done: int | None = None, total: int | None = None) -> None:
        if stage in _SAYS:
            click.echo(f"speech-reuse: {_SAYS[stage]}", err=True)
        progress(stage, done, total)

    return tell
