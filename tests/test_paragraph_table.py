"""A table of paragraphs is a sequence of `Paragraph`: what it holds, and what it is equal to."""

from __future__ import annotations

import reuse
from reuse.model import BestSource, Document, Paragraph
from reuse.paragraph_table import ParagraphTable

SHARED = "牢记嘱托、感恩奋进，在高质量发展的道路上行稳致远，确保各项工作落到实处、见到实效。"
DOCUMENTS = [
    Document(id="a", source="甲", text=f"同志们：今天开会。\n{SHARED}\n散会。", date="2019"),
    Document(id="b", source="乙", text=f"{SHARED}\n大家辛苦了。", date="2020"),
]


def test_paragraphs_of_a_scan_are_read_one_by_one() -> None:
    found = reuse.scan(DOCUMENTS).paragraphs
    assert isinstance(found, ParagraphTable)
    assert [DOCUMENTS[p.document == "b"].slice(p.start, p.end) for p in found] == [
        *DOCUMENTS[0].text.split("\n"),
        *DOCUMENTS[1].text.split("\n"),
    ]
    later = found[3]
    assert (later.kind, later.reused_ratio, later.families) == ("copied", 1.0, ("f00001",))
    assert later.best == BestSource("a", 10, 9 + len(SHARED), 1.0, 1.0)
    assert found[-1] == Paragraph(document="b", source="乙", start=len(SHARED) + 1, end=len(SHARED) + 7)
    assert found[1:3] == [found[1], found[2]]


def test_a_table_is_equal_to_the_paragraphs_it_holds() -> None:
    found = reuse.scan(DOCUMENTS).paragraphs
    assert found == list(found)
    assert found != list(found)[:-1]
    assert found != [found[0]] * len(found)


def test_paragraphs_become_a_table_without_their_figures() -> None:
    found = reuse.scan(DOCUMENTS).paragraphs
    places = [(p.document, p.start, p.end) for p in found]
    for paragraphs in (found, list(found)):
        plain = ParagraphTable.of(DOCUMENTS, paragraphs)
        assert [(p.document, p.start, p.end) for p in plain] == places
        assert not any(p.reused_ratio or p.kind or p.best or p.families for p in plain)
    assert list(ParagraphTable.of(DOCUMENTS, [])) == []
