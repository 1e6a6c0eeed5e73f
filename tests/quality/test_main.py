"""`python -m tests.quality`, with a detector that knows the answers."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from reuse.model import Document, Match
from tests.quality import __main__ as command
from tests.quality import floors
from tests.quality.fakes import oracle
from tests.quality.figures import PARTS
from tests.quality.floors import read_floors
from tests.quality.perturbations import small_rounds
from tests.quality.scans import Scans

PART = "perturbations"


class Detector:
    """Knows the gold of every round; `silent` makes it report nothing."""

    def __init__(self, floors_path: Path) -> None:
        self.silent = False
        self.floors = floors_path
        self._answers = {one.documents[0].id: oracle(one.cases) for one in small_rounds()}

    def __call__(self, documents: Sequence[Document]) -> list[Match]:
        return [] if self.silent else self._answers.get(documents[0].id, [])


@pytest.fixture
def detector(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Detector]:
    path = tmp_path / "floors.json"
    knowing = Detector(path)
    path.write_text("{}", encoding="utf-8")
    scans = Scans(knowing, lambda folder: pytest.fail("not asked"))
    monkeypatch.setattr(command, "package_scans", lambda jobs, saved: scans)
    monkeypatch.setattr(command, "read_floors", lambda: read_floors(path))
    monkeypatch.setattr(command, "write_floors", lambda new: floors.write_floors(new, path))
    yield knowing


def test_figures_are_printed_and_floors_pinned(
    detector: Detector, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main([PART, "--update"]) == 0
    printed = capsys.readouterr().out
    assert "perturbations: mean recall" in printed and "MISSED" not in printed
    assert command.main([PART]) == 0
    assert read_floors(detector.floors)["perturbations: plagdet"].value == 1


def test_a_worse_detector_fails_and_cannot_lower_the_floors(
    detector: Detector, capsys: pytest.CaptureFixture[str]
) -> None:
    command.main([PART, "--update"])
    before = read_floors(detector.floors)
    detector.silent = True
    assert command.main([PART]) == 1
    assert "the floor is 1.000" in capsys.readouterr().err
    assert command.main([PART, "--update"]) == 1
    assert read_floors(detector.floors) == before
    assert command.main([PART, "--update", "--allow-regression", "the study was made harder"]) == 0
    assert read_floors(detector.floors)["perturbations: mean recall"].lowered == "the study was made harder"


def test_errors_are_printed_with_their_texts(detector: Detector, capsys: pytest.CaptureFixture[str]) -> None:
    detector.silent = True
    assert command.main(["--errors", PART]) == 0
    told = capsys.readouterr().out
    assert told.count(": nothing") == sum(len(one.cases) for one in small_rounds())


def test_an_unknown_part_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        command.main(["plagdet"])
    assert stop.value.code == 2
    assert "no part is called plagdet" in capsys.readouterr().err


def test_parts_without_their_data_do_not_stop_the_table(
    detector: Detector, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = [dataclasses.replace(part, needs=(tmp_path / "absent",)) for part in PARTS]
    monkeypatch.setattr(command, "PARTS", bare)
    assert command.main([]) == 0
    assert capsys.readouterr().out.count("absent is not there") == len(PARTS)


@pytest.mark.parametrize("pair", ["gov", "gov=", "nowhere=out"])
def test_a_saved_result_must_name_a_corpus_and_a_folder(
    pair: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        command.main(["--saved", pair])
    assert "expected CORPUS=DIR" in capsys.readouterr().err
