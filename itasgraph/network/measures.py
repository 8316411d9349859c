"""Measures of a network: betweenness, components, articulation points and communities.

All measures see the simple undirected network: two nodes have one edge, however many relations there are between them,
and its weight is the sum of their weights; terminal edges (itas:terminal) are left out. Nodes are numbered in the order
of their IRIs, so that no result depends on the order of a query's rows or on Python's hash seed.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from itasgraph.network import algorithms, attributes

if TYPE_CHECKING:
    import networkx as nx

# Up to this number of nodes, betweenness is computed from all of them, beyond it from a sample.
EXACT_LIMIT: Final = 5_000
_SEED: Final = 2024
# Sources are counted in batches, which show the progress and, in a sample, how much one batch differs from the next.
_BATCHES: Final = 10
_RUNS: Final = 3
_NEARLY: Final = 0.02  # of modularity, which groups may be worse than the best ones to be those of earlier data
_SAMPLED: Final = 100  # sources in each batch of a sample


@dataclass(frozen=True)
class Betweenness:
    """The betweenness of each node: on how many shortest paths between two others it lies; equally short paths count in shares.

    `errors` holds the standard error of each figure and is empty where the figures are exact; `sources` is the number of
    nodes from which paths were counted.
    """

    figures: dict[str, float]
    errors: dict[str, float]
    sources: int


@dataclass(frozen=True)
class Communities:
    """Communities of two and more nodes, the largest first, and the modularity of the whole partition."""

    members: list[list[str]]
    modularity: float


@dataclass(frozen=True)
class SimpleNetwork:
    """A simple undirected network: its nodes (sorted IRIs), and the weight of each edge by the numbers of its two nodes."""

    nodes: tuple[str, ...]
    weights: dict[tuple[int, int], float]

    @classmethod
    def of(cls, network: nx.MultiDiGraph[str]) -> SimpleNetwork:
        nodes = tuple(sorted(network))
        numbers = {node: number for number, node in enumerate(nodes)}
        edges = (edge for edge in attributes.edges(network) if not edge[1]["terminal"])
        weights = ((numbers[source], numbers[target], edge["weight"]) for (source, target, _), edge in edges)
        return cls(nodes, _sum_weights(weights))

    @cached_property
    def numbers(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.nodes)}

    @cached_property
    def graph(self) -> algorithms.Graph:
        """Return the network as an igraph.Graph, whose vertices have the numbers of `nodes`."""
        return algorithms.graph(len(self.nodes), self.weights)

    @cached_property
    def components(self) -> list[list[str]]:
        """Return the connected components, the largest first, equally large ones by the first of their IRIs."""
        parts = sorted(self.graph.connected_components(), key=lambda part: (-len(part), part))
        return [[self.nodes[number] for number in sorted(part)] for part in parts]


def _sum_weights(edges: Iterable[tuple[int, int, float]]) -> dict[tuple[int, int], float]:
    """Return the sum of the weights between each two nodes, in the order of their numbers, without loops."""
    weights: dict[tuple[int, int], list[float]] = {}
    for one, other, weight in edges:
        if one != other:
            weights.setdefault((min(one, other), max(one, other)), []).append(weight)
    return {pair: math.fsum(weights[pair]) for pair in sorted(weights)}


def betweenness(network: SimpleNetwork, advance: Callable[[float], None]) -> Betweenness:
    """Return the betweenness centrality (Freeman 1977), not normalised, without weights.

    Beyond EXACT_LIMIT nodes it is estimated from a fixed random sample of sources (Brandes and Pich 2007). `advance` is
    called after each batch with its share of the work.
    """
    count = len(network.nodes)
    sampled = count > EXACT_LIMIT
    batches = _batches(count, sampled)
    sums = []
    for sources in batches:
        # igraph halves what it counts in an undirected graph, so that the batches of all nodes add up to the whole.
        sums.append(network.graph.betweenness(directed=False, sources=sources))
        advance(1 / len(batches))
    source_count = sum(map(len, batches))
    scale = count / source_count if source_count else 1.0
    totals = [math.fsum(values) * scale for values in zip(*sums, strict=True)]
    errors = [_standard_error(values) * scale for values in zip(*sums, strict=True)] if sampled else []
    return Betweenness(_by_node(network, totals), _by_node(network, errors), source_count)


def _by_node(network: SimpleNetwork, values: Iterable[float]) -> dict[str, float]:
    """Return figures by node, rounded to the digits that floating-point sums carry."""
    return {name: round(value, 6) for name, value in zip(network.nodes, values, strict=False)}


def _batches(count: int, sampled: bool) -> list[list[int]]:
    """Return the numbers of the source nodes, all or a sample without repetition, in batches of nearly the same size."""
    numbers = list(range(count))
    if sampled:
        generator = random.Random(_SEED)  # noqa: S311  # a sample that is the same each time, no secret
        numbers = generator.sample(numbers, _BATCHES * _SAMPLED)
    return [batch for start in range(_BATCHES) if (batch := numbers[start::_BATCHES])]


def _standard_error(values: Sequence[float]) -> float:
    """Return the standard error of a sum of batches."""
    mean = math.fsum(values) / len(values)
    variance = math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)
    return math.sqrt(variance * len(values))


def articulation_points(network: SimpleNetwork) -> dict[str, tuple[int, ...]]:
    """Return the articulation points: node → the sizes of the parts into which its component falls without it, the largest first."""
    blocks, points = network.graph.biconnected_components(return_articulation_points=True)
    cutting = set(points)
    blocks_of: dict[int, list[int]] = {point: [] for point in sorted(cutting)}
    for number, block in enumerate(blocks):
        for point in cutting.intersection(block):
            blocks_of[point].append(number)
    tree = _BlockTree([sorted(block) for block in blocks], blocks_of)
    whole = {network.numbers[name]: len(part) for part in network.components for name in part}
    return {network.nodes[point]: tree.sides(point, whole[point]) for point in blocks_of}


class _BlockTree:
    """Blocks (biconnected components) and the articulation points between them, which make a tree (Hopcroft and Tarjan 1973)."""

    def __init__(self, blocks: list[list[int]], blocks_of: dict[int, list[int]]) -> None:
        self._blocks = blocks
        self._blocks_of = blocks_of
        self._points_above: dict[int, int] = {}  # block → the articulation point above it; a root has none
        self._sizes: dict[int, int] = {}  # block → number of nodes in it and below it, without the point above
        for root in range(len(blocks)):
            if root not in self._sizes:
                self._root_at(root)

    def sides(self, point: int, whole: int) -> tuple[int, ...]:
        """Return the sizes of the parts around a point, in a component of `whole` nodes."""
        children = [self._sizes[block] for block in self._blocks_of[point] if self._points_above.get(block) == point]
        above = whole - 1 - sum(children)
        return tuple(
            sorted([*children, *([above] if len(children) < len(self._blocks_of[point]) else [])], reverse=True)
        )

    def _root_at(self, root: int) -> None:
        """Build the tree down from the block `root`, then count nodes from the leaves up."""
        order = [root]
        self._sizes[root] = 0
        for block in order:  # grows while it is read
            for point in self._points(block):
                for other in self._blocks_of[point]:
                    if other not in self._sizes:
                        self._sizes[other] = 0
                        self._points_above[other] = point
                        order.append(other)
        for block in reversed(order):
            children = [o for p in self._points(block) for o in self._blocks_of[p] if self._points_above.get(o) == p]
            own = len(self._blocks[block]) - (block in self._points_above)
            self._sizes[block] = own + sum(self._sizes[other] for other in children)

    def _points(self, block: int) -> list[int]:
        """Return the articulation points of a block except the point above it."""
        return [n for n in self._blocks[block] if n in self._blocks_of and n != self._points_above.get(block)]


def components_without(network: SimpleNetwork, node: str) -> list[list[str]]:
    """Return the parts into which the component of a node falls without it, the largest first."""
    start = network.numbers[node]
    seen = {start}
    parts = []
    for neighbour in sorted(network.graph.neighbors(start)):
        if neighbour in seen:
            continue
        part = [neighbour]
        seen.add(neighbour)
        for number in part:  # grows while it is read
            new = [other for other in network.graph.neighbors(number) if other not in seen]
            seen.update(new)
            part += new
        parts.append(sorted(network.nodes[number] for number in part))
    return sorted(parts, key=lambda part: (-len(part), part))


def communities(
    network: SimpleNetwork,
    affiliations: Mapping[str, str] = MappingProxyType({}),
    runs: int = _RUNS,
    earlier: Mapping[str, int] = MappingProxyType({}),
) -> Communities:
    """Return the communities after Louvain (Blondel et al. 2008) with a fixed seed; a node without edges belongs to none.

    `affiliations` maps people to organisations: both count as one node, so that nobody is in another community than the
    organisation. Each of the runs begins in another order; the best one is taken. Where `earlier` gives the numbers of the
    communities that nodes were in, that of nearly the best ones is taken which keeps most of them together.
    """
    if not network.weights:
        return Communities([], 0.0)
    joint = _merge_affiliates(network, affiliations)
    group_of = {
        joint.nodes[number]: group
        for group, members in enumerate(_partition(joint, runs, earlier))
        for number in members
    }
    membership = [group_of[affiliations.get(name, name)] for name in network.nodes]
    modularity = network.graph.modularity(membership, weights=list(network.weights.values()))
    by_group: dict[int, list[str]] = {}
    for name, group in zip(network.nodes, membership, strict=True):
        by_group.setdefault(group, []).append(name)
    members = sorted((group for group in by_group.values() if len(group) > 1), key=lambda group: (-len(group), group))
    return Communities(members, round(modularity, 6))


def _merge_affiliates(network: SimpleNetwork, affiliations: Mapping[str, str]) -> SimpleNetwork:
    """Return the network with people and their organisation merged to one node, whose edges have the sum of the weights."""
    nodes = tuple(name for name in network.nodes if name not in affiliations)
    numbers = {node: number for number, node in enumerate(nodes)}
    joint = [numbers[affiliations.get(name, name)] for name in network.nodes]
    edges = ((joint[one], joint[other], weight) for (one, other), weight in network.weights.items())
    return SimpleNetwork(nodes, _sum_weights(edges))


def _partition(network: SimpleNetwork, runs: int, earlier: Mapping[str, int]) -> list[list[int]]:
    if not network.weights:
        return [[number] for number in range(len(network.nodes))]
    weights = list(network.weights.values())
    if not earlier.keys().isdisjoint(network.nodes):
        return _continue_communities(network, weights, runs, earlier)
    return _louvain(network.graph, weights, runs)


def _continue_communities(
    network: SimpleNetwork, weights: list[float], runs: int, earlier: Mapping[str, int]
) -> list[list[int]]:
    """Return the partition that keeps most earlier communities, of those whose modularity is nearly the highest.

    To the runs of Louvain's method come those of Leiden's (Traag et al. 2019), which can begin with earlier communities.
    """
    algorithms.igraph(_SEED)
    graph = network.graph
    # A node that is new begins in a community of its own, with a number that no earlier one has.
    before = [earlier.get(name, -1 - number) for number, name in enumerate(network.nodes)]
    numbers = {group: number for number, group in enumerate(dict.fromkeys(before))}
    start = [numbers[group] for group in before]
    partitions = [graph.community_multilevel(weights=weights) for _ in range(runs)]
    partitions += [
        graph.community_leiden("modularity", weights=weights, initial_membership=start, n_iterations=-1)
        for _ in range(runs)
    ]
    least = max(float(run.modularity) for run in partitions) - _NEARLY
    good = [run for run in partitions if float(run.modularity) >= least]
    best = max(good, key=lambda run: (_share_of_kept_pairs(run.membership, before), round(float(run.modularity), 9)))
    return [list(group) for group in best]


def _share_of_kept_pairs(membership: Sequence[int], before: Sequence[int]) -> float:
    """Return the share of the pairs of nodes in one community, now or before, that are so both times (Jaccard 1901)."""
    both, now, then = (
        sum(size * (size - 1) for size in Counter(groups).values())
        for groups in (zip(membership, before, strict=True), membership, before)
    )
    return both / max(now + then - both, 1)


def _louvain(graph: algorithms.Graph, weights: list[float], runs: int) -> list[list[int]]:
    """Return the partition with the highest modularity of all runs, the first of equally good ones."""
    algorithms.igraph(_SEED)
    partitions = [graph.community_multilevel(weights=weights) for _ in range(runs)]
    best = max(partitions, key=lambda run: round(float(run.modularity), 9))
    return [list(group) for group in best]
