"""Cells that touch or are linked have other hues, as far as five hues allow."""

from __future__ import annotations

import itertools

import pytest

from itasgraph.network import cells, map_colors
from itasgraph.network.cells import Need


@pytest.mark.parametrize("count", [1, 2, 5, 14, 30, 60])
def test_cells_that_touch_differ(count: int) -> None:
    touching = cells.divide(cells.superellipse(1036, 640), [Need(1.0, 1.0)] * count, []).touching

    hues = map_colors.color(count, touching, [])

    assert set(hues) <= set(range(map_colors.HUES))
    assert all(hues[one] != hues[other] for one, other in touching)


def test_linked_cells_differ_where_that_can_be() -> None:
    ring = [(number, (number + 1) % 8) for number in range(8)]
    across = [(number, (number + 4) % 8) for number in range(8)]

    hues = map_colors.color(8, ring, across)

    assert all(hues[one] != hues[other] for one, other in ring + across)


def test_touching_counts_more_than_links() -> None:
    ring = [(number, (number + 1) % 9) for number in range(9)]
    all_pairs = list(itertools.combinations(range(9), 2))

    hues = map_colors.color(9, ring, all_pairs)

    assert all(hues[one] != hues[other] for one, other in ring)


def test_more_than_five_that_all_touch_get_hues_all_the_same() -> None:
    hues = map_colors.color(7, itertools.combinations(range(7), 2), [])

    assert set(hues) == set(range(map_colors.HUES))


def test_hues_do_not_depend_on_the_order_of_pairs() -> None:
    ring = [(number, (number + 1) % 9) for number in range(9)]

    assert map_colors.color(9, ring, [(0, 4)]) == map_colors.color(9, ring[::-1], [(4, 0)])


def test_hues_are_used_evenly() -> None:
    hues = map_colors.color(10, [], [])

    assert [hues.count(hue) for hue in range(map_colors.HUES)] == [2] * map_colors.HUES
