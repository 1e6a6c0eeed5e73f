"""Evidence goes up with what makes a reader call two places reuse, and does not depend on the order of the documents."""

from __future__ import annotations

import pytest

import reuse
from reuse.model import Match
from tests.matching.test_detection import speech

CLAUSES = (
    "老渠修通那年腊月",
    "水头一直送到了坝下最远的薄田",
    "几户原打算外出的人家把行李又放了回去",
    "开春的秧苗比往常早绿了半个月",
)
SENTENCE = "，".join(CLAUSES) + "。"


def strongest(left: str, right: str) -> Match:
    """The surest match of two texts, phrases included."""
    return max(reuse.compare(left, right), key=lambda match: match.evidence)


def of_the_first_two(texts: list[str]) -> float:
    """The evidence of the surest match of the first two of some texts."""
    found = reuse.scan(texts)
    first, second = (record.document.id for record in found.documents[:2])
    return max(m.evidence for m in found.matches if (m.left.document, m.right.document) == (first, second))


def inside(passage: str, *own: int) -> str:
    """A speech with the passage as a paragraph."""
    return speech(*own, middle=passage)


def test_clauses_in_the_same_order_tell_more_than_in_another() -> None:
    left = inside(SENTENCE, 1, 2, 3, 4)
    same = strongest(left, inside(SENTENCE, 5, 6, 7, 8))
    other = strongest(left, inside("，".join(CLAUSES[::-1]) + "。", 5, 6, 7, 8))
    assert same.evidence > other.evidence


def test_a_whole_sentence_tells_more_than_its_words_in_a_longer_one() -> None:
    left = inside(SENTENCE, 1, 2, 3, 4)
    whole = strongest(left, inside(SENTENCE, 5, 6, 7, 8))
    longer = SENTENCE.replace("，", "，有人后来在会上提起这件事的时候还补充过许多别的细节，")
    part = strongest(left, inside(longer, 5, 6, 7, 8))
    assert whole.evidence > part.evidence


@pytest.mark.parametrize(
    "right", [SENTENCE, SENTENCE.replace("几户", "十来户"), "，".join(CLAUSES[::-1]) + "。", CLAUSES[1]]
)
def test_evidence_is_the_same_when_the_documents_are_exchanged(right: str) -> None:
    left, right = inside(SENTENCE, 1, 2, 3, 4), inside(right, 5, 6, 7, 8)
    forth = sorted(match.evidence for match in reuse.compare(left, right))
    assert forth == sorted(match.evidence for match in reuse.compare(right, left))


def test_what_many_others_say_too_tells_less() -> None:
    pair = [inside(SENTENCE, 1, 2, 3, 4), inside(SENTENCE, 5, 6, 7, 8)]
    rest = [speech(k, k + 1, middle="各位代表，现在开会。") for k in range(10, 24, 2)]
    alone = of_the_first_two([*pair, *rest])
    common = of_the_first_two([*pair, *(f"{text}{SENTENCE}" for text in rest)])
    assert alone > common
