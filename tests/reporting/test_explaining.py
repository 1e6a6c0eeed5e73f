"""A match in words: the same facts in both languages, no verdict."""

from __future__ import annotations

import re

import pytest

import reuse
from reuse.model import OutputError
from reuse.reporting.explaining import explain
from reuse.reporting.result import Result
from reuse.reporting.wording import LANGUAGES, Language, Wording, all_words, chance, percent, preferred


def numbers(text: str) -> list[str]:
    return sorted(re.findall(r"\d+(?:\.\d+)?%?", text.replace(",", "")))


def test_a_template_is_told_with_what_each_side_puts_in(result: Result) -> None:
    said = explain(result, "m3", "en")
    assert "Match m3: Templated, passage" in said
    assert "从全[镇]网格工作的实际情况来看,我们共有网格员[86]名" in said
    assert "place “镇” / “县”; number “86” / “1240”" in said
    assert "42 characters are equal and in the same order, in 3 runs, the longest of 21" in said
    assert "One of" not in said  # the family is named, with its template
    assert "family f1, 4 places in 4 documents" in said


def test_both_languages_tell_the_same_numbers(result: Result) -> None:
    for match in result.matches:
        chinese, english = (explain(result, match.id, language) for language in LANGUAGES)
        # English writes out "one"; everything else is a figure in both.
        assert set(numbers(english)) <= set(numbers(chinese)) | {"1"}, match.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_accuses(result: Result, language: Language) -> None:
    words = " ".join(all_words(language).values()) + explain(result, "m2", language)
    assert not re.search("抄袭|剽窃|plagiar|cheat|guilt", words, re.IGNORECASE)


def test_other_documents_that_hold_the_passage_are_counted(result: Result) -> None:
    # m2 is the ledger paragraph: besides its two documents the reordered one and the hostile one hold it.
    assert "2 other documents hold at least half" in explain(result, "m2", "en")
    assert "No other document holds half" in explain(result, "m13", "en")


def test_hidden_signs_of_a_document_do_not_reach_the_terminal(result: Result) -> None:
    said = explain(result, "m12", "en")
    assert "\u202e" not in said
    assert "⟨U+202E⟩" in said


def test_an_unknown_match_is_an_error_that_shows_what_ids_look_like(result: Result) -> None:
    with pytest.raises(OutputError, match="m1, m2, m3"):
        explain(result, "17", "zh")


class TestWords:
    def test_both_languages_have_the_same_words_with_the_same_places(self) -> None:
        chinese, english = (all_words(language) for language in LANGUAGES)
        assert {key.removesuffix(".one") for key in english} == {key.removesuffix(".one") for key in chinese}
        for key, text in chinese.items():
            assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", english.get(key, text))), (
                key
            )

    def test_one_takes_the_singular(self) -> None:
        words = Wording("en")
        assert words("figure.characters", n=1) == "1 character"
        assert words("figure.characters", n=1234) == "1,234 characters"

    def test_a_word_that_is_missing_is_a_mistake_of_ours(self) -> None:
        with pytest.raises(KeyError):
            Wording("zh")("no.such.word")

    @pytest.mark.parametrize(
        ("ratio", "text"),
        [(0, "0.0%"), (0.0004, "0.1%"), (0.5, "50.0%"), (0.9996, "99.9%"), (1, "100.0%"), (1 / 3, "33.3%")],
    )
    def test_only_a_whole_is_100_percent_and_only_nothing_is_0(self, ratio: float, text: str) -> None:
        assert percent(ratio) == text

    @pytest.mark.parametrize(
        ("evalue", "text"),
        [(0.0, "fewer than 0.000001"), (1e-9, "fewer than 0.000001"), (0.00012, "0.00012"), (0.5, "0.50"),
         (3.14, "3.1"), (1234.5, "1,234")],
    )  # fmt: skip
    def test_chance_in_figures_people_read(self, evalue: float, text: str) -> None:
        assert chance(evalue, Wording("en")) == text

    @pytest.mark.parametrize(
        ("names", "language"),
        [(["", "", "zh_CN.UTF-8"], "zh"), (["en_GB.UTF-8", "", "zh_CN.UTF-8"], "en"), (["C.UTF-8"], "en"),
         (["", "", ""], "zh")],
    )  # fmt: skip
    def test_the_first_locale_that_is_set_decides(self, names: list[str], language: Language) -> None:
        assert preferred(names) == language

    def test_every_reason_for_a_mark_has_words(self) -> None:
        from reuse.reading.reasons import REASONS

        for language in LANGUAGES:
            assert {f"removed.{reason}" for reason in REASONS} <= set(all_words(language))


def test_sentences_in_another_order_are_shown_as_they_stand() -> None:
    first = "到那个时候，我们的孩子就不必再翻过两座山去上学，我们的老人也不必再为一剂退烧药走上半天的路。"
    second = "修路的钱从哪里来？一半是乡亲们卖了三季山货攒下的，一半是外出的后生从工地上一块一块寄回来的。"
    found = reuse.scan([f"院子里的桂花开了。\n{first}{second}", f"今年的雨水多。\n{second}{first}"], jobs=1)
    said = explain(found, found.matches[0].id, "en")
    assert first + second in said and second + first in said
    assert "stand in another order on the right" in said and "in the same order" not in said
