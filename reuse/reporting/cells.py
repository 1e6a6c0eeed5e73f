"""Columns of a table as JSON, cell by cell, and cells joined into lines: without a Python value a cell.

A corpus of a million paragraphs has four million matches of a kilobyte each; as one formatted string a line they took
15 µs each, as columns 2 µs, most of them without the interpreter, so that threads share them out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from reuse.arrays import F64, I32, I64, U8, U32, kernel, ranges

_SHORT = 24
"""Bytes. With views for longer pieces, lines of 1.3 kB were laid out in a fifth of the time; most cells are shorter."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Texts in UTF-8, one after another: `data` (uint8), and `offsets` (int64, one longer than the cells) into it."""

    data: U8
    offsets: I64

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def pieces(self) -> list[bytes]:
        """Each cell by itself."""
        data, bounds = self.data.tobytes(), self.offsets.tolist()
        return [data[start:end] for start, end in pairwise(bounds)]


def plain(texts: Sequence[str]) -> Cells:
    """Texts as they are; none may hold a lone surrogate."""
    encoded = [text.encode() for text in texts]
    return Cells(np.frombuffer(b"".join(encoded), dtype=np.uint8), _bounds(encoded))


def quoted(texts: Sequence[str]) -> Cells:
    """Texts as JSON strings: escaped as `json.dumps` does, and lone surrogates, which UTF-8 does not have."""
    letters = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    bounds = _bounds(texts)
    return Cells(*_quoted(letters, bounds[:-1], bounds[1:]))


def quoted_codes(codes: U32, begin: I64, end: I64) -> Cells:
    """The same of texts given as code points, of which text n has `codes[begin[n]:end[n]]`."""
    return Cells(*_quoted(codes, begin, end))


def whole(values: I64 | I32, width: int = 1) -> Cells:
    """Whole numbers that are not negative, with zeros in front up to `width` digits."""
    return Cells(*_whole(values.astype(np.int64), width))


def decimals(values: F64) -> Cells:
    """Numbers as `repr` has them. Most are rounded to four decimals and written as whole ten-thousandths; of these
    no shorter decimal reads back as the same number."""
    parts = np.rint(values * 10_000)
    rounded = (parts / 10_000 == values) & (parts >= 0) & (parts < 1e15) & ~np.signbit(values)
    rest = plain([repr(value) for value in values[~rounded].tolist()])
    return Cells(*_decimals(np.where(rounded, parts, -1).astype(np.int64), rest.data, rest.offsets))


def chosen(cells: Cells, places: I64 | I32 | U8) -> Cells:
    """Some of the cells, in the order asked for; the last one where a place is -1."""
    known = places.astype(np.int64)
    known[known < 0] = len(cells) - 1
    return Cells(*_chosen(cells.data, cells.offsets, known))


def named(numbers: I64 | I32, names: Callable[[list[int]], Cells]) -> Cells:
    """For each number the cell that `names` makes of it, `null` where it is negative; each is asked for once."""
    distinct, place = np.unique(numbers, return_inverse=True)
    nobody = int(np.searchsorted(distinct, 0))
    made = appended(names(distinct[nobody:].tolist()), b"null")
    return chosen(made, np.maximum(place - nobody, -1))


def appended(cells: Cells, last: bytes | Cells) -> Cells:
    """The cells and one more, or some."""
    if isinstance(last, bytes):
        last = Cells(np.frombuffer(last, dtype=np.uint8), np.array([0, len(last)]))
    return Cells(
        np.append(cells.data, last.data), np.append(cells.offsets, cells.offsets[-1] + last.offsets[1:])
    )


def listed(cells: Cells, offsets: I64) -> Cells:
    """JSON lists of cells that follow one another: the list n has those from `offsets[n]` to before `offsets[n + 1]`."""
    return Cells(*_listed(cells.data, cells.offsets, offsets))


def rows(*parts: bytes | Cells) -> Cells:
    """Cells side by side: row n is each part's cell n, a fixed part the same in every row."""
    count = next(len(part) for part in parts if isinstance(part, Cells))
    sizes = np.zeros(count, dtype=np.int64)
    for part in parts:
        sizes += np.diff(part.offsets) if isinstance(part, Cells) else len(part)
    offsets = ranges(sizes)
    data, at = np.empty(offsets[-1], dtype=np.uint8), offsets[:-1].copy()
    for part in parts:
        if isinstance(part, Cells):
            _place(data, at, part.data, part.offsets)
        else:
            _place_same(data, at, np.frombuffer(part, dtype=np.uint8))
    return Cells(data, offsets)


def _bounds(texts: Sequence[str] | Sequence[bytes]) -> I64:
    return ranges(np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)))


@kernel
def _copy(out: U8, to: int, data: U8, first: int, size: int) -> None:
    """Copy some bytes. Views that begin at 0 let the compiler copy many at once; short pieces are copied sooner without."""
    if size < _SHORT:
        for k in range(size):
            out[to + k] = data[first + k]
    else:
        target, source = out[to : to + size], data[first : first + size]
        for k in range(size):
            target[k] = source[k]


@kernel
def _place(out: U8, at: I64, data: U8, offsets: I64) -> None:
    """Write the cell n to where `at[n]` points, which goes on behind it."""
    for n in range(len(at)):
        size = offsets[n + 1] - offsets[n]
        _copy(out, at[n], data, offsets[n], size)
        at[n] += size


@kernel
def _place_same(out: U8, at: I64, piece: U8) -> None:
    for n in range(len(at)):
        for k in range(len(piece)):
            out[at[n] + k] = piece[k]
        at[n] += len(piece)


