"""A search in the part of a network that is read from both ends finds the same paths and explanations as one in the whole."""

from __future__ import annotations

import random

import pytest

from itasgraph.network import builder, partial_network, path_area, path_report, paths
from itasgraph.project import Project
from itasgraph.store.memory import Graph

PAIRS = 60


def answer(graph: Graph, project: Project, request: paths.PathRequest) -> str:
    """Return the answer as text and as JSON."""
    result = paths.find_paths(graph, project, request, "en")
    return path_report.to_text(graph, result, "en", True) + path_report.to_json(graph, result, "en", True)


@pytest.fixture(scope="module")
def requests(graph: Graph) -> list[paths.PathRequest]:
    """Return requests for paths between entries chosen at random, some with a greatest length."""
    rows = graph.select("SELECT DISTINCT ?entity { ?entity itas:kind ?kind } ORDER BY ?entity")
    entities = [row["entity"].value for row in rows]
    chance = random.Random(3)
    pairs = [chance.sample(entities, 2) for _ in range(PAIRS)]
    return [paths.PathRequest(one, other, max_steps=chance.choice([None, None, 2])) for one, other in pairs]


def test_answers_are_those_of_the_whole_network(
    graph: Graph, shipped: Project, requests: list[paths.PathRequest], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [answer(graph, shipped, request) for request in requests]
    monkeypatch.setattr(partial_network, "_LARGE", 10)
    monkeypatch.setattr(builder, "build", None)  # nobody builds the whole network
    in_part = [answer(graph, shipped, request) for request in requests]

    assert any('"connected": true' in one for one in whole)
    assert any('"connected": false' in one for one in whole)
    assert in_part == whole


def test_search_that_comes_to_many_entities_is_left_to_the_whole_network(
    graph: Graph, shipped: Project, requests: list[paths.PathRequest], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [answer(graph, shipped, request) for request in requests[:10]]
    monkeypatch.setattr(partial_network, "_LARGE", 10)
    monkeypatch.setattr(path_area, "_MOST_ENTITIES", 10)

    assert [answer(graph, shipped, request) for request in requests[:10]] == whole
