"""Part of a graph: some graphs, one thing, everything but the quotes."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from itasgraph.errors import UsageError
from itasgraph.filters.selection import Selection, select_statements
from itasgraph.serializers import linked_data
from itasgraph.store.memory import Graph
from itasgraph.store.queryable import value
from tests.helpers.namespaces import BASE
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT

SOURCE = "source/itas-kongress-2024-rueckblick"
QUOTE = ox.NamedNode(f"{BASE}ontology#quote")


def graphs_of(graph: Graph, which: str) -> set[str]:
    """The graphs in N-Quads of the part, relative to the base."""
    nquads = linked_data.serialize(graph, "nquads", Selection(which))
    return {graph.compact(value(quad.graph_name)) for quad in ox.parse(nquads, ox.RdfFormat.N_QUADS)}


@pytest.mark.parametrize("which", [SOURCE, BASE + SOURCE, f"<{BASE}{SOURCE}>", "Rückblick auf den ITAS-Kongress 2024"])
def test_graph_has_id_iri_and_label(graph: Graph, which: str) -> None:
    assert graphs_of(graph, which) == {SOURCE}


@pytest.mark.parametrize(
    ("which", "beginning"), [("source", "source/"), ("editorial", "editorial/"), ("derived", "rule/")]
)
def test_kind_selects_its_graphs(graph: Graph, which: str, beginning: str) -> None:
    every = graphs_of(graph, "all")

    assert graphs_of(graph, which) == {name for name in every if name.startswith(beginning)} != set()
    assert "ontology" in every


def test_all_graphs_are_the_union(graph: Graph) -> None:
    assert linked_data.serialize(graph, "turtle", Selection("all")) == linked_data.serialize(graph, "turtle")
    assert linked_data.serialize(graph, "trig", Selection("all")) == linked_data.serialize(graph, "trig")


def test_turtle_of_a_graph_is_complete(graph: Graph) -> None:
    turtle = linked_data.serialize(graph, "turtle", Selection("rule/kinds"))
    wanted = {quad.triple for quad in graph.quads() if quad.graph_name == ox.NamedNode(f"{BASE}rule/kinds")}

    assert {quad.triple for quad in ox.parse(turtle, ox.RdfFormat.TURTLE)} == wanted


@pytest.mark.parametrize("which", ["nothing", "person/boris-kaiser", "Boris Kaiser"])
def test_unknown_graph_lists_the_known(graph: Graph, which: str) -> None:
    with pytest.raises(UsageError) as caught:
        select_statements(graph, True, Selection(which))

    assert (caught.value.code, caught.value.exit_code) == ("no-graph", 2)
    assert SOURCE in str(caught.value)


def test_entity_comes_with_its_relations(run: Run) -> None:
    done = run("export", "--about", "boris kaiser", "--project", ROOT)

    assert done.exit_code == 0
    assert "<person/boris-kaiser>\n    a schema:Person ;\n" in done.stdout
    assert "    schema:performer <person/boris-kaiser> ;\n" in done.stdout
    assert '    itas:quote "Boris Kaiser, CWE" ;\n' in done.stdout
    assert '<organisation/cwe>\n    rdfs:label "CWE"@de ;\n    rdfs:label "CWE"@en ;\n    .\n' in done.stdout
    assert "Andreas Wächtler" not in done.stdout


def test_entity_of_one_graph_is_both(graph: Graph) -> None:
    found = list(select_statements(graph, True, Selection(SOURCE, "CWE")))

    assert {quad.graph_name for quad in found if isinstance(quad, ox.Quad)} == {ox.NamedNode(BASE + SOURCE)}
    assert ox.NamedNode(f"{BASE}organisation/cwe") in {quad.subject for quad in found}


def test_unknown_entity_is_refused(run: Run) -> None:
    done = run("export", "--about", "Nobody at all", "--project", ROOT, "--lang", "en")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "Nobody at all" in done.stderr


@pytest.mark.parametrize("form", ["ttl", "trig", "nt", "nq", "jsonld", "rdf"])
def test_quotes_can_be_left_out(run: Run, graph: Graph, form: str, tmp_path: Path) -> None:
    path = tmp_path / f"itas.{form}"
    run("export", "--no-quotes", "-o", path, "--project", ROOT)
    found = {quad.triple for quad in ox.parse(path=path)}
    kept = {t for t in graph.triples() if t.predicate not in (QUOTE, ox.NamedNode(f"{BASE}ontology#word"))}

    assert found == kept
    assert len(set(graph.triples()) - kept) > 500


def test_jsonld_keeps_graphs_apart(run: Run) -> None:
    apart = json.loads(run("export", "--graph", "all", "-f", "jsonld", "--project", ROOT).stdout)
    union = json.loads(run("export", "-f", "jsonld", "--project", ROOT).stdout)

    assert SOURCE in [graph["id"] for graph in apart["says"] if "says" in graph]
    assert not any("says" in thing for thing in union["says"])


def test_default_graph_has_no_name(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "theirs.trig"
    path.write_text("_:b { <http://e.org/a> <http://e.org/p> <http://e.org/o> }", encoding="utf-8")
    done = run("export", "--data", path, "--graph", "_:b", "--project", ROOT, "--lang", "en")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "_:b" in done.stderr
