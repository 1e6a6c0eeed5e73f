"""jieba's words over comparable text: each distinct run of ideographs is cut once, and its cuts copied to every place.

`rjieba` (the same dictionary and model, compiled) cuts 13 times as fast as `jieba` and alike; `jieba` stays
selectable and is what tests hold the other to. jieba cuts runs of ideographs independently of what surrounds them, so
cutting each distinct run once changes nothing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from reuse.arrays import I64, U8, U16, U32, U64, kernel
from reuse.model import Document
from reuse.text.alphabet import FIRST_HALF
from reuse.text.comparable import ComparableText, comparable
from reuse.text.cutter import Segmenter, segmenter, word_lengths, word_lengths_shared_out
from reuse.text.distinct import distinct
from reuse.text.flags import GAP, PARAGRAPH, WORD

NOUN = 0
FUNCTION = 1
"""Verbs, adverbs, prepositions, conjunctions, particles, pronouns: the words that make a sentence of names."""
NAME = 2
NUMBER = 3

_CLASS_OF_TAG = {
    **dict.fromkeys(("v", "d", "p", "c", "u", "r", "f", "y", "zg", "k"), FUNCTION),
    **dict.fromkeys(("nr", "ns", "nt", "nz", "j", "nrt", "nrfg"), NAME),
    **dict.fromkeys(("m", "q", "t", "mq"), NUMBER),
}

_CHUNK = 8_000
"""Characters cut in one call: a call costs the same however short; very long strings were once quadratic in jieba-rs."""
_CHUNKS = 32
"""Chunks handed over at once: a twentieth of a second of cutting."""
_WORKER_MINIMUM = 400_000
"""Characters below which more processes cost more (.15 s to start) than they save."""
_TAGGED = 4_000
"""Words looked up in one call."""


@dataclass(frozen=True)
class Words:
    """The words of a comparable text: they begin where its flags say WORD."""

    text: ComparableText

    @property
    def classes(self) -> U8:
        """One of NOUN, FUNCTION, NAME, NUMBER for each symbol (uint8), by the word that holds it.

        Looked up each time they are asked for, once for each distinct word: finding near-duplicates needs none.
        """
        symbols, flags = self.text.symbols, self.text.flags
        keys, spans = _vocabulary(symbols, flags)
        found = _spread_classes(symbols, flags, keys, _classes(symbols, spans))
        found[_in_function_word(symbols, self.text.start)] = FUNCTION
        return found


def cut(text: ComparableText, *, name: Segmenter = "rjieba", jobs: int = 1) -> Words:
    """Set the WORD flag in `text.flags` where words start."""
    runs = _runs(text.symbols, text.flags, text.start)
    first, number = distinct(text.symbols, runs)
    buffer, offsets = _gather(text.symbols, runs, first)
    _spread(text.flags, runs, number, offsets, _word_starts(buffer, offsets, name, jobs))
    return Words(text)


def tokenize(text: str, *, name: Segmenter = "rjieba") -> list[tuple[int, int]]:
    """jieba's words of a plain string as half-open code point ranges, in order, covering it."""
    ends = list(itertools.accumulate(map(len, segmenter(name)(_encodable(text)))))
    return list(zip([0, *ends], ends, strict=False))


def tag(text: str) -> list[tuple[str, str]]:
    """jieba's words of a plain string with their part-of-speech tags."""
    import rjieba

    tagged: list[tuple[str, str]] = rjieba.tag(_encodable(text))
    return tagged


def is_word(text: str) -> bool:
    """Whether jieba's dictionary holds a text as one word."""
    import rjieba

    return bool(rjieba.has_word(_encodable(text)))


def _encodable(text: str) -> str:
    """The text with lone surrogates replaced one for one: compiled segmenters take UTF-8, which has none."""
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@lru_cache(maxsize=1)
def _function_words() -> U32:
    """The function words of alphabetic scripts, as their two symbols in one number."""
    listed = files("reuse.text").joinpath("data/function_words.txt").read_text(encoding="utf-8")
    words = " ".join(line.split("#", 1)[0] for line in listed.splitlines())
    found = comparable([Document(id="", source="", text=words)])
    return _letter_words(found.symbols, found.start)[1]


