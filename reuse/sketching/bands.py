"""Bands of signatures, their keys, and what a choice of bands and rows finds.

`band_keys` is the hinge of the paragraph pass: whatever groups by these keys finds the same candidate pairs, in memory, in a
database, on a cluster.
"""

from __future__ import annotations

import numpy as np

from reuse.arrays import U32, kernel


def band_keys(signatures: U32, bands: int, rows: int) -> U32:
    """Cut signatures into bands: uint32 keys, shape (passages, bands); passages that share a key in a band are a candidate pair.

    `bands * rows` must not exceed the length of a signature. A key is a 32-bit hash of its rows: two different bands
    share one with p = 2^-32, and every candidate is verified. Source: Leskovec et al., Mining of Massive Datasets, 3.4.
    """
    if bands * rows > signatures.shape[1]:
        raise ValueError(
            f"{bands} bands of {rows} rows need {bands * rows} values, a signature has {signatures.shape[1]}"
        )
    return _band_keys(signatures, bands, rows)


@kernel
def _band_keys(signatures: U32, bands: int, rows: int) -> U32:
    keys = np.empty((len(signatures), bands), np.uint32)
    for k in range(len(signatures)):
        for band in range(bands):
            value = np.uint64(0xCBF29CE484222325) + np.uint64(band)
            for r in range(rows):
                value = (value ^ np.uint64(signatures[k, band * rows + r])) * np.uint64(0x9DDFEA08EB382D69)
                value ^= value >> np.uint64(31)
            keys[k, band] = np.uint32(value & np.uint64(0xFFFFFFFF))
    return keys


def found_with(resemblance: float, bands: int, rows: int, agreeing: int = 1) -> float:
    """The probability that two passages of that resemblance agree in `agreeing` bands or more (the S-curve)."""
    from math import comb

    p = resemblance**rows
    missed = sum(comb(bands, k) * p**k * (1 - p) ** (bands - k) for k in range(agreeing))
    return 1.0 - missed
