"""A graph in memory.

The named graphs tell the origin of statements: one per source document, editorial ones, one per rule. The default graph
holds the distinct triples of all of them, so that plain SPARQL sees each triple once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

from itasgraph.errors import QuerySyntaxError, UsageError
from itasgraph.parsing import jsonld_context, query_guard
from itasgraph.store import cache
from itasgraph.store.queryable import Queryable, Result

if TYPE_CHECKING:
    from itasgraph.parsing import rdf_files

# The message is the only place where Oxigraph reports line and column.
_SYNTAX_ERROR: Final = re.compile(r"error at (\d+):(\d+): ")
# What a query needs to ask for a named graph (SPARQL 1.1, section 13); what may hold these letters as well: comments, IRIs,
# names; and texts that may look like one of these.
_NAMED_GRAPHS: Final = re.compile("graph|from", re.IGNORECASE)
_OTHER_TOKENS: Final = re.compile(r"^[ \t]*#[^\n\r]*|<[^<>{}\s]*>|[:?$][A-Za-z0-9_]+", re.MULTILINE)
_LONG_STRING: Final = re.compile("\"\"\"|'''")


class Dataset(NamedTuple):
    """The graphs that a query reads: the union of `default` as the default graph, `named` by GRAPH (SPARQL 1.1, section 13)."""

    default: Sequence[ox.NamedNode]
    named: Sequence[ox.NamedNode]


@dataclass
class Graph(Queryable):
    """A graph in memory: a store whose default graph holds the distinct triples of all its graphs."""

    store: ox.Store
    prefixes: dict[str, str]
    base: str
    # The quads exactly as the files of others hold them: a store turns "007"^^xsd:int into 7 (pyoxigraph 0.5).
    file_quads: rdf_files.QuadSource | None = None
    # The graphs to query instead of those that a query names.
    dataset: Dataset | None = None
    # The address to which the relative IRIs of queries are relative, where it is not the base.
    query_base: str = ""
    # The entry of the cache that holds the store: as long as it is referenced, no process removes a store on disk.
    entry: cache.CacheEntry | None = None
    # Functions that queries may call beside those of SPARQL, by their IRI.
    functions: Mapping[ox.NamedNode, Callable[..., ox.Literal]] = field(default_factory=dict)

    def query(self, text: str) -> Result:
        query_guard.refuse_unsafe(text, self.services, prefixes=self.prefixes, base=self.base)
        dataset = self.dataset
        try:
            return self._store_for(text).query(
                text,
                prefixes=self.prefixes,
                base_iri=self.query_base or self.base,
                default_graph=None if dataset is None else list(dataset.default),
                named_graphs=None if dataset is None else list(dataset.named),
                custom_functions=dict(self.functions),
            )
        except SyntaxError as error:
            raise _syntax_error(text, error) from error
        except UnicodeEncodeError as error:
            raise UsageError("invalid-sparql", reason=ascii(text[error.start : error.end]), snippet="") from error

    def _store_for(self, _query: str) -> ox.Store:
        return self.store

    def triples(self) -> Iterator[ox.Triple]:
        if self.file_quads is not None:
            return iter({quad.triple for quad in self.file_quads()})
        return _union(self.store)

    def quads(self) -> Iterator[ox.Quad]:
        if self.file_quads is not None:
            return iter(set(self.file_quads()))
        return (quad for quad in self.store if cache.is_in_named_graph(quad) or self._is_in_no_named_graph(quad.triple))

    def save(self, folder: Path) -> tuple[Path, int]:
        """Write the graph into a folder: N-Quads where it is small, else an Oxigraph store.

        Returns the path of the file or store and the number of distinct triples.
        """
        if len(self.store) <= cache.MAX_IN_MEMORY:
            return _save_quads(self.store, folder)
        store = ox.Store(folder / "store")
        store.bulk_extend(quad for quad in self.store)  # a Python loop, which Ctrl-C can end
        store.flush()
        return folder / "store", _count_triples(store)

    def _is_in_no_named_graph(self, triple: ox.Triple) -> bool:
        """Return whether a triple is in no named graph. A look-up for each needs no memory; a set of all triples would."""
        return not any(
            map(cache.is_in_named_graph, self.store.quads_for_pattern(triple.subject, triple.predicate, triple.object))
        )


class CachedGraph(Graph):
    """A graph of the cache, whose named graphs are read when a query names one or a copy holds them."""

    def __init__(self, entry: cache.CacheEntry, terms: jsonld_context.Context) -> None:
        self.prefixes, self.base, self.functions, self.terms = terms.prefixes, terms.base, {}, terms
        self.entry = self._compiled = entry

    @property
    def store(self) -> ox.Store:  # type: ignore[override]  # it can be written to, which mypy does not know
        return self._compiled.store

    def triples(self) -> Iterator[ox.Triple]:
        return _union(self._compiled.union)

    def quads(self) -> Iterator[ox.Quad]:
        # A compilation puts each statement into a named graph, and copies all into the default graph.
        return filter(cache.is_in_named_graph, self.store)

    def _store_for(self, query: str) -> ox.Store:
        return self.store if self.dataset or _may_name_graphs(query) else self._compiled.union


def _may_name_graphs(query: str) -> bool:
    """Return whether a query may ask for a named graph; in doubt, for example because of a string, it may."""
    code = query if _LONG_STRING.search(query) else _OTHER_TOKENS.sub(" ", query)
    return _NAMED_GRAPHS.search(code) is not None


class FileGraph(Graph):
    """A graph of RDF files, which go into a store at the first query; a copy of their statements needs no store.

    Without `union`, the default graph of the store holds only what stands in no named graph.
    """

    def __init__(
        self, sources: Sequence[rdf_files.RdfFile], terms: jsonld_context.Context, *, union: bool = True
    ) -> None:
        self.base, self.functions, self.terms = terms.base, {}, terms
        self.prefixes = (
            _prefixes(sources) | terms.prefixes
        )  # those of the project last, since our own queries need them
        self.file_quads = lambda: (quad for source in sources for quad in source.quads())
        self._sources, self._union = sources, union

    def resolve_queries(self, base: str) -> None:
        if not any(iri.startswith(self.base) for source in self._sources for iri in source.beginning.iris):
            self.query_base = base

    @cached_property
    def store(self) -> ox.Store:  # type: ignore[override]  # it can be written to, which mypy does not know
        return store_files(self._sources, ox.Store(), union=self._union)

    def save(self, folder: Path) -> tuple[Path, int]:
        # On disk first, because a file may be larger than the memory.
        store = store_files(self._sources, ox.Store(folder / "store"))
        if len(store) <= cache.MAX_IN_MEMORY:
            return _save_quads(store, folder)
        store.flush()
        return folder / "store", _count_triples(store)


def _prefixes(sources: Sequence[rdf_files.RdfFile]) -> dict[str, str]:
    """Return the prefixes of the files; of two with one name, that of the first file."""
    return {name: iri for source in reversed(sources) for name, iri in source.beginning.prefixes.items()}


def store_files(sources: Iterable[rdf_files.RdfFile], store: ox.Store, *, union: bool = True) -> ox.Store:
    """Load files into a store and, with `union`, put the triples of all its graphs into the default graph. Returns the store."""
    for source in sources:
        source.load(store)
    if union:
        unite(store)
    return store


def _union(store: ox.Store) -> Iterator[ox.Triple]:
    return (quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))


def _save_quads(store: ox.Store, folder: Path) -> tuple[Path, int]:
    store.dump(folder / "graph.nq", ox.RdfFormat.N_QUADS)
    return folder / "graph.nq", _count_triples(store)


def _count_triples(store: ox.Store) -> int:
    """Return the number of triples in the default graph."""
    rows = store.query("SELECT (COUNT(*) AS ?triples) { ?s ?p ?o }")
    assert isinstance(rows, ox.QuerySolutions)
    return int(next(rows)["triples"].value)


def _syntax_error(text: str, error: SyntaxError) -> UsageError:
    """Return the error of a query that does not parse, with the line and column in the message of Oxigraph."""
    position = error_position(error)
    if position is None:
        return UsageError("invalid-sparql", reason=error.msg.splitlines()[0], snippet="")
    return QuerySyntaxError(text, error.msg, *position)


def error_position(error: SyntaxError) -> tuple[int, int] | None:
    """Return the line and the column (from 1) where Oxigraph stopped reading a query, as far as it says so."""
    match = _SYNTAX_ERROR.search(error.msg)
    return (int(match[1]), int(match[2])) if match else None


def add(store: ox.Store, quads: Iterable[ox.Quad]) -> None:
    """Add quads and, to the default graph, their triples."""
    quads = list(quads)
    store.bulk_extend(quads)
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)


def unite(store: ox.Store) -> None:
    """Put the distinct triples of all named graphs into the default graph."""
    if next(store.named_graphs(), None) is not None:
        store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")


def from_quads(quads: Iterable[ox.Quad], terms: jsonld_context.Context) -> Graph:
    """Return a graph with the quads and, in its default graph, their distinct triples."""
    store = ox.Store()
    add(store, quads)
    return from_store(store, terms)


def from_store(store: ox.Store, terms: jsonld_context.Context) -> Graph:
    """Return the graph of a store that was filled with the context of a project."""
    graph = Graph(store, terms.prefixes, terms.base)
    graph.terms = terms
    return graph


def derive(graph: Queryable, quads: Iterable[ox.Quad]) -> Graph:
    """Return a graph of other statements, with the prefixes, base, context and permitted hosts of `graph`."""
    store = ox.Store()
    add(store, quads)
    derived = Graph(store, graph.prefixes, graph.base)
    derived.terms, derived.services = graph.terms, graph.services
    return derived
