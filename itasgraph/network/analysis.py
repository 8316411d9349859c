"""Questions to a network and their answers as sentences: who connects, who could meet, what falls apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from itasgraph import messages
from itasgraph.filters import timeframe
from itasgraph.filters.timeframe import Timeframe
from itasgraph.network import gaps, measures
from itasgraph.network.answers import LONGEST, Analysis, Answer, Finding, Seen, number
from itasgraph.network.builder import Networks
from itasgraph.network.measures import Betweenness, Communities
from itasgraph.vocabulary import ITAS, ORG

if TYPE_CHECKING:
    import networkx as nx

    from itasgraph.messages.codes import Code

_Topics = dict[str, set[str]]  # thing → labels of topics
# For whom somebody appeared holds the network together, but is no contact.
_TOPICS: Final = 6  # that describe a group
_TOPIC_NETWORK: Final = "topics"
_CONTACT: Final = "contact"  # the tag of a network whose links are real contact
_SHARES: Final = (0.6, 0.1, 0.3)  # of the time: betweenness, what the ready questions and cuts take, groups


def _ignored(_share: float) -> None:
    """Nobody wants to know how far the work is."""


def analyse(
    networks: Networks,
    name: str,
    lang: str,
    when: Timeframe | None = None,
    advance: Callable[[float], None] = _ignored,
) -> Analysis:
    """Answer all questions about the network called `name`, and call `advance` with each share of the work that is done.

    Raises UsageError as `builder.find` and `builder.build` do.
    """
    return analyse_in(networks, name, [lang], when, advance)[lang]


def analyse_in(
    networks: Networks,
    name: str,
    langs: Sequence[str],
    when: Timeframe | None = None,
    advance: Callable[[float], None] = _ignored,
) -> dict[str, Analysis]:
    """The same in several languages: figures are computed once and told in each."""
    selected = Networks(timeframe.select_timeframe(networks.graph, when), networks.project) if when else networks
    seen = Seen(selected.graph, _network(networks, selected, name), langs[0])
    measured = _measured(seen, selected, advance)
    return {lang: _analysis(seen.told_in(lang), networks, name, when, measured) for lang in langs}


@dataclass(frozen=True)
class _Measured:
    """What is computed of a network whatever the language."""

    between: Betweenness
    cuts: Mapping[str, tuple[int, ...]]
    groups: Communities
    about: list[nx.MultiDiGraph[str]]  # the networks that tell which topics things have


def _measured(seen: Seen, networks: Networks, advance: Callable[[float], None]) -> _Measured:
    net = seen.simple
    between = measures.betweenness(net, lambda share: advance(share * _SHARES[0]))
    cuts = measures.articulation_points(net)
    advance(_SHARES[1])
    groups = measures.communities(net, _belongs(seen))
    advance(_SHARES[2])
    return _Measured(between, cuts, groups, _about(seen, networks))


def _belongs(seen: Seen) -> dict[str, str]:
    """Return who is in the network beside an organisation they appeared for: the one they did for most often."""
    found: dict[str, str] = {}
    for row in seen.graph.select(_APPEARED_FOR):
        who, organisation = row["who"].value, row["organisation"].value
        if who in seen.network and organisation in seen.network:
            found.setdefault(who, organisation)
    return {who: organisation for who, organisation in found.items() if organisation not in found}


def _analysis(seen: Seen, networks: Networks, name: str, when: Timeframe | None, measured: _Measured) -> Analysis:
    lang = seen.lang
    question = networks.query(name)
    sentences = [seen.sentence("network-is", question.name), question.summaries.get(lang, "").strip()]
    if when:
        period: Code = "span-is" if when.since and when.until else "span-since" if when.since else "span-until"
        since, until = (messages.day(str(day), lang) for day in (when.since, when.until))
        sentences.append(seen.say(period, since=since, until=until))
    code: Code = "contacts" if _CONTACT in (question.header.get("tags") or []) else "neighbours"
    answers = _answers(seen, gaps.answers(seen, networks.graph, networks.project), code, measured)
    told = [line for line in sentences if line]
    return Analysis(question.name, lang, question.title(lang), told, len(seen.network), seen.links, answers)


def _network(networks: Networks, selected: Networks, name: str) -> nx.MultiDiGraph[str]:
    """Return the network of the timeframe, without the entries that have relations at other times only."""
    network = selected[name]
    others = [thing for thing in network if not network.degree(thing) and networks[name].degree(thing)]
    if not others:
        return network
    network = network.copy()
    network.remove_nodes_from(others)
    return network


def _answers(seen: Seen, ready: list[Answer], code: Code, measured: _Measured) -> list[Answer]:
    connects = _connects(seen, measured.between, measured.cuts)
    groups = _groups(seen, measured.groups, _topics(measured.about, seen.lang))
    return [connects, _neighbours(seen, code), groups, *ready, _robust(seen, measured.cuts)]


def _connects(seen: Seen, between: Betweenness, cuts: Mapping[str, tuple[int, ...]]) -> Answer:
    found = []
    for thing, figure in seen.ranked(between.figures):
        error = between.errors.get(thing, 0.0)
        facts = {"thing": seen.shown(thing), "value": number(figure, seen.lang)}
        sentence = seen.say("connects", **facts)
        sentence += f" ({seen.say('give-or-take', error=number(error, seen.lang))})" if between.errors else ""
        sentence += seen.say("alone-between", parts=len(cuts[thing])) if thing in cuts else ""
        found.append(Finding({thing: seen.label(thing)}, figure, sentence, error))
    code: Code = "measure-connects-sampled" if between.errors else "measure-connects"
    return Answer("connects", found, seen.say(code, sources=between.sources, things=len(seen.network)))


def _neighbours(seen: Seen, code: Code) -> Answer:
    """The different neighbours of each; `code` says whether they are "contacts" or mere "neighbours", by their relation."""
    neighbours: dict[str, dict[str, set[str]]] = {thing: {} for thing in seen.network}
    for source, target, relation, edge in seen.network.edges(keys=True, data=True):
        if relation != ORG.organization and source != target:
            back = seen.term(relation) if edge["symmetric"] else seen.backwards(relation)
            neighbours[source].setdefault(seen.term(relation), set()).add(target)
            neighbours[target].setdefault(back, set()).add(source)
    figures = {thing: float(len(set().union(*found.values()))) for thing, found in neighbours.items()}
    appearances = {row["who"].value: row["count"].value for row in seen.graph.select(_APPEARANCES)}
    found = []
    for thing, figure in seen.ranked(figures):
        details = tuple((relation, seen.names(others)) for relation, others in sorted(neighbours[thing].items()))
        named = "; ".join(names if code == "contacts" else f"{relation}: {names}" for relation, names in details)
        facts = {"thing": seen.shown(thing), "value": number(figure, seen.lang)}
        often = seen.say("appearances", count=appearances[thing]) if thing in appearances else ""
        sentence = seen.say(code, **facts, names=f" ({named})") + often
        lead = seen.say(code, **facts, names="") + often
        found.append(Finding({thing: seen.label(thing)}, figure, sentence, lead=lead, details=details))
    return Answer(code, found, seen.say("measure-contacts"))


def _robust(seen: Seen, cuts: Mapping[str, tuple[int, ...]]) -> Answer:
    found = []
    figures = {thing: float(sum(sizes[1:])) for thing, sizes in cuts.items()}
    for rank, (thing, figure) in enumerate(seen.ranked(figures)):
        sizes = ", ".join(map(str, cuts[thing]))
        sentence = seen.say("falls-apart", thing=seen.shown(thing), parts=len(cuts[thing]), sizes=sizes)
        if rank < LONGEST:  # to name them for all would take as long as everything else
            sentence += _apart(seen, measures.components_without(seen.simple, thing))
        found.append(Finding({thing: seen.label(thing)}, figure, sentence))
    return Answer("robust", found, seen.say("measure-robust"))


def _apart(seen: Seen, parts: list[list[str]]) -> str:
    """Who would be cut off; where no part is larger than the rest, all of them."""
    if len(parts[0]) == len(parts[1]):
        return seen.say("fall-apart", parts=" | ".join(seen.names(part) for part in parts))
    return seen.say("cut-off", names=seen.names(name for part in parts[1:] for name in part))


def _groups(seen: Seen, groups: Communities, topics: _Topics) -> Answer:
    found = []
    for rank, members in enumerate(groups.members, 1):
        counts = Counter(topic for member in members for topic in topics.get(member, ()))
        best = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_TOPICS]
        shares = (seen.say("share-of", topic=topic, count=count, value=len(members)) for topic, count in best)
        names, about = seen.names(members), ", ".join(shares) or "–"
        facts = {"number": rank, "value": len(members)}
        sentence = seen.say("group", **facts, names=names, topics=about)
        details = ((seen.say("members"), names), (seen.say("topics"), about))
        lead = seen.say("group-is", **facts)
        found.append(Finding(seen.labelled(members), float(len(members)), sentence, lead=lead, details=details))
    return Answer("groups", found, seen.say("measure-groups", modularity=number(groups.modularity, seen.lang)))


def _about(seen: Seen, networks: Networks) -> list[nx.MultiDiGraph[str]]:
    """Return the networks that relate entries to topics: this one and, where the project has it, `topics`."""
    return [seen.network, networks[_TOPIC_NETWORK]] if _TOPIC_NETWORK in networks else [seen.network]


def _topics(about: Sequence[nx.MultiDiGraph[str]], lang: str) -> _Topics:
    """Thing → labels of the topics it is, is linked with, or appeared on."""
    topics: _Topics = {}
    for net in about:
        labels = {thing: str(net.nodes[thing]["labels"][lang]) for thing in net if _is_topic(net, thing)}
        ends = [
            *((topic, topic) for topic in labels),
            *net.edges(),
            *((target, source) for source, target in net.edges()),
        ]
        for thing, topic in ends:
            topics.setdefault(thing, set()).update([labels[topic]] if topic in labels else [])
    return topics


def _is_topic(net: nx.MultiDiGraph[str], thing: str) -> bool:
    return bool(net.nodes[thing]["kind"] == ITAS.Topic)


_APPEARED_FOR: Final = """
    SELECT ?who ?organisation (COUNT(DISTINCT ?contribution) AS ?times) WHERE {
      ?contribution itas:appearance ?appearance . ?appearance org:member ?who ; org:organization ?organisation
    } GROUP BY ?who ?organisation ORDER BY DESC(?times) ?who ?organisation"""
_APPEARANCES: Final = """
    SELECT ?who (COUNT(DISTINCT ?contribution) AS ?count) WHERE {
      ?contribution itas:appearance ?appearance . ?appearance org:member|org:organization ?who
    } GROUP BY ?who"""
