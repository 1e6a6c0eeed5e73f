"""Matches → families → templates: which passages go round, in which frame, who was first, and what was left
in by mistake.

In reading order: `equality` gives back the places of equal paragraphs, `occurrences` merges spans of one
place, `similarity` and `whispers` cut the graph of occurrences into `clusters`, `drafts` gathers the places of
each. Drafts are settled many at a time (`settling`): `characters`, `wordings` and `sheets` lay their texts out as arrays,
`alignment`, `columns`, `levels`, `parts` and `template` find frame and slots, `frames`, `ends` and `holding` say where a
template begins and ends and who belongs to it, `publishing` writes it down as `family_columns`. `notes` reads the slots
as an inspector would, `chronology` says who is known to be first, `assembly` puts the families in order, `heads` says
what each is as a whole, and `table` makes values of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reuse.arrays import I64
from reuse.config import FamilySettings
from reuse.match_table import MatchTable
from reuse.model import Document, Family, Match
from reuse.sharing import beside

_MANY = 10_000
"""Matches from which a process of their own for phrases saves more than starting it costs."""


@dataclass(frozen=True, slots=True, eq=False)
class Families:
    """The families, the most widespread first, those of stock phrases last; the matches with their `family` set; and for each
    document the number of the first version of it (int64)."""

    families: Sequence[Family]
    matches: MatchTable
    versions: I64


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
    from reuse.families.family_columns import joined
    from reuse.families.table import FamilyTable
    from reuse.families.versions import version_groups

    table = MatchTable.of(documents, matches)
    assembler = Assembler(documents, table, settings, jobs)
    phrases = beside(assembler.phrases, jobs if len(table) >= _MANY else 1)
    versions = version_groups(documents, table)
    families = FamilyTable(documents, table, joined([assembler.reuse(versions), phrases()]))
    return Families(families, table.with_families(families.held(), families.ids), versions)


__all__ = ["Families", "build_families"]
