"""An answer as an Excel workbook (Office Open XML): text as text, numbers as numbers, dates as dates, links to click."""

from __future__ import annotations

import datetime
import re
import warnings
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import pyoxigraph as ox

from itasgraph import messages
from itasgraph.errors import CutTexts
from itasgraph.results.presentation import Cell, RenderedRow, clean
from itasgraph.results.python_values import to_python
from itasgraph.store.queryable import Term, value
from itasgraph.util import excel

if TYPE_CHECKING:
    from collections.abc import Iterator

# Excel specifications and limits: links in a sheet, characters of a link and of the part behind its "#", digits of a
# number, the greatest number.
_MAX_LINKS: Final = 65_530
_ADDRESS: Final = 2_079
_FRAGMENT: Final = 255
_DIGITS: Final = 15
_GREATEST: Final = 9.99999999999999e307
# The first day on which Excel and the calendar agree: Excel treats 1900 as a leap year.
_FIRST_DAY: Final = datetime.date(1900, 3, 1)
# The narrowest and the widest column, in characters.
_NARROW: Final = 8
_WIDE: Final = 60


def write(headings: list[str], rows: Iterator[RenderedRow], out: BinaryIO, lang: str, title: str) -> bool:
    """Write the workbook row by row, the same bytes for the same rows. Return whether there were none.

    A cell's text is cut, with "…" at its end, where Excel takes no more (a warning says so: CutTexts), and a number, date or
    link that Excel cannot hold stays text. Raises UsageError where there are more rows than a sheet takes.
    """
    with excel.workbook(out, title, constant_memory=True) as book:
        sheet = _Sheet(book, messages.render("answer", lang))
        count = sheet.fill(headings, rows)
    if sheet.cut_texts:
        warnings.warn(CutTexts("cut-texts", count=sheet.cut_texts, limit=f"{excel.CHARACTERS:,}"), stacklevel=2)
    return not count


class _Sheet:
    """The one sheet of a workbook, which counts its links and the widths of its columns."""

    def __init__(self, book: Any, name: str) -> None:  # Any: xlsxwriter has no types
        self._sheet = book.add_worksheet(name)
        self._bold = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self._text = book.add_format({"text_wrap": True, "valign": "top"})
        self._link = book.add_format({"text_wrap": True, "valign": "top", "underline": 1, "font_color": "#05507A"})
        self._plain = book.add_format({"valign": "top"})
        self._day = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"})
        self._time = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd hh:mm:ss"})
        self._links = 0
        self.cut_texts = 0
        self._widths: dict[int, int] = {}

    def fill(self, headings: list[str], rows: Iterator[RenderedRow]) -> int:
        """Write the headings and rows. Return the number of rows."""
        try:
            return self._fill(headings, rows)
        except BaseException:
            self._sheet.row_data_fh.close()  # otherwise only closing a finished workbook closes it
            raise

    def _fill(self, headings: list[str], rows: Iterator[RenderedRow]) -> int:
        count = 0
        self._sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            excel.write_text(self._sheet, (0, column), excel.cut(heading), self._bold)
            self._widen(column, heading)
        for count, row in enumerate(rows, 1):
            excel.check_row_count(count, "too-many-rows")
            for column, cell in enumerate(row.cells):
                self._put(count, column, cell)
        if headings:
            self._sheet.autofilter(0, 0, count, len(headings) - 1)
        for column, width in self._widths.items():
            self._sheet.set_column(column, column, width)
        return count

    def _put(self, row: int, column: int, cell: Cell) -> None:
        value_ = _exact_value(cell.term)
        if value_ is None:
            self._write_text(row, column, cell)
        elif isinstance(value_, bool):
            self._sheet.write_boolean(row, column, value_, self._plain)
        elif isinstance(value_, datetime.date):
            moment = isinstance(value_, datetime.datetime)
            self._sheet.write_datetime(row, column, value_, self._time if moment else self._day)
        else:
            self._sheet.write_number(row, column, value_, self._plain)
        self._widen(column, cell.text)

    def _write_text(self, row: int, column: int, cell: Cell) -> None:
        # A day that Excel does not know is written as XML Schema writes it.
        whole = clean(value(cell.term)) if isinstance(cell.term, ox.Literal) else cell.text
        text = excel.cut(whole)
        self.cut_texts += text != whole
        link = cell.link if self._links < _MAX_LINKS else ""
        if _is_linkable(link) and not excel.looks_like_markup(text):
            self._links += 1
            self._sheet.write_url(row, column, link, self._link, text)
        elif text:
            excel.write_text(self._sheet, (row, column), text, self._text)

    def _widen(self, column: int, text: str) -> None:
        longest = max(map(len, text.split("\n"))) + 2
        self._widths[column] = min(max(longest, self._widths.get(column, _NARROW)), _WIDE)


def _is_linkable(link: str) -> bool:
    return 0 < len(link) <= _ADDRESS and len(link.partition("#")[2]) <= _FRAGMENT


def _exact_value(term: Term | None) -> float | bool | datetime.date | None:
    """Return the term as a number, truth value or date where Excel can hold exactly that, else None."""
    number = to_python(term)
    if isinstance(number, bool):
        return number
    if isinstance(number, int | float):
        return number if term is not None and _is_exact(number, value(term)) else None
    return number if isinstance(number, datetime.date) and _is_excel_day(number) else None


def _is_exact(number: float, text: str) -> bool:
    """Return whether Excel can hold a number: it takes 15 digits, and none above its greatest number."""
    digits = re.sub(r"\D", "", re.split("[eE]", text)[0])
    return len(digits.strip("0")) <= _DIGITS and abs(number) <= _GREATEST


def _is_excel_day(day: datetime.date) -> bool:
    """Return whether Excel has the day; it knows neither time zones nor parts of a second."""
    if isinstance(day, datetime.datetime):
        return day.tzinfo is None and not day.microsecond and day.date() >= _FIRST_DAY
    return day >= _FIRST_DAY
