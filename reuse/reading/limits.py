"""What a file may cost: its size, what its zip grows to, and how long reading it may take."""

from __future__ import annotations

import signal
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from types import FrameType

from reuse.model import UnreadableError

MEGABYTE = 1_000_000
MOST_MEMBERS = 20_000
"""Parts of a package; a DOCX with a thousand pictures has 1,100."""


def check_size(path: Path, name: str, megabytes: float) -> None:
    """Raise UnreadableError, reason `too-large`, when a file is larger than allowed."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableError(name, "unreadable", f"cannot be opened ({error.strerror})") from error
    if size > megabytes * MEGABYTE:
        raise UnreadableError(
            name,
            "too-large",
            f"has {size / MEGABYTE:.0f} MB, more than max_megabytes = {megabytes:g}; raise it to read the file",
        )


class Package:
    """A zip that is read part by part, never beyond what it may grow to, nested archives never opened."""

    def __init__(self, content: Path | BytesIO, name: str, megabytes: float) -> None:
        self._name = name
        self._left = int(megabytes * MEGABYTE)
        self._megabytes = megabytes
        try:
            self._zip = zipfile.ZipFile(content)
        except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError, EOFError) as error:
            raise UnreadableError(name, "corrupt", f"is a broken zip package ({error})") from error
        if len(self._zip.namelist()) > MOST_MEMBERS:
            self._zip.close()
            raise UnreadableError(name, "too-large", f"has more than {MOST_MEMBERS} parts")

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def names(self) -> list[str]:
        """The names of the parts, sorted."""
        return sorted(set(self._zip.namelist()))

    def read(self, part: str) -> bytes:
        """The bytes of a part; UnreadableError when it is broken, encrypted, or grows beyond the limit."""
        try:
            with self._zip.open(part) as stream:
                data = stream.read(self._left + 1)
        except (KeyError, zipfile.BadZipFile, OSError, NotImplementedError, ValueError, EOFError) as error:
            raise UnreadableError(
                self._name, "corrupt", f"its part {part} cannot be read ({error})"
            ) from error
        except RuntimeError as error:
            raise UnreadableError(
                self._name, "encrypted", "is encrypted; save it without a password"
            ) from error
        except Exception as error:  # zlib.error and lzma errors have no common base
            raise UnreadableError(
                self._name, "corrupt", f"its part {part} cannot be unpacked ({error})"
            ) from error
        self._left -= len(data)
        if self._left < 0:
            raise UnreadableError(
                self._name,
                "too-large",
                f"grows beyond max_expanded_megabytes = {self._megabytes:g} when unpacked",
            )
        return data


class _OutOfTimeError(BaseException):
    """Passes through the `except Exception` of libraries."""


@contextmanager
def time_limit(name: str, seconds: float) -> Iterator[None]:
    """Raise UnreadableError, reason `too-slow`, when the block takes longer than `seconds`.

    It needs the main thread of a process and a system with SIGALRM; elsewhere there is no limit but the size.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGALRM"):
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _OutOfTimeError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except _OutOfTimeError as error:
        raise UnreadableError(
            name, "too-slow", f"takes longer than max_seconds = {seconds:g}; raise it to read the file"
        ) from error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
