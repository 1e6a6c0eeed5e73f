"""Floors are raised freely and lowered only for a reason; the table says what holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.quality.figures import PARTS, Figure, Part
from tests.quality.floors import Floor, FloorError, broken, raised, read_floors, write_floors
from tests.quality.scans import Scans, package_scans
from tests.quality.table import table_lines

RECALL = Figure("recall", 0.9, 0.95, data="d1")
ALARMS = Figure("alarms", 2.0, 1.0, "lower", data="d1")
FLOORS = {"recall": Floor(0.9, "higher", "d1"), "alarms": Floor(2.0, "lower", "d1")}


def figure(name: str, value: float | None, data: str = "d1") -> Figure:
    return Figure(name, value, better="lower" if name == "alarms" else "higher", data=data)


def test_figures_at_their_floors_are_no_problem() -> None:
    assert broken([RECALL, ALARMS], FLOORS) == []


@pytest.mark.parametrize(("name", "value"), [("recall", 0.89), ("alarms", 2.1)])
def test_a_figure_behind_its_floor_is_named(name: str, value: float) -> None:
    (problem,) = broken([figure(name, value)], FLOORS)
    assert name in problem and f"{value:.3f}" in problem


def test_a_floor_of_other_data_is_a_problem() -> None:
    assert "--update" in broken([figure("recall", 0.95, data="d2")], FLOORS)[0]


def test_a_figure_that_was_not_measured_breaks_and_changes_nothing() -> None:
    assert broken([figure("recall", None)], FLOORS) == []
    assert raised([figure("recall", None)], FLOORS) == FLOORS


def test_better_figures_raise_the_floors() -> None:
    new = raised([figure("recall", 0.97), figure("alarms", 0.5), figure("kinds", 0.8)], FLOORS)
    assert {name: floor.value for name, floor in new.items()} == {"recall": 0.97, "alarms": 0.5, "kinds": 0.8}


@pytest.mark.parametrize(("name", "value"), [("recall", 0.8), ("alarms", 3.0)])
def test_lowering_needs_a_reason_which_is_kept(name: str, value: float) -> None:
    with pytest.raises(FloorError, match="allow-regression"):
        raised([figure(name, value)], FLOORS)
    new = raised([figure(name, value)], FLOORS, reason="gold was wrong")
    assert (new[name].value, new[name].lowered) == (value, "gold was wrong")


def test_other_data_do_not_excuse_a_lower_floor() -> None:
    with pytest.raises(FloorError):
        raised([figure("recall", 0.5, data="d2")], FLOORS)


def test_floors_are_read_as_they_were_written(tmp_path: Path) -> None:
    write_floors(FLOORS, tmp_path / "floors.json")
    assert read_floors(tmp_path / "floors.json") == FLOORS


def test_pinned_floors_are_of_figures_that_exist() -> None:
    parts = tuple(part.name for part in PARTS)
    assert all(name.startswith(parts) for name in read_floors())


def test_the_table_says_what_is_reached() -> None:
    header, recall, alarms = table_lines([RECALL, Figure("alarms", 0.5, 1.0, "lower")], FLOORS)
    assert header.split()[:3] == ["figure", "value", "target"]
    assert recall.split() == ["recall", "0.900", "≥", "0.950", "MISSED", "0.900"]
    assert alarms.split()[:5] == ["alarms", "0.500", "≤", "1.000", "reached"]


def test_a_part_without_its_data_says_so(tmp_path: Path) -> None:
    absent = Part("pairs", (tmp_path / "labels.jsonl",), lambda scans: [])
    (told,) = absent.figures(Scans(lambda documents: [], lambda folder: pytest.fail("not scanned")))
    assert told.value is None
    assert "labels.jsonl is not there" in told.note


@pytest.mark.parametrize("name", ["gold", "labelled speeches"])
def test_no_quick_figure_is_behind_its_floor(name: str) -> None:
    pinned = {figure: floor for figure, floor in read_floors().items() if figure.startswith(name)}
    part = next(part for part in PARTS if part.name == name)
    if part.missing or not pinned:
        pytest.skip(f"{name}: no floor is pinned, or its data are not there")
    figures = part.figures(package_scans())
    assert broken(figures, pinned) == []
    assert {figure.name for figure in figures} >= set(pinned)
