"""The table of figures as text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from tests.quality.figures import Figure
from tests.quality.floors import Floor

HEADER = ("figure", "value", "target", "", "floor", "of what")


def table_lines(figures: Iterable[Figure], floors: Mapping[str, Floor]) -> list[str]:
    """One line a figure: value, target, whether it is reached, floor, note."""
    rows = [HEADER, *(_row(figure, floors.get(figure.name)) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADER))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def _row(figure: Figure, floor: Floor | None) -> tuple[str, ...]:
    sign = "≥" if figure.better == "higher" else "≤"
    target = "" if figure.target is None else f"{sign} {number(figure.target)}"
    reached = {True: "reached", False: "MISSED", None: ""}[figure.reached]
    value = "-" if figure.value is None else number(figure.value)
    return figure.name, value, target, reached, "" if floor is None else number(floor.value), figure.note


def number(value: float) -> str:
    """Three decimals; a count without any."""
    if math.isnan(value):
        return "none"
    return str(int(value)) if value == int(value) and abs(value) > 1 else f"{value:.3f}"
