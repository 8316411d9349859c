"""The questions that a picture answers at a click: computed when the page is written, told in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from itasgraph.messages import LANGUAGES
from itasgraph.network import analysis
from itasgraph.network.answers import Answer, NetworkFinding
from itasgraph.network.builder import Networks
from itasgraph.network.measures import EXACT_LIMIT, SimpleNetwork, articulation_points
from itasgraph.parsing import jsonld_context

if TYPE_CHECKING:
    import networkx as nx

    Net = nx.MultiDiGraph[str]

# Button of the page → the questions of the analysis that answer it.
_ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "connects": ("connects",),
    "groups": ("groups",),
    "missing": ("lonely-topics", "no-offer", "no-contact"),
}
# Who was with whom; where a picture shows more kinds of things, lying between them would mean nothing.
_CONTACTS: Final = "contacts"
_LINKS: Final = "links"
_TOPICS: Final = "topics"
_MOST: Final = 100  # findings of a question that a page holds


def answers(networks: Networks, name: str) -> dict[str, Any]:
    """Which network was asked (`about`), and button → its answers with things, sentences and caveats (`buttons`).

    Empty for networks so large that figures would be estimates: those need more words than a page has for them.
    """
    shown, asked = networks[name], _network_to_ask(networks, name)
    if len(networks[asked]) > EXACT_LIMIT:
        return {}
    found = analysis.analyse_languages(networks, asked, LANGUAGES)
    about = {lang: found[lang].sentences[0] for lang in LANGUAGES}
    by_question = {lang: {answer.question: answer for answer in found[lang].answers} for lang in LANGUAGES}
    page = _Page(
        shown,
        {thing: len(parts) for thing, parts in articulation_points(SimpleNetwork.of(networks[asked])).items()},
        _actors(networks),
    )
    buttons = {
        button: [
            _told({lang: by_question[lang][question] for lang in LANGUAGES}, page)
            for question in _there(questions, by_question)
        ]
        for button, questions in _ASKED.items()
    }
    return {"about": about, "buttons": {button: told for button, told in buttons.items() if told}}


@dataclass(frozen=True)
class _Page:
    """The network in the picture, how many parts each thing alone holds together, and topic → who appeared on it."""

    shown: Net
    parts: Mapping[str, int]
    actors: Mapping[str, set[str]]


def _actors(networks: Networks) -> dict[str, set[str]]:
    """Return the actors that appeared on each topic."""
    if _TOPICS not in networks:
        return {}
    found: dict[str, set[str]] = {}
    for actor, topic in networks[_TOPICS].edges():
        found.setdefault(topic, set()).add(actor)
    return found


def _there(questions: tuple[str, ...], found: Mapping[str, Mapping[str, Answer]]) -> Iterator[str]:
    """Those of the questions that this project can be asked."""
    return (question for question in questions if all(question in answers for answers in found.values()))


def _told(answer: Mapping[str, Answer], page: _Page) -> dict[str, Any]:
    """One question with its findings as the page holds them: `listed` are shown at first, `more` it does not hold."""
    first = next(iter(answer.values()))
    return {
        "title": {lang: told.title(lang) for lang, told in answer.items()},
        "measure": {lang: told.measure for lang, told in answer.items()},
        "caveat": {lang: told.caveat(lang) for lang, told in answer.items()},
        "none": {lang: told.empty_sentence(lang) for lang, told in answer.items()},
        "listed": first.display_count,
        "more": max(len(first.findings) - _MOST, 0),
        "findings": _findings(answer, page),
    }


def _findings(answer: Mapping[str, Answer], page: _Page) -> list[dict[str, Any]]:
    """A language may rank equal findings otherwise: each is found again by the things it is about."""
    by_things = {lang: {frozenset(f.entities): f for f in told.findings} for lang, told in answer.items()}
    first = next(iter(answer.values()))
    return [
        _finding(first.question, {lang: by_things[lang].get(frozenset(f.entities), f) for lang in answer}, page)
        for f in first.findings[:_MOST]
    ]


def _finding(question: str, finding: Mapping[str, NetworkFinding], page: _Page) -> dict[str, Any]:
    """What it is about by IRI, or else what in the picture it leads to.

    A connector has the number of `parts` it alone holds together, a group its `topics`, and both the `names` of their things,
    as a page may show a part of the network only; everything else has a sentence (`text`).
    """
    things = sorted(next(iter(finding.values())).entities)
    names = {thing: {lang: found.entities[thing] for lang, found in finding.items()} for thing in things}
    if question == "connects":
        return {"entities": things, "names": names, "parts": page.parts.get(things[0], 0)}
    if question == "groups":
        return {"entities": things, "names": names, "topics": {lang: _topics(found) for lang, found in finding.items()}}
    there = [thing for thing in things if thing in page.shown]
    linked = sorted({actor for thing in things for actor in page.actors.get(thing, ()) if actor in page.shown})
    return {"entities": there or linked, "text": {lang: found.sentence for lang, found in finding.items()}}


def _topics(finding: NetworkFinding) -> str:
    """The last of what a group is told by."""
    return finding.details[-1][1]


def hubs(networks: Networks, name: str) -> list[str]:
    """Return the IRIs of the kinds of hubs: those that the network's own header names, else those of `links`."""
    listed = networks.query(name).header.get("hubs")
    if listed is None and _LINKS in networks:
        listed = networks.query(_LINKS).header.get("hubs")
    terms = jsonld_context.of(networks.project)
    return sorted(terms.types.get(str(kind), str(kind)) for kind in listed or [])


def near(networks: Networks, name: str) -> list[str]:
    """Return the IRIs of the relations that the header calls mere closeness: to share a topic, say, is no contact."""
    terms = jsonld_context.of(networks.project)
    listed = networks.query(name).header.get("closeness") or []
    return sorted(terms.expand(str(relation)) for relation in ([listed] if isinstance(listed, str) else listed))


def _network_to_ask(networks: Networks, name: str) -> str:
    """Return the name of the network shown where it has actors alone, else `contacts`, where the project has it."""
    if name == _CONTACTS or _CONTACTS not in networks:
        return name
    actors, kinds = ({kind for _, kind in networks[other].nodes(data="kind")} for other in (_CONTACTS, name))
    return _CONTACTS if actors and not kinds <= actors else name
