"""Signs a reader cannot see, or that turn a line around, written out by their code."""

from __future__ import annotations

import re

# Controls but tab and line feed, bidirectional marks, zero-width signs but the joiner of emoji, surrogates.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def with_hidden_shown(text: str) -> str:
    """`text` with every hidden sign as `⟨U+202E⟩` and every line break as LF; what is returned is valid UTF-8."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _HIDDEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", lines)
