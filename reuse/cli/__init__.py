"""The command `speech-reuse`: one module per group of verbs, imported when a verb is called.

Results go to files and stdout, talk and progress to stderr. Exit codes: 0 done, 2 wrong usage or unreadable input, 1
anything else.
"""

from __future__ import annotations

import sys
from importlib import import_module, metadata

import click

from reuse import __version__
from reuse.model import ConfigError, InputError, MissingExtraError, ReuseError

VERBS = {
    "scan": "reuse.cli.scan",
    "compare": "reuse.cli.compare",
    "read": "reuse.cli.reading",
    "clean": "reuse.cli.reading",
    "families": "reuse.cli.families",
    "audit": "reuse.cli.audit",
    "dedup": "reuse.cli.dedup",
    "explain": "reuse.cli.explain",
    "export": "reuse.cli.export",
    "background": "reuse.cli.background",
    "explain-settings": "reuse.cli.settings",
}
"""Each verb and the module that defines it, as a click command named like the verb."""


class Verbs(click.Group):
    """A group whose commands are imported when they are called, so that help stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs in the order people need them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a verb, or None if there is none."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = getattr(import_module(VERBS[cmd_name]), cmd_name.replace("-", "_"))
        return command


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="speech-reuse")
def speech_reuse() -> None:
    """Find what speeches share: copied paragraphs, edited passages, filled-in templates.

    \b
    speech-reuse scan FOLDER --out RESULT     all speeches of a folder against each other
    speech-reuse compare A.docx B.txt         two texts side by side
    speech-reuse read FILE                    the text as it is read
    """


def main() -> None:
    """Run the command; the package's errors become one line on stderr and an exit code."""
    _refuse_namesake()
    try:
        speech_reuse.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("stopped", err=True)
        sys.exit(1)
    except (InputError, ConfigError, MissingExtraError) as error:
        click.echo(f"speech-reuse: {error}", err=True)
        sys.exit(2)
    except ReuseError as error:
        click.echo(f"speech-reuse: {error}", err=True)
        sys.exit(1)


def _refuse_namesake() -> None:
    """The FSFE licence tool `reuse` owns the same import name: in one environment each breaks the other."""
    try:
        metadata.distribution("reuse")
    except metadata.PackageNotFoundError:
        return
    click.echo(
        "speech-reuse: the package `reuse` (a licence tool) is installed in this environment and has the same import name; "
        "install speech-reuse in an environment of its own (pipx, uv tool, or a venv)",
        err=True,
    )
    sys.exit(2)
