"""Projects and queries of version 0.1.0: each thing that changed since is reported at its place, with what it is called now."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import rdflib

from itasgraph.authoring import project_check
from itasgraph.project import Project
from itasgraph.questions import query_hints
from itasgraph.store.memory import Graph
from itasgraph.vocabulary import ITAS, ITAS_VERSION
from tests.helpers.graphs import graph_of
from tests.helpers.projects import HEAD, ROOT, copy_shipped, little_project

# A report as version 0.1.0 wrote it: what to change, at the line that has the mark.
OLD = f"""{HEAD}\
- id: event/day
  type: Event
  name: Day
  quote: the Day
  attendees:
    people/guests: {{quote: "Gäste und Partner kamen"}}
    people/partners: {{quote: "präsentierten die Partner"}} # presenters:
    people/youth: {{quote: "diskutierte mit der Jugend"}} # discussants:
- id: talk/reflection # type: Discussion
  type: Contribution
  partOf: event/day
  position: 1
  label: {{de: Reflexion der Jugend, en: Reflection of the youth}}
  quote: Reflexion
- id: talk/tools
  type: Contribution
  partOf: event/day
  position: 2
  label: {{de: Werkzeug, en: Tools}}
  presents:
    offer/tools: {{quote: das Teilprojekt Werkzeug}}
  speakers:
    person/anna:
      position: 1
      role: role/moderation # moderators:
      quote: "Moderation: Anna"
- id: offer/tools # type: Project
  type: Offer
  name: Werkzeug
  quote: das Teilprojekt Werkzeug
- {{id: person/anna, type: Person, name: Anna, quote: Anna}}
- {{id: role/moderation, type: Role, label: {{de: Moderation, en: Moderator}}, quote: Moderation}}
- {{id: people/guests, type: UnnamedGroup, label: {{de: Gäste, en: Guests}}, quote: Gäste}}
- {{id: people/partners, type: UnnamedGroup, label: {{de: Partner, en: Partners}}, quote: Partner}}
- {{id: people/youth, type: UnnamedGroup, label: {{de: Jugend, en: Youth}}, quote: Jugend}}
"""
TERMS = {
    "schema:Project": "org:OrganizationalCollaboration, foaf:Project, schema:Service",
    "schema:position": "itas:position",
    "schema:mentions": "dcterms:references",
    "schema:headline": "dcterms:alternative",
    "dcterms:language": "dc:language",
    "dcterms:rights": "dc:rights",
    "schema:domainIncludes": "dcam:domainIncludes",
    "schema:rangeIncludes": "dcam:rangeIncludes",
}


@pytest.mark.quick(1)
@pytest.mark.parametrize(("lang", "words"), [("de", "seit Version 0.2 „{}“ sagt"), ("en", "says since version 0.2")])
def test_each_changed_meaning_is_reported_at_its_line(tmp_path: Path, lang: str, words: str) -> None:
    project = little_project(tmp_path / "project", OLD)
    shutil.copytree(ROOT / "ontology" / "checks", project / "ontology" / "checks")
    found, _ = project_check.check(Project(project))
    marked = {number: line.split(" # ")[1] for number, line in enumerate(OLD.splitlines(), 1) if " # " in line}

    assert len(marked) == 5
    assert {f.location.line for f in found} == marked.keys()
    for finding in found:
        now = marked[finding.location.line]
        assert now in finding.message(lang)
        assert words.format(now) in finding.message(lang)


@pytest.mark.parametrize(("old", "new"), TERMS.items())
def test_query_with_a_former_term_says_so(graph: Graph, old: str, new: str) -> None:
    pattern = f"?x a {old}" if old == "schema:Project" else f"?x {old} ?y"
    text = f"SELECT ?x {{ {pattern} }}"
    hints = [query_hints.render(hint, text, "de").split("\n")[0] for hint in query_hints.hints(text, graph, empty=True)]

    assert hints == [f"Hinweis: statt „{old}“ steht im Graphen heute {new}"]


@pytest.mark.slow
def test_question_file_with_a_former_term_is_a_fault(tmp_path: Path) -> None:
    folder = little_project(tmp_path / "project")
    path = folder / "queries" / "own.rq"
    path.write_text('#+ title: "Own"\nSELECT ?x {\n  ?x schema:position ?n\n}\n', encoding="utf-8")

    assert [finding.render("en") for finding in project_check.check(Project(folder))[0]] == [
        f"{path}:3:6: the graph has itas:position instead of schema:position today – write that here"
    ]


def test_term_that_the_data_use_is_no_former_one() -> None:
    graph = graph_of("itas:position itas:insteadOf schema:position . <a> schema:position 1 .")
    text = "SELECT ?x { ?x schema:position ?n }"

    assert query_hints.hints(text, graph, empty=False) == []


@pytest.mark.slow
def test_former_term_of_ones_own_is_told(tmp_path: Path) -> None:
    folder = little_project(tmp_path / "project")
    (folder / "ontology" / "own.ttl").write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix dcterms: <http://purl.org/dc/terms/> .\n"
        "@prefix x: <https://example.org/terms#> .\n<https://example.org/terms> a owl:Ontology .\n"
        "x:old owl:deprecated true ; dcterms:isReplacedBy x:new . x:new a owl:DatatypeProperty .\n",
        encoding="utf-8",
    )
    path = folder / "queries" / "own.rq"
    path.write_text(
        '#+ title: "Own"\nPREFIX x: <https://example.org/terms#>\nSELECT ?n { ?x x:old ?n }\n', encoding="utf-8"
    )

    (finding,) = project_check.check(Project(folder))[0]

    assert finding.render("en").startswith(f"{path}:3:16: the graph has https://example.org/terms#new instead of")


@pytest.mark.quick(1)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_vocabulary_of_an_earlier_version_is_told(tmp_path: Path, lang: str) -> None:
    folder = copy_shipped(tmp_path / "project", "ontology", "queries")
    (folder / "data").mkdir()
    path = folder / "ontology" / "itas.ttl"
    text = path.read_text(encoding="utf-8").replace(f'"{ITAS_VERSION}"', '"0.1.0"')
    path.write_text(text, encoding="utf-8")
    line = 1 + text[: text.index('"0.1.0"')].count("\n")

    (finding,) = project_check.check(Project(folder))[0]

    assert finding.location[:2] == (str(path), line)
    assert finding.severity == "warning"
    assert "0.1.0" in finding.message(lang)
    assert ITAS_VERSION in finding.message(lang)
    assert "itasgraph init" in finding.message(lang)


@pytest.mark.slow
def test_version_is_that_of_the_vocabulary() -> None:
    ontology = rdflib.Graph().parse(ROOT / "ontology" / "itas.ttl")
    vocabulary = rdflib.URIRef(ITAS.iri.removesuffix("#"))

    assert str(ontology.value(vocabulary, rdflib.OWL.versionInfo)) == ITAS_VERSION


def test_changelog_names_each_former_term() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert [old for old in TERMS if f"`{old}`" not in text] == []
