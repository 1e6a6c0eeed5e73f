"""Lines written field by field are the lines that the encoder writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import reuse
from reuse.families.table import FamilyTable
from reuse.match_table import MatchTable
from reuse.model import (
    CountedSpan,
    Document,
    DocumentRecord,
    Family,
    LargestSource,
    Originality,
    Removed,
)
from reuse.reporting.coding import json_text
from reuse.reporting.folder import document_row
from reuse.reporting.lines import (
    document_lines,
    encoded,
    family_lines,
    lines_of,
    match_lines,
    paragraph_lines,
    text_line,
)

FIXTURES = Path(__file__).parents[2] / "fixtures" / "speeches"
SHARED = '在高质量发展的道路上行稳致远，确保各项工作"落到\\实处"、见到实效，\t让群众满意\ud83d。'
DOCUMENTS = [
    Document(
        id='一"号',
        source="甲\\乙.txt",
        text=f"全市上下要牢记嘱托、感恩奋进，{SHARED}今天是2019年3月5日，学习《宪法》。",
    ),
    Document(
        id="b\ud800",
        source="b",
        text=f"大家辛苦了。全县上下要牢记嘱托、感恩奋进，{SHARED}今天是2021年6月1日。",
        start=7,
    ),
]


def test_matches_are_written_as_the_encoder_writes_them() -> None:
    table = reuse.scan(DOCUMENTS).matches
    assert isinstance(table, MatchTable) and len(table) and any(match.slots for match in table)
    lines = b"".join(match_lines(table))
    assert lines == "".join(json_text(match) + "\n" for match in table).encode()
    assert b"".join(match_lines(list(table))) == lines


def test_texts_are_written_as_the_encoder_writes_them() -> None:
    marked = replace(DOCUMENTS[1], removed=(Removed(8, 9, "tags"),), joins=(10, 12), cuts=(20,))
    for document in (DOCUMENTS[0], marked):
        record = DocumentRecord(document=document, characters=9, compared=8, removed=(), sha256="0")
        told = {name: getattr(document, name) for name in ("id", "text", "removed", "joins", "cuts")}
        assert encoded(text_line(record)) == f"{json_text(told)}\n".encode()


def test_paragraphs_of_a_scan_are_written_as_the_encoder_writes_them() -> None:
    paragraphs = reuse.scan(
        [*DOCUMENTS, Document(id="c", source="c", text="散会，谢谢大家的聆听。")]
    ).paragraphs
    assert {paragraph.best is None for paragraph in paragraphs} == {True, False}
    assert {bool(paragraph.families) for paragraph in paragraphs} == {True, False}
    lines = "".join(f"{json_text(each)}\n" for each in paragraphs).encode()
    assert b"".join(paragraph_lines(paragraphs)) == b"".join(paragraph_lines(list(paragraphs))) == lines


NOTES = ({"note": "slip", "text": "以身作责", "places": [{"document": "b", "start": 0, "end": 4}]},)


FORM = (
    "在{}召开的动员大会上，全体干部听取了“{}”的报告，{}会议要求月底之前把整改方案报到办公室，逾期不再受理。"
)
ENGLISH = "The members of {} were told to hand in the plan of {} before the end of the month, and not later than that."
FILLED = [
    *(
        Document(id=f"{name}\ud83d", source=f"{name}.txt", text=FORM.format(name, title, more), date=date)
        for name, title, more, date in (
            ("青石县", "李卫民", "", "2019-03"),
            ("临江市", "张\\海\ud83d燕", "", "2018"),
            ("东湖乡", "孙玉梅", "与会同志一致认为报告很好，", "2020"),
        )
    ),
    *(
        Document(id=name, source=name, text=ENGLISH.format(name, other), date=date)
        for name, other, date in (
            ("Northern", "March 5, 2019", "2019"),
            ("Southern", "June 7, 2020", "2019-03"),
        )
    ),
]


def test_families_of_a_scan_are_written_as_the_encoder_writes_them() -> None:
    families = [
        family
        for documents in ([*DOCUMENTS, *FILLED], FIXTURES)
        for family in check_families(reuse.scan(documents).families)
    ]
    parts = [part for family in families for part in family.template]
    assert {family.level for family in families} == {"paragraph", "passage", "phrase"}
    assert {family.first.basis for family in families} == {"date", "order", "unknown"}
    assert {bool(family.notes) for family in families} == {True, False}
    assert {part.tentative for part in parts} == {True, False}
    assert {(part.slot is None, bool(part.fillers)) for part in parts} >= {(True, True), (True, False)}
    names = {part.slot for part in parts}
    assert {"内容", "时间1", "content2"} <= names


def check_families(families: Sequence[Family]) -> Sequence[Family]:
    assert isinstance(families, FamilyTable)
    lines = "".join(f"{json_text(family)}\n" for family in families).encode()
    assert b"".join(family_lines(families)) == b"".join(family_lines(list(families))) == lines
    return families


FIGURES = Originality(
    reused_ratio=0.5,
    copied_ratio=1 / 3,
    templated_ratio=0.0,
    phrase_ratio=0.1,
    quoted_ratio=1e-05,
    score=1.0,
    max_source=LargestSource('一"号', 12, 0.25),
    longest_run=7,
    basis="date",
    versions=("b", "c\\"),
    spans=(
        CountedSpan(start=1, end=4, characters=2, layer="quoted"),
        CountedSpan(
            start=5,
            end=9,
            characters=4,
            layer="copied",
            document="b\ud800",
            source_start=0,
            source_end=4,
            others=2,
            match="m1",
            family="f1",
        ),
    ),
    notes=NOTES,
)


@pytest.mark.parametrize(
    "originality", [None, FIGURES, replace(FIGURES, max_source=None, spans=(), versions=())]
)
def test_documents_are_written_as_the_encoder_writes_them(originality: Originality | None) -> None:
    document = replace(DOCUMENTS[0], metadata={"null}": [float("nan"), None]})
    record = DocumentRecord(
        document=document, characters=9, compared=8, removed=(), sha256="0", originality=originality
    )
    assert b"".join(document_lines([record])) == f"{json_text(document_row(record))}\n".encode()


def test_figures_of_a_scan_are_written_as_the_encoder_writes_them() -> None:
    result = reuse.scan(DOCUMENTS)
    spans = [span for record in result.documents if record.originality for span in record.originality.spans]
    assert {span.document for span in spans} == {None, *(document.id for document in DOCUMENTS)}
    lines = [f"{json_text(document_row(record))}\n" for record in result.documents]
    assert b"".join(document_lines(result.documents)) == "".join(lines).encode()


@pytest.mark.parametrize("count", [0, 1, 4096, 9000])
def test_lines_are_the_same_whoever_writes_them(count: int) -> None:
    lines = b"".join(f"{number}\n".encode() for number in range(count))
    assert all(b"".join(lines_of(range(count), "{}\n".format, jobs)) == lines for jobs in (1, 2))
