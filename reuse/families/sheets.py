"""The texts of many drafts side by side, as arrays: what the kernels of templates work on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from reuse.arrays import F64, I32, I64, Bool, kernel, ranges
from reuse.families.characters import Alphabet, Characters
from reuse.families.wordings import Vocabulary, Wording


class Sheet(NamedTuple):
    """The distinct texts of some drafts, draft by draft, and their units and characters, text by text.

    Draft d has the texts `text_at[d]:text_at[d + 1]`, and `medoid[d]` is its typical one; text t stands for `weight[t]`
    members, has the units `unit_at[t]:unit_at[t + 1]` and the characters `char_at[t]:char_at[t + 1]` of `characters`;
    `whole` as in `Wording`. Unit u begins at character `begin[u]`, `raw[u]` is its number, `fold[u]` the number of what it
    folds to, counted from 0 in each draft, and `gain[gain_at[d] + fold[u]]` the worth of that.
    """

    text_at: I64
    weight: I64
    medoid: I64
    char_at: I64
    unit_at: I64
    whole: Bool
    begin: I64
    raw: I32
    fold: I32
    gain_at: I64
    gain: F64
    characters: Characters


@dataclass(frozen=True, slots=True)
class Texts:
    """The same with what Python needs: the texts as wordings, and as one string."""

    sheet: Sheet
    wordings: Sequence[Wording]
    text: str


def sheet_of(
    wordings: Sequence[Wording],
    text_at: I64,
    weight: I64,
    medoid: I64,
    vocabulary: Vocabulary,
    alphabet: Alphabet,
) -> Texts:
    """The texts of some drafts: draft d has `wordings[text_at[d]:text_at[d + 1]]`."""
    text = "".join([wording.text for wording in wordings])
    char_at = ranges(np.array([len(wording.text) for wording in wordings], dtype=np.int64))
    unit_at = ranges(np.array([len(wording.units) for wording in wordings], dtype=np.int64))
    raw = np.concatenate([wording.units for wording in wordings])
    bounds = np.concatenate([wording.bounds[:-1] for wording in wordings])
    begin = np.append(bounds + np.repeat(char_at[:-1], np.diff(unit_at)), len(text))
    units = unit_at[text_at]
    fold, gain_at, gain = _renumbered(vocabulary.fold(raw), units, vocabulary.gain)
    whole = np.array([wording.whole for wording in wordings], dtype=np.bool_)
    sheet = Sheet(
        text_at,
        weight,
        medoid,
        char_at,
        unit_at,
        whole,
        begin,
        raw.astype(np.int32),
        fold,
        gain_at,
        gain,
        alphabet.characters(text),
    )
    return Texts(sheet, wordings, text)


@kernel
def _renumbered(fold: I64, units: I64, gain: F64) -> tuple[I32, I64, F64]:
    """Numbers of folded units counted from 0 in each draft, whose units are `units[d]:units[d + 1]`, and what each is worth.
    An aligner marks the words that both its texts have: of those of a draft there are a hundred, of all a hundred thousand."""
    number = np.full(len(gain), -1, np.int64)
    found, worth = np.empty(len(fold), np.int32), np.empty(len(fold))
    at = np.zeros(len(units), np.int64)
    size = 0
    for draft in range(len(units) - 1):
        for n in range(units[draft], units[draft + 1]):
            if number[fold[n]] < at[draft]:
                number[fold[n]] = size
                worth[size] = gain[fold[n]]
                size += 1
            found[n] = number[fold[n]] - at[draft]
        at[draft + 1] = size
    return found, at, worth[:size].copy()
