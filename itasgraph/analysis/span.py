"""The graph with some of its appearances only: those in a span of time, at one event, or told by one source."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from itasgraph.errors import AskedWrongly
from itasgraph.graph import Graph, Queryable, add


@dataclass(frozen=True, slots=True)
class Appearance:
    """Somebody in a contribution: what it is part of (the contribution itself first), when that was, who tells it."""

    iri: str
    within: frozenset[str]
    dates: frozenset[datetime.date]
    sources: frozenset[str]


@dataclass(frozen=True, slots=True)
class Span:
    """From one day to another, both included; None is open. Raises AskedWrongly where it ends before it begins."""

    since: datetime.date | None = None
    until: datetime.date | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise AskedWrongly("span-backwards", since=self.since, until=self.until)

    def __bool__(self) -> bool:
        return self.since is not None or self.until is not None


def appearances(graph: Queryable) -> list[Appearance]:
    """All appearances, each with the dates of what its contribution is part of; dates that are none are passed over."""
    within: dict[str, set[str]] = {}
    dates: dict[str, set[datetime.date]] = {}
    sources: dict[str, set[str]] = {}
    for row in graph.select(_APPEARANCES):
        iri = row["appearance"].value
        within.setdefault(iri, set()).add(row["whole"].value)
        dates.setdefault(iri, set()).update(_date(row["date"].value) if row["date"] is not None else ())
        sources.setdefault(iri, set()).update([row["source"].value] if row["source"] is not None else ())
    return [
        Appearance(iri, frozenset(within[iri]), frozenset(dates[iri]), frozenset(sources[iri]))
        for iri in sorted(within)
    ]


def between(graph: Queryable, span: Span) -> Queryable:
    """The graph with the appearances of that span; those without a date are in none."""
    first, last = span.since or datetime.date.min, span.until or datetime.date.max
    return _only(graph, {a.iri for a in appearances(graph) if any(first <= date <= last for date in a.dates)})


def of(graph: Queryable, thing: str) -> Queryable:
    """The graph with the appearances at an event (section, contribution) or those that a source tells."""
    return _only(graph, {a.iri for a in appearances(graph) if thing in a.within or thing in a.sources})


def _only(graph: Queryable, kept: Collection[str]) -> Graph:
    """The graph without the appearances that are not among `kept`."""
    gone = {row["appearance"] for row in graph.select(_ALL) if row["appearance"].value not in kept}
    store = ox.Store()
    add(store, (quad for quad in graph.quads() if quad.subject not in gone and quad.object not in gone))
    return Graph(store, graph.prefixes, graph.base)


def _date(text: str) -> list[datetime.date]:
    try:
        return [datetime.date.fromisoformat(text[:10])]
    except ValueError:
        return []


_ALL: Final = "SELECT DISTINCT ?appearance WHERE { ?contribution itas:appearance ?appearance }"
_APPEARANCES: Final = """
    SELECT DISTINCT ?appearance ?whole ?date ?source WHERE {
      ?contribution itas:appearance ?appearance ; schema:superEvent* ?whole .
      OPTIONAL { ?whole schema:startDate ?date }
      OPTIONAL { ?appearance dcterms:source ?source }
    }"""
