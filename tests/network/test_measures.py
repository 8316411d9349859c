"""Measures agree with independent implementations and with what can be counted by hand, whatever the order of things."""

from __future__ import annotations

import math
import os
import random
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import igraph
import networkx as nx
import pytest

from itasgraph import messages
from itasgraph.network import builder, measures
from itasgraph.network.measures import Network
from itasgraph.project import Project
from itasgraph.store.graph import Graph
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT
from tests.helpers.properties import mostly_slow

SEEDS = range(10)
SHIPPED = ["actors", "contacts", "everything", "links", "organisations", "programme", "sections", "topics"]
Multi = nx.MultiDiGraph


def ignore(_share: float) -> None:
    """Nobody asks how far the work is."""


def multi(*links: tuple[str, str], alone: tuple[str, ...] = ()) -> Multi[str]:
    made: Multi[str] = nx.MultiDiGraph()
    made.add_edges_from(links)
    made.add_nodes_from(alone)
    return made


def chance(seed: int) -> Multi[str]:
    """A random network with loops, repeated links, links both ways and things alone."""
    dice = random.Random(seed)
    things = [f"thing-{number}" for number in range(40)]
    return multi(*((dice.choice(things), dice.choice(things)) for _ in range(30 + 6 * seed)), alone=tuple(things))


def plain(found: Multi[str]) -> nx.Graph[str]:
    """The same as networkx itself makes it simple."""
    made = nx.Graph(found.to_undirected())
    made.remove_edges_from(list(nx.selfloop_edges(made)))
    return made


@pytest.fixture(scope="module", params=[*SHIPPED, *SEEDS], ids=str)
def any_network(request: pytest.FixtureRequest, graph: Graph, shipped: Project) -> Multi[str]:
    """Each network of the shipped project, and ten random ones."""
    if isinstance(request.param, int):
        return chance(request.param)
    return builder.build(graph, builder.find(request.param, shipped).text, request.param)


def test_each_shipped_network_is_measured_here(shipped: Project) -> None:
    assert [path.stem for path in shipped.networks] == SHIPPED


# --- against networkx and igraph ----------------------------------------------------------------------------------------


@pytest.mark.quick(4)
def test_betweenness_is_that_of_networkx(any_network: Multi[str]) -> None:
    found = measures.betweenness(Network.of(any_network), ignore)

    assert found.figures == pytest.approx(nx.betweenness_centrality(plain(any_network), normalized=False), abs=1e-5)
    assert (found.errors, found.sources) == ({}, len(any_network))


def test_articulation_points_are_those_of_networkx_with_the_parts_that_arise(any_network: Multi[str]) -> None:
    whole = plain(any_network)
    parts = {}
    for point in nx.articulation_points(whole):
        rest = whole.subgraph(nx.node_connected_component(whole, point) - {point})
        parts[point] = tuple(sorted(map(len, nx.connected_components(rest)), reverse=True))

    assert measures.cuts(Network.of(any_network)) == parts


def test_who_is_cut_off_is_what_networkx_finds_without_the_thing(any_network: Multi[str]) -> None:
    simple, whole = Network.of(any_network), plain(any_network)

    for thing in whole:
        rest = whole.subgraph(nx.node_connected_component(whole, thing) - {thing})
        expected = {frozenset(part) for part in nx.connected_components(rest)}
        assert {frozenset(part) for part in measures.without(simple, thing)} == expected


def test_connected_parts_are_those_of_networkx_the_largest_first(any_network: Multi[str]) -> None:
    found = Network.of(any_network).parts

    assert {frozenset(part) for part in found} == set(map(frozenset, nx.connected_components(plain(any_network))))
    assert [len(part) for part in found] == sorted(map(len, found), reverse=True)


def test_groups_have_the_modularity_networkx_computes_and_no_worse_one_than_its_own(any_network: Multi[str]) -> None:
    found = measures.groups(Network.of(any_network))
    weighted: nx.Graph[str] = nx.Graph()
    weighted.add_nodes_from(any_network)
    for one, other, weight in any_network.edges(data="weight", default=1.0):
        if one != other:
            before = weighted.get_edge_data(one, other, {"weight": 0.0})["weight"]
            weighted.add_edge(one, other, weight=before + weight)
    alone = [{thing} for thing in weighted if not any(thing in members for members in found.members)]
    theirs = nx.community.modularity(weighted, nx.community.louvain_communities(weighted, seed=0))

    assert found.modularity == pytest.approx(
        nx.community.modularity(weighted, [*map(set, found.members), *alone]), abs=1e-6
    )
    assert found.modularity > theirs - 0.01


@pytest.mark.parametrize("seed", [1, 2])
def test_groups_do_not_depend_on_what_random_numbers_were_drawn_before(any_network: Multi[str], seed: int) -> None:
    simple = Network.of(any_network)
    before = measures.groups(simple)

    igraph.set_random_number_generator(random.Random(seed))

    assert measures.groups(simple) == before


