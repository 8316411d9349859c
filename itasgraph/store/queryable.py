"""The interface of graphs that answer SPARQL, in memory or behind an endpoint, and the types of their answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from itasgraph.parsing import jsonld_context
from itasgraph.parsing.iri_compaction import IriCompactor
from itasgraph.vocabulary import RDF

# Triples from an endpoint are a list: only a store of Oxigraph can make its own type, and a store rewrites literals.
Result = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean | list[ox.Triple]
Statement = ox.Triple | ox.Quad
# The number of triples ?n in each named graph ?g.
GRAPH_SIZES: Final = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
TYPE: Final = ox.NamedNode(RDF.type)


class Queryable(ABC):
    """A graph that answers SPARQL, in memory or behind an endpoint.

    `prefixes` need no declaration in a query, and its relative IRIs are relative to `base`; `services` are
    the hosts that a query may call with SERVICE, in small letters.
    """

    prefixes: dict[str, str]
    base: str
    services: Collection[str] = ()

    @abstractmethod
    def query(self, text: str) -> Result:
        """Run SPARQL 1.1.

        Raises UsageError where it does not parse, and UnsafeQuery where it nests too deeply or calls a host that is not among `services`.
        """

    def resolve_queries(self, base: str) -> None:  # noqa: B027  # most graphs have a base
        """Resolve the relative IRIs of queries against `base` from now on, but not where the graph is that of a project."""

    @abstractmethod
    def triples(self) -> Iterator[ox.Triple]:
        """Return the distinct triples of all graphs."""

    @abstractmethod
    def quads(self) -> Iterator[ox.Quad]:
        """Return the statements of the named graphs, and those in no named graph."""

    def select(self, text: str) -> ox.QuerySolutions:
        """Run a SELECT query that this program wrote."""
        result = self.query(text)
        assert isinstance(result, ox.QuerySolutions)
        return result

    def compact(self, iri: str) -> str:
        """Return the shortest readable form of an IRI: relative to the base, compact, or as it is."""
        return self._compactor.compact(iri)

    @cached_property
    def terms(self) -> jsonld_context.Context:
        """Return the context of the project with which the graph was read, if it was set, else one of the prefixes and base."""
        return jsonld_context.Context.of_prefixes(self.prefixes, self.base)

    @cached_property
    def _compactor(self) -> IriCompactor:
        return IriCompactor(self.prefixes, self.base)


def variable_names(solutions: ox.QuerySolutions) -> list[str]:
    """Return the names of the variables that a query selects, in their order."""
    return [variable.value for variable in solutions.variables]


def value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.DefaultGraph) -> str:
    """Return the IRI of a named node, the text of a literal, and any other term in N-Triples."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
