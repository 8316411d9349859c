"""What single events, sections or sources contribute to the networks of a graph."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING, Final

from itasgraph.filters.timeframe import ProgrammesInTurn
from itasgraph.network import builder
from itasgraph.network.attributes import Edge
from itasgraph.questions.queries import Question
from itasgraph.store.queryable import Queryable

if TYPE_CHECKING:
    from itasgraph.network.attributes import Net

_ACTORS: Final = "SELECT DISTINCT ?appearance ?actor WHERE { ?appearance org:member|org:organization ?actor }"


class Contributions:
    """What events, sections or sources contribute to networks of one graph, of which it makes a copy in memory."""

    def __init__(self, graph: Queryable) -> None:
        self._programmes = ProgrammesInTurn(graph)
        self._wholes: dict[str, Net] = {}

    def network(self, question: Question, entities: Collection[str]) -> Net:
        """Return the network of events or sources, without the edges and unconnected entities that the rest of the graph has, too.

        A query may leave out what relates too many, as organisations.rq does: a part may then have an edge that the whole
        graph lacks and to which it contributes nothing.
        """
        whole = self._whole(question)
        network = builder.build(self._programmes.select(entities), question.text, question.name)
        rest = builder.build(self._programmes.exclude(entities), question.text, question.name)
        network.remove_edges_from(
            [edge for edge in network.edges(keys=True) if rest.has_edge(*edge) or not whole.has_edge(*edge)]
        )
        network.remove_nodes_from(
            [one for one in network if one not in whole or (one in rest and not network.degree(one))]
        )
        return network

    def _whole(self, question: Question) -> Net:
        """Return the network of the whole graph."""
        if question.text not in self._wholes:
            self._wholes[question.text] = builder.build(self._programmes.graph, question.text, question.name)
        return self._wholes[question.text]

    def rest(self, question: Question, entities: Collection[str]) -> Net:
        """Return the network that the graph has without any of these events: what other events contribute is in it."""
        return builder.build(self._programmes.remove(entities), question.text, question.name)

    def actors(self, entities: Collection[str]) -> set[str]:
        """Return who appears or moderates in the programmes of events, or does so as sources say; organisations included."""
        appearances = self._programmes.appearances(entities) if entities else set()
        return {actor for appearance, actor in self._actors if appearance in appearances}

    @cached_property
    def _actors(self) -> list[tuple[str, str]]:
        return [(row["appearance"].value, row["actor"].value) for row in self._programmes.graph.select(_ACTORS)]


def edges_of(network: Net) -> set[Edge]:
    """Return the edges of a network."""
    return {Edge(*edge) for edge in network.edges(keys=True)}
