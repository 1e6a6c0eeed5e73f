"""One Word file and what LibreOffice makes of it, made once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.reading.material import LONG, convert, write_docx


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("converted")


@pytest.fixture(scope="session")
def word(home: Path) -> Path:
    return write_docx(home / "speech.docx", LONG)


@pytest.fixture(scope="session")
def converted(word: Path, home: Path) -> Callable[[str], Path]:
    """The Word file in another format."""
    return cache(lambda target: convert(word, target, home))
