"""Bytes become documents: what people really have is read, and what is not speech is marked.

In the order of the data:

- `gathering` finds files under paths, folders and globs; `sniffing` says what each is, by content; `limits` what it may cost.
- `encoding` decodes bytes; `formats` has a module for each format; `files` makes a file a `Source`, `tables` a record one
  (`broken_records`: what is told of those that are none).
- `cleaning` makes a source documents. What it knows comes from `lines` (form), `cruft_lines` and `cruft_sentences` (words),
  `edges` (what stands above and below a speech), `titles`, `dates`, `facts`, `paging`, `running`, `breaks`, `splitting`.
- `furniture` marks what many documents of a site repeat, by the `shapes` of lines; `reasons` lists why anything is marked.
- `inputs` does all of it for whatever a user gives, `parallel` for many files and long tables at once.
"""

from reuse.reading.cleaning import clean
from reuse.reading.files import read_source
from reuse.reading.furniture import Furniture, mark_furniture
from reuse.reading.gathering import stamps
from reuse.reading.inputs import Readings, read_inputs, read_text
from reuse.reading.reasons import REASONS
from reuse.reading.source import Source

__all__ = [
    "REASONS",
    "Furniture",
    "Readings",
    "Source",
    "clean",
    "mark_furniture",
    "read_inputs",
    "read_source",
    "read_text",
    "stamps",
]
