"""Every view of the report, clicked through as a reader would."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reuse.reporting.explaining import explain
from reuse.reporting.result import Result

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]
VIEWS = [
    "overview",
    "document/1",
    "document/7",
    "pair/0/1",
    "families",
    "family/0",
    "sheet/document/2",
    "sheet/pair/0/2",
]


def shown(page: Page, selector: str) -> str:
    """The text of an element, blanks made single."""
    return " ".join(page.locator(selector).first.inner_text().split())


def until(page: Page, expression: str) -> None:
    """Wait until an expression is true; the page's policy forbids Playwright's own way, which is `eval`."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {expression}")


def go(page: Page, address: str, view: str | None = None) -> None:
    """Go to a view of the open page and wait until it is drawn."""
    page.goto(f"{page.url.split('#', maxsplit=1)[0]}#/{address}")
    page.wait_for_selector(f'body[data-view="{view or address}"]')


class TestOverview:
    def test_it_says_that_all_stayed_here_and_that_people_judge(self, opened: Open) -> None:
        notice = shown(opened(), ".notice")
        assert "Everything stayed on this machine" in notice
        assert "for people to judge" in notice

    def test_the_table_lists_every_document_and_sorts_by_any_column(
        self, opened: Open, sample: Result
    ) -> None:
        page = opened()
        names = page.locator("table.documents tbody th a")
        assert names.count() == len(sample.documents)
        page.click("#sort-name")
        ascending = names.all_inner_texts()
        assert page.locator("th.col-name").get_attribute("aria-sort") == "ascending"
        page.click("#sort-name")
        assert names.all_inner_texts() == ascending[::-1]

    def test_two_documents_of_one_title_are_told_apart(
        self, opened: Open, sample: Result, tmp_path: Path
    ) -> None:
        records = list(sample.documents)
        records[1] = replace(
            records[1], document=replace(records[1].document, title=records[0].document.title)
        )
        replace(sample, documents=records).to_html(tmp_path / "twins.html")
        page = opened(address=(tmp_path / "twins.html").as_uri())
        names = page.locator("table.documents tbody th a").all_inner_texts()
        assert len(set(names)) == len(names)
        for record in records[:2]:
            assert f"{record.document.title} ({record.document.id})" in names

    def test_the_table_is_filtered_by_words(self, opened: Open) -> None:
        page = opened()
        page.fill("#search", "museum")
        assert page.locator("table.documents tbody tr").count() == 2
        page.fill("#search", "no such words")
        assert "No document holds these words" in shown(page, ".documents-panel")

    def test_what_was_skipped_is_there_with_its_reason(self, opened: Open) -> None:
        assert "扫描件.pdf scanned pages" in shown(opened(), "table.skipped")

    def test_settings_scheme_and_digest_are_there(self, opened: Open) -> None:
        facts = shown(opened(), ".provenance")
        assert "w2-128-64x2" in facts
        assert "level = passage" in facts
        assert re.search(r"\b[0-9a-f]{64}\b", facts)

    def test_a_cell_of_the_heat_map_opens_the_pair(self, opened: Open) -> None:
        page = opened()
        page.locator(".heat td a").first.click()
        page.wait_for_selector(".view.pair")

    def test_a_dot_of_the_timeline_opens_its_document(self, opened: Open) -> None:
        page = opened()
        page.locator(".timeline a").first.click()
        page.wait_for_selector(".view.document")


