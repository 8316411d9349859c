"""Cells for groups: a power diagram in a superellipse, in which each cell has an area of its own.

A power diagram (Aurenhammer 1987) divides a region among sites with weights: a point belongs to the site with the least
squared distance less weight, so that all cells are convex. Sites move to the centroids of their cells and weights are
adapted until areas are as wanted, as in Voronoi treemaps (Nocaj and Brandes 2012). All lengths are pixels, y points down.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple

Point = tuple[float, float]
Polygon = list[Point]
# A corner of a cell, and the number of the site beyond the edge that begins there; BORDER where that is the border of the region.
_Corner = tuple[float, float, int]

BORDER: Final = -1
_SEED: Final = 2012
_EXPONENT: Final = 10  # of the superellipse: nearly a rectangle, with round corners
_CORNER_ANGLES: Final = (6, 25, 45, 65, 84)  # degrees in which a quarter of the superellipse has its points
_NARROW: Final = 10  # the weight of what lacks in the width of a cell
_SAME: Final = 1e-6  # pixels between corners that are one
_SQUEEZE: Final = 1.5
_STARTS: Final = 40  # arrangements on a grid, improved by swaps
_FINALISTS: Final = 8  # of them, which become power diagrams
_ROUNDS: Final = 14
_LAST_ROUNDS: Final = 24  # for the best one, in which only areas are adapted further
_PULL: Final = 0.25  # the share of the way towards linked groups that a site goes in the first round
_WORK: Final = 40_000  # pairs of sites in all rounds of all finalists; more groups get fewer of them
_LEAST_GAIN: Final = 1e-6  # pixels
_WITHIN: Final = 0.9  # of the squared distance, by which the weights of two sites may differ
_DAMPING: Final = 0.7  # of Newton's step for the weights


@dataclass(frozen=True)
class Cells:
    """The cell of each site as a convex polygon, clockwise on the screen, and the pairs of sites whose cells touch."""

    polygons: list[Polygon]
    touching: set[tuple[int, int]]


def superellipse(width: float, height: float) -> Polygon:
    """Return a superellipse (Lamé curve of exponent 10) around the origin as a polygon, clockwise on the screen."""
    power = 2 / _EXPONENT
    angles = [quarter * 90 + angle for quarter in range(4) for angle in _CORNER_ANGLES]
    waves = [(math.cos(math.radians(angle)), math.sin(math.radians(angle))) for angle in angles]
    return [
        (math.copysign(abs(x) ** power, x) * width / 2, math.copysign(abs(y) ** power, y) * height / 2)
        for x, y in waves
    ]


class Need(NamedTuple):
    """What a group needs: an area, to which that of its cell is in proportion, and the width in which its widest entry has room."""

    area: float
    width: float


def divide(
    region: Polygon,
    needs: Sequence[Need],
    links: Sequence[tuple[int, int]],
    known: Mapping[int, Point] = MappingProxyType({}),
) -> Cells:
    """Divide a convex region into one cell for each of `needs`; linked groups come near one another.

    `links` are pairs of numbers of groups, as often as entries of both are linked. Several arrangements on a grid are tried,
    and the power diagram is taken whose links are shortest and whose cells are as the groups need them. Where places of
    groups are `known`, by their numbers, groups begin there instead, and the others among those that they are linked with.
    """
    squeezed = [(x / _SQUEEZE, y) for x, y in region]
    scale = area(squeezed) / math.fsum(need.area for need in needs)
    targets = [Need(need.area * scale, need.width / _SQUEEZE) for need in needs]
    rounds = max(4, min(_ROUNDS, _WORK // (len(needs) ** 2 * _FINALISTS)))
    box = _box(squeezed)  # which has fewer corners than the region, and nearly its area
    if known:
        sites = _known_sites({number: (x / _SQUEEZE, y) for number, (x, y) in known.items()}, len(needs), links)
        candidates = [_relax(_Diagram(box, targets, sites), [], rounds)]
    else:
        candidates = [
            _relax(_Diagram(box, targets, sites), links, rounds) for sites in _starts(squeezed, len(needs), links)
        ]
    best = min(candidates, key=lambda candidate: candidate.badness(links))
    best.region = [(x, y, BORDER) for x, y in squeezed]
    _relax(best, [], max(4, min(_LAST_ROUNDS, 2 * rounds)))
    polygons = [_distinct([(x * _SQUEEZE, y) for x, y, _ in corners]) for corners in best.corners]
    return Cells(polygons, best.touching())


def area(polygon: Sequence[Point]) -> float:
    """Return the area of a polygon in square pixels; it is positive where the corners go clockwise on the screen."""
    return sum([x * v - u * y for (x, y), (u, v) in sides(polygon)]) / 2


def centroid(polygon: Sequence[Point]) -> Point:
    """Return the centroid of a convex polygon with an area."""
    triangles = [(x * v - u * y, x + u, y + v) for (x, y), (u, v) in sides(polygon)]
    whole = 3 * sum([double for double, _, _ in triangles])
    return sum([double * x for double, x, _ in triangles]) / whole, sum(
        [double * y for double, _, y in triangles]
    ) / whole


def sides(polygon: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    """Return the sides of a polygon, each with the corner where it begins and the one where it ends."""
    return zip(polygon, [*polygon[1:], *polygon[:1]], strict=True)


def span(polygon: Sequence[Point], height: float) -> Point:
    """Return the least and the greatest x of a convex polygon at a height, twice 0 above and below it."""
    xs = [x + (u - x) * (height - y) / (v - y) for (x, y), (u, v) in sides(polygon) if (y <= height) != (v <= height)]
    return (min(xs), max(xs)) if xs else (0.0, 0.0)


def _distinct(polygon: Polygon) -> Polygon:
    """Return a polygon without the corners that rounding alone tells from the next one: their side has no direction."""
    return [start for start, end in sides(polygon) if math.dist(start, end) > _SAME]


def _box(polygon: Polygon) -> Polygon:
    """Return the corners of the box around a polygon, clockwise on the screen from the top left one."""
    xs, ys = zip(*polygon, strict=True)
    return [(min(xs), min(ys)), (max(xs), min(ys)), (max(xs), max(ys)), (min(xs), max(ys))]


# --- arrangements on a grid ---------------------------------------------------------------------------------------------


def _starts(region: Polygon, count: int, links: Sequence[tuple[int, int]]) -> list[list[Point]]:
    """Return places for the sites: of many random arrangements on a grid, those with the shortest links, each different."""
    generator = random.Random(_SEED)  # noqa: S311  # the same each time, no secret
    seats = _seats(region, count)
    distances = [[math.dist(seat, other) for other in seats] for seat in seats]
    pairs = sorted({(min(link), max(link)) for link in links})
    neighbours = [[sum(pair) - site for pair in pairs if site in pair] for site in range(count)]
    lengths: dict[tuple[int, ...], float] = {}
    for _ in range(max(_FINALISTS, min(_STARTS, _WORK // count**2))):
        order = list(range(count))
        generator.shuffle(order)
        _swap_seats(order, distances, neighbours)
        lengths[tuple(order)] = round(_link_length([seats[seat] for seat in order], pairs), 3)
    best = sorted(lengths, key=lambda order: (lengths[order], order))
    return [[seats[seat] for seat in order] for order in best[:_FINALISTS]]


def _known_sites(known: Mapping[int, Point], count: int, links: Sequence[tuple[int, int]]) -> list[Point]:
    """Return places for the sites: known ones, and for others the middle of those they are linked with, each a little apart."""
    sites = []
    for number in range(count):
        near = [known[sum(link) - number] for link in links if number in link and sum(link) - number in known]
        x, y = known.get(number) or _towards((0.0, 0.0), near, 1.0)
        sites.append((x + math.cos(number), y + math.sin(number)))  # two sites must not lie at one point
    return sites


def _seats(region: Polygon, count: int) -> list[Point]:
    """Return places in rows that fill the box around the region, as many as there are sites."""
    xs, ys = zip(*region, strict=True)
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    rows = max(1, round(math.sqrt(count * height / width)))
    sizes = [count * (row + 1) // rows - count * row // rows for row in range(rows)]
    return [
        (min(xs) + width * (column + 0.5) / size, min(ys) + height * (row + 0.5) / rows)
        for row, size in enumerate(sizes)
        for column in range(size)
    ]


def _swap_seats(order: list[int], distances: Sequence[Sequence[float]], neighbours: Sequence[Sequence[int]]) -> None:
    """Swap seats of two sites as long as that shortens the links (2-opt)."""

    def length(site: int) -> float:
        row = distances[order[site]]
        return sum([row[order[other]] for other in neighbours[site]])

    pairs = [
        pair for pair in itertools.combinations(range(len(order)), 2) if neighbours[pair[0]] or neighbours[pair[1]]
    ]
    improved = True
    while improved:
        improved = False
        for one, other in pairs:
            before = length(one) + length(other)
            order[one], order[other] = order[other], order[one]
            if length(one) + length(other) < before - _LEAST_GAIN:
                improved = True
            else:
                order[one], order[other] = order[other], order[one]


def _link_length(sites: Sequence[Point], pairs: Iterable[tuple[int, int]]) -> float:
    return math.fsum(math.dist(sites[one], sites[other]) for one, other in pairs)


# --- the power diagram --------------------------------------------------------------------------------------------------


class _Diagram:
    """A power diagram of a convex region, whose sites and weights change until the areas of the cells are the wanted ones."""

    def __init__(self, region: Polygon, targets: Sequence[Need], sites: Sequence[Point]) -> None:
        self.region: list[_Corner] = [(x, y, BORDER) for x, y in region]
        self.targets = targets
        self.sites = list(sites)
        self.weights = [0.0] * len(sites)
        self.corners = self._cells()

    def _cells(self) -> list[list[_Corner]]:
        return [self._cell(number) for number in range(len(self.sites))]

    def _cell(self, number: int) -> list[_Corner]:
        """Return the cell of a site: the region cut by the radical axis with each other site, the nearest axes first."""
        site, weight = self.sites[number], self.weights[number]
        x, y = site
        axes = []  # by the distance from the site
        for other, ((u, v), other_weight) in enumerate(zip(self.sites, self.weights, strict=True)):
            if other != number:
                distance = math.hypot(u - x, v - y) or 1e-9
                axes.append(
                    ((distance + (weight - other_weight) / distance) / 2, (u - x) / distance, (v - y) / distance, other)
                )
        axes.sort()
        cell, reach = self.region, math.inf
        for offset, a, b, other in axes:
            if offset >= reach:  # neither this axis nor a later one meets the cell
                break
            part = _cut(cell, (a, b), offset + a * x + b * y, other)
            if part is not cell:
                cell = part
                reach = max((math.dist(site, corner[:2]) for corner in cell), default=-math.inf)
        return cell

    def touching(self) -> set[tuple[int, int]]:
        """Return the pairs of sites whose cells have an edge in common, the lesser number first."""
        pairs = ((number, other) for number, cell in enumerate(self.corners) for _, _, other in cell)
        return {(min(pair), max(pair)) for pair in pairs if BORDER not in pair}

    def areas(self) -> list[float]:
        return [area(_points(cell)) for cell in self.corners]

    def adapt(self, pull: float, links: Sequence[tuple[int, int]]) -> None:
        """Move each site to the centroid of its cell and a share `pull` towards linked ones, and change its weight by a Newton step."""
        centres = [centroid(_points(cell)) for cell in self.corners]
        neighbours: list[list[Point]] = [[] for _ in centres]
        for one, other in links:
            neighbours[one].append(centres[other])
            neighbours[other].append(centres[one])
        steps = [self._newton_step(number, size) for number, size in enumerate(self.areas())]
        self.weights = [weight + step for weight, step in zip(self.weights, steps, strict=True)]
        self.sites = [_towards(centre, near, pull) for centre, near in zip(centres, neighbours, strict=True)]
        self._bound_weights()
        self.corners = self._cells()

    def _bound_weights(self) -> None:
        """Lower weights until each site lies in its own cell, so that no cell is empty: least weights first, as in Dijkstra's method."""
        open_ = set(range(len(self.sites)))
        while open_:
            number = min(open_, key=lambda number: (self.weights[number], number))
            open_.remove(number)
            (x, y), weight = self.sites[number], self.weights[number]
            for other in open_:
                u, v = self.sites[other]
                limit = weight + _WITHIN * ((u - x) ** 2 + (v - y) ** 2)
                self.weights[other] = min(self.weights[other], limit)

    def _newton_step(self, number: int, size: float) -> float:
        """Return by how much the weight of a site is to grow: its lack of area by how fast the area grows with the weight."""
        cell, site = self.corners[number], self.sites[number]
        growth = 0.0
        for (x, y, other), (u, v, _) in zip(cell, itertools.chain(cell[1:], cell[:1]), strict=True):
            if other != BORDER:
                growth += math.hypot(u - x, v - y) / (2 * max(1.0, math.dist(site, self.sites[other])))
        target = self.targets[number].area
        lack = max(-target, min(target, target - size))
        return _DAMPING * lack / max(growth, 0.5)

    def badness(self, links: Sequence[tuple[int, int]]) -> float:
        """Return how bad a diagram is: the mean length of links, and how narrow and thin cells are and how far areas are off, on average."""
        count = len(self.targets)
        cells = [_points(cell) for cell in self.corners]
        off = math.fsum(abs(area(cell) / target.area - 1) for cell, target in zip(cells, self.targets, strict=True))
        narrow = math.fsum(
            max(0.0, 1 - _width(cell, site[1]) / target.width)
            for cell, site, target in zip(cells, self.sites, self.targets, strict=True)
        )
        thin = math.fsum(map(_thinness, cells))
        side = math.sqrt(math.fsum(target.area for target in self.targets) / count)
        length = _link_length(self.sites, links) / (side * max(1, len(links)))
        return length + (_NARROW * narrow + thin + off) / count


