"""What two documents share is found, wherever it stands and whatever was done to it, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import reuse
from reuse.model import Document, Match

PARAGRAPHS = (
    (Path(__file__).parents[2] / "fixtures" / "paragraphs.txt").read_text(encoding="utf-8").splitlines()
)
FRAME = (
    "往年一到汛期，从{place}通往山外的便道就断，菜农只好把成筐的茄子倒进沟里，今年先后引进{number}家企业，"
    "带动周边群众就近就业，昔日的荒坡如今成了远近闻名的产业高地。"
)


def speech(*own: int, middle: str = "") -> str:
    """Some paragraphs of a speech, one more among them."""
    paragraphs = [PARAGRAPHS[k] for k in own]
    return "\n".join([*paragraphs[: len(paragraphs) // 2], middle, *paragraphs[len(paragraphs) // 2 :]])


def evidence(matches: list[Match]) -> list[Match]:
    return [match for match in matches if match.level != "phrase"]


def only(matches: list[Match]) -> Match:
    (match,) = evidence(matches)
    return match


COPIED = PARAGRAPHS[0]


def test_a_copied_paragraph_is_one_match_with_exact_spans() -> None:
    left, right = speech(1, 2, 3, 4, middle=COPIED), speech(5, 6, 7, 8, middle=COPIED)
    match = only(reuse.compare(left, right))
    assert (match.level, match.kind, match.identity) == ("paragraph", "copied", 1.0)
    assert match.left.text == match.right.text == COPIED
    assert left[match.left.start : match.left.end] == COPIED
    assert (match.resemblance, match.left_in_right, match.right_in_left) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize("tail", ["", "\n大家辛苦了。"])
def test_an_equal_paragraph_is_found_at_the_end_of_both(tail: str) -> None:
    left, right = PARAGRAPHS[1] + "\n" + COPIED, "范本\n" + COPIED + tail
    match = only(reuse.compare(left, right))
    assert match.left.text == match.right.text == COPIED


def test_sides_mirror_when_the_documents_are_exchanged() -> None:
    left, right = (
        speech(1, 2, 3, 4, middle=COPIED),
        speech(5, 6, 7, 8, middle=COPIED[:40] + PARAGRAPHS[9][:20]),
    )
    one, other = only(reuse.compare(left, right)), only(reuse.compare(right, left))
    assert (one.left.text, one.right.text) == (other.right.text, other.left.text)
    assert (one.left_in_right, one.right_in_left) == (other.right_in_left, other.left_in_right)
    assert (one.score, one.evidence, one.identity) == (other.score, other.evidence, other.identity)


def test_a_clause_inside_a_foreign_paragraph_is_found() -> None:
    clause = max(COPIED.split("。"), key=len)[:60]
    host = PARAGRAPHS[10].replace("十", "百")
    match = only(
        reuse.compare(
            speech(1, 2, 3, 4, middle=COPIED),
            speech(5, 6, 7, 8, middle=host[:30] + clause + "，" + host[30:]),
        )
    )
    assert match.level == "passage"
    assert set(match.right.text) <= set(clause + "，。")
    assert len(match.right.text) >= 0.9 * len(clause)


def test_a_passage_cut_in_two_by_a_page_marker_is_one_match() -> None:
    broken = COPIED[:33] + "\n5、" + COPIED[33:]
    match = only(reuse.compare(speech(1, 2, 3, 4, middle=COPIED), speech(5, 6, 7, 8, middle=broken)))
    assert len(match.right.text) >= len(COPIED) - 1


def test_sentences_in_another_order_are_one_match() -> None:
    sentences = [s + "。" for s in (PARAGRAPHS[0] + PARAGRAPHS[11]).split("。") if s]
    left = speech(1, 2, 3, 4, middle="".join(sentences))
    match = only(reuse.compare(left, speech(5, 6, 7, 8, middle="".join(reversed(sentences)))))
    assert match.identity > 0.9


FOUR = (
    "第一批志愿者是在暴雨停歇后的凌晨出发的，带着绳索和铁锹。",
    "镇卫生院的医生背着药箱，蹚过齐腰深的水去找那几户老人。",
    "渡口的老船工把自家的两条木船都拉了出来，一趟一趟地摆渡。",
    "等到天亮的时候，全村两百一十七口人一个不少地站在了学校的操场上。",
)


@pytest.mark.parametrize("order", [(2, 0, 3, 1), (1, 2, 3, 0), (3, 2, 1, 0), (0, 2, 1, 3)])
def test_sentences_that_change_places_are_one_match_over_all_of_them(order: tuple[int, ...]) -> None:
    left = speech(1, 2, 3, 4, middle="".join(FOUR))
    match = only(reuse.compare(left, speech(5, 6, 7, 8, middle="".join(FOUR[k] for k in order))))
    assert match.left.text == "".join(FOUR)
    assert match.right.text == "".join(FOUR[k] for k in order)


def test_the_end_of_a_sentence_belongs_to_it_and_not_to_what_follows_elsewhere() -> None:
    """Both sides have 来的 before 到那个时候: once at the end of a sentence that is shared, once of one that is not."""
    first = "到那个时候，我们的孩子就不必再翻过两座山去上学，我们的老人也不必再为一剂退烧药走上半天的路。"
    second = "修路的钱从哪里来？一半是乡亲们卖了三季山货攒下的，一半是外出的后生从工地上一块一块寄回来的。"
    left = speech(1, 2, middle="是一位放羊的老人把我带出来的。\n" + first + second)
    match = only(reuse.compare(left, speech(5, 6, middle=second + first)))
    assert (match.left.text, match.right.text) == (first + second, second + first)


def without_marks(text: str, instead: str) -> str:
    return re.sub("[，。、；：！？“”《》]", instead, text)


@pytest.mark.parametrize("left_instead", ["", " ", None])
@pytest.mark.parametrize("right_instead", ["", " "])
@pytest.mark.parametrize("sentences", [2, 4])
def test_a_transcript_without_punctuation_is_searched_like_any_other(
    left_instead: str | None, right_instead: str, sentences: int
) -> None:
    copied = "".join(FOUR[:sentences])
    left = "".join(PARAGRAPHS[1:4]) + copied + "".join(PARAGRAPHS[4:6])
    right = "".join(PARAGRAPHS[6:9]) + copied + "".join(PARAGRAPHS[9:12])
    if left_instead is not None:
        left = without_marks(left, left_instead)
    match = only(reuse.compare(left, without_marks(right, right_instead)))
    assert without_marks(match.left.text, "").replace(" ", "") == without_marks(copied, "")


def test_a_template_with_other_fillers_names_its_slots() -> None:
    left = speech(1, 2, 3, 4, middle=FRAME.format(place="青阳县", number="126"))
    right = speech(5, 6, 7, 8, middle=FRAME.format(place="临河市", number="48"))
    match = only(reuse.compare(left, right))
    assert match.kind == "templated"
    fillers = {(left[slice(*slot.left)], right[slice(*slot.right)], slot.type) for slot in match.slots}
    assert ("126", "48", "number") in fillers
    assert any(kind == "place" and a in "青阳县" and b in "临河市" for a, b, kind in fillers)


def test_aligned_runs_are_equal_on_both_sides() -> None:
    left = speech(1, 2, 3, 4, middle=FRAME.format(place="青阳县", number="126"))
    right = speech(5, 6, 7, 8, middle=FRAME.format(place="临河市", number="48"))
    for match in reuse.compare(left, right):
        for a, b, c, d in match.aligned:
            assert left[a:b] == right[c:d]
            assert match.left.start <= a < b <= match.left.end
            assert match.right.start <= c < d <= match.right.end


def test_a_censored_copy_meets_its_source() -> None:
    source = "要坚持党中央集中统一领导，把党的政治建设摆在首位，让书记带头学习、带头调研，使每个支部都成为乡亲们信得过的主心骨。"
    censored = source
    for word in ("党中央", "党", "政治", "书记"):
        censored = censored.replace(word, "")
    match = only(reuse.compare(speech(1, 2, 3, 4, middle=source), speech(5, 6, 7, 8, middle=censored)))
    assert len(match.right.text) >= len(censored) - 2
    assert match.kind in ("edited", "copied")


def test_an_english_speech_is_searched_like_any_other() -> None:
    passage = (
        "When the river rose in the spring of that year, nobody waited to be asked; "
        "fishermen, bakers and schoolteachers carried sandbags side by side until the morning came."
    )
    left = "Good evening, friends.\n" + passage + "\nLet me say a word about the budget we inherited."
    right = (
        "Graduates, parents, colleagues.\n"
        + passage.replace("bakers", "nurses")
        + "\nKeep asking hard questions."
    )
    match = only(reuse.compare(left, right))
    assert "sandbags side by side" in match.left.text


def test_words_that_any_english_sentence_has_do_not_join_what_is_scattered() -> None:
    left = (
        "Friends and neighbours, thank you for coming tonight.\n"
        "The number of libraries in the county on the first day of March was 214, being an increase of 12 since the last "
        "count. The gross income of the service for the fiscal year ending in June amounted to 3,400,000."
    )
    right = (
        "Good morning to the members of the board.\n"
        "The engineer reports that the works at the date of the inspection consisted of 18 pumps and of 240 miles of pipe. "
        "The actual outlay of the board for the fiscal year ended in June amounted to 5,120,000."
    )
    matches = reuse.compare(left, right)
    assert evidence(matches) == []
    assert [match.left.text for match in matches] == [
        "of the service for the fiscal year ending in June amounted to"
    ]


def test_an_english_list_is_not_taken_for_clauses_that_go_together() -> None:
    names = "the mayor, the sheriff, the harbor master, the school board, the fire chief"
    left = f"I want to thank {names}, and everyone who stood in line tonight."
    right = f"We owe this bridge to a stubborn man. He wrote to {names}; nobody answered him for two years."
    assert evidence(reuse.compare(left, right)) == []


def test_traditional_and_full_width_forms_are_the_same_words() -> None:
    import opencc

    other = opencc.OpenCC("s2t").convert(COPIED).replace(",", "，")
    match = only(reuse.compare(speech(1, 2, 3, 4, middle=COPIED), speech(5, 6, 7, 8, middle=other)))
    assert match.kind == "copied"


def test_unrelated_speeches_share_no_evidence() -> None:
    texts = ["\n".join(PARAGRAPHS[k : k + 10]) for k in range(0, 120, 10)]
    assert evidence(reuse.scan(texts).matches) == []


def test_a_stock_phrase_is_reported_but_never_as_evidence() -> None:
    phrase = "要增强“四个意识”、坚定“四个自信”、做到“两个维护”。"
    texts = [speech(k, k + 1, k + 2, middle=phrase + PARAGRAPHS[k + 3]) for k in range(0, 100, 5)]
    matches = reuse.scan(texts).matches
    assert matches
    assert {match.level for match in matches} == {"phrase"}
    assert {match.kind for match in matches} <= {"commonplace", "quoted"}


@pytest.mark.parametrize("level", ["paragraph", "passage"])
def test_many_copies_of_a_paragraph_make_a_star_not_a_square(level: str) -> None:
    texts = [speech(k, k + 1, middle=COPIED) for k in range(2, 62)]
    matches = [m for m in reuse.scan(texts, level=level).matches if COPIED in m.left.text]
    assert len(matches) == 59
    assert len({match.left.document for match in matches}) == 1


def test_a_stock_phrase_in_a_paragraph_of_many_copies_is_told_of_once_for_them() -> None:
    phrase = "要增强“四个意识”、坚定“四个自信”、做到“两个维护”。"
    copies = [speech(k, k + 1, middle=phrase + COPIED) for k in range(2, 42)]
    others = [speech(k, k + 1, middle=phrase + PARAGRAPHS[k + 2]) for k in range(60, 100, 5)]
    result = reuse.scan([*copies, *others], level="passage")
    assert sum(COPIED in match.left.text for match in result.matches) == len(copies) - 1
    phrases = [match for match in result.matches if match.level == "phrase"]
    assert 0 < len(phrases) <= 2 * (len(others) + 1)
    assert result.run["counts"]["phrases_left_out"] > len(copies)


def test_the_paragraph_pass_alone_finds_an_edited_paragraph() -> None:
    edited = COPIED.replace(COPIED[20:24], "不断", 1)
    texts = [speech(1, 2, 3, 4, middle=COPIED), speech(5, 6, 7, 8, middle=edited)]
    match = only(reuse.scan(texts, level="paragraph").matches)
    assert match.level == "paragraph"
    assert match.identity > 0.9


def test_result_depends_neither_on_jobs_nor_on_the_order_of_documents() -> None:
    documents = [
        Document(id=f"d{k:02d}", source=f"d{k:02d}", text=speech(k, k + 1, k + 2, middle=PARAGRAPHS[k % 3]))
        for k in range(3, 90, 2)
    ]
    one = reuse.scan(documents, jobs=1).matches
    assert one == reuse.scan(list(reversed(documents)), jobs=2).matches


def test_matches_lie_between_different_documents_and_are_in_order() -> None:
    texts = [speech(k, k + 1, middle=PARAGRAPHS[0] + "\n" + PARAGRAPHS[0]) for k in range(1, 9)]
    matches = reuse.scan(texts).matches
    assert all(match.left.document != match.right.document for match in matches)
    assert [match.id for match in matches] == [f"m{k:07d}" for k in range(1, len(matches) + 1)]


def test_equal_documents_are_found_whole() -> None:
    text = speech(1, 2, 3, 4, 5)
    matches = evidence(reuse.compare(text, text))
    assert sum(len(match.left.text) for match in matches) == sum(len(PARAGRAPHS[k]) for k in (1, 2, 3, 4, 5))


@pytest.mark.parametrize(
    "texts", [["", ""], ["的", "的"], ["𠮷", "𠮷"], ["\x00\x00", "。。。"], ["123", "123"]]
)
def test_texts_with_next_to_nothing_give_no_match(texts: list[str]) -> None:
    documents = [Document(id=str(k), source=str(k), text=text) for k, text in enumerate(texts)]
    result = reuse.scan(documents)
    assert result.matches == []
    assert result.run["nothing_found"]
