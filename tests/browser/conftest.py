"""A browser for the tests: Chromium as Debian installs it, driven by Playwright, without a network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reuse.reporting.result import Result
from tests.reporting.report_sample import sample_result

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOW_TO_INSTALL = (
    "the report is tested in a browser: install Chromium and CJK fonts (`apt-get install chromium fonts-noto-cjk`) "
    "and Playwright for Python (`pip install playwright`)"
)
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def chromium() -> str | None:
    """Where Chromium is, if it is."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def need(found: object) -> None:
    """Skip where a browser is missing on a developer's machine; on CI it must be there."""
    if found:
        return
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(HOW_TO_INSTALL)
    pytest.skip(HOW_TO_INSTALL)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        need(None)
        raise
    path = chromium()
    need(path)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def sample() -> Result:
    """The sample of the reporting tests, built once."""
    return sample_result()


@pytest.fixture(scope="session")
def report(sample: Result, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of its report on the disk."""
    path: Path = tmp_path_factory.mktemp("report") / "report.html"
    sample.to_html(path)
    return path.as_uri()


class Pages:
    """One page for each language and width, opened anew for every test; what goes wrong in one is noted."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._pages: dict[tuple[str, int], Page] = {}
        self.faults: list[str] = []

    def open_at(self, address: str, language: str, width: int) -> Page:
        """A page of that kind with nothing left of the test before."""
        if (language, width) not in self._pages:
            self._pages[language, width] = self._new(language, width)
        page = self._pages[language, width]
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("about:blank")
        page.goto(address)
        page.wait_for_selector("main[aria-busy=false] .view")
        return page

    def _new(self, language: str, width: int) -> Page:
        context = self._browser.new_context(viewport={"width": width, "height": 900}, locale=language)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        page.on(
            "request",
            lambda asked: self.faults.append(f"request: {asked.url}") if _outside(asked.url) else None,
        )
        page.on("dialog", lambda dialog: self.faults.append(f"dialog: {dialog.message}"))
        return page


@pytest.fixture(scope="session")
def pages(browser: Browser) -> Pages:
    """The pages all tests share."""
    return Pages(browser)


@pytest.fixture
def opened(pages: Pages, report: str) -> Iterator[Callable[..., Page]]:
    """Open the report at a view; errors of the page, requests and messages of the console fail the test."""
    pages.faults.clear()

    def open_at(
        path: str = "overview", *, language: str = "en-GB", width: int = 1440, address: str = report
    ) -> Page:
        return pages.open_at(f"{address}#/{path}", language, width)

    yield open_at
    assert pages.faults == []


def _outside(url: str) -> bool:
    return not url.startswith(("file:", "data:", "blob:", "about:"))
