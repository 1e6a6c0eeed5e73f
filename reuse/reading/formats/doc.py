"""Word 97 and later `.doc` (and WPS files, which are the same): text by the piece table.

Source: [MS-DOC] 2.4.1, Retrieving Text; 2.5.1, the Fib. Needs olefile (extra `docs`).
"""

from __future__ import annotations

import re
import struct
from io import BytesIO
from pathlib import Path
from typing import Any

from reuse.model import MissingExtraError, UnreadableError
from reuse.reading.source import Source

_WORD_MAGIC = (0xA5EC, 0xA5DC)
_FIELD = re.compile("\x13[^\x13\x14\x15]*\x14([^\x13\x14\x15]*)\x15|\x13[^\x13\x14\x15]*\x15")
_DROPPED = re.compile("[\x01\x02\x05\x08\x13-\x15\x19\x1a\x1c-\x1d\x1f\x00\x03\x04]")
_BREAKS = {"\r": "\n", "\x0b": "\n", "\x07": "\n", "\x0c": "\n", "\x0e": "\n", "\x1e": "-"}
MOST_FIELDS = 20
"""Rounds of taking out nested fields."""


def read_doc(content: Path | BytesIO, name: str) -> Source:
    """The text of the body of a `.doc`; headers, footers and notes follow it in the file and are not read.

    Raises UnreadableError (encrypted, corrupt, unknown), MissingExtraError without olefile.
    """
    ole = _open(content, name)
    with ole:
        if ole.exists("EncryptedPackage"):
            raise UnreadableError(name, "encrypted", "is encrypted; save it without a password")
        if not ole.exists("WordDocument"):
            kind = "spreadsheet" if ole.exists("Workbook") or ole.exists("Book") else "unknown"
            raise UnreadableError(name, kind, "is an OLE file but no Word document; save it as DOCX or text")
        document = _stream(ole, "WordDocument", name)
        text = _body(ole, document, name)
    return Source(name=name, text=_readable(text), format="doc")


def _open(content: Path | BytesIO, name: str) -> Any:
    try:
        import olefile
    except ImportError as error:
        raise MissingExtraError(
            f"{name}: reading .doc needs olefile; pip install 'speech-reuse[docs]'"
        ) from error
    try:
        return olefile.OleFileIO(content)
    except Exception as error:  # olefile raises whatever its struct calls do
        raise UnreadableError(name, "corrupt", f"is a broken OLE file ({error})") from error


def _stream(ole: Any, stream: str, name: str) -> bytes:
    try:
        return bytes(ole.openstream(stream).read())
    except Exception as error:  # as above
        raise UnreadableError(name, "corrupt", f"its stream {stream} cannot be read ({error})") from error


def _body(ole: Any, document: bytes, name: str) -> str:
    try:
        magic, flags = struct.unpack_from("<H", document, 0)[0], struct.unpack_from("<H", document, 0x0A)[0]
        if magic not in _WORD_MAGIC:
            raise UnreadableError(name, "unknown", "is older than Word 97; save it as DOCX or text")
        if flags & 0x0100:
            raise UnreadableError(name, "encrypted", "is encrypted; save it without a password")
        table = _stream(ole, "1Table" if flags & 0x0200 else "0Table", name)
        length = struct.unpack_from("<i", document, 0x4C)[0]
        start, size = struct.unpack_from("<II", document, 0x01A2)
        return _pieces(document, _piece_table(table[start : start + size], name), length)
    except struct.error as error:
        raise UnreadableError(name, "corrupt", f"its tables are cut short ({error})") from error


def _piece_table(clx: bytes, name: str) -> bytes:
    """The PlcPcd inside a Clx, behind the property runs (MS-DOC 2.9.38)."""
    at = 0
    while at + 5 <= len(clx):
        if clx[at] == 1:
            at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
        elif clx[at] == 2:
            size = struct.unpack_from("<I", clx, at + 1)[0]
            return clx[at + 5 : at + 5 + size]
        else:
            break
    raise UnreadableError(name, "corrupt", "has no piece table")


def _pieces(document: bytes, table: bytes, length: int) -> str:
    """The text of all pieces up to `length` characters: two bytes a character, or one where bit 30 says so."""
    count = (len(table) - 4) // 12
    positions = struct.unpack_from(f"<{count + 1}i", table, 0)
    found: list[str] = []
    for index in range(count):
        size = min(positions[index + 1], length) - positions[index]
        if size <= 0:
            continue
        place = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * index + 2)[0]
        if place & 0x40000000:
            start = (place & 0x3FFFFFFF) // 2
            found.append(document[start : start + size].decode("cp1252", "replace"))
        else:
            found.append(document[place : place + 2 * size].decode("utf-16-le", "replace"))
    return "".join(found)


def _readable(text: str) -> str:
    """Paragraph and cell marks as line breaks, fields by their result, drawings left out."""
    for _ in range(MOST_FIELDS):
        text, replaced = _FIELD.subn(lambda match: match.group(1) or "", text)
        if not replaced:
            break
    text = "".join(_BREAKS.get(character, character) for character in text)
    return _DROPPED.sub("", text).strip("\n")
