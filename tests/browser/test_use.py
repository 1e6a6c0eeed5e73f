"""The report in hand: by keyboard, with a screen reader, on paper, and when it is large."""

from __future__ import annotations

import io
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.browser.large_result import LARGE_VIEWS, large_result
from tests.browser.test_views import VIEWS, go, shown, until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Open = Callable[..., "Page"]


class TestKeyboard:
    def test_the_first_stop_skips_to_the_content(self, opened: Open) -> None:
        page = opened()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        assert page.url.endswith("#/overview")

    def test_a_mark_is_reached_and_opened(self, opened: Open) -> None:
        page = opened("document/1")
        page.locator("mark[tabindex='0']").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(".view.pair")
        assert page.evaluate("document.activeElement.tagName") == "H1"

    def test_matches_are_stepped_through(self, opened: Open) -> None:
        page = opened("pair/0/1")
        page.locator("h1").focus()
        for key, counter in (
            ("n", "Match 2 of 4"),
            ("j", "Match 3 of 4"),
            ("k", "Match 2 of 4"),
            ("p", "Match 1 of 4"),
        ):
            page.keyboard.press(key)
            assert shown(page, ".counter") == counter

    def test_search_filters_and_help_have_keys(self, opened: Open) -> None:
        page = opened()
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "search"
        page.keyboard.press("?")
        assert page.input_value("#search") == "?"
        page.locator("h1").focus()
        page.keyboard.press("?")
        assert page.locator("dialog[open]").count() == 1
        page.keyboard.press("Escape")
        until(page, "document.querySelector('dialog') === null")
        before = page.evaluate("document.querySelector('#filters details').open")
        page.keyboard.press("f")
        assert page.evaluate("document.querySelector('#filters details').open") is not before

    def test_the_focus_stays_on_a_filter_that_was_changed(self, opened: Open) -> None:
        page = opened()
        page.locator("#kind-edited").focus()
        page.keyboard.press("Space")
        until(page, "location.hash.includes('kinds=')")
        assert page.evaluate("document.activeElement.id") == "kind-edited"
        page.locator("#filter-score").focus()
        for _ in range(3):
            page.keyboard.press("ArrowRight")
        until(page, "location.hash.includes('score=')")
        assert page.evaluate("document.activeElement.id") == "filter-score"

    def test_back_and_forward_bring_views_and_places_back(self, opened: Open) -> None:
        page = opened()
        page.locator("table.documents tbody th a").first.click()
        page.wait_for_selector(".view.document")
        page.go_back()
        page.wait_for_selector(".view.overview")
        page.go_forward()
        page.wait_for_selector(".view.document")


def told(fault: dict[str, Any]) -> str:
    """A finding of axe on one line: the rule, the first element, what is wrong with it."""
    node = fault["nodes"][0]
    return f"{fault['id']}: {node['html'][:160]}: {node.get('failureSummary')}"


@pytest.mark.parametrize(("language", "width"), [("zh-CN", 1440), ("en-GB", 390)])
def test_no_serious_finding_of_axe_in_any_view(opened: Open, language: str, width: int) -> None:
    """Everything axe calls serious or critical, contrast of colours included."""
    axe = import_module("axe_playwright_python.sync_playwright").Axe()
    page = opened(language=language, width=width)
    found = []
    for view in VIEWS:
        go(page, view)
        faults = axe.run(page).response["violations"]
        found += [(view, told(fault)) for fault in faults if fault["impact"] in ("serious", "critical")]
    assert found == []


class TestPaper:
    @pytest.mark.parametrize("view", ["sheet/pair/0/1", "sheet/document/2"])
    def test_the_sheet_prints_to_a4_with_its_facts_and_nothing_of_the_frame(
        self, opened: Open, view: str
    ) -> None:
        pypdf = import_module("pypdf")
        page = opened(view)
        paper = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
        for sheet in paper.pages:
            assert [round(float(side)) for side in sheet.mediabox[2:]] == pytest.approx([595, 842], abs=2)
        assert len(paper.pages) <= 2
        text = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
        for fact in (
            "Evidence sheet",
            "w2-128-64x2",
            "SHA-256",
            "quotations left out of both sides",
            "for people to judge",
        ):
            assert fact in text, fact
        assert "Filters none in use" not in text
        assert "Back" not in text

    def test_the_print_button_prints(self, opened: Open) -> None:
        page = opened("sheet/pair/0/1")
        page.evaluate("window.print = () => { window.printed = true; }")
        page.click("text=Print")
        assert page.evaluate("window.printed")

    def test_a_sheet_shows_both_places_with_what_differs(self, opened: Open) -> None:
        page = opened("sheet/pair/0/2")
        assert page.locator(".sheet-match").first.locator("del").all_inner_texts() == [
            "镇",
            "86",
            "流",
            "不少",
        ]
        assert page.locator(".sheet-match").first.locator("ins").all_inner_texts() == [
            "市",
            "X",
            "变",
            "繁",
            "很多",
        ]


def test_a_thousand_documents_and_twenty_thousand_matches(browser: Browser, tmp_path: Path) -> None:
    """Under 30 MB on the disk; every view draws a part of it, and twice as much to show is at most twice the work.

    Work is calls of functions, which the machine does not change; `tests.benchmarks.report` tells the seconds.
    """
    half, whole = tmp_path / "half.html", tmp_path / "whole.html"
    large_result(500, 10_000).to_html(half)
    large_result(1000, 20_000).to_html(whole)
    assert whole.stat().st_size < 30_000_000
    for view, little, much in zip(LARGE_VIEWS, work(browser, half), work(browser, whole), strict=True):
        assert much.elements < 10_000, view
        assert little.calls > 0, view
        assert much.calls < 2.2 * little.calls, view


class Work(NamedTuple):
    """What a view took: calls of functions, and the elements it drew."""

    calls: int
    elements: int


def work(browser: Browser, report: Path) -> list[Work]:
    """The work of opening a report and of every view after that."""
    page = browser.new_page()
    profiler = page.context.new_cdp_session(page)
    profiler.send("Profiler.enable")
    profiler.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": False})
    done = []
    for address, selector in LARGE_VIEWS:
        page.goto(f"{report.as_uri()}?2{address}")
        page.wait_for_selector(selector)
        scripts = profiler.send("Profiler.takePreciseCoverage")["result"]
        calls = sum(function["ranges"][0]["count"] for script in scripts for function in script["functions"])
        done.append(Work(calls, page.locator("*").count()))
    page.close()
    return done
