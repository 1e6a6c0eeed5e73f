"""What is done to a paragraph: each edit takes a text and a seeded source of chance, and returns a text."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from tests.quality.lexicon import (
    SLOT_OF_TAG,
    Stock,
    fillers,
    is_word,
    sensitive_pattern,
    synonyms,
    tagged_words,
    words,
)

Edit = Callable[[str, random.Random, Stock], str]

SENTENCE_END = re.compile(r"(?<=[。！？!?])|(?<=\.)(?=\s)")
CLAUSE_END = re.compile(r"(?<=[，。：；！？,:;!?])")


def sentences(text: str) -> list[str]:
    """The sentences of a text with their end marks; joined they give it back."""
    return [part for part in SENTENCE_END.split(text) if part]


def clauses(text: str) -> list[str]:
    """The clauses of a text with their end marks; joined they give it back."""
    return [part for part in CLAUSE_END.split(text) if part]


def keep(text: str, _source: random.Random, _stock: Stock) -> str:
    """Nothing is changed."""
    return text


def fill_slots(text: str, source: random.Random, _stock: Stock) -> str:
    """Every date, number, place, name and organisation becomes another."""
    parts = []
    for word, tag in tagged_words(text):
        slot = SLOT_OF_TAG.get(tag)
        parts.append(source.choice(fillers()[slot]) if slot and is_word(word) else word)
    return "".join(parts)


def replace_words(share: float) -> Edit:
    """This share of the words is replaced: by a synonym of the list, else by a random word as long."""

    def edit(text: str, source: random.Random, stock: Stock) -> str:
        tokens = words(text)
        for place in _some_words(tokens, share, source):
            others = synonyms().get(tokens[place])
            tokens[place] = source.choice(others) if others else stock.word(len(tokens[place]), source)
        return "".join(tokens)

    return edit


def delete_words(share: float) -> Edit:
    """This share of the words is deleted."""

    def edit(text: str, source: random.Random, _stock: Stock) -> str:
        tokens = words(text)
        gone = set(_some_words(tokens, share, source))
        return "".join(token for place, token in enumerate(tokens) if place not in gone)

    return edit


def insert_words(share: float) -> Edit:
    """Foreign words are put in, this share of the words there were."""

    def edit(text: str, source: random.Random, stock: Stock) -> str:
        tokens = words(text)
        for place in sorted(_some_words(tokens, share, source), reverse=True):
            tokens.insert(place, stock.word(source.choice((1, 2, 2, 2, 3)), source))
        return "".join(tokens)

    return edit


def reorder(text: str, source: random.Random, _stock: Stock) -> str:
    """The sentences stand in another order; a single sentence has its clauses turned round."""
    parts = sentences(text)
    if len(parts) < 2:
        parts = clauses(text)
    original = list(parts)
    while len(set(original)) > 1 and parts == original:
        source.shuffle(parts)
    return "".join(parts)


def delete_sensitive(text: str, _source: random.Random, _stock: Stock) -> str:
    """Words that some sites delete are gone."""
    return sensitive_pattern().sub("", text)


def mark_pages(text: str, source: random.Random, _stock: Stock) -> str:
    """A page number on a line of its own stands in the middle of a word or sentence."""
    place = source.randrange(len(text) // 4, max(len(text) // 4 + 1, 3 * len(text) // 4))
    return f"{text[:place]}\n{source.randrange(2, 40)}、{text[place:]}"


def widen(text: str, _source: random.Random, _stock: Stock) -> str:
    """Traditional characters; letters, digits and ASCII punctuation in full width."""
    wide = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
    return str(_traditional().convert(text)).translate(wide)


@cache
def _traditional() -> Any:
    import opencc

    return opencc.OpenCC("s2t")


def wrong_characters(share: float) -> Edit:
    """This share of the letters and characters (at least one) is misread as another."""

    def edit(text: str, source: random.Random, stock: Stock) -> str:
        letters = list(text)
        places = [place for place, letter in enumerate(letters) if letter.isalnum()]
        for place in source.sample(places, min(len(places), max(1, round(share * len(places))))):
            letters[place] = source.choice(stock.characters)
        return "".join(letters)

    return edit


def chained(*edits: Edit) -> Edit:
    """One edit after another."""

    def edit(text: str, source: random.Random, stock: Stock) -> str:
        for one in edits:
            text = one(text, source, stock)
        return text

    return edit


def _some_words(tokens: list[str], share: float, source: random.Random) -> list[int]:
    places = [place for place, token in enumerate(tokens) if is_word(token)]
    return source.sample(places, round(share * len(places)))
