"""Where a template begins and ends: where frame outweighs what is loose, and at the border of a clause."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reuse.families.template import Part
from reuse.families.wordings import word_starts

_MARKS = "。！？!?；;…，,：:\n"
_FRAGMENT = 14
"""Letters of frame that a piece of a clause has at most to be left outside, and no more than a third of the frame. Of thirty
families read, eleven templates began or ended with such a piece: 守住…风险的底线。引导金融机构."""
_NEVER_FIRST = frozenset("了的地得着过等")
_NEVER_LAST = frozenset("的地得和与及同或对在是把将向以为从于")
_LEFT = 8
"""Letters of frame that remain at least: a passage, not a phrase."""


def lengths(parts: Sequence[Part], count: int) -> list[int]:
    """How many characters each of `count` distinct texts has in some parts."""
    alike, found = 0, [0] * count
    for part in parts:
        if part.fixed is not None and not part.deviating():
            alike += len(part.fixed)
        else:
            found = [size + len(text) for size, text in zip(found, part.texts, strict=True)]
    return [alike + size for size in found]


def frame_ends(parts: Sequence[Part], of_member: Sequence[int]) -> tuple[int, int]:
    """The first and the last part of the template proper: where frame outweighs what is loose between.

    As in local alignment: the stretch whose characters of frame, less half of those that members put into
    slots of no type, are most. Ends that most members do not share fall away, and scraps of frame beyond
    them. A slot with a type at an end stays.
    """
    worth = [_worth(part, of_member) for part in parts]
    best, first, last = 0.0, 0, len(parts) - 1
    total, start = 0.0, 0
    for n, value in enumerate(worth):
        if total <= 0:
            total, start = 0.0, n
        total += value
        if total > best:
            best, first, last = total, start, n
    while first > 0 and worth[first - 1] == 0:
        first -= 1
    while last + 1 < len(parts) and worth[last + 1] == 0:
        last += 1
    return first, last


def _worth(part: Part, of_member: Sequence[int]) -> float:
    if part.fixed is not None:
        return float(letters(part.fixed))
    if part.type != "other":
        return 0.0
    lengths = [letters(text) for text in part.texts]
    return -0.5 * max(0.5, sum(lengths[text] for text in of_member) / len(of_member))


def letters(text: str) -> int:
    """How many letters and digits a text has."""
    return sum(map(str.isalnum, text))


def without_opening(parts: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """What stands before the first mark of the frame, where that is a fragment, and the rest."""
    for n, part in enumerate(parts):
        at = _first_mark(part.fixed or "")
        if at >= 0:
            lead, rest = _cut(part, at + 1, last=False)
            before, kept = [*parts[:n], lead], [rest, *parts[n + 1 :]]
            return (before, kept) if _is_fragment(before, kept) else ([], list(parts))
    return [], list(parts)


def without_closing(parts: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """The parts up to the last mark of the frame, and what stands behind it, where that is a fragment."""
    for n in range(len(parts) - 1, -1, -1):
        at = _last_mark(parts[n].fixed or "")
        if at >= 0:
            head, rest = _cut(parts[n], at + 1, last=True)
            kept, behind = [*parts[:n], head], [rest, *parts[n + 1 :]]
            return (kept, behind) if _is_fragment(behind, kept) else (list(parts), [])
    return list(parts), []


def without_particles(parts: Sequence[Part]) -> tuple[list[Part], list[Part], list[Part]]:
    """What a template cannot begin with, the rest, and what it cannot end with: words that hang on what is outside."""
    kept = list(parts)
    lead, behind = [], []
    first = _hanging(kept[0].fixed or "", _NEVER_FIRST, last=False)
    if first:
        head, kept[0] = _cut_equal(kept[0], first)
        lead.append(head)
    last = _hanging(kept[-1].fixed or "", _NEVER_LAST, last=True)
    if last:
        kept[-1], tail = _cut_equal(kept[-1], len(kept[-1].fixed or "") - last)
        behind.append(tail)
    return lead, kept, behind


def _hanging(text: str, words: frozenset[str], *, last: bool) -> int:
    """The length of the word at an end of a text if it is one of some words of one character, else 0."""
    if text[-1 if last else 0 :][:1] not in words:
        return 0
    starts = np.flatnonzero(word_starts(text))
    if len(starts) < 3:
        return 0
    start, end = (starts[-2:] if last else starts[:2]).tolist()
    return end - start if text[start:end] in words else 0


def _cut_equal(part: Part, place: int) -> tuple[Part, Part]:
    """A fixed part in two; a text that words it otherwise goes with the longer piece."""
    fixed = part.fixed or ""
    stay = len(fixed) if 2 * place > len(fixed) else 0
    places = [place if text == fixed else (len(text) if stay else 0) for text in part.texts]
    return (
        Part([text[:at] for text, at in zip(part.texts, places, strict=True)], fixed[:place]),
        Part([text[at:] for text, at in zip(part.texts, places, strict=True)], fixed[place:]),
    )


def _is_fragment(end: Sequence[Part], kept: Sequence[Part]) -> bool:
    size, rest = (sum(letters(part.fixed or "") for part in some) for some in (end, kept))
    return size <= _FRAGMENT and 2 * size <= rest and rest >= _LEFT


def _cut(part: Part, place: int, *, last: bool) -> tuple[Part, Part]:
    """A fixed part in two; a text that words it otherwise is cut behind its own first or last mark, if it has one."""
    fixed = part.fixed or ""
    find = _last_mark if last else _first_mark
    places = [place if text == fixed else _other_place(text, find(text), last=last) for text in part.texts]
    return (
        Part([text[:at] for text, at in zip(part.texts, places, strict=True)], fixed[:place]),
        Part([text[at:] for text, at in zip(part.texts, places, strict=True)], fixed[place:]),
    )


def _other_place(text: str, mark: int, *, last: bool) -> int:
    if mark >= 0:
        return mark + 1
    return len(text) if last else 0


def _first_mark(text: str) -> int:
    return min((text.index(mark) for mark in _MARKS if mark in text), default=-1)


def _last_mark(text: str) -> int:
    return max(text.rfind(mark) for mark in _MARKS)
