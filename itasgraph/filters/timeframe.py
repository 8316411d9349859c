"""The graph with some of its programmes only: those of a timeframe, of one event, or of one source."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from itasgraph.errors import UsageError
from itasgraph.store.memory import Graph, derive
from itasgraph.store.queryable import Queryable, Term, value
from itasgraph.vocabulary import SCHEMA

# The days of an event that are distinguished; a longer event counts as this many days and one.
_MAX_DAYS: Final = 400


@dataclass(frozen=True, slots=True)
class ProgrammePart:
    """An event, section or contribution: what it is part of (itself included), its days, and its appearances."""

    within: set[str] = field(default_factory=set)
    dates: set[datetime.date] = field(default_factory=set)
    appearances: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Timeframe:
    """The days from one to another, both included; None is open. Raises UsageError where it ends before it begins."""

    since: datetime.date | None = None
    until: datetime.date | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise UsageError("timeframe-backwards", since=self.since, until=self.until)

    def __bool__(self) -> bool:
        return self.since is not None or self.until is not None

    def __contains__(self, date: datetime.date) -> bool:
        return (self.since or date) <= date <= (self.until or date)


class Programmes:
    """The programmes of a graph. What is asked of the graph is asked once."""

    def __init__(self, graph: Queryable) -> None:
        self.graph = graph

    @cached_property
    def parts(self) -> dict[str, ProgrammePart]:
        """Return all parts of programmes by IRI, without invalid dates."""
        parts: dict[str, ProgrammePart] = {}
        for row in self.graph.select(_PARTS):
            part = parts.setdefault(row["part"].value, ProgrammePart())
            part.within.add(row["whole"].value)
            part.dates.update(_days(row["first"], row["last"]))
            part.appearances.update([row["appearance"].value] if row["appearance"] is not None else ())
        return parts

    def parts_of(self, wholes: Collection[str]) -> dict[str, ProgrammePart]:
        """Return the parts of events, series or sections, these included; none for sources."""
        return {iri: part for iri, part in self.parts.items() if not part.within.isdisjoint(wholes)}

    def appearances(self, entities: Collection[str]) -> set[str]:
        """Return the appearances in the programmes of events, or those that sources state."""
        inside = {one for part in self.parts_of(entities).values() for one in part.appearances}
        everywhere = {one for part in self.parts.values() for one in part.appearances}
        return inside or everywhere & self._stated_by(entities)

    def select_timeframe(self, timeframe: Timeframe) -> Graph:
        """Return the graph with the programmes of a timeframe only; a programme without a date is in no timeframe."""
        return self._restrict(lambda part: any(date in timeframe for date in part.dates))

    def select(self, entities: Collection[str]) -> Graph:
        """Return the graph with the programmes of events (sections, contributions), or with what sources state."""
        of_sources = self._stated_by(entities)
        others = self._statements.keys() - of_sources if of_sources else ()
        return self._restrict(
            lambda part: not part.within.isdisjoint(entities) or bool(part.appearances & of_sources), others
        )

    def exclude(self, entities: Collection[str]) -> Graph:
        """Return the graph without any programme, nor what was presented at the events or is stated by the sources.

        Whatever only `select` returns is contributed by these events or sources.
        """
        if self._stated_by(entities):
            return self._restrict(lambda _: False, self._statements.keys())
        return self._restrict(lambda _: False, self._presented_at(entities))

    def remove(self, entities: Collection[str]) -> Graph:
        """Return the graph without the programmes of events (sections, contributions), nor what was presented at them."""
        return self._restrict(lambda part: part.within.isdisjoint(entities), self._presented_at(entities))

    def _presented_at(self, entities: Collection[str]) -> set[str]:
        parts = self.parts_of(entities)
        return {presented for part, presented in self._presented if part in parts}

    def _stated_by(self, entities: Collection[str]) -> set[str]:
        """Return the statements of those entities that are sources."""
        return {statement for statement, sources in self._statements.items() if not sources.isdisjoint(entities)}

    @cached_property
    def _statements(self) -> dict[str, set[str]]:
        """Return statement → its sources; appearances are among the statements."""
        statements: dict[str, set[str]] = {}
        for row in self.graph.select(_STATEMENTS):
            statements.setdefault(row["statement"].value, set()).add(row["source"].value)
        return statements

    @cached_property
    def _presented(self) -> list[tuple[str, str]]:
        return [(row["part"].value, row["presented"].value) for row in self.graph.select(_PRESENTED)]

    @cached_property
    def _derived(self) -> list[tuple[str, str]]:
        return [(row["statement"].value, row["ground"].value) for row in self.graph.select(_DERIVED)]

    @cached_property
    def _supporting(self) -> dict[ox.Triple, list[str]]:
        """Return the plain triples of relations, each with its statements."""
        supporting: dict[ox.Triple, list[str]] = {}
        for row in self.graph.select(_TRIPLES):
            supporting.setdefault(ox.Triple(row["s"], row["p"], row["o"]), []).append(row["statement"].value)
        return supporting

    def _restrict(self, fits: Callable[[ProgrammePart], bool], others: Collection[str] = ()) -> Graph:
        """Return the graph without the parts that do not fit, their appearances, the statements derived from these, and `others`."""
        nodes, unsupported = self._removed(fits, others)
        quads = (quad for quad in self.graph.quads() if quad.subject not in nodes and quad.object not in nodes)
        return derive(self.graph, (quad for quad in quads if quad.triple not in unsupported))

    def _removed(
        self, fits: Callable[[ProgrammePart], bool], others: Collection[str]
    ) -> tuple[set[ox.NamedNode], set[ox.Triple]]:
        """Return the nodes whose statements `_restrict` leaves out, and the triples that it leaves out beside these."""
        removed = set(others)
        for iri, part in self.parts.items():
            removed |= set() if fits(part) else {iri, *part.appearances}
        removed |= {statement for statement, ground in self._derived if ground in removed}
        return {ox.NamedNode(iri) for iri in removed}, self._unsupported(removed) if others else set()

    def _unsupported(self, removed: Collection[str]) -> set[ox.Triple]:
        """Return the plain triples of relations all of whose statements are removed."""
        return {triple for triple, statements in self._supporting.items() if all(one in removed for one in statements)}


class ProgrammesInTurn(Programmes):
    """The programmes of a graph for many restrictions in turn: each graph holds only until the next one is asked for.

    All are one graph in memory, in which only the statements change by which two restrictions in turn differ.
    """

    def __init__(self, graph: Queryable) -> None:
        whole = derive(graph, graph.quads())
        super().__init__(whole)
        self._all = whole.store
        self._restricted = derive(whole, whole.quads())
        self._nodes: set[ox.NamedNode] = set()
        self._triples: set[ox.Triple] = set()

    def _restrict(self, fits: Callable[[ProgrammePart], bool], others: Collection[str] = ()) -> Graph:
        nodes, triples = self._removed(fits, others)
        changed = (triples ^ self._triples).union(*map(self._about, nodes ^ self._nodes))
        self._nodes, self._triples = nodes, triples
        for triple in changed:
            quads = self._all.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
            if triple.subject in nodes or triple.object in nodes or triple in triples:
                for quad in quads:
                    self._restricted.store.remove(quad)
            else:
                self._restricted.store.extend(quads)
        return self._restricted

    def _about(self, node: ox.NamedNode) -> set[ox.Triple]:
        patterns = (node, None, None, None), (None, None, node, None)
        return {quad.triple for pattern in patterns for quad in self._all.quads_for_pattern(*pattern)}


def event_dates(graph: Queryable, kinds: Collection[str] = (SCHEMA.Event,)) -> dict[str, datetime.date]:
    """Return the entities of some kinds, each with its first day; sections and contributions are parts of events."""
    days: dict[str, datetime.date] = {}
    rows = graph.select("SELECT ?event ?kind ?date WHERE { ?event itas:kind ?kind ; schema:startDate ?date }")
    for row in (row for row in rows if row["kind"].value in kinds):
        for day in _date(row["date"].value):
            days[row["event"].value] = min(day, days.get(row["event"].value, day))
    return days


def _days(first: Term | None, last: Term | None) -> list[datetime.date]:
    """Return the days from one to another, both included, _MAX_DAYS and one at most; none where the first is no day."""
    begin = _date(value(first)) if first is not None else []
    end = (_date(value(last)) if last is not None else []) or begin
    count = min((end[0] - begin[0]).days, _MAX_DAYS) if begin else -1
    return [begin[0] + datetime.timedelta(number) for number in range(count + 1)]


def _date(text: str) -> list[datetime.date]:
    try:
        return [datetime.date.fromisoformat(text[:10])]
    except ValueError:
        return []


# A contribution need not say that it is an event: an appearance in it shows that.
_PARTS: Final = """
    SELECT DISTINCT ?part ?whole ?first ?last ?appearance WHERE {
      { ?part a schema:Event } UNION { ?part itas:appearance|itas:moderation ?any }
      ?part schema:superEvent* ?whole .
      OPTIONAL { ?part itas:day ?day }
      OPTIONAL { ?whole schema:startDate ?start . OPTIONAL { ?whole schema:endDate ?end } }
      BIND(COALESCE(?day, ?start) AS ?first)
      BIND(COALESCE(?day, ?end) AS ?last)
      OPTIONAL { ?part itas:appearance|itas:moderation ?appearance }
      FILTER(isIRI(?part))
    }"""
_STATEMENTS: Final = """
    SELECT DISTINCT ?statement ?source WHERE {
      { ?any itas:appearance|itas:moderation ?statement } UNION { ?statement rdf:subject ?subject }
      ?statement dcterms:source ?source .
      FILTER(isIRI(?statement))
    }"""
_TRIPLES: Final = """
    SELECT DISTINCT ?statement ?s ?p ?o WHERE {
      ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
      FILTER(isIRI(?statement) && isIRI(?p) && !isLiteral(?s))
    }"""
_PRESENTED: Final = "SELECT ?part ?presented WHERE { ?part itas:presents ?presented . FILTER(isIRI(?presented)) }"
# A statement that a rule derives from the statement of a section is removed together with that statement.
_DERIVED: Final = """
    SELECT DISTINCT ?statement ?ground WHERE {
      ?statement prov:wasDerivedFrom+ ?premise . ?premise rdf:subject ?ground . FILTER(isIRI(?statement))
    }"""
