"""networkx → the formats of programs that draw and measure networks: GraphML, GEXF, and two tables in Gephi's columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from itasgraph import formats, messages
from itasgraph.entities.evidence import Evidence
from itasgraph.entities.labels import labels
from itasgraph.errors import UsageError
from itasgraph.network import layout
from itasgraph.store.queryable import Queryable

if TYPE_CHECKING:
    import networkx as nx

    Net = nx.MultiDiGraph[str]

# Characters that XML 1.0 does not allow (section 2.2); tables leave them out, too, so that all formats hold the same texts.
_NOT_IN_XML: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END: Final = re.compile(r"\r\n?")
_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_NO_COLOUR: Final = "#666666"  # of entities whose kind has none, as in the picture
_COLOURS: Final = "SELECT ?kind ?colour WHERE { ?kind itas:colour ?colour } ORDER BY ?kind DESC(?colour)"


def refuse_options(format_: str, **options: object) -> None:
    """Raise UsageError for the first option that is set, since these options mean something for triples only."""
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


def _plain_network(graph: Queryable, network: Net, lang: str, quotes: bool) -> Net:
    """Return the network with values that a table can hold; the keys of its edges are numbered.

    Attributes of entities: label, kind, kind_iri, x, y (upwards, as these programs count), size, colour; of edges: label, kind
    (the short IRI of the relation), relation, weight, symmetric (whether the direction means nothing), quotes, documents,
    lines (one row each for each quote).
    """
    import networkx as nx

    plain: Net = nx.MultiDiGraph()
    _add_nodes(plain, graph, network, lang)
    names = labels(graph, {relation for _, _, relation in network.edges(keys=True)}, lang)
    for number, (source, target, relation, edge) in enumerate(network.edges(keys=True, data=True)):
        plain.add_edge(
            _clean(source),
            _clean(target),
            key=f"e{number}",
            label=_clean(names.get(relation) or graph.compact(relation)),
            kind=_clean(graph.compact(relation)),
            relation=_clean(relation),
            weight=float(edge["weight"]),
            symmetric=bool(edge["symmetric"]),
            **_evidence(edge["quotes"], quotes),
        )
    return plain


def _add_nodes(plain: Net, graph: Queryable, network: Net, lang: str) -> None:
    names = labels(graph, {entity["kind"] for _, entity in network.nodes(data=True) if entity["kind"]}, lang)
    colours = {row["kind"].value: row["colour"].value for row in graph.select(_COLOURS)}
    places = layout.positions(network)
    for iri, entity in network.nodes(data=True):
        kind, (x, y) = entity["kind"], places[iri]
        colour = colours.get(kind, _NO_COLOUR)
        plain.add_node(
            _clean(iri),
            label=_clean(entity["labels"][lang]),
            kind=_clean(names.get(kind) or (graph.compact(kind) if kind else messages.column("thing", lang))),
            kind_iri=_clean(kind),
            x=x,
            y=-y,
            size=layout.node_size(network, iri),
            colour=colour if _COLOUR.fullmatch(colour) else _NO_COLOUR,
        )


def _evidence(evidence: Sequence[Evidence], quotes: bool) -> dict[str, str]:
    """Return the texts of evidence; the nth row of each text belongs to the nth quote."""
    return {
        "quotes": _rows(one.quote for one in evidence) if quotes else "",
        "documents": _rows(one.source for one in evidence),
        "lines": _rows(", ".join(map(str, one.lines)) for one in evidence),
    }


def _rows(texts: Iterable[str]) -> str:
    return "\n".join(_clean(text).replace("\n", " ") for text in texts)


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", _LINE_END.sub("\n", text))


def _channels(colour: str) -> dict[str, int]:
    return {channel: int(colour[at : at + 2], 16) for channel, at in (("r", 1), ("g", 3), ("b", 5))}


# --- GraphML ------------------------------------------------------------------------------------------------------------


def _graphml(plain: Net) -> bytes:
    """Return GraphML with the attribute names by which Gephi knows labels, places, sizes and colours.

    Keys have the names of their attributes, since Gephi takes some numbered keys for labels (`d3`, `d7`); so no attribute of
    edges may have the name of one of entities. The writer is the one on the standard library's XML: the one on lxml writes
    other bytes, and not every machine has it.
    """
    import networkx as nx

    named: Net = nx.MultiDiGraph()
    for iri, entity in plain.nodes(data=True):
        attributes = {name: value for name, value in entity.items() if name != "colour"}
        named.add_node(iri, **attributes, **_channels(entity["colour"]))
    for source, target, key, edge in plain.edges(keys=True, data=True):
        attributes = {name: value for name, value in edge.items() if name not in ("label", "kind")}
        named.add_edge(source, target, key=key, edgelabel=edge["label"], **attributes)
    out = io.BytesIO()
    nx.write_graphml_xml(named, out, named_key_ids=True)
    return out.getvalue() + b"\n"


# --- GEXF ---------------------------------------------------------------------------------------------------------------


_OF_NODES: Final = {"kind": "string", "kind_iri": "string"}
_OF_EDGES: Final = {
    "relation": "string",
    "symmetric": "boolean",
    "quotes": "string",
    "documents": "string",
    "lines": "string",
}


def _gexf(plain: Net) -> bytes:
    """GEXF 1.3 (https://gexf.net/schema.html), by which parallel edges have a kind and stay apart.

    Links have no direction where none of them has one. The format could say so of each edge, but networkx opens no file in
    which some have a direction and some have not: there, an attribute says it. networkx's own writer knows no kinds of
    edges and puts the day of writing into the file.
    """
    names = {"xmlns": "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz"}
    root = ET.Element("gexf", {**names, "version": "1.3"})
    ET.SubElement(ET.SubElement(root, "meta"), "creator").text = "itasgraph"
    undirected = plain.number_of_edges() > 0 and all(edge["symmetric"] for *_, edge in plain.edges(data=True))
    direction = "undirected" if undirected else "directed"
    network = ET.SubElement(root, "graph", {"mode": "static", "defaultedgetype": direction})
    _declare(network, "node", _OF_NODES)
    _declare(network, "edge", _OF_EDGES)
    nodes = ET.SubElement(network, "nodes")
    for iri, entity in plain.nodes(data=True):
        _gexf_node(nodes, iri, entity)
    edges = ET.SubElement(network, "edges")
    for source, target, key, edge in plain.edges(keys=True, data=True):
        attributes = {"id": key, "source": source, "target": target, "label": edge["label"], "kind": edge["kind"]}
        _values(ET.SubElement(edges, "edge", {**attributes, "weight": str(edge["weight"])}), edge, _OF_EDGES)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return text + b"\n"


def _declare(network: ET.Element, of: str, types: Mapping[str, str]) -> None:
    attributes = ET.SubElement(network, "attributes", {"class": of})
    for name, type_ in types.items():
        ET.SubElement(attributes, "attribute", {"id": name, "title": name, "type": type_})


def _gexf_node(nodes: ET.Element, iri: str, entity: dict[str, Any]) -> None:
    node = ET.SubElement(nodes, "node", {"id": iri, "label": entity["label"]})
    _values(node, entity, _OF_NODES)
    ET.SubElement(node, "viz:color", {name: str(value) for name, value in _channels(entity["colour"]).items()})
    ET.SubElement(node, "viz:position", {"x": str(entity["x"]), "y": str(entity["y"]), "z": "0"})
    ET.SubElement(node, "viz:size", {"value": str(entity["size"])})


def _values(element: ET.Element, attributes: dict[str, Any], names: Iterable[str]) -> None:
    values = ET.SubElement(element, "attvalues")
    for name in names:
        value = attributes[name]
        text = str(value).lower() if isinstance(value, bool) else value
        ET.SubElement(values, "attvalue", {"for": name, "value": text})


# --- tables -------------------------------------------------------------------------------------------------------------


def _nodes_table(plain: Net) -> bytes:
    """The columns that Gephi knows have its names; a second `Source` for the document would be taken for the first."""
    own = ("kind", "kind_iri", "x", "y", "size", "colour")
    rows = ([iri, entity["label"], *(entity[name] for name in own)] for iri, entity in plain.nodes(data=True))
    return _table(["Id", "Label", *own], rows)


def _edges_table(plain: Net) -> bytes:
    own = ("kind", "label", "weight", "relation", "quotes", "documents", "lines")
    types = {True: "Undirected", False: "Directed"}
    rows = (
        [source, target, types[edge["symmetric"]], *(edge[name] for name in own)]
        for source, target, edge in plain.edges(data=True)
    )
    return _table(["Source", "Target", "Type", "Kind", "Label", "Weight", *own[3:]], rows)


def _table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """CSV (RFC 4180) in UTF-8, with ends of lines as inside the cells."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return out.getvalue().encode()


# Format → what writes each of its files.
_WRITERS: Final[Mapping[str, Sequence[Callable[[Net], bytes]]]] = {
    "graphml": (_graphml,),
    "gexf": (_gexf,),
    "csv": (_nodes_table, _edges_table),
}