def _letter_words(symbols: U16, start: U32) -> tuple[I64, U32]:
    """Where words of two letters or more begin, and their two symbols in one number."""
    first = np.flatnonzero(symbols[:-1] >= FIRST_HALF)
    first = first[start[first] == start[first + 1]]
    return first, (symbols[first].astype(np.uint32) << 16) | symbols[first + 1]


def _in_function_word(symbols: U16, start: U32) -> I64:
    """The symbols of function words of alphabetic scripts."""
    first, words = _letter_words(symbols, start)
    if not len(first):
        return first
    held = first[np.isin(words, _function_words())]
    return np.concatenate((held, held + 1))


@kernel
def _is_single(symbol: int) -> bool:
    """Whether a symbol is a word by itself: halves of letter words and of characters outside the basic plane."""
    return symbol < 0x0E00 or 0xD800 <= symbol < 0xF900


@kernel
def _breaks(symbols: U16, flags: U8, i: int) -> bool:
    """Whether a word surely starts at symbol i, whatever the segmenter says."""
    return (
        i == 0 or (flags[i] & (GAP | PARAGRAPH)) != 0 or _is_single(symbols[i]) or _is_single(symbols[i - 1])
    )


@kernel
def _runs(symbols: U16, flags: U8, start: U32) -> I64:
    """Runs of ideographs with nothing between: int64, shape (runs, 2), symbol ranges. Others start words of their own."""
    count = 0
    for i in range(len(symbols)):
        if _breaks(symbols, flags, i):
            count += not _is_single(symbols[i])
            if i == 0 or start[i] != start[i - 1]:
                flags[i] |= WORD
    runs = np.empty((count, 2), np.int64)
    n = -1
    for i in range(len(symbols)):
        if not _is_single(symbols[i]):
            if _breaks(symbols, flags, i):
                n += 1
                runs[n, 0] = i
            runs[n, 1] = i + 1
    return runs


@kernel
def _gather(symbols: U16, runs: I64, first: I64) -> tuple[U16, I64]:
    """The distinct runs one after the other, a line feed behind each, and where each begins."""
    offsets = np.zeros(len(first) + 1, np.int64)
    for k in range(len(first)):
        offsets[k + 1] = offsets[k] + runs[first[k], 1] - runs[first[k], 0] + 1
    buffer = np.empty(offsets[len(first)], np.uint16)
    for k in range(len(first)):
        a = runs[first[k], 0]
        length = offsets[k + 1] - offsets[k] - 1
        for i in range(length):
            buffer[offsets[k] + i] = symbols[a + i]
        buffer[offsets[k] + length] = 10
    return buffer, offsets


@kernel
def _spread(target: U8, runs: I64, number: I64, offsets: I64, source: U8) -> None:
    """Copy what is known of each distinct run to all its places; what is known there remains."""
    for r in range(len(runs)):
        a, b = runs[r, 0], runs[r, 1]
        at = offsets[number[r]]
        for i in range(b - a):
            target[a + i] |= source[at + i]


def _word_starts(buffer: U16, offsets: I64, name: Segmenter, jobs: int) -> U8:
    """WORD where words begin in the buffer of distinct runs (uint8, one longer)."""
    bounds = _chunk_bounds(offsets)
    if jobs > 1 and len(buffer) >= _WORKER_MINIMUM:
        heads = range(0, len(bounds) - 1, _CHUNKS)
        blocks = (list(_chunks(buffer, bounds[head : head + _CHUNKS + 1])) for head in heads)
        lengths = word_lengths_shared_out(blocks, name, jobs)
    else:
        lengths = [word_lengths(_chunks(buffer, bounds), name)]
    starts = np.zeros(len(buffer) + 1, dtype=np.uint8)
    starts[0] = WORD
    at = 0
    for block in lengths:
        ends = at + np.cumsum(np.frombuffer(block, dtype=np.uint16), dtype=np.int64)
        starts[ends] = WORD
        at = int(ends[-1]) if len(ends) else at
    return starts


def _chunk_bounds(offsets: I64) -> list[int]:
    """Where the buffer is cut into chunks, none inside a run."""
    bounds, last = [0], int(offsets[-1])
    while bounds[-1] < last:
        at = int(np.searchsorted(offsets, bounds[-1] + _CHUNK))
        bounds.append(int(offsets[min(at, len(offsets) - 1)]))
    return bounds


