"""The texts of documents as code points, from which spans are written without a Python value each.

Half of every line of a match is text of its two spans: cut out as strings, joined and encoded again, these were half the time
that writing the matches took.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reuse.arrays import I32, I64, U32
from reuse.model import Document
from reuse.reporting.cells import Cells, quoted, quoted_codes, rows
from reuse.text.comparable import code_points


@dataclass(frozen=True, slots=True, eq=False)
class SourceTexts:
    """`heads`: how a span of each of `documents` begins, up to its start; `codes` (uint32): the code points of all end to end;
    `base` (int64): what to add to a source position of each document to find it there."""

    documents: Sequence[Document]
    heads: Cells
    codes: U32
    base: I64

    @classmethod
    def of(cls, documents: Sequence[Document]) -> SourceTexts:
        """The texts of these documents, four bytes a code point."""
        codes, offsets = code_points(documents)
        starts = np.array([document.start for document in documents], dtype=np.int64)
        return cls(documents, heads_of(documents), codes, offsets[:-1] - starts)

    def quoted(self, numbers: I32 | I64, span: I32 | I64) -> Cells:
        """What stands in spans (source positions, shape (n, 2)) of some documents, as JSON strings."""
        places = span + self.base[numbers][:, None]
        return quoted_codes(self.codes, places[:, 0].copy(), places[:, 1].copy())


def heads_of(documents: Sequence[Document]) -> Cells:
    """How a span of each of some documents begins, up to its start."""
    return rows(
        b'{"document": ',
        quoted([document.id for document in documents]),
        b', "source": ',
        quoted([document.source for document in documents]),
        b', "start": ',
    )
