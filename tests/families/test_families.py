"""Which spans are one family, who was first, and what holds them together."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from reuse.config import FamilySettings
from reuse.families import build_families
from reuse.families.versions import version_groups
from reuse.match_table import MatchTable
from reuse.model import Document, Family, Match, Slot, Span
from tests.families.aligner import made_match, pairwise_matches
from tests.quality.corpora import own_paragraphs
from tests.quality.families import families_of_whole_items, planted_grouping
from tests.quality.planted import SLOGAN

PARAGRAPHS = own_paragraphs()
PASSAGE, CLAUSE = PARAGRAPHS[0], PARAGRAPHS[7][:30]


def documents(
    *texts: str, dates: Sequence[str | None] = (), authors: Sequence[str | None] = ()
) -> list[Document]:
    return [
        Document(
            id=f"d{n:02d}",
            source=f"d{n:02d}.txt",
            text=text,
            date=dates[n] if n < len(dates) else None,
            author=authors[n] if n < len(authors) else None,
        )
        for n, text in enumerate(texts)
    ]


def around(passage: str, n: int) -> str:
    """A text of its own with a passage inside."""
    return f"{PARAGRAPHS[20 + 2 * n]}\n{passage}\n{PARAGRAPHS[21 + 2 * n]}"


def found_in(found: Sequence[Document], matches: Sequence[Match] | None = None) -> list[Family]:
    return build_families(
        found, pairwise_matches(found) if matches is None else matches, FamilySettings()
    ).families


def holders(family: Family) -> list[str]:
    return [member.document for member in family.members]


def test_places_of_a_passage_are_one_family() -> None:
    found = documents(*(around(PASSAGE, n) for n in range(5)))
    (family,) = found_in(found)
    assert holders(family) == [document.id for document in found]
    assert {member.text for member in family.members} == {PASSAGE}
    assert (family.size, family.documents, family.level) == (5, 5, "passage")


def test_matches_as_columns_give_the_same_families_and_the_same_matches() -> None:
    found = documents(*(around(PASSAGE, n) for n in range(4)), *(around(CLAUSE, n) for n in range(4, 8)))
    matches = pairwise_matches(found)
    listed = build_families(found, matches, FamilySettings())
    columns = build_families(found, MatchTable.of(found, matches), FamilySettings())
    assert columns.families == listed.families and columns.matches == listed.matches
    assert columns.versions.tolist() == listed.versions.tolist() == list(range(8))
    by_id = {family.id: family for family in listed.families}
    for match in listed.matches:
        if match.family is not None:
            held = holders(by_id[match.family])
            assert match.left.document in held
            assert match.right.document in held
    assert [replace(match, family=None) for match in listed.matches] == matches


def test_a_slogan_chains_nothing_to_anything() -> None:
    grouping = planted_grouping(families_of_whole_items)
    assert grouping.ari >= 0.95
    assert grouping.largest <= 8


def test_a_clause_inside_a_passage_is_a_family_of_its_own() -> None:
    whole = [around(CLAUSE + PASSAGE, n) for n in range(2)]
    found = documents(*whole, *(around(CLAUSE, n) for n in range(2, 12)))
    families = found_in(found)
    assert [family.documents for family in families] == [12, 2]
    assert {member.text for member in families[0].members} == {CLAUSE}


def test_a_speech_that_turns_the_sentences_round_is_a_member_too() -> None:
    one, other = (
        "我们这一代人修的路，下一代人要走一百年，马虎不得。",
        "渠首的闸门锈住了三年，今年秋天终于提了起来，水声传出二里地。",
    )
    found = documents(*(around(one + other, n) for n in range(4)), around(other + one, 4))
    assert max(len(holders(family)) for family in found_in(found)) == 5


def test_an_equal_paragraph_in_ten_thousand_places_is_one_family() -> None:
    texts = [f"{n}号\n{PASSAGE}" for n in range(10_000)]
    found = [Document(id=f"d{n:05d}", source="s", text=text) for n, text in enumerate(texts)]
    spans = [(text.index("\n") + 1, len(text)) for text in texts]
    star = [
        made_match(f"m{n}", found[0], found[n], [(*spans[0], *spans[n])], level="paragraph")
        for n in range(1, len(found))
    ]
    (family,) = found_in(found, star)
    assert family.size == family.documents == 10_000


def test_what_is_shared_with_one_equal_paragraph_is_shared_with_all() -> None:
    found = documents(*(around(PASSAGE, n) for n in range(3)), around(PASSAGE[10:60], 3))
    places = [document.text.index(PASSAGE[:10]) for document in found[:3]]
    copies = [
        made_match(
            f"m{n}",
            found[0],
            found[n],
            [(places[0], places[0] + len(PASSAGE), places[n], places[n] + len(PASSAGE))],
            level="paragraph",
        )
        for n in (1, 2)
    ]
    at = found[3].text.index(PASSAGE[10:60])
    piece = made_match("m3", found[0], found[3], [(places[0] + 10, places[0] + 60, at, at + 50)])
    families = found_in(found, [*copies, piece])
    assert sorted(holders(family) for family in families) == [
        ["d00", "d01", "d02"],
        ["d00", "d01", "d02", "d03"],
    ]


def test_stock_phrases_make_families_of_their_own() -> None:
    found = documents(*(around(PASSAGE, n) + SLOGAN for n in range(4)))
    matches = [
        replace(match, level="phrase", kind="commonplace") if SLOGAN[:8] in match.left.text else match
        for match in pairwise_matches(found)
    ]
    families = found_in(found, matches)
    assert [(family.level, family.kind) for family in families] == [
        ("passage", "copied"),
        ("phrase", "commonplace"),
    ]
    assert SLOGAN in families[1].members[0].text


def test_a_stock_phrase_of_two_documents_goes_not_round() -> None:
    found = documents(around(SLOGAN, 0), around(SLOGAN, 1))
    phrases = [replace(match, level="phrase", kind="commonplace") for match in pairwise_matches(found)]
    assert found_in(found, phrases) == []


def test_members_that_share_no_more_than_a_phrase_are_a_phrase() -> None:
    found = documents(*(f"{PARAGRAPHS[n]}深入贯彻方针{PARAGRAPHS[n + 20]}" for n in range(4)))
    runs = [
        (*(len(PARAGRAPHS[n]) + k for k in (0, 6)), *(len(PARAGRAPHS[n + 1]) + k for k in (0, 6)))
        for n in range(3)
    ]
    matches = [made_match(f"m{n}", found[n], found[n + 1], [runs[n]]) for n in range(3)]
    assert [family.level for family in found_in(found, matches)] == ["phrase"]


def test_matches_name_their_family_and_the_family_its_weakest_match() -> None:
    found = documents(*(around(PASSAGE, n) for n in range(4)), PARAGRAPHS[3], PARAGRAPHS[4])
    matches = pairwise_matches(found)
    chance = made_match("far", found[4], found[5], [(0, 2, 30, 32), (40, 42, 45, 47)])
    told = build_families(found, [*matches, chance], FamilySettings())
    (family,) = told.families
    assert [match.family for match in told.matches] == [family.id] * len(matches) + [None]
    assert family.weakest == min(matches, key=lambda match: match.score).id


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (("2020", "2018-04-01", "2019"), ("d01", "date")),
        ((None, None, None), ("d00", "order")),
        (("2018", "2018-04-01", None), (None, "unknown")),
    ],
)
def test_the_first_known_member(dates: tuple[str | None, ...], first: tuple[str | None, str]) -> None:
    (family,) = found_in(documents(*(around(PASSAGE, n) for n in range(3)), dates=dates))
    assert (family.first.document, family.first.basis) == first


def test_the_order_of_matches_changes_nothing() -> None:
    found = documents(
        *(around(PASSAGE, n) for n in range(5)), *(around(PARAGRAPHS[2], n) for n in range(5, 8))
    )
    matches = pairwise_matches(found)
    shuffled = random.Random(4).sample(matches, len(matches))
    assert found_in(found, matches) == found_in(found, shuffled)


def test_nothing_matched_makes_no_family() -> None:
    assert found_in(documents("一", ""), []) == []


def whole_match(left: Document, right: Document, *, slots: Sequence[Slot] = ()) -> Match:
    length = min(len(left.text), len(right.text))
    return made_match("m", left, right, [(0, length, 0, length)], slots=slots)


def test_near_identical_documents_are_versions_of_one() -> None:
    text = "\n".join(PARAGRAPHS[30:36])
    found = documents(text, text + "完", PARAGRAPHS[1])
    assert version_groups(found, [whole_match(found[0], found[1])]).tolist() == [0, 0, 2]


@pytest.mark.parametrize("known", [{"author": ("甲", "乙")}, {"place": ("青石县", "临江市")}])
def test_but_not_where_anything_says_they_are_not_of_one_hand(known: dict[str, tuple[str, str]]) -> None:
    text = "\n".join(PARAGRAPHS[30:36])
    found = [
        replace(document, **{name: values[n] for name, values in known.items()})
        for n, document in enumerate(documents(text, text))
    ]
    assert version_groups(found, [whole_match(*found)]).tolist() == [0, 1]


def test_nor_where_the_names_in_them_differ() -> None:
    text = "\n".join(PARAGRAPHS[30:36])
    found = documents(text + "青石县", text + "临江市")
    names = Slot(Span(len(text), len(text) + 3), Span(len(text), len(text) + 3), "place")
    match = made_match("m", found[0], found[1], [(0, len(text), 0, len(text))], slots=[names])
    assert version_groups(found, [match]).tolist() == [0, 1]


def test_short_notices_are_no_versions() -> None:
    found = documents(PARAGRAPHS[0], PARAGRAPHS[0])
    assert version_groups(found, [whole_match(*found)]).tolist() == [0, 1]
