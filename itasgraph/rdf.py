"""The one door to rdflib: the graph as an rdflib one on the same store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import rdflib
from oxrdflib import OxigraphStore
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.namespace import XSD
from rdflib.query import Result
from rdflib.term import Identifier, Literal

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
