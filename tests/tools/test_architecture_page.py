"""docs/architecture.md: each form of its relation is the one that the program makes."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox

from itasgraph.serializers import linked_data
from itasgraph.store.memory import Graph
from tests.helpers.projects import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_yaml_stands_in_the_data() -> None:
    (block,) = blocks("yaml")

    assert block in Path(ROOT / "data" / "itas-kongress-2024.yaml").read_text(encoding="utf-8")


def test_turtle_is_in_the_graph(graph: Graph) -> None:
    prologue = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in graph.prefixes.items())
    triples = list(ox.parse(prologue + "".join(blocks("turtle")), ox.RdfFormat.TURTLE, base_iri=graph.base))

    assert len(triples) == 11
    assert [str(quad) for quad in triples if quad not in graph.store] == []


def test_text_is_in_the_export(graph: Graph) -> None:
    first, *lines = blocks("text")[0].splitlines(keepends=True)
    exported = linked_data.serialize(graph, graph.triples(), "turtle").decode()

    record = exported.partition(f"\n{first}")[2].partition("\n    .\n")[0]
    assert lines
    assert [line for line in lines if line not in f"{record}\n"] == []


def test_python_runs() -> None:
    (block,) = blocks("python")

    exec(block, {})
