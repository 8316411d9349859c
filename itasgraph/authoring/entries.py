"""The entries of a project as findings name them: their locations, their names, and their uncertain statements."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from itasgraph.errors import Location, QuerySyntaxError, UsageError
from itasgraph.parsing.jsonld_context import ValueType
from itasgraph.store.compiler import Compiled
from itasgraph.store.memory import add
from itasgraph.store.queryable import TYPE, value
from itasgraph.vocabulary import RDFS

_REFERENCES: Final = ox.NamedNode(RDFS.seeAlso)
_MAX_REASON: Final = 150
# (Subject IRI, property IRI or "" for the entry itself) → the location of the statement.
Locations = Mapping[tuple[str, str], Location]


def entry_iris(compiled: Compiled) -> set[str]:
    """Return the IRIs of the entries that data files describe."""
    return {iri for document in compiled.documents for iri in document.described}


def entry_name(focus: str, compiled: Compiled) -> str:
    """Return the name of an entry in data files; that of a relation is "owner, key: target"."""
    name = compiled.context.compact(focus).partition("#")[0]
    for key in compiled.context.keys.values():
        owner, separator, target = name.partition(f"/{key.name}/")
        if key.value_type is ValueType.RELATIONS and separator:
            return f"{owner}, {key.name}: {target}"
    return name


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
        add(compiled.graph.store, [ox.Quad(unread, _REFERENCES, ox.NamedNode(iri), unread) for iri in mentioned])

    def has(self, subject: str, path: str) -> bool:
        """Return whether the values that `subject` has for the property `path` are uncertain ("" for the whole entry)."""
        return (subject, path) in self.damaged

    def hides_type(self, iri: str) -> bool:
        """Return whether a fault may hide the type of an entry."""
        may_lack_it = self.has(iri, "") and iri not in self.typed
        return iri in self.described or self.has(iri, TYPE.value) or may_lack_it


def query_location(filename: str, error: UsageError) -> Location:
    """Return the location in a file where a query does not parse, as far as it is known."""
    line, column = (error.facts.get(name) for name in ("line", "column"))
    return Location(filename, line, column) if isinstance(line, int) and isinstance(column, int) else Location(filename)


def reason(error: Exception) -> str:
    """Return on one line why a query or shape cannot be used."""
    text = error.reason if isinstance(error, QuerySyntaxError) else str(error)
    lines = [*text.splitlines(), type(error).__name__]
    return next(line for line in lines if line.strip())[:_MAX_REASON]
