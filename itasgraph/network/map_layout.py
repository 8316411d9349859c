"""The places of a network that is drawn as a map: a cell for each group, its members in it, and a row for what is in no group."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from itasgraph.network.groups import GroupedNetwork

Point = tuple[int, int]

# The stage in pixels, with the origin in its middle, and the height of its lowest part with what is in no group.
_WIDTH: Final = 1036
_HEIGHT: Final = 732
_ROW: Final = 60
_HUES: Final = 5
_TITLE_SIZE: Final = 7.0


@dataclass(frozen=True)
class MapLayout:
    """The place of each entry in whole pixels, and for each group the corners of its cell, clockwise from the top left one, and its hue."""

    places: dict[str, Point]
    cells: list[list[Point]]
    hues: list[int]


def node_size(grouped: GroupedNetwork, entity: str) -> float:
    """Return the radius of an entry's symbol in pixels: it grows with the number of lines; titles of groups are alike."""
    if any(group.title == entity for group in grouped.groups):
        return _TITLE_SIZE
    return round(3.2 + 1.7 * math.sqrt(grouped.degrees[entity]), 1)


def arrange(grouped: GroupedNetwork) -> MapLayout:
    """Return the layout of a map: the same for the same network, whatever the order of its parts."""
    cells = list(_cells([len(group.drawn) for group in grouped.groups]))
    places: dict[str, Point] = {}
    for group, cell in zip(grouped.groups, cells, strict=True):
        members = sorted(group.drawn, key=lambda entity: (entity != group.title, -grouped.degrees[entity], entity))
        places |= zip(members, _grid(cell, len(members)), strict=True)
    singles = grouped.singles
    step = _WIDTH / max(len(singles), 1)
    for number, entity in enumerate(singles):
        places[entity] = round(-_WIDTH / 2 + step * (number + 0.5)), _HEIGHT // 2 - _ROW // 4
    for entity in grouped.hidden:
        places[entity] = _between(grouped, entity, places)
    rows = [top for _, top, _, _ in cells]
    hues = [(number + 2 * sorted(set(rows)).index(top)) % _HUES for number, top in enumerate(rows)]
    return MapLayout(places, [_corners(cell) for cell in cells], hues)


_Cell = tuple[int, int, int, int]  # left, top, right, bottom


def _cells(sizes: Sequence[int]) -> Iterator[_Cell]:
    """Yield a rectangle for each size, in rows of about equal numbers."""
    rows = max(round(math.sqrt(len(sizes))), 1)
    length = math.ceil(len(sizes) / rows)
    chunks = [sizes[start : start + length] for start in range(0, len(sizes), length)]
    top = -_HEIGHT / 2
    for chunk in chunks:
        bottom = top + (_HEIGHT - _ROW) * sum(chunk) / sum(sizes)
        edges = [-_WIDTH / 2 + _WIDTH * share / sum(chunk) for share in itertools.accumulate(chunk, initial=0)]
        for left, right in itertools.pairwise(edges):
            yield round(left), round(top), round(right), round(bottom)
        top = bottom


def _corners(cell: _Cell) -> list[Point]:
    left, top, right, bottom = cell
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _grid(cell: _Cell, count: int) -> Iterator[Point]:
    """Yield places in a cell, row by row."""
    left, top, right, bottom = cell
    columns = max(math.ceil(math.sqrt(count * (right - left) / (bottom - top) / 2)), 1)
    rows = math.ceil(count / columns)
    for number in range(count):
        row, column = divmod(number, columns)
        yield (
            round(left + (right - left) * (column + 0.5) / columns),
            round(top + (bottom - top) * (row + 0.4) / rows),
        )


def _between(grouped: GroupedNetwork, entity: str, places: dict[str, Point]) -> Point:
    """Return the middle of the neighbours of a hidden entry: of those in its group, where it has one."""
    network = grouped.network
    group = grouped.group_of.get(entity)
    neighbours = {*network.successors(entity), *network.predecessors(entity)} & grouped.drawn
    near = [other for other in neighbours if group is None or grouped.group_of.get(other) == group]
    points = [places[other] for other in near] or [places[other] for other in neighbours]
    count = max(len(points), 1)
    return round(sum(x for x, _ in points) / count), round(sum(y for _, y in points) / count)
