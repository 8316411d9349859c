"""Malformed shapes, which SHACL forbids and pySHACL ignores without a message (SHACL, section 3.4.3 and appendix C)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from itasgraph.vocabulary import RDF, RDFS, SH, XSD

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

PREFIXES: Final = {
    "sh": SH.iri,
    "xsd": XSD.iri,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
}
# Code of a message → the nodes of the shapes graph at fault, each with the term that is wrong there.
_QUERIES: Final[Mapping[Code, str]] = {
    "shape-list": """
        SELECT ?node ?value WHERE {
          VALUES ?value { sh:and sh:or sh:xone sh:in sh:languageIn sh:ignoredProperties }
          ?node ?value ?list FILTER NOT EXISTS { ?list rdf:rest* rdf:nil }
        }""",
    "shape-circle": """
        SELECT ?node ?value WHERE {
          { ?node (sh:node|sh:property|sh:not|sh:qualifiedValueShape|((sh:and|sh:or|sh:xone)/rdf:rest*/rdf:first))+ ?node
            BIND(sh:node AS ?value) }
          UNION
          { ?node sh:path ?path .
            ?path (rdf:first|rdf:rest|sh:inversePath|sh:alternativePath|sh:zeroOrMorePath|sh:oneOrMorePath|sh:zeroOrOnePath)+ ?path
            BIND(sh:path AS ?value) }
        }""",
    "shape-severity": """
        SELECT ?node ?value WHERE {
          ?node sh:severity ?value FILTER(?value NOT IN (sh:Violation, sh:Warning, sh:Info, sh:Debug, sh:Trace))
        }""",
    "shape-iri": """
        SELECT ?node ?value WHERE {
          VALUES ?value { sh:targetClass sh:targetSubjectsOf sh:targetObjectsOf sh:class sh:datatype sh:nodeKind }
          ?node ?value ?other FILTER(!isIRI(?other))
        }""",
    "shape-this": """
        SELECT ?node ?value WHERE {
          BIND(sh:select AS ?value)
          ?shape sh:sparql ?node . ?node sh:select ?text FILTER(isLiteral(?text) && !(REGEX(STR(?text), "[?$]this\\\\b") && REGEX(STR(?text), "\\\\bselect\\\\b", "i")))
        }""",
    "shape-number": """
        SELECT ?node ?value WHERE {
          VALUES ?value {
            sh:minCount sh:maxCount sh:qualifiedMinCount sh:qualifiedMaxCount sh:minLength sh:maxLength
          }
          ?node ?value ?number FILTER(!COALESCE(DATATYPE(?number) = xsd:integer && ?number >= 0, false))
        }""",
    # The query selects all terms of SHACL but frequent ones; rdflib knows which of them exist.
    "shape-term": """
        SELECT DISTINCT ?node ?value WHERE {
          { ?node ?value ?other } UNION { ?node ?other ?value }
          FILTER(isIRI(?value) && STRSTARTS(STR(?value), STR(sh:)) && ?value NOT IN (
            sh:NodeShape, sh:PropertyShape, sh:targetClass, sh:targetNode, sh:targetObjectsOf, sh:targetSubjectsOf,
            sh:property, sh:path, sh:alternativePath, sh:inversePath, sh:message, sh:severity, sh:Warning,
            sh:class, sh:datatype, sh:nodeKind, sh:IRI, sh:Literal, sh:minCount, sh:maxCount, sh:minInclusive, sh:maxInclusive,
            sh:pattern, sh:languageIn, sh:uniqueLang, sh:equals, sh:disjoint, sh:not, sh:and, sh:or, sh:node,
            sh:qualifiedValueShape, sh:qualifiedMinCount, sh:hasValue, sh:in))
        }""",
}


def malformed_parts(triples: Iterable[ox.Triple]) -> Iterator[tuple[str, Code, str]]:
    """Yield each malformed part: the IRI of its shape, the code of the message, and the term at fault."""
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in triples)
    for code, query in _QUERIES.items():
        solutions = store.query(query, prefixes=PREFIXES)
        assert isinstance(solutions, ox.QuerySolutions)
        for row in solutions:
            term = row["value"]
            if code != "shape-term" or not _is_defined(term.value):
                yield _owner(row["node"], store), code, str(term).strip("<>").replace(PREFIXES["sh"], "sh:")


def _is_defined(term: str) -> bool:
    from rdflib import URIRef
    from rdflib.namespace import SH

    return URIRef(term) in SH


def _owner(node: ox.NamedNode | ox.BlankNode, store: ox.Store) -> str:
    """Return the IRI of the shape that a blank node is a part of, or an empty string."""
    seen: set[object] = set()
    current: object = node
    while isinstance(current, ox.BlankNode) and current not in seen:
        seen.add(current)
        current = next((quad.subject for quad in store.quads_for_pattern(None, None, current)), None)
    return current.value if isinstance(current, ox.NamedNode) else ""
