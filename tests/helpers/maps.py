"""What makes a map readable, as figures: entries near those of their own group, few lines that cross, cells that tile the stage."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from itasgraph.network.groups import GroupedNetwork
from itasgraph.network.map_layout import MapLayout
from itasgraph.network.placement_costs import cross

Point = tuple[float, float]


def share_of_own_nearest(grouped: GroupedNetwork, layout: MapLayout, count: int = 3) -> float:
    """Return the share of the `count` nearest entries that are of an entry's own group, as far as its group has as many others."""
    members = [entity for group in grouped.groups for entity in group.drawn]
    shares = []
    for entity in members:
        others = sorted(
            (math.dist(layout.places[entity], layout.places[other]), other) for other in members if other != entity
        )
        own = set(grouped.groups[grouped.group_of[entity]].drawn) - {entity}
        nearest = others[: min(count, len(own))]
        shares.append(sum(other in own for _, other in nearest) / len(nearest))
    return math.fsum(shares) / len(shares)


def crossings(grouped: GroupedNetwork, layout: MapLayout) -> int:
    """Return how many pairs of lines cross; lines between the same two entries are one."""
    lines = {tuple(sorted((line.source, line.target))) for line in grouped.lines}
    ends = [(one, other) for one, other in sorted(lines) if one != other]
    return sum(
        not {*one} & {*other} and cross(*(layout.places[end] for end in (*one, *other)))
        for one, other in itertools.combinations(ends, 2)
    )


def depth(polygon: Sequence[Point], point: Point) -> float:
    """Return how far a point lies inside of a convex polygon with corners clockwise on the screen, negative where it lies outside."""
    p, q = point
    return min(
        ((u - x) * (q - y) - (v - y) * (p - x)) / math.hypot(u - x, v - y)
        for (x, y), (u, v) in itertools.pairwise([*polygon, polygon[0]])
    )
