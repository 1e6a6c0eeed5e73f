"""The five speeches and the corpora the workplace lends: what is marked of them, and that nothing of the speech is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reuse.model import Document
from reuse.reading import Readings, read_inputs
from tests.reading.material import SETTINGS, kept, marked

SHARED = Path(__file__).parents[2].parent / "shared"

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the folder ../shared is not there")


@pytest.fixture(scope="module")
def speeches() -> dict[str, Document]:
    readings = read_inputs([SHARED / "speeches" / "*.txt"], SETTINGS)
    assert readings.skipped == []
    return {document.id[:3] + document.id[-2:].replace("xt", ""): document for document in readings.documents}


def reasons(document: Document) -> dict[str, int]:
    return {reason: len(texts) for reason, texts in marked(document).items()}


def test_the_file_with_two_documents_gives_six_from_five(speeches: dict[str, Document]) -> None:
    assert sorted(speeches) == ["000", "001", "002", "003#1", "003#2", "004"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("000", {"navigation": 4, "title": 1, "date-line": 1, "repeated-title": 1, "preview-end": 2}),
        ("001", {"membership": 3, "site-name": 3, "advert": 2, "title": 1}),
        ("002", {"repeated-title": 2, "date-line": 1, "editor": 1, "title": 1, "tags": 1}),
        ("003#1", {"banner": 1, "page-marker": 7, "title": 1}),
        ("003#2", {"title": 1, "page-marker": 9}),
        ("004", {"title": 2}),
    ],
)
def test_what_is_marked(speeches: dict[str, Document], name: str, expected: dict[str, int]) -> None:
    assert reasons(speeches[name]) == expected


def test_how_much_is_marked(speeches: dict[str, Document]) -> None:
    share = {
        name: round(sum(mark.end - mark.start for mark in document.removed) / len(document.text), 3)
        for name, document in speeches.items()
    }
    assert share == {"000": 0.041, "001": 0.061, "002": 0.06, "003#1": 0.082, "003#2": 0.014, "004": 0.008}


def test_what_is_known(speeches: dict[str, Document]) -> None:
    assert {name for name, document in speeches.items() if document.truncated} == {"000", "003#2"}
    assert {
        name: document.metadata.get("uploaded") for name, document in speeches.items() if document.metadata
    } == {
        "000": "2025-08-18T10:40:38",
        "002": "2022-06-10T14:42:02",
    }
    assert all(document.title and document.title.endswith(("讲话", "报告")) for document in speeches.values())
    assert [len(speeches[name].joins) for name in sorted(speeches)] == [0, 0, 8, 6, 9, 0]


def test_no_sentence_of_a_labelled_reuse_is_hidden(speeches: dict[str, Document]) -> None:
    labels = [
        json.loads(line) for line in (SHARED / "speeches" / "labels.jsonl").read_text("utf-8").splitlines()
    ]
    assert len(labels) >= 40
    for label in labels:
        for side in ("a", "b"):
            start, end = label[f"start_{side}"], label[f"end_{side}"]
            document = speeches[label[f"file_{side}"][:3]]
            hidden = sum(max(0, min(mark.end, end) - max(mark.start, start)) for mark in document.removed)
            assert label["tier"] == "T" or hidden == 0, label["id"]


def covered(readings: Readings, labels: str, verdict: str) -> list[float]:
    """For each labelled pair of a verdict, how much of its two places is marked."""
    documents = {document.id: document for document in readings.documents}
    found: list[float] = []
    for line in (SHARED / "labels" / labels).read_text("utf-8").splitlines():
        pair = json.loads(line)
        if pair["label"] != verdict:
            continue
        shares = []
        for side in ("left", "right"):
            start, end = pair[f"{side}_span"]
            marks = documents[pair[side]].removed
            shares.append(
                sum(max(0, min(mark.end, end) - max(mark.start, start)) for mark in marks) / (end - start)
            )
        found.append(sum(shares) / 2)
    return found


@pytest.mark.parametrize(("corpus", "labels"), [("gov_reports", "gov"), ("news_2012_2016", "news")])
def test_labelled_furniture_is_marked_and_labelled_reuse_is_not(corpus: str, labels: str) -> None:
    readings = read_inputs([SHARED / "corpora" / f"{corpus}.jsonl.gz"], SETTINGS)
    furniture = covered(readings, f"{labels}.labels.jsonl", "F")
    assert all(share >= 0.5 for share in furniture), furniture
    assert sum(share > 0 for share in covered(readings, f"{labels}.labels.jsonl", "R")) <= 3
    assert all(share < 0.5 for share in covered(readings, f"{labels}.labels.jsonl", "R"))
    assert max(covered(readings, f"{labels}.labels.jsonl", "P")) == 0


def test_addresses_and_openings_of_reports_are_compared() -> None:
    readings = read_inputs([SHARED / "corpora" / "gov_reports.jsonl.gz"], SETTINGS)
    addressed = [document for document in readings.documents if "\n各位代表：\n" in document.text]
    assert len(addressed) >= 30
    for document in addressed:
        assert "各位代表：" in kept(document) and (
            "现在，我代表" not in document.text or "现在，我代表" in kept(document)
        )
