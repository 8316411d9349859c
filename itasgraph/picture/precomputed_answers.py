"""The answers behind the buttons of a picture, computed when the page is written, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from itasgraph.messages import LANGUAGES
from itasgraph.network import analysis, attributes
from itasgraph.network.answers import NetworkAnswer, NetworkFinding
from itasgraph.network.builder import Networks
from itasgraph.network.measures import EXACT_LIMIT, SimpleNetwork, articulation_points
from itasgraph.parsing import jsonld_context
from itasgraph.picture import contract
from itasgraph.picture.contract import Answers, PageFinding

if TYPE_CHECKING:
    from itasgraph.network.attributes import Net

# Button of the page → the questions of the analysis that answer it.
_BUTTONS: Final[Mapping[str, tuple[str, ...]]] = {
    "connects": ("connects",),
    "groups": ("groups",),
    "missing": ("lonely-topics", "no-offer", "no-contact"),
}
# The network of actors; where a picture shows more kinds of entities, betweenness would mean nothing.
_CONTACTS: Final = "contacts"
_LINKS: Final = "links"
_TOPICS: Final = "topics"
_MAX_FINDINGS: Final = 100  # findings of a question that a page holds


def answers(networks: Networks, name: str) -> Answers:
    """Return the answers of each button, and the sentence about the network in which they hold.

    Return no answers for a network so large that figures would be estimates, which a page has no room to explain.
    """
    other = _network_of_actors(networks, name)
    if len(networks[other]) > EXACT_LIMIT:
        return Answers(about={}, buttons={})
    analyses = analysis.analyse_languages(networks, other, LANGUAGES)
    about = {lang: analyses[lang].sentences[0] for lang in LANGUAGES}
    by_question = {lang: {answer.question: answer for answer in analyses[lang].answers} for lang in LANGUAGES}
    page = _Page(
        networks[name],
        {entity: len(parts) for entity, parts in articulation_points(SimpleNetwork.of(networks[other])).items()},
        _actors(networks),
    )
    buttons = {
        button: [
            _answer({lang: by_question[lang][question] for lang in LANGUAGES}, page)
            for question in _available(questions, by_question)
        ]
        for button, questions in _BUTTONS.items()
    }
    return {"about": about, "buttons": {button: one for button, one in buttons.items() if one}}


@dataclass(frozen=True)
class _Page:
    """The network in the picture, the number of parts that each entity holds together, and the actors of each topic."""

    network: Net
    parts: Mapping[str, int]
    actors: Mapping[str, set[str]]


def _actors(networks: Networks) -> dict[str, set[str]]:
    """Return the actors that appeared on each topic."""
    if _TOPICS not in networks:
        return {}
    actors: dict[str, set[str]] = {}
    for actor, topic in networks[_TOPICS].edges():
        actors.setdefault(topic, set()).add(actor)
    return actors


def _available(questions: tuple[str, ...], analyses: Mapping[str, Mapping[str, NetworkAnswer]]) -> Iterator[str]:
    """Yield the questions that this project has."""
    return (question for question in questions if all(question in answers for answers in analyses.values()))


def _answer(answer: Mapping[str, NetworkAnswer], page: _Page) -> contract.PageAnswer:
    """Return the answer to a question from its versions in all languages."""
    first = next(iter(answer.values()))
    return {
        "title": {lang: one.title(lang) for lang, one in answer.items()},
        "measure": {lang: one.measure for lang, one in answer.items()},
        "caveat": {lang: one.caveat(lang) for lang, one in answer.items()},
        "none": {lang: one.empty_sentence(lang) for lang, one in answer.items()},
        "listed": first.display_count,
        "more": max(len(first.findings) - _MAX_FINDINGS, 0),
        "findings": _findings(answer, page),
    }


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

    It has the IRIs of its entities or, where the picture has none of them, of the actors of its topics. Connectors and
    groups have the `names` of their entities, too, because the page may show an excerpt of the network.
    """
    entities = sorted(next(iter(finding.values())).entities)
    names = {entity: {lang: version.entities[entity] for lang, version in finding.items()} for entity in entities}
    if question == "connects":
        return {"entities": entities, "names": names, "parts": page.parts.get(entities[0], 0)}
    if question == "groups":
        return {
            "entities": entities,
            "names": names,
            "topics": {lang: _topics(version) for lang, version in finding.items()},
        }
    present = [entity for entity in entities if entity in page.network]
    actors = sorted({actor for entity in entities for actor in page.actors.get(entity, ()) if actor in page.network})
    return {"entities": present or actors, "text": {lang: version.sentence for lang, version in finding.items()}}


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
