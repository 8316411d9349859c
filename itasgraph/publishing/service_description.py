"""The description of a SPARQL endpoint: SPARQL 1.1 Service Description (W3C Recommendation, 2013) with the VoID and DCAT of its data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final
from urllib.parse import quote

import pyoxigraph as ox

from itasgraph.publishing import dataset, negotiation
from itasgraph.publishing.catalogue import part_iri, triple
from itasgraph.serializers import linked_data
from itasgraph.store.queryable import Queryable
from itasgraph.vocabulary import RDF, SD

_GRAPHS: Final = "SELECT DISTINCT ?graph { GRAPH ?graph { ?s ?p ?o } } ORDER BY ?graph"


def write(graph: Queryable, service: str, format_: ox.RdfFormat, out: BinaryIO) -> None:
    """Describe the service at the address `service` that answers from `graph`: the same bytes for the same graph."""
    description = dataset.describe(graph)
    triples = {*description.triples(), *_service(graph, ox.NamedNode(service))}
    if format_ == ox.RdfFormat.TURTLE:
        description.prefixes = {"sd": SD.iri, **description.prefixes}
        out.write(linked_data.serialize(description, triples, "turtle"))
    else:
        ox.serialize(sorted(triples, key=str), out, format_)


def _service(graph: Queryable, service: ox.NamedNode) -> Iterator[ox.Triple]:
    data = dataset.dataset_iri(graph)
    default = part_iri(service, "default-graph")
    yield triple(service, SD.endpoint, service)
    yield triple(service, SD.supportedLanguage, SD.SPARQL11Query)
    yield triple(service, SD.feature, SD.UnionDefaultGraph)
    yield triple(service, SD.defaultDataset, data)
    yield from (triple(service, SD.resultFormat, iri) for iri in _formats())
    yield triple(data, SD.defaultGraph, default)
    for subject, class_ in ((service, SD.Service), (data, SD.Dataset), (default, SD.Graph)):
        yield triple(subject, RDF.type, class_)
    for row in graph.select(_GRAPHS):
        yield from _named_graph(service, data, row["graph"])


def _named_graph(service: ox.NamedNode, data: ox.NamedNode, graph: ox.NamedNode) -> Iterator[ox.Triple]:
    named = part_iri(service, f"graph/{quote(graph.value, safe='/:')}")
    yield triple(data, SD.namedGraph, named)
    yield triple(named, RDF.type, SD.NamedGraph)
    yield triple(named, SD.name, graph)
    yield triple(named, SD.graph, graph)
    yield triple(graph, RDF.type, SD.Graph)


def _formats() -> Iterator[ox.NamedNode]:
    """Return the IRIs of the formats of answers (https://www.w3.org/ns/formats/)."""
    known = [
        *(ox.QueryResultsFormat.from_media_type(name) for name in negotiation.ROW_TYPES),
        *(ox.RdfFormat.from_media_type(name) for name in negotiation.GRAPH_TYPES),
    ]
    return (ox.NamedNode(format_.iri) for format_ in known if format_ is not None)
