"""The verbs `export` and `explain`, and what a scan says in the terminal."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from reuse.cli.explain import explain
from reuse.cli.export import FORMATS, export
from reuse.cli.summary import progress_bar, summary
from reuse.reporting.exports import FORMAT_NAMES
from reuse.reporting.result import Result


@pytest.fixture
def folder(result: Result, tmp_path: Path) -> Path:
    """A saved result."""
    result.save(tmp_path / "out", report=False)
    return tmp_path / "out"


class TestExport:
    def test_the_verb_knows_every_format(self) -> None:
        assert FORMATS == FORMAT_NAMES

    @pytest.mark.parametrize("name", FORMATS)
    def test_it_names_the_files_it_wrote_on_stdout(self, folder: Path, name: str) -> None:
        run = CliRunner().invoke(export, [str(folder), "--format", name])
        assert run.exit_code == 0, run.output
        written = [Path(line) for line in run.stdout.splitlines()]
        assert written
        assert all(path.is_file() and folder in path.parents for path in written)

    def test_it_writes_where_it_is_told(self, folder: Path, tmp_path: Path) -> None:
        target = tmp_path / "elsewhere" / "graph.graphml"
        run = CliRunner().invoke(export, [str(folder), "--format", "graphml", "--out", str(target)])
        assert run.exit_code == 0
        assert target.is_file()

    def test_matches_below_the_cut_are_left_out(self, folder: Path) -> None:
        run = CliRunner().invoke(export, [str(folder), "--format", "jsonl", "--min-score", "20"])
        assert run.exit_code == 0, run.output
        path = next(path for path in run.stdout.splitlines() if path.endswith("matches.jsonl"))
        scores = [json.loads(line)["score"] for line in Path(path).read_text(encoding="utf-8").splitlines()]
        assert scores
        assert min(scores) >= 20

    def test_a_folder_that_is_no_result_is_an_error_of_ours(self, tmp_path: Path) -> None:
        run = CliRunner().invoke(export, [str(tmp_path), "--format", "csv"])
        assert "finished scan" in str(run.exception)


class TestExplain:
    @pytest.mark.parametrize(("lang", "words"), [("zh", "为什么|框架相同"), ("en", "The same frame")])
    def test_it_says_why_in_the_language_asked_for(self, folder: Path, lang: str, words: str) -> None:
        run = CliRunner().invoke(explain, [str(folder), "m3", "--lang", lang])
        assert run.exit_code == 0
        assert any(word in run.stdout for word in words.split("|"))

    @pytest.mark.parametrize(("locale", "words"), [("zh_CN.UTF-8", "匹配 m3"), ("de_DE.UTF-8", "Match m3")])
    def test_the_terminals_language_is_taken_when_none_is_named(
        self, folder: Path, locale: str, words: str
    ) -> None:
        run = CliRunner().invoke(explain, [str(folder), "m3"], env={"LC_ALL": locale})
        assert words in run.stdout

    def test_an_unknown_id_is_an_error_of_ours(self, folder: Path) -> None:
        run = CliRunner().invoke(explain, [str(folder), "nonsense"])
        assert "ids look like m1" in str(run.exception)


class TestSummary:
    def said(self, result: Result, out: Path, capsys: pytest.CaptureFixture[str]) -> str:
        summary(result, out)
        return capsys.readouterr().out

    def test_documents_families_and_the_report_are_named(
        self,
        result: Result,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
        monkeypatch.setenv("COLUMNS", "120")
        result.save(tmp_path)
        said = self.said(result, tmp_path, capsys)
        assert "8 documents, 13 matches, 2 recurring passages" in said
        assert "57.6%" in said
        assert "从全{地点}网格工作" in said
        assert str(tmp_path / "report.html") in said.replace("\n", "")
        assert "1 input was left aside" in said

    def test_nothing_found_is_said_with_its_reason(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        said = self.said(
            Result([], [], [], [], {"nothing_found": "only one document was read"}), tmp_path, capsys
        )
        assert "only one document was read" in said

    def test_no_sign_of_a_title_can_drive_the_terminal(
        self, result: Result, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        said = self.said(result, tmp_path, capsys)
        assert "\u202e" not in said
        assert "\x00" not in said

    def test_markup_in_a_title_is_text(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        said = self.said(Result([], [], [], [], {"nothing_found": "[red]not red[/red]"}), tmp_path, capsys)
        assert "[red]not red[/red]" in said


class TestProgress:
    def test_it_is_silent_without_a_terminal_and_when_quiet(self, capsys: pytest.CaptureFixture[str]) -> None:
        for quiet in (True, False):
            with progress_bar(quiet=quiet) as progress:
                progress("reading")
                progress("matching", 3, 10)
        assert capsys.readouterr() == ("", "")

    def test_a_terminal_sees_stage_and_rate(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Terminal(io.StringIO):
            def isatty(self) -> bool:
                return True

        terminal = Terminal()
        monkeypatch.setattr("sys.stderr", terminal)
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv("COLUMNS", "120")
        with progress_bar(quiet=False) as progress:
            progress("reading")
            for done in range(0, 1000, 100):
                progress("matching", done, 1000)
        assert "reading" in terminal.getvalue()
        assert "matching" in terminal.getvalue()
