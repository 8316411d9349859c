"""Which networks a page has, and how much of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final

from itasgraph.errors import UsageError
from itasgraph.filters import vicinity
from itasgraph.network import neighbourhood
from itasgraph.network.builder import Networks
from itasgraph.network.neighbourhood import StepEnds
from itasgraph.network.partial_network import is_large
from itasgraph.picture import excerpt, precomputed_answers
from itasgraph.picture.excerpt import Excerpt, ExcerptOptions
from itasgraph.store.queryable import Queryable

_MOST_ENTITIES: Final = 2_000  # of a network that shares a page with others, where nobody asked for it


def of_names(networks: Networks, names: Sequence[str], options: ExcerptOptions, lang: str) -> dict[str, Excerpt]:
    """Return the excerpts of the networks that the user names. Raises UsageError as `excerpt.extract` does."""
    return alone(networks, names, options, lang) or {
        name: excerpt.extract(networks.graph, networks[name], options, lang, _ends(networks, name, options))
        for name in names
    }


def alone(networks: Networks, names: Sequence[str], options: ExcerptOptions, lang: str) -> dict[str, Excerpt]:
    """Return the excerpts around an entity of a large graph, none where a whole network must be read for one."""
    if options.focus is None or not is_large(networks.graph):
        return {}
    middle = excerpt.resolve_focus(networks.graph, options.focus, lang)
    planned = precomputed_answers.all_planned(networks)
    excerpts: dict[str, Excerpt] = {}
    for name in names:
        ends = StepEnds(precomputed_answers.hubs(networks, name), planned)
        part = excerpt.extract_alone(networks.graph, networks.query(name), options, middle, ends)
        if part is None:
            return {}
        excerpts[name] = part
    return excerpts


def _first_alone(networks: Networks, names: Sequence[str], options: ExcerptOptions, lang: str) -> dict[str, Excerpt]:
    """Return the excerpt of the first network that has the entity in the middle, none where a whole network must be read for one."""
    for name in names:
        with suppress(UsageError):
            return alone(networks, [name], options, lang)
    return {}


def _ends(networks: Networks, name: str, options: ExcerptOptions) -> set[str]:
    """Return from which entities of a network no step leads on around the one in the middle, if there is one."""
    if options.focus is None:
        return set()
    hubs, planned = precomputed_answers.hubs(networks, name), precomputed_answers.planned(networks, name)
    return neighbourhood.ends_of_steps(networks[name], StepEnds(hubs, planned))


def graph_of_page(networks: Networks, excerpts: Mapping[str, Excerpt]) -> Queryable:
    """Return what a page needs of the graph: where all excerpts were read alone, only what it says about their entities."""
    if not all(one.alone for one in excerpts.values()):
        return networks.graph
    hubs: set[str] = set()
    for name, one in excerpts.items():
        hubs |= neighbourhood.ends_of_steps(one.network, StepEnds(precomputed_answers.hubs(networks, name)))
    return vicinity.copy(networks.graph, {entity for one in excerpts.values() for entity in one.network}, hubs)


def of_project(networks: Networks, options: ExcerptOptions, lang: str, *, every: bool) -> dict[str, Excerpt]:
    """Return the excerpts of all networks of the project, or of those with a place in the switch.

    Networks without entries, or without the entity in the middle of an excerpt, are left out unless all are. A page whose
    first network is large stands alone, because each of the others is asked of as large a graph; otherwise it has those others that are
    not large, because each large one takes long to lay out. A user who names networks, or asks for `every` one, gets them all. Raises
    UsageError as `excerpt.extract` does.
    """
    names = networks.names if every else networks.switch or networks.names[:1]
    if not names:
        raise UsageError("no-networks")
    if not every:
        if around := _first_alone(networks, names, options, lang):
            return around
        names = _unasked(networks, names)
    full = [name for name in names if networks[name]] or names[:1]
    if options.focus is not None:
        middle = excerpt.resolve_focus(networks.graph, options.focus, lang)
        full = [name for name in full if middle in networks[name]] or full[:1]
    return of_names(networks, full, options, lang)


def _unasked(networks: Networks, names: Sequence[str]) -> list[str]:
    """Return the first network and, where it is not large, those others that are not."""
    first, *others = names
    if len(networks[first]) > _MOST_ENTITIES:
        return [first]
    return [first, *(name for name in others if len(networks[name]) <= _MOST_ENTITIES)]