class TestDocument:
    def test_the_whole_text_is_there_letter_for_letter(self, opened: Open, sample: Result) -> None:
        page = opened("document/1")
        text = page.evaluate(
            "[...document.querySelectorAll('.speech .line')].map((line) => {"
            " const copy = line.cloneNode(true); copy.querySelectorAll('.rank, .reason').forEach((e) => e.remove());"
            " return copy.textContent; }).join('')"
        )
        assert text == sample.documents[1].document.text

    def test_marks_are_of_a_class_and_numbered_like_the_cards(self, opened: Open) -> None:
        page = opened("document/1")
        classes = page.eval_on_selector_all(
            ".speech mark", "marks => marks.map((mark) => mark.className.split(' ')[0])"
        )
        assert {"part-copied", "part-templated", "part-quoted", "part-phrase"} == set(classes)
        numbers = set(page.locator(".speech mark .rank").all_inner_texts())
        assert numbers <= set(page.locator(".card > .card-head > .rank").all_inner_texts())

    def test_a_click_on_a_mark_goes_to_its_source(self, opened: Open) -> None:
        page = opened("document/1")
        page.locator("mark.part-copied").first.click()
        page.wait_for_selector(".view.pair")
        assert "青石镇" in shown(page, ".pane.left")

    def test_cards_are_in_rank_order(self, opened: Open) -> None:
        page = opened("document/2")
        shares = [
            float(text.rstrip("%")) for text in page.locator(".card .card-figure strong").all_inner_texts()
        ]
        assert shares == sorted(shares, reverse=True)
        assert len(shares) == 2

    def test_what_was_not_compared_is_struck_out_and_folds(self, opened: Open) -> None:
        page = opened("document/3")
        struck = page.locator("s.removed-text")
        assert struck.all_inner_texts() == [
            "网站首页 > 讲话稿 > 会议讲话",
            "本文来自范文网,更多讲话稿请点击下载",
        ]
        page.locator(".removed .reason").first.click()
        assert not struck.first.is_visible()
        page.locator(".removed .reason").first.click()
        assert struck.first.is_visible()

    def test_a_document_that_shares_nothing_says_so(self, opened: Open) -> None:
        assert "Nothing of this document is found in another one" in shown(opened("document/4"), ".sources")

    def test_the_position_bar_has_a_stretch_for_every_mark_and_goes_there(self, opened: Open) -> None:
        page = opened("document/1", width=390)
        marks = page.eval_on_selector_all(
            ".speech mark", "marks => new Set(marks.map((m) => m.dataset.start)).size"
        )
        assert page.locator(".position-bar .stretch").count() == marks > 5
        box = page.locator(".position-bar").bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + box["width"] - 3, box["y"] + 5)
        assert page.evaluate("scrollY") > 200


class TestPair:
    def test_next_and_previous_go_through_all_matches_and_round(self, opened: Open) -> None:
        page = opened("pair/0/1")
        assert shown(page, ".counter") == "Match 1 of 4"
        page.click("#next")
        assert shown(page, ".counter") == "Match 2 of 4"
        page.keyboard.press("p")
        page.keyboard.press("p")
        assert shown(page, ".counter") == "Match 4 of 4"

    def test_slots_are_marked_with_their_type_and_the_rest_as_left_out_or_put_in(self, opened: Open) -> None:
        page = opened("pair/0/2")
        assert page.locator(".pane.left .slot[data-match=m4] .slot-type").all_inner_texts() == [
            "place",
            "placeholder",
        ]
        assert page.locator(".pane.left del[data-match=m4]").all_inner_texts() == ["流", "不少"]
        assert page.locator(".pane.right ins[data-match=m4]").all_inner_texts() == ["变", "繁", "很多"]

    def test_what_is_equal_on_the_left_is_equal_on_the_right(self, opened: Open) -> None:
        page = opened("pair/0/2?match=m4")
        sides = [
            page.eval_on_selector_all(
                f".pane.{side} mark.equal[data-match=m4]",
                "marks => marks.map((mark) => [...mark.childNodes].filter((n) => n.nodeType === 3)"
                ".map((n) => n.textContent).join('')).join('')",
            )
            for side in ("left", "right")
        ]
        assert sides[0] == sides[1]
        assert len(sides[0]) == 39

    @pytest.mark.parametrize("match", ["m1", "m2", "m4", "m7", "m9", "m13"])
    def test_the_reasons_are_those_of_the_command_line(
        self, opened: Open, sample: Result, match: str
    ) -> None:
        found = next(each for each in sample.matches if each.id == match)
        ids = [record.document.id for record in sample.documents]
        page = opened(
            f"pair/{ids.index(found.left.document)}/{ids.index(found.right.document)}?match={match}"
        )
        said = [
            line.removeprefix("· ")
            for line in explain(sample, match, "en").splitlines()
            if line.startswith("· ")
        ]
        on_page = [" ".join(text.split()) for text in page.locator(".reasons li").all_inner_texts()]
        for sentence, shown_ in zip(said, on_page, strict=True):
            if not sentence.startswith("It belongs to family"):
                assert shown_.startswith(" ".join(sentence.split()))

    def test_scrolling_one_side_moves_the_other_to_the_same_match(self, opened: Open) -> None:
        page = opened("pair/0/1")
        page.set_viewport_size({"width": 1000, "height": 520})
        page.wait_for_timeout(100)
        tops = page.evaluate(
            """async () => {
              const [left, right] = [...document.querySelectorAll(".pane-text")];
              left.scrollTop = 160;
              await new Promise((done) => setTimeout(done, 200));
              const top = (pane) => pane.querySelector('[data-match="m9"]').getBoundingClientRect().top;
              return [left.scrollTop, right.scrollTop, top(left) - top(right)];
            }"""
        )
        assert tops[0] == 160
        assert tops[1] > 0
        page.uncheck("#lock")
        moved = page.evaluate(
            """async () => {
              const [left, right] = [...document.querySelectorAll(".pane-text")];
              const before = right.scrollTop;
              left.scrollTop = 0;
              await new Promise((done) => setTimeout(done, 200));
              return right.scrollTop - before;
            }"""
        )
        assert moved == 0

    def test_ribbons_join_the_matches(self, opened: Open) -> None:
        page = opened("pair/0/1")
        page.wait_for_selector(".gutter .ribbon")
        assert page.locator(".gutter .ribbon").count() == 4
        assert page.locator(".gutter .ribbon.chosen").count() == 1
        assert page.locator(".gutter .thread").count() == 3

    def test_two_that_share_nothing_say_so(self, opened: Open) -> None:
        assert "share nothing" in shown(opened("pair/4/5"), ".empty")


