"""The bridge to rdflib: the graph of a project as an rdflib.Graph on the same store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import rdflib
from oxrdflib import OxigraphStore
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.namespace import XSD
from rdflib.query import Result, ResultRow
from rdflib.term import Identifier, Literal, URIRef

from itasgraph import project
from itasgraph.store import access, memory


def load(folder: str | Path | None = None, *, data: str | Path | Sequence[str | Path] = ()) -> rdflib.Graph:
    """Return the union of a project's graphs as an rdflib graph; SPARQL reaches the named graphs with `GRAPH`.

    `folder` is a project (default: the current folder if it is one, else the bundled one); `data` names RDF or YAML-LD
    files to load instead. Raises itasgraph.errors.ItasgraphError as the command line does.

    >>> g = load()
    >>> g.value(rdflib.URIRef("https://w3id.org/itas/group/zulieferer"), rdflib.SKOS.prefLabel) is None
    True
    """
    source = project.find(Path(folder) if folder is not None else None)
    paths = [data] if isinstance(data, str | Path) else data
    loaded = access.load_files([Path(path) for path in paths], source) if paths else access.load(source)
    graph = rdflib.Graph(store=_Store(loaded), identifier=DATASET_DEFAULT_GRAPH_ID, bind_namespaces="core")
    for prefix, namespace in loaded.prefixes.items():
        graph.bind(prefix, namespace)
    return graph


@dataclass(frozen=True)
class Support:
    """The support of a triple: a graph that states it and, where words are quoted, the words and their document.

    `kind` is "source", "editorial" or "derived"; `lines` count from 1 and are empty where the quote stands once.
    """

    kind: str
    graph: URIRef
    quote: str = ""
    lines: tuple[int, ...] = ()
    document: str = ""


def sources(graph: rdflib.Graph, subject: Identifier, predicate: Identifier, object: Identifier) -> list[Support]:  # noqa: A002  # RDF's word
    """Return the sources of a triple: a Support for each quote, and one for each graph that states it without a quote.

    `graph` comes from `load`; the list is empty where the graph does not hold the triple.
    """
    triple = " ; ".join(
        f"rdf:{role} {term.n3()}" for role, term in zip(_ROLES, (subject, predicate, object), strict=True)
    )
    lines: dict[tuple[str, str, str, str], set[int]] = {}
    for kind, name, quote, document, line in _rows(graph, _QUOTED % triple):
        lines.setdefault((kind, name, quote, document), set()).update([int(line)] if line else [])
    supports = [
        Support(kind, URIRef(g), quote, tuple(sorted(numbers)), d) for (kind, g, quote, d), numbers in lines.items()
    ]
    statement = f"{subject.n3()} {predicate.n3()} {object.n3()}"
    for kind, name in _rows(graph, _STATED % statement):
        # A rule that only shortens or passes on a quoted statement is no further support.
        if name not in {support.graph for support in supports} and not (supports and kind == "derived"):
            supports.append(Support(kind, URIRef(name)))
    return sorted(supports, key=lambda support: (support.kind, support.graph, support.quote))


def _rows(graph: rdflib.Graph, query: str) -> Iterator[tuple[str, ...]]:
    """Yield solutions as strings, "" for an unbound variable."""
    for row in graph.query(query):
        assert isinstance(row, ResultRow)
        yield tuple(str(term) if term is not None else "" for term in row)


_ROLES: Final = ("subject", "predicate", "object")
_KINDS: Final = """
    ?graph a ?class .
    VALUES (?class ?kind) { (itas:Source "source") (itas:EditorialGraph "editorial") (itas:DerivedGraph "derived") }
"""
_QUOTED: Final = f"""
    SELECT DISTINCT ?kind ?graph ?quote ?document ?line WHERE {{
      ?statement %s ; dcterms:source ?source .
      GRAPH ?graph {{ ?statement itas:quote ?quote }} {_KINDS}
      OPTIONAL {{ ?source prov:wasDerivedFrom ?document }}
      OPTIONAL {{ ?statement itas:line ?line }}
    }} ORDER BY ?graph ?quote"""
_STATED: Final = f"SELECT DISTINCT ?kind ?graph WHERE {{ GRAPH ?graph {{ %s }} {_KINDS} }} ORDER BY ?graph"


class _Store(OxigraphStore):
    """The store of a graph for rdflib.

    It returns plain strings as rdflib writes them: with the `^^xsd:string` of oxrdflib they are unequal to `Literal("…")`.
    A store on disk is read-only, so the first change moves the graph into memory.
    """

    def __init__(self, loaded: memory.Graph) -> None:
        super().__init__(store=loaded.store)
        self._entry = loaded.entry

    def _move_into_memory(self) -> None:
        if self._entry is not None and self._entry.lock is not None:
            store = ox.Store()
            store.bulk_extend(self._inner)
            self._store, self._entry = store, None

    # Any, here and below: rdflib keeps the names of these types to itself.
    def add(self, triple: Any, context: Any, quoted: bool = False) -> None:
        self._move_into_memory()
        super().add(triple, context, quoted)

    def addN(self, quads: Any) -> None:  # noqa: N802  # rdflib's name
        self._move_into_memory()
        super().addN(quads)

    def remove(self, triple: Any, context: Any = None) -> None:
        self._move_into_memory()
        super().remove(triple, context)

    def update(self, *args: Any, **kwargs: Any) -> None:
        self._move_into_memory()
        super().update(*args, **kwargs)

    def add_graph(self, graph: Any) -> None:
        self._move_into_memory()
        super().add_graph(graph)

    def remove_graph(self, graph: Any) -> None:
        self._move_into_memory()
        super().remove_graph(graph)

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        for (subject, predicate, object_), contexts in super().triples(triple_pattern, context):
            yield (subject, predicate, _without_xsd_string(object_)), contexts

    def query(
        self,
        query: Any,
        initNs: Mapping[str, Any],  # noqa: N803  # rdflib's names
        initBindings: Mapping[str, Identifier],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **kwargs: object,
    ) -> Result:
        try:
            result = super().query(query, initNs, initBindings, queryGraph, **kwargs)
        except RuntimeError as error:
            # Oxigraph can bind only variables of the answer; on this error rdflib's own engine runs the query.
            raise NotImplementedError from error
        if result.type == "SELECT":
            result.bindings = [
                {name: _without_xsd_string(term) for name, term in row.items()} for row in result.bindings
            ]
        elif result.graph is not None:
            plain = rdflib.Graph()
            plain += (
                (subject, predicate, _without_xsd_string(object_)) for subject, predicate, object_ in result.graph
            )
            result.graph = plain
        return result


def _without_xsd_string(term: Any) -> Any:  # rdflib declares bindings and objects in different ways
    return Literal(str(term)) if isinstance(term, Literal) and term.datatype == XSD.string else term
