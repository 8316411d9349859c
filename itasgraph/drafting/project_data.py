"""The data files of a project to be changed: where an entry stands, and its values by key, all else untouched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from itasgraph.parsing import yaml_editing
from itasgraph.parsing.jsonld_context import Context
from itasgraph.project import Project
from itasgraph.serializers.entry_tables import Column
from itasgraph.util import files
from itasgraph.vocabulary import ITAS

_SOURCE: Final = ITAS.Source


@dataclass
class DataFile:
    """A data file: its path, its bytes, and what it says; whoever changes `data` changes the file that is written."""

    path: Path
    content: bytes
    data: dict[str, Any]
    changed: bool = field(default=False)

    def write(self) -> bytes:
        """Return the file as it is to be written."""
        return yaml_editing.update(self.content, self.data, str(self.path))


@dataclass(frozen=True, slots=True)
class Place:
    """An entry in a file."""

    file: DataFile
    entry: dict[str, Any]


class ProjectData:
    """The data files of a project, and the places where each entry stands."""

    def __init__(self, project: Project, context: Context) -> None:
        """Raise InvalidProject or FileError where a file cannot be read."""
        self.context = context
        self.files = [self._read(project, path) for path in project.data]
        self._places: dict[str, list[Place]] = {}
        for file in self.files:
            for entry in file.data.get("says") or ():
                if isinstance(entry, dict) and isinstance(entry.get("id"), str):
                    self._places.setdefault(context.expand(entry["id"]), []).append(Place(file, entry))

    def _read(self, project: Project, path: Path) -> DataFile:
        content = files.read(path, project.filename(path))
        data = yaml_editing.read(content, project.filename(path))
        return DataFile(path, content, data if isinstance(data, dict) else {})

    def file_of(self, source: str) -> DataFile | None:
        """Return the file of a source."""
        return next((file for file in self.files if file.data.get("id") == source), None)

    def places(self, id_: str) -> list[Place]:
        """Return the places where an entry stands, the one that says its kind first."""
        found = self._places.get(self.context.expand(id_), [])
        return sorted(found, key=lambda place: "type" not in place.entry)

    def is_source(self, file: DataFile) -> bool:
        """Return whether a file holds what a document says."""
        type_ = file.data.get("type")
        return isinstance(type_, str) and self.context.types.get(type_) == _SOURCE

    # --- values ---------------------------------------------------------------------------------------------------------

    def remove(self, place: Place, column: Column, value: str) -> bool:
        """Remove a value from an entry, and its key where that has no other. Return whether it was there."""
        return self._replace(place, column, value, None)

    def replace(self, place: Place, column: Column, value: str, new: Any) -> bool:
        """Replace a value of an entry. Return whether it was there."""
        return self._replace(place, column, value, self._compact(new) if column.is_reference else new)

    def can_hold(self, place: Place, column: Column) -> bool:
        """Return whether an entry can hold another value: texts in a language and texts in none exclude each other."""
        old = place.entry.get(column.key.name)
        return old is None or isinstance(old, dict) is bool(column.lang)

    def add(self, place: Place, column: Column, value: Any) -> None:
        """Add a value to an entry, beside those that it has."""
        name, entry = column.key.name, place.entry
        new = self._compact(value) if column.is_reference else value
        if column.lang:
            texts = entry.get(name, {})
            entry[name] = {**texts, column.lang: _join(texts.get(column.lang), new)}
        else:
            entry[name] = _join(entry.get(name), new)
        self._put_in_order(entry, name)
        place.file.changed = True

    def _put_in_order(self, entry: dict[str, Any], name: str) -> None:
        """Put the last key of an entry, where it is new, behind those that precede it in the context."""
        names = list(entry)
        if names[-1] != name:
            return
        order = {key: number for number, key in enumerate(self.context.keys)}
        before = [other for other in names[:-1] if order.get(other, 0) < order[name]]
        after = names[names.index(before[-1]) + 1 : -1] if before else []
        for other in after:
            entry[other] = entry.pop(other)

    def _compact(self, value: Any) -> Any:
        return self.context.compact(value)

    def _replace(self, place: Place, column: Column, value: str, new: Any) -> bool:
        name, entry = column.key.name, place.entry
        old = entry.get(name)
        if old is None:
            return False
        if column.lang and isinstance(old, dict):
            if column.lang not in old:
                return False
            result = _with_value(old[column.lang], lambda item: item == value, new)
            texts = {lang: text for lang, text in {**old, column.lang: result}.items() if text is not None}
            changed: Any = texts or None
        elif isinstance(old, dict):
            changed = {target: details for target, details in old.items() if not self._means(target, value)} or None
        else:
            changed = _with_value(old, lambda item: self._is(column, item, value), new)
        if changed == old:
            return False
        entry.pop(name) if changed is None else entry.update({name: changed})
        place.file.changed = True
        return True

    def _is(self, column: Column, item: Any, value: str) -> bool:
        return self._means(item, value) if column.is_reference else _equal(item, value)

    def _means(self, item: Any, iri: str) -> bool:
        return isinstance(item, str) and self.context.expand(item) == iri

    # --- entries --------------------------------------------------------------------------------------------------------

    def remove_entry(self, id_: str) -> None:
        """Remove an entry from all files, and the relations of others that lead to it."""
        iri = self.context.expand(id_)
        for place in self._places.pop(iri, []):
            place.file.data["says"] = [entry for entry in place.file.data["says"] if entry is not place.entry]
            place.file.changed = True
        for place in [place for places in self._places.values() for place in places]:
            self._remove_references(place, iri)

    def _remove_references(self, place: Place, iri: str) -> None:
        for name in list(place.entry):
            key = self.context.keys.get(name)
            if key is None or not Column(key).is_reference:
                continue
            self.remove(place, Column(key), iri)
            for details in _relations(place.entry.get(name)):
                for detail in ("organisation", "role"):
                    if self._means(details.get(detail), iri):
                        del details[detail]
                        place.file.changed = True


def _relations(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, Mapping):
        yield from (details for details in value.values() if isinstance(details, dict))


def _with_value(old: Any, is_value: Any, new: Any) -> Any:
    """Return a text, or a list of them, with another text in place of one, or without it where `new` is None."""
    if not isinstance(old, list):
        return new if is_value(old) else old
    items = [new if is_value(item) else item for item in old]
    return [item for item in items if item is not None] or None


def _join(old: Any, new: Any) -> Any:
    if old is None:
        return new
    items = old if isinstance(old, list) else [old]
    return old if new in items else [*items, new]


def _equal(item: Any, value: str) -> bool:
    """Return whether a value of a file is that of the graph, which writes numbers in its own way."""
    if item == value:
        return True
    try:
        return float(item) == float(value)
    except (TypeError, ValueError):
        return False
