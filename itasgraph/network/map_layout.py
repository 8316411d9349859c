"""The places of a network that is drawn as a map: a cell for each group, its members in it, and rows for what is in no group.

The unit is a CSS pixel in a window of 1440 × 900; the origin is the middle of the stage, y points down.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from itasgraph.network import attributes, cells, hidden_places, map_colors, placement, stored_results
from itasgraph.network.cells import Need, Polygon
from itasgraph.network.free_places import FreeSpace
from itasgraph.network.label_boxes import Style, label_box
from itasgraph.network.placement_costs import BELOW, Entry, Place, Rectangle, name_box, sign_box
from itasgraph.vocabulary import SCHEMA

if TYPE_CHECKING:
    from itasgraph.network.groups import GroupedNetwork

Point = tuple[int, int]

_WIDTH, _HEIGHT = 1020.0, 720.0  # of the stage, without its margin
_FULLEST: Final = 1.2  # the need of all groups as a share of the stage; a larger need enlarges the stage
_TITLE_SIZE: Final = 7.0
_NAME_ROOM_X, _NAME_ROOM_Y = 14.0, 16.0  # which an entry needs beside its sign and name
_CELL_ROOM: Final = 24.0  # by which a cell is wider and higher than the square of what its entries need
_WIDTH_ROOM: Final = 70.0  # by which a cell is wider than its widest entry
_CAPTION: Final = 22.0  # the height of the line above the entries in no group
_CAPTION_WIDTH: Final = 400.0
_ROW_ROOM_X, _ROW_ROOM_Y = 16.0, 10.0  # between entries in no group
_TITLE_ROOM: Final = 4.0  # between a sign and its name


@dataclass(frozen=True)
class MapLayout:
    """The place of each entry in whole pixels, and for each group the corners of its cell, clockwise from the top left one, and its hue."""

    places: dict[str, Point]
    cells: list[list[Point]]
    hues: list[int]


def node_size(grouped: GroupedNetwork, entity: str) -> float:
    """Return the radius of an entry's symbol in pixels: it grows with the number of lines; titles of groups are alike, and hidden entries."""
    if entity in _titles(grouped):
        return _TITLE_SIZE
    if entity not in grouped.drawn:
        return hidden_places.RADIUS
    return round(3.2 + 1.7 * math.sqrt(grouped.degrees[entity]), 1)


def stored_layout(grouped: GroupedNetwork) -> MapLayout:
    """Return the layout of a map as `arrange` does, from the cache if it was arranged before."""
    network = grouped.network
    inputs = (
        [(entity, attributes.node(network, entity)) for entity in sorted(network)],
        sorted(edge for edge, _ in attributes.edges(network)),
        [(group.label, group.drawn, group.hidden, group.titles) for group in grouped.groups],
        sorted(grouped.lines),
        sorted(grouped.drawn),
        [sorted(grouped.earlier.places.items()), grouped.earlier.groups] if grouped.earlier else [],
    )
    stored = stored_results.remember("map layout", inputs, lambda: asdict(arrange(grouped)))
    return MapLayout(
        {entity: (x, y) for entity, (x, y) in stored["places"].items()},
        [[(x, y) for x, y in cell] for cell in stored["cells"]],
        stored["hues"],
    )


