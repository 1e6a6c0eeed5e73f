"""Families as columns: values where somebody looks, the same whatever else was settled with them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from reuse.config import FamilySettings
from reuse.families import build_families
from reuse.families.table import FamilyTable, family_ids, member_places
from reuse.model import Document, Family, Removed
from tests.families.aligner import made_match, pairwise_matches
from tests.quality.corpora import own_paragraphs

PARAGRAPHS = own_paragraphs()
FRAMES = (
    "在{}召开的动员大会上，全体干部听取了{}的报告，会议要求月底之前把整改方案报到办公室，逾期不再受理。",
    "从{}网格工作的实际情况来看，点多面广、战线长，抓好{}这支队伍任务十分繁重，不能有半点松懈。",
    "The members of {} were told to hand in the plan of {} before the end of the month, and not later.",
)
NAMES = (("青石县", "李卫民"), ("临江市", "张海燕"), ("东湖乡", "孙玉梅"))


def filled(frame: str, name: str) -> list[Document]:
    return [
        Document(id=f"{name}{n}", source=f"{name}{n}.txt", text=frame.format(*names))
        for n, names in enumerate(NAMES)
    ]


def families_of(documents: Sequence[Document]) -> FamilyTable:
    found = build_families(documents, pairwise_matches(documents), FamilySettings()).families
    assert isinstance(found, FamilyTable)
    return found


@pytest.fixture(scope="module")
def together() -> tuple[list[Document], FamilyTable]:
    documents = [document for n, frame in enumerate(FRAMES) for document in filled(frame, f"d{n}")]
    return documents, families_of(documents)


def test_families_are_read_as_a_list(together: tuple[list[Document], FamilyTable]) -> None:
    _, found = together
    listed = list(found)
    assert len(found) == len(listed) == 3 and found == listed and list(found) == listed
    assert [found[0], found[-1]] == [listed[0], listed[-1]] and found[1:] == listed[1:]
    assert found != listed[:2]
    with pytest.raises(IndexError):
        found[3]


def test_columns_and_values_say_the_same(together: tuple[list[Document], FamilyTable]) -> None:
    documents, found = together
    listed: list[Family] = list(found)
    assert family_ids(found) == family_ids(listed) == ["f00001", "f00002", "f00003"]
    for one, other in zip(member_places(documents, found), member_places(documents, listed), strict=True):
        assert one.tolist() == other.tolist()
    turned = documents[::-1]
    offsets, places = member_places(turned, found)
    assert [turned[n].id for n in places[:, 0].tolist()] == [m.document for f in listed for m in f.members]
    assert np.diff(offsets).tolist() == [family.size for family in listed]


def test_a_family_is_the_same_whatever_is_settled_with_it(
    together: tuple[list[Document], FamilyTable],
) -> None:
    _, found = together
    templates = {family.members[0].document: family.template for family in found}
    for n, frame in enumerate(FRAMES):
        (alone,) = families_of(filled(frame, f"d{n}"))
        assert templates[alone.members[0].document] == alone.template
        assert any(part.slot is not None for part in alone.template)


def test_marked_stretches_of_one_family_leave_the_others_alone() -> None:
    plain, marked = filled(FRAMES[0], "a"), filled(FRAMES[1], "b")
    place = marked[0].text.index("点多面广")
    held = Document(
        id="b0", source="b0.txt", text=marked[0].text, removed=(Removed(place, place + 4, "advert"),)
    )
    found = families_of([*plain, held, *marked[1:]])
    (alone,) = families_of(plain)
    assert [family.template for family in found if family.members[0].document == "a0"] == [alone.template]


def test_texts_too_long_for_one_table_are_laid_by_what_each_holds_once() -> None:
    whole = "".join(dict.fromkeys(PARAGRAPHS))[:2600]
    other = whole[:1200] + "这一句话只有另外一篇讲话里才有" + whole[1200:]
    documents = [
        Document(id=f"d{n}", source=f"d{n}", text=text) for n, text in enumerate((whole, other, whole))
    ]
    runs = [(0, 1200, 0, 1200), (1200, 2600, 1215, 2615)]
    back = [(c, d, a, b) for a, b, c, d in runs]
    matches = [
        made_match("m0", documents[0], documents[1], runs, level="paragraph", whole=True),
        made_match("m1", documents[1], documents[2], back, level="paragraph", whole=True),
    ]
    (family,) = build_families(documents, matches, FamilySettings()).families
    assert "".join(part.fixed or "" for part in family.template) == whole.strip()
    (filler,) = [filler.text for part in family.template for filler in part.fillers if filler.text]
    assert filler.endswith("这一句话只有另外一篇讲话里才有") and len(filler) < 20
