"""How long the report of a thousand documents and twenty thousand matches takes to open, and each view after that.

    python -m tests.benchmarks.report

Asked for: under 30 MB on the disk, open in under three seconds, every step after that in under one and a half.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.conftest import FLAGS, HOW_TO_INSTALL, chromium
from tests.browser.large_result import LARGE_VIEWS, large_result

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def report() -> list[str]:
    """A line for the file and for each view: the best of three, as other work on the machine is not the page's.

    Raises RuntimeError where no browser is installed.
    """
    from playwright.sync_api import sync_playwright

    if chromium() is None:
        raise RuntimeError(HOW_TO_INSTALL)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "report.html"
        large_result().to_html(path)
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        best = [min(seconds) for seconds in zip(*(_seconds(browser, path) for _ in range(3)), strict=True)]
        browser.close()
        size = path.stat().st_size / 1e6
    views = [
        f"{address or 'opening':30} {taken:6.2f} s"
        for (address, _), taken in zip(LARGE_VIEWS, best, strict=True)
    ]
    return [f"{'report.html':30} {size:6.2f} MB", *views]


def _seconds(browser: Browser, path: Path) -> list[float]:
    """What each view took in a new page."""
    page = browser.new_page()
    taken = []
    for address, selector in LARGE_VIEWS:
        begun = time.perf_counter()
        page.goto(f"{path.as_uri()}?2{address}")
        page.wait_for_selector(selector)
        taken.append(time.perf_counter() - begun)
    page.close()
    return taken


if __name__ == "__main__":
    print(*report(), sep="\n")
