"""How data are offered, and by whom, in the terms that catalogues ask for.

Data Catalog Vocabulary 3 (W3C Recommendation, 2024); people and organisations as FOAF and vCard have them, as it wants.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from itasgraph.parsing.rdf_files import ENDINGS
from itasgraph.store.graph import Queryable, value

_DCAT: Final = "http://www.w3.org/ns/dcat#"
_DCTERMS: Final = "http://purl.org/dc/terms/"
_FOAF: Final = "http://xmlns.com/foaf/0.1/"
_PROV: Final = "http://www.w3.org/ns/prov#"
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
_SCHEMA: Final = "https://schema.org/"
_VCARD: Final = "http://www.w3.org/2006/vcard/ns#"
_VOID: Final = "http://rdfs.org/ns/void#"
_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_PROTOCOL: Final = "https://www.w3.org/TR/sparql11-protocol/"
_REGISTERED: Final = "https://www.iana.org/assignments/media-types/"
_ABOUT_DOCUMENTS: Final = f"""
    SELECT DISTINCT ?document ?p ?o {{
      ?source a itas:Source ; prov:wasDerivedFrom ?document ; ?p ?o .
      VALUES ?p {{ <{_DCTERMS}title> <{_DCTERMS}publisher> <{_DCTERMS}issued> }}
    }}"""
# A proper name if there is one, else the labels.
_PUBLISHERS: Final = f"""
    SELECT DISTINCT ?publisher ?class ?name {{
      {{ %s <{_DCTERMS}publisher> ?publisher }} UNION {{ ?graph a itas:Source ; <{_DCTERMS}publisher> ?publisher }}
      FILTER(isIRI(?publisher))
      OPTIONAL {{ ?publisher a ?class }}
      OPTIONAL {{ ?publisher <{_SCHEMA}name> ?proper }}
      OPTIONAL {{ ?publisher <{_RDFS}label> ?label }}
      BIND(COALESCE(?proper, ?label) AS ?name)
    }}"""

PREFIXES: Final = {"dcat": _DCAT, "dcterms": _DCTERMS, "foaf": _FOAF, "vcard": _VCARD}
# What a catalogue wants as a thing of its own, and the data give as an address only.
CONTACT: Final = f"{_DCAT}contactPoint"

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
        for file in self._addresses(f"{_VOID}dataDump"):
            distribution = self._part("distribution", file)
            yield from self._distribution(distribution, file)
            yield _says(distribution, f"{_DCAT}downloadURL", file)
            yield from _form(distribution, PurePosixPath(urlsplit(file).path.lower()).name)

    def endpoints(self) -> Iterator[ox.Triple]:
        """A distribution for each endpoint, and the service that answers there."""
        for endpoint in self._addresses(f"{_VOID}sparqlEndpoint"):
            distribution, service = self._part("distribution", endpoint), self._part("service", endpoint)
            yield from self._distribution(distribution, endpoint)
            yield _says(distribution, f"{_DCAT}accessService", service)
            yield _says(service, _TYPE, f"{_DCAT}DataService")
            yield _says(service, f"{_DCAT}endpointURL", endpoint)
            yield _says(service, f"{_DCAT}servesDataset", self.dataset)
            yield _says(service, f"{_DCTERMS}conformsTo", _PROTOCOL)
            for title in self._values(f"{_RDFS}label"):
                if isinstance(title, ox.Literal):
                    yield _says(
                        service, f"{_DCTERMS}title", ox.Literal(f"SPARQL: {title.value}", language=title.language)
                    )
            yield from self._licensed(service)

    def contacts(self) -> Iterator[ox.Triple]:
        for address in self._addresses(CONTACT):
            contact = self._part("contact", address)
            yield _says(self.dataset, CONTACT, contact)
            yield _says(contact, _TYPE, f"{_VCARD}Kind")
            yield _says(contact, f"{_VCARD}{'hasEmail' if address.startswith('mailto:') else 'hasURL'}", address)

    def documents(self) -> Iterator[ox.Triple]:
        """The documents that the sources were read from, with what the sources say of them."""
        for row in self.graph.select(_ABOUT_DOCUMENTS):
            yield _says(row["document"], _TYPE, f"{_PROV}Entity")
            yield ox.Triple(row["document"], row["p"], row["o"])

    def publishers(self) -> Iterator[ox.Triple]:
        for row in self.graph.select(_PUBLISHERS % self.dataset):
            publisher = row["publisher"]
            yield _says(publisher, _TYPE, f"{_FOAF}Agent")
            if row["class"] is not None:
                yield _says(publisher, _TYPE, row["class"])
            if row["name"] is not None:
                yield _says(publisher, f"{_FOAF}name", row["name"])

    def _distribution(self, distribution: ox.NamedNode, address: str) -> Iterator[ox.Triple]:
        yield _says(self.dataset, f"{_DCAT}distribution", distribution)
        yield _says(distribution, _TYPE, f"{_DCAT}Distribution")
        yield _says(distribution, f"{_DCAT}accessURL", address)
        yield from self._licensed(distribution)

    def _licensed(self, thing: ox.NamedNode) -> Iterator[ox.Triple]:
        yield from (_says(thing, f"{_DCTERMS}license", licence) for licence in self._values(f"{_DCTERMS}license"))

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
    if name.endswith(".gz"):
        yield _says(distribution, f"{_DCAT}compressFormat", f"{_REGISTERED}application/gzip")
    ending = PurePosixPath(name.removesuffix(".gz")).suffix
    form = ox.RdfFormat.from_extension(ending[1:]) if ending in ENDINGS else None
    if form:
        yield _says(distribution, f"{_DCAT}mediaType", _REGISTERED + form.media_type)
