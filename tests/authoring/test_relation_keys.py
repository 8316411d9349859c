"""A relation that is added as CONTRIBUTING.md says, and what `check` says where a part of it is missing."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from itasgraph.project import Project
from tests.helpers.graphs import graph_of_project
from tests.helpers.programs import Run
from tests.helpers.projects import HEAD, ROOT, little_project

SECTION = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("### A new relation\n")[2]
# What goes into the three files of the ontology; rows of tables in Markdown are for readers.
BLOCKS = [
    textwrap.dedent(block)
    for block in re.findall(r"^ +```(?:turtle|json)\n(.*?)^ +```$", SECTION, re.MULTILINE | re.DOTALL)
]
REPORT = f"""{HEAD}\
- id: initiative/region
  type: Initiative
  name: Region
  quote: the Region
- id: organisation/works
  type: Organisation
  name: Works
  quote: the Works
  supports:
    initiative/region: {{quote: the Works support the Region}}
"""


def add_relation(folder: Path, terms: str, key: str, shape: str) -> Path:
    """Lay out a project with the relation `supports`, which is added to the three files of its ontology."""
    little_project(folder, REPORT)
    for name, text in (("itas.ttl", terms), ("shapes.ttl", shape)):
        path = folder / "ontology" / name
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    context = folder / "ontology" / "context.jsonld"
    start = '    "member": '
    text = context.read_text(encoding="utf-8").replace(start, f"    {key.strip()},\n{start}")
    context.write_text(text, encoding="utf-8")
    return folder


def position_of(path: Path, text: str) -> str:
    """Return `file:line:column` of a text that stands once in a file."""
    before, _, after = path.read_text(encoding="utf-8").partition(text)
    assert before != after != ""
    return f"{path}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


@pytest.mark.slow
def test_relation_of_contributing_has_triple_and_evidence(run: Run, tmp_path: Path) -> None:
    folder = add_relation(tmp_path / "project", *BLOCKS)

    assert run("check", "--project", folder).exit_code == 0
    rows = graph_of_project(Project(folder)).select("""
        SELECT ?quote {
          <organisation/works> itas:supports <initiative/region> .
          ?evidence rdf:subject <organisation/works> ; rdf:predicate itas:supports ; rdf:object <initiative/region> ;
                    itas:quote ?quote ; dcterms:source <source/report>
        }""")
    assert [row["quote"].value for row in rows] == ["the Works support the Region"]


@pytest.mark.parametrize(
    ("name", "words"),
    [("organisation/works", "supports\n  Region\n"), ("initiative/region", "is supported by\n  Works\n")],
)
def test_relation_of_contributing_is_shown(run: Run, tmp_path: Path, name: str, words: str) -> None:
    folder = add_relation(tmp_path / "project", *BLOCKS)

    done = run("show", name, "--project", folder, "--lang", "en")

    assert f"{words}      “the Works support the Region” [1]" in done.stdout


@pytest.mark.quick(1)
@pytest.mark.parametrize("shape", [BLOCKS[2], ""], ids=["with its shape", "without a shape"])
def test_new_relation_needs_a_quote(run: Run, tmp_path: Path, shape: str) -> None:
    terms, key, _ = BLOCKS
    folder = add_relation(tmp_path / "project", terms, key, shape)
    report = folder / "data" / "report.yaml"
    text = report.read_text(encoding="utf-8")
    report.write_text(text.replace("{quote: the Works support the Region}", "{}"), encoding="utf-8")

    done = run("check", "--project", folder, "--lang", "en")

    assert done.stdout == (
        f"{position_of(report, 'initiative/region: {}')}: this relation has no quote – give the words of the source with"
        " “quote:” – concerns organisation/works, supports: initiative/region\n"
    )


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    ("statement", "missing"),
    [
        ("    itas:shortcut itas:supports ;\n", "itas:shortcut …"),
        ("    itas:target rdf:object ;\n", "itas:target rdf:object"),
        ("    rdfs:range itas:Relation ;\n", "rdfs:range itas:Relation"),
    ],
)
def test_incomplete_term_is_a_fault(run: Run, tmp_path: Path, statement: str, missing: str) -> None:
    terms, key, shape = BLOCKS
    assert statement in terms
    folder = add_relation(tmp_path / "project", terms.replace(statement, ""), key, shape)
    location = position_of(folder / "ontology" / "context.jsonld", '"supports"')

    lines = run("check", "--project", folder, "--lang", "en").stdout.splitlines()

    assert (
        f"{location}: “supports:” leads to the evidence of a relation, but itas:qualifiedSupports does not say of which – "
        f"add to itas:qualifiedSupports in ontology/itas.ttl: {missing}; itas:shortcut names the relation, a term of its own"
    ) in lines


def test_key_with_the_simple_term_is_a_fault(run: Run, tmp_path: Path) -> None:
    terms, key, _ = BLOCKS
    one_term = terms.partition("\nitas:qualifiedSupports")[0]
    folder = add_relation(tmp_path / "project", one_term, key.replace("qualifiedSupports", "supports"), "")

    done = run("check", "--project", folder, "--lang", "de")

    assert done.exit_code == 1
    assert (
        "„supports:“ führt zum Beleg einer Beziehung, aber itas:supports sagt nicht, zu welcher er gehört – bei "
        "itas:supports in ontology/itas.ttl ergänzen: itas:shortcut … ; itas:target rdf:object ; rdfs:range itas:Relation"
    ) in done.stdout


def test_key_without_evidence_is_a_fault(run: Run, tmp_path: Path) -> None:
    terms, _, shape = BLOCKS
    folder = add_relation(tmp_path / "project", terms, '"supports": {"@id": "itas:supports", "@type": "@id"}', shape)
    report = folder / "data" / "report.yaml"
    text = report.read_text(encoding="utf-8")
    report.write_text(text.partition("  supports:\n")[0] + "  supports: initiative/region\n", encoding="utf-8")

    done = run("check", "--project", folder, "--lang", "en")

    assert done.stdout == (
        f"{position_of(folder / 'ontology' / 'context.jsonld', chr(34) + 'supports')}: "
        '“supports:” states itas:supports without evidence – give the key "@id": "itas:qualifiedSupports", '
        '"@container": "@index" and "@index": "target", so that each relation has its quote, or choose another property\n'
    )
