"""jieba's words over comparable text: each distinct run of ideographs is cut once, and its cuts copied to every place.

`rjieba` (the same dictionary and model, compiled) cuts 13 times as fast as `jieba` and alike; `jieba` stays
selectable and is what tests hold the other to. jieba cuts runs of ideographs independently of what surrounds them, so
cutting each distinct run once changes nothing.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from reuse.arrays import I64, U8, U16, U32, kernel, ranges
from reuse.model import Document
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
_WORKER_MINIMUM = 400_000
"""Characters below which a second process costs more (.15 s to start) than it saves."""


@dataclass(frozen=True, slots=True)
class Words:
    """`classes` (uint8): one of NOUN, FUNCTION, NAME, NUMBER for each symbol, by the word that holds it."""

    classes: U8


def cut(text: ComparableText, *, name: Segmenter = "rjieba", jobs: int = 1) -> Words:
    """Set the WORD flag in `text.flags` where words start, and say what kind of word each symbol is in."""
    runs = _runs(text.symbols, text.flags, text.start)
    first, number = distinct(text.symbols, runs)
    buffer, offsets = _gather(text.symbols, runs, first)
    starts, classes = _cut_buffer(buffer, offsets, name, jobs)
    word_class = np.zeros(len(text.symbols), dtype=np.uint8)
    _scatter(text.flags, word_class, runs, number, offsets, starts, classes)
    word_class[_in_function_word(text.symbols, text.start)] = FUNCTION
    return Words(word_class)


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
    first = np.flatnonzero(symbols[:-1] >= _FIRST_LETTER_SYMBOL)
    first = first[start[first] == start[first + 1]]
    return first, (symbols[first].astype(np.uint32) << 16) | symbols[first + 1]


def _in_function_word(symbols: U16, start: U32) -> I64:
    """The symbols of function words of alphabetic scripts."""
    first, words = _letter_words(symbols, start)
    if not len(first):
        return first
    held = first[np.isin(words, _function_words())]
    return np.concatenate((held, held + 1))


_FIRST_LETTER_SYMBOL = 0xE000


def _is_single(symbols: U16) -> np.ndarray:
    """Symbols that are words by themselves: halves of letter words and of characters outside the basic plane."""
    return (symbols < 0x0E00) | ((symbols >= 0xD800) & (symbols < 0xF900))


def _runs(symbols: U16, flags: U8, start: U32) -> I64:
    """Runs of ideographs with nothing between: int64, shape (runs, 2), symbol ranges. Others start words of their own."""
    single = _is_single(symbols)
    breaks = (flags & (GAP | PARAGRAPH)) != 0
    breaks |= single
    breaks[1:] |= single[:-1]
    if len(breaks):
        breaks[0] = True
    second_half = np.zeros(len(symbols), dtype=np.bool_)
    second_half[1:] = start[1:] == start[:-1]
    flags[breaks & ~second_half] |= WORD
    heads = np.flatnonzero(breaks)
    tails = np.append(heads[1:], len(symbols))
    keep = ~single[heads]
    return np.stack((heads[keep], tails[keep]), axis=1).astype(np.int64)


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
def _scatter(
    flags: U8, word_class: U8, runs: I64, number: I64, offsets: I64, starts: U8, classes: U8
) -> None:
    for r in range(len(runs)):
        a, b = runs[r, 0], runs[r, 1]
        source = offsets[number[r]]
        for i in range(b - a):
            flags[a + i] |= starts[source + i]
            word_class[a + i] = classes[source + i]


def _cut_buffer(buffer: U16, offsets: I64, name: Segmenter, jobs: int) -> tuple[U8, U8]:
    """WORD at word starts, and the class of each symbol's word, over the buffer of distinct runs."""
    text = buffer.tobytes().decode("utf-16-le")
    chunks = _chunks(text, offsets)
    if jobs > 1 and len(text) >= _WORKER_MINIMUM:
        cut_lengths = word_lengths_shared_out(chunks, name, jobs)
    else:
        cut_lengths = word_lengths(chunks, name)
    lengths = np.frombuffer(cut_lengths, dtype=np.uint16)
    ends = ranges(lengths)
    starts = np.zeros(len(text) + 1, dtype=np.uint8)
    starts[ends] = WORD
    return starts[:-1], np.repeat(_classes(text, buffer, ends), lengths)


def _classes(text: str, buffer: U16, ends: I64) -> U8:
    """The class of every word: each distinct one is looked up once."""
    first, number = distinct(buffer, np.stack((ends[:-1], ends[1:]), axis=1))
    found = [_class_of(text[ends[k] : ends[k + 1]]) for k in first.tolist()]
    return np.array(found, dtype=np.uint8)[number] if found else np.zeros(0, dtype=np.uint8)


def _chunks(text: str, offsets: I64) -> list[str]:
    cuts = [0]
    while cuts[-1] < len(text):
        at = int(np.searchsorted(offsets, cuts[-1] + _CHUNK))
        cuts.append(int(offsets[min(at, len(offsets) - 1)]))
    return [text[a:b] for a, b in itertools.pairwise(cuts)]


def _class_of(word: str) -> int:
    if word == "\n":
        return NOUN
    tags = tag(word)
    kind = tags[0][1] if len(tags) == 1 else "n"
    return _CLASS_OF_TAG.get(kind, _CLASS_OF_TAG.get(kind[:1], NOUN) if kind[:1] not in "n" else NOUN)
