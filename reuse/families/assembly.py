"""From clusters to `Family` values: all places of each, cut to what they share, template, first known
member, weakest match."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np

from reuse.arrays import F64
from reuse.config import FamilySettings
from reuse.families.chronology import Chronology
from reuse.families.clusters import Clusters, clustered
from reuse.families.columns import Units, folded, units_of
from reuse.families.equality import Equality, Place
from reuse.families.similarity import Grams
from reuse.families.template import Part, published, stripped, template_parts
from reuse.model import Document, Family, Kind, Level, Match, TemplatePart, TextSpan
from reuse.text.words import tokenize

_KINDS = get_args(Kind)
_HELD = 0.4
"""Share of the frame a member holds at least. Below it the member is a neighbour's neighbour: of the 30
largest families of the government reports it takes the 2 to 9 members that say something else, and hardly
any that do not."""
_PASSAGE = 8
_SHORT_END = 12
"""Letters that a slot at an end of a template has at most, on average."""
_SENTENCE_END = "。！？!?；;…\n\r\u3000"
_NEAR = 12
"""Characters between two pieces of a passage in one document that is still one place of it."""
_ROUNDS = 5
"""How often the members of a family are sifted; nearly all settle in two, and a round on ten thousand takes seconds."""
_CONTEXT = 6
"""Characters at either side of a border that words are cut from."""
_EDGE = " \t\r\n\u3000，。、；：！？,.;:!?）)】"


@dataclass(frozen=True, slots=True)
class Draft:
    """A family in the making: its members' places in document order, the occurrences each was joined from,
    and the matches (number, left occurrence, right occurrence) between these."""

    places: list[Place]
    sources: list[list[int]]
    matches: list[tuple[int, int, int]]

    grams: Grams

    def medoid(self) -> int:
        """The number of the member whose text is most like those of all."""
        occurrences = [source for group in self.sources for source in group]
        typical = self.grams.medoid(np.array(occurrences, dtype=np.int64))
        return next(member for member, group in enumerate(self.sources) if typical in group)

    def part(self, chosen: Sequence[int]) -> Draft:
        """The draft of some of the members."""
        sources = [self.sources[n] for n in chosen]
        kept = {source for group in sources for source in group}
        inside = [match for match in self.matches if match[1] in kept and match[2] in kept]
        return Draft([self.places[n] for n in chosen], sources, inside, self.grams)


@dataclass(frozen=True, slots=True)
class Settled:
    """A family without a number yet."""

    members: tuple[TextSpan, ...]
    template: tuple[TemplatePart, ...]
    matches: list[int]


class Assembler:
    """Builds the families of one corpus; keeps what they share."""

    def __init__(
        self, documents: Sequence[Document], matches: Sequence[Match], settings: FamilySettings
    ) -> None:
        self.documents = documents
        self.matches = matches
        self.settings = settings
        self.numbers = {document.id: number for number, document in enumerate(documents)}
        self.chronology = Chronology.of(documents)

    def reuse(self, chosen: Sequence[int]) -> list[Settled]:
        """The families that the matches with the numbers `chosen` found, the most widespread first."""
        return self._ranked(
            settled for draft in self._drafts(chosen, nested=True) for settled in self._settled(draft)
        )

    def phrases(self, chosen: Sequence[int]) -> list[Settled]:
        """The stock phrases that go round in enough documents; their template is their commonest wording."""
        return self._ranked(
            self._worded(draft)
            for draft in self._drafts(chosen, nested=False)
            if len({place[0] for place in draft.places}) >= self.settings.phrase_documents
        )

    def family(self, identity: str, settled: Settled) -> Family:
        """The value of a settled family."""
        holding = [self.matches[n] for n in settled.matches]
        kind, level = _kind_and_level(holding) if _is_passage(settled.template) else ("commonplace", "phrase")
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
            weakest=min(holding, key=lambda match: (match.score, match.id)).id,
        )

    def _drafts(self, chosen: Sequence[int], *, nested: bool) -> Iterator[Draft]:
        matches = [self.matches[n] for n in chosen]
        equality = Equality.of(matches, self.numbers)
        found = clustered(self.documents, self.numbers, matches, equality, self.settings, nested=nested)
        inside = _matches_inside(found, chosen)
        placed: dict[int, list[tuple[Place, int]]] = {cluster: [] for cluster in inside}
        for number, (place, cluster) in enumerate(zip(found.places, found.cluster.tolist(), strict=True)):
            if cluster in placed:
                everywhere = [place, *self._elsewhere(place, equality)]
                whole = map(self._whole_words, everywhere) if nested else everywhere
                placed[cluster].extend((each, number) for each in whole)
        for cluster, entries in placed.items():
            draft = Draft(*_joined(entries), inside[cluster], found.grams)
            if len(draft.places) > 1:
                yield draft

    def _elsewhere(self, place: Place, equality: Equality) -> Iterator[Place]:
        """Where equal paragraphs repeat most of a place."""
        least = self.settings.overlap * (place[2] - place[1])
        return (copy for copy in equality.copies(place) if copy[2] - copy[1] >= least)

    def _whole_words(self, place: Place) -> Place:
        """A place with the words that its borders cut in two: 委同意 after 市, 县 and 区 begins with a slot."""
        document = self.documents[place[0]]
        start = place[1] - _cut_word(document, place[1], before=True)
        return (place[0], start, place[2] + _cut_word(document, place[2], before=False))

    def _settled(self, draft: Draft, rounds: int = _ROUNDS) -> Iterator[Settled]:
        """The families of a draft: its members as far as they share one frame, and, apart, those that do
        not."""
        while len(draft.places) > 1 and draft.matches:
            parts, of_member = self._parts(draft)
            held = _held(parts)[of_member]
            core = np.flatnonzero(held >= _HELD).tolist()
            if len(core) < 2:
                return
            if len(core) == len(draft.places) or rounds == 0:
                yield from self._trimmed(draft, parts, of_member)
                return
            yield from self._settled(draft.part(core), rounds - 1)
            draft = draft.part(np.flatnonzero(held < _HELD).tolist())

    def _trimmed(self, draft: Draft, parts: Sequence[Part], of_member: Sequence[int]) -> Iterator[Settled]:
        """The family of a draft whose members share one frame, without the loose ends that most do not
        share."""
        first, last = _frame_ends(parts, of_member)
        if self._stands_free(draft, parts[:first], of_member, before=True):
            first = 0
        if self._stands_free(draft, parts[last + 1 :], of_member, before=False):
            last = len(parts) - 1
        lead = [sum(map(len, texts)) for texts in _columns(parts[:first], len(parts[0].texts))]
        kept, shifts = stripped(parts[first : last + 1], _EDGE)
        sizes = [sum(map(len, texts)) for texts in _columns(kept, len(shifts))]
        starts = [place[1] + lead[n] + shifts[n] for place, n in zip(draft.places, of_member, strict=True)]
        kept_members = [number for number, n in enumerate(of_member) if sizes[n]]
        if len(kept_members) < len(of_member):
            yield from self._settled(draft.part(kept_members))
            return
        members = tuple(
            self._span((place[0], start, start + sizes[n]))
            for place, start, n in zip(draft.places, starts, of_member, strict=True)
        )
        template = tuple(published(kept, members, of_member))
        yield Settled(members, template, [match[0] for match in draft.matches])

    def _stands_free(
        self, draft: Draft, end: Sequence[Part], of_member: Sequence[int], *, before: bool
    ) -> bool:
        """Whether a loose end is a slot all the same: a short one that opens a sentence in most members, or closes one."""
        loose = [part for part in end if part.fixed is None]
        marks = all(not _letters(part.fixed or "") for part in end)
        if len(loose) != 1 or not marks:
            return False
        lengths = [_letters(loose[0].texts[n]) for n in of_member]
        free = sum(_at_sentence(self.documents[place[0]], place, before=before) for place in draft.places)
        return 0 < sum(lengths) <= _SHORT_END * len(lengths) and free >= self.settings.support * len(
            draft.places
        )

    def _worded(self, draft: Draft) -> Settled:
        members = tuple(self._span(place) for place in draft.places)
        counts = Counter(member.text for member in members)
        which = {text: number for number, text in enumerate(counts)}
        parts = [Part(list(counts), max(counts, key=lambda text: counts[text]))]
        template = tuple(published(parts, members, [which[member.text] for member in members]))
        return Settled(members, template, [match[0] for match in draft.matches])

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
        units = [self._units(place, self._text(place)) for place in draft.places]
        return template_parts(units, draft.medoid(), self.settings.support)

    def _units(self, place: Place, text: str) -> Units:
        """The units of a place, what reading marked as no part of the speech hidden."""
        marks = self.documents[place[0]].removed
        return units_of(
            text,
            [
                (m.start - place[1], m.end - place[1])
                for m in marks
                if m.start < place[2] and m.end > place[1]
            ],
        )

    def _text(self, place: Place) -> str:
        return self.documents[place[0]].slice(place[1], place[2])

    def _span(self, place: Place) -> TextSpan:
        document = self.documents[place[0]]
        return TextSpan(document.id, document.source, place[1], place[2], self._text(place))


def _at_sentence(document: Document, place: Place, *, before: bool) -> bool:
    """Whether a place begins where a sentence begins, or ends where one ends."""
    text = document.text
    start, end = place[1] - document.start, place[2] - document.start
    if before:
        return start == 0 or text[start - 1] in _SENTENCE_END
    return end == len(text) or text[end] in _SENTENCE_END or text[end - 1] in _SENTENCE_END


def _cut_word(document: Document, border: int, *, before: bool) -> int:
    """How much of the word that a border cuts in two stands before the border, or behind it; 0 where it
    cuts none."""
    first = max(document.start, border - _CONTEXT)
    text = document.slice(first, min(document.end, border + _CONTEXT))
    for start, end in tokenize(text):
        if start < border - first < end and text[start:end].isalpha():
            return border - first - start if before else end - (border - first)
    return 0


def _matches_inside(found: Clusters, chosen: Sequence[int]) -> dict[int, list[tuple[int, int, int]]]:
    """The matches whose ends are in one cluster, by cluster, ascending."""
    inside: dict[int, list[tuple[int, int, int]]] = {}
    ends = zip(chosen, found.ends.tolist(), found.cluster[found.ends].tolist(), strict=True)
    for n, (left, right), (one, other) in ends:
        if one == other:
            inside.setdefault(one, []).append((n, left, right))
    return dict(sorted(inside.items()))


def _joined(entries: Iterable[tuple[Place, int]]) -> tuple[list[Place], list[list[int]]]:
    """Places in document order, those of one document that all but touch made one; and what each was joined
    from."""
    joined: list[Place] = []
    sources: list[list[int]] = []
    for (document, start, end), number in sorted(entries):
        if joined and joined[-1][0] == document and start <= joined[-1][2] + _NEAR:
            joined[-1] = (document, joined[-1][1], max(end, joined[-1][2]))
            sources[-1].append(number)
        else:
            joined.append((document, start, end))
            sources.append([number])
    return joined, sources


def _held(parts: Sequence[Part]) -> F64:
    """For each distinct text the share of the frame that it holds, by pairs of characters and in any order:
    sentences may have changed places."""
    frame = {pair for part in parts for pair in _pairs(part.fixed or "")}
    texts = ["".join(texts) for texts in _columns(parts, len(parts[0].texts))]
    return np.array([len(frame & _pairs(text)) / max(len(frame), 1) for text in texts])


def _pairs(text: str) -> set[str]:
    letters = "".join(filter(str.isalnum, folded(text)))
    return {letters[n : n + 2] for n in range(len(letters) - 1)}


def _columns(parts: Sequence[Part], count: int) -> list[list[str]]:
    """What each of `count` distinct texts has in some parts."""
    return [[part.texts[n] for part in parts] for n in range(count)]


def _frame_ends(parts: Sequence[Part], of_member: Sequence[int]) -> tuple[int, int]:
    """The first and the last part of the template proper: where frame outweighs what is loose between.

    As in local alignment: the stretch whose characters of frame, less half of those that members put into
    slots of no type, are most. Ends that most members do not share fall away, and scraps of frame beyond
    them. A slot with a type at an end stays.
    """
    worth = [_worth(part, of_member) for part in parts]
    best, first, last = 0.0, 0, len(parts) - 1
    total, start = 0.0, 0
    for n, value in enumerate(worth):
        if total <= 0:
            total, start = 0.0, n
        total += value
        if total > best:
            best, first, last = total, start, n
    while first > 0 and worth[first - 1] == 0:
        first -= 1
    while last + 1 < len(parts) and worth[last + 1] == 0:
        last += 1
    return first, last


def _worth(part: Part, of_member: Sequence[int]) -> float:
    if part.fixed is not None:
        return float(_letters(part.fixed))
    if part.type != "other":
        return 0.0
    lengths = [_letters(text) for text in part.texts]
    return -0.5 * max(0.5, sum(lengths[text] for text in of_member) / len(of_member))


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _is_passage(template: Sequence[TemplatePart]) -> bool:
    """Whether the members share more than a phrase: eight letters of frame, the length by which readers
    told reuse from phrase."""
    return sum(_letters(part.fixed or "") for part in template) >= _PASSAGE


def _kind_and_level(matches: Sequence[Match]) -> tuple[Kind, Level]:
    """What most of the matches are, by kind and by level; of equals the surer kind, and the narrower level."""
    kinds = Counter(match.kind for match in matches)
    levels = Counter(match.level for match in matches)
    kind = min(kinds, key=lambda kind: (-kinds[kind], _KINDS.index(kind)))
    level = max(levels, key=lambda level: (levels[level], level == "passage"))
    return kind, level
