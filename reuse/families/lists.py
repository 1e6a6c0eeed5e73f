"""The lists of this room, data files that users can edit: what dates a text, and which characters are taken
for one another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from reuse.families.chronology import moments


@dataclass(frozen=True, slots=True)
class Anchor:
    """Wording that belongs to a time; `since` and `until` as in the list, empty where it sets no bound."""

    wording: re.Pattern[str]
    since: str
    until: str

    def misses(self, date: tuple[int, int]) -> bool:
        """Whether a text whose date has these first and last moments cannot have been right to say so."""
        since, until = moments(self.since), moments(self.until)
        return (since is not None and date[1] < since[0]) or (until is not None and date[0] > until[1])


@lru_cache(maxsize=1)
def anchors() -> tuple[Anchor, ...]:
    """The wordings of `families/data/anchors.txt`, in its order."""
    rows = (line.split("\t") for line in _lines("anchors.txt"))
    return tuple(Anchor(re.compile(wording), since, until) for wording, since, until in rows)


@dataclass(frozen=True, slots=True)
class Confusion:
    """A character that another is taken for, in words of at least `shortest` characters."""

    character: str
    shortest: int


@lru_cache(maxsize=1)
def confusions() -> dict[str, tuple[Confusion, ...]]:
    """For each character the others it is taken for, from `families/data/confusions.txt`."""
    others: dict[str, tuple[Confusion, ...]] = {}
    for line in _lines("confusions.txt"):
        words = line.split()
        shortest = int(words.pop(0)) if words[0].isdecimal() else 2
        for one in words:
            found = tuple(Confusion(other, shortest) for other in words if other != one)
            others[one] = others.get(one, ()) + found
    return others


def _lines(name: str) -> list[str]:
    text = files("reuse.families").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
