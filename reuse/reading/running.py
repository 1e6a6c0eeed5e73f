"""Running heads and page numbers of a text that comes in pages, and sentences that run over a page end.

Pages are what form feeds divide: so `pdftotext` and printers write them, and so PDF files are read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from reuse.model import Removed
from reuse.reading import reasons
from reuse.reading.lines import BREAKS, ENUMERATED, SENTENCE_END, Line, lines_of
from reuse.reading.paging import Paging
from reuse.reading.shapes import verbatim

EDGE_LINES = 2
"""How many lines at the top and at the bottom of a page may be running heads."""

LEAST_PAGES = 3
"""On how many pages in a row a line must stand at the same edge (on both of two) to be a running head: those of a collection
change with every speech."""

NEAR_PAGES = 2
"""Pages in a row are so far apart at most: left and right pages may have heads of their own."""

LONGEST_HEAD = 40
"""A longer line that ends like a sentence is text, however often it stands there."""

_DASHES = r"[-—–－―~·•\s]*"
_PAGE_NUMBER = re.compile(
    rf"{_DASHES}(?:第\s*)?\d{{1,4}}(?:\s*页)?(?:\s*[/／]\s*(?:共\s*)?\d{{1,4}}(?:\s*页)?)?{_DASHES}|page \d+(?: of \d+)?",
    re.IGNORECASE,
)

_NUMBER = re.compile(r"\d+")


def find_running(text: str) -> Paging:
    """Marks of running heads and page numbers, and the line breaks of page ends inside a sentence."""
    pages = _pages(text)
    marks = _furniture(pages)
    return Paging(tuple(marks), tuple(_page_joins(text, pages, {mark.start for mark in marks})))


def _pages(text: str) -> list[list[Line]]:
    """The lines of every page, in source coordinates."""
    pages: list[list[Line]] = []
    start = 0
    for page in text.split("\f"):
        pages.append(list(lines_of(text, start, start + len(page))))
        start += len(page) + 1
    return pages


def _furniture(pages: Sequence[Sequence[Line]]) -> list[Removed]:
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, page in enumerate(pages):
        for key in {_key(edge, line) for edge, line in _edge_lines(page)}:
            places[key].append(number)
    least = max(2, min(LEAST_PAGES, len(pages)))
    running = {key: _in_a_row(numbers, least) for key, numbers in places.items()}
    found: dict[int, Removed] = {}
    for number, page in enumerate(pages):
        for edge, line in _edge_lines(page):
            if _PAGE_NUMBER.fullmatch(line.text):
                found[line.start] = Removed(line.start, line.end, reasons.PAGE_NUMBER)
            elif number in running[_key(edge, line)] and not _is_text(line.text):
                found[line.start] = Removed(line.start, line.end, reasons.RUNNING_HEAD)
    return [found[start] for start in sorted(found)]


def _in_a_row(numbers: Sequence[int], least: int) -> set[int]:
    """Of ascending numbers those with at least so many in a row, none further than `NEAR_PAGES` from the one before."""
    found: set[int] = set()
    row: list[int] = []
    for number in numbers:
        if row and number - row[-1] > NEAR_PAGES:
            row = []
        row.append(number)
        if len(row) >= least:
            found.update(row)
    return found


def _is_text(line: str) -> bool:
    return len(line) > LONGEST_HEAD and bool(SENTENCE_END.search(line))


def _edge_lines(page: Sequence[Line]) -> list[tuple[str, Line]]:
    top = [("top", line) for line in page[:EDGE_LINES]]
    return top + [("bottom", line) for line in page[EDGE_LINES:][-EDGE_LINES:]]


def _key(edge: str, line: Line) -> tuple[str, str]:
    """What makes lines of several pages one head: where they stand and what they say, a page number in them aside."""
    return edge, _NUMBER.sub("0", verbatim(line.text))


def _page_joins(text: str, pages: Sequence[Sequence[Line]], marked: set[int]) -> list[int]:
    """The breaks between the last line of a page and the first of the next, where a paragraph runs over the page end.

    It does when the line stops inside a sentence, or is as long as any: the last line of a paragraph hardly ever is.
    """
    bodies = [lines for page in pages if (lines := [line for line in page if line.start not in marked])]
    lengths = sorted(len(line.text) for lines in bodies for line in lines)
    full = lengths[(9 * len(lengths)) // 10] - 1 if lengths else 0
    found: list[int] = []
    for above, below in pairwise(bodies):
        last, first = above[-1], below[0]
        open_end = not SENTENCE_END.search(last.text) or 20 <= full <= len(last.text)
        if open_end and not ENUMERATED.match(first.text):
            found += [i for i in range(last.end, first.start) if text[i] in BREAKS]
    return found
