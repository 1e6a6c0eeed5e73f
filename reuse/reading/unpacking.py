"""Files that come as a gzip: what they hold is read as if it stood there, never beyond what it may grow to."""

from __future__ import annotations

import gzip
import zlib
from io import BytesIO
from pathlib import Path

from reuse.config import ReadingSettings
from reuse.model import UnreadableError
from reuse.reading.gathering import FoundFile
from reuse.reading.limits import MEGABYTE


def is_gzip(path: Path) -> bool:
    """Whether a file begins as a gzip does."""
    with path.open("rb") as stream:
        return stream.read(2) == b"\x1f\x8b"


def head_of(file: FoundFile, size: int) -> bytes:
    """The first bytes of a file, of what it holds if it is a gzip. Raises UnreadableError when it cannot be opened."""
    try:
        with gzip.open(file.path, "rb") if is_gzip(file.path) else file.path.open("rb") as stream:
            return stream.read(size)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableError(file.name, "unreadable", f"cannot be opened ({error})") from error


def bytes_of(file: FoundFile, settings: ReadingSettings) -> bytes:
    """The content of a file, unpacked if it is a gzip. Raises UnreadableError (corrupt, too-large)."""
    most = int(settings.max_expanded_megabytes * MEGABYTE)
    try:
        if not is_gzip(file.path):
            return file.path.read_bytes()
        with gzip.open(file.path, "rb") as stream:
            data = stream.read(most + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableError(file.name, "corrupt", f"cannot be read ({error})") from error
    if len(data) > most:
        raise UnreadableError(
            file.name,
            "too-large",
            f"grows beyond max_expanded_megabytes = {settings.max_expanded_megabytes:g} when unpacked",
        )
    return data


def opened(file: FoundFile, settings: ReadingSettings) -> Path | BytesIO:
    """What a library that reads here and there in a file is given: its path, or what the gzip holds. Raises as `bytes_of`."""
    return BytesIO(bytes_of(file, settings)) if is_gzip(file.path) else file.path
