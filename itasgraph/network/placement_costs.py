"""What a place in a cell costs: names over names, signs and lines, lines that cross, long lines, and names beyond the cell.

All lengths are pixels, y points down. The weights are relative to one another: what a reader cannot read costs most.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from itasgraph.network.cells import Point, Polygon, sides
from itasgraph.network.label_boxes import Box

Rectangle = tuple[float, float, float, float]  # left, top, right, bottom

# The sides of a sign where its name may stand.
BELOW, RIGHT, LEFT, ABOVE = range(4)
SIDES: Final = (BELOW, RIGHT, LEFT, ABOVE)

_GAP: Final = 3.0  # between a sign and its name
_ROOM_X, _ROOM_Y = 8.0, 5.0  # between two names
_SIGN_ROOM: Final = 4.0  # between a sign and what is not its own
_INSET: Final = 9.0  # from the edge of the cell to a name
_EDGE: Final = 50.0  # from the edge of the cell to a sign
_TITLE_ROOM: Final = 40.0  # from the top of the cell to the sign of a title

_OVERLAP, _OVERLAP_PX = 40.0, 8.0  # of names, and of each pixel of the lesser extent
_OUTSIDE, _OUTSIDE_PX = 120.0, 30.0
_EDGE_PX: Final = 1.5
_NAME_CUT, _NAME_CUT_PX = 150.0, 5.0  # a line through another's name
_OWN_CUT, _OWN_CUT_PX = 60.0, 3.0  # a line through the name of one of its ends
_SIGN_CUT: Final = 220.0
_CROSSING: Final = 220.0
_LENGTH: Final = 62.0  # which lines inside aim at
_LENGTH_PX: Final = 0.6
_TIE_PX: Final = 0.3  # of lines to other groups
_TITLE_PX: Final = 0.5
_REPULSION: Final = 1500.0  # of signs that are near one another, by their distance
_NEAR: Final = 40.0
_TOLERANCE: Final = 1.0  # pixels by which a line may touch a name


class Entry(NamedTuple):
    """An entry on a map: the box of its name, the radius of its sign, and whether it is the title of its group."""

    box: Box
    radius: float
    title: bool = False


class Place(NamedTuple):
    """The place of a sign, and the side of it where its name stands."""

    point: Point
    side: int


class Board:
    """The entries of a cell at their places, and fixed points outside of it to which lines lead.

    Points are numbered: first the entries, then the fixed points. `lines` are pairs of numbers of points.
    """

    def __init__(
        self, cell: Polygon, entries: Sequence[Entry], fixed: Sequence[Point], lines: Sequence[tuple[int, int]]
    ) -> None:
        self.cell = cell
        self.count = len(entries)
        self.lines = lines
        self.points: list[Point] = [(0.0, 0.0)] * self.count + list(fixed)
        self.sides = [BELOW] * self.count
        self._boxes: list[Rectangle] = [(0.0, 0.0, 0.0, 0.0)] * self.count
        self._outlines = list(self._boxes)  # of names with their signs
        self._reaches = [entry.radius + _SIGN_ROOM for entry in entries]
        self._offsets = [[_offset(entry, side) for side in SIDES] for entry in entries]
        self._limits = [
            [list(_limits(cell, entry.radius, box)) for box in boxes]
            for entry, boxes in zip(entries, self._offsets, strict=True)
        ]
        top = min(y for _, y in cell) + _TITLE_ROOM
        self._tops = [top if entry.title else math.inf for entry in entries]
        numbers = range(self.count)
        self._others = [[other for other in numbers if other != number] for number in numbers]
        self._neighbours = [[sum(line) - number for line in lines if number in line] for number in numbers]
        self._other_lines = [[line for line in lines if number not in line] for number in numbers]

    def put(self, number: int, point: Point, side: int) -> None:
        """Put an entry at a point, its name at a side of it."""
        x, y = point
        left, top, right, bottom = box = _moved(self._offsets[number][side], point)
        reach = self._reaches[number]
        self.points[number] = point
        self.sides[number] = side
        self._boxes[number] = box
        self._outlines[number] = (
            min(left, x - reach),
            min(top, y - reach),
            max(right, x + reach),
            max(bottom, y + reach),
        )

    def arrange(self, places: Sequence[Place]) -> None:
        """Put all entries at places."""
        for number, (point, side) in enumerate(places):
            self.put(number, point, side)

    def places(self) -> list[Place]:
        return list(map(Place, self.points[: self.count], self.sides))

    def total(self) -> float:
        """Return the sum of the costs of all entries; what concerns two of them counts twice."""
        return math.fsum(self.cost(number, self.points[number], self.sides[number]) for number in range(self.count))

    def faults(self) -> int:
        """Return how many names lie over names, signs, lines of others or the edge of the cell, and how many lines cross."""
        numbers = range(self.count)
        count = sum(self._is_outside(number) for number in numbers)
        count += sum(overlap(self._boxes[one], self._boxes[two]) for one in numbers for two in range(one))
        count += sum(self._covers(one, two) for one in numbers for two in self._others[one])
        for number, (one, two) in enumerate(self.lines):
            start, end = self.points[one], self.points[two]
            count += sum(
                cut_depth(start, end, self._boxes[other]) > _TOLERANCE for other in numbers if other not in (one, two)
            )
            count += sum(
                not {one, two} & {*line} and cross(start, end, self.points[line[0]], self.points[line[1]])
                for line in self.lines[:number]
            )
        return count

    def _is_outside(self, number: int) -> bool:
        x, y = self.points[number]
        limits = self._limits[number][self.sides[number]]
        return any(a * x + b * y > limit + _INSET / 2 for a, b, limit, _ in limits)

    def _covers(self, number: int, other: int) -> bool:
        """Return whether a name lies over the sign of another entry."""
        (x, y), radius = self.points[other], self._reaches[other] - _SIGN_ROOM
        return overlap(self._boxes[number], (x - radius, y - radius, x + radius, y + radius))

    def escape(self, number: int) -> Point:
        """Return the shift that would move an entry off the names over which its own lies, and back into the cell."""
        dx = dy = 0.0
        x, y = self.points[number]
        left, top, right, bottom = self._boxes[number]
        for other in self._others[number]:
            other_left, other_top, other_right, other_bottom = self._boxes[other]
            across = min(right - other_left, other_right - left) + _ROOM_X
            down = min(bottom - other_top, other_bottom - top) + _ROOM_Y
            if 0 < across < down:
                dx += math.copysign(across, left + right - other_left - other_right)
            elif 0 < down <= across:
                dy += math.copysign(down, top + bottom - other_top - other_bottom)
        for a, b, limit, _ in self._limits[number][self.sides[number]]:
            beyond = max(0.0, a * x + b * y - limit)
            dx, dy = dx - a * beyond, dy - b * beyond
        return dx, dy

    def cost(self, number: int, point: Point, side: int, limit: float = math.inf) -> float:
        """Return the cost of an entry at a place while all others stay; where it is above `limit`, any figure above that."""
        x, y = point
        left, top, right, bottom = self._offsets[number][side]
        box = (x + left, y + top, x + right, y + bottom)
        total = self._outside(number, point, side)
        if total <= limit:
            total += self._over_entries(number, point, box, limit - total)
        if total <= limit:
            total += self._under_lines(number, point, box)
        if total <= limit:
            total += self._lines(number, point, box, limit - total)
        return total

    def _outside(self, number: int, point: Point, side: int) -> float:
        """Return the cost of a name outside of the cell, of a sign near its edge, and of a title that is not at its top."""
        x, y = point
        total = max(0.0, y - self._tops[number]) * _TITLE_PX
        for a, b, limit, near in self._limits[number][side]:
            height = a * x + b * y
            if height > near:
                total += _EDGE_PX * (height - near)
            if height > limit:
                total += _OUTSIDE + _OUTSIDE_PX * (height - limit)
        return total

    def _over_entries(self, number: int, point: Point, box: Rectangle, limit: float) -> float:
        """Return the cost of the name over other names and signs, of the sign over other names, and of signs near one another."""
        x, y = point
        left, top, right, bottom = box
        wide_left, wide_right, wide_top, wide_bottom = left - _ROOM_X, right + _ROOM_X, top - _ROOM_Y, bottom + _ROOM_Y
        points, boxes, reaches, reach = self.points, self._boxes, self._reaches, self._reaches[number]
        total = 0.0
        for other in self._others[number]:
            u, v = points[other]
            a, b, c, d = boxes[other]
            if a < wide_right and c > wide_left and b < wide_bottom and d > wide_top:
                depth = min(wide_right - a, c - wide_left, wide_bottom - b, d - wide_top)
                total += _OVERLAP + _OVERLAP_PX * depth
            far = reaches[other]
            if left - far < u < right + far and top - far < v < bottom + far:
                total += _SIGN_CUT
            if a - reach < x < c + reach and b - reach < y < d + reach:
                total += _SIGN_CUT
            if -_NEAR < x - u < _NEAR and -_NEAR < y - v < _NEAR:
                total += _REPULSION / (abs(x - u) + abs(y - v) + 1.0)
            if total > limit:
                break
        return total

    def _under_lines(self, number: int, point: Point, box: Rectangle) -> float:
        """Return the cost of the name and the sign of an entry on lines of others."""
        points, reach = self.points, self._reaches[number]
        total = 0.0
        for one, two in self._other_lines[number]:
            if depth := cut_depth(points[one], points[two], box):
                total += _NAME_CUT + _NAME_CUT_PX * depth
            if passes(points[one], points[two], point, reach):
                total += _SIGN_CUT
        return total

    def _lines(self, number: int, point: Point, box: Rectangle, limit: float) -> float:
        """Return the cost of the lines of an entry: their length, and what they lead over or cross."""
        points = self.points
        total = 0.0
        for end in self._neighbours[number]:
            far = points[end]
            length = math.dist(point, far)
            total += abs(length - _LENGTH) * _LENGTH_PX if end < self.count else length * _TIE_PX
            if depth := cut_depth(point, far, box):
                total += _OWN_CUT + _OWN_CUT_PX * depth
            total += self._line_over_entries(number, point, end)
            for one, two in self._other_lines[number]:
                if end != one and end != two and cross(point, far, points[one], points[two]):  # noqa: PLR1714  # faster
                    total += _CROSSING
            if total > limit:
                break
        return total

    def _line_over_entries(self, number: int, point: Point, end: int) -> float:
        """Return the cost of a line from an entry at a point to another one, over the names and signs of the others."""
        (x, y), (u, v) = point, self.points[end]
        left, right = (x, u) if x < u else (u, x)
        top, bottom = (y, v) if y < v else (v, y)
        outlines = self._outlines
        total = 0.0
        for other in self._others[number]:
            a, b, c, d = outlines[other]
            if a < right and c > left and b < bottom and d > top:
                total += self._line_over_entry(point, end, other)
        return total

    def _line_over_entry(self, point: Point, end: int, other: int) -> float:
        far = self.points[end]
        depth = cut_depth(point, far, self._boxes[other])
        if other == end:
            return _OWN_CUT + _OWN_CUT_PX * depth if depth else 0.0
        total = _NAME_CUT + _NAME_CUT_PX * depth if depth else 0.0
        return total + _SIGN_CUT * passes(point, far, self.points[other], self._reaches[other])


def name_box(entry: Entry, place: Place) -> Rectangle:
    """Return the box of the name of an entry at a place."""
    return _moved(_offset(entry, place.side), place.point)


def sign_box(point: Point, radius: float) -> Rectangle:
    """Return the box of a sign, with the room between it and what is not its own."""
    (x, y), reach = point, radius + _SIGN_ROOM
    return x - reach, y - reach, x + reach, y + reach


def box_around(polygon: Polygon) -> Rectangle:
    """Return the box around a polygon."""
    xs, ys = zip(*polygon, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def overlap(one: Rectangle, other: Rectangle) -> bool:
    """Return whether two rectangles have an area in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def cut_depth(start: Point, end: Point, box: Rectangle) -> float:
    """Return how far a segment must move aside to leave a rectangle, 0 where it does not meet it (separating axes)."""
    (x, y), (u, v) = start, end
    left, top, right, bottom = box
    if (x < left and u < left) or (x > right and u > right) or (y < top and v < top) or (y > bottom and v > bottom):
        return 0.0
    a, b = v - y, x - u
    offset = abs(a * ((left + right) / 2 - x) + b * ((top + bottom) / 2 - y))
    reach = (abs(a) * (right - left) + abs(b) * (bottom - top)) / 2
    return (reach - offset) / (abs(a) + abs(b)) if offset < reach else 0.0


