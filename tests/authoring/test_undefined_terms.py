"""A term of the project's own vocabulary that no file defines is reported wherever a file uses it."""

from __future__ import annotations

from pathlib import Path

import pytest

from itasgraph.authoring import project_check
from itasgraph.project import Project
from tests.helpers.marks import MARK, position
from tests.helpers.projects import little_project

TITLE = "#+ title: Titel\n"
USES = {
    "rule": ("ontology/rules/new.rq", "#+ title: T\nCONSTRUCT { ?s »itas:quotes ?o }\nWHERE { ?s itas:quote ?o }"),
    "rule that reads": ("ontology/rules/new.rq", "CONSTRUCT { ?s itas:quote ?o }\nWHERE { ?s »itas:quotes ?o }"),
    "check": ("ontology/checks/new.rq", "#+ message: m\nSELECT ?thing { ?thing »itas:quotes ?o }"),
    "question": ("queries/new.rq", f"{TITLE}SELECT ?o\nWHERE {{ ?s »itas:quotes ?o }}"),
    "network": ("queries/network/new.rq", f"{TITLE}SELECT ?o {{ ?s »itas:quotes ?o }}"),
    "closeness": ("queries/network/new.rq", f"{TITLE}#+ closeness: [»itas:quotes]\nSELECT ?o {{ ?s itas:quote ?o }}"),
    "own prefix": (
        "queries/new.rq",
        f"{TITLE}PREFIX x: <https://w3id.org/itas/ontology#>\nSELECT * {{ ?s »x:quotes ?o }}",
    ),
    "whole IRI": ("queries/new.rq", f"{TITLE}SELECT * {{ ?s »<https://w3id.org/itas/ontology#quotes> ?o }}"),
}


def undefined(folder: Path) -> list[str]:
    findings, _ = project_check.check(Project(folder))
    return [finding.render("en") for finding in findings if finding.code == "undefined-term"]


@pytest.mark.quick(1)
@pytest.mark.parametrize(("name", "text"), USES.values(), ids=USES)
def test_undefined_term_in_a_query_is_a_fault(tmp_path: Path, name: str, text: str) -> None:
    folder = little_project(tmp_path / "project")
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text.replace(MARK, ""), encoding="utf-8")
    line, column = position(text, text.index(MARK))

    assert undefined(folder) == [
        f"{path}:{line}:{column}: itas:quotes is defined nowhere – define it in ontology/, or correct it"
        ", or did you mean itas:quote?"
    ]


@pytest.mark.quick(1)
@pytest.mark.parametrize("relation", ["sharesTopic", "nosuch:thing"], ids=["without prefix", "unknown prefix"])
def test_closeness_that_names_no_relation_is_a_fault(tmp_path: Path, relation: str) -> None:
    folder = little_project(tmp_path / "project")
    path = folder / "queries" / "network" / "new.rq"
    path.write_text(f"{TITLE}#+ closeness: [schema:about, {relation}]\nSELECT * {{ ?s ?p ?o }}", encoding="utf-8")

    assert undefined(folder) == [f"{path}:2:30: {relation} is defined nowhere – define it in ontology/, or correct it"]


@pytest.mark.quick(1)
@pytest.mark.parametrize(("name", "written"), [("context.jsonld", '"itas:quote"'), ("shapes.ttl", "itas:quote")])
def test_undefined_term_in_context_or_shapes_is_a_fault(tmp_path: Path, name: str, written: str) -> None:
    folder = little_project(tmp_path / "project")
    path = folder / "ontology" / name
    before, _, after = path.read_text(encoding="utf-8").partition(f" {written}")
    path.write_text(f"{before} {written.replace('quote', 'quotes')}{after}", encoding="utf-8")

    (line,) = undefined(folder)

    assert line.startswith(f"{path}:{before.count(chr(10)) + 1}:")
    assert ": itas:quotes is defined nowhere" in line


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("SELECT * { ?s schema:quotes ?o }", id="of another vocabulary"),
        pytest.param("# itas:quotes\nSELECT * { ?s itas:quote 'itas:quotes' }", id="in a comment or string"),
        pytest.param("SELECT * { ?s a <https://w3id.org/itas/ontology> }", id="the vocabulary itself"),
    ],
)
def test_what_is_no_own_term_is_no_fault(tmp_path: Path, text: str) -> None:
    folder = little_project(tmp_path / "project")
    (folder / "queries" / "new.rq").write_text(f"{TITLE}{text}", encoding="utf-8")

    assert undefined(folder) == []


def test_vocabulary_that_cannot_be_read_hides_terms(tmp_path: Path) -> None:
    folder = little_project(tmp_path / "project")
    path = folder / "ontology" / "itas.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("itas:quote a owl:DatatypeProperty", "itas:quote a a owl:DatatypeProperty"), encoding="utf-8"
    )

    assert path.read_text(encoding="utf-8") != text
    assert undefined(folder) == []
