"""The lines that a map draws between entries: relations, and folded lines, each in the place of an entry such as a contribution."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from itasgraph.network import attributes
from itasgraph.vocabulary import ITAS, SCHEMA

if TYPE_CHECKING:
    from itasgraph.network.attributes import Net

# Relations that lead from a contribution or discussion to who speaks in it, and to what it presents.
_SPEAKERS: Final = (SCHEMA.performer, ITAS.presenter, ITAS.discussant)
_PRESENTED: Final = (ITAS.presents,)


class Line(NamedTuple):
    """A line between two drawn entries: a relation, or a folded line in the place of the entry `via`."""

    source: str
    target: str
    via: str = ""


def lines(network: Net, drawn: Collection[str], folded: Collection[str]) -> list[Line]:
    """Return the lines between the entries `drawn`: first their relations, then the lines in the place of the entries `folded`."""
    relations = [Line(edge.source, edge.target) for edge, _ in attributes.edges(network)]
    straight = [line for line in relations if line.source in drawn and line.target in drawn]
    return [*straight, *(line for entity in sorted(folded) for line in _folded_lines(network, entity, drawn))]


def _folded_lines(network: Net, entity: str, drawn: Collection[str]) -> Iterator[Line]:
    """Yield a line from each who speaks in a contribution to each entry that it presents or is about.

    What is presented but not drawn is replaced with what it is about.
    """
    subjects: dict[str, None] = {}
    for subject in (*_targets(network, entity, _PRESENTED), *_targets(network, entity, (SCHEMA.about,))):
        subjects |= dict.fromkeys([subject] if subject in drawn else _targets(network, subject, (SCHEMA.about,)))
    for speaker in _targets(network, entity, _SPEAKERS):
        for subject in subjects:
            if speaker in drawn and subject in drawn and speaker != subject:
                yield Line(speaker, subject, entity)


def _targets(network: Net, entity: str, relations: Collection[str]) -> list[str]:
    """Return the entries to which any of these relations leads from an entry, sorted."""
    return sorted({target for _, target, relation in network.out_edges(entity, keys=True) if relation in relations})
