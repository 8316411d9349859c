"""What a document shows of the people whom it names with certainty: it helps to read the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from itasgraph.drafting.lexica import is_organisation

_FEWEST_EXAMPLES: Final = 2  # of an order


@dataclass
class Usage:
    """What the certain lines of a document show of the others: the order behind a name, and the words that are towns there."""

    orders: Counter[str] = field(default_factory=Counter)
    towns: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    organisations: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    has_organisations_first: bool = False  # "IHK Neuheim: Ida Kern"

    def learn(self, name: str, role: str, organisations: Iterable[str], order: str) -> None:
        """Take in somebody whose role or organisations are certain, and the order in which they stand there."""
        self.people.add(name)
        self.roles.update(filter(None, [role]))
        self.orders.update(filter(None, [order]))
        for organisation in organisations:
            self.organisations.add(organisation)
            first, *others = organisation.split()
            if others and is_organisation(first) and not is_organisation(others[-1]):
                self.towns.add(others[-1])

    def is_usual(self, order: str) -> bool:
        """Return whether an order is that of most people of the document of whom as many pieces are certain."""
        alike = sum(count for other, count in self.orders.items() if len(other) == len(order))
        return self.orders[order] >= _FEWEST_EXAMPLES and self.orders[order] * 5 >= alike * 4
