"""Short YAML-LD documents, read as data files are."""

from __future__ import annotations

import pyoxigraph as ox

from itasgraph.parsing import yaml_ld
from itasgraph.parsing.data_document import DataDocument
from tests.helpers.graphs import terms
from tests.helpers.namespaces import BASE

PREFIXES = f"""
@base <{BASE}> .
@prefix itas: <{BASE}ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix schema: <https://schema.org/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
"""
# What the examples are put below: the first two lines of a file, or those and a thing that begins in line 3.
FILE = "id: source/s\nsays:\n"
THING = f"{FILE}- id: topic/a\n"


def read(text: str | bytes) -> DataDocument:
    return yaml_ld.read(text if isinstance(text, bytes) else text.encode("utf-8"), "f.yaml", terms())


def quads(text: str | bytes) -> set[ox.Quad]:
    document = read(text)
    assert not [finding.render("en") for finding in document.findings]
    return set(document.readable)


def trig(text: str) -> set[ox.Quad]:
    return set(ox.parse(PREFIXES + text, ox.RdfFormat.TRIG))


def in_source(triples: str) -> set[ox.Quad]:
    return trig(f"<source/s> {{ {triples} }}")


def literal(text: str | bytes) -> ox.Literal:
    """Return the value of the one statement that `text` makes."""
    (quad,) = quads(text)
    assert isinstance(quad.object, ox.Literal)
    return quad.object


def findings_of(text: str | bytes) -> list[tuple[str, str]]:
    """Return where each finding stands, and its code."""
    document = read(text)
    return [(f"{finding.location.line}:{finding.location.column}", finding.code) for finding in document.findings]
