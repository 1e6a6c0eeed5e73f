"""Files as the programs people use write them: the same speech comes out of every format."""

from __future__ import annotations

import gzip
import subprocess
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from reuse.config import ReadingSettings
from reuse.model import MissingExtraError, UnreadableError
from reuse.reading import clean, read_inputs, read_source
from tests.reading.material import (
    ADDRESS,
    BODY,
    SETTINGS,
    SPEECH,
    THANKS,
    TITLE,
    convert,
    kept,
    marked,
    paragraphs,
    program,
    write_docx,
)

EXPECTED = [
    ADDRESS,
    *BODY * 6,
    THANKS,
    "林场",
    "面积",
    "东岭林场",
    "八万亩",
    "附：值班电话每天专人接听，不得转接手机。",
]


Converted = Callable[[str], Path]


def test_docx_gives_paragraphs_tables_and_soft_breaks_in_order_and_no_header(word: Path) -> None:
    source = read_source(word, SETTINGS)
    assert source.format == "docx"
    assert "内部资料" not in source.text and "— 1 —" not in source.text
    assert source.text.splitlines()[0] == TITLE
    assert "接听，\n不得转接手机。" in source.text
    [document] = clean(source)
    assert document.title == TITLE
    assert paragraphs(document) == EXPECTED


@pytest.mark.parametrize(
    ("target", "format"),
    [
        ("doc", "doc"),
        ("rtf", "rtf"),
        ("odt", "odt"),
        ("fodt", "odt"),
        ("xml:MS Word 2003 XML", "wordml"),
        ("html", "html"),
    ],
)
def test_what_libreoffice_writes_reads_like_the_original(
    converted: Converted, target: str, format: str
) -> None:
    source = read_source(converted(target), SETTINGS)
    assert source.format == format
    [document] = clean(source)
    assert document.title == TITLE
    found = paragraphs(document)
    assert [line for line in EXPECTED if line not in "\n".join(found)] == []
    assert [line for line in [*BODY, ADDRESS, THANKS] if line not in found] == []


def test_pdf_lines_are_joined_heads_and_page_numbers_marked(converted: Converted) -> None:
    source = read_source(converted("pdf"), SETTINGS)
    [document] = clean(source)
    assert document.title == TITLE
    marks = marked(document)
    assert {"".join(text.split()) for text in marks["running-head"]} == {"内部资料妥善保管"}
    assert len(marks["page-number"]) == len(marks["running-head"]) >= 2
    found = paragraphs(document)
    lost = [line for line in [*BODY, ADDRESS, THANKS] if line not in found]
    assert lost == [], found
    assert kept(document).count("内部资料") == 0


def test_a_sentence_that_runs_over_a_page_end_is_one(home: Path, tmp_path: Path) -> None:
    text = (BODY[0] + BODY[2] + BODY[4]) * 20
    word = write_docx(tmp_path / "pages.docx", [TITLE, ADDRESS, text, THANKS])
    [document] = clean(read_source(convert(word, "pdf", home), SETTINGS))
    assert len(marked(document)["page-number"]) >= 3
    long = [line for line in paragraphs(document) if len(line) > 40]
    assert "".join(long).removesuffix(THANKS) == text
    assert len(long) <= 3, [line[-20:] for line in long]


def test_a_scan_needs_ocr(home: Path, tmp_path: Path) -> None:
    word = write_docx(tmp_path / "empty.docx", [" "])
    page = convert(word, "pdf", home)
    image = tmp_path / "page"
    subprocess.run(
        [program("pdftoppm"), "-r", "40", "-png", "-singlefile", str(page), str(image)], check=True
    )
    scan = tmp_path / "scan.pdf"
    _pdf_of_image(image.with_suffix(".png"), scan, home)
    with pytest.raises(UnreadableError, match="needs OCR") as failure:
        read_source(scan, SETTINGS)
    assert failure.value.reason == "needs-ocr"


def _pdf_of_image(image: Path, target: Path, home: Path) -> None:
    page = target.with_suffix(".html")
    page.write_text(f"<html><body><img src='{image}'></body></html>")
    convert(page, "odt", home)
    convert(home / f"{page.stem}.odt", "pdf", home).rename(target)


def test_pdftotext_and_pdf_agree_on_the_words(converted: Converted, tmp_path: Path) -> None:
    pdf = converted("pdf")
    text = tmp_path / "speech.txt"
    subprocess.run([program("pdftotext"), "-layout", str(pdf), str(text)], check=True)
    [document] = clean(read_source(text, SETTINGS))
    assert [line for line in BODY if line not in paragraphs(document)] == []


