"""The graph without the e-mail addresses and telephone numbers of people; those of organisations stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

import pyoxigraph as ox

from itasgraph.parsing.rdf_files import QuadSource
from itasgraph.store.memory import Graph, derive
from itasgraph.store.queryable import Queryable, Term, value
from itasgraph.vocabulary import ITAS, RDF, SCHEMA, XSD

G = TypeVar("G", bound=Queryable)

_MASK: Final = "[…]"
_PERSON: Final = ox.NamedNode(SCHEMA.Person)
_TYPE: Final = ox.NamedNode(RDF.type)
_CONTACT: Final = (ox.NamedNode(SCHEMA.email), ox.NamedNode(SCHEMA.telephone))
_DROPPED: Final = (*_CONTACT, ox.NamedNode(ITAS.consent))


def hide_contacts(graph: G) -> G | Graph:
    """Return the graph without e-mail addresses and telephone numbers of people; itself where it has none.

    When they consented is gone as well, and a number or an address reads "[…]" in each text that stays, such as a quote.
    """
    contacts = _Contacts.of(graph)
    if not contacts.people:
        return graph
    hidden = derive(graph, contacts.hide(graph.quads()))
    written = graph.written if isinstance(graph, Graph) else None
    if written is not None:
        hidden.written = lambda: contacts.hide(written())
    return hidden


@dataclass(frozen=True)
class _Contacts:
    """The people who have an address or a number, and the pattern that matches these."""

    people: frozenset[Term]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, graph: Queryable) -> _Contacts:
        written = graph.written if isinstance(graph, Graph) else None
        found = _select(graph) if written is None else _scan(written)
        people = frozenset(person for person, _ in found)
        # An address may stand in a quote without "mailto:".
        texts = {value(text).removeprefix("mailto:").removeprefix("tel:") for _, text in found}
        longest = sorted(filter(None, texts), key=lambda text: (-len(text), text))
        any_of = rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)" if longest else r"(?!)"
        return cls(people, re.compile(any_of, re.IGNORECASE))

    def hide(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        """Yield the statements that stay, with addresses and numbers masked."""
        for quad in quads:
            if quad.subject not in self.people or quad.predicate not in _DROPPED:
                yield self._mask(quad)

    def _mask(self, quad: ox.Quad) -> ox.Quad:
        term = quad.object
        is_text = isinstance(term, ox.Literal) and (term.language or term.datatype.value == XSD.string)
        # An organisation may answer at the address of one of its people, and says so itself.
        if not is_text or quad.predicate in _CONTACT or not self.pattern.search(value(term)):
            return quad
        assert isinstance(term, ox.Literal)
        text = self.pattern.sub(_MASK, term.value)
        literal = ox.Literal(text, language=term.language) if term.language else ox.Literal(text)
        return ox.Quad(quad.subject, quad.predicate, literal, quad.graph_name)


def _select(graph: Queryable) -> list[tuple[Term, Term]]:
    rows = graph.select(
        "SELECT DISTINCT ?person ?text { ?person a schema:Person ; schema:email|schema:telephone ?text }"
    )
    return [(row["person"], row["text"]) for row in rows]


def _scan(source: QuadSource) -> list[tuple[Term, Term]]:
    """Return people with each address and number, read twice from files that need not go into a store."""
    found = [(quad.subject, quad.object) for quad in source() if quad.predicate in _CONTACT]
    having = {subject for subject, _ in found}
    people = {
        quad.subject
        for quad in (source() if found else ())
        if quad.subject in having and quad.predicate == _TYPE and quad.object == _PERSON
    }
    return [(subject, text) for subject, text in found if subject in people]
