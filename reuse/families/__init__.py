"""Matches → families → templates: which passages go round, in which frame, who was first, and what was left
in by mistake.

In reading order: `equality` gives back the places of equal paragraphs, `occurrences` merges spans of one
place, `similarity` and `whispers` cut the graph of occurrences into `clusters`, `alignment` and `template`
find frame and slots, `chronology` says who is known to be first, `assembly` builds the families, `notes`
reads the slots as an inspector would.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reuse.config import FamilySettings
from reuse.model import Document, Family, Match


@dataclass(frozen=True, slots=True)
class Families:
    """The families, the most widespread first, those of stock phrases last; and the matches with their
    `family` set."""

    families: list[Family]
    matches: list[Match]


def build_families(
    documents: Sequence[Document], matches: Sequence[Match], settings: FamilySettings
) -> Families:
    """Group what `matches` join into families, each with its template and its first known member.

    Matches of level `paragraph` and `passage` found families of reuse; stock phrases (level `phrase`) found
    families of their own, of level `phrase`, and join nothing else. A match whose ends differ too much to
    be one family keeps `family` None. Memory and time are linear in the number of matches. Sources: Biemann
    2006 (clusters); Broder 1997 (resemblance).
    """
    from reuse.families.assembly import Assembler
    from reuse.families.notes import Notes
    from reuse.families.versions import version_groups

    assembler = Assembler(documents, matches, settings)
    found = assembler.reuse([n for n, match in enumerate(matches) if match.level != "phrase"])
    found += assembler.phrases([n for n, match in enumerate(matches) if match.level == "phrase"])
    families = [assembler.family(f"f{number:05d}", settled) for number, settled in enumerate(found, start=1)]
    notes = Notes(documents, version_groups(documents, matches))
    families = [replace(family, notes=notes.of(family)) for family in families]
    held = {n: family.id for family, settled in zip(families, found, strict=True) for n in settled.matches}
    return Families(
        families,
        [
            replace(match, family=held.get(n)) if held.get(n) != match.family else match
            for n, match in enumerate(matches)
        ],
    )


__all__ = ["Families", "build_families"]
