"""Families as JSON: whole columns at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from reuse.families.chronology import RESTS_ON
from reuse.families.family_columns import FIXED_TYPE, LABELS, FamilyColumns
from reuse.families.table import FamilyTable
from reuse.match_table import KINDS, LEVELS, SLOT_TYPES
from reuse.reporting.cells import Cells, appended, chosen, listed, plain, quoted, quoted_codes, rows, whole
from reuse.reporting.coding import json_text
from reuse.reporting.columns import ids_of, match_ids, span_parts
from reuse.reporting.source_texts import SourceTexts


def family_rows(table: FamilyTable, texts: SourceTexts, first: int, last: int) -> Cells:
    """The lines of the families `first` to before `last`, given the texts of their documents."""
    heads, columns = table.part(first, last)
    members = rows(*span_parts(texts, columns.member[:, 0], columns.member[:, 1:]))
    return rows(
        b'{"id": "f',
        whole(np.arange(first + 1, last + 1), 5),
        b'", "kind": ',
        chosen(quoted(KINDS), heads.kind),
        b', "level": ',
        chosen(quoted(LEVELS), heads.level),
        b', "size": ',
        whole(np.diff(columns.member_at)),
        b', "documents": ',
        whole(heads.documents),
        b', "members": ',
        listed(members, columns.member_at),
        b', "template": ',
        listed(_parts(texts, columns), columns.part_at),
        b', "first": {"document": ',
        ids_of(table.documents, heads.first),
        b', "basis": ',
        chosen(quoted(RESTS_ON), heads.basis),
        b'}, "weakest": ',
        match_ids(table.matches, heads.weakest),
        b', "notes": ',
        _notes(columns.notes),
        b"}\n",
    )


def _parts(texts: SourceTexts, columns: FamilyColumns) -> Cells:
    """The parts of all templates: fixed text, with fillers where members word it otherwise; and slots."""
    places = columns.filler
    fillers = rows(
        b'{"document": ',
        ids_of(texts.documents, places[:, 0]),
        b', "text": ',
        texts.quoted(places[:, 0], places[:, 1:]),
        b', "start": ',
        whole(places[:, 1]),
        b', "end": ',
        whole(places[:, 2]),
        b"}",
    )
    fixed, told = columns.type == FIXED_TYPE, np.diff(columns.filler_at) > 0
    few = np.repeat(np.diff(columns.member_at) == 2, np.diff(columns.part_at))
    everywhere = np.arange(len(fixed))
    frame = quoted_codes(columns.fixed.view(np.uint32), columns.fixed_at[:-1], columns.fixed_at[1:])
    types = plain([f', "type": "{name}", "fillers": ' for name in SLOT_TYPES])
    between = appended(appended(types, b', "fillers": '), b"")
    closing = plain(["}", ', "tentative": false}', ', "tentative": true}'])
    return rows(
        chosen(plain(['{"slot": ', '{"fixed": ']), fixed.astype(np.uint8)),
        chosen(
            appended(frame, _names(columns)),
            np.where(fixed, everywhere, len(fixed) + everywhere),
        ),
        chosen(between, np.where(fixed, len(SLOT_TYPES) + ~told, columns.type)),
        chosen(appended(listed(fillers, columns.filler_at), b""), np.where(fixed & ~told, -1, everywhere)),
        chosen(closing, np.where(fixed, 0, 1 + few)),
    )


def _names(columns: FamilyColumns) -> Cells:
    """The names of slots."""
    label, number = columns.slot_names
    return rows(
        b'"',
        chosen(plain([*LABELS, ""]), label),
        chosen(appended(whole(number), b""), np.where(number > 0, np.arange(len(number)), -1)),
        b'"',
    )


def _notes(notes: Sequence[Sequence[Mapping[str, Any]]]) -> Cells:
    """The notes on each family; most have none."""
    held = [n for n, some in enumerate(notes) if some]
    place = np.full(len(notes), -1)
    place[held] = np.arange(len(held))
    return chosen(appended(plain([json_text(notes[n]) for n in held]), b"[]"), place)
