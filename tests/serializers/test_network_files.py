"""A network written for other programs: they open it with the same things and links, and draw the same picture."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import pyoxigraph as ox
import pytest

from itasgraph import formats
from itasgraph.errors import UsageError
from itasgraph.network import builder, layout
from itasgraph.picture import html_page
from itasgraph.picture.page_data import PictureNetwork
from itasgraph.project import Project
from itasgraph.serializers import network_files
from itasgraph.store.memory import Graph
from tests.helpers.browsing import embedded
from tests.helpers.graphs import graph_of
from tests.helpers.networks import NETWORKS, Net, network_of
from tests.helpers.programs import Run, python
from tests.helpers.projects import ROOT

GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"
# Our own reading of https://gexf.net/schema.html, as far as a file of ours goes: element → attributes it must and may have,
# elements in it; "," for in this order. The schema itself is others' and in no package.
READING: dict[str, tuple[str, str, str]] = {
    "gexf": ("version", "variant", "meta,graph"),
    "meta": ("", "lastmodifieddate", "creator keywords description"),
    "creator": ("", "", ""),
    "graph": ("", "defaultedgetype idtype mode timeformat timezone", "attributes,nodes,edges"),
    "attributes": ("class", "", "attribute"),
    "attribute": ("id title type", "", "default options"),
    "nodes": ("", "count", "node"),
    "node": ("id", "label", "attvalues viz:color viz:position viz:size viz:shape"),
    "edges": ("", "count", "edge"),
    "edge": ("source target", "id type label weight kind", "attvalues viz:color viz:thickness viz:shape"),
    "attvalues": ("", "", "attvalue"),
    "attvalue": ("for value", "", ""),
    "viz:color": ("r g b", "a", ""),
    "viz:position": ("x y", "z", ""),
    "viz:size": ("value", "", ""),
}
ONCE = {"meta", "graph", "nodes", "edges", "attvalues", "viz:color", "viz:position", "viz:size", "creator"}
HOSTILE = "a \"b\" 'c' <d> & &amp; ]]> ,; \t|\n=1+1 🚗 e\u0301 東京 \u00a0"
HOSTILE_DATA = [
    (f"http://e.org/{name}", label)
    for name, label in [("a", HOSTILE), ("b", "control \x01\x00\x1f\ufffe"), ("c", "x\r\ny\rz")]
]
HOSTILE_NETWORK = """
    SELECT ?source ?relation ?target ?quote ?line ?document {
      ?source <http://www.w3.org/2000/01/rdf-schema#label> ?quote
      OPTIONAL {
        ?source ?relation ?target . FILTER(isIRI(?target))
        VALUES (?line ?document) { (7 <http://e.org/source>) (3 <http://e.org/source>) }
      }
    }"""


def hostile() -> tuple[Graph, Net[str]]:
    """Return three things with awkward labels, two parallel links and a loop; nothing is linked to the third."""
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    a, b = ox.NamedNode("http://e.org/a"), ox.NamedNode("http://e.org/b")
    quads = [ox.Quad(ox.NamedNode(iri), label, ox.Literal(text)) for iri, text in HOSTILE_DATA]
    quads += [ox.Quad(a, ox.NamedNode(f"http://e.org/{name}"), b) for name in ("knows", "likes")]
    quads += [ox.Quad(a, ox.NamedNode("http://e.org/knows"), a)]
    store = ox.Store()
    store.extend(quads)
    graph = Graph(store, {"itas": "https://w3id.org/itas/ontology#"}, "http://e.org/")
    return graph, builder.build(graph, HOSTILE_NETWORK, "hostile")


def only(contents: list[bytes]) -> bytes:
    (content,) = contents
    return content


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def names_of(match: nx.Graph[str]) -> dict[str, str]:
    return {iri: thing["label"] for iri, thing in match.nodes(data=True)}


def in_networkx(content: bytes, format_: str) -> nx.Graph[str]:
    if format_ == "gexf":
        return nx.read_gexf(io.BytesIO(content), version="1.3")
    return nx.read_graphml(io.BytesIO(content), force_multigraph=True)


# --- opened by other programs -----------------------------------------------------------------------------------------


def test_networks_exist() -> None:
    assert len(NETWORKS) >= 7


@pytest.mark.quick(1)
@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("format_", ["graphml", "gexf"])
def test_networkx_reads_everything(graph: Graph, shipped: Project, name: str, format_: str) -> None:
    given = network_of(name, graph, shipped)

    actual = in_networkx(only(network_files.render(graph, given, format_, "de")), format_)

    assert set(actual) == set(given)
    assert Counter((a, b, link["relation"]) for a, b, link in actual.edges(data=True)) == Counter(
        list(given.edges(keys=True))
    )
    assert names_of(actual) == {iri: thing["labels"]["de"] for iri, thing in given.nodes(data=True)}


@pytest.mark.slow
@pytest.mark.parametrize("name", NETWORKS)
def test_igraph_reads_everything(graph: Graph, shipped: Project, name: str, tmp_path: Path) -> None:
    given = network_of(name, graph, shipped)
    path = tmp_path / "net.graphml"
    path.write_bytes(only(network_files.render(graph, given, "graphml", "en")))

    actual = igraph.Graph.Read_GraphML(str(path))

    assert actual.is_directed() == (name != "organisations")
    assert actual.vs["id"] == list(given)
    links = Counter((actual.vs[e.source]["id"], actual.vs[e.target]["id"], e["relation"]) for e in actual.es)
    assert links == Counter(list(given.edges(keys=True)))
    assert actual.es["weight"] == [link["weight"] for _, _, link in given.edges(data=True)]


@pytest.mark.quick(1)
@pytest.mark.parametrize("name", NETWORKS)
def test_tables_have_all_rows(graph: Graph, shipped: Project, name: str) -> None:
    given = network_of(name, graph, shipped)

    nodes, edges = map(rows, network_files.render(graph, given, "csv", "en"))

    assert [row["Id"] for row in nodes] == list(given)
    assert [(row["Source"], row["Target"], row["relation"]) for row in edges] == list(given.edges(keys=True))


def test_tables_have_gephi_columns(graph: Graph, shipped: Project) -> None:
    given = network_of("actors", graph, shipped)

    nodes, edges = network_files.render(graph, given, "csv", "en")

    assert nodes.splitlines()[0] == b"Id,Label,kind,kind_iri,x,y,size,colour"
    assert edges.splitlines()[0] == b"Source,Target,Type,Kind,Label,Weight,relation,quotes,documents,lines,derived_from"
    for table in (nodes, edges):
        names = table.splitlines()[0].lower().split(b",")
        assert len(set(names)) == len(names)  # Gephi takes Source and source for one


@pytest.mark.quick(2)  # a network with links in one direction, and one without any
@pytest.mark.parametrize("name", NETWORKS)
def test_symmetric_edge_is_undirected_in_tables(graph: Graph, shipped: Project, name: str) -> None:
    given = network_of(name, graph, shipped)
    _, edges = map(rows, network_files.render(graph, given, "csv", "en"))

    actual = [link["symmetric"] for *_, link in given.edges(data=True)]

    assert [row["Type"] for row in edges] == ["Undirected" if same else "Directed" for same in actual]


@pytest.mark.quick(1)
@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("format_", ["graphml", "gexf"])
def test_symmetric_edge_is_marked(graph: Graph, shipped: Project, name: str, format_: str) -> None:
    given = network_of(name, graph, shipped)
    actual = in_networkx(only(network_files.render(graph, given, format_, "en")), format_)

    assert Counter(link["relation"] for *_, link in actual.edges(data=True) if link["symmetric"] is True) == Counter(
        relation for *_, relation, link in given.edges(keys=True, data=True) if link["symmetric"]
    )


def test_igraph_measures_symmetric_edges_in_both_directions(tmp_path: Path) -> None:
    few = graph_of("<p> a owl:SymmetricProperty . <b> <p> <a> , <c> , <d> .")
    given = builder.build(
        few, "SELECT ?source ?relation ?target { ?source ?relation ?target . ?relation a ?any }", "few"
    )
    path = tmp_path / "net.graphml"
    path.write_bytes(only(network_files.render(few, given, "graphml", "en")))

    actual = igraph.Graph.Read_GraphML(str(path))

    assert dict(zip(actual.vs["label"], actual.betweenness(), strict=True)) == {"a": 0, "b": 3, "c": 0, "d": 0}


@pytest.mark.slow
@pytest.mark.parametrize("format_", ["gexf", "graphml"])
def test_undirected_file_says_so(graph: Graph, shipped: Project, format_: str) -> None:
    directed = {
        name: in_networkx(only(network_files.render(graph, network_of(name, graph, shipped), format_, "en")), format_)
        for name in NETWORKS
    }

    assert {name for name, actual in directed.items() if not actual.is_directed()} == {"organisations"}


@pytest.mark.parametrize("format_", ["graphml", "gexf"])
def test_truth_values_are_those_of_xml_schema(graph: Graph, shipped: Project, format_: str) -> None:
    written = only(network_files.render(graph, network_of("sections", graph, shipped), format_, "en")).decode()

    values = re.findall('(?:key="symmetric">|for="symmetric" value=")([^"<]*)', written)
    assert set(values) == {"true", "false"}


@pytest.mark.slow
def test_graphml_keys_suit_gephi(graph: Graph, shipped: Project) -> None:
    root = ET.fromstring(only(network_files.render(graph, network_of("actors", graph, shipped), "graphml", "en")))
    keys = [key.attrib for key in root.iter("{http://graphml.graphdrawing.org/xmlns}key")]

    assert len(keys) == len({key["id"] for key in keys})
    assert all(key["id"] == key["attr.name"] for key in keys)
    assert {"label", "x", "y", "size", "r", "g", "b"} <= {key["id"] for key in keys if key["for"] == "node"}


# --- GEXF -------------------------------------------------------------------------------------------------------------


def tag(element: ET.Element) -> str:
    return element.tag.replace(VIZ, "viz:").replace(GEXF, "")


def faults(element: ET.Element) -> list[str]:
    """Return what an element and those in it have that READING does not allow, or lack that it demands."""
    name = tag(element)
    must, may, inside = READING[name]
    given, children = set(element.attrib), [tag(child) for child in element]
    actual = [f"{name}: {wrong}" for wrong in given - {*must.split(), *may.split()} | set(must.split()) - given]
    order = inside.replace(",", " ").split()
    actual += [f"{name} in it: {child}" for child in children if child not in order]
    actual += [f"{name} twice: {child}" for child in ONCE if children.count(child) > 1]
    if "," in inside and sorted(children, key=order.index) != children:
        actual.append(f"{name}: order")
    return actual + [fault for child in element for fault in faults(child)]


@pytest.mark.quick(1)
@pytest.mark.parametrize("name", NETWORKS)
def test_gexf_declares_what_it_uses(graph: Graph, shipped: Project, name: str) -> None:
    root = ET.fromstring(only(network_files.render(graph, network_of(name, graph, shipped), "gexf", "de")))
    used = {tag(element) for element in root.iter()}

    assert faults(root) == []
    assert root.attrib == {"version": "1.3"}
    assert {"meta", "nodes", "edges", "viz:color", "viz:position", "viz:size"} <= used
    for of in ("node", "edge"):
        declared = {a.get("id") for a in root.findall(f".//{GEXF}attributes[@class='{of}']/{GEXF}attribute")}
        assert declared == {v.get("for") for v in root.findall(f".//{GEXF}{of}/{GEXF}attvalues/{GEXF}attvalue")}
    ids = [edge.get("id") for edge in root.iter(f"{GEXF}edge")]
    assert len(ids) == len(set(ids)) > 0
    for colour in root.iter(f"{VIZ}color"):
        assert all(0 <= int(colour.attrib[channel]) <= 255 for channel in "rgb")


@pytest.mark.quick(1)
@pytest.mark.parametrize("name", NETWORKS)
def test_gephi_lite_reads_gexf(graph: Graph, shipped: Project, name: str, tmp_path: Path) -> None:
    given = network_of(name, graph, shipped)
    path = tmp_path / "net.gexf"
    path.write_bytes(only(network_files.render(graph, given, "gexf", "de")))

    things, links = in_graphology(path)

    assert [thing["key"] for thing in things] == list(given)
    assert {thing["label"] for thing in things} == {thing["labels"]["de"] for _, thing in given.nodes(data=True)}
    assert all(re.fullmatch(r"rgb\(\d+,\d+,\d+\)", thing["color"].replace(" ", "")) for thing in things)
    assert all(isinstance(thing[value], int | float) for thing in things for value in ("x", "y", "size"))
    assert [(link["source"], link["target"], link["relation"]) for link in links] == list(given.edges(keys=True))
    assert [link["symmetric"] for link in links] == [link["symmetric"] for *_, link in given.edges(data=True)]


GRAPHOLOGY = """
const { readFileSync } = require("fs");
const Graph = require("graphology");
const gexf = require("graphology-gexf");
const graph = gexf.parse(Graph, readFileSync(process.argv[1], "utf8"));
const things = graph.mapNodes((key, thing) => ({ key, ...thing }));
const links = graph.mapEdges((edge, link, source, target) => ({ edge, source, target, ...link }));
console.log(JSON.stringify([things, links]));
"""


def in_graphology(path: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return things and links as graphology reads them, the library that Gephi Lite is built on; skips where it is missing."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    done = subprocess.run([node, "-e", GRAPHOLOGY, str(path)], capture_output=True, encoding="utf-8", check=False)
    if "Cannot find module" in done.stderr:
        pytest.skip("graphology and graphology-gexf are not installed (npm, NODE_PATH)")
    assert done.returncode == 0, done.stderr
    things, links = json.loads(done.stdout)
    return things, sorted(links, key=lambda link: int(link["edge"].removeprefix("e")))


# The schema of GEXF 1.3 is others' and in no package: who has it (gephi/gexf on GitHub) names its file, gexf.rng or .rnc.
@pytest.mark.quick(2)  # a network with links in one direction, and one without any
@pytest.mark.parametrize("name", NETWORKS)
def test_gexf_matches_its_schema(graph: Graph, shipped: Project, name: str, tmp_path: Path) -> None:
    schema, jing = os.environ.get("ITASGRAPH_GEXF_SCHEMA"), shutil.which("jing")
    if schema is None or jing is None:
        pytest.skip("name the RELAX NG schema of GEXF 1.3 in ITASGRAPH_GEXF_SCHEMA, and install jing")
    path = tmp_path / "net.gexf"
    path.write_bytes(only(network_files.render(graph, network_of(name, graph, shipped), "gexf", "de")))

    compact = ["-c"] if schema.endswith(".rnc") else []
    done = subprocess.run([jing, *compact, schema, str(path)], capture_output=True, encoding="utf-8", check=False)

    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.slow
def test_gexf_matches_the_page(graph: Graph, shipped: Project) -> None:
    given = network_of("actors", graph, shipped)
    page = embedded(html_page.page(graph, [PictureNetwork(given, {})], "de"))
    kinds = {kind["id"]: kind for kind in page["kinds"]}

    root = ET.fromstring(only(network_files.render(graph, given, "gexf", "de")))

    drawn = {}
    for node in root.iter(f"{GEXF}node"):
        place, colour, size = (node.find(f"{VIZ}{name}") for name in ("position", "color", "size"))
        assert place is not None
        assert colour is not None
        assert size is not None
        kind = node.find(f".//{GEXF}attvalue[@for='kind']")
        assert kind is not None
        rgb = "#" + "".join(f"{int(colour.attrib[channel]):02X}" for channel in "rgb")
        # Up is more in Gephi, less on a screen.
        where = (int(place.attrib["x"]), -int(place.attrib["y"]))
        drawn[node.get("id")] = (where, float(size.attrib["value"]), rgb, kind.get("value"))
    assert drawn == {
        node["id"]: (
            (node["x"], node["y"]),
            node["size"],
            kinds[node["kind"]]["color"],
            kinds[node["kind"]]["label"]["de"],
        )
        for node in page["nodes"]
    }
    assert len({rgb for *_, rgb, _ in drawn.values()}) > 5


def test_parallel_edges_differ_in_kind() -> None:
    graph, given = hostile()
    root = ET.fromstring(only(network_files.render(graph, given, "gexf", "en")))
    links = [(edge.get("source"), edge.get("target"), edge.get("kind")) for edge in root.iter(f"{GEXF}edge")]

    assert len(set(links)) == len(links) == 3
    assert len({link[:2] for link in links}) == 2


# --- Kumu, D3 and Cytoscape.js ------------------------------------------------------------------------------------------


def test_kumu_reads_elements_and_connections_by_id(graph: Graph, shipped: Project) -> None:
    given = network_of("sections", graph, shipped)

    elements, connections = map(rows, network_files.render(graph, given, "kumu", "de"))

    assert list(elements[0])[:5] == ["ID", "Label", "Type", "Description", "Tags"]
    assert list(connections[0])[:5] == ["ID", "From", "To", "Direction", "Type"]
    assert [row["ID"] for row in elements] == list(given)
    assert [(row["From"], row["To"]) for row in connections] == list(given.edges())
    assert len({row["ID"] for row in connections}) == len(connections)
    directions = {row["Relation"].rpartition("#")[2]: row["Direction"] for row in connections}
    assert directions["sharesSection"] == "undirected"
    assert "directed" in directions.values()
    assert {row["Type"] for row in elements} == {"Person", "Organisation"}


def test_tables_without_positions_compute_none(graph: Graph, shipped: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "positions", lambda _network: pytest.fail("positions were computed"))

    assert len(network_files.render(graph, network_of("topics", graph, shipped), "kumu", "de")) == 2


def test_kumu_elements_are_described() -> None:
    data = """
        <a> rdfs:label "A" ; itas:kind <Kind> ; schema:description "what A is"@en , "was A ist"@de ; schema:about <t> , <u> .
        <Kind> rdfs:label "sort of A" . <t> rdfs:label "heat | cold" . <u> rdfs:label "air" ."""
    few = graph_of(data)
    given = builder.build(
        few,
        "SELECT ?source ?relation ?target { ?source itas:kind ?any BIND(?source AS ?relation) BIND(?source AS ?target) }",
        "few",
    )

    elements, _ = map(rows, network_files.render(few, given, "kumu", "en"))

    (row,) = elements
    assert [*row.values()][1:] == ["A", "sort of A", "what A is", "heat / cold|air"]


@pytest.mark.quick(2)
@pytest.mark.parametrize("name", NETWORKS)
def test_node_link_json_is_a_network_again(graph: Graph, shipped: Project, name: str) -> None:
    given = network_of(name, graph, shipped)
    data = json.loads(only(network_files.render(graph, given, "node-link", "en")))

    actual = nx.node_link_graph(data, edges="links")

    assert {node["id"]: node["label"] for node in data["nodes"]} == {
        iri: thing["labels"]["en"] for iri, thing in given.nodes(data=True)
    }
    assert [(link["source"], link["target"], link["relation"]) for link in data["links"]] == list(
        given.edges(keys=True)
    )
    assert actual.is_directed() == (name != "organisations")
    assert len(actual.edges) == len(given.edges)


def test_node_link_json_has_the_quotes(graph: Graph, shipped: Project) -> None:
    given = network_of("contacts", graph, shipped)
    data = json.loads(only(network_files.render(graph, given, "node-link", "en")))
    without = json.loads(only(network_files.render(graph, given, "node-link", "en", quotes=False)))

    assert [link["quotes"] for link in data["links"]] == [
        [{"quote": one.quote, "document": one.source, "lines": list(one.lines)} for one in link["quotes"]]
        for *_, link in given.edges(data=True)
    ]
    assert not any("quote" in one for link in without["links"] for one in link["quotes"])
    assert any(link["quotes"] for link in without["links"])


@pytest.mark.quick(1)
@pytest.mark.parametrize("name", NETWORKS)
def test_cytoscape_elements_refer_to_each_other(graph: Graph, shipped: Project, name: str) -> None:
    given = network_of(name, graph, shipped)

    file = json.loads(only(network_files.render(graph, given, "cytoscape", "en")))

    assert file["layout"] == {"name": "preset"}  # the positions in the file, not those of another layout
    elements = file["elements"]
    nodes, edges = [node["data"] for node in elements["nodes"]], [edge["data"] for edge in elements["edges"]]
    ids = [one["id"] for one in (*nodes, *edges)]
    assert len(set(ids)) == len(ids)
    assert [node["id"] for node in nodes] == list(given)
    assert [(edge["source"], edge["target"], edge["relation"]) for edge in edges] == list(given.edges(keys=True))
    assert all(set(node["position"]) == {"x", "y"} for node in elements["nodes"])


# --- awkward values ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", formats.names(formats.NETWORKS))
def test_awkward_labels_come_back(format_: str) -> None:
    graph, given = hostile()
    contents = network_files.render(graph, given, format_, "en")
    if format_ in ("csv", "kumu"):
        labels = {row["Id" if format_ == "csv" else "ID"]: row["Label"] for row in rows(contents[0])}
    elif format_ == "node-link":
        labels = {node["id"]: node["label"] for node in json.loads(only(contents))["nodes"]}
    elif format_ == "cytoscape":
        labels = {node["data"]["id"]: node["data"]["label"] for node in json.loads(only(contents))["elements"]["nodes"]}
    else:
        labels = names_of(in_networkx(only(contents), format_))

    assert labels == {
        "http://e.org/a": HOSTILE,
        "http://e.org/b": "control \ufffd\ufffd\ufffd\ufffd",
        "http://e.org/c": "x\ny\nz",
    }


def test_isolated_node_stays() -> None:
    graph, given = hostile()
    actual = in_networkx(only(network_files.render(graph, given, "gexf", "en")), "gexf")

    assert list(nx.isolates(actual)) == ["http://e.org/c"]


def test_evidence_row_has_one_quote(graph: Graph, shipped: Project) -> None:
    given = network_of("contacts", graph, shipped)
    _, edges = map(rows, network_files.render(graph, given, "csv", "en"))
    most = 0
    for row, quotes in zip(edges, (link["quotes"] for _, _, link in given.edges(data=True)), strict=True):
        most = max(most, len(quotes))
        assert row["quotes"].split("\n") == [evidence.quote for evidence in quotes]
        assert row["documents"].split("\n") == [evidence.source for evidence in quotes]
        assert row["lines"].split("\n") == [", ".join(map(str, evidence.lines)) for evidence in quotes]

    assert most > 1


def test_derived_edges_name_their_origin(graph: Graph, shipped: Project) -> None:
    _, edges = map(rows, network_files.render(graph, network_of("actors", graph, shipped), "csv", "en"))
    of_helpdesks = {
        row["Target"].rpartition("/")[2]: row["derived_from"].rpartition("/")[2]
        for row in edges
        if row["Source"].endswith("offer/helpdesks") and row["relation"].endswith("/audience")
    }

    assert of_helpdesks == {"zulieferer": "", "unternehmen": "zulieferer"}


def test_unknown_kind_is_grey() -> None:
    graph, given = hostile()
    nodes, _ = network_files.render(graph, given, "csv", "en")

    assert {row["colour"] for row in rows(nodes)} == {"#666666"}
    assert {row["kind"] for row in rows(nodes)} == {"entry"}


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.mark.quick(1)
@pytest.mark.parametrize(
    ("format_", "name", "first"),
    [
        (None, "net.graphml", b"<graphml"),
        (None, "NET.GEXF", b"<gexf"),
        ("gexf", "x", b"<gexf"),
        (None, "net.json", b' "directed": true'),
        ("json", "x", b' "directed": true'),
        (None, "net.cyjs", b' "data": {}'),
    ],
)
def test_format_follows_name_or_suffix(run: Run, tmp_path: Path, format_: str | None, name: str, first: bytes) -> None:
    asked = ["-f", format_] if format_ else []
    done = run("export", *asked, "-o", tmp_path / name, "--project", ROOT, "--lang", "en")

    assert (done.exit_code, done.stderr) == (0, f"written: {tmp_path / name}\n")
    assert (tmp_path / name).read_bytes().splitlines()[1].startswith(first)


@pytest.mark.quick(2)
@pytest.mark.parametrize(
    ("output", "files"),
    [
        ("net.csv", ["net-edges.csv", "net-nodes.csv"]),
        ("net", ["net-edges.csv", "net-nodes.csv"]),
        ("a.b", ["a.b-edges.csv", "a.b-nodes.csv"]),
        ("net.csv.gz", ["net-edges.csv.gz", "net-nodes.csv.gz"]),
        ("", ["edges.csv", "nodes.csv"]),
    ],
)
def test_csv_makes_two_tables(run: Run, tmp_path: Path, output: str, files: list[str]) -> None:
    done = run("export", "-f", "csv", "-o", tmp_path / output, "--project", ROOT, "--network", "topics")

    assert done.exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == files
    assert done.stderr.splitlines() == [f"written: {tmp_path / name}" for name in reversed(files)]


@pytest.mark.parametrize(
    ("output", "files"),
    [
        ("net.csv", ["net-connections.csv", "net-elements.csv"]),
        ("", ["connections.csv", "elements.csv"]),
    ],
)
def test_kumu_makes_two_tables(run: Run, tmp_path: Path, output: str, files: list[str]) -> None:
    done = run("export", "-f", "kumu", "-o", tmp_path / output, "--project", ROOT, "--network", "topics")

    assert done.exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == files


@pytest.mark.slow
def test_gzipped_tables_are_equal(run: Run, tmp_path: Path) -> None:
    for name in ("net.csv", "net.csv.gz"):
        assert run("export", "-o", tmp_path / name, "--project", ROOT).exit_code == 0

    for part in ("nodes", "edges"):
        packed = (tmp_path / f"net-{part}.csv.gz").read_bytes()
        assert gzip.decompress(packed) == (tmp_path / f"net-{part}.csv").read_bytes()


@pytest.mark.quick(1)
@pytest.mark.parametrize("blocked", ["nodes", "edges"])
def test_tables_are_written_together(run: Run, tmp_path: Path, blocked: str) -> None:
    (tmp_path / f"net-{blocked}.csv").mkdir()
    done = run("export", "-o", tmp_path / "net.csv", "--project", ROOT, "--lang", "en")

    assert done.exit_code == 3
    assert f"net-{blocked}.csv cannot be written: it is a folder" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [f"net-{blocked}.csv"]


@pytest.mark.parametrize("output", [(), ("-o", "-")])
@pytest.mark.parametrize("format_", ["csv", "kumu"])
def test_stdout_takes_no_two_tables(run: Run, output: tuple[str, ...], format_: str) -> None:
    done = run("export", "-f", format_, *output, "--project", ROOT, "--lang", "de")

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{format_} schreibt zwei Tabellen")
    assert len(done.stderr.splitlines()) == 1


def test_stdout_takes_one_file(run: Run) -> None:
    done = run("export", "-f", "graphml", "--project", ROOT, "--network", "organisations")

    assert done.stderr == ""
    assert len(in_networkx(done.stdout_bytes, "graphml")) == 17


def test_own_query_is_written(run: Run, tmp_path: Path) -> None:
    query = tmp_path / "own.rq"
    query.write_text(
        "SELECT ?source ?relation ?target { ?source ?relation ?target ; itas:kind schema:Place . ?target itas:kind ?k }"
    )
    done = run("export", "-f", "gexf", "--project", ROOT, "--network", query)

    assert done.exit_code == 0
    assert all("/place/" in source for source, _ in in_networkx(done.stdout_bytes, "gexf").edges())


@pytest.mark.parametrize("format_", ["turtle", "nquads", "jsonld"])
def test_triples_have_no_network(run: Run, format_: str) -> None:
    done = run("export", "-f", format_, "--network", "actors", "--project", ROOT, "--lang", "en")

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("--network goes only with the formats graphml, gexf, csv")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("options", [("--graph", "source"), ("--about", "CWE"), ("--describe",)], ids=" ".join)
def test_triple_options_are_refused(run: Run, options: tuple[str, ...]) -> None:
    done = run("export", "-f", "gexf", *options, "--project", ROOT, "--lang", "en")

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{options[0]} selects triples and does not go with gexf")


def test_unknown_network_lists_the_known(run: Run, nordtal_project: Project) -> None:
    done = run("export", "-f", "gexf", "--network", "actor", "--project", nordtal_project.root, "--lang", "en")

    assert done.exit_code == 2
    assert "did you mean actors?" in done.stderr


def test_people_can_be_left_out(run: Run, nordtal_project: Project) -> None:
    both = [
        run("export", "-f", "gexf", "--project", nordtal_project.root, *options) for options in ((), ("--no-people",))
    ]

    assert ["Ada Blum" in done.stdout for done in both] == [True, False]
    assert ["/person/" in done.stdout for done in both] == [True, False]


def test_quotes_can_be_left_out(run: Run, nordtal_project: Project) -> None:
    both = [
        run("export", "-f", "gexf", "--project", nordtal_project.root, *options) for options in ((), ("--no-quotes",))
    ]
    nets = [in_networkx(done.stdout_bytes, "gexf") for done in both]

    assert list(nets[0].edges()) == list(nets[1].edges())
    assert {link["quotes"] for *_, link in nets[1].edges(data=True)} == {""}
    assert "Ada Blum, Gießerei Hartmann" in {link["quotes"] for *_, link in nets[0].edges(data=True)}


@pytest.mark.parametrize(
    ("lang", "kind", "relation"), [("de", "Zielgruppe", "handelt von"), ("en", "Target group", "is about")]
)
def test_texts_are_translated(run: Run, nordtal_project: Project, lang: str, kind: str, relation: str) -> None:
    done = run("export", "-f", "gexf", "--project", nordtal_project.root, "--lang", lang)
    actual = in_networkx(done.stdout_bytes, "gexf")

    assert kind in {thing["kind"] for _, thing in actual.nodes(data=True)}
    assert relation in {link["label"] for _, _, link in actual.edges(data=True)}


@pytest.mark.quick(1)
def test_file_and_endpoint_agree(run: Run, oxigraph: str, nordtal_project: Project, tmp_path: Path) -> None:
    data = tmp_path / "itas.ttl"
    assert run("export", "-o", data, "--project", nordtal_project.root).exit_code == 0
    sources = [(), ("--data", data), ("--endpoint", oxigraph)]
    actual = [run("export", "-f", "gexf", "--project", nordtal_project.root, *options) for options in sources]

    assert [done.exit_code for done in actual] == [0, 0, 0]
    assert actual[0].stdout == actual[1].stdout == actual[2].stdout


def test_empty_network_opens(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "nothing.nt"
    path.write_text("")
    for format_ in ("graphml", "gexf"):
        done = run("export", "-f", format_, "--data", path, "--lang", "en")
        assert (done.exit_code, "is empty" in done.stderr) == (0, True)
        assert len(in_networkx(done.stdout_bytes, format_)) == 0


@pytest.mark.slow
def test_data_alone_decides_the_bytes(tmp_path: Path) -> None:
    actual = set()
    program = (
        "import sys; from itasgraph.cli import main\n"
        "for path in sys.argv[2:]: main(['export', '--project', sys.argv[1], '-o', path], standalone_mode=False)"
    )
    outputs = [str(tmp_path / name) for name in ("net.graphml", "net.gexf", "net.csv", "net.json", "net.cyjs")]
    for seed in ("1", "2"):
        done = python("-c", program, ROOT, *outputs, PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
        actual.add(tuple((path.name, path.read_bytes()) for path in sorted(tmp_path.iterdir())))

    assert len(actual) == 1
    assert all(b"lastmodified" not in content for _, content in next(iter(actual)))


def test_two_tables_need_a_file() -> None:
    with pytest.raises(UsageError):
        network_files.targets("csv", None)
