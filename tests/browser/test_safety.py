"""Texts that mean harm are text, and offsets are right behind characters that are two units of a script's string."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from reuse.reporting.result import Result

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Open = Callable[..., "Page"]
HOSTILE = 7


def unharmed(page: Page) -> bool:
    """Nothing of a document ran, and nothing of one became an element."""
    return page.evaluate(
        "window.harmed === undefined && !document.querySelector('main img, main script, main iframe')"
    )


@pytest.mark.parametrize(
    "view",
    [
        "overview",
        f"document/{HOSTILE}",
        f"pair/0/{HOSTILE}",
        "family/1",
        f"sheet/pair/0/{HOSTILE}",
        "families",
    ],
)
def test_markup_in_texts_titles_and_names_is_text(opened: Open, view: str) -> None:
    page = opened(view)
    assert unharmed(page)
    if "families" not in view:
        assert "<script>window.harmed = 1</script>" in page.inner_text("main")


def test_signs_that_turn_or_hide_are_written_out(opened: Open) -> None:
    page = opened(f"document/{HOSTILE}")
    signs = page.locator(".speech .sign").all_inner_texts()
    assert signs == ["U+202E", "U+202C", "U+0000"]
    text = page.evaluate("document.querySelector('.speech').textContent")
    assert not any(sign in text for sign in "\u202e\u202c\x00")
    assert page.title().startswith("<script>window.harmed = 1</script>\"'&")


def test_attributes_hold_no_hidden_sign(opened: Open) -> None:
    page = opened()
    attributes = page.evaluate(
        "[...document.querySelectorAll('main *')].flatMap((e) => [...e.attributes].map((a) => a.value)).join(' ')"
    )
    assert "⟨U+202E⟩" in attributes
    assert not any(sign in attributes for sign in "\u202e\x00")


def test_offsets_behind_rare_characters_and_emoji_are_right(opened: Open, sample: Result) -> None:
    document = sample.documents[HOSTILE].document
    match = next(match for match in sample.matches if match.right.document == document.id)
    before = document.text[: match.right.start]
    assert len(before.encode("utf-16-le", "surrogatepass")) // 2 > len(before), (
        "the sample must have characters of two units here"
    )
    page = opened(f"document/{HOSTILE}")
    marked = "".join(
        page.eval_on_selector_all(
            ".speech mark",
            "marks => marks.map((m) => [...m.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join(''))",
        )
    )
    assert marked == match.right.text
    text = page.evaluate("document.querySelector('.speech').textContent")
    assert "👩‍👩‍👧" in text
    assert "𠮷𡈽" in text


def test_a_lone_surrogate_is_one_replacement_character(opened: Open) -> None:
    text = opened(f"document/{HOSTILE}").evaluate("document.querySelector('.speech').textContent")
    assert "孤代理\ufffd也在" in text


def test_the_policy_stops_a_script_that_came_in_all_the_same(browser: Browser, report: str) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(report)
    page.wait_for_selector(".view")
    ran = page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.harmed = 9";
          document.body.append(script);
          return window.harmed === 9;
        }"""
    )
    page.close()
    assert not ran
    assert any("Content Security Policy" in text for text in said)
