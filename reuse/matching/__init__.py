"""Candidates become verified matches: seeds, chains, alignments, signs, evidence.

`detection` is the way in; in reading order: `duplicates`, `candidates` and `near_duplicates` (the paragraph pass), `stream`,
`suffixes`, `rarity`, `chaining`, `alignment`, `search` (the passage pass), `grouping`, `signs`, `evidence`, `judging`, `spans`,
`differences`, `parts`, `assembly`.
"""
