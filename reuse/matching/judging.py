"""Which groups are reported: reuse by their evidence, and of the rest the few phrases worth showing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reuse.arrays import F64, I64, U16, Bool, kernel
from reuse.config import MatchSettings
from reuse.matching import signs
from reuse.matching.evidence import default_model
from reuse.matching.grouping import Groups
from reuse.matching.signs import NAMES
from reuse.matching.stream import Stream
from reuse.matching.suffixes import Suffixes

_CHARACTERS, _SPAN, _SURPRISE = NAMES.index("characters"), NAMES.index("span"), NAMES.index("surprise")


@dataclass(frozen=True, slots=True)
class Judged:
    """Groups that are reported, their signs and evidence (float64), whether each is reuse (bool; the others are phrases), and
    how many phrases were left out."""

    groups: Groups
    table: F64
    evidence: F64
    strong: Bool
    left_out: int


def judge(line: Stream, index: Suffixes, expected: U16, groups: Groups, settings: MatchSettings) -> Judged:
    """Measure the groups of some documents and keep those that are reported."""
    model = default_model()
    table = signs.measure(line, index, expected, groups)
    evidence = model.evidence(table)
    strong = evidence >= model.cut
    chosen, left_out = _choose(groups, table, strong, settings)
    return Judged(groups.take(chosen), table[chosen], evidence[chosen], strong[chosen], left_out)


def _choose(groups: Groups, table: F64, strong: Bool, settings: MatchSettings) -> tuple[I64, int]:
    """Groups that are reported: evidence, and of phrases the few of each place that share most; how many phrases are not."""
    long_enough = table[:, _CHARACTERS] >= settings.phrase_characters
    surprising = table[:, _SURPRISE] >= settings.phrase_surprise
    slogan = table[:, _CHARACTERS] >= settings.slogan_characters
    dense = table[:, _CHARACTERS] >= settings.phrase_density * table[:, _SPAN]
    phrase = ~strong & dense & (slogan | (long_enough & surprising))
    numbers = np.flatnonzero(phrase)
    order = numbers[np.lexsort((numbers, -table[numbers, _CHARACTERS], groups.here[numbers]))]
    kept_phrases = _few_a_place(order, groups.here, groups.offsets, groups.runs, settings.phrase_partners)
    return np.sort(np.concatenate((np.flatnonzero(strong), kept_phrases))), len(numbers) - len(kept_phrases)


@kernel
def _few_a_place(order: I64, here: np.ndarray, offsets: I64, runs: I64, partners: int) -> I64:
    """Of groups in order, those whose place in the later document fewer than `partners` before them cover by half."""
    chosen = np.empty(len(order), np.int64)
    count, begin = 0, 0
    for k in range(len(order)):
        g = order[k]
        if k and here[g] != here[order[k - 1]]:
            begin = count
        low = runs[offsets[g], 0]
        high = runs[offsets[g + 1] - 1, 0] + runs[offsets[g + 1] - 1, 2]
        told = 0
        for c in range(begin, count):
            other = chosen[c]
            other_low = runs[offsets[other], 0]
            other_high = runs[offsets[other + 1] - 1, 0] + runs[offsets[other + 1] - 1, 2]
            told += 2 * (min(high, other_high) - max(low, other_low)) > high - low
        if told < partners:
            chosen[count] = g
            count += 1
    return chosen[:count].copy()
