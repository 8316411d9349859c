"""Names in the shipped networks, and a network as sets of what a test looks at."""

from __future__ import annotations

import random
from typing import Final

import networkx as nx

from itasgraph.network import builder
from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.helpers.namespaces import BASE
from tests.helpers.projects import ROOT

EX = "https://example.org/"
PERFORMER = "https://schema.org/performer"
SUPER_EVENT = "https://schema.org/superEvent"
ORGANISATION = "http://www.w3.org/ns/org#organization"
AUDIENCE = "https://schema.org/audience"
ABOUT = "https://schema.org/about"
APPEARED_ON = f"{BASE}ontology#appearedOn"
SHARES_CONTRIBUTION = f"{BASE}ontology#sharesContribution"
SHARES_SECTION = f"{BASE}ontology#sharesSection"
NETWORKS: Final = sorted(path.stem for path in (ROOT / "queries" / "network").glob("*.rq"))
NAMES = ", ".join(NETWORKS)
Net = nx.MultiDiGraph


def edges(net: Net[str], relation: str) -> set[tuple[str, str]]:
    return {(source, target) for source, target, key in net.edges(keys=True) if key == relation}


def name(iri: str) -> str:
    return iri.rsplit("/", 1)[1]


def network_of(name_: str, graph: Graph, shipped: Project) -> Net[str]:
    question = builder.find_query(name_, shipped)
    return builder.build(graph, question.text, question.name)


def planted_network(size: int, groups: int) -> tuple[Net[str], dict[str, int]]:
    """Return a network with communities of equal size, and the group of each node.

    Each node has three edges to nodes of its own group and one to any node, all drawn by lot from a fixed seed.
    """
    chosen = random.Random(2024)
    names = [f"{EX}{number:05}" for number in range(size)]
    own = [names[first : first + size // groups] for first in range(0, size, size // groups)]
    network: Net[str] = nx.MultiDiGraph()
    network.add_nodes_from(names)
    for group in own:
        for node in group:
            others = {*chosen.choices(group, k=3), chosen.choice(names)} - {node}
            for other in sorted(others):
                network.add_edge(node, other, PERFORMER, weight=1.0, terminal=False)
    return network, {node: number for number, group in enumerate(own) for node in group}
