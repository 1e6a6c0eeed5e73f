"""From clusters to families: all places of each, cut to what they share, template and notes, the most widespread
first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Sized
from dataclasses import replace

import numpy as np

from reuse.arrays import I64, ranges
from reuse.config import FamilySettings
from reuse.families.clusters import clustered
from reuse.families.drafts import Draft, drafts
from reuse.families.equality import Equality
from reuse.families.family_columns import FIXED_TYPE, FamilyColumns, joined, no_families, passages
from reuse.families.notes import Notes
from reuse.families.settling import Settler
from reuse.match_table import MatchTable
from reuse.model import Document
from reuse.sharing import in_turn
from reuse.sorting import row_order

_TOGETHER = 256
"""Drafts settled at a time."""


class Assembler:
    """Builds the families of one corpus; keeps what they share."""

    def __init__(
        self, documents: Sequence[Document], matches: MatchTable, settings: FamilySettings, jobs: int = 1
    ) -> None:
        self.jobs = jobs
        self.documents = documents
        self.matches = matches
        self.settings = settings

    def reuse(self, versions: I64) -> FamilyColumns:
        """The families that the matches of reuse found, the most widespread first; `versions` are the groups of `versions`."""
        found = list(self._drafts(np.flatnonzero(self.matches.reported), nested=True))
        settler = Settler(self.documents, self.settings)
        notes = Notes(self.documents, versions.tolist())

        def of_batch(number: int) -> FamilyColumns:
            settled = settler.settled(found[number * _TOGETHER : (number + 1) * _TOGETHER])
            return replace(settled, notes=notes.on(settled))

        settled = list(in_turn(of_batch, -(-len(found) // _TOGETHER), self.jobs))
        return self._ranked(joined(settled) if settled else no_families())

    def phrases(self) -> FamilyColumns:
        """The stock phrases that go round in enough documents; their template is their commonest wording."""
        chosen = np.flatnonzero(~self.matches.reported)
        found = [
            draft
            for draft in self._drafts(chosen, nested=False)
            if len(set(draft.places[:, 0].tolist())) >= self.settings.phrase_documents
        ]
        return self._ranked(self._worded(found) if found else no_families())

    def _drafts(self, rows: I64, *, nested: bool) -> Iterator[Draft]:
        equality = Equality.of(self.matches, rows)
        found = clustered(self.documents, self.matches, rows, equality, self.settings, nested=nested)
        return drafts(self.documents, found, rows, equality, self.settings.overlap, whole_words=nested)

    def _worded(self, found: Sequence[Draft]) -> FamilyColumns:
        """The families of stock phrases: of each its commonest wording, and the members that word it otherwise."""
        wordings, others = [], []
        for draft in found:
            places = draft.places.tolist()
            texts = [self.documents[d].slice(start, end) for d, start, end in places]
            counts = Counter(texts)
            wording = max(counts, key=counts.__getitem__)
            wordings.append(wording)
            others.append([place for place, text in zip(places, texts, strict=True) if text != wording])
        rows = [draft.matches[:, 0] for draft in found]
        return FamilyColumns(
            _offsets([draft.places for draft in found]),
            np.concatenate([draft.places for draft in found]),
            np.arange(len(found) + 1),
            np.full(len(found), FIXED_TYPE, dtype=np.uint8),
            _offsets(wordings),
            np.array([ord(character) for character in "".join(wordings)], dtype=np.int32),
            _offsets(others),
            np.array([place for some in others for place in some], dtype=np.int64).reshape(-1, 3),
            _offsets(rows),
            np.concatenate(rows),
            [()] * len(found),
        )

    def _ranked(self, found: FamilyColumns) -> FamilyColumns:
        """Passages before phrases; in more documents first; then of more members, then of longer text, then
        the earlier."""
        if not len(found):
            return found
        heads = found.member_at[:-1]
        size, first = np.diff(found.member_at), found.member[heads]
        documents = np.diff(found.holders()[0])
        characters = np.add.reduceat(found.member[:, 2] - found.member[:, 1], heads)
        phrase = (~passages(found)).astype(np.int64)
        return found.take(row_order(phrase, -documents, -size, -characters, first[:, 0], first[:, 1]))


def _offsets(some: Sequence[Sized]) -> I64:
    return ranges(np.array(list(map(len, some)), dtype=np.int64))
