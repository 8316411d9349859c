"""Tables that a page prints without rules: a heading in bold letters above lines that begin in the same columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple, Protocol

ALIGNED: Final = 1.0  # points between the beginnings of lines in one column
_FEWEST_COLUMNS: Final = 3
_FEWEST_ROWS: Final = 3
_FEWEST_STARTS: Final = 3  # of lines and columns at one place, which make it a column
_ROW_GAP: Final = 0.5  # between rows at least, times the size of the text; between the lines of a cell it is smaller
_WORD_GAP: Final = 0.5  # between the columns of the heading at least, times the size of the text


class Word(NamedTuple):
    """A printed word, and where it begins and ends, in points."""

    left: float
    right: float
    text: str


class PrintedLine(Protocol):
    """A printed line: its words, where its columns begin, and where it stands on the page, in points."""

    @property
    def words(self) -> tuple[Word, ...]: ...
    @property
    def starts(self) -> tuple[float, ...]: ...
    @property
    def top(self) -> float: ...
    @property
    def bottom(self) -> float: ...
    @property
    def size(self) -> float: ...
    @property
    def bold(self) -> bool: ...


class AlignedTable(NamedTuple):
    """A table: the numbers of the printed lines that it holds, and its cells, with a line break where a cell has one."""

    lines: range
    cells: list[list[str]]


class _Cell(NamedTuple):
    """What a printed line has in a column."""

    top: float
    bottom: float
    column: int
    text: str


def find(lines: Sequence[PrintedLine]) -> Iterator[AlignedTable]:
    """Yield the tables of a page: three columns or more below a heading with as many, and three rows or more."""
    end = 0
    for at, heading in enumerate(lines):
        if at < end or not heading.bold or len(heading.words) < _FEWEST_COLUMNS:
            continue
        columns = _columns(lines[at + 1 :])
        titles = _titles(heading, columns)
        if not titles:
            continue
        cells: list[_Cell] = []
        end = at + 1
        while end < len(lines) and lines[end].top > heading.top and (found := _cells(lines[end], columns)):
            cells += found
            end += 1
        rows = [_texts(row, len(columns)) for row in _rows(cells, _ROW_GAP * heading.size)]
        if sum(bool(row[0]) for row in rows) >= _FEWEST_ROWS:
            yield AlignedTable(range(at, end), [titles, *rows])


def _columns(lines: Iterable[PrintedLine]) -> list[float]:
    """Return where at least some lines or their columns begin."""
    groups: list[list[float]] = []
    for start in sorted(start for line in lines for start in line.starts):
        if groups and start - groups[-1][0] <= ALIGNED:
            groups[-1].append(start)
        else:
            groups.append([start])
    return [group[0] for group in groups if len(group) >= _FEWEST_STARTS]


def _titles(heading: PrintedLine, columns: Sequence[float]) -> list[str]:
    """Return the heading of each column, which may stand in its middle; an empty list where one has none or several."""
    titles: list[list[Word]] = []
    for word in heading.words:
        if titles and word.left - titles[-1][-1].right <= _WORD_GAP * heading.size:
            titles[-1].append(word)
        else:
            titles.append([word])
    ends = [*columns[1:], float("inf")]
    is_complete = _FEWEST_COLUMNS <= len(columns) == len(titles) and all(
        start - ALIGNED <= title[0].left < end for start, title, end in zip(columns, titles, ends, strict=True)
    )
    return [" ".join(word.text for word in title) for title in titles] if is_complete else []


def _cells(line: PrintedLine, columns: Sequence[float]) -> list[_Cell]:
    """Return the words of a line by column; an empty list where it does not begin in one, or goes across the next."""
    cells: list[tuple[int, list[Word]]] = []
    for word in line.words:
        column = next((number for number, start in enumerate(columns) if abs(start - word.left) <= ALIGNED), None)
        if column is not None and (not cells or column > cells[-1][0]):
            cells.append((column, [word]))
        elif cells:
            cells[-1][1].append(word)
        else:
            return []
    ends = [*columns[1:], float("inf")]
    if any(words[-1].right > ends[column] for column, words in cells):
        return []
    return [_Cell(line.top, line.bottom, column, " ".join(word.text for word in words)) for column, words in cells]


def _rows(cells: Iterable[_Cell], gap: float) -> list[list[_Cell]]:
    """Group cells into rows; an empty list where nobody can tell which lines are one row.

    A line is a row where each line has words in its first column and in another. Else gaps set the rows apart, of which each has
    one line in its first column at most: of several, nobody knows whether the cell was wrapped.
    """
    ordered = sorted(cells, key=lambda cell: (round(cell.top), cell.column))
    lines = [list(line) for _, line in groupby(ordered, key=lambda cell: round(cell.top))]
    if all(line[0].column == 0 and len(line) > 1 for line in lines):
        return lines
    rows: list[list[_Cell]] = []
    end = 0.0
    for cell in ordered:
        if rows and cell.top - end <= gap:
            rows[-1].append(cell)
        else:
            rows.append([cell])
        end = max(end, cell.bottom)
    is_clear = all(sum(cell.column == 0 for cell in row) <= 1 for row in rows)
    return rows if is_clear and len(rows) > 1 else []


def _texts(row: Iterable[_Cell], columns: int) -> list[str]:
    """Return the texts of a row by column; the lines of a cell follow each other."""
    by_column = groupby(sorted(row, key=lambda cell: cell.column), key=lambda cell: cell.column)
    texts = {column: "\n".join(cell.text for cell in group) for column, group in by_column}
    return [texts.get(column, "") for column in range(columns)]
