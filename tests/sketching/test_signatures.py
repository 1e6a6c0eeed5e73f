"""Signatures are datasketch's, and bands find what their curve says."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import numpy as np
import pytest
from datasketch import MinHash
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.sketching.bands import band_keys, found_with
from reuse.sketching.minhash import signatures
from reuse.text.shingles import Shingles

SETS = st.lists(st.sets(st.integers(0, 2**32 - 1), max_size=40), min_size=1, max_size=5)


def sketch(sets: list[set[int]], permutations: int = 128) -> np.ndarray:
    values = np.array([v for s in sets for v in sorted(s)], dtype=np.uint32)
    offsets = np.cumsum([0, *map(len, sets)])
    return signatures(Shingles(values, offsets), permutations)


@given(SETS)
@settings(max_examples=60)
def test_signatures_are_datasketchs_bit_for_bit(sets: list[set[int]]) -> None:
    for row, members in zip(sketch(sets), sets, strict=True):
        theirs = MinHash(num_perm=128, hashfunc=int, scheme="affine32")
        theirs.update_batch(sorted(members))
        assert row.tolist() == theirs.hashvalues.tolist()


def test_agreement_estimates_resemblance() -> None:
    source = np.random.default_rng(1)
    for share in (0.2, 0.5, 0.8):
        common = int(400 * share)
        pool = source.choice(2**32, 800, replace=False).tolist()
        one, other = set(pool[:400]), set(pool[400 - common : 800 - common])
        exact = len(one & other) / len(one | other)
        a, b = sketch([one, other])
        assert abs(float((a == b).mean()) - exact) < 4 * (exact * (1 - exact) / 128) ** 0.5


@pytest.mark.parametrize(("bands", "rows"), [(42, 3), (64, 2), (32, 4)])
def test_bands_find_what_their_curve_says(bands: int, rows: int) -> None:
    """Two signatures whose values agree with a given probability, many times over."""
    source = np.random.default_rng(2)
    for resemblance in (0.2, 0.35, 0.6):
        one = source.integers(0, 2**32, (2000, 128), dtype=np.uint32)
        other = np.where(source.random((2000, 128)) < resemblance, one, one ^ 1)
        agree = band_keys(one, bands, rows) == band_keys(other, bands, rows)
        assert abs(agree.any(axis=1).mean() - found_with(resemblance, bands, rows)) < 0.04


def test_too_many_bands_are_refused_with_the_numbers() -> None:
    with pytest.raises(ValueError, match="64 bands of 3 rows need 192 values, a signature has 128"):
        band_keys(sketch([{1}]), 64, 3)


def test_bands_differ_even_where_their_rows_are_equal() -> None:
    keys = band_keys(np.ones((1, 128), dtype=np.uint32), 42, 3)
    assert len(set(keys[0].tolist())) == 42


def test_fingerprint_of_a_chinese_sentence_is_the_same_in_every_process() -> None:
    script = (
        "import hashlib, numpy as np\n"
        "from reuse.model import Document\n"
        "from reuse.text.comparable import comparable\n"
        "from reuse.text.shingles import shingles\n"
        "from reuse.text.words import cut\n"
        "from reuse.sketching.minhash import signatures\n"
        "sentence = '从全县基层党组织建设实际情况来看，党建工作量大面宽、任务繁重。'\n"
        "text = comparable([Document(id='a', source='a', text=sentence)])\n"
        "cut(text)\n"
        "sets = shingles(text.symbols, text.flags, np.array([[0, len(text.symbols)]]), 2)\n"
        "print(hashlib.sha256(signatures(sets).tobytes()).hexdigest()[:16])\n"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("0", "1", "random")
    }
    assert printed == {"38607ef5beaf0ce3"}


def test_hash_of_nothing_is_the_empty_signature() -> None:
    assert hashlib.sha256(sketch([set()]).tobytes()).digest() == hashlib.sha256(b"\xff" * 512).digest()
