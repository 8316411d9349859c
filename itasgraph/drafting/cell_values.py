"""The cells of an edited workbook → values as data files have them; entries by id or by a name that only one has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from itasgraph.drafting import values
from itasgraph.parsing.jsonld_context import Context, ValueType, containers
from itasgraph.parsing.yaml_characters import remove_characters
from itasgraph.serializers.entry_tables import Column, Naming, cell_values
from itasgraph.util.spelling import fold
from itasgraph.vocabulary import XSD

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

_ADDRESS: Final = re.compile(r"(?:https?://|mailto:)\S+")
_TIME: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::00)?")
# Datatype → the length of its values; a day, a month and a year are as long as they are exact.
_LENGTHS: Final = {XSD.date: 10, XSD.gYearMonth: 7, XSD.gYear: 4}


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a cell: as the graph has it (text, number or IRI of an entry), and the words of the cell."""

    value: str | int | float
    text: str


class DoubtfulCell(Exception):
    """A cell has no value that its column can hold."""

    def __init__(self, code: Code, text: str, candidates: Sequence[str] = ()) -> None:
        super().__init__(code)
        self.code: Code = code
        self.text = text
        self.candidates = candidates


class CellReader:
    """Reads cells; `new` maps the names of entries in new rows, without case and umlauts, to their ids."""

    def __init__(self, naming: Naming, context: Context, new: Mapping[str, str]) -> None:
        self._naming = naming
        self._context = context
        self._new = new

    def read(self, column: Column, text: str, old: Sequence[str]) -> list[Value]:
        """Return the values of a cell, whose column has had the values `old`. Raises DoubtfulCell."""
        plain = remove_characters(text)
        if not plain.strip():
            return []
        several = self.holds_several(column) or len(old) > 1
        parts = cell_values(plain) if several and not self._is_one(plain, old) else [" ".join(plain.split())]
        return [Value(value, part) for part in dict.fromkeys(parts) for value in self._values(column, part)]

    def holds_several(self, column: Column) -> bool:
        """Return whether a column may have several values."""
        is_relation = column.key.value_type is ValueType.RELATIONS
        return is_relation or "@set" in containers(self._context.raw[column.key.name])

    def _is_one(self, text: str, old: Sequence[str]) -> bool:
        """Return whether a cell holds one value with a semicolon, as it did before."""
        return len(old) == 1 and ";" in old[0] and "\n" not in text

    def _values(self, column: Column, text: str) -> Iterator[str | int | float]:
        if column.key.name in values.CONTACTS:
            read, code = values.CONTACTS[column.key.name]
            if not (value := read(text)):
                raise DoubtfulCell(code, text)
            yield value
        elif column.is_reference:
            yield text if _ADDRESS.fullmatch(text) else self._entry(text)
        elif column.key.value_type is ValueType.NUMBER:
            yield _number(text, column.key.datatype)
        elif column.key.value_type is ValueType.DATE:
            yield _date(text, column.key.datatype)
        else:
            yield text

    def _entry(self, text: str) -> str:
        entities = sorted(self._naming.entities(text))
        if not entities and (id_ := self._new.get(fold(text))):
            entities = [self._context.expand(id_)]
        if len(entities) == 1:
            return entities[0]
        code: Code = "doubt-several-entries" if entities else "doubt-no-entry"
        raise DoubtfulCell(code, text, [self._context.compact(entity) for entity in entities])


def _number(text: str, datatype: str) -> int | float:
    try:
        return int(text) if datatype == XSD.integer else float(text.replace(",", "."))
    except ValueError:
        raise DoubtfulCell("doubt-no-number", text) from None


def _date(text: str, datatype: str) -> str:
    if datatype == XSD.time:
        match = _TIME.fullmatch(text)
        value = f"{int(match[1]):02}:{match[2]}" if match else ""
    else:
        value = values.date(text)
        if len(value) != _LENGTHS.get(datatype, len(value)):
            value = ""
    if not value:
        raise DoubtfulCell("doubt-no-date", text)
    return value
