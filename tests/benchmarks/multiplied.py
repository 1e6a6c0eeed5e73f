"""A large corpus made of `news_2012_2016`: `python -m tests.benchmarks.multiplied documents PARAGRAPHS` prints where it is.

Every paragraph has 100 characters or more; a document has 3 to 14 of them, as a speech has. Each paragraph is

- new (60 %): drawn in the language of the news, full of its formulas, no passage of it (`news_language`);
- or a version (40 %) of a paragraph of the news: all of its numbers, days, names and places may change (each with .7, and
  alike wherever it stands), sentences change places (.3), one is left out (.4), one comes in from another item (.5).

A paragraph has about ten versions within some 10,000 paragraphs, however large the corpus: the paragraph pass verifies
2.4 pairs a paragraph of 10,000, 3.1 of 30,000 and 3.3 of 100,000, where the news itself has 2.2 (269,127 pairs of 123,801
paragraphs). Of a million it verifies 5.7: formulas and sentences from elsewhere recur over all of the corpus and grow hotter
with its size, so that what is found grows somewhat faster than the input. A smaller corpus is the beginning of a larger one.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from tests.benchmarks.measuring import NEWS
from tests.benchmarks.news_language import LEAST, NewsLanguage

CACHE = Path(tempfile.gettempdir()) / "speech-reuse-benchmarks"
EDITION = 1
"""Part of the file names: raised whenever another corpus would come out."""

VERSION_SHARE = 0.4
VERSIONS = 10
WINDOW = 400
"""Paragraphs of the news that versions are made of at a time; it moves on by one every 25 paragraphs."""
_CHANGED = 0.7
_RENAMED = {"nr": 3, "ns": 2, "nt": 3}
"""jieba's tags of persons, places and organizations, and from how many characters they can be believed: 公正 is no person."""

_SENTENCE = re.compile("[^。！？]+[。！？]?[”』」]?")
_MONTH_DAY = re.compile(r"(\d{1,2})月(\d{1,2})日")
_DIGITS = re.compile(r"\d+")


def corpus(kind: str, size: int) -> Path:
    """A JSONL file made of `size` paragraphs, written if it is not there yet.

    `kind` is documents; records, each paragraph one of its own; or hot: documents, as many of them as a tenth of `size` with one
    and the same paragraph at their head.
    """
    path = CACHE / f"{kind}-{size}-edition-{EDITION}.jsonl"
    if not path.exists():
        CACHE.mkdir(exist_ok=True)
        partial = path.with_suffix(".partial")
        with partial.open("w", encoding="utf-8") as lines:
            lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in _KINDS[kind](size))
        partial.replace(path)
    return path


def _documents(size: int) -> Iterator[dict[str, str]]:
    rng = random.Random(2)
    stream = islice(paragraphs(), size)
    number = 0
    while texts := list(islice(stream, rng.randint(3, 14))):
        number += 1
        date = f"{rng.randint(2012, 2016)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        yield {"id": f"m{number:07}", "date": date, "text": "\n".join(texts)}


def _records(size: int) -> Iterator[dict[str, str]]:
    for number, text in enumerate(islice(paragraphs(), size), start=1):
        yield {"id": f"p{number:07}", "text": text}


def _hot(size: int) -> Iterator[dict[str, str]]:
    paragraph = next(NewsLanguage(_Source().texts, seed=5).paragraphs())
    for number, row in enumerate(_documents(size)):
        yield {**row, "text": f"{paragraph}\n{row['text']}"} if number < size // 10 else row


_KINDS = {"documents": _documents, "records": _records, "hot": _hot}


class _Source:
    """The news: its texts, its paragraphs of enough characters, its sentences."""

    def __init__(self) -> None:
        with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
            self.texts = [json.loads(line)["text"] for line in lines]
        found = (line.strip() for text in self.texts for line in text.split("\n"))
        self.paragraphs = [line for line in found if LEAST <= len(line) <= 600]
        random.Random(1).shuffle(self.paragraphs)
        self.sentences = [s for p in self.paragraphs for s in _SENTENCE.findall(p) if 15 <= len(s) <= 120]


def paragraphs() -> Iterator[str]:
    """The paragraphs of the corpus in order, without end but for that of the news, from which a million can be made."""
    source = _Source()
    fresh = NewsLanguage(source.texts, seed=3).paragraphs()
    editor = _Editor(source, random.Random(4))
    rng = random.Random(6)
    made = 0
    while True:
        if rng.random() < VERSION_SHARE:
            at = int(made / VERSIONS)
            made += 1
            yield editor.version(source.paragraphs[(at + rng.randrange(WINDOW)) % len(source.paragraphs)])
        else:
            yield next(fresh)


class _Editor:
    """Makes versions of paragraphs."""

    def __init__(self, source: _Source, rng: random.Random) -> None:
        self._source = source
        self._rng = rng
        sample = rng.sample(source.paragraphs, 2_000)
        tagged = [pair for text in sample for pair in _tagged(text)]
        self._names = {
            tag: sorted({word for word, kind in tagged if kind == tag and len(word) >= least})
            for tag, least in _RENAMED.items()
        }

    def version(self, text: str) -> str:
        """`text` as another speaker on another day would have it."""
        rng = self._rng
        sentences = _SENTENCE.findall(self._with_other_slots(text))
        if len(sentences) > 2 and rng.random() < 0.4:
            del sentences[rng.randrange(len(sentences))]
        if rng.random() < 0.3:
            rng.shuffle(sentences)
        while rng.random() < 0.5 or sum(map(len, sentences)) < LEAST:
            sentences.insert(rng.randint(0, len(sentences)), rng.choice(self._source.sentences))
        return "".join(sentences)

    def _with_other_slots(self, text: str) -> str:
        rng = self._rng
        changed: dict[str, str] = {}
        for word, tag in _tagged(text):
            if tag in _RENAMED and len(word) >= _RENAMED[tag] and word not in changed:
                changed[word] = rng.choice(self._names[tag]) if rng.random() < _CHANGED else word
        renamed = "".join(changed.get(word, word) for word, _ in _tagged(text))
        dated = _MONTH_DAY.sub(lambda _: f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日", renamed)
        return _DIGITS.sub(self._other_number, dated)

    def _other_number(self, found: re.Match[str]) -> str:
        digits = found.group()
        if self._rng.random() > _CHANGED or digits.startswith("20"):
            return digits
        low = 10 ** (len(digits) - 1)
        return str(self._rng.randrange(low, 10 * low))


@lru_cache(maxsize=2 * WINDOW)
def _tagged(text: str) -> list[tuple[str, str]]:
    import rjieba

    pairs: list[tuple[str, str]] = rjieba.tag(text)
    return pairs


def main() -> None:
    """Write a corpus and print its path."""
    print(corpus(sys.argv[1], int(sys.argv[2])))


if __name__ == "__main__":
    main()
