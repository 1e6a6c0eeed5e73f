"""The report as one HTML file: template, styles, scripts, words, compressed data; nothing is loaded."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Iterator
from importlib import resources
from typing import TYPE_CHECKING, Any

from reuse.reporting.coding import json_text
from reuse.reporting.page.bundling import script, style
from reuse.reporting.page.pieces import pieces
from reuse.reporting.wording import LANGUAGES, Wording, all_words

if TYPE_CHECKING:
    from reuse.reporting.result import Result


def page(result: Result) -> Iterator[str]:
    """The page in pieces of text; the same result gives the same bytes."""
    import jinja2

    template = (resources.files("reuse.reporting.page") / "report.html").read_text(encoding="utf-8")
    environment = jinja2.Environment(autoescape=False, undefined=jinja2.StrictUndefined)
    words = {language: all_words(language) for language in LANGUAGES}
    known = {
        "version": result.run.get("versions", {}).get("speech-reuse", ""),
        "title": Wording("zh")("brand"),
        "style": style(),
        "style_digest": _digest(style()),
        "script": script(),
        "script_digest": _digest(script()),
        "words": _inline_json(words),
        "pieces": {name: _packed(value) for name, value in pieces(result).items()},
    }
    yield from environment.from_string(template).generate(known)


def _digest(text: str) -> str:
    """What a content security policy names an inline script or style by."""
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _inline_json(value: Any) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _packed(value: Any) -> str:
    """A value as JSON, gzip, base64. Lone surrogates become U+FFFD: one for one, or offsets would not be right."""
    data = json_text(value, replace_lone=True, separators=(",", ":")).encode("utf-8")
    return base64.b64encode(gzip.compress(data, compresslevel=6, mtime=0)).decode("ascii")
