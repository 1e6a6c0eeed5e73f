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

    def own_part(self, document: Document) -> list[tuple[int, int]]:
        """The spans of a document beside the slogan: what its label speaks of."""
        at = document.text.find(SLOGAN)
        if at < 0:
            return [(0, len(document.text))]
        return [(0, at), (at + len(SLOGAN), len(document.text))]


@dataclass(frozen=True, slots=True)
class Mixed:
    """Documents of which a known share is taken from earlier ones, and that share (letters kept, of all letters)."""

    sources: list[Document]
    targets: list[Document]
    shares: list[float]


@dataclass(frozen=True, slots=True)
class Borrowed:
    """Speeches of places; the spans where a speech names the place of the speech it borrowed from."""

    documents: list[Document]
    left_in: list[tuple[str, int, int]]


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


def mixed_documents(share: float, count: int = 8, paragraphs: int = 20, seed: int = 1) -> Mixed:
    """`count` documents of which about `share` of the paragraphs come from earlier ones, half of them with a tenth of
    their words changed."""
    source = random.Random(f"{share} {seed}")
    own = own_paragraphs()
    stock = Stock.of(own)
    lines = [
        line for document in unrelated_documents() for line in document.text.splitlines() if len(line) > 80
    ]
    earlier = [
        Document(id=f"a{n:02d}", source=f"a{n:02d}.txt", text="\n".join(lines[n::10]), date=f"201{n}-03-01")
        for n in range(10)
    ]
    fresh = iter(source.sample(own, len(own)))
    targets, shares = [], []
    for n in range(count):
        taken = source.sample(lines, round(share * paragraphs))
        parts = [
            _changed(line, source, stock) if k % 2 else (line, _letters(line)) for k, line in enumerate(taken)
        ]
        parts += [(next(fresh), 0) for _ in range(paragraphs - len(taken))]
        source.shuffle(parts)
        text = "\n".join(part for part, _ in parts)
        targets.append(Document(id=f"b{n:02d}", source=f"b{n:02d}.txt", text=text, date="2022-05-01"))
        shares.append(sum(kept for _, kept in parts) / _letters(text))
    return Mixed(earlier, targets, shares)


def _changed(text: str, source: random.Random, stock: Stock) -> tuple[str, int]:
    """A text with a tenth of its words replaced, and how many of its letters were kept."""
    tokens = [word for word, _ in tagged_words(text)]
    words = [place for place, token in enumerate(tokens) if is_word(token)]
    replaced = source.sample(words, round(0.1 * len(words)))
    for place in replaced:
        tokens[place] = stock.word(len(tokens[place]), source)
    return "".join(tokens), _letters("".join(tokens)) - sum(_letters(tokens[place]) for place in replaced)


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def borrowed_speeches(count: int = 12, seed: int = 1) -> Borrowed:
    """Pairs of speeches of two places: the second holds a paragraph of the first, which names the first's place."""
    source = random.Random(seed)
    towns = ["青石县", "临泉县", "白鹤县", "松岭县", "云溪县", "梅川县", "长汀县", "丹水县"]
    texts = source.sample(own_paragraphs(), 5 * count)
    documents: list[Document] = []
    left_in: list[tuple[str, int, int]] = []
    for n in range(count):
        mine, theirs = source.sample(towns, 2)
        loan, *rest = texts[5 * n : 5 * n + 5]
        named = f"这件事在{theirs[:-1]}没有先例，但是必须有人先走一步。"
        for town, identity, date, own in (
            (theirs, f"s{n:02d}a", "2015-04-08", rest[:2]),
            (mine, f"s{n:02d}b", "2016-11-20", rest[2:]),
        ):
            opening = f"同志们，{town}今年的几件大事，今天集中说一说，{town}各部门都要听清楚。"
            text = "\n".join([opening, own[0], loan + named, own[1]])
            title = f"在{town}重点工作推进会上的讲话"
            documents.append(
                Document(id=identity, source=identity, text=text, title=title, place=town, date=date)
            )
        at = text.index(named) + len("这件事在")
        left_in.append((identity, at, at + len(theirs) - 1))
    return Borrowed(documents, left_in)


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
