"""Documents are audited in blocks; what comes out does not show where one ends."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.auditing import audit, blocks
from reuse.auditing.blocks import CHARACTERS, DOCUMENTS, Block, cut
from reuse.config import AuditSettings
from reuse.model import DocumentRecord
from tests.auditing.making import audited, compared_positions, lines_of, speech
from tests.auditing.test_oracle import Case, cases
from tests.families.aligner import pairwise_matches
from tests.quality.corpora import own_paragraphs


@given(cases, st.integers(1, 3))
@settings(max_examples=50)
def test_figures_do_not_depend_on_the_blocks(case: Case, size: int) -> None:
    def told(documents: int) -> Any:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(blocks, "DOCUMENTS", documents)
            return audited(case.documents, case.matches)

    assert told(size) == told(DOCUMENTS)


def test_reuse_at_the_end_of_one_document_does_not_run_on_into_the_next() -> None:
    shared = own_paragraphs()[:3]
    documents = [
        speech("source", "\n".join(shared), date="2018"),
        speech("one", f"{own_paragraphs()[3]}\n{shared[0]}", date="2019"),
        speech("other", f"{shared[1]}\n{own_paragraphs()[4]}", date="2020"),
    ]
    told, _ = audited(documents)
    for name, text in (("one", shared[0]), ("other", shared[1])):
        assert told[name].longest_run == sum(map(str.isalpha, text))
        assert [(span.document, span.characters) for span in told[name].spans] == [
            ("source", sum(map(str.isalpha, text)))
        ]


def test_any_number_of_processes_tells_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "DOCUMENTS", 1)
    texts = own_paragraphs()[:6]
    documents = [speech(f"d{n}", f"{texts[n]}\n{texts[(n + 1) % 6]}") for n in range(6)]
    compared = [compared_positions(document) for document in documents]
    records = [
        DocumentRecord(document=d, characters=len(d.text), compared=len(c), removed=(), sha256="")
        for d, c in zip(documents, compared, strict=True)
    ]
    paragraphs = [paragraph for document in documents for paragraph in lines_of(document)]
    matches = pairwise_matches(documents)
    one, two = (
        audit(records, paragraphs, compared, matches, [], AuditSettings(), jobs=jobs) for jobs in (1, 2)
    )
    assert one == two


def test_a_block_is_so_many_documents_or_so_many_characters() -> None:
    assert cut([]) == []
    assert cut([1] * (DOCUMENTS + 1)) == [(0, DOCUMENTS), (DOCUMENTS, DOCUMENTS + 1)]
    assert cut([CHARACTERS, 1, 1, 2 * CHARACTERS, 1]) == [(0, 1), (1, 3), (3, 4), (4, 5)]


def test_places_and_positions_of_a_block_answer_each_other() -> None:
    compared = [np.array([5]), np.array([0, 3, 4]), np.zeros(0, dtype=np.int64), np.array([2, 9])]
    block = Block.of(1, 4, compared)
    assert block.bounds.tolist() == [[0, 3], [4, 4], [5, 7]]
    assert block.positions(np.array([0, 1, 2, 5, 6])).tolist() == [0, 3, 4, 2, 9]
    assert block.places(np.array([1, 1, 2, 3]), np.array([[0, 4], [4, 99], [0, 7], [3, 10]])).tolist() == [
        [0, 2],
        [2, 3],
        [4, 4],
        [6, 7],
    ]
