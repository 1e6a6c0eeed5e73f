"""Which characters are compared, as what, and what the others mean.

Characters fall into classes. *Ideographs* (Han, kana, hangul, scripts written without spaces) are compared one by one.
*Letters* form words, and a word is compared as two symbols, so that a word weighs what two ideographs weigh.
Digits and placeholders are left out but remembered as slots; punctuation is left out but ends clauses and sentences.
Width, compatibility forms, case and traditional forms are folded character by character: what a character becomes
never depends on its neighbours, so any span of comparable text folds alike on its own.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from reuse.arrays import I64, U8, U32

SKIP = 0
IDEOGRAPH = 1
LETTER = 2
DIGIT = 3
PLACEHOLDER = 4
CLAUSE_END = 5
SENTENCE_END = 6
LINE_END = 7
OPEN_QUOTE = 8
CLOSE_QUOTE = 9
STRAIGHT_QUOTE = 10
OPEN_TITLE = 11
CLOSE_TITLE = 12
POINT = 13  # full stop of Western text: ends a sentence, unless a letter or digit follows at once
NUMERAL = 14  # an ideograph that may number an item: 一、 (一) 第一, 一是
JOINT = 15  # apostrophe and hyphen: inside a word part of it, elsewhere nothing
BLANK = 16  # white space and what cannot be seen

FIRST_HALF = 0xE000
"""The least symbol that is the first half of a word of letters: they are of the private-use plane, above which only
a dozen ideographs stand, hardly ever met."""

_CLASSES = {
    PLACEHOLDER: "×*＊○□■☐△▲◇✕✖╳_某※",
    CLAUSE_END: "，,；;：:",
    SENTENCE_END: "。！!？?…｡",
    LINE_END: "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029",
    OPEN_QUOTE: "“「『‘",
    CLOSE_QUOTE: "”」』",
    STRAIGHT_QUOTE: '"',
    OPEN_TITLE: "《〈",
    CLOSE_TITLE: "》〉",
    POINT: ".．",
    DIGIT: "〇",
    NUMERAL: "一二三四五六七八九十百零两",
    JOINT: "'’-‐‑",
}
_CLASS_OF = {character: kind for kind, characters in _CLASSES.items() for character in characters}

# Variants that simplification by single characters leaves apart although both are in use for one word.
_VARIANTS = str.maketrans("著乾於裏裡甚麼麽徵餘鍾昇佔週慄嚮乎", "着干于里里什么么征余钟升占周栗向乎")

# Scripts written without spaces between words; their letters are compared one by one, like ideographs.
_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x0F00, 0x109F),  # Tibetan, Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x1100, 0x11FF),  # Hangul jamo
    (0x2E80, 0x31FF),  # radicals, kana, bopomofo
    (0x3400, 0x4DBF),  # Han extension A
    (0x4E00, 0x9FFF),  # Han
    (0xA000, 0xA4CF),  # Yi
    (0xAC00, 0xD7A3),  # Hangul syllables
    (0xF900, 0xFAFF),  # Han compatibility
    (0x1B000, 0x1B16F),  # historic kana
    (0x20000, 0x3FFFF),  # Han extensions B and later
)


@dataclass(frozen=True, slots=True)
class Alphabet:
    """Lookup tables for the characters of some text.

    `kind` (uint8) and `folded` (uint32) are indexed by code point; `expands` (int64) lists the code points whose folding is
    longer than one character, `expansion` holds their foldings, in the same order.
    """

    kind: U8
    folded: U32
    expands: I64
    expansion: tuple[str, ...]


def alphabet(codes: U32) -> Alphabet:
    """The tables for the characters in `codes` (uint32 code points, any order, repeats allowed)."""
    present = np.flatnonzero(np.bincount(codes)).tolist() if len(codes) else []
    foldings = {code: _folding(chr(code)) for code in present}
    longer = {code: folding for code, folding in foldings.items() if len(folding) > 1}
    for character in "".join(longer.values()):
        foldings.setdefault(ord(character), character)
    size = max(foldings, default=0) + 1
    kind = np.zeros(size, dtype=np.uint8)
    folded = np.zeros(size, dtype=np.uint32)
    for code, folding in foldings.items():
        kind[code] = class_of(folding[:1])
        folded[code] = ord(folding[0]) if folding else code
    expands, expansion = list(longer), tuple(longer.values())
    return Alphabet(kind, folded, np.array(expands, dtype=np.int64), expansion)


@lru_cache(maxsize=1 << 16)
def _folding(character: str) -> str:
    """What a character is compared as: compatibility form, lower case, simplified; control characters vanish."""
    folding = _fold(character)
    simple = simplified(folding)
    return folding if "\n" in folding or len(simple) != len(folding) else simple


def _fold(character: str) -> str:
    if character in _CLASS_OF:
        return character
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn"):
        return " "
    return unicodedata.normalize("NFKC", character).casefold()


def simplified(text: str) -> str:
    """Traditional characters as simplified ones, character by character, so that the length stays the same.

    Words are not looked at (乾隆 becomes 干隆): both sides of a comparison are folded alike, and a span means the
    same alone as in its place.
    """
    table = _simplifying_table()
    return text.translate(table)


@lru_cache(maxsize=1)
def _simplifying_table() -> dict[int, int]:
    import opencc

    han = [chr(code) for low, high in ((0x3400, 0x4DBF), (0x4E00, 0x9FFF)) for code in range(low, high + 1)]
    once = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    table = {
        ord(given): ord(simple)
        for given, simple in zip(han, once, strict=True)
        if len(simple) == 1 and simple != given
    }
    return table | {given: simple for given, simple in _VARIANTS.items() if given != simple}


@lru_cache(maxsize=1 << 16)
def class_of(character: str) -> int:
    """The class of a folded character; the empty string is skipped."""
    if not character or (character.isspace() and character not in _CLASS_OF):
        return BLANK
    if character in _CLASS_OF:
        return _CLASS_OF[character]
    category = unicodedata.category(character)
    code = ord(character)
    if category in ("Nd", "Nl", "No"):
        return DIGIT
    if category[0] in "LM":
        return IDEOGRAPH if any(low <= code <= high for low, high in _UNSPACED) else LETTER
    return SKIP
