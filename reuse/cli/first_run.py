"""What the command does before the first scan after an installation or an update."""

from __future__ import annotations

import click

from reuse.model import Progress


def prepared(*, quiet: bool) -> None:
    """See to it that the machine code of a scan is in the cache, and say so where that takes a while."""
    from reuse.preparing import is_prepared, prepare

    if is_prepared():
        return
    if not quiet:
        click.echo("speech-reuse: first run: compiling, this once, about a minute", err=True)
    prepare()


def prepared_after_reading(progress: Progress, *, quiet: bool) -> Progress:
    """`progress`, but with `prepared` before the first stage behind reading: who names no file that is there hears so at
    once."""
    begun = False

    def tell(stage: str, done: int | None = None, total: int | None = None) -> None:
        nonlocal begun
        if not begun and stage != "reading":
            begun = True
            prepared(quiet=quiet)
        progress(stage, done, total)

    return tell
