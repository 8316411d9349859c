"""The moments of a network: its events in the order of their days, and what occurs at which of them.

What an event contributes is what a comparison (comparison.py) takes for it. The header of a network's query lists under
`moments:` the kinds whose entries are moments.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from itasgraph.entities.labels import Texts, label_texts, translations
from itasgraph.filters import timeframe
from itasgraph.filters.timeframe import ProgrammePart, Programmes
from itasgraph.network.attributes import Edge
from itasgraph.network.contributions import Contributions, edges_of

if TYPE_CHECKING:
    from itasgraph.network.builder import Networks

_FEWEST: Final = 2
# To ask each network of each event takes as long as events × entries: some ten seconds for this many.
_MOST_WORK: Final = 5_000


@dataclass(frozen=True)
class Moment:
    """An event with its label by language and its first and last day."""

    event: str
    label: Texts
    begin: datetime.date
    end: datetime.date


@dataclass(frozen=True)
class Timeline:
    """The moments of a network, and the numbers of those at which entities and edges occur.

    An entity or edge that is not listed depends on none of the events, so that it is always there. One that is listed without a
    number occurs at no single event: it takes several of them to relate its ends.
    """

    moments: list[Moment]
    entities: dict[str, list[int]]
    edges: dict[Edge, list[int]]


class Timelines:
    """The timelines of the networks of a graph."""

    def __init__(self, networks: Networks) -> None:
        self._networks = networks
        self._programmes = Programmes(networks.graph)

    @cached_property
    def _contributions(self) -> Contributions:
        return Contributions(self._networks.graph)

    def of(self, name: str) -> Timeline | None:
        """Return the timeline of a network; None where it has fewer than two moments, or is too large to be asked of each."""
        question, network = self._networks.query(name), self._networks[name]
        types = self._networks.graph.terms.types
        moments = self._moments({types.get(kind, kind) for kind in question.values("moments")})
        if len(moments) < _FEWEST or len(moments) * len(network) > _MOST_WORK:
            return None
        parts = [self._contributions.network(question, {moment.event}) for moment in moments]
        actors = [self._contributions.actors({moment.event}) for moment in moments]
        rest = self._contributions.rest(question, {moment.event for moment in moments})
        present = [set(part) | who for part, who in zip(parts, actors, strict=True)]
        stated = list(map(edges_of, parts))
        entities = {one: _numbers(one, present) for one in network}
        edges = {edge: _numbers(edge, stated) for edge in sorted(edges_of(network))}
        return Timeline(
            moments,
            {one: numbers for one, numbers in entities.items() if numbers or one not in rest},
            {edge: numbers for edge, numbers in edges.items() if numbers or not rest.has_edge(*edge)},
        )

    def _moments(self, kinds: Collection[str]) -> list[Moment]:
        """Return the outermost entities of these kinds that have a day and in whose programmes somebody appears."""
        graph = self._networks.graph
        parts = self._programmes.parts
        appeared_in = {whole for part in parts.values() if part.appearances for whole in part.within}
        days = {
            event: day
            for event, day in timeframe.event_dates(graph, kinds).items()
            if event in appeared_in and event in parts
        }
        outermost = sorted(
            (day, event) for event, day in days.items() if not _is_within_others(parts[event], days, event)
        )
        labels = translations(graph)
        return [
            Moment(event, label_texts(graph, labels, event), day, max(parts[event].dates, default=day))
            for day, event in outermost
        ]


def _is_within_others(part: ProgrammePart, events: Collection[str], event: str) -> bool:
    return any(whole in events for whole in part.within - {event})


def _numbers(one: object, present: Sequence[Collection[object]]) -> list[int]:
    """Return the numbers of the moments at which an entity or edge is present."""
    return [number for number, others in enumerate(present) if one in others]
