"""The answers behind the sentences of a picture, computed when the page is written, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from itasgraph import messages
from itasgraph.messages import LANGUAGES
from itasgraph.network import analysis, attributes, gaps
from itasgraph.network.answers import NetworkAnswer, NetworkFinding, NetworkTexts
from itasgraph.network.builder import Networks
from itasgraph.network.measures import EXACT_LIMIT, SimpleNetwork, articulation_points
from itasgraph.parsing import jsonld_context
from itasgraph.picture import contract
from itasgraph.picture.contract import Answers, PageFinding

if TYPE_CHECKING:
    from itasgraph.network.attributes import Net

# Sentence of the page → the questions that it answers, in the order in which it does.
_SENTENCES: Final[Mapping[str, tuple[str, ...]]] = {
    "groups": ("groups",),
    "connects": ("connects",),
    "missing": ("lonely-topics", "no-offer", "no-contact"),
    "planned": ("plans",),
}
# The network of actors; where a picture shows more kinds of entities, betweenness would mean nothing.
_CONTACTS: Final = "contacts"
_PLANS: Final = "plans"
_LINKS: Final = "links"
_TOPICS: Final = "topics"
_MAX_FINDINGS: Final = 100  # findings of a question that a page holds


class PageAnswers:
    """The answers on the networks of a page. Each network is analysed once, and questions to the whole graph are asked once."""

    def __init__(self, networks: Networks, names: Mapping[str, str]) -> None:
        """Take the names of the networks of the page, each with the one that it has in the page."""
        self._networks = networks
        self._names = names
        self._structures: dict[str, dict[str, contract.PageAnswer]] = {}

    @cached_property
    def _page(self) -> list[Net]:
        """Return the networks of the page."""
        return [self._networks[name] for name in self._names]

    def of(self, name: str, *, is_map: bool, is_part: bool) -> Answers:
        """Return the answers behind each sentence that has any.

        A map answers itself which groups there are and who links them. Return no answers for a network so large that figures
        would be estimates, which a page has no room to explain; nor, where a page shows a part of such a network, on
        all that it does not show.
        """
        if is_part and len(self._networks[name]) > EXACT_LIMIT:
            return {}
        analysed = name if is_map else _network_of_actors(self._networks, name)
        if len(self._networks[analysed]) > EXACT_LIMIT:
            return {}
        if not is_map and analysed not in self._structures:
            self._structures[analysed] = self._structure(analysed)
        known = self._gaps if is_map else self._structures[analysed] | self._gaps
        answers = {
            sentence: [known[question] for question in questions if question in known]
            for sentence, questions in _SENTENCES.items()
        }
        return {sentence: several for sentence, several in answers.items() if several}

    def planned(self, name: str) -> set[str]:
        """Return the entities that are planned or announced; none for a network so large that it has no answers."""
        return set() if len(self._networks[name]) > EXACT_LIMIT else self._planned

    @cached_property
    def _planned(self) -> set[str]:
        """Return all that is planned or announced, also what the answer of the page leaves out."""
        return _entities(self._ready.get(_PLANS, {}).values())

    def _structure(self, name: str) -> dict[str, contract.PageAnswer]:
        """Return by question the answers that depend on the network called `name`."""
        network = self._networks[name]
        page_name = self._names.get(name, name)
        parts = articulation_points(SimpleNetwork.of(network))
        figures = {"entities": len(network), "edges": network.number_of_edges()}
        titles = self._networks.query(name).titles
        basis = {
            lang: messages.render("network-basis", lang, title=titles.get(lang, page_name), **figures)
            for lang in LANGUAGES
        }
        answers = _by_question(analysis.structure_answers(self._networks, name, LANGUAGES))
        return {
            question: {
                **_answer(versions, {entity: len(sizes) for entity, sizes in parts.items()}),
                "network": page_name,
                "basis": basis,
            }
            for question, versions in answers.items()
        }

    @cached_property
    def _gaps(self) -> dict[str, contract.PageAnswer]:
        """Return by question the answers to ready questions."""
        answers = {question: _answer(versions, {}) for question, versions in self._ready.items()}
        for answer in answers.values():
            self._relate(answer["findings"])
        return answers

    @cached_property
    def _ready(self) -> dict[str, dict[str, NetworkAnswer]]:
        """Return by question and language what ready questions find, which are put to the whole graph."""
        graph, project = self._networks.graph, self._networks.project
        texts = {lang: NetworkTexts(graph, self._page[0], lang) for lang in LANGUAGES}
        found = {
            lang: [*gaps.answers(one, graph, project, gaps.MISSING), *gaps.plans(one, project)]
            for lang, one in texts.items()
        }
        return _by_question(found)

    def _relate(self, findings: Iterable[PageFinding]) -> None:
        """Add to each finding on entities that a network of the page lacks what is related to them and in some network."""
        for finding in findings:
            if all(any(entity in network for entity in finding["entities"]) for network in self._page):
                continue
            related = {other for entity in finding["entities"] for other in self._related.get(entity, ())}
            if present := sorted(other for other in related if any(other in network for network in self._page)):
                finding["related"] = present

    @cached_property
    def _related(self) -> dict[str, set[str]]:
        """Return what stands for an entity that a network lacks: the actors of a topic, the topics and target groups of a plan."""
        return _actors(self._networks) | _aims(self._networks)


def planned(networks: Networks, name: str) -> set[str]:
    """Return the entities that are planned or announced, as `PageAnswers.planned` does, where a page has no answers yet."""
    return set() if len(networks[name]) > EXACT_LIMIT else all_planned(networks)


def all_planned(networks: Networks) -> set[str]:
    """Return the entities of the graph that are planned or announced, without building a network."""
    import networkx as nx

    texts = NetworkTexts(networks.graph, nx.MultiDiGraph(), LANGUAGES[0])
    return _entities(gaps.plans(texts, networks.project))


def _entities(answers: Iterable[NetworkAnswer]) -> set[str]:
    return {entity for answer in answers for finding in answer.findings for entity in finding.entities}


def actor_kinds(networks: Networks, name: str) -> list[str]:
    """Return the kinds of the entities of the network of actors, sorted."""
    other = networks[_network_of_actors(networks, name)]
    return sorted({attributes.node(other, entity)["kind"] for entity in other})


def _by_question(answers: Mapping[str, Sequence[NetworkAnswer]]) -> dict[str, dict[str, NetworkAnswer]]:
    """Return question → language → answer."""
    by_question: dict[str, dict[str, NetworkAnswer]] = {}
    for lang, several in answers.items():
        for answer in several:
            by_question.setdefault(answer.question, {})[lang] = answer
    return by_question


def _aims(networks: Networks) -> dict[str, set[str]]:
    """Return the topics and target groups of each plan."""
    aims: dict[str, set[str]] = {}
    for row in networks.graph.select(_AIMS):
        aims.setdefault(row["plan"].value, set()).add(row["aim"].value)
    return aims


_AIMS: Final = """
    SELECT ?plan ?aim WHERE { ?plan itas:kind itas:Plan ; schema:about|schema:audience ?aim }"""


def _actors(networks: Networks) -> dict[str, set[str]]:
    """Return the actors that appeared on each topic."""
    if _TOPICS not in networks:
        return {}
    actors: dict[str, set[str]] = {}
    for actor, topic in networks[_TOPICS].edges():
        actors.setdefault(topic, set()).add(actor)
    return actors


def _answer(answer: Mapping[str, NetworkAnswer], parts: Mapping[str, int]) -> contract.PageAnswer:
    """Return the answer to a question from its versions in all languages; `parts` is how many parts each entity holds together."""
    first = next(iter(answer.values()))
    return {
        "question": first.question,
        "count": sum(first.question != "lonely-topics" or finding.value == 0 for finding in first.findings),
        "title": {lang: one.title(lang) for lang, one in answer.items()},
        "measure": {lang: one.measure for lang, one in answer.items()},
        "caveat": {lang: one.caveat(lang) for lang, one in answer.items()},
        "none": {lang: one.empty_sentence(lang) for lang, one in answer.items()},
        "listed": first.display_count,
        "more": max(len(first.findings) - _MAX_FINDINGS, 0),
        "findings": _findings(answer, parts),
    }


def _findings(answer: Mapping[str, NetworkAnswer], parts: Mapping[str, int]) -> list[PageFinding]:
    """Return the findings in the order of the first language; equal ones may have another rank in another language."""
    by_entities = {lang: {frozenset(f.entities): f for f in one.findings} for lang, one in answer.items()}
    first = next(iter(answer.values()))
    return [
        _finding(first.question, {lang: by_entities[lang].get(frozenset(f.entities), f) for lang in answer}, parts)
        for f in first.findings[:_MAX_FINDINGS]
    ]


def _finding(question: str, finding: Mapping[str, NetworkFinding], parts: Mapping[str, int]) -> PageFinding:
    """Return a finding from its versions in all languages."""
    versions = finding.values()
    entities = sorted(next(iter(versions)).entities)
    names = {entity: {lang: version.entities[entity] for lang, version in finding.items()} for entity in entities}
    if question == "connects":
        value = next(iter(versions)).value
        return {"entities": entities, "names": names, "value": value, "parts": parts.get(entities[0], 0)}
    if question == "groups":
        group: PageFinding = {
            "entities": entities,
            "names": names,
            "topics": {lang: _topics(version) for lang, version in finding.items()},
        }
        if all(version.name for version in versions):
            group["label"] = {lang: version.name for lang, version in finding.items()}
        return group
    return {"entities": entities, "names": names, "text": {lang: version.sentence for lang, version in finding.items()}}


def _topics(finding: NetworkFinding) -> str:
    """Return the topics of a group, the last of its details."""
    return finding.details[-1][1]


def hubs(networks: Networks, name: str) -> list[str]:
    """Return the IRIs of the kinds of hubs that the header of the network names, else those in the header of `links`."""
    question = networks.query(name)
    if "hubs" not in question.header and _LINKS in networks:
        question = networks.query(_LINKS)
    terms = jsonld_context.load(networks.project)
    return sorted(terms.types.get(kind, kind) for kind in question.values("hubs"))


def closeness_relations(networks: Networks, name: str) -> list[str]:
    """Return the IRIs of the relations that the header of the network lists under `closeness`: to share a topic, for example, is no contact."""
    terms = jsonld_context.load(networks.project)
    return sorted(terms.expand(relation) for relation in networks.query(name).values("closeness"))


def _network_of_actors(networks: Networks, name: str) -> str:
    """Return `contacts` where the network called `name` has more than actors and the project has `contacts`, else `name`."""
    if name == _CONTACTS or _CONTACTS not in networks:
        return name
    actors, kinds = (
        {attributes.node(networks[other], node)["kind"] for node in networks[other]} for other in (_CONTACTS, name)
    )
    return _CONTACTS if actors and not kinds <= actors else name
