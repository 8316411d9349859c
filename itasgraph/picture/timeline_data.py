"""The part of a page's data that says when: the moments of a network, and at which of them its nodes and edges occur."""

from __future__ import annotations

from collections.abc import Iterable

from itasgraph import messages
from itasgraph.network.attributes import Edge
from itasgraph.network.moments import Timeline
from itasgraph.picture import contract


def moments(timeline: Timeline | None) -> list[contract.Moment]:
    """Return the moments of a timeline, none where there is no timeline."""
    return [
        {"id": one.event, "label": one.label, "begin": one.begin.isoformat(), "end": one.end.isoformat()}
        for one in (timeline.moments if timeline else ())
    ]


def with_moments(
    nodes: Iterable[contract.Node], edges: Iterable[contract.Edge], timeline: Timeline
) -> tuple[list[contract.Node], list[contract.Edge]]:
    """Return nodes and edges with the numbers of the moments at which they occur, those that depend on some."""
    return [_node(node, timeline) for node in nodes], [_edge(edge, timeline) for edge in edges]


def _node(node: contract.Node, timeline: Timeline) -> contract.Node:
    return {**node, "at": timeline.entities[node["id"]]} if node["id"] in timeline.entities else node


def _edge(edge: contract.Edge, timeline: Timeline) -> contract.Edge:
    key = Edge(edge["from"], edge["to"], edge["relation"])
    return {**edge, "at": timeline.edges[key]} if key in timeline.edges else edge


def page_texts(networks: Iterable[contract.PageNetwork]) -> dict[str, dict[str, str]]:
    """Return the texts of a page by language and key, those on moments only where a network has some."""
    texts = {lang: messages.page(lang) for lang in messages.LANGUAGES}
    if any(one["moments"] for one in networks):
        return texts
    return {
        lang: {key: text for key, text in one.items() if not key.startswith("moment")} for lang, one in texts.items()
    }
