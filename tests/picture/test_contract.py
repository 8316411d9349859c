"""Python writes the page's data as the contract says; tests/browser/test_contract.py looks at the scripts."""

from __future__ import annotations

import pytest

from itasgraph.picture.contract import PageData
from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.helpers.browsing import embedded, page_of
from tests.helpers.contract import faults


@pytest.mark.parametrize("name", ["actors", "organisations", "topics"])
def test_python_writes_the_contract(name: str, graph: Graph, shipped: Project) -> None:
    assert list(faults(embedded(page_of(graph, shipped, name, "en")), PageData)) == []


def test_contract_refuses_other_data(graph: Graph, shipped: Project) -> None:
    data = embedded(page_of(graph, shipped, "actors", "en"))
    data["nodes"][0]["colour"] = "red"
    del data["edges"][0]["from"]
    data["focus"] = None

    assert sorted(faults(data, PageData)) == [
        "data.edges[0].from is missing",
        "data.focus is None",
        "data.nodes[0].colour is not in the contract",
    ]
