"""Part of a graph: some graphs, one thing, everything but the quotes."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from itasgraph.errors import UsageError
from itasgraph.filters.selection import Selection, select_statements
from itasgraph.project import Project
from itasgraph.store.memory import Graph
from itasgraph.store.queryable import value
from tests.helpers.graphs import export
from tests.helpers.namespaces import BASE
from tests.helpers.programs import Run

SOURCE = "source/report-2024"
QUOTE = ox.NamedNode(f"{BASE}ontology#quote")


def graphs_of(graph: Graph, which: str) -> set[str]:
    """Return the graphs in N-Quads of the part, relative to the base."""
    nquads = export(graph, "nquads", Selection(which))
    return {graph.compact(value(quad.graph_name)) for quad in ox.parse(nquads, ox.RdfFormat.N_QUADS)}


@pytest.mark.parametrize("which", [SOURCE, BASE + SOURCE, f"<{BASE}{SOURCE}>", "Bericht 2024"])
def test_graph_has_id_iri_and_label(nordtal: Graph, which: str) -> None:
    assert graphs_of(nordtal, which) == {SOURCE}


@pytest.mark.parametrize(
    ("which", "beginning"), [("source", "source/"), ("editorial", "editorial/"), ("derived", "rule/")]
)
def test_kind_selects_its_graphs(nordtal: Graph, which: str, beginning: str) -> None:
    every = graphs_of(nordtal, "all")

    assert graphs_of(nordtal, which) == {name for name in every if name.startswith(beginning)} != set()
    assert "ontology" in every


def test_all_graphs_are_the_union(nordtal: Graph) -> None:
    assert export(nordtal, "turtle", Selection("all")) == export(nordtal, "turtle")
    assert export(nordtal, "trig", Selection("all")) == export(nordtal, "trig")


def test_turtle_of_a_graph_is_complete(nordtal: Graph) -> None:
    turtle = export(nordtal, "turtle", Selection("rule/kinds"))
    wanted = {quad.triple for quad in nordtal.quads() if quad.graph_name == ox.NamedNode(f"{BASE}rule/kinds")}

    assert {quad.triple for quad in ox.parse(turtle, ox.RdfFormat.TURTLE)} == wanted


@pytest.mark.parametrize("which", ["nothing", "person/ada-blum", "Ada Blum"])
def test_unknown_graph_lists_the_known(nordtal: Graph, which: str) -> None:
    with pytest.raises(UsageError) as caught:
        select_statements(nordtal, True, Selection(which))

    assert (caught.value.code, caught.value.exit_code) == ("unknown-graph", 2)
    assert SOURCE in str(caught.value)


def test_entity_comes_with_its_relations(run: Run, nordtal_project: Project) -> None:
    done = run("export", "--about", "carl dorn", "--project", nordtal_project.root)

    assert done.exit_code == 0
    assert "<person/carl-dorn>\n    a schema:Person ;\n" in done.stdout
    assert "    schema:performer <person/carl-dorn> ;\n" in done.stdout
    assert '    itas:quote "Carl Dorn, Lernwerk Nordtal" ;\n' in done.stdout
    names = '    rdfs:label "Lernwerk Nordtal"@de ;\n    rdfs:label "Lernwerk Nordtal"@en ;\n    .\n'
    assert f"<organisation/lernwerk-nordtal>\n{names}" in done.stdout
    assert "Ada Blum" not in done.stdout


def test_entity_of_one_graph_is_both(nordtal: Graph) -> None:
    actual = list(select_statements(nordtal, True, Selection(SOURCE, "Stadtwerke Nordtal")))

    assert {quad.graph_name for quad in actual if isinstance(quad, ox.Quad)} == {ox.NamedNode(BASE + SOURCE)}
    assert ox.NamedNode(f"{BASE}organisation/stadtwerke-nordtal") in {quad.subject for quad in actual}


def test_unknown_entity_is_refused(run: Run, nordtal_project: Project) -> None:
    done = run("export", "--about", "Nobody at all", "--project", nordtal_project.root, "--lang", "en")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "Nobody at all" in done.stderr


@pytest.mark.quick(2)
@pytest.mark.parametrize("format_", ["ttl", "trig", "nt", "nq", "jsonld", "rdf"])
def test_quotes_can_be_left_out(
    run: Run, nordtal_project: Project, nordtal: Graph, format_: str, tmp_path: Path
) -> None:
    path = tmp_path / f"itas.{format_}"
    run("export", "--no-quotes", "-o", path, "--project", nordtal_project.root)
    actual = {quad.triple for quad in ox.parse(path=path)}
    kept = {t for t in nordtal.triples() if t.predicate not in (QUOTE, ox.NamedNode(f"{BASE}ontology#word"))}

    assert actual == kept
    assert len(set(nordtal.triples()) - kept) > 30


def test_jsonld_keeps_graphs_apart(run: Run, nordtal_project: Project) -> None:
    apart = json.loads(run("export", "--graph", "all", "-f", "jsonld", "--project", nordtal_project.root).stdout)
    union = json.loads(run("export", "-f", "jsonld", "--project", nordtal_project.root).stdout)

    assert SOURCE in [graph["id"] for graph in apart["says"] if "says" in graph]
    assert not any("says" in thing for thing in union["says"])


def test_default_graph_has_no_name(run: Run, nordtal_project: Project, tmp_path: Path) -> None:
    path = tmp_path / "theirs.trig"
    path.write_text("_:b { <http://e.org/a> <http://e.org/p> <http://e.org/o> }", encoding="utf-8")
    done = run("export", "--data", path, "--graph", "_:b", "--project", nordtal_project.root, "--lang", "en")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "_:b" in done.stderr
