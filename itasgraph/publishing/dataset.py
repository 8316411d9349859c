"""The description of a graph as a whole in VoID, DCAT and PROV, computed from the graph itself.

Vocabulary of Interlinked Datasets (W3C Interest Group Note, 2011), Data Catalog Vocabulary 3 (W3C Recommendation, 2024).
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from itasgraph.errors import UsageError
from itasgraph.filters.selection import Selection, select_statements
from itasgraph.publishing import authorities, catalogue
from itasgraph.publishing.catalogue import part_iri, triple
from itasgraph.store.memory import Graph, derive
from itasgraph.store.queryable import GRAPH_SIZES, Queryable, Statement, Term, value
from itasgraph.vocabulary import DCAT, DCTERMS, OWL, PROV, RDF, RDFS, SCHEMA, VOID, XSD

_PREFIXES: Final = {"void": VOID.iri, "xsd": XSD.iri, **catalogue.PREFIXES}
# A property in our data → the property that catalogues use.
_EQUIVALENTS: Final = {
    RDFS.label: DCTERMS.title,
    SCHEMA.description: DCTERMS.description,
    OWL.versionInfo: DCAT.version,
    DCTERMS.coverage: DCTERMS.spatial,
}
_COUNTS: Final = {
    VOID.triples: "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    VOID.entities: "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s itas:kind ?kind }",
    VOID.classes: "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
    VOID.properties: "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    VOID.distinctSubjects: "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    VOID.distinctObjects: "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
}
_CLASSES: Final = "SELECT ?class (COUNT(DISTINCT ?s) AS ?n) { ?s a ?class } GROUP BY ?class"
_PROPERTIES: Final = "SELECT ?property (COUNT(*) AS ?n) { ?s ?property ?o } GROUP BY ?property"
_EXAMPLES: Final = """
    SELECT ?kind ?entity (COUNT(*) AS ?n) { ?entity itas:kind ?kind ; ?p ?o } GROUP BY ?kind ?entity ORDER BY ?kind DESC(?n) ?entity"""
_PERIOD: Final = """
    SELECT (MIN(?date) AS ?first) (MAX(?date) AS ?last) {
      ?event schema:startDate|schema:endDate ?date . FILTER(DATATYPE(?date) = xsd:date)
    }"""
_DOCUMENTS: Final = """
    SELECT DISTINCT ?document { ?g prov:wasDerivedFrom ?document FILTER EXISTS { GRAPH ?g { ?s ?p ?o } } }"""
_LANGUAGES: Final = """
    SELECT DISTINCT ?lang { ?entity rdfs:label ?label . BIND(LANG(?label) AS ?lang) FILTER(REGEX(?lang, "^[a-z]{2}$")) }"""
_KEYWORDS: Final = """
    SELECT DISTINCT ?label { ?topic a itas:Topic ; skos:topConceptOf ?scheme ; skos:prefLabel ?label }"""
# The web site of an entry is no data set.
_LINKS: Final = """
    SELECT DISTINCT ?entry ?link ?target {
      VALUES ?link { owl:sameAs schema:identifier } ?entry ?link ?target FILTER(isIRI(?target))
    }"""


def describe(graph: Queryable, selection: Selection | None = None) -> Graph:
    """Describe a graph: its title, licence and dates, counts of its content, its named graphs and their origin.

    Dates come from the data, or from SOURCE_DATE_EPOCH (seconds since 1970, https://reproducible-builds.org/specs/).
    Raises UsageError for a selection other than one without quotes, because a description is of the whole graph.
    """
    selection = selection or Selection()
    if selection.graphs is not None or selection.about is not None:
        raise UsageError("describe-with-selection")
    if not selection.quotes:
        graph = _graph(select_statements(graph, True, selection), graph)
    triples = list(_DatasetDescription(graph, dataset_iri(graph)).triples())
    description = _graph([*triples, *authorities.describe_values(triples)], graph)
    return Graph(description.store, _PREFIXES | graph.prefixes, graph.base)


def _graph(statements: Iterable[Statement], origin: Queryable) -> Graph:
    """Return a graph of statements in memory, with prefixes and base of `origin`."""
    return derive(
        origin,
        (one if isinstance(one, ox.Quad) else ox.Quad(one.subject, one.predicate, one.object) for one in statements),
    )


def dataset_iri(graph: Queryable) -> ox.NamedNode:
    """Return the IRI of the data set that the data describe, else `dataset` below the base."""
    rows = graph.select(f"SELECT DISTINCT ?dataset {{ ?dataset a <{DCAT.Dataset}> . FILTER(isIRI(?dataset)) }}")
    return min((row["dataset"] for row in rows), key=value, default=ox.NamedNode(f"{graph.base}dataset"))


def _triples_about(graph: Queryable, subject: ox.NamedNode) -> Iterator[ox.Triple]:
    for row in graph.select(f"SELECT DISTINCT ?p ?o {{ {subject} ?p ?o }}"):
        yield ox.Triple(subject, row["p"], row["o"])


def _number(count: str) -> ox.Literal:
    return ox.Literal(count, datatype=ox.NamedNode(XSD.integer))


@dataclass(frozen=True)
class _DatasetDescription:
    """The description of a graph, as triples about the data set `dataset`."""

    graph: Queryable
    dataset: ox.NamedNode

    def triples(self) -> Iterator[ox.Triple]:
        yield from self._title()
        yield from self._counts()
        yield from self._parts(_CLASSES, (VOID.classPartition, VOID.class_), VOID.entities)
        yield from self._parts(_PROPERTIES, (VOID.propertyPartition, VOID.property), VOID.triples)
        yield from self._examples()
        yield from self._dates()
        yield from self._graphs()
        yield from self._linksets()
        yield from catalogue.describe_offer(self.graph, self.dataset)

    def _triple(self, predicate: str, object_: Term | str) -> ox.Triple:
        return triple(self.dataset, predicate, object_)

    def _title(self) -> Iterator[ox.Triple]:
        yield self._triple(RDF.type, DCAT.Dataset)
        yield self._triple(RDF.type, VOID.Dataset)
        for own in _triples_about(self.graph, self.dataset):
            if own.predicate.value != DCAT.contactPoint:
                yield own
            if own.predicate.value in _EQUIVALENTS:
                yield self._triple(_EQUIVALENTS[own.predicate.value], own.object)
        for row in self.graph.select(_DOCUMENTS):
            yield self._triple(PROV.wasDerivedFrom, row["document"])
        for row in self.graph.select(_LANGUAGES):
            yield self._triple(DCTERMS.language, authorities.language(row["lang"].value))
        for row in self.graph.select(_KEYWORDS):
            yield self._triple(DCAT.keyword, row["label"])

    def _counts(self) -> Iterator[ox.Triple]:
        for name, question in _COUNTS.items():
            (row,) = self.graph.select(question)
            if row["n"].value != "0":
                yield self._triple(name, _number(row["n"].value))
        yield self._triple(VOID.uriSpace, ox.Literal(self.graph.base))
        used = {term for question in (_CLASSES, _PROPERTIES) for term, _ in self._usage(question)}
        for namespace in self.graph.prefixes.values():
            if any(term.startswith(namespace) for term in used):
                yield self._triple(VOID.vocabulary, namespace)

    def _usage(self, question: str) -> Iterator[tuple[str, str]]:
        """Yield terms with the number of their uses."""
        rows = ((row[0], row[1].value) for row in self.graph.select(question))
        yield from ((term.value, count) for term, count in rows if isinstance(term, ox.NamedNode))

    def _parts(self, question: str, terms: tuple[str, str], unit: str) -> Iterator[ox.Triple]:
        """Yield partitions; `terms` are the property that leads to a partition, and the property that names its class or property."""
        partition, of = terms
        part_name = of.removeprefix(VOID.iri)
        for term, count in self._usage(question):
            part = part_iri(self.dataset, f"{part_name}/{quote(self.graph.compact(term), safe=':')}")
            yield self._triple(partition, part)
            yield triple(part, of, term)
            yield triple(part, unit, _number(count))

    def _examples(self) -> Iterator[ox.Triple]:
        """Yield for each kind the entity with most triples."""
        best: dict[str, ox.NamedNode] = {}
        for row in self.graph.select(_EXAMPLES):
            best.setdefault(value(row["kind"]), row["entity"])
        for entity in best.values():
            yield self._triple(VOID.exampleResource, entity)

    def _dates(self) -> Iterator[ox.Triple]:
        (row,) = self.graph.select(_PERIOD)
        if row["first"] is not None:
            # The range of dcterms:temporal is this class, and DCAT-AP 3 (class Period of time) takes its days as dcat:startDate and
            # dcat:endDate. The data state the time of an appearance as time:Interval, because ORG has no such range.
            period = part_iri(self.dataset, "period")
            yield self._triple(DCTERMS.temporal, period)
            yield triple(period, RDF.type, DCTERMS.PeriodOfTime)
            yield triple(period, DCAT.startDate, row["first"])
            yield triple(period, DCAT.endDate, row["last"])
        day = _build_day()
        if day:
            modified = ox.Literal(day, datatype=ox.NamedNode(XSD.date))
            yield self._triple(DCTERMS.modified, modified)

    def _graphs(self) -> Iterator[ox.Triple]:
        """Yield the named graphs with their sizes and with what the data state about them."""
        for name, count in self._usage(GRAPH_SIZES):
            graph = ox.NamedNode(name)
            yield self._triple(VOID.subset, graph)
            yield triple(graph, RDF.type, VOID.Dataset)
            yield triple(graph, VOID.triples, _number(count))
            yield from _triples_about(self.graph, graph)

    def _linksets(self) -> Iterator[ox.Triple]:
        """Yield for each site that entries are linked to, and each kind of link, how many links there are (VoID, section 5)."""
        sites = Counter((row["link"].value, _site(value(row["target"]))) for row in self.graph.select(_LINKS))
        for (link, site), count in sorted(sites.items()):
            if self.graph.base.startswith(site) or not site:
                continue
            name = f"linkset/{quote(self.graph.compact(link), safe=':')}/{quote(site.partition('//')[2], safe='')}"
            linkset = part_iri(self.dataset, name)
            yield self._triple(VOID.subset, linkset)
            yield triple(linkset, RDF.type, VOID.Linkset)
            yield triple(linkset, VOID.linkPredicate, link)
            yield triple(linkset, VOID.subjectsTarget, self.dataset)
            yield triple(linkset, VOID.objectsTarget, site)
            yield triple(linkset, VOID.triples, _number(str(count)))
            yield triple(ox.NamedNode(site), RDF.type, VOID.Dataset)


def _site(iri: str) -> str:
    """Return the beginning of a web address up to the host, which names the data set that the address belongs to."""
    match = re.match(r"https?://[^/?#]+", iri)
    return f"{match[0]}/" if match else ""


def _build_day() -> str:
    """Return the day of SOURCE_DATE_EPOCH, or an empty string. Raises UsageError where it is no number of seconds."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return ""
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError("invalid-epoch", value=epoch) from error
