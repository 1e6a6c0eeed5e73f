"""New text in the language of the news: words drawn after the two words before them, in all the corpus's formulas.

A context of two words counts where it was seen twenty times, else one word does: so set phrases come back as often as in
the news (中共中央政治局常委、国务院总理), but no passage of it does. `research/scale.md` tried ten such models as a null.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from reuse.arrays import I64, Bool

LEAST = 100
SEEN = 20
_PARAGRAPH = re.compile(f"[^。！？，、”）)：；][^\n]{{{LEAST},600}}?[。！？]")
_CHAINS, _WORDS = 2_000, 400


class NewsLanguage:
    """Word chains of a corpus."""

    def __init__(self, texts: Sequence[str], seed: int) -> None:
        """Learn from `texts`, cut by rjieba."""
        import rjieba

        known: dict[str, int] = {}
        tokens = (word for text in texts for word in rjieba.cut(text))
        numbers = np.fromiter((known.setdefault(word, len(known)) for word in tokens), dtype=np.int64)
        self._words = np.array(list(known), dtype=object)
        self._one = _Contexts(numbers)
        pairs = np.concatenate(([0], numbers[:-1] * len(self._words) + numbers[1:]))
        self._two = _Contexts(np.unique(pairs, return_inverse=True)[1])
        self._at = np.random.default_rng(seed).integers(1, len(numbers), _CHAINS)
        self._random = np.random.default_rng(seed + 1)
        self._tokens = numbers

    def paragraphs(self) -> Iterator[str]:
        """Paragraphs of at least `LEAST` characters, each ending with a sentence, without end."""
        while True:
            drawn = np.stack([self._step() for _ in range(_WORDS)], axis=1)
            for row in self._words[drawn]:
                yield from _PARAGRAPH.findall("".join(row).replace("\n", ""))

    def _step(self) -> I64:
        """The next word of every chain."""
        share = self._random.random(len(self._at))
        known: Bool = self._two.count[self._two.number[self._at]] >= SEEN
        place = np.where(known, self._two.draw(self._at, share), self._one.draw(self._at, share))
        self._at = (place + 1) % len(self._tokens)
        return self._tokens[self._at]


class _Contexts:
    """Where every context stands: `number` of the context that ends at each word, its `count`."""

    def __init__(self, number: I64) -> None:
        self.number = number
        self.count = np.bincount(number)
        self._first = np.cumsum(self.count) - self.count
        self._places = np.argsort(number, kind="stable")

    def draw(self, at: I64, share: np.ndarray) -> I64:
        """One of the places of the context at each of `at`, by a number from 0 to 1."""
        context = self.number[at]
        return self._places[self._first[context] + (share * self.count[context]).astype(np.int64)]
