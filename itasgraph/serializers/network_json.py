"""Networks as JSON: node-link as D3 and networkx read it, and the elements of Cytoscape.js."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from itasgraph.serializers.plain_network import EdgeValues, NodeValues, PlainNetwork

_OF_NODES: Final = ("label", "kind", "kind_iri", "size", "colour")
_OF_EDGES: Final = ("label", "relation", "weight", "symmetric")


def node_link(plain: PlainNetwork) -> bytes:
    """Return the nodes, each with its `id`, and the links between the ids, as d3-force and networkx.node_link_graph take them."""
    nodes = [{"id": iri, **_of_node(node), **_place(node)} for iri, node in plain.nodes.items()]
    links = [
        {"source": source, "target": target, "key": key, **_of_edge(edge)} for source, target, key, edge in plain.edges
    ]
    return _json(
        {
            "directed": not plain.is_undirected,
            "multigraph": True,
            "graph": {},
            "nodes": nodes,
            "links": links,
        }
    )


def cytoscape(plain: PlainNetwork) -> bytes:
    """Return the elements of Cytoscape.js (https://js.cytoscape.org/#notation/elements-json), which Cytoscape opens as well.

    The layout "preset" keeps the positions; without it Cytoscape.js would lay the nodes out on a grid.
    """
    nodes = [
        {"data": {"id": iri, "name": node["label"], **_of_node(node)}, "position": _place(node)}
        for iri, node in plain.nodes.items()
    ]
    edges = [
        {"data": {"id": key, "source": source, "target": target, "interaction": edge["label"], **_of_edge(edge)}}
        for source, target, key, edge in plain.edges
    ]
    return _json({"data": {}, "elements": {"nodes": nodes, "edges": edges}, "layout": {"name": "preset"}})


def _of_node(node: NodeValues) -> dict[str, Any]:
    return _pick(node, _OF_NODES)


def _place(node: NodeValues) -> dict[str, int]:
    """Return the position of a node on a screen, where `y` grows downwards."""
    return {"x": node["x"], "y": -node["y"]}


def _of_edge(edge: EdgeValues) -> dict[str, Any]:
    return {**_pick(edge, _OF_EDGES), "quotes": _quotes(edge), "derived_from": _split(edge["derived_from"])}


def _quotes(edge: EdgeValues) -> list[dict[str, Any]]:
    """Return the quotes of an edge with their documents and lines; without their words where the network has none."""
    documents, lines = edge["documents"].split("\n"), edge["lines"].split("\n")
    words = edge["quotes"].split("\n") if edge["quotes"] else [""] * len(documents)
    return [
        {
            **({"quote": quote} if quote else {}),
            "document": document,
            "lines": [int(number) for number in numbers.split(", ") if number],
        }
        for quote, document, numbers in zip(words, documents, lines, strict=True)
        if quote or document or numbers
    ]


def _split(rows: str) -> list[str]:
    return rows.split("\n") if rows else []


def _pick(values: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: values[name] for name in names}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"
