"""The layout of a network of thousands in two levels: a disc for each community, and its members in it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Final

from itasgraph.network import algorithms
from itasgraph.network.separation import Point, separate

_GAP: Final = 1.0  # around the disc of a community; the unit is the room of one node
_FULL: Final = 0.6  # of the area of all discs, in which they begin; then they are moved apart
_ROUNDS: Final = 300
_ITERATIONS: Final = 60


def arrange(part: algorithms.Graph) -> list[Point]:
    """Lay out a connected igraph.Graph, so that each node has an area of one.

    The communities are those of Louvain's method (Blondel and others 2008). Fruchterman and Reingold's layout decides
    which of them are near one another, and which members are near one another in each; a disc is turned so that the
    members with edges to other communities are on their side.
    """
    community_of = part.community_multilevel().membership
    members: list[list[int]] = [[] for _ in range(max(community_of) + 1)]
    for node, community in enumerate(community_of):
        members[community].append(node)
    radii = [math.sqrt(len(nodes) / math.pi) for nodes in members]
    outer = [edge for edge in part.get_edgelist() if community_of[edge[0]] != community_of[edge[1]]]
    middles = _arrange_discs(radii, Counter((community_of[one], community_of[two]) for one, two in outer))
    outward = _outward(outer, community_of, middles, part.vcount())
    places = [(0.0, 0.0)] * part.vcount()
    for nodes, radius, (x, y) in zip(members, radii, middles, strict=True):
        inner = _fill_disc(algorithms.subgraph(part, nodes), radius, [outward[node] for node in nodes])
        for node, (dx, dy) in zip(nodes, inner, strict=True):
            places[node] = (x + dx, y + dy)
    return places


def _arrange_discs(radii: Sequence[float], ties: Counter[tuple[int, int]]) -> list[Point]:
    """Return the middle of each disc: linked ones near one another, none over another."""
    if len(radii) == 1:
        return [(0.0, 0.0)]
    network = algorithms.graph(len(radii), ties)
    places = network.layout_fruchterman_reingold(weights=list(ties.values()), niter=1_000, grid=False).coords
    middle = [sum(values) / len(places) for values in zip(*places, strict=True)]
    reach = max(math.hypot(x - middle[0], y - middle[1]) for x, y in places) or 1.0
    scale = math.sqrt(_FULL * math.fsum(radius**2 for radius in radii)) / reach
    begin = [((x - middle[0]) * scale, (y - middle[1]) * scale) for x, y in places]
    return separate(begin, [radius + _GAP for radius in radii], _ROUNDS)


def _outward(
    edges: Sequence[tuple[int, int]], community_of: Sequence[int], middles: Sequence[Point], count: int
) -> list[Point]:
    """Return for each node the sum of the directions to the communities of its neighbours."""
    sums = [[0.0, 0.0] for _ in range(count)]
    for edge in edges:
        for node, other in (edge, edge[::-1]):
            (x, y), (to_x, to_y) = middles[community_of[node]], middles[community_of[other]]
            distance = math.hypot(to_x - x, to_y - y) or 1.0
            sums[node][0] += (to_x - x) / distance
            sums[node][1] += (to_y - y) / distance
    return [(x, y) for x, y in sums]


def _fill_disc(part: algorithms.Graph, radius: float, outward: Sequence[Point]) -> list[Point]:
    """Return the places of the members of a community in a disc around (0, 0), everywhere equally dense."""
    if part.vcount() == 1:
        return [(0.0, 0.0)]
    coords = part.layout_fruchterman_reingold(niter=_ITERATIONS, grid="auto").coords
    middle = [sum(values) / len(coords) for values in zip(*coords, strict=True)]
    polar = [(math.hypot(x - middle[0], y - middle[1]), math.atan2(y - middle[1], x - middle[0])) for x, y in coords]
    dot = math.fsum(
        x * math.cos(angle) + y * math.sin(angle) for (x, y), (_, angle) in zip(outward, polar, strict=True)
    )
    cross = math.fsum(
        y * math.cos(angle) - x * math.sin(angle) for (x, y), (_, angle) in zip(outward, polar, strict=True)
    )
    turn = math.atan2(cross, dot)
    places = [(0.0, 0.0)] * len(polar)
    for rank, node in enumerate(sorted(range(len(polar)), key=lambda node: (polar[node], node))):
        distance = radius * math.sqrt((rank + 0.5) / len(polar))
        places[node] = (distance * math.cos(polar[node][1] + turn), distance * math.sin(polar[node][1] + turn))
    return places
