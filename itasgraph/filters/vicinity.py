"""What a graph says about some entities, as a graph of its own: enough to draw them, without reading the whole graph."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

import pyoxigraph as ox

from itasgraph.entities.labels import is_iri, select_each
from itasgraph.store.memory import Graph, derive
from itasgraph.store.queryable import Queryable, value
from itasgraph.vocabulary import DCAT, ITAS, RDF, SCHEMA


def copy(graph: Queryable, entities: Collection[str], hubs: Collection[str]) -> Graph:
    """Return a graph of what is said about the entities, and of what that names.

    It holds the statements about them, and the parts of programmes in which they occur. Of the `hubs` among the entities, which
    nearly everything names, it holds only what they say themselves.
    """
    copied = _Copy(graph)
    others = set(entities) - set(hubs)
    about = copied.find(_NAMING, others) | copied.find(_STATED_OF, hubs)
    parts = copied.find(_TALKS, about)
    copied.add({*entities, *about, *parts, *copied.find(_REPLACED, entities), *copied.find(_OF_ALL, None)})
    while wholes := copied.objects(SCHEMA.superEvent) - copied.subjects:
        copied.add(wholes)
    copied.add(copied.named())
    copied.add(copied.terms())
    return derive(graph, copied.quads)


class _Copy:
    """A copy of the statements with some subjects."""

    def __init__(self, graph: Queryable) -> None:
        self._graph = graph
        self.subjects: set[str] = set()
        self.quads: list[ox.Quad] = []

    def find(self, query: str, iris: Iterable[str] | None) -> set[str]:
        """Return the IRIs in the column ?found."""
        rows = select_each(self._graph, query, iris)
        return {row["found"].value for row in rows if isinstance(row["found"], ox.NamedNode)}

    def add(self, subjects: Collection[str]) -> None:
        """Copy the statements with those of these subjects that are new, each with the named graphs in which it stands."""
        new = {iri for iri in subjects if is_iri(iri)} - self.subjects
        self.subjects |= new
        for query in (_TRIPLES, _QUADS):
            for row in select_each(self._graph, query, new):
                graph = row["graph"] if query is _QUADS else ox.DefaultGraph()
                self.quads.append(ox.Quad(row["iri"], row["property"], row["value"], graph))

    def objects(self, property_: str) -> set[str]:
        """Return the objects of a property that are IRIs."""
        found = {value(quad.object) for quad in self.quads if quad.predicate.value == property_}
        return {one for one in found if is_iri(one)}

    def named(self) -> set[str]:
        """Return all IRIs that the copied statements name, those of their graphs included."""
        terms = (term for quad in self.quads for term in (quad.predicate, quad.object, quad.graph_name))
        return {term.value for term in terms if isinstance(term, ox.NamedNode)}

    def terms(self) -> set[str]:
        """Return the properties and classes of the copied statements."""
        properties = {quad.predicate.value for quad in self.quads}
        return properties | {value(quad.object) for quad in self.quads if quad.predicate.value in _CLASSES}


_TRIPLES: Final = "SELECT ?iri ?property ?value WHERE { VALUES ?iri { %s } ?iri ?property ?value }"
_QUADS: Final = (
    "SELECT ?iri ?property ?value ?graph WHERE { VALUES ?iri { %s } GRAPH ?graph { ?iri ?property ?value } }"
)
_NAMING: Final = "SELECT DISTINCT ?found WHERE { VALUES ?iri { %s } ?found ?property ?iri }"
_STATED_OF: Final = "SELECT DISTINCT ?found WHERE { VALUES ?iri { %s } ?found rdf:subject ?iri }"
# A filter, because a path of two properties would be evaluated apart from the values.
_TALKS: Final = """
    SELECT DISTINCT ?found WHERE {
      VALUES ?iri { %s } ?found ?property ?iri FILTER(?property IN (itas:appearance, itas:moderation))
    }"""
_REPLACED: Final = "SELECT DISTINCT ?found WHERE { VALUES ?iri { %s } ?found dcterms:isReplacedBy ?iri }"
# The data sets, for the foot of a picture, and the kinds, for its legend.
_OF_ALL: Final = (
    f"SELECT DISTINCT ?found WHERE {{ {{ ?found a <{DCAT.Dataset}> }} UNION {{ ?found itas:shape ?shape }} }}"
)
_CLASSES: Final = (RDF.type, ITAS.kind)
