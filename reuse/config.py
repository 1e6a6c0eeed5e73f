"""Settings: their defaults, what is allowed, and how a TOML file changes them.

One dataclass per room; each default says beside it what number decided it. `Settings.scheme` names everything
that changes a signature, so that signatures of different settings are never compared.
"""

from __future__ import annotations

import dataclasses
import hashlib
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, get_args, get_origin, get_type_hints

from reuse.model import ConfigError


@dataclass(frozen=True, slots=True)
class Within:
    """What a number may be, ends included; not a number is never allowed."""

    least: float
    most: float = math.inf

    def __str__(self) -> str:
        return (
            f"at least {self.least:g}" if self.most == math.inf else f"from {self.least:g} to {self.most:g}"
        )


Count = Annotated[int, Within(1)]
Share = Annotated[float, Within(0, 1)]
Amount = Annotated[float, Within(0.001)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingSettings:
    """How inputs become documents."""

    table: ClassVar[str] = "reading"

    encoding: str | None = None
    """The encoding of text files that carry no mark; None guesses (500 of 500 short strings of general text right)."""

    clean: bool = True
    """Whether cruft is marked by words and form; coordinates and text are the same either way."""

    furniture: bool = True
    """Whether lines that stand at the same place of many documents are marked."""

    lines: tuple[str, ...] = ()
    """Regular expressions of whole lines never to compare, for what the rules do not know of a site."""

    max_megabytes: Amount = 200.0
    """A larger file is skipped (tables are streamed and have no limit); the longest speech collection seen has 40."""

    max_expanded_megabytes: Amount = 500.0
    """What a zip (DOCX, ODT, XLSX) may grow to; a bomb grows a thousandfold, a real DOCX tenfold."""

    max_seconds: Amount = 60.0
    """What reading one file may take; a PDF of 500 pages takes 10."""

    def __post_init__(self) -> None:
        _check_bounds(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSettings:
    """What is compared, and in which units."""

    segmenter: Literal["rjieba", "jieba"] = "rjieba"
    """Which implementation of jieba cuts words; `rjieba` is 13 times as fast and cuts alike."""

    sensitive: str = ""
    """A file of words that sites delete, instead of the package's own: one a line, `#` begins a comment. They are left out on
    both sides when copies are looked for; a file without words leaves none out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SketchSettings:
    """How paragraphs are sketched and which become candidate pairs."""

    table: ClassVar[str] = "sketching"

    permutations: Count = 128
    shingle: Count = 2
    bands: Count = 42
    rows: Count = 3
    agreeing: Count = 1
    least_shingles: Count = 3
    containment: Share = 0.3

    def __post_init__(self) -> None:
        _check_bounds(self)
        if self.bands * self.rows > self.permutations:
            raise ConfigError(
                f"sketching.bands and sketching.rows are {self.bands} and {self.rows}, which takes {self.bands * self.rows} "
                f"permutations; sketching.permutations is {self.permutations}"
            )
        if self.agreeing > self.bands:
            raise ConfigError(
                f"sketching.agreeing is {self.agreeing}; it must be at most sketching.bands, {self.bands}"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchSettings:
    """What counts as a match."""

    table: ClassVar[str] = "matching"

    background: str = ""
    """A file that `speech-reuse background` made of texts like those scanned, instead of the package's own table, which knows
    reports and news of China's public life."""

    phrase_characters: Count = 8
    """Equal characters from which a wording that is no evidence is reported as a stock phrase, if it surprises."""
    phrase_surprise: Annotated[float, Within(0)] = 10.0
    """Bits from which it does: below, any two documents of one genre share it."""
    slogan_characters: Count = 12
    """Equal characters from which it is reported even if everybody uses it: a slogan."""
    phrase_density: Share = 0.6
    """Share of the shorter side that is equal: a stock phrase is said alike, words strewn over a sentence are chance."""
    phrase_partners: Count = 2
    """Earlier places that a stock phrase is reported with, for each place: a slogan of ten thousand documents has
    fifty million pairs, and one more tells nothing."""

    def __post_init__(self) -> None:
        _check_bounds(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilySettings:
    """How matches become families and families templates."""

    table: ClassVar[str] = "families"

    overlap: Share = 0.6
    """Share of the longer of two spans that makes them one occurrence."""
    edge: Share = 0.15
    """Idf-weighted resemblance of two occurrences from which a match joins them: .10 to .25 all give ARI 1.00 on planted families
    with a slogan in 40 %, .10 chains where the slogan is a third of the text, .30 loses 6 % of rewritten members."""
    joining: Share = 0.25
    """The same between the medoids of two clusters, to make them one."""
    support: Share = 0.6
    """Share of the members that a word of the frame stands in."""
    phrase_documents: Annotated[int, Within(2)] = 3
    """Documents a stock phrase stands in to be told of as a family; two thirds of all stand in two alone."""

    def __post_init__(self) -> None:
        _check_bounds(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSettings:
    """What counts towards originality."""

    table: ClassVar[str] = "auditing"

    exclude: tuple[str, ...] = ("quotations",)
    """What leaves both sides of every ratio, base documents besides. Quotations that stay count as reuse where a
    match covers them; stock
    phrases never count as reuse, but stay part of the text: in long reports they are a third of it, and without them
    the ratio of the rest is no longer the reader's."""
    phrases: tuple[str, ...] = ()
    """Stock phrases besides those of the package's list."""
    base_documents: tuple[str, ...] = ()
    """Ids of documents that everybody was given (a template, a circular): what they hold is shown but not counted."""
    undated: Literal["all", "order"] = "all"
    """Whom a document of unknown date may have from: all others, or only those that come before it in the input."""
    least_characters: Annotated[int, Within(0)] = 8
    """Characters of a match that must be left when stock phrases are taken away, else it is one: about a clause, the
    rule by which
    readers of the labelled pairs told reuse from phrase."""
    weights: tuple[float, float, float] = (1.0, 0.7, 0.2)
    """What a character that is copied, of a template, or quoted or a stock phrase takes off the score of 1: a judgement, printed
    with the figures it weighs."""

    def __post_init__(self) -> None:
        _check_bounds(self)
        unknown = [name for name in self.exclude if name not in ("phrases", "quotations")]
        if unknown:
            raise ConfigError(
                f"auditing.exclude names {unknown[0]!r}; it may hold 'phrases' and 'quotations'"
            )
        if len(self.weights) != 3 or not all(
            isinstance(w, int | float) and 0 <= w <= 1 for w in self.weights
        ):
            raise ConfigError(
                f"auditing.weights is {self.weights!r}; it must be three numbers between 0 and 1"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSettings:
    """What the report shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of a run; a TOML file has a table for each room and the two common ones at the top."""

    level: Literal["paragraph", "passage"] = "passage"
    """`paragraph` runs the paragraph pass alone: near-duplicate paragraphs, three times as fast."""
    jobs: int = 2
    """Threads and processes that work at once; the result does not depend on it."""
    memory: int | None = None
    """Megabytes that the arrays of text and index may take; what goes beyond lives in temporary files. A quarter of the
    machine's by default. The result does not depend on it."""
    reading: ReadingSettings = field(default_factory=ReadingSettings)
    text: TextSettings = field(default_factory=TextSettings)
    sketching: SketchSettings = field(default_factory=SketchSettings)
    matching: MatchSettings = field(default_factory=MatchSettings)
    families: FamilySettings = field(default_factory=FamilySettings)
    auditing: AuditSettings = field(default_factory=AuditSettings)
    reporting: ReportSettings = field(default_factory=ReportSettings)

    def __post_init__(self) -> None:
        if self.level not in ("paragraph", "passage"):
            raise ConfigError(f"level is {self.level!r}; it must be 'paragraph' or 'passage'")
        if self.jobs < 1:
            raise ConfigError(f"jobs is {self.jobs}; it must be at least 1")
        if self.memory is not None and self.memory < 0:
            raise ConfigError(f"memory is {self.memory}; it must be megabytes, at least 0")

    def changed(self, **options: Any) -> Settings:
        """The settings with single ones changed, by name (`jobs=1`) or by table (`sketching={"bands": 32}`).

        Raises ConfigError naming every option that is unknown and what is known instead.
        """
        changed: Settings = _changed(self, options, "")
        return changed

    def as_dict(self) -> dict[str, Any]:
        """All settings as plain values, for `run.json`."""
        return dataclasses.asdict(self)

    @property
    def scheme(self) -> str:
        """The name of everything that changes a signature: sketches of different schemes must not be compared."""
        sketch = self.sketching
        basis = f"v{SCHEME_VERSION} jieba k={sketch.shingle} affine32 n={sketch.permutations} b={sketch.bands} r={sketch.rows}"
        return f"{SCHEME_VERSION}-{hashlib.sha256(basis.encode()).hexdigest()[:12]}"


SCHEME_VERSION = 1
"""Raised whenever the same text gets another signature: a change of folding, words, shingles or permutations."""


def load(path: Path) -> Settings:
    """The settings of a TOML file over the defaults. Raises ConfigError when it is no TOML or names what does not exist."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not a TOML file: {error}") from error
    return Settings().changed(**given)


def _check_bounds(settings: Any) -> None:
    """Raise ConfigError if a number is not within what its type declares."""
    for name, hint in get_type_hints(type(settings), include_extras=True).items():
        for bounds in getattr(hint, "__metadata__", ()):
            value = getattr(settings, name)
            if not bounds.least <= value <= bounds.most:
                raise ConfigError(f"{settings.table}.{name} is {value}; it must be {bounds}")


def _changed(settings: Any, options: Mapping[str, Any], table: str) -> Any:
    known = {entry.name for entry in dataclasses.fields(settings)}
    unknown = sorted(set(options) - known)
    if unknown:
        where = f"[{table}]" if table else "settings"
        raise ConfigError(
            f"unknown in {where}: {', '.join(unknown)}; known are: {', '.join(sorted(known)) or 'none'}"
        )
    hints = get_type_hints(type(settings))
    values: dict[str, Any] = {}
    for name, value in options.items():
        current = getattr(settings, name)
        if dataclasses.is_dataclass(current):
            values[name] = (
                value if isinstance(value, type(current)) else _changed(current, _table(value, name), name)
            )
        else:
            values[name] = _checked(value, hints[name], f"{table}.{name}" if table else name)
    return dataclasses.replace(settings, **values)


def _table(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ConfigError(f"{name} is {value!r}; it must be a table of settings")
    return value


def _checked(value: Any, hint: Any, name: str) -> Any:
    """The value, if its type is the one declared; whole numbers pass for fractions."""
    allowed = get_args(hint)
    if get_origin(hint) is Literal:
        if value not in allowed:
            raise ConfigError(f"{name} is {value!r}; it must be one of {', '.join(map(repr, allowed))}")
        return value
    if get_origin(hint) is tuple:
        if not isinstance(value, (list, tuple)):
            raise ConfigError(f"{name} is {value!r}; it must be a list")
        return tuple(value)
    kinds = allowed or (hint,)
    if float in kinds and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, tuple(kinds)) or (isinstance(value, bool) and bool not in kinds):
        names = " or ".join(getattr(kind, "__name__", str(kind)) for kind in kinds)
        raise ConfigError(f"{name} is {value!r}; it must be {names}")
    return value
