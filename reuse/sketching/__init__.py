"""Shingles become MinHash signatures, signatures become band keys."""
