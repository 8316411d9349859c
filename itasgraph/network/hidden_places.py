"""The places of the entries that a map hides at first: near what they connect, and over no sign, name or line where there is room."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from itasgraph.network import attributes
from itasgraph.network.cells import Polygon, sides
from itasgraph.network.free_places import FreeSpace
from itasgraph.network.label_boxes import Style, label_box
from itasgraph.network.placement_costs import SIDES, Entry, Place, Rectangle, name_box, sign_box

if TYPE_CHECKING:
    from itasgraph.network.groups import GroupedNetwork

Point = tuple[int, int]

RADIUS: Final = 4.0  # of the sign of a hidden entry
_MOST: Final = 400  # hidden entries that are given free places; more find no room


class _Hidden(NamedTuple):
    """A hidden entry: the middle of what it connects, the squares of the cell of its group, and the boxes of its sign with and without its name."""

    entity: str
    target: Point
    cell: Sequence[int] | None
    named: list[Rectangle]
    bare: Rectangle


def arrange(
    grouped: GroupedNetwork, places: Mapping[str, Point], cells: Sequence[Polygon], space: FreeSpace
) -> dict[str, Point]:
    """Return the place of each hidden entry, the best connected first; `places` are those of the drawn entries, which `space` holds.

    An entry of a group lies in its cell. One that finds no room with its name beside it lies where its sign has room.
    """
    for cell in cells:
        for start, end in sides(cell):
            space.take_line(start, end)
    clear = space.copy()  # where lines are taken, too
    for line in grouped.lines:
        clear.take_line(places[line.source], places[line.target])
    found: dict[str, Point] = {}
    for number, hidden in enumerate(_hidden(grouped, places, [space.squares(cell) for cell in cells])):
        found[hidden.entity] = _place(hidden, (clear, space)) if number < _MOST else hidden.target
    return found


def _hidden(grouped: GroupedNetwork, places: Mapping[str, Point], cells: Sequence[Sequence[int]]) -> Iterator[_Hidden]:
    network = grouped.network
    for entity in sorted(grouped.hidden, key=lambda entity: (-network.degree(entity), entity)):
        group = grouped.group_of.get(entity)
        entry = Entry(label_box(attributes.node(network, entity)["labels"].values(), Style.SMALL), RADIUS)
        bare = sign_box((0.0, 0.0), RADIUS)
        named = [_around(bare, name_box(entry, Place((0.0, 0.0), side))) for side in SIDES]
        cell = None if group is None else cells[group]
        yield _Hidden(entity, _between(grouped, entity, places), cell, named, bare)


def _place(hidden: _Hidden, stages: Sequence[FreeSpace]) -> Point:
    """Return a free place for a hidden entry on the first of the stages that has one, and take it on all of them."""
    for cell in (hidden.cell, None) if hidden.cell else (None,):
        for boxes in (hidden.named, [hidden.bare]):
            for stage in stages:
                found = [(point, box) for box in boxes if (point := stage.nearest(box, hidden.target, cell))]
                if found:
                    (x, y), (left, top, right, bottom) = min(found, key=lambda one: math.dist(one[0], hidden.target))
                    for each in stages:
                        each.take((x + left, y + top, x + right, y + bottom))
                    return round(x), round(y)
    return hidden.target


def _around(one: Rectangle, other: Rectangle) -> Rectangle:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _between(grouped: GroupedNetwork, entity: str, places: Mapping[str, Point]) -> Point:
    """Return the middle of the neighbours of a hidden entry: of those in its group, where it has one."""
    network = grouped.network
    group = grouped.group_of.get(entity)
    neighbours = {*network.successors(entity), *network.predecessors(entity)} & grouped.drawn
    near = [other for other in neighbours if group is None or grouped.group_of.get(other) == group]
    points = [places[other] for other in near] or [places[other] for other in neighbours]
    count = max(len(points), 1)
    return round(sum(x for x, _ in points) / count), round(sum(y for _, y in points) / count)
