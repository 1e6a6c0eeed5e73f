"""OpenDocument text: paragraphs and headings in order, without notes of change, headers and footers."""

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

_PARAGRAPHS = frozenset({"p", "h"})
_MIXED = frozenset({"p", "h", "span", "a", "ruby-base", "meta"})
_LEFT_OUT = frozenset(
    {
        "tracked-changes",
        "annotation",
        "annotation-end",
        "automatic-styles",
        "font-face-decls",
        "forms",
        "sequence-decls",
    }
)


def read_odt(content: Path | BytesIO, name: str, settings: ReadingSettings) -> Source:
    """The text of an ODT. Raises UnreadableError when it is broken, encrypted or too large."""
    with Package(content, name, settings.max_expanded_megabytes) as package:
        parts = package.names()
        if "content.xml" not in parts:
            raise UnreadableError(name, "corrupt", "is an OpenDocument package without content.xml")
        if "META-INF/manifest.xml" in parts and b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise UnreadableError(name, "encrypted", "is encrypted; save it without a password")
        root = parse_xml(package.read("content.xml"), name, "content.xml")
    return Source(name=name, text="\n".join(_lines(root)), format="odt")


def read_flat_odt(data: bytes, name: str) -> Source:
    """The text of a flat OpenDocument file, which is one XML."""
    return Source(name=name, text="\n".join(_lines(parse_xml(data, name, "document"))), format="odt")


def _lines(root: Any) -> Iterator[str]:
    """Every paragraph as a line, `text:line-break` as a break inside it, runs of `text:s` as blanks."""
    parts: list[str] = []
    body = next((element for element in root.iter() if local_name(element) == "body"), root)
    stack: list[tuple[Any, bool]] = [(body, False)]
    while stack:
        element, done = stack.pop()
        kind = local_name(element)
        if done:
            if kind in _PARAGRAPHS:
                yield "".join(parts)
                parts = []
            if element.tail and _is_text(element):
                parts.append(element.tail)
            continue
        if kind in _LEFT_OUT:
            if element.tail and _is_text(element):
                parts.append(element.tail)
            continue
        if kind in _PARAGRAPHS and "".join(parts).strip():
            yield "".join(parts)
        if kind in _PARAGRAPHS:
            parts = []
        parts.append(_own_text(element, kind))
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    if "".join(parts).strip():
        yield "".join(parts)


def _is_text(element: Any) -> bool:
    """Whether text after `element` belongs to a paragraph: only inside one is there mixed content."""
    parent = element.getparent()
    return parent is not None and local_name(parent) in _MIXED


def _own_text(element: Any, kind: str) -> str:
    if kind == "s":
        count = local_attribute(element, "c")
        return " " * min(int(count) if count and count.isdecimal() else 1, 100)
    if kind == "tab":
        return "\t"
    if kind == "line-break":
        return "\n"
    return str(element.text) if element.text and kind in _MIXED else ""
