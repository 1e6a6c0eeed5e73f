"""What is common in general text is counted exactly, and what it expects is no surprise."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reuse
from reuse.matching import background
from reuse.matching.background import HIGHEST, LEAST, LONGEST, UNKNOWN, Background
from reuse.matching.stream import SEPARATOR, Stream
from reuse.model import ConfigError, Document, InputError
from reuse.pipeline import background_of
from reuse.text.comparable import comparable
from tests.matching.test_detection import speech

texts = st.lists(st.text("学校贯彻会议精神 ，。", max_size=30), min_size=LEAST, max_size=12)


def documents(*texts: str) -> list[Document]:
    return [Document(id=f"{n:02}", source=str(n), text=text) for n, text in enumerate(texts)]


def line_of(text: str) -> Stream:
    """A stream of one document with these ideographs; a space separates."""
    symbols = np.array([SEPARATOR, *(SEPARATOR if c == " " else ord(c) for c in text), SEPARATOR], np.uint16)
    none = np.zeros(len(symbols), np.uint8)
    return Stream(
        symbols, np.arange(len(symbols), dtype=np.int32), none, none, np.array([1, len(symbols) - 1])
    )


def spelt(table: Background) -> dict[str, float]:
    """The grams as text, and how many documents hold each."""
    counts = background.held()[table.held]
    return {
        "".join(chr(int(gram) >> shift & 0xFFFF) for shift in (48, 32, 16, 0)).rstrip("\0"): float(count)
        for gram, count in zip(table.grams, counts, strict=True)
    }


def grams(text: str) -> set[str]:
    return {text[i : i + n] for n in range(1, LONGEST + 1) for i in range(len(text) - n + 1)}


@given(texts)
def test_grams_are_those_that_enough_documents_hold(texts: list[str]) -> None:
    """An oracle of sets: paragraphs are the lines here, and equal ones stand for one."""
    found = background.made_of(comparable(documents(*texts)))
    seen, held = set[str](), dict[str, int]()
    for text in texts:
        plain = "".join(c for c in text if c not in " ，。")
        if plain in seen:
            continue
        seen.add(plain)
        for gram in grams(plain):
            held[gram] = held.get(gram, 0) + 1
    assert spelt(found) == {gram: count for gram, count in held.items() if count >= LEAST}


def test_words_of_letters_are_no_grams_and_part_them() -> None:
    found = background.made_of(
        comparable(documents(*(f"新的word文件{'甲乙丙丁戊己庚'[n]}" for n in range(7))))
    )
    assert set(spelt(found)) == grams("新的") | grams("文件")


TABLE = ("学习贯彻会议精神", 8), ("学习方法", 40), ("精神文明", 12)


def table(*rows: tuple[str, int]) -> Background:
    """Every gram of some texts, held by the sum of what is said of each."""
    held: dict[str, int] = {}
    for text, count in rows:
        for gram in grams(text):
            held[gram] = held.get(gram, 0) + count
    packed = {
        sum(ord(c) << 16 * (LONGEST - 1 - k) for k, c in enumerate(gram)): count
        for gram, count in held.items()
    }
    codes = background.frequency_codes(63)
    keys = sorted(packed)
    return Background(np.array(keys, np.uint64), np.array([codes[packed[key]] for key in keys], np.uint8))


def slow_code(known: dict[str, float], text: str, at: int, context: int) -> int:
    """Half bits of the symbol at `at` behind so many known ones, straight from the definition."""
    before = text[:at].rsplit(" ", maxsplit=1)[-1]
    if not before or before[-1] not in known or text[at] not in known:
        return UNKNOWN
    while before[-context:] not in known or len(before) < context:
        context -= 1
    both = known.get(before[-context:] + text[at], 0.0)
    bits = np.log2(known[before[-context:]] + 1) - np.log2(both + 0.3)
    return int(np.clip(np.rint(2 * bits), 0, HIGHEST))


@given(st.text("学习贯彻会议精神文明方法村 ", max_size=30))
def test_what_is_expected_agrees_with_the_definition(text: str) -> None:
    known = spelt(table(*TABLE))
    codes = background.expected(line_of(text), table(*TABLE))[1:-1]
    for at, code in enumerate(codes.tolist()):
        if text[at] != " ":
            told = [code >> 4 * n & 15 for n in range(LONGEST - 1)]
            assert told == [slow_code(known, text, at, n) for n in range(1, LONGEST)]


def test_threads_expect_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    line = line_of("学习贯彻会议精神文明 学习方法村学习贯彻" * 20)
    whole = background.expected(line, table(*TABLE))
    monkeypatch.setattr(background, "_BLOCK", 7)
    assert np.array_equal(background.expected(line, table(*TABLE), jobs=3), whole)


def test_a_table_is_read_as_it_was_written_and_always_the_same_bytes() -> None:
    files = io.BytesIO(), io.BytesIO()
    for file in files:
        background.write(table(*TABLE), file)
    assert files[0].getvalue() == files[1].getvalue()
    read = background.read(io.BytesIO(files[0].getvalue()))
    assert np.array_equal(read.grams, table(*TABLE).grams) and np.array_equal(read.held, table(*TABLE).held)


def test_the_package_s_own_table_is_whole() -> None:
    own = background.default_background()
    assert len(own.grams) > 100_000 and bool(np.all(own.grams[1:] > own.grams[:-1]))
    assert all(count >= LEAST for count in spelt(own).values())


SENTENCE = "把学到的方法用到山塘水库的日常管护里去，把听到的难处记到村里的本子上来"


def test_what_general_text_says_too_is_less_evident(tmp_path: Path) -> None:
    """Two speeches share a sentence: a background in which it is common makes it less surprising, another does not."""
    left, right = speech(1, 2, 3, 4, middle=SENTENCE + "。"), speech(5, 6, 7, 8, middle=SENTENCE + "！")
    evidence = []
    for common in (SENTENCE, "冬天的锅炉房要赶在霜降之前把水泵试压两次"):
        made = background_of(documents(*(f"{common}。第{'一二三四五六七八'[n]}篇" for n in range(8))))
        file = tmp_path / f"{len(evidence)}.npz"
        with file.open("wb") as out:
            background.write(made, out)
        (match,) = reuse.compare(left, right, matching={"background": str(file)})
        evidence.append(match.evidence)
    assert evidence[0] < evidence[1]


def test_too_few_documents_make_no_table() -> None:
    with pytest.raises(InputError, match=f"{LEAST} of the 2 documents"):
        background_of(documents("学习贯彻会议精神", "学习方法"))


@pytest.mark.parametrize("content", [b"", b"no table", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_table_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "table.npz"
    file.write_bytes(content)
    with pytest.raises(ConfigError, match=r"table\.npz is no table"):
        reuse.compare("学习", "学习", matching={"background": str(file)})


def test_a_table_that_is_not_there_is_named() -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.npz cannot be read"):
        reuse.compare("学习", "学习", matching={"background": "nowhere.npz"})
