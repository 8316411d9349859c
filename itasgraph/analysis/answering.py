"""Questions to a network and their answers as sentences: who connects, who could meet, what falls apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final

from itasgraph import network
from itasgraph.analysis import gaps, measures, span
from itasgraph.analysis.answers import LISTED, Analysis, Answer, Finding, Seen, number
from itasgraph.analysis.measures import Betweenness
from itasgraph.analysis.span import Span
from itasgraph.graph import Queryable
from itasgraph.project import Project

# For whom somebody appeared holds the network together, but is no contact.
_AFFILIATION: Final = "http://www.w3.org/ns/org#organization"
_TOPICS: Final = 6  # that describe a group
_CONTACT: Final = "contact"  # the tag of a network whose links are real contact
_SHARES: Final = (0.6, 0.1, 0.3)  # of the time: betweenness, what the ready questions and cuts take, groups


def _ignored(_share: float) -> None:
    """Nobody wants to know how far the work is."""


def analyse(
    graph: Queryable,
    project: Project,
    name: str,
    lang: str,
    when: Span | None = None,
    advance: Callable[[float], None] = _ignored,
) -> Analysis:
    """Answer all questions about the network called `name`. `advance` is told which share of the work is done.

    Raises AskedWrongly as `network.find` and `network.build` do.
    """
    question = network.find(name, project)
    asked = span.between(graph, when) if when else graph
    seen = Seen(asked, network.build(asked, question.text, name), lang)
    sentences = [seen.sentence(question.name, question.title(lang)), question.summaries.get(lang, "").strip()]
    if when:
        code = "span-is" if when.since and when.until else "span-since" if when.since else "span-until"
        sentences.append(seen.say(code, since=when.since, until=when.until))
    code = "contacts" if _CONTACT in (question.header.get("tags") or []) else "neighbours"
    answers = _answers(seen, project, code, advance)
    return Analysis(question.name, lang, [line for line in sentences if line], len(seen.network), seen.links, answers)


def _answers(seen: Seen, project: Project, code: str, advance: Callable[[float], None]) -> list[Answer]:
    between = measures.betweenness(seen.simple, lambda share: advance(share * _SHARES[0]))
    cuts = measures.cuts(seen.simple)
    ready = gaps.answers(seen, project)
    advance(_SHARES[1])
    groups = _groups(seen, project)
    advance(_SHARES[2])
    return [_connects(seen, between, cuts), _neighbours(seen, code), groups, *ready, _robust(seen, cuts)]


def _connects(seen: Seen, between: Betweenness, cuts: Mapping[str, tuple[int, ...]]) -> Answer:
    found = []
    for thing, figure in seen.ranked(between.figures):
        error = between.errors.get(thing, 0.0)
        facts = {"thing": seen.shown(thing), "value": number(figure, seen.lang)}
        sentence = seen.say("connects", **facts)
        sentence += f" ({seen.say('give-or-take', error=number(error, seen.lang))})" if between.errors else ""
        sentence += seen.say("alone-between", parts=len(cuts[thing])) if thing in cuts else ""
        found.append(Finding({thing: seen.label(thing)}, figure, sentence, error))
    code = "measure-connects-sampled" if between.errors else "measure-connects"
    return Answer("connects", found, seen.say(code, sources=between.sources, things=len(seen.network)))


def _neighbours(seen: Seen, code: str) -> Answer:
    """The different neighbours of each; `code` says whether they are "contacts" or mere "neighbours", by their relation."""
    neighbours: dict[str, dict[str, set[str]]] = {thing: {} for thing in seen.network}
    for source, target, relation in seen.network.edges(keys=True):
        if relation != _AFFILIATION and source != target:
            neighbours[source].setdefault(relation, set()).add(target)
            neighbours[target].setdefault(relation, set()).add(source)
    figures = {thing: float(len(set().union(*found.values()))) for thing, found in neighbours.items()}
    appearances = {row["who"].value: row["count"].value for row in seen.graph.select(_APPEARANCES)}
    found = []
    for thing, figure in seen.ranked(figures):
        by_relation = [(seen.term(relation), seen.names(others)) for relation, others in neighbours[thing].items()]
        named = "; ".join(
            sorted(names if code == "contacts" else f"{relation}: {names}" for relation, names in by_relation)
        )
        facts = {"thing": seen.shown(thing), "value": number(figure, seen.lang), "names": named}
        sentence = seen.say(code, **facts)
        sentence += seen.say("appearances", count=appearances[thing]) if thing in appearances else ""
        found.append(Finding({thing: seen.label(thing)}, figure, sentence))
    return Answer(code, found, seen.say("measure-contacts"))


def _robust(seen: Seen, cuts: Mapping[str, tuple[int, ...]]) -> Answer:
    found = []
    figures = {thing: float(sum(sizes[1:])) for thing, sizes in cuts.items()}
    for rank, (thing, figure) in enumerate(seen.ranked(figures)):
        sizes = ", ".join(map(str, cuts[thing]))
        sentence = seen.say("falls-apart", thing=seen.shown(thing), parts=len(cuts[thing]), sizes=sizes)
        if rank < LISTED:  # to name them for all would take as long as everything else
            sentence += _apart(seen, measures.without(seen.simple, thing))
        found.append(Finding({thing: seen.label(thing)}, figure, sentence))
    return Answer("robust", found, seen.say("measure-robust"))


def _apart(seen: Seen, parts: list[list[str]]) -> str:
    """Who would be cut off; where no part is larger than the rest, all of them."""
    if len(parts[0]) == len(parts[1]):
        return seen.say("fall-apart", parts=" | ".join(seen.names(part) for part in parts))
    return seen.say("cut-off", names=seen.names(name for part in parts[1:] for name in part))


def _groups(seen: Seen, project: Project) -> Answer:
    groups = measures.groups(seen.simple)
    topics = _topics(seen, project)
    found = []
    for rank, members in enumerate(groups.members, 1):
        counts = Counter(topic for member in members for topic in topics.get(member, ()))
        best = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_TOPICS]
        about = ", ".join(f"{topic} ({count})" for topic, count in best) or "–"
        facts = {"number": rank, "value": len(members), "names": seen.names(members), "topics": about}
        found.append(Finding(seen.labelled(members), float(len(members)), seen.say("group", **facts)))
    return Answer("groups", found, seen.say("measure-groups", modularity=number(groups.modularity, seen.lang)))


def _topics(seen: Seen, project: Project) -> dict[str, set[str]]:
    """Thing → labels of the topics it is linked with in the network `topics`; empty in a project without that one."""
    if not any(path.stem == "topics" for path in project.networks):
        return {}
    found = network.build(seen.graph, network.find("topics", project).text, "topics")
    topics: dict[str, set[str]] = {}
    for source, target in found.edges():
        topics.setdefault(source, set()).add(str(found.nodes[target]["labels"][seen.lang]))
    return topics


_APPEARANCES: Final = """
    SELECT ?who (COUNT(DISTINCT ?contribution) AS ?count) WHERE {
      ?contribution itas:appearance ?appearance . ?appearance org:member|org:organization ?who
    } GROUP BY ?who"""
