"""What takes long to compute is computed once, and again where something changed or the cache cannot be trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from itasgraph.network import map_layout, stored_results
from itasgraph.network.builder import Networks
from itasgraph.network.groups import hidden_kinds, of_map
from itasgraph.project import Project
from itasgraph.store import cache_folder
from itasgraph.store.memory import Graph

pytestmark = pytest.mark.usefixtures("empty_cache")


class Computation:
    """A computation that counts how often it is run."""

    runs = 0

    def __call__(self) -> dict[str, tuple[int, int]]:
        self.runs += 1
        return {"a": (1, 2)}


def results() -> list[Path]:
    """Return the stored results."""
    folder = cache_folder.folder() / ".results"
    return sorted(cache_folder.entries(folder)) if folder.exists() else []


def test_a_result_is_computed_once() -> None:
    compute = Computation()
    answers = [stored_results.remember("places", {"b": 1, "a": 2}, compute) for _ in range(3)]

    assert answers == [{"a": [1, 2]}] * 3
    assert compute.runs == 1


def test_other_inputs_and_purposes_have_results_of_their_own() -> None:
    compute = Computation()
    for purpose, inputs in (("places", [1]), ("places", [2]), ("groups", [1])):
        stored_results.remember(purpose, inputs, compute)

    assert compute.runs == 3


def test_a_damaged_result_is_computed_again() -> None:
    compute = Computation()
    stored_results.remember("places", [], compute)
    (entry,) = results()
    (entry / "result").write_text('{"a": [9, 9]}', encoding="utf-8")

    assert stored_results.remember("places", [], compute) == {"a": [1, 2]}
    assert compute.runs == 2
    assert results() == [entry]


def test_results_push_no_graph_out_and_are_cleared_with_them() -> None:
    (cache_folder.folder() / "graph").mkdir(parents=True)
    for number in range(25):
        stored_results.remember("places", number, Computation())
    kept = (cache_folder.folder() / "graph").exists(), len(results())
    cache_folder.clear()

    assert kept == (True, 20)
    assert results() == []


@pytest.mark.slow
def test_a_stored_map_is_the_one_that_is_computed(graph: Graph, shipped: Project) -> None:
    networks = Networks(graph, shipped)
    hidden = hidden_kinds(networks.query("actors"), graph)
    assert hidden is not None
    first, again = (of_map(networks["actors"], hidden, graph) for _ in range(2))
    assert first is not None
    assert again is not None

    assert (again.groups, again.modularity) == (first.groups, first.modularity)
    assert map_layout.stored_layout(first) == map_layout.stored_layout(again) == map_layout.arrange(first)
