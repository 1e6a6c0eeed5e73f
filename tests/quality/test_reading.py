"""Matches are drawn for blind reading, and what readers say is kept without text."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from reuse.model import Match
from tests.quality import reading_sheet, verdicts
from tests.quality.detector import Place
from tests.quality.fakes import made_match
from tests.quality.reading_sheet import GUIDE, draw, key_line, sheet_lines, shown, to_read
from tests.quality.verdicts import (
    Verdict,
    add_verdicts,
    collect,
    filled_labels,
    kappa,
    located,
    read_figures,
    read_verdicts,
    stratum,
    verdict_on,
)


def match(number: int, evidence: float = 0.95, level: str = "passage") -> Match:
    made = made_match(
        Place("a", number * 100, number * 100 + 50), Place("b", number * 100, number * 100 + 50)
    )
    return dataclasses.replace(made, evidence=evidence, level=level)  # type: ignore[arg-type]


def verdict(number: int, label: str, shift: int = 0) -> Verdict:
    place = number * 100 + shift
    return Verdict("gov", Place("a", place, place + 50), Place("b", place, place + 50), label, (label,))


class TestDrawing:
    MATCHES = tuple(match(n, 0.95 if n % 10 else 0.3) for n in range(200))

    def test_the_draw_depends_on_the_seed_alone(self) -> None:
        drawn = draw(self.MATCHES, 40, seed=1)
        assert drawn == draw(self.MATCHES[::-1], 40, seed=1)
        assert drawn != draw(self.MATCHES, 40, seed=2)
        assert len(drawn) == len({m.id for m in drawn}) == 40

    def test_rare_strata_are_drawn_from_too(self) -> None:
        drawn = draw([*self.MATCHES, match(300, 0.6)], 40, seed=1)
        assert {stratum(m) for m in drawn} == {("passage", 1), ("passage", 2), ("passage", 4)}

    def test_all_are_drawn_when_there_are_too_few(self) -> None:
        assert len(draw(self.MATCHES[:7], 40, seed=1)) == 7

    def test_what_is_judged_is_not_read_again(self) -> None:
        matches = [match(1), match(2)]
        (left,) = to_read("gov", matches, 2, 1, [verdict(1, "R", shift=2)])
        assert left == located("gov", matches[1])


TEXTS = {"a": "前" * 150 + "\n" + "中" * 50 + "后" * 150, "b": "文" * 400}


class TestSheet:
    def test_a_place_is_shown_with_sixty_characters_around_it(self) -> None:
        line = shown(Place("a", 151, 201), TEXTS)
        assert line == "- " + "前" * 59 + "⏎【" + "中" * 50 + "】" + "后" * 60

    def test_long_places_lose_their_middle(self) -> None:
        assert len(shown(Place("c", 0, 5000), {"c": "长" * 5000})) < 800

    def test_nothing_tells_level_kind_or_score(self) -> None:
        one = [located("gov", match(1, 0.95))]
        sheet = "\n".join(sheet_lines(one, TEXTS)).removeprefix(GUIDE)
        assert sheet == "\n".join(sheet_lines([located("gov", match(1, 0.1, "phrase"))], TEXTS)).removeprefix(
            GUIDE
        )
        assert set(json.loads(key_line("gov", one[0]))) == {
            "corpus",
            "left",
            "left_span",
            "right",
            "right_span",
        }

    def test_sheets_are_not_written_into_the_repository(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit):
            reading_sheet.main(["gov", "--out", str(Path(__file__).parent / "sheets")])
        assert "outside the repository" in capsys.readouterr().err


class TestFilledSheets:
    def test_labels_are_read_in_order(self) -> None:
        lines = sheet_lines([located("gov", match(n)) for n in (1, 2)], {"a": "甲" * 400, "b": "乙" * 400})
        sheet = "\n".join(lines).replace("\nlabel:\n", "\nlabel: r\n", 1).replace("\nlabel:\n", "\nlabel:P\n")
        assert filled_labels(sheet) == ["R", "P"]

    def test_an_entry_without_a_label_is_named(self) -> None:
        with pytest.raises(ValueError, match="entry 7"):
            filled_labels("## 7\n- x\n- y\nlabel:\n")

    def test_sheet_key_and_verdicts_belong_together(self, tmp_path: Path) -> None:
        matches = [match(n) for n in (1, 2, 3)]
        key = [json.loads(key_line("gov", located("gov", m))) for m in matches]
        given = collect(key, [["R", "P", "C"], ["R", "R", "C"]])
        assert [v.label for v in given] == ["R", "", "C"]
        add_verdicts(given[:1], tmp_path)
        add_verdicts(given[1:], tmp_path)
        assert read_verdicts("gov", tmp_path) == given
        assert "text" not in (tmp_path / "gov.jsonl").read_text(encoding="utf-8")
        with pytest.raises(ValueError, match="3 entries"):
            collect(key, [["R"]])

    def test_a_whole_round_from_sheet_to_stored_verdicts(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(verdicts, "add_verdicts", lambda given: add_verdicts(given, tmp_path / "kept"))
        places = [located("gov", match(n)) for n in (1, 2)]
        reading_sheet.write(tmp_path, "gov", places, {"a": "甲" * 400, "b": "乙" * 400})
        sheet = tmp_path / "gov.sheet.txt"
        sheet.write_text(
            sheet.read_text(encoding="utf-8").replace("\nlabel:\n", "\nlabel: R\n"), encoding="utf-8"
        )
        assert verdicts.main(["--key", str(tmp_path / "gov.key.jsonl"), str(sheet), str(sheet)]) == 0
        assert "kappa 1.00" in capsys.readouterr().err
        assert [v.label for v in read_verdicts("gov", tmp_path / "kept")] == ["R", "R"]

    def test_kappa_is_nought_for_readers_who_agree_by_chance(self) -> None:
        drawn = [("R", "R"), ("R", "P"), ("P", "R"), ("P", "P")]
        place = Place("a", 0, 1)
        assert kappa([Verdict("gov", place, place, "", readers) for readers in drawn]) == 0


class TestVerdicts:
    @pytest.mark.parametrize(("shift", "judged"), [(0, True), (5, True), (8, False)])
    def test_a_verdict_holds_for_nearly_the_same_places(self, shift: int, judged: bool) -> None:
        found = verdict_on(located("gov", match(1)), [verdict(1, "R", shift)])
        assert (found is not None) == judged

    def test_sides_may_be_exchanged_and_the_last_verdict_counts(self) -> None:
        first, last = verdict(1, "P"), verdict(1, "R", shift=1)
        assert verdict_on(located("gov", match(1)).swapped(), [first, last]) == last

    def test_judged_matches_stand_for_their_stratum(self) -> None:
        matches = [match(n, 0.95) for n in range(8)] + [match(n, 0.3) for n in range(8, 10)]
        given = [verdict(0, "R"), verdict(1, "P"), verdict(8, "R"), verdict(50, "C")]
        told = read_figures("gov", matches, given)
        assert (told.matches, told.judged, told.chance, told.covered) == (10, 3, 0, 1.0)
        assert told.reuse_share == pytest.approx((8 * 0.5 + 2 * 1) / 10)

    def test_strata_nobody_read_are_not_guessed(self) -> None:
        matches = [match(n, 0.95) for n in range(3)] + [match(9, 0.3)]
        told = read_figures("gov", matches, [verdict(0, "R")])
        assert (told.covered, told.reuse_share) == (0.75, 1.0)

    def test_phrases_take_no_part_and_undecided_verdicts_neither(self) -> None:
        place = verdict(1, "")
        told = read_figures("gov", [match(0, level="phrase"), match(1)], [verdict(0, "C"), place])
        assert (told.matches, told.judged, told.chance) == (1, 0, 0)
