"""The answers to all questions about a network: who connects, who could meet, what falls apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from itasgraph import messages
from itasgraph.entities.labels import Texts, label_texts, translations
from itasgraph.filters.timeframe import Programmes, Timeframe
from itasgraph.network import attributes, gaps, groups, measures
from itasgraph.network.answers import (
    DISPLAY_LIMIT,
    Analysis,
    NetworkAnswer,
    NetworkFinding,
    NetworkTexts,
    format_number,
)
from itasgraph.network.builder import Networks
from itasgraph.network.groups import HiddenKinds
from itasgraph.network.measures import Betweenness
from itasgraph.vocabulary import ITAS, ORG

if TYPE_CHECKING:
    import networkx as nx

    from itasgraph.messages.codes import Code
    from itasgraph.network.earlier_map import EarlierMap

_Topics = dict[str, set[str]]  # entity → labels of topics
_TOPICS: Final = 6  # the most topics that describe a group
_TOPIC_NETWORK: Final = "topics"
_CONTACT: Final = "contact"  # the tag of a network whose edges are contacts in person
_SHARES: Final = (0.6, 0.1, 0.3)  # of the time: betweenness, ready questions and articulation points, communities


def _ignore(_share: float) -> None:
    """Ignore the progress."""


def analyse(
    networks: Networks,
    name: str,
    lang: str,
    timeframe: Timeframe | None = None,
    advance: Callable[[float], None] = _ignore,
) -> Analysis:
    """Answer all questions about the network called `name`, and call `advance` with each share of the work that is done.

    Raises UsageError as `builder.find_query` and `builder.build` do.
    """
    return analyse_languages(networks, name, [lang], timeframe, advance)[lang]


def analyse_languages(
    networks: Networks,
    name: str,
    langs: Sequence[str],
    timeframe: Timeframe | None = None,
    advance: Callable[[float], None] = _ignore,
) -> dict[str, Analysis]:
    """Answer all questions in several languages; the figures are computed once."""
    selected = (
        Networks(Programmes(networks.graph).select_timeframe(timeframe), networks.project) if timeframe else networks
    )
    texts = NetworkTexts(selected.graph, _network(networks, selected, name), langs[0])
    measured = _measure(texts, selected, name, advance)
    return {lang: _analysis(texts.in_language(lang), networks, name, timeframe, measured) for lang in langs}


def structure_answers(networks: Networks, name: str, langs: Sequence[str]) -> dict[str, list[NetworkAnswer]]:
    """Answer in several languages who connects the network called `name`, and which groups it has: no ready question is asked."""
    texts = NetworkTexts(networks.graph, networks[name], langs[0])
    measured = _measure(texts, networks, name, _ignore)
    return {lang: _structure(texts.in_language(lang), measured) for lang in langs}


@dataclass(frozen=True)
class _Groups:
    """The members of each group, the modularity, and for a network that is drawn as a map the names of the groups and its hidden kinds."""

    members: list[list[str]]
    modularity: float
    names: list[Texts]
    hidden: HiddenKinds


@dataclass(frozen=True)
class _Measures:
    """The figures of a network, which are the same in each language."""

    between: Betweenness
    points: Mapping[str, tuple[int, ...]]
    groups: _Groups
    topic_networks: list[nx.MultiDiGraph[str]]  # those that relate entities to topics


def _measure(texts: NetworkTexts, networks: Networks, name: str, advance: Callable[[float], None]) -> _Measures:
    network = texts.simple
    between = measures.betweenness(network, lambda share: advance(share * _SHARES[0]))
    points = measures.articulation_points(network)
    advance(_SHARES[1])
    communities = _communities(
        texts, groups.hidden_kinds(networks.query(name), texts.graph), networks.earlier.get(name)
    )
    advance(_SHARES[2])
    return _Measures(between, points, communities, _topic_networks(texts, networks))


def _communities(texts: NetworkTexts, hidden: HiddenKinds | None, earlier: EarlierMap | None) -> _Groups:
    """Return the groups of a network: those that the picture draws, where the header names kinds that a map hides."""
    organisations = groups.affiliations(texts.network, texts.graph)
    if hidden is None:
        found = measures.communities(texts.simple, organisations)
        return _Groups(found.members, found.modularity, [{}] * len(found.members), HiddenKinds())
    grouped = groups.find(texts.network, hidden, organisations, earlier)
    members = [list(group.drawn) for group in grouped.groups]
    return _Groups(members, grouped.modularity, [group.label for group in grouped.groups], hidden)


def _analysis(
    texts: NetworkTexts, networks: Networks, name: str, timeframe: Timeframe | None, measured: _Measures
) -> Analysis:
    lang = texts.lang
    question = networks.query(name)
    sentences = [texts.summary("network-size", question.name), question.summaries.get(lang, "").strip()]
    if timeframe:
        period: Code = (
            "timeframe-between"
            if timeframe.since and timeframe.until
            else "timeframe-since"
            if timeframe.since
            else "timeframe-until"
        )
        since, until = (messages.day(str(day), lang) for day in (timeframe.since, timeframe.until))
        sentences.append(texts.say(period, since=since, until=until))
    code: Code = "contacts" if _CONTACT in question.values("tags") else "neighbours"
    answers = _answers(texts, gaps.answers(texts, networks.graph, networks.project), code, measured)
    lines = [line for line in sentences if line]
    return Analysis(question.name, lang, question.title(lang), lines, len(texts.network), texts.edge_counts, answers)


def _network(networks: Networks, selected: Networks, name: str) -> nx.MultiDiGraph[str]:
    """Return the network of the timeframe, without the entities that have edges at other times only."""
    network = selected[name]
    others = [entity for entity in network if not network.degree(entity) and networks[name].degree(entity)]
    if not others:
        return network
    network = network.copy()
    network.remove_nodes_from(others)
    return network


def _answers(texts: NetworkTexts, ready: list[NetworkAnswer], code: Code, measured: _Measures) -> list[NetworkAnswer]:
    connectors, communities = _structure(texts, measured)
    ranked = _neighbours_answer(texts, code)
    return [connectors, ranked, communities, *ready, _robustness_answer(texts, measured.points)]


def _structure(texts: NetworkTexts, measured: _Measures) -> list[NetworkAnswer]:
    """Return the answers to who connects and which groups there are."""
    topics = _topics_by_entity(measured.topic_networks, texts.lang)
    return [
        _connectors_answer(texts, measured.between, measured.points),
        _groups_answer(texts, measured.groups, topics),
    ]


def _connectors_answer(
    texts: NetworkTexts, between: Betweenness, points: Mapping[str, tuple[int, ...]]
) -> NetworkAnswer:
    findings = []
    for entity, figure in texts.rank(between.figures):
        error = between.errors.get(entity, 0.0)
        facts = {"entity": texts.describe(entity), "value": format_number(figure, texts.lang)}
        sentence = texts.say("connects", **facts)
        sentence += (
            f" ({texts.say('standard-error', error=format_number(error, texts.lang))})" if between.errors else ""
        )
        sentence += texts.say("articulation-point", parts=len(points[entity])) if entity in points else ""
        findings.append(NetworkFinding({entity: texts.label(entity)}, figure, sentence, error))
    code: Code = "measure-connects-sampled" if between.errors else "measure-connects"
    return NetworkAnswer("connects", findings, texts.say(code, sources=between.sources, entities=len(texts.network)))


def _neighbours_answer(texts: NetworkTexts, code: Code) -> NetworkAnswer:
    """Rank entities by the number of their neighbours, who are "contacts" or mere "neighbours", as `code` says.

    The organisation for which somebody appeared holds the network together, but is no contact; nor is the moderator.
    """
    neighbours: dict[str, dict[str, set[str]]] = {entity: {} for entity in texts.network}
    for (source, target, relation), edge in attributes.edges(texts.network):
        if relation != ORG.organization and source != target and not edge["terminal"]:
            back = texts.term_label(relation) if edge["symmetric"] else texts.inverse_label(relation)
            neighbours[source].setdefault(texts.term_label(relation), set()).add(target)
            neighbours[target].setdefault(back, set()).add(source)
    figures = {entity: float(len(set().union(*others.values()))) for entity, others in neighbours.items()}
    appearances = {row["who"].value: row["count"].value for row in texts.graph.select(_APPEARANCES)}
    findings = []
    for entity, figure in texts.rank(figures):
        details = tuple(
            (relation, texts.join_labels(others)) for relation, others in sorted(neighbours[entity].items())
        )
        named = "; ".join(names if code == "contacts" else f"{relation}: {names}" for relation, names in details)
        facts = {"entity": texts.describe(entity), "value": format_number(figure, texts.lang)}
        occurrences = texts.say("appearances", count=appearances[entity]) if entity in appearances else ""
        sentence = texts.say(code, **facts, names=f" ({named})") + occurrences
        lead = texts.say(code, **facts, names="") + occurrences
        findings.append(NetworkFinding({entity: texts.label(entity)}, figure, sentence, lead=lead, details=details))
    return NetworkAnswer(code, findings, texts.say("measure-contacts"))


def _robustness_answer(texts: NetworkTexts, points: Mapping[str, tuple[int, ...]]) -> NetworkAnswer:
    findings = []
    figures = {entity: float(sum(sizes[1:])) for entity, sizes in points.items()}
    for rank, (entity, figure) in enumerate(texts.rank(figures)):
        sizes = ", ".join(map(str, points[entity]))
        sentence = texts.say("falls-apart", entity=texts.describe(entity), parts=len(points[entity]), sizes=sizes)
        if rank < DISPLAY_LIMIT:  # to name the parts for each entity would double the time
            sentence += _cut_off(texts, measures.components_without(texts.simple, entity))
        findings.append(NetworkFinding({entity: texts.label(entity)}, figure, sentence))
    return NetworkAnswer("robust", findings, texts.say("measure-robust"))


def _cut_off(texts: NetworkTexts, parts: list[list[str]]) -> str:
    """Return a sentence with the names that would be cut off; where no part is larger than the rest, with all names."""
    if len(parts[0]) == len(parts[1]):
        return texts.say("separated-parts", parts=" | ".join(texts.join_labels(part) for part in parts))
    return texts.say("cut-off", names=texts.join_labels(name for part in parts[1:] for name in part))


def _groups_answer(texts: NetworkTexts, communities: _Groups, topics: _Topics) -> NetworkAnswer:
    findings = []
    for rank, (members, label) in enumerate(zip(communities.members, communities.names, strict=True), 1):
        counts = Counter(topic for member in members for topic in topics.get(member, ()))
        best = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_TOPICS]
        shares = (texts.say("share-of", topic=topic, count=count, value=len(members)) for topic, count in best)
        names, about = texts.join_labels(members), ", ".join(shares) or "–"
        facts = {"number": rank, "value": len(members)}
        sentence = texts.say("group", **facts, names=names, topics=about)
        details = ((texts.say("members"), names), (texts.say("topics"), about))
        lead = texts.say("group-size", **facts)
        name = label.get(texts.lang) or (best[0][0] if best else "")
        findings.append(
            NetworkFinding(
                texts.labels_of(members), float(len(members)), sentence, lead=lead, details=details, name=name
            )
        )
    return NetworkAnswer("groups", findings, " ".join(_group_measure(texts, communities)))


def _group_measure(texts: NetworkTexts, communities: _Groups) -> Iterator[str]:
    """Yield the sentences on how the groups are found."""
    yield texts.say("measure-groups", modularity=format_number(communities.modularity, texts.lang))
    codes: dict[Code, Sequence[str]] = {
        "groups-without": communities.hidden.background,
        "groups-with": communities.hidden.folded,
    }
    present = {attributes.node(texts.network, entity)["kind"] for entity in texts.network}
    plurals = translations(texts.graph, "itas:plural")
    for code, kinds in codes.items():
        names = [label_texts(texts.graph, plurals, kind)[texts.lang] for kind in kinds if kind in present]
        if names:
            yield texts.say(code, kinds=", ".join(names))


def _topic_networks(texts: NetworkTexts, networks: Networks) -> list[nx.MultiDiGraph[str]]:
    """Return the networks that relate entities to topics: this one and, where the project has it, `topics`."""
    return [texts.network, networks[_TOPIC_NETWORK]] if _TOPIC_NETWORK in networks else [texts.network]


def _topics_by_entity(networks: Sequence[nx.MultiDiGraph[str]], lang: str) -> _Topics:
    """Return the labels of the topics that each entity is, has an edge with, or appeared on."""
    topics: _Topics = {}
    for network in networks:
        labels = {
            entity: attributes.node(network, entity)["labels"][lang] for entity in network if _is_topic(network, entity)
        }
        ends = [
            *((topic, topic) for topic in labels),
            *network.edges(),
            *((target, source) for source, target in network.edges()),
        ]
        for entity, topic in ends:
            topics.setdefault(entity, set()).update([labels[topic]] if topic in labels else [])
    return topics


def _is_topic(network: nx.MultiDiGraph[str], entity: str) -> bool:
    return attributes.node(network, entity)["kind"] == ITAS.Topic


_APPEARANCES: Final = """
    SELECT ?who (COUNT(DISTINCT ?contribution) AS ?count) WHERE {
      ?contribution itas:appearance ?appearance . ?appearance org:member|org:organization ?who
    } GROUP BY ?who"""
