"""The positions of the nodes of a network: computed once, the same for the same network."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from itasgraph.network import algorithms
from itasgraph.network.measures import SimpleNetwork

if TYPE_CHECKING:
    import networkx as nx

Point = tuple[float, float]

_SEED: Final = 2024
_CELL: Final = (114.0, 94.0)  # across and down, for a node and its name: wider than high, as names and screens are
_EQUALITY: Final = (
    0.8  # 0 keeps the distances of the layout, 1 makes them equal; in between, the crowded middle opens up
)
_ROUNDS: Final = 60  # in which close nodes are moved apart; all take about a second for 2,000 nodes
_MOVES: Final = 120_000  # of single nodes in all rounds; in larger networks, with fewer rounds, symbols may touch
_PUSH: Final = (
    0.25  # the share of the missing distance by which each of two nodes moves in a round; with more, lines tangle
)
_KAMADA_KAWAI_LIMIT: Final = 500  # nodes; beyond this, Kamada and Kawai's layout takes seconds


def node_size(network: nx.MultiDiGraph[str], iri: str) -> float:
    """Return the radius of a node's symbol in pixels: its area grows with the number of neighbours."""
    neighbours = len(set(network.successors(iri)) | set(network.predecessors(iri)))
    return round(7 + 2.8 * math.sqrt(neighbours), 1)


def positions(network: nx.MultiDiGraph[str]) -> dict[str, tuple[int, int]]:
    """Return the position of each node in whole pixels: the same for the same network, whatever the order of its parts.

    Edges decide which nodes are near one another; then the crowded middle is spread so that names find room. Components
    stand beside one another, the largest in the middle.
    """
    simple = SimpleNetwork.of(network)
    if not simple.nodes:
        return {}
    algorithms.igraph(_SEED)
    boxes = [_box(len(part)) for part in simple.components]
    places: dict[str, Point] = {}
    for part, box, (left, top) in zip(simple.components, boxes, _pack(boxes), strict=True):
        arranged = _arrange(algorithms.subgraph(simple.graph, [simple.numbers[iri] for iri in part]))
        for iri, (x, y) in zip(part, _spread(arranged, box), strict=True):
            places[iri] = ((left + x) * _CELL[0], (top + y) * _CELL[1])
    sizes = [node_size(network, iri) for iri in simple.nodes]
    points = _separate([places[iri] for iri in simple.nodes], [_clearance(size) for size in sizes])
    return {iri: (round(x), round(y)) for iri, (x, y) in zip(simple.nodes, points, strict=True)}


def _arrange(part: algorithms.Graph) -> list[Point]:
    """Lay out a connected igraph.Graph, wider than high.

    Kamada and Kawai's layout finds the overall shape, Fruchterman and Reingold's draws neighbours together.
    A node with many edges pulls less, because otherwise all nodes would crowd around it.
    """
    degrees = part.degree()
    hubs = [max(degrees[a], degrees[b]) for a, b in part.get_edgelist()]
    pull = [hub**-0.5 for hub in hubs]
    if len(degrees) > _KAMADA_KAWAI_LIMIT:
        return _turn(part.layout_fruchterman_reingold(weights=pull, niter=500, grid=True).coords)
    shape = part.layout_kamada_kawai(weights=[hub**0.5 for hub in hubs], seed=part.layout_circle())
    layout = part.layout_fruchterman_reingold(weights=pull, seed=shape, niter=1_500, grid=False)
    return _turn(layout.coords)


def _turn(places: Sequence[Point]) -> list[Point]:
    """Turn the points so that the direction in which they scatter most lies across."""
    middle = [sum(values) / len(places) for values in zip(*places, strict=True)]
    centred = [(x - middle[0], y - middle[1]) for x, y in places]
    angle = math.atan2(2 * sum(x * y for x, y in centred), sum(x * x - y * y for x, y in centred)) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    return [(x * cos + y * sin, y * cos - x * sin) for x, y in centred]


def _box(count: int) -> tuple[int, int]:
    """Return the columns and rows of cells for a number of nodes."""
    columns = math.ceil(math.sqrt(count))
    return columns, math.ceil(count / columns)


def _pack(boxes: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the left column and top row of each box, largest first, each as near to the middle as there is room."""
    reach = math.isqrt(sum(width * height for width, height in boxes)) + max(boxes[0])
    spots = list(itertools.product(range(-reach, reach), repeat=2))
    corners: list[tuple[int, int]] = []
    taken: set[tuple[int, int]] = set()
    for (width, height), group in itertools.groupby(boxes):
        spots.sort(key=lambda spot: (math.hypot(spot[0] + width / 2, spot[1] + height / 2), spot))
        free = iter(spots)  # a cell without room for one box has none for the others of its size
        for _ in group:
            for left, top in free:
                cells = set(itertools.product(range(left, left + width), range(top, top + height)))
                if taken.isdisjoint(cells):
                    break
            taken |= cells
            corners.append((left, top))
    return corners


def _spread(places: Sequence[Point], box: tuple[int, int]) -> list[Point]:
    """Spread places over a box of cells, half a cell from its edges."""
    columns, rows = (_equalise(values, length) for values, length in zip(zip(*places, strict=True), box, strict=True))
    return list(zip(columns, rows, strict=True))


def _equalise(values: Sequence[float], length: int) -> list[float]:
    """Stretch values to 0.5 … length - 0.5, most of the way to equal distances."""
    lowest, extent = min(values), max(values) - min(values) or 1.0
    last = len(values) - 1 or 1
    stretched = [0.0] * len(values)
    for rank, index in enumerate(sorted(range(len(values)), key=lambda n: (values[n], n))):
        share = (1 - _EQUALITY) * (values[index] - lowest) / extent + _EQUALITY * rank / last
        stretched[index] = 0.5 + (length - 1) * share
    return stretched


def _clearance(size: float) -> float:
    """Return the distance that a symbol keeps from others: larger symbols have larger names. It is never less than the symbol."""
    return max(min(16 + (size / 3.8) ** 3, 110), 1.3 * size)


def _separate(places: Sequence[Point], radii: Sequence[float]) -> list[Point]:
    """Move nodes that are too close away from each other, until no two are too close or all rounds are over."""
    flat = _CELL[0] / _CELL[1]
    xs, ys = [x / flat for x, _ in places], [y for _, y in places]
    for _ in range(min(_ROUNDS, _MOVES // len(places) + 1)):
        crowded = False
        for one, other in _close_pairs(xs, ys, radii):
            dx, dy = xs[other] - xs[one], ys[other] - ys[one]
            distance, required = math.hypot(dx, dy), radii[one] + radii[other]
            if distance < 0.99 * required:
                crowded = True
                share = _PUSH * (required - distance) / (distance or 1.0)
                dx, dy = (dx, dy) if distance else (1.0, 0.0)
                xs[one], ys[one] = xs[one] - dx * share, ys[one] - dy * share
                xs[other], ys[other] = xs[other] + dx * share, ys[other] + dy * share
        if not crowded:
            break
    return [(x * flat, y) for x, y in zip(xs, ys, strict=True)]


def _close_pairs(xs: Sequence[float], ys: Sequence[float], radii: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Yield pairs that may be too close, by a grid: each node looks for smaller ones within its own reach."""
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
