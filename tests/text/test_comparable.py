"""What of a text is compared, and where each part of it stands in the source."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.model import Document, Removed
from reuse.text.alphabet import simplified
from reuse.text.comparable import ComparableText, comparable, symbols_of
from reuse.text.flags import CLAUSE, PARAGRAPH, QUOTED, SENTENCE, SLOT, TITLE

PIECES = (
    *"的一二三十是要第其某党建工作提高认识加强领导発展開會議𠮷𪚥あ한ไ",
    *"，。、；：！？…（）()“”《》 \t\n\u3000·-—'’",
    *"０123X×*○□ｘ①㈠㎡ﬁＧＤＰabcßİéя",
    "一、", "（一）", "第一，", "一是", "其二，", "don't ", "\U0001f600", "\u200b", "\ufeff",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def text_of(*texts: str, **fields: object) -> ComparableText:
    return comparable([Document(id=str(k), source=str(k), text=t, **fields) for k, t in enumerate(texts)])  # type: ignore[arg-type]


def shown(text: str, found: ComparableText) -> str:
    """The source characters of the symbols, each place once."""
    places = dict.fromkeys(zip(found.start.tolist(), found.end.tolist(), strict=True))
    return "".join(text[a:b] for a, b in places)


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("提高认识，加强领导。", "提高认识加强领导"),
        ("一、提高认识", "提高认识"),
        ("（一）提高认识", "提高认识"),
        ("会议强调：一是提高认识；二是加强领导", "会议强调提高认识加强领导"),
        ("第一，提高认识", "提高认识"),
        ("第一书记", "第一书记"),
        ("统一思想", "统一思想"),
        ("一要抓好", "要抓好"),
        ("1. 提高认识", "提高认识"),
        ("①提高认识", "提高认识"),
        ("2024年增长5.6%", "年增长"),
        ("×区XX同志某某", "区同志"),
        ("Xi and X", "Xiand"),
        ("The Brown-fox can't", "TheBrown-foxcan't"),
        ("\u200b党\ufeff建", "党建"),
        ("𠮷田", "𠮷田"),
    ],
)
def test_leaves_out_what_is_not_compared(text: str, compared: str) -> None:
    assert shown(text, text_of(text)) == compared


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("發展經濟", "发展经济"),
        ("著力發展", "着力发展"),
        ("ＧＤＰ增长", "gdp增长"),
        ("臺灣同胞", "台湾同胞"),
        ("Speech", "SPEECH"),
        ("增强，四个意识", "增强“四个意识”"),
        ("党𠮷", "黨𠮷"),
    ],
)
def test_folds_forms_of_one_wording(one: str, other: str) -> None:
    assert text_of(one).symbols.tolist() == text_of(other).symbols.tolist()


def test_words_of_letters_are_two_symbols_and_differ() -> None:
    found = text_of("peace police")
    assert len(found.symbols) == 4
    assert found.symbols[:2].tolist() != found.symbols[2:].tolist()


@given(TEXTS, st.data())
@settings(max_examples=300)
def test_any_span_folds_alike_by_itself(text: str, data: st.DataObject) -> None:
    """A span of comparable text maps to a source span that gives the same symbols when folded alone."""
    found = text_of(text)
    if not len(found.symbols):
        return
    first = data.draw(st.integers(0, len(found.symbols) - 1))
    last = data.draw(st.integers(first + 1, len(found.symbols)))
    first = int(np.searchsorted(found.start, found.start[first]))
    last = int(np.searchsorted(found.start, found.start[last - 1], side="right"))
    start, end = found.source_span(first, last)
    [(alone, _)] = symbols_of([text[start:end]])
    assert alone.tolist() == found.symbols[first:last].tolist()


@given(st.lists(TEXTS, min_size=1, max_size=4))
@settings(max_examples=100)
def test_documents_do_not_touch_each_other(texts: list[str]) -> None:
    together = text_of(*texts)
    alone = [text_of(t) for t in texts]
    assert together.symbols.tolist() == [s for t in alone for s in t.symbols.tolist()]
    assert together.start.tolist() == [s for t in alone for s in t.start.tolist()]
    assert together.paragraph_span.tolist() == [s for t in alone for s in t.paragraph_span.tolist()]


@given(TEXTS)
@settings(max_examples=200)
def test_paragraphs_cover_every_symbol_once_and_lie_in_order(text: str) -> None:
    found = text_of(text)
    assert found.paragraphs[-1] == len(found.symbols)
    assert (np.diff(found.paragraphs) > 0).all()
    spans = found.paragraph_span.tolist()
    for (a, b), low, high in zip(spans, found.paragraphs, found.paragraphs[1:], strict=False):
        assert a <= found.start[low] and found.end[high - 1] <= b
        assert text[a:b] == text[a:b].strip(" \t\n\u3000\u200b\ufeff")
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))


def test_coordinates_are_those_of_the_source_wherever_a_document_begins() -> None:
    found = text_of("前言。正文开始", start=100)
    assert found.start[0] == 100
    assert found.source_span(2, 6) == (103, 107)


def test_marked_stretches_are_left_out_and_joins_and_cuts_are_heeded() -> None:
    text = "导航\n决定性意\n5、义重大。一、提高"
    removed = (Removed(0, 2, "navigation"), Removed(8, 10, "page-marker"))
    found = text_of(text, removed=removed, joins=(7,), cuts=(14,))
    assert shown(text, found) == "决定性意义重大提高"
    assert found.paragraph_span.tolist() == [[3, 14], [14, 18]]


def test_flags_tell_what_stands_before_a_symbol() -> None:
    text = "强调，“基层”第5次《方案》。\n好"
    found = text_of(text)
    flags = dict(zip(shown(text, found), found.flags.tolist(), strict=True))
    assert flags["强"] & PARAGRAPH and flags["好"] & PARAGRAPH and not flags["次"] & PARAGRAPH
    assert flags["基"] & CLAUSE and not flags["基"] & SENTENCE and flags["好"] & SENTENCE
    assert flags["基"] & QUOTED and flags["层"] & QUOTED and not flags["第"] & QUOTED
    assert flags["次"] & SLOT and flags["方"] & TITLE


def test_a_huge_paragraph_is_cut_at_sentence_ends() -> None:
    text = "基层组织建设工作取得新的成效。" * 120
    found = text_of(text)
    assert len(found.paragraphs) > 3
    assert all(text[a - 1] == "。" for a, _ in found.paragraph_span[1:].tolist())


def test_a_line_without_any_punctuation_is_cut_all_the_same() -> None:
    found = text_of("长" * 5000)
    assert max(np.diff(found.paragraphs)) <= 800


def parted(text: str) -> list[str]:
    """The clauses of a text, as symbols tell."""
    found = text_of(text)
    heads = [*np.flatnonzero(found.flags & CLAUSE).tolist(), len(found.flags)]
    return [text[found.start[a] : found.end[b - 1]] for a, b in pairwise(heads)]


def drawn(count: int, seed: int) -> str:
    """Different ideographs without any mark between them."""
    return "".join(
        map(chr, np.random.default_rng(seed).choice(np.arange(0x4E00, 0x9000), count, replace=False))
    )


def test_text_without_marks_has_clauses_as_long_as_real_ones() -> None:
    lengths = [len(clause) for clause in parted(drawn(3000, 1))]
    assert 9 <= np.mean(lengths) <= 18 and max(lengths) <= 100


def test_the_same_wording_has_the_same_clauses_in_other_text_without_marks() -> None:
    shared = drawn(300, 2)
    one, other = (
        parted(drawn(500, 3) + shared + drawn(200, 4)),
        parted(drawn(437, 5) + shared + drawn(150, 6)),
    )
    inside = [clause for clause in one if clause in shared]
    assert len(inside) > 10
    assert [clause for clause in other if clause in shared] == inside


def test_spaces_part_clauses_where_no_marks_do() -> None:
    clauses = [drawn(12, seed) for seed in range(20)]
    assert parted(" ".join(clauses)) == clauses


def test_a_list_of_names_has_no_clauses() -> None:
    names = "、".join(drawn(3, seed) for seed in range(40))
    assert sum(len(clause) <= 4 for clause in parted(names)) <= 2


def test_a_long_clause_with_marks_around_it_stays_whole() -> None:
    assert parted(drawn(90, 7) + "，" + drawn(90, 8)) == [drawn(90, 7), drawn(90, 8)]


def test_text_without_marks_has_sentences() -> None:
    found = text_of(drawn(3000, 1))
    lengths = np.diff(np.append(np.flatnonzero(found.flags & SENTENCE), len(found.flags)))
    assert 20 <= lengths.mean() <= 80 and lengths.max() <= 150


@pytest.mark.parametrize("text", ["\U00020bb7" * 400, "bread water " * 200, "\U0001f600" * 300 + "党" * 300])
def test_a_character_of_two_symbols_is_never_parted(text: str) -> None:
    found = text_of(text)
    begins = np.flatnonzero(found.flags & (CLAUSE | SENTENCE))[1:]
    assert np.all(found.start[begins] > found.start[begins - 1])


def test_simplification_keeps_length() -> None:
    text = "後來，臺灣發展𠮷"
    assert len(simplified(text)) == len(text)


def test_fingerprint_of_a_chinese_sentence_is_frozen() -> None:
    """Changes of folding change every signature: raise `SCHEME_VERSION` when this has to change."""
    found = text_of("同志们：一、從全縣１２個鄉鎮的 Party 建設情況來看，基層黨組織作用明顯。")
    assert hashlib.sha256(found.symbols.tobytes()).hexdigest()[:16] == "cd0a9e6936cd0626"
