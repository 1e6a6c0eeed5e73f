"""What a scan says in the terminal: progress while it runs, and a summary when it is done."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reuse.model import Progress, silent
from reuse.reporting.hidden import with_hidden_shown
from reuse.reporting.naming import names_of
from reuse.reporting.tables import template_sentence
from reuse.reporting.wording import Language, Wording, percent, preferred
from reuse.result_files import REPORT
from reuse.sharing import drawing

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import TaskID
    from rich.table import Table

    from reuse.model import DocumentRecord, Family
    from reuse.reporting.result import Result

_DOCUMENTS = 12
_FAMILIES = 5
_BAR = 16
_WIDE = 100  # columns from which on the largest source is named as well
_LONGEST_WAIT = 2.0  # seconds for the thread that draws to end; it sleeps a tenth of one
# Signs that differ in grey as well, one for each part of the bar.
_PARTS = (("copied_ratio", "█", "red"), ("templated_ratio", "▓", "blue"), ("rest", "▒", "yellow"))


def language() -> Language:
    """The language of the terminal, by its locale."""
    return preferred([os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")])


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Progress]:
    """Stages on stderr, with rate and time left where a stage counts; silent when quiet or no terminal."""
    from rich.console import Console

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield silent
        return
    with _progress(console) as progress, drawing(*_stop_and_start(progress)):
        yield _Stages(progress)


def summary(result: Result, out: Path) -> None:
    """Print documents with their ratios, the passages that go round, and where the report is."""
    from rich.console import Console

    words = Wording(language())
    console = Console(highlight=False, soft_wrap=False)
    counts = {"documents": len(result.documents), "matches": len(result.matches)}
    console.print(
        words("summary.counts", **counts, families=len(result.families)), style="bold", markup=False
    )
    if result.run.get("nothing_found") is None and result.matches:
        console.print(_documents_table(result, words, wide=console.width >= _WIDE))
        if len(result.documents) > _DOCUMENTS:
            console.print(words("summary.more", n=len(result.documents) - _DOCUMENTS), markup=False)
        _print_families(result, words, console)
    else:
        console.print(result.run.get("nothing_found") or words("summary.nothing"), markup=False)
    _print_end(result, words, console, out)


class _Stages:
    """One line a stage: a finished one keeps its time, the running one its rate and time left."""

    def __init__(self, progress: Bars) -> None:
        self._progress = progress
        self._stage: str | None = None
        self._task: TaskID | None = None

    def __call__(self, stage: str, done: int | None = None, total: int | None = None) -> None:
        if stage != self._stage:
            self._finish()
            self._stage, self._task = stage, self._progress.add_task(stage, total=None)
        if self._task is not None and total is not None:
            self._progress.update(self._task, completed=done or 0, total=total)

    def _finish(self) -> None:
        if self._task is not None:
            self._progress.update(self._task, completed=1, total=1)


def _progress(console: Console) -> Bars:
    from rich.progress import (
        BarColumn,
        ProgressColumn,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bars
    from rich.text import Text

    class Rate(ProgressColumn):
        """How many of what the stage counts are done in a second."""

        def render(self, task: Any) -> Text:
            return Text(f"{task.speed:,.0f}/s" if task.total and task.speed else "")

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=_BAR),
        TimeElapsedColumn(),
        Rate(),
        TimeRemainingColumn(compact=True),
    )
    return Bars(*columns, console=console, transient=True)


def _stop_and_start(progress: Bars) -> tuple[Callable[[], None], Callable[[], None]]:
    """How to end the thread that draws, and to begin another."""

    def stop() -> None:
        progress.live.stop()
        for thread in threading.enumerate():
            if thread.daemon and thread is not threading.current_thread():
                thread.join(_LONGEST_WAIT)

    return stop, progress.live.start


def _documents_table(result: Result, words: Wording, *, wide: bool) -> Table:
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(words("summary.document"), overflow="ellipsis", no_wrap=True, max_width=36)
    table.add_column("", no_wrap=True, min_width=_BAR)
    for name in ("reused", "copied", "templated"):
        heading = words(f"summary.{name}")
        table.add_column(heading, justify="right", no_wrap=True, min_width=max(6, cell_len(heading)))
    if wide:
        table.add_column(words("summary.largest"), overflow="ellipsis", no_wrap=True, max_width=40)
    names = names_of(record.document for record in result.documents)
    for record in _most_reused(result)[:_DOCUMENTS]:
        own = record.originality
        if own is None:
            continue
        ratios = [percent(ratio) for ratio in (own.reused_ratio, own.copied_ratio, own.templated_ratio)]
        largest = own.max_source
        source = f"{percent(largest.ratio)} {_one_line(names.get(largest.document, ''))}" if largest else ""
        table.add_row(
            Text(_one_line(names[record.document.id])),
            _bar(record),
            *ratios,
            *([Text(source)] if wide else []),
        )
    return table


def _most_reused(result: Result) -> list[DocumentRecord]:
    return sorted(
        result.documents, key=lambda record: -(record.originality.reused_ratio if record.originality else 0.0)
    )


def _bar(record: DocumentRecord) -> str:
    own = record.originality
    if own is None:
        return ""
    rest = max(0.0, own.reused_ratio - own.copied_ratio - own.templated_ratio)
    shares = {"copied_ratio": own.copied_ratio, "templated_ratio": own.templated_ratio, "rest": rest}
    parts = [f"[{colour}]{sign * round(_BAR * shares[name])}[/]" for name, sign, colour in _PARTS]
    return "".join(parts)


def _print_families(result: Result, words: Wording, console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    told = [family for family in result.families if family.kind != "commonplace"]
    if not told:
        return
    table = Table(
        box=None, pad_edge=False, header_style="bold", title=words("summary.families"), title_justify="left"
    )
    table.add_column(words("summary.times"), justify="right", no_wrap=True, min_width=9)
    table.add_column(words("summary.passage"), overflow="ellipsis", no_wrap=True)
    for family in sorted(told, key=_by_documents)[:_FAMILIES]:
        table.add_row(str(family.documents), Text(_one_line(template_sentence(family.template))))
    console.print()
    console.print(table)


def _by_documents(family: Family) -> tuple[int, int]:
    return -family.documents, -family.size


def _print_end(result: Result, words: Wording, console: Console, out: Path) -> None:
    skipped = len(result.run.get("skipped", []))
    if skipped:
        console.print(words("summary.skipped", n=skipped), markup=False)
    report = out / REPORT
    too_large = result.beyond_a_page()
    if too_large and not report.is_file():
        console.print(too_large, markup=False)
    name, path = ("summary.report", report) if report.is_file() else ("summary.folder", out)
    console.print(words(name, path=path), style="bold", markup=False, soft_wrap=True)


def _one_line(text: str) -> str:
    """Text on one line, with nothing in it that could drive a terminal."""
    return with_hidden_shown(" ".join(text.split()))
