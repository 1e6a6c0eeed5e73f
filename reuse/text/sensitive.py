"""The view without sensitive words: some sites delete them, so they are left out on both sides before comparing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

import numpy as np

from reuse.arrays import I64, U16, Bool, kernel
from reuse.text.alphabet import simplified


@lru_cache(maxsize=1)
def default_words() -> tuple[str, ...]:
    """The words of the package's own list, `text/data/sensitive.txt`."""
    return parse_words(files("reuse.text").joinpath("data/sensitive.txt").read_text(encoding="utf-8"))


def parse_words(text: str) -> tuple[str, ...]:
    """The words of a list file: one a line, `#` starts a comment; longest first, so that they win."""
    lines = (line.split("#", 1)[0].strip() for line in text.splitlines())
    return tuple(sorted({simplified(line) for line in lines if line}, key=lambda word: (-len(word), word)))


def kept(symbols: U16, words: Iterable[str]) -> Bool:
    """Which symbols stay when every occurrence of `words` is left out."""
    coded = [np.frombuffer(word.encode("utf-16-le"), dtype="<u2").astype(np.uint16) for word in words]
    flat = np.concatenate(coded) if coded else np.zeros(0, dtype=np.uint16)
    offsets = np.cumsum([0, *(len(word) for word in coded)]).astype(np.int64)
    return _kept(symbols, flat, offsets)


@kernel
def _kept(symbols: U16, flat: U16, offsets: I64) -> Bool:
    begins = np.zeros(65536, np.bool_)
    for w in range(len(offsets) - 1):
        begins[flat[offsets[w]]] = True
    keep = np.ones(len(symbols), np.bool_)
    i = 0
    while i < len(symbols):
        step = 1
        if begins[symbols[i]]:
            for w in range(len(offsets) - 1):
                length = offsets[w + 1] - offsets[w]
                k = 0
                while k < length and i + k < len(symbols) and symbols[i + k] == flat[offsets[w] + k]:
                    k += 1
                if k == length:
                    keep[i : i + length] = False
                    step = length
                    break
        i += step
    return keep
