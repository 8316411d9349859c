"""The description of the access to data, and of their publishers and contacts, in the terms of data catalogues.

Data Catalog Vocabulary 3 (W3C Recommendation, 2024), which describes people and organisations with FOAF and vCard.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from itasgraph import formats
from itasgraph.publishing import authorities
from itasgraph.store.queryable import Queryable, Term, value
from itasgraph.vocabulary import DCAT, DCTERMS, FOAF, PROV, RDF, RDFS, SCHEMA, VCARD, VOID

_PROTOCOL: Final = "https://www.w3.org/TR/sparql11-protocol/"
_REGISTERED: Final = "https://www.iana.org/assignments/media-types/"
_ABOUT_DOCUMENTS: Final = f"""
    SELECT DISTINCT ?document ?p ?o {{
      ?source a itas:Source ; prov:wasDerivedFrom ?document ; ?p ?o .
      VALUES ?p {{ <{DCTERMS.title}> <{DCTERMS.publisher}> <{DCTERMS.issued}> }}
    }}"""
# A proper name if there is one, else the labels.
_PUBLISHERS: Final = f"""
    SELECT DISTINCT ?publisher ?class ?name {{
      {{ %s <{DCTERMS.publisher}> ?publisher }} UNION {{ ?graph a itas:Source ; <{DCTERMS.publisher}> ?publisher }}
      FILTER(isIRI(?publisher))
      OPTIONAL {{ ?publisher a ?class }}
      OPTIONAL {{ ?publisher <{SCHEMA.name}> ?proper }}
      OPTIONAL {{ ?publisher <{RDFS.label}> ?label }}
      BIND(COALESCE(?proper, ?label) AS ?name)
    }}"""

PREFIXES: Final = {"dcat": DCAT.iri, "dcterms": DCTERMS.iri, "foaf": FOAF.iri, "vcard": VCARD.iri}


def describe_offer(graph: Queryable, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    """Yield the downloads, endpoints and contacts of a data set, and the publishers of the data set and its documents."""
    offer = _Offer(graph, dataset)
    yield from offer.downloads()
    yield from offer.endpoints()
    yield from offer.contacts()
    yield from offer.documents()
    yield from offer.publishers()


def triple(subject: ox.NamedNode, predicate: str, object_: Term | str) -> ox.Triple:
    """Return a triple; `predicate` is an IRI, and so is an object that is a str."""
    return ox.Triple(subject, ox.NamedNode(predicate), ox.NamedNode(object_) if isinstance(object_, str) else object_)


def part_iri(whole: ox.NamedNode, path: str) -> ox.NamedNode:
    """Return an IRI for a part of a description, so that there are no blank nodes."""
    return ox.NamedNode(f"{whole.value}#{path}")


@dataclass(frozen=True)
class _Offer:
    """The access to a data set of a graph, as triples."""

    graph: Queryable
    dataset: ox.NamedNode

    def downloads(self) -> Iterator[ox.Triple]:
        for file in self._addresses(VOID.dataDump):
            distribution = self._part("distribution", file)
            yield from self._distribution(distribution, file)
            yield triple(distribution, DCAT.downloadURL, file)
            yield from _media_types(distribution, PurePosixPath(urlsplit(file).path.lower()).name)

    def endpoints(self) -> Iterator[ox.Triple]:
        """Yield a distribution for each endpoint, and the service that answers there."""
        for endpoint in self._addresses(VOID.sparqlEndpoint):
            distribution, service = self._part("distribution", endpoint), self._part("service", endpoint)
            yield from self._distribution(distribution, endpoint)
            yield triple(distribution, DCAT.accessService, service)
            yield triple(service, RDF.type, DCAT.DataService)
            yield triple(service, DCAT.endpointURL, endpoint)
            # To a request without a query, an endpoint answers with its description (SPARQL 1.1 Service Description, section 2).
            yield triple(service, DCAT.endpointDescription, endpoint)
            yield triple(service, DCAT.servesDataset, self.dataset)
            yield triple(service, DCTERMS.conformsTo, _PROTOCOL)
            for title in self._values(RDFS.label):
                if isinstance(title, ox.Literal):
                    yield triple(service, DCTERMS.title, ox.Literal(f"SPARQL: {title.value}", language=title.language))
            yield from self._licences(service)

    def contacts(self) -> Iterator[ox.Triple]:
        for address in self._addresses(DCAT.contactPoint):
            contact = self._part("contact", address)
            yield triple(self.dataset, DCAT.contactPoint, contact)
            yield triple(contact, RDF.type, VCARD.Kind)
            yield triple(contact, VCARD.hasEmail if address.startswith("mailto:") else VCARD.hasURL, address)

    def documents(self) -> Iterator[ox.Triple]:
        """Yield the documents behind the sources, with what the sources say about them."""
        for row in self.graph.select(_ABOUT_DOCUMENTS):
            yield triple(row["document"], RDF.type, PROV.Entity)
            yield ox.Triple(row["document"], row["p"], row["o"])

    def publishers(self) -> Iterator[ox.Triple]:
        for row in self.graph.select(_PUBLISHERS % self.dataset):
            publisher = row["publisher"]
            yield triple(publisher, RDF.type, FOAF.Agent)
            if row["class"] is not None:
                yield triple(publisher, RDF.type, row["class"])
            if row["name"] is not None:
                yield triple(publisher, FOAF.name, row["name"])

    def _distribution(self, distribution: ox.NamedNode, address: str) -> Iterator[ox.Triple]:
        yield triple(self.dataset, DCAT.distribution, distribution)
        yield triple(distribution, RDF.type, DCAT.Distribution)
        yield triple(distribution, DCAT.accessURL, address)
        yield from self._licences(distribution)

    def _licences(self, subject: ox.NamedNode) -> Iterator[ox.Triple]:
        yield from (triple(subject, DCTERMS.license, licence) for licence in self._values(DCTERMS.license))

    def _part(self, kind: str, address: str) -> ox.NamedNode:
        """Return an IRI for a part of the description with an address."""
        return part_iri(self.dataset, f"{kind}/{quote(address.rpartition('://')[2], safe='/@:')}")

    def _addresses(self, predicate: str) -> list[str]:
        return sorted(one.value for one in self._values(predicate) if isinstance(one, ox.NamedNode))

    def _values(self, predicate: str) -> list[Term]:
        """Return the values of a property of the data set, each once, in a stable order."""
        rows = self.graph.select(f"SELECT DISTINCT ?o {{ {self.dataset} <{predicate}> ?o }}")
        return sorted((row["o"] for row in rows), key=value)


def _media_types(distribution: ox.NamedNode, name: str) -> Iterator[ox.Triple]:
    """Yield the media types of a file by its name."""
    if formats.is_gzipped(Path(name)):
        yield triple(distribution, DCAT.compressFormat, f"{_REGISTERED}application/gzip")
    format_ = formats.by_suffix(formats.RDF).get(formats.suffix_of(Path(name)))
    if format_:
        yield triple(distribution, DCAT.mediaType, _REGISTERED + format_.media_types[0])
        if type_ := authorities.file_type(format_):
            yield triple(distribution, DCTERMS.format, type_)
