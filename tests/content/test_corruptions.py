"""Corruptions of the exported graph: what the shapes tell anybody who receives the Turtle, with the processor they have."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from itasgraph.authoring.conformance import violated_shapes
from itasgraph.store.memory import Graph
from tests.helpers.corruptions import CORRUPTIONS, LISTS, Change, corrupt
from tests.helpers.graphs import export
from tests.helpers.programs import run_node
from tests.helpers.projects import ROOT

SHAPES = ROOT / "ontology" / "shapes.ttl"
# Reads shapes, graph and changes; writes which of them the graph conforms with. The graph is changed in place and back.
SCRIPT = """
const {Parser, Store} = require('n3'), {readFileSync} = require('fs');
const [shapes, data, changes] = process.argv.slice(1, 4).map(path => readFileSync(path, 'utf8'));
const quads = text => new Parser().parse(text), store = new Store(quads(data));
const apply = (taken, added) => { store.removeQuads(quads(taken)); store.addQuads(quads(added)); };
import(require.resolve('rdf-validate-shacl')).then(async ({default: Validator}) => {
  const validator = new Validator(new Store(quads(shapes))), sound = {};
  for (const [name, [taken, added]] of Object.entries(JSON.parse(changes))) {
    apply(taken, added);
    sound[name] = (await validator.validate(store)).conforms;
    apply(added, taken);
  }
  process.stdout.write(JSON.stringify(sound));
});"""


def _turtle(graph: Graph, tmp_path: Path) -> Path:
    path = tmp_path / "export.ttl"
    path.write_bytes(export(graph, "turtle"))
    return path


def by_pyshacl(data: Path, changes: dict[str, Change]) -> dict[str, bool]:
    """Return whether pySHACL finds the graph sound after each change."""
    graph, shapes = rdflib.Graph().parse(data), rdflib.Graph().parse(SHAPES)

    def conforms(taken: str, added: str) -> bool:
        changed = graph - rdflib.Graph().parse(data=taken, format="nt")
        changed += rdflib.Graph().parse(data=added, format="nt")
        return bool(pyshacl.validate(changed, shacl_graph=shapes, inplace=True, abort_on_first=True)[0])

    return {name: conforms(*change) for name, change in changes.items()}


def by_javascript(data: Path, changes: dict[str, Change]) -> dict[str, bool]:
    """Return whether rdf-validate-shacl, which knows SHACL core only, finds the graph sound after each change."""
    path = data.with_name("changes.json")
    path.write_text(json.dumps(changes), encoding="utf-8")
    content: dict[str, bool] = json.loads(run_node("rdf-validate-shacl", SCRIPT, SHAPES, data, path))
    return content


def by_queries(changes: dict[str, Change], graph: Graph) -> dict[str, bool]:
    """Return whether the queries of `check` find no violated shape after each change."""
    shapes = [quad.triple for quad in ox.parse(path=SHAPES, format=ox.RdfFormat.TURTLE)]
    triples = {f"{triple} ." for triple in graph.triples()}
    return {
        name: not violated_shapes(
            shapes, "\n".join(triples - set(taken.splitlines()) | set(added.splitlines())).encode()
        )
        for name, (taken, added) in changes.items()
    }


def test_lists_have_81_corruptions() -> None:
    assert {name: len(entries) for name, entries in LISTS.items()} == {"reviewed": 41, "further": 40}
    assert len(CORRUPTIONS) == 81


@pytest.mark.slow
@pytest.mark.parametrize("name", CORRUPTIONS)
def test_corruption_changes_the_graph(graph: Graph, name: str) -> None:
    assert corrupt(graph, CORRUPTIONS[name]) != ("", "")


@pytest.mark.slow
@pytest.mark.parametrize("processor", [by_pyshacl, by_javascript])
def test_nine_of_ten_are_reported(
    graph: Graph, tmp_path: Path, processor: Callable[[Path, dict[str, Change]], dict[str, bool]]
) -> None:
    changes = {name: corrupt(graph, update) for name, update in CORRUPTIONS.items()}
    sound = processor(_turtle(graph, tmp_path), {"nothing": ("", ""), **changes})
    missed = [name for name, conforms in sound.items() if conforms and name != "nothing"]

    print(  # noqa: T201  # the figure is what the test is for; pytest -s shows it
        f"{processor.__name__}: {len(changes) - len(missed)} of {len(changes)} reported; not: {', '.join(missed)}"
    )

    found = by_queries({"nothing": ("", ""), **changes}, graph)

    assert sound["nothing"]
    assert found["nothing"]
    assert {name for name in found if not found[name]} >= {name for name in sound if not sound[name]}
    assert len(sound) == 82
    assert len(missed) <= len(changes) / 10
