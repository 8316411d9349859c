"""The entries of a graph as an Excel workbook to edit (Office Open XML): a sheet for each kind, all cells text.

A hidden sheet records the keys of the columns and a digest of each cell, by which drafting tells what was edited.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO, Final

from itasgraph.errors import UsageError
from itasgraph.serializers.entry_tables import ID, Column, Naming, Table, column_headers, digest, kind_plurals, tables
from itasgraph.store.queryable import Queryable, Statement
from itasgraph.util import excel

RECORD: Final = "itasgraph"  # the name of the hidden sheet
VERSION: Final = "1"
# The first cells of the rows of the hidden sheet.
HEAD: Final = "export"
SHEET: Final = "sheet"
HEADER: Final = "header"
ENTRY: Final = "entry"
CUT: Final = "cut"  # in place of the digest of a cell that Excel cannot hold

# What Excel admits as the name of a sheet.
_TITLE: Final = 31
_NOT_IN_TITLE: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
_RESERVED: Final = ("", "history", "verlauf", RECORD)
# What XML 1.0 (section 2.2) does not hold.
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NARROW: Final = 12
_WIDE: Final = 50


def write(graph: Queryable, statements: Iterable[Statement], out: BinaryIO, lang: str, title: str) -> None:
    """Write the entries of the statements, the same bytes for the same statements, with headers in a language.

    A text that Excel cannot hold is cut, with "…" at its end. Raises UsageError where there are no entries, or too many.
    """
    naming = Naming(graph, lang)
    content = tables(graph, statements, naming)
    if not content:
        raise UsageError("workbook-without-entries")
    with excel.workbook(out, title) as book:
        _fill(book, list(_sheets(content, graph, naming, lang)), [[HEAD, VERSION, lang, graph.base]])


class _Sheet:
    """A sheet to write: its title, its kind, its columns, and its rows of cells, the first of which are the headers."""

    def __init__(self, title: str, table: Table, header: Sequence[str], naming: Naming) -> None:
        self.title = title
        self.kind = table.kind
        self.columns = [column.name for column in table.columns]
        self.rows = [header, *([id_, *_cells(row, table.columns, naming)] for id_, row in table.rows.items())]
        excel.check_row_count(len(table.rows), "too-many-entries")


def _sheets(content: Sequence[Table], graph: Queryable, naming: Naming, lang: str) -> Iterator[_Sheet]:
    by_kind, by_key = kind_plurals(graph, lang), column_headers(graph, lang)
    taken = set(_RESERVED)
    for table in content:
        title = free_title(by_kind[table.kind], taken)
        taken.add(title.casefold())
        yield _Sheet(title, table, _header(table, by_key), naming)


def _header(table: Table, by_key: dict[str, str]) -> list[str]:
    """Return the headers of a table, each once: with its language, and with its key where two keys have one header."""
    result = [ID]
    for column in table.columns:
        header = by_key[column.key.name]
        languages = {other.lang for other in table.columns if other.key == column.key}
        if column.lang or len(languages) > 1:
            header += f" ({column.lang or '–'})"
        result.append(f"{header} ({column.name})" if header in result else header)
    return result


def free_title(title: str, taken: Iterable[str]) -> str:
    """Return the name of a sheet that Excel accepts, of at most 31 characters; one that is taken gets a number."""
    plain = _NOT_IN_TITLE.sub("-", title).strip()[:_TITLE]
    number = 2
    result = plain
    while result.casefold() in taken:
        suffix = f" {number}"
        result = f"{plain[: _TITLE - len(suffix)]}{suffix}"
        number += 1
    return result


def _cells(row: dict[Column, list[str]], columns: Iterable[Column], naming: Naming) -> list[str]:
    return [_NOT_IN_XML.sub("", naming.cell(column, row.get(column, ()))) for column in columns]


def _fill(book: Any, sheets: Iterable[_Sheet], record: list[list[str]]) -> None:  # Any: xlsxwriter has no types
    """Write the sheets, and behind them what they are, on a sheet that Excel does not offer to show."""
    bold = book.add_format({"bold": True, "bottom": 1, "valign": "top", "num_format": "@"})
    # As text, so that what people enter stays as they enter it; the prefix keeps "=1" a text when somebody edits the cell.
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    prefixed = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "quote_prefix": True})
    for sheet in sheets:
        target = book.add_worksheet(sheet.title)
        target.freeze_panes(1, 1)
        target.autofilter(0, 0, len(sheet.rows) - 1, len(sheet.columns))
        record.append([SHEET, sheet.title, sheet.kind, *sheet.columns])
        record.append([HEADER, sheet.title, *sheet.rows[0]])
        for number, cells in enumerate(sheet.rows):
            for column, cell in enumerate(cells):
                style = prefixed if cell[:1] in tuple("=+-@") else text
                _put(target, (number, column), cell, style if number else bold)
        record += [[ENTRY, sheet.title, id_, *map(_recorded, cells)] for id_, *cells in sheet.rows[1:]]
        for column, cells in enumerate(zip(*sheet.rows, strict=True)):
            longest = max(len(line) for cell in cells for line in cell.split("\n")) + 2
            target.set_column(column, column, min(max(longest, _NARROW), _WIDE), text)
    hidden = book.add_worksheet(RECORD)
    for number, cells in enumerate(record):
        for column, cell in enumerate(cells):
            _put(hidden, (number, column), cell, text)
    hidden.very_hidden()


def _put(sheet: Any, place: tuple[int, int], text: str, style: object) -> None:
    if text:
        excel.write_text(sheet, place, excel.cut(text), style)


def _recorded(text: str) -> str:
    return digest(text) if excel.cut(text) == text else CUT
