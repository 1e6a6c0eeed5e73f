"""What one byte says of a symbol of comparable text, and of a code point of a source."""

CLAUSE = 1
"""A clause starts at this symbol."""
SENTENCE = 2
"""A sentence starts at this symbol."""
PARAGRAPH = 4
"""A paragraph starts at this symbol."""
SLOT = 8
"""Digits or a placeholder stand before this symbol."""
QUOTED = 16
"""The symbol stands between quotation marks."""
TITLE = 32
"""The symbol stands between book title marks."""
GAP = 64
"""Something visible that is not compared stands before this symbol."""
WORD = 128
"""A word starts at this symbol (set by `words.cut`)."""

REMOVED = 1
"""A code point that reading has marked as not compared."""
JOIN = 2
"""A line break inside a sentence."""
CUT = 4
"""A paragraph begins at this code point."""
