"""The mathematics of a network: who lies between others, who is next to whom, what falls apart, which groups there are.

All measures see the simple undirected network: two things are linked once, however many relations or mentions there are,
and the weight of a link is the sum of theirs. Things are numbered in the order of their IRIs, so that nothing depends on
the order in which a query found them or on Python's hash seed.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from itasgraph.network import algorithms

if TYPE_CHECKING:
    import networkx as nx

# Up to so many things betweenness is computed from all of them, beyond from a sample of them.
EXACT: Final = 5_000
_SEED: Final = 2024
# Sources are taken in batches: that shows how far the work is and, sampled, how much one batch differs from the next.
_BATCHES: Final = 10
_RUNS: Final = 3
_SAMPLED: Final = 100  # sources in each batch of a sample


@dataclass(frozen=True)
class Betweenness:
    """Thing → on how many shortest connections between two others it lies (of several equally short, its share).

    `errors` holds the standard error of each figure and is empty where the figures are exact; `sources` is the number of
    things the connections were counted from.
    """

    figures: dict[str, float]
    errors: dict[str, float]
    sources: int


@dataclass(frozen=True)
class Groups:
    """Groups of two and more, the largest first, and the modularity of the whole partition."""

    members: list[list[str]]
    modularity: float


@dataclass(frozen=True)
class Network:
    """A simple network: sorted names of things, and links as pairs of their numbers with weights."""

    names: tuple[str, ...]
    weights: dict[tuple[int, int], float]

    @classmethod
    def of(cls, network: nx.MultiDiGraph[str]) -> Network:
        names = tuple(sorted(network))
        numbers = {name: number for number, name in enumerate(names)}
        weights: dict[tuple[int, int], list[float]] = {}
        for source, target, weight in network.edges(data="weight", default=1.0):
            if source != target:
                one, other = sorted((numbers[source], numbers[target]))
                weights.setdefault((one, other), []).append(weight)
        return cls(names, {pair: math.fsum(weights[pair]) for pair in sorted(weights)})

    @cached_property
    def numbers(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.names)}

    @cached_property
    def graph(self) -> Any:
        """The same as an igraph.Graph, its vertices numbered as `names` is."""
        return algorithms.igraph().Graph(n=len(self.names), edges=list(self.weights))

    @cached_property
    def parts(self) -> list[list[str]]:
        """The things by connected part, the largest first, equally large ones by the first of their IRIs."""
        found = sorted(self.graph.connected_components(), key=lambda part: (-len(part), part))
        return [[self.names[number] for number in sorted(part)] for part in found]


def betweenness(network: Network, advance: Callable[[float], None]) -> Betweenness:
    """Betweenness centrality (Freeman 1977), not normalised, without weights.

    Beyond EXACT things it is estimated from a fixed random sample of sources (Brandes and Pich 2007). `advance` is told
    after each batch which share of the work it was.
    """
    count = len(network.names)
    sampled = count > EXACT
    batches = _batches(count, sampled)
    sums = []
    for sources in batches:
        # igraph halves what it counts in an undirected graph, so that batches of all things add up to the whole.
        sums.append(network.graph.betweenness(directed=False, sources=sources))
        advance(1 / len(batches))
    taken = sum(map(len, batches))
    scale = count / taken if taken else 1.0
    totals = [math.fsum(values) * scale for values in zip(*sums, strict=True)]
    errors = [_spread(values) * scale for values in zip(*sums, strict=True)] if sampled else []
    return Betweenness(_named(network, totals), _named(network, errors), taken)


def _named(network: Network, values: Iterable[float]) -> dict[str, float]:
    """Figures by the names of things, rounded to what floating-point sums carry."""
    return {name: round(value, 6) for name, value in zip(network.names, values, strict=False)}


def _batches(count: int, sampled: bool) -> list[list[int]]:
    """Numbers of source things: all, or a sample without repetition, in batches of nearly the same size."""
    numbers = list(range(count))
    if sampled:
        chosen = random.Random(_SEED)  # noqa: S311  # a sample that is the same each time, no secret
        numbers = chosen.sample(numbers, _BATCHES * _SAMPLED)
    return [batch for start in range(_BATCHES) if (batch := numbers[start::_BATCHES])]


def _spread(values: Sequence[float]) -> float:
    """The standard error of a sum of batches."""
    middle = math.fsum(values) / len(values)
    variance = math.fsum((value - middle) ** 2 for value in values) / (len(values) - 1)
    return math.sqrt(variance * len(values))


def cuts(network: Network) -> dict[str, tuple[int, ...]]:
    """Articulation points: thing → how large the parts are that its part falls into without it, the largest first."""
    blocks, points = network.graph.biconnected_components(return_articulation_points=True)
    cutting = set(points)
    touching: dict[int, list[int]] = {point: [] for point in sorted(cutting)}
    for number, block in enumerate(blocks):
        for point in cutting.intersection(block):
            touching[point].append(number)
    tree = _BlockTree([sorted(block) for block in blocks], touching)
    whole = {network.numbers[name]: len(part) for part in network.parts for name in part}
    return {network.names[point]: tree.sides(point, whole[point]) for point in touching}


class _BlockTree:
    """Blocks (biconnected components) and the articulation points between them, which make a tree (Hopcroft and Tarjan 1973)."""

    def __init__(self, blocks: list[list[int]], touching: dict[int, list[int]]) -> None:
        self._blocks = blocks
        self._touching = touching
        self._above: dict[int, int] = {}  # block → the point it hangs from; absent at a root
        self._below: dict[int, int] = {}  # block → things in it and all that hangs from it, the point above not counted
        for root in range(len(blocks)):
            if root not in self._below:
                self._grow(root)

    def sides(self, point: int, whole: int) -> tuple[int, ...]:
        """How large the parts around a point are, in a connected part of `whole` things."""
        hanging = [self._below[block] for block in self._touching[point] if self._above.get(block) == point]
        above = whole - 1 - sum(hanging)
        return tuple(sorted([*hanging, *([above] if len(hanging) < len(self._touching[point]) else [])], reverse=True))

    def _grow(self, root: int) -> None:
        """Hang the tree from a block, then count from the leaves up."""
        order = [root]
        self._below[root] = 0
        for block in order:  # grows while it is read
            for point in self._points(block):
                for other in self._touching[point]:
                    if other not in self._below:
                        self._below[other] = 0
                        self._above[other] = point
                        order.append(other)
        for block in reversed(order):
            hanging = [o for p in self._points(block) for o in self._touching[p] if self._above.get(o) == p]
            own = len(self._blocks[block]) - (block in self._above)
            self._below[block] = own + sum(self._below[other] for other in hanging)

    def _points(self, block: int) -> list[int]:
        """The articulation points of a block but the one it hangs from."""
        return [n for n in self._blocks[block] if n in self._touching and n != self._above.get(block)]


def without(network: Network, name: str) -> list[list[str]]:
    """The parts into which the part of a thing falls without it, the largest first."""
    start = network.numbers[name]
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
        parts.append(sorted(network.names[number] for number in part))
    return sorted(parts, key=lambda part: (-len(part), part))


def groups(network: Network, belongs: Mapping[str, str] = MappingProxyType({})) -> Groups:
    """Return the communities after Louvain (Blondel et al. 2008) with a fixed seed; things without links belong to none.

    `belongs` maps people to organisations: they count as one thing, so that nobody is in another group than the
    organisation. The best of a few runs is taken: each begins in another order.
    """
    if not network.weights:
        return Groups([], 0.0)
    joint = _joined(network, belongs)
    group_of = {joint.names[number]: group for group, members in enumerate(_communities(joint)) for number in members}
    membership = [group_of[belongs.get(name, name)] for name in network.names]
    modularity = network.graph.modularity(membership, weights=list(network.weights.values()))
    found: dict[int, list[str]] = {}
    for name, group in zip(network.names, membership, strict=True):
        found.setdefault(group, []).append(name)
    members = sorted((group for group in found.values() if len(group) > 1), key=lambda group: (-len(group), group))
    return Groups(members, round(modularity, 6))


def _joined(network: Network, belongs: Mapping[str, str]) -> Network:
    """Return the network in which each thing stands for those that belong to it, with the sum of their links."""
    names = tuple(name for name in network.names if name not in belongs)
    numbers = {name: number for number, name in enumerate(names)}
    weights: dict[tuple[int, int], list[float]] = {}
    for (one, other), weight in network.weights.items():
        ends = sorted(numbers[belongs.get(network.names[end], network.names[end])] for end in (one, other))
        if ends[0] != ends[1]:
            weights.setdefault((ends[0], ends[1]), []).append(weight)
    return Network(names, {pair: math.fsum(weights[pair]) for pair in sorted(weights)})


def _communities(network: Network) -> list[list[int]]:
    if not network.weights:
        return [[number] for number in range(len(network.names))]
    return _louvain(network.graph, list(network.weights.values()))


def _louvain(graph: Any, weights: list[float]) -> list[list[int]]:
    """The partition with the highest modularity of several runs, the first of equally good ones."""
    algorithms.igraph(_SEED)
    runs = [graph.community_multilevel(weights=weights) for _ in range(_RUNS)]
    best = max(runs, key=lambda run: round(float(run.modularity), 9))
    return [list(group) for group in best]
