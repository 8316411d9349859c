"""Statements → JSON-LD 1.1 as data files are written: the same keys, relations inside the thing they start from."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, Final

import pyoxigraph as ox

from itasgraph.errors import AskedWrongly
from itasgraph.reading.context import Context, Holds, Key
from itasgraph.sharing.shorten import Shortener
from itasgraph.sharing.turtle import Headings, language_rank

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_STRING: Final = f"{_XSD}string"
_INTEGER: Final = f"{_XSD}integer"
_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_WHOLE: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")  # what every reader of JSON takes for the same number
_SCHEME: Final = re.compile(r"([^:/?#]+):(?!//)")
_INDENT: Final = 2
# What this module understands of the definition of a term; others stand in the file as IRIs.
_PARTS: Final = {"@id", "@type", "@container", "@index"}
_CONTAINERS: Final = {"@set", "@language", "@index"}
_DEFAULTS: Final = ("@language", "@direction")

Node = dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]
Json = Any


def write(
    statements: Iterable[ox.Triple | ox.Quad], headings: Headings, terms: Context, out: BinaryIO, named: bool
) -> None:
    """Write statements to `out` with the context in front, one thing after the other; `named`: each graph a list of things.

    Things stand in the order of the Turtle. Raises AskedWrongly for what JSON-LD has no word for.
    """
    graphs = _grouped(statements, named)
    compact = _Compactor(terms)
    says = compact.keyword(Holds.STATEMENTS)
    out.write(f'{{\n  "@context": {_indented(compact.context, 1)},\n  "{says}": ['.encode())
    comma = ""
    for graph, nodes in sorted(graphs.items()):
        for thing in _things(graph, nodes, headings, compact):
            out.write(f"{comma}\n    {_indented(thing, _INDENT)}".encode())
            comma = ","
    out.write(b"\n  ]\n}\n")


def _things(graph: str, nodes: Mapping[str, Node], headings: Headings, compact: _Compactor) -> Iterator[Json]:
    inside = compact.nested(nodes)
    ordered = sorted(nodes.keys() - inside, key=lambda subject: (*headings.of(subject), subject))
    things = (compact.node(subject, nodes, inside) for subject in ordered)
    if not graph:
        yield from things
    else:
        yield {compact.keyword(Holds.ID): compact.iri(graph), compact.keyword(Holds.STATEMENTS): list(things)}


def _grouped(statements: Iterable[ox.Triple | ox.Quad], named: bool) -> dict[str, dict[str, Node]]:
    """Graph ("" for none) → subject → predicate → objects, each once."""
    graphs: dict[str, dict[str, Node]] = {}
    for statement in statements:
        if isinstance(statement.object, ox.Triple):
            raise AskedWrongly("no-jsonld", what=str(statement.object))
        inside = named and isinstance(statement, ox.Quad) and not isinstance(statement.graph_name, ox.DefaultGraph)
        graph = _name(statement.graph_name) if inside and isinstance(statement, ox.Quad) else ""
        node = graphs.setdefault(graph, {}).setdefault(_name(statement.subject), {})
        node.setdefault(statement.predicate.value, []).append(statement.object)
    return graphs


def _name(node: Any) -> str:
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def _indented(value: Json, depth: int) -> str:
    return json.dumps(value, ensure_ascii=False, indent=_INDENT).replace("\n", "\n" + " " * (_INDENT * depth))


class _Compactor:
    """Nodes in the words of one context (JSON-LD 1.1 API, section 6, as far as our contexts go)."""

    def __init__(self, terms: Context) -> None:
        self._terms = terms
        self._names = Shortener(terms.prefixes, terms.base)
        self._types = {iri: name for name, iri in sorted(terms.types.items(), reverse=True)}
        self._keys = {key.iri: key for key in terms.keys.values() if key.iri and _understood(terms.raw[key.name])}
        self._order = {name: number for number, name in enumerate(terms.raw)}

    @property
    def context(self) -> Json:
        """The context without what would change texts that have no language."""
        return {name: meaning for name, meaning in self._terms.raw.items() if name not in _DEFAULTS}

    def keyword(self, holds: Holds) -> str:
        """What the context calls @id, @type or @graph."""
        own = (key.name for key in self._terms.keys.values() if key.holds is holds and not key.iri)
        return next(own, {Holds.ID: "@id", Holds.TYPE: "@type"}.get(holds, "@graph"))

    def iri(self, iri: str, relative: bool = True) -> str:
        """An IRI relative to the base (where such a place takes one), compact or in full."""
        short = self._names.prefixed(iri) or (self._names.relative(iri) if relative else None)
        if short is not None and ":" not in short.partition(":")[2]:
            return short
        scheme = _SCHEME.match(iri)
        if scheme and scheme[1] in self._terms.raw:
            raise AskedWrongly("no-jsonld", what=f"<{iri}>")
        return iri

    def nested(self, nodes: Mapping[str, Node]) -> set[str]:
        """The nodes that stand inside the one thing that has a relation to them: they have none themselves."""
        related = Counter(
            _name(object_)
            for node in nodes.values()
            for predicate, objects in node.items()
            if (key := self._keys.get(predicate)) and key.holds is Holds.RELATIONS
            for object_ in objects
            if self._indexed(key, nodes.get(_name(object_), {}))
        )
        return {name for name, times in related.items() if times == 1 and not self._has_relations(nodes[name])}

    def _has_relations(self, node: Node) -> bool:
        return any(key.holds is Holds.RELATIONS for predicate in node if (key := self._keys.get(predicate)))

    def _indexed(self, key: Key, node: Node) -> str:
        """What a node is listed under in its relation: the one thing its index property names."""
        found = node.get(self._terms.keys[key.index].iri, []) if key.index in self._terms.keys else []
        return found[0].value if len(found) == 1 and isinstance(found[0], ox.NamedNode) else ""

    def node(self, subject: str, nodes: Mapping[str, Node], inside: set[str]) -> dict[str, Json]:
        """A thing with its relations.

        What a relation is listed under stands in it, too: not every processor reads it off there (PyLD 3.3.0).
        """
        found: dict[str, Json] = {}
        for predicate, objects in nodes[subject].items():
            self._add(found, predicate, sorted(objects, key=_order), nodes, inside)
        last = len(self._order)
        ordered = sorted(found.items(), key=lambda item: (self._order.get(item[0], last), item[0]))
        return {self.keyword(Holds.ID): self.iri(subject), **dict(ordered)}

    def _add(
        self, found: dict[str, Json], predicate: str, objects: list[Any], nodes: Mapping[str, Node], inside: set[str]
    ) -> None:
        key = self._keys.get(predicate)
        for object_ in objects:
            if predicate == _TYPE and isinstance(object_, ox.NamedNode):
                _append(
                    found, self.keyword(Holds.TYPE), self._types.get(object_.value) or self.iri(object_.value, False)
                )
            elif key and key.holds is Holds.RELATIONS and _name(object_) in inside:
                under = self.iri(self._indexed(key, nodes[_name(object_)]))
                _append(found.setdefault(key.name, {}), under, self.node(_name(object_), nodes, inside))
            elif key and key.holds is Holds.TRANSLATIONS and _plain(object_):
                _append(found.setdefault(key.name, {}), object_.language or "@none", object_.value, self._many(key))
            elif key and key.holds not in (Holds.RELATIONS, Holds.TRANSLATIONS):
                _append(found, key.name, self._value(object_, key), self._many(key))
            else:
                _append(found, self.iri(predicate, False), self._value(object_, None))

    def _many(self, key: Key) -> bool:
        """Whether the context wants a list even of one."""
        return "@set" in _containers(self._terms.raw[key.name])

    def _value(self, object_: Any, key: Key | None) -> Json:
        """A value in its shortest form that expands to the same term under `key`."""
        holds = key.holds if key else Holds.TEXT
        if not isinstance(object_, ox.Literal):
            short = self.iri(_name(object_))
            return short if holds is Holds.REFERENCE else {self.keyword(Holds.ID): short}
        datatype = object_.datatype.value
        typed = key.datatype if key else ""
        if (
            datatype == _INTEGER
            and typed in ("", _INTEGER)
            and holds is not Holds.REFERENCE
            and _WHOLE.fullmatch(object_.value)
        ):
            return int(object_.value)
        if datatype == (typed or _STRING) and holds is not Holds.REFERENCE and not object_.language:
            return object_.value
        if object_.language:
            direction = {"@direction": object_.direction.value} if object_.direction else {}
            return {"@value": object_.value, "@language": object_.language, **direction}
        return {"@value": object_.value} | ({} if datatype == _STRING else {"@type": self.iri(datatype, False)})


def _containers(definition: Mapping[str, Json]) -> list[str]:
    container = definition.get("@container", [])
    return container if isinstance(container, list) else [container]


def _understood(definition: Mapping[str, Json]) -> bool:
    known = definition.keys() <= _PARTS and set(_containers(definition)) <= _CONTAINERS
    return known and (definition.get("@type", "@id") == "@id" or not definition["@type"].startswith("@"))


def _plain(object_: Any) -> bool:
    """Whether a language map can hold a value: text, in a language or in none."""
    return (
        isinstance(object_, ox.Literal)
        and not object_.direction
        and (bool(object_.language) or object_.datatype.value == _STRING)
    )


def _order(object_: Any) -> tuple[int, str, str]:
    """Whole numbers by their value, German before English before the rest, everything else by its form in N-Triples."""
    if not isinstance(object_, ox.Literal):
        return (0, "", str(object_))
    if object_.datatype.value == _INTEGER and _WHOLE.fullmatch(object_.value):
        return (int(object_.value), "", "")
    return (0, language_rank(object_.language or ""), str(object_))


def _append(found: dict[str, Json], key: str, value: Json, many: bool = False) -> None:
    """Put a value under a key: alone, or into the list of those that are there."""
    if key not in found:
        found[key] = [value] if many else value
    elif isinstance(found[key], list):
        found[key].append(value)
    else:
        found[key] = [found[key], value]
