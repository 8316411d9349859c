"""The entries of a graph as tables, one for each kind: a row for each entry, a column for each key of data files.

A table holds what data files state, and nothing that rules derive. Several values stand in one cell, between semicolons;
where one of them contains a semicolon, each stands in a line of its own.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from itasgraph.entities.labels import choose, translations
from itasgraph.entities.names import names
from itasgraph.parsing.jsonld_context import Key, ValueType
from itasgraph.store.queryable import TYPE, Queryable, Statement, value
from itasgraph.util.spelling import sort_key
from itasgraph.vocabulary import ITAS, RDFS, XSD

ID: Final = "id"
# Kinds of files and of what they leave out; they are no entries.
_NO_ENTRIES: Final = ("Source", "EditorialGraph", "Dataset", "Omission", "ConceptScheme")
# Keys that belong to a relation or to its evidence.
_EVIDENCE: Final = ("quote", "line", "target", "member")
# Headers of columns by which lists of actors name these keys, in place of the label of the relation.
_HEADER_OVERRIDES: Final[Mapping[str, Mapping[str, str]]] = {
    "sector": {"de": "Branche", "en": "Sector"},
    "location": {"de": "Ort", "en": "Place"},
    "contactPersons": {"de": "Ansprechpartner", "en": "Contact person"},
    "fundedBy": {"de": "Fördergeber", "en": "Funder"},
    "label": {"de": "Bezeichnung", "en": "Label"},
}
# Columns that a kind always has, because people fill them in.
_USUAL_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "Organisation": ("name", "email", "telephone", "website", "words", "sector", "location"),
    "Person": ("name", "academicTitle"),
}
_PLURAL: Final = f"<{ITAS.plural}>"
_SHORTCUT: Final = f"<{ITAS.shortcut}>/<{RDFS.label}>"
_SPACE_AND_SOFT_HYPHENS: Final = re.compile(r"[\s\u00ad]+")
_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the key that its cells belong to, and for a key with translations the language, else an empty string."""

    key: Key
    lang: str = ""

    @property
    def name(self) -> str:
        """Return the key as a workbook records it: `label@de`."""
        return f"{self.key.name}@{self.lang}" if self.lang else self.key.name

    @property
    def is_reference(self) -> bool:
        """Return whether the cells name other entries."""
        return self.key.value_type in (ValueType.REFERENCE, ValueType.RELATIONS)


@dataclass
class Table:
    """The entries of one kind (its name in data files): columns, and id → values by column, sorted by the labels of the entries.

    A value is the text of a literal or the IRI of another entry.
    """

    kind: str
    columns: list[Column]
    rows: dict[str, dict[Column, list[str]]]


def cell_text(values: Iterable[str]) -> str:
    """Return the values of a cell as one text."""
    texts = list(values)
    return ("\n" if any(";" in text for text in texts) and len(texts) > 1 else "; ").join(texts)


def cell_values(text: str) -> list[str]:
    """Return the values of a cell; where it has several lines, each is one value.

    >>> cell_values("a; b"), cell_values("a; b\\nc")
    (['a', 'b'], ['a; b', 'c'])
    """
    return [part for piece in text.split("\n" if "\n" in text else ";") if (part := piece.strip())]


def digest(text: str) -> str:
    """Return what tells whether a cell was edited, white space and soft hyphens aside; an empty string for an empty cell."""
    plain = _SPACE_AND_SOFT_HYPHENS.sub("", text)
    return hashlib.sha256(plain.encode()).hexdigest()[:_DIGITS] if plain else ""


def column_headers(graph: Queryable, lang: str) -> dict[str, str]:
    """Return key of data files → its header."""
    keys = [key for key in graph.terms.keys.values() if key.iri]
    labels = translations(graph, iris=[key.iri for key in keys])
    relations = translations(graph, _SHORTCUT, [key.iri for key in keys])
    result = {ID: ID}
    for key in keys:
        known = _HEADER_OVERRIDES.get(key.name, {}).get(lang)
        result[key.name] = known or choose(relations.get(key.iri) or labels.get(key.iri, {}), lang) or key.name
    return result


def kind_plurals(graph: Queryable, lang: str) -> dict[str, str]:
    """Return kind (its name in data files) → the plural by which readers know it."""
    types = graph.terms.types
    plurals = translations(graph, _PLURAL, types.values())
    labels = translations(graph, iris=types.values())
    return {kind: choose(plurals.get(iri) or labels.get(iri, {}), lang) or kind for kind, iri in types.items()}


