"""Candidates become verified matches: seeds, chains, alignments, signs, evidence.

`detection` is the way in; in reading order: `stream`, `suffixes`, `rarity`, `candidates`, `chaining`, `alignment`, `search`,
`grouping`, `signs`, `evidence`, `spans`, `duplicates`, `assembly`.
"""
