"""The graph of the shipped project: its union, its named graphs and their catalogue."""

from __future__ import annotations

import pyoxigraph as ox

from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.helpers.graphs import count
from tests.helpers.namespaces import BASE
from tests.helpers.projects import values


def test_shipped_union_is_complete(graph: Graph) -> None:
    named = {quad.triple for quad in graph.store if not isinstance(quad.graph_name, ox.DefaultGraph)}
    union = list(graph.triples())

    assert set(union) == named
    assert len(union) == len(named)


def test_catalogue_describes_itself_and_rules(graph: Graph, shipped: Project) -> None:
    described = "GRAPH <editorial/catalogue> { ?graph a itas:DerivedGraph ; rdfs:label ?label ; rdfs:comment ?text }"
    rules = values(
        graph,
        f"SELECT ?graph {{ {described} FILTER(LANG(?label) = LANG(?text)) }} "
        "GROUP BY ?graph HAVING (COUNT(DISTINCT LANG(?label)) = 2)",
    )

    assert set(rules) == {f"{BASE}rule/{path.stem}" for path in shipped.rules}
    assert count(graph, "GRAPH <editorial/catalogue> { <editorial/catalogue> rdfs:label ?label }") == 2
