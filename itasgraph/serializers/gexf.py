"""Networks as GEXF 1.3 (https://gexf.net)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from itasgraph.serializers.plain_network import NodeValues, PlainNetwork, channels

_OF_NODES: Final = {"kind": "string", "kind_iri": "string"}
_OF_EDGES: Final = {
    "relation": "string",
    "symmetric": "boolean",
    "quotes": "string",
    "documents": "string",
    "lines": "string",
    "derived_from": "string",
}


def write(plain: PlainNetwork) -> bytes:
    """Return GEXF 1.3 (https://gexf.net/schema.html), in which a kind distinguishes parallel edges.

    Edges are undirected where all of them are symmetric. The format could say this of each edge, but networkx opens no file
    that mixes both, so an attribute marks symmetric edges in a directed network. The writer of networkx is no use: it knows
    no kinds of edges, and writes the current day into the file.
    """
    names = {"xmlns": "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz"}
    root = ET.Element("gexf", {**names, "version": "1.3"})
    ET.SubElement(ET.SubElement(root, "meta"), "creator").text = "itasgraph"
    direction = "undirected" if plain.is_undirected else "directed"
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


def _gexf_node(nodes: ET.Element, iri: str, node: NodeValues) -> None:
    element = ET.SubElement(nodes, "node", {"id": iri, "label": node["label"]})
    _values(element, node, _OF_NODES)
    ET.SubElement(element, "viz:color", {name: str(value) for name, value in channels(node["colour"]).items()})
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
