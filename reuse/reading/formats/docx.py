"""DOCX, strict or transitional, and Word 2003 XML: paragraphs, tables and soft line breaks in order.

Headers, footers, comments, deleted text and field codes stay out; footnotes follow the body. python-docx is not used:
it refuses packages WPS and converters write (strict namespaces, missing parts) and its `paragraphs` skip tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from reuse.config import ReadingSettings
from reuse.model import UnreadableError
from reuse.reading.formats.xml import local_attribute, local_name, parse_xml
from reuse.reading.limits import Package
from reuse.reading.source import Source

_LEFT_OUT = frozenset(
    {
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "rPr",
        "pPr",
        "sectPr",
        "tblPr",
        "trPr",
        "tcPr",
        "fldData",
        "binData",
    }
)
_PARAGRAPH = "p"
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-", "softHyphen": "", "ptab": "\t"}
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read_docx(content: Path | BytesIO, name: str, settings: ReadingSettings) -> Source:
    """The text of a DOCX. Raises UnreadableError when it is broken, encrypted or too large."""
    with Package(content, name, settings.max_expanded_megabytes) as package:
        parts = package.names()
        body = next(
            (part for part in parts if part.startswith("word/document") and part.endswith(".xml")), None
        )
        if body is None:
            raise UnreadableError(name, "corrupt", "is a Word package without a document part")
        lines = list(_lines(parse_xml(package.read(body), name, body)))
        if "word/footnotes.xml" in parts:
            lines += _notes(parse_xml(package.read("word/footnotes.xml"), name, "word/footnotes.xml"))
        core = package.read("docProps/core.xml") if "docProps/core.xml" in parts else b""
    return Source(name=name, text="\n".join(lines), format="docx", properties=_properties(core, name))


def read_wordml(data: bytes, name: str) -> Source:
    """The text of a Word 2003 XML file or a flat OpenDocument file."""
    root = parse_xml(data, name, "document")
    return Source(name=name, text="\n".join(_lines(root)), format="wordml")


def _lines(root: Any) -> Iterator[str]:
    """The paragraphs of a part in order; a soft line break inside one makes a new line.

    The walk keeps its own stack, so that depth costs memory and not the interpreter's.
    """
    parts: list[str] = []
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, done = stack.pop()
        kind = local_name(element)
        if done:
            if kind == _PARAGRAPH:
                yield "".join(parts)
                parts = []
            continue
        if kind in _LEFT_OUT or (kind == "AlternateContent" and len(element) == 0):
            continue
        if kind == "t" and element.text:
            parts.append(element.text)
        elif kind in _BREAKS:
            parts.append("" if local_attribute(element, "type") in ("page", "column") else _BREAKS[kind])
        elif kind == _PARAGRAPH and parts:
            yield "".join(parts)
            parts = []
        stack.append((element, True))
        children = element[:1] if kind == "AlternateContent" else element
        stack.extend((child, False) for child in reversed(children))
    if parts:
        yield "".join(parts)


def _notes(root: Any) -> list[str]:
    """The footnotes, without the lines that separate them from the body."""
    found: list[str] = []
    for note in root:
        if local_attribute(note, "type") not in _SEPARATORS:
            found += [line for line in _lines(note) if line.strip()]
    return found


def _properties(core: bytes, name: str) -> dict[str, Any]:
    """Title and author's dates from the core properties; templates leave names there, so the author is not taken."""
    if not core:
        return {}
    try:
        root = parse_xml(core, name, "docProps/core.xml")
    except UnreadableError:
        return {}
    texts = {local_name(child): (child.text or "").strip() for child in root}
    facts = {
        "created": texts.get("created"),
        "modified": texts.get("modified"),
        "file_title": texts.get("title"),
    }
    return {"facts": {key: value for key, value in facts.items() if value}}
