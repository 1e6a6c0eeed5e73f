"""The paragraph pass up to its candidates: passages, shingles, signatures, band keys, pairs whose shingle sets agree."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from reuse.arrays import I64, U32, Bool, kernel, ranges
from reuse.config import SketchSettings
from reuse.matching.candidates import candidates
from reuse.matching.duplicates import Places
from reuse.sketching.bands import band_keys
from reuse.sketching.minhash import signatures
from reuse.text.comparable import ComparableText
from reuse.text.passages import passages
from reuse.text.shingles import Shingles, share_at_least, shingles

_BLOCK = 20_000
"""Passages sketched at once: their signatures (ten megabytes) are let go when they are cut into bands."""
_PAIRS = 100_000
"""Pairs compared at once: a twentieth of a second."""


def candidate_paragraphs(
    text: ComparableText, places: Places, sketch: SketchSettings, jobs: int = 1
) -> tuple[I64, dict[str, int]]:
    """Candidate pairs of passages that pass the check of their shingle sets: rows (first, last, first, last), later side first;
    and counts. Neither depends on `jobs`."""
    chosen = np.sort(places.first)
    span = passages(text.flags, text.paragraphs, chosen).span
    sets, keys = sketches(text, span, sketch, jobs)
    sketched = np.diff(sets.offsets) >= sketch.least_shingles
    found = candidates(keys, text.document_of(span[:, 0]), sketched, sketch.agreeing, jobs)
    pairs = found.pairs[_all_alike(sets, found.pairs, sketch.containment, jobs)]
    counts = {
        "paragraphs": len(text.paragraphs) - 1,
        "distinct_paragraphs": len(chosen),
        "passages_sketched": int(sketched.sum()),
        "candidate_pairs": len(found.pairs),
        "candidate_pairs_verified": len(pairs),
        "hot_bucket_entries_dropped": found.dropped,
    }
    return np.concatenate((span[pairs[:, 0]], span[pairs[:, 1]]), axis=1), counts


def sketches(text: ComparableText, spans: I64, sketch: SketchSettings, jobs: int = 1) -> tuple[Shingles, U32]:
    """The shingle sets of symbol ranges (int64, rows of first, last + 1) and their band keys (uint32, shape (spans, bands))."""

    def task(first: int) -> tuple[Shingles, U32]:
        part = spans[first : first + _BLOCK]
        sets = shingles(text.symbols, text.flags, part, sketch.shingle)
        return sets, band_keys(signatures(sets, sketch.permutations), sketch.bands, sketch.rows)

    with ThreadPoolExecutor(max_workers=jobs) as threads:
        parts = list(threads.map(task, range(0, max(len(spans), 1), _BLOCK)))
    sizes = np.concatenate([np.diff(sets.offsets) for sets, _ in parts])
    values = np.concatenate([sets.values for sets, _ in parts])
    return Shingles(values, ranges(sizes)), np.concatenate([keys for _, keys in parts])


def _all_alike(sets: Shingles, pairs: I64, least: float, jobs: int) -> Bool:
    """`_alike` of all pairs, blocks of them shared out among `jobs` threads."""
    blocks = range(0, max(len(pairs), 1), _PAIRS)
    with ThreadPoolExecutor(max_workers=jobs) as threads:
        parts = list(
            threads.map(
                lambda first: _alike(sets.values, sets.offsets, pairs[first : first + _PAIRS], least), blocks
            )
        )
    return np.concatenate(parts)


@kernel
def _alike(values: U32, offsets: I64, pairs: I64, least: float) -> Bool:
    """Whether the smaller shingle set of each pair lies in the larger one to at least that share."""
    out = np.zeros(len(pairs), np.bool_)
    for k in range(len(pairs)):
        a, b = pairs[k, 0], pairs[k, 1]
        smaller = min(offsets[a + 1] - offsets[a], offsets[b + 1] - offsets[b])
        out[k] = share_at_least(values, offsets, a, b, least * smaller)
    return out
