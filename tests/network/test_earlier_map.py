"""A map that begins with an earlier one keeps its groups and places as far as the data allow: `view --like`."""

from __future__ import annotations

import math
import statistics
from itertools import combinations
from pathlib import Path

import pytest

from itasgraph.network import cells, map_colors, measures
from itasgraph.network.cells import Need
from itasgraph.network.earlier_map import EarlierGroup, EarlierMap
from itasgraph.network.measures import SimpleNetwork
from tests.helpers.browsing import embedded
from tests.helpers.programs import Run
from tests.helpers.projects import TWO_CONGRESSES, lay_out
from tools.congresses import project as congresses

LEFT, RIGHT = (
    ((0.0, 0.0), (100.0, 0.0), (100.0, 200.0), (0.0, 200.0)),
    ((100.0, 0.0), (300.0, 0.0), (300.0, 200.0), (100.0, 200.0)),
)
EARLIER = EarlierMap(
    {"a": (50.0, 20.0), "b": (200.0, 150.0)}, [EarlierGroup(("a", "c"), LEFT, 3), EarlierGroup(("b",), RIGHT, 1)]
)


def ring(size: int) -> SimpleNetwork:
    """Return a ring of nodes, which falls into groups at many places equally well."""
    nodes = tuple(f"{number:02}" for number in range(size))
    pairs = sorted((min(one, other), max(one, other)) for one in range(size) for other in [(one + 1) % size])
    return SimpleNetwork(nodes, dict.fromkeys(pairs, 1.0))


@pytest.mark.parametrize("shift", [0, 1, 2])
def test_communities_that_are_as_good_are_kept(shift: int) -> None:
    network = ring(12)
    earlier = {name: (number + shift) % 12 // 3 for number, name in enumerate(network.nodes)}
    found = measures.communities(network, earlier=earlier).members

    assert sorted(found) == sorted([name for name in network.nodes if earlier[name] == group] for group in range(4))


def test_new_nodes_join_no_earlier_community_by_number() -> None:
    """The numbers of earlier communities may be as large as the network is now, or larger."""
    network = ring(12)
    found = [measures.communities(network, earlier={"00": number}).members for number in range(40)]

    assert found == [found[0]] * 40


def test_communities_that_are_worse_are_not_kept() -> None:
    network = ring(12)
    odd_and_even = {name: number % 2 for number, name in enumerate(network.nodes)}

    assert (
        measures.communities(network, earlier=odd_and_even).modularity
        >= measures.communities(network).modularity - 0.02
    )


def test_cells_begin_where_they_were() -> None:
    region, needs = cells.superellipse(900, 600), [Need(40_000, 100)] * 4
    known = {0: (200.0, 150.0), 1: (-200.0, -150.0), 2: (200.0, -150.0)}
    polygons = cells.divide(region, needs, [(0, 3)], known).polygons
    middles = [cells.centroid(polygon) for polygon in polygons]

    assert all(math.dist(middles[number], point) < 80 for number, point in known.items())
    assert math.fsum(map(cells.area, polygons)) == pytest.approx(cells.area(region))


def test_each_earlier_group_is_continued_once() -> None:
    assert EARLIER.match([{"c", "d"}, {"a", "b"}, {"e"}]) == {0: 0, 1: 1}


def test_places_move_with_their_cells() -> None:
    wide = [(0.0, 0.0), (400.0, 0.0), (400.0, 100.0), (0.0, 100.0)]

    assert EARLIER.place_in("a", 0, wide) == (200.0, 10.0)
    assert EARLIER.place_in("b", 0, wide) is None
    assert EARLIER.sites({0: 0, 1: 1}, 600, 200) == {0: (-200.0, 0.0), 1: (100.0, 0.0)}


def test_groups_keep_their_hues_where_no_two_that_touch_are_alike() -> None:
    assert map_colors.color(3, [(0, 1), (1, 2)], [], {0: 4, 1: 2, 2: 4}) == [4, 2, 4]
    assert len(set(map_colors.color(2, [(0, 1)], [], {0: 3, 1: 3}))) == 2


def stability(before: Path, after: Path) -> tuple[float, float]:
    """Return the median shift of entries in groups, in pixels, and the share of the pairs in one group that stayed together."""
    one, other = (embedded(path.read_bytes()) for path in (before, after))
    places = [{node["id"]: (node["x"], node["y"]) for node in view["nodes"]} for view in (one, other)]
    groups = [
        {member: number for number, group in enumerate(view["groups"]) for member in group["members"]}
        for view in (one, other)
    ]
    both = sorted(groups[0].keys() & groups[1].keys())
    pairs = [(a, b) for a, b in combinations(both, 2) if groups[0][a] == groups[0][b]]
    return (
        statistics.median(math.dist(places[0][entity], places[1][entity]) for entity in both),
        sum(groups[1][a] == groups[1][b] for a, b in pairs) / len(pairs),
    )


@pytest.mark.slow
def test_a_third_event_leaves_most_where_it_was(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "project"
    congresses.create(folder, 3, 1)
    third = folder / "data" / "nordtal-3.yaml"
    text = third.read_bytes()
    third.unlink()
    before, anew, like, again = (tmp_path / f"{name}.html" for name in ("before", "anew", "like", "again"))
    run("view", "actors", "--project", folder, "-o", before)
    third.write_bytes(text)
    run("view", "actors", "--project", folder, "-o", anew)
    for path in (like, again):
        run("view", "actors", "--project", folder, "--like", before, "-o", path)
    (shift, kept), (shift_anew, kept_anew) = stability(before, like), stability(before, anew)

    assert like.read_bytes() == again.read_bytes()
    assert shift < 120 < shift_anew
    assert kept > 0.9 > kept_anew


@pytest.mark.slow
def test_a_network_without_a_map_stays_as_it_is(run: Run, tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "project", TWO_CONGRESSES)
    before, plain, like = (tmp_path / f"{name}.html" for name in ("before", "plain", "like"))
    run("view", "actors", "--project", folder, "-o", before)
    run("view", "contacts", "--project", folder, "-o", plain)
    run("view", "contacts", "--project", folder, "--like", before, "-o", like)

    assert like.read_bytes() == plain.read_bytes()


@pytest.mark.slow
def test_a_map_that_the_earlier_page_lacks_is_remarked(run: Run, tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "project", TWO_CONGRESSES)
    before, new = tmp_path / "before.html", tmp_path / "new.html"
    run("view", "contacts", "--project", folder, "-o", before)
    lacking = run("view", "actors", "--project", folder, "--like", before, "-o", new, "--lang", "en")
    having = run("view", "actors", "--project", folder, "--like", new, "-o", new, "--lang", "en")

    assert f"“{before}” holds no map of actors; its places are found anew." in lacking.stderr
    assert "holds no map" not in having.stderr


@pytest.mark.parametrize(
    "content", ["<p>Hello</p>", '<script type="application/json" id="graph-data" data-base="">{}</script>']
)
def test_another_file_is_refused(run: Run, tmp_path: Path, content: str) -> None:
    path = tmp_path / "other.html"
    path.write_text(content, encoding="utf-8")
    done = run("view", "--like", path, "-o", tmp_path / "new.html", "--lang", "en")

    assert done.exit_code == 2
    assert "is no picture that itasgraph view wrote" in done.stderr
    assert not (tmp_path / "new.html").exists()
