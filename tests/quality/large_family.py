"""One family of ten thousand places among twenty thousand documents: what families and audit cost, as JSON.

`python -m tests.quality.large_family equal|variants`; `Cost` in `tests.quality.families` says what the numbers are.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Iterator, Sequence

import numpy as np

from reuse.auditing import audit
from reuse.config import AuditSettings, FamilySettings
from reuse.families import build_families
from reuse.model import Document, DocumentRecord, Match, Paragraph
from tests.families.aligner import chains, made_match
from tests.quality.corpora import own_paragraphs
from tests.quality.lexicon import Stock
from tests.quality.planted import filled_frames

PLACES = 10_000
DOCUMENTS = 20_000
_OWN = 60
_NEIGHBOURS = 4
"""Earlier members that each is matched with besides the first: what a search with capped postings gives."""


def corpus(kind: str) -> tuple[list[Document], list[Match]]:
    """Documents of own characters, half of them with a place of the family, and the matches between these."""
    source, paragraphs = random.Random(1), own_paragraphs()
    if kind == "equal":
        texts = [paragraphs[0]] * PLACES
    else:
        frames = filled_frames(paragraphs[0], PLACES, 0.03, source, Stock.of(paragraphs))
        texts = [frame.text for frame in frames]
    letters = list("".join(paragraphs[1:4]))
    documents = [
        Document(
            id=f"d{n:05d}",
            source=f"d{n:05d}.txt",
            text="".join(source.sample(letters, _OWN))
            + "\n"
            + (texts[n] if n < PLACES else paragraphs[n % 100][:50]),
        )
        for n in range(DOCUMENTS)
    ]
    made = _star(documents, texts) if kind == "equal" else _neighbours(documents, texts, source)
    return documents, list(made)


def _star(documents: Sequence[Document], texts: Sequence[str]) -> Iterator[Match]:
    """Every later place matched with the first, as the pipeline does with equal paragraphs."""
    start, end = _OWN + 1, _OWN + 1 + len(texts[0])
    for n in range(1, PLACES):
        run = (start, end, start, end)
        yield made_match(f"m{n:06d}", documents[0], documents[n], [run], level="paragraph")


def _neighbours(
    documents: Sequence[Document], texts: Sequence[str], source: random.Random
) -> Iterator[Match]:
    shift = _OWN + 1
    for n in range(1, PLACES):
        for other in sorted({0, *(source.randrange(n) for _ in range(_NEIGHBOURS))}):
            for runs in chains(texts[other], texts[n])[:1]:
                moved = [(a + shift, b + shift, c + shift, d + shift) for a, b, c, d in runs]
                yield made_match(f"m{other}-{n}", documents[other], documents[n], moved)


def main(kind: str) -> None:
    """Build, measure, print."""
    documents, matches = corpus(kind)
    compared = [np.flatnonzero([c.isalpha() for c in d.text]).astype(np.int64) for d in documents]
    records = [
        DocumentRecord(document=d, characters=len(d.text), compared=len(c), removed=(), sha256="")
        for d, c in zip(documents, compared, strict=True)
    ]
    paragraphs = [
        Paragraph(document=d.id, source=d.source, start=_OWN + 1, end=len(d.text)) for d in documents
    ]
    started = time.perf_counter()
    found = build_families(documents, matches, FamilySettings())
    audit(records, paragraphs, compared, found.matches, found.families, AuditSettings())
    cost = {
        "seconds": time.perf_counter() - started,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "places": max(family.size for family in found.families),
    }
    print(json.dumps(cost))


if __name__ == "__main__":
    main(sys.argv[1])
