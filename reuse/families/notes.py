"""What an inspector reads off a family's slots: names left in, blanks left in, years that do not fit, slips
in common.

A note is a mapping with `note` (`foreign | blank | stale | slip | self-reuse | versions`) and what it rests
on; spans are of the source.
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

_BLANK = re.compile(r"[×✕✖╳*＊○□■☐△▲_＿]+|(?<![A-Za-z])[XxＸｘ]+(?![A-Za-z])|某+(?![些种个人天日年月])")
_YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20[0-4]\d)(?!\d)")
_AUDIENCE = re.compile(r"([\u4e00-\u9fff]{2,6}?)(?:干部|工作者|人员|系统|战线|学员|骨干)")


class Notes:
    """Reads the families of one corpus; what it finds out about a document is kept."""

    def __init__(self, documents: Sequence[Document], versions: Sequence[int]) -> None:
        self._documents = {document.id: document for document in documents}
        self._versions = {document.id: group for document, group in zip(documents, versions, strict=True)}
        self._standing: dict[str, Standing] = {}

    def of(self, family: Family) -> tuple[Note, ...]:
        """The notes on a family of reuse, by kind, then in document order; none on a family of stock
        phrases."""
        if family.level == "phrase":
            return ()
        readers: tuple[Callable[[Family], Iterator[Note]], ...] = (
            self._foreign,
            self._blank,
            self._stale,
            self._slips,
            self._self_reuse,
        )
        return tuple(note for reader in readers for note in reader(family))

    def _foreign(self, family: Family) -> Iterator[Note]:
        """Names and offices of one member's document that stand in another's and nowhere else there."""
        owners = list(dict.fromkeys(member.document for member in family.members))
        for member in family.members:
            for owner in owners:
                if not self._is_one_hand(owner, member.document):
                    yield from self._foreign_in(member, self._stands(owner), self._stands(member.document))

    def _foreign_in(self, member: TextSpan, owner: Standing, holder: Standing) -> Iterator[Note]:
        for word, own in _left_in(owner, holder):
            inside = member.text.count(word)
            if inside and holder.count(word) == inside:
                at = member.start + member.text.index(word)
                yield {
                    "note": "foreign",
                    "document": member.document,
                    "start": at,
                    "end": at + len(word),
                    "text": word,
                    "own": own,
                    "belongs_to": owner.document.id,
                }

    def _blank(self, family: Family) -> Iterator[Note]:
        """Placeholders where other members have a value."""
        for part in family.template:
            values = _values(part)
            for filler in part.fillers:
                found = _BLANK.search(filler.text)
                if found and values:
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
        """A year in a slot that does not follow the date of its document as it does in the other members."""
        for part in family.template:
            dated = [(filler, *years) for filler in part.fillers if (years := self._years(filler))]
            away = Counter(said - own for _, said, own in dated)
            usual, count = away.most_common(1)[0] if away else (0, 0)
            if part.slot is None or len(dated) < 3 or 3 * count < 2 * len(dated):
                continue
            for filler, said, own in dated:
                if said - own != usual:
                    yield {
                        "note": "stale",
                        "document": filler.document,
                        "start": filler.start,
                        "end": filler.end,
                        "text": filler.text,
                        "date": self._documents[filler.document].date,
                        "expected": own + usual,
                    }

    def _years(self, filler: Filler) -> tuple[int, int] | None:
        said, own = _YEAR.search(filler.text), year_of(self._documents[filler.document].date)
        return (int(said[1]), own) if said and own else None

    def _slips(self, family: Family) -> Iterator[Note]:
        """The same slip in two documents or more that are not versions of one."""
        places: dict[tuple[str, str | None], list[tuple[str, int, int]]] = {}
        for member in family.members:
            for slip in slips_in(member.text):
                at = (member.document, member.start + slip.start, member.start + slip.end)
                places.setdefault((slip.text, slip.meant), []).append(at)
        for (text, meant), found in places.items():
            if len({self._versions[document] for document, *_ in found}) > 1:
                yield {
                    "note": "slip",
                    "text": text,
                    "meant": meant,
                    "places": [{"document": d, "start": start, "end": end} for d, start, end in found],
                }

    def _self_reuse(self, family: Family) -> Iterator[Note]:
        """Members of one author or series, and versions of one document: told apart from the reuse of
        others."""
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
    """What is wrong with one document by itself, in order: levels that are not its own, and wording its
    date has left behind."""
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
    date = moments(document.date)
    for anchor in anchors() if date else ():
        for found in anchor.wording.finditer(document.text):
            start, end = document.start + found.start(), document.start + found.end()
            marked = any(mark.start <= start < mark.end for mark in (*document.removed, *removed))
            if date and anchor.misses(date) and not marked:
                yield {
                    "note": "stale",
                    "document": document.id,
                    "start": start,
                    "end": end,
                    "text": found[0],
                    "date": document.date,
                    "since": anchor.since,
                    "until": anchor.until,
                }


def _left_in(owner: Standing, holder: Standing) -> Iterator[tuple[str, str]]:
    """Words of `owner` that would be foreign in `holder`, each with the word that `holder` has for it.

    A place below or beside the holder's; a superior's name belongs into both.
    """
    above = owner.level and holder.level and RANK[owner.level] < RANK[holder.level]
    if holder.own_names and not above and not set(owner.own_names) & set(holder.own_names):
        yield from ((name, holder.own_names[0]) for name in owner.own_names)
    if owner.institution and holder.institution and owner.institution != holder.institution:
        yield owner.institution, holder.institution
    yield from _audiences(owner, holder)


def _audiences(owner: Standing, holder: Standing) -> Iterator[tuple[str, str]]:
    """Whom the owner's title speaks to, where the holder's title speaks to others."""
    theirs, ours = (_AUDIENCE.search(_trimmed_title(standing)) for standing in (owner, holder))
    if theirs and ours and theirs[1] not in holder.document.text[:200] and owner.count(theirs[1]) > 1:
        yield theirs[1], ours[1]


def _trimmed_title(standing: Standing) -> str:
    return re.sub(r"^(?:在|\d{4}年度?|全|[省市州县区])+", "", standing.document.title or "")


def _values(part: TemplatePart) -> list[str]:
    """What a part holds where it is no blank, each wording once, in member order."""
    said = dict.fromkeys(filler.text for filler in part.fillers)
    values = [text for text in said if text.strip() and not _BLANK.search(text)]
    return [*values, part.fixed] if part.fixed and not _BLANK.search(part.fixed) else values
