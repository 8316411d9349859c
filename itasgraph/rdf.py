"""The one door to rdflib: the graph as an rdflib one on the same store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rdflib
from oxrdflib import OxigraphStore
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.namespace import XSD
from rdflib.query import Result
from rdflib.term import Identifier, Literal, Node, URIRef

from itasgraph import graph, project


def load(folder: str | Path | None = None, *, data: Sequence[str | Path] = ()) -> rdflib.Graph:
    """The union of a project's graphs as an rdflib graph; SPARQL reaches the named graphs with `GRAPH`.

    `folder` is a project (default: the current folder if it is one, else the bundled one); `data` names RDF or YAML-LD
    files to load instead. Raises itasgraph.errors.ItasgraphError as the command line does.

    >>> g = load()
    >>> g.value(rdflib.URIRef("https://w3id.org/itas/group/zulieferer"), rdflib.SKOS.prefLabel) is None
    True
    """
    source = project.find(Path(folder) if folder is not None else None)
    loaded = graph.load_files([Path(path) for path in data], source) if data else graph.load(source)
    store = _PlainStrings(store=loaded.store)
    found = rdflib.Graph(store=store, identifier=DATASET_DEFAULT_GRAPH_ID, bind_namespaces="none")
    for prefix, namespace in loaded.prefixes.items():
        found.bind(prefix, namespace)
    return found


@dataclass(frozen=True)
class Support:
    """One reason to believe a triple: the graph that says so and, where words are quoted, the words and their document.

    `kind` is "source", "editorial" or "derived"; `lines` count from 1 and are empty where the quote stands once.
    """

    kind: str
    graph: URIRef
    quote: str = ""
    lines: tuple[int, ...] = ()
    document: str = ""


def sources(found: rdflib.Graph, subject: Node, predicate: Node, object: Node) -> list[Support]:  # noqa: A002  # RDF's word
    """Who says the triple: one Support for each quote, and one for each graph that says it without words.

    `found` comes from `load`; the list is empty where the graph does not hold the triple.
    """
    terms = {"s": subject, "p": predicate, "o": object}
    quoted = found.query(_QUOTED, initBindings=terms)
    lines: dict[tuple[str, ...], set[int]] = {}
    for row in quoted:
        key = tuple(str(row[name] or "") for name in ("kind", "graph", "quote", "document"))
        lines.setdefault(key, set()).update([int(row["line"])] if row["line"] else [])
    supports = [Support(kind, URIRef(g), q, tuple(sorted(lines[kind, g, q, d])), d) for kind, g, q, d in lines]
    named = {support.graph for support in supports}
    for row in found.query(_STATED, initBindings=terms):
        if row["graph"] not in named and not (supports and row["kind"] == Literal("derived")):
            supports.append(Support(str(row["kind"]), row["graph"]))
    return sorted(supports, key=lambda support: (support.kind, support.graph, support.quote))


_KINDS = """
    ?graph a ?class .
    VALUES (?class ?kind) { (itas:Source "source") (itas:EditorialGraph "editorial") (itas:DerivedGraph "derived") }"""
_QUOTED = f"""
    SELECT DISTINCT ?kind ?graph ?quote ?document ?line WHERE {{
      ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; dcterms:source ?source .
      GRAPH ?graph {{ ?statement itas:quote ?quote }} {_KINDS}
      OPTIONAL {{ ?source prov:wasDerivedFrom ?document }}
      OPTIONAL {{ ?statement itas:line ?line }}
    }}"""
_STATED = f"SELECT DISTINCT ?kind ?graph WHERE {{ GRAPH ?graph {{ ?s ?p ?o }} {_KINDS} }}"


class _PlainStrings(OxigraphStore):
    """Gives plain strings back as rdflib writes them: oxrdflib's `^^xsd:string` is unequal to `Literal("…")`."""

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        for (subject, predicate, object_), contexts in super().triples(triple_pattern, context):
            yield (subject, predicate, _plain(object_)), contexts

    def query(
        self,
        query: Any,
        initNs: Mapping[str, Any],  # noqa: N803  # rdflib's names
        initBindings: Mapping[str, Identifier],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **kwargs: object,
    ) -> Result:
        result = super().query(query, initNs, initBindings, queryGraph, **kwargs)
        if result.type == "SELECT":
            result.bindings = [{name: _plain(term) for name, term in row.items()} for row in result.bindings]
        elif result.graph is not None:
            plain = rdflib.Graph()
            plain += ((subject, predicate, _plain(object_)) for subject, predicate, object_ in result.graph)
            result.graph = plain
        return result


def _plain(term: Any) -> Any:
    return Literal(str(term)) if isinstance(term, Literal) and term.datatype == XSD.string else term
