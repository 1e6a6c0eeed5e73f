"""The perturbation study: its gold is exact, it repeats itself, and it tells a good detector from a poor."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import pytest

from tests.quality import edits
from tests.quality.corpora import own_paragraphs, unrelated_documents
from tests.quality.detector import Detector, Place
from tests.quality.edits import clauses, sentences
from tests.quality.fakes import made_match, oracle, shared_gram_detector
from tests.quality.layout import ForeignText, Layout, clause, clause_spans, embedded, merged, split
from tests.quality.lexicon import Stock, is_word, sensitive_parts, synonyms, words
from tests.quality.perturbations import (
    CLASSES,
    Round,
    has_sensitive_words,
    has_slots,
    run_study,
    small_rounds,
    unrelated_alarms,
)

PARAGRAPH = own_paragraphs()[0]
STOCK = Stock.of(own_paragraphs()[1:30])


@pytest.fixture(scope="module")
def rounds() -> list[Round]:
    return list(small_rounds(count=7))


def texts(one: Round) -> dict[str, str]:
    return {d.id: d.text for d in one.documents}


def changed(edit: edits.Edit, paragraph: str = PARAGRAPH) -> str:
    return edit(paragraph, random.Random(3), STOCK)


class TestEdits:
    def test_words_are_replaced_deleted_and_inserted_in_the_share_asked_for(self) -> None:
        long = "".join(own_paragraphs()[:20])
        count = sum(is_word(w) for w in words(long))
        kept = Counter(words(long)) & Counter(words(changed(edits.delete_words(0.25), long)))
        assert sum(n for w, n in kept.items() if is_word(w)) == pytest.approx(0.75 * count, rel=0.05)
        more = sum(map(len, words(changed(edits.insert_words(0.33), long)))) - len(long)
        assert more == pytest.approx(0.33 * count * 2, rel=0.15)
        one = changed(edits.replace_words(0.2), long)
        assert len(one) == pytest.approx(len(long), rel=0.03)
        assert sum(a == b for a, b in zip(one, long, strict=False)) < len(long)

    def test_a_word_of_the_list_gets_a_synonym(self) -> None:
        assert changed(edits.replace_words(1.0), "推进") in synonyms()["推进"]

    def test_reordering_keeps_the_sentences_and_moves_them(self) -> None:
        moved = changed(edits.reorder)
        assert moved != PARAGRAPH
        assert sorted(sentences(moved)) == sorted(sentences(PARAGRAPH))

    def test_slots_are_filled_anew_and_the_frame_is_kept(self) -> None:
        frame = changed(edits.fill_slots, "2021年5月，张伟到上海调研，投入三百万元。")
        assert "调研，投入" in frame
        assert "张伟" not in frame and "上海" not in frame

    def test_sensitive_words_are_gone(self) -> None:
        paragraph = next(p for p in own_paragraphs() if has_sensitive_words(p))
        deleted = sum(map(len, sensitive_parts(paragraph)))
        assert len(changed(edits.delete_sensitive, paragraph)) == len(paragraph) - deleted

    def test_a_page_marker_is_put_into_the_text_and_nothing_else(self) -> None:
        marked = changed(edits.mark_pages)
        before, after = marked.split("\n")
        assert before + after.split("、", 1)[1] == PARAGRAPH
        assert after.split("、", 1)[0].isdigit()

    def test_characters_become_traditional_and_wide(self) -> None:
        assert changed(edits.widen, "发展5个(Party)项目") == "發展５個（Ｐａｒｔｙ）項目"

    def test_three_in_a_hundred_characters_are_wrong(self) -> None:
        long = "".join(own_paragraphs()[:10])
        wrong = sum(a != b for a, b in zip(changed(edits.wrong_characters(0.03), long), long, strict=True))
        assert wrong == pytest.approx(0.03 * len(long), rel=0.25)

    @pytest.mark.parametrize("paragraph", own_paragraphs()[::20])
    def test_sentences_and_clauses_give_the_text_back(self, paragraph: str) -> None:
        assert "".join(sentences(paragraph)) == "".join(clauses(paragraph)) == paragraph


class TestLayouts:
    @pytest.mark.parametrize("layout", [merged, split, embedded(4), clause])
    def test_the_span_holds_what_was_laid_there(self, layout: Layout) -> None:
        foreign = ForeignText(own_paragraphs()[1:20])
        laid = layout(PARAGRAPH, edits.keep, random.Random(1), STOCK, foreign)
        part = PARAGRAPH[laid.source_start : laid.source_end]
        assert laid.text[laid.start : laid.end].replace("\n", "") == part

    def test_foreign_text_is_four_times_as_long(self) -> None:
        laid = embedded(4)(
            PARAGRAPH, edits.keep, random.Random(1), STOCK, ForeignText(own_paragraphs()[1:20])
        )
        assert len(laid.text) - len(PARAGRAPH) >= 4 * len(PARAGRAPH)
        assert "\n" not in laid.text

    def test_clauses_have_15_to_40_characters_and_clean_ends(self) -> None:
        for paragraph in own_paragraphs():
            for start, end in clause_spans(paragraph):
                assert 15 <= end - start <= 40
                assert paragraph[end - 1] not in "，。：；！？"

    def test_foreign_text_is_never_given_out_twice(self) -> None:
        foreign = ForeignText(["甲。", "乙。"])
        assert {foreign.paragraph(), foreign.paragraph()} == {"甲。", "乙。"}
        with pytest.raises(ValueError, match="no foreign paragraph is left"):
            foreign.paragraph()


class TestRounds:
    def test_every_class_is_dealt_equally(self, rounds: list[Round]) -> None:
        counts = Counter(c.label for one in rounds for c in one.cases)
        assert set(counts) == set(CLASSES)
        assert max(counts.values()) - min(counts.values()) <= 2

    def test_rounds_repeat_themselves(self, rounds: list[Round]) -> None:
        assert list(small_rounds(count=2)) == rounds[:2]

    def test_source_spans_are_the_paragraphs(self, rounds: list[Round]) -> None:
        known = set(own_paragraphs())
        for one in rounds:
            by_id = texts(one)
            for c in one.cases:
                part = by_id[c.left.document][c.left.start : c.left.end]
                assert any(part in p for p in known) if c.label == "clause" else part in known

    def test_untouched_text_is_equal_on_both_sides(self, rounds: list[Round]) -> None:
        for one in rounds:
            by_id = texts(one)
            for c in (c for c in one.cases if c.label in {"verbatim", "merged", "embedded x4", "clause"}):
                left, right = (by_id[p.document][p.start : p.end] for p in (c.left, c.right))
                assert left == right

    def test_every_other_class_changes_the_text(self, rounds: list[Round]) -> None:
        same = {"verbatim", "merged", "embedded x4", "clause"}
        for one in rounds:
            by_id = texts(one)
            for c in (c for c in one.cases if c.label not in same):
                left, right = (by_id[p.document][p.start : p.end] for p in (c.left, c.right))
                assert left != right, c

    def test_slots_and_sensitive_words_are_there_to_be_changed(self, rounds: list[Round]) -> None:
        for one in rounds:
            by_id = texts(one)
            for c in one.cases:
                left = by_id[c.left.document][c.left.start : c.left.end]
                assert "slots" not in c.label or has_slots(left)
                assert "censored" not in c.label or has_sensitive_words(left)

    def test_no_two_cases_share_both_documents(self, rounds: list[Round]) -> None:
        for one in rounds:
            assert len({c.documents for c in one.cases}) == len(one.cases)


def knowing(rounds: Sequence[Round]) -> Detector:
    """A detector that knows the gold."""
    answers = {one.documents[0].id: oracle(one.cases) for one in rounds}
    return lambda documents: answers[documents[0].id]


class TestStudy:
    def test_one_that_knows_the_gold_gets_everything(self, rounds: list[Round]) -> None:
        outcome = run_study(knowing(rounds), rounds)
        assert outcome.mean_recall == outcome.worst[1] == outcome.scores.plagdet == 1
        assert (outcome.scores.granularity, outcome.false_alarms, outcome.missed) == (1, 0, ())

    def test_one_that_finds_nothing_gets_nothing(self, rounds: list[Round]) -> None:
        outcome = run_study(lambda documents: [], rounds)
        assert outcome.mean_recall == outcome.scores.plagdet == 0
        assert len(outcome.missed) == outcome.cases

    def test_phrases_are_no_evidence(self, rounds: list[Round]) -> None:
        answers = {
            one.documents[0].id: [made_match(c.left, c.right, "phrase") for c in one.cases] for one in rounds
        }
        outcome = run_study(lambda documents: answers[documents[0].id], rounds)
        assert outcome.mean_recall == 0
        assert all(one.is_phrase for one in outcome.missed)

    def test_shared_grams_find_copies_and_lose_traditional_text(self, rounds: list[Round]) -> None:
        outcome = run_study(shared_gram_detector, rounds)
        assert outcome.recall["verbatim"] == outcome.recall["embedded x4"] == 1
        assert outcome.recall["wide, traditional"] < 0.3
        assert outcome.recall["synonyms 30 %"] < outcome.recall["synonyms 10 %"]

    def test_matches_off_the_gold_are_false_alarms(self, rounds: list[Round]) -> None:
        one = rounds[0]
        first, second = sorted(one.sources)[:2]
        stray = made_match(Place(first, 0, 20), Place(second, 0, 20))
        outcome = run_study(lambda documents: [*oracle(one.cases), stray], [one])
        assert outcome.false_alarms == 1
        assert outcome.alarms_per_hundred == 100 / one.unrelated_pairs

    def test_unrelated_speeches_count_every_pair(self) -> None:
        count = len(unrelated_documents())
        assert unrelated_alarms(lambda documents: []) == (0, count * (count - 1) // 2)