class TestFamilies:
    def test_a_family_opens_with_its_template_as_a_sentence(self, opened: Open) -> None:
        page = opened("families")
        assert page.locator(".family-card").count() == 2
        page.locator(".family-text").first.click()
        page.wait_for_selector(".view.family")
        assert shown(
            page, ".template"
        ) == "从全地点网格工作的实际情况来看,我们共有网格员数字名,人员其他同志是边干边学".replace(" ", "")

    def test_fillers_are_listed_by_document_and_date(self, opened: Open) -> None:
        page = opened("family/0")
        rows = [row.split("\t") for row in page.locator(".fillers tbody tr").all_inner_texts()]
        assert [row[1:3] for row in rows] == [
            ["2023-03-06", "镇"], ["2024-04-11", "县"], ["2024-09-02", "市"], ["2025-01-20", "市"],
        ]  # fmt: skip

    def test_every_occurrence_stands_in_its_context_and_the_first_is_named(self, opened: Open) -> None:
        page = opened("family/1")
        assert page.locator(".occurrence").count() == 3
        assert "first known" in shown(page, ".occurrence")
        assert shown(page, ".occurrence .context").endswith("有着落。")

    def test_remarks_on_fillers_are_shown(self, opened: Open) -> None:
        assert "Blank left in" in shown(opened("family/0"), ".notes")

    def test_the_list_is_searched_and_narrowed_by_kind(self, opened: Open) -> None:
        page = opened("families")
        page.fill("#search", "台账")
        assert page.locator(".family-card").count() == 1
        page.fill("#search", "")
        page.select_option(".tools select >> nth=0", "templated")
        assert page.locator(".family-card").count() == 1


class TestLanguages:
    @pytest.mark.parametrize(
        ("locale", "title"),
        [("zh-CN", "8 篇讲稿之间的文本复用"), ("zh-TW", "8 篇讲稿之间的文本复用"), ("en-US", "What 8 speeches share"),
         ("fr-FR", "What 8 speeches share")],
    )  # fmt: skip
    def test_the_browsers_language_comes_first(self, opened: Open, locale: str, title: str) -> None:
        page = opened(language=locale)
        assert shown(page, "h1") == title
        assert page.evaluate("document.documentElement.lang") == ("zh-Hans" if "zh" in locale else "en")

    def test_every_view_switches_and_keeps_its_place(self, opened: Open) -> None:
        page = opened()
        for view in VIEWS:
            go(page, f"{view}?lang=en", view)
            until(page, "document.querySelector('#help').textContent === 'Help'")
            before = shown(page, "main")
            page.click(".language")
            until(page, "document.querySelector('#help').textContent === '说明'")
            assert view in page.url
            after = shown(page, "main")
            assert after != before, view
            assert not re.search(r"\b(undefined|null|NaN)\b|\{\w+\}|\[object", after), view


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_no_view_is_wider_than_its_window(opened: Open, width: int, language: str) -> None:
    page = opened(language=language, width=width)
    for view in VIEWS:
        go(page, view)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, view


def test_an_address_that_leads_nowhere_shows_the_overview(opened: Open) -> None:
    page = opened()
    for nowhere in (
        "nowhere",
        "document/99",
        "document/-1",
        "pair/0/0",
        "family/x",
        "sheet/pair/1",
        "sheet",
        "",
    ):
        go(page, "families")
        go(page, nowhere, "overview")
