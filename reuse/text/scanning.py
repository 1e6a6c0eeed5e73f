"""The one pass over code points that makes symbols of them (compiled)."""

from __future__ import annotations

import numpy as np

from reuse.arrays import I64, U8, U16, U32, kernel
from reuse.text import alphabet as classes
from reuse.text.flags import CLAUSE, CUT, GAP, JOIN, PARAGRAPH, QUOTED, REMOVED, SENTENCE, SLOT, TITLE

_IDEOGRAPH = classes.IDEOGRAPH
_LETTER = classes.LETTER
_DIGIT = classes.DIGIT
_PLACEHOLDER = classes.PLACEHOLDER
_CLAUSE_END = classes.CLAUSE_END
_SENTENCE_END = classes.SENTENCE_END
_LINE_END = classes.LINE_END
_OPEN_QUOTE = classes.OPEN_QUOTE
_CLOSE_QUOTE = classes.CLOSE_QUOTE
_STRAIGHT_QUOTE = classes.STRAIGHT_QUOTE
_OPEN_TITLE = classes.OPEN_TITLE
_CLOSE_TITLE = classes.CLOSE_TITLE
_POINT = classes.POINT
_NUMERAL = classes.NUMERAL
_JOINT = classes.JOINT
_BLANK = classes.BLANK

_CUT, _JOIN, _REMOVED = CUT, JOIN, REMOVED
_BREAK = CLAUSE | SENTENCE | PARAGRAPH

_LOWER_X = ord("x")
_SHI, _YAO, _DI, _QI = ord("是"), ord("要"), ord("第"), ord("其")
_ENUMERATION_COMMA = ord("、")
_CLOSING_BRACKETS = (ord(")"), ord("）"))

# Symbols of words: the first half from the private-use plane and the rare symbols below Thai, the second half below it;
# no ideograph lives there. 2^12 x 2^11 pairs a hash: two of 10,000 words collide with p = .00001 a pair, and a
# collision alone makes no match: four symbols in a row are needed.
_FIRST_HALF, _FIRST_BITS = classes.FIRST_HALF, 12
_SECOND_HALF, _SECOND_BITS = 0x0100, 11


# What the scan knows at each moment: symbols written, flags for the next symbol, whether a unit opens,
# inside quotes, inside a title.
_WRITTEN, _PENDING, _OPENING, _QUOTED_NOW, _TITLED_NOW = range(5)


@kernel
def scan(
    codes: U32,
    marks: U8,
    origin: I64,
    ends: I64,
    shifts: I64,
    kind: U8,
    folded: U32,
    opens_unit: bool,
) -> tuple[U16, U32, U32, U8, I64]:
    """Symbols, source start, source end, flags and document offsets of documents laid end to end.

    `codes` and `marks` hold all documents; `ends[d]` is where document d ends in them, `origin` maps them to positions before
    expansion, and `origin - shifts[d]` are positions in d's source.
    """
    size = len(codes) + 1 + _outside_basic_plane(codes, folded)
    symbols, flags = np.empty(size, np.uint16), np.empty(size, np.uint8)
    start, end = np.empty(size, np.uint32), np.empty(size, np.uint32)
    bounds = np.zeros(len(ends) + 1, np.int64)
    state = np.zeros(5, np.int64)
    i = 0
    for d in range(len(ends)):
        last = ends[d]
        shift = shifts[d]
        state[1:] = 0
        if opens_unit:
            state[_PENDING], state[_OPENING] = _BREAK, 1
        while i < last:
            mark = marks[i]
            if mark & _CUT:
                _break_paragraph(state)
            if mark & _REMOVED:
                i += 1
                continue
            k = kind[codes[i]]
            skip = _mark_length(codes, marks, kind, i, last, k) if state[_OPENING] else 0
            if skip:
                state[_PENDING] |= GAP
                i += skip
            elif k in (_IDEOGRAPH, _NUMERAL):
                at = origin[i] - shift
                glyph = folded[codes[i]]
                if glyph >= 0x10000:
                    _write(symbols, start, end, flags, state, 0xD800 + ((glyph - 0x10000) >> 10), at, at + 1)
                    glyph = 0xDC00 + ((glyph - 0x10000) & 0x3FF)
                _write(symbols, start, end, flags, state, glyph, at, at + 1)
                i += 1
            elif k == _LETTER:
                stop, value, letters, blank = _word(codes, marks, kind, folded, i, last)
                if blank:
                    state[_PENDING] |= SLOT | GAP
                elif letters > 0:
                    at, until = origin[i] - shift, origin[stop - 1] - shift + 1
                    half = _FIRST_HALF + (value & ((1 << _FIRST_BITS) - 1))
                    _write(symbols, start, end, flags, state, half, at, until)
                    half = _SECOND_HALF + ((value >> _FIRST_BITS) & ((1 << _SECOND_BITS) - 1))
                    if letters > 1:
                        _write(symbols, start, end, flags, state, half, at, until)
                i = stop
            else:
                _pass_over(codes, kind, i, last, k, mark, state)
                i += 1
        bounds[d + 1] = state[_WRITTEN]
    n = state[_WRITTEN]
    return symbols[:n].copy(), start[:n].copy(), end[:n].copy(), flags[:n].copy(), bounds


