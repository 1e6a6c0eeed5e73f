"""MinHash signatures of all passages at once, bit for bit those of `datasketch.MinHash(scheme="affine32")` (compiled)."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from reuse.arrays import I64, U32, kernel
from reuse.text.shingles import Shingles

SEED = 1


@lru_cache(maxsize=4)
def permutations(count: int) -> tuple[U32, U32]:
    """The factors and summands (uint32) of datasketch's permutations a * h + b mod 2^32."""
    from datasketch import MinHash

    factors, summands = MinHash(num_perm=count, seed=SEED, scheme="affine32").permutations
    return np.asarray(factors, dtype=np.uint32), np.asarray(summands, dtype=np.uint32)


def signatures(shingles: Shingles, permutation_count: int = 128) -> U32:
    """Signatures, uint32, shape (passages, permutations); a passage without shingles has all-maximal values: never index it.

    Two signatures agree in a share of places that estimates the resemblance of the two sets with a standard error of
    sqrt(r (1 - r) / permutations). Source: Broder 1997; scheme: datasketch 2.0, `affine32`.
    """
    factors, summands = permutations(permutation_count)
    return _signatures(shingles.values, shingles.offsets, factors, summands)


@kernel
def _signatures(values: U32, offsets: I64, factors: U32, summands: U32) -> U32:
    count = len(offsets) - 1
    out = np.full((count, len(factors)), np.uint32(0xFFFFFFFF), np.uint32)
    for k in range(count):
        row = out[k]
        for i in range(offsets[k], offsets[k + 1]):
            h = values[i]
            h = np.uint32(h ^ (h >> np.uint32(16))) * np.uint32(0x85EBCA6B)
            h = np.uint32(h)
            h = np.uint32(h ^ (h >> np.uint32(13))) * np.uint32(0xC2B2AE35)
            h = np.uint32(h)
            h = np.uint32(h ^ (h >> np.uint32(16)))
            for p in range(len(factors)):
                permuted = np.uint32(factors[p] * h + summands[p])
                row[p] = min(row[p], permuted)
    return out
