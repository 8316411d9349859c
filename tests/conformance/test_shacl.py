"""The shapes mean the same to a SHACL processor that is not pySHACL: rdf-validate-shacl, in JavaScript."""

from __future__ import annotations

import json
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.namespace import SH

from itasgraph.project import Project
from tests.helpers.broken_shapes import BREAKS, apply, statements_of
from tests.helpers.programs import run_node
from tests.helpers.projects import ROOT, copy_shipped

SHAPES = ROOT / "ontology" / "shapes.ttl"
SCRIPT = """
const {Parser, Store} = require('n3'), {readFileSync} = require('fs');
const read = path => new Store(new Parser().parse(readFileSync(path, 'utf8')));
import(require.resolve('rdf-validate-shacl')).then(async ({default: Validator}) => {
  const report = await new Validator(read(process.argv[1])).validate(read(process.argv[2]));
  const found = report.results.map(result => [result.focusNode, result.path, result.sourceConstraintComponent]
    .map(term => term && term.termType !== 'BlankNode' ? term.value : ''));
  process.stdout.write(JSON.stringify(found));
});"""
Results = set[tuple[str, ...]]


def by_pyshacl(data: Path) -> Results:
    _, report, _ = pyshacl.validate(rdflib.Graph().parse(data), shacl_graph=rdflib.Graph().parse(SHAPES), advanced=True)
    assert isinstance(report, rdflib.Graph)
    parts = (SH.focusNode, SH.resultPath, SH.sourceConstraintComponent)
    results = report.subjects(rdflib.RDF.type, SH.ValidationResult)
    return {tuple(_named(report.value(result, part)) for part in parts) for result in results}


def _named(term: rdflib.term.Node | None) -> str:
    """Return an IRI; a path of several properties is a blank node, which each processor calls otherwise."""
    return str(term) if isinstance(term, rdflib.URIRef) else ""


def by_javascript(data: Path) -> Results:
    return {tuple(result) for result in json.loads(run_node("rdf-validate-shacl", SCRIPT, SHAPES, data))}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a copy of the shipped project in which each message of each shape is due."""
    folder = tmp_path_factory.mktemp("broken")
    copy_shipped(folder, "ontology", "data")
    for file in {one.file for one in BREAKS}:
        apply(folder / "data" / f"{file}.yaml", [one for one in BREAKS if one.file == file])
    return Project(folder)


@pytest.mark.slow
def test_shipped_data_is_sound(shipped: Project, tmp_path: Path) -> None:
    data = statements_of(shipped, tmp_path / "shipped.nt")

    assert by_javascript(data) == by_pyshacl(data) == set()


@pytest.mark.slow
def test_processors_agree_on_all_faults(broken: Project, tmp_path: Path) -> None:
    data = statements_of(broken, tmp_path / "broken.nt")
    actual = by_javascript(data)

    assert actual ^ by_pyshacl(data) == set()
    assert len(actual) > 30
