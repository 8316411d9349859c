"""Hues for the cells of a map: no two that touch are alike, and where it can be, no two that are linked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Final

HUES: Final = 5
_STEPS: Final = 1_000  # of the search; a map that touches needs few, and one with many links may have no solution


def color(
    count: int,
    touching: Iterable[tuple[int, int]],
    linked: Iterable[tuple[int, int]],
    earlier: Mapping[int, int] = MappingProxyType({}),
) -> list[int]:
    """Return a hue from 0 to 4 for each of `count` cells, its `earlier` one where that can be.

    Cells that touch differ: the map is planar, so that five hues are enough (Heawood 1890). Cells that are linked differ,
    too, where the search finds such hues in a limited number of steps; otherwise as many of them as a greedy choice makes.
    """
    borders = _neighbours(count, touching)
    ties = _neighbours(count, linked)
    both = [border | tie for border, tie in zip(borders, ties, strict=True)]
    return _Search(both, earlier).hues() or _Search(borders, earlier).hues() or _greedy(borders, ties)


def _neighbours(count: int, pairs: Iterable[tuple[int, int]]) -> list[set[int]]:
    neighbours: list[set[int]] = [set() for _ in range(count)]
    for one, other in pairs:
        if one != other:
            neighbours[one].add(other)
            neighbours[other].add(one)
    return neighbours


class _Search:
    """A search by backtracking, which next colours the cell with the fewest hues left (DSATUR, Brélaz 1979)."""

    def __init__(self, neighbours: list[set[int]], earlier: Mapping[int, int]) -> None:
        self._neighbours = neighbours
        self._earlier = earlier
        self._hues: dict[int, int] = {}
        self._steps = _STEPS

    def hues(self) -> list[int]:
        """Return a hue for each cell; an empty list where there are none, or where the search takes too long."""
        return [self._hues[cell] for cell in range(len(self._neighbours))] if self._extend() else []

    def _extend(self) -> bool:
        uncolored = [cell for cell in range(len(self._neighbours)) if cell not in self._hues]
        if not uncolored:
            return True
        cell = min(uncolored, key=lambda cell: (-len(self._taken(cell)), -len(self._neighbours[cell]), cell))
        hues = _least_used(self._hues.values(), self._taken(cell))
        for hue in sorted(hues, key=lambda hue: hue != self._earlier.get(cell)):
            self._steps -= 1
            self._hues[cell] = hue
            if self._steps > 0 and self._extend():
                return True
            del self._hues[cell]
        return False

    def _taken(self, cell: int) -> set[int]:
        return {self._hues[other] for other in self._neighbours[cell] if other in self._hues}


def _greedy(borders: list[set[int]], ties: list[set[int]]) -> list[int]:
    """Give one cell after the other the hue that the fewest touching cells have, then the fewest linked ones."""
    hues: list[int] = []
    for near, far in zip(borders, ties, strict=True):

        def alike(hue: int, near: set[int] = near, far: set[int] = far) -> tuple[int, int]:
            same = {cell for cell, other in enumerate(hues) if other == hue}
            return len(same & near), len(same & far)

        hues.append(min(_least_used(hues, ()), key=alike))
    return hues


def _least_used(used: Collection[int], excluded: Collection[int]) -> list[int]:
    """Return the hues that are not excluded, the least used first."""
    counts = [list(used).count(hue) for hue in range(HUES)]
    return sorted((hue for hue in range(HUES) if hue not in excluded), key=lambda hue: (counts[hue], hue))
