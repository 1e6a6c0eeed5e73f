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
    """Wording that belongs to a time; `since` and `until` as in the list, empty where it sets no bound, and `first` and
    `last` as moments, None there. `held` stands in every text that has the wording."""

    wording: re.Pattern[str]
    held: str
    since: str
    until: str
    first: int | None
    last: int | None

    def misses(self, date: tuple[int, int]) -> bool:
        """Whether a text whose date has these first and last moments cannot have been right to say so."""
        early = self.first is not None and date[1] < self.first
        return early or (self.last is not None and date[0] > self.last)


@lru_cache(maxsize=1)
def anchors() -> tuple[Anchor, ...]:
    """The wordings of `families/data/anchors.txt`, in its order."""
    found = []
    for wording, since, until in (line.split("\t") for line in _lines("anchors.txt")):
        first, last = moments(since), moments(until)
        found.append(
            Anchor(
                re.compile(wording),
                _held(wording),
                since,
                until,
                first[0] if first else None,
                last[1] if last else None,
            )
        )
    return tuple(found)


def _held(pattern: str) -> str:
    """The longest text outside groups that a pattern cannot do without, empty where none is plain."""
    if "(?i" in pattern:
        return ""
    outside = re.sub(r"\\.|\[[^\]]*\]", "\0", pattern)
    while (closed := re.sub(r"\([^()]*\)", "\0", outside)) != outside:
        outside = closed
    outside = re.sub(r".(?:[?*]|\{[^}]*\})", "\0", outside)
    return "" if "|" in outside else max(re.split(r"[\0+.^$]", outside), key=len)


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
