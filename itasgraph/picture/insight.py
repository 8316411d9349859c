"""The questions that a picture answers at a click: computed when the page is written, told in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from itasgraph import network
from itasgraph.analysis import answering
from itasgraph.analysis.answers import Answer
from itasgraph.analysis.measures import EXACT
from itasgraph.graph import Queryable
from itasgraph.messages import LANGUAGES
from itasgraph.project import Project
from itasgraph.queries import Question
from itasgraph.reading import context

if TYPE_CHECKING:
    import networkx as nx

# Button of the page → the questions of the analysis that answer it.
_ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "connects": ("connects",),
    "groups": ("groups",),
    "missing": ("lonely-topics", "no-offer", "no-contact"),
}
# Who was with whom; where a picture shows more kinds of things, lying between them would mean nothing.
_CONTACTS: Final = "contacts"
_LINKS: Final = "links"


def answers(graph: Queryable, project: Project, name: str, shown: nx.MultiDiGraph[str]) -> dict[str, Any]:
    """Which network was asked (`about`), and button → its answers with things, sentences and caveats (`buttons`).

    Empty for networks so large that figures would be estimates: those need more words than a page has for them.
    """
    asked, things = _network_to_ask(graph, project, name, shown)
    if things > EXACT:
        return {}
    found = {lang: answering.analyse(graph, project, asked, lang) for lang in LANGUAGES}
    about = {lang: found[lang].sentences[0] for lang in LANGUAGES}
    by_question = {lang: {answer.question: answer for answer in found[lang].answers} for lang in LANGUAGES}
    buttons = {
        button: [
            _told({lang: by_question[lang][question] for lang in LANGUAGES})
            for question in _there(questions, by_question)
        ]
        for button, questions in _ASKED.items()
    }
    return {"about": about, "buttons": {button: told for button, told in buttons.items() if told}}


def _there(questions: tuple[str, ...], found: Mapping[str, Mapping[str, Answer]]) -> Iterator[str]:
    """Those of the questions that this project can be asked."""
    return (question for question in questions if all(question in answers for answers in found.values()))


def _told(answer: Mapping[str, Answer]) -> dict[str, Any]:
    """One question with its findings as the page holds them; people are shown so many, the order is that of rank."""
    first = next(iter(answer.values()))
    return {
        "title": {lang: told.title(lang) for lang, told in answer.items()},
        "measure": {lang: told.measure for lang, told in answer.items()},
        "caveat": {lang: told.caveat(lang) for lang, told in answer.items()},
        "none": {lang: told.none(lang) for lang, told in answer.items()},
        "more": max(len(first.findings) - first.listed, 0),
        "findings": _findings(answer, first.listed),
    }


def _findings(answer: Mapping[str, Answer], most: int) -> list[dict[str, Any]]:
    """A language may rank equal findings otherwise: each is found again by the things it is about."""
    by_things = {lang: {frozenset(f.things): f.sentence for f in told.findings} for lang, told in answer.items()}
    first = next(iter(answer.values()))
    return [
        {
            "things": sorted(finding.things),
            "text": {lang: by_things[lang].get(frozenset(finding.things), finding.sentence) for lang in answer},
        }
        for finding in first.findings[:most]
    ]


def hubs(project: Project, question: Question) -> list[str]:
    """IRIs of the kinds that connect nearly everything: those the network's own header names, else those of `links`."""
    listed = question.header.get("hubs")
    if listed is None and any(path.stem == _LINKS for path in project.networks):
        listed = network.find(_LINKS, project).header.get("hubs")
    terms = context.of(project)
    return sorted(terms.types.get(str(kind), str(kind)) for kind in listed or [])


def _network_to_ask(graph: Queryable, project: Project, name: str, shown: nx.MultiDiGraph[str]) -> tuple[str, int]:
    """The network shown where it links actors alone, else that of contacts, where there is one; and its number of things."""
    if name == _CONTACTS or not any(path.stem == _CONTACTS for path in project.networks):
        return name, len(shown)
    contacts = network.build(graph, network.find(_CONTACTS, project).text, _CONTACTS)
    actors = {kind for _, kind in contacts.nodes(data="kind")}
    kinds = {kind for _, kind in shown.nodes(data="kind")}
    return (_CONTACTS, len(contacts)) if actors and not kinds <= actors else (name, len(shown))
