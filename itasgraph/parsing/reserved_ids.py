"""The terms of a project's vocabularies, which no entry of a data file may have as its id."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from itasgraph.parsing.jsonld_context import Context
from itasgraph.vocabulary import OWL, RDF, RDFS

# The namespaces of the classes that terms have: owl:Class, rdf:Property, rdfs:Datatype …
_CLASS_NAMESPACES: Final = (OWL.iri, RDF.iri, RDFS.iri)


@dataclass(frozen=True)
class Vocabulary:
    """The terms that context and ontology name, and whatever else lies in the namespaces of these terms.

    IRIs are held without their scheme: many vocabularies are known under http: and https: alike.
    """

    terms: frozenset[str]
    namespaces: tuple[str, ...]

    @classmethod
    def of(cls, ontology: Iterable[ox.Quad], context: Context) -> Vocabulary:
        """Collect the terms of the keys and types of a context, and those that Turtle files define or use as properties.

        A namespace without a term may hold the data of others, and one in which the base lies holds the project's own data:
        these are no vocabularies.
        """
        keys = context.keys.values()
        terms = {*context.types.values(), *(key.iri for key in keys), *(key.datatype for key in keys)} - {""}
        for quad in ontology:
            terms |= {quad.predicate.value, *_definition_terms(quad)}
        namespaces = [
            namespace
            for namespace in context.prefixes.values()
            if not context.base.startswith(namespace) and any(iri.startswith(namespace) for iri in terms)
        ]
        return cls(frozenset(map(_without_scheme, terms)), tuple(map(_without_scheme, namespaces)))

    def __contains__(self, iri: str) -> bool:
        bare = _without_scheme(iri)
        return bare in self.terms or bare.startswith(self.namespaces)


def _definition_terms(quad: ox.Quad) -> list[str]:
    """Return the term that a statement defines and the class that makes it a term, if it does."""
    subject, kind = quad.subject, quad.object
    if quad.predicate.value != RDF.type or not isinstance(kind, ox.NamedNode):
        return []
    is_term = kind.value.startswith(_CLASS_NAMESPACES) and kind.value != OWL.NamedIndividual
    return [kind.value, subject.value] if is_term and isinstance(subject, ox.NamedNode) else []


def _without_scheme(iri: str) -> str:
    return re.sub(r"\Ahttps?:", "", iri, flags=re.IGNORECASE)
