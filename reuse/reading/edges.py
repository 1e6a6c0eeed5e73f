"""The lines above and below a speech: which of them are cruft, which the title, and what they tell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from reuse.model import Removed
from reuse.reading import reasons
from reuse.reading.cruft_lines import classify_edge, name_filled
from reuse.reading.dates import date_facts
from reuse.reading.facts import byline_of, is_office, place_in, venue_of
from reuse.reading.lines import (
    Line,
    begins_with_speech,
    ends_with_speech,
    is_address,
    is_sentence,
    is_speech,
    is_spoken,
    lines_of,
    tail_lines,
)
from reuse.reading.titles import find_title, joined_title, looks_like_title, same_title

HEAD_LINES = 40
TAIL_LINES = 60
AFTER_ADDRESS = 3
"""How many lines below the address the title may be said once more."""

_DOTS = re.compile("…+|[.·。]{3,}")
_MAIL = re.compile(
    "(?:from|to|cc|bcc|subject|date|sent|发件人|收件人|抄送|主题|发送时间|日期|附件)\\s*[:：].*",
    re.IGNORECASE,
)
_FOLLOWED = (
    reasons.TAGS,
    reasons.NAVIGATION,
    reasons.ADVERT,
    reasons.MEMBERSHIP,
    reasons.LICENCE,
    reasons.PREVIEW_END,
)
"""Cruft of the tail below which nothing of the speech comes any more."""

_TITLES = (reasons.TITLE, reasons.REPEATED_TITLE)
_SUBTITLE = re.compile("[—–―-]{1,2}.{4,60}")
_MEETING = re.compile(
    "[—–―-]{0,2}[（(]?.{0,20}\\d{4}年.{0,40}(?:会议|大会|全会)上[）)]?|[（(].{4,60}通过[）)]"
)


@dataclass(slots=True)
class Head:
    """What stands above a speech."""

    removed: list[Removed] = field(default_factory=list)
    title: str | None = None
    dates: dict[str, str] = field(default_factory=dict)
    author: str | None = None
    place: str | None = None


@dataclass(slots=True)
class _Seen:
    """A line of the head and why it is cruft, if it is."""

    line: Line
    reason: str | None


class Part(NamedTuple):
    """A document's span of a source, with what is known of it so far: marks by where they start, open line breaks."""

    text: str
    start: int
    end: int
    marked: Mapping[int, Removed]
    joins: Set[int]

    def goes_on_after(self, line: Line) -> bool:
        """Whether the sentence of `line` goes on in the next line."""
        position = line.end
        while position < self.end and self.text[position].isspace():
            if position in self.joins:
                return True
            position += 1
        return False

    def goes_on_into(self, line: Line) -> bool:
        """Whether a sentence goes on from the line before into `line`."""
        position = line.start - 1
        while position >= self.start and self.text[position].isspace():
            if position in self.joins:
                return True
            position -= 1
        return False


class _Above(NamedTuple):
    """The lines above a speech; the address it begins with, if it does; whether anything follows at all."""

    seen: list[_Seen]
    address: Line | None
    followed: bool


def read_head(part: Part, title: str | None) -> Head:
    """The head of a document: marks, title, dates, author, place.

    `title` is what is known already; lines that say it are marked as said again, and no other title is looked for.
    """
    if part.start not in part.marked and begins_with_speech(part.text, part.start):
        return Head(title=title)
    seen, address, followed = _lines_above(part)
    head = Head(title=title)
    unexplained = [entry for entry in seen if entry.reason is None]
    _mark_mail(seen)
    if title is None and followed:
        head.title = _mark_title(unexplained, address is not None)
    if head.title:
        _mark_repeated(unexplained, head.title)
        head.removed += _repeated_below(part, address, head.title)
    if address is not None or any(entry.reason in _TITLES for entry in unexplained):
        _mark_bylines(unexplained, head)
    _fill(seen)
    lines = [entry.line.text for entry in seen]
    head.dates = date_facts(lines)
    head.place = next((place for line in lines if (place := venue_of(line) or _meeting_place(line))), None)
    head.removed += [
        Removed(entry.line.start, entry.line.end, entry.reason) for entry in seen if entry.reason
    ]
    return head


def _lines_above(part: Part) -> _Above:
    """The lines down to the first line of speech."""
    seen: list[_Seen] = []
    for line in lines_of(part.text, part.start, part.end):
        mark = part.marked.get(line.start)
        if mark is not None and mark.end >= line.end:
            seen.append(_Seen(line, mark.reason))
            continue
        rest = line if mark is None else Line(mark.end, line.end, part.text[mark.end : line.end])
        reason = classify_edge(rest.text)
        if reason is None and is_address(rest.text):
            return _Above(seen, rest, True)
        if reason is None and (
            part.goes_on_after(rest) or (is_speech(rest.text) and not looks_like_title(rest.text))
        ):
            return _Above(seen, None, True)
        if len(seen) == HEAD_LINES:
            break
        seen.append(_Seen(rest, reason))
    return _Above(seen, None, False)


