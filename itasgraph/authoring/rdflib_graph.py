"""A graph of rdflib from triples of Oxigraph."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Literal

import pyoxigraph as ox

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node


def convert(triples: Iterable[ox.Triple], store: Literal["Memory", "SimpleMemory"] = "Memory") -> rdflib.Graph:
    """Return the triples as a graph of rdflib, without those of RDF 1.2, which rdflib does not know.

    A "SimpleMemory" is faster; pySHACL takes it for shapes, but not for data, which must be able to have named graphs.
    """
    import rdflib

    graph = rdflib.Graph(store)
    term = cache(_term)
    for triple in filter(is_rdf_11, triples):
        graph.add((term(triple.subject), term(triple.predicate), term(triple.object)))
    return graph


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Node:
    from rdflib import BNode, Literal, URIRef

    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.BlankNode():
            return BNode(term.value)
    return Literal(term.value, term.language, None if term.language else URIRef(term.datatype.value))


def is_rdf_11(triple: ox.Triple) -> bool:
    """Return whether rdflib can hold the triple: its object is no triple and no literal with a direction (RDF 1.2)."""
    term = triple.object
    return not isinstance(term, ox.Triple) and not (isinstance(term, ox.Literal) and term.direction)
