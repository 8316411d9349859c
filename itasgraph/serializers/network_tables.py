"""Networks as two tables, one of nodes and one of edges: for Gephi, and for Kumu."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from itasgraph.serializers.plain_network import PlainNetwork


def gephi_nodes(plain: PlainNetwork) -> bytes:
    """Return the table of nodes for Gephi; columns that Gephi knows have the names of Gephi."""
    columns = ("kind", "kind_iri", "x", "y", "size", "colour")
    rows = ([iri, node["label"], *_pick(node, columns)] for iri, node in plain.nodes.items())
    return _table(["Id", "Label", *columns], rows)


def gephi_edges(plain: PlainNetwork) -> bytes:
    """Return the table of edges; an edge without a direction is undirected."""
    columns = ("kind", "label", "weight", "relation", "quotes", "documents", "lines", "derived_from")
    types = {True: "Undirected", False: "Directed"}
    rows = (
        [source, target, types[edge["symmetric"]], *_pick(edge, columns)] for source, target, _, edge in plain.edges
    )
    return _table(["Source", "Target", "Type", "Kind", "Label", "Weight", *columns[3:]], rows)


def kumu_elements(plain: PlainNetwork) -> bytes:
    """Return the elements for Kumu (https://docs.kumu.io/guides/import), which the column ID tells apart, since labels occur twice."""
    columns = ["ID", "Label", "Type", "Description", "Tags"]
    rows = (
        [
            iri,
            node["label"],
            node["kind"],
            node["description"],
            "|".join(tag.replace("|", "/") for tag in node["topics"]),
        ]
        for iri, node in plain.nodes.items()
    )
    return _table(columns, rows)


def kumu_connections(plain: PlainNetwork) -> bytes:
    """Return the connections for Kumu, between IDs of elements; the type of one is its relation, and its description the quotes."""
    columns = ["ID", "From", "To", "Direction", "Type", "Description", "Weight", "Relation", "Documents", "Lines"]
    directions = {True: "undirected", False: "directed"}
    rows = (
        [
            *(key, source, target, directions[edge["symmetric"]], edge["label"], edge["quotes"]),
            *_pick(edge, ("weight", "relation", "documents", "lines")),
        ]
        for source, target, key, edge in plain.edges
    )
    return _table(columns, rows)


def _pick(values: Mapping[str, object], names: Iterable[str]) -> list[object]:
    return [values[name] for name in names]


def _table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return CSV (RFC 4180) in UTF-8, with the same line ends as inside the cells."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return out.getvalue().encode()
