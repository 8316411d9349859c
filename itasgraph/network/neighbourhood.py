"""What lies within some steps of an entity: the same rule for `view --focus` and for surroundings in the picture (filters.js)."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from itasgraph.network import attributes

if TYPE_CHECKING:
    from itasgraph.network.attributes import Net


class StepEnds(NamedTuple):
    """From entities of the kinds `hubs`, no step leads on, except from what is `planned`: that connects little yet."""

    hubs: Collection[str]
    planned: Collection[str] = ()

    def has(self, entity: str, kind: str | None) -> bool:
        """Return whether an entity of a kind is one from which no step leads on."""
        return kind in self.hubs and entity not in self.planned


def steps_to(network: Net, entity: str, steps: int, ends: Collection[str] = ()) -> dict[str, int]:
    """Return each entity within `steps` of an entity, with how many steps away it is.

    A step leads along a relation in either direction, and none leads on from the `ends`, such as entities that connect nearly
    everything, unless an end is in the middle itself.
    """
    reached, front = {entity: 0}, [entity]
    for step in range(1, steps + 1):
        from_here = [one for one in front if one == entity or one not in ends]
        near = {other for one in from_here for other in (*network.succ[one], *network.pred[one])}
        front = sorted(other for other in near if other not in reached)
        reached |= dict.fromkeys(front, step)
    return reached


def ends_of_steps(network: Net, ends: StepEnds) -> set[str]:
    """Return the entities of a network from which no step leads on."""
    return {one for one in network if ends.has(one, attributes.node(network, one)["kind"])}
