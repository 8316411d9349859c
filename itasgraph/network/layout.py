"""Where the things of a network stand in its picture: computed once, the same for the same network."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from itasgraph.network import algorithms

if TYPE_CHECKING:
    import networkx as nx

Point = tuple[float, float]

_SEED: Final = 2024
_ROOM: Final = (114.0, 94.0)  # across and down, for a thing and its name: wider than high, as names and screens are
_EVEN: Final = 0.8  # 0 keeps the distances of the layout, 1 makes all alike; in between, the crowded middle opens up
_ROUNDS: Final = 60  # of pushing apart; all take about a second for 2,000 things
_MOVES: Final = 120_000  # of single things in all rounds: larger networks have fewer rounds, and signs that may touch
_PUSH: Final = 0.25  # how much of a lacking distance each of two things yields in a round; with more, lines tangle
_MANY: Final = 500  # things; beyond this, Kamada and Kawai's layout takes seconds


def size(network: nx.MultiDiGraph[str], iri: str) -> float:
    """Grows with the square root of the number of neighbours, so that the area tells it."""
    neighbours = len(set(network.successors(iri)) | set(network.predecessors(iri)))
    return round(7 + 2.8 * math.sqrt(neighbours), 1)


def positions(network: nx.MultiDiGraph[str]) -> dict[str, tuple[int, int]]:
    """Where each thing stands, in whole pixels: the same for the same network, whatever the order of its parts.

    Relations decide who is near whom; then the crowded middle is spread so that names find room. Parts that nothing
    connects stand close by one another, the largest in the middle.
    """
    names = sorted(network)
    if not names:
        return {}
    numbers = {iri: number for number, iri in enumerate(names)}
    pairs = sorted({tuple(sorted((numbers[a], numbers[b]))) for a, b in network.edges() if a != b})
    whole = algorithms.igraph(_SEED).Graph(n=len(names), edges=pairs)
    parts = sorted(whole.connected_components(), key=lambda part: (-len(part), part))
    boxes = [_box(len(part)) for part in parts]
    places: list[Point] = [(0.0, 0.0)] * len(names)
    for part, box, (left, top) in zip(parts, boxes, _pack(boxes), strict=True):
        for number, (x, y) in zip(part, _spread(_arrange(whole.induced_subgraph(part)), box), strict=True):
            places[number] = ((left + x) * _ROOM[0], (top + y) * _ROOM[1])
    apart = _push_apart(places, [_clearance(size(network, iri)) for iri in names])
    return {iri: (round(x), round(y)) for iri, (x, y) in zip(names, apart, strict=True)}


def _arrange(part: Any) -> list[Point]:
    """Lay out a connected igraph.Graph, the long way across.

    Kamada and Kawai's layout finds the overall shape, Fruchterman and Reingold's draws together what belongs together.
    What many relations lead to pulls less: else all would crowd around it, and what it is connected to is plain anyway.
    """
    degrees = part.degree()
    hubs = [max(degrees[a], degrees[b]) for a, b in part.get_edgelist()]
    pull = [hub**-0.5 for hub in hubs]
    if len(degrees) > _MANY:
        return _turned(part.layout_fruchterman_reingold(weights=pull, niter=500, grid=True).coords)
    shape = part.layout_kamada_kawai(weights=[hub**0.5 for hub in hubs], seed=part.layout_circle())
    layout = part.layout_fruchterman_reingold(weights=pull, seed=shape, niter=1_500, grid=False)
    return _turned(layout.coords)


def _turned(places: Sequence[Point]) -> list[Point]:
    """Turn so that the direction in which the points scatter most lies across."""
    middle = [sum(values) / len(places) for values in zip(*places, strict=True)]
    centred = [(x - middle[0], y - middle[1]) for x, y in places]
    angle = math.atan2(2 * sum(x * y for x, y in centred), sum(x * x - y * y for x, y in centred)) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    return [(x * cos + y * sin, y * cos - x * sin) for x, y in centred]


def _box(things: int) -> tuple[int, int]:
    """Columns and rows of rooms for so many things."""
    columns = math.ceil(math.sqrt(things))
    return columns, math.ceil(things / columns)


def _pack(boxes: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Left column and top row of each box, largest first, each as near to the middle as there is room."""
    reach = math.isqrt(sum(width * height for width, height in boxes)) + max(boxes[0])
    spots = list(itertools.product(range(-reach, reach), repeat=2))
    corners: list[tuple[int, int]] = []
    taken: set[tuple[int, int]] = set()
    for (width, height), alike in itertools.groupby(boxes):
        spots.sort(key=lambda spot: (math.hypot(spot[0] + width / 2, spot[1] + height / 2), spot))
        free = iter(spots)  # where one box had no room, no other of its size has
        for _ in alike:
            for left, top in free:
                cells = set(itertools.product(range(left, left + width), range(top, top + height)))
                if taken.isdisjoint(cells):
                    break
            taken |= cells
            corners.append((left, top))
    return corners


