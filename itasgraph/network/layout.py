"""The positions of the nodes of a network: computed once, the same for the same network."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from itasgraph.network import algorithms, large_layout
from itasgraph.network.measures import SimpleNetwork
from itasgraph.network.separation import Point, separate

if TYPE_CHECKING:
    import networkx as nx

_SEED: Final = 2024
_CELL: Final = (114.0, 94.0)  # across and down, for a node and its name: wider than high, as names and screens are
_EQUALITY: Final = (
    0.8  # 0 keeps the distances of the layout, 1 makes them equal; in between, the crowded middle opens up
)
_ROUNDS: Final = 60  # in which close nodes are moved apart; all take about a second for 2,000 nodes
_MOVES: Final = 50_000  # of single nodes in all rounds; in larger networks, with fewer rounds, symbols may touch
_LARGE: Final = (
    500  # nodes of a component; beyond this, Kamada and Kawai's layout takes seconds and shows no communities
)


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
    parts = [
        _arrange(algorithms.subgraph(simple.graph, [simple.numbers[iri] for iri in part])) for part in simple.components
    ]
    boxes = [_box(part) for part in parts]
    places: dict[str, Point] = {}
    for names, part, (left, top) in zip(simple.components, parts, _pack(boxes), strict=True):
        for iri, (x, y) in zip(names, part, strict=True):
            places[iri] = (left + x, top + y)
    radii = [_clearance(node_size(network, iri)) / _CELL[1] for iri in simple.nodes]
    rounds = min(_ROUNDS, _MOVES // len(places) + 1)
    points = separate([places[iri] for iri in simple.nodes], radii, rounds)
    return {iri: (round(x * _CELL[0]), round(y * _CELL[1])) for iri, (x, y) in zip(simple.nodes, points, strict=True)}


def _arrange(part: algorithms.Graph) -> list[Point]:
    """Lay out a connected igraph.Graph, wider than high, in cells of one node each, from (0, 0) on.

    Kamada and Kawai's layout finds the overall shape, Fruchterman and Reingold's draws neighbours together.
    A node with many edges pulls less, because otherwise all nodes would crowd around it. Large networks are laid out in
    two levels.
    """
    degrees = part.degree()
    if len(degrees) > _LARGE:
        return _to_origin(large_layout.arrange(part))
    hubs = [max(degrees[a], degrees[b]) for a, b in part.get_edgelist()]
    pull = [hub**-0.5 for hub in hubs]
    shape = part.layout_kamada_kawai(weights=[hub**0.5 for hub in hubs], seed=part.layout_circle())
    layout = part.layout_fruchterman_reingold(weights=pull, seed=shape, niter=1_500, grid=False)
    return _spread(_turn(layout.coords))


def _turn(places: Sequence[Point]) -> list[Point]:
    """Turn the points so that the direction in which they scatter most lies across."""
    middle = [sum(values) / len(places) for values in zip(*places, strict=True)]
    centred = [(x - middle[0], y - middle[1]) for x, y in places]
    angle = math.atan2(2 * sum(x * y for x, y in centred), sum(x * x - y * y for x, y in centred)) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    return [(x * cos + y * sin, y * cos - x * sin) for x, y in centred]


def _box(places: Sequence[Point]) -> tuple[int, int]:
    """Return the columns and rows of cells that hold places."""
    xs, ys = zip(*places, strict=True)
    return math.ceil(max(xs)) or 1, math.ceil(max(ys)) or 1


def _pack(boxes: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the left column and top row of each box, largest first, each as near to the middle as there is room."""
    if len(boxes) == 1:
        ((width, height),) = boxes
        return [(-((width + 1) // 2), -((height + 1) // 2))]
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


def _spread(places: Sequence[Point]) -> list[Point]:
    """Spread places over a box of about as many cells, half a cell from its edges."""
    columns = math.ceil(math.sqrt(len(places)))
    box = columns, math.ceil(len(places) / columns)
    xs, ys = (_equalise(values, length) for values, length in zip(zip(*places, strict=True), box, strict=True))
    return list(zip(xs, ys, strict=True))


def _to_origin(places: Sequence[Point]) -> list[Point]:
    """Turn places, and move them so that the first is half a cell from the left, the highest half a cell from the top."""
    turned = _turn(places)
    left, top = (min(values) - 0.5 for values in zip(*turned, strict=True))
    return [(x - left, y - top) for x, y in turned]


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
