"""From clusters to `Family` values: all places of each, cut to what they share, template, first known
member, weakest match."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add

import numpy as np

from reuse.arrays import I64, Bool
from reuse.config import FamilySettings
from reuse.families.chronology import Chronology
from reuse.families.clusters import clustered
from reuse.families.drafts import Draft, drafts
from reuse.families.ends import (
    frame_ends,
    lengths,
    letters,
    without_closing,
    without_opening,
    without_particles,
)
from reuse.families.equality import Equality
from reuse.families.template import Part, published, stripped, template_parts
from reuse.families.wordings import Vocabulary, Wording, folded
from reuse.match_table import KINDS, LEVELS, MatchTable
from reuse.model import Document, Family, Kind, Level, TemplatePart, TextSpan
from reuse.sharing import shared_out

Place = tuple[int, int, int]
"""Document number, start, end."""

_HELD = 0.4
"""Share of the frame a member holds at least. Below it the member is a neighbour's neighbour: of the 30
largest families of the government reports it takes the 2 to 9 members that say something else, and hardly
any that do not."""
_PASSAGE = 8
_SHORT_END = 12
"""Letters that a slot at an end of a template has at most, on average."""
_SENTENCE_END = "。！？!?；;…\n\r\u3000"
_CLAUSE_END = _SENTENCE_END + "，,：:"
_ROUNDS = 5
"""How often the members of a family are sifted; nearly all settle in two, and a round on ten thousand takes seconds."""
_EDGE = " \t\r\n\u3000，。、；：！？,.;:!?）)】"


@dataclass(frozen=True, slots=True)
class Settled:
    """A family without a number yet."""

    members: tuple[TextSpan, ...]
    template: tuple[TemplatePart, ...]
    matches: I64


class Assembler:
    """Builds the families of one corpus; keeps what they share."""

    def __init__(
        self, documents: Sequence[Document], matches: MatchTable, settings: FamilySettings, jobs: int = 1
    ) -> None:
        self.jobs = jobs
        self.documents = documents
        self.matches = matches
        self.settings = settings
        self.numbers = {document.id: number for number, document in enumerate(documents)}
        self.chronology = Chronology.of(documents)
        self._vocabulary = Vocabulary()

    def reuse(self) -> list[Settled]:
        """The families that the matches of reuse found, the most widespread first."""
        chosen = np.flatnonzero(self.matches.reported)
        found = list(self._drafts(chosen, nested=True))
        settled = shared_out(lambda n: list(self._settled(found[n])), len(found), self.jobs)
        return self._ranked(each for group in settled for each in group)

    def phrases(self) -> list[Settled]:
        """The stock phrases that go round in enough documents; their template is their commonest wording."""
        chosen = np.flatnonzero(~self.matches.reported)
        return self._ranked(
            self._worded(draft)
            for draft in self._drafts(chosen, nested=False)
            if len(set(draft.places[:, 0].tolist())) >= self.settings.phrase_documents
        )

    def family(self, identity: str, settled: Settled) -> Family:
        """The value of a settled family."""
        kind, level = self._kind_and_level(settled)
        owners = {self.numbers[member.document] for member in settled.members}
        return Family(
            id=identity,
            kind=kind,
            level=level,
            size=len(settled.members),
            documents=len(owners),
            members=settled.members,
            template=settled.template,
            first=self.chronology.first_known(owners, self.documents),
            weakest=self._weakest(settled.matches),
        )

    def _kind_and_level(self, settled: Settled) -> tuple[Kind, Level]:
        """What most of the matches are, by kind and by level; of equals the surer kind, and the narrower level."""
        if not _is_passage(settled.template):
            return "commonplace", "phrase"
        kinds = np.bincount(self.matches.kind[settled.matches])
        levels = np.bincount(self.matches.level[settled.matches], minlength=len(LEVELS)).tolist()
        level = max(range(len(LEVELS)), key=lambda n: (levels[n], LEVELS[n] == "passage"))
        return KINDS[int(np.argmax(kinds))], LEVELS[level]

    def _weakest(self, rows: I64) -> str:
        scores = self.matches.score[rows]
        return min(self.matches.id(row) for row in rows[scores == scores.min()].tolist())

    def _drafts(self, rows: I64, *, nested: bool) -> Iterator[Draft]:
        equality = Equality.of(self.matches, rows)
        found = clustered(self.documents, self.matches, rows, equality, self.settings, nested=nested)
        return drafts(self.documents, found, rows, equality, self.settings.overlap, whole_words=nested)

    def _settled(self, draft: Draft, rounds: int = _ROUNDS) -> Iterator[Settled]:
        """The families of a draft: its members as far as they share one frame, and, apart, those that do
        not."""
        while len(draft.places) > 1 and len(draft.matches):
            parts, of_member = self._parts(draft)
            held = _held(parts)[of_member]
            core = np.flatnonzero(held)
            if len(core) < 2:
                return
            if len(core) == len(draft.places) or rounds == 0:
                yield from self._trimmed(draft, parts, of_member)
                return
            yield from self._settled(draft.part(core), rounds - 1)
            draft = draft.part(np.flatnonzero(~held))

    def _trimmed(self, draft: Draft, parts: Sequence[Part], of_member: Sequence[int]) -> Iterator[Settled]:
        """The family of a draft whose members share one frame, without the loose ends that most do not
        share."""
        first, last = frame_ends(parts, of_member)
        if self._stands_free(draft, parts[:first], of_member, before=True):
            first = 0
        if self._stands_free(draft, parts[last + 1 :], of_member, before=False):
            last = len(parts) - 1
        lead, kept, _ = self._without_fragments(draft, parts, first, last)
        begun = lengths(lead, len(parts[0].texts))
        kept, shifts = stripped(kept, _EDGE)
        sizes = lengths(kept, len(shifts))
        places = draft.places.tolist()
        held = _held(kept)[of_member]
        if not held.all():
            yield from self._settled(draft.part(np.flatnonzero(held)))
            return
        starts = [place[1] + begun[n] + shifts[n] for place, n in zip(places, of_member, strict=True)]
        members = tuple(
            self._span((place[0], start, start + sizes[n]))
            for place, start, n in zip(places, starts, of_member, strict=True)
        )
        template = tuple(published(kept, members, of_member))
        yield Settled(members, template, draft.matches[:, 0])

    def _without_fragments(
        self, draft: Draft, parts: Sequence[Part], first: int, last: int
    ) -> tuple[list[Part], list[Part], list[Part]]:
        """The template proper, and what stands before and behind it: a piece of a clause at an end that most members
        do not begin or end with is left outside."""
        before, kept, behind = list(parts[:first]), list(parts[first : last + 1]), list(parts[last + 1 :])
        if not self._most_at_border(draft, before=True) or any(letters(part.fixed or "") for part in before):
            lead, kept = without_opening(kept)
            before += lead
        if not self._most_at_border(draft, before=False) or any(letters(part.fixed or "") for part in behind):
            kept, rest = without_closing(kept)
            behind = rest + behind
        lead, kept, rest = without_particles(kept)
        return before + lead, kept, rest + behind

    def _most_at_border(self, draft: Draft, *, before: bool) -> bool:
        places = draft.places.tolist()
        free = sum(
            _at_border(self.documents[place[0]], place, _CLAUSE_END, before=before) for place in places
        )
        return free >= self.settings.support * len(places)

    def _stands_free(
        self, draft: Draft, end: Sequence[Part], of_member: Sequence[int], *, before: bool
    ) -> bool:
        """Whether a loose end is a slot all the same: a short one that opens a sentence in most members, or closes one."""
        loose = [part for part in end if part.fixed is None]
        marks = all(not letters(part.fixed or "") for part in end)
        if len(loose) != 1 or not marks:
            return False
        lengths = [letters(loose[0].texts[n]) for n in of_member]
        places = draft.places.tolist()
        free = sum(
            _at_border(self.documents[place[0]], place, _SENTENCE_END, before=before) for place in places
        )
        return 0 < sum(lengths) <= _SHORT_END * len(lengths) and free >= self.settings.support * len(places)

    def _worded(self, draft: Draft) -> Settled:
        members = tuple(self._span(place) for place in draft.places.tolist())
        counts = Counter(member.text for member in members)
        which = {text: number for number, text in enumerate(counts)}
        parts = [Part(list(counts), max(counts, key=lambda text: counts[text]))]
        template = tuple(published(parts, members, [which[member.text] for member in members]))
        return Settled(members, template, draft.matches[:, 0])

    def _ranked(self, families: Iterable[Settled]) -> list[Settled]:
        """Passages before phrases; in more documents first; then of more members, then of longer text, then
        the earlier."""

        def rank(settled: Settled) -> tuple[bool, int, int, int, int, int]:
            owners = {member.document for member in settled.members}
            first = settled.members[0]
            characters = sum(len(member.text) for member in settled.members)
            phrase = not _is_passage(settled.template)
            return (
                phrase,
                -len(owners),
                -len(settled.members),
                -characters,
                self.numbers[first.document],
                first.start,
            )

        return sorted(families, key=rank)

    def _parts(self, draft: Draft) -> tuple[list[Part], list[int]]:
        """The parts of a draft's distinct texts, and for each member the number of its text."""
        which: dict[tuple[str, bytes], int] = {}
        wordings: list[Wording] = []
        of_member = []
        for place in draft.places.tolist():
            text, marked = self._text(place), self._marked(place)
            number = which.get((text, b"")) if not marked else None
            if number is None:
                wording = self._vocabulary.wording(text, marked)
                number = which.setdefault((text, wording.bounds.tobytes()), len(wordings))
                if number == len(wordings):
                    wordings.append(wording)
                if not marked:
                    which[text, b""] = number
            of_member.append(number)
        counts = np.bincount(of_member).astype(np.int64)
        medoid = of_member[draft.medoid()] if len(wordings) > 1 else 0
        return template_parts(wordings, counts, medoid, self.settings.support, self._vocabulary), of_member

    def _marked(self, place: Place) -> list[tuple[int, int]]:
        """What reading marked as no part of the speech in a place, from its beginning on."""
        marks = self.documents[place[0]].removed
        return [
            (m.start - place[1], m.end - place[1]) for m in marks if m.start < place[2] and m.end > place[1]
        ]

    def _text(self, place: Place) -> str:
        return self.documents[place[0]].slice(place[1], place[2])

    def _span(self, place: Place) -> TextSpan:
        document = self.documents[place[0]]
        return TextSpan(document.id, document.source, place[1], place[2], self._text(place))


