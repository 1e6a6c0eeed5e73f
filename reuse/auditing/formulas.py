"""Text that is nobody's own: stock phrases of a list, quotations with their source named, titles, articles
of law."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from reuse.arrays import I64, U32, Bool
from reuse.auditing.lists import bundled_phrases, quotation_verbs
from reuse.model import Document
from reuse.text.alphabet import simplified

_ORDINAL = "[〇零一二三四五六七八九十百千两0-9０-９]+"
_ARTICLE = re.compile(
    rf"(?:》|宪法|法|条例|规定|章程|准则)[^。；;\n]{{0,8}}?(第{_ORDINAL}条(?:之{_ORDINAL})?(?:第{_ORDINAL}款)?(?:第{_ORDINAL}项)?)"
)
_TITLE = re.compile(r"《[^《》\n]{1,60}(?:《[^《》\n]{1,40}》[^《》\n]{0,40})?》")
_LONGEST_QUOTATION = 500


def quoted(document: Document, compared: I64) -> Bool:
    """Which compared characters (bool, one for each of `compared`) are quoted: words introduced and between
    quotation marks (“” 「」 『』 "" and full width, not single ones), book titles, numbers of articles of law."""
    mask = np.zeros(len(compared), dtype=np.bool_)
    for pattern, group in ((_quotation(), "said"), (_TITLE, 0), (_ARTICLE, 1)):
        for found in pattern.finditer(document.text):
            start, end = found.span(group)
            first, last = np.searchsorted(compared, [document.start + start, document.start + end])
            mask[first:last] = True
    return mask


def phrases(document: Document, compared: I64, extra: Iterable[str]) -> Bool:
    """Which compared characters belong to a stock phrase of the list or of `extra`, marks and spaces set
    aside."""
    mask = np.zeros(len(compared), dtype=np.bool_)
    letters = np.frombuffer(document.text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    text = _folded_letters(letters[compared - document.start])
    for found in _phrase_pattern(tuple(extra)).finditer(text):
        mask[found.start() : found.end()] = True
    return mask


@lru_cache(maxsize=8)
def _phrase_pattern(extra: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all phrases; the longest wins."""
    letters = {"".join(c for c in _folded(phrase) if c.isalpha()) for phrase in (*bundled_phrases(), *extra)}
    ordered = sorted(letters - {""}, key=lambda phrase: (-len(phrase), phrase))
    return re.compile("|".join(map(re.escape, ordered)) or r"(?!)")


def _folded_letters(letters: U32) -> str:
    """`_folded` of a text given as code points, by a table of those met so far."""
    table = _fold_table()
    folded = table[letters]
    for code in set(letters[folded == _UNMET].tolist()):
        plain = _folded(chr(code))
        table[code] = ord(plain) if plain not in _BY_CONTEXT and len(chr(code).lower()) == 1 else _APART
    folded = table[letters]
    if (folded == _APART).any():
        return _folded(letters.tobytes().decode("utf-32-le", "surrogatepass"))
    return folded.tobytes().decode("utf-32-le", "surrogatepass")


_UNMET, _APART = 0xFFFFFFFF, 0xFFFFFFFE
_BY_CONTEXT = "σς"
"""Small letters that a capital becomes one or the other of, by what follows it."""


@lru_cache(maxsize=1)
def _fold_table() -> U32:
    return np.full(0x110000, _UNMET, dtype=np.uint32)


def _folded(text: str) -> str:
    """Simplified and in lower case, character by character: positions stay."""
    simple = simplified(text)
    lower = simple.lower()
    return lower if len(lower) == len(simple) else simple


@lru_cache(maxsize=1)
def _quotation() -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, sorted(quotation_verbs(), key=len, reverse=True)))
    body = "|".join(
        f"{opening}[^{opening}{closing}]{{2,{_LONGEST_QUOTATION}}}{closing}"
        for opening, closing in ("“”", "「」", "『』", '""', "＂＂")
    )
    return re.compile(rf"(?:{verbs})[^“”「」『』\"＂。！？!?；;\n]{{0,8}}(?P<said>{body})")
