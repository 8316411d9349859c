"""The people whom a row of a list names, and which of its other cells belong to whom."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from itasgraph.drafting import values
from itasgraph.drafting.lexica import is_role_word
from itasgraph.drafting.people import is_person, several_people, split_name, split_role
from itasgraph.drafting.tables import Cell, Row

_NO_CELL: Final = Cell("", "")


@dataclass(frozen=True, slots=True)
class RowPerson:
    """A person whom a row names: the printed name and title, the words that prove it, and the cell in which it stands.

    `number` counts the people of one cell from 0, who are `count` in all; `role` is what the cell says below the name.
    """

    text: str
    quote: str
    cell: Cell
    number: int = 0
    count: int = 1
    role: str = ""


def people_of(row: Row) -> list[RowPerson]:
    """Return the people of a row, in the order of its columns; the name of an organisation is none."""
    people = list(_from_parts(row) if row.text("last_name") else _from_cells(row))
    if people or not row.text("name"):
        return people
    is_beside = bool(row.text("organisation"))
    cell = next(cell for cell in row.cells["name"] if cell.text)
    return [RowPerson(cell.text, cell.text, cell)] if is_beside or is_person(cell.text) else []


def _from_parts(row: Row) -> Iterator[RowPerson]:
    """Yield the people whose family name has a column of its own; where several have one, given names are in the same order."""
    last_names, first_names, titles = (row.cells.get(key, ()) for key in ("last_name", "first_name", "academic_title"))
    is_one = len(last_names) == 1
    for number, (last, first) in enumerate(zip_longest(last_names, first_names, fillvalue=_NO_CELL)):
        title = row.text("academic_title") if is_one else (*titles, *[_NO_CELL] * len(last_names))[number].text
        if last.text:
            name = " ".join(filter(None, (title, first.text, last.text)))
            yield RowPerson(name, last.text, last)


def _from_cells(row: Row) -> Iterator[RowPerson]:
    for cell in row.cells.get("person", ()):
        texts = list(_whole_names(values.channels(text)[0] for text in values.several(cell.text)))
        names: list[str] = []
        roles: dict[int, str] = {}
        for text in filter(None, texts):
            if names and is_role_word(text.split()[0]) and not is_person(text):
                roles.setdefault(len(names) - 1, text)
            else:
                names += several_people(text)
        for number, name in enumerate(names):
            yield RowPerson(name, name, cell, number, len(names), roles.get(number, ""))


def _whole_names(texts: Iterable[str]) -> Iterator[str]:
    """Join a name that a cell wraps: a title and one word in a line, and another word in the next one."""
    before = ""
    for text in texts:
        title, name = split_name(before)
        if title and name and " " not in name and text and " " not in text and not is_role_word(text):
            before = f"{before} {text}"
            continue
        if before:
            yield before
        before = text
    if before:
        yield before


def role_of(person: RowPerson, people: Sequence[RowPerson], row: Row) -> str:
    """Return the role of a person: that of the column that belongs to theirs, else what stands behind the name."""
    roles = [cell for cell in row.cells.get("role", ()) if any(map(str.isalpha, cell.text))]
    columns = _columns(people)
    if len(columns) > 1:
        is_before = bool(roles) and roles[0].column < columns[0]
        index = columns.index(person.cell.column)
        roles = [cell for cell in roles if _index(cell.column, columns, is_before=is_before) == index]
    texts = values.several(roles[0].text) if roles else []
    if len(texts) == person.count > 1:
        return texts[person.number]
    return " ".join(roles[0].text.split()) if roles else person.role or split_role(person.text).role


def people_beside(cell: Cell, people: Sequence[RowPerson], others: Sequence[Cell]) -> list[RowPerson]:
    """Return those of the people of a row to whom a cell with a contact may belong, by its column.

    `others` are all cells with contacts of that kind; where there are several, one before the first person is nobody's.
    """
    columns = _columns(people)
    if len(columns) <= 1 and not (columns and len(others) > 1 and cell.column < columns[0]):
        return list(people)
    index = _index(cell.column, columns, is_before=False)
    return [person for person in people if index >= 0 and person.cell.column == columns[index]]


def _columns(people: Sequence[RowPerson]) -> list[int]:
    return sorted({person.cell.column for person in people})


def _index(column: int, columns: Sequence[int], *, is_before: bool) -> int:
    """Return the index of the person whose column follows (`is_before`) or precedes a column; -1 where none precedes."""
    return bisect_left(columns, column) if is_before else bisect_right(columns, column) - 1
