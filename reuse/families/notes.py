"""What an inspector reads off a family's slots: names left in, blanks left in, years that do not fit, slips in
common.

A note is a mapping with `note` (`foreign | blank | stale | slip | self-reuse | versions`) and what it rests on;
spans are of the source.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from reuse.families.chronology import moments, year_of
from reuse.families.lists import anchors
from reuse.families.slips import slips_in
from reuse.families.standing import RANK, Standing
from reuse.model import Document, Family, Filler, Removed, TemplatePart, TextSpan

Note = Mapping[str, Any]

_NUMERALS = "〇零一二三四五六七八九○"
_BLANK = re.compile(
    r"(?<!\d)[×✕✖╳*＊]+|[×✕✖╳*＊]+(?!\d)|[□■☐△▲＿]+|__+|(?<![A-Za-z0-9])_(?![A-Za-z0-9])"
    rf"|(?<![{_NUMERALS}])○+(?![{_NUMERALS}])|(?<![A-Za-z])[XxＸｘ]+(?![A-Za-z0-9-])|某某+|某(?=[省市州盟县区旗镇乡村厅局])"
)
"""Marks that stand for what is to be filled in; not a sign of multiplication, a subscript (PM_2.5) or the nought of a year
(二○二○年): all seven blanks told of in the government reports were such."""
_YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20[0-4]\d)(?!\d)")
_OWNERS = 20
"""Documents asked whether a word is theirs; in a family of thousands the first twenty speak for the rest."""
_SLIP_TEXTS = 500
"""Distinct wordings of a family that are searched for slips: beyond them, those of a wording still unread are
those of its neighbours."""
_OPENING = 200
"""Characters at the beginning of a document in which it names those it speaks to."""


class Notes:
    """Reads the families of one corpus; what it finds out about a document is kept."""

    def __init__(self, documents: Sequence[Document], versions: Sequence[int]) -> None:
        self._documents = {document.id: document for document in documents}
        self._versions = {document.id: group for document, group in zip(documents, versions, strict=True)}
        self._standing: dict[str, Standing] = {}

    def of(self, family: Family) -> tuple[Note, ...]:
        """The notes on a family of reuse, by kind, then in document order; none on a family of stock phrases."""
        if family.level == "phrase":
            return ()
        readers: tuple[Callable[[Family], Iterator[Note]], ...] = (
            self._foreign,
            self._blank,
            self._stale,
            self._slips,
            self._one_hand,
        )
        return tuple(note for reader in readers for note in reader(family))

    def _foreign(self, family: Family) -> Iterator[Note]:
        """Names and offices of one member's document that stand in another's and nowhere else there."""
        owners: dict[str, list[str]] = {}
        for document in dict.fromkeys(member.document for member in family.members):
            for word in self._stands(document).own_words:
                owners.setdefault(word, []).append(document)
        for member in family.members:
            for word, held in owners.items():
                if word in member.text:
                    yield from self._left_in(word, held[:_OWNERS], member)

    def _left_in(self, word: str, owners: Sequence[str], member: TextSpan) -> Iterator[Note]:
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
                    "document": member.document,
                    "start": at,
                    "end": at + len(word),
                    "text": word,
                    "own": own,
                    "belongs_to": owner,
                }
                return

    def _blank(self, family: Family) -> Iterator[Note]:
        """Placeholders where other members have a value."""
        for part in family.template:
            values = _values(part) if part.fillers else []
            for filler in part.fillers if values else ():
                found = _BLANK.search(filler.text)
                if found:
                    yield {
                        "note": "blank",
                        "document": filler.document,
                        "start": filler.start + found.start(),
                        "end": filler.start + found.end(),
                        "text": found[0],
                        "slot": part.slot or part.fixed,
                        "others": values[:5],
                    }

    def _stale(self, family: Family) -> Iterator[Note]:
        """A year in a slot that stayed behind where those of the other members follow the dates of their documents."""
        for part in family.template:
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
                        "date": self._documents[filler.document].date,
                        "expected": own + usual,
                    }

    def _in_spring(self, filler: Filler) -> int:
        """1 where the document is of the first three months, in which people still speak of the year before; else 0."""
        date = moments(self._documents[filler.document].date)
        return int(date is not None and date[1] // 10**8 % 100 <= 3)

    def _years(self, filler: Filler) -> tuple[int, int] | None:
        said = _YEAR.search(filler.text)
        own = year_of(self._documents[filler.document].date) if said else None
        return (int(said[1]), own) if said and own else None

    def _slips(self, family: Family) -> Iterator[Note]:
        """The same slip in two documents or more that are not versions of one."""
        texts = list(dict.fromkeys(member.text for member in family.members))[:_SLIP_TEXTS]
        found = {text: slips_in(text) for text in texts}
        places: dict[tuple[str, str | None], list[tuple[str, int, int]]] = {}
        for member in family.members:
            for slip in found.get(member.text, ()):
                at = (member.document, member.start + slip.start, member.start + slip.end)
                places.setdefault((slip.text, slip.meant), []).append(at)
        for (text, meant), held in places.items():
            if len({self._versions[document] for document, *_ in held}) > 1:
                yield {
                    "note": "slip",
                    "text": text,
                    "meant": meant,
                    "places": [{"document": d, "start": start, "end": end} for d, start, end in held],
                }

    def _one_hand(self, family: Family) -> Iterator[Note]:
        """Versions of one document, and members of one author or series: told apart from the reuse of others."""
        owners = list(dict.fromkeys(member.document for member in family.members))
        keys: tuple[tuple[str, Callable[[str], object]], ...] = (
            ("versions", lambda document: self._versions[document]),
            ("self-reuse", lambda document: self._documents[document].author),
            ("self-reuse", lambda document: self._documents[document].series),
        )
        for note, key in keys:
            groups: dict[object, list[str]] = {}
            for document in owners:
                groups.setdefault(key(document), []).append(document)
            for value, group in groups.items():
                if value is not None and len(group) > 1:
                    yield {"note": note, "documents": group} | ({"of": value} if note == "self-reuse" else {})

    def _is_one_hand(self, one: str, other: str) -> bool:
        left, right = self._documents[one], self._documents[other]
        return (
            self._versions[one] == self._versions[other]
            or (left.author is not None and left.author == right.author)
            or (left.series is not None and left.series == right.series)
        )

    def _stands(self, document: str) -> Standing:
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
