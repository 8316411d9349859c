"""The statements of a project that are uncertain, because data files have faults of notation."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from itasgraph.authoring.entries import entry_iris
from itasgraph.parsing.jsonld_context import ValueType
from itasgraph.store.compiler import Compiled
from itasgraph.store.memory import CachedGraph, add, derive
from itasgraph.store.queryable import TYPE, value
from itasgraph.vocabulary import RDFS

_REFERENCES: Final = ox.NamedNode(RDFS.seeAlso)


@dataclass(frozen=True)
class UncertainStatements:
    """The statements that faults of notation leave uncertain; `check` reports nothing that follows only from such a fault.

    `damaged` holds (subject IRI, property IRI, "@id" for its id, "" for all of the entry), `unread` the text that was not understood, and
    `described` the IRIs of the entries in that text, `typed` the IRIs of the entries that have a type elsewhere.
    """

    damaged: frozenset[tuple[str, str]]
    unread: str
    described: frozenset[str]
    typed: frozenset[str]

    @classmethod
    def of(cls, compiled: Compiled) -> UncertainStatements:
        unread = "\n".join(document.unread for document in compiled.documents if document.unread)
        keys = [key.name for key in compiled.context.keys.values() if key.value_type is ValueType.ID]
        ids = re.findall(rf"""(?:^|[\s{{,])(?:{"|".join(map(re.escape, keys))}):\s*["']?([^\s"',}}]+)""", unread)
        damaged = frozenset(pair for document in compiled.documents for pair in document.damaged)
        quads = (quad for document in compiled.documents for quad in document.readable)
        typed = frozenset(value(quad.subject) for quad in quads if quad.predicate == TYPE)
        return cls(damaged, unread, frozenset(map(compiled.context.expand, ids)), typed)

    def add_references(self, compiled: Compiled, others: Set[str]) -> None:
        """Add references to the graph: from the text that was not understood to each entry it names, and to `others`.

        Otherwise `check` would report that nothing refers to an entry, although a fault may hide the reference.
        """
        words = set(re.findall(r"[^\s\"'\[\]{},]+", self.unread))
        mentioned_iris = {compiled.context.expand(word.removesuffix(":")) for word in words} | others
        unread = ox.NamedNode(f"{compiled.context.base}unread")
        mentioned = sorted(entry_iris(compiled) & mentioned_iris)
        references = [ox.Quad(unread, _REFERENCES, ox.NamedNode(iri), unread) for iri in mentioned]
        if references and isinstance(compiled.graph, CachedGraph):  # its store may be read-only
            compiled.graph = derive(compiled.graph, [*compiled.graph.quads(), *references])
        else:
            add(compiled.graph.store, references)

    def has(self, subject: str, path: str) -> bool:
        """Return whether the values that `subject` has for the property `path` are uncertain ("" for the whole entry)."""
        return (subject, path) in self.damaged

    def hides_type(self, iri: str) -> bool:
        """Return whether a fault may hide the type of an entry."""
        may_lack_it = self.has(iri, "") and iri not in self.typed
        return iri in self.described or self.has(iri, TYPE.value) or may_lack_it
