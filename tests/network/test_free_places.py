"""A free place is over nothing that is taken, and as near to a point as can be."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from itasgraph.network.free_places import FreeSpace
from itasgraph.network.placement_costs import Rectangle, cut_depth, overlap
from tests.helpers.properties import count_inputs, examples

STAGE = (-300.0, -200.0, 300.0, 200.0)
BOX = (-5.0, -5.0, 60.0, 15.0)


def moved(box: Rectangle, point: tuple[float, float]) -> Rectangle:
    (x, y), (left, top, right, bottom) = point, box
    return left + x, top + y, right + x, bottom + y


@settings(deadline=None, max_examples=examples(30))
@given(seed=st.integers(0, 1_000))
@count_inputs
def test_a_free_place_is_over_no_box_and_no_line(seed: int) -> None:
    chosen = random.Random(seed)
    space = FreeSpace(STAGE)
    boxes = [moved((0, 0, 80, 30), (chosen.uniform(-300, 220), chosen.uniform(-200, 170))) for _ in range(25)]
    line = ((chosen.uniform(-300, 300), -190.0), (chosen.uniform(-300, 300), 190.0))
    for box in boxes:
        space.take(box)
    space.take_line(*line)

    point = space.nearest(BOX, (chosen.uniform(-300, 300), chosen.uniform(-200, 200)))

    if point is not None:
        found = moved(BOX, point)
        assert not any(overlap(found, box) for box in boxes)
        assert not cut_depth(*line, found)
        assert STAGE[0] <= found[0] < found[2] <= STAGE[2]
        assert STAGE[1] <= found[1] < found[3] <= STAGE[3]


def test_the_nearest_place_is_taken() -> None:
    space = FreeSpace(STAGE)
    space.take((-100, -50, 40, 50))

    point = space.nearest((-5, -5, 5, 5), (30, 0))

    assert point is not None
    assert 45 <= point[0] <= 55
    assert abs(point[1]) <= 6


def test_a_full_stage_has_no_free_place() -> None:
    space = FreeSpace(STAGE)
    space.take(STAGE)

    assert space.nearest(BOX, (0, 0)) is None


def test_a_place_inside_a_polygon_is_inside() -> None:
    space = FreeSpace(STAGE)
    square = [(100.0, 50.0), (200.0, 50.0), (200.0, 150.0), (100.0, 150.0)]

    point = space.nearest((-5, -5, 5, 5), (-250, -150), space.squares(square))

    assert point is not None
    assert 100 <= point[0] <= 200
    assert 50 <= point[1] <= 150
