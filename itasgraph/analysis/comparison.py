"""Two events or two sources side by side: who is new, who is gone, which ties stayed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from itasgraph import names, network
from itasgraph.analysis import span
from itasgraph.analysis.answers import Analysis, Answer, Finding, Seen
from itasgraph.errors import AskedWrongly
from itasgraph.graph import Queryable
from itasgraph.labels import labels
from itasgraph.project import Project
from itasgraph.queries import Question
from itasgraph.results import cited

if TYPE_CHECKING:
    import networkx as nx

Tie = tuple[str, str, str]
_ALL: Final = 1_000_000  # a comparison is a list, not a ranking


def compare(graph: Queryable, project: Project, name: str, both: tuple[str, str], lang: str) -> Analysis:
    """Compare the network called `name` of two events, sections or sources, the earlier one first.

    Raises AskedWrongly where nothing is called so, both are the same, nobody appeared there, and as `network.build` does.
    """
    question = network.find(name, project)
    things = [names.resolve(graph, text, lang=lang).value for text in both]
    known = labels(graph, things, lang)
    if things[0] == things[1]:
        raise AskedWrongly("same-ends", name=known.get(things[0]) or graph.shrink(things[0]))
    titles = [known.get(thing) or graph.shrink(thing) for thing in things]
    seen = [Seen(graph, _side(graph, question, thing), lang) for thing in things]
    for text, found in zip(both, seen, strict=True):
        if not found.network:
            raise AskedWrongly("no-appearances", name=text)
    earlier, later = seen
    answers = [
        _things("new", later, later.network.nodes - earlier.network.nodes),
        _things("gone", earlier, earlier.network.nodes - later.network.nodes),
        _things("stayed", later, later.network.nodes & earlier.network.nodes),
        _ties("ties-stayed", seen, _all(later) & _all(earlier)),
        _ties("ties-new", [later], _all(later) - _all(earlier)),
        _ties("ties-gone", [earlier], _all(earlier) - _all(later)),
    ]
    title = earlier.say("compared", earlier=titles[0], later=titles[1])
    sentences = [earlier.say("compared-in", name=question.name, title=question.title(lang))]
    sentences += [found.sentence("side-is", title) for title, found in zip(titles, seen, strict=True)]
    return Analysis(question.name, lang, title, sentences, len(later.network), later.links, answers)


def _side(graph: Queryable, question: Question, thing: str) -> nx.MultiDiGraph[str]:
    """What an event or a source makes of a network: without links, and things unlinked, that are there in any case."""
    found = network.build(span.of(graph, thing), question.text, question.name)
    rest = network.build(span.rest(graph, thing), question.text, question.name)
    found.remove_edges_from([tie for tie in found.edges(keys=True) if rest.has_edge(*tie)])
    found.remove_nodes_from([one for one in found if one in rest and not found.degree(one)])
    return found


def _all(seen: Seen) -> set[Tie]:
    return set(seen.network.edges(keys=True))


def _things(code: str, seen: Seen, things: Iterable[str]) -> Answer:
    found = [
        Finding({thing: label}, 1.0, seen.say(f"is-{code}", thing=seen.shown(thing)))
        for thing, label in seen.labelled(things).items()
    ]
    return Answer(code, found, seen.say("measure-compared"), _ALL)


def _ties(code: str, sides: list[Seen], ties: set[Tie]) -> Answer:
    """Ties with the words on each side; the first side names the things."""
    seen = sides[0]
    found = []
    for tie in sorted(ties, key=lambda tie: (seen.by_label(tie[0]), seen.by_label(tie[1]), tie)):
        source, target, relation = tie
        words = " / ".join(_words(side, tie) for side in sides)
        facts = {"one": seen.label(source), "relation": seen.term(relation), "other": seen.label(target)}
        ends = {thing: seen.label(thing) for thing in (source, target)}
        found.append(Finding(ends, float(len(sides)), seen.say("tie", words=words, **facts)))
    return Answer(code, found, seen.say("measure-compared"), _ALL)


def _words(seen: Seen, tie: Tie) -> str:
    texts = dict.fromkeys(evidence.text for evidence in seen.network.edges[tie]["quotes"])
    return ", ".join(cited.quoted(text, seen.lang) for text in texts) or "–"
