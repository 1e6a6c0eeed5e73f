"""Families in the making: all places of each cluster, those of equal paragraphs among them, in whole words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from reuse.arrays import I64, kernel, ranges
from reuse.families.clusters import Clusters
from reuse.families.equality import Equality
from reuse.families.similarity import Grams
from reuse.model import Document
from reuse.sorting import grouped, row_order
from reuse.text.words import tokenize

_NEAR = 12
"""Characters between two pieces of a passage in one document that is still one place of it."""
_CONTEXT = 6
"""Characters at either side of a border that words are cut from."""
_TOGETHER = 500
"""Borders whose words are cut in one call: a call costs what fifty characters do."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A family in the making.

    `places` (int64, shape (n, 3): document, start, end) are its members' places in document order; `offsets` (int64,
    shape (n + 1,)) into `sources` (int64) the occurrences each was joined from; `matches` (int64, shape (m, 3): row, left
    occurrence, right occurrence) what joins these.
    """

    places: I64
    offsets: I64
    sources: I64
    matches: I64
    grams: Grams

    def medoid(self) -> int:
        """The number of the member whose text is most like those of all."""
        typical = self.grams.medoid(self.sources)
        return int(np.searchsorted(self.offsets, int(np.argmax(self.sources == typical)), side="right")) - 1

    def part(self, chosen: I64) -> Draft:
        """The draft of some of the members, given ascending."""
        sizes = np.diff(self.offsets)
        kept = np.zeros(len(self.places), dtype=np.bool_)
        kept[chosen] = True
        sources = self.sources[np.repeat(kept, sizes)]
        inside = np.isin(self.matches[:, 1:], sources).all(axis=1)
        return Draft(self.places[chosen], ranges(sizes[chosen]), sources, self.matches[inside], self.grams)


def drafts(
    documents: Sequence[Document],
    found: Clusters,
    rows: I64,
    equality: Equality,
    overlap: float,
    *,
    whole_words: bool,
) -> Iterator[Draft]:
    """The draft of every cluster that a match holds together and that has two places or more; `rows` are the matches."""
    ends = found.cluster[found.ends]
    inside = np.flatnonzero(ends[:, 0] == ends[:, 1])
    clusters = int(found.cluster.max(initial=-1)) + 1
    match_offsets, order = grouped(ends[inside, 0], clusters)
    matches = np.column_stack((rows[inside], found.ends[inside]))[order]
    occurrence = np.flatnonzero(np.diff(match_offsets)[found.cluster] > 0)
    number, places = _everywhere(found.places[occurrence], equality, overlap)
    number = occurrence[number]
    if whole_words:
        places = _in_whole_words(documents, places)
    entries = np.column_stack((found.cluster[number], places, number))
    entries = entries[row_order(*entries.T)]
    heads = _heads(entries)
    members = (
        np.column_stack((entries[heads, :3], np.maximum.reduceat(entries[:, 3], heads)))
        if len(heads)
        else entries
    )
    of_source = np.append(heads, len(entries))
    bounds = ranges(np.bincount(members[:, 0], minlength=clusters))
    for cluster in np.flatnonzero(np.diff(bounds) > 1).tolist():
        first, last = int(bounds[cluster]), int(bounds[cluster + 1])
        low, high = int(of_source[first]), int(of_source[last])
        yield Draft(
            members[first:last, 1:],
            of_source[first : last + 1] - low,
            entries[low:high, 4],
            matches[match_offsets[cluster] : match_offsets[cluster + 1]],
            found.grams,
        )


def _everywhere(places: I64, equality: Equality, overlap: float) -> tuple[I64, I64]:
    """The places and where equal paragraphs repeat most of them, each with the number of the place it repeats."""
    owner, copies = equality.copies(places)
    enough = copies[:, 2] - copies[:, 1] >= overlap * (places[owner, 2] - places[owner, 1])
    return (
        np.concatenate((np.arange(len(places)), owner[enough])),
        np.concatenate((places, copies[enough])),
    )


@kernel
def _heads(entries: I64) -> I64:
    """Where members begin among entries (cluster, document, start, end, occurrence; ascending): those of one document
    that all but touch are one."""
    heads = np.empty(len(entries), np.int64)
    count, end = 0, 0
    for n in range(len(entries)):
        if (
            n
            and entries[n, 0] == entries[n - 1, 0]
            and entries[n, 1] == entries[n - 1, 1]
            and entries[n, 2] <= end + _NEAR
        ):
            end = max(end, entries[n, 3])
        else:
            heads[count] = n
            count += 1
            end = entries[n, 3]
    return heads[:count].copy()


def _in_whole_words(documents: Sequence[Document], places: I64) -> I64:
    """The places with the words that their borders cut in two: 委同意 after 市, 县 and 区 begins with a slot."""
    borders = np.concatenate((places[:, [0, 1]], places[:, [0, 2]]))
    inside = [
        n
        for n, (document, border) in enumerate(borders.tolist())
        if _between_letters(documents[document], border)
    ]
    around = [_around(documents[document], border) for document, border in borders[inside].tolist()]
    distinct = list(dict.fromkeys(around))
    words = dict(zip(distinct, _words_at(distinct), strict=True))
    cut = np.zeros((len(borders), 2), dtype=np.int64)
    cut[inside] = np.array([words[one] for one in around], dtype=np.int64).reshape(-1, 2)
    before, behind = np.split(cut, 2)
    return places + np.stack((np.zeros_like(places[:, 0]), -before[:, 0], behind[:, 1]), axis=1)


def _between_letters(document: Document, border: int) -> bool:
    """Whether a border may cut a word: most stand beside a mark."""
    at = border - document.start
    return at > 0 and document.text[at - 1 : at + 1].isalpha()


def _around(document: Document, border: int) -> tuple[str, int]:
    """The text around a border, and where in it the border is."""
    at = border - document.start
    first = max(0, at - _CONTEXT)
    return document.text[first : at + _CONTEXT], at - first


def _words_at(borders: Sequence[tuple[str, int]]) -> Iterator[tuple[int, int]]:
    """How much of the word that a border cuts in two stands before the border, and behind it; 0 and 0 where it cuts
    none. A line break keeps the words of one text from those of the next."""
    for low in range(0, len(borders), _TOGETHER):
        some = borders[low : low + _TOGETHER]
        text = "\n".join(around for around, _ in some)
        starts = np.array([start for start, _ in tokenize(text)] + [len(text)], dtype=np.int64)
        heads = ranges(np.array([len(around) + 1 for around, _ in some], dtype=np.int64))[:-1]
        border = heads + np.array([at for _, at in some], dtype=np.int64)
        word = np.searchsorted(starts, border)
        opening, closing = starts[np.maximum(word - 1, 0)], starts[np.minimum(word, len(starts) - 1)]
        for before, at, after in zip(opening.tolist(), border.tolist(), closing.tolist(), strict=True):
            cuts = before < at < after and text[before:after].isalpha()
            yield (at - before, after - at) if cuts else (0, 0)