@kernel
def _outside_basic_plane(codes: U32, folded: U32) -> int:
    """How many characters are two symbols."""
    count = 0
    for code in codes:
        count += folded[code] >= 0x10000
    return count


@kernel
def _write(
    symbols: U16, start: U32, end: U32, flags: U8, state: I64, symbol: int, at: int, until: int
) -> None:
    n = state[_WRITTEN]
    symbols[n], start[n], end[n] = symbol, at, until
    flags[n] = state[_PENDING] | state[_QUOTED_NOW] | state[_TITLED_NOW]
    state[_WRITTEN] = n + 1
    state[_PENDING], state[_OPENING] = 0, 0


@kernel
def _break_paragraph(state: I64) -> None:
    state[_PENDING] |= _BREAK | GAP
    state[_OPENING], state[_QUOTED_NOW], state[_TITLED_NOW] = 1, 0, 0


@kernel
def _pass_over(codes: U32, kind: U8, i: int, last: int, k: int, mark: int, state: I64) -> None:
    """Take note of a character that is not compared."""
    if k == _LINE_END:
        if not mark & _JOIN:
            _break_paragraph(state)
        return
    state[_PENDING] |= GAP
    if k in (_DIGIT, _PLACEHOLDER):
        state[_PENDING] |= SLOT
    elif k == _CLAUSE_END:
        state[_PENDING] |= CLAUSE
        state[_OPENING] = 1
    elif k == _SENTENCE_END or (k == _POINT and _ends_sentence(codes, kind, i, last)):
        state[_PENDING] |= CLAUSE | SENTENCE
        state[_OPENING] = 1
    elif k == _OPEN_QUOTE:
        state[_QUOTED_NOW] = QUOTED
    elif k == _CLOSE_QUOTE:
        state[_QUOTED_NOW] = 0
    elif k == _STRAIGHT_QUOTE:
        state[_QUOTED_NOW] = QUOTED - state[_QUOTED_NOW]
    elif k == _OPEN_TITLE:
        state[_TITLED_NOW] = TITLE
    elif k == _CLOSE_TITLE:
        state[_TITLED_NOW] = 0


