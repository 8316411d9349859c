"""The tables of a document: which row is the header, and which key each column has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Final

from itasgraph.documents.document import Document, Line, LineKind
from itasgraph.drafting.column_headers import column_key, edge_column_key, programme_column_key
from itasgraph.drafting.values import tick
from itasgraph.util.spelling import fold

_HEADER_ROWS: Final = 20  # among which the header is looked for
_FEWEST_COLUMNS: Final = 2  # with a known header
_DIGIT: Final = re.compile(r"\d")
_FEWEST_ITEMS: Final = 3  # of an agenda
_AGENDA: Final = re.compile(r"(?:TOP\s*)?\d{1,2}[.:)]?\s+[^\W\d]")
_MINUTES: Final = re.compile(r"\b(?:\w*protokoll|niederschrift|minutes)\b", re.I)
_ROLES: Final = ("role", "project_role")
_PLAIN_ROLES: Final = frozenset(["rolle", "funktion", "position", "role", "function"])
_PROJECT_ROLES: Final = frozenset(["rolle", "role"])  # also where a person stands beside them
_PEOPLE: Final = ("person", "first_name", "last_name")
_TICKED: Final = frozenset({"topics", "offers", "sector", "projects"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row: its text, its address in a workbook ("" elsewhere), its column from 0, and where its links lead."""

    text: str
    place: str
    column: int = 0
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the number of its line, and key → cell; of several columns with one key, the cells in order.

    `filled` is the number of its cells with text, also of those whose column has no key.
    """

    line: int
    cells: Mapping[str, tuple[Cell, ...]]
    filled: int

    def text(self, key: str) -> str:
        """Return the text of the first cell of a key that is not empty."""
        return next((cell.text for cell in self.cells.get(key, ()) if cell.text), "")

    def place(self, key: str) -> str:
        return next((cell.place for cell in self.cells.get(key, ()) if cell.text), "")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header: its rows, the headers that name no key, the numbers of the lines down to the header, and all headers.

    `headers` are key → the first header that names it.
    """

    rows: tuple[Row, ...]
    unknown: tuple[str, ...]
    head: tuple[int, ...]
    headers: Mapping[str, str]

    def unread(self, keys: Iterable[str]) -> list[str]:
        """Return the headers of those keys of which a cell says something."""
        return [self.headers[key] for key in keys if any(row.text(key) for row in self.rows)]


def tables(document: Document, columns: Mapping[str, str]) -> Iterator[Table]:
    """Yield the tables of a document that have a header; `columns` are headers that the user names (header → key)."""
    blocks = list(_blocks(document))
    heads = (header for block in blocks for _, header in block[:_HEADER_ROWS])
    if not columns and (any(map(programme_columns, heads)) or _are_minutes(document)):
        return  # the lists beside a programme are those of its staff
    for block in blocks:
        for start, (_, header) in enumerate(block[:_HEADER_ROWS]):
            if len({key for key in _keys(header, columns) if key}) >= _FEWEST_COLUMNS:
                yield _table_below(block, start, columns)
                break


def _are_minutes(document: Document) -> bool:
    """Return whether a document is the minutes of a meeting: its headings are the numbered items of the agenda."""
    headings = [line.plain for line in document.lines if line.kind is LineKind.HEADING]
    numbered = [text for text in headings if _AGENDA.match(text)]
    return any(map(_MINUTES.search, headings)) and len(numbered) >= _FEWEST_ITEMS


def _table_below(block: Sequence[tuple[int, Line]], start: int, columns: Mapping[str, str]) -> Table:
    """Return the table of a block whose header, of one row or two, begins at an index."""
    _, header = block[start]
    if len(block) > start + 1 and _continues(block[start + 1][1]):
        start += 1
        header = _two_rows(header, block[start][1])
    rows = [(number, line) for number, line in block[start + 1 :] if line.cells != block[start][1].cells]
    return _table(rows, header, _keys(header, columns), tuple(number for number, _ in block[: start + 1]))


def _keys(header: Line, columns: Mapping[str, str]) -> list[str]:
    keys = _with_family_names([column_key(cell) for cell in header.cells])
    return [
        columns.get(_plain(cell)) or _role_key(index, keys, header.cells) for index, cell in enumerate(header.cells)
    ]


def _with_family_names(keys: Sequence[str]) -> list[str]:
    """Return the keys of columns; beside one of given names, "Name" is the family name where no other column is."""
    is_family_name = "first_name" in keys and "last_name" not in keys
    return ["last_name" if key == "name" and is_family_name else key for key in keys]


def _role_key(index: int, keys: Sequence[str], header: Sequence[str]) -> str:
    """Return the key of a column; one that only says "role" tells the role of the person or in the project beside it."""
    if keys[index] not in _ROLES or fold(_plain(header[index])) not in _PLAIN_ROLES:
        return keys[index]
    others = ("projects", *_PEOPLE, *(["name"] if "organisation" in keys else []))
    before = next((key for key in reversed(keys[:index]) if key in others), "")
    behind = {key for key in keys[index:] if key in others}
    if before or len(behind) == 1:
        return "project_role" if (before or behind.pop()) == "projects" else "role"
    return keys[index]


