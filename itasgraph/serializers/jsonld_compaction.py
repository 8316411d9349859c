"""The compaction of nodes by a JSON-LD context: their nesting, their keys, and the shortest form of their values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeGuard

import pyoxigraph as ox

from itasgraph.parsing.iri_compaction import IriCompactor
from itasgraph.parsing.jsonld_context import Context, Key, ValueType, containers
from itasgraph.serializers import export_context
from itasgraph.serializers.export_context import Node, Value
from itasgraph.serializers.turtle import language_rank
from itasgraph.store.queryable import Term
from itasgraph.util.json_values import Json
from itasgraph.vocabulary import RDF, XSD

_INTEGER: Final = XSD.integer
_WHOLE: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")  # the numbers that all readers of JSON read alike
_SCHEME: Final = re.compile(r"([^:/?#]+):(?!//)")
# The parts of a term's definition that this module supports; other terms stand in the file as IRIs.
_PARTS: Final = {"@id", "@type", "@container", "@index"}
_CONTAINERS: Final = {"@set", "@language", "@index"}

Nodes = Mapping[str, Node]


def name_of(node: Term) -> str:
    """Return the IRI of a node, or its N-Triples, so that no literal has the name of a node."""
    return node.value if isinstance(node, ox.NamedNode) else str(node)


class Tree:
    """The nesting of nodes: relations inside the node where they start, statements inside the node they are about."""

    def __init__(self, nodes: Nodes, compactor: NodeCompactor) -> None:
        self.nodes = nodes
        self.related = _relation_nodes(nodes, compactor)
        self.about: dict[str, list[str]] = {}
        self.stated: dict[str, set[str]] = {}
        for name, node in nodes.items():
            subject = _single(node, RDF.subject)
            if compactor.nests and subject in nodes and subject != name:
                self.stated.setdefault(subject, set()).update(map(name_of, node.get(RDF.predicate, [])))
                if name not in self.related and not compactor.has_relations(node):
                    self.about.setdefault(subject, []).append(name)
        # A node that contains others is itself in no other node, so there are no circles.
        self.about = {
            subject: sorted(inside)
            for subject, names in self.about.items()
            if (inside := [name for name in names if name not in self.about])
        }
        self.top = nodes.keys() - self.related - {name for inside in self.about.values() for name in inside}


def _relation_nodes(nodes: Nodes, compactor: NodeCompactor) -> set[str]:
    """Return the nodes without relations to which exactly one node has a relation: they stand inside that node."""
    related = Counter(
        name_of(object_)
        for node in nodes.values()
        for predicate, objects in node.items()
        if (key := compactor.relation(predicate))
        for object_ in objects
        if compactor.index_of(key, nodes.get(name_of(object_), {}))
    )
    return {name for name, times in related.items() if times == 1 and not compactor.has_relations(nodes[name])}


def _single(node: Node, predicate: str) -> str:
    """Return the only node that a node has under a property, or "" where it has none, or several."""
    objects = node.get(predicate, [])
    return name_of(objects[0]) if len(objects) == 1 and not isinstance(objects[0], ox.Literal) else ""


class NodeCompactor:
    """A compactor of nodes by a context (JSON-LD 1.1 API, section 6, as far as our contexts need it), which it completes."""

    def __init__(self, terms: Context, nodes: Collection[Node], names: Iterable[str]) -> None:
        """Take the context of a project, the nodes, and the names of nodes and graphs."""
        schemes = _schemes(nodes, names)
        terms = export_context.without_scheme_names(terms, schemes)
        self._schemes = schemes
        known = {key.iri for key in terms.keys.values() if key.iri and _is_supported(terms.raw[key.name])}
        self._original = terms.raw
        self._terms = terms = export_context.complete(terms, known, nodes, schemes)
        self._compactor = IriCompactor(terms.prefixes, terms.base)
        self._types = {iri: name for name, iri in sorted(terms.types.items(), reverse=True)}
        self._keys = {key.iri: key for key in terms.keys.values() if key.iri and _is_supported(terms.raw[key.name])}
        self._order = {name: number for number, name in enumerate(terms.raw)}
        self._used: set[str] = set()

    @property
    def nests(self) -> bool:
        """Return whether the context of the project leaves the two keys for nested content free."""
        return not {export_context.SHORTCUTS, export_context.STATEMENTS} & (self._original.keys() | self._schemes)

    @property
    def context(self) -> str:
        """Return the context as JSON, as far as it was used."""
        return export_context.to_json(self._terms, self._used | self._compactor.used_prefixes.keys())

    def keyword(self, value_type: ValueType) -> str:
        """Return the context's name for @id, @type or @graph."""
        own = (key.name for key in self._terms.keys.values() if key.value_type is value_type and not key.iri)
        return self._use(next(own, {ValueType.ID: "@id", ValueType.TYPE: "@type"}.get(value_type, "@graph")))

    def order_of_class(self, iri: str) -> int:
        """Return the position of a class in the context; classes that are not in it come last."""
        return self._order.get(self._types.get(iri, ""), len(self._order))

    def iri(self, iri: str, relative: bool = True) -> str:
        """Return an IRI compact, relative to the base (if `relative` is allowed), or in full."""
        if prefixed := self._compactor.prefixed_name(iri):
            return prefixed
        short = self._compactor.relative(iri) if relative else None
        if (
            short is not None and ":" not in short and not self._means_keyword(short)
        ):  # before a colon: a prefix or a scheme
            return short
        return iri

    def _means_keyword(self, name: str) -> bool:
        """Return whether a name is read as a keyword wherever it stands (JSON-LD 1.1 API, section 5.2.2, step 4)."""
        meaning = self._terms.raw.get(name, export_context.NESTING.get(name))
        return isinstance(meaning, str) and meaning.startswith("@")

    def relation(self, predicate: str) -> Key | None:
        """Return the key of a property whose values stand in a map, else None."""
        key = self._keys.get(predicate)
        return key if key and key.value_type is ValueType.RELATIONS else None

    def has_relations(self, node: Node) -> bool:
        return any(map(self.relation, node))

    def index_of(self, key: Key, node: Node) -> str:
        """Return the only node under the index property of a relation, or ""."""
        objects = node.get(self._terms.keys[key.index].iri, []) if key.index in self._terms.keys else []
        return objects[0].value if len(objects) == 1 and isinstance(objects[0], ox.NamedNode) else ""

    def _index_in(self, key: Key, node: Node) -> str:
        return self.index_of(key, node) if key.value_type is ValueType.RELATIONS else ""

    def node(self, subject: str, tree: Tree, without: str = "") -> dict[str, Json]:
        """Return a node with its relations and the statements about it, `without` a property that its position implies.

        The index of a relation stands in the relation, too: not every processor reads it from the map (PyLD 3.3.0).
        """
        entries: dict[str, Json] = {}
        shortcuts: dict[str, Json] = {}
        stated = tree.stated.get(subject, ())
        for predicate, objects in tree.nodes[subject].items():
            if predicate != without:
                inside = shortcuts if predicate in stated and self._lacks_key(predicate) else entries
                self._add(inside, predicate, sorted(objects, key=_sort_key), tree)
        statements = [self.node(name, tree, RDF.subject) for name in tree.about.get(subject, ())]
        own = self.keyword(ValueType.ID), self.iri(subject)
        return dict([own, *self._sort(entries), *self._nest(self._sort(shortcuts), statements)])

    def _lacks_key(self, predicate: str) -> bool:
        """Return whether a property has no key of its own, because another property has its name."""
        return predicate != RDF.type and (predicate not in self._keys or ":" in self._keys[predicate].name)

    def _sort(self, entries: dict[str, Json]) -> list[tuple[str, Json]]:
        last = len(self._order)
        return sorted(entries.items(), key=lambda item: (self._order.get(item[0], last), item[0]))

    def _nest(self, shortcuts: list[tuple[str, Json]], statements: Sequence[Json]) -> Iterator[tuple[str, Json]]:
        if shortcuts:
            yield self._use(export_context.SHORTCUTS), dict(shortcuts)
        if statements:
            yield self._use(export_context.STATEMENTS), statements

    def _use(self, name: str) -> str:
        self._used.add(name)
        return name

    def _add(self, entries: dict[str, Json], predicate: str, objects: list[Value], tree: Tree) -> None:
        key = self._keys.get(predicate)
        for object_ in objects:
            if predicate == RDF.type and isinstance(object_, ox.NamedNode):
                _append(entries, self.keyword(ValueType.TYPE), self._type(object_.value))
            elif (
                key
                and name_of(object_) in tree.related
                and (index := self._index_in(key, tree.nodes[name_of(object_)]))
            ):
                self._use(key.index)
                _append(self._map(entries, key), self.iri(index), self.node(name_of(object_), tree))
            elif key and key.value_type is ValueType.TRANSLATIONS and _fits_language_map(object_):
                _append(self._map(entries, key), object_.language or "@none", object_.value, self._takes_list(key))
            elif key and key.value_type not in (ValueType.RELATIONS, ValueType.TRANSLATIONS):
                _append(entries, self._use(key.name), self._value(object_, key), self._takes_list(key))
            else:
                _append(entries, self.iri(predicate, False), self._value(object_, None))

    def _map(self, entries: dict[str, Json], key: Key) -> dict[str, Json]:
        """Return the map under a key, which is a new one where there is none."""
        inside = entries.setdefault(self._use(key.name), {})
        assert isinstance(inside, dict)
        return inside

    def _type(self, iri: str) -> str:
        return self._use(self._types[iri]) if iri in self._types else self.iri(iri, False)

    def _takes_list(self, key: Key) -> bool:
        """Return whether the context demands a list even for one value."""
        return "@set" in containers(self._terms.raw[key.name])

    def _value(self, object_: Value, key: Key | None) -> Json:
        """Return a value in its shortest form that expands to the same term under `key`."""
        value_type = key.value_type if key else ValueType.TEXT
        if not isinstance(object_, ox.Literal):
            short = self.iri(name_of(object_))
            return short if value_type is ValueType.REFERENCE else {self.keyword(ValueType.ID): short}
        datatype = object_.datatype.value
        key_datatype = key.datatype if key else ""
        if (
            datatype == _INTEGER
            and key_datatype in ("", _INTEGER)
            and value_type is not ValueType.REFERENCE
            and _WHOLE.fullmatch(object_.value)
        ):
            return int(object_.value)
        if datatype == (key_datatype or XSD.string) and value_type is not ValueType.REFERENCE and not object_.language:
            return object_.value
        if object_.language:
            direction = {"@direction": object_.direction.value} if object_.direction else {}
            return {"@value": object_.value, "@language": object_.language, **direction}
        return {"@value": object_.value} | ({} if datatype == XSD.string else {"@type": self.iri(datatype, False)})


