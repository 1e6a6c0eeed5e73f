"""The values and the errors that cross rooms.

Every span is a half-open pair of Unicode code points of the *source text* (see the contract in the README);
no room converts coordinates but `text`, which keeps a map from comparable text back to them.

Errors:

    ReuseError
    ├── ConfigError          a setting is unknown or out of range
    ├── InputError           an input as a whole cannot be used
    │   ├── DuplicateIdError two documents claim one id
    │   └── UnreadableError  one source cannot be read; a run records it and goes on
    ├── MissingExtraError    an optional library is not installed
    └── OutputError          a result cannot be written or read back
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, Protocol

Level = Literal["paragraph", "passage", "phrase"]
Kind = Literal["copied", "edited", "templated", "quoted", "commonplace"]
SlotType = Literal["place", "organization", "person", "date", "number", "placeholder", "other"]
Basis = Literal["date", "order", "unknown"]
Layer = Literal["copied", "edited", "templated", "self", "phrase", "quoted", "base"]


class Progress(Protocol):
    """Told the name of each stage as it begins and, where a stage can count, how far it is."""

    def __call__(self, stage: str, done: int | None = None, total: int | None = None) -> None:
        """Begin `stage`, or tell how many of its `total` are `done`."""


def silent(stage: str, done: int | None = None, total: int | None = None) -> None:
    """Progress that nobody is told of."""


class ReuseError(Exception):
    """Any error this package raises on purpose."""


class ConfigError(ReuseError):
    """A setting is unknown or out of range."""


class InputError(ReuseError):
    """An input as a whole cannot be used."""


class DuplicateIdError(InputError):
    """Two documents claim the same id."""


class UnreadableError(InputError):
    """One source cannot be read: `reason` is a short machine word, the message says what to do."""

    def __init__(self, source: str, reason: str, message: str) -> None:
        super().__init__(f"{source}: {message}")
        self.source = source
        self.reason = reason
        self.message = message


class MissingExtraError(ReuseError):
    """An optional library is needed: the message names the extra that installs it."""


class OutputError(ReuseError):
    """A result cannot be written or read back."""


class Span(NamedTuple):
    """A half-open range of code points of a source text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Removed:
    """A stretch of the source that is not compared, and why. It stays where it is."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something a run did not use: what, why in one word, and why in a sentence."""

    source: str
    reason: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One speech: a span of a source text with what is known of it.

    `text` is the source text of `[start, end)`, unchanged. `removed` are marked stretches in source coordinates,
    sorted and disjoint. `joins` are source positions of line breaks inside a sentence (they end no paragraph);
    `cuts` are source positions where a paragraph begins although no line break stands there.
    """

    id: str
    source: str
    text: str
    start: int = 0
    title: str | None = None
    date: str | None = None
    author: str | None = None
    place: str | None = None
    series: str | None = None
    truncated: bool = False
    removed: tuple[Removed, ...] = ()
    joins: tuple[int, ...] = ()
    cuts: tuple[int, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def end(self) -> int:
        """Where the document ends in its source."""
        return self.start + len(self.text)

    def slice(self, start: int, end: int) -> str:
        """The source text of `[start, end)`, in source coordinates."""
        return self.text[start - self.start : end - self.start]


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A span of a document together with its source text."""

    document: str
    source: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """Where two sides of a match differ inside their common frame; a side may be empty."""

    left: Span
    right: Span
    type: SlotType


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A verified match: a span here, a span there, in two different documents (fields as in the contract)."""

    id: str
    level: Level
    kind: Kind
    left: TextSpan
    right: TextSpan
    score: float
    evidence: float
    evalue: float | None
    resemblance: float
    left_in_right: float
    right_in_left: float
    identity: float
    aligned: tuple[tuple[int, int, int, int], ...]
    slots: tuple[Slot, ...] = ()
    family: str | None = None


@dataclass(frozen=True, slots=True)
class Filler:
    """What one member of a family puts into a slot; `start == end` where it leaves the slot empty."""

    document: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplatePart:
    """Fixed text, or a slot with the fillers of the members, in member order."""

    fixed: str | None = None
    slot: str | None = None
    type: SlotType | None = None
    fillers: tuple[Filler, ...] = ()
    tentative: bool = False


@dataclass(frozen=True, slots=True)
class FirstKnown:
    """The member that is known to be first, and what that rests on."""

    document: str | None
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Spans that say the same thing, their template, and the weakest match that holds them together."""

    id: str
    kind: Kind
    level: Level
    size: int
    documents: int
    members: tuple[TextSpan, ...]
    template: tuple[TemplatePart, ...]
    first: FirstKnown
    weakest: str | None
    notes: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class LargestSource:
    """The one document that most of another is shared with."""

    document: str
    characters: int
    ratio: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedSpan:
    """A stretch of a document that counts as no own text: `characters` compared ones of one layer.

    `document` is the earliest known source with the span there, `others` how many more sources hold it; None where the stretch
    was told by its form (a quotation, a phrase of the list). The spans of a layer add up to the figure of that layer.
    """

    start: int
    end: int
    characters: int
    layer: Layer
    document: str | None = None
    source_start: int | None = None
    source_end: int | None = None
    others: int = 0
    match: str | None = None
    family: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Originality:
    """How much of a document others hold too; ratios of characters covered to characters compared.

    `counted` characters remain when what is excluded has left (quotations, base documents); `reused` of them are reused:
    `reused_ratio`, `copied_ratio`, `templated_ratio` and `self_reused_ratio` are shares of `counted`,
    `phrase_ratio` and `quoted_ratio` of all that is compared. `spans` are what every figure rests on, in
    order; `versions` are documents that are this one again.
    """

    reused_ratio: float
    copied_ratio: float
    templated_ratio: float
    phrase_ratio: float
    quoted_ratio: float
    score: float
    max_source: LargestSource | None
    longest_run: int
    basis: Basis
    sources: int = 0
    self_reused_ratio: float = 0.0
    counted: int = 0
    reused: int = 0
    versions: tuple[str, ...] = ()
    spans: Sequence[CountedSpan] = ()
    notes: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class BestSource:
    """The span elsewhere that holds most of a paragraph."""

    document: str
    start: int
    end: int
    resemblance: float
    containment: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of a document, with how much of it is reused and from where."""

    document: str
    source: str
    start: int
    end: int
    reused_ratio: float = 0.0
    kind: Kind | None = None
    best: BestSource | None = None
    families: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """A document as a result tells of it: the document, what took part, and its originality.

    `removed` adds to the document's own marks those found only by comparing documents (furniture).
    """

    document: Document
    characters: int
    compared: int
    removed: tuple[Removed, ...]
    sha256: str
    originality: Originality | None = None
