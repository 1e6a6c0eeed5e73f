"""Lines written field by field are the lines that the encoder writes."""

from __future__ import annotations

from dataclasses import replace

import pytest

import reuse
from reuse.match_table import MatchTable
from reuse.model import (
    CountedSpan,
    Document,
    DocumentRecord,
    Family,
    Filler,
    FirstKnown,
    LargestSource,
    Originality,
    Removed,
    TemplatePart,
    TextSpan,
)
from reuse.reporting.coding import json_text
from reuse.reporting.folder import document_row
from reuse.reporting.lines import (
    document_lines,
    encoded,
    family_line,
    lines_of,
    match_lines,
    paragraph_lines,
    text_line,
)

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


MEMBERS = (TextSpan('一"号', "甲", 3, 5, "\ud83d\n"), TextSpan("b", "乙", 7, 9, '"落"'))
PARTS = (
    TemplatePart(fixed="感恩\\奋进"),
    TemplatePart(fixed="牢记", fillers=(Filler("b", "紧记", 8, 10),)),
    TemplatePart(
        slot="地点", type="place", fillers=(Filler("b", "", 8, 8), Filler("c", "县\t", 0, 2)), tentative=True
    ),
)
NOTES = ({"note": "slip", "text": "以身作责", "places": [{"document": "b", "start": 0, "end": 4}]},)


@pytest.mark.parametrize("notes", [(), NOTES])
@pytest.mark.parametrize("template", [(), PARTS])
def test_families_are_written_as_the_encoder_writes_them(template: tuple, notes: tuple) -> None:  # type: ignore[type-arg]
    family = Family(
        id="f00001",
        kind="templated",
        level="passage",
        size=2,
        documents=2,
        members=MEMBERS,
        template=template,
        first=FirstKnown(None, "unknown"),
        weakest='m"1',
        notes=notes,
    )
    assert encoded(family_line(family)) == f"{json_text(family)}\n".encode()


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
