"""Columns that are read as a sequence of values: each is made when it is asked for, so that millions never stand in memory."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class ColumnTable(Sequence[T]):
    """A sequence of `_value(0)` to `_value(len(self) - 1)`, equal to any sequence of the same values."""

    __slots__ = ()

    @abstractmethod
    def _value(self, n: int) -> T:
        """The value of row n, which is not negative."""

    def __iter__(self) -> Iterator[T]:
        return map(self._value, range(len(self)))

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> list[T]: ...
    def __getitem__(self, place: int | slice) -> T | list[T]:
        chosen = range(len(self))[place]
        return [self._value(n) for n in chosen] if isinstance(chosen, range) else self._value(chosen)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # equal to lists and tuples, of which lists have none