def _chunks(buffer: U16, bounds: Sequence[int]) -> Iterator[str]:
    return (buffer[a:b].tobytes().decode("utf-16-le") for a, b in itertools.pairwise(bounds))


@kernel
def _word(symbols: U16, flags: U8, first: int) -> tuple[np.uint64, int]:
    """A number for the word of ideographs that begins at `first`, and where it ends: its symbols where it has four at the
    most; of longer ones a hash, which two of a million such words share with p = 3e-8."""
    key = np.uint64(symbols[first])
    last = first + 1
    while last < len(symbols) and not flags[last] & WORD and not _is_single(symbols[last]):
        if last - first < 4:
            key = (key << np.uint64(16)) | np.uint64(symbols[last])
        else:
            key = (key ^ np.uint64(symbols[last])) * np.uint64(0x9DDFEA08EB382D69)
            key ^= key >> np.uint64(29)
        last += 1
    return key, last


@kernel
def _place(keys: U64, key: np.uint64) -> np.int64:
    """Where a key stands in a table, or where it is to stand."""
    mask = np.uint64(len(keys) - 1)
    place = ((key * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)) & mask
    while keys[place] != 0 and keys[place] != key:
        place = (place + np.uint64(1)) & mask
    return np.int64(place)


@kernel
def _vocabulary(symbols: U16, flags: U8) -> tuple[U64, I64]:
    """A table of the keys of all words of ideographs (uint64, 0 where nothing stands), and where each is first (int64, rows of
    first, last + 1)."""
    keys, spans = np.zeros(1 << 12, np.uint64), np.zeros((1 << 12, 2), np.int64)
    count, i = 0, 0
    while i < len(symbols):
        if _is_single(symbols[i]):
            i += 1
            continue
        key, last = _word(symbols, flags, i)
        place = _place(keys, key)
        if keys[place] == 0:
            keys[place], spans[place, 0], spans[place, 1] = key, i, last
            count += 1
            if 2 * count > len(keys):
                keys, spans = _enlarged(keys, spans)
        i = last
    return keys, spans


@kernel
def _enlarged(keys: U64, spans: I64) -> tuple[U64, I64]:
    """The same table with twice the room."""
    larger, moved = np.zeros(2 * len(keys), np.uint64), np.zeros((2 * len(keys), 2), np.int64)
    for k in range(len(keys)):
        if keys[k] != 0:
            place = _place(larger, keys[k])
            larger[place], moved[place] = keys[k], spans[k]
    return larger, moved


@kernel
def _spread_classes(symbols: U16, flags: U8, keys: U64, classes: U8) -> U8:
    """The class of its word for every ideograph; `classes` are those of the table."""
    found = np.zeros(len(symbols), np.uint8)
    i = 0
    while i < len(symbols):
        if _is_single(symbols[i]):
            i += 1
            continue
        key, last = _word(symbols, flags, i)
        found[i:last] = classes[_place(keys, key)]
        i = last
    return found


def _classes(symbols: U16, spans: I64) -> U8:
    """The class of the words at `spans` (uint8), NOUN for empty ones."""
    found = np.zeros(len(spans), dtype=np.uint8)
    held = np.flatnonzero(spans[:, 1])
    for at in range(0, len(held), _TAGGED):
        some = held[at : at + _TAGGED]
        texts = [symbols[a:b].tobytes().decode("utf-16-le") for a, b in spans[some].tolist()]
        found[some] = [_class_of(tags) for tags in _tags_of_each(texts)]
    return found


def _tags_of_each(texts: Sequence[str]) -> Iterator[list[str]]:
    """The tags of several words from one call: a line feed parts what is tagged, so each comes out as it does alone."""
    tags: list[str] = []
    for part, kind in tag("\n".join(texts)):
        if part == "\n":
            yield tags
            tags = []
        else:
            tags.append(kind)
    yield tags


def _class_of(tags: Sequence[str]) -> int:
    """The class of a word by its tag; one that the tagger cuts is a noun."""
    kind = tags[0] if len(tags) == 1 else "n"
    return _CLASS_OF_TAG.get(kind, _CLASS_OF_TAG.get(kind[:1], NOUN) if kind[:1] not in "n" else NOUN)
