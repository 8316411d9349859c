"""An answer as an Excel workbook (Office Open XML): text as text, numbers as numbers, dates as dates, links to click."""

from __future__ import annotations

import datetime
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import pyoxigraph as ox

from itasgraph import messages
from itasgraph.errors import UsageError
from itasgraph.results.presentation import Cell, Line, clean
from itasgraph.results.python_values import to_python
from itasgraph.store.queryable import Term, value
from itasgraph.util import files

if TYPE_CHECKING:
    from collections.abc import Iterator

# Excel specifications and limits: rows below the heading, characters in a cell, links in a sheet, characters of a link
# and of the part behind its "#", digits of a number, the greatest number.
_ROWS: Final = 1_048_575
_CHARACTERS: Final = 32_767
_LINKS: Final = 65_530
_ADDRESS: Final = 2_079
_FRAGMENT: Final = 255
_DIGITS: Final = 15
_GREATEST: Final = 9.99999999999999e307
# The first day that Excel and the calendar agree on: it takes 1900 for a leap year.
_FIRST_DAY: Final = datetime.date(1900, 3, 1)
# The narrowest and the widest column, in characters.
_NARROW: Final = 8
_WIDE: Final = 60
# Nothing in a file tells when it was made.
_CREATED: Final = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


def write(headings: list[str], rows: Iterator[Line], out: BinaryIO, lang: str, title: str) -> bool:
    """Write the workbook, row by row; the same bytes for the same rows. Returns whether there were none.

    A cell's text is cut, with "…" at its end, where Excel takes no more, and a number, date or link that Excel cannot hold
    stays text. Raises UsageError where there are more rows than a sheet takes.
    """
    from xlsxwriter import Workbook

    # A zip file goes back to what it wrote before, which a pipe cannot.
    with (
        files.temporary(),
        files.temporary_folder(Path(tempfile.gettempdir())) as folder,
        tempfile.TemporaryFile() as made,
    ):
        book = Workbook(made, {"constant_memory": True, "tmpdir": str(folder)})
        book.set_properties({"title": title, "created": _CREATED})
        count = _Sheet(book, messages.render("answer", lang)).fill(headings, rows)
        book.close()
        made.seek(0)
        shutil.copyfileobj(made, out)
    return not count


class _Sheet:
    """The one sheet of a workbook, with what is counted while it fills."""

    def __init__(self, book: Any, name: str) -> None:
        self._sheet = book.add_worksheet(name)
        self._bold = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self._text = book.add_format({"text_wrap": True, "valign": "top"})
        self._link = book.add_format({"text_wrap": True, "valign": "top", "underline": 1, "font_color": "#05507A"})
        self._plain = book.add_format({"valign": "top"})
        self._day = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"})
        self._time = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd hh:mm:ss"})
        self._links = 0
        self._widths: dict[int, int] = {}

    def fill(self, headings: list[str], rows: Iterator[Line]) -> int:
        """Write all; returns the number of rows."""
        try:
            return self._fill(headings, rows)
        except BaseException:
            self._sheet.row_data_fh.close()  # what only the closing of a finished workbook would
            raise

    def _fill(self, headings: list[str], rows: Iterator[Line]) -> int:
        count = 0
        self._sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            self._string(0, column, _cut(heading), self._bold)
            self._widen(column, heading)
        for count, row in enumerate(rows, 1):
            if count > _ROWS:
                raise UsageError("too-many-rows", most=f"{_ROWS:,}")
            for column, cell in enumerate(row.cells):
                self._put(count, column, cell)
        if headings:
            self._sheet.autofilter(0, 0, count, len(headings) - 1)
        for column, width in self._widths.items():
            self._sheet.set_column(column, column, width)
        return count

    def _put(self, row: int, column: int, cell: Cell) -> None:
        held = _held(cell.term)
        if held is None:
            self._write_text(row, column, cell)
        elif isinstance(held, bool):
            self._sheet.write_boolean(row, column, held, self._plain)
        elif isinstance(held, datetime.date):
            moment = isinstance(held, datetime.datetime)
            self._sheet.write_datetime(row, column, held, self._time if moment else self._day)
        else:
            self._sheet.write_number(row, column, held, self._plain)
        self._widen(column, cell.text)

    def _write_text(self, row: int, column: int, cell: Cell) -> None:
        # A day that Excel does not know stays as the standard writes it.
        text = _cut(clean(value(cell.term)) if isinstance(cell.term, ox.Literal) else cell.text)
        link = cell.link if self._links < _LINKS else ""
        if _linkable(link) and not _like_markup(text):
            self._links += 1
            self._sheet.write_url(row, column, link, self._link, text)
        elif text:
            self._string(row, column, text, self._text)

    def _string(self, row: int, column: int, text: str, form: Any) -> None:
        """Text, whatever it looks like."""
        if _like_markup(text):
            self._sheet.write_rich_string(row, column, text[:3], form, text[3:], form)
        else:
            self._sheet.write_string(row, column, text, form)

    def _widen(self, column: int, text: str) -> None:
        longest = max(map(len, text.split("\n"))) + 2
        self._widths[column] = min(max(longest, self._widths.get(column, _NARROW)), _WIDE)


def _cut(text: str) -> str:
    """As much of the text as a cell takes, which counts in UTF-16 as Excel does."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _CHARACTERS:
        return text
    return units[: 2 * (_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"


def _like_markup(text: str) -> bool:
    """Whether XlsxWriter would take the text for markup of its own making, and write it as that."""
    return text.startswith("<r>") and text.endswith("</r>")


def _linkable(link: str) -> bool:
    return 0 < len(link) <= _ADDRESS and len(link.partition("#")[2]) <= _FRAGMENT


def _held(term: Term | None) -> float | bool | datetime.date | None:
    """The term as a number, truth value or date where Excel can hold exactly that, else None."""
    found = to_python(term)
    if isinstance(found, bool):
        return found
    if isinstance(found, int | float):
        return found if term is not None and _exact(found, value(term)) else None
    return found if isinstance(found, datetime.date) and _known(found) else None


def _exact(number: float, text: str) -> bool:
    """Whether the digits of a number are not too many and it is not too great."""
    digits = re.sub(r"\D", "", re.split("[eE]", text)[0])
    return len(digits.strip("0")) <= _DIGITS and abs(number) <= _GREATEST


def _known(day: datetime.date) -> bool:
    """Whether Excel has the day; it knows neither time zones nor parts of a second."""
    if isinstance(day, datetime.datetime):
        return day.tzinfo is None and not day.microsecond and day.date() >= _FIRST_DAY
    return day >= _FIRST_DAY
