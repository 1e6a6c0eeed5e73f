"""Texts with known families, known slots and known shares of reuse, made from the repository's own paragraphs."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from reuse.model import Document
from tests.quality.corpora import own_paragraphs, unrelated_documents
from tests.quality.edits import (
    chained,
    delete_words,
    insert_words,
    reorder,
    replace_words,
    sentences,
)
from tests.quality.lexicon import Stock, fillers, is_word, tagged_words

SLOGAN = "让我们紧紧拧成一股绳，一张蓝图绘到底，奋力谱写高质量发展的新篇章。"
SLOGAN_SHARE = 0.4

ACTIVITIES = (
    "春耕备播现场会",
    "青年干部读书班",
    "社区便民服务日活动",
    "秋季安全大检查",
    "乡村振兴专题培训",
    "全民健身运动会",
    "林长制工作推进会",
    "河道清淤百日行动",
    "中小学教师技能比武",
    "消防疏散应急演练",
)

_VARIATIONS = (
    replace_words(0.1),
    replace_words(0.2),
    delete_words(0.1),
    insert_words(0.15),
    chained(reorder, replace_words(0.1)),
    chained(delete_words(0.05), replace_words(0.1)),
)


@dataclass(frozen=True, slots=True)
class Planted:
    """Documents of one paragraph each, and which family each is of; a single is a family of its own."""

    documents: list[Document]
    labels: list[int]


@dataclass(frozen=True, slots=True)
class Filled:
    """A text made from a frame, and the spans of the fillers that were put into its slots, by slot number."""

    text: str
    fillers: list[tuple[int, int]]


def families(
    count: int = 40, variants: int = 6, singles: int = 100, slogan_share: float = SLOGAN_SHARE, seed: int = 1
) -> Planted:
    """`count` families of `variants` rewritten paragraphs, single paragraphs, a slogan put into some of all."""
    source = random.Random(seed)
    paragraphs = own_paragraphs()
    stock = Stock.of(paragraphs)
    bases = source.sample(paragraphs, count)
    texts = [
        _VARIATIONS[n % len(_VARIATIONS)](base, source, stock) for base in bases for n in range(variants)
    ]
    labels = [number for number in range(count) for _ in range(variants)]
    alone = _single_texts([p for p in paragraphs if p not in bases], singles)
    labels += range(count, count + len(alone))
    texts += alone
    with_slogan = set(source.sample(range(len(texts)), round(slogan_share * len(texts))))
    texts = [_with_slogan(text, source) if n in with_slogan else text for n, text in enumerate(texts)]
    order = source.sample(range(len(texts)), len(texts))
    documents = [_document(place, texts[n]) for place, n in enumerate(order)]
    return Planted(documents, [labels[n] for n in order])


def filled_frames(
    frame: str, members: int, noise: float, source: random.Random, stock: Stock
) -> list[Filled]:
    """`members` texts of one frame: some words are slots, filled by type; of the others a share is replaced by chance.

    The slots are drawn once for the frame; between two slots stand at least three words. Members fill a slot differently
    as long as there are fillers of its type.
    """
    tokens = [word for word, _ in tagged_words(frame)]
    chosen: dict[int, list[str]] = {}
    for place in _slot_places(frame, source):
        pool = _FILLERS[source.choice(sorted(_FILLERS))]
        drawn = source.sample(pool, min(members, len(pool)))
        chosen[place] = [drawn[n % len(drawn)] for n in range(members)]
    return [
        _fill(tokens, {place: words[n] for place, words in chosen.items()}, noise, source, stock)
        for n in range(members)
    ]


_FILLERS: dict[str, tuple[str, ...]] = {**fillers(), "activities": ACTIVITIES}


def _slot_places(frame: str, source: random.Random) -> list[int]:
    """Two to four places of nouns, names, numbers and times, well apart."""
    wanted = [
        place
        for place, (word, tag) in enumerate(tagged_words(frame))
        if is_word(word) and (tag[0] in "nmt") and len(word) > 1
    ]
    source.shuffle(wanted)
    chosen: list[int] = []
    for place in wanted:
        if all(abs(place - other) > 3 for other in chosen) and len(chosen) < 4:
            chosen.append(place)
    return sorted(chosen)


def _fill(
    tokens: Sequence[str], chosen: dict[int, str], noise: float, source: random.Random, stock: Stock
) -> Filled:
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    length = 0
    for place, token in enumerate(tokens):
        word = token
        if place in chosen:
            word = chosen[place]
            spans.append((length, length + len(word)))
        elif is_word(token) and source.random() < noise:
            word = stock.word(len(token), source)
        parts.append(word)
        length += len(word)
    return Filled("".join(parts), spans)


def _single_texts(paragraphs: list[str], count: int) -> list[str]:
    lines = [line for document in unrelated_documents() for line in document.text.splitlines()]
    long_lines = [line for line in lines if len(line) >= 60]
    texts = paragraphs + long_lines
    if len(texts) < count:
        raise AssertionError(f"the repository holds {len(texts)} single paragraphs, {count} are needed")
    return texts[:count]


def _with_slogan(text: str, source: random.Random) -> str:
    parts = sentences(text)
    parts.insert(source.randrange(len(parts) + 1), SLOGAN)
    return "".join(parts)


def _document(place: int, text: str) -> Document:
    return Document(id=f"item{place:05d}", source=f"item{place:05d}.txt", text=text)
