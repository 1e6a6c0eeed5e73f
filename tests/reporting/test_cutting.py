"""`Result.at`: the same result with fewer matches, every figure counted anew from what remains."""

from __future__ import annotations

import pytest

from reuse.model import ConfigError, Originality
from reuse.reporting.result import Result


def figures(result: Result, n: int) -> Originality:
    """The originality of document `n`."""
    own = result.documents[n].originality
    assert own is not None
    return own


def test_without_a_cut_it_is_the_result_as_it_was_found(result: Result) -> None:
    same = result.at()
    assert same.documents == result.documents
    assert same.paragraphs == result.paragraphs
    assert same.matches == result.matches
    assert same.families == result.families


def test_matches_below_go_and_figures_fall_with_them(result: Result) -> None:
    cut = result.at(min_score=30)
    assert [match.id for match in cut.matches] == [m.id for m in result.matches if m.score >= 30]
    assert figures(cut, 1).reused < figures(result, 1).reused
    assert result.at(min_evidence=0.95).matches == [m for m in result.matches if m.evidence >= 0.95]


def test_paragraphs_are_counted_anew_too(result: Result) -> None:
    cut = result.at(min_score=1000)
    assert any(paragraph.reused_ratio for paragraph in result.paragraphs)
    assert not any(paragraph.reused_ratio for paragraph in cut.paragraphs)


def test_kinds_are_taken_in_by_name(result: Result) -> None:
    cut = result.at(kinds=["copied", "quoted"])
    assert {match.kind for match in cut.matches} == {"copied", "quoted"}
    assert figures(cut, 1).templated_ratio == 0


def test_a_family_stays_while_a_match_of_it_does(result: Result) -> None:
    assert [family.id for family in result.at(kinds=["copied"]).families] == ["f1", "f2"]
    assert [family.id for family in result.at(min_score=31).families] == ["f2"]


def test_what_is_left_out_leaves_both_sides_of_the_division(result: Result) -> None:
    kept, out = result.at(phrases=True), result.at(phrases=False)
    assert figures(out, 1).reused == figures(kept, 1).reused
    assert figures(out, 1).counted < figures(kept, 1).counted
    apart, alike = result.at(quotations=False), result.at(quotations=True)
    assert figures(alike, 2).counted > figures(apart, 2).counted
    assert figures(alike, 2).reused > figures(apart, 2).reused


def test_own_earlier_texts_count_when_they_are_asked_for(result: Result) -> None:
    assert figures(result, 6).reused == 0
    assert figures(result, 6).self_reused_ratio > 0
    assert figures(result.at(self_reuse=True), 6).reused > 0


def test_a_document_left_out_is_no_source_and_its_matches_are_not_shown(result: Result) -> None:
    first = result.documents[0].document.id
    cut = result.at(without=[first])
    assert figures(cut, 1).sources == 0
    assert all(first not in (match.left.document, match.right.document) for match in cut.matches)
    # The hostile document has the ledger paragraph from the county's speech as well.
    assert figures(cut, 7).reused == figures(result, 7).reused


def test_a_loaded_result_is_cut_as_the_run_counted(result: Result, tmp_path) -> None:  # type: ignore[no-untyped-def]
    result.save(tmp_path, report=False)
    assert Result.load(tmp_path).at(min_score=20).documents == result.at(min_score=20).documents


def test_the_cut_is_told_in_the_run(result: Result) -> None:
    assert result.at(min_score=20).run["cut"]["min_score"] == 20


def test_a_kind_or_a_document_there_is_not_is_refused(result: Result) -> None:
    with pytest.raises(ConfigError, match="copied, edited, templated"):
        result.at(kinds=["stolen"])  # type: ignore[list-item]
    with pytest.raises(ConfigError, match=r"documents\.jsonl"):
        result.at(without=["nobody.txt"])
