"""The stages in order. Only this module knows it: bytes, documents, comparable text, matches, families, originality, result."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reuse.config import Settings
from reuse.model import ConfigError, Document, DocumentRecord, InputError, Match, Progress, silent
from reuse.reading import Readings, read_inputs, stamps
from reuse.run_record import Stages, run_record, versions
from reuse.sharing import collector_paused

if TYPE_CHECKING:
    from reuse.matching.background import Background
    from reuse.matching.detection import Detected
    from reuse.paragraph_table import ParagraphTable
    from reuse.reporting import Result
    from reuse.reporting.checkpoints import Checkpoints
    from reuse.storage import Storage
    from reuse.text.comparable import ComparableText


def scan(
    inputs: Any,
    *,
    settings: Settings | None = None,
    progress: Progress = silent,
    checkpoints: Checkpoints | None = None,
    **options: Any,
) -> Result:
    """Find what the documents of `inputs` share.

    `inputs` are paths, `Document`s, a list of strings or a pandas DataFrame. `options` change single settings (`jobs=2`,
    `level="paragraph"`). With `checkpoints` (inputs are paths then) finished stages are kept, and those of an interrupted
    run taken over. Raises ConfigError for an option that is unknown or out of range, InputError when nothing can be read,
    OutputError when there is no room for what is kept.
    """
    chosen = (settings or Settings()).changed(**options)
    _background(chosen)  # who names a file that is not there hears so before anything is read
    _sensitive_words(chosen)
    stages = Stages(progress)
    stages("reading")
    if checkpoints is None:
        readings = read_inputs(inputs, chosen.reading, jobs=chosen.jobs)
    else:
        readings = _read_or_resumed(inputs, chosen, checkpoints)
    _make_ready(readings.documents, stages)
    with collector_paused():
        return scan_documents(readings, chosen, stages, checkpoints)


def _make_ready(documents: Sequence[Document], stages: Stages) -> None:
    """Have the kernels compiled, or interpreted, where there is no machine code yet; after reading, so that who names no file
    that is there hears so at once."""
    from reuse.preparing import make_ready

    make_ready(sum(len(document.text) for document in documents), stages)


def scan_documents(
    readings: Readings, settings: Settings, stages: Stages, checkpoints: Checkpoints | None = None
) -> Result:
    """The stages behind reading."""
    from reuse.auditing import audit
    from reuse.families import build_families
    from reuse.reporting import Result
    from reuse.storage import Storage
    from reuse.text.comparable import comparable

    documents = readings.documents
    storage = Storage(None if settings.memory is None else settings.memory << 20)
    stages("comparable text")
    text = comparable(documents, jobs=settings.jobs, storage=storage)
    if checkpoints is None:
        detected = _detected(documents, text, settings, stages, storage)
    else:
        detected = _detected_or_resumed(documents, text, settings, stages, storage, checkpoints)
    to_audit = _records(documents, text), _paragraphs(documents, text), text.compared()
    symbols = len(text.symbols)
    del text  # a quarter of the memory, which families and audit need
    stages("families")
    families = build_families(documents, detected.matches, settings.families, jobs=settings.jobs)
    stages("originality")
    audited = audit(
        *to_audit,
        families.matches,
        families.families,
        settings.auditing,
        versions=families.versions,
        jobs=settings.jobs,
    )
    stages.end()
    counts = {"symbols_compared": symbols, **detected.counts, "bytes_spilled": storage.spilled}
    run = run_record(readings, settings, stages, counts, families.matches, audited.documents)
    run["resumed"] = [] if checkpoints is None else list(checkpoints.resumed)
    return Result(audited.documents, audited.paragraphs, families.matches, families.families, run)


def _read_or_resumed(inputs: Any, settings: Settings, checkpoints: Checkpoints) -> Readings:
    from reuse.reporting.checkpoints import key_of

    checkpoints.inputs = key_of("documents", stamps(inputs), settings.as_dict()["reading"], versions())
    kept = checkpoints.documents()
    if kept is not None:
        return Readings.of(*kept)
    readings = read_inputs(inputs, settings.reading, jobs=settings.jobs)
    checkpoints.keep_documents(readings.told(), readings.documents)
    return readings


def _detected_or_resumed(
    documents: Sequence[Document],
    text: ComparableText,
    settings: Settings,
    stages: Stages,
    storage: Storage,
    checkpoints: Checkpoints,
) -> Detected:
    from reuse.matching.detection import Detected
    from reuse.reporting.checkpoints import key_of

    tables = ("level", "text", "sketching", "matching")
    chosen = {name: value for name, value in settings.as_dict().items() if name in tables}
    named = (settings.matching.background, settings.text.sensitive)
    digests = [hashlib.sha256(Path(file).read_bytes()).hexdigest() if file else "" for file in named]
    key = key_of("matches", checkpoints.inputs, chosen, digests, versions())
    kept = checkpoints.matches(key, documents)
    if kept is not None:
        return Detected(*kept)
    detected = _detected(documents, text, settings, stages, storage)
    checkpoints.keep_matches(key, detected.matches, detected.counts)
    return detected


def _detected(
    documents: Sequence[Document], text: ComparableText, settings: Settings, stages: Stages, storage: Storage
) -> Detected:
    from reuse.matching.detection import detect
    from reuse.text import words

    stages("words")
    cut = words.cut(text, name=settings.text.segmenter, jobs=settings.jobs)
    return detect(
        documents,
        text,
        cut,
        level=settings.level,
        sketch=settings.sketching,
        settings=settings.matching,
        jobs=settings.jobs,
        background=_background(settings),
        sensitive=_sensitive_words(settings),
        stage=stages,
        storage=storage,
    )


def _background(settings: Settings) -> Background | None:
    """The table of general text that settings name, None for the package's own."""
    from reuse.matching import background

    path = settings.matching.background
    if not path:
        return None
    try:
        with Path(path).open("rb") as file:
            return background.read(file)
    except OSError as error:
        raise ConfigError(f"matching.background: {path} cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise ConfigError(
            f"matching.background: {path} is no table that `speech-reuse background` made ({error})"
        ) from error


