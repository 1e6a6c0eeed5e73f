"""The parts of the levels put one behind the other, and joined where they are one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from reuse.arrays import I32, I64, U8, Bool, kernel, ranges
from reuse.families.levels import DEEPER, FIXED, SLOT, Cut, Level
from reuse.families.sheets import Sheet

_DEPTH = 5
_SOME = 0.15
"""Share of the members that make a slot of a name most agree on: one of six, not one slip in a hundred."""


class Tree(NamedTuple):
    """All levels as one: the tasks and parts of the first, then those of the second, and so on; fields as in `Level` and
    `Cut`. `child[k]` is the task that cuts part k again."""

    draft: I64
    text_at: I64
    text: I64
    of_at: I64
    of: I64
    part_at: I64
    kind: U8
    first: I64
    last: I64
    child: I64
    border_at: I64
    border: I64
    same: I64


class Parts(NamedTuple):
    """The parts of drafts: draft d has the parts `at[d]:at[d + 1]`, of the kinds `kind`.

    `fixed[first[k]:last[k]]` are the places of the characters of its fixed text. Its j-th part begins in its t-th text at
    character `border[row[d] + j * texts + t]`, and the row behind the last says where the texts end; `other`, of the same
    shape, says which texts word a fixed part otherwise. The type of a slot is told by the texts
    `told[told_at[k]:told_at[k + 1]]`.
    """

    at: I64
    kind: U8
    first: I64
    last: I64
    fixed: I64
    row: I64
    border: I64
    other: Bool
    told_at: I64
    told: I64


def tree_of(found: Sequence[tuple[Level, Cut]]) -> Tree:
    """The levels as one."""
    kind = np.concatenate([cut.kind for _, cut in found])
    child = np.full(len(kind), -1, dtype=np.int64)
    deeper = np.flatnonzero(kind == DEEPER)
    child[deeper] = len(found[0][0].draft) + np.arange(len(deeper))
    return Tree(
        np.concatenate([level.draft for level, _ in found]),
        _behind([level.at for level, _ in found]),
        np.concatenate([level.text for level, _ in found]),
        _behind([level.of_at for level, _ in found]),
        np.concatenate([level.of for level, _ in found]),
        _behind([cut.at for _, cut in found]),
        kind,
        np.concatenate([cut.first for _, cut in found]),
        np.concatenate([cut.last for _, cut in found]),
        child,
        _behind([cut.border_at for _, cut in found]),
        np.concatenate([cut.border for _, cut in found]),
        np.concatenate([cut.same for _, cut in found]),
    )


def _behind(offsets: Sequence[I64]) -> I64:
    """Offsets one behind the other."""
    return ranges(np.concatenate([np.diff(one) for one in offsets]))


def empty_tree() -> Tree:
    """The tree of drafts that have one text each."""
    none, zero = np.zeros(0, dtype=np.int64), np.zeros(1, dtype=np.int64)
    return Tree(
        none, zero, none, zero, none, zero, np.zeros(0, dtype=np.uint8), none, none, none, zero, none, none
    )


@kernel
def parts_of(sheet: Sheet, tree: Tree) -> Parts:
    """The parts of every draft in order; those of a draft of one text are one, its text."""
    root, row, most = _room(sheet, tree)
    at, told_at = np.zeros(len(root) + 1, np.int64), np.zeros(most + 1, np.int64)
    source, told = np.full(most, -1, np.int64), np.empty(len(tree.border), np.int64)
    border = np.empty(row[-1], np.int64)
    first, last = np.empty(most, np.int64), np.empty(most, np.int64)
    size = 0
    for draft in range(len(root)):
        a, b = sheet.text_at[draft], sheet.text_at[draft + 1]
        before = size
        if root[draft] < 0:
            border[row[draft]] = first[size] = sheet.char_at[a]
            last[size] = sheet.char_at[a + 1]
            told_at[size + 1] = told_at[size]
            size += 1
        else:
            own = border[row[draft] : row[draft + 1]]
            size = _walked(sheet, tree, root[draft], a, b, own, size, source, told_at, told)
        final = row[draft] + (size - before) * (b - a)
        border[final : final + b - a] = sheet.char_at[a + 1 : b + 1]
        at[draft + 1] = size
    kind = np.zeros(size, np.uint8)
    for part in range(size):
        if source[part] >= 0:
            kind[part] = tree.kind[source[part]]
            first[part], last[part] = tree.first[source[part]], tree.last[source[part]]
    return Parts(
        at,
        kind,
        first[:size],
        last[:size],
        np.zeros(0, np.int64),
        row,
        border,
        np.zeros(0, np.bool_),
        told_at[: size + 1],
        told,
    )


@kernel
def _room(sheet: Sheet, tree: Tree) -> tuple[I64, I64, int]:
    """The first task of each draft (-1 where it has none), where the rows of its parts begin, and how many parts there are at
    most."""
    drafts = len(sheet.medoid)
    root, most = np.full(drafts, -1, np.int64), np.ones(drafts, np.int64)
    for task in range(len(tree.draft) - 1, -1, -1):
        root[tree.draft[task]] = task
        most[tree.draft[task]] += tree.part_at[task + 1] - tree.part_at[task]
    row, parts = np.zeros(drafts + 1, np.int64), 0
    for draft in range(drafts):
        row[draft + 1] = row[draft] + (most[draft] + 1) * (sheet.text_at[draft + 1] - sheet.text_at[draft])
        parts += most[draft]
    return root, row, parts


@kernel
def _walked(
    sheet: Sheet,
    tree: Tree,
    root: int,
    a: int,
    b: int,
    border: I64,
    size: int,
    source: I64,
    told_at: I64,
    told: I64,
) -> int:
    """Put down the parts of the draft of the texts `[a, b)` behind the `size` parts before it, those of deeper tasks where
    these belong; how many there are then."""
    member, begin = np.empty((_DEPTH, b - a), np.int64), np.empty((_DEPTH, b - a), np.int64)
    task, place = np.empty(_DEPTH, np.int64), np.empty(_DEPTH, np.int64)
    task[0], place[0] = root, tree.part_at[root]
    member[0], begin[0] = np.arange(b - a), sheet.unit_at[a:b]
    depth, out = 0, 0
    while depth >= 0:
        part = place[depth]
        if part == tree.part_at[task[depth] + 1]:
            depth -= 1
            continue
        place[depth] += 1
        head = begin[depth] + tree.border[tree.border_at[part] + member[depth]]
        if tree.kind[part] == DEEPER:
            child = tree.child[part]
            member[depth + 1] = tree.of[tree.of_at[child] + member[depth]]
            begin[depth + 1] = head
            task[depth + 1], place[depth + 1] = child, tree.part_at[child]
            depth += 1
            continue
        border[out : out + b - a] = sheet.begin[head]
        out += b - a
        source[size], told_at[size + 1] = part, told_at[size]
        if tree.kind[part] != FIXED:
            told_at[size + 1] += _tellers(tree, task[depth], part, told[told_at[size] :])
        size += 1
    return size


@kernel
def _tellers(tree: Tree, task: int, part: int, told: I64) -> int:
    """Put down the texts that tell the type of a part, and say how many they are."""
    size = 0
    for n in range(tree.border_at[part + 1] - tree.border_at[part]):
        if tree.same[tree.border_at[part] + n] == n:
            told[size] = tree.text[tree.text_at[task] + n]
            size += 1
    return size


@kernel
def words_otherwise(codes: I32, low: int, high: int, fixed: I64) -> bool:
    """Whether the characters `low:high` are other than those at the places `fixed`."""
    if high - low != len(fixed):
        return True
    for n in range(len(fixed)):
        if codes[low + n] != codes[fixed[n]]:
            return True
    return False


@kernel
def merged_frame(sheet: Sheet, parts: Parts) -> tuple[Parts, Bool]:
    """Neighbouring fixed parts that the same texts word otherwise are one; so is a word with what few members add to
    it. And which parts enough members word otherwise to ask whether they are slots after all."""
    room = 0
    for part in range(len(parts.kind)):
        room += parts.last[part] - parts.first[part] if parts.kind[part] == FIXED else 0
    found = Parts(
        np.zeros_like(parts.at),
        np.empty_like(parts.kind),
        np.empty_like(parts.first),
        np.empty_like(parts.last),
        np.empty(room, np.int64),
        parts.row,
        np.empty_like(parts.border),
        np.zeros(len(parts.border), np.bool_),
        parts.told_at,
        parts.told,
    )
    source, asked = np.empty(len(parts.kind), np.int64), np.zeros(len(parts.kind), np.bool_)
    used = 0
    for draft in range(len(parts.at) - 1):
        used = _merged_draft(sheet, parts, draft, found, source, used)
        _ask(sheet, found, draft, asked)
    size = found.at[-1]
    told_at, told = _told_of(parts, source[:size])
    return Parts(
        found.at,
        found.kind[:size],
        found.first[:size],
        found.last[:size],
        found.fixed,
        found.row,
        found.border,
        found.other,
        told_at,
        told,
    ), asked[:size]


@kernel
def _merged_draft(sheet: Sheet, parts: Parts, draft: int, found: Parts, source: I64, used: int) -> int:
    """Put down the parts of a draft, and those they were (`source`); how many characters of fixed text there are then."""
    a, b = sheet.text_at[draft], sheet.text_at[draft + 1]
    texts, head = b - a, found.at[draft]
    size, row = head, parts.row[draft]
    here, there = np.zeros(texts, np.bool_), np.zeros(texts, np.bool_)
    for part in range(parts.at[draft], parts.at[draft + 1]):
        place = parts.row[draft] + (part - parts.at[draft]) * texts
        low, high = parts.border[place : place + texts], parts.border[place + texts : place + 2 * texts]
        plain, begun = parts.kind[part] == FIXED, used
        if plain:
            for n in range(parts.first[part], parts.last[part]):
                found.fixed[used] = n
                used += 1
            for n in range(texts):
                here[n] = words_otherwise(sheet.characters.code, low[n], high[n], found.fixed[begun:used])
            goes_on = size > head and found.kind[size - 1] == FIXED
            if goes_on and _joined(sheet, found, size - 1, row - texts, high, here, there, begun, used):
                continue
            found.other[row : row + texts] = here
            there[:] = here
        found.kind[size], found.first[size], found.last[size], source[size] = (
            parts.kind[part],
            begun,
            used,
            part,
        )
        found.border[row : row + texts] = low
        size, row = size + 1, row + texts
    found.border[row : row + texts] = sheet.char_at[a + 1 : b + 1]
    found.at[draft + 1] = size
    return used


@kernel
def _joined(
    sheet: Sheet,
    found: Parts,
    part: int,
    row: int,
    high: I64,
    here: Bool,
    there: Bool,
    begun: int,
    used: int,
) -> bool:
    """Make frame, which the texts `here` word otherwise, one with the part before it, which those `there` do, if it is."""
    same = True
    for n in range(len(here)):
        same &= here[n] == there[n]
    if begun != used and found.last[part] != found.first[part] and not same:
        return False
    found.last[part] = used
    fixed = found.fixed[found.first[part] : used]
    for n in range(len(here)):
        told = found.other[row + n] or here[n]
        found.other[row + n] = told and words_otherwise(
            sheet.characters.code, found.border[row + n], high[n], fixed
        )
        if not same:
            there[n] = found.other[row + n]
    return True


@kernel
def _ask(sheet: Sheet, found: Parts, draft: int, asked: Bool) -> None:
    """Mark the fixed parts of a draft that enough members word otherwise."""
    a, b = sheet.text_at[draft], sheet.text_at[draft + 1]
    total, row = 0, found.row[draft]
    for n in range(a, b):
        total += sheet.weight[n]
    for part in range(found.at[draft], found.at[draft + 1]):
        away = 0
        for n in range(b - a):
            away += sheet.weight[a + n] if found.other[row + n] else 0
        filled = found.kind[part] == FIXED and found.last[part] > found.first[part]
        asked[part] = filled and away > 0 and away >= _SOME * total
        row += b - a


@kernel
def _told_of(parts: Parts, source: I64) -> tuple[I64, I64]:
    """The texts that tell the types of chosen parts."""
    at = np.zeros(len(source) + 1, np.int64)
    for n in range(len(source)):
        at[n + 1] = at[n] + parts.told_at[source[n] + 1] - parts.told_at[source[n]]
    told = np.empty(at[-1], np.int64)
    for n in range(len(source)):
        told[at[n] : at[n + 1]] = parts.told[parts.told_at[source[n]] : parts.told_at[source[n] + 1]]
    return at, told


@kernel
def merged_slots(sheet: Sheet, parts: Parts, filled: I64) -> tuple[Parts, I64]:
    """Slots side by side are one, told by all texts. `filled[k]` is the type of a part where that is known, else -1; so it
    is of what is left."""
    at, size = np.zeros_like(parts.at), 0
    source, types = np.empty(len(parts.kind), np.int64), np.empty(len(parts.kind), np.int64)
    many = np.zeros(len(parts.kind), np.bool_)
    for draft in range(len(at) - 1):
        texts, head = sheet.text_at[draft + 1] - sheet.text_at[draft], size
        row = parts.row[draft]
        for part in range(parts.at[draft], parts.at[draft + 1]):
            if size > head and parts.kind[part] == SLOT and parts.kind[source[size - 1]] == SLOT:
                types[size - 1], many[size - 1] = -1, True
                continue
            place = parts.row[draft] + (part - parts.at[draft]) * texts
            parts.border[row : row + texts] = parts.border[place : place + texts]
            parts.other[row : row + texts] = parts.other[place : place + texts]
            source[size], types[size] = part, filled[part]
            size, row = size + 1, row + texts
        parts.border[row : row + texts] = sheet.char_at[
            sheet.text_at[draft] + 1 : sheet.text_at[draft + 1] + 1
        ]
        at[draft + 1] = size
    source = source[:size]
    told_at, told = _told_of(parts, source)
    told_at, told = _told_by_all(sheet, at, told_at, told, many)
    return Parts(
        at,
        parts.kind[source],
        parts.first[source],
        parts.last[source],
        parts.fixed,
        parts.row,
        parts.border,
        parts.other,
        told_at,
        told,
    ), types[:size]


@kernel
def _told_by_all(sheet: Sheet, at: I64, told_at: I64, told: I64, many: Bool) -> tuple[I64, I64]:
    """The same, but that of some parts all texts tell the type."""
    found_at = np.zeros_like(told_at)
    for draft in range(len(at) - 1):
        texts = sheet.text_at[draft + 1] - sheet.text_at[draft]
        for part in range(at[draft], at[draft + 1]):
            found_at[part + 1] = found_at[part] + (texts if many[part] else told_at[part + 1] - told_at[part])
    found = np.empty(found_at[-1], np.int64)
    for draft in range(len(at) - 1):
        for part in range(at[draft], at[draft + 1]):
            for n in range(found_at[part + 1] - found_at[part]):
                found[found_at[part] + n] = (
                    sheet.text_at[draft] + n if many[part] else told[told_at[part] + n]
                )
    return found_at, found
