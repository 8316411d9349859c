"""What questions can be put to, whether it lies in memory or behind an endpoint, and what it answers with."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from itasgraph.parsing import jsonld_context
from itasgraph.parsing.iri_compaction import IriCompactor

# Triples that came from elsewhere are a list: Oxigraph's own can be made by its store only, which rewrites literals.
Result = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean | list[ox.Triple]
Statement = ox.Triple | ox.Quad
# The number of triples ?n in each named graph ?g.
GRAPH_SIZES: Final = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class Queryable(ABC):
    """What questions can be put to: a graph in memory or behind an endpoint.

    `prefixes` are known to each query without being declared there, names in it are relative to `base`; `services` are
    the hosts that a query may call with SERVICE, in small letters.
    """

    prefixes: dict[str, str]
    base: str
    services: Collection[str] = ()

    @abstractmethod
    def query(self, text: str) -> Result:
        """Run SPARQL 1.1.

        Raises UsageError where it does not parse, and UnsafeQuery where it nests too deep or calls a host not permitted.
        """

    @abstractmethod
    def triples(self) -> Iterator[ox.Triple]:
        """The distinct triples of all graphs."""

    @abstractmethod
    def quads(self) -> Iterator[ox.Quad]:
        """The statements of the named graphs; those in no named graph stay in none."""

    def select(self, text: str) -> ox.QuerySolutions:
        """Run a SELECT query of our own making."""
        result = self.query(text)
        assert isinstance(result, ox.QuerySolutions)
        return result

    def compact(self, iri: str) -> str:
        """Return the shortest readable form of an IRI: relative to the base, compact, or as it is."""
        return self._compactor.compact(iri)

    @cached_property
    def terms(self) -> jsonld_context.Context:
        """The context of the project that the graph was read with, which sets it; else one of the prefixes and the base."""
        return jsonld_context.Context.of_prefixes(self.prefixes, self.base)

    @cached_property
    def _compactor(self) -> IriCompactor:
        return IriCompactor(self.prefixes, self.base)


def value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.DefaultGraph) -> str:
    """The IRI of a name, the text of a literal, and what else a term is in N-Triples."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
