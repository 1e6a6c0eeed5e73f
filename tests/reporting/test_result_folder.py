"""The output folder: what the contract says is in it, whole or not at all, and back again."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reuse
from reuse.model import Document, DocumentRecord, Match, OutputError, TextSpan
from reuse.reporting.coding import DecodingError, decoder, encode
from reuse.reporting.result import Result

CONTRACT = {
    "documents.jsonl": (
        "id, source, start, end, title, date, author, place, series, characters, compared, truncated, removed, "
        "sha256, metadata, originality"
    ),
    "paragraphs.jsonl": "document, source, start, end, reused_ratio, kind, best, families",
    "matches.jsonl": (
        "id, level, kind, left, right, score, evidence, evalue, resemblance, left_in_right, right_in_left, "
        "identity, aligned, slots, family"
    ),
    "families.jsonl": "id, kind, level, size, documents, members, template, first, weakest",
}


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


def test_the_files_hold_the_fields_of_the_contract_in_its_order(result: Result, tmp_path: Path) -> None:
    result.save(tmp_path)
    for name, fields in CONTRACT.items():
        wanted = fields.split(", ")
        for row in lines(tmp_path / name):
            assert list(row)[: len(wanted)] == wanted
    originality = lines(tmp_path / "documents.jsonl")[0]["originality"]
    assert {"reused_ratio", "score", "max_source", "longest_run", "basis"} <= set(originality)


def test_parts_of_a_template_are_fixed_text_or_a_slot(result: Result, tmp_path: Path) -> None:
    result.save(tmp_path)
    fixed, slot = lines(tmp_path / "families.jsonl")[0]["template"][:2]
    assert fixed == {"fixed": "从全"}
    assert list(slot) == ["slot", "type", "fillers", "tentative"]


def test_a_saved_result_comes_back_equal(result: Result, tmp_path: Path) -> None:
    result.save(tmp_path)
    assert Result.load(tmp_path) == result


def test_saving_twice_gives_the_same_bytes_in_every_file(result: Result, tmp_path: Path) -> None:
    for name in ("one", "two"):
        result.save(tmp_path / name)
    for path in sorted((tmp_path / "one").iterdir()):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_the_report_does_not_change_with_what_a_run_took(result: Result, tmp_path: Path) -> None:
    slower = Result(*(getattr(result, name) for name in ("documents", "paragraphs", "matches", "families")), {
        **result.run, "seconds": {"reading": 99.0}, "stages": [{"stage": "reading", "seconds": 99.0}],
        "settings": {**result.run["settings"], "jobs": 64},
    })  # fmt: skip
    result.to_html(tmp_path / "one.html")
    slower.to_html(tmp_path / "two.html")
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_nothing_but_the_named_files_is_left(result: Result, tmp_path: Path) -> None:
    result.save(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {*CONTRACT, "texts.jsonl", "run.json", "report.html"}


def test_without_a_report_an_older_one_goes_because_it_would_show_another_result(
    result: Result, tmp_path: Path
) -> None:
    result.save(tmp_path)
    result.save(tmp_path, report=False)
    assert not (tmp_path / "report.html").exists()


def test_a_lone_surrogate_survives_as_an_escape(result: Result, tmp_path: Path) -> None:
    result.save(tmp_path)
    data = (tmp_path / "texts.jsonl").read_bytes()
    data.decode("utf-8")
    assert b"\\ud83d" in data
    assert "\ud83d" in Result.load(tmp_path).documents[-1].document.text


def test_metadata_of_tables_is_written_as_plain_values() -> None:
    import datetime

    import numpy as np
    import pandas as pd

    known = {
        "whole": np.int64(3), "part": np.float32(0.5), "lost": float("nan"), "flag": np.bool_(True), "none": pd.NaT,
        "day": datetime.date(2024, 5, 1), "list": np.array([1, 2]), "missing": pd.NA, "set": {"b", "a"},
    }  # fmt: skip
    assert encode(known) == {
        "whole": 3, "part": 0.5, "lost": None, "flag": True, "none": None, "day": "2024-05-01", "list": [1, 2],
        "missing": None, "set": ["a", "b"],
    }  # fmt: skip


class TestWriting:
    def test_a_run_that_breaks_off_leaves_the_older_result_as_it_was(
        self, result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        result.save(tmp_path)
        before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        broken = Result(result.documents, [], result.matches, result.families, {"unwritable": Unwritable()})
        with pytest.raises(KeyboardInterrupt):
            broken.save(tmp_path)
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before

    def test_a_full_disk_is_an_error_of_ours_that_says_what_to_do(self, result: Result) -> None:
        if not Path("/dev/full").exists():
            pytest.skip("this system has no /dev/full")
        with pytest.raises(OutputError, match="make room"):
            result.to_html("/dev/full/report.html")

    def test_a_file_where_the_folder_should_be(self, result: Result, tmp_path: Path) -> None:
        (tmp_path / "out").write_text("a file")
        with pytest.raises(OutputError, match="out"):
            result.save(tmp_path / "out")


class Unwritable:
    """Breaks off in the middle of writing, as a user who presses Ctrl-C."""

    def __str__(self) -> str:
        raise KeyboardInterrupt


class TestLoading:
    def test_a_missing_folder(self, tmp_path: Path) -> None:
        with pytest.raises(OutputError, match="no such folder"):
            Result.load(tmp_path / "nowhere")

    def test_a_folder_without_run_json_was_not_finished(self, result: Result, tmp_path: Path) -> None:
        result.save(tmp_path)
        (tmp_path / "run.json").unlink()
        with pytest.raises(OutputError, match="not the output of a finished scan"):
            Result.load(tmp_path)

    @pytest.mark.parametrize(
        ("file", "old", "new", "message"),
        [
            ("matches.jsonl", b'"score": 41.5', b'"score": "much"', "line 1.*`score`.*expected a number"),
            (
                "matches.jsonl",
                b'"kind": "quoted"',
                b'"kind": "stolen"',
                "line 8.*`kind`.*expected one of copied",
            ),
            ("matches.jsonl", b'"level": "paragraph", ', b"", "line 1.*a field `level`"),
            ("matches.jsonl", b'"left": {', b'"left": [{', "line 1"),
            (
                "documents.jsonl",
                b'"characters": ',
                b'"characters": 1.',
                "line 1.*`characters`.*expected a whole number",
            ),
            ("families.jsonl", b'{"id": "f1"', b'{"id": 1', "line 1.*`id`.*expected text"),
            ("paragraphs.jsonl", b"{", b"\xff", "line 1.*not JSON"),
            ("texts.jsonl", "同志们".encode(), "同志".encode(), "expected the .* characters of document"),
            ("run.json", b"{", b"[{", "run.json.*not readable as JSON"),
        ],
    )
    def test_garbage_is_named_by_file_and_line(
        self, result: Result, tmp_path: Path, file: str, old: bytes, new: bytes, message: str
    ) -> None:
        result.save(tmp_path, report=False)
        path = tmp_path / file
        data = path.read_bytes()
        assert old in data
        path.write_bytes(data.replace(old, new, 1))
        with pytest.raises(OutputError, match=message):
            Result.load(tmp_path)

    def test_a_file_that_is_gone(self, result: Result, tmp_path: Path) -> None:
        result.save(tmp_path)
        (tmp_path / "matches.jsonl").unlink()
        with pytest.raises(OutputError, match=r"matches\.jsonl"):
            Result.load(tmp_path)

    def test_fields_of_a_later_version_are_passed_over(self, result: Result, tmp_path: Path) -> None:
        result.save(tmp_path, report=False)
        path = tmp_path / "matches.jsonl"
        path.write_bytes(path.read_bytes().replace(b'{"id"', b'{"colour": "green", "id"'))
        assert Result.load(tmp_path).matches == result.matches


TEXTS = st.text(st.characters(codec=None, exclude_characters="")).filter(
    # A pair of halves is one character in JSON; reading joins such pairs before anything counts them.
    lambda text: json.loads(json.dumps(text)) == text
)
RATIOS = st.floats(0, 1)


@st.composite
def matches(draw: st.DrawFn) -> Match:
    def side(name: str) -> TextSpan:
        text = draw(TEXTS)
        start = draw(st.integers(0, 10**6))
        return TextSpan(name, draw(TEXTS), start, start + len(text), text)

    return Match(
        id=draw(TEXTS), level=draw(st.sampled_from(["paragraph", "passage", "phrase"])),
        kind=draw(st.sampled_from(["copied", "edited", "templated", "quoted", "commonplace"])),
        left=side("a"), right=side("b"), score=draw(st.floats(0, 1e9)), evidence=draw(RATIOS),
        evalue=draw(st.none() | RATIOS), resemblance=draw(RATIOS), left_in_right=draw(RATIOS),
        right_in_left=draw(RATIOS), identity=draw(RATIOS),
        aligned=tuple(draw(st.lists(st.tuples(*[st.integers(0, 10**9)] * 4), max_size=3))),
        family=draw(st.none() | TEXTS),
    )  # fmt: skip


@given(matches())
def test_any_match_comes_back_from_plain_values(match: Match) -> None:
    assert decoder(Match)(json.loads(json.dumps(encode(match)))) == match


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
        lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    )
)
def test_anything_but_a_match_is_refused(value: Any) -> None:
    with pytest.raises(DecodingError):
        decoder(Match)(value)


@settings(max_examples=25)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_any_texts_survive_the_folder(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    records = [
        DocumentRecord(
            document=Document(id=f"{place}{text[:3]}", source=text, text=text, title=text, metadata={text: text}),
            characters=len(text), compared=len(text), removed=(), sha256="",
        )
        for place, text in enumerate(texts)
    ]  # fmt: skip
    folder = tmp_path_factory.mktemp("texts")
    Result(records, [], [], [], {}).save(folder, report=False)
    assert Result.load(folder).documents == records


def test_what_json_has_no_number_for_becomes_null() -> None:
    assert encode({"a": math.inf, "b": -math.inf}) == {"a": None, "b": None}


def test_a_result_too_large_for_a_page_is_saved_without_one_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = reuse.scan(["我们要把基层组织建设成为推动改革发展的坚强战斗堡垒，这是党中央的要求。"] * 2)
    assert result.beyond_a_page() is None
    monkeypatch.setattr("reuse.reporting.result.PAGE_MATCHES", 0)
    result.save(tmp_path / "out")
    assert not (tmp_path / "out" / "report.html").exists()
    said = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["no_report"]
    assert "1 matches" in said and "export" in said
    assert len(Result.load(tmp_path / "out").matches) == 1
