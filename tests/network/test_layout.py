"""The layout of large networks: their communities lie together, and no order of the parts changes a place."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping

import networkx as nx
import pytest

from itasgraph.network import layout
from tests.helpers.networks import planted_network


def _share_of_own_nearest(places: Mapping[str, tuple[int, int]], group_of: Mapping[str, int]) -> float:
    """Return the share of a node's ten nearest that are of its own group, for 200 nodes."""
    chosen = random.Random(7).sample(sorted(places), 200)
    own = 0
    for node in chosen:
        nearest = sorted((math.dist(places[node], places[other]), other) for other in places)[1:11]
        own += sum(group_of[other] == group_of[node] for _, other in nearest)
    return own / (10 * len(chosen))


@pytest.mark.slow
def test_planted_communities_of_a_large_network_lie_together() -> None:
    network, group_of = planted_network(2_000, 40)

    assert _share_of_own_nearest(layout.positions(network), group_of) >= 0.8


@pytest.mark.quick(1)
@pytest.mark.parametrize("size", [40, 1_200])
def test_order_of_nodes_and_edges_changes_no_place(size: int) -> None:
    network, _ = planted_network(size, 8)
    chosen = random.Random(3)
    nodes, edges = list(network), list(network.edges(keys=True, data=True))
    chosen.shuffle(nodes)
    chosen.shuffle(edges)
    shuffled: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    shuffled.add_nodes_from(nodes)
    for source, target, relation, values in edges:
        shuffled.add_edge(source, target, relation, **values)

    assert layout.positions(shuffled) == layout.positions(network)


@pytest.mark.slow
def test_no_two_nodes_have_one_place() -> None:
    network, _ = planted_network(1_200, 8)

    places = layout.positions(network)

    assert len(set(places.values())) == len(places) == 1_200
