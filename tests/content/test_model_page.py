"""docs/model.md: each term that the data use is in it, and each term in it exists."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from itasgraph.project import Project
from itasgraph.store.memory import Graph
from itasgraph.vocabulary import ITAS, RDF
from tests.helpers.graphs import graph_of_project, terms
from tests.helpers.projects import REGION, ROOT, TWO_CONGRESSES, TWO_DAYS, TWO_SOURCES, lay_out

PAGE = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
# A term as the page writes it: with a prefix of the context.
TERM = re.compile(rf"(?<![\w/<])(?:{'|'.join(terms().prefixes)}):[A-Za-z]\w*")
VOCABULARY = ITAS.iri.removesuffix("#")


@pytest.fixture(scope="module")
def graphs(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> list[Graph]:
    """The shipped graph and those of the projects that tests have, which together use everything that data can say."""
    folder = tmp_path_factory.mktemp("projects")
    projects = (TWO_CONGRESSES, TWO_SOURCES, TWO_DAYS, REGION)
    return [graph, *(graph_of_project(Project(lay_out(folder / path.name, path))) for path in projects)]


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


def test_each_term_of_the_data_is_on_the_page(graphs: list[Graph]) -> None:
    missing = set().union(*(used(graph)[0] for graph in graphs)) - set(TERM.findall(PAGE))

    assert missing == set()


def test_each_relation_stands_beside_the_property_of_its_evidence(graph: Graph) -> None:
    rows = list(graph.select("SELECT ?qualified ?simple { ?qualified itas:shortcut ?simple }"))
    pairs = {f"| `{graph.compact(row['simple'].value)}` | `{graph.compact(row['qualified'].value)}` |" for row in rows}

    assert len(pairs) >= 20
    assert {pair for pair in pairs if pair not in PAGE} == set()


def test_each_term_on_the_page_is_used_or_defined(graphs: list[Graph]) -> None:
    known = set().union(*(one for graph in graphs for one in used(graph)))
    defined = {
        graphs[0].compact(row["term"].value)
        for row in graphs[0].select("SELECT DISTINCT ?term { GRAPH ?g { ?term rdfs:label ?label } ?g a owl:Ontology }")
    }

    assert set(TERM.findall(PAGE)) - known - defined == set()
