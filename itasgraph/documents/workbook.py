"""An XLSX workbook → lines: a heading for each sheet, and a row for each row, each cell with its address."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

import lxml.etree
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from itasgraph.documents.archive import open_archive
from itasgraph.documents.document import Document, Line, LineKind, line, separate_blocks, with_links
from itasgraph.errors import FileError, UsageError
from itasgraph.serializers import entry_workbook

_VISIBLE: Final = "visible"
_ERROR: Final = "e"  # the type of a cell that shows an error such as #N/A
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")
_LINK: Final = re.compile(r'HYPERLINK\("([^"]+)"', re.I)
_NAMED_CELLS: Final = 5  # in a message


# The errors of openpyxl for parts that are missing, cut or hold other elements than it expects; that of xml.etree is a SyntaxError.
_DAMAGED: Final = (
    *(AttributeError, IndexError, KeyError, OSError, SyntaxError, TypeError, ValueError),
    *(zipfile.BadZipFile, zlib.error, lxml.etree.LxmlError),
)


def read(raw: bytes, path: str, sheet: str | None = None) -> Document:
    """Return the lines of a workbook, or of one of its sheets; what is hidden is left out and named.

    Raises FileError, or UsageError where there is no such sheet.
    """
    content = open_archive(raw, path)
    try:
        reader = ExcelReader(content, data_only=True)
        with warnings.catch_warnings():  # of what openpyxl would lose by writing
            warnings.simplefilter("ignore")
            reader.read()
        formulas = _formulas(reader, raw)
    except _DAMAGED as error:
        raise FileError("document-damaged", path=path) from error
    book = reader.wb
    sheets = book.worksheets
    record = _record(sheets)
    if record:  # what people hide or filter while they edit is not gone
        sheets = [one for one in sheets if one.title != entry_workbook.RECORD]
    if sheet is not None:
        sheets = [one for one in sheets if one.title == sheet]
        if not sheets:
            raise UsageError("unknown-sheet", path=path, sheet=sheet, known=", ".join(book.sheetnames))
    omitted: list[str] = []
    content_of = _SheetReader(omitted, formulas, is_export=bool(record))
    lines = [row for one in sheets for row in content_of.lines(one, named=sheet is not None)]
    if content_of.without_value:
        raise FileError("workbook-without-values", path=path, cells=", ".join(content_of.without_value[:_NAMED_CELLS]))
    return Document(separate_blocks(lines, path), book.properties.title or "", tuple(omitted), record=record)


class _Formula(NamedTuple):
    """A formula, and whether the program that saved the workbook saved its value as well."""

    text: str
    has_value: bool


def _formulas(reader: ExcelReader, raw: bytes) -> dict[str, _Formula]:
    """Return place of a cell ("Actors!B4") → its formula. openpyxl takes a formula without a value for an empty cell."""
    formulas: dict[str, _Formula] = {}
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for sheet, relation in reader.parser.find_sheets():
            content = archive.read(relation.target) if relation.target in reader.valid_files else b""
            if _FORMULA.search(content):
                formulas |= {f"{sheet.name}!{place}": formula for place, formula in _formulas_of(content)}
    return formulas


def _formulas_of(content: bytes) -> Iterator[tuple[str, _Formula]]:
    for _, cell in lxml.etree.iterparse(io.BytesIO(content), tag="{*}c"):
        formula = cell.find("{*}f")
        if formula is not None:
            value = cell.find("{*}v")
            # An empty value is a result only of a formula that gives a text; openpyxl writes one for each formula.
            has_value = value is not None and bool(value.text or cell.get("t") == "str")
            yield str(cell.get("r", "")), _Formula(formula.text or "", has_value)
        cell.clear()


def _record(sheets: Iterable[Worksheet]) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the sheet by which `export` recognises its workbooks, without their empty cells at the end."""
    for sheet in sheets:
        if sheet.title == entry_workbook.RECORD and sheet["A1"].value == entry_workbook.HEAD:
            return tuple(tuple(str(cell or "") for cell in row) for row in sheet.iter_rows(values_only=True))
    return ()


