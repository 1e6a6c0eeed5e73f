"""Slips that several documents share: nobody makes the same mistake at the same place twice.

Three kinds: a word that becomes one of the dictionary when a character is exchanged for one it is easily
taken for (`以身作责`), words written twice in a row, and marks or letters that stray into a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from reuse.families.lists import confusions
from reuse.families.wordings import clauses
from reuse.text.words import is_word, tokenize

_LONGEST = 6
_GARBLED = re.compile(
    r"(?P<twice>(?!一)[\u4e00-\u9fff]{3,8})(?P=twice)|(?<=[\u4e00-\u9fff])[a-wyz](?=[\u4e00-\u9fff，。])|，，|。。(?!。)|、、|，。|。，"
)
_CONFUSED = re.compile("[" + re.escape("".join(confusions())) + "]")


class Slip(NamedTuple):
    """A slip in a text: `meant` is what it should be, None where that is not known."""

    start: int
    end: int
    text: str
    meant: str | None


def slips_in(text: str) -> list[Slip]:
    """The slips of a text, in order."""
    garbled = [Slip(m.start(), m.end(), m[0], m["twice"]) for m in _GARBLED.finditer(text)]
    return sorted([*_misspelt(text), *garbled])


def _misspelt(text: str) -> Iterator[Slip]:
    at = 0
    for clause in clauses(text):
        for start, end, said, meant in _misspelt_in(clause):
            yield Slip(at + start, at + end, said, meant)
        at += len(clause)


@lru_cache(maxsize=65_536)
def _misspelt_in(clause: str) -> tuple[Slip, ...]:
    """The misspelt words of a clause; no word of the dictionary holds a mark that ends one. The texts of a family have most
    clauses in common."""
    return tuple(_misspelt_words(clause)) if _CONFUSED.search(clause) else ()


def _misspelt_words(text: str) -> Iterator[Slip]:
    words = tokenize(text)
    reached = 0
    for place, (start, end) in enumerate(words):
        if start >= reached and _is_suspect(text[start:end]):
            found = _meant(text, words, place)
            if found is not None:
                reached = found.end
                yield found


@lru_cache(maxsize=65_536)
def _is_suspect(word: str) -> bool:
    """Whether a word has a character that may be a slip and is none of the dictionary; jieba joins characters it cannot read
    to words of its own."""
    return not confusions().keys().isdisjoint(word) and not (len(word) > 1 and is_word(word))


def _meant(text: str, words: list[tuple[int, int]], place: int) -> Slip | None:
    """The longest run of whole words around an unknown one that is a word once one of its characters is
    exchanged."""
    begin, close = words[place]
    runs = [
        (words[first][0], words[last][1])
        for first in range(max(0, place - 3), place + 1)
        for last in range(place, min(len(words), place + 4))
        if (2 if last == first else 3) <= words[last][1] - words[first][0] <= _LONGEST
    ]
    for start, end in sorted(runs, key=lambda run: (run[0] - run[1], run)):
        said = text[start:end]
        if is_word(said):
            return None
        for at in range(begin, close):
            for other in confusions().get(text[at], ()):
                meant = said[: at - start] + other.character + said[at - start + 1 :]
                if len(said) >= other.shortest and is_word(meant):
                    return Slip(start, end, said, meant)
    return None
