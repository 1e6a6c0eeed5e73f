"""Floors under the figures: pinned with the digest of the data they were measured on, and only ever raised.

A floor is lowered by `--allow-regression "reason"` alone, and the reason is kept. The pattern is
trafilatura's `eval_gate.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.quality.figures import Better, Figure

FLOORS = Path(__file__).parent / "floors.json"

TOLERANCE = 0.0005
"""Figures are kept to three decimals, and compared no finer."""


class FloorError(Exception):
    """A floor would be lowered without a reason."""


@dataclass(frozen=True, slots=True)
class Floor:
    """What a figure must not fall behind, the data that holds for, and why it was last lowered, if it was."""

    value: float
    better: Better
    data: str
    lowered: str = ""

    def is_broken_by(self, value: float) -> bool:
        """Whether a value is worse than the floor."""
        behind = self.value - value if self.better == "higher" else value - self.value
        return behind > TOLERANCE


def read_floors(path: Path = FLOORS) -> dict[str, Floor]:
    """The floors by name of figure."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    return {name: Floor(**record) for name, record in stored.items()}


def write_floors(floors: Mapping[str, Floor], path: Path = FLOORS) -> None:
    """Write them sorted by name."""
    records = {name: asdict(floor) for name, floor in sorted(floors.items())}
    path.write_text(json.dumps(records, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def broken(figures: Iterable[Figure], floors: Mapping[str, Floor]) -> list[str]:
    """One sentence for every figure that is behind its floor, or has one that holds for other data."""
    problems = []
    for figure in figures:
        floor = floors.get(figure.name)
        if floor is None or figure.value is None:
            continue
        if floor.data != figure.data:
            problems.append(f"{figure.name}: the floor was pinned on other data; run with --update")
        elif floor.is_broken_by(figure.value):
            problems.append(f"{figure.name}: {figure.value:.3f}, the floor is {floor.value:.3f}")
    return problems


def raised(figures: Iterable[Figure], floors: Mapping[str, Floor], reason: str = "") -> dict[str, Floor]:
    """The floors raised to the figures; lowered too, if there is a reason.

    A figure that was not measured keeps its floor; on other data its floor is pinned anew, but may not
    fall either. Raises FloorError naming every figure that is behind its floor when no reason is given.
    """
    result = dict(floors)
    behind = []
    for figure in figures:
        if figure.value is None:
            continue
        value, old = round(figure.value, 3), floors.get(figure.name)
        is_behind = old is not None and old.is_broken_by(value)
        if is_behind and old is not None:
            behind.append(f"{figure.name}: {value:.3f}, the floor is {old.value:.3f}")
        lowered = reason if is_behind else old.lowered if old else ""
        result[figure.name] = Floor(value, figure.better, figure.data, lowered)
    if behind and not reason:
        raise FloorError("; ".join(behind) + '. To lower a floor: --allow-regression "reason"')
    return result
