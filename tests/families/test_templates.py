"""Templates: what a family has in common, what each member puts into the rest, and the member back from both."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.config import FamilySettings
from reuse.families import build_families
from reuse.model import Document, Family, Removed
from tests.families.aligner import pairwise_matches
from tests.quality.corpora import own_paragraphs
from tests.quality.families import rebuilt
from tests.quality.lexicon import Stock
from tests.quality.planted import filled_frames

PARAGRAPHS = own_paragraphs()


def documents(*texts: str) -> list[Document]:
    return [Document(id=f"d{n}", source=f"d{n}.txt", text=text) for n, text in enumerate(texts)]


def family_of(*texts: str) -> Family:
    """The one family that texts make, each matched whole with every other."""
    found = documents(*texts)
    families = build_families(found, pairwise_matches(found, whole=True), FamilySettings()).families
    assert len(families) == 1
    return families[0]


def sentence(family: Family) -> str:
    return "".join(part.fixed if part.fixed is not None else f"{{{part.slot}}}" for part in family.template)


def fillers(family: Family) -> dict[str, list[str]]:
    return {part.slot: [f.text for f in part.fillers] for part in family.template if part.slot is not None}


FRAME = "在{}召开的动员大会上，全体干部听取了{}的报告，会议要求{}之前把整改方案报到办公室，逾期不再受理。"


def test_a_frame_with_its_slots_reads_as_a_sentence() -> None:
    family = family_of(
        FRAME.format("青石县", "李卫民", "三月十二日"),
        FRAME.format("临江市", "张海燕", "六月十八日"),
        FRAME.format("东湖乡", "孙玉梅", "九月三十日"),
        FRAME.format("白鹭镇", "吴建平", "五月下旬"),
    )
    assert sentence(family) == FRAME.format("{地点}", "{人名}", "{时间}")
    assert fillers(family)["地点"] == ["青石县", "临江市", "东湖乡", "白鹭镇"]
    assert [part.type for part in family.template if part.slot] == ["place", "person", "date"]
    assert not any(part.tentative for part in family.template)


def test_each_filler_says_where_it_stands() -> None:
    texts = [
        FRAME.format(*words)
        for words in (
            ("青石县", "李卫民", "八月初"),
            ("临江市", "张海燕", "腊月里"),
            ("东湖乡", "孙玉梅", "年底"),
        )
    ]
    found = documents(*texts)
    by_id = {document.id: document for document in found}
    for part in family_of(*texts).template:
        for filler in part.fillers:
            assert by_id[filler.document].slice(filler.start, filler.end) == filler.text


def test_a_slot_may_be_empty() -> None:
    frame = "各单位要在{}认真学习文件精神，结合实际拿出自己的办法，做到件件有着落、事事有回音。"
    family = family_of(*(frame.format(word) for word in ("会后", "本周之内", "", "放假以前")))
    assert [sorted(said) for said in fillers(family).values()] == [
        sorted(["会后", "本周之内", "", "放假以前"])
    ]


def test_two_members_make_tentative_slots() -> None:
    family = family_of(
        FRAME.format("青石县", "李卫民", "三月十二日"), FRAME.format("临江市", "张海燕", "六月十八日")
    )
    slots = [part for part in family.template if part.slot is not None]
    assert slots
    assert all(part.tentative for part in slots)


def test_of_two_members_a_reworded_word_is_no_slot() -> None:
    family = family_of(
        "我们要下大力气提高服务水平，把群众的事情当作自己的事情来办，让大家少跑路、好办事。",
        "我们要下大力气改善服务水平，把群众的事情当作自己的事情来办，让大家少跑路、好办事。",
    )
    assert fillers(family) == {}
    assert rebuilt(family) == [member.text for member in family.members]


def test_of_two_members_the_words_of_one_are_told_throughout() -> None:
    one = "世界经济有望继续复苏，但困难不少，我们要把自己的事情办好，以不变应万变。"
    other = "世界经济复苏，但困难依然不少，我们要把自己的事情办好，以不变应万变。"
    assert sentence(family_of(one, other)) in (one, other)


def test_a_number_keeps_its_decimals() -> None:
    frame = "今年经济社会发展的主要预期目标是，地区生产总值增长{}%左右，居民收入与之同步。"
    family = family_of(*(frame.format(number) for number in ("5.5", "6.5", "7", "8")))
    assert fillers(family) == {"数字": ["5.5%", "6.5%", "7%", "8%"]}


def test_a_template_does_not_end_in_the_middle_of_a_clause() -> None:
    shared = "守住不发生系统性和区域性金融风险的底线，把防范工作做在前面。引导金融"
    ends = ("机构多做实事，少讲空话", "市场各方理性投资", "活水流向实体经济", "人才下沉到县域")
    found = documents(*(shared + end + "。" for end in ends))
    families = build_families(found, pairwise_matches(found), FamilySettings()).families
    assert [sentence(family) for family in families] == [shared[: shared.index("引导")]]


def test_a_template_does_not_end_with_a_word_that_wants_another() -> None:
    shared = "我们坚决反对任何形式的分裂活动和任何旨在破坏团结的"
    ends = ("行径", "图谋", "言论", "做法")
    found = documents(*(f"{shared}{end}{PARAGRAPHS[n]}" for n, end in enumerate(ends)))
    families = build_families(found, pairwise_matches(found), FamilySettings()).families
    assert [sentence(family) for family in families] == [shared[:-1]]


def test_fixed_text_is_what_most_members_say() -> None:
    most = "办好一件实事胜过开十次会，群众看的是结果，不是会场布置得有多么漂亮。"
    family = family_of(most, most.replace("漂亮", "好看"), most.replace("十次", "百回"), most)
    assert sentence(family) == most


def test_width_and_marks_make_no_slot() -> None:
    family = family_of(
        "今年要办好三件事:修路、通水、建学校,一件也不能少,办不完不收兵。",
        "今年要办好三件事：修路、通水、建学校，一件也不能少，办不完不收兵。",
        "今年要办好三件事：修路、通水、建學校，一件也不能少；办不完不收兵。",
    )
    assert fillers(family) == {}


def test_a_page_number_that_is_not_compared_makes_no_slot() -> None:
    text = "培训是最长远的投资，也是最划算的投资，舍不得花这个钱，将来要花更多的钱去补课。"
    cut = text[:12] + "\n7、" + text[12:]
    found = documents(text, text.replace("划算", "要紧"), text)
    found.append(Document(id="d3", source="d3.txt", text=cut, removed=(Removed(12, 15, "page-marker"),)))
    family = build_families(found, pairwise_matches(found, whole=True), FamilySettings()).families[0]
    assert fillers(family) == {}
    assert rebuilt(family) == [member.text for member in family.members]


def test_a_template_in_english_has_its_slots_at_whole_words() -> None:
    frame = "Ladies and gentlemen, it is a great honour to welcome {} to our old harbour town this evening."
    family = family_of(*(frame.format(name) for name in ("the delegation", "our guests", "Mayor Lindqvist")))
    assert list(fillers(family)) == ["content"]
    assert fillers(family)["content"] == ["the delegation ", "our guests ", "Mayor Lindqvist "]


frames = st.builds(
    lambda base, members, noise, seed: filled_frames(
        base, members, noise, random.Random(seed), Stock.of(own_paragraphs()[:20])
    ),
    st.sampled_from(own_paragraphs()[:40]),
    st.integers(2, 6),
    st.sampled_from([0.0, 0.1, 0.3]),
    st.integers(0, 999),
)


@given(frames)
@settings(max_examples=60)
def test_a_member_is_its_template_with_its_fillers(filled: list) -> None:  # type: ignore[type-arg]
    found = documents(*(text.text for text in filled))
    for family in build_families(found, pairwise_matches(found), FamilySettings()).families:
        assert rebuilt(family) == [member.text for member in family.members]


wild = st.text(alphabet="在县市开会，。\n 的ABc12𠮷é", min_size=12, max_size=60)


@given(st.lists(wild, min_size=2, max_size=4), wild)
@settings(max_examples=60)
def test_so_it_is_for_any_text(rest: list[str], shared: str) -> None:
    found = documents(*(f"{text}{shared * 2}" for text in rest))
    for family in build_families(found, pairwise_matches(found), FamilySettings()).families:
        assert rebuilt(family) == [member.text for member in family.members]