def _relax(diagram: _Diagram, links: Sequence[tuple[int, int]], rounds: int) -> _Diagram:
    """Adapt a diagram in rounds, in the first of which linked sites pull at one another, less and less."""
    pulled = 0.6 * rounds
    for number in range(rounds):
        diagram.adapt(_PULL * max(0.0, 1 - number / pulled), links)
    return diagram


def _points(cell: Sequence[_Corner]) -> Polygon:
    return [(x, y) for x, y, _ in cell]


def _towards(point: Point, others: Sequence[Point], share: float) -> Point:
    """Return the point that lies a share of the way from `point` to the mean of `others`."""
    if not others or not share:
        return point
    x, y = (math.fsum(values) / len(others) for values in zip(*others, strict=True))
    return point[0] + share * (x - point[0]), point[1] + share * (y - point[1])


def _width(polygon: Polygon, height: float) -> float:
    left, right = span(polygon, height)
    return right - left


def _thinness(polygon: Polygon) -> float:
    """Return how thin a polygon is: its squared perimeter by its area, 0 for a square."""
    perimeter = math.fsum(math.dist(*side) for side in sides(polygon))
    return max(0.0, perimeter**2 / (16 * max(1.0, area(polygon))) - 1)


def _cut(cell: list[_Corner], normal: Point, limit: float, beyond: int) -> list[_Corner]:
    """Return the part of a convex cell with normal · point ≤ limit; `beyond` is the site on the other side (Sutherland and Hodgman 1974)."""
    a, b = normal
    heights = [a * x + b * y - limit for x, y, _ in cell]
    if not heights or max(heights) <= 0:
        return cell
    kept: list[_Corner] = []
    for here, (x, y, other) in enumerate(cell):
        height, following = heights[here], heights[(here + 1) % len(cell)]
        if height <= 0:
            kept.append((x, y, other))
        if (height <= 0) != (following <= 0):
            u, v, _ = cell[(here + 1) % len(cell)]
            share = height / (height - following)
            kept.append((x + share * (u - x), y + share * (v - y), beyond if height <= 0 else other))
    return kept
