"""The part of a large network in which the paths between two entries lie, read from both ends."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from itasgraph.network import builder
from itasgraph.network.partial_network import PartialNetwork
from itasgraph.vocabulary import SCHEMA

if TYPE_CHECKING:
    from itasgraph.network.attributes import Net
    from itasgraph.questions.queries import Question
    from itasgraph.store.queryable import Queryable

# Of more entries it takes less time to build the whole network.
_MOST_ENTITIES: Final = 1_000


class _UnreadableError(Exception):
    """The network cannot be read in part, or the search comes to too many entities."""


@dataclass(frozen=True)
class Ends:
    """The two ends of paths, and the kinds of the hubs between them, the kind that says least first."""

    source: str
    target: str
    hubs: list[str]


def read(graph: Queryable, question: Question, ends: Ends, preferred: Callable[[], Collection[str]]) -> Net | None:
    """Return a part of the network in which a search finds the same as in the whole, or None where the whole must be read.

    Without a path past the hubs, it holds what explains that: what both ends have an edge with, the wholes to which each belongs,
    and a path through hubs; one through hubs of the kinds `preferred` or through these wholes has precedence.
    """
    walk = PartialNetwork(graph, question)
    area = _Area(walk, ends, builder.terminal_relations(graph))
    try:
        entities = area.shortest() or area.explanation(preferred)
    except _UnreadableError:
        return None
    return walk.network({*entities, ends.source, ends.target})


class _Area:
    """The entities on the paths between two ends."""

    def __init__(self, walk: PartialNetwork, ends: Ends, terminal: set[str]) -> None:
        self._walk = walk
        self._ends = ends
        self._both = (ends.source, ends.target)
        self._terminal = terminal
        self._kinds: Mapping[str, str] = {}

    def shortest(self, allowed: Collection[str] = (), wholes: Collection[str] = ()) -> set[str]:
        """Return the entities on the shortest paths past all hubs but those of the kinds `allowed` and the `wholes`."""
        costs = [{end: (0, 0)} for end in self._both]
        fronts = [[end] for end in self._both]
        while all(fronts):
            side = 0 if len(fronts[0]) <= len(fronts[1]) else 1
            _, steps = costs[side][fronts[side][0]]
            near = {other for _, other in self._edges(fronts[side])} - costs[side].keys()
            fronts[side] = sorted(one for one in near if one in wholes or self._rank(one, allowed) == 0)
            costs[side] |= dict.fromkeys(fronts[side], (0, steps + 1))
            if met := {one for one in fronts[side] if one in costs[1 - side]}:
                return self._back(met, costs[0]) | self._back(met, costs[1])
        return set()

    def explanation(self, preferred: Callable[[], Collection[str]]) -> set[str]:
        """Return the entities that explain why there is no path: what the ends have in common, and those on a path through hubs."""
        chains = [self._wholes(end) for end in self._both]
        self._read(self._both, builder.ENDS)
        common = set.intersection(*(self._walk.near([end]) for end in self._both))
        shared = set.intersection(*chains)
        is_common = any(all(one not in self._wholes(part) for part in shared - {one}) for one in shared)
        wholes = set().union(*chains) if is_common else set()
        allowed = preferred()
        path = self.shortest(allowed, wholes) if allowed or wholes else set()
        return set().union(common, *chains, path or self._cheapest())

    def _wholes(self, part: str) -> set[str]:
        """Return the parts of a programme to which a part belongs, directly or not, and the part itself."""
        wholes, front = {part}, {part}
        while front:
            self._read(front, builder.ENDS[:1])
            above = (self._walk.targets(one).items() for one in front)
            front = {
                whole for targets in above for whole, relations in targets if SCHEMA.superEvent in relations
            } - wholes
            wholes |= front
        return wholes

    def _cheapest(self) -> set[str]:
        """Return the entities on the paths whose hubs say most; of these, on the shortest."""
        costs = {self._ends.target: (0, 0)}
        waiting = [((0, 0), self._ends.target)]
        while waiting and waiting[0][0] <= costs.get(self._ends.source, waiting[0][0]):
            cost = waiting[0][0]
            batch = set()
            while waiting and waiting[0][0] == cost:
                batch.add(heapq.heappop(waiting)[1])
            for _, other in self._edges(sorted(one for one in batch if costs[one] == cost)):
                through = cost[0] + self._rank(other), cost[1] + 1
                if other not in costs or through < costs[other]:
                    costs[other] = through
                    heapq.heappush(waiting, (through, other))
        return self._back({self._ends.source}, costs) if self._ends.source in costs else set()

    def _back(self, entities: Collection[str], costs: Mapping[str, tuple[int, int]]) -> set[str]:
        """Return the entities on the cheapest ways from the beginning of a search to these entities."""
        ways, front = set(entities), set(entities)
        while front:
            front = {other for one, other in self._known_edges(front) if self._leads(costs, other, one)} - ways
            ways |= front
        return ways

    def _leads(self, costs: Mapping[str, tuple[int, int]], one: str, other: str) -> bool:
        """Return whether a cheapest way leads from one entity to its neighbour; a search past hubs counts the steps only."""
        if one not in costs or costs[one][1] + 1 != costs[other][1]:
            return False
        return costs[other][0] - costs[one][0] in (0, self._rank(other))

    def _edges(self, entities: Iterable[str]) -> list[tuple[str, str]]:
        """Read the edges of entities, and return those along which a path may lead, from each entity to the other one."""
        self._read(entities, builder.ENDS)
        edges = list(self._known_edges(entities))
        self._kinds = self._walk.kinds({other for _, other in edges})
        return edges

    def _known_edges(self, entities: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield the edges of entities as far as they were read; terminal ones only at the ends."""
        for one in entities:
            for other, relations in self._walk.edges_of(one):
                if other != one and (not relations <= self._terminal or one in self._both or other in self._both):
                    yield one, other

    def _read(self, entities: Iterable[str], ends: Collection[str]) -> None:
        self._walk.read(entities, ends)
        if not self._walk.is_readable or len(self._walk) > _MOST_ENTITIES:
            raise _UnreadableError

    def _rank(self, entity: str, allowed: Collection[str] = ()) -> int:
        """Return how little a path through an entity says: 0 where it is no hub."""
        kind = self._kinds.get(entity, "")
        if entity in self._both or kind not in self._ends.hubs or kind in allowed:
            return 0
        return len(self._ends.hubs) - self._ends.hubs.index(kind)
