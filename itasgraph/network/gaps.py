"""The answers of ready questions: who could meet, and which topics, target groups and offers lack somebody."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from itasgraph import messages
from itasgraph.entities.labels import labels
from itasgraph.network.answers import NetworkAnswer, NetworkFinding, NetworkTexts
from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.store.queryable import Queryable, variable_names
from itasgraph.util.spelling import sort_key

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

_Rows = list[dict[str, str]]
_TIMELESS: Final = "target-groups"
_PLANS: Final = "plans"
# The ready questions on what is missing.
MISSING: Final = ("gaps", "target-groups", "no-contact")


def answers(
    texts: NetworkTexts, whole: Queryable, project: Project, names: Collection[str] | None = None
) -> list[NetworkAnswer]:
    """Return an answer for each of the ready questions called `names`, or of all, that the project has.

    The question on target groups is put to the whole graph, because offers have no date.
    """
    chosen = _READY if names is None else names
    paths = {path.stem: path for path in project.questions if path.stem in chosen}
    graphs = {name: whole if name == _TIMELESS else texts.graph for name in paths}
    return [
        answer(texts, list(_rows(paths[name], graphs[name], texts.lang, project)))
        for name, answer in _READY.items()
        if name in paths
    ]


def plans(texts: NetworkTexts, project: Project) -> Iterator[NetworkAnswer]:
    """Yield what is planned or announced, the next first, where the project has the ready question."""
    path = next((path for path in project.questions if path.stem == _PLANS), None)
    if path is None:
        return
    rows: dict[str, dict[str, str]] = {}
    for row in _rows(path, texts.graph, texts.lang, project):
        rows.setdefault(row["plan"], row)

    def order(row: Mapping[str, str]) -> tuple[bool, str, tuple[str, str], str]:
        due = row.get("end") or row.get("date", "")
        return not due, due, sort_key(row["planLabel"]), row["plan"]

    findings = [
        NetworkFinding({row["plan"]: row["planLabel"]}, 0.0, _plan(texts, row))
        for row in sorted(rows.values(), key=order)
    ]
    yield NetworkAnswer("plans", findings, texts.say("measure-plans"))


def _plan(texts: NetworkTexts, row: Mapping[str, str]) -> str:
    facts = {"plan": row["planLabel"], "status": row.get("statusLabel", texts.say("planned"))}
    if "end" in row:
        return texts.say("plan-until", **facts, date=messages.day(row["end"], texts.lang))
    if "date" in row:
        return texts.say("plan-on", **facts, date=messages.day(row["date"], texts.lang))
    return texts.say("plan", **facts)


@dataclass(frozen=True)
class _Pair:
    """Two organisations that could meet: the labels of their common target groups and topics, and their own labels by IRI."""

    groups: set[str]
    topics: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)

    def finding(self, texts: NetworkTexts) -> NetworkFinding:
        one, other = self.labels.values()
        code: Code = "could-meet-for" if self.groups else "could-meet"
        facts = {
            "topics": ", ".join(sorted(self.topics, key=sort_key)),
            "groups": ", ".join(sorted(self.groups, key=sort_key)),
        }
        return NetworkFinding(self.labels, float(len(self.topics)), texts.say(code, one=one, other=other, **facts))


def _meetings(texts: NetworkTexts, rows: _Rows) -> NetworkAnswer:
    """Rank pairs of organisations by the number of common topics, then of common target groups, then by the rarest topic."""
    pairs = _pairs(rows, _target_groups(texts))
    actors_by_topic: dict[str, set[str]] = {}  # topic → the organisations of any pair that share it
    for pair in pairs:
        for topic in pair.topics:
            actors_by_topic.setdefault(topic, set()).update(pair.labels)

    def rank(pair: _Pair) -> tuple[int, int, int, list[tuple[str, str]]]:
        rarest = min(len(actors_by_topic[topic]) for topic in pair.topics)
        return -len(pair.topics), -len(pair.groups), rarest, [*map(sort_key, pair.labels.values())]

    findings = [pair.finding(texts) for pair in sorted(pairs, key=rank)]
    return NetworkAnswer("meet", findings, texts.say("measure-meet", count=len(findings)))


def _pairs(rows: _Rows, target_groups: dict[str, set[str]]) -> list[_Pair]:
    """Return the pairs of the rows, with the target groups that both reach."""
    pairs: dict[tuple[str, str], _Pair] = {}
    for row in rows:
        one, other = row["organisation"], row["other"]
        pair = pairs.setdefault((one, other), _Pair(target_groups.get(one, set()) & target_groups.get(other, set())))
        pair.labels.update({one: row["organisationLabel"], other: row["otherLabel"]})
        pair.topics.add(row["topicLabel"])
    return list(pairs.values())


def _target_groups(texts: NetworkTexts) -> dict[str, set[str]]:
    """Return the labels of the target groups of what was presented where each organisation appeared."""
    rows = [(row["organisation"].value, row["group"].value) for row in texts.graph.select(_REACHES)]
    names = labels(texts.graph, {group for _, group in rows}, texts.lang)
    groups: dict[str, set[str]] = {}
    for organisation, group in rows:
        groups.setdefault(organisation, set()).update([names[group]] if group in names else [])
    return groups


def _lonely_topics(texts: NetworkTexts, rows: _Rows) -> NetworkAnswer:
    findings = [
        NetworkFinding(
            {row["topic"]: row["topicLabel"]},
            float(row["actors"]),
            _actors_of_topic(texts, row),
        )
        for row in rows
    ]
    empty_code: Code | None = None if _exists(texts.graph, "itas:Topic") else "no-topics"
    return NetworkAnswer("lonely-topics", findings, texts.say("measure-lonely-topics"), empty_code=empty_code)


def _actors_of_topic(texts: NetworkTexts, row: Mapping[str, str]) -> str:
    """Say who alone appeared on a topic, or that nobody did, and how many work on it without an appearance."""
    code: Code = "one-actor" if "actor" in row else "no-actor"
    finding = texts.say(code, topic=row["topicLabel"], actor=row["actorLabel"])
    workers = row.get("workers", "0")
    return finding if workers == "0" else texts.say("topic-workers", finding=finding, workers=workers)


def _no_offer(texts: NetworkTexts, rows: _Rows) -> NetworkAnswer:
    findings = [
        NetworkFinding(
            {row["group"]: row["groupLabel"]},
            0.0,
            texts.say(
                "no-offer" if row["plans"] == "0" else "no-offer-but-plans", group=row["groupLabel"], plans=row["plans"]
            ),
        )
        for row in rows
        if row["offers"] == "0"
    ]
    return NetworkAnswer(
        "no-offer", findings, texts.say("measure-no-offer"), empty_code=None if rows else "no-target-groups"
    )


def _no_contact(texts: NetworkTexts, rows: _Rows) -> NetworkAnswer:
    offers = {row["offer"]: (row["offerLabel"], row["kindLabel"]) for row in rows}
    findings = [
        NetworkFinding({offer: label}, 0.0, texts.say("offer-without-contact", offer=label, kind=kind))
        for offer, (label, kind) in offers.items()
    ]
    empty_code: Code | None = (
        None if _exists(texts.graph, "itas:Offer", "foaf:Project", "schema:CreativeWork") else "no-offers"
    )
    return NetworkAnswer("no-contact", findings, texts.say("measure-no-contact"), empty_code=empty_code)


def _exists(graph: Queryable, *kinds: str) -> bool:
    """Return whether the graph has an entity of one of these kinds: a sentence with "each" needs at least one."""
    rows = graph.select(
        f"SELECT ?entity WHERE {{ VALUES ?kind {{ {' '.join(kinds)} }} ?entity itas:kind ?kind }} LIMIT 1"
    )
    return next(rows, None) is not None


_REACHES: Final = """
    SELECT DISTINCT ?organisation ?group WHERE {
      ?contribution itas:appearance/org:organization ?organisation ; itas:presents/schema:audience ?group
    }"""
_READY: Final[Mapping[str, Callable[[NetworkTexts, _Rows], NetworkAnswer]]] = {
    "shared-topics": _meetings,
    "gaps": _lonely_topics,
    "target-groups": _no_offer,
    "no-contact": _no_contact,
}


def _rows(path: Path, graph: Queryable, lang: str, project: Project) -> Iterator[dict[str, str]]:
    """Yield the rows of a ready question: column → text."""
    text = queries.substitute(queries.read(path, project).text, {"lang": ox.Literal(lang)})
    solutions = graph.select(text)
    names = variable_names(solutions)
    for solution in solutions:
        yield {name: term.value for name in names if (term := solution[name]) is not None}
