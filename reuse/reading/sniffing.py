"""What a file is, by its first bytes and never by its suffix: a third of the `.doc` files of sharing sites are none."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

HEAD = 65_536
"""Bytes that are looked at."""

TEXT_COLUMNS = ("text", "正文", "内容", "全文", "文本", "content", "body")
"""Names of the column that holds the text, the first one that a table has."""

TABLES = frozenset({"jsonl", "json", "csv", "parquet", "xlsx"})
"""Formats that hold many texts, one a record."""

_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body|meta|title|div|table|p|script|style)\b",
    re.I | re.S,
)
_MIME = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:MIME-Version|Content-Type):", re.IGNORECASE)
_MULTIPART = re.compile(rb"^content-type:\s*(?:multipart/related|text/html)", re.IGNORECASE | re.MULTILINE)
_MARKDOWN = re.compile(r"\A---\s*\n|^#{1,6} \S|^```", re.MULTILINE)


def sniff(head: bytes, path: Path, opened: Callable[[], Path | BytesIO]) -> str:
    """The format of a file that begins with `head`; `opened` gives what to look into where that is a zip.

    One of `text, markdown, html, mhtml, wordml, rtf, docx, odt, fodt, doc, pdf, jsonl, json, csv, xlsx, parquet`; `gzip`, or
    for what is not read a word that says what it is: `empty, archive, spreadsheet, presentation, image, unknown`.
    """
    if not head.strip(b"\x00 \t\r\n"):
        return "empty"
    if head.startswith(b"PK\x03\x04"):
        return _sniff_zip(opened(), path.suffix.lower())
    for mark, name in _SIGNATURES:
        if head.startswith(mark):
            return name
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return _sniff_text(head, path)


_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (b"{\\rtf", "rtf"),
    (b"PAR1", "parquet"),
    (b"\x1f\x8b", "gzip"),
    (b"PK\x05\x06", "archive"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\x7fELF", "unknown"),
    (b"SQLite format 3", "unknown"),
)


def _sniff_zip(content: Path | BytesIO, suffix: str) -> str:
    try:
        with zipfile.ZipFile(content) as package:
            names = set(package.namelist())
            kind = (
                package.read("mimetype")[:80]
                if "mimetype" in names and package.getinfo("mimetype").file_size < 200
                else b""
            )
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, EOFError):
        return "docx" if suffix in (".docx", ".doc", ".wps") else "archive"
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    for part, name in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "presentation"), ("content.xml", "odt")):
        if any(entry.startswith(part) for entry in names):
            return name
    return "archive"


def _sniff_text(head: bytes, path: Path) -> str:
    if _is_binary(head):
        return "unknown"
    plain = _ascii(head)
    if _HTML.match(plain):
        return "html"
    if plain.lstrip().startswith(b"<?xml"):
        return next((name for mark, name in _XML if mark in plain), "text")
    if _MIME.match(plain) and _MULTIPART.search(plain):
        return "mhtml"
    return _sniff_table(plain, path) or (
        "markdown" if path.suffix.lower() in (".md", ".markdown") or _is_markdown(plain) else "text"
    )


_XML = ((b"wordDocument", "wordml"), (b"office:document", "fodt"), (b"<html", "html"))


def _is_binary(head: bytes) -> bool:
    """Whether more than one byte in fifty is a control, those of UTF-16 text not counted."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_wide(head):
        return False
    controls = sum(head.count(bytes([code])) for code in (*range(9), 11, *range(14, 27), *range(28, 32), 127))
    return controls > 0.02 * len(head)


def _is_wide(head: bytes) -> bool:
    """Whether this looks like UTF-16 without a mark: line breaks and blanks with a NUL always on the same side."""
    if b"\x00" not in head:
        return False
    pairs = list(zip(head[0:8192:2], head[1:8192:2], strict=False))
    low = sum(first in b"\r\n " and second == 0 for first, second in pairs)
    high = sum(second in b"\r\n " and first == 0 for first, second in pairs)
    return max(low, high) > 0 and min(low, high) <= max(low, high) // 4


def _ascii(head: bytes) -> bytes:
    """`head` without its byte order mark, and without the NULs of UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_wide(head):
        return head[2 if head[:2] in (b"\xff\xfe", b"\xfe\xff") else 0 :].replace(b"\x00", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def _sniff_table(plain: bytes, path: Path) -> str | None:
    """The kind of table; one that is called CSV is one even without a column of texts, so that its reader says so."""
    first = plain.lstrip().split(b"\n", 1)[0].strip()
    if first.startswith(b"{"):
        return "jsonl" if _is_object(first) or re.match(rb'\{\s*"[\w-]+"\s*:', first) else None
    if first.startswith(b"[") and re.match(rb'\[\s*\{\s*"|\[\s*\{?\s*\Z', plain.lstrip()[:200]):
        return "json"
    cells = [cell.strip(b" \"'") for cell in re.split(rb"[,;\t]", first)]
    known = {name.encode(encoding) for name in TEXT_COLUMNS for encoding in ("utf-8", "gb18030")}
    named = path.suffix.lower() in (".csv", ".tsv") and len(cells) > 1
    titled = len(first) < 2000 and (len(cells) > 1 or first in known) and known.intersection(cells)
    return "csv" if named or titled else None


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _is_markdown(plain: bytes) -> bool:
    return plain.startswith(b"---") and bool(_MARKDOWN.match(plain.decode("utf-8", "replace")))