def test_groups_stay_within_connected_parts_and_hold_nobody_twice(any_network: Multi[str]) -> None:
    found = measures.groups(Network.of(any_network)).members
    members = [thing for group in found for thing in group]

    assert len(members) == len(set(members))
    assert all(nx.is_connected(plain(any_network).subgraph(group)) for group in found)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_in_which_things_and_links_come_changes_nothing(seed: int) -> None:
    one = chance(seed)
    things, links = list(one), list(one.edges())
    random.Random(seed).shuffle(things)
    random.Random(seed + 1).shuffle(links)
    other: Multi[str] = nx.MultiDiGraph()
    other.add_nodes_from(things)
    other.add_edges_from((b, a) if number % 2 else (a, b) for number, (a, b) in enumerate(links))

    assert _measured(one) == _measured(other)


def _measured(found: Multi[str]) -> object:
    simple = Network.of(found)
    return (
        measures.betweenness(simple, ignore),
        measures.cuts(simple),
        measures.groups(simple),
        simple.parts,
    )


# --- by hand ----------------------------------------------------------------------------------------------------------


def test_in_a_chain_of_five_the_middle_lies_between_four_pairs() -> None:
    chain = Network.of(multi(("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")))

    assert measures.betweenness(chain, ignore).figures == {"a": 0, "b": 3, "c": 4, "d": 3, "e": 0}
    assert measures.cuts(chain) == {"b": (3, 1), "c": (2, 2), "d": (3, 1)}
    assert measures.without(chain, "c") == [["a", "b"], ["d", "e"]]


def test_two_equally_short_ways_count_half_each() -> None:
    square = Network.of(multi(("a", "b"), ("b", "c"), ("c", "d"), ("d", "a")))

    assert measures.betweenness(square, ignore).figures == dict.fromkeys("abcd", 0.5)
    assert measures.cuts(square) == {}


def test_mentions_do_not_change_who_lies_between() -> None:
    often = Network.of(multi(*[("a", "b")] * 5, ("b", "a"), ("b", "c"), ("b", "b")))

    assert measures.betweenness(often, ignore).figures == {"a": 0, "b": 1, "c": 0}
    assert often.weights == {(0, 1): 6.0, (1, 2): 1.0}


def test_two_triangles_joined_by_one_link_are_two_groups() -> None:
    links = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "e"), ("e", "f"), ("f", "d"), ("c", "d")]

    found = measures.groups(Network.of(multi(*links, alone=("z",))))

    assert found.members == [["a", "b", "c"], ["d", "e", "f"]]
    assert found.modularity == pytest.approx(6 / 7 - 2 * (7 / 14) ** 2)


def test_an_empty_network_has_no_figures() -> None:
    empty = Network.of(multi())

    assert measures.betweenness(empty, ignore).figures == {}
    assert (measures.cuts(empty), measures.groups(empty).members, empty.parts) == ({}, [], [])


# --- large ------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_beyond_five_thousand_things_betweenness_is_a_sample_with_its_error() -> None:
    tree = nx.random_labeled_tree(measures.EXACT + 1, seed=7)
    simple = Network.of(multi(*((f"n{a}", f"n{b}") for a, b in tree.edges())))
    shares: list[float] = []

    found = measures.betweenness(simple, shares.append)

    exact = dict(zip(simple.names, simple.graph.betweenness(directed=False), strict=True))
    top = sorted(exact, key=lambda thing: -exact[thing])[:20]
    assert found.sources == 1_000
    assert sum(shares) == pytest.approx(1)
    assert all(found.errors[thing] > 0 for thing in top)
    assert all(abs(found.figures[thing] - exact[thing]) < 5 * found.errors[thing] for thing in top)
    assert math.fsum(found.figures.values()) == pytest.approx(math.fsum(exact.values()), rel=0.1)


def test_five_thousand_things_are_still_counted_exactly() -> None:
    ring = Network.of(multi(*((f"n{n:04}", f"n{(n + 1) % measures.EXACT:04}") for n in range(measures.EXACT))))

    found = measures.betweenness(ring, ignore)

    assert (found.sources, found.errors) == (measures.EXACT, {})
    # Each thing is as good as any other: 2,499 pairs per distance, one of two ways where the distance is half the ring.
    assert set(found.figures.values()) == {(measures.EXACT / 2 - 1) ** 2 / 2}


# --- another backend ----------------------------------------------------------------------------------------------------

# nx-parallel 0.3 calls what only networkx 3.4 has: both go into a folder that Python looks into first.
PINNED = ROOT / "locks" / "backend.txt"
# What the backend is told beside the environment, and that it says what it is handed.
PARALLEL = """
import logging, sys
import networkx as nx
logging.basicConfig(level=logging.DEBUG)
nx.config.backends.parallel.active = True
nx.config.backends.parallel.n_jobs = 2
"""
SECTIONS = """
from itasgraph.store import graph; from itasgraph.network import builder; from itasgraph import project
from itasgraph.network import measures
found = project.find()
simple = measures.Network.of(builder.build(graph.load(found), builder.find("sections", found).text, "sections"))
measures.EXACT = 10  # more than that is left to the backend
answer = measures.betweenness(simple, lambda share: None)
assert (answer.errors, answer.sources) == ({}, len(simple.names))
for thing, figure in answer.figures.items():
    print(thing, figure)
"""


