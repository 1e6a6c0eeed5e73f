"""Numbers a site or a printer put into the text: page markers inside sentences, page numbers on lines of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from reuse.model import Removed
from reuse.reading import reasons
from reuse.reading.lines import BREAKS, SENTENCE_END, Gap

LEAST_MARKERS = 3
"""Two numbers in a row may be two items."""

LEAST_CHUNK = 80
"""Sharing sites cut a preview every 300 characters or so; items of a list without full stops are shorter."""

LEAST_UNFINISHED = 0.6
"""Share of markers before which a sentence is left open. All 15 in the file that has them, 0 of 9 real items."""

_NUMBER_SIGNS = frozenset("0123456789０１２３４５６７８９-—–－―~·•")
_NUMBERED = re.compile("(\\d{1,4})[、．.][ \t]*")
_ALONE = re.compile(rf"([-—–－―~·•]*[ \t]*(\d{{1,4}})[ \t]*[-—–－―~·•]*)[ \t\u3000]*(?=[{BREAKS}]|\Z)")


class Paging(NamedTuple):
    """Marks of page numbers, and the line breaks around them that stand inside a sentence."""

    removed: tuple[Removed, ...]
    joins: tuple[int, ...]


NO_PAGING = Paging((), ())


def find_paging(text: str, gaps: Sequence[Gap]) -> Paging:
    """Page markers and page numbers of `text`, whose lines stand between `gaps`.

    Markers are line-start numbers that run 1, 2, 3 … on consecutive long lines most of which leave a sentence open;
    a number alone on its line counts when at least three of them ascend by one, or when dashes stand around it.
    """
    end = len(text)
    if not gaps and text[:1] not in _NUMBER_SIGNS and not text[:1].isspace():
        return NO_PAGING
    first = next((i for i in range(min(end, 200)) if not text[i].isspace()), 0)
    places = [
        place for place in (first, *(gap.right for gap in gaps)) if text[place : place + 1] in _NUMBER_SIGNS
    ]
    if not places:
        return NO_PAGING
    marks = [*_markers(text, places, end), *_alone(text, places, end)]
    joins: list[int] = []
    for mark in marks:
        joins += _open_breaks(text, mark)
    return Paging(tuple(marks), tuple(sorted(set(joins))))


def _markers(text: str, places: Sequence[int], end: int) -> list[Removed]:
    found = [match for place in places if (match := _NUMBERED.match(text, place, end))]
    run = _ascending(found, 1)
    if len(run) < LEAST_MARKERS:
        return []
    chunks = [text[left.end() : right.start()] for left, right in pairwise(run)]
    unfinished = sum(not SENTENCE_END.search(chunk.rstrip()) for chunk in chunks) / len(chunks)
    own_lines = sum(len(chunk.strip().splitlines()) <= 1 for chunk in chunks) / len(chunks)
    if (
        unfinished < LEAST_UNFINISHED
        or own_lines < LEAST_UNFINISHED
        or median(map(len, chunks)) < LEAST_CHUNK
    ):
        return []
    return [Removed(match.start(1), match.end(), reasons.PAGE_MARKER) for match in run]


def _alone(text: str, places: Sequence[int], end: int) -> list[Removed]:
    found = [match for place in places if (match := _ALONE.match(text, place, end))]
    dashed = [match for match in found if match.group(1).strip() != match.group(2)]
    plain = [match for match in found if match.group(1).strip() == match.group(2)]
    run = _ascending(plain, 2)
    chosen = [*dashed, *(run if len(run) >= LEAST_MARKERS else [])]
    return [Removed(match.start(1), match.end(1), reasons.PAGE_NUMBER) for match in chosen]


def _ascending(matches: list[re.Match[str]], group: int) -> list[re.Match[str]]:
    """The longest run of numbers that ascend by one, others between them passed over; the first of equals."""
    lengths = [0] * len(matches)
    before = [-1] * len(matches)
    latest: dict[int, int] = {}
    for place, match in enumerate(matches):
        number = int(match.group(group))
        before[place] = latest.get(number - 1, -1)
        lengths[place] = 1 + (lengths[before[place]] if before[place] >= 0 else 0)
        if number not in latest or lengths[place] > lengths[latest[number]]:
            latest[number] = place
    run: list[re.Match[str]] = []
    place = lengths.index(max(lengths)) if lengths else -1
    while place >= 0:
        run.append(matches[place])
        place = before[place]
    return run[::-1]


def _open_breaks(text: str, mark: Removed) -> list[int]:
    """The line breaks around a mark, if the sentence before it goes on after it."""
    left = mark.start
    while left > 0 and text[left - 1].isspace():
        left -= 1
    if left == 0 or SENTENCE_END.search(text[max(0, left - 4) : left]):
        return []
    right = mark.end
    while right < len(text) and text[right].isspace():
        right += 1
    return [i for i in [*range(left, mark.start), *range(mark.end, right)] if text[i] in BREAKS]
