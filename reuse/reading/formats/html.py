"""Web pages: the visible text in block order, what is not the article marked, title and dates from the page.

Everything visible stays in the text, so that coordinates can be shown; navigation is marked and not compared. No script,
style or hidden element gives text. trafilatura is not used: it merges `<br>` and table layouts into one line, and results
must not depend on what is installed.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reuse.model import Removed, UnreadableError
from reuse.reading import reasons
from reuse.reading.cruft_lines import classify_edge
from reuse.reading.encoding import decode
from reuse.reading.formats.pages import Block, main_blocks
from reuse.reading.source import Source
from reuse.reading.titles import same_title

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "svg",
        "math",
        "head",
        "select",
        "option",
        "button",
        "input",
        "textarea",
        "object",
        "embed",
        "audio",
        "video",
        "canvas",
        "map",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)
_HIDDEN = re.compile(
    "display\\s*:\\s*none|visibility\\s*:\\s*hidden|font-size\\s*:\\s*0(?![.\\d])|(?:^|;)\\s*color\\s*:\\s*(?:#fff\\b|#ffffff|white)",
    re.IGNORECASE,
)
_SPACE = re.compile("[ \\t\\r\\n\\f]+")
_WIDE = "⺀-鿿！-～　-〿"
_WIDE_BREAK = re.compile(f"(?<=[{_WIDE}])[ \\t]*[\\r\\n]\\s*(?=[{_WIDE}])")
_SUFFIX = re.compile("\\s*(?:[_|｜]|\\s[-–—]\\s|--)\\s*")

TITLE_BLOCKS = 60
"""Among so many first lines the title a page claims must stand; templates leave `无标题文档` there."""

_TITLE_NAMES = ("articletitle", "og:title", "dc.title", "title")
_DATE_NAMES = (
    "pubdate",
    "article:published_time",
    "publishdate",
    "publish_date",
    "date",
    "dc.date",
    "og:release_date",
    "publishtime",
)
_SOURCE_NAMES = ("contentsource", "source", "og:site_name", "sitename")


@dataclass(slots=True)
class _Draft:
    """A block while its text is gathered."""

    element: Any
    parts: list[str]
    linked: int = 0


def read_html(data: bytes, name: str, encoding: str | None = None, format: str = "html") -> Source:
    """The text of a web page. Raises UnreadableError when its encoding is unknown or nothing in it can be parsed."""
    declared = _CHARSET.search(data[:4096])
    decoded = decode(data, name, encoding, declared.group(1).decode("ascii") if declared else None)
    root = _parse(decoded.text, name)
    blocks = list(_blocks(root))
    properties = _properties(root, blocks)
    text, removed = _assemble(blocks, properties.get("title"))
    return Source(
        name=name,
        text=text,
        format=format,
        encoding=decoded.encoding,
        properties=properties,
        removed=tuple(removed),
        warnings=decoded.warnings,
    )


def read_mhtml(data: bytes, name: str, encoding: str | None = None) -> Source:
    """The first page of a web archive as browsers save it."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                return read_html(page, name, encoding or _charset(part), "mhtml")
    raise UnreadableError(name, "unknown", "is a web archive without a page")


def _charset(part: Any) -> str | None:
    try:
        charset = part.get_content_charset()
        return str(charset) if charset and "".encode(charset) == b"" else None
    except (LookupError, UnicodeError):
        return None


def _parse(text: str, name: str) -> Any:
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = html.document_fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise UnreadableError(name, "corrupt", f"is no page that can be parsed ({error})") from error
    if root is None:
        raise UnreadableError(name, "empty", "holds no text")
    return root