class _SheetReader:
    """Reads the lines of sheets; of a workbook that `export` wrote, what people hide and filter as well."""

    def __init__(self, omitted: list[str], formulas: Mapping[str, _Formula], *, is_export: bool) -> None:
        """What is hidden and not read is added to `omitted`."""
        self._omitted = omitted
        self._formulas = formulas
        self._is_export = is_export
        self.without_value: list[str] = []

    def lines(self, sheet: Worksheet, *, named: bool) -> Iterator[Line]:
        """Yield the lines of a sheet, of a hidden one only where it is `named`."""
        if sheet.sheet_state != _VISIBLE and not (named or self._is_export):
            self._omitted.append(sheet.title)
            return
        yield line([sheet.title], LineKind.HEADING, 1, places=[sheet.title])
        columns = _columns(sheet, self._omitted, hidden=self._is_export)
        merged = _merged(sheet)
        for number, row in enumerate(sheet.iter_rows(min_row=1), 1):
            if sheet.row_dimensions[number].hidden and not self._is_export:
                if any(cell.value is not None for cell in row):
                    self._omitted.append(f"{sheet.title}!{number}")
                continue
            cells = [(cell, merged.get((number, cell.column), cell)) for cell in row if cell.column in columns]
            places = [f"{sheet.title}!{cell.coordinate}" for cell, _ in cells]
            texts = [self._text(content, place) for (_, content), place in zip(cells, places, strict=True)]
            plain = line(texts, LineKind.ROW, places=places)
            yield with_links(plain, [self._links(content, sheet.title) for _, content in cells])

    def _text(self, cell: Cell | MergedCell, place: str) -> str:
        """Return the text of a cell; note a cell whose formula has no value, or in an export an error."""
        formula = self._formulas.get(place)
        is_error = cell.data_type == _ERROR
        if (formula and not formula.has_value) or (is_error and self._is_export):
            self.without_value.append(place)
        return "" if is_error else _text(cell)

    def _links(self, cell: Cell | MergedCell, title: str) -> Iterator[str | None]:
        if cell.hyperlink is not None:
            yield cell.hyperlink.target
        if (formula := self._formulas.get(f"{title}!{cell.coordinate}")) and (match := _LINK.match(formula.text)):
            yield match[1]


def _columns(sheet: Worksheet, omitted: list[str], *, hidden: bool) -> set[int]:
    """Return the numbers of the columns up to the last one with a value, hidden ones only with `hidden`."""
    invisible: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and not hidden:  # one entry may stand for several columns
            invisible.update(range(dimension.min or 0, (dimension.max or 0) + 1))
    used = {cell.column for row in sheet.iter_rows() for cell in row if cell.value is not None}
    omitted.extend(f"{sheet.title}!{get_column_letter(column)}" for column in sorted(used & invisible))
    return set(range(1, max(used, default=0) + 1)) - invisible


def _merged(sheet: Worksheet) -> dict[tuple[int, int], Cell | MergedCell]:
    """Return row and column → the content of merged cells: a cell merged downwards stands in each row, in the first column."""
    cells: dict[tuple[int, int], Cell | MergedCell] = {}
    for area in sheet.merged_cells.ranges:
        first = sheet.cell(area.min_row, area.min_col)
        cells.update({(row, area.min_col): first for row in range(area.min_row, area.max_row + 1)})
    return cells


def _text(cell: Cell | MergedCell) -> str:
    """Return a value as text: days as YYYY-MM-DD, times as HH:MM, numbers without an exponent or a needless ".0"."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.time):
        return value.isoformat("minutes")
    if isinstance(value, float):
        share = cell.number_format.endswith("%")
        return f"{value * 100:.10g} %" if share else f"{value:.15f}".rstrip("0").rstrip(".")
    return str(value)
