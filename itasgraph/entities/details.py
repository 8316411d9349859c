"""The details of entities: texts, numbers and dates, without their names and without what the vocabulary hides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final, TypedDict

import pyoxigraph as ox

from itasgraph.entities.evidence import EvidenceJson, own_evidence
from itasgraph.entities.labels import Labels, Texts, complete, label_texts
from itasgraph.store.queryable import Queryable

# Excludes the properties that readers see elsewhere (names, evidence), and those with `itas:hidden true` in an ontology.
IS_DETAIL: Final = """
      FILTER(?property NOT IN (rdfs:label, skos:altLabel, itas:quote, itas:line))
      FILTER NOT EXISTS { ?property itas:hidden true }"""


class Detail(TypedDict):
    """A property of an entity and its value."""

    label: Texts
    value: Texts | str


class EntityDetails(TypedDict):
    """The other names of an entity (`alt`), its details (`facts`), and the quotes on the entity itself."""

    alt: list[str]
    facts: list[Detail]
    quotes: list[EvidenceJson]


class Details:
    """The other names, details and quotes of all entities of a graph, for the panel of the picture."""

    def __init__(self, graph: Queryable, labels: Labels) -> None:
        self._graph = graph
        self._labels = labels
        self._alternatives: defaultdict[str, list[str]] = defaultdict(list)
        self._details: defaultdict[str, list[Detail]] = defaultdict(list)
        self._evidence = own_evidence(graph)
        for row in graph.select(_ALTERNATIVES):
            self._alternatives[row["entity"].value].append(row["text"].value)
        self._read_details(graph.select(_DETAILS))

    def of(self, iri: str) -> EntityDetails:
        """Return the details of an entity."""
        quotes = [evidence.as_json() for evidence in self._evidence.get(iri, ())]
        return {"alt": self._alternatives[iri], "facts": self._details[iri], "quotes": quotes}

    def _read_details(self, rows: Iterable[ox.QuerySolution]) -> None:
        """Read the details; the texts of one property in several languages are one detail."""
        open_details: dict[tuple[str, str], Texts] = {}
        for row in rows:
            entity, property_, value = row["entity"].value, row["property"].value, row["value"]
            known = open_details.get((entity, property_))
            if isinstance(value, ox.NamedNode):
                text: Texts | str = label_texts(self._graph, self._labels, value.value)
            elif not value.language:
                text = value.value
            elif known is not None and value.language not in known:
                known[value.language] = value.value
                continue
            else:  # two texts in one language are two details
                text = open_details[entity, property_] = {value.language: value.value}
            self._details[entity].append({"label": label_texts(self._graph, self._labels, property_), "value": text})
        for known in open_details.values():
            known.update(complete(known, ""))


_ALTERNATIVES: Final = """
    SELECT DISTINCT ?entity ?text WHERE { ?entity itas:kind ?kind ; skos:altLabel ?text } ORDER BY ?entity ?text"""
_DETAILS: Final = (
    """
    SELECT DISTINCT ?entity ?property ?value WHERE {
      ?entity itas:kind ?kind ; ?property ?value .
      FILTER(isLiteral(?value) || ?property IN (dcterms:type, adms:status, schema:url, schema:identifier, owl:sameAs))"""
    + IS_DETAIL
    + """
    } ORDER BY ?entity ?property ?value"""
)
