"""Texts and files for the tests, all written for them."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import docx
import pytest

from reuse.config import ReadingSettings
from reuse.model import Document
from reuse.reading import Source, clean

SETTINGS = ReadingSettings()

TITLE = "在全市森林防火工作会议上的讲话"

BODY = (
    "今天召开全市森林防火工作会议，主要任务是总结去冬今春的防火工作，安排今年秋冬季的任务。刚才，几个林场作了发言，讲得都很实在，我都赞成。",
    "一、认清形势，绷紧防火这根弦",
    "入秋以来，我市降水比常年少三成，林下枯枝落叶厚，火险等级居高不下。从排查情况看，个别乡镇巡护员缺岗，瞭望塔年久失修，防火通道被杂物堵塞，这些问题必须马上整改。",
    "二、压实责任，守住不发生大火的底线",
    "各县区要把山头地块分到人头，逐片登记造册。林业部门要备足灭火机具，组织好扑火队伍的演练。气象部门要加密监测，一有高火险天气立即发布预警。",
    "同志们，防火工作责任重于泰山，希望大家守土尽责，打好今年这一仗。",
)

ADDRESS = "同志们："
THANKS = "我就讲到这里，谢谢大家！"
LONG = [TITLE, ADDRESS, *BODY * 6, THANKS]
"""The lines of a speech of two pages."""

SPEECH = "\n".join([TITLE, ADDRESS, *BODY, THANKS])


def source_of(text: str, name: str = "a.txt", **fields: Any) -> Source:
    """A source as reading a text file gives it."""
    return Source(name=name, text=text, format="text", **fields)


def cleaned(text: str, name: str = "a.txt", **fields: Any) -> Document:
    """The one document of a text."""
    documents = clean(source_of(text, name, **fields))
    assert len(documents) == 1, [document.id for document in documents]
    return documents[0]


def marked(document: Document) -> dict[str, list[str]]:
    """What is marked, by reason."""
    found: dict[str, list[str]] = {}
    for mark in document.removed:
        found.setdefault(mark.reason, []).append(document.slice(mark.start, mark.end))
    return found


def kept(document: Document) -> str:
    """What is compared: the text without what is marked and with sentences joined, cuts as line breaks."""
    gone = {i for mark in document.removed for i in range(mark.start, mark.end)} | set(document.joins)
    cuts = set(document.cuts)
    letters = (
        ("\n" if i in cuts else "") + c for i, c in enumerate(document.text, document.start) if i not in gone
    )
    return "".join(letters)


def paragraphs(document: Document) -> list[str]:
    """The paragraphs of what is compared, without blanks."""
    lines = ("".join(line.split()) for line in kept(document).splitlines())
    return [line for line in lines if line]


def write_jsonl(path: Path, records: Iterable[Any]) -> Path:
    """A JSON Lines file, packed if its name says so."""
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def write_docx(path: Path, lines: Iterable[str] = (TITLE, ADDRESS, *BODY, THANKS)) -> Path:
    """A Word file with a header, a footer, a table and a soft line break among the lines."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "内部资料 妥善保管"
    section.footer.paragraphs[0].text = "— 1 —"
    for line in lines:
        document.add_paragraph(line)
    table = document.add_table(2, 2)
    for row, cells in enumerate((("林场", "面积"), ("东岭林场", "八万亩"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    paragraph = document.add_paragraph("附：值班电话每天专人接听，")
    paragraph.add_run().add_break()
    paragraph.add_run("不得转接手机。")
    document.save(str(path))
    return path


def program(name: str) -> str:
    """The path of a program; without it tests are skipped here and fail where CI runs them."""
    found = shutil.which(name)
    if found is None:
        message = f"{name} is not installed (Debian: libreoffice-writer-nogui poppler-utils fonts-wqy-zenhei)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found


def convert(path: Path, target: str, home: Path, suffix: str | None = None) -> Path:
    """`path` converted by LibreOffice; `target` is a suffix or a filter such as `xml:MS Word 2003 XML`."""
    subprocess.run(
        [program("soffice"), "--headless", "--convert-to", target, "--outdir", str(home), str(path)],
        check=True,
        capture_output=True,
        timeout=180,
        env={**os.environ, "HOME": str(home)},
    )
    return home / f"{path.stem}.{suffix or target.partition(':')[0]}"
