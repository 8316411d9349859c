"""Two events or two sources side by side: who is new, who is gone, which ties stayed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from itasgraph import messages
from itasgraph.entities import names
from itasgraph.entities.evidence import quoted
from itasgraph.entities.labels import labels
from itasgraph.errors import UsageError
from itasgraph.filters import timeframe
from itasgraph.network import builder
from itasgraph.network.answers import Analysis, Answer, Finding, Seen
from itasgraph.project import Project
from itasgraph.questions.queries import Question
from itasgraph.store.queryable import Queryable

if TYPE_CHECKING:
    import networkx as nx

Tie = tuple[str, str, str]
_YEAR: Final = re.compile(r"\d{4}")
_ALL: Final = 1_000_000  # a comparison is a list, not a ranking


@dataclass(frozen=True)
class Side:
    """One side of a comparison: what it is called, its events, sections or sources, and the first day of them all."""

    title: str
    things: frozenset[str]
    begin: datetime.date | None


def compare(graph: Queryable, project: Project, name: str, both: tuple[str, str], lang: str) -> Analysis:
    """Compare the network called `name` of two events, sections, sources or years, the earlier one first.

    Where the days of both are known, they decide which is the earlier one. A year stands for all its events. New is what is in no event before the later side, whether it is compared or not.
    Raises UsageError where nothing is called so, both are the same, one contains the other (of two sources, one may), nobody
    appeared there, and as `builder.build` does.
    """
    question = builder.find(name, project)
    sides = [_side(graph, text, lang) for text in both]
    if sides[0].things == sides[1].things:
        raise UsageError("same-ends", name=sides[0].title)
    _refuse_containment(graph, sides, lang)
    one, other = sides
    if one.begin and other.begin and one.begin > other.begin:
        sides, both = [other, one], (both[1], both[0])
    seen = [Seen(graph, _network(graph, question, side.things), lang) for side in sides]
    for text, found in zip(both, seen, strict=True):
        if not found.network:
            raise UsageError("no-appearances", name=text)
    earlier, later = seen
    things, ties = set(earlier.network), _all(earlier)
    before = _before(graph, sides)
    if before:
        past = Seen(graph, _network(graph, question, before), lang)
        things, ties = things | set(past.network), ties | _all(past)
    answers = [
        _things("new", later, later.network.nodes - things),
        _things("gone", earlier, earlier.network.nodes - later.network.nodes),
        _things("stayed", later, later.network.nodes & earlier.network.nodes),
        _ties("ties-stayed", seen, _all(later) & _all(earlier)),
        _ties("ties-new", [later], _all(later) - ties),
        _ties("ties-gone", [earlier], _all(earlier) - _all(later)),
    ]
    title = earlier.say("compared", earlier=sides[0].title, later=sides[1].title)
    sentences = [earlier.say("compared-in", name=question.name, title=question.title(lang))]
    sentences += [found.sentence("side-is", side.title) for side, found in zip(sides, seen, strict=True)]
    if before:
        known = labels(graph, before, lang)
        events = ", ".join(sorted(known.get(event) or graph.compact(event) for event in before))
        sentences.append(earlier.say("also-earlier", events=events))
    return Analysis(question.name, lang, title, sentences, len(later.network), later.links, answers)


def _side(graph: Queryable, text: str, lang: str) -> Side:
    """Return what a text names: the events of a year where it is one, else one thing."""
    days = timeframe.event_dates(graph)
    if _YEAR.fullmatch(text):
        events = {event for event, day in days.items() if day.year == int(text)}
        if not events:
            years = ", ".join(map(str, sorted({day.year for day in days.values()}))) or "–"
            raise UsageError("no-events", year=text, known=years)
        return Side(text, frozenset(events), min(days[event] for event in events))
    thing = names.resolve(graph, text, lang=lang).value
    title = labels(graph, [thing], lang).get(thing) or graph.compact(thing)
    dates = (day for part in timeframe.parts_of(graph, [thing]).values() for day in part.dates)
    return Side(title, frozenset([thing]), min(dates, default=None))


def _refuse_containment(graph: Queryable, sides: list[Side], lang: str) -> None:
    """Raise UsageError where all of one side belongs to the other, so that nothing could be new, or nothing gone.

    Of two sources, one may tell all that the other tells: what it tells beyond that is new.
    """
    contents = [set(timeframe.parts_of(graph, side.things)) for side in sides]
    if not any(contents):
        return
    if not all(contents):  # an event and a source have only appearances in common
        contents = [timeframe.appearances(graph, side.things) for side in sides]
    for part, whole in ((0, 1), (1, 0)):
        if contents[part] and contents[part] <= contents[whole]:
            others = names.list_ids(graph, _others(graph, sides[part]), lang)
            facts = {"part": sides[part].title, "whole": sides[whole].title}
            raise UsageError("contained" if others else "contained-only", **facts, known=others)


def _others(graph: Queryable, side: Side) -> list[str]:
    """Return what can be compared with a side instead: things of the same kind, with appearances, none of them common."""
    one = ox.NamedNode(min(side.things))
    rows = graph.select(f"""
        SELECT DISTINCT ?other WHERE {{
          {{ {one} itas:kind ?kind . ?other itas:kind ?kind }} UNION {{ {one} a itas:Source . ?other a itas:Source }}
        }} ORDER BY ?other""")
    own = timeframe.appearances(graph, side.things)
    inside: dict[str, set[str]] = {}
    for part in timeframe.programme_parts(graph).values():
        for whole in part.within:
            inside.setdefault(whole, set()).update(part.appearances)
    others = (row["other"].value for row in rows)
    appearances = {one: inside[one] if one in inside else timeframe.appearances(graph, [one]) for one in others}
    return [other for other, theirs in appearances.items() if theirs and theirs.isdisjoint(own)]


def _before(graph: Queryable, sides: list[Side]) -> frozenset[str]:
    """Return the events before the later side that are not compared themselves; none where it has no day.

    The event of a section is among them: the earlier side is the section, not all of its event.
    """
    earlier, later = sides
    parts = timeframe.programme_parts(graph)
    wholes = {whole for thing in later.things & parts.keys() for whole in parts[thing].within}
    days = timeframe.event_dates(graph)
    before = {event for event, day in days.items() if later.begin and day < later.begin}
    return frozenset(
        event
        for event in before - wholes
        if parts.get(event, timeframe.ProgrammePart()).within.isdisjoint(earlier.things)
    )


def _network(graph: Queryable, question: Question, things: Collection[str]) -> nx.MultiDiGraph[str]:
    """What events or sources make of a network: without links, and things unlinked, that are there in any case."""
    found = builder.build(timeframe.select_programmes(graph, things), question.text, question.name)
    rest = builder.build(timeframe.exclude_programmes(graph, things), question.text, question.name)
    found.remove_edges_from([tie for tie in found.edges(keys=True) if rest.has_edge(*tie)])
    found.remove_nodes_from([one for one in found if one in rest and not found.degree(one)])
    return found


def _all(seen: Seen) -> set[Tie]:
    return set(seen.network.edges(keys=True))


def _things(code: str, seen: Seen, things: Iterable[str]) -> Answer:
    found = [
        Finding({thing: label}, 1.0, seen.say(messages.as_code(f"is-{code}"), thing=seen.shown(thing)))
        for thing, label in seen.labelled(things).items()
    ]
    return Answer(code, found, seen.say("measure-compared"), _ALL)


def _ties(code: str, sides: list[Seen], ties: set[Tie]) -> Answer:
    """Ties with the words on each side; the first side names the things."""
    seen = sides[0]
    found = []
    for tie in sorted(ties, key=lambda tie: (seen.by_label(tie[0]), seen.by_label(tie[1]), tie)):
        source, target, relation = tie
        words = " / ".join(_words(side, tie) for side in sides)
        facts = {"one": seen.label(source), "relation": seen.term(relation), "other": seen.label(target)}
        ends = {thing: seen.label(thing) for thing in (source, target)}
        found.append(Finding(ends, float(len(sides)), seen.say("tie", words=words, **facts)))
    return Answer(code, found, seen.say("measure-compared"), _ALL)


def _words(seen: Seen, tie: Tie) -> str:
    texts = dict.fromkeys(one.quote for one in seen.network.edges[tie]["quotes"])
    return ", ".join(quoted(text, seen.lang) for text in texts) or "–"
