"""Measures agree with independent implementations and with what can be counted by hand, whatever the order of things."""

from __future__ import annotations

import math
import random

import igraph
import networkx as nx
import pytest

from itasgraph.network import measures
from itasgraph.network.measures import SimpleNetwork
from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.helpers.networks import Net, network_of

SEEDS = range(10)
SHIPPED = ["actors", "contacts", "everything", "links", "organisations", "programme", "sections", "topics"]


def ignore(_share: float) -> None:
    """Ignore the progress."""


def multi(*links: tuple[str, str], alone: tuple[str, ...] = ()) -> Net[str]:
    made: Net[str] = nx.MultiDiGraph()
    made.add_edges_from(links, weight=1.0, terminal=False)
    made.add_nodes_from(alone)
    return made


def chance(seed: int) -> Net[str]:
    """Return a random network with loops, repeated links, links both ways and things alone."""
    dice = random.Random(seed)
    things = [f"thing-{number}" for number in range(40)]
    return multi(*((dice.choice(things), dice.choice(things)) for _ in range(30 + 6 * seed)), alone=tuple(things))


def plain(match: Net[str]) -> nx.Graph[str]:
    """Return the network as networkx itself makes it simple."""
    made = nx.Graph(match.to_undirected())
    made.remove_edges_from(list(nx.selfloop_edges(made)))
    return made


@pytest.fixture(scope="module", params=[*SHIPPED, *SEEDS], ids=str)
def any_network(request: pytest.FixtureRequest, graph: Graph, shipped: Project) -> Net[str]:
    """Return each network of the shipped project, and ten random ones."""
    if isinstance(request.param, int):
        return chance(request.param)
    return network_of(request.param, graph, shipped)


def test_every_network_is_measured(shipped: Project) -> None:
    assert [path.stem for path in shipped.networks] == SHIPPED


# --- against networkx and igraph ----------------------------------------------------------------------------------------


@pytest.mark.quick(4)
def test_betweenness_matches_networkx(any_network: Net[str]) -> None:
    betweenness = measures.betweenness(SimpleNetwork.of(any_network), ignore)

    assert betweenness.figures == pytest.approx(
        nx.betweenness_centrality(plain(any_network), normalized=False), abs=1e-5
    )
    assert (betweenness.errors, betweenness.sources) == ({}, len(any_network))


def test_cut_nodes_match_networkx(any_network: Net[str]) -> None:
    whole = plain(any_network)
    parts = {}
    for point in nx.articulation_points(whole):
        rest = whole.subgraph(nx.node_connected_component(whole, point) - {point})
        parts[point] = tuple(sorted(map(len, nx.connected_components(rest)), reverse=True))

    assert measures.articulation_points(SimpleNetwork.of(any_network)) == parts


@pytest.mark.quick(5)
def test_cut_off_parts_match_networkx(any_network: Net[str]) -> None:
    simple, whole = SimpleNetwork.of(any_network), plain(any_network)

    for thing in whole:
        rest = whole.subgraph(nx.node_connected_component(whole, thing) - {thing})
        expected = {frozenset(part) for part in nx.connected_components(rest)}
        assert {frozenset(part) for part in measures.components_without(simple, thing)} == expected


@pytest.mark.quick(4)
def test_components_match_networkx(any_network: Net[str]) -> None:
    actual = SimpleNetwork.of(any_network).components

    assert {frozenset(part) for part in actual} == set(map(frozenset, nx.connected_components(plain(any_network))))
    assert [len(part) for part in actual] == sorted(map(len, actual), reverse=True)


def test_modularity_matches_networkx(any_network: Net[str]) -> None:
    communities = measures.communities(SimpleNetwork.of(any_network))
    weighted: nx.Graph[str] = nx.Graph()
    weighted.add_nodes_from(any_network)
    for one, other, weight in any_network.edges(data="weight", default=1.0):
        if one != other:
            before = weighted.get_edge_data(one, other, {"weight": 0.0})["weight"]
            weighted.add_edge(one, other, weight=before + weight)
    alone = [{thing} for thing in weighted if not any(thing in members for members in communities.members)]
    theirs = nx.community.modularity(weighted, nx.community.louvain_communities(weighted, seed=0))

    assert communities.modularity == pytest.approx(
        nx.community.modularity(weighted, [*map(set, communities.members), *alone]), abs=1e-6
    )
    assert communities.modularity > theirs - 0.01


@pytest.mark.parametrize("seed", [1, 2])
def test_random_state_changes_no_group(any_network: Net[str], seed: int) -> None:
    simple = SimpleNetwork.of(any_network)
    before = measures.communities(simple)

    igraph.set_random_number_generator(random.Random(seed))

    assert measures.communities(simple) == before


