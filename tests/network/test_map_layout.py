"""A map shows each entry once, inside the cell of its group, and looks the same whatever the order of the network."""

from __future__ import annotations

import itertools
import random

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itasgraph.network import groups, map_layout
from itasgraph.network.builder import Networks
from itasgraph.network.folding import Line
from itasgraph.network.groups import Group, GroupedNetwork, HiddenKinds
from itasgraph.network.map_layout import MapLayout
from itasgraph.project import Project
from itasgraph.store.memory import Graph
from itasgraph.vocabulary import ITAS, SCHEMA
from tests.helpers import maps
from tests.helpers.networks import Net
from tests.helpers.properties import count_inputs, examples

WORDS = ["Mobilität", "Strukturwandel", "in", "der", "Region", "GmbH", "Auszubildendenorganisationen", "und", "Zukunft"]


def planted(seed: int, sizes: list[int], singles: int, shuffle: int = 0) -> GroupedNetwork:
    """Return groups of these sizes with chosen names, each a tree of lines, some lines between groups, and singles.

    `shuffle` changes the order of all parts, and nothing else.
    """
    chosen = random.Random(seed)
    labels: dict[str, dict[str, str]] = {}
    lines = []
    planned = []
    for size in sizes:
        first = len(labels)
        members = [f"http://example.org/{number}" for number in range(first, first + size)]
        for number, member in enumerate(members):
            labels[member] = {lang: " ".join(chosen.choices(WORDS, k=chosen.randint(1, 3))) for lang in ("de", "en")}
            if number:
                lines.append(Line(chosen.choice(members[:number]), member))
        titles = tuple(members[: chosen.choice([0, 1, 1, 2])])
        planned.append(Group(labels[members[0]], tuple(members), titles=titles))
    lines += [Line(*chosen.sample(sorted(labels), 2)) for _ in range(len(sizes))]
    labels |= {f"http://example.org/single/{number}": {"de": "Allein", "en": "Alone"} for number in range(singles)}
    order = sorted(labels)
    if shuffle:
        random.Random(shuffle).shuffle(order)
        random.Random(shuffle).shuffle(lines)
    network: Net[str] = nx.MultiDiGraph()
    for entity in order:
        network.add_node(entity, labels=labels[entity], kind=SCHEMA.Person)
    return GroupedNetwork(network, planned, lines, frozenset(labels), 0.5)


SIZES = st.lists(st.integers(2, 9), min_size=2, max_size=8)


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(20))
@given(seed=st.integers(0, 1_000), sizes=SIZES, singles=st.integers(0, 12))
@count_inputs
def test_every_entry_has_a_place_of_its_own_in_its_cell(seed: int, sizes: list[int], singles: int) -> None:
    grouped = planted(seed, sizes, singles)

    layout = map_layout.arrange(grouped)

    assert layout.places.keys() == set(grouped.network)
    assert len(set(layout.places.values())) == len(layout.places)
    for group, cell in zip(grouped.groups, layout.cells, strict=True):
        for member in group.drawn:
            depths = [maps.depth(other, layout.places[member]) for other in layout.cells]
            assert maps.depth(cell, layout.places[member]) == max(depths) > 0


@settings(deadline=None, max_examples=examples(10))
@given(seed=st.integers(0, 1_000), sizes=SIZES, shuffle=st.integers(1, 1_000))
@count_inputs
def test_order_of_the_network_changes_nothing(seed: int, sizes: list[int], shuffle: int) -> None:
    assert map_layout.arrange(planted(seed, sizes, 3)) == map_layout.arrange(planted(seed, sizes, 3, shuffle))


def test_cells_begin_at_the_top_left_and_go_clockwise() -> None:
    for cell in map_layout.arrange(planted(1, [5, 4, 3, 6, 2], 0)).cells:
        assert sum(cell[0]) == min(map(sum, cell))
        assert sum(x * v - u * y for (x, y), (u, v) in itertools.pairwise([*cell, cell[0]])) > 0


def test_entries_in_no_group_lie_below_all_cells_and_on_the_stage() -> None:
    grouped = planted(4, [6, 5, 4, 7], 25)

    layout = map_layout.arrange(grouped)

    lowest = max(y for cell in layout.cells for _, y in cell)
    heights = {layout.places[single][1] for single in grouped.singles}
    assert min(heights) >= lowest + 22
    assert len(heights) > 1
    assert max(heights) <= 366
    assert all(abs(layout.places[single][0]) <= 518 for single in grouped.singles)


def test_the_stage_is_filled_in_its_proportion() -> None:
    corners = [corner for cell in map_layout.arrange(planted(2, [6, 5, 4], 0)).cells for corner in cell]

    xs, ys = zip(*corners, strict=True)
    assert (max(xs) - min(xs)) / (max(ys) - min(ys)) == pytest.approx(1036 / 732, rel=0.02)
    assert 1000 < max(xs) - min(xs) <= 1036


@pytest.mark.slow
def test_a_stage_for_many_names_is_larger() -> None:
    corners = [corner for cell in map_layout.arrange(planted(2, [9] * 30, 0)).cells for corner in cell]

    xs, ys = zip(*corners, strict=True)
    assert (max(xs) - min(xs)) / (max(ys) - min(ys)) == pytest.approx(1036 / 732, rel=0.02)
    assert max(xs) - min(xs) > 1_300


# --- the shipped network ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped_map(graph: Graph, shipped: Project) -> GroupedNetwork:
    background = (f"{ITAS.iri}TargetGroup", ITAS.Section, SCHEMA.Event, f"{ITAS.iri}Initiative")
    hidden = HiddenKinds(background, (f"{ITAS.iri}Contribution", f"{ITAS.iri}Discussion"))
    grouped = groups.of_map(Networks(graph, shipped)["actors"], hidden, graph)
    assert grouped is not None
    return grouped


@pytest.fixture(scope="module")
def shipped_layout(shipped_map: GroupedNetwork) -> MapLayout:
    return map_layout.arrange(shipped_map)


def test_shipped_entries_are_near_those_of_their_group(shipped_map: GroupedNetwork, shipped_layout: MapLayout) -> None:
    assert maps.share_of_own_nearest(shipped_map, shipped_layout) >= 0.78


def test_few_shipped_lines_cross(shipped_map: GroupedNetwork, shipped_layout: MapLayout) -> None:
    assert maps.crossings(shipped_map, shipped_layout) <= 3


def test_hidden_entries_lie_near_those_that_they_connect(
    shipped_map: GroupedNetwork, shipped_layout: MapLayout
) -> None:
    assert shipped_map.hidden
    for entity in shipped_map.hidden:
        x, y = shipped_layout.places[entity]
        assert abs(x) <= 518
        assert abs(y) <= 366


def test_hues_of_linked_shipped_groups_differ(shipped_map: GroupedNetwork, shipped_layout: MapLayout) -> None:
    for line in shipped_map.lines:
        one, other = (shipped_map.group_of.get(end) for end in (line.source, line.target))
        if one is not None and other is not None and one != other:
            assert shipped_layout.hues[one] != shipped_layout.hues[other]


def test_shipped_signs_are_inside_their_cells(shipped_map: GroupedNetwork, shipped_layout: MapLayout) -> None:
    """The line around a cell stands four pixels inside of it."""
    room = [
        maps.depth(cell, shipped_layout.places[entity]) - map_layout.node_size(shipped_map, entity)
        for group, cell in zip(shipped_map.groups, shipped_layout.cells, strict=True)
        for entity in group.drawn
    ]

    assert min(room) > 4
