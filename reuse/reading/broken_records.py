"""What a table tells of records that cannot be used: one by one up to a limit, and once where no record has a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from reuse.model import Skipped, UnreadableError

T = TypeVar("T")

MOST_SKIPPED = 1000
"""Broken records of one table that are told of one by one; the rest are counted."""


def told_once(name: str, items: Iterable[T | Skipped]) -> Iterator[T | Skipped]:
    """What a table gives, with what its broken records amount to (see `_Told`)."""
    told = _Told(name)
    try:
        for item in items:
            yield from told.pass_on(item)
    except UnreadableError:
        yield from told.rest()
        raise
    yield from told.rest()


class _Told:
    """What a table tells of its broken records: one by one, but once only where no record has a text."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._waiting: list[Skipped] = []
        self._skipped = 0
        self._read = False

    def pass_on(self, item: T | Skipped) -> Iterator[T | Skipped]:
        """What to tell now that `item` has come: skipped records wait until a good one is seen."""
        if isinstance(item, Skipped):
            self._skipped += 1
            if self._skipped <= MOST_SKIPPED:
                self._waiting.append(item)
        else:
            self._read = True
        if self._read:
            yield from self._waiting
            self._waiting = []
        if not isinstance(item, Skipped):
            yield item

    def rest(self) -> Iterator[Skipped]:
        """What is left to tell at the end."""
        reasons = {item.reason for item in self._waiting}
        if not self._read and self._skipped > 1 and reasons == {"no-text"}:
            message = f"has {self._skipped} records and none with a text in a field `text`; rename the one that holds the texts"
            yield Skipped(self._name, "no-text-column", message)
            return
        yield from self._waiting
        if self._skipped > MOST_SKIPPED:
            yield Skipped(
                self._name, "bad-records", f"{self._skipped - MOST_SKIPPED} more records cannot be used"
            )
