"""The keys of relations in the context, and what the vocabulary must say of their terms so that no relation is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from itasgraph.errors import Finding, Location
from itasgraph.parsing import jsonld_context
from itasgraph.parsing.jsonld_context import Key, ValueType
from itasgraph.project import Project
from itasgraph.store.compiler import Compiled
from itasgraph.vocabulary import ITAS, RDFS

_SHORTCUT: Final = ox.NamedNode(ITAS.shortcut)
_TARGET: Final = ox.NamedNode(ITAS.target)
_RANGE: Final = ox.NamedNode(RDFS.range)


def findings(project: Project, compiled: Compiled) -> Iterator[Finding]:
    """Yield a fault for each key whose relations would get no simple triple or no evidence.

    The rule `ontology/rules/relations.rq` makes the simple triple of a relation only where the term of its key has
    itas:shortcut, itas:target and rdfs:range.
    """
    filename = project.filename(project.context)
    locations = jsonld_context.locations(project)
    for key in compiled.context.keys.values():
        location = locations.get(key.name, Location(filename))
        term = compiled.context.compact(key.iri)
        if key.value_type is ValueType.RELATIONS:
            if missing := list(_missing_statements(key, compiled)):
                yield Finding.of(location, "relation-term", key=key.name, term=term, missing=" ; ".join(missing))
        elif qualified := _qualified_terms(key, compiled):
            yield Finding.of(location, "relation-key", key=key.name, term=term, qualified=qualified[0])


def _missing_statements(key: Key, compiled: Compiled) -> Iterator[str]:
    """Yield, in Turtle, what the vocabulary does not say of the term of a relation."""
    term, store, context = ox.NamedNode(key.iri), compiled.graph.store, compiled.context
    index = context.keys.get(key.index)
    target = ox.NamedNode(index.iri) if index and index.iri else None
    if not any(store.quads_for_pattern(term, _SHORTCUT, None)):
        yield "itas:shortcut …"
    if not any(store.quads_for_pattern(term, _TARGET, target)):
        yield f"itas:target {context.compact(target.value) if target else '…'}"
    if not any(_needs_quote(quad.object, compiled) for quad in store.quads_for_pattern(term, _RANGE, None)):
        yield "rdfs:range itas:Relation"


def _needs_quote(kind: object, compiled: Compiled) -> bool:
    """Return whether the shapes demand a quote of each node of a class."""
    classes = f"VALUES ?class {{ <{ITAS.Relation}> <{ITAS.Appearance}> }}"
    query = f"ASK {{ {classes} {kind} rdfs:subClassOf* ?class }}"
    return isinstance(kind, ox.NamedNode) and bool(compiled.graph.query(query))


def _qualified_terms(key: Key, compiled: Compiled) -> list[str]:
    """Return the terms that lead to the evidence of the relation that a key states."""
    quads = compiled.graph.store.quads_for_pattern(None, _SHORTCUT, ox.NamedNode(key.iri)) if key.iri else ()
    return sorted(
        compiled.context.compact(quad.subject.value) for quad in quads if isinstance(quad.subject, ox.NamedNode)
    )
