"""Entries lie in the cells of their groups, named without overlap where there is room, and the same each time."""

from __future__ import annotations

import math
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from itasgraph.network import cells, placement, placement_costs
from itasgraph.network.cells import Need
from itasgraph.network.label_boxes import Box
from itasgraph.network.placement import Line
from itasgraph.network.placement_costs import BELOW, RIGHT, Board, Entry, Place
from tests.helpers.properties import count_inputs, examples

SQUARE = [(-200.0, -150.0), (200.0, -150.0), (200.0, 150.0), (-200.0, 150.0)]
NAME = Entry(Box(100, 29), 5)


def planted(seed: int, sizes: list[int]) -> tuple[list[list[int]], list[Entry], list[Line]]:
    """Return groups of these sizes, each a tree of lines, with lines between groups."""
    chosen = random.Random(seed)
    groups: list[list[int]] = []
    lines: list[Line] = []
    for size in sizes:
        first = sum(map(len, groups))
        groups.append(list(range(first, first + size)))
        lines += [(chosen.choice(range(first, number)), number) for number in range(first + 1, first + size)]
    if len(groups) > 1:
        lines += [(chosen.choice(groups[0]), chosen.choice(groups[1])), (chosen.choice(groups[0]), groups[-1][0])]
    entries = [Entry(Box(chosen.uniform(30, 130), chosen.choice([14.5, 29])), 5) for _ in range(sum(sizes))]
    return groups, entries, lines


def arrange(
    groups: list[list[int]], entries: list[Entry], lines: list[Line]
) -> tuple[list[cells.Polygon], list[Place]]:
    polygons = cells.divide(cells.superellipse(1036, 640), [Need(len(group), 160) for group in groups], []).polygons
    return polygons, placement.place(polygons, groups, entries, lines)


@settings(deadline=None, max_examples=examples(20))
@given(seed=st.integers(0, 1_000), sizes=st.lists(st.integers(2, 9), min_size=2, max_size=6))
@count_inputs
def test_every_sign_lies_in_the_cell_of_its_group(seed: int, sizes: list[int]) -> None:
    groups, entries, lines = planted(seed, sizes)

    polygons, places = arrange(groups, entries, lines)

    assert len(places) == len(entries)
    for group, polygon in zip(groups, polygons, strict=True):
        for (x, y), (u, v) in cells.sides(polygon):
            for member in group:
                p, q = places[member].point
                assert (u - x) * (q - y) - (v - y) * (p - x) > 0


def test_names_in_roomy_cells_lie_over_nothing() -> None:
    groups, entries, lines = planted(7, [6, 5, 4, 3, 5])

    _, places = arrange(groups, entries, lines)

    boxes = [placement_costs.name_box(entry, place) for entry, place in zip(entries, places, strict=True)]
    assert not any(placement_costs.overlap(boxes[one], boxes[two]) for one in range(len(boxes)) for two in range(one))


def test_lines_of_a_tree_do_not_cross() -> None:
    groups, entries, lines = planted(3, [9])

    _, places = arrange(groups, entries, lines)

    points = [place.point for place in places]
    for number, (a, b) in enumerate(lines):
        for c, d in lines[:number]:
            assert {a, b} & {c, d} or not placement_costs.cross(points[a], points[b], points[c], points[d])


def test_places_are_the_same_each_time() -> None:
    groups, entries, lines = planted(5, [4, 6, 3])

    assert arrange(groups, entries, lines) == arrange(groups, entries, lines)


def test_a_group_of_one_has_a_place() -> None:
    places = placement.place([SQUARE], [[0]], [NAME], [])

    assert all(abs(value) < 200 for value in places[0].point)


# --- costs --------------------------------------------------------------------------------------------------------------


def board(*places: Place, lines: list[Line] | None = None) -> Board:
    made = Board(SQUARE, [NAME] * len(places), [(500.0, 0.0)], lines or [])
    made.arrange(places)
    return made


def test_names_over_names_cost_more_than_names_apart() -> None:
    apart = board(Place((-50, -60), BELOW), Place((-50, 60), BELOW))
    over = board(Place((-50, -60), BELOW), Place((-40, -50), BELOW))

    assert over.total() > apart.total() + 100
    assert (apart.faults(), over.faults() > 0) == (0, True)


def test_a_name_beyond_the_cell_is_a_fault() -> None:
    assert board(Place((150, 0), RIGHT)).faults() == 1
    assert board(Place((0, 0), RIGHT)).faults() == 0


def test_crossing_lines_and_lines_over_names_are_faults() -> None:
    corners = [Place((-100, -80), BELOW), Place((60, 60), BELOW), Place((60, -80), BELOW), Place((-100, 60), BELOW)]

    assert board(*corners, lines=[(0, 2), (1, 3)]).faults() == 0
    assert board(*corners, lines=[(0, 1), (2, 3)]).faults() == 1
    assert board(Place((-100, 0), RIGHT), Place((40, -8), RIGHT), lines=[(0, 2)]).faults() == 1


def test_moving_by_the_escape_leads_off_other_names() -> None:
    made = board(Place((0, 0), RIGHT), Place((20, 10), RIGHT))
    dx, dy = made.escape(0)

    made.put(0, (dx, dy), RIGHT)

    assert made.faults() == 0


def test_the_cost_above_a_limit_is_above_it() -> None:
    made = board(Place((0, 0), BELOW), Place((20, 25), BELOW), lines=[(0, 1), (0, 2)])

    assert made.cost(0, (0.0, 0.0), BELOW, limit=1.0) > 1.0
    assert made.cost(0, (0.0, 0.0), BELOW) == made.cost(0, (0.0, 0.0), BELOW, limit=math.inf)


def test_a_segment_through_a_box_must_move_aside_to_leave_it() -> None:
    box = (0.0, 0.0, 10.0, 4.0)

    assert placement_costs.cut_depth((-5, 1), (15, 1), box) == 1
    assert placement_costs.cut_depth((-5, 5), (15, 5), box) == 0
    assert placement_costs.cut_depth((-5, -1), (-1, 20), box) == 0
    assert placement_costs.cut_depth((3, 2), (3, 2), box) == 0


def test_segments_cross_or_pass() -> None:
    assert placement_costs.cross((0, 0), (4, 4), (0, 4), (4, 0))
    assert not placement_costs.cross((0, 0), (1, 1), (0, 4), (4, 0))
    assert placement_costs.passes((0, 0), (10, 0), (5, 3), 4)
    assert not placement_costs.passes((0, 0), (10, 0), (15, 0), 4)