def tables(graph: Queryable, statements: Iterable[Statement], naming: Naming) -> list[Table]:
    """Return the tables of the statements that data files make, in the order of the kinds in the context."""
    facts = _Facts.of(graph, statements)
    order = {name: number for number, name in enumerate(graph.terms.keys)}
    result = []
    for kind, entities in facts.kinds(graph).items():
        entities.sort(key=lambda entity: (sort_key(naming.label(entity)), entity))
        rows = {graph.compact(entity): facts.row(entity, graph) for entity in entities}
        usual = {Column(graph.terms.keys[name]) for name in _USUAL_COLUMNS.get(kind, ()) if name in graph.terms.keys}
        used = usual.union(*rows.values())
        columns = sorted(used, key=lambda column: (order[column.key.name], column.lang))
        result.append(Table(kind, columns, rows))
    return result


class Naming:
    """The names of all entries, and which entries (IRIs) a name may mean."""

    def __init__(self, graph: Queryable, lang: str) -> None:
        """`lang` is the language of the labels."""
        self._lang = lang
        self._labels = translations(graph)
        self._entities: dict[str, set[str]] = defaultdict(set)
        for name in names(graph):
            self._entities[_SPACE_AND_SOFT_HYPHENS.sub(" ", name.text).strip()].add(name.entity)
        self._graph = graph

    def label(self, entity: str) -> str:
        """Return the label of an entry, its id where it has none."""
        return choose(self._labels.get(entity, {}), self._lang) or self._graph.compact(entity)

    def cell(self, column: Column, values: Iterable[str]) -> str:
        """Return the values of a column as the text of a cell."""
        return cell_text(sorted(map(self.name, values)) if column.is_reference else values)

    def name(self, entity: str) -> str:
        """Return the label of an entry where no other entry has that name, else its id."""
        label = _SPACE_AND_SOFT_HYPHENS.sub(" ", self.label(entity)).strip()
        is_sound = ";" not in label and "/" not in label
        return label if is_sound and self._entities.get(label) == {entity} else self._graph.compact(entity)

    def entities(self, name: str) -> set[str]:
        """Return the entries (IRIs) that an id or a name may mean."""
        iri = self._graph.terms.expand(name) if " " not in name else ""
        return (
            {iri} if iri in self._labels else self._entities.get(_SPACE_AND_SOFT_HYPHENS.sub(" ", name).strip(), set())
        )


def _text(term: ox.NamedNode | ox.Literal) -> str:
    """Return a value as data files have it: a time of day without the seconds that xsd:time wants."""
    is_time = isinstance(term, ox.Literal) and term.datatype.value == XSD.time
    return term.value.removesuffix(":00") if is_time and len(term.value) == len("00:00:00") else term.value


@dataclass
class _Facts:
    """What data files state: (entity, property) → objects, and the classes of each entity."""

    values: dict[tuple[str, str], list[ox.NamedNode | ox.Literal]]
    types: dict[str, set[str]]

    @classmethod
    def of(cls, graph: Queryable, statements: Iterable[Statement]) -> _Facts:
        derived = {row["g"] for row in graph.select(f"SELECT ?g {{ ?g a <{ITAS.DerivedGraph}> }}")}
        facts = cls(defaultdict(list), defaultdict(set))
        properties = {key.iri for key in graph.terms.keys.values()}
        for one in statements:
            if isinstance(one, ox.Quad) and one.graph_name in derived:
                continue
            if not isinstance(one.subject, ox.NamedNode) or not isinstance(one.object, ox.NamedNode | ox.Literal):
                continue
            if one.predicate == TYPE:
                facts.types[one.subject.value].add(value(one.object))
            elif one.predicate.value in properties:
                facts.values[one.subject.value, one.predicate.value].append(one.object)
        return facts

    def kinds(self, graph: Queryable) -> dict[str, list[str]]:
        """Return kind → the entities (IRIs) whose first class, in the order of the context, it is."""
        order = {iri: kind for kind, iri in graph.terms.types.items()}
        result: dict[str, list[str]] = {kind: [] for kind in order.values()}
        for entity, types in self.types.items():
            kinds = [kind for iri, kind in order.items() if iri in types]
            if kinds and kinds[0] not in _NO_ENTRIES:
                result[kinds[0]].append(entity)
        return {kind: entities for kind, entities in result.items() if entities}

    def row(self, entity: str, graph: Queryable) -> dict[Column, list[str]]:
        """Return column → values of an entity."""
        row: dict[Column, set[str]] = defaultdict(set)
        for key in graph.terms.keys.values():
            if key.iri and key.name not in _EVIDENCE:
                for term in self._targets(entity, key, graph):
                    lang = term.language if isinstance(term, ox.Literal) else None
                    row[Column(key, lang or "")].add(_text(term))
        return {column: sorted(values) for column, values in row.items()}

    def _targets(self, entity: str, key: Key, graph: Queryable) -> Iterator[ox.NamedNode | ox.Literal]:
        objects = self.values.get((entity, key.iri), ())
        if key.value_type is not ValueType.RELATIONS:
            yield from objects
            return
        index = graph.terms.keys[key.index].iri
        for node in objects:
            if isinstance(node, ox.NamedNode):
                yield from self.values.get((node.value, index), ())
