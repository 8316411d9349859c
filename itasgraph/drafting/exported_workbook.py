"""A workbook that `export` wrote and people edited: its rows by id, and which of its cells were edited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from itasgraph import messages
from itasgraph.documents.document import Document, Line, LineKind
from itasgraph.drafting.tables import Cell
from itasgraph.serializers import entry_workbook
from itasgraph.serializers.entry_tables import ID, column_headers, digest
from itasgraph.store.queryable import Queryable

_TRANSLATED: Final = re.compile(r"(.+) \((\w+)\)")


@dataclass(frozen=True, slots=True)
class EditedRow:
    """A row: its line in the document, the kind of its entry, its id ("" for a new one), and its cells by column ("label@de")."""

    line: int
    kind: str
    id: str
    cells: Mapping[str, Cell]


class ExportedWorkbook:
    """The sheets of a workbook that `export` wrote, which its hidden sheet records."""

    def __init__(self, document: Document, graph: Queryable) -> None:
        self.lang, self.base = document.record[0][2], document.record[0][3]
        self.unknown_columns: list[str] = []
        self._kinds: dict[str, str] = {}
        self._columns: dict[str, tuple[str, ...]] = {}
        self._headers: dict[str, tuple[str, ...]] = {}
        self._digests: dict[tuple[str, str], tuple[str, ...]] = {}
        for mark, title, *cells in document.record[1:]:
            self._read_record(mark, title, cells)
        self._known = {
            name: key for lang in messages.LANGUAGES for key, name in reversed(column_headers(graph, lang).items())
        } | {key: key for key in graph.terms.keys}
        self.sheets: set[str] = set()
        self.rows = [row for sheet in _sheets(document) for row in self._rows(sheet)]

    def _read_record(self, mark: str, title: str, cells: Sequence[str]) -> None:
        if mark == entry_workbook.SHEET:
            self._kinds[title] = cells[0]
            self._columns[title] = (ID, *filter(None, cells[1:]))
        elif mark == entry_workbook.HEADER:
            self._headers[title] = tuple(cells)
        elif mark == entry_workbook.ENTRY:
            self._digests[title, cells[0]] = tuple(cells[1:])

    def recorded(self, row: EditedRow, column: str) -> str:
        """Return the digest of a cell as it was exported, an empty string where there was none."""
        for title, kind in self._kinds.items():
            digests = self._digests.get((title, row.id))
            if kind == row.kind and digests and column in self._columns[title]:
                index = self._columns[title].index(column) - 1
                return digests[index] if index < len(digests) else ""
        return ""

    def edited(self, row: EditedRow) -> Iterator[tuple[str, Cell]]:
        """Yield the cells of a row that say something else than what was exported, with their columns."""
        for column, cell in row.cells.items():
            if digest(cell.text) != self.recorded(row, column):
                yield column, cell

    def missing(self) -> dict[str, list[str]]:
        """Return kind → the ids of the exported entries that have no row any more, of the sheets that are still there."""
        present = {(row.kind, row.id) for row in self.rows}
        result: dict[str, list[str]] = {}
        for title, id_ in self._digests:
            if title in self.sheets and (self._kinds[title], id_) not in present:
                result.setdefault(self._kinds[title], []).append(id_)
        return result

    def missing_sheets(self) -> list[str]:
        """Return the names of the sheets that are gone."""
        return [title for title in self._kinds if title not in self.sheets]

    def _rows(self, sheet: tuple[str, Sequence[tuple[int, Line]]]) -> Iterator[EditedRow]:
        title, lines = sheet
        header = next((number for number, (_, line) in enumerate(lines) if ID in line.cells), None)
        if title not in self._kinds or header is None:
            return
        self.sheets.add(title)
        columns = [self._column(title, text) for text in lines[header][1].cells]
        for number, line in lines[header + 1 :]:
            texts = dict(zip(columns, zip(line.cells, line.places, strict=True), strict=False))
            id_, _ = texts.pop(ID)
            cells = {column: Cell(*cell) for column, cell in texts.items() if column}
            yield EditedRow(number, self._kinds[title], id_.strip(), cells)

    def _column(self, title: str, header: str) -> str:
        """Return the column of a header: as it was exported, else as a header of either language, or the key, names it."""
        text = " ".join(header.split())
        exported = dict(zip(self._headers[title], self._columns[title], strict=False))
        if text in exported:
            return exported[text]
        if text in self._known:
            return self._known[text]
        if (match := _TRANSLATED.fullmatch(text)) and match[1] in self._known:
            return f"{self._known[match[1]]}@{match[2]}"
        if text:
            self.unknown_columns.append(text)
        return ""


def _sheets(document: Document) -> Iterator[tuple[str, list[tuple[int, Line]]]]:
    """Yield the name of each sheet with its rows and their line numbers."""
    title, rows = "", list[tuple[int, Line]]()
    for number, line in enumerate(document.lines, 1):
        if line.kind is LineKind.HEADING:
            if title:
                yield title, rows
            title, rows = line.text, []
        elif line.kind is LineKind.ROW:
            rows.append((number, line))
    if title:
        yield title, rows