@kernel
def widen(codes: U32, kind: U8, marks: U8, spans: I64, owner: I64, offsets: I64, sources: I64) -> None:
    """Widen paragraph spans, in place, to what else is visible around them: marks before, a full stop or bracket behind.

    `spans` (rows of source start and end, in text order) belong to the documents `owner`, which begin at `offsets` in `codes` and
    at `sources` in their sources.
    """
    for k in range(len(spans)):
        d = owner[k]
        shift = offsets[d] - sources[d]
        first, last = spans[k, 0] + shift, spans[k, 1] + shift
        floor, ceiling = offsets[d], offsets[d + 1]
        if k > 0 and owner[k - 1] == d:
            floor = spans[k - 1, 1] + shift
        if k + 1 < len(spans) and owner[k + 1] == d:
            ceiling = spans[k + 1, 0] + shift
        at = first
        while (
            at > floor
            and not marks[at] & _CUT
            and not marks[at - 1] & _REMOVED
            and kind[codes[at - 1]] != _LINE_END
        ):
            at -= 1
            if kind[codes[at]] != _BLANK:
                first = at
        at = last
        while at < ceiling and not marks[at] & (_CUT | _REMOVED) and kind[codes[at]] != _LINE_END:
            if kind[codes[at]] != _BLANK:
                last = at + 1
            at += 1
        spans[k, 0], spans[k, 1] = first - shift, last - shift


@kernel
def _word(codes: U32, marks: U8, kind: U8, folded: U32, i: int, last: int) -> tuple[int, int, int, bool]:
    """A word from `i`: where it ends, its hash (FNV-1a, finished), its letters, whether it is a placeholder (X, XX)."""
    value = np.uint64(0xCBF29CE484222325)
    letters = 0
    crosses = 0
    while i < last and not marks[i] & (_REMOVED | _CUT):
        k = kind[codes[i]]
        if (
            k == _JOINT
            and letters > 0
            and i + 1 < last
            and kind[codes[i + 1]] == _LETTER
            and not marks[i + 1]
        ):
            i += 1
            continue
        if k != _LETTER:
            break
        letter = folded[codes[i]]
        value = (value ^ np.uint64(letter)) * np.uint64(0x100000001B3)
        letters += 1
        if letter == _LOWER_X:
            crosses += 1
        i += 1
    if letters == 0:
        i += 1
    value ^= value >> np.uint64(32)
    value *= np.uint64(0xD6E8FEB86659FD93)
    value ^= value >> np.uint64(32)
    return i, int(value & np.uint64(0x7FFFFFFF)), letters, letters > 0 and crosses == letters


@kernel
def _ends_sentence(codes: U32, kind: U8, i: int, last: int) -> bool:
    if i + 1 >= last:
        return True
    after = kind[codes[i + 1]]
    return after not in (_LETTER, _DIGIT, _POINT)


@kernel
def _numerals(codes: U32, kind: U8, i: int, last: int) -> int:
    n = 0
    while i + n < last and n < 4 and kind[codes[i + n]] == _NUMERAL:
        n += 1
    return n


@kernel
def _mark_length(codes: U32, marks: U8, kind: U8, i: int, last: int, k: int) -> int:
    """How many characters of an enumeration mark stand at `i`, where a unit opens; 0 if none."""
    if k == _NUMERAL:
        return _enumeration(codes, marks, kind, i, last)
    if k == _IDEOGRAPH and (codes[i] == _DI or codes[i] == _QI):
        return _ordinal(codes, kind, i, last)
    return 0


@kernel
def _enumeration(codes: U32, marks: U8, kind: U8, i: int, last: int) -> int:
    """How many characters of an enumeration mark stand at `i`, where a unit opens: 一、 一. 一) 一是 一要; 0 if none."""
    n = _numerals(codes, kind, i, last)
    if i + n >= last or marks[i + n] & _REMOVED:
        return 0
    after = codes[i + n]
    if after == _ENUMERATION_COMMA or after == _CLOSING_BRACKETS[0] or after == _CLOSING_BRACKETS[1]:
        return n + 1
    if kind[after] == _POINT:
        return n + 1
    if n == 1 and after == _SHI:
        return 2
    if n == 1 and after == _YAO:
        return 1
    return 0


@kernel
def _ordinal(codes: U32, kind: U8, i: int, last: int) -> int:
    """第一， and 其一： where a unit opens; 第一书记 is text, for no punctuation follows."""
    n = _numerals(codes, kind, i + 1, last)
    if n == 0 or i + 1 + n >= last:
        return 0
    after = codes[i + 1 + n]
    if after == _ENUMERATION_COMMA or kind[after] == _CLAUSE_END:
        return n + 2
    return 0
