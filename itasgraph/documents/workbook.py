"""An XLSX workbook → lines: a heading for each sheet, and a row for each row, each cell with its address."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, Final

import lxml.etree
import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from itasgraph.documents.archive import open_archive
from itasgraph.documents.document import Document, Line, LineKind, line, separate_blocks
from itasgraph.errors import FileError, UsageError
from itasgraph.serializers import entry_workbook

_VISIBLE: Final = "visible"


def read(raw: bytes, path: str, sheet: str | None = None) -> Document:
    """Return the lines of a workbook, or of one of its sheets; what is hidden is left out and named.

    Raises FileError, or UsageError where there is no such sheet.
    """
    content = open_archive(raw, path)
    try:
        book = openpyxl.load_workbook(content, data_only=True)
    except (
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        OSError,
        zipfile.BadZipFile,
        lxml.etree.LxmlError,
    ) as error:
        raise FileError("document-damaged", path=path) from error
    sheets = book.worksheets
    record = _record(sheets)
    if record:  # what people hide or filter while they edit is not gone
        sheets = [one for one in sheets if one.title != entry_workbook.RECORD]
    if sheet is not None:
        sheets = [one for one in sheets if one.title == sheet]
        if not sheets:
            raise UsageError("unknown-sheet", path=path, sheet=sheet, known=", ".join(book.sheetnames))
    omitted: list[str] = []
    lines = [row for one in sheets for row in _sheet(one, omitted, named=sheet is not None, hidden=bool(record))]
    return Document(separate_blocks(lines, path), book.properties.title or "", tuple(omitted), record=record)


def _record(sheets: Iterable[Worksheet]) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the sheet by which `export` recognises its workbooks, without their empty cells at the end."""
    for sheet in sheets:
        if sheet.title == entry_workbook.RECORD and sheet["A1"].value == entry_workbook.HEAD:
            return tuple(tuple(str(cell or "") for cell in row) for row in sheet.iter_rows(values_only=True))
    return ()


def _sheet(sheet: Worksheet, omitted: list[str], *, named: bool, hidden: bool) -> Iterator[Line]:
    """Yield the lines of a sheet; what is hidden is among them only with `hidden`, a hidden sheet also where it is `named`."""
    if sheet.sheet_state != _VISIBLE and not (named or hidden):
        omitted.append(sheet.title)
        return
    yield line([sheet.title], LineKind.HEADING, 1, places=[sheet.title])
    columns = _columns(sheet, omitted, hidden=hidden)
    merged = _merged(sheet)
    for number, row in enumerate(sheet.iter_rows(min_row=1), 1):
        if sheet.row_dimensions[number].hidden and not hidden:
            if any(cell.value is not None for cell in row):
                omitted.append(f"{sheet.title}!{number}")
            continue
        cells = [(cell, merged.get((number, cell.column), cell.value)) for cell in row if cell.column in columns]
        places = [f"{sheet.title}!{cell.coordinate}" for cell, _ in cells]
        yield line([_text(cell, value) for cell, value in cells], LineKind.ROW, places=places)


def _columns(sheet: Worksheet, omitted: list[str], *, hidden: bool) -> set[int]:
    """Return the numbers of the columns up to the last one with a value, hidden ones only with `hidden`."""
    invisible: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and not hidden:  # one entry may stand for several columns
            invisible.update(range(dimension.min or 0, (dimension.max or 0) + 1))
    used = {cell.column for row in sheet.iter_rows() for cell in row if cell.value is not None}
    omitted.extend(f"{sheet.title}!{get_column_letter(column)}" for column in sorted(used & invisible))
    return set(range(1, max(used, default=0) + 1)) - invisible


def _merged(sheet: Worksheet) -> dict[tuple[int, int], Any]:
    """Return the values of merged cells: a cell merged downwards has its value in each row, in the first column."""
    values: dict[tuple[int, int], Any] = {}
    for area in sheet.merged_cells.ranges:
        value = sheet.cell(area.min_row, area.min_col).value
        values.update({(row, area.min_col): value for row in range(area.min_row, area.max_row + 1)})
    return values


def _text(cell: Any, value: Any) -> str:
    """Return a value as text: days as YYYY-MM-DD, times as HH:MM, numbers without an exponent or a needless ".0"."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.time):
        return value.isoformat("minutes")
    if isinstance(value, float):
        share = isinstance(cell, Cell) and cell.number_format.endswith("%")
        return f"{value * 100:.10g} %" if share else f"{value:.15f}".rstrip("0").rstrip(".")
    return str(value)
