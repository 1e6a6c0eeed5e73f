"""Matches → families → templates: which passages go round, in which frame, who was first, and what was left
in by mistake.

In reading order: `equality` gives back the places of equal paragraphs, `occurrences` merges spans of one
place, `similarity` and `whispers` cut the graph of occurrences into `clusters`, `drafts` gathers the places of
each, `wordings`, `alignment`, `columns` and `template` find frame and slots, `ends` says where a template begins and ends,
`chronology` says who is known to be first, `assembly` builds the families, `notes` reads the slots as an
inspector would.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reuse.arrays import I32
from reuse.config import FamilySettings
from reuse.match_table import MatchTable
from reuse.model import Document, Family, Match
from reuse.sharing import shared_out

if TYPE_CHECKING:
    from reuse.families.assembly import Settled


@dataclass(frozen=True, slots=True)
class Families:
    """The families, the most widespread first, those of stock phrases last; and the matches with their
    `family` set."""

    families: list[Family]
    matches: MatchTable


def build_families(
    documents: Sequence[Document], matches: Sequence[Match], settings: FamilySettings, *, jobs: int = 1
) -> Families:
    """Group what `matches` join into families, each with its template and its first known member.

    Matches of level `paragraph` and `passage` found families of reuse; stock phrases (level `phrase`) found
    families of their own, of level `phrase`, and join nothing else. A match whose ends differ too much to
    be one family keeps `family` None. `jobs` processes work at once; the result does not
    depend on it. Memory and time are linear in the number of matches. Sources: Biemann
    2006 (clusters); Broder 1997 (resemblance).
    """
    from reuse.families.assembly import Assembler
    from reuse.families.notes import Notes
    from reuse.families.versions import version_groups

    table = MatchTable.of(documents, matches)
    assembler = Assembler(documents, table, settings, jobs)
    found = assembler.reuse() + assembler.phrases()
    families = [assembler.family(f"f{number:05d}", settled) for number, settled in enumerate(found, start=1)]
    notes = Notes(documents, version_groups(documents, table))
    read = [number for number, family in enumerate(families) if family.level != "phrase"]
    found_notes = shared_out(lambda n: notes.of(families[read[n]]), len(read), jobs)
    for number, of_family in zip(read, found_notes, strict=True):
        if of_family:
            families[number] = replace(families[number], notes=of_family)
    return Families(
        families, table.with_families(_held(len(table), found), [family.id for family in families])
    )


def _held(matches: int, found: Sequence[Settled]) -> I32:
    """The number of the family that each match holds together, the last that names it; -1 for none."""
    held = np.full(matches, -1, dtype=np.int32)
    for number, settled in enumerate(found):
        held[settled.matches] = number
    return held


__all__ = ["Families", "build_families"]
