"""Where each record stands and what it is called, as flat arrays: a million ids are bytes one after the other."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from typing import Any

import numpy as np

from reuse.arrays import I64
from reuse.reading.gathering import FoundFile
from reuse.reporting.coding import json_text


class Register:
    """File, number and id of every record, in input order."""

    def __init__(self, files: Sequence[FoundFile]) -> None:
        self._files = files
        self._file = array("q")
        self._number = array("q")
        self._ids = bytearray()
        self._ends = array("q", [0])

    def __len__(self) -> int:
        return len(self._number)

    def add(self, file: int, number: int, identity: Any) -> None:
        """Enter a record of the file with index `file`."""
        self._file.append(file)
        self._number.append(number)
        if identity is not None:
            self._ids += json_text(identity).encode()
        self._ends.append(len(self._ids))

    def place(self, record: int) -> str:
        """The file and the number in it: `corpus.jsonl#17`."""
        return f"{self._files[self._file[record]].name}#{self._number[record]}"

    def identity(self, record: int) -> Any:
        """The id as it was given, or the place for want of one."""
        text = self._ids[self._ends[record] : self._ends[record + 1]]
        return json.loads(text) if text else self.place(record)

    def numbers(self, file: int, chosen: I64) -> I64:
        """The numbers that records `chosen` (ascending) have in the file with index `file`: int64, ascending."""
        owner = np.frombuffer(self._file, dtype=np.int64)
        numbers: I64 = np.frombuffer(self._number, dtype=np.int64)[chosen[owner[chosen] == file]]
        return numbers
