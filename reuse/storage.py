"""Where large arrays live: in memory up to a limit, beyond it in files without a name, which the system pages in and out.

The arrays of a corpus are read from end to end or by the page, so that one larger than the memory costs time, not the run.
"""

from __future__ import annotations

import ctypes
import os
import tempfile
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from io import BufferedRandom
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

from reuse.model import OutputError

_SHARE = 4
"""The part of the machine's memory that is the limit where none is given: one in so many."""


class Storage:
    """Hands out arrays. `limit` are bytes in memory, a quarter of the machine's by default; `held` are those of arrays that
    are still in use, `spilled` were put into files.

    The files are in the system's folder for temporary files and vanish with the arrays, or with the process.
    """

    def __init__(self, limit: int | None = None) -> None:
        self.limit = machine_memory() // _SHARE if limit is None else limit
        self.held = 0
        self.spilled = 0

    def empty(self, shape: int | tuple[int, ...], dtype: npt.DTypeLike) -> npt.NDArray[Any]:
        """An array whose entries are not set. Raises OutputError when there is no room for a file either."""
        size = int(np.prod(shape)) * np.dtype(dtype).itemsize
        if self.held + size <= self.limit or size == 0:
            array = np.empty(shape, dtype)
            self.held += size
            weakref.finalize(array, self._let_go, size).atexit = False
            return array
        self.spilled += size
        return _mapped(shape, dtype, size)

    def _let_go(self, size: int) -> None:
        self.held -= size

    def full(self, shape: int | tuple[int, ...], value: int, dtype: npt.DTypeLike) -> npt.NDArray[Any]:
        """An array with one value everywhere; raises what `empty` raises."""
        array = self.empty(shape, dtype)
        array[...] = value
        return array

    def concatenated(self, parts: list[npt.NDArray[Any]], jobs: int = 1) -> npt.NDArray[Any]:
        """The parts end to end in one array, copied by `jobs` threads; raises what `empty` raises."""
        ends = list(accumulate(map(len, parts)))
        array = self.empty((ends[-1], *parts[0].shape[1:]), parts[0].dtype)

        def copy(end: int, part: npt.NDArray[Any]) -> None:
            array[end - len(part) : end] = part

        with ThreadPoolExecutor(max_workers=jobs) as threads:
            list(threads.map(copy, ends, parts))
        return array


class Pile:
    """Arrays that come one by one and are wanted end to end: they wait in memory while there is room, in a file from then on.

    What is written is not in memory until it is read, as the pages of a mapped array may be: where other arrays are in files
    already, what waits goes there too.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._arrays: list[npt.NDArray[Any]] = []
        self._held = 0
        self._rows = 0
        self._file: BufferedRandom | None = None

    def add(self, array: npt.NDArray[Any]) -> None:
        """Lay one more on it, of the dtype and width of those before. Raises OutputError when there is no room for it."""
        self._rows += len(array)
        size, storage = array.nbytes, self._storage
        has_room = not storage.spilled and storage.held + size <= storage.limit
        if self._file is None and (has_room or not self._arrays):
            self._arrays.append(array)
            self._held += size
            storage.held += size
            return
        with _room_for(size):
            if self._file is None:
                self._file = tempfile.TemporaryFile()  # noqa: SIM115 - open for as long as the pile stands
            self._file.write(np.ascontiguousarray(array).data)
        storage.spilled += size

    def joined(self) -> npt.NDArray[Any]:
        """All of them end to end, at least one; the pile is empty then."""
        arrays, self._arrays = self._arrays, []
        whole = np.empty((self._rows, *arrays[0].shape[1:]), arrays[0].dtype)
        in_memory = sum(map(len, arrays))
        np.concatenate(arrays, out=whole[:in_memory])
        if self._file is not None:
            with self._file as file:
                file.seek(0)
                file.readinto(whole[in_memory:].reshape(-1).view(np.uint8).data)
        self._storage.held -= self._held
        self._rows, self._held, self._file = 0, 0, None
        return whole


def _mapped(shape: int | tuple[int, ...], dtype: npt.DTypeLike, size: int) -> npt.NDArray[Any]:
    with _room_for(size), tempfile.TemporaryFile() as file:
        if hasattr(os, "posix_fallocate"):
            # A page that the disk has no room for would end the process when it is written to.
            os.posix_fallocate(file.fileno(), 0, size)
        return np.asarray(np.memmap(file, dtype=dtype, mode="w+", shape=shape))


@contextmanager
def _room_for(size: int) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"{tempfile.gettempdir()}: no room for {size / 1e6:,.1f} MB of arrays ({error.strerror}). Allow more memory, "
            "or point TMPDIR to a folder with room."
        ) from error


def give_back() -> None:
    """Hand memory that is not in use back to the system: the C library keeps what threads let go for what they may ask next
    (1.3 GB of the text of a million paragraphs). Does nothing where the library has no way to it."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def machine_memory() -> int:
    """Bytes of memory that the machine has; 8 GB where it does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 8 << 30
