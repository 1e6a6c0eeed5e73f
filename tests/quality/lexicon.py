"""The words the perturbations put in place of others: small files under `data/`, made for this study."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import rjieba

DATA = Path(__file__).parent / "data"

SLOT_OF_TAG = {
    "m": "numbers",
    "t": "days",
    "ns": "places",
    "nr": "persons",
    "nrfg": "persons",
    "nrt": "persons",
    "nt": "organisations",
    "nz": "organisations",
}
"""Which fillers may replace a word of jieba's part-of-speech tag."""


def words(text: str) -> list[str]:
    """The words of a text in order; joined they give the text back."""
    return list(rjieba.cut(text))


def tagged_words(text: str) -> list[tuple[str, str]]:
    """The same with part-of-speech tags."""
    return list(rjieba.tag(text))


def is_word(word: str) -> bool:
    """Whether a token is more than punctuation or space."""
    return any(c.isalnum() for c in word)


def _lines(name: str) -> list[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """For each word of the list, the others of its group."""
    found: dict[str, tuple[str, ...]] = {}
    for line in _lines("synonyms.txt"):
        group = line.split()
        for word in group:
            found[word] = found.get(word, ()) + tuple(w for w in group if w != word)
    return found


@cache
def fillers() -> dict[str, tuple[str, ...]]:
    """Fillers by type of slot."""
    data = json.loads((DATA / "fillers.json").read_text(encoding="utf-8"))
    return {name: tuple(values) for name, values in data.items()}


@cache
def sensitive_pattern() -> re.Pattern[str]:
    """Finds words that some sites delete, longest first."""
    return re.compile("|".join(sorted(map(re.escape, _lines("sensitive.txt")), key=len, reverse=True)))


def sensitive_parts(text: str) -> list[str]:
    """The words of a text that some sites delete."""
    return sensitive_pattern().findall(text)


@dataclass(frozen=True, slots=True)
class Stock:
    """Foreign words by length and foreign paragraphs, what edits draw from."""

    by_length: dict[int, tuple[str, ...]]
    characters: str

    @classmethod
    def of(cls, paragraphs: Sequence[str]) -> Stock:
        """Every word and Chinese character of some paragraphs, with their frequencies."""
        by_length: dict[int, list[str]] = {}
        for word in (w for text in paragraphs for w in words(text) if is_word(w)):
            by_length.setdefault(len(word), []).append(word)
        characters = "".join(c for text in paragraphs for c in text if "\u4e00" <= c <= "\u9fff")
        return cls({n: tuple(ws) for n, ws in sorted(by_length.items())}, characters)

    def word(self, length: int, source: random.Random) -> str:
        """A random word of this length, or of the nearest length there is."""
        nearest = min(self.by_length, key=lambda n: (abs(n - length), n))
        return source.choice(self.by_length[nearest])
