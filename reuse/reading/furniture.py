"""What a site, an edition or a programme puts around every document, found by reading many documents together.

A line is judged by its *shape* (digits, dates and whatever varies are slots), its *place* (before the first or after
the last real sentence of its document) and its *recurrence* (in how many documents that shape stands at that place).
A sentence of speech is never furniture, however often it recurs: an opening everybody uses is a template to be found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reuse.model import Document, Removed
from reuse.reading import reasons
from reuse.reading.cruft_lines import classify_edge
from reuse.reading.lines import (
    ENUMERATED,
    LONG,
    Line,
    begins_with_speech,
    ends_with_speech,
    head_lines,
    is_address,
    is_sentence,
    is_speech,
    is_spoken,
    tail_lines,
)
from reuse.reading.marks import with_marks
from reuse.reading.shapes import SLOT, Shape, shape_of, tokens, verbatim

HEAD_LINES = 20
"""How far a title block reaches; the longest in the reports of 31 provinces has 16 lines."""

TAIL_LINES = 60
"""How far a footer reaches; a licence cut up at its links has 45 lines."""

MOST_PREFIXES = 3

_PREFIX = re.compile(
    "[ \\t\\u3000]*(?:[^：:。，！？；,!?;\\s][^：:。，！？；,!?;\\n\\r]{0,38}[：:]|【[^】\\n\\r]{1,20}】|\\[[^\\]\\n\\r]{1,20}\\]"
    "|[（(][^（()）\\n\\r]{1,20}[）)])[ \\t\\u3000]*"
)
"""What may stand before the first sentence: up to a colon, or in brackets."""

_SAYS = re.compile(
    "指出|强调|表示|认为|要求|提出|明确|知道|意味|方面|如下|以下|(?:[说讲是有]|said|says|that)[：:]?$"
)
"""What introduces its sequel as content belongs to the content."""

_MEDIUM = re.compile(
    "消息|新闻|快讯|报道|[电讯播台网社报]|频道|栏目|编者|摘要|导语|主持|记者|来源|视频|[【\\[（(]"
)
"""What a prefix says of the medium it is from."""

SHORT_LABEL = 6
"""Characters of a prefix that may be a label (主持人) without a word for its medium."""


class Furniture(NamedTuple):
    """A shape that was taken for furniture: where it stands (`head`, `tail`, `prefix`) and in how many documents."""

    shape: str
    place: str
    documents: int


class _Edge(NamedTuple):
    """A line near the head or the tail of a document."""

    place: str
    line: Line
    sentence: bool
    speech: bool
    parts: tuple[str, ...]
    key: str


class _Prefix(NamedTuple):
    start: int
    end: int
    key: str


def least_documents(documents: int) -> int:
    """In how many of `documents` a shape must stand: 1 %, at least 3, and no more than 20 however large the corpus.

    Two alike may be chance or one text twice. In 22,954 news items the rarest real furniture (names of editors) stands
    in 20; the headings of short items, which are content, stay below.
    """
    return max(3, min(documents // 100, 20))


def mark_furniture(documents: Sequence[Document]) -> tuple[list[Document], list[Furniture]]:
    """`documents` with furniture added to their marks, and the shapes that were found, most frequent first.

    The answer does not depend on the order of the documents. Nothing is marked in a document that would be left
    without a line of its own.
    """
    least = least_documents(len(documents))
    if len(documents) < least:
        return list(documents), []
    judge = _Judge(documents, least)
    return judge.mark_all(), judge.found()


class _Judge:
    """Counts shapes over all documents, then decides for each line."""

    def __init__(self, documents: Sequence[Document], least: int) -> None:
        self._least = least
        self._documents = documents
        self._edges = [_edges(document.text) for document in documents]
        self._keys: dict[str, str] = {}
        self._prefixes = [self._find_prefixes(document.text) for document in documents]
        self._tokens = self._recurring(
            part for edges in self._edges for part in {p for e in edges for p in e.parts}
        )
        self._shapes = Counter(shape for edges in self._edges for shape in {self._shape(e) for e in edges})
        self._prefix_counts = Counter(key for found in self._prefixes for key in {p.key for p in found})
        self._used: Counter[tuple[str, str]] = Counter()

    def mark_all(self) -> list[Document]:
        """All documents with their furniture marked."""
        return [self._mark(*each) for each in zip(self._documents, self._edges, self._prefixes, strict=True)]

    def _recurring(self, items: Iterable[str]) -> frozenset[str]:
        return frozenset(item for item, count in Counter(items).items() if count >= self._least)

    def _shape(self, edge: _Edge) -> tuple[str, Shape]:
        shape = shape_of(edge.parts, self._tokens) if edge.parts else Shape(edge.key, 0, 0.0)
        return edge.place, Shape(shape.text, shape.fixed, 0.0)

    def _mark(self, document: Document, edges: Sequence[_Edge], prefixes: Sequence[_Prefix]) -> Document:
        """`document` with the furniture of its head, its tail and its first line marked."""
        lines = [*self._peel(edges, "head"), *self._peel(edges, "tail")] if edges else []
        if lines and not _leaves_text(document, lines):
            lines = []
        marks = [(line.start, line.end, reasons.FURNITURE) for line in lines]
        marks += [(start, end, reasons.PROGRAMME) for start, end in self._accepted(prefixes)]
        if not marks:
            return document
        base = document.start
        return with_marks(
            document, [Removed(start + base, end + base, reason) for start, end, reason in marks]
        )

    def _accepted(self, prefixes: Sequence[_Prefix]) -> Iterator[tuple[int, int]]:
        for prefix in prefixes:
            if self._prefix_counts[prefix.key] < self._least:
                return
            self._used["prefix", prefix.key] += 1
            yield prefix.start, prefix.end

    def _peel(self, edges: Sequence[_Edge], place: str) -> list[Line]:
        """Walk from the edge inwards: furniture, and what recurs between furniture, until the speech begins."""
        taken: list[Line] = []
        waiting: list[Line] = []
        for edge in edges:
            if edge.place != place:
                continue
            count = self._shapes[self._shape(edge)]
            if self._is_furniture(edge, count):
                taken += [*waiting, edge.line]
                waiting = []
                self._used[place, self._shape(edge)[1].text] += 1
            elif count >= self._least and not is_spoken(edge.line.text):
                waiting.append(edge.line)
            elif edge.speech:
                break
        return taken

    def _is_furniture(self, edge: _Edge, count: int) -> bool:
        text = edge.line.text
        if count < self._least or is_address(text) or is_spoken(text) or _SAYS.search(text):
            return False
        if not edge.parts:
            return classify_edge(text) == reasons.LICENCE
        shape = shape_of(edge.parts, self._tokens)
        labelled = ":" in shape.text and shape.text.index(":") < (shape.text + SLOT).index(SLOT)
        return shape.fixed >= 2 and (labelled or shape.share >= 0.4)

    def _find_prefixes(self, text: str) -> tuple[_Prefix, ...]:
        """What stands before the first sentence, each time up to a colon or in brackets."""
        found: list[_Prefix] = []
        position = 0
        while len(found) < MOST_PREFIXES and (match := _PREFIX.match(text, position)):
            raw = match.group()
            key = self._keys.get(raw)
            if key is None:
                key = self._keys[raw] = _prefix_key(raw.strip())
            if not key:
                break
            found.append(_Prefix(position, match.end(), key))
            position = match.end()
        return tuple(found)

    def found(self) -> list[Furniture]:
        """The shapes that were marked somewhere."""
        shapes = [Furniture(shape, place, count) for (place, shape), count in self._used.items()]
        return sorted(shapes, key=lambda item: (-item.documents, item.place, item.shape))


def _edges(text: str) -> tuple[_Edge, ...]:
    """The lines of the head down to the first line of speech, and of the tail up to the last one.

    Below three lines that are no sentences a footer may hold sentences too: there the walk up goes on.
    """
    found: list[_Edge] = []
    if not begins_with_speech(text):
        for line in head_lines(text, HEAD_LINES):
            if is_speech(line.text):
                break
            found.append(_edge("head", line))
    if ends_with_speech(text, len(text)) and not any(edge.parts for edge in found):
        return ()
    end = found[-1].line.end if found else 0
    signs = 0
    for line in tail_lines(text, TAIL_LINES):
        if line.start < end or (signs < 3 and is_speech(line.text)):
            break
        edge = _edge("tail", line)
        signs += not edge.sentence
        found.append(edge)
    return tuple(found) if any(edge.parts for edge in found) else ()


def _edge(place: str, line: Line) -> _Edge:
    speech = is_speech(line.text)
    sentence = speech or is_sentence(line.text)
    parts = () if sentence or len(line.text) > LONG else tuple(tokens(line.text))
    return _Edge(place, line, sentence, speech, parts, "" if parts else verbatim(line.text))


def _prefix_key(raw: str) -> str:
    """The key of a prefix that names a medium or is a mere label; empty for an address, an item, and what is said."""
    if is_address(raw) or ENUMERATED.match(raw) or _SAYS.search(raw) or is_spoken(raw):
        return ""
    return verbatim(raw) if _MEDIUM.search(raw) or raw.isascii() or len(raw) <= SHORT_LABEL else ""


def _leaves_text(document: Document, marked: list[Line]) -> bool:
    """Whether anything but blanks would be left of `document`."""
    return sum(line.end - line.start for line in marked) < len("".join(document.text.split()))
