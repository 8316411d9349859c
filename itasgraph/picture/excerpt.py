"""Excerpts of a network: the surroundings of an entity, or the nodes with most neighbours, and a note on the rest."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from itasgraph import messages
from itasgraph.entities import names
from itasgraph.entities.labels import Texts
from itasgraph.errors import UsageError
from itasgraph.network import attributes, neighbourhood
from itasgraph.network.neighbourhood import StepEnds
from itasgraph.network.partial_network import surroundings
from itasgraph.store.queryable import Queryable

if TYPE_CHECKING:
    from itasgraph.network.attributes import Net
    from itasgraph.questions.queries import Question

_DEPTH: Final = 2


@dataclass(frozen=True)
class ExcerptOptions:
    """The entity in the middle, as the user names it, the number of steps around it, and the largest number of nodes."""

    focus: str | None = None
    depth: int | None = None
    limit: int | None = None

    def __post_init__(self) -> None:
        if self.depth is not None and self.focus is None:
            raise UsageError("depth-without-focus")


@dataclass(frozen=True)
class Excerpt:
    """A part of a network, the IRI of the entity in its middle, and a note on the rest by language, where there is a rest.

    Of a large graph, the part is read `alone`: nothing is known of the rest.
    """

    network: Net
    focus: str = ""
    note: Texts = field(default_factory=dict)
    alone: bool = False


def extract(graph: Queryable, network: Net, options: ExcerptOptions, lang: str, ends: Collection[str] = ()) -> Excerpt:
    """Return the excerpt; from the `ends`, no step around an entity leads on.

    Raises UsageError for a name that no entity has, or whose entity is not in the network.
    """
    focus = "" if options.focus is None else _focus_in(graph, network, options.focus, lang)
    nodes = _within_reach(network, focus, options.depth or _DEPTH, ends)
    if options.limit is not None:
        nodes = nodes[: options.limit]
    if len(nodes) == len(network):
        return Excerpt(network, focus)
    part: Net = network.copy()  # keeps the order of the network; a view of a part has that of a set
    part.remove_nodes_from(set(network).difference(nodes))
    note = {language: _note(network, part, focus, options, language) for language in messages.LANGUAGES}
    return Excerpt(part, focus, note)


def extract_alone(
    graph: Queryable, question: Question, options: ExcerptOptions, middle: str, ends: StepEnds
) -> Excerpt | None:
    """Return the excerpt around an entity without reading the rest, or None where the query of the network cannot be restricted to it.

    Raises UsageError where the entity is not in the network.
    """
    part = surroundings(graph, question, middle, options.depth or _DEPTH, ends, options.limit)
    if part is None:
        return None
    if middle not in part:
        raise UsageError("focus-not-in-network", name=options.focus)
    note = {language: " ".join(_description(part, middle, options, language)) for language in messages.LANGUAGES}
    return Excerpt(part, middle, note, alone=True)


def resolve_focus(graph: Queryable, name: str, lang: str) -> str:
    """Return the IRI of the entity in the middle of an excerpt. Raises UsageError for a name that no entity has."""
    return names.resolve(graph, name, lang=lang).value


def _focus_in(graph: Queryable, network: Net, name: str, lang: str) -> str:
    entity = resolve_focus(graph, name, lang)
    if entity not in network:
        raise UsageError("focus-not-in-network", name=name)
    return entity


def _within_reach(network: Net, focus: str, depth: int, ends: Collection[str]) -> list[str]:
    """Return the nodes in reach: the nearest first, then those with most neighbours, then by IRI."""
    import networkx as nx

    simple = nx.Graph(network)
    steps = neighbourhood.steps_to(network, focus, depth, ends) if focus else dict.fromkeys(simple, 0)
    return sorted(steps, key=lambda entity: (steps[entity], -len(simple[entity]), entity))


def _note(network: Net, part: Net, focus: str, options: ExcerptOptions, lang: str) -> str:
    nodes, edges = len(network) - len(part), network.number_of_edges() - part.number_of_edges()
    left_out = messages.render("excerpt-left-out", lang, entities=nodes, edges=edges)
    return " ".join([*_description(part, focus, options, lang), left_out])


def _description(part: Net, focus: str, options: ExcerptOptions, lang: str) -> list[str]:
    """Return sentences that say what the part of a network is."""
    sentences = []
    if focus:
        entity = attributes.node(part, focus)["labels"][lang]
        sentences.append(messages.render("excerpt-around", lang, entity=entity, steps=options.depth or _DEPTH))
    if options.limit == len(part):
        sentences.append(messages.render("excerpt-limit", lang, limit=options.limit))
    return sentences
