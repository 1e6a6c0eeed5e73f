"""Array types that cross rooms, and the compiler of the loops over them (the one owner of numba).

A million paragraphs are a hundred million symbols: they live in flat arrays with offsets, never in Python objects.
`kernel` compiles a function on its first call and keeps the machine code on disk, releases the interpreter lock
while it runs, and keeps strict floating point, so that every machine and every number of threads adds up alike.
"""

from __future__ import annotations

from collections.abc import Callable
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


def compiled(function: F) -> F:
    """`function` as machine code, made on its first call and kept on disk."""
    return cast(F, numba.njit(cache=True, **OPTIONS)(function))


_decorate: Callable[[Any], Any] = compiled


def kernel(function: F) -> F:
    """Compile `function` without the interpreter; it may take and return arrays, numbers and tuples only."""
    return cast(F, _decorate(function))


def decorate_kernels(decorate: Callable[[Any], Any]) -> None:
    """Make something else than compiled functions of the kernels in modules that are imported from now on."""
    global _decorate  # noqa: PLW0603 - a decorator that is applied at import has no arguments to be told by
    _decorate = decorate


def cache_folder(compiled_kernel: Any) -> Path:
    """Where the machine code of the kernels of a package is kept, that of `compiled_kernel` among them."""
    return Path(compiled_kernel.stats.cache_path)


def ranges(counts: npt.NDArray[np.integer]) -> I64:
    """Offsets of consecutive ranges of the given lengths: int64, one longer than `counts`, first 0."""
    offsets = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=offsets[1:])
    return offsets
