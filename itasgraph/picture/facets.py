"""By what a picture is filtered besides kind, relation and source: section, target group, status."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from itasgraph.entities.labels import Labels, named
from itasgraph.store.queryable import Queryable

# Facet → which ?thing has which ?value. To a section belongs what is said, presented, meant and treated in it.
_FACETS: Final[Mapping[str, str]] = {
    "section": """
        ?value itas:kind itas:Section . ?part schema:superEvent* ?value .
        ?part (itas:appearance/(org:member|org:organization)|itas:presents|itas:presents/(schema:about|schema:audience)
               |schema:about|schema:audience)? ?thing""",
    "audience": "{ ?thing schema:audience ?value } UNION { ?thing itas:kind itas:TargetGroup BIND(?thing AS ?value) }",
    "status": "?thing adms:status ?value",
}


def read(graph: Queryable, labels: Labels, things: Collection[str]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The facets with the values that some thing has, and thing → facet → numbers of its values there."""
    found: list[dict[str, Any]] = []
    values_of: dict[str, dict[str, list[int]]] = {}
    for facet, pattern in _FACETS.items():
        rows = graph.select(f"SELECT DISTINCT ?thing ?value WHERE {{ {pattern} }} ORDER BY ?value ?thing")
        pairs = [(row["thing"].value, row["value"].value) for row in rows]
        pairs = [(thing, value) for thing, value in pairs if thing in things]
        numbers = {value: number for number, value in enumerate(dict.fromkeys(value for _, value in pairs))}
        for thing, value in pairs:
            values_of.setdefault(thing, {}).setdefault(facet, []).append(numbers[value])
        if numbers:
            known = [{"id": value, "label": named(graph, labels, value)} for value in numbers]
            found.append({"id": facet, "values": known})
    return found, values_of
