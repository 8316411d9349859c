"""How data are offered, and by whom, in the terms that catalogues ask for.

Data Catalog Vocabulary 3 (W3C Recommendation, 2024); people and organisations as FOAF and vCard have them, as it wants.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from itasgraph import formats
from itasgraph.store.queryable import Queryable, value
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
# What a catalogue wants as a thing of its own, and the data give as an address only.

Object = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def offered(graph: Queryable, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    """Say where a data set is to be had, whom to write to, and who published it and the documents it comes from."""
    offer = _Offer(graph, dataset)
    yield from offer.downloads()
    yield from offer.endpoints()
    yield from offer.contacts()
    yield from offer.documents()
    yield from offer.publishers()


def _says(subject: ox.NamedNode, predicate: str, object_: Object | str) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(predicate), ox.NamedNode(object_) if isinstance(object_, str) else object_)


@dataclass(frozen=True)
class _Offer:
    graph: Queryable
    dataset: ox.NamedNode

    def downloads(self) -> Iterator[ox.Triple]:
        for file in self._addresses(VOID.dataDump):
            distribution = self._part("distribution", file)
            yield from self._distribution(distribution, file)
            yield _says(distribution, DCAT.downloadURL, file)
            yield from _form(distribution, PurePosixPath(urlsplit(file).path.lower()).name)

    def endpoints(self) -> Iterator[ox.Triple]:
        """A distribution for each endpoint, and the service that answers there."""
        for endpoint in self._addresses(VOID.sparqlEndpoint):
            distribution, service = self._part("distribution", endpoint), self._part("service", endpoint)
            yield from self._distribution(distribution, endpoint)
            yield _says(distribution, DCAT.accessService, service)
            yield _says(service, RDF.type, DCAT.DataService)
            yield _says(service, DCAT.endpointURL, endpoint)
            yield _says(service, DCAT.servesDataset, self.dataset)
            yield _says(service, DCTERMS.conformsTo, _PROTOCOL)
            for title in self._values(RDFS.label):
                if isinstance(title, ox.Literal):
                    yield _says(service, DCTERMS.title, ox.Literal(f"SPARQL: {title.value}", language=title.language))
            yield from self._licensed(service)

    def contacts(self) -> Iterator[ox.Triple]:
        for address in self._addresses(DCAT.contactPoint):
            contact = self._part("contact", address)
            yield _says(self.dataset, DCAT.contactPoint, contact)
            yield _says(contact, RDF.type, VCARD.Kind)
            yield _says(contact, VCARD.hasEmail if address.startswith("mailto:") else VCARD.hasURL, address)

    def documents(self) -> Iterator[ox.Triple]:
        """The documents that the sources were read from, with what the sources say of them."""
        for row in self.graph.select(_ABOUT_DOCUMENTS):
            yield _says(row["document"], RDF.type, PROV.Entity)
            yield ox.Triple(row["document"], row["p"], row["o"])

    def publishers(self) -> Iterator[ox.Triple]:
        for row in self.graph.select(_PUBLISHERS % self.dataset):
            publisher = row["publisher"]
            yield _says(publisher, RDF.type, FOAF.Agent)
            if row["class"] is not None:
                yield _says(publisher, RDF.type, row["class"])
            if row["name"] is not None:
                yield _says(publisher, FOAF.name, row["name"])

    def _distribution(self, distribution: ox.NamedNode, address: str) -> Iterator[ox.Triple]:
        yield _says(self.dataset, DCAT.distribution, distribution)
        yield _says(distribution, RDF.type, DCAT.Distribution)
        yield _says(distribution, DCAT.accessURL, address)
        yield from self._licensed(distribution)

    def _licensed(self, thing: ox.NamedNode) -> Iterator[ox.Triple]:
        yield from (_says(thing, DCTERMS.license, licence) for licence in self._values(DCTERMS.license))

    def _part(self, kind: str, address: str) -> ox.NamedNode:
        """A name for what stands at an address; nothing is left without one."""
        return ox.NamedNode(f"{self.dataset.value}#{kind}/{quote(address.rpartition('://')[2], safe='/@:')}")

    def _addresses(self, predicate: str) -> list[str]:
        return sorted(found.value for found in self._values(predicate) if isinstance(found, ox.NamedNode))

    def _values(self, predicate: str) -> list[Object]:
        """What is said of the data set, each once, in an order that stays."""
        rows = self.graph.select(f"SELECT DISTINCT ?o {{ {self.dataset} <{predicate}> ?o }}")
        return sorted((row["o"] for row in rows), key=value)


def _form(distribution: ox.NamedNode, name: str) -> Iterator[ox.Triple]:
    """The types of a file, as its name tells them."""
    if formats.is_gzipped(Path(name)):
        yield _says(distribution, DCAT.compressFormat, f"{_REGISTERED}application/gzip")
    format_ = formats.by_suffix(formats.RDF).get(formats.suffix_of(Path(name)))
    if format_:
        yield _says(distribution, DCAT.mediaType, _REGISTERED + format_.media_types[0])
