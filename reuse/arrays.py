"""Array types that cross rooms, and the compiler of the loops over them (the one owner of numba).

A million paragraphs are a hundred million symbols: they live in flat arrays with offsets, never in Python objects.
`kernel` compiles a function on its first call and keeps the machine code on disk, releases the interpreter lock
while it runs, and keeps strict floating point, so that every machine and every number of threads adds up alike. Where there is
no machine code yet, the interpreter runs the same function (`compile_only`), slower, and with the same result.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import update_wrapper
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

U8 = npt.NDArray[np.uint8]
U16 = npt.NDArray[np.uint16]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
F64 = npt.NDArray[np.float64]
Bool = npt.NDArray[np.bool_]

F = TypeVar("F", bound=Callable[..., object])

OPTIONS: dict[str, Any] = {
    "nogil": True,
    "boundscheck": False,
    "error_model": "numpy",
    "no_cfunc_wrapper": True,  # nothing here is called back from C
}


class _Thread(threading.local):
    interprets = False


_thread = _Thread()


def _every(module: str) -> bool:
    return True


_compiles: Callable[[str], bool] = _every


def compile_only(modules: Callable[[str], bool] = _every) -> None:
    """From now on compile the kernels of the modules that are accepted by their name, and interpret all others; what an
    interpreted kernel calls is interpreted too."""
    global _compiles  # noqa: PLW0603 - kernels are called from everywhere, and all at once change their ways
    _compiles = modules


class _Kernel:
    """A function to be called from Python, compiled or interpreted; to other kernels it is the compiled one."""

    def __init__(self, function: Callable[..., Any]) -> None:
        update_wrapper(self, function)
        self.function = function
        self.compiled = numba.njit(cache=True, **OPTIONS)(function)

    @property
    def _numba_type_(self) -> Any:
        return self.compiled._numba_type_

    def __call__(self, *arguments: Any) -> Any:
        if _thread.interprets:
            return self.function(*arguments)
        if _compiles(self.function.__module__):
            return self.compiled(*arguments)
        _thread.interprets = True
        try:
            with np.errstate(all="ignore"):  # hashes overflow, as they should
                return _plain(self.function(*arguments))
        finally:
            _thread.interprets = False


def _plain(value: Any) -> Any:
    """Numbers of Python for those of numpy, as machine code returns them."""
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, tuple):
        parts = [_plain(part) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    return value


def kernel(function: F) -> F:
    """Compile `function` without the interpreter; it may take and return arrays, numbers and tuples only."""
    return cast(F, _Kernel(function))


def cache_folder(of: Any) -> Path:
    """Where the machine code of the kernels of a package is kept, that of kernel `of` among them."""
    return Path(of.compiled.stats.cache_path)


def ranges(counts: npt.NDArray[np.integer]) -> I64:
    """Offsets of consecutive ranges of the given lengths: int64, one longer than `counts`, first 0."""
    offsets = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=offsets[1:])
    return offsets
