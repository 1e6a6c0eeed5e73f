"""Lines written field by field are the lines that the encoder writes."""

from __future__ import annotations

import json
from dataclasses import replace

import reuse
from reuse.match_table import MatchTable
from reuse.model import BestSource, Document, Paragraph
from reuse.reporting.coding import json_text
from reuse.reporting.lines import match_lines, paragraph_lines

SHARED = '在高质量发展的道路上行稳致远，确保各项工作"落到\\实处"、见到实效，\t让群众满意\ud83d。'
DOCUMENTS = [
    Document(
        id='一"号', source="甲\\乙.txt", text=f"全市上下要牢记嘱托、感恩奋进，{SHARED}今天是2019年3月5日。"
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
    assert list(match_lines(table)) == [json_text(match) + "\n" for match in table]
    assert list(match_lines(list(table))) == list(match_lines(table))


def test_paragraphs_are_written_as_the_encoder_writes_them() -> None:
    plain = Paragraph(document='一"号', source="甲\ud800", start=0, end=9)
    full = replace(
        plain,
        reused_ratio=0.25,
        kind="copied",
        best=BestSource("乙", 1, 5, 0.5, 1.0),
        families=("f1", "f\\2"),
    )
    lines = list(paragraph_lines([plain, full]))
    assert lines == [json_text(each) + "\n" for each in (plain, full)]
    assert json.loads(lines[1])["families"] == ["f1", "f\\2"]
