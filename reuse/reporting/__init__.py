"""Result → the output folder, the report page, tables and pictures of it.

result       the value a scan returns: save, load, to_pandas, to_html, at
coding       values of the model as plain JSON values and back, types checked
cells        columns as JSON, cell by cell, laid side by side
source_texts the texts of documents, spans of which are such cells
columns      matches, paragraphs and counted spans as cells
family_rows  families as cells
lines        the long tables as JSON Lines: columns by threads, values field by field by processes
folder       the files of the contract, written whole or not at all
checkpoints  finished stages of a run that is not finished
tables       flat rows; exports/ writes them for other programs
wording      the words, Chinese and English; explaining puts a match into words
hidden       signs that no reader sees, written out
cutting      a result with fewer matches, every figure counted anew
notebook     how a result and its parts show themselves in a notebook
page/        the report: pieces of data, scripts and styles, one file
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reuse.reporting.lines import json_line as json_line
    from reuse.reporting.result import Result as Result

_HOMES = {"Result": "reuse.reporting.result", "json_line": "reuse.reporting.lines"}

__all__ = ["Result", "json_line"]


def __getattr__(name: str) -> Any:
    """Import a name where it is first used: the words of the command need no compiled loops, which take a quarter of a second."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'reuse.reporting' has no attribute {name!r}")
