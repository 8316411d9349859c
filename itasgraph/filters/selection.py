"""Part of a graph: some of its named graphs, one entity with its surroundings, everything but the quotes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

import pyoxigraph as ox

from itasgraph.entities import names
from itasgraph.errors import UsageError
from itasgraph.store.memory import Graph
from itasgraph.store.queryable import Queryable, Statement, value
from itasgraph.vocabulary import ITAS, RDFS

_CLASSES: Final = {"source": ITAS.Source, "editorial": ITAS.EditorialGraph, "derived": ITAS.DerivedGraph}
_LABEL: Final = ox.NamedNode(RDFS.label)
# The statement nodes that name an entity.
_NODES: Final = "?node rdf:subject ?subject ; rdf:subject|rdf:object|org:member|org:organization|org:role {entity}"
# The verbatim words of a source, whose rights remain with their authors.
_VERBATIM: Final = (ox.NamedNode(ITAS.quote), ox.NamedNode(ITAS.word))


class Selection(NamedTuple):
    """The part of a graph to write.

    `graphs` are those that `--graph` names (None: the option is absent), `about` is the name of one entity, `quotes` tells
    whether verbatim words belong to it.
    """

    graphs: str | None = None
    about: str | None = None
    quotes: bool = True


def select_statements(
    graph: Queryable, with_graphs: bool, selection: Selection, lang: str = "en"
) -> Iterable[Statement]:
    """Return the statements of a selection, optionally `with_graphs`; some statements may come twice.

    Raise UsageError where nothing, or more than one entity, has the name.
    """
    statements = _all(graph, with_graphs or selection.graphs is not None)
    if selection.graphs not in (None, "all"):
        statements = filter(_in_graphs(graph, selection.graphs or "", lang), statements)
    if selection.about is not None:
        statements = filter(_about(graph, selection.about, lang), statements)
    return statements if selection.quotes else without_quotes(statements)


def without_quotes(statements: Iterable[Statement]) -> Iterable[Statement]:
    """Return the statements without the verbatim words of a source."""
    return (one for one in statements if one.predicate not in _VERBATIM)


def _all(graph: Queryable, with_graphs: bool) -> Iterable[Statement]:
    if isinstance(graph, Graph) and graph.file_quads is not None:
        return graph.file_quads()  # sorting them removes the duplicates, with less memory than a set
    return graph.quads() if with_graphs else graph.triples()


def _in_graphs(graph: Queryable, name: str, lang: str) -> Callable[[Statement], bool]:
    """Return a test whether a statement is in the graphs of a class, or in the graph of that name.

    Raises UsageError where no graph has the name.
    """
    if name in _CLASSES:
        rows = graph.select(f"SELECT DISTINCT ?g {{ ?g a <{_CLASSES[name]}> }}")
        graphs = {row["g"] for row in rows}
    else:
        graphs = {_find_graph(graph, name, lang)}
    return lambda statement: isinstance(statement, ox.Quad) and statement.graph_name in graphs


def _find_graph(graph: Queryable, name: str, lang: str) -> ox.NamedNode:
    known = sorted(
        value(row["g"]) for row in graph.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } FILTER(isIRI(?g)) }")
    )
    by_name = {spelling: iri for iri in known for spelling in (iri, graph.compact(iri), f"<{iri}>")}
    try:
        iri = by_name.get(name) or names.resolve(graph, name, lang=lang).value
    except UsageError:
        iri = ""
    if iri not in known:
        raise UsageError("unknown-graph", name=name, known=", ".join(map(graph.compact, known)) or "–")
    return ox.NamedNode(iri)


def _about(graph: Queryable, name: str, lang: str) -> Callable[[Statement], bool]:
    """Return a test whether a statement is about one entity.

    It is where the statement begins or ends at the entity, belongs to a statement node about it, or labels a neighbour of
    the entity or of that node. Raise UsageError where no entity, or more than one, has the name.
    """
    entity = names.resolve(graph, name, lang=lang)
    nodes = _NODES.format(entity=entity)
    subjects = {entity, *(row["node"] for row in graph.select(f"SELECT DISTINCT ?node {{ {nodes} }}"))}
    rows = graph.select(f"""
        SELECT DISTINCT ?other WHERE {{
          {{ {entity} ?p ?other }} UNION {{ ?other ?p {entity} }} UNION {{ {nodes} . ?node ?p ?other }}
        }}""")
    neighbours = {row["other"] for row in rows}

    def is_about(statement: Statement) -> bool:
        touches = statement.subject in subjects or statement.object == entity
        return touches or (statement.predicate == _LABEL and statement.subject in neighbours)

    return is_about
