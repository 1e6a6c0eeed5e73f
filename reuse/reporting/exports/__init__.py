"""A result in the formats of other programs.

sheets     one workbook, a sheet a table (Excel, WPS)
plain      CSV, flat JSON Lines, Parquet: a folder with a file a table
passim     the two files of passim: passages by cluster, and pairwise alignments
graph      documents and what they share, for Gephi and the like (GraphML)
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from reuse.model import OutputError
from reuse.reporting.exports.graph import write_graphml
from reuse.reporting.exports.passim import write_passim
from reuse.reporting.exports.plain import write_csv, write_jsonl, write_parquet
from reuse.reporting.exports.sheets import write_xlsx

if TYPE_CHECKING:
    from reuse.reporting.result import Result

Writer = Callable[["Result", Path], list[Path]]

# The file or folder each format writes when none is named, below the folder of the scan.
_FORMATS: dict[str, tuple[str, Writer]] = {
    "xlsx": ("reuse.xlsx", write_xlsx),
    "csv": ("csv", write_csv),
    "jsonl": ("jsonl", write_jsonl),
    "parquet": ("parquet", write_parquet),
    "passim": ("passim", write_passim),
    "graphml": ("reuse.graphml", write_graphml),
}
FORMAT_NAMES = tuple(_FORMATS)


def export(result: Result, name: str, path: Path) -> list[Path]:
    """Write `result` to `path` (a file or a folder, by format) and return the files written.

    Raises OutputError for an unknown format or a place that cannot be written, MissingExtraError where the
    format needs a library that is not installed.
    """
    if name not in _FORMATS:
        raise OutputError(f"no format {name!r}; there are {', '.join(FORMAT_NAMES)}.")
    return _FORMATS[name][1](result, path)


def default_path(directory: Path, name: str) -> Path:
    """Where an export of the scan in `directory` goes when no other place is named."""
    return directory / _FORMATS[name][0]
