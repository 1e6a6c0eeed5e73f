"""Paragraphs equal in many documents: matching joins them through the first, the page shows every pair all the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.test_figures import equal_paragraphs
from tests.browser.test_views import go, shown

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report of documents that hold one paragraph alike."""
    path = tmp_path_factory.mktemp("equal") / "report.html"
    equal_paragraphs().to_html(path)
    return path.as_uri()


def test_two_that_were_never_matched_are_shown_side_by_side(opened: Open, address: str) -> None:
    page = opened("pair/20/25", address=address)
    assert shown(page, ".counter").endswith("of 1")
    assert "equal to one of a third document" in shown(page, ".reasons")
    sides = [page.locator(f".pane.{side} .in-match.equal").all_inner_texts() for side in ("left", "right")]
    assert [text.replace("1", "") for text in sides[0]] == [text.replace("1", "") for text in sides[1]]
    assert sum(len(text) for text in sides[0]) > 40
    go(page, "sheet/pair/20/25")
    assert page.locator(".sheet-match").count() == 1


def test_all_of_them_are_sources(opened: Open, address: str) -> None:
    page = opened("document/25", address=address)
    page.locator(".sources .more").first.click()
    assert page.locator(".card > .card-head > .rank").count() > 12


def test_versions_and_templates_are_named_as_such(opened: Open, address: str) -> None:
    page = opened("overview", address=address)
    ids = page.locator("table.documents tbody th a").all_inner_texts()
    assert "draft-1.txt" in ids
    page.get_by_role("link", name="draft-2.txt").first.click()
    page.wait_for_selector(".view.document")
    assert "version of this text" in shown(page, ".sources")
    page.go_back()
    page.wait_for_selector(".view.overview")
    page.get_by_role("link", name="user.txt").first.click()
    page.wait_for_selector(".view.document")
    assert "template given" in shown(page, ".sources")
    assert "Template given left out 46 characters" in shown(page, ".facts")
