"""The map of earlier data, from which the groups and places of a map begin, so that people find again what they know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from itasgraph.network.cells import Point, centroid
from itasgraph.network.placement_costs import box_around


class EarlierGroup(NamedTuple):
    """A group of an earlier map: its members, the corners of its cell, and its hue."""

    members: tuple[str, ...]
    cell: tuple[Point, ...]
    hue: int


@dataclass(frozen=True)
class EarlierMap:
    """The places of entries on an earlier map, and its groups."""

    places: Mapping[str, Point]
    groups: Sequence[EarlierGroup]

    @cached_property
    def group_of(self) -> dict[str, int]:
        """Return the number of the group of each member."""
        return {member: number for number, group in enumerate(self.groups) for member in group.members}

    def match(self, groups: Sequence[Collection[str]]) -> dict[int, int]:
        """Return the earlier group that each group continues: the one with most members in common, each one once."""
        common = Counter(
            (number, self.group_of[member])
            for number, members in enumerate(groups)
            for member in members
            if member in self.group_of
        )
        matches: dict[int, int] = {}
        for (number, earlier), _ in sorted(common.items(), key=lambda item: (-item[1], item[0])):
            if number not in matches and earlier not in matches.values():
                matches[number] = earlier
        return matches

    def sites(self, matches: Mapping[int, int], width: float, height: float) -> dict[int, Point]:
        """Return the middles of the cells that groups continue, in a region of this size around the origin."""
        box = _box(chain.from_iterable(group.cell for group in self.groups))
        stage = (-width / 2, -height / 2, width / 2, height / 2)
        return {number: _move(centroid(self.groups[earlier].cell), box, stage) for number, earlier in matches.items()}

    def place_in(self, entity: str, earlier: int, cell: Sequence[Point]) -> Point | None:
        """Return where an entry of an earlier group lies in the cell that continues it; None for any other entry."""
        if self.group_of.get(entity) != earlier or entity not in self.places:
            return None
        return _move(self.places[entity], _box(self.groups[earlier].cell), _box(cell))


_Box = tuple[float, float, float, float]


def _box(points: Iterable[Point]) -> _Box:
    return box_around(list(points))


def _move(point: Point, one: _Box, other: _Box) -> Point:
    """Return the place in a box that a point has in another one."""
    (x, y), (left, top, right, bottom), (new_left, new_top, new_right, new_bottom) = point, one, other
    across, down = (x - left) / ((right - left) or 1.0), (y - top) / ((bottom - top) or 1.0)
    return new_left + across * (new_right - new_left), new_top + down * (new_bottom - new_top)
