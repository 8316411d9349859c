"""Which networks a page has, where the user names none."""

from __future__ import annotations

from pathlib import Path

import pytest

from itasgraph.errors import UsageError
from itasgraph.network import partial_network
from itasgraph.network.builder import Networks
from itasgraph.picture import page_data, selection
from itasgraph.picture.excerpt import ExcerptOptions
from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.helpers.graphs import graph_of


def networks_of(folder: Path, *sizes: int) -> Networks:
    """Return networks with so many entities and a place in the switch each, called one, two, three."""
    (folder / "queries" / "network").mkdir(parents=True)
    for order, (name, size) in enumerate(zip(("one", "two", "three"), sizes, strict=True), 1):
        values = " ".join(f"<urn:{number}>" for number in range(size))
        query = f"#+ order: {order}\nSELECT ?source ?relation ?target {{ VALUES ?source {{ {values} }} }}"
        (folder / "queries" / "network" / f"{name}.rq").write_text(query, encoding="utf-8")
    return Networks(graph_of(""), Project(folder))


@pytest.mark.parametrize(
    ("sizes", "names"),
    [
        pytest.param((3, 3, 2_000), ["one", "two", "three"], id="none-large"),
        pytest.param((3, 2_001, 3), ["one", "three"], id="large-second"),
        pytest.param((2_001, 3, 3), ["one"], id="large-first"),
    ],
)
def test_large_network_shares_no_page_unasked(tmp_path: Path, sizes: tuple[int, int, int], names: list[str]) -> None:
    networks = networks_of(tmp_path, *sizes)

    assert list(selection.of_project(networks, ExcerptOptions(), "en", every=False)) == names
    assert list(selection.of_project(networks, ExcerptOptions(), "en", every=True)) == ["one", "two", "three"]
    assert list(selection.of_names(networks, ["one", "two"], ExcerptOptions(), "en")) == ["one", "two"]


@pytest.fixture
def large(graph: Graph, shipped: Project, monkeypatch: pytest.MonkeyPatch) -> Networks:
    """Return the networks of the shipped graph as if it were large."""
    monkeypatch.setattr(partial_network, "_LARGE", 10)
    return Networks(graph, shipped)


@pytest.mark.parametrize("middle", ["person/boris-kaiser", "organisation/cwe", "offer/circular-cars", "topic/bildung"])
def test_surroundings_in_a_large_graph_say_the_same_of_each_entity(large: Networks, middle: str) -> None:
    excerpts = selection.of_project(large, ExcerptOptions(middle), "en", every=False)
    pictures = page_data.picture_networks(large, excerpts)
    whole = page_data.page_data(large.graph, pictures, "en")
    alone = page_data.page_data(selection.graph_of_page(large, excerpts), pictures, "en")
    keys = ("id", "kind", "label", "names", "also", "alt", "facts", "quotes")

    assert list(excerpts) == ["actors"]
    assert [{key: one.get(key) for key in keys} for one in alone["entities"]] == [
        {key: one.get(key) for key in keys} for one in whole["entities"]
    ]
    for part in ("edges", "kinds", "quotes", "quoted", "relations", "titles", "factLabels", "former", "networks"):
        assert alone[part] == whole[part]
    assert {*alone["sources"]} <= {*whole["sources"]}


def test_surroundings_in_a_large_graph_hold_no_answers_on_the_whole(large: Networks) -> None:
    excerpts = selection.of_project(large, ExcerptOptions("person/boris-kaiser", 1), "en", every=False)
    (picture,) = page_data.picture_networks(large, excerpts)

    assert picture.answers == {}
    assert picture.excerpt_note["en"] == "The picture shows the surroundings of “Boris Kaiser” (steps: 1)."


def test_network_that_cannot_be_read_in_part_is_read_as_a_whole(large: Networks) -> None:
    (one,) = selection.of_names(large, ["contacts"], ExcerptOptions("person/boris-kaiser"), "en").values()

    assert not one.alone
    assert one.focus == f"{large.graph.base}person/boris-kaiser"


def test_entity_that_a_large_network_lacks_is_an_error(large: Networks) -> None:
    with pytest.raises(UsageError) as caught:
        selection.of_names(large, ["topics"], ExcerptOptions("section/zulieferer"), "en")

    assert caught.value.code == "focus-not-in-network"
