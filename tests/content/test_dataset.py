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


def test_description_satisfies_dcat_ap(described: Graph) -> None:
    """DCAT-AP 3.0.1: title and description of a data set, and values that say what they are where they stand elsewhere."""
    ranges = {
        f"{DCTERMS}language": f"{DCTERMS}LinguisticSystem",
        f"{DCTERMS}license": f"{DCTERMS}LicenseDocument",
        f"{DCTERMS}spatial": f"{DCTERMS}Location",
        f"{DCAT}theme": "http://www.w3.org/2004/02/skos/core#Concept",
    }
    values = {one: [ox.NamedNode(iri) for iri in objects(described, one)] for one in ranges}

    assert all(values.values())
    assert {
        (node.value, class_)
        for one, class_ in ranges.items()
        for node in values[one]
        if class_ not in objects(described, TYPE.value, node)
    } == set()
    for theme in values[f"{DCAT}theme"]:
        assert len(objects(described, "http://www.w3.org/2004/02/skos/core#prefLabel", theme)) == 2
    # Only a data set may be the source of one; the documents are what the data were derived from.
    assert objects(described, f"{DCTERMS}source") == []
    assert objects(described, f"{DCAT}keyword") != []
