"""The description of a data set, by predicate."""

from __future__ import annotations

import pyoxigraph as ox

from itasgraph.store.memory import Graph
from itasgraph.store.queryable import value
from tests.helpers.namespaces import BASE

WHOLE = ox.NamedNode(f"{BASE}dataset")
VOID = "http://rdfs.org/ns/void#"
DCTERMS = "http://purl.org/dc/terms/"
DCAT = "http://www.w3.org/ns/dcat#"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def objects(graph: Graph, predicate: str, subject: ox.NamedNode = WHOLE) -> list[str]:
    quads = graph.store.quads_for_pattern(subject, ox.NamedNode(predicate), None, None)
    return sorted(value(quad.object) for quad in quads)