def arrange(grouped: GroupedNetwork) -> MapLayout:
    """Return the layout of a map: the same for the same network, whatever the order of its parts.

    The stage has 1036 × 732 pixels, and is larger in the same proportion where names need more room.
    """
    map_ = _Map(grouped)
    rows = list(_rows([map_.entries[entity] for entity in grouped.singles], _WIDTH))
    below = _CAPTION + sum(row.height for row in rows) if rows else 0.0
    scale = max(1.0, math.sqrt(math.fsum(need.area for need in map_.needs) / (_FULLEST * _WIDTH * (_HEIGHT - below))))
    width, height = _WIDTH * scale, _HEIGHT * scale
    matches = grouped.earlier.match([group.members for group in grouped.groups]) if grouped.earlier else {}
    known = grouped.earlier.sites(matches, width, height - below) if grouped.earlier else {}
    divided = cells.divide(cells.superellipse(width, height - below), map_.needs, map_.ties, known)
    polygons = [[(x, y - below / 2) for x, y in polygon] for polygon in divided.polygons]
    placed = map_.placed(polygons, _known_places(grouped, matches, polygons))
    places = {entity: _rounded(place.point) for entity, place in zip(map_.names, placed, strict=False)}
    places |= zip(grouped.singles, _places_in_rows(rows, height / 2 - below + _CAPTION), strict=True)
    # The view of the whole map ends a little below the signs of the entries in no group.
    lowest = max((places[entity][1] for entity in grouped.singles), default=height / 2 - _ROW_ROOM_Y) + _ROW_ROOM_Y
    space = FreeSpace((-width / 2, -height / 2, width / 2, lowest))
    for box in (*map_.boxes(placed), *_boxes_in_rows(map_, places), *([_caption(polygons)] if rows else [])):
        space.take(box)
    places |= hidden_places.arrange(grouped, places, polygons, space)
    hues = map_colors.color(len(polygons), divided.touching, map_.ties, _earlier_hues(grouped, matches))
    return MapLayout(places, [_corners(polygon) for polygon in polygons], hues)


def _earlier_hues(grouped: GroupedNetwork, matches: Mapping[int, int]) -> dict[int, int]:
    groups = grouped.earlier.groups if grouped.earlier else []
    return {number: groups[earlier].hue for number, earlier in matches.items()}


def _known_places(
    grouped: GroupedNetwork, matches: Mapping[int, int], polygons: Sequence[Polygon]
) -> dict[str, cells.Point]:
    """Return where entries lie in cells that continue those of an earlier map."""
    if grouped.earlier is None:
        return {}
    places = {
        entity: grouped.earlier.place_in(entity, matches[number], polygons[number])
        for number, group in enumerate(grouped.groups)
        if number in matches
        for entity in group.drawn
    }
    return {entity: place for entity, place in places.items() if place is not None}


class _Map:
    """The entries of a map as numbers, with what they need.

    A group without a title has a further entry for its name, which has no sign.
    """

    def __init__(self, grouped: GroupedNetwork) -> None:
        titles = _titles(grouped)
        self.entries = {entity: _entry(grouped, entity, entity in titles) for entity in sorted(grouped.drawn)}
        self.names = [entity for group in grouped.groups for entity in sorted(group.drawn)]
        numbers = {entity: number for number, entity in enumerate(self.names)}
        self._groups = [[numbers[entity] for entity in sorted(group.drawn)] for group in grouped.groups]
        self._numbered = [self.entries[entity] for entity in self.names]
        for members, group in zip(self._groups, grouped.groups, strict=True):
            if not group.titles:
                members.append(len(self._numbered))
                self._numbered.append(Entry(label_box(group.label.values(), Style.TITLE), 0.0, title=True))
        ends = ((line.source, line.target) for line in grouped.lines)
        self._lines = sorted(
            {
                (min(pair), max(pair))
                for one, two in ends
                if (pair := (numbers.get(one, -1), numbers.get(two, -1))) and min(pair) >= 0 and one != two
            }
        )
        group_of = {member: group for group, members in enumerate(self._groups) for member in members}
        joined = ((group_of[one], group_of[two]) for one, two in self._lines)
        self.ties = sorted((min(pair), max(pair)) for pair in joined if pair[0] != pair[1])
        self.needs = [_need([self._numbered[member] for member in members]) for members in self._groups]

    def placed(self, polygons: Sequence[Polygon], known: Mapping[str, cells.Point]) -> list[Place]:
        """Return the place of each entry in its cell: first those of `names`. Some begin at a known place."""
        numbers = {number: known[entity] for number, entity in enumerate(self.names) if entity in known}
        return placement.place(polygons, self._groups, self._numbered, self._lines, numbers)

    def boxes(self, placed: Sequence[Place]) -> Iterator[Rectangle]:
        """Yield the boxes of signs and names at their places."""
        for entry, place in zip(self._numbered, placed, strict=True):
            yield name_box(entry, place)
            yield sign_box(place.point, entry.radius)