@pytest.mark.parametrize("target", ["docx", "odt", "doc", "rtf", "pdf", "html"])
def test_what_is_compressed_reads_like_what_it_holds(
    word: Path, converted: Converted, tmp_path: Path, target: str
) -> None:
    plain = word if target == "docx" else converted(target)
    compressed = tmp_path / f"speech.{target}.gz"
    compressed.write_bytes(gzip.compress(plain.read_bytes()))
    found, expected = read_source(compressed, SETTINGS), read_source(plain, SETTINGS)
    assert (found.format, found.text) == (expected.format, expected.text)


def test_what_is_compressed_does_not_grow_beyond_the_limit(word: Path, tmp_path: Path) -> None:
    compressed = tmp_path / "speech.docx.gz"
    compressed.write_bytes(gzip.compress(word.read_bytes()))
    with pytest.raises(UnreadableError, match="max_expanded_megabytes"):
        read_source(compressed, ReadingSettings(max_expanded_megabytes=0.001))


@pytest.mark.parametrize("suffix", ["doc", "docx", "txt", "pdf", "wps", "html", ""])
def test_the_suffix_says_nothing(word: Path, converted: Converted, tmp_path: Path, suffix: str) -> None:
    rtf = converted("rtf")
    disguised = tmp_path / f"speech.{suffix}".rstrip(".")
    disguised.write_bytes(rtf.read_bytes())
    assert read_source(disguised, SETTINGS).format == "rtf"
    disguised.write_bytes(word.read_bytes())
    assert read_source(disguised, SETTINGS).format == "docx"
    disguised.write_text(SPEECH, "gb18030")
    assert read_source(disguised, SETTINGS).text == SPEECH


def test_encrypted_files_say_so(converted: Converted, tmp_path: Path) -> None:
    pypdf = import_module("pypdf")
    writer = pypdf.PdfWriter(clone_from=converted("pdf"))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = tmp_path / "locked.pdf"
    writer.write(locked)
    with pytest.raises(UnreadableError, match="encrypted") as failure:
        read_source(locked, SETTINGS)
    assert failure.value.reason == "encrypted"


@pytest.mark.parametrize(("library", "target"), [("pypdf", "pdf"), ("olefile", "doc")])
def test_without_the_extra_a_file_says_what_it_needs(
    word: Path, converted: Converted, monkeypatch: pytest.MonkeyPatch, library: str, target: str
) -> None:
    path = converted(target)
    monkeypatch.setitem(__import__("sys").modules, library, None)
    with pytest.raises(MissingExtraError, match=r"speech-reuse\[docs\]"):
        read_source(path, SETTINGS)
    readings = read_inputs([path, word], SETTINGS)
    assert [row.reason for row in readings.skipped] == ["missing-extra"]
    assert [document.id for document in readings.documents] == ["speech.docx"]


def test_rtf_of_word_pad_with_code_page_and_unicode_escapes(tmp_path: Path) -> None:
    body = "".join(f"\\'{byte:02x}" for byte in "林火无情，".encode("gb18030"))
    escapes = "".join(f"\\u{ord(character)}?" for character in "防火有责")
    rtf = (
        r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}}{\info{\title x}}"
        r"{\header\pard secret\par}{\*\generator Msftedit;}\viewkind4\uc1\pard\f0 "
        f"{body}{escapes}\\par second\\line third\\tab x\\par}}"
    )
    path = tmp_path / "a.doc"
    path.write_bytes(rtf.encode("ascii"))
    assert read_source(path, SETTINGS).text == "林火无情，防火有责\nsecond\nthird\tx"


def test_rtf_surrogate_pairs_make_one_character(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(rb"{\rtf1\ansi\uc1 \u-10179?\u-8704? end}")
    assert read_source(path, SETTINGS).text == "\U0001f600 end"


def test_markdown_keeps_its_text_and_marks_its_markup(tmp_path: Path) -> None:
    text = f"---\ntitle: {TITLE}\ndate: 2024-10-08\n---\n\n# {TITLE}\n\n{ADDRESS}\n\n" + "\n\n".join(BODY)
    text += "\n\n详见[通知](https://example.org/a?b=1)和有关规定。\n"
    path = tmp_path / "a.md"
    path.write_text(text, "utf-8")
    source = read_source(path, SETTINGS)
    assert source.text == text and source.format == "markdown"
    [document] = clean(source)
    assert document.title == TITLE and document.date == "2024-10-08"
    assert "example.org" not in kept(document) and "title:" not in kept(document)
    assert [line for line in BODY if line not in paragraphs(document)] == []


def test_a_web_archive_gives_its_page(tmp_path: Path) -> None:
    page = f"<html><body><h1>{TITLE}</h1>" + "".join(f"<p>{line}</p>" for line in BODY) + "</body></html>"
    path = tmp_path / "saved.mht"
    path.write_bytes(
        b'From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/html; charset=gbk\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + page.encode("gbk")
        + b"\r\n--b--\r\n"
    )
    source = read_source(path, SETTINGS)
    assert source.format == "mhtml"
    assert [line for line in BODY if line not in source.text.splitlines()] == []