@pytest.mark.quick(5)
def test_groups_stay_in_components(any_network: Net[str]) -> None:
    actual = measures.communities(SimpleNetwork.of(any_network)).members
    members = [thing for group in actual for thing in group]

    assert len(members) == len(set(members))
    assert all(nx.is_connected(plain(any_network).subgraph(group)) for group in actual)


@pytest.mark.parametrize("seed", SEEDS)
def test_node_order_changes_nothing(seed: int) -> None:
    one = chance(seed)
    things, links = list(one), list(one.edges())
    random.Random(seed).shuffle(things)
    random.Random(seed + 1).shuffle(links)
    other: Net[str] = nx.MultiDiGraph()
    other.add_nodes_from(things)
    turned = [(b, a) if number % 2 else (a, b) for number, (a, b) in enumerate(links)]
    other.add_edges_from(turned, weight=1.0, terminal=False)

    assert _measured(one) == _measured(other)


def _measured(match: Net[str]) -> object:
    simple = SimpleNetwork.of(match)
    return (
        measures.betweenness(simple, ignore),
        measures.articulation_points(simple),
        measures.communities(simple),
        simple.components,
    )


# --- by hand ----------------------------------------------------------------------------------------------------------


def test_middle_of_five_has_four_pairs() -> None:
    chain = SimpleNetwork.of(multi(("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")))

    assert measures.betweenness(chain, ignore).figures == {"a": 0, "b": 3, "c": 4, "d": 3, "e": 0}
    assert measures.articulation_points(chain) == {"b": (3, 1), "c": (2, 2), "d": (3, 1)}
    assert measures.components_without(chain, "c") == [["a", "b"], ["d", "e"]]


def test_equal_paths_count_half() -> None:
    square = SimpleNetwork.of(multi(("a", "b"), ("b", "c"), ("c", "d"), ("d", "a")))

    assert measures.betweenness(square, ignore).figures == dict.fromkeys("abcd", 0.5)
    assert measures.articulation_points(square) == {}


def test_mentions_change_no_betweenness() -> None:
    often = SimpleNetwork.of(multi(*[("a", "b")] * 5, ("b", "a"), ("b", "c"), ("b", "b")))

    assert measures.betweenness(often, ignore).figures == {"a": 0, "b": 1, "c": 0}
    assert often.weights == {(0, 1): 6.0, (1, 2): 1.0}


def test_two_triangles_are_two_groups() -> None:
    links = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "e"), ("e", "f"), ("f", "d"), ("c", "d")]

    communities = measures.communities(SimpleNetwork.of(multi(*links, alone=("z",))))

    assert communities.members == [["a", "b", "c"], ["d", "e", "f"]]
    assert communities.modularity == pytest.approx(6 / 7 - 2 * (7 / 14) ** 2)


def test_empty_network_has_no_figures() -> None:
    empty = SimpleNetwork.of(multi())

    assert measures.betweenness(empty, ignore).figures == {}
    assert (measures.articulation_points(empty), measures.communities(empty).members, empty.components) == ({}, [], [])


# --- large ------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_large_network_is_sampled() -> None:
    tree = nx.random_labeled_tree(measures.EXACT_LIMIT + 1, seed=7)
    simple = SimpleNetwork.of(multi(*((f"n{a}", f"n{b}") for a, b in tree.edges())))
    shares: list[float] = []

    betweenness = measures.betweenness(simple, shares.append)

    exact = dict(zip(simple.nodes, simple.graph.betweenness(directed=False), strict=True))
    top = sorted(exact, key=lambda thing: -exact[thing])[:20]
    assert betweenness.sources == 1_000
    assert sum(shares) == pytest.approx(1)
    assert all(betweenness.errors[thing] > 0 for thing in top)
    assert all(abs(betweenness.figures[thing] - exact[thing]) < 5 * betweenness.errors[thing] for thing in top)
    assert math.fsum(betweenness.figures.values()) == pytest.approx(math.fsum(exact.values()), rel=0.1)


@pytest.mark.slow
def test_five_thousand_nodes_are_exact() -> None:
    ring = SimpleNetwork.of(
        multi(*((f"n{n:04}", f"n{(n + 1) % measures.EXACT_LIMIT:04}") for n in range(measures.EXACT_LIMIT)))
    )

    betweenness = measures.betweenness(ring, ignore)

    assert (betweenness.sources, betweenness.errors) == (measures.EXACT_LIMIT, {})
    # Each thing is as good as any other: 2,499 pairs per distance, one of two ways where the distance is half the ring.
    assert set(betweenness.figures.values()) == {(measures.EXACT_LIMIT / 2 - 1) ** 2 / 2}
