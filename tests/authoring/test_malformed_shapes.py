"""Whatever stands in shapes.ttl and in a check, `check` says it in a line with the file, and checks the rest."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itasgraph.authoring import project_check
from itasgraph.errors import Finding
from itasgraph.project import Project
from tests.helpers.projects import HEAD, ROOT, little_project
from tests.helpers.properties import count_inputs, examples

SHAPES = (ROOT / "ontology" / "shapes.ttl").read_text(encoding="utf-8")
PREFIXES = """\
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
# Without a quote, which a shape of the project wants: that must be reported beside a malformed shape.
ANNA = "- id: person/anna\n  type: Person\n  name: Anna\n"
OWN = "shape:Own a sh:NodeShape ; sh:targetClass schema:Person ; "
NAME = f"{OWN} sh:property [ sh:path schema:name ; {{}} ] ."
MALFORMED = {
    "a list in a circle": (OWN + "sh:or shape:l . shape:l rdf:first [] ; rdf:rest shape:l .", "shape-list"),
    "a list that does not end": (OWN + "sh:or [ rdf:first [ sh:class schema:Person ] ] .", "shape-list"),
    "an empty list": (OWN + "sh:or () .", "invalid-shape"),
    "a text for a list": (OWN + 'sh:or "x" .', "shape-list"),
    "values in a circle": (NAME.format("sh:in shape:l") + " shape:l rdf:first 1 ; rdf:rest shape:l .", "shape-list"),
    "no path": (OWN + "sh:property [ sh:minCount 1 ] .", "invalid-shape"),
    "two paths": (NAME.format("sh:path schema:email"), "invalid-shape"),
    "a text for a path": (OWN + 'sh:property [ sh:path "name" ] .', "invalid-shape"),
    "an unknown path": (OWN + "sh:property [ sh:path [ sh:inverse schema:name ] ] .", "shape-term"),
    "a path in a circle": (OWN + "sh:property [ sh:path _:p ] . _:p sh:inversePath _:p .", "shape-circle"),
    "a broken pattern": (NAME.format('sh:pattern "("'), "invalid-shape"),
    "recursion": (OWN + "sh:node shape:Own .", "shape-circle"),
    "recursion within": (OWN + "sh:property [ sh:path schema:name ; sh:not shape:Own ] .", "shape-circle"),
    "a count in words": (NAME.format('sh:minCount "one"'), "shape-number"),
    "a count that is no integer": (NAME.format('sh:minCount "one"^^xsd:integer'), "shape-number"),
    "a half for a count": (NAME.format("sh:maxCount 1.5"), "shape-number"),
    "a negative count": (NAME.format("sh:maxCount -1"), "shape-number"),
    "a term for a count": (NAME.format("sh:qualifiedMinCount schema:name"), "shape-number"),
    "an unknown severity": (NAME.format("sh:minCount 2 ; sh:severity schema:Bad"), "shape-severity"),
    "a text for a severity": (NAME.format('sh:minCount 2 ; sh:severity "bad"'), "shape-severity"),
    "a misspelt term": (NAME.format("sh:minCuont 2"), "shape-term"),
    "an unknown kind of node": (NAME.format("sh:nodeKind sh:Text"), "shape-term"),
    "a text for a class": (NAME.format('sh:class "Person"'), "shape-iri"),
    "a text for a target": ('shape:Own a sh:NodeShape ; sh:targetClass "Person" .', "shape-iri"),
    "broken SPARQL": (OWN + 'sh:sparql [ sh:select "SELECT $this {" ] .', "invalid-shape"),
    "SPARQL without $this": (OWN + 'sh:sparql [ sh:select "SELECT ?x { ?x ?p ?o }" ] .', "shape-this"),
    "SPARQL that asks": (OWN + 'sh:sparql [ sh:select "ASK { $this ?p ?o }" ] .', "shape-this"),
    "SPARQL without SPARQL": (OWN + 'sh:sparql [ sh:message "x" ] .', "invalid-shape"),
    "an unknown prefix": (OWN + 'sh:sparql [ sh:select "SELECT $this { $this foo:x ?o }" ] .', "invalid-shape"),
    "two kinds of shape": (OWN + "a sh:PropertyShape ; sh:path schema:name .", "invalid-shape"),
    "a property that is no shape": (OWN + 'sh:property "name" .', "invalid-shape"),
    "a triple term": (OWN + "schema:about <<( <s:s> <s:p> <s:o> )>> .", "shape-rdf"),
}
LINE = (PREFIXES + SHAPES).count("\n") + 1


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(little_project(tmp_path_factory.mktemp("malformed") / "little", HEAD + ANNA))


