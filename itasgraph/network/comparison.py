"""The comparison of two events, sections, sources or years: who is new, who is gone, which edges stayed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from itasgraph import messages
from itasgraph.entities import names
from itasgraph.entities.evidence import in_quotes
from itasgraph.entities.labels import display_labels
from itasgraph.errors import UsageError
from itasgraph.filters import timeframe
from itasgraph.filters.timeframe import ProgrammePart, Programmes
from itasgraph.network import attributes, builder
from itasgraph.network.answers import Analysis, NetworkAnswer, NetworkFinding, NetworkTexts
from itasgraph.network.attributes import Edge
from itasgraph.network.contributions import Contributions, edges_of
from itasgraph.project import Project
from itasgraph.store.queryable import Queryable
from itasgraph.util.spelling import sort_key

if TYPE_CHECKING:
    import networkx as nx

_YEAR: Final = re.compile(r"\d{4}")
_NO_LIMIT: Final = 1_000_000  # a comparison is a list, not a ranking


@dataclass(frozen=True)
class Side:
    """One side of a comparison: the name that the user gave it, its title, its events, sections or sources, their first day."""

    name: str
    title: str
    entities: frozenset[str]
    begin: datetime.date | None


def compare(graph: Queryable, project: Project, name: str, pair: tuple[str, str], lang: str) -> Analysis:
    """Compare the network called `name` of two events, sections, sources or years, the earlier one first.

    Where both have days, these decide which side is the earlier one. A year stands for all its events. What occurs in no event
    before the later side is new, whether that event is compared or not. Raises UsageError where a name is unknown, where both
    names mean the same, where one contains the other (of two sources, one may), where nobody appeared, and as
    `builder.build` does.
    """
    question = builder.find_query(name, project)
    programmes = Programmes(graph)
    sides = _sides(programmes, pair, lang)
    contributions = Contributions(graph)
    texts = [NetworkTexts(graph, contributions.network(question, side.entities), lang) for side in sides]
    for side, side_texts in zip(sides, texts, strict=True):
        if not side_texts.network:
            raise UsageError("no-appearances", name=side.name)
    earlier, later = texts
    before = _before(programmes, sides)
    past = [contributions.network(question, before)] if before else []
    actors = [contributions.actors(entities) for entities in (*(side.entities for side in sides), before)]
    answers = _answers(earlier, later, past, actors)
    title = earlier.say("compared", earlier=sides[0].title, later=sides[1].title)
    sentences = [earlier.say("compared-in", name=question.name, title=question.title(lang))]
    sentences += [one.summary("side-size", side.title) for side, one in zip(sides, texts, strict=True)]
    if before:
        events = ", ".join(sorted(display_labels(graph, before, lang).values(), key=sort_key))
        sentences.append(earlier.say("also-earlier", events=events))
    return Analysis(question.name, lang, title, sentences, len(later.network), later.edge_counts, answers)


def _sides(programmes: Programmes, pair: tuple[str, str], lang: str) -> list[Side]:
    """Return the two sides that a pair of texts names, the earlier one first, as far as both have days."""
    one, other = (_side(programmes, text, lang) for text in pair)
    if one.entities == other.entities:
        raise UsageError("same-ends", name=one.title)
    _refuse_containment(programmes, [one, other], lang)
    return [other, one] if one.begin and other.begin and one.begin > other.begin else [one, other]


def _answers(
    earlier: NetworkTexts, later: NetworkTexts, past: list[nx.MultiDiGraph[str]], actors: list[set[str]]
) -> list[NetworkAnswer]:
    """Return the answers on what is new, gone and has stayed; nothing in a network of the `past` is new.

    `actors` are those of the earlier side, of the later one and of the past: who moderated is not new as a speaker.
    """
    old, new = earlier.network, later.network
    were, are = actors[0] | set(old), actors[1] | set(new)
    known = [old, *past]
    old_edges, new_edges = edges_of(old), edges_of(new)
    return [
        _entity_answer("new", (later, new.nodes - were.union(actors[2], *past))),
        _entity_answer("gone", (earlier, old.nodes - are)),
        _entity_answer("stayed", (later, new.nodes & were), (earlier, (old.nodes - new.nodes) & are)),
        _edge_answer("edges-stayed", [earlier, later], new_edges & old_edges),
        _edge_answer("edges-new", [later], new_edges - set().union(*map(edges_of, known))),
        _edge_answer("edges-gone", [earlier], old_edges - new_edges),
    ]


def _side(programmes: Programmes, text: str, lang: str) -> Side:
    """Return the side that a text names: all events of a year, or one entity."""
    graph = programmes.graph
    days = timeframe.event_dates(graph)
    if _YEAR.fullmatch(text):
        events = {event for event, day in days.items() if day.year == int(text)}
        if not events:
            years = ", ".join(map(str, sorted({day.year for day in days.values()}))) or "–"
            raise UsageError("no-events", year=text, known=years)
        return Side(text, text, frozenset(events), min(days[event] for event in events))
    entity = names.resolve(graph, text, lang=lang).value
    title = display_labels(graph, [entity], lang)[entity]
    dates = (day for part in programmes.parts_of([entity]).values() for day in part.dates)
    return Side(text, title, frozenset([entity]), min(dates, default=None))


def _refuse_containment(programmes: Programmes, sides: list[Side], lang: str) -> None:
    """Raise UsageError where all of one side belongs to the other, so that nothing could be new, or nothing gone.

    Of two sources, one may say all that the other says: what it says beyond that is new.
    """
    contents = [set(programmes.parts_of(side.entities)) for side in sides]
    if not any(contents):
        return
    if not all(contents):  # an event and a source have only appearances in common
        contents = [programmes.appearances(side.entities) for side in sides]
    for part, whole in ((0, 1), (1, 0)):
        if contents[part] and contents[part] <= contents[whole]:
            others = names.list_ids(programmes.graph, _alternatives(programmes, sides[part]), lang)
            facts = {"part": sides[part].title, "whole": sides[whole].title}
            raise UsageError("part-of-other" if others else "part-of-other-only", **facts, known=others)


def _alternatives(programmes: Programmes, side: Side) -> list[str]:
    """Return the entities of the same kind that can be compared with a side: they have appearances, and none in common."""
    one = ox.NamedNode(min(side.entities))
    rows = programmes.graph.select(f"""
        SELECT DISTINCT ?other WHERE {{
          {{ {one} itas:kind ?kind . ?other itas:kind ?kind }} UNION {{ {one} a itas:Source . ?other a itas:Source }}
        }} ORDER BY ?other""")
    own = programmes.appearances(side.entities)
    inside: dict[str, set[str]] = {}
    for part in programmes.parts.values():
        for whole in part.within:
            inside.setdefault(whole, set()).update(part.appearances)
    others = (row["other"].value for row in rows)
    appearances = {one: inside[one] if one in inside else programmes.appearances([one]) for one in others}
    return [entity for entity, some in appearances.items() if some and some.isdisjoint(own)]


def _before(programmes: Programmes, sides: list[Side]) -> frozenset[str]:
    """Return the events before the later side that are not compared themselves; none where the later side has no day.

    The event of a section is among them: the earlier side is the section, not all of its event.
    """
    earlier, later = sides
    parts = programmes.parts
    wholes = {whole for entity in later.entities & parts.keys() for whole in parts[entity].within}
    days = timeframe.event_dates(programmes.graph)
    before = {event for event, day in days.items() if later.begin and day < later.begin}
    return frozenset(
        event for event in before - wholes if parts.get(event, ProgrammePart()).within.isdisjoint(earlier.entities)
    )


def _entity_answer(code: str, *named: tuple[NetworkTexts, Iterable[str]]) -> NetworkAnswer:
    findings = [
        NetworkFinding({entity: label}, 1.0, texts.say(messages.as_code(f"is-{code}"), entity=texts.describe(entity)))
        for texts, entities in named
        for entity, label in texts.labels_of(entities).items()
    ]
    return NetworkAnswer(code, findings, named[0][0].say("measure-compared"), _NO_LIMIT)


def _edge_answer(code: str, sides: list[NetworkTexts], edges: set[Edge]) -> NetworkAnswer:
    """Return the answer with a finding for each edge, with its quotes on each side; labels come from the first side."""
    texts = sides[0]
    findings = []
    for edge in sorted(edges, key=lambda edge: (texts.sort_key(edge[0]), texts.sort_key(edge[1]), edge)):
        source, target, relation = edge
        words = " / ".join(_quotes(side, edge) for side in sides)
        facts = {"one": texts.label(source), "relation": texts.term_label(relation), "other": texts.label(target)}
        ends = {entity: texts.label(entity) for entity in (source, target)}
        findings.append(NetworkFinding(ends, float(len(sides)), texts.say("edge", quotes=words, **facts)))
    return NetworkAnswer(code, findings, texts.say("measure-compared"), _NO_LIMIT)


def _quotes(texts: NetworkTexts, edge: Edge) -> str:
    quotes = dict.fromkeys(one.quote for one in attributes.edge(texts.network, edge)["quotes"])
    return ", ".join(in_quotes(text, texts.lang) for text in quotes) or "–"
