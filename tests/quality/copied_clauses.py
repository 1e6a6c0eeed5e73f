"""Clauses of real texts copied into other real texts: reuse by construction, of a kind that judged pairs hardly hold.

Places that a search aligns in real texts are formulas and passages; a single clause of somebody else's in a foreign
paragraph is rare there, and yet what a reader of five speeches looks for. Fitted on judged pairs alone the model calls
a quarter of such clauses phrases.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from reuse.model import Document
from tests.quality.detector import Place

CLAUSE = re.compile(r"[^，。；：！？\n]{12,38}[，。；！？]")


def with_copied_clauses(
    documents: Sequence[Document], count: int, whole: str, source: np.random.Generator
) -> tuple[list[Document], list[tuple[Place, Place]]]:
    """The documents, at most `count` of them with a clause of another put in behind one of their own, and the two places each.

    Only clauses that `whole`, the text of the corpus, holds once; no document gives or takes twice, so that places stay true.
    """
    changed, places = list(documents), []
    used: set[int] = set()
    for _ in range(count):
        giver, taker = source.choice(len(documents), 2, replace=False).tolist()
        given = [m for m in CLAUSE.finditer(changed[giver].text) if whole.count(m.group()[:-1]) == 1]
        ends = [m.end() for m in CLAUSE.finditer(changed[taker].text)]
        if used & {giver, taker} or not given or not ends:
            continue
        used |= {giver, taker}
        clause, at = given[source.integers(len(given))], ends[source.integers(len(ends))]
        text = changed[taker].text
        changed[taker] = replace(changed[taker], text=text[:at] + clause.group() + text[at:])
        length = len(clause.group()) - 1
        places.append(
            (
                Place(changed[giver].id, clause.start(), clause.start() + length),
                Place(changed[taker].id, at, at + length),
            )
        )
    return changed, places
