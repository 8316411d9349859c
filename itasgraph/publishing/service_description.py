"""The description of a SPARQL endpoint: SPARQL 1.1 Service Description (W3C Recommendation, 2013) with the VoID and DCAT of its data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final
from urllib.parse import quote

import pyoxigraph as ox

from itasgraph.publishing import dataset, negotiation
from itasgraph.serializers import linked_data
from itasgraph.store.queryable import Queryable
from itasgraph.vocabulary import RDF, SD

_TYPE: Final = ox.NamedNode(RDF.type)
_GRAPHS: Final = "SELECT DISTINCT ?graph { GRAPH ?graph { ?s ?p ?o } } ORDER BY ?graph"


def write(graph: Queryable, service: str, format_: ox.RdfFormat, out: BinaryIO) -> None:
    """Describe the service at the address `service` that answers from `graph`: the same bytes for the same graph."""
    description = dataset.describe(graph)
    triples = {*description.triples(), *_service(graph, ox.NamedNode(service))}
    if format_ == ox.RdfFormat.TURTLE:
        description.prefixes = {"sd": SD.iri, **description.prefixes}
        out.write(linked_data.turtle(description, triples))
    else:
        ox.serialize(sorted(triples, key=str), out, format_)


def _service(graph: Queryable, service: ox.NamedNode) -> Iterator[ox.Triple]:
    data = dataset.name(graph)
    default = _part(service, "default-graph")
    yield _triple(service, SD.endpoint, service)
    yield _triple(service, SD.supportedLanguage, ox.NamedNode(SD.SPARQL11Query))
    yield _triple(service, SD.feature, ox.NamedNode(SD.UnionDefaultGraph))
    yield _triple(service, SD.defaultDataset, data)
    yield from (_triple(service, SD.resultFormat, iri) for iri in _formats())
    yield _triple(data, SD.defaultGraph, default)
    for thing, kind in ((service, SD.Service), (data, SD.Dataset), (default, SD.Graph)):
        yield ox.Triple(thing, _TYPE, ox.NamedNode(kind))
    for row in graph.select(_GRAPHS):
        yield from _named_graph(service, data, row["graph"])


def _named_graph(service: ox.NamedNode, data: ox.NamedNode, graph: ox.NamedNode) -> Iterator[ox.Triple]:
    named = _part(service, f"graph/{quote(graph.value, safe='/:')}")
    yield _triple(data, SD.namedGraph, named)
    yield ox.Triple(named, _TYPE, ox.NamedNode(SD.NamedGraph))
    yield _triple(named, SD.name, graph)
    yield _triple(named, SD.graph, graph)
    yield ox.Triple(graph, _TYPE, ox.NamedNode(SD.Graph))


def _formats() -> Iterator[ox.NamedNode]:
    """Return the formats of answers as the W3C names them (https://www.w3.org/ns/formats/)."""
    known = [
        *(ox.QueryResultsFormat.from_media_type(name) for name in negotiation.ROW_TYPES),
        *(ox.RdfFormat.from_media_type(name) for name in negotiation.GRAPH_TYPES),
    ]
    return (ox.NamedNode(format_.iri) for format_ in known if format_ is not None)


def _part(service: ox.NamedNode, path: str) -> ox.NamedNode:
    """Return an IRI for a part of the description, which so has no blank nodes."""
    return ox.NamedNode(f"{service.value}#{path}")


def _triple(subject: ox.NamedNode, predicate: str, object_: ox.NamedNode) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(predicate), object_)
