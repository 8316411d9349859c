"""docs/model.md: each term that the data use is in it, each term in it exists, and its sentences are true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml

from itasgraph.project import Project
from itasgraph.store.memory import Graph
from itasgraph.vocabulary import ITAS, RDF
from tests.helpers.graphs import export, graph_of_project, terms
from tests.helpers.projects import REGION, ROOT, TWO_CONGRESSES, TWO_DAYS, TWO_SOURCES, lay_out

PAGE = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
# A term as the page writes it: with a prefix of the context.
TERM = re.compile(rf"(?<![\w/<])(?:{'|'.join(terms().prefixes)}):[A-Za-z]\w*")
# What no project of the tests says: a contact person, changed ids, a source with its day and its licence, a name without a label.
SUPPLEMENT = """\
id: source/contact-sheet
type: Source
title: Contact sheet
label: {de: Kontaktblatt, en: Contact sheet}
document: https://example.org/contact-sheet
published: 2031-05-20
licence: https://creativecommons.org/licenses/by/4.0/
rights: {de: Alle Rechte vorbehalten, en: All rights reserved}
says:
- {id: person/eva-lang, type: Person, name: Eva Lang, quote: Eva Lang}
- {id: role/press, type: Role, label: {de: Presse, en: Press}, quote: Press}
- id: organisation/oberland-press
  type: Organisation
  name: Oberland Press
  quote: Oberland Press
  replaces: [organisation/press, organisation/press-office]
  contactPersons:
    person/eva-lang: {role: role/press, quote: "Press: Eva Lang, Oberland Press"}
  words: [Kreislaufwirtschaft]
- {id: organisation/press, replaces: organisation/press-2029}
- id: topic/kreislaufwirtschaft
  type: Topic
  inScheme: scheme/topics
  label: {de: Kreislaufwirtschaft, en: Circular economy}
  hiddenLabel: [Kreislaufwirtschaft]
