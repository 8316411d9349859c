"""Cells tile the region, are convex and have their areas, whatever the groups need; linked groups are near one another."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itasgraph.network import cells
from itasgraph.network.cells import Need, Point, Polygon
from tests.helpers.properties import count_inputs, examples

REGION = cells.superellipse(1036, 640)
NEEDS = st.lists(st.builds(Need, st.floats(5_000, 60_000), st.floats(80, 260)), min_size=1, max_size=14)


def heights(polygon: Polygon, point: Point) -> list[float]:
    """Return how far a point lies inside of each side of a convex polygon, negative where it lies outside."""
    (p, q) = point
    return [
        ((u - x) * (q - y) - (v - y) * (p - x)) / math.hypot(u - x, v - y)
        for (x, y), (u, v) in cells.sides(polygon)
        if (x, y) != (u, v)
    ]


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(60))
@given(needs=NEEDS, links=st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=10))
@count_inputs
def test_cells_tile_the_region_without_overlap(needs: list[Need], links: list[tuple[int, int]]) -> None:
    inside = [(one, two) for one, two in links if one != two and max(one, two) < len(needs)]

    polygons = cells.divide(REGION, needs, inside).polygons

    assert math.fsum(map(cells.area, polygons)) == pytest.approx(cells.area(REGION))
    chosen = random.Random(1)
    for _ in range(60):
        point = (chosen.uniform(-500, 500), chosen.uniform(-300, 300))
        if min(heights(REGION, point)) > 0:
            depths = [min(heights(polygon, point)) for polygon in polygons]
            assert max(depths) > -1e-6
            assert sum(depth > 1e-6 for depth in depths) <= 1


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(60))
@given(needs=NEEDS)
@count_inputs
def test_cells_are_convex_and_clockwise(needs: list[Need]) -> None:
    for polygon in cells.divide(REGION, needs, []).polygons:
        for corner in polygon:
            assert min(heights(polygon, corner)) > -1e-6


def test_areas_are_in_proportion_to_the_needs() -> None:
    needs = [Need(10_000.0 * (1 + number % 4), 120) for number in range(13)]
    scale = cells.area(REGION) / sum(need.area for need in needs)

    polygons = cells.divide(REGION, needs, [(0, 5), (3, 7)]).polygons

    for polygon, need in zip(polygons, needs, strict=True):
        assert cells.area(polygon) == pytest.approx(need.area * scale, rel=0.05)


@pytest.mark.parametrize("share", [0.5, 0.2, 0.05])
def test_a_small_cell_beside_a_large_one_has_its_area(share: float) -> None:
    needs = [Need(1 - share, 0.1), Need(share, 0.1)]

    small = cells.divide(REGION, needs, [(0, 1)]).polygons[1]

    assert cells.area(small) == pytest.approx(share * cells.area(REGION), rel=0.2)


def test_linked_groups_touch() -> None:
    links = [(0, 7), (2, 9), (4, 11), (7, 3)]

    touching = cells.divide(REGION, [Need(30_000, 120)] * 12, links).touching

    assert {(min(link), max(link)) for link in links} <= touching


def test_cells_do_not_depend_on_the_direction_of_links() -> None:
    needs = [Need(20_000 + 3_000 * number, 150) for number in range(9)]

    assert cells.divide(REGION, needs, [(0, 5), (8, 2)]) == cells.divide(REGION, needs, [(5, 0), (2, 8)])


def test_a_group_alone_has_the_region() -> None:
    (polygon,) = cells.divide(REGION, [Need(1_000, 100)], []).polygons

    assert cells.area(polygon) == pytest.approx(cells.area(REGION))


def test_the_superellipse_fills_its_box() -> None:
    xs, ys = zip(*REGION, strict=True)

    assert (max(xs) - min(xs), max(ys) - min(ys)) == pytest.approx((1036, 640), rel=0.01)
    assert cells.area(REGION) > 0.96 * 1036 * 640


def test_the_span_of_a_polygon_at_a_height() -> None:
    triangle = [(0.0, 0.0), (10.0, 10.0), (-10.0, 10.0)]

    assert cells.span(triangle, 5) == pytest.approx((-5, 5))
    assert cells.span(triangle, 11) == (0, 0)
    assert cells.centroid(triangle) == pytest.approx((0, 20 / 3))
