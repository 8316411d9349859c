"""Corruptions of the exported graph: what the shapes tell anybody who receives the Turtle, with the processor they have."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml

from itasgraph.graph import Graph

LISTS = yaml.safe_load((Path(__file__).parent / "corruptions.yaml").read_text(encoding="utf-8"))
CORRUPTIONS = {name: update for entries in LISTS.values() for entry in entries for name, update in entry.items()}


def corrupted(graph: Graph, update: str) -> set[ox.Triple]:
    """The triples of the union of the graphs, as `export` writes them, after a SPARQL update."""
    store = ox.Store()
    store.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in graph.triples())
    store.update(update, prefixes=graph.prefixes, base_iri=graph.base)
    return {quad.triple for quad in store}


def test_there_are_as_many_corruptions_as_the_lists_say() -> None:
    assert {name: len(entries) for name, entries in LISTS.items()} == {"reviewed": 41, "further": 40}
    assert len(CORRUPTIONS) == 81


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_a_corruption_changes_the_graph(graph: Graph, name: str) -> None:
    assert corrupted(graph, CORRUPTIONS[name]) != set(graph.triples())
