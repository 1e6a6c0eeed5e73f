"""Slips that several documents share: nobody makes the same mistake at the same place twice.

Three kinds: a word that becomes one of the dictionary when a character is exchanged for one it is easily
taken for (`以身作责`), words written twice in a row, and marks or letters that stray into a sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from reuse.families.lists import confusions
from reuse.families.wordings import clauses
from reuse.text.words import is_word, tokenize

_LONGEST = 6
_KEPT = 65_536
"""Clauses whose slips are kept at most, but for those of the texts in hand."""
_TOGETHER = 500
"""Clauses cut in one call: a call costs what fifty characters do."""
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


class Slips:
    """Looks for slips in texts; the misspelt words of a clause are kept, for the texts of a family have most in common."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Slip, ...]] = {}

    def of(self, texts: Iterable[str]) -> dict[str, list[Slip]]:
        """The slips of some texts, in order."""
        cut = {text: clauses(text) for text in texts}
        self._learn({clause for held in cut.values() for clause in held})
        return {text: self._slips(text, held) for text, held in cut.items()}

    def _learn(self, wanted: set[str]) -> None:
        """Find the misspelt words of clauses; no word of the dictionary holds a mark that ends one."""
        if len(self._known) > _KEPT:
            self._known.clear()
        unknown = sorted(clause for clause in wanted if clause not in self._known)
        suspect = [clause for clause in unknown if _CONFUSED.search(clause)]
        self._known.update(dict.fromkeys(unknown, ()))
        for low in range(0, len(suspect), _TOGETHER):
            self._known.update(_misspelt(suspect[low : low + _TOGETHER]))

    def _slips(self, text: str, cut: Sequence[str]) -> list[Slip]:
        found = [Slip(m.start(), m.end(), m[0], m["twice"]) for m in _GARBLED.finditer(text)]
        known = [self._known[clause] for clause in cut]
        at = 0
        for clause, slips in zip(cut, known, strict=True) if any(known) else ():
            found += [Slip(at + a, at + b, said, meant) for a, b, said, meant in slips]
            at += len(clause)
        return sorted(found)


def _misspelt(cut: Sequence[str]) -> Iterator[tuple[str, tuple[Slip, ...]]]:
    """The misspelt words of those clauses that have any suspect word. They are cut in one call: a line break keeps the
    words of one from the next."""
    text = "\n".join(cut)
    words = tokenize(text)
    said = [text[start:end] for start, end in words]
    suspects = {word for word in set(said) if _is_suspect(word)}
    heads = [0, *accumulate(len(clause) + 1 for clause in cut)]
    found = [start for (start, _), word in zip(words, said, strict=True) if word in suspects]
    starts = [start for start, _ in words]
    for number in dict.fromkeys(bisect_right(heads, start) - 1 for start in found):
        head, end = heads[number], heads[number] + len(cut[number])
        own = words[bisect_left(starts, head) : bisect_left(starts, end)]
        yield cut[number], tuple(_misspelt_words(cut[number], [(a - head, b - head) for a, b in own]))


def _misspelt_words(text: str, words: Sequence[tuple[int, int]]) -> Iterator[Slip]:
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


def _meant(text: str, words: Sequence[tuple[int, int]], place: int) -> Slip | None:
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