def findings(project: Project, shapes: str) -> list[Finding]:
    (project.root / "ontology" / "shapes.ttl").write_text(shapes, encoding="utf-8")
    actual, _ = project_check.check(project)
    assert all("\n" not in finding.render(lang) for finding in actual for lang in ("de", "en"))
    return actual


@pytest.mark.quick(1)
@pytest.mark.parametrize(("shape", "code"), MALFORMED.values(), ids=MALFORMED)
def test_malformed_shape_spares_the_others(
    project: Project, shape: str, code: str, capfd: pytest.CaptureFixture[str]
) -> None:
    actual = findings(project, f"{PREFIXES}{SHAPES}{shape}\n")
    place = str(project.root / "ontology" / "shapes.ttl")

    assert [
        (finding.code, finding.location.path, finding.severity) for finding in actual if finding.code != "shape"
    ] == [(code, place, "fault")]
    assert [finding.location.line for finding in actual if finding.code == code] in (
        [LINE],
        [0] if code == "shape-rdf" else [],
    )
    assert [finding.message("en").partition(" – ")[0] for finding in actual if finding.code == "shape"] == [
        "a person needs a quote with the name in it"
    ]
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_broken_statement_spares_the_others(project: Project) -> None:
    actual = findings(project, SHAPES.replace("shape:Event a sh:NodeShape ;", "shape:Event a a sh:NodeShape ;"))

    assert [finding.code for finding in actual] == ["shape", "invalid-turtle"]


WORDS = [word for word in re.findall(r'"(?:[^"\\]|\\.)*"|[\w-]+:[\w-]*|[\[\]().;,]', SHAPES) if not word.endswith(":")]
BLOCKS = [block for block in SHAPES.split("\n\n") if block.startswith("shape:")]
CHANGES = st.lists(st.tuples(st.integers(0, 500), st.sampled_from([*sorted(set(WORDS)), ""])), min_size=1, max_size=3)


@pytest.mark.slow
@settings(max_examples=examples(200, quick=3))
@given(block=st.sampled_from(BLOCKS), changes=CHANGES)
@count_inputs
def test_any_shapes_are_answered(project: Project, block: str, changes: list[tuple[int, str]]) -> None:
    parts = re.findall(r'"(?:[^"\\]|\\.)*"|\s+|[^\s"]+', block)
    for place, word in changes:
        parts[place % len(parts)] = word
    actual = findings(project, PREFIXES + SHAPES.split("\n\n")[0] + "\n\n" + "".join(parts))

    assert all(Path(finding.location.path).is_relative_to(project.root) for finding in actual)


CHECKS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "ontology" / "checks").glob("*.rq"))]
TOKENS = sorted({word for text in CHECKS for word in re.findall(r"[?\w:]+|[^\s\w]", text)})


@pytest.fixture(scope="module")
def without_shapes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = little_project(tmp_path_factory.mktemp("checks") / "little", HEAD + ANNA)
    (folder / "ontology" / "shapes.ttl").unlink()
    (folder / "ontology" / "checks").mkdir()
    return folder


@pytest.mark.slow
@settings(max_examples=examples(40))
@given(
    text=st.sampled_from(CHECKS),
    changes=st.lists(st.tuples(st.integers(0, 500), st.sampled_from([*TOKENS, ""])), min_size=1, max_size=4),
)
@count_inputs
def test_any_check_is_answered(without_shapes: Path, text: str, changes: list[tuple[int, str]]) -> None:
    parts = re.findall(r"\s+|[?\w:]+|[^\s\w]", text)
    for place, word in changes:
        parts[place % len(parts)] = word
    (without_shapes / "ontology" / "checks" / "mine.rq").write_text("".join(parts), encoding="utf-8")
    findings, _ = project_check.check(Project(without_shapes))

    assert all(Path(finding.location.path).is_relative_to(without_shapes) for finding in findings)
    assert all("\n" not in finding.render(lang) for finding in findings for lang in ("de", "en"))
