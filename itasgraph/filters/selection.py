"""Part of a graph: some of its named graphs, one thing with its surroundings, everything but the quotes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

import pyoxigraph as ox

from itasgraph.entities import names
from itasgraph.errors import UsageError
from itasgraph.store.graph import Graph, Queryable, Statement, value
from itasgraph.vocabulary import ITAS, RDFS

_CLASSES: Final = {"source": ITAS.Source, "editorial": ITAS.EditorialGraph, "derived": ITAS.DerivedGraph}
_LABEL: Final = ox.NamedNode(RDFS.label)
_TELLS: Final = "?node rdf:subject ?subject ; rdf:subject|rdf:object|org:member|org:organization|org:role {thing}"
# The verbatim words of a source, whose rights remain with their authors.
_VERBATIM: Final = (ox.NamedNode(ITAS.quote), ox.NamedNode(ITAS.word))


class Wanted(NamedTuple):
    """What is to go out: `graphs` as `--graph` names them (None: nobody asked), `about` one thing, with `quotes` or not."""

    graphs: str | None = None
    about: str | None = None
    quotes: bool = True


def part(graph: Queryable, named: bool, wanted: Wanted, lang: str = "en") -> Iterable[Statement]:
    """The statements wanted, with their graphs if `named`; some may come twice.

    Raises UsageError for a name that nothing bears, or more than one thing.
    """
    found = _all(graph, named or wanted.graphs is not None)
    if wanted.graphs not in (None, "all"):
        found = filter(_graphs(graph, wanted.graphs or "", lang), found)
    if wanted.about is not None:
        found = filter(_about(graph, wanted.about, lang), found)
    return found if wanted.quotes else (one for one in found if one.predicate not in _VERBATIM)


def _all(graph: Queryable, named: bool) -> Iterable[Statement]:
    if isinstance(graph, Graph) and graph.written is not None:
        return graph.written()  # sorting leaves each once, and needs less memory for that than a set
    return graph.quads() if named else graph.triples()


def _graphs(graph: Queryable, which: str, lang: str) -> Callable[[Statement], bool]:
    """Whether a statement stands in the graphs meant: those of one class, or one by its name.

    Raises UsageError where a name is that of no graph.
    """
    if which in _CLASSES:
        rows = graph.select(f"SELECT DISTINCT ?g {{ ?g a <{_CLASSES[which]}> }}")
        meant = {row["g"] for row in rows}
    else:
        meant = {_named(graph, which, lang)}
    return lambda statement: isinstance(statement, ox.Quad) and statement.graph_name in meant


def _named(graph: Queryable, which: str, lang: str) -> ox.NamedNode:
    known = sorted(
        value(row["g"]) for row in graph.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } FILTER(isIRI(?g)) }")
    )
    by_name = {form: iri for iri in known for form in (iri, graph.compact(iri), f"<{iri}>")}
    try:
        iri = by_name.get(which) or names.resolve(graph, which, lang=lang).value
    except UsageError:
        iri = ""
    if iri not in known:
        raise UsageError("no-graph", name=which, known=", ".join(map(graph.compact, known)) or "–")
    return ox.NamedNode(iri)


def _about(graph: Queryable, name: str, lang: str) -> Callable[[Statement], bool]:
    """Whether a statement tells of one thing.

    It begins or ends there, belongs to a statement node about it, or is the label of something that these name.
    Raises UsageError where no thing, or more than one, is called so.
    """
    thing = names.resolve(graph, name, lang=lang)
    told = {thing, *(row["node"] for row in graph.select(f"SELECT DISTINCT ?node {{ {_TELLS.format(thing=thing)} }}"))}
    around = graph.select(f"""
        SELECT DISTINCT ?other WHERE {{
          {{ {thing} ?p ?other }} UNION {{ ?other ?p {thing} }} UNION {{ {_TELLS.format(thing=thing)} . ?node ?p ?other }}
        }}""")
    labelled = {row["other"] for row in around}

    def fits(statement: Statement) -> bool:
        begins = statement.subject in told or statement.object == thing
        return begins or (statement.predicate == _LABEL and statement.subject in labelled)

    return fits
