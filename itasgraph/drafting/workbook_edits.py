"""The edits of a workbook → changes of the data files, and a draft of what needs the workbook as its source.

What a data file has in words of its own (labels, descriptions, order, concepts) changes where it stands, and so does a single
detail, such as a name or a date. Relations and verbatim words need a quote, which only the workbook has: they go into the
draft of the workbook's own data file, with the words of the cell as their quote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from itasgraph.drafting.cell_values import CellReader, DoubtfulCell, Value
from itasgraph.drafting.draft import Entry
from itasgraph.drafting.entry_maker import FOLDERS, EntryMaker
from itasgraph.drafting.exported_workbook import EditedRow, ExportedWorkbook
from itasgraph.drafting.project_data import Place, ProjectData
from itasgraph.drafting.tables import Cell
from itasgraph.drafting.values import CONTACTS
from itasgraph.parsing.jsonld_context import Context, ValueType
from itasgraph.serializers import entry_workbook
from itasgraph.serializers.entry_tables import Column, Naming, Table, digest
from itasgraph.util.spelling import collapse_spaces, fold

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

# Keys whose texts are verbatim words of the source, and keys whose texts are the words of the editors.
_VERBATIM: Final = ("title", "headline", "words")
_EDITORIAL: Final = ("altLabel", "hiddenLabel", "position", "consent")
_NAMES: Final = ("name", "title", "label")


@dataclass(frozen=True, slots=True)
class Remark:
    """What the user has to know of an edit: the code of a message and its facts."""

    code: Code
    facts: dict[str, object]


@dataclass
class Edits:
    """What the edits came to: remarks, and how many cells, new entries and removed entries there are."""

    remarks: list[Remark] = field(default_factory=list)
    changed: int = 0
    new: int = 0
    removed: int = 0

    def remark(self, code: Code, **facts: object) -> None:
        self.remarks.append(Remark(code, facts))


class WorkbookEditor:
    """Applies the edits of a workbook to the data files of a project, and drafts what its own data file is to say."""

    def __init__(
        self, book: ExportedWorkbook, tables: Sequence[Table], naming: Naming, data: ProjectData, make: EntryMaker
    ) -> None:
        """`make` makes the entries of the workbook's own data file."""
        self.edits = Edits()
        self._book = book
        self._naming = naming
        self._data = data
        self._make = make
        self._tables = {table.kind: table for table in tables}
        self._new: dict[str, str] = {}
        self._context: Context = data.context
        self._reader = CellReader(naming, self._context, self._new)

    def apply(self, *, remove: bool) -> None:
        """Apply the edits of all cells; entries without a row are removed only with `remove`."""
        new = [(row, self._id_of_new(row)) for row in self._book.rows if not row.id and row.cells]
        for row in self._book.rows:
            if row.id and (name := self._name(row)):
                self._new.setdefault(fold(name), row.id)  # other cells may use the name that it gets
        seen: set[str] = set()
        for row in self._book.rows:
            if row.id in seen:
                self.edits.remark("workbook-twice", id=row.id, place=self._place(row))
            elif row.id:
                seen.add(row.id)
                self._row(row)
        for row, id_ in new:
            if id_:
                self._new_row(row, id_)
        self._missing({id_ for _, id_ in new}, remove=remove)

    # --- rows of known entries ------------------------------------------------------------------------------------------

    def _row(self, row: EditedRow) -> None:
        if not self._data.places(row.id):
            if any(self._book.edited(row)):
                self.edits.remark("workbook-unknown-id", id=row.id, place=self._place(row))
            return
        for name, cell in self._book.edited(row):
            column = self._column(name)
            if column is not None:
                self._cell(row, row.id, column, cell)

    def _column(self, name: str) -> Column | None:
        key, _, lang = name.partition("@")
        return Column(self._context.keys[key], lang) if key in self._context.keys else None

    def _cell(self, row: EditedRow, id_: str, column: Column, cell: Cell) -> None:
        """Apply an edited cell, unless the project says the same by now, or something else than was exported."""
        old = self._old(row.kind, id_, column)
        now, recorded = digest(self._naming.cell(column, old)), self._book.recorded(row, column.name)
        if digest(cell.text) == now or (now != recorded and self._says(column, cell, old)):
            return
        if recorded == entry_workbook.CUT:
            self.edits.remark("workbook-cut", place=cell.place)
        elif now != recorded:
            self.edits.remark(
                "workbook-conflict", place=cell.place, value=self._naming.cell(column, old), text=cell.text
            )
        else:
            self._change(row, id_, column, cell)

    def _says(self, column: Column, cell: Cell, old: Sequence[str]) -> bool:
        """Return whether a cell has the values that the project has, by whatever names of entries."""
        try:
            return {str(value.value) for value in self._reader.read(column, cell.text, old)} == set(old)
        except DoubtfulCell:
            return False

    def _old(self, kind: str, id_: str, column: Column) -> list[str]:
        table = self._tables.get(kind)
        return table.rows.get(id_, {}).get(column, []) if table else []

    def _change(self, row: EditedRow, id_: str, column: Column, cell: Cell) -> None:
        old = self._old(row.kind, id_, column)
        values = self._values(row, id_, column, cell)
        if values is None:
            return
        added = [value for value in values if str(value.value) not in old]
        removed = [text for text in old if text not in {str(value.value) for value in values}]
        if not added and not removed:
            return
        if len(added) == len(removed) == 1 and self._replace(row, id_, column, removed[0], added[0]):
            added, removed = [], []
        for text in removed:
            for place in self._data.places(id_):
                self._data.remove(place, column, text)
        for value in added:
            self._add(row, id_, column, value)
        self.edits.changed += 1
        before = self._naming.cell(column, old)
        self.edits.remark("workbook-changed", id=id_, key=column.name, old=before or "–", new=cell.text or "–")

    def _values(self, row: EditedRow, id_: str, column: Column, cell: Cell) -> list[Value] | None:
        """Return the values of a cell; None where one is doubtful, which is noted."""
        try:
            values = self._reader.read(column, cell.text, self._old(row.kind, id_, column))
        except DoubtfulCell as error:
            fields = {"about": id_, "key": column.key.name, "place": cell.place, "candidates": error.candidates}
            self._make.doubt(error.code, error.text, row.line, **fields)
            return None
        if values and column.key.name in CONTACTS and row.kind == "Person" and not self._has_consent(row, id_):
            fields = {"about": id_, "key": column.key.name, "place": cell.place}
            self._make.doubt("doubt-consent", cell.text, row.line, **fields)
            return None
        return values

    def _has_consent(self, row: EditedRow, id_: str) -> bool:
        stated = row.cells.get("consent")
        return bool(stated and stated.text) or any("consent" in place.entry for place in self._data.places(id_))

    # --- where a value goes ---------------------------------------------------------------------------------------------

    def _replace(self, row: EditedRow, id_: str, column: Column, old: str, value: Value) -> bool:
        """Replace a single detail where it stands. Return whether there is one that needs no quote beside it."""
        if column.key.value_type is ValueType.RELATIONS:
            return False
        places = self._data.places(id_)
        if column.key.name in _VERBATIM and any(self._data.is_source(place.file) for place in places):
            return False
        replaced = [place for place in places if self._data.replace(place, column, old, value.value)]
        if column.key.name == "name":
            self._keep_name(replaced, old)
        if not self._is_editorial(column, value) and any(
            self._data.is_source(place.file) and not _proves(place, value.text) for place in replaced
        ):
            self._make.prove(self._entry(id_), value.text, row.line)
        return bool(replaced)

    def _keep_name(self, places: Sequence[Place], name: str) -> None:
        """Keep the name that a source prints as another name, by which quotes are recognised."""
        for place in places:
            if not self._data.is_source(place.file) or not _proves(place, name):
                continue
            columns = (self._column("altLabel"), self._column(f"altLabel@{place.file.data.get('language', 'de')}"))
            column = next((one for one in columns if one and self._data.can_hold(place, one)), None)
            if column is not None:
                self._data.add(place, column, name)

    def _add(self, row: EditedRow, id_: str, column: Column, value: Value) -> None:
        places = self._data.places(id_)
        having = [place for place in places if column.key.name in place.entry]
        place = next((one for one in having if not self._data.is_source(one.file)), (having or places)[0])
        if column.key.value_type is ValueType.RELATIONS or column.key.name in _VERBATIM:
            self._state(self._entry(id_), row, column, value)
        elif self._data.can_hold(place, column) and (
            self._is_editorial(column, value) or not self._data.is_source(place.file)
        ):
            self._data.add(place, column, value.value)
        else:
            self._state(self._entry(id_), row, column, value)

    def _is_editorial(self, column: Column, value: Value) -> bool:
        """Return whether a detail is in words of the editors, or leads to another entry without evidence."""
        if column.key.value_type is ValueType.REFERENCE:
            return str(value.value).startswith(self._context.base)
        return column.key.value_type is ValueType.TRANSLATIONS or column.key.name in _EDITORIAL

    def _entry(self, id_: str) -> Entry:
        """Return the entry of the workbook's own file for a known entry."""
        return self._make.draft.entry(id_, "")

    def _state(self, entry: Entry, row: EditedRow, column: Column, value: Value) -> None:
        """Add a value to an entry of the workbook's own file, with the words of the cell as its quote."""
        name = column.key.name
        if column.key.value_type is ValueType.RELATIONS:
            target = self._context.compact(str(value.value))
            order = {"position": self._next_position(entry)} if name == "speakers" else {}
            entry.relate(name, target, {**order, "quote": value.text, "line": row.line})
            return
        raw = self._context.compact(str(value.value)) if column.is_reference else value.value
        if column.lang:
            texts = entry.values.setdefault(name, dict[str, str]())
            assert isinstance(texts, dict)
            texts[column.lang] = str(raw)  # type: ignore[assignment]  # the values of translations are texts
        elif self._reader.holds_several(column):
            entry.add(name, str(raw))
        else:
            entry.values[name] = raw
        if column.key.value_type is not ValueType.TRANSLATIONS:
            self._make.prove(entry, value.text, row.line)

    def _next_position(self, entry: Entry) -> int:
        """Return the position of a new speaker, behind all others of the contribution."""
        speakers = [place.entry.get("speakers") for place in self._data.places(entry.id)]
        speakers.append(entry.values.get("speakers"))
        details = [one for relations in speakers if isinstance(relations, dict) for one in relations.values()]
        return max((int(one.get("position", 0)) for one in details if isinstance(one, dict)), default=0) + 1

    # --- new rows -------------------------------------------------------------------------------------------------------

    def _id_of_new(self, row: EditedRow) -> str:
        """Return the id of a row without one: that of the entry with its name, else a new one; "" where there is a doubt."""
        name = self._name(row)
        if not name:
            cell = next((cell for cell in row.cells.values() if cell.text), None)
            if cell is not None:
                self.edits.remark("workbook-no-name", place=cell.place)
            return ""
        ids = self._make.known.find(row.kind, name)
        if len(ids) > 1:
            self._make.doubt("doubt-several-entries", name, row.line, place=self._place(row), candidates=ids)
            return ""
        id_ = ids[0] if ids else self._make.known.make(row.kind, name, self._folder(row.kind))
        self._new[fold(name)] = id_
        return id_

    def _name(self, row: EditedRow) -> str:
        columns = [name for key in _NAMES for name in row.cells if name.partition("@")[0] == key]
        return next((" ".join(row.cells[name].text.split()) for name in columns if row.cells[name].text), "")

    def _folder(self, kind: str) -> str:
        """Return the beginning of the ids of a kind: the usual one in the project."""
        ids = self._tables[kind].rows if kind in self._tables else ()
        usual = Counter(id_.partition("/")[0] for id_ in ids if "/" in id_ and "://" not in id_).most_common(1)
        return usual[0][0] if usual else FOLDERS.get(kind, kind.lower())

    def _new_row(self, row: EditedRow, id_: str) -> None:
        if self._make.known.is_described(id_):
            for name, cell in row.cells.items():
                if cell.text and (column := self._column(name)) is not None:
                    self._cell(row, id_, column, cell)
            return
        name = self._name(row)
        entry = self._make.draft.entry(id_, row.kind)
        for key, cell in row.cells.items():
            column = self._column(key)
            for value in (self._values(row, id_, column, cell) or ()) if column else ():
                assert column is not None
                self._state(entry, row, column, value)
        self._put_into_scheme(entry)
        if "quote" not in entry.values:  # of a concept, the label is in words of the editors
            self._make.prove(entry, name, row.line)
        self.edits.new += 1
        self.edits.remark("workbook-new", id=id_, name=name)

    def _put_into_scheme(self, entry: Entry) -> None:
        """Put a new concept into the concept scheme in which those of its kind are."""
        schemes = self._old_values(entry.type, "inScheme")
        if schemes and "inScheme" not in entry.values:
            entry.values["inScheme"] = self._context.compact(Counter(schemes).most_common(1)[0][0])

    def _old_values(self, kind: str, key: str) -> list[str]:
        column = self._column(key)
        rows = self._tables[kind].rows.values() if kind in self._tables else ()
        return [value for row in rows if column is not None for value in row.get(column, ())]

    # --- missing rows ---------------------------------------------------------------------------------------------------

    def _missing(self, present: set[str], *, remove: bool) -> None:
        if sheets := self._book.missing_sheets():
            self.edits.remark("workbook-sheets-missing", sheets=", ".join(sheets))
        ids = [id_ for ids in self._book.missing().values() for id_ in ids]
        ids = [id_ for id_ in ids if id_ not in present and self._data.places(id_)]
        if not ids:
            return
        if remove:
            for id_ in ids:
                self._data.remove_entry(id_)
            self.edits.removed = len(ids)
        code: Code = "workbook-removed" if remove else "workbook-missing"
        self.edits.remark(code, count=len(ids), ids=", ".join(ids))

    def _place(self, row: EditedRow) -> str:
        return next((cell.place for cell in row.cells.values() if cell.place), "")


def _proves(place: Place, text: str) -> bool:
    """Return whether the quotes of an entry hold a text."""
    return any(collapse_spaces(text) in collapse_spaces(quote) for quote in _texts(place.entry.get("quote")))


def _texts(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield item
