"""A PDF document → lines: headings by their size, bullets by their sign, table rows by their rules, wrapped lines joined."""

from __future__ import annotations

import io
import logging
import math
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from itasgraph.documents import aligned_table
from itasgraph.documents.aligned_table import ALIGNED, Word
from itasgraph.documents.document import Document, Line, LineKind, join_wrapped, line, separate_blocks
from itasgraph.errors import FileError
from itasgraph.util.progress import bar

_HEADING_SIZE: Final = 1.15  # times the size of the text
# pdfminer writes (cid:127) for a sign that its font does not name; at the beginning of a line that is a bullet.
_BULLET: Final = re.compile("(\\(cid:\\d+\\)|[•●▪■◦○‣➢➤✓\uf0b7\uf0a7]|[-–—](?=\\s))\\s*")
_COLUMN_GAP: Final = 1.5  # between the columns of a line, times the size of the text
_LINE_GAP: Final = 0.6  # between the lines of a paragraph at most, times the size of the text
_CHARACTER: Final = 0.5  # the width of a character on average, times the size of the text
_FEWEST_PAGES: Final = 2  # from which on a text in the margins may be a running title
_TIME: Final = re.compile(r"\d{1,2}[:.h]\d\d\b")
_MARGIN: Final = 0.08  # of a page's height: where headers and footers stand
_MAX_PAGES: Final = 2000
_ACROSS: Final = -1
_FEWEST_LINES: Final = 3  # that begin in a column of the page, or end near its edge
_MOST_ACROSS: Final = 0.1  # of the lines beside a column, which go across its edge: headings
_NEAR: Final = 0.8  # of the width of a column, from which on a line ends near its edge
_DIGITS: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Row:
    """The words of one printed line: their text, and where it stands on the page in points."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    bold_end: bool  # in the last column
    font: str  # of all words; empty where they differ
    starts: tuple[float, ...]  # where its columns begin
    words: tuple[Word, ...]
    column: int = 0  # of the lines above, in which it begins


@dataclass(frozen=True, slots=True)
class _Content:
    """What a page holds: its printed lines outside of tables, in reading order, (top, cells) of each table, and the sizes of text.

    `sizes` counts the characters outside of tables with rules, by their size; `right` is where the widest of these lines ends.
    """

    rows: list[_Row]
    tables: list[tuple[float, list[list[str]]]]
    sizes: Counter[float]
    right: float
    height: float

    def in_margin(self, row: _Row) -> bool:
        """Return whether a line stands where headers and footers are."""
        return row.bottom < _MARGIN * self.height or row.top > (1 - _MARGIN) * self.height


@dataclass(frozen=True, slots=True)
class _Layout:
    """What the pages have in common: the size of the text, the larger sizes from the largest, and the running titles."""

    size: float
    larger: list[float]
    repeated: set[str]

    def level(self, size: float) -> int:
        """Return the level of a heading: 1 for the largest size, the last for headings of the size of the text."""
        return self.larger.index(round(size)) + 1 if round(size) in self.larger else len(self.larger) + 1


def read(raw: bytes, path: str) -> Document:
    """Return the lines of a PDF document. Raises FileError."""
    try:
        with _without_warnings(), pdfplumber.open(io.BytesIO(raw)) as pdf, bar(path) as advance:
            if len(pdf.pages) > _MAX_PAGES:
                raise FileError("document-too-long", path=path, limit=_MAX_PAGES)
            pages = []
            for page in pdf.pages:
                pages.append(_content(page))
                advance(1 / len(pdf.pages))
            title = str((pdf.metadata or {}).get("Title") or "")
    except PdfminerException as error:
        protected = any(isinstance(cause, PDFPasswordIncorrect) for cause in error.args)
        raise FileError("document-protected" if protected else "document-damaged", path=path) from error
    except (
        MalformedPDFException,
        PDFException,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        RecursionError,
    ) as error:
        raise FileError("document-damaged", path=path) from error
    layout = _layout(pages)
    lines = [made for number, page in enumerate(pages, 1) for made in _lines(page, layout, number)]
    return Document(separate_blocks(lines, path), title)


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Silence pdfminer: what it warns of, such as a font without a size, is nothing that a reader of the lines can mend."""
    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _layout(pages: Sequence[_Content]) -> _Layout:
    characters = Counter[float]()
    for page in pages:
        characters.update(page.sizes)
    size = max(characters, key=lambda one: (characters[one], -one), default=0.0)
    larger = sorted({round(one) for one in characters if one >= _HEADING_SIZE * size}, reverse=True)
    return _Layout(size, [float(one) for one in larger], _repeated(pages))