def _mark_title(unexplained: Sequence[_Seen], before_address: bool) -> str | None:
    """The title among the lines no rule explains, marked."""
    chosen = find_title([entry.line for entry in unexplained], before_address)
    for entry in unexplained:
        if entry.line in chosen:
            entry.reason = reasons.TITLE
    return joined_title(chosen)


def _mark_mail(seen: Sequence[_Seen]) -> None:
    mails = [entry for entry in seen if _MAIL.fullmatch(entry.line.text)]
    if len(mails) >= 2:
        for entry in mails:
            entry.reason = reasons.MAIL_HEADER


def _mark_repeated(unexplained: Sequence[_Seen], title: str) -> None:
    for entry in unexplained:
        if entry.reason is None and _says_title(entry.line.text, title):
            entry.reason = reasons.REPEATED_TITLE


def _says_title(text: str, title: str) -> bool:
    """Whether a line says the title and nothing else."""
    return len(text) <= 1.3 * len(title) + 4 and not is_sentence(text) and same_title(text, title)


def _repeated_below(part: Part, address: Line | None, title: str) -> list[Removed]:
    """The title said again right below the address."""
    if address is None:
        return []
    below = islice(lines_of(part.text, address.end, part.end), AFTER_ADDRESS)
    return [
        Removed(line.start, line.end, reasons.REPEATED_TITLE)
        for line in below
        if _says_title(line.text, title)
    ]


def _mark_bylines(unexplained: Sequence[_Seen], head: Head) -> None:
    """Names, offices and the meeting below a title."""
    for place, entry in enumerate(unexplained):
        if entry.reason is not None:
            continue
        before = unexplained[place - 1].line.text if place else None
        author = byline_of(entry.line.text, before)
        if author:
            head.author = head.author or author
            entry.reason = reasons.BYLINE
            if before is not None and unexplained[place - 1].reason is None and is_office(before):
                unexplained[place - 1].reason = reasons.BYLINE
        elif _is_subtitle(entry.line.text, unexplained[place - 1].reason if place else None):
            entry.reason = reasons.TITLE


def _is_subtitle(text: str, above: str | None) -> bool:
    """Whether a line names the occasion: `——2026年1月25日在…会议上`, or after a title anything behind a dash."""
    if is_spoken(text):
        return False
    return bool(_MEETING.fullmatch(text)) or (above in _TITLES and bool(_SUBTITLE.fullmatch(text)))


def _fill(seen: Sequence[_Seen]) -> None:
    """Above the title, what stands between cruft is cruft: the name and the motto of a site, stray brackets."""
    title = next((i for i, entry in enumerate(seen) if entry.reason in _TITLES), None)
    fill_all = title is not None and any(entry.reason for entry in seen[:title])
    above: str | None = None
    for place, entry in enumerate(seen):
        if entry.reason is None and above is not None and not any(sign.isalnum() for sign in entry.line.text):
            entry.reason = above
        elif entry.reason is None and fill_all and title is not None and place < title:
            entry.reason = reasons.NAVIGATION if above == reasons.NAVIGATION else name_filled(entry.line.text)
        above = entry.reason


def _meeting_place(line: str) -> str | None:
    return place_in(line) if _MEETING.fullmatch(line) else None


def read_tail(part: Part) -> list[Removed]:
    """Marks of the lines below a speech: everything a site puts there, and what stands below its first line.

    A row of dots, or a preview's end, means that the rest is missing.
    """
    if ends_with_speech(part.text, part.end) and not any(
        mark.end == part.end for mark in part.marked.values()
    ):
        return []
    seen = _lines_below(part)
    above: str | None = None
    for entry in seen:
        if entry.reason is None and above in _FOLLOWED:
            entry.reason = above
        above = entry.reason or above
    return [Removed(entry.line.start, entry.line.end, entry.reason) for entry in seen if entry.reason]


def _lines_below(part: Part) -> list[_Seen]:
    """The lines from the last line of speech down, in order."""
    seen: list[_Seen] = []
    for line in tail_lines(part.text, TAIL_LINES, part.end):
        if line.start < part.start:
            break
        mark = part.marked.get(line.start)
        if mark is not None and mark.end >= line.end:
            reason: str | None = mark.reason
        else:
            reason = reasons.PREVIEW_END if _DOTS.fullmatch(line.text) else classify_edge(line.text)
        goes_on = part.goes_on_into(line) and not any(entry.reason for entry in seen)
        if reason is None and (goes_on or is_speech(line.text)):
            break
        seen.append(_Seen(line, reason))
    return seen[::-1]
