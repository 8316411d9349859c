"""The attributes of nodes and edges of networks; networkx types them as Any, so no other module reads them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, TypedDict, cast

from itasgraph.entities.evidence import Evidence

if TYPE_CHECKING:
    import networkx as nx

    Net = nx.MultiDiGraph[str]


class Edge(NamedTuple):
    """An edge: the IRIs of its source and target, and that of its relation, which is its key."""

    source: str
    target: str
    relation: str


class NodeAttributes(TypedDict):
    """The labels of a node (language → text), and the IRI of its kind, or "" where none is known."""

    labels: dict[str, str]
    kind: str


class EdgeAttributes(TypedDict):
    """The attributes of an edge.

    `rules` and `notes` are sorted IRIs, `quote_notes` those notes that stand in a row with a quote, by quote and source; `weight` is the largest of its rows, else the number of its notes, else 1; an edge is
    `symmetric` where its relation is an owl:SymmetricProperty in the graph: it exists once, from the lesser IRI to the greater.
    It is `terminal` where the graph says itas:terminal of its relation: a path takes it first or last, and no measure counts it.
    """

    quotes: list[Evidence]
    rules: list[str]
    notes: list[str]
    quote_notes: dict[tuple[str, str], list[str]]
    weight: float
    symmetric: bool
    terminal: bool


def node(network: Net, iri: str) -> NodeAttributes:
    """Return the attributes of a node."""
    return cast("NodeAttributes", network.nodes[iri])


def edge(network: Net, ends: Edge) -> EdgeAttributes:
    """Return the attributes of an edge."""
    return cast("EdgeAttributes", network.edges[ends])


def edges(network: Net) -> Iterator[tuple[Edge, EdgeAttributes]]:
    """Yield each edge with its attributes."""
    for source, target, relation, attributes in network.edges(keys=True, data=True):
        yield Edge(source, target, relation), cast("EdgeAttributes", attributes)
