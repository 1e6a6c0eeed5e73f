"""Copied clauses stand where they are said to stand, and nowhere else."""

from __future__ import annotations

from collections import Counter

import numpy as np

from reuse.model import Document
from tests.quality.copied_clauses import with_copied_clauses
from tests.quality.corpora import own_paragraphs

DOCUMENTS = [
    Document(id=str(k), source=str(k), text="\n".join(own_paragraphs()[k : k + 4])) for k in range(0, 40, 4)
]
WHOLE = "\n".join(document.text for document in DOCUMENTS)


def test_both_places_hold_the_clause_and_only_they() -> None:
    changed, places = with_copied_clauses(DOCUMENTS, 8, WHOLE, np.random.default_rng(3))
    texts = {document.id: document.text for document in changed}
    assert places
    for left, right in places:
        clause = texts[left.document][left.start : left.end]
        assert clause == texts[right.document][right.start : right.end]
        assert sum(text.count(clause) for text in texts.values()) == 2


def test_no_document_gives_or_takes_twice() -> None:
    _, places = with_copied_clauses(DOCUMENTS, 20, WHOLE, np.random.default_rng(3))
    times = Counter(place.document for pair in places for place in pair)
    assert set(times.values()) == {1}


def test_what_the_corpus_says_twice_is_not_copied() -> None:
    assert with_copied_clauses(DOCUMENTS, 8, WHOLE + WHOLE, np.random.default_rng(3))[1] == []
