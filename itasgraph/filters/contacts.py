"""The graph without the e-mail addresses and telephone numbers of people; those of organisations stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

import pyoxigraph as ox

from itasgraph.filters.masking import mask_literal, replace_quads, word_pattern
from itasgraph.store.memory import Graph
from itasgraph.store.queryable import TYPE, Queryable, Term, value
from itasgraph.vocabulary import ITAS, SCHEMA, XSD

if TYPE_CHECKING:
    from itasgraph.parsing.rdf_files import QuadSource

G = TypeVar("G", bound=Queryable)

_PERSON: Final = ox.NamedNode(SCHEMA.Person)
_CONTACT_PROPERTIES: Final = (ox.NamedNode(SCHEMA.email), ox.NamedNode(SCHEMA.telephone))
_REMOVED_PROPERTIES: Final = (*_CONTACT_PROPERTIES, ox.NamedNode(ITAS.consent))


def hide_contacts(graph: G) -> G | Graph:
    """Return the graph without e-mail addresses and telephone numbers of people, or the graph itself where it has none.

    The days of their consent are removed as well. In each text that stays, for example a quote, "[…]" replaces a number or
    an address.
    """
    contacts = _Contacts.of(graph)
    return replace_quads(graph, contacts.hide) if contacts.people else graph


@dataclass(frozen=True)
class _Contacts:
    """The people who have an address or a number, and the pattern that matches the addresses and numbers."""

    people: frozenset[Term]
    pattern: re.Pattern[str] | None

    @classmethod
    def of(cls, graph: Queryable) -> _Contacts:
        file_quads = graph.file_quads if isinstance(graph, Graph) else None
        contacts = _contacts_in_store(graph) if file_quads is None else _contacts_in_files(file_quads)
        people = frozenset(person for person, _ in contacts)
        # An address may stand in a quote without "mailto:".
        texts = {value(text).removeprefix("mailto:").removeprefix("tel:") for _, text in contacts}
        return cls(people, word_pattern(filter(None, texts), re.IGNORECASE))

    def hide(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        """Yield the statements that stay, with addresses and numbers masked."""
        for quad in quads:
            if quad.subject not in self.people or quad.predicate not in _REMOVED_PROPERTIES:
                yield self._mask_contacts(quad)

    def _mask_contacts(self, quad: ox.Quad) -> ox.Quad:
        term = quad.object
        # An organisation may state the address of one of its people as its own.
        if not isinstance(term, ox.Literal) or quad.predicate in _CONTACT_PROPERTIES:
            return quad
        if not (term.language or term.datatype.value == XSD.string):
            return quad
        return ox.Quad(quad.subject, quad.predicate, mask_literal(term, self.pattern), quad.graph_name)


def _contacts_in_store(graph: Queryable) -> list[tuple[Term, Term]]:
    rows = graph.select(
        "SELECT DISTINCT ?person ?text { ?person a schema:Person ; schema:email|schema:telephone ?text }"
    )
    return [(row["person"], row["text"]) for row in rows]


def _contacts_in_files(source: QuadSource) -> list[tuple[Term, Term]]:
    """Return people with each address and number. The source is read twice, so that its statements need no store."""
    contacts = [(quad.subject, quad.object) for quad in source() if quad.predicate in _CONTACT_PROPERTIES]
    subjects = {subject for subject, _ in contacts}
    people = {
        quad.subject
        for quad in (source() if contacts else ())
        if quad.subject in subjects and quad.predicate == TYPE and quad.object == _PERSON
    }
    return [(subject, text) for subject, text in contacts if subject in people]
