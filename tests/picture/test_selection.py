"""Which networks a page has, where the user names none."""

from __future__ import annotations

from pathlib import Path

import pytest

from itasgraph.network.builder import Networks
from itasgraph.picture import selection
from itasgraph.picture.excerpt import ExcerptOptions
from itasgraph.project import Project
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
