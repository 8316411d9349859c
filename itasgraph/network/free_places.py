"""Free places on a stage: where a rectangle lies over nothing else, as near to a point as can be.

The stage is a grid of squares, a row of which is an integer with a bit for each square that is taken. So the free places of
a rectangle follow from a few operations on whole rows. All lengths are pixels, y points down.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from itasgraph.network.cells import Point, Polygon, span
from itasgraph.network.placement_costs import Rectangle

_STEP: Final = 6.0  # the side of a square


class FreeSpace:
    """A stage on which rectangles and lines are taken, and the rest is free."""

    def __init__(self, stage: Rectangle) -> None:
        self._left, self._top, right, bottom = stage
        self._columns = math.ceil((right - self._left) / _STEP)
        self._rows = [0] * math.ceil((bottom - self._top) / _STEP)
        self._spreads: dict[tuple[int, int], list[int]] = {}

    def take(self, box: Rectangle) -> None:
        """Take the squares that a rectangle touches."""
        left, top, right, bottom = box
        first, last = self._column(left), self._column(right)
        bits = ((1 << (last - first + 1)) - 1) << first
        for row in range(self._row(top), self._row(bottom) + 1):
            self._rows[row] |= bits
        self._spreads.clear()

    def take_line(self, start: Point, end: Point) -> None:
        """Take the squares along a straight line."""
        (x, y), (u, v) = start, end
        count = math.ceil(math.dist(start, end) / (_STEP / 2)) or 1
        for number in range(count + 1):
            share = number / count
            self._rows[self._row(y + share * (v - y))] |= 1 << self._column(x + share * (u - x))
        self._spreads.clear()

    def copy(self) -> FreeSpace:
        """Return a stage where the same squares are taken."""
        other = FreeSpace((self._left, self._top, self._left, self._top))
        other._columns, other._rows = self._columns, list(self._rows)
        return other

    def squares(self, polygon: Polygon) -> list[int]:
        """Return for each row the squares whose middle is in a convex polygon."""
        rows = []
        for row in range(len(self._rows)):
            left, right = span(polygon, self._top + (row + 0.5) * _STEP)
            first = math.ceil((left - self._left) / _STEP - 0.5)
            last = math.floor((right - self._left) / _STEP - 0.5)
            rows.append(((1 << (last - first + 1)) - 1) << first if 0 <= first <= last else 0)
        return rows

    def nearest(self, box: Rectangle, target: Point, inside: Sequence[int] | None = None) -> Point | None:
        """Return the point nearest to `target` around which `box` is free, None where there is none.

        `box` is relative to the point; its top left square is one of those `inside`.
        """
        left, top, right, bottom = box
        width, height = math.ceil((right - left) / _STEP), math.ceil((bottom - top) / _STEP)
        whole = (1 << max(self._columns - width + 1, 0)) - 1
        taken = self._taken(width, height)
        column = self._column(target[0] + left)
        best = math.inf, (0.0, 0.0)
        for away, row in self._rows_by_distance(target[1] + top, len(taken)):
            if away >= best[0]:
                break
            free = ~taken[row] & (whole if inside is None else whole & inside[row])
            y = self._top + row * _STEP - top
            for found in _nearest_bits(free, column) if free else ():
                x = self._left + found * _STEP - left
                best = min(best, (math.dist((x, y), target), (x, y)))
        return best[1] if best[0] < math.inf else None

    def _taken(self, width: int, height: int) -> list[int]:
        """Return for each row the squares that cannot be the top left one of a box of this size, which is kept until more is taken."""
        if (width, height) not in self._spreads:
            self._spreads[width, height] = _spread([_shifted(row, width) for row in self._rows], height)
        return self._spreads[width, height]

    def _rows_by_distance(self, height: float, count: int) -> list[tuple[float, int]]:
        """Return the rows with their distance from a height, the nearest first."""
        return sorted((abs(self._top + row * _STEP - height), row) for row in range(count))

    def _column(self, x: float) -> int:
        return max(0, min(self._columns - 1, math.floor((x - self._left) / _STEP)))

    def _row(self, y: float) -> int:
        return max(0, min(len(self._rows) - 1, math.floor((y - self._top) / _STEP)))


def _shifted(row: int, count: int) -> int:
    """Return the bits from which one of the next `count` bits, itself included, is taken."""
    reach = 1
    while reach < count:
        step = min(reach, count - reach)
        row |= row >> step
        reach += step
    return row


def _spread(rows: Sequence[int], count: int) -> list[int]:
    """Return for each row the bits taken in it or in one of the next `count` - 1 rows, without rows that have fewer below."""
    reach = 1
    current = list(rows)
    while reach < count:
        step = min(reach, count - reach)
        current = [one | other for one, other in zip(current, current[step:], strict=False)]
        reach += step
    return current


def _nearest_bits(bits: int, position: int) -> Iterator[int]:
    """Yield the set bits next to a position, at most one on each side."""
    above = bits >> position
    if above:
        yield position + (above & -above).bit_length() - 1
    below = bits & ((1 << position) - 1)
    if below:
        yield below.bit_length() - 1
