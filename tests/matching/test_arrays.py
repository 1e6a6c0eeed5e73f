"""The compiled parts against slow and obvious versions."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.matching import chaining, duplicates, rarity, stream, suffixes
from reuse.matching.candidates import HOT, candidates
from reuse.text.distinct import distinct
from reuse.text.sensitive import kept, parse_words
from reuse.text.shingles import share_at_least, shared
from tests.matching.oracles import document_frequency, prepared, stream_of

LETTERS = st.text("天地人和，。\n", max_size=30)


@given(st.lists(LETTERS, min_size=1, max_size=5))
@settings(max_examples=60)
def test_order_is_by_the_eight_symbols_that_follow(texts: list[str]) -> None:
    line = stream_of(texts)
    index = suffixes.build(line)
    padded = np.concatenate((line.symbols, np.zeros(8, dtype=np.uint16)))
    keys = [tuple(padded[p : p + 8].tolist()) for p in index.order.tolist()]
    cut_keys = [key[: key.index(0)] if 0 in key else key for key in keys]
    assert sorted(index.order.tolist()) == np.flatnonzero(line.symbols).tolist()
    for before, after, common in zip(cut_keys, cut_keys[1:], index.common[1:].tolist(), strict=False):
        same = next(
            (k for k, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
            min(len(before), len(after)),
        )
        assert common == same


@given(st.lists(LETTERS, min_size=1, max_size=5))
@settings(max_examples=60)
def test_frequencies_are_numbers_of_documents(texts: list[str]) -> None:
    line = stream_of(texts)
    index = suffixes.build(line)
    for p in np.flatnonzero(line.symbols).tolist():
        for size in (1, 3, 8):
            assert index.frequency[size - 1, p] == document_frequency(line, p, size)


@given(st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), max_size=12), st.integers(1, 2))
@settings(max_examples=100)
def test_candidates_are_the_pairs_that_share_keys(rows: list[list[int]], agreeing: int) -> None:
    keys = np.array(rows, dtype=np.uint32).reshape(-1, 4)
    group = np.arange(len(rows)) // 2
    sketched = np.array([sum(row) % 5 != 0 for row in rows], dtype=np.bool_)
    found = candidates(keys, group, sketched, agreeing)
    expected = [
        [later, earlier]
        for earlier, later in combinations(range(len(rows)), 2)
        if sketched[earlier] and sketched[later] and group[earlier] != group[later]
        and sum(a == b for a, b in zip(rows[earlier], rows[later], strict=True)) >= agreeing
    ]  # fmt: skip
    assert found.pairs.tolist() == sorted(expected)
    assert found.dropped == 0


def test_a_hot_bucket_is_capped_and_counted() -> None:
    count = HOT + 50
    found = candidates(np.zeros((count, 1), dtype=np.uint32), np.arange(count), np.ones(count, dtype=bool), 1)
    assert np.bincount(found.pairs[:, 0]).max() == HOT
    assert found.dropped == 49


@given(st.lists(st.text("天地人", max_size=4), max_size=20))
@settings(max_examples=100)
def test_distinct_numbers_contents_in_order_of_first_occurrence(texts: list[str]) -> None:
    symbols = np.array([ord(c) for text in texts for c in text], dtype=np.uint16)
    ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
    stretches = np.stack((ends - [len(text) for text in texts], ends), axis=1).reshape(-1, 2).astype(np.int64)
    first, number = distinct(symbols, stretches)
    assert [texts[k] for k in first] == list(dict.fromkeys(texts))
    assert [texts[first[k]] for k in number] == texts


@given(st.sets(st.integers(0, 50)), st.sets(st.integers(0, 50)))
def test_shared_counts_what_two_sets_have_in_common(one: set[int], other: set[int]) -> None:
    values = np.array(sorted(one) + sorted(other), dtype=np.uint32)
    offsets = np.array([0, len(one), len(one) + len(other)])
    assert shared(values, offsets, 0, 1) == len(one & other)
    for least in range(len(one) + 2):
        assert share_at_least(values, offsets, 0, 1, least) == (len(one & other) >= least)


def test_sensitive_words_are_left_out_longest_first() -> None:
    text = "加强党中央领导学习贯彻"
    symbols = np.frombuffer(text.encode("utf-16-le"), dtype=np.uint16)
    stays = kept(symbols, parse_words("党\n党中央 # 一起\n習\n"))
    assert "".join(c for c, k in zip(text, stays, strict=True) if k) == "加强领导学贯彻"


@given(st.lists(LETTERS, min_size=1, max_size=4))
@settings(max_examples=60)
def test_paragraphs_keep_their_symbols_in_the_stream(texts: list[str]) -> None:
    text, words = prepared(texts)
    places = duplicates.find_places(text)
    line = stream.build(text, words.classes, np.ones(len(text.symbols), dtype=np.bool_), places.repeated())
    spans = np.stack((text.paragraphs[:-1], text.paragraphs[1:]), axis=1)[places.first]
    for (a, b), (low, high) in zip(spans.tolist(), line.stretches(spans).tolist(), strict=True):
        assert line.symbols[low:high].tolist() == text.symbols[a:b].tolist()


def test_codes_of_frequencies_are_exact_where_few_documents_count_and_close_where_many_do() -> None:
    codes, counts = suffixes.frequency_codes(200_000), np.arange(200_001)
    spelled = suffixes.held()[codes]
    assert np.array_equal(spelled[: suffixes.EXACT], counts[: suffixes.EXACT])
    assert np.abs(spelled[1:] / counts[1:] - 1).max() < 2 ** (0.5 / suffixes.OCTAVE) - 1 + 1e-3
    assert np.all(np.diff(codes.astype(int)) >= 0)


def test_running_sums_of_weights_differ_rightly_after_running_over() -> None:
    highest = 2**32
    sums = np.array([highest - 512, highest - 128, 128], dtype=np.uint64).astype(np.uint32)
    assert rarity.weight(sums, 0, 2) == 640 / rarity.UNIT
    assert rarity.weight(sums, 1, 2) == 256 / rarity.UNIT


def test_small_collections_follow_rare_grams_further_than_large_ones() -> None:
    low, high = suffixes.frequency_codes(200)[list(chaining.FEW)]
    assert chaining.rare_code(np.full(1000, 70, dtype=np.uint8)) == high
    assert chaining.rare_code(np.full(8_000_000, 70, dtype=np.uint8)) < high
    assert chaining.rare_code(np.full(8_000_000, 4, dtype=np.uint8)) == high
    assert low < chaining.rare_code(np.repeat(np.arange(90, dtype=np.uint8), 1_000_000)) < high
    assert chaining.rare_code(np.full(8_000_000, low - 1, dtype=np.uint8)) == low
