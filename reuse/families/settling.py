"""From drafts to families: members that share one frame stay together, others apart; many drafts at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reuse.arrays import I64, U8, Bool, ranges
from reuse.config import FamilySettings
from reuse.families.characters import CLAUSE_END, SENTENCE_END, Alphabet
from reuse.families.drafts import Draft
from reuse.families.ends import Free, leave_particles, strip, trim
from reuse.families.family_columns import FamilyColumns, joined, no_families
from reuse.families.frames import whole_frames
from reuse.families.holding import hold_enough
from reuse.families.publishing import published
from reuse.families.sheets import Texts, sheet_of
from reuse.families.template import templates
from reuse.families.wordings import Vocabulary, Wording
from reuse.model import Document

_HELD = 0.4
"""Share of the frame a member holds at least. Below it the member is a neighbour's neighbour: of the 30
largest families of the government reports it takes the 2 to 9 members that say something else, and hardly
any that do not."""
_ROUNDS = 5
"""How often the members of a family are sifted; nearly all settle in two, and a round on ten thousand takes seconds."""


@dataclass(frozen=True, slots=True)
class _Work:
    """A draft to be settled: `order` says where its families stand among those of its batch."""

    order: tuple[int, ...]
    draft: Draft
    rounds: int = _ROUNDS

    def parted(self, held: Bool) -> list[_Work]:
        """The members that hold enough of the frame, and, apart, those that do not."""
        core, rest = self.draft.part(np.flatnonzero(held)), self.draft.part(np.flatnonzero(~held))
        return [_Work((*self.order, 0), core, self.rounds - 1), _Work((*self.order, 1), rest, self.rounds)]


@dataclass(frozen=True, slots=True)
class _Members:
    """The members of some drafts: draft d has `at[d]:at[d + 1]`; of each its text (a number in the sheet), its place, and
    whether it stands free (`Free`)."""

    at: I64
    text: I64
    place: I64
    free: Free


class Settler:
    """Settles the drafts of one corpus; keeps what it learns of characters and words."""

    def __init__(self, documents: Sequence[Document], settings: FamilySettings) -> None:
        self._documents = documents
        self._settings = settings
        self._vocabulary = Vocabulary()
        self._alphabet = Alphabet()

    def settled(self, drafts: Sequence[Draft]) -> FamilyColumns:
        """The families of some drafts, draft by draft."""
        found: list[tuple[list[tuple[int, ...]], FamilyColumns]] = []
        work = [_Work((number,), draft) for number, draft in enumerate(drafts)]
        while work := [one for one in work if len(one.draft.places) > 1 and len(one.draft.matches)]:
            order, columns, work = self._round(work)
            found.append((order, columns))
        order = [one for orders, _ in found for one in orders]
        if not found:
            return no_families()
        return joined([columns for _, columns in found]).take(
            np.array(sorted(range(len(order)), key=order.__getitem__), dtype=np.int64)
        )

    def _round(self, work: Sequence[_Work]) -> tuple[list[tuple[int, ...]], FamilyColumns, list[_Work]]:
        """The families of drafts whose members share one frame, with their order, and what is left to settle."""
        texts, members = self._laid_out([one.draft for one in work])
        parts, types = templates(texts, self._settings.support, self._vocabulary)
        frames = whole_frames(texts.sheet, parts)
        every = np.arange(len(work))
        left: list[_Work] = []
        ready = []
        for n, held in enumerate(_of_members(members, hold_enough(texts.sheet, parts, frames, every, _HELD))):
            if held.sum() < 2:
                continue
            if held.all() or work[n].rounds == 0:
                ready.append(n)
            else:
                left += work[n].parted(held)
        chosen = np.array(ready, dtype=np.int64)
        trim(texts.sheet, parts, types, frames, chosen, members.free, self._settings.support)
        leave_particles(texts, parts, frames, chosen)
        strip(texts.sheet, parts, frames, chosen)
        again = list(_of_members(members, hold_enough(texts.sheet, parts, frames, chosen, _HELD)))
        whole = [n for n in ready if again[n].all()]
        left += [
            _Work(work[n].order, work[n].draft.part(np.flatnonzero(again[n])))
            for n in ready
            if not again[n].all()
        ]
        columns = published(
            texts.sheet,
            parts,
            types,
            frames,
            np.array(whole, dtype=np.int64),
            members.at,
            members.text,
            members.place,
        )
        rows = [work[n].draft.matches[:, 0] for n in whole]
        match_at = ranges(np.array(list(map(len, rows)), dtype=np.int64))
        held_by = np.concatenate([*rows, np.zeros(0, dtype=np.int64)])
        return (
            [work[n].order for n in whole],
            FamilyColumns(*columns, match_at, held_by, [()] * len(whole)),
            left,
        )

    def _laid_out(self, drafts: Sequence[Draft]) -> tuple[Texts, _Members]:
        """The distinct texts of some drafts, and their members."""
        wordings: list[Wording] = []
        around: list[str] = []
        text_at, of_member, medoids = [0], [], []
        for draft in drafts:
            own, numbers = self._wordings(draft, around)
            medoid = numbers[draft.medoid()] if len(own) > 1 else 0
            medoids.append(len(wordings) + medoid)
            of_member += [len(wordings) + number for number in numbers]
            wordings += own
            text_at.append(len(wordings))
        text = np.array(of_member, dtype=np.int64)
        weight = np.bincount(text, minlength=len(wordings))
        texts = sheet_of(
            wordings,
            np.array(text_at, dtype=np.int64),
            weight,
            np.array(medoids, dtype=np.int64),
            self._vocabulary,
            self._alphabet,
        )
        at = ranges(np.array([len(draft.places) for draft in drafts], dtype=np.int64))
        place = np.concatenate([draft.places for draft in drafts])
        return texts, _Members(at, text, place, self._free(texts, at, text, "".join(around)))

    def _wordings(self, draft: Draft, around: list[str]) -> tuple[list[Wording], list[int]]:
        """The distinct texts of a draft, and for each member the number of its text; the characters before and behind each
        member are put `around`, a line break where there is none."""
        which: dict[tuple[str, bytes], int] = {}
        wordings: list[Wording] = []
        of_member = []
        for number, start, end in draft.places.tolist():
            document = self._documents[number]
            whole, a, b = document.text, start - document.start, end - document.start
            text = whole[a:b]
            around.append((whole[a - 1] if a else "\n") + (whole[b] if b < len(whole) else "\n"))
            marked = _marked(document, start, end) if document.removed else ()
            found = which.get((text, b"")) if not marked else None
            if found is None:
                wording = self._vocabulary.wording(text, marked)
                found = which.setdefault((text, wording.bounds.tobytes()), len(wordings))
                if found == len(wordings):
                    wordings.append(wording)
                if not marked:
                    which[text, b""] = found
            of_member.append(found)
        return wordings, of_member

    def _free(self, texts: Texts, at: I64, text: I64, around: str) -> Free:
        beside = self._alphabet.characters(around).told.reshape(-1, 2)
        ends = texts.sheet.characters.told[texts.sheet.char_at[text + 1] - 1]

        def count(side: U8, bit: int) -> I64:
            found: I64 = np.add.reduceat((side & bit > 0).astype(np.int64), at[:-1])
            return found

        before, behind = beside[:, 0], beside[:, 1] | ends
        return Free(
            count(before, SENTENCE_END),
            count(before, CLAUSE_END),
            count(behind, SENTENCE_END),
            count(behind, CLAUSE_END),
            np.diff(at),
        )


def _of_members(members: _Members, held: Bool) -> Sequence[Bool]:
    """What is said of texts for the members of each draft."""
    return np.split(held[members.text], members.at[1:-1])


def _marked(document: Document, start: int, end: int) -> list[tuple[int, int]]:
    """What reading marked as no part of the speech in a place, from its beginning on."""
    return [(m.start - start, m.end - start) for m in document.removed if m.start < end and m.end > start]
