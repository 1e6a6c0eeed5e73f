"""A workbook with a sheet a table, for Excel and WPS."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reuse.model import MissingExtraError, OutputError
from reuse.reporting.exports.plain import cell_text
from reuse.reporting.folder import writing
from reuse.reporting.tables import Table, tables
from reuse.reporting.wording import Wording

if TYPE_CHECKING:
    import xlsxwriter

    from reuse.reporting.result import Result

_MOST_ROWS = 1_048_575  # rows of a sheet, less the header
_MOST_CHARACTERS = 32_767  # characters of a cell
_ELLIPSIS = "…"
_WIDE, _NARROW = 48, 16  # columns of text, columns of numbers
# A fixed date, so that the same result makes the same bytes.
_CREATED = datetime.datetime(2000, 1, 1)


def write_xlsx(result: Result, path: Path) -> list[Path]:
    """Write the workbook; text stays text (`=1+1` is not evaluated), cells are cut at Excel's limit with `…`.

    Raises MissingExtraError without XlsxWriter, OutputError when a table has more rows than a sheet holds.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingExtraError("workbooks need XlsxWriter: pip install 'speech-reuse[xlsx]'") from error
    found = tables(result)
    for each in found:
        if len(each.rows) > _MOST_ROWS:
            raise OutputError(
                f"the table {each.name!r} has {len(each.rows):,} rows and a sheet holds {_MOST_ROWS:,}; "
                "export csv or parquet instead."
            )
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"created": _CREATED, "title": "speech-reuse"})
        _fill(book, found)
        _close(book, path)
    return [path]


def _fill(book: xlsxwriter.Workbook, found: list[Table]) -> None:
    _write_about(book, found)
    head = book.add_format({"bold": True, "bg_color": "#EEF1F4", "bottom": 1, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
    share = book.add_format({"num_format": "0.0%", "valign": "top"})
    number = book.add_format({"valign": "top"})
    for each in found:
        sheet = book.add_worksheet(each.name)
        _write_sheet(sheet, each, {"head": head, "text": text, "share": share, "number": number})


def _write_sheet(sheet: Any, found: Table, formats: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 1)
    if found.rows:
        sheet.autofilter(0, 0, len(found.rows), len(found.columns) - 1)
    for place, column in enumerate(found.columns):
        sheet.set_column(place, place, _WIDE if _is_wide(column) else _NARROW)
        sheet.write_string(0, place, column, formats["head"])
    for number, row in enumerate(found.rows, start=1):
        for place, cell in enumerate(row):
            kind = "share" if _is_share(found.columns[place]) else "number"
            _write_cell(sheet, (number, place), cell, (formats["text"], formats[kind]))


def _write_cell(sheet: Any, at: tuple[int, int], cell: Any, formats: tuple[Any, Any]) -> None:
    text_format, number_format = formats
    if isinstance(cell, bool):
        sheet.write_boolean(*at, cell, number_format)
    elif isinstance(cell, int | float):
        sheet.write_number(*at, cell, number_format)
    elif cell is not None:
        text = cell_text(cell)
        if len(text) > _MOST_CHARACTERS:
            text = text[: _MOST_CHARACTERS - 1] + _ELLIPSIS
        sheet.write_string(*at, text, text_format)


def _is_wide(column: str) -> bool:
    return column.endswith(("text", "template", "title", "notes", "aligned", "slots", "value"))


def _is_share(column: str) -> bool:
    return column.endswith("_ratio") or column == "originality"


def _write_about(book: xlsxwriter.Workbook, found: list[Table]) -> None:
    """The first sheet: what this is, and what the columns mean, in both languages."""
    sheet = book.add_worksheet("about")
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 2, 64)
    chinese, english = Wording("zh"), Wording("en")
    lines = [("speech-reuse", chinese("notice.evidence"), english("notice.evidence"))]
    known = dict.fromkeys(column for each in found for column in each.columns)
    lines += [
        (column, chinese(f"column.{column}"), english(f"column.{column}"))
        for column in known
        if chinese.has(f"column.{column}")
    ]
    for row, line in enumerate(lines):
        for place, cell in enumerate(line):
            sheet.write_string(row, place, cell, wrapped)


def _close(book: xlsxwriter.Workbook, path: Path) -> None:
    from xlsxwriter.exceptions import FileCreateError

    try:
        book.close()
    except FileCreateError as error:
        raise OutputError(
            f"{path}: cannot write here ({error}). Is the file open in another program?"
        ) from error
