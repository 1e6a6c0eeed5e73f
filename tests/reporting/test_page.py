"""The page as a file: one file, nothing loaded, nothing of a text in its source, modules kept small."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

from reuse.reporting.page import bundling
from reuse.reporting.page.bundling import modules, script, style
from reuse.reporting.result import Result
from reuse.reporting.wording import all_words


@pytest.fixture
def source(result: Result, tmp_path: Path) -> str:
    """The source of the page of the sample."""
    result.to_html(tmp_path / "report.html")
    return (tmp_path / "report.html").read_text(encoding="utf-8")


def test_nothing_is_loaded_from_elsewhere(source: str) -> None:
    addresses = re.findall(r"""(?:src|href|action|url\()\s*=?\s*["']?([^"'\s>)]+)""", source)
    outside = [each for each in addresses if re.match(r"(?:https?:)?//", each)]
    assert outside == []
    assert set(re.findall(r"https?://[^\"'\s]+", source)) <= {"http://www.w3.org/2000/svg"}


def test_the_policy_allows_the_script_and_the_style_of_the_page_and_nothing_else(source: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', source)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    for tag in ("script", "style"):
        (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", source, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode("utf-8")).digest()).decode("ascii")
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]


def test_no_text_of_a_document_stands_in_the_source(source: str) -> None:
    for text in ("window.harmed", "网格员", "onerror=", "O'Neil"):
        assert text not in source


def test_data_is_whole_and_compressed(source: str, result: Result) -> None:
    pieces = dict(re.findall(r'id="data-([\w-]+)">([^<]+)<', source))
    texts = json.loads(gzip.decompress(base64.b64decode(pieces["texts-0"])))
    for row, record in zip(texts, result.documents, strict=True):
        # A lone surrogate is one replacement character: offsets count the same.
        assert row["text"] == record.document.text.replace("\ud83d", "\ufffd")
    index = json.loads(gzip.decompress(base64.b64decode(pieces["index"])))
    assert len(index["matches"]["id"]) == len(result.matches)


def test_every_word_the_scripts_ask_for_is_there_and_none_is_left_over() -> None:
    scripts = "\n".join(modules().values())
    python = "\n".join(path.read_text(encoding="utf-8") for path in _python_sources())
    known = set(all_words("zh"))
    asked = set(re.findall(r"(?<![\w$])t\(\s*\"([a-z][\w.-]*)\"", scripts))
    assert asked <= known
    literal = asked | set(re.findall(r"\"([\w-]+(?:\.[\w-]+)+)\"", scripts + python))
    families = set(re.findall(r"`([\w.-]+\.)\$\{", scripts)) | set(re.findall(r"f\"([\w.-]+\.){", python))
    families |= {f"{prefix}." for prefix in ("why", "term")}
    unused = {
        key
        for key in known
        if key.removesuffix(".one") not in literal and not key.startswith(tuple(families))
    }
    assert unused <= {"brand", "more", "failed"}


def _python_sources() -> list[Path]:
    import reuse

    package = Path(reuse.__file__).parent
    return [*package.glob("reporting/**/*.py"), package / "cli" / "summary.py"]


def test_scripts_are_small_strict_and_free_of_what_the_policy_forbids() -> None:
    assert len(modules()) > 15
    for name, text in modules().items():
        assert len(text.splitlines()) < 400, name
        assert text.startswith("// "), f"{name} says what it is for"
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text
        ), name
    assert script().count('"use strict"') == len(modules())
    assert "</script" not in script()
    assert "</style" not in style()


def test_modules_in_a_circle_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    sources = {"main": 'import { a } from "./other.js";\n', "other": 'import { b } from "./main.js";\n'}
    monkeypatch.setattr(bundling, "_read", lambda folder, name: sources[name.removesuffix(".js")])
    with pytest.raises(ValueError, match="main → other → main"):
        script()
