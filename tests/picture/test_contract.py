"""Python writes the page's data as the contract says; tests/browser/test_contract.py looks at the scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from itasgraph.picture.contract import NetworkView, PageData
from itasgraph.project import Project
from itasgraph.store import access
from itasgraph.store.memory import Graph
from tests.helpers.browsing import embedded, page_json, page_of
from tests.helpers.contract import faults
from tests.helpers.namespaces import BASE
from tests.helpers.projects import three_congresses


@pytest.mark.quick(1)
@pytest.mark.parametrize("names", ["actors", "organisations", "topics", "contacts actors programme"])
def test_python_writes_the_contract(names: str, graph: Graph, shipped: Project) -> None:
    page = page_of(graph, shipped, names, "en")

    assert list(faults(page_json(page), PageData)) == []
    assert [one["name"] for one in page_json(page)["networks"]] == names.split()
    assert list(faults(embedded(page), NetworkView)) == []


@pytest.mark.slow
def test_moments_are_in_the_contract(tmp_path: Path) -> None:
    project = Project(three_congresses(tmp_path / "project"))
    page = page_of(access.load(project), project, "actors contacts", "en")
    (actors, contacts) = (embedded(page, number) for number in (0, 1))
    paula = {node["id"]: node for node in actors["nodes"]}[f"{BASE}person/paula-kern"]
    pairs = {edge["id"]: edge["at"] for edge in contacts["edges"]}

    assert list(faults(page_json(page), PageData)) == []
    assert list(faults(actors, NetworkView)) == []
    assert [one["begin"] for one in actors["moments"]] == ["2023-05-11", "2024-05-16", "2025-05-15"]
    assert actors["moments"] == contacts["moments"]
    assert paula["at"] == [0, 2]
    assert pairs["person/paula-kern org:organization organisation/sonnendach"] == [0, 2]


def test_contract_refuses_other_data(graph: Graph, shipped: Project) -> None:
    data = page_json(page_of(graph, shipped, "actors", "en"))
    data["entities"][0]["colour"] = "red"
    del data["edges"][0]["from"]
    data["networks"][0]["focus"] = None

    assert sorted(faults(data, PageData)) == [
        "data.edges[0].from is missing",
        "data.entities[0].colour is not in the contract",
        "data.networks[0].focus is None",
    ]


@pytest.mark.slow
def test_networks_of_a_page_share_what_they_have_in_common(graph: Graph, shipped: Project) -> None:
    names = ["actors", "organisations", "topics", "programme", "contacts"]
    alone = [embedded(page_of(graph, shipped, name, "de")) for name in names]
    page = page_of(graph, shipped, " ".join(names), "de")
    data = page_json(page)
    together = [embedded(page, number) for number in range(len(names))]

    for one, other in zip(alone, together, strict=True):
        assert [node["id"] for node in other["nodes"]] == [node["id"] for node in one["nodes"]]
        for key in ("edges", "groups", "folded", "kinds", "relations", "title", "intro"):
            assert other[key] == one[key], (one["name"], key)
    entities = {node["id"] for view in together for node in view["nodes"]}
    assert sorted(entity["id"] for entity in data["entities"]) == sorted(entities)
    assert len({repr(quote) for quote in data["quotes"]}) == len(data["quotes"])
    assert [answer["question"] for answer in data["answers"]].count("plans") == 1


def test_finding_on_an_absent_entity_names_what_is_related(graph: Graph, shipped: Project) -> None:
    page = page_of(graph, shipped, "actors contacts", "en")
    (in_actors,), (in_contacts,) = (
        [
            finding["entities"]
            for answer in embedded(page, number)["answers"]["missing"]
            for finding in answer["findings"]
            if answer["question"] == "lonely-topics" and "Hydrogen" in finding["text"]["en"]
        ]
        for number in (0, 1)
    )

    assert in_actors == [f"{graph.base}topic/wasserstoff"]
    assert in_contacts == [f"{graph.base}organisation/ihk-chemnitz", f"{graph.base}person/martin-witschass"]
