"""The stages in order: read and sketch, decide, copy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from reuse.config import Settings
from reuse.deduplication.copying import copy_records, write_removed
from reuse.deduplication.corpus import Corpus
from reuse.deduplication.deciding import Decision, Keep, Sketches, decide
from reuse.deduplication.output import PARQUET, form_of, named, removed_beside, written_whole
from reuse.deduplication.register import Register
from reuse.deduplication.sketching import Gathered, Scheme, scheme_for, sketch_all
from reuse.model import ConfigError, Document, InputError, Progress, Skipped, silent
from reuse.reading.gathering import FoundFile
from reuse.reporting.folder import writing

if TYPE_CHECKING:
    from reuse.deduplication.parquet import Columns

THRESHOLD = 0.7
"""The resemblance from which a record is removed: 82 of 100 word pairs are shared. Other deduplicators have 0.7 to 0.8."""
TOLD = 1000
"""Skipped records that are told of one by one; the rest are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduplicated:
    """What was done.

    `records` were read, of which `kept`, and removed as `equal` or `near`. `unreadable` counts by reason what is in
    neither file because it could not be used; `skipped` names the first thousand. `dropped` counts comparisons left
    out where a hundred kept records agreed with a record in one band already. `out` and `removed` are the files.
    """

    records: int
    kept: int
    equal: int
    near: int
    dropped: int
    unreadable: dict[str, int]
    skipped: list[Skipped]
    out: Path
    removed: Path


def deduplicate(
    inputs: str | Path | Sequence[str | Path],
    out: str | Path,
    *,
    keep: Keep = "first",
    threshold: float = THRESHOLD,
    removed: str | Path | None = None,
    jobs: int = 2,
    settings: Settings | None = None,
    progress: Progress = silent,
) -> Deduplicated:
    """Copy the records of `inputs` to `out`, all fields untouched, without those that resemble a kept one to `threshold`.

    `inputs` are what `scan` reads. `out` ends in `.jsonl`, `.jsonl.gz` or `.parquet`; records keep the order of the input.
    `removed` gets a line of JSON for each record that was left out: `id`, `place`, `reason` (`equal`: the same text,
    `near`), `resemblance`, `containment` (how much of it the kept one holds), `kept` and `kept_place`: the record that is
    kept instead. The answer does not depend on `jobs`.

    Raises ConfigError for options out of range, InputError when nothing can be read or a file is both input and output,
    OutputError when something cannot be written.
    """
    target = Path(out)
    given = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    aside = Path(removed) if removed is not None else removed_beside(target)
    _check(keep, threshold, jobs, target, aside)
    corpus = Corpus(given)
    _refuse_own_output(corpus, target, aside)
    with written_whole(target, aside) as (kept_file, removed_file):
        progress("reading and sketching")
        reading = _Reading(corpus, target)
        sketches = reading.read(scheme_for(settings or Settings(), threshold), jobs, keep)
        progress("deciding")
        decision = decide(sketches, keep, threshold)
        copy_records(
            corpus, reading.register, decision, kept_file, form_of(target), reading.columns, progress
        )
        write_removed(reading.register, decision, removed_file, form_of(aside))
        if changed := corpus.changed():
            raise InputError(f"{changed.path} was changed while it was read; run again when it is complete")
    return _account(reading, decision, target, aside)


def _check(keep: str, threshold: float, jobs: int, out: Path, aside: Path) -> None:
    if keep not in get_args(Keep):
        raise ConfigError(f"keep is {keep!r}; it must be one of {', '.join(get_args(Keep))}")
    if not 0 < threshold <= 1:
        raise ConfigError(f"threshold is {threshold:g}; it must be above 0 and at most 1")
    if jobs < 1:
        raise ConfigError(f"jobs is {jobs}; it must be at least 1")
    form_of(out)
    if form_of(aside) == PARQUET:
        raise ConfigError(f"{aside}: the removed records are listed as .jsonl or .jsonl.gz")
    if out.resolve() == aside.resolve():
        raise ConfigError(f"{out} cannot hold both the kept and the removed records")


def _refuse_own_output(corpus: Corpus, *outputs: Path) -> None:
    for path in outputs:
        if any(file.path.resolve() == path.resolve() for file in corpus.files):
            raise InputError(f"{path} is both input and output; choose another place for the output")


class _Reading:
    """The first way through the corpus: what is kept of the records, and what could not be used."""

    def __init__(self, corpus: Corpus, out: Path) -> None:
        self.register = Register(corpus.files)
        self.columns = _columns() if form_of(out) == PARQUET else None
        self.unreadable: Counter[str] = Counter()
        self.skipped: list[Skipped] = []
        self._corpus = corpus
        self._out = out
        for item in corpus.skipped:
            self._skip(item)

    def read(self, scheme: Scheme, jobs: int, keep: Keep) -> Sketches:
        """The sketches of all records. Raises InputError when there are none, or no date to keep the earliest by."""
        with writing(self._out.parent):
            gathered = Gathered(self._out.parent)
        with closing(gathered):
            for block in sketch_all(self._documents(gathered), scheme, jobs):
                with writing(self._out.parent):
                    gathered.add(block)
            self._refuse_useless(gathered, keep)
            return gathered.sketches(scheme.least)

    def _refuse_useless(self, gathered: Gathered, keep: Keep) -> None:
        if not len(gathered):
            reasons = "; ".join(f"{item.source} {item.message}" for item in self.skipped[:5])
            raise InputError(f"no record can be used: {reasons or 'no file was found'}")
        if keep == "earliest" and not gathered.dated():
            raise InputError(
                "no record has a date in a field `date`, so none is the earliest: use --keep first"
            )

    def _documents(self, gathered: Gathered) -> Iterator[Document]:
        for index, file in enumerate(self._corpus.files):
            before = len(self.register)
            for entry in self._corpus.entries(file):
                if isinstance(entry, Skipped):
                    self._skip(entry)
                    continue
                self.register.add(index, entry.number, entry.identity)
                gathered.note(entry.document)
                if self.columns is not None and self._corpus.format(file) != "parquet":
                    self.columns.add(named(entry.fields))
                yield entry.document
            if self._corpus.format(file) == "parquet" and len(self.register) > before:
                self._take_columns(file)

    def _take_columns(self, file: FoundFile) -> None:
        if self.columns is not None:
            self.columns.add_file(file.path)
        else:
            from reuse.deduplication.parquet import refuse_bytes

            refuse_bytes(file.path)

    def _skip(self, item: Skipped) -> None:
        self.unreadable[item.reason] += 1
        if len(self.skipped) < TOLD:
            self.skipped.append(item)


def _columns() -> Columns:
    from reuse.deduplication.parquet import Columns

    return Columns()


def _account(reading: _Reading, decision: Decision, out: Path, aside: Path) -> Deduplicated:
    equal, left_out = int(decision.equal.sum()), int((decision.keeper >= 0).sum())
    return Deduplicated(
        records=len(decision.keeper),
        kept=len(decision.keeper) - left_out,
        equal=equal,
        near=left_out - equal,
        dropped=decision.dropped,
        unreadable=dict(sorted(reading.unreadable.items())),
        skipped=reading.skipped,
        out=out,
        removed=aside,
    )
