"""Markdown: the file as it is, with front matter, link targets, comments and code fences marked."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from reuse.model import Removed
from reuse.reading import reasons
from reuse.reading.source import Source

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?=\r?\n|\Z)", re.DOTALL)
_ENTRY = re.compile(
    r"^(title|date|author|place|series|标题|日期|作者|地点|系列)\s*:\s*(.+?)\s*$",
    re.MULTILINE | re.IGNORECASE,
)
_NAMES = {"标题": "title", "日期": "date", "作者": "author", "地点": "place", "系列": "series"}
_MARKUP = re.compile(
    r"(?<=\])\([^()\s]{1,2000}(?:\s+\"[^\"\n]{0,200}\")?\)|<!--.*?-->|<https?://[^>\s]{1,2000}>|^```.*$|</?[a-zA-Z][^<>\n]{0,300}>",
    re.DOTALL | re.MULTILINE,
)


def markdown_source(source: Source) -> Source:
    """`source` with its markup marked, and what its front matter says as properties."""
    front = _FRONT.match(source.text)
    marks = [Removed(match.start(), match.end(), reasons.MARKUP) for match in _MARKUP.finditer(source.text)]
    properties: dict[str, Any] = {}
    if front:
        marks = [mark for mark in marks if mark.start >= front.end()]
        marks.insert(0, Removed(0, front.end(), reasons.MARKUP))
        for name, value in _ENTRY.findall(front.group(1)):
            properties[_NAMES.get(name, name.lower())] = value.strip("\"'")
    return replace(source, removed=tuple(marks), properties=properties)