def _titles(grouped: GroupedNetwork) -> set[str]:
    return {title for group in grouped.groups for title in group.titles}


def _entry(grouped: GroupedNetwork, entity: str, is_title: bool) -> Entry:
    node = attributes.node(grouped.network, entity)
    style = Style.STRONG if node["kind"] == SCHEMA.Organization else Style.PLAIN
    box = label_box(node["labels"].values(), Style.TITLE if is_title else style)
    at_top = any(entity in group.titles[:1] for group in grouped.groups)  # a second title stands below the first
    return Entry(box, node_size(grouped, entity), at_top)


def _need(entries: Iterable[Entry]) -> Need:
    """Return what a group of entries needs."""
    sizes = [(box.width + 2 * radius, box.width, box.height + 2 * radius) for box, radius, _ in entries]
    room = math.fsum((width + _NAME_ROOM_X) * (height + _NAME_ROOM_Y) for _, width, height in sizes)
    return Need((math.sqrt(room) + _CELL_ROOM) ** 2, max(widest for widest, _, _ in sizes) + _WIDTH_ROOM)


@dataclass(frozen=True)
class _Row:
    """Entries beside one another, with the width of the room for each, and their height."""

    entries: list[Entry]
    widths: list[float]
    height: float


def _rows(entries: Sequence[Entry], width: float) -> Iterator[_Row]:
    """Yield rows of entries with their names below them, each as long as its width allows."""
    widths = [max(entry.box.width, 2 * entry.radius) + _ROW_ROOM_X for entry in entries]
    count = math.ceil(math.fsum(widths) / width) if entries else 0
    ends = list(itertools.accumulate(widths))
    for _, chunk in itertools.groupby(
        range(len(entries)),
        key=lambda number: min(int((ends[number] - widths[number] / 2) * count / ends[-1]), count - 1),
    ):
        numbers = list(chunk)
        members = [entries[number] for number in numbers]
        height = max(2 * entry.radius + _TITLE_ROOM + entry.box.height for entry in members) + _ROW_ROOM_Y
        yield _Row(members, [widths[number] for number in numbers], height)


def _places_in_rows(rows: Iterable[_Row], top: float) -> Iterator[Point]:
    """Yield the places of the signs of rows, which begin at a height; each row is in the middle of the stage."""
    for row in rows:
        left = -math.fsum(row.widths) / 2
        for entry, width in zip(row.entries, row.widths, strict=True):
            yield round(left + width / 2), round(top + entry.radius)
            left += width
        top += row.height


def _boxes_in_rows(map_: _Map, places: Mapping[str, Point]) -> Iterator[Rectangle]:
    """Yield the boxes of the signs and names of the entries in no group."""
    for entity in places.keys() - set(map_.names):
        entry = map_.entries[entity]
        yield name_box(entry, Place(places[entity], BELOW))
        yield sign_box(places[entity], entry.radius)


def _caption(polygons: Sequence[Polygon]) -> Rectangle:
    """Return the box of the line above the entries in no group."""
    left = min(x for polygon in polygons for x, _ in polygon)
    bottom = max(y for polygon in polygons for _, y in polygon)
    return left, bottom, left + _CAPTION_WIDTH, bottom + _CAPTION


def _rounded(point: tuple[float, float]) -> Point:
    return round(point[0]), round(point[1])


def _corners(polygon: Polygon) -> list[Point]:
    """Return the corners of a convex polygon in whole pixels, each once, from the top left one."""
    rounded = list(dict.fromkeys((round(x), round(y)) for x, y in polygon))
    first = min(range(len(rounded)), key=lambda number: (sum(rounded[number]), rounded[number]))
    return rounded[first:] + rounded[:first]
