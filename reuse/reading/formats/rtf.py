"""RTF: a small reader of its own, because what Chinese files need is few: code pages, `\\u`, and groups to leave out.

Source: Rich Text Format Specification 1.9.1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from reuse.model import UnreadableError
from reuse.reading.source import Source

MOST_GROUPS = 10_000
"""Open groups; deeper nesting is an attack."""

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)|\\",
    re.DOTALL,
)

_LEFT_OUT = frozenset(
    b"""fonttbl colortbl stylesheet pict object header headerl headerr headerf footer footerl footerr footerf filetbl
    listtable listoverridetable revtbl rsidtbl generator themedata colorschememapping latentstyles datastore xmlnstbl fldinst
    annotation atnid atnauthor atntime atndate comment nonshppict shpinst mmathPr template wgrffmtfilter pgptbl background
    passwordhash ftnsep ftnsepc aftnsep aftnsepc private panose falt bkmkstart bkmkend""".split()
)
_SPECIAL = {
    **dict.fromkeys((b"par", b"line", b"sect", b"page", b"row", b"nestrow"), "\n"),
    **dict.fromkeys((b"cell", b"nestcell", b"tab"), "\t"),
    **{b"emdash": "—", b"endash": "–", b"bullet": "•", b"emspace": "\u3000", b"enspace": " "},
    **{b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”"},
}
_SYMBOLS = {b"~": "\xa0", b"_": "-", b"-": "", b"\n": "\n", b"\r": "\n", b"\\": "\\", b"{": "{", b"}": "}"}
_CHARSETS = {
    134: "gb18030",
    136: "big5hkscs",
    128: "cp932",
    129: "cp949",
    0: "cp1252",
    1: None,
    204: "cp1251",
    238: "cp1250",
}
_CODE_PAGES = {
    936: "gb18030",
    950: "big5hkscs",
    932: "cp932",
    949: "cp949",
    65001: "utf-8",
    10008: "gb18030",
    54936: "gb18030",
}


@dataclass(frozen=True, slots=True)
class _Group:
    """What a group inherits: whether its text counts, how many bytes stand for a `\\u`, the font's encoding."""

    left_out: bool = False
    in_info: str | None = None
    in_fonts: bool = False
    unicode_skip: int = 1
    encoding: str | None = None


class _Reader:
    """The state of a file while its tokens go by."""

    def __init__(self) -> None:
        self.encoding = "cp1252"
        self.fonts: dict[int, str | None] = {}
        self.font = 0
        self.group = _Group()
        self.stack: list[_Group] = []
        self.parts: list[str] = []
        self.info: dict[str, list[str]] = {}
        self.pending = bytearray()
        self.skip = 0
        self.starred = False
        self.surrogate = 0

    def write(self, text: str) -> None:
        self.flush()
        if self.group.in_info is not None:
            self.info.setdefault(self.group.in_info, []).append(text)
        elif not self.group.left_out:
            self.parts.append(text)

    def flush(self) -> None:
        """Decode the bytes that have gathered; a character of two bytes may come as two escapes."""
        if self.pending:
            text = bytes(self.pending).decode(self.group.encoding or self.encoding, errors="replace")
            self.pending.clear()
            self.write(text)

    def open(self, name: str) -> None:
        self.flush()
        self.stack.append(self.group)
        self.starred = False
        if len(self.stack) > MOST_GROUPS:
            raise UnreadableError(name, "corrupt", f"opens more than {MOST_GROUPS} RTF groups")

    def close(self) -> None:
        self.flush()
        self.group = self.stack.pop() if self.stack else _Group(left_out=True)

    def write_bytes(self, data: bytes) -> None:
        while self.skip and data:
            data, self.skip = data[1:], self.skip - 1
        self.pending += data

    def write_unicode(self, number: int) -> None:
        self.flush()
        code = number & 0xFFFF
        self.skip = self.group.unicode_skip
        if 0xD800 <= code < 0xDC00:
            self.surrogate = code
        elif 0xDC00 <= code < 0xE000:
            high, self.surrogate = self.surrogate, 0
            self.write(chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)) if high else "\ufffd")
        else:
            self.write(chr(code))


def read_rtf(data: bytes, name: str) -> Source:
    """The text of an RTF file, its title as a property."""
    reader = _Reader()
    for token in _TOKEN.finditer(data):
        word, number, escape, symbol, brace, text = token.groups()
        if brace == b"{":
            reader.open(name)
        elif brace == b"}":
            reader.close()
        elif word is not None:
            _control(reader, word, int(number) if number else None)
        elif escape is not None:
            reader.write_bytes(bytes([int(escape, 16)]))
        elif symbol == b"*":
            reader.starred = True
        elif symbol is not None:
            reader.write(_SYMBOLS.get(symbol, ""))
        elif text is not None:
            reader.write_bytes(text)
    reader.flush()
    return Source(
        name=name, text="".join(reader.parts).strip("\n"), format="rtf", properties=_properties(reader)
    )


def _control(reader: _Reader, word: bytes, number: int | None) -> None:
    starred, reader.starred = reader.starred, False
    if word == b"u" and number is not None:
        reader.write_unicode(number)
    elif word in _SPECIAL:
        reader.write(_SPECIAL[word])
    elif word == b"bin":
        reader.skip = 0
    elif word in _LEFT_OUT or starred:
        reader.flush()
        fonts = word == b"fonttbl"
        reader.group = replace(reader.group, left_out=True, in_fonts=fonts or reader.group.in_fonts)
    elif word == b"info":
        reader.group = replace(reader.group, left_out=True)
    elif (
        word in (b"title", b"subject", b"author", b"operator", b"keywords", b"company", b"doccomm")
        and reader.group.left_out
    ):
        reader.group = replace(reader.group, in_info=word.decode())
    elif number is not None:
        _setting(reader, word, number)


def _setting(reader: _Reader, word: bytes, number: int) -> None:
    """Code pages, fonts with their charsets, and how many bytes follow a `\\u`."""
    if word == b"ansicpg":
        reader.encoding = _CODE_PAGES.get(number, f"cp{number}" if _exists(f"cp{number}") else "cp1252")
    elif word == b"uc":
        reader.group = replace(reader.group, unicode_skip=max(0, min(number, 10)))
    elif word == b"f":
        reader.flush()
        reader.font = number
        if not reader.group.in_fonts:
            reader.group = replace(reader.group, encoding=reader.fonts.get(number))
    elif word == b"fcharset" and reader.group.in_fonts:
        reader.fonts[reader.font] = _CHARSETS.get(number)
    elif word == b"cpg" and reader.group.in_fonts:
        reader.fonts[reader.font] = _CODE_PAGES.get(number)


def _exists(encoding: str) -> bool:
    try:
        return bool("".encode(encoding) == b"")
    except LookupError:
        return False


def _properties(reader: _Reader) -> dict[str, Any]:
    title = "".join(reader.info.get("title", [])).strip()
    return {"facts": {"file_title": title}} if title else {}
