"""The part of a page's data that depends on whether its network is drawn as a map: symbols, groups, hidden kinds, folded lines."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from itasgraph.network import layout, map_layout
from itasgraph.network.groups import Group, GroupedNetwork
from itasgraph.picture import contract
from itasgraph.picture.contract import FoldedLine
from itasgraph.picture.drawing import Symbol

if TYPE_CHECKING:
    from itasgraph.network.attributes import Net


@dataclass(frozen=True)
class MapData:
    """The symbol of each node; on a map, the kinds that are hidden at first, the groups and the folded lines as well."""

    symbols: Mapping[str, Symbol]
    background: Set[str] = frozenset()
    groups: list[contract.Group] = field(default_factory=list)
    folded: list[FoldedLine] = field(default_factory=list)


def of(network: Net, grouped: GroupedNetwork | None) -> MapData:
    """Return the data of a map of a network with groups, or of a picture without groups."""
    if grouped is None:
        places = layout.positions(network)
        return MapData({iri: Symbol(*places[iri], layout.node_size(network, iri)) for iri in network})
    arranged = map_layout.stored_layout(grouped)
    return MapData(
        {iri: Symbol(*arranged.places[iri], map_layout.node_size(grouped, iri)) for iri in network},
        grouped.hidden_kinds,
        [_group(*row) for row in zip(grouped.groups, arranged.cells, arranged.hues, strict=True)],
        [{"from": line.source, "to": line.target, "via": line.via} for line in grouped.lines if line.via],
    )


def _group(group: Group, cell: list[map_layout.Point], hue: int) -> contract.Group:
    titles = list(group.titles)
    return {"label": group.label, "titles": titles, "members": group.members, "hue": hue, "cell": cell}
