"""Values of the model as plain JSON values, and back with a check of every type.

Both directions are derived from the dataclasses, so that a field added to the model is written and read
without a second list of names; the order of the fields is the order of the contract.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
import math
import re
import types
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from reuse.model import TemplatePart

Decoder = Callable[[Any], Any]
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class DecodingError(ValueError):
    """A plain value does not have the shape its place asks for; `where` grows outward as the error rises."""

    def __init__(self, expected: str, found: Any, where: str = "") -> None:
        super().__init__(expected, found, where)
        self.expected = expected
        self.found = found
        self.where = where

    def __str__(self) -> str:
        place = f"at `{self.where}`: " if self.where else ""
        return f"{place}expected {self.expected}, found {_shown(self.found)}"

    def inside(self, place: str) -> DecodingError:
        """The same error seen from one level further out."""
        joint = "" if not self.where or self.where.startswith("[") else "."
        return DecodingError(self.expected, self.found, f"{place}{joint}{self.where}")


def json_text(value: Any, *, replace_lone: bool = False, **layout: Any) -> str:
    """`value` as JSON, every character as it is but for lone surrogates, which UTF-8 does not have.

    They become escapes, or U+FFFD with `replace_lone`. `layout` is passed on to `json.dumps`.
    """
    try:
        text = json.dumps(value, default=_one_level, ensure_ascii=False, allow_nan=False, **layout)
    except (TypeError, ValueError):
        # NaN, or keys that are no text: only then is it worth looking at every value (30 times as slow).
        text = json.dumps(encode(value), ensure_ascii=False, allow_nan=False, **layout)
    if replace_lone:
        return LONE_SURROGATE.sub("\ufffd", text)
    return LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def encode(value: Any) -> Any:
    """A value of the model as dicts, lists and scalars; dates become ISO text, NaN and infinity null."""
    if value is None or type(value) in (str, bool, int):
        return value
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, str | int):
        return str(value) if isinstance(value, str) else int(value)
    if isinstance(value, Mapping):
        return {str(key): encode(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [encode(item) for item in value]
    return encode(_one_level(value))


def decoder(kind: Any) -> Decoder:
    """A function from plain values to values of type `kind`; it raises DecodingError on anything else."""
    return _decoder(kind)


def _one_level(value: Any) -> Any:
    """What JSON has no form for as something it has one for, one level deep: records of the model, and what metadata
    of tables brings along: numpy scalars and arrays, dates, sets, anything else as text."""
    if isinstance(value, TemplatePart):
        return _part_fields(value)
    if isinstance(value, Sequence):
        return list(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: getattr(value, name) for name in _field_names(type(value))}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, datetime.date | datetime.time) and str(value) != "NaT":
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    if hasattr(value, "tolist"):  # numpy scalars and arrays, without importing numpy
        return value.tolist()
    # pandas.NaT and pandas.NA print so; nothing else of theirs can be asked without importing pandas
    return None if str(value) in ("NaT", "<NA>") else str(value)


def _part_fields(part: TemplatePart) -> dict[str, Any]:
    """A template part is either fixed text or a slot; the fields of the other are left out. Fixed text keeps what
    single members put in its place, where any do: without it a member cannot be rebuilt."""
    if part.fixed is not None:
        return {"fixed": part.fixed} | ({"fillers": part.fillers} if part.fillers else {})
    return {name: getattr(part, name) for name in _field_names(TemplatePart) if name != "fixed"}


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


@cache
def _decoder(kind: Any) -> Decoder:
    if kind is Any:
        return lambda value: value
    origin = get_origin(kind)
    if origin is Literal:
        return _choice(get_args(kind))
    if origin in (Union, types.UnionType):
        return _optional(kind)
    if origin is tuple or (isinstance(kind, type) and issubclass(kind, tuple)):
        return _tuple_decoder(kind)
    if origin is Sequence:
        return _sequence(_decoder(get_args(kind)[0]))
    if origin is not None and issubclass(origin, Mapping):
        return _scalar((dict,), "an object")
    if dataclasses.is_dataclass(kind):
        return _record(kind)
    return _scalars()[kind]


def _scalars() -> dict[Any, Decoder]:
    return {
        str: _scalar((str,), "text"),
        bool: _scalar((bool,), "true or false"),
        int: _scalar((int,), "a whole number"),
        float: _scalar((float, int), "a number"),
    }


def _scalar(accepted: tuple[type, ...], expected: str) -> Decoder:
    def decode(value: Any) -> Any:
        if type(value) not in accepted:
            raise DecodingError(expected, value)
        return float(value) if accepted[0] is float else value

    return decode


def _choice(allowed: tuple[Any, ...]) -> Decoder:
    def decode(value: Any) -> Any:
        if value not in allowed:
            raise DecodingError("one of " + ", ".join(map(str, allowed)), value)
        return value

    return decode


def _optional(kind: Any) -> Decoder:
    (inner,) = (_decoder(part) for part in get_args(kind) if part is not type(None))
    return lambda value: None if value is None else inner(value)


def _tuple_decoder(kind: Any) -> Decoder:
    if get_origin(kind) is not tuple:  # a NamedTuple
        hints = get_type_hints(kind)
        return _fixed_tuple(tuple(_decoder(hint) for hint in hints.values()), lambda items: kind(*items))
    arguments = get_args(kind)
    if arguments[-1] is Ellipsis:
        return _sequence(_decoder(arguments[0]))
    return _fixed_tuple(tuple(_decoder(argument) for argument in arguments), tuple)


def _sequence(item: Decoder) -> Decoder:
    def decode(value: Any) -> Any:
        if not isinstance(value, list):
            raise DecodingError("a list", value)
        try:
            return tuple([item(part) for part in value])
        except DecodingError:
            # Only now look for the place: a result has millions of parts and none of them wrong.
            return tuple(_inside(item, part, f"[{place}]") for place, part in enumerate(value))

    return decode


def _fixed_tuple(items: tuple[Decoder, ...], build: Callable[[list[Any]], Any]) -> Decoder:
    size = len(items)

    def decode(value: Any) -> Any:
        if not isinstance(value, list) or len(value) != size:
            raise DecodingError(f"a list of {size}", value)
        try:
            return build([item(part) for item, part in zip(items, value, strict=True)])
        except DecodingError:
            parts = enumerate(zip(items, value, strict=True))
            return build([_inside(item, part, f"[{place}]") for place, (item, part) in parts])

    return decode


def _record(kind: Any) -> Decoder:
    hints = get_type_hints(kind)
    fields = {field.name: _decoder(hints[field.name]) for field in dataclasses.fields(kind)}
    required = [field.name for field in dataclasses.fields(kind) if _is_required(field)]

    def decode(value: Any) -> Any:
        if not isinstance(value, dict):
            raise DecodingError("an object", value)
        for name in required:
            if name not in value:
                raise DecodingError(f"a field `{name}`", value)
        known = {name: part for name, part in value.items() if name in fields}
        try:
            return kind(**{name: fields[name](part) for name, part in known.items()})
        except DecodingError:
            return kind(**{name: _inside(fields[name], part, name) for name, part in known.items()})

    return decode


def _is_required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _inside(item: Decoder, value: Any, place: str) -> Any:
    try:
        return item(value)
    except DecodingError as error:
        raise error.inside(place) from None
