"""The answers behind the sentences of a picture, computed when the page is written, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
# Questions whose answers depend on the network; the others are put to the whole graph.
_ABOUT_A_NETWORK: Final = ("groups", "connects")
# The network of actors; where a picture shows more kinds of entities, betweenness would mean nothing.
_CONTACTS: Final = "contacts"
_LINKS: Final = "links"
_TOPICS: Final = "topics"
_MAX_FINDINGS: Final = 100  # findings of a question that a page holds


def plans(networks: Networks, name: str) -> dict[str, NetworkAnswer]:
    """Return what is planned or announced, by language, where the project has the ready question."""
    if len(networks[name]) > EXACT_LIMIT:
        return {}
    texts = [NetworkTexts(networks.graph, networks[name], lang) for lang in LANGUAGES]
    return {one.lang: answer for one in texts for answer in gaps.plans(one, networks.project)}


def answers(networks: Networks, name: str, plans: Mapping[str, NetworkAnswer], *, is_map: bool) -> Answers:
    """Return the answers behind each sentence that has any; `plans` are those of `plans`.

    A map answers itself which groups there are and who links them. Return no answers for a network so large that figures
    would be estimates, which a page has no room to explain.
    """
    other = name if is_map else _network_of_actors(networks, name)
    if len(networks[other]) > EXACT_LIMIT:
        return {}
    by_question = _ready(networks, name) if is_map else _analyses(networks, other)
    for lang, plan in plans.items():
        by_question[lang][plan.question] = plan
    page = _page(networks, name, "" if is_map else other)
    answers = {
        sentence: [
            _answer({lang: by_question[lang][question] for lang in LANGUAGES}, page)
            for question in questions
            if question in by_question[LANGUAGES[0]]
        ]
        for sentence, questions in _SENTENCES.items()
    }
    return {sentence: several for sentence, several in answers.items() if several}


def _analyses(networks: Networks, name: str) -> dict[str, dict[str, NetworkAnswer]]:
    """Return the answers of the analysis of the network called `name`, by language and question."""
    analyses = analysis.analyse_languages(networks, name, LANGUAGES)
    return {lang: {answer.question: answer for answer in analyses[lang].answers} for lang in LANGUAGES}


def _ready(networks: Networks, name: str) -> dict[str, dict[str, NetworkAnswer]]:
    """Return the answers of the ready questions on what is missing, by language and question."""
    answers: dict[str, dict[str, NetworkAnswer]] = {}
    for lang in LANGUAGES:
        texts = NetworkTexts(networks.graph, networks[name], lang)
        found = gaps.answers(texts, networks.graph, networks.project, gaps.MISSING)
        answers[lang] = {answer.question: answer for answer in found}
    return answers


def actor_kinds(networks: Networks, name: str) -> list[str]:
    """Return the kinds of the entities of the network of actors, sorted."""
    other = networks[_network_of_actors(networks, name)]
    return sorted({attributes.node(other, entity)["kind"] for entity in other})


@dataclass(frozen=True)
class _Page:
    """The network in the picture, and the `basis` of the answers that depend on a network.

    `parts` is the number of parts that each entity holds together, `related` what stands for an entity that the picture lacks:
    the actors of a topic, the topics and target groups of a plan.
    """

    network: Net
    basis: Mapping[str, str]
    parts: Mapping[str, int]
    related: Mapping[str, set[str]]


def _page(networks: Networks, name: str, other: str) -> _Page:
    """Return the page of the network called `name`, for which the one called `other` is analysed, if there is one."""
    related = _actors(networks) | _aims(networks)
    if not other:
        return _Page(networks[name], {}, {}, related)
    simple = SimpleNetwork.of(networks[other])
    titles = networks.query(other).titles
    figures = {"entities": len(networks[other]), "edges": networks[other].number_of_edges()}
    return _Page(
        networks[name],
        {lang: messages.render("network-basis", lang, title=titles.get(lang, other), **figures) for lang in LANGUAGES},
        {entity: len(parts) for entity, parts in articulation_points(simple).items()},
        related,
    )


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


def _answer(answer: Mapping[str, NetworkAnswer], page: _Page) -> contract.PageAnswer:
    """Return the answer to a question from its versions in all languages."""
    first = next(iter(answer.values()))
    page_answer: contract.PageAnswer = {
        "question": first.question,
        "count": sum(first.question != "lonely-topics" or finding.value == 0 for finding in first.findings),
        "title": {lang: one.title(lang) for lang, one in answer.items()},
        "measure": {lang: one.measure for lang, one in answer.items()},
        "caveat": {lang: one.caveat(lang) for lang, one in answer.items()},
        "none": {lang: one.empty_sentence(lang) for lang, one in answer.items()},
        "listed": first.display_count,
        "more": max(len(first.findings) - _MAX_FINDINGS, 0),
        "findings": _findings(answer, page),
    }
    if first.question in _ABOUT_A_NETWORK:
        page_answer["basis"] = dict(page.basis)
    return page_answer


def _findings(answer: Mapping[str, NetworkAnswer], page: _Page) -> list[PageFinding]:
    """Return the findings in the order of the first language; equal ones may have another rank in another language."""
    by_entities = {lang: {frozenset(f.entities): f for f in one.findings} for lang, one in answer.items()}
    first = next(iter(answer.values()))
    return [
        _finding(first.question, {lang: by_entities[lang].get(frozenset(f.entities), f) for lang in answer}, page)
        for f in first.findings[:_MAX_FINDINGS]
    ]


def _finding(question: str, finding: Mapping[str, NetworkFinding], page: _Page) -> PageFinding:
    """Return a finding from its versions in all languages.

    It has the IRIs of its entities or, where the picture has none of them, of what is related to them.
    """
    versions = finding.values()
    entities = sorted(next(iter(versions)).entities)
    names = {entity: {lang: version.entities[entity] for lang, version in finding.items()} for entity in entities}
    if question == "connects":
        value = next(iter(versions)).value
        return {"entities": entities, "names": names, "value": value, "parts": page.parts.get(entities[0], 0)}
    if question == "groups":
        group: PageFinding = {
            "entities": entities,
            "names": names,
            "topics": {lang: _topics(version) for lang, version in finding.items()},
        }
        if all(version.name for version in versions):
            group["label"] = {lang: version.name for lang, version in finding.items()}
        return group
    present = [entity for entity in entities if entity in page.network]
    related = {other for entity in entities for other in page.related.get(entity, ()) if other in page.network}
    text = {lang: version.sentence for lang, version in finding.items()}
    return {"entities": present or sorted(related), "names": names, "text": text}


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
