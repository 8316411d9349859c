"""Part of a network: what lies around a thing, the best connected, and a sentence that says what was left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from itasgraph import messages
from itasgraph.entities import names
from itasgraph.entities.labels import Texts
from itasgraph.errors import UsageError
from itasgraph.store.queryable import Queryable

if TYPE_CHECKING:
    import networkx as nx

    Net = nx.MultiDiGraph[str]

_DEPTH: Final = 2


@dataclass(frozen=True)
class Wanted:
    """The thing to look around, as the user names it, how many steps from it, and how many things at most."""

    focus: str | None = None
    depth: int | None = None
    limit: int | None = None

    def __post_init__(self) -> None:
        if self.depth is not None and self.focus is None:
            raise UsageError("depth-without-focus")


@dataclass(frozen=True)
class Part:
    """A part of a network, the IRI of the thing in its middle, and what to say of the rest by language, if there is one."""

    network: Net
    focus: str = ""
    left_out: Texts = field(default_factory=dict)


def cut(graph: Queryable, network: Net, wanted: Wanted, lang: str) -> Part:
    """The part wanted. Raises UsageError for a name that nobody has, or whose thing is not in the network."""
    focus = "" if wanted.focus is None else _middle(graph, network, wanted.focus, lang)
    kept = _kept(network, focus, wanted.depth or _DEPTH)
    if wanted.limit is not None:
        kept = kept[: wanted.limit]
    if len(kept) == len(network):
        return Part(network, focus)
    part: Net = network.subgraph(kept).copy()
    said = {tongue: _said(network, part, focus, wanted, tongue) for tongue in messages.LANGUAGES}
    return Part(part, focus, said)


def _middle(graph: Queryable, network: Net, name: str, lang: str) -> str:
    thing = names.resolve(graph, name, lang=lang).value
    if thing not in network:
        raise UsageError("focus-not-shown", name=name)
    return thing


def _kept(network: Net, focus: str, depth: int) -> list[str]:
    """What is in reach, the nearest first, then the best connected, then by IRI."""
    import networkx as nx

    simple = nx.Graph(network)
    steps = nx.single_source_shortest_path_length(simple, focus, cutoff=depth) if focus else dict.fromkeys(simple, 0)
    return sorted(steps, key=lambda thing: (steps[thing], -len(simple[thing]), thing))


def _said(network: Net, part: Net, focus: str, wanted: Wanted, lang: str) -> str:
    sentences = []
    if focus:
        thing = network.nodes[focus]["labels"][lang]
        sentences.append(messages.render("excerpt-around", lang, thing=thing, steps=wanted.depth or _DEPTH))
    if wanted.limit == len(part):
        sentences.append(messages.render("excerpt-limit", lang, limit=wanted.limit))
    things, links = len(network) - len(part), network.number_of_edges() - part.number_of_edges()
    return " ".join([*sentences, messages.render("excerpt-left-out", lang, things=things, links=links)])
