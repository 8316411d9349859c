"""What lies within some steps of an entity: the same rule for `view --focus` and for surroundings in the picture (filters.js)."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from itasgraph.network import attributes

if TYPE_CHECKING:
    from itasgraph.network.attributes import Net


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


def ends_of_steps(network: Net, hubs: Collection[str], planned: Collection[str]) -> set[str]:
    """Return the entities of these kinds, from which no step leads on, except what is planned: that connects little yet."""
    return {one for one in network if attributes.node(network, one)["kind"] in hubs and one not in planned}