"""
VOCABULARY = ITAS.iri.removesuffix("#")


@pytest.fixture(scope="module")
def graphs(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> list[Graph]:
    """The shipped graph and those of the projects that tests have, which together use everything that data can say."""
    folder = tmp_path_factory.mktemp("projects")
    projects = [lay_out(folder / path.name, path) for path in (TWO_CONGRESSES, TWO_SOURCES, TWO_DAYS, REGION)]
    (projects[-1] / "data" / "contact-sheet.yaml").write_text(SUPPLEMENT, encoding="utf-8")
    return [graph, *(graph_of_project(Project(project)) for project in projects)]


def used(graph: Graph) -> tuple[set[str], set[str]]:
    """The properties and classes, and the datatypes, of what is said outside the vocabulary."""
    quads = [quad for quad in graph.quads() if not str(quad.graph_name).startswith(f"<{VOCABULARY}")]
    classes = {
        quad.object.value
        for quad in quads
        if quad.predicate.value == RDF.type and isinstance(quad.object, ox.NamedNode)
    }
    datatypes = {quad.object.datatype.value for quad in quads if isinstance(quad.object, ox.Literal)}
    return {graph.compact(iri) for iri in {quad.predicate.value for quad in quads} | classes}, {
        graph.compact(iri) for iri in datatypes
    }


@pytest.mark.slow
def test_each_term_of_the_data_is_on_the_page(graphs: list[Graph]) -> None:
    missing = set().union(*(used(graph)[0] for graph in graphs)) - set(TERM.findall(PAGE))

    assert missing == set()


def test_each_relation_stands_beside_key_and_evidence(graph: Graph) -> None:
    keys = {key.iri: f"`{key.name}`" for key in terms().keys.values()}
    expected = {
        (keys.get(qualified.value), f"`{graph.compact(simple.value)}`", f"`{graph.compact(qualified.value)}`")
        for qualified, simple in graph.select("SELECT ?qualified ?simple { ?qualified itas:shortcut ?simple }")
    }
    actual = [
        (key if key.startswith("`") else None, *cells) for key, *cells, _ in rows_of("Every relation has evidence")
    ]

    assert len(actual) == len(expected) >= 20
    assert set(actual) == expected


def test_each_term_on_the_page_is_used_or_defined(graphs: list[Graph]) -> None:
    known = set().union(*(one for graph in graphs for one in used(graph)))
    defined = {
        graphs[0].compact(row["term"].value)
        for row in graphs[0].select("SELECT DISTINCT ?term { GRAPH ?g { ?term rdfs:label ?label } ?g a owl:Ontology }")
    }

    assert set(TERM.findall(PAGE)) - known - defined == set()


def sentences(page: str) -> Iterator[str]:
    """Yield the sentences of the page; code, headings and tables have tests of their own."""
    prose = re.sub(r"```.*?```|^\|.*?$|^#.*?$", "\n\n", page, flags=re.DOTALL | re.MULTILINE)
    for block in re.split(r"\n\s*\n|\n(?=- )", prose):
        text = " ".join(block.split()).removeprefix("- ")
        yield from filter(None, re.split(r"(?<=[.?])(?:\*\*)?\s+(?=[A-Z`*\[])|(?<=;)\s+", text))


@dataclass(frozen=True)
class Proof:
    """What proves a sentence of the page: a query of cases and one of exceptions, tests, or the reason why it claims nothing."""

    sentence: str
    cases: str = ""
    exceptions: str = ""
    tests: tuple[str, ...] = ()
    reason: str = ""


PROOFS = [
    Proof(**entry)
    for entry in yaml.safe_load((Path(__file__).parent / "model_sentences.yaml").read_text(encoding="utf-8"))
]
QUERIES = [proof for proof in PROOFS if proof.cases]
TABLE = re.compile(r"^\| (.+) \|$", re.MULTILINE)


def rows_of(heading: str) -> list[list[str]]:
    """Return the cells of the table below a heading of the page, without its head."""
    section = PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return [[cell.strip() for cell in line.split("|")] for line in TABLE.findall(section)][1:]


def code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_each_sentence_is_proven_or_claims_nothing() -> None:
    assert set(sentences(PAGE)) == {proof.sentence for proof in PROOFS}
    assert all(bool(p.cases and p.exceptions) + bool(p.tests) + bool(p.reason) == 1 for p in PROOFS)
    assert len({proof.sentence for proof in QUERIES}) >= 75


@pytest.mark.quick(59)
@pytest.mark.parametrize("proof", QUERIES, ids=lambda proof: proof.sentence[:50])
def test_sentence_is_true(proof: Proof, graphs: list[Graph]) -> None:
    found = [list(graph.select(f"SELECT * {{ {proof.cases} }} LIMIT 1")) for graph in graphs]
    contradicting = [str(row) for graph in graphs for row in graph.select(f"SELECT * {{ {proof.exceptions} }} LIMIT 3")]

    assert any(found)
    assert contradicting == []


def test_tests_that_prove_sentences_exist() -> None:
    named = {name for proof in PROOFS for name in proof.tests}

    assert {
        name for name in named if f"\ndef {name.split('::')[1]}(" not in (ROOT / name.split("::")[0]).read_text("utf-8")
    } == set()


def test_each_kind_in_the_table_has_its_classes(graphs: list[Graph]) -> None:
    rows = [
        (code(keys), code(classes), code(above.split(";")[0]))
        for keys, classes, above, _ in rows_of("Kinds of entries")
    ]
    pairs = [(key, term) for keys, classes, _ in rows for key, term in zip(keys, classes, strict=True)]
    above = [(term, wider) for _, classes, wide in rows for term in classes for wider in wide if wider != term]

    assert len(pairs) == 21
    assert [pair for pair in pairs if graphs[0].compact(terms().types[pair[0]]) != pair[1]] == []
    for term, wider in above:
        assert any(graph.query(f"ASK {{ ?entry a {term} }}") for graph in graphs), term
        assert not any(
            graph.query(f"ASK {{ ?entry a {term} FILTER NOT EXISTS {{ ?entry a {wider} }} }}") for graph in graphs
        )


def test_each_named_graph_in_the_table_is_described(graphs: list[Graph]) -> None:
    rows = [
        (re.sub(r"…>$", "", code(name)[0]).strip("<>"), code(described)[0])
        for name, _, described in rows_of("Who says so: named graphs")
    ]
    names = {
        (str(row["name"].value), graphs[0].compact(row["class"].value))
        for graph in graphs
        for row in graph.select(
            "SELECT DISTINCT ?name ?class { GRAPH ?name { ?s ?p ?o } ?name a ?class . FILTER(?class != prov:Entity) }"
        )
    }
    unnamed = [
        str(row)
        for graph in graphs
        for row in graph.select("SELECT ?g { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?g a ?class } }")
    ]

    assert len(rows) == 7
    assert unnamed == []
    for start, term in rows:
        iri = start if ":" in start else f"{terms().base}{start}"
        assert any(name.startswith(iri) and found == term for name, found in names), (iri, term)
    assert {found for _, found in names} == {term for _, term in rows}


(DRAWING,) = re.findall(r"```mermaid\n(.*?)```", PAGE, re.DOTALL)
# name([Kind]) is an entry of the drawing, name[Kind] a node; a -- property --> b is an arrow.
BOX = re.compile(r"\b(\w+)(?:\(\[|\[)([\w, ]+)\]\)?")
ARROW = re.compile(r"^  (\w+) -[-.] (.+) [-.]-> (\w+)$", re.MULTILINE)
KINDS = {name: re.split(r", | or ", kinds) for name, kinds in BOX.findall(DRAWING)}
ARROWS = [
    (start, name, end) for start, label, end in ARROW.findall(BOX.sub(r"\1", DRAWING)) for name in TERM.findall(label)
]


def test_all_arrows_are_read() -> None:
    assert len(ARROWS) == len(TERM.findall(DRAWING)) == 28


@pytest.mark.parametrize(("start", "name", "end"), ARROWS)
def test_arrow_of_the_drawing_is_in_the_graph(start: str, name: str, end: str, graphs: list[Graph]) -> None:
    def classes(box: str) -> str:
        return " ".join(f"<{terms().types.get(kind, ITAS.iri + kind)}>" for kind in KINDS[box])

    pattern = (
        f"VALUES ?one {{ {classes(start)} }} VALUES ?other {{ {classes(end)} }} ?a a ?one ; {name} ?b . ?b a ?other"
    )

    assert any(graph.query(f"ASK {{ {pattern} }}") for graph in graphs)


def test_example_is_in_data_and_graph(graph: Graph) -> None:
    written, turtle = (re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[0] for language in ("yaml", "turtle"))
    prefixes = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in terms().prefixes.items())
    stated = {quad.triple for quad in ox.parse(f"{prefixes}@base <{terms().base}> .\n{turtle}", ox.RdfFormat.TURTLE)}
    data = (ROOT / "data" / "itas-kongress-2024.yaml").read_text(encoding="utf-8")

    assert stated <= set(graph.triples())
    assert len(stated) == 10
    for line in written.splitlines():
        assert f"\n{line}\n" in data


@pytest.mark.parametrize("query", re.findall(r"```sparql\n(SELECT.*?)```", PAGE, re.DOTALL))
def test_query_of_the_page_finds_something(query: str, graphs: list[Graph]) -> None:
    assert any(list(graph.select(query)) for graph in graphs)


def test_prefixes_are_those_of_the_context() -> None:
    (listed,) = re.findall(r"These prefixes need no declaration: ([^.]+)\.", PAGE)

    assert {prefix.removesuffix(":") for prefix in code(listed)} == set(terms().prefixes)


def test_turtle_holds_both_figures(tmp_path: Path) -> None:
    graph = graph_of_project(Project(lay_out(tmp_path / "two-sources", TWO_SOURCES)))
    (event, one, other), *_ = graph.select(
        "SELECT ?event ?one ?other { ?event itas:attendeesMoreThan ?one , ?other FILTER(?one < ?other) }"
    )
    turtle = {quad.triple for quad in ox.parse(export(graph, "turtle"), ox.RdfFormat.TURTLE)}

    for figure in (one, other):
        assert ox.Triple(event, ox.NamedNode(f"{ITAS.iri}attendeesMoreThan"), figure) in turtle
