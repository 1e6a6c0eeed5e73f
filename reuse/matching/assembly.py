"""From arrays to `Match` values: source spans, equal runs, slots, kind and level."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from reuse.arrays import F64, I64, U32, Bool, kernel
from reuse.matching.signs import NAMES
from reuse.matching.spans import Runs
from reuse.model import Document, Kind, Level, Match, Slot, Span, TextSpan
from reuse.text.comparable import ComparableText
from reuse.text.flags import SLOT, WORD
from reuse.text.shingles import shared, shingles
from reuse.text.slots import filler_type

WHOLE = 0.8
"""Share of both paragraphs that a match of level `paragraph` covers."""
SAME_WORDS = 0.97
"""Share of the longer side that is equal from which words count as the same: one wrong character in thirty-three is a slip."""
QUOTED = 0.6
"""Share between quotation or title marks on both sides from which a match is a quotation: its introduction is shared too."""
QUOTED_PHRASE = 0.8
"""The same for phrases: a slogan of three terms in quotation marks is no quotation."""
_EDGE = " \t\n\r\u3000，。、；：！？,.;:!?…“”‘’\"'《》〈〉（）()「」『』"


@dataclass(frozen=True, slots=True)
class Sets:
    """Shingles of both spans of every match (int64): of the left, of the right, and common to both."""

    left: I64
    right: I64
    common: I64


def shingle_sets(text: ComparableText, bounds: I64, size: int) -> Sets:
    """Count the shingles of `size` words of both sides of matches with the stretches `bounds` (see `Runs.bounds`)."""
    both = shingles(text.symbols, text.flags, np.concatenate((bounds[:, :2], bounds[:, 2:])), size)
    count = len(bounds)
    sizes = np.diff(both.offsets)
    return Sets(sizes[:count], sizes[count:], _common(both.values, both.offsets, count))


@kernel
def _common(values: U32, offsets: I64, count: int) -> I64:
    out = np.empty(count, np.int64)
    for k in range(count):
        out[k] = shared(values, offsets, k, k + count)
    return out


class _Difference(NamedTuple):
    """A gap between equal runs: source spans on both sides and the text around, widened to whole words, that tells its type."""

    left: Span
    right: Span
    left_word: str
    right_word: str


@dataclass(frozen=True, slots=True)
class _Rows:
    """What all matches need, worked out at once: lists by match, and by run."""

    left: list[int]
    right: list[int]
    bounds: list[list[int]]
    offsets: list[int]
    aligned: list[tuple[int, int, int, int]]
    plain: list[bool]
    evidence: list[float]
    strong: list[bool]
    equal: list[int]


class Assembler:
    """Builds matches over one comparable text; keeps what they share, so that each is built in one call."""

    def __init__(self, documents: Sequence[Document], text: ComparableText) -> None:
        self.documents = documents
        self.text = text
        self.paragraph_of = np.searchsorted(text.paragraphs, np.arange(len(text.symbols)), side="right") - 1

    def build(self, runs: Runs, signs: F64, evidence: F64, strong: Bool, shingle_size: int) -> list[Match]:
        """The matches in output order: by left document, right document, place; ids follow that order."""
        bounds = runs.bounds()
        sets = shingle_sets(self.text, bounds, shingle_size)
        order = np.lexsort((bounds[:, 2], bounds[:, 0], runs.right, runs.left))
        rows = self._rows(runs, bounds, evidence, strong)
        return [
            self._match(number, m, runs, rows, signs[m], sets)
            for number, m in enumerate(order.tolist(), start=1)
        ]

    def _rows(self, runs: Runs, bounds: I64, evidence: F64, strong: Bool) -> _Rows:
        text = self.text
        x, y, length = runs.runs[:, 0], runs.runs[:, 1], runs.runs[:, 2]
        columns = (text.start[x], text.end[x + length - 1], text.start[y], text.end[y + length - 1])
        slots = np.concatenate(([0], np.cumsum((text.flags & SLOT) != 0)))
        inside = (slots[x + length] - slots[x + 1]) + (slots[y + length] - slots[y + 1])
        crossing = np.add.reduceat(inside, runs.offsets[:-1]) if len(runs) else inside
        return _Rows(
            runs.left.tolist(),
            runs.right.tolist(),
            bounds.tolist(),
            runs.offsets.tolist(),
            list(zip(*(column.tolist() for column in columns), strict=True)),
            ((crossing == 0) & ~strong).tolist(),
            np.round(evidence, 4).tolist(),
            strong.tolist(),
            runs.equal().tolist(),
        )

    def _match(self, number: int, m: int, runs: Runs, rows: _Rows, signs: F64, sets: Sets) -> Match:
        bounds = rows.bounds[m]
        low, high = rows.offsets[m], rows.offsets[m + 1]
        left, right = self._sides(rows.left[m], rows.right[m], bounds)
        slots: tuple[Slot, ...] = ()
        aligned: Sequence[tuple[int, int, int, int]] = rows.aligned[low:high]
        if not rows.plain[m]:
            aligned, differences = self._walk(rows.left[m], rows.right[m], runs.runs[low:high])
            if rows.strong[m]:
                slots = tuple(
                    Slot(d.left, d.right, filler_type(d.left_word, d.right_word)) for d in differences
                )
        identity = rows.equal[m] / min(bounds[1] - bounds[0], bounds[3] - bounds[2])
        in_order = bool((np.diff(runs.runs[low:high, 1]) > 0).all())
        same = in_order and rows.equal[m] >= SAME_WORDS * max(bounds[1] - bounds[0], bounds[3] - bounds[2])
        level = self._level(bounds) if rows.strong[m] else "phrase"
        return Match(
            id=f"m{number:07d}",
            level=level,
            kind=_kind(level, same, slots, signs),
            left=left,
            right=right,
            score=round(float(signs[_SURPRISE]), 3),
            evidence=rows.evidence[m],
            evalue=None,
            resemblance=_ratio(sets.common[m], sets.left[m] + sets.right[m] - sets.common[m]),
            left_in_right=_ratio(sets.common[m], sets.left[m]),
            right_in_left=_ratio(sets.common[m], sets.right[m]),
            identity=round(min(1.0, identity), 4),
            aligned=tuple(aligned),
            slots=slots,
        )

    def _level(self, bounds: Sequence[int]) -> Level:
        for first, last in ((bounds[0], bounds[1]), (bounds[2], bounds[3])):
            k = self.paragraph_of[first]
            size = self.text.paragraphs[k + 1] - self.text.paragraphs[k]
            inside = min(last, self.text.paragraphs[k + 1]) - first
            if k != self.paragraph_of[last - 1] or inside < WHOLE * size:
                return "passage"
        return "paragraph"

    def _sides(self, left: int, right: int, bounds: Sequence[int]) -> tuple[TextSpan, TextSpan]:
        """Both spans, with the punctuation behind them where it is the same."""
        a, b = self.documents[left], self.documents[right]
        start_a, end_a = self.text.source_span(bounds[0], bounds[1])
        start_b, end_b = self.text.source_span(bounds[2], bounds[3])
        while end_a < a.end and end_b < b.end:
            mark = a.text[end_a - a.start]
            if mark not in _CLOSING or _CLOSING[mark] != _CLOSING.get(b.text[end_b - b.start]):
                break
            end_a, end_b = end_a + 1, end_b + 1
        return (
            TextSpan(a.id, a.source, start_a, end_a, a.slice(start_a, end_a)),
            TextSpan(b.id, b.source, start_b, end_b, b.slice(start_b, end_b)),
        )

    def _walk(
        self, left: int, right: int, part: I64
    ) -> tuple[list[tuple[int, int, int, int]], list[_Difference]]:
        """The equal runs in source coordinates, and what differs between them where both sides keep their order."""
        aligned: list[tuple[int, int, int, int]] = []
        differences: list[_Difference] = []
        before: tuple[int, int] | None = None
        for x, y, length in part.tolist():
            if before is not None and y >= before[1]:
                self._note(left, right, before, (x, y), differences)
            begin = 0
            for i in self._slot_places(x, y, length):
                if self._note(left, right, (x + i, y + i), (x + i, y + i), differences):
                    aligned.append(self._source_run(x + begin, y + begin, i - begin))
                    begin = i
            aligned.append(self._source_run(x + begin, y + begin, length - begin))
            before = (x + length, y + length)
        return aligned, differences

    def _slot_places(self, x: int, y: int, length: int) -> list[int]:
        flags = self.text.flags[x + 1 : x + length] | self.text.flags[y + 1 : y + length]
        found: list[int] = (np.flatnonzero(flags & SLOT) + 1).tolist()
        return found

    def _source_run(self, x: int, y: int, length: int) -> tuple[int, int, int, int]:
        text = self.text
        return (
            int(text.start[x]),
            int(text.end[x + length - 1]),
            int(text.start[y]),
            int(text.end[y + length - 1]),
        )

    def _note(
        self,
        left: int,
        right: int,
        ends: tuple[int, int],
        begins: tuple[int, int],
        differences: list[_Difference],
    ) -> bool:
        """Add what stands between the symbols before `ends` and those from `begins` on, if the sides differ there."""
        a = self._between(left, ends[0], begins[0])
        b = self._between(right, ends[1], begins[1])
        text_a, text_b = self.documents[left].slice(*a), self.documents[right].slice(*b)
        if unicodedata.normalize("NFKC", text_a) == unicodedata.normalize("NFKC", text_b):
            return False
        word_a = self._widened(left, a, ends[0], begins[0])
        word_b = self._widened(right, b, ends[1], begins[1])
        differences.append(_Difference(a, b, word_a, word_b))
        return True

    def _between(self, document: int, end: int, begin: int) -> Span:
        """The source span between two symbols, without the punctuation around it."""
        start, stop = int(self.text.end[end - 1]), int(self.text.start[begin])
        text = self.documents[document].slice(start, stop)
        trimmed = text.lstrip(_EDGE)
        start += len(text) - len(trimmed)
        return Span(start, start + len(trimmed.rstrip(_EDGE)))

    def _widened(self, document: int, span: Span, end: int, begin: int) -> str:
        """The text of a gap, widened to whole words: of 全市 and 全县 only 市 and 县 differ, the words are places."""
        if end == begin:
            return self.documents[document].slice(*span)
        low, high = end, begin
        floor, ceiling = self.text.documents[document], self.text.documents[document + 1]
        while low > floor and low > end - 3 and not self.text.flags[low] & WORD:
            low -= 1
        while high < ceiling and high < begin + 3 and not self.text.flags[high] & WORD:
            high += 1
        if low == end and high == begin:
            return self.documents[document].slice(*span)
        start = min(span.start, int(self.text.start[low]))
        return self.documents[document].slice(start, max(span.end, int(self.text.end[high - 1])))


_CLOSING = {mark: unicodedata.normalize("NFKC", mark) for mark in "。！？!?；;，,、：:”’」』》）)…"}
_SURPRISE = NAMES.index("surprise")
_QUOTED_SHARE, _TITLED_SHARE = NAMES.index("quoted"), NAMES.index("titled")


def _ratio(part: int, whole: int) -> float:
    return round(float(part) / float(whole), 4) if whole else 0.0


FILLER = 3
"""Characters from which untyped words that stand against each other are fillers: synonyms have two."""


def _is_filled(slot: Slot) -> bool:
    """Whether both sides fill the slot with something of their own: not words put in, taken out, or swapped for a synonym."""
    sides = (slot.left.end - slot.left.start, slot.right.end - slot.right.start)
    return min(sides) > 0 and (slot.type != "other" or max(sides) >= FILLER)


def _size(slot: Slot) -> int:
    return max(slot.left.end - slot.left.start, slot.right.end - slot.right.start)


def _kind(level: Level, same: bool, slots: tuple[Slot, ...], signs: F64) -> Kind:
    """What was done with the shared words: quoted, used by everybody, taken as they are, filled into, changed."""
    marked = max(signs[_QUOTED_SHARE], signs[_TITLED_SHARE])
    if marked >= (QUOTED_PHRASE if level == "phrase" else QUOTED):
        return "quoted"
    if level == "phrase":
        return "commonplace"
    filled = sum(_size(slot) for slot in slots if _is_filled(slot))
    if filled and 2 * filled >= sum(_size(slot) for slot in slots):
        return "templated"
    return "copied" if same else "edited"
