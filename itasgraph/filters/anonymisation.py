"""The graph without people: organisations speak for themselves, and no name is left in a quote or an id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from itasgraph.filters.masking import mask_literal, replace_quads, word_pattern
from itasgraph.store.memory import Graph
from itasgraph.store.queryable import Queryable, Term, value
from itasgraph.vocabulary import ORG, RDF

_OBJECT: Final = ox.NamedNode(RDF.object)
_REMOVED_PROPERTIES: Final = (ox.NamedNode(ORG.member), ox.NamedNode(ORG.role))


def anonymise(graph: Queryable) -> Graph:
    """Return a copy of the graph in which each appearance names the organisation only.

    People and roles are removed with all statements about them. In the quotes that stay, "[…]" replaces their names; in the
    ids of their appearances, a number does. Groups without names stay.
    """
    return replace_quads(graph, _People.of(graph).replace_all)


@dataclass(frozen=True)
class _People:
    """The people of a graph, and what replaces them.

    `entities` are people and roles, with their former ids; `ids` maps the id of a person to a numbered one; `names` matches their names;
    `organisations` maps an appearance and rdf:object, or a contribution and the relation that an appearance proves, to the
    organisations that stay.
    """

    entities: frozenset[object]
    ids: Mapping[str, str]
    names: re.Pattern[str] | None
    organisations: Mapping[tuple[object, object], list[ox.NamedNode]]

    @classmethod
    def of(cls, graph: Queryable) -> _People:
        people = [row["person"] for row in graph.select(_PEOPLE)]
        others = [row["other"] for row in graph.select(_ROLES_AND_FORMER_IDS)]
        organisations: dict[tuple[object, object], list[ox.NamedNode]] = {}
        for row in graph.select(_APPEARANCES):
            organisations.setdefault((row["appearance"], _OBJECT), []).append(row["organisation"])
            organisations.setdefault((row["contribution"], row["relation"]), []).append(row["organisation"])
        ids = {graph.compact(value(person)): f"person/{number}" for number, person in enumerate(people, 1)}
        return cls(frozenset([*people, *others]), ids, _name_pattern(graph), organisations)

    def replace_all(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        """Yield the statements that replace all statements of a graph."""
        return (replacement for quad in quads for replacement in self._replace(quad))

    def _replace(self, quad: ox.Quad) -> Iterator[ox.Quad]:
        """Yield the statements that replace one: none, the statement with names masked, or one for each organisation."""
        if quad.subject in self.entities or quad.predicate in _REMOVED_PROPERTIES:
            return
        objects: list[Term] = [quad.object]
        if quad.object in self.entities:
            objects = list(self.organisations.get((quad.subject, quad.predicate), []))
        subject = quad.subject
        if isinstance(subject, ox.NamedNode):
            subject = ox.NamedNode(self._number(subject.value))
        for object_ in objects:
            yield ox.Quad(subject, quad.predicate, self._mask_names(object_), quad.graph_name)

    def _mask_names(self, term: Term) -> Term:
        if isinstance(term, ox.NamedNode):
            return ox.NamedNode(self._number(term.value))
        # Blank nodes and triple terms name nobody.
        return mask_literal(term, self.names) if isinstance(term, ox.Literal) else term

    def _number(self, iri: str) -> str:
        """Put a number for the id of a person inside the IRI of an appearance."""
        for name, number in self.ids.items():
            iri = iri.replace(f"/{name}#", f"/{number}#").replace(f"/{name}/", f"/{number}/")
        return iri


def _name_pattern(graph: Queryable) -> re.Pattern[str] | None:
    """Return a pattern of all names of people, with academic title or without, and of family names; the longest first."""
    names: set[str] = set()
    for row in graph.select(_NAMES):
        name = row["name"].value
        names.update([name, name.split()[-1]])
        names.update([f"{row['title'].value} {name}"] if row["title"] else [])
    return word_pattern(names)


_PEOPLE: Final = "SELECT DISTINCT ?person { ?person a schema:Person } ORDER BY ?person"
_ROLES_AND_FORMER_IDS: Final = """
    SELECT DISTINCT ?other {
      { ?other a org:Role }
      UNION { ?entity a ?class . FILTER(?class IN (schema:Person, org:Role)) ?entity dcterms:replaces+ ?other }
    }"""
_APPEARANCES: Final = """
    SELECT DISTINCT ?contribution ?relation ?appearance ?organisation WHERE {
      ?appearance rdf:subject ?contribution ; rdf:predicate ?relation ; org:organization ?organisation ; org:member ?person . ?person a schema:Person
    } ORDER BY ?contribution ?relation ?organisation"""
_NAMES: Final = """
    SELECT DISTINCT ?name ?title WHERE {
      ?person a schema:Person ; schema:name|skos:altLabel|rdfs:label ?name . FILTER(isLiteral(?name))
      OPTIONAL { ?person schema:honorificPrefix ?title }
    }"""
