"""The graph without people: organisations speak for themselves, and no name is left in a quote or an id."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from itasgraph.store.graph import Graph, Queryable, Term, add, value
from itasgraph.vocabulary import ORG, RDF, SCHEMA

_MASK: Final = "[…]"
_PERFORMER: Final = ox.NamedNode(SCHEMA.performer)
_OBJECT: Final = ox.NamedNode(RDF.object)
_LEFT_OUT: Final = (ox.NamedNode(ORG.member), ox.NamedNode(ORG.role))


def without(graph: Queryable) -> Graph:
    """A graph in which each appearance is that of the organisation alone.

    People and roles are gone with all that is said of them; their names read "[…]" in the quotes that stay, and the ids of
    their appearances count them. Groups without names stay.
    """
    removal = _Removal.of(graph)
    store = ox.Store()
    add(store, (kept for quad in graph.quads() for kept in removal.kept(quad)))
    written = graph.written if isinstance(graph, Graph) else None
    if written is None:
        return Graph(store, graph.prefixes, graph.base)
    return Graph(store, graph.prefixes, graph.base, lambda: (kept for quad in written() for kept in removal.kept(quad)))


@dataclass(frozen=True)
class _Removal:
    """What has to go: things, their ids inside other ids, their names; and who stands in for whom."""

    things: frozenset[object]
    ids: Mapping[str, str]
    names: re.Pattern[str] | None
    stand_ins: Mapping[object, list[ox.NamedNode]]
    speakers: Mapping[object, list[ox.NamedNode]]

    @classmethod
    def of(cls, graph: Queryable) -> _Removal:
        people = [
            row["person"]
            for row in graph.select("SELECT DISTINCT ?person { ?person a schema:Person } ORDER BY ?person")
        ]
        roles = [row["role"] for row in graph.select("SELECT DISTINCT ?role { ?role a org:Role }")]
        stand_ins: dict[object, list[ox.NamedNode]] = {}
        speakers: dict[object, list[ox.NamedNode]] = {}
        for row in graph.select(_APPEARANCES):
            stand_ins.setdefault(row["appearance"], []).append(row["organisation"])
            speakers.setdefault(row["contribution"], []).append(row["organisation"])
        ids = {graph.compact(value(person)): f"person/{number}" for number, person in enumerate(people, 1)}
        return cls(frozenset([*people, *roles]), ids, _names(graph), stand_ins, speakers)

    def kept(self, quad: ox.Quad) -> Iterator[ox.Quad]:
        """What stays of a statement: nothing, itself with names masked, or the organisation in the place of the person."""
        if quad.subject in self.things or quad.predicate in _LEFT_OUT:
            return
        objects: list[Term] = [quad.object]
        if quad.object in self.things:
            instead = {_OBJECT: self.stand_ins, _PERFORMER: self.speakers}.get(quad.predicate, {})
            objects = list(instead.get(quad.subject, []))
        subject = quad.subject
        if isinstance(subject, ox.NamedNode):
            subject = ox.NamedNode(self._counted(subject.value))
        for object_ in objects:
            yield ox.Quad(subject, quad.predicate, self._masked(object_), quad.graph_name)

    def _masked(self, term: Term) -> Term:
        if isinstance(term, ox.NamedNode):
            return ox.NamedNode(self._counted(term.value))
        if isinstance(term, ox.Literal) and self.names is not None and self.names.search(term.value):
            text = self.names.sub(_MASK, term.value)
            return ox.Literal(text, language=term.language) if term.language else ox.Literal(text)
        return term  # numbers, blank nodes and triple terms name nobody

    def _counted(self, iri: str) -> str:
        """An id of an appearance holds that of the person."""
        for name, number in self.ids.items():
            iri = iri.replace(f"/{name}#", f"/{number}#")
        return iri


_APPEARANCES: Final = """
    SELECT DISTINCT ?contribution ?appearance ?organisation WHERE {
      ?appearance rdf:subject ?contribution ; org:organization ?organisation ; org:member ?person . ?person a schema:Person
    } ORDER BY ?contribution ?organisation"""


def _names(graph: Queryable) -> re.Pattern[str] | None:
    """All names of all people, with academic title or without, and family names alone; the longest first."""
    rows = graph.select("""
        SELECT DISTINCT ?name ?title WHERE {
          ?person a schema:Person ; schema:name|skos:altLabel|rdfs:label ?name . FILTER(isLiteral(?name))
          OPTIONAL { ?person schema:honorificPrefix ?title }
        }""")
    found: set[str] = set()
    for row in rows:
        name = row["name"].value
        found.update([name, name.split()[-1]])
        found.update([f"{row['title'].value} {name}"] if row["title"] else [])
    longest = sorted(found, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)") if longest else None
