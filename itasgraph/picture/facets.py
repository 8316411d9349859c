"""The facets of a picture besides kind, relation and source: section, target group, sector, town and status."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from itasgraph.entities.labels import Labels, label_texts
from itasgraph.picture.contract import Facet, FacetValue
from itasgraph.store.queryable import Queryable

# Facet → the pattern of its ?entity and ?value. A section has the speakers, moderators, offers, topics and target groups of its parts.
_FACETS: Final[Mapping[str, str]] = {
    "section": """
        ?value itas:kind itas:Section . ?part schema:superEvent* ?value .
        ?part ((itas:appearance|itas:moderation)/(org:member|org:organization)|itas:presents
               |itas:presents/(schema:about|schema:audience)|schema:about|schema:audience)? ?entity""",
    "audience": "{ ?entity schema:audience ?value } UNION { ?entity itas:kind itas:TargetGroup BIND(?entity AS ?value) }",
    "sector": "{ ?entity org:classification ?value } UNION { ?entity itas:kind itas:Sector BIND(?entity AS ?value) }",
    "town": "?entity itas:kind schema:Organization ; schema:location ?value",
    "status": "?entity adms:status ?value",
}


def read(
    graph: Queryable, labels: Labels, entities: Collection[str]
) -> tuple[list[Facet], dict[str, dict[str, list[int]]]]:
    """Return the facets with the values that occur, and the numbers of the values of each entity: entity → facet → numbers."""
    page_facets: list[Facet] = []
    values_of: dict[str, dict[str, list[int]]] = {}
    for facet, pattern in _FACETS.items():
        rows = graph.select(f"SELECT DISTINCT ?entity ?value WHERE {{ {pattern} }} ORDER BY ?value ?entity")
        pairs = [(row["entity"].value, row["value"].value) for row in rows]
        pairs = [(entity, value) for entity, value in pairs if entity in entities]
        numbers = {value: number for number, value in enumerate(dict.fromkeys(value for _, value in pairs))}
        for entity, value in pairs:
            values_of.setdefault(entity, {}).setdefault(facet, []).append(numbers[value])
        if numbers:
            values = [FacetValue(id=value, label=label_texts(graph, labels, value)) for value in numbers]
            page_facets.append({"id": facet, "values": values})
    return page_facets, values_of