def _blocks(root: Any) -> Iterator[Block]:
    """The blocks of text in document order; the walk keeps its own stack, deep pages do not hurt.

    A stack entry is (element, block it writes to, state): 0 enter, 1 leave.
    """
    draft = _Draft(root, [])
    stack: list[tuple[Any, int]] = [(root, 0)]
    links = 0
    while stack:
        element, state = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if state == 1:
            links -= tag == "a"
            if tag in _BLOCKS:
                yield from _finish(draft)
                draft = _Draft(element.getparent() if element.getparent() is not None else element, [])
            _write(draft, element.tail, links)
            continue
        if tag in _SKIPPED or tag == "" or _is_hidden(element):
            _write(draft, element.tail if element is not root else None, links)
            continue
        if tag == "br":
            yield from _finish(draft)
            draft = _Draft(draft.element, [])
        elif tag in _BLOCKS:
            yield from _finish(draft)
            draft = _Draft(element, [])
        links += tag == "a"
        stack.append((element, 1))
        _write(draft, element.text, links)
        stack.extend((child, 0) for child in reversed(element))
    yield from _finish(draft)


def _write(draft: _Draft, text: str | None, links: int) -> None:
    if text:
        draft.parts.append(text)
        if links:
            draft.linked += len("".join(text.split()))


def _finish(draft: _Draft) -> Iterator[Block]:
    text = _SPACE.sub(" ", _WIDE_BREAK.sub("", "".join(draft.parts))).strip(" ")
    if text.strip():
        yield Block(draft.element, text, draft.linked)


def _is_hidden(element: Any) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    return bool(style and _HIDDEN.search(style))


def _assemble(blocks: Sequence[Block], title: str | None) -> tuple[str, list[Removed]]:
    """The blocks as lines, and marks on those that are not the article.

    Above the article, titles and lines of dates are left to `edges`, which learns from them.
    """
    inside = main_blocks(blocks)
    first = next((i for i, kept in enumerate(inside) if kept), 0)
    lines: list[str] = []
    removed: list[Removed] = []
    position = 0
    for number, (block, kept) in enumerate(zip(blocks, inside, strict=True)):
        lines.append(block.text)
        if not kept and not (number < first and _is_head(block.text, title)):
            removed.append(Removed(position, position + len(block.text), reasons.NAVIGATION))
        position += len(block.text) + 1
    return "\n".join(lines), removed


def _is_head(text: str, title: str | None) -> bool:
    return classify_edge(text) == reasons.DATE_LINE or (title is not None and same_title(text, title))


def _properties(root: Any, blocks: Sequence[Block]) -> dict[str, Any]:
    """Title, upload date and source from what the page says of itself."""
    meta = {
        (element.get("name") or element.get("property") or "").lower(): (element.get("content") or "").strip()
        for element in root.iter("meta")
    }
    found: dict[str, Any] = {}
    facts: dict[str, str] = {}
    title = _title(root, meta, blocks)
    if title and any(same_title(block.text, title) for block in blocks[:TITLE_BLOCKS]):
        found["title"] = title
    elif title:
        facts["page_title"] = title
    uploaded = next((meta[key] for key in _DATE_NAMES if meta.get(key)), None)
    if uploaded:
        found["uploaded"] = uploaded
    source = next((meta[key] for key in _SOURCE_NAMES if meta.get(key)), None)
    if source:
        facts["site"] = source
    return {**found, "facts": facts} if facts else found


def _title(root: Any, meta: dict[str, str], blocks: Sequence[Block]) -> str | None:
    """The heading if there is one only, else what the page calls itself, without the name of the site."""
    headings = [_SPACE.sub(" ", "".join(h.itertext())).strip() for h in root.iter("h1")]
    headings = [heading for heading in headings if 4 <= len(heading) <= 120]
    named = next((meta[key] for key in _TITLE_NAMES if meta.get(key)), None)
    element = next(root.iter("title"), None)
    named = named or (_SPACE.sub(" ", element.text_content()).strip() if element is not None else None)
    if len(headings) == 1 and (not named or same_title(headings[0], named) or headings[0] in named):
        return headings[0]
    if not named:
        return None
    parts = [part for part in _SUFFIX.split(named) if part]
    lines = {block.text for block in blocks}
    return next((part for part in [named, *parts] if part in lines), None) or (
        max(parts, key=len) if parts else None
    )
