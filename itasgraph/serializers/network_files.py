"""The files of networks for programs that draw and measure them: GraphML, GEXF, and two tables with the columns of Gephi."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypedDict
from xml.etree import ElementTree as ET

from itasgraph import formats, messages
from itasgraph.entities.evidence import Evidence
from itasgraph.entities.labels import labels
from itasgraph.errors import UsageError
from itasgraph.network import attributes, layout
from itasgraph.store.queryable import Queryable
from itasgraph.util.xml_text import NOT_ALLOWED
from itasgraph.vocabulary import PROV, RDF

if TYPE_CHECKING:
    from itasgraph.network.attributes import Net

_LINE_END: Final = re.compile(r"\r\n?")
_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_NO_COLOUR: Final = "#666666"  # of entities whose kind has none, as in the picture
_COLOURS: Final = "SELECT ?kind ?colour WHERE { ?kind itas:colour ?colour } ORDER BY ?kind DESC(?colour)"
_DERIVED: Final = f"""
    SELECT DISTINCT ?source ?relation ?target ?origin WHERE {{
      ?statement <{PROV.wasDerivedFrom}> ?original ;
        <{RDF.subject}> ?source ; <{RDF.predicate}> ?relation ; <{RDF.object}> ?target .
      ?original <{RDF.subject}> ?origin
    }} ORDER BY ?source ?relation ?target ?origin"""


def refuse_options(format_: str, **options: object) -> None:
    """Raise UsageError for the first option that is set, because these options apply to triples only."""
    for name, value in options.items():
        if value:
            raise UsageError("not-for-networks", option=f"--{name}", format=format_)


def targets(format_: str, output: Path | None) -> list[Path | None]:
    """Return the files to write: for tables two, in the folder `output` or beside each other, named after `output`.

    Raises UsageError for two tables on one stdout.
    """
    if format_ != "csv":
        return [output]
    if output is None or str(output) == "-":
        raise UsageError("two-tables")
    if output.is_dir():
        return [output / "nodes.csv", output / "edges.csv"]
    gzip = output.suffix if formats.is_gzipped(output) else ""
    name = Path(output.name.removesuffix(gzip))
    stem = name.stem if name.suffix.lower() == ".csv" else name.name
    return [output.with_name(f"{stem}-{part}.csv{gzip.lower()}") for part in ("nodes", "edges")]


def render(graph: Queryable, network: Net, format_: str, lang: str, quotes: bool = True) -> list[bytes]:
    """Return the bytes of each file of a network from `builder.build`, with texts in `lang`: the same for the same data."""
    plain = _plain_network(graph, network, lang, quotes)
    return [write(plain) for write in _WRITERS[format_]]


# --- a network of plain values ----------------------------------------------------------------------------------------


class _FileNode(TypedDict):
    """The attributes of a node: its label, the label and the IRI of its kind, its position (y upwards), size and colour."""

    label: str
    kind: str
    kind_iri: str
    x: int
    y: int
    size: float
    colour: str


class _Quotes(TypedDict):
    """The quotes of an edge, their documents and their lines: the nth row of each text belongs to the nth quote."""

    quotes: str
    documents: str
    lines: str


class _FileEdgeAttributes(_Quotes):
    """The attributes of an edge: the label, the short IRI (`kind`) and the IRI of its relation, its weight and quotes.

    A `symmetric` edge has no direction, although it has a source and a target. `derived_from` names
    the entities of which the source says it, by IRI, a line each, where a rule hands it on.
    """

    label: str
    kind: str
    relation: str
    weight: float
    symmetric: bool
    derived_from: str


class _FileEdge(NamedTuple):
    """An edge: the IRIs of its ends, its number as a key, and its attributes."""

    source: str
    target: str
    key: str
    attributes: _FileEdgeAttributes


class _PlainNetwork(NamedTuple):
    """A network with values that a table can hold: its nodes by IRI, and its edges."""

    nodes: dict[str, _FileNode]
    edges: list[_FileEdge]


def _plain_network(graph: Queryable, network: Net, lang: str, quotes: bool) -> _PlainNetwork:
    return _PlainNetwork(_nodes(graph, network, lang), list(_edges(graph, network, lang, quotes)))


def _nodes(graph: Queryable, network: Net, lang: str) -> dict[str, _FileNode]:
    entities = {iri: attributes.node(network, iri) for iri in network}
    names = labels(graph, {entity["kind"] for entity in entities.values() if entity["kind"]}, lang)
    colours = {row["kind"].value: row["colour"].value for row in graph.select(_COLOURS)}
    places = layout.positions(network)
    nodes: dict[str, _FileNode] = {}
    for iri, entity in entities.items():
        kind, (x, y) = entity["kind"], places[iri]
        colour = colours.get(kind, _NO_COLOUR)
        nodes[_clean(iri)] = {
            "label": _clean(entity["labels"][lang]),
            "kind": _clean(names.get(kind) or (graph.compact(kind) if kind else messages.column("thing", lang))),
            "kind_iri": _clean(kind),
            "x": x,
            "y": -y,
            "size": layout.node_size(network, iri),
            "colour": colour if _COLOUR.fullmatch(colour) else _NO_COLOUR,
        }
    return nodes


def _edges(graph: Queryable, network: Net, lang: str, quotes: bool) -> Iterator[_FileEdge]:
    names = labels(graph, {relation for _, _, relation in network.edges(keys=True)}, lang)
    origins = _origins(graph)
    for number, ((source, target, relation), edge) in enumerate(attributes.edges(network)):
        plain: _FileEdgeAttributes = {
            "label": _clean(names.get(relation) or graph.compact(relation)),
            "kind": _clean(graph.compact(relation)),
            "relation": _clean(relation),
            "weight": float(edge["weight"]),
            "symmetric": edge["symmetric"],
            "derived_from": _rows(origins.get((source, target, relation), ())),
            **_evidence(edge["quotes"], quotes),
        }
        yield _FileEdge(_clean(source), _clean(target), f"e{number}", plain)


def _origins(graph: Queryable) -> dict[tuple[str, str, str], list[str]]:
    """Return the entities of which the source says a derived relation, by its source, target and relation."""
    origins: dict[tuple[str, str, str], list[str]] = {}
    for row in graph.select(_DERIVED):
        edge = row["source"].value, row["target"].value, row["relation"].value
        origins.setdefault(edge, []).append(row["origin"].value)
    return origins


def _evidence(evidence: Sequence[Evidence], quotes: bool) -> _Quotes:
    return {
        "quotes": _rows(one.quote for one in evidence) if quotes else "",
        "documents": _rows(one.source for one in evidence),
        "lines": _rows(", ".join(map(str, one.lines)) for one in evidence),
    }


def _rows(texts: Iterable[str]) -> str:
    return "\n".join(_clean(text).replace("\n", " ") for text in texts)


def _clean(text: str) -> str:
    """Return the text without what XML cannot hold, in tables as well, so that all formats hold the same texts."""
    return NOT_ALLOWED.sub("\ufffd", _LINE_END.sub("\n", text))


def _channels(colour: str) -> dict[str, int]:
    return {channel: int(colour[at : at + 2], 16) for channel, at in (("r", 1), ("g", 3), ("b", 5))}


# --- GraphML ------------------------------------------------------------------------------------------------------------


def _graphml(plain: _PlainNetwork) -> bytes:
    """Return GraphML with the attribute names by which Gephi knows labels, positions, sizes and colours.

    Keys have the names of their attributes, because Gephi reads some numbered keys as labels (`d3`, `d7`); so no attribute
    of edges may have the name of an attribute of entities. The writer is the one that uses the XML of the standard library:
    lxml writes other bytes, and is not installed everywhere.
    """
    import networkx as nx

    keyed: Net = nx.MultiDiGraph()
    for iri, node in plain.nodes.items():
        keyed.add_node(iri, **_without(node, "colour"), **_channels(node["colour"]))
    for source, target, key, edge in plain.edges:
        keyed.add_edge(source, target, key=key, edgelabel=edge["label"], **_without(edge, "label", "kind"))
    out = io.BytesIO()
    nx.write_graphml_xml(keyed, out, named_key_ids=True)
    return out.getvalue() + b"\n"


def _without(values: Mapping[str, object], *names: str) -> dict[str, object]:
    return {name: value for name, value in values.items() if name not in names}


# --- GEXF ---------------------------------------------------------------------------------------------------------------


_OF_NODES: Final = {"kind": "string", "kind_iri": "string"}
_OF_EDGES: Final = {
    "relation": "string",
    "symmetric": "boolean",
    "quotes": "string",
    "documents": "string",
    "lines": "string",
    "derived_from": "string",
}


def _gexf(plain: _PlainNetwork) -> bytes:
    """Return GEXF 1.3 (https://gexf.net/schema.html), in which a kind distinguishes parallel edges.

    Edges are undirected where all of them are symmetric. The format could say this of each edge, but networkx opens no file
    that mixes both, so an attribute marks symmetric edges in a directed network. The writer of networkx is no use: it knows
    no kinds of edges, and writes the current day into the file.
    """
    names = {"xmlns": "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz"}
    root = ET.Element("gexf", {**names, "version": "1.3"})
    ET.SubElement(ET.SubElement(root, "meta"), "creator").text = "itasgraph"
    undirected = bool(plain.edges) and all(edge.attributes["symmetric"] for edge in plain.edges)
    direction = "undirected" if undirected else "directed"
    network = ET.SubElement(root, "graph", {"mode": "static", "defaultedgetype": direction})
    _declare(network, "node", _OF_NODES)
    _declare(network, "edge", _OF_EDGES)
    nodes = ET.SubElement(network, "nodes")
    for iri, node in plain.nodes.items():
        _gexf_node(nodes, iri, node)
    edges = ET.SubElement(network, "edges")
    for source, target, key, edge in plain.edges:
        element = {"id": key, "source": source, "target": target, "label": edge["label"], "kind": edge["kind"]}
        _values(ET.SubElement(edges, "edge", {**element, "weight": str(edge["weight"])}), edge, _OF_EDGES)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return text + b"\n"


def _declare(network: ET.Element, of: str, types: Mapping[str, str]) -> None:
    declarations = ET.SubElement(network, "attributes", {"class": of})
    for name, type_ in types.items():
        ET.SubElement(declarations, "attribute", {"id": name, "title": name, "type": type_})


def _gexf_node(nodes: ET.Element, iri: str, node: _FileNode) -> None:
    element = ET.SubElement(nodes, "node", {"id": iri, "label": node["label"]})
    _values(element, node, _OF_NODES)
    ET.SubElement(element, "viz:color", {name: str(value) for name, value in _channels(node["colour"]).items()})
    ET.SubElement(element, "viz:position", {"x": str(node["x"]), "y": str(node["y"]), "z": "0"})
    ET.SubElement(element, "viz:size", {"value": str(node["size"])})


def _values(element: ET.Element, values: Mapping[str, object], names: Iterable[str]) -> None:
    """Add the values with these names; truth values are written as in XML Schema."""
    parent = ET.SubElement(element, "attvalues")
    for name in names:
        text = str(values[name])
        ET.SubElement(
            parent, "attvalue", {"for": name, "value": text.lower() if isinstance(values[name], bool) else text}
        )


# --- tables -------------------------------------------------------------------------------------------------------------


def _nodes_table(plain: _PlainNetwork) -> bytes:
    """Return the table of nodes; columns that Gephi knows have the names of Gephi."""
    columns = ("kind", "kind_iri", "x", "y", "size", "colour")
    rows = ([iri, node["label"], *_pick(node, columns)] for iri, node in plain.nodes.items())
    return _table(["Id", "Label", *columns], rows)


def _edges_table(plain: _PlainNetwork) -> bytes:
    columns = ("kind", "label", "weight", "relation", "quotes", "documents", "lines", "derived_from")
    types = {True: "Undirected", False: "Directed"}
    rows = (
        [source, target, types[edge["symmetric"]], *_pick(edge, columns)] for source, target, _, edge in plain.edges
    )
    return _table(["Source", "Target", "Type", "Kind", "Label", "Weight", *columns[3:]], rows)


def _pick(values: Mapping[str, object], names: Iterable[str]) -> list[object]:
    return [values[name] for name in names]


def _table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return CSV (RFC 4180) in UTF-8, with the same line ends as inside the cells."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return out.getvalue().encode()


# Format → the functions that make its files.
_WRITERS: Final[Mapping[str, Sequence[Callable[[_PlainNetwork], bytes]]]] = {
    "graphml": (_graphml,),
    "gexf": (_gexf,),
    "csv": (_nodes_table, _edges_table),
}
