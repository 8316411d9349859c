"""The description of the shipped data as a data set."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from itasgraph.publishing import dataset
from itasgraph.store.memory import Graph
from tests.helpers.datasets import DCAT, DCTERMS, TYPE, VOID, WHOLE, objects


@pytest.fixture(scope="module")
def described(graph: Graph) -> Graph:
    return dataset.describe(graph)


def test_title_and_licence_come_from_the_data(described: Graph) -> None:
    assert objects(described, f"{DCTERMS}title") == ["ITAS knowledge graph", "ITAS-Wissensgraph"]
    assert len(objects(described, f"{DCTERMS}description")) == 2
    assert objects(described, f"{DCTERMS}license") == ["https://creativecommons.org/licenses/by/4.0/"]
    assert set(objects(described, TYPE.value)) == {f"{DCAT}Dataset", f"{VOID}Dataset"}


def test_period_is_that_of_the_events(described: Graph) -> None:
    period = ox.NamedNode(f"{WHOLE.value}#period")

    assert objects(described, f"{DCTERMS}temporal") == [period.value]
    assert objects(described, f"{DCAT}startDate", period) == ["2024-06-06"]