@kernel
def _chosen(data: U8, offsets: I64, places: I64) -> tuple[U8, I64]:
    found = np.zeros(len(places) + 1, np.int64)
    for n in range(len(places)):
        found[n + 1] = found[n] + offsets[places[n] + 1] - offsets[places[n]]
    out = np.empty(found[-1], np.uint8)
    for n in range(len(places)):
        _copy(out, found[n], data, offsets[places[n]], found[n + 1] - found[n])
    return out, found


@kernel
def _listed(data: U8, offsets: I64, groups: I64) -> tuple[U8, I64]:
    found = np.zeros(len(groups), np.int64)
    out = np.empty(len(data) + 2 * len(offsets) + 2 * len(groups), np.uint8)
    to = 0
    for n in range(len(groups) - 1):
        out[to] = ord("[")
        to += 1
        for cell in range(groups[n], groups[n + 1]):
            if cell > groups[n]:
                out[to], out[to + 1] = ord(","), ord(" ")
                to += 2
            size = offsets[cell + 1] - offsets[cell]
            _copy(out, to, data, offsets[cell], size)
            to += size
        out[to] = ord("]")
        to += 1
        found[n + 1] = to
    return out[:to], found


@kernel
def _digits(out: U8, to: int, value: int, width: int) -> int:
    """Write a number, with zeros up to a width; where it ends."""
    size, rest = 1, value // 10
    while rest > 0:
        size, rest = size + 1, rest // 10
    size = max(size, width)
    for k in range(size):
        out[to + size - 1 - k] = ord("0") + value % 10
        value //= 10
    return to + size


@kernel
def _whole(values: I64, width: int) -> tuple[U8, I64]:
    offsets = np.zeros(len(values) + 1, np.int64)
    out = np.empty(len(values) * max(width, 19), np.uint8)
    for n in range(len(values)):
        offsets[n + 1] = _digits(out, offsets[n], values[n], width)
    return out[: offsets[-1]], offsets


@kernel
def _decimals(parts: I64, rest: U8, rest_offsets: I64) -> tuple[U8, I64]:
    """Ten-thousandths as decimals, with one decimal at least; in place of those below 0 the next of `rest`."""
    offsets = np.zeros(len(parts) + 1, np.int64)
    out = np.empty(len(parts) * 24 + len(rest), np.uint8)
    to, taken = 0, 0
    for n in range(len(parts)):
        if parts[n] < 0:
            for k in range(rest_offsets[taken], rest_offsets[taken + 1]):
                out[to] = rest[k]
                to += 1
            taken += 1
        else:
            to = _digits(out, to, parts[n] // 10_000, 1)
            out[to] = ord(".")
            to = _digits(out, to + 1, parts[n] % 10_000, 4)
            kept = to - 3
            while to > kept and out[to - 1] == ord("0"):
                to -= 1
        offsets[n + 1] = to
    return out[:to], offsets


def _escapes() -> U8:
    """By ASCII character the letter of its short escape; 0 for none, 1 where only `\\u` and its number tell."""
    table = np.zeros(128, dtype=np.uint8)
    table[:32] = 1
    for letter, short in zip('"\\\b\f\n\r\t', '"\\bfnrt', strict=True):
        table[ord(letter)] = ord(short)
    return table


_ESCAPES = _escapes()


@kernel
def _size(letter: int | np.int64) -> int:
    """How many bytes a character of a JSON string takes."""
    if letter < 0x80:
        escape = _ESCAPES[letter]
        return 1 if escape == 0 else 6 if escape == 1 else 2
    if letter < 0x800:
        return 2
    if letter >= 0x10000:
        return 4
    return 6 if 0xD800 <= letter < 0xE000 else 3


@kernel
def _quoted(letters: U32, begin: I64, end: I64) -> tuple[U8, I64]:
    """Texts given as code points as JSON strings in UTF-8."""
    found = np.zeros(len(begin) + 1, np.int64)
    for n in range(len(begin)):
        size = 2
        for k in range(begin[n], end[n]):
            size += _size(np.int64(letters[k]))
        found[n + 1] = found[n] + size
    out = np.empty(found[-1], np.uint8)
    for n in range(len(begin)):
        to = found[n]
        out[to] = ord('"')
        to += 1
        for k in range(begin[n], end[n]):
            to = _put(out, to, np.int64(letters[k]))
        out[to] = ord('"')
    return out, found


@kernel
def _put(out: U8, to: int, letter: int | np.int64) -> int:
    """Write one character; where it ends."""
    size = _size(letter)
    if size == 1:
        out[to] = letter
    elif size == 3:
        out[to] = 0xE0 | letter >> 12
        out[to + 1] = 0x80 | letter >> 6 & 0x3F
        out[to + 2] = 0x80 | letter & 0x3F
    elif size == 4:
        out[to] = 0xF0 | letter >> 18
        out[to + 1] = 0x80 | letter >> 12 & 0x3F
        out[to + 2] = 0x80 | letter >> 6 & 0x3F
        out[to + 3] = 0x80 | letter & 0x3F
    elif size == 6:
        out[to], out[to + 1] = ord("\\"), ord("u")
        for k in range(4):
            digit = letter >> (12 - 4 * k) & 15
            out[to + 2 + k] = digit + (ord("0") if digit < 10 else ord("a") - 10)
    elif letter >= 0x80:
        out[to] = 0xC0 | letter >> 6
        out[to + 1] = 0x80 | letter & 0x3F
    else:
        out[to], out[to + 1] = ord("\\"), _ESCAPES[letter]
    return to + size
