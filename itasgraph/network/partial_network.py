"""The part of a network around some entities, for which the graph is asked of no others: a large network takes long to build."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from itasgraph.entities.labels import is_iri
from itasgraph.network import builder
from itasgraph.network.neighbourhood import StepEnds
from itasgraph.questions.restriction import restrict
from itasgraph.vocabulary import ITAS, OWL

if TYPE_CHECKING:
    from itasgraph.network.attributes import Net
    from itasgraph.questions.queries import Question
    from itasgraph.store.queryable import Queryable, Term

# A graph with more entries is asked for the part that is shown. Of a smaller one, the whole network is built at once, and says more.
_LARGE: Final = 500
_Edges = defaultdict[str, defaultdict[str, set[str]]]  # an end → the other end → the relations between them
# Entities in one query: few enough for the limits of an endpoint, enough to send few requests.
_BATCH: Final = 100


def is_large(graph: Queryable) -> bool:
    """Return whether a graph has so many entries that only the part of a network that is shown should be built."""
    rows = graph.select(f"SELECT ?entity WHERE {{ ?entity <{ITAS.kind}> ?kind }} OFFSET {_LARGE} LIMIT 1")
    return next(rows, None) is not None


class PartialNetwork:
    """A network of which only the edges at some entities are read: those that `read` names."""

    def __init__(self, graph: Queryable, question: Question) -> None:
        self._graph = graph
        self._question = question
        self._terms: dict[str, Term] = {}
        self._rows: defaultdict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
        self._targets: _Edges = defaultdict(lambda: defaultdict(set))
        self._sources: _Edges = defaultdict(lambda: defaultdict(set))
        self._read: dict[str, set[str]] = {end: set() for end in builder.ENDS}
        self._kinds: dict[str, str] = {}
        # Whether the query of the network can be asked for a part, and for each of the entities that were read.
        self.is_readable = all(restrict(question.text, end, ()) is not None for end in builder.ENDS)

    def __len__(self) -> int:
        """Return the number of entities that were read."""
        return len(self._terms)

    def __contains__(self, entity: str) -> bool:
        return entity in self._terms

    def read(self, entities: Iterable[str], ends: Collection[str] = builder.ENDS) -> None:
        """Read the edges of entities: all, or those of which the entities are the `source`."""
        wanted = set(entities)
        for end in ends:
            new = sorted(one for one in wanted - self._read[end] if is_iri(one))
            self._read[end].update(new)
            for start in range(0, len(new), _BATCH):
                self._read_rows(end, new[start : start + _BATCH])

    def _read_rows(self, end: str, entities: list[str]) -> None:
        """Read the rows of edges at one end of which these entities are, but for those that were read from the other end."""
        text = restrict(self._question.text, end, entities)
        assert text is not None
        (other_end,) = {*builder.ENDS} - {end}
        for row in builder.rows(self._graph, text, self._question.name, self._terms):
            if row.get(other_end) in self._read[other_end]:
                continue
            source, target = row["source"], row.get("target", "")
            self.is_readable &= isinstance(self._terms[source], ox.NamedNode)
            self.is_readable &= not target or isinstance(self._terms[target], ox.NamedNode)
            self._rows[source, target].append(row)
            if target and row.get("relation") != OWL.differentFrom:
                self._targets[source][target].add(row["relation"])
                self._sources[target][source].add(row["relation"])

    def near(self, entities: Iterable[str]) -> set[str]:
        """Return the entities with an edge to one of these, as far as edges were read."""
        return {other for one in entities for other, _ in self.edges_of(one)}

    def targets(self, entity: str) -> Mapping[str, set[str]]:
        """Return the targets of the edges of an entity, each with the relations that lead there, as far as edges were read."""
        return self._targets.get(entity, {})

    def edges_of(self, entity: str) -> Iterator[tuple[str, set[str]]]:
        """Yield the other ends of the edges of an entity with their relations, in either direction, as far as edges were read."""
        for others in (self._targets, self._sources):
            yield from others.get(entity, {}).items()

    def kinds(self, entities: Iterable[str]) -> Mapping[str, str]:
        """Return the kinds of entities, "" where none is known."""
        new = {one: self._terms[one] for one in entities if one in self._terms and one not in self._kinds}
        self._kinds |= dict.fromkeys(new, "") | builder.kinds(self._graph, new)
        return self._kinds

    def network(self, entities: Collection[str]) -> Net:
        """Return the network of these entities, and of those edges that were read with both ends among them."""
        inside = set(entities)
        rows = (
            row
            for (source, target), several in self._rows.items()
            if source in inside and (not target or target in inside)
            for row in several
        )
        terms = {one: term for one, term in self._terms.items() if one in inside}
        return builder.assemble(self._graph, rows, terms, self._question.name)


def surroundings(
    graph: Queryable, question: Question, middle: str, steps: int, ends: StepEnds, limit: int | None = None
) -> Net | None:
    """Return the network within some steps of an entity, of at most `limit` entities, or None where its query cannot be restricted.

    It is the part of the whole network within `neighbourhood.steps_to`, and of these entities the first by steps, neighbours and IRI. It is empty where the network lacks the entity.
    """
    walk = PartialNetwork(graph, question)
    reached, front = {middle: 0}, [middle]
    for step in range(1, steps + 1):
        if not walk.is_readable:
            return None
        kinds = walk.kinds(front)
        from_here = [one for one in front if one == middle or not ends.has(one, kinds.get(one))]
        walk.read(from_here)
        front = sorted(walk.near(from_here) - reached.keys())
        reached |= dict.fromkeys(front, step)
    if not walk.is_readable:
        return None
    if middle not in walk:
        return walk.network(())
    if limit is None or len(reached) <= limit:
        walk.read(reached, builder.ENDS[:1])
        return walk.network(reached)
    walk.read(reached)
    ranks = {one: (step, -len(walk.near([one]) - {one}), one) for one, step in reached.items()}
    return walk.network(sorted(reached, key=ranks.__getitem__)[:limit])