def _schemes(nodes: Iterable[Node], names: Iterable[str]) -> set[str]:
    """Return the beginnings of IRIs up to their first colon, where no "//" follows: readers look for a prefix of that name."""
    iris = set(names)
    for node in nodes:
        iris.update(node)
        for value in (one for values in node.values() for one in values):
            iris.add(value.datatype.value if isinstance(value, ox.Literal) else name_of(value))
    return {match[1] for match in map(_SCHEME.match, iris) if match}


def _is_supported(definition: Json) -> bool:
    if not isinstance(definition, dict) or not definition.keys() <= _PARTS:
        return False
    type_ = definition.get("@type", "@id")
    return all(name in _CONTAINERS for name in containers(definition)) and (
        type_ == "@id" or not str(type_).startswith("@")
    )


def _fits_language_map(object_: Value) -> TypeGuard[ox.Literal]:
    """Return whether a language map can hold a value: a text, in a language or in none."""
    return (
        isinstance(object_, ox.Literal)
        and not object_.direction
        and (bool(object_.language) or object_.datatype.value == XSD.string)
    )


def _sort_key(object_: Value) -> tuple[int, str, str]:
    """Sort whole numbers by value, German before English before the rest, everything else by its N-Triples."""
    if not isinstance(object_, ox.Literal):
        return (0, "", str(object_))
    if object_.datatype.value == _INTEGER and _WHOLE.fullmatch(object_.value):
        return (int(object_.value), "", "")
    return (0, language_rank(object_.language or ""), str(object_))


def _append(entries: dict[str, Json], key: str, value: Json, many: bool = False) -> None:
    """Add a value under a key: alone, or to the list of values that are there."""
    before = entries.get(key)
    if key not in entries:
        entries[key] = [value] if many else value
    elif isinstance(before, list):
        before.append(value)
    else:
        entries[key] = [before, value]
