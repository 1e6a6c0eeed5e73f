"""What reading makes of one file before it is cleaned: the text, and what the file itself says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reuse.model import Removed


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source text and where it came from.

    `text` is what all coordinates refer to; `origin` says in words where it lies, for messages. `properties` are what
    the format says of it: `id, title, date, author, place, series, uploaded`, `columns` (other columns of a table) and
    `facts` (anything else worth keeping). `removed` and `joins` are marks only the format knows of: page numbers and
    running heads of a PDF, the navigation of a web page. `warnings` are sentences for a run to tell. `whole` says that the
    source is one document by the user's own word (a record of a table, a string given from Python): it is never split.
    """

    name: str
    text: str
    format: str
    origin: str = ""
    encoding: str | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)
    removed: tuple[Removed, ...] = ()
    joins: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    whole: bool = False
