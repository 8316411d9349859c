"""The graph with a part of its programmes only: what was in a span of time, at one event, or is told by one source."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from itasgraph.errors import UsageError
from itasgraph.store.graph import Graph, Queryable, add


@dataclass(frozen=True, slots=True)
class Part:
    """An event, section or contribution: what it is part of (itself, too), when that was, and its appearances."""

    within: set[str] = field(default_factory=set)
    dates: set[datetime.date] = field(default_factory=set)
    appearances: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Span:
    """From one day to another, both included; None is open. Raises UsageError where it ends before it begins."""

    since: datetime.date | None = None
    until: datetime.date | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise UsageError("span-backwards", since=self.since, until=self.until)

    def __bool__(self) -> bool:
        return self.since is not None or self.until is not None

    def __contains__(self, date: datetime.date) -> bool:
        return (self.since or date) <= date <= (self.until or date)


def parts(graph: Queryable) -> dict[str, Part]:
    """All parts of programmes, by IRI; dates that are none are passed over."""
    found: dict[str, Part] = {}
    for row in graph.select(_PARTS):
        part = found.setdefault(row["part"].value, Part())
        part.within.add(row["whole"].value)
        part.dates.update(_date(row["date"].value) if row["date"] is not None else ())
        part.appearances.update([row["appearance"].value] if row["appearance"] is not None else ())
    return found


def within(graph: Queryable, things: Collection[str]) -> dict[str, Part]:
    """Return the parts of the programmes of events, series or sections, these among them; none for sources."""
    return {iri: part for iri, part in parts(graph).items() if not part.within.isdisjoint(things)}


def appearances(graph: Queryable, things: Collection[str]) -> set[str]:
    """Return the appearances in the programmes of events, or those that sources tell."""
    inside = {one for part in within(graph, things).values() for one in part.appearances}
    return inside or {one for part in parts(graph).values() for one in part.appearances} & _told(graph, things)


def between(graph: Queryable, span: Span) -> Graph:
    """The graph with what was in that span; what has no date is in none."""
    return _only(graph, lambda part: any(date in span for date in part.dates))


def of(graph: Queryable, things: Collection[str]) -> Graph:
    """Return the graph with the programmes of events (sections, contributions), or with what sources tell."""
    told = _told(graph, things)
    if not told:
        return _only(graph, lambda part: not part.within.isdisjoint(things))
    others = {row["statement"].value for row in graph.select(_STATEMENTS)} - told
    return _only(graph, lambda part: not part.within.isdisjoint(things) or bool(part.appearances & told), others)


def rest(graph: Queryable, things: Collection[str]) -> Graph:
    """Return the graph that is there whatever happened at the events or is told by the sources.

    What `of` has beyond it is theirs. What was presented at an event is the event's, with all that is said of it.
    """
    if _told(graph, things):
        return _only(graph, lambda _: False, {row["statement"].value for row in graph.select(_STATEMENTS)})
    there = within(graph, things)
    shown = {row["presented"].value for row in graph.select(_PRESENTED) if row["part"].value in there}
    return _only(graph, lambda _: False, shown)


def dated(graph: Queryable) -> dict[str, datetime.date]:
    """Return the events, each with its first day; sections and contributions are parts of them."""
    days: dict[str, datetime.date] = {}
    for row in graph.select("SELECT ?event ?date WHERE { ?event itas:kind schema:Event ; schema:startDate ?date }"):
        for day in _date(row["date"].value):
            days[row["event"].value] = min(day, days.get(row["event"].value, day))
    return days


def _told(graph: Queryable, sources: Collection[str]) -> set[str]:
    """The statements that sources tell, appearances among them; none where the things are no sources."""
    return {row["statement"].value for row in graph.select(_STATEMENTS) if row["source"].value in sources}


def _only(graph: Queryable, wanted: Callable[[Part], bool], others: Collection[str] = ()) -> Graph:
    """The graph without the parts not wanted, their appearances, what rests on them, and the `others` named."""
    gone = set(others)
    for iri, part in parts(graph).items():
        gone |= set() if wanted(part) else {iri, *part.appearances}
    gone |= {row["statement"].value for row in graph.select(_RESTS) if row["ground"].value in gone}
    nodes = {ox.NamedNode(iri) for iri in gone}
    untold = _untold(graph, gone) if others else set()
    store = ox.Store()
    kept = (quad for quad in graph.quads() if quad.subject not in nodes and quad.object not in nodes)
    add(store, (quad for quad in kept if quad.triple not in untold))
    return Graph(store, graph.prefixes, graph.base)


def _untold(graph: Queryable, gone: Collection[str]) -> set[ox.Triple]:
    """The plain triples of relations that only statements tell which are gone."""
    told: dict[ox.Triple, list[str]] = {}
    for row in graph.select(_TRIPLES):
        told.setdefault(ox.Triple(row["s"], row["p"], row["o"]), []).append(row["statement"].value)
    return {triple for triple, statements in told.items() if all(one in gone for one in statements)}


def _date(text: str) -> list[datetime.date]:
    try:
        return [datetime.date.fromisoformat(text[:10])]
    except ValueError:
        return []


# A contribution need not say that it is an event: who appears in it tells.
_PARTS: Final = """
    SELECT DISTINCT ?part ?whole ?date ?appearance WHERE {
      { ?part a schema:Event } UNION { ?part itas:appearance ?any }
      ?part schema:superEvent* ?whole .
      OPTIONAL { ?whole schema:startDate ?date }
      OPTIONAL { ?part itas:appearance ?appearance }
      FILTER(isIRI(?part))
    }"""
_STATEMENTS: Final = """
    SELECT DISTINCT ?statement ?source WHERE {
      { ?any itas:appearance ?statement } UNION { ?statement rdf:subject ?subject }
      ?statement dcterms:source ?source .
      FILTER(isIRI(?statement))
    }"""
_TRIPLES: Final = """
    SELECT DISTINCT ?statement ?s ?p ?o WHERE {
      ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
      FILTER(isIRI(?statement) && isIRI(?p) && !isLiteral(?s))
    }"""
_PRESENTED: Final = "SELECT ?part ?presented WHERE { ?part itas:presents ?presented . FILTER(isIRI(?presented)) }"
# What a rule hands on from a section falls with the section's own statement.
_RESTS: Final = """
    SELECT DISTINCT ?statement ?ground WHERE {
      ?statement prov:wasDerivedFrom+ ?given . ?given rdf:subject ?ground . FILTER(isIRI(?statement))
    }"""
