"""What the ready questions tell beside a network: who could meet, and what somebody is missing for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from itasgraph.entities.labels import labels
from itasgraph.network.answers import Answer, Finding, Seen
from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.store.queryable import Queryable

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

_Rows = list[dict[str, str]]
_TIMELESS: Final = "target-groups"


def answers(seen: Seen, whole: Queryable, project: Project) -> list[Answer]:
    """An answer for each of the ready questions that the project has.

    What is there for target groups is asked of the whole graph: offers have no date.
    """
    paths = {path.stem: path for path in project.questions if path.stem in _READY}
    asked = {name: whole if name == _TIMELESS else seen.graph for name in paths}
    return [
        answer(seen, list(_rows(paths[name], asked[name], seen.lang, project)))
        for name, answer in _READY.items()
        if name in paths
    ]


def _meet(seen: Seen, rows: _Rows) -> Answer:
    """Pairs of organisations: those with most topics in common first, then target groups, then the rarest topic."""
    pairs: dict[tuple[str, str], dict[str, str]] = {}
    topics: dict[tuple[str, str], set[str]] = {}
    on: dict[str, set[str]] = {}  # topic → the organisations of any pair that share it
    for row in rows:
        pair = (row["organisation"], row["other"])
        pairs[pair] = {pair[0]: row["organisationLabel"], pair[1]: row["otherLabel"]}
        topics.setdefault(pair, set()).add(row["topicLabel"])
        on.setdefault(row["topicLabel"], set()).update(pair)
    reach = _target_groups(seen)
    groups = {pair: reach.get(pair[0], set()) & reach.get(pair[1], set()) for pair in pairs}

    def rank(pair: tuple[str, str]) -> tuple[int, int, int, list[str], tuple[str, str]]:
        labels = [label.casefold() for label in pairs[pair].values()]
        return -len(topics[pair]), -len(groups[pair]), min(len(on[topic]) for topic in topics[pair]), labels, pair

    found = []
    for pair in sorted(pairs, key=rank):
        one, other = pairs[pair].values()
        code: Code = "could-meet-for" if groups[pair] else "could-meet"
        facts = {"topics": ", ".join(sorted(topics[pair])), "groups": ", ".join(sorted(groups[pair]))}
        found.append(Finding(pairs[pair], float(len(topics[pair])), seen.say(code, one=one, other=other, **facts)))
    return Answer("meet", found, seen.say("measure-meet", count=len(found)))


def _target_groups(seen: Seen) -> dict[str, set[str]]:
    """Organisation → the labels of the target groups of what was presented where it appeared."""
    rows = [(row["organisation"].value, row["group"].value) for row in seen.graph.select(_REACHES)]
    names = labels(seen.graph, {group for _, group in rows}, seen.lang)
    found: dict[str, set[str]] = {}
    for organisation, group in rows:
        found.setdefault(organisation, set()).update([names[group]] if group in names else [])
    return found


def _lonely_topics(seen: Seen, rows: _Rows) -> Answer:
    found = [
        Finding(
            {row["topic"]: row["topicLabel"]},
            float(row["actors"]),
            seen.say("one-actor" if "actor" in row else "no-actor", topic=row["topicLabel"], actor=row["actorLabel"]),
        )
        for row in rows
    ]
    nothing: Code | None = None if _any(seen.graph, "itas:Topic") else "no-topics"
    return Answer("lonely-topics", found, seen.say("measure-lonely-topics"), nothing=nothing)


def _no_offer(seen: Seen, rows: _Rows) -> Answer:
    found = [
        Finding(
            {row["group"]: row["groupLabel"]}, 0.0, seen.say("no-offer", group=row["groupLabel"], plans=row["plans"])
        )
        for row in rows
        if row["offers"] == "0"
    ]
    return Answer("no-offer", found, seen.say("measure-no-offer"), nothing=None if rows else "no-target-groups")


def _no_contact(seen: Seen, rows: _Rows) -> Answer:
    offers = {row["offer"]: (row["offerLabel"], row["kindLabel"]) for row in rows}
    found = [
        Finding({offer: label}, 0.0, seen.say("nobody-for", offer=label, kind=kind))
        for offer, (label, kind) in offers.items()
    ]
    nothing: Code | None = (
        None if _any(seen.graph, "itas:Offer", "schema:Project", "schema:CreativeWork") else "no-offers"
    )
    return Answer("no-contact", found, seen.say("measure-no-contact"), nothing=nothing)


def _any(graph: Queryable, *kinds: str) -> bool:
    """Whether there is anything of one of these kinds, so that nobody hears that "each" of none has something."""
    found = graph.select(
        f"SELECT ?thing WHERE {{ VALUES ?kind {{ {' '.join(kinds)} }} ?thing itas:kind ?kind }} LIMIT 1"
    )
    return next(found, None) is not None


_REACHES: Final = """
    SELECT DISTINCT ?organisation ?group WHERE {
      ?contribution itas:appearance/org:organization ?organisation ; itas:presents/schema:audience ?group
    }"""
_READY: Final[Mapping[str, Callable[[Seen, _Rows], Answer]]] = {
    "shared-topics": _meet,
    "gaps": _lonely_topics,
    "target-groups": _no_offer,
    "no-contact": _no_contact,
}


def _rows(path: Path, graph: Queryable, lang: str, project: Project) -> Iterator[dict[str, str]]:
    """What a ready question answers, by column."""
    text = queries.substitute(queries.read(path, project).text, {"lang": ox.Literal(lang)})
    solutions = graph.select(text)
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: term.value for name in names if (term := solution[name]) is not None}