def passes(start: Point, end: Point, point: Point, reach: float) -> bool:
    """Return whether a segment comes nearer to a point than `reach`."""
    (x, y), (u, v), (p, q) = start, end, point
    if (p < x - reach and p < u - reach) or (p > x + reach and p > u + reach):
        return False
    if (q < y - reach and q < v - reach) or (q > y + reach and q > v + reach):
        return False
    a, b = u - x, v - y
    return (a * (q - y) - b * (p - x)) ** 2 < reach * reach * (a * a + b * b)


def cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Return whether two segments cross."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = a, b, c, d
    one = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    two = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax)
    if (one > 0) == (two > 0):
        return False
    three = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)
    four = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx)
    return (three > 0) != (four > 0)


def _moved(box: Rectangle, point: Point) -> Rectangle:
    return box[0] + point[0], box[1] + point[1], box[2] + point[0], box[3] + point[1]


def _offset(entry: Entry, side: int) -> Rectangle:
    """Return the box of a name relative to its sign."""
    (width, height), gap = entry.box, entry.radius + _GAP
    return (
        (-width / 2, gap, width / 2, gap + height),
        (gap, -height / 2, gap + width, height / 2),
        (-gap - width, -height / 2, -gap, height / 2),
        (-width / 2, -gap - height, width / 2, -gap),
    )[side]


def _limits(cell: Polygon, radius: float, box: Rectangle) -> Iterator[tuple[float, float, float, float]]:
    """Yield for each edge of a cell its outer normal (a, b), the greatest a·x + b·y of a sign whose name is inside, and of one off the edge."""
    left, top, right, bottom = box
    for (x, y), (u, v) in sides(cell):
        length = math.hypot(u - x, v - y)
        if length:
            a, b = (v - y) / length, (x - u) / length
            edge = a * x + b * y
            reach = max(radius, max(a * left, a * right) + max(b * top, b * bottom))
            yield a, b, edge - _INSET - reach, edge - _EDGE
