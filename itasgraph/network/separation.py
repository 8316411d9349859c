"""Discs moved apart until none lies over another."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

Point = tuple[float, float]

# The share of the missing distance by which each of two discs moves in a round; with more, lines tangle.
_PUSH: Final = 0.25
_NEAR_ENOUGH: Final = 0.99  # of the required distance


def separate(places: Sequence[Point], radii: Sequence[float], rounds: int) -> list[Point]:
    """Move discs that lie over one another apart, until none does or all rounds are over; return their middles."""
    xs, ys = [x for x, _ in places], [y for _, y in places]
    for _ in range(rounds):
        crowded = False
        for one, other in _close_pairs(xs, ys, radii):
            dx, dy = xs[other] - xs[one], ys[other] - ys[one]
            distance, required = math.hypot(dx, dy), radii[one] + radii[other]
            if distance < _NEAR_ENOUGH * required:
                crowded = True
                share = _PUSH * (required - distance) / (distance or 1.0)
                dx, dy = (dx, dy) if distance else (1.0, 0.0)
                xs[one], ys[one] = xs[one] - dx * share, ys[one] - dy * share
                xs[other], ys[other] = xs[other] + dx * share, ys[other] + dy * share
        if not crowded:
            break
    return list(zip(xs, ys, strict=True))


def _close_pairs(xs: Sequence[float], ys: Sequence[float], radii: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Yield pairs that may be too close, by a grid: each disc looks for smaller ones within its own reach."""
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