def _sensitive_words(settings: Settings) -> tuple[str, ...] | None:
    """The words of the list that settings name, None for the package's own."""
    from reuse.text.sensitive import parse_words

    path = settings.text.sensitive
    if not path:
        return None
    try:
        return parse_words(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"text.sensitive: {path} cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"text.sensitive: {path} is not UTF-8 ({error}); save it as UTF-8") from error


def background_of(
    inputs: Any, *, settings: Settings | None = None, progress: Progress = silent, **options: Any
) -> Background:
    """A table of what is common in `inputs`, for scans of other texts of their kind.

    Takes what `scan` takes. Raises InputError when nothing can be read, or too few documents share anything.
    """
    from reuse.matching import background
    from reuse.text.comparable import comparable

    chosen = (settings or Settings()).changed(**options)
    stages = Stages(progress)
    stages("reading")
    documents = read_inputs(inputs, chosen.reading, jobs=chosen.jobs).documents
    _make_ready(documents, stages)
    stages("comparable text")
    text = comparable(documents, jobs=chosen.jobs)
    stages("gram index")
    found = background.made_of(text, jobs=chosen.jobs)
    stages.end()
    if not len(found.grams):
        raise InputError(
            f"no wording stands in {background.LEAST} of the {len(documents)} documents: "
            "a table of general text needs more of them"
        )
    return found


def compare(a: str, b: str, *, settings: Settings | None = None, **options: Any) -> list[Match]:
    """The matches between two texts, as `scan` would report them; spans are code points of `a` (left) and `b` (right).

    `options` change single settings, as those of `scan` do. Raises InputError when either is no text.
    """
    from reuse.reading import read_text

    for text in (a, b):
        if not isinstance(text, str):
            raise InputError(f"cannot compare a {type(text).__name__}: give two texts")
    chosen = (settings or Settings()).changed(**options)
    documents = [read_text(text, name, chosen.reading) for name, text in (("a", a), ("b", b))]
    return list(scan(documents, settings=chosen).matches)


def scan_pair(
    left: Path, right: Path, *, settings: Settings | None = None, progress: Progress = silent
) -> Result:
    """The result for two files as each is read; ids begin with `left: ` and `right: `, all documents of `left` come first.

    Raises UnreadableError when either cannot be read.
    """
    from dataclasses import replace

    from reuse.reading import clean, read_source

    chosen = settings or Settings()
    documents = []
    for name, path in (("left", left), ("right", right)):
        speeches = clean(read_source(path, chosen.reading))
        for number, document in enumerate(speeches, start=1):
            of_several = f"#{number}" if len(speeches) > 1 else ""
            documents.append(replace(document, id=f"{name}: {path.name}{of_several}"))
    readings = Readings(documents=documents, skipped=[], files=2)
    stages = Stages(progress)
    _make_ready(documents, stages)
    return scan_documents(readings, chosen, stages)


def _records(documents: Sequence[Document], text: ComparableText) -> list[DocumentRecord]:
    return [
        DocumentRecord(
            document=document,
            characters=len(document.text),
            compared=compared,
            removed=document.removed,
            sha256=hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest(),
        )
        for document, compared in zip(documents, text.compared_counts().tolist(), strict=True)
    ]


def _paragraphs(documents: Sequence[Document], text: ComparableText) -> ParagraphTable:
    from reuse.paragraph_table import ParagraphTable

    owner = text.document_of(text.paragraphs[:-1]).astype("int32")
    return ParagraphTable.uncounted(documents, owner, text.paragraph_span)
