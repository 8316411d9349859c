"""The surroundings of an entity are the same, whether the whole network is built or only they are read."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itasgraph.network import attributes, neighbourhood
from itasgraph.network.builder import Networks
from itasgraph.network.neighbourhood import StepEnds
from itasgraph.network.partial_network import PartialNetwork, surroundings
from itasgraph.picture import precomputed_answers
from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.helpers.graphs import graph_of
from tests.helpers.projects import ROOT

if TYPE_CHECKING:
    from itasgraph.network.attributes import Net

READABLE = ("actors", "everything", "links", "programme", "topics")
HUBS = ("Topic", "Event", "Section", "TargetGroup")


def content(network: Net) -> tuple[dict[str, object], dict[object, object]]:
    """Return all nodes and edges with their attributes."""
    nodes: dict[str, object] = {iri: attributes.node(network, iri) for iri in network}
    return nodes, dict(attributes.edges(network))


def expected(
    network: Net, middle: str, steps: int, hubs: Collection[str], planned: Collection[str], limit: int | None
) -> Net:
    """Return the surroundings as a part of the whole network."""
    reached = neighbourhood.steps_to(
        network, middle, steps, neighbourhood.ends_of_steps(network, StepEnds(hubs, planned))
    )
    simple = nx.Graph(network)
    ranked = sorted(reached, key=lambda one: (reached[one], -len(set(simple[one]) - {one}), one))
    return network.subgraph(ranked[:limit])


@pytest.mark.parametrize("name", READABLE)
def test_surroundings_are_a_part_of_the_whole(graph: Graph, shipped: Project, name: str) -> None:
    networks = Networks(graph, shipped)
    hubs = [graph.terms.types[kind] for kind in HUBS]
    planned = precomputed_answers.all_planned(networks)
    assert planned
    different = [
        (middle, steps, limit)
        for number, middle in enumerate(sorted(networks[name]))
        for steps, limit in [((1, None), (2, None), (3, None), (2, 5))[number % 4]]
        if (part := surroundings(graph, networks.query(name), middle, steps, StepEnds(hubs, planned), limit)) is None
        or content(part) != content(expected(networks[name], middle, steps, hubs, planned, limit))
    ]

    assert different == []


@pytest.mark.parametrize("name", ["contacts", "organisations", "sections"])
def test_network_whose_query_looks_at_all_is_not_read_in_part(graph: Graph, shipped: Project, name: str) -> None:
    question = Networks(graph, shipped).query(name)

    assert not PartialNetwork(graph, question).is_readable
    assert surroundings(graph, question, "urn:x", 1, StepEnds(())) is None


NAMES = [f"<e{number}>" for number in range(7)]
KINDS = ("schema:Person", "itas:Topic", "itas:Goal", "schema:Event")
ENTITIES = st.sampled_from(NAMES)
STATED = st.tuples(
    ENTITIES, st.sampled_from(["schema:about", "owl:differentFrom", "itas:presents"]), ENTITIES, st.integers(0, 2)
)
PLAIN = st.tuples(ENTITIES, st.sampled_from(["schema:superEvent", "skos:broader", "skos:related"]), ENTITIES)
NAMED_WITH = st.tuples(ENTITIES, ENTITIES, ENTITIES)


@st.composite
def statements(draw: st.DrawFn) -> list[str]:
    """Return statements in Turtle: kinds, relations with a quote, relations of the structure, appearances."""
    return [
        "skos:related a owl:SymmetricProperty .",
        *(
            f"{entity} itas:kind {kind} ."
            for entity, kind in draw(st.lists(st.tuples(ENTITIES, st.sampled_from(KINDS))))
        ),
        *(
            f'<s{number}> rdf:subject {one} ; rdf:predicate {relation} ; rdf:object {other} ; itas:quote "q{quote}" ; dcterms:source <d> .'
            for number, (one, relation, other, quote) in enumerate(draw(st.lists(STATED)))
        ),
        *(" ".join((*parts, ".")) for parts in draw(st.lists(PLAIN))),
        *(
            f'<a{number}> a itas:Appearance ; org:member {one} ; org:organization {other} ; rdf:subject {talk} ; itas:quote "q" ; dcterms:source <d> .'
            for number, (one, other, talk) in enumerate(draw(st.lists(NAMED_WITH, max_size=3)))
        ),
    ]


@pytest.mark.parametrize("name", ["actors", "links"])
@settings(max_examples=40)
@given(texts=statements(), steps=st.integers(1, 4), limit=st.none() | st.integers(1, 5))
def test_surroundings_are_a_part_of_any_network(name: str, texts: list[str], steps: int, limit: int | None) -> None:
    graph, project = graph_of(*texts), Project(ROOT)
    networks = Networks(graph, project)
    hubs, middle = [graph.terms.types["Topic"]], f"{graph.base}e0"
    planned = {f"{graph.base}e1"}
    part = surroundings(graph, networks.query(name), middle, steps, StepEnds(hubs, planned), limit)
    whole = networks[name]

    assert part is not None
    assert content(part) == content(
        expected(whole, middle, steps, hubs, planned, limit) if middle in whole else whole.subgraph([])
    )
