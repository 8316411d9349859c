"""What `show` says of an entity."""

from __future__ import annotations

from itasgraph.entities import description as descriptions
from itasgraph.entities.description import Description, Statement
from itasgraph.store.memory import Graph
from tests.helpers.namespaces import BASE

REVIEW = f"{BASE}source/itas-kongress-2024-rueckblick"


def description_of(graph: Graph, thing: str, lang: str = "de") -> Description:
    return descriptions.describe(graph, BASE + thing, lang)


def statement(description: Description, text: str) -> Statement:
    """Return the one relation to the thing labelled `text`."""
    (actual,) = (relation for relation in description.relations if relation.value == text)
    return actual
