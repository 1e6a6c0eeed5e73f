"""A source becomes documents: what is cruft is marked, what is two speeches is split, what is known is kept.

Marking never changes the text or a coordinate.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from reuse.config import ReadingSettings
from reuse.model import Document, Removed
from reuse.reading import reasons
from reuse.reading.breaks import find_cuts, find_joins, is_glued_address
from reuse.reading.cruft_sentences import find_cruft, find_named
from reuse.reading.dates import parse_date
from reuse.reading.edges import Head, Part, read_head, read_tail
from reuse.reading.facts import known, place_in
from reuse.reading.lines import gaps_of, has_plain_breaks, is_plain, tail_lines
from reuse.reading.marks import merge_marks
from reuse.reading.paging import NO_PAGING, find_paging
from reuse.reading.running import find_running
from reuse.reading.source import Source
from reuse.reading.splitting import find_starts
from reuse.reading.titles import banner_titles, looks_like_title

DEFAULTS = ReadingSettings()

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]+")

_DATELINE = re.compile(
    "\\s*(?:(?:[（(【]?(?:据)?[一-鿿]{2,8}(?:社|网|报|台|日报|晚报|新闻)[）)】]?[/／\\s]*)?[一-鿿A-Za-z]{0,12}\\s*(?:\\d{4}年)?\\d{1,2}月\\d{1,2}日\\s*(?:电|讯|消息)"
    "|本[报台网刊]讯|[一-鿿]{2,6}社电)\\s*(?:[（(][^（）()]{0,40}[）)])?\\s*[:：]?\\s*"
    "|\\s*[A-Z][A-Z .]{2,30}(?:, [A-Z][a-z]+\\.? \\d{1,2})?(?: \\([A-Z][A-Za-z]+\\))? ?(?:—|--|–) "
)
"""Place, date and agency before the first sentence."""

_FINISHED = "。！？!?”」』）)"

_NAME_DATE = re.compile("(?<!\\d)(?:19|20)\\d\\d[-._年]?(?:0?[1-9]|1[0-2])[-._月]?(?:[0-2]?\\d|3[01])(?!\\d)")


def clean(source: Source, settings: ReadingSettings = DEFAULTS) -> list[Document]:
    """The documents of `source`, with marks, joins, cuts and metadata, in source coordinates, in order.

    A file that holds two speeches gives two documents with ids `NAME#1` and `NAME#2`; a source that is `whole` gives one.
    Raises ConfigError when a line pattern of `settings` is no regular expression.
    """
    if not settings.clean:
        return [_bare(source)]
    text = source.text
    marks, joins = _marks_and_joins(source, settings)
    banners = [text[mark.start : mark.end] for mark in marks if mark.reason == reasons.BANNER]
    named = [title for banner in banners for title in banner_titles(banner)]
    starts = [] if source.whole else find_starts(text, 0, len(text), named)
    identity = source.properties.get("id") or source.name
    bounds = [0, *starts, len(text)]
    parts = [_part(text, start, end, marks, joins) for start, end in pairwise(bounds)]
    if not starts:
        return [_document(source, identity, parts[0], named)]
    return [
        _document(source, f"{identity}#{number}", part, named) for number, part in enumerate(parts, start=1)
    ]


def _part(text: str, start: int, end: int, marks: list[Removed], joins: set[int]) -> Part:
    """What of the marks and joins of a source lies in a span of it; of marks that begin together the longest, or first."""
    if (start, end) != (0, len(text)):
        marks = [mark for mark in marks if start <= mark.start and mark.end <= end]
        joins = {join for join in joins if start <= join < end}
    longest_first = sorted(marks, key=_shortness)
    return Part(text, start, end, {mark.start: mark for mark in reversed(longest_first)}, joins)


def _shortness(mark: Removed) -> int:
    return mark.start - mark.end


def _marks_and_joins(source: Source, settings: ReadingSettings) -> tuple[list[Removed], set[int]]:
    """What can be seen without knowing where a document begins and ends: numbers, sentences of cruft, open breaks."""
    text = source.text
    plain = is_plain(text)
    gaps = [] if plain and has_plain_breaks(text) else gaps_of(text)
    paging = find_paging(text, gaps)
    running = find_running(text) if "\f" in text else NO_PAGING
    marks = [*source.removed, *find_cruft(text, 0, len(text)), *paging.removed, *running.removed]
    if not plain:
        marks += _control_marks(text)
    if settings.lines:
        marks += find_named(text, settings.lines)
    return marks, {*source.joins, *paging.joins, *running.joins, *find_joins(text, gaps)}


def _bare(source: Source) -> Document:
    """The whole source as a document, nothing marked but what its format marks."""
    properties = source.properties
    given = properties.get("date")
    return Document(
        id=properties.get("id") or source.name,
        source=source.name,
        text=source.text,
        title=properties.get("title"),
        date=parse_date(given) if given else None,
        author=properties.get("author"),
        place=properties.get("place"),
        series=properties.get("series"),
        removed=merge_marks(source.removed),
        joins=tuple(sorted(source.joins)),
        metadata=dict(properties.get("columns", {})),
    )


def _control_marks(text: str) -> list[Removed]:
    return [Removed(match.start(), match.end(), reasons.CONTROL) for match in _CONTROL.finditer(text)]


def _document(source: Source, identity: str, part: Part, named: list[str]) -> Document:
    """One document of `source`: the span of `part` with its marks and what is known of it."""
    text, start, end = part.text, part.start, part.end
    properties = source.properties
    head, title_cuts = _head(part, properties.get("title"), named)
    own = [*part.marked.values(), *head.removed, *read_tail(part), *_dateline(part, head)]
    removed = merge_marks(own)
    given = properties.get("date")
    date = parse_date(given) if given else None
    return Document(
        id=identity,
        source=source.name,
        text=text if (start, end) == (0, len(text)) else text[start:end],
        start=start,
        title=head.title,
        date=date or head.dates.get("date"),
        author=properties.get("author") or head.author,
        place=properties.get("place") or head.place or (place_in(head.title) if head.title else None),
        series=properties.get("series"),
        truncated=_is_truncated(part, removed),
        removed=removed,
        joins=tuple(sorted(part.joins)),
        cuts=tuple(sorted({*title_cuts, *find_cuts(text, start, end)})),
        metadata=_metadata(source, head, given, date),
    )


def _head(part: Part, title: str | None, named: list[str]) -> tuple[Head, list[int]]:
    """The head of a document; where title and address are glued to the text, cuts are made there."""
    text = part.text
    body = _first_unmarked(part, part.marked)
    glued = next((name for name in named if text.startswith(name, body)), None)
    address = is_glued_address(text, body, part.end)
    if glued is None and address is not None and looks_like_title(text[body : address.start()]):
        glued = text[body : address.start()]
    if glued is None or body + len(glued) >= part.end:
        return read_head(part, title), []
    marks = [Removed(body, body + len(glued), reasons.TITLE)]
    return Head(removed=marks, title=title or glued), [body + len(glued)]


def _first_unmarked(part: Part, marked: Mapping[int, Removed]) -> int:
    position = part.start
    while position < part.end and (part.text[position].isspace() or position in marked):
        position = marked[position].end if position in marked else position + 1
    return position


def _dateline(part: Part, head: Head) -> list[Removed]:
    """A dateline where the text proper begins."""
    position = _first_unmarked(part, {mark.start: mark for mark in head.removed})
    window = part.text[position : min(part.end, position + 80)]
    if not (
        "电" in window
        or "讯" in window
        or "日消息" in window
        or "--" in window
        or "—" in window
        or "–" in window
    ):
        return []
    found = _DATELINE.match(part.text, position, min(part.end, position + 120))
    return [Removed(position, found.end(), reasons.DATELINE)] if found and found.end() > position else []


def _is_truncated(part: Part, removed: tuple[Removed, ...]) -> bool:
    """Whether the end is missing: a preview breaks off, or the last long line stops inside a sentence."""
    if any(mark.reason == reasons.PREVIEW_END for mark in removed):
        return True
    if part.text[part.end - 1] in _FINISHED and (not removed or removed[-1].end < part.end):
        return False
    covered = {mark.start: mark.end for mark in removed}
    for line in tail_lines(part.text, 5, part.end):
        if line.start < part.start:
            return False
        if covered.get(line.start, -1) < line.end and len(line.text) >= 30:
            inside = any(sign in line.text for sign in "，,。、")
            return inside and line.text[-1].isalnum()
    return False


def _metadata(source: Source, head: Head, given: str | None, date: str | None) -> dict[str, Any]:
    """What is known besides the named fields: other columns, the upload date, the format."""
    properties = source.properties
    uploaded = properties.get("uploaded")
    found: dict[str, Any] = {
        "uploaded": (parse_date(uploaded) if uploaded else None) or head.dates.get("uploaded"),
        "date_as_given": given if given != date else None,
        "file_date": None if source.whole else _date_in_name(source.name),
    }
    return {**properties.get("columns", {}), **properties.get("facts", {}), **known(found)}


def _date_in_name(name: str) -> str | None:
    found = _NAME_DATE.search(name.rsplit("/", 1)[-1])
    return parse_date(found.group()) if found else None
