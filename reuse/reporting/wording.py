"""The words of the report, in Chinese and English, from one file a language.

The same files are the words of the page and of `explain`, so that one idea has one name everywhere.
"""

from __future__ import annotations

import json
import math
from functools import cache
from importlib import resources
from typing import Literal, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


class Wording:
    """The words of one language: `words(key, name=value)` gives the text with its `{name}` filled in."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._words = all_words(language)

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key`; with `n=1` the singular `key.one` where the language has one.

        Raises KeyError for a key that is not in the file: a word that is missing is a mistake of ours.
        """
        singular = f"{key}.one"
        text = self._words[singular if values.get("n") == 1 and singular in self._words else key]
        return text.format(**{name: shown(value) for name, value in values.items()})

    def has(self, key: str) -> bool:
        """Whether there is a text of that key."""
        return key in self._words


@cache
def all_words(language: Language) -> dict[str, str]:
    """Every text of a language, by key."""
    file = resources.files("reuse.reporting") / "words" / f"{language}.json"
    words: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return words


def shown(value: object) -> str:
    """A value as a reader wants it: thousands apart in whole numbers, text as it is."""
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def percent(ratio: float) -> str:
    """A ratio as a percentage with one decimal; only a whole is 100 %, only nothing is 0 %.

    0.9996 is `99.9%` and 0.0004 is `0.1%`: rounding must not turn nearly all into all.
    """
    if 0 < ratio < 0.001:
        return "0.1%"
    if 0.999 < ratio < 1:
        return "99.9%"
    return f"{100 * ratio:.1f}%"


def chance(evalue: float, words: Wording) -> str:
    """An expected number of chance matches: two digits that count; below a millionth nobody counts zeros."""
    if evalue < 1e-6:
        return words("chance.tiny")
    if evalue >= 10:
        return f"{round(evalue):,}"
    return f"{evalue:.{min(6, 1 - math.floor(math.log10(evalue)))}f}"


def preferred(names: list[str]) -> Language:
    """The language of the first locale name set (`zh_CN.UTF-8`, `en_GB`, `C`); Chinese where none is."""
    for name in names:
        if name:
            return "zh" if name.lower().startswith("zh") else "en"
    return "zh"
