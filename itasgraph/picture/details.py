"""What the panel of a picture tells of a thing: its other names, its facts, its own quotes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

import pyoxigraph as ox

from itasgraph.entities import translations
from itasgraph.entities.translations import Labels, Texts
from itasgraph.store.graph import Queryable


class Details:
    """Read once for all things of a graph."""

    def __init__(self, graph: Queryable, labels: Labels) -> None:
        self._graph = graph
        self._labels = labels
        self._alternatives: defaultdict[str, list[str]] = defaultdict(list)
        self._facts: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self._quotes: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in graph.select(_ALTERNATIVES):
            self._alternatives[row["thing"].value].append(row["text"].value)
        self._read_facts(graph.select(_FACTS))
        for row in graph.select(_QUOTES):
            lines = [int(number) for number in sorted(row["lines"].value.split(), key=int)] if row["lines"] else []
            quote = {"text": row["text"].value, "lines": lines, "source": row["source"].value}
            self._quotes[row["thing"].value].append(quote)

    def of(self, iri: str) -> dict[str, Any]:
        """`alt`, `facts` and `quotes` of a thing."""
        return {"alt": self._alternatives[iri], "facts": self._facts[iri], "quotes": self._quotes[iri]}

    def _read_facts(self, rows: Iterable[ox.QuerySolution]) -> None:
        """Texts of one property in several languages are one fact."""
        open_facts: dict[tuple[str, str], Texts] = {}
        for row in rows:
            thing, relation, value = row["thing"].value, row["property"].value, row["value"]
            known = open_facts.get((thing, relation))
            if isinstance(value, ox.NamedNode):
                shown: Texts | str = translations.named(self._graph, self._labels, value.value)
            elif not value.language:
                shown = value.value
            elif known is not None and value.language not in known:
                known[value.language] = value.value
                continue
            else:  # two texts in one language are two facts
                shown = open_facts[thing, relation] = {value.language: value.value}
            self._facts[thing].append(
                {"label": translations.named(self._graph, self._labels, relation), "value": shown}
            )
        for known in open_facts.values():
            known.update(translations.both(known, ""))


_ALTERNATIVES: Final = """
    SELECT DISTINCT ?thing ?text WHERE { ?thing itas:kind ?kind ; skos:altLabel ?text } ORDER BY ?thing ?text"""
_FACTS: Final = """
    SELECT DISTINCT ?thing ?property ?value WHERE {
      ?thing itas:kind ?kind ; ?property ?value .
      FILTER(isLiteral(?value) || ?property IN (dcterms:type, adms:status))
      FILTER(?property NOT IN (rdfs:label, schema:name, skos:altLabel, skos:hiddenLabel, itas:quote, itas:line, itas:word, schema:position))
    } ORDER BY ?thing ?property ?value"""
_QUOTES: Final = """
    SELECT ?thing ?text ?source (GROUP_CONCAT(STR(?number); separator=" ") AS ?lines) WHERE {
      ?thing itas:kind ?kind ; itas:quote ?text ; dcterms:source ?source .
      FILTER(EXISTS { GRAPH ?source { ?thing itas:quote ?text } } || NOT EXISTS { GRAPH ?any { ?thing itas:quote ?text } })
      OPTIONAL {
        ?thing itas:line ?line .
        FILTER(EXISTS { GRAPH ?source { ?thing itas:line ?line } } || NOT EXISTS { GRAPH ?any { ?thing itas:line ?line } })
      }
      BIND(COALESCE(?line, "") AS ?number)
    } GROUP BY ?thing ?text ?source ORDER BY ?thing ?text ?source"""