def _spread(places: Sequence[Point], box: tuple[int, int]) -> list[Point]:
    """Fill a box of rooms, half a room from its edges."""
    columns, rows = (_even(values, length) for values, length in zip(zip(*places, strict=True), box, strict=True))
    return list(zip(columns, rows, strict=True))


def _even(values: Sequence[float], length: int) -> list[float]:
    """Stretch values to 0.5 … length - 0.5, most of the way to where they would be equally far from one another."""
    lowest, extent = min(values), max(values) - min(values) or 1.0
    last = len(values) - 1 or 1
    stretched = [0.0] * len(values)
    for rank, index in enumerate(sorted(range(len(values)), key=lambda n: (values[n], n))):
        share = (1 - _EVEN) * (values[index] - lowest) / extent + _EVEN * rank / last
        stretched[index] = 0.5 + (length - 1) * share
    return stretched


def _clearance(size: float) -> float:
    """How far around a sign its own room reaches: large signs have large names. Never less than the sign itself."""
    return max(min(16 + (size / 3.8) ** 3, 110), 1.3 * size)


def _push_apart(places: Sequence[Point], radii: Sequence[float]) -> list[Point]:
    """Move things that are too close away from each other, until none is or enough rounds are over."""
    flat = _ROOM[0] / _ROOM[1]
    xs, ys = [x / flat for x, _ in places], [y for _, y in places]
    for _ in range(min(_ROUNDS, _MOVES // len(places) + 1)):
        crowded = False
        for one, other in _near(xs, ys, radii):
            dx, dy = xs[other] - xs[one], ys[other] - ys[one]
            distance, wanted = math.hypot(dx, dy), radii[one] + radii[other]
            if distance < 0.99 * wanted:
                crowded = True
                share = _PUSH * (wanted - distance) / (distance or 1.0)
                dx, dy = (dx, dy) if distance else (1.0, 0.0)
                xs[one], ys[one] = xs[one] - dx * share, ys[one] - dy * share
                xs[other], ys[other] = xs[other] + dx * share, ys[other] + dy * share
        if not crowded:
            break
    return [(x * flat, y) for x, y in zip(xs, ys, strict=True)]


def _near(xs: Sequence[float], ys: Sequence[float], radii: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Pairs that may be too close, by a grid: each thing looks for smaller ones as far as its own room can matter."""
    cell = 2 * sorted(radii)[len(radii) // 2]
    grid: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for number, (x, y) in enumerate(zip(xs, ys, strict=True)):
        grid[math.floor(x / cell), math.floor(y / cell)].append(number)
    for one, reach in enumerate(2 * radius for radius in radii):
        across, down = (
            range(math.floor((value - reach) / cell), math.floor((value + reach) / cell) + 1)
            for value in (xs[one], ys[one])
        )
        for spot in itertools.product(across, down):
            for other in grid.get(spot, ()):
                if (radii[other], other) < (radii[one], one):
                    yield one, other