def _at_border(document: Document, place: Place, marks: str, *, before: bool) -> bool:
    """Whether a place begins where one of the marks ends what was before, or ends where one stands."""
    text = document.text
    start, end = place[1] - document.start, place[2] - document.start
    if before:
        return start == 0 or text[start - 1] in marks
    return end == len(text) or text[end] in marks or text[end - 1] in marks


def _held(parts: Sequence[Part]) -> Bool:
    """For each distinct text whether it holds enough of the frame, by pairs of characters and in any order:
    sentences may have changed places."""
    pairs = [_pairs(part.fixed or "") for part in parts]
    frame: frozenset[str] = frozenset().union(*pairs)
    held = np.ones(len(parts[0].texts), dtype=np.bool_)
    missing = [0] * len(held)
    for part, own in zip(parts, pairs, strict=True):
        for n in part.deviating() if part.fixed is not None else ():
            missing[n] += len(own)
    for n, most in enumerate(missing):
        # The frame but for the parts that a text words otherwise is in it, whatever else it holds.
        if len(frame) - most < _HELD * len(frame) + 1:
            text = "".join(part.texts[n] for part in parts)
            held[n] = len(frame & _pairs(text)) / max(len(frame), 1) >= _HELD if most else True
    return held if frame else np.zeros(len(held), dtype=np.bool_)


@lru_cache(maxsize=1024)
def _pairs(text: str) -> frozenset[str]:
    """The pairs of letters of a text; those of a template are asked for again when its ends are cut."""
    plain = text.translate(_LETTERS)
    return frozenset(map(add, plain, plain[1:]))


class _Letters(dict[int, str]):
    """The letters and digits that characters fold to, by code point, found when they are first asked for."""

    def __missing__(self, code: int) -> str:
        found = self[code] = "".join(filter(str.isalnum, folded(chr(code))))
        return found


_LETTERS = _Letters()


def _is_passage(template: Sequence[TemplatePart]) -> bool:
    """Whether the members share more than a phrase: eight letters of frame, the length by which readers
    told reuse from phrase."""
    return sum(letters(part.fixed or "") for part in template) >= _PASSAGE
