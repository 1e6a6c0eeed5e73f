"""The lists of this room: stock phrases and the words that introduce a quotation, data files that users can
edit and add to."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def bundled_phrases() -> tuple[str, ...]:
    """The stock phrases of the package's own list, `auditing/data/phrases.txt`."""
    return parse_list(_text("phrases.txt"))


@lru_cache(maxsize=1)
def quotation_verbs() -> tuple[str, ...]:
    """The words of `auditing/data/quotations.txt`."""
    return parse_list(_text("quotations.txt"))


def parse_list(text: str) -> tuple[str, ...]:
    """The entries of a list file, in its order, each once: one a line, lines that begin with `#` are
    comments."""
    lines = (line.strip() for line in text.lstrip("\ufeff").splitlines())
    return tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


def _text(name: str) -> str:
    return files("reuse.auditing").joinpath(f"data/{name}").read_text(encoding="utf-8")
