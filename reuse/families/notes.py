"""What an inspector reads off a family's slots: names left in, blanks left in, years that do not fit, slips in
common.

A note is a mapping with `note` (`foreign | blank | stale | slip | self-reuse | versions`) and what it rests on;
spans are of the source.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from reuse.families.chronology import moments, year_of
from reuse.families.family_columns import FamilyColumns, passages
from reuse.families.lists import anchors
from reuse.families.slips import Slip, Slips
from reuse.families.standing import RANK, Standing
from reuse.model import Document, Filler, Removed, TemplatePart

Note = Mapping[str, Any]

_NUMERALS = "〇零一二三四五六七八九○"
_BLANK = re.compile(
    r"(?<!\d)[×✕✖╳*＊]+|[×✕✖╳*＊]+(?!\d)|[□■☐△▲＿]+|__+|(?<![A-Za-z0-9])_(?![A-Za-z0-9])"
    rf"|(?<![{_NUMERALS}])○+(?![{_NUMERALS}])|(?<![A-Za-z])[XxＸｘ]+(?![A-Za-z0-9-])|某某+|某(?=[省市州盟县区旗镇乡村厅局])"
)
"""Marks that stand for what is to be filled in; not a sign of multiplication, a subscript (PM_2.5) or the nought of a year
(二○二○年): all seven blanks told of in the government reports were such."""
_BLANK_MARK = re.compile("[×✕✖╳*＊□■☐△▲＿_○XxＸｘ某]")
"""One of these is in every blank."""
_YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20[0-4]\d)(?!\d)")
_OWNERS = 20
"""Documents asked whether a word is theirs; in a family of thousands the first twenty speak for the rest."""
_SLIP_TEXTS = 500
"""Distinct wordings of a family that are searched for slips: beyond them, those of a wording still unread are
those of its neighbours."""
_OPENING = 200
"""Characters at the beginning of a document in which it names those it speaks to."""


class Member(NamedTuple):
    """A member of a family: the number of its document, where it stands, and its text."""

    document: int
    start: int
    end: int
    text: str


class Notes:
    """Reads the families of one corpus; what it finds out about a document is kept."""

    def __init__(self, documents: Sequence[Document], versions: Sequence[int]) -> None:
        self._documents = documents
        self._versions = versions
        self._dates = {document.id: document.date for document in documents}
        self._standing: dict[int, Standing] = {}
        self._slipped = Slips()

    def on(self, found: FamilyColumns) -> list[tuple[Note, ...]]:
        """The notes on each family, by kind, then in document order; none on those that share no more than a phrase."""
        read = np.flatnonzero(passages(found)).tolist()
        members = {
            family: [
                Member(d, a, b, self._documents[d].slice(a, b)) for d, a, b in found.members(family).tolist()
            ]
            for family in read
        }
        texts = {
            family: list(dict.fromkeys(member.text for member in own)) for family, own in members.items()
        }
        slipped = self._slipped.of(text for own in texts.values() for text in own[:_SLIP_TEXTS])
        notes: list[tuple[Note, ...]] = [()] * len(found)
        for family, own in members.items():
            notes[family] = (
                *self._foreign(own, texts[family]),
                *self._filled(own, texts[family], partial(found.template, family, self._documents)),
                *self._slips(own, slipped),
                *self._one_hand(own),
            )
        return notes

    def _foreign(self, members: Sequence[Member], texts: Sequence[str]) -> Iterator[Note]:
        """Names and offices of one member's document that stand in another's and nowhere else there."""
        owners: dict[str, list[int]] = {}
        for document in dict.fromkeys(member.document for member in members):
            for word in self._stands(document).own_words:
                owners.setdefault(word, []).append(document)
        said = "\n".join(texts)
        there = {word: held[:_OWNERS] for word, held in owners.items() if word in said}
        for member in members if there else ():
            for word, held in there.items():
                if word in member.text:
                    yield from self._left_in(word, held, member)

    def _left_in(self, word: str, owners: Sequence[int], member: Member) -> Iterator[Note]:
        """The note on a word of other documents in a member, where it has no business there."""
        holder = self._stands(member.document)
        if holder.count(word) != member.text.count(word):
            return
        for owner in owners:
            one_hand = self._is_one_hand(owner, member.document)
            own = None if one_hand else _instead(word, self._stands(owner), holder)
            if own is not None:
                at = member.start + member.text.index(word)
                yield {
                    "note": "foreign",
                    "document": self._documents[member.document].id,
                    "start": at,
                    "end": at + len(word),
                    "text": word,
                    "own": own,
                    "belongs_to": self._documents[owner].id,
                }
                return

    def _filled(
        self,
        members: Sequence[Member],
        texts: Sequence[str],
        template: Callable[[], Sequence[TemplatePart]],
    ) -> Iterator[Note]:
        """What is wrong with what members put into slots; most hold no mark and no year that could be."""
        blank = any(map(_BLANK_MARK.search, texts))
        dated = len(members) > 2 and any(map(_YEAR.search, texts))
        parts = template() if blank or dated else ()
        yield from self._blank(parts) if blank else ()
        yield from self._stale(parts) if dated else ()

    def _blank(self, parts: Sequence[TemplatePart]) -> Iterator[Note]:
        """Placeholders where other members have a value."""
        for part in parts:
            blanks = [(filler, found) for filler in part.fillers if (found := _BLANK.search(filler.text))]
            values = _values(part) if blanks else []
            for filler, found in blanks if values else ():
                yield {
                    "note": "blank",
                    "document": filler.document,
                    "start": filler.start + found.start(),
                    "end": filler.start + found.end(),
                    "text": found[0],
                    "slot": part.slot or part.fixed,
                    "others": values[:5],
                }

    def _stale(self, parts: Sequence[TemplatePart]) -> Iterator[Note]:
        """A year in a slot that stayed behind where those of the other members follow the dates of their documents."""
        for part in parts:
            if part.slot is None or len(part.fillers) < 3:
                continue
            dated = [(filler, *years) for filler in part.fillers if (years := self._years(filler))]
            away = Counter(said - own for _, said, own in dated)
            usual, count = away.most_common(1)[0] if away else (0, 0)
            if len(dated) < 3 or 3 * count < 2 * len(dated):
                continue
            for filler, said, own in dated:
                if said + self._in_spring(filler) < own + usual:
                    yield {
                        "note": "stale",
                        "document": filler.document,
                        "start": filler.start,
                        "end": filler.end,
                        "text": filler.text,
                        "date": self._dates[filler.document],
                        "expected": own + usual,
                    }

    def _in_spring(self, filler: Filler) -> int:
        """1 where the document is of the first three months, in which people still speak of the year before; else 0."""
        date = moments(self._dates[filler.document])
        return int(date is not None and date[1] // 10**8 % 100 <= 3)

    def _years(self, filler: Filler) -> tuple[int, int] | None:
        said = _YEAR.search(filler.text)
        own = year_of(self._dates[filler.document]) if said else None
        return (int(said[1]), own) if said and own else None

    def _slips(self, members: Sequence[Member], slipped: Mapping[str, Sequence[Slip]]) -> Iterator[Note]:
        """The same slip in two documents or more that are not versions of one."""
        places: dict[tuple[str, str | None], list[tuple[int, int, int]]] = {}
        for member in members:
            for slip in slipped.get(member.text, ()):
                at = (member.document, member.start + slip.start, member.start + slip.end)
                places.setdefault((slip.text, slip.meant), []).append(at)
        for (text, meant), held in places.items():
            if len({self._versions[document] for document, *_ in held}) > 1:
                yield {
                    "note": "slip",
                    "text": text,
                    "meant": meant,
                    "places": [
                        {"document": self._documents[d].id, "start": start, "end": end}
                        for d, start, end in held
                    ],
                }

    def _one_hand(self, members: Sequence[Member]) -> Iterator[Note]:
        """Versions of one document, and members of one author or series: told apart from the reuse of others."""
        owners = list(dict.fromkeys(member.document for member in members))
        keys: tuple[tuple[str, list[object]], ...] = (
            ("versions", [self._versions[document] for document in owners]),
            ("self-reuse", [self._documents[document].author for document in owners]),
            ("self-reuse", [self._documents[document].series for document in owners]),
        )
        for note, values in keys:
            known = [value for value in values if value is not None]
            if len(set(known)) == len(known):
                continue
            groups: dict[object, list[str]] = {}
            for document, value in zip(owners, values, strict=True):
                groups.setdefault(value, []).append(self._documents[document].id)
            for value, group in groups.items():
                if value is not None and len(group) > 1:
                    yield {"note": note, "documents": group} | ({"of": value} if note == "self-reuse" else {})

    def _is_one_hand(self, one: int, other: int) -> bool:
        left, right = self._documents[one], self._documents[other]
        return (
            self._versions[one] == self._versions[other]
            or (left.author is not None and left.author == right.author)
            or (left.series is not None and left.series == right.series)
        )

    def _stands(self, document: int) -> Standing:
        if document not in self._standing:
            self._standing[document] = Standing(self._documents[document])
        return self._standing[document]


def document_notes(document: Document, removed: Sequence[Removed] = ()) -> tuple[Note, ...]:
    """What is wrong with one document by itself, in order: levels that are not its own, and wording its date has
    left behind."""
    foreign: list[Note] = [
        {
            "note": "foreign",
            "document": document.id,
            "start": own.start,
            "end": own.end,
            "text": own.text,
            "own": own.own,
            "count": own.count,
            "own_count": own.own_count,
        }
        for own in Standing(document, removed).foreign_levels()
    ]
    return tuple(
        sorted([*foreign, *_stale_wording(document, removed)], key=lambda note: (note["start"], note["end"]))
    )


def _stale_wording(document: Document, removed: Sequence[Removed]) -> Iterator[Note]:
    """Wording of a list that the document's date lies outside of, the longest where two overlap."""
    date = moments(document.date)
    misses = [anchor for anchor in anchors() if date and anchor.misses(date)]
    found = [
        (match, anchor)
        for anchor in misses
        if anchor.held in document.text
        for match in anchor.wording.finditer(document.text)
    ]
    reached = -1
    for match, anchor in sorted(found, key=lambda pair: (pair[0].start(), -pair[0].end())):
        start, end = document.start + match.start(), document.start + match.end()
        marked = any(mark.start <= start < mark.end for mark in (*document.removed, *removed))
        if start >= reached and not marked:
            reached = end
            yield {
                "note": "stale",
                "document": document.id,
                "start": start,
                "end": end,
                "text": match[0],
                "date": document.date,
                "since": anchor.since,
                "until": anchor.until,
            }


def _instead(word: str, owner: Standing, holder: Standing) -> str | None:
    """The word that `holder` has where `owner` has `word`; None where the word may well stand in both.

    A place below or beside the holder's is foreign; a superior's name belongs into both.
    """
    if word in owner.own_names and holder.own_names:
        above = owner.level and holder.level and RANK[owner.level] < RANK[holder.level]
        return None if above or word in holder.own_names else holder.own_names[0]
    if word == owner.institution:
        return holder.institution if holder.institution != word else None
    if word == owner.audience and owner.count(word) > 1 and word not in holder.document.text[:_OPENING]:
        return holder.audience
    return None


def _values(part: TemplatePart) -> list[str]:
    """What a part holds where it is no blank, each wording once, in member order."""
    said = dict.fromkeys(filler.text for filler in part.fillers)
    values = [text for text in said if text.strip() and not _BLANK.search(text)]
    return [*values, part.fixed] if part.fixed and not _BLANK.search(part.fixed) else values