def _content(page: Page) -> _Content:
    tables = [table for table in page.find_tables() if len(table.rows) > 1 and len(table.columns) > 1]
    words = page.extract_words(use_text_flow=True, extra_attrs=["size", "fontname"])
    free = [word for word in words if not any(_is_inside(word, table.bbox) for table in tables)]
    cells = [(table.bbox[1], [[cell or "" for cell in row] for row in table.extract()]) for table in tables]
    rows = list(_in_columns([_row(group) for group in _printed_lines(free)]))
    sizes = Counter[float]()
    for row in rows:
        sizes[row.size] += len(row.text)
    right = max((row.right for row in rows), default=0.0)
    for aligned in reversed(list(aligned_table.find(rows))):
        cells.append((rows[aligned.lines.start].top, aligned.cells))
        del rows[aligned.lines.start : aligned.lines.stop]
    page.close()
    return _Content(rows, cells, sizes, right, float(page.height))


def _is_inside(word: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    left, top = float(word["x0"] + word["x1"]) / 2, float(word["top"] + word["bottom"]) / 2
    return box[0] <= left <= box[2] and box[1] <= top <= box[3]


def _printed_lines(words: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Group words that follow each other on one base line."""
    group: list[dict[str, Any]] = []
    for word in words:
        if group:
            last = group[-1]
            middle = (word["top"] + word["bottom"]) / 2
            if not (last["top"] <= middle <= last["bottom"] and word["x0"] >= last["x1"] - 1):
                yield group
                group = []
        group.append(word)
    if group:
        yield group


def _row(words: Sequence[dict[str, Any]]) -> _Row:
    # A wide gap separates columns, as a tab does.
    parts, starts, last_column = [str(words[0]["text"])], [float(words[0]["x0"])], 0
    for at, (last, word) in enumerate(pairwise(words), 1):
        is_column = word["x0"] - last["x1"] > _COLUMN_GAP * float(word["size"])
        parts += ["\t" if is_column else " ", str(word["text"])]
        starts += [float(word["x0"])] * is_column
        last_column = at if is_column else last_column
    return _Row(
        "".join(parts),
        min(word["x0"] for word in words),
        max(word["x1"] for word in words),
        min(word["top"] for word in words),
        max(word["bottom"] for word in words),
        statistics.median(float(word["size"]) for word in words),
        all(map(_is_bold, words)),
        all(map(_is_bold, words[last_column:])),
        _font(words),
        tuple(starts),
        tuple(Word(float(word["x0"]), float(word["x1"]), str(word["text"])) for word in words),
    )


def _font(words: Sequence[dict[str, Any]]) -> str:
    """Return the font in which all words are printed, without the letters that say which characters the file holds of it."""
    names = {str(word["fontname"]).rpartition("+")[2] for word in words}
    return names.pop() if len(names) == 1 else ""


def _is_bold(word: dict[str, Any]) -> bool:
    return "bold" in str(word["fontname"]).lower()


def _in_columns(rows: Sequence[_Row]) -> Iterator[_Row]:
    """Say of each line in which column of the page it begins: where the lines with several columns have one."""
    starts: list[float] = []
    for start in sorted(start for row in rows if len(row.starts) > 1 for start in row.starts):
        if not starts or start - starts[-1] > ALIGNED:
            starts.append(start)
    for row in rows:
        near = (number for number, start in enumerate(starts) if abs(start - row.left) <= ALIGNED)
        yield replace(row, column=next(near, 0))


def _repeated(pages: Sequence[_Content]) -> set[str]:
    """Return the texts that stand in the margins of most pages, with all numbers as 0: running titles and page numbers."""
    if len(pages) < _FEWEST_PAGES:
        return set()
    counts = Counter(text for page in pages for text in {_masked(row) for row in page.rows if page.in_margin(row)})
    return {text for text, count in counts.items() if 2 * count > len(pages)}


def _masked(row: _Row) -> str:
    return _DIGITS.sub("0", row.text)


def _lines(content: _Content, layout: _Layout, number: int) -> Iterator[Line]:
    """Return the lines of a page; a table stands before the first text that is below its top."""
    tables = sorted(content.tables, key=lambda table: table[0])
    rows = [row for row in content.rows if not (content.in_margin(row) and _masked(row) in layout.repeated)]
    for paragraph in _paragraphs(rows, content.right):
        while tables and tables[0][0] <= paragraph[0].top:
            yield from _table(tables.pop(0)[1], number)
        yield replace(_line(paragraph, layout, number), style=_style(paragraph))
    for _, cells in tables:
        yield from _table(cells, number)


def _table(cells: list[list[str]], number: int) -> Iterator[Line]:
    for row in cells:
        yield line(row, LineKind.ROW, page=number)


def _paragraphs(rows: Sequence[_Row], right: float) -> Iterator[list[_Row]]:
    """Join the printed lines that were wrapped: those that follow a full line closely, alike in size and weight."""
    edges = _edges(rows, right)
    paragraph: list[_Row] = []
    for row, edge in zip(rows, [0.0, *edges], strict=False):
        if paragraph and not _continues(paragraph[-1], row, edge):
            yield paragraph
            paragraph = []
        paragraph.append(row)
    if paragraph:
        yield paragraph


def _edges(rows: Sequence[_Row], page: float) -> list[float]:
    """Return the right edge of the text around each line: that of its column where the page has several, else of the page."""
    columns = [start for start in sorted({row.starts[-1] for row in rows}) if _is_column(start, rows)]
    groups: dict[int, list[_Row]] = {}
    for row in rows:
        groups.setdefault(_column_of(row, columns), []).append(row)
    at_page = (_ACROSS, len(columns))  # the last column goes to the edge of the page
    edges = {column: page if column in at_page else _edge(group) for column, group in groups.items()}
    return [edges[_column_of(row, columns)] for row in rows]


def _is_column(start: float, rows: Sequence[_Row]) -> bool:
    """Return whether lines begin there, and the lines beside them end before it."""
    inside = [row for row in rows if abs(row.starts[-1] - start) <= ALIGNED]
    top, bottom = min(row.top for row in inside), max(row.bottom for row in inside)
    beside = [row for row in rows if row.left < start - ALIGNED and row.top <= bottom and row.bottom >= top]
    across = [row for row in beside if row.starts[-1] < start - ALIGNED and row.right > start]
    return len(inside) >= _FEWEST_LINES <= len(beside) and len(across) <= _MOST_ACROSS * len(beside)


def _column_of(row: _Row, columns: Sequence[float]) -> int:
    """Return in which column of the page the last words of a line stand, from 0; `_ACROSS` where they go across the next one."""
    column = sum(start <= row.starts[-1] + ALIGNED for start in columns)
    return _ACROSS if column < len(columns) and row.right > columns[column] else column


def _edge(rows: Sequence[_Row]) -> float:
    """Return the right edge of the lines of a column; infinity where too few lines end near it, so that none was wrapped."""
    left, right = min(row.starts[-1] for row in rows), max(row.right for row in rows)
    near = [row for row in rows if row.right - left >= _NEAR * (right - left)]
    return right if len(near) >= _FEWEST_LINES else math.inf


def _continues(last: _Row, row: _Row, edge: float) -> bool:
    word = row.text.split()[0]
    is_below = len(last.starts) == 1 or abs(row.left - last.starts[-1]) <= ALIGNED
    return (
        round(last.size) == round(row.size)
        and last.bold_end == row.bold
        and is_below
        and "\t" not in row.text
        and -1 <= row.top - last.bottom < _LINE_GAP * row.size
        and not _BULLET.match(row.text)
        and not _TIME.match(row.text)
        # The first word would not have fitted into the line before.
        and edge - last.right < (len(word) + 1) * _CHARACTER * row.size
    )


def _style(paragraph: Sequence[_Row]) -> str:
    """Return the size and font of a paragraph, and how far it is set in: lines that look alike have them in common."""
    first = paragraph[0]
    return f"{first.size:.0f} {first.font} {first.left:.0f}"


def _line(paragraph: Sequence[_Row], layout: _Layout, number: int) -> Line:
    text = paragraph[0].text
    for row in paragraph[1:]:
        text = join_wrapped(text, row.text)
    first = paragraph[0]
    column = first.column + text.count("\t")
    if match := _BULLET.match(text):
        return line([text[match.end() :]], LineKind.BULLET, 1, page=number, column=first.column)
    if first.size >= _HEADING_SIZE * layout.size:
        return line([text], LineKind.HEADING, layout.level(first.size), page=number, column=column)
    if first.bold and len(paragraph) == 1 and not text.endswith((".", ":", ",", ";")):
        return line([text], LineKind.HEADING, layout.level(0.0), page=number, column=column)
    return line(text.split("\t"), page=number, column=first.column)
