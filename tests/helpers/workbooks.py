"""Workbooks that `export` wrote, edited as people edit them: by kind, id and key."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from itasgraph.serializers import entry_workbook


class EditedBook:
    """An exported workbook that a test edits."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)
        record = self.book[entry_workbook.RECORD].iter_rows(values_only=True)
        sheets = [row for row in record if row[0] == entry_workbook.SHEET]
        self._sheets = {str(row[2]): (str(row[1]), ["id", *(str(key) for key in row[3:] if key)]) for row in sheets}

    @property
    def kinds(self) -> list[str]:
        return list(self._sheets)

    def sheet(self, kind: str) -> Worksheet:
        return cast("Worksheet", self.book[self._sheets[kind][0]])

    def keys(self, kind: str) -> list[str]:
        """Return the keys of the columns of a kind ("label@de"), but for the id."""
        return self._sheets[kind][1][1:]

    def row(self, kind: str, id_: str) -> int:
        return next(row[0].row for row in self.sheet(kind).iter_rows() if row[0].value == id_)

    def get(self, kind: str, id_: str, key: str) -> str:
        return str(self.sheet(kind).cell(self.row(kind, id_), self._sheets[kind][1].index(key) + 1).value or "")

    def set(self, kind: str, id_: str, key: str, text: object) -> str:
        """Set a cell; return its place."""
        cell = self.sheet(kind).cell(self.row(kind, id_), self._sheets[kind][1].index(key) + 1)
        cell.value = text  # type: ignore[assignment]  # what people enter
        return f"{self.sheet(kind).title}!{cell.coordinate}"

    def add(self, kind: str, **cells: object) -> None:
        """Add a row; "__" stands for "@"."""
        sheet = self.sheet(kind)
        number = sheet.max_row + 1
        for key, text in cells.items():
            index = self._sheets[kind][1].index(key.replace("__", "@"))
            sheet.cell(number, index + 1).value = text  # type: ignore[assignment]

    def delete(self, kind: str, id_: str) -> None:
        self.sheet(kind).delete_rows(self.row(kind, id_))

    def save(self) -> Path:
        self.book.save(self.path)
        return self.path