@pytest.fixture(scope="module")
def pinned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the parallel backend and the networkx it is made for; skips where they cannot be installed."""
    folder = tmp_path_factory.mktemp("parallel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--only-binary", ":all:"]
    command = [*pip, "--require-hashes", "--requirement", str(PINNED), "--target", str(folder)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        pytest.skip(f"{PINNED} cannot be installed: {done.stderr.strip().splitlines()[-1]}")
    return folder


def with_backend(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What a fresh Python says in which networkx hands over to the backend in a folder."""
    environment = {**os.environ, "NETWORKX_BACKEND_PRIORITY": "parallel", "PYTHONUTF8": "1", "PYTHONPATH": str(folder)}
    return subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.slow
def test_a_parallel_backend_of_networkx_computes_the_same_betweenness(
    graph: Graph, shipped: Project, pinned: Path
) -> None:
    simple = Network.of(builder.build(graph, builder.find("sections", shipped).text, "sections"))

    done = with_backend(pinned, "-c", PARALLEL + SECTIONS)

    figures = {thing: float(figure) for thing, figure in (line.rsplit(" ", 1) for line in done.stdout.splitlines())}
    assert "Using backend 'parallel' for call to 'betweenness_centrality'" in done.stderr.replace("`", "'")
    assert figures == pytest.approx(measures.betweenness(simple, ignore).figures, abs=1e-5)


@pytest.mark.slow
def test_the_python_of_the_docs_runs_on_the_parallel_backend(pinned: Path) -> None:
    text = (ROOT / "docs" / "networks.md").read_text(encoding="utf-8")
    block = re.findall(r"```python\n(.*?)```", text, re.DOTALL)[0]

    done = with_backend(pinned, "-c", f"import logging\nlogging.basicConfig(level=logging.DEBUG)\n{block}")

    assert done.returncode == 0
    assert "Using backend 'parallel' for call to 'betweenness_centrality'" in done.stderr.replace("`", "'")


@pytest.mark.slow
def test_analyse_and_path_print_the_same_with_a_parallel_backend(run: Run, pinned: Path) -> None:
    for command in (["analyse", "sections"], ["path", "Boris Kaiser", "Udo Wehner"]):
        arguments = [*command, "--project", str(ROOT), "--lang", "en"]

        assert with_backend(pinned, "-m", "itasgraph", *arguments).stdout == run(*arguments).stdout


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A folder with a package that networkx knows as the backend `parallel` and that cannot be loaded."""
    about = tmp_path / "broken_backend-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Name: broken-backend\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[networkx.backends]\nparallel = broken_backend:it\n", encoding="utf-8")
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_a_backend_that_does_not_work_is_named_in_one_sentence_with_the_way_out(broken: Path, lang: str) -> None:
    done = with_backend(
        broken, "-m", "itasgraph", "path", "Boris Kaiser", "CWE", "--project", str(ROOT), "--lang", lang
    )

    assert (done.returncode, done.stdout) == (3, "")
    assert len(done.stderr.splitlines()) == 1
    assert "broken_backend" in done.stderr
    assert {"de": "NETWORKX_BACKEND_PRIORITY löschen", "en": "unset the environment variable"}[lang] in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("line", mostly_slow(["analyse sections", "export -f gexf", "view -o -"], "export -f gexf"))
def test_what_no_backend_computes_does_not_mind_one_that_does_not_work(run: Run, broken: Path, line: str) -> None:
    arguments = [*line.split(), "--project", str(ROOT), "--lang", "en"]

    assert with_backend(broken, "-m", "itasgraph", *arguments).stdout == run(*arguments).stdout


@pytest.mark.quick(1)
@pytest.mark.parametrize("command", [["analyse"], ["path", "Boris Kaiser", "CWE"], ["export", "-f", "gexf"], ["view"]])
def test_a_backend_that_nobody_installed_is_named_in_one_sentence(tmp_path: Path, command: list[str]) -> None:
    done = with_backend(tmp_path, "-m", "itasgraph", *command, "--project", str(ROOT), "--lang", "en")

    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith('the backend "parallel" that networkx is to hand its work to does not work here: ')


def test_who_belongs_to_another_is_in_the_same_group_whatever_else_links_them() -> None:
    """Two cliques; the person is in one of them, the organisation in the other."""
    cliques = [[f"a{n}" for n in range(4)] + ["person"], [f"b{n}" for n in range(4)] + ["organisation"]]
    net = Network.of(multi(*(pair for clique in cliques for pair in combinations(clique, 2))))

    apart, together = measures.groups(net), measures.groups(net, {"person": "organisation"})

    assert not any({"person", "organisation"} <= set(group) for group in apart.members)
    assert any({"person", "organisation"} <= set(group) for group in together.members)