def _continues(line: Line) -> bool:
    """Return whether a row below a header is its second row: most of its cells are known headers, and none holds a number."""
    texts = [cell for cell in line.cells if cell.strip()]
    known = sum(map(bool, map(column_key, texts)))
    return known >= _FEWEST_COLUMNS and 2 * known > len(texts) and not any(map(_DIGIT.search, texts))


def _two_rows(upper: Line, lower: Line) -> Line:
    """Return a header of two rows as one: the cell below says what the column holds, but of whose name the cell above."""
    cells = [
        one if not other.strip() or (one and column_key(other) == "name") else other
        for one, other in zip_longest(upper.cells, lower.cells, fillvalue="")
    ]
    return replace(lower, cells=tuple(cells))


def edge_tables(document: Document) -> Iterator[Table]:
    """Yield the lists of relations of a document: the tables with columns from which and to which a relation leads."""
    for block in _blocks(document):
        for start, (_, header) in enumerate(block[:_HEADER_ROWS]):
            keys = [edge_column_key(cell) for cell in header.cells]
            if {"from", "to"} <= set(keys) and sum(map(bool, map(column_key, header.cells))) < _FEWEST_COLUMNS:
                head = tuple(number for number, _ in block[: start + 1])
                yield _table(block[start + 1 :], header, keys, head)
                break


def programme_columns(line: Line) -> list[str]:
    """Return the key of each column where a row is the header of the table of a programme, else an empty list."""
    keys = [programme_column_key(cell) for cell in line.cells]
    has_time = not {"time", "start"}.isdisjoint(keys) or {"day", "title", "speaker"} <= set(keys)
    if "title" not in keys and "language" in keys:  # the title stands in each language
        keys[keys.index("language")] = "title"
    keys = _with_family_names(keys)
    if has_time:  # elsewhere, a column of names may be that of actors
        keys = ["speaker" if key in ("name", "last_name") else key for key in keys]
    is_timed = "time" in keys or ({"start", "day"} & set(keys) and "speaker" in keys)
    return keys if is_timed and "title" in keys else []


def _plain(header: str) -> str:
    return " ".join(header.split())


def of_consortium(table: Table) -> Table:
    """Return the table of the partners of a project, whose roles are those in the project; a function is that of a person beside it."""
    plain = _PLAIN_ROLES if table.headers.keys().isdisjoint(_PEOPLE) else _PROJECT_ROLES
    if fold(table.headers.get("role", "")) not in plain:
        return table
    rows = tuple(
        replace(row, cells={"project_role" if key == "role" else key: cells for key, cells in row.cells.items()})
        for row in table.rows
    )
    headers = {"project_role" if key == "role" else key: header for key, header in table.headers.items()}
    return replace(table, rows=rows, headers=headers)


def _blocks(document: Document) -> Iterator[list[tuple[int, Line]]]:
    """Yield the rows that follow each other without another line between them."""
    block: list[tuple[int, Line]] = []
    for number, line in enumerate(document.lines, 1):
        if line.kind is LineKind.ROW:
            block.append((number, line))
        elif block and line.kind is not LineKind.BLANK:
            yield block
            block = []
    if block:
        yield block


def _table(block: Sequence[tuple[int, Line]], header: Line, keys: Sequence[str], head: tuple[int, ...]) -> Table:
    rows = tuple(Row(number, _cells(line, header, keys), sum(map(bool, line.cells))) for number, line in block)
    used = [
        index for index in range(len(keys)) if any(index < len(line.cells) and line.cells[index] for _, line in block)
    ]
    unknown = tuple(_plain(header.cells[index]) for index in used if not keys[index] and header.cells[index])
    headers = {key: _plain(cell) for key, cell in reversed(list(zip(keys, header.cells, strict=False))) if key}
    return Table(rows, unknown, head, headers)


def _cells(line: Line, header: Line, keys: Sequence[str]) -> dict[str, tuple[Cell, ...]]:
    cells: dict[str, tuple[Cell, ...]] = {}
    for index, (key, text) in enumerate(zip(keys, line.cells, strict=False)):
        if key:
            place = line.places[index] if line.places else ""
            said = _ticked(text, header.cells[index]) if key in _TICKED else text
            links = line.links[index] if line.links else ()
            cells[key] = (*cells.get(key, ()), Cell(said, place, index, links))
    return cells


def _ticked(text: str, header: str) -> str:
    """Return what a cell says: where it ticks a column whose header is a value, such as "Robotik", the header."""
    is_ticked = None if column_key(header) else tick(text)
    return text if is_ticked is None else _plain(header) if is_ticked else ""
