"""Answers with footnotes: for each row of an answer, the quoted statements that prove it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from itasgraph.entities.details import IS_DETAIL
from itasgraph.entities.evidence import Evidence, Footnote, merge, missing_titles, own_evidence, sources
from itasgraph.entities.labels import display_labels, select_each
from itasgraph.errors import UsageError
from itasgraph.parsing.sparql_tokens import iris
from itasgraph.results.cited_table import QUOTE_BREAK, CitedTable, Row
from itasgraph.results.collation import Ordering, collate
from itasgraph.store.queryable import Queryable, value, variable_names


@dataclass(frozen=True)
class _Proof:
    """A quoted statement: the entities it connects, its evidence, and the literals stated of a quoted entity itself.

    `derived_from` is the entity of which the source says it, where a rule hands it on; `title` is the printed title of the
    subject, where the quote does not say what it is said of; else "".
    """

    ends: frozenset[str]
    evidence: Evidence
    literals: frozenset[ox.Literal] = frozenset()
    derived_from: str = ""
    title: str = ""


def answer(graph: Queryable, text: str, lang: str, order: Ordering | None = None) -> CitedTable:
    """Answer a query with footnotes, with its rows in alphabetical order by the variables of `order` if there is one.

    Raise UsageError where the answer has no rows.
    """
    result = graph.query(text)
    if not isinstance(result, ox.QuerySolutions):
        raise UsageError("no-rows-to-cite")
    return cite(graph, result, text, lang, order)


def cite(
    graph: Queryable, solutions: ox.QuerySolutions, text: str, lang: str, order: Ordering | None = None
) -> CitedTable:
    """Return the rows of an answer to the query `text`, each with the numbers of its footnotes.

    A statement proves a row where it connects two entities of the row, or one of them and an entity that the query names (a
    parameter). Of statements that connect the same entities, the row cites those whose quote is a text of the row, and of
    these the ones whose other ends have most connections to the row. A row that no statement proves cites the quotes that
    are its texts, else the quotes of its entities. Raise as `Queryable.query` does.
    """
    variables: Sequence[str] = variable_names(solutions)
    variables, rows = collate(map(tuple, solutions), variables, order or Ordering())
    parameters = {iri for iri, _ in iris(text, graph.base, graph.prefixes)}
    entities = {term.value for row in rows for term in row if isinstance(term, ox.NamedNode)}
    proofs = _Proofs(_statements(graph, entities | parameters), _quoted(graph, entities))
    row_proofs = [proofs.of(row, parameters) for row in rows]
    known_sources = sources(graph, {proof.evidence.source for each in row_proofs for proof in each}, lang)
    names = display_labels(graph, {proof.derived_from for each in row_proofs for proof in each} - {""}, lang)
    row_notes = [
        {
            Footnote(
                proof.evidence, known_sources[proof.evidence.source], names.get(proof.derived_from, ""), proof.title
            )
            for proof in each
        }
        for each in row_proofs
    ]
    return _number_footnotes(tuple(variables), rows, row_notes)


class _Proofs:
    """The statements and quoted entities around an answer, by their ends."""

    def __init__(self, statements: Iterable[_Proof], quoted: Iterable[_Proof]) -> None:
        self._by_end: dict[str, list[_Proof]] = {}
        self._quoted: dict[str, list[_Proof]] = {}
        for index, proofs in ((self._by_end, statements), (self._quoted, quoted)):
            for proof in proofs:
                for end in proof.ends:
                    index.setdefault(end, []).append(proof)

    def of(self, row: Row, parameters: set[str]) -> list[_Proof]:
        """Return the proofs of a row, in no order."""
        entities = {term.value for term in row if isinstance(term, ox.NamedNode)}
        texts = {text for term in row if isinstance(term, ox.Literal) for text in _quotable_texts(term.value)}
        nearby = {id(proof): proof for entity in entities for proof in self._by_end.get(entity, [])}.values()
        groups: dict[frozenset[str], list[_Proof]] = {}
        for proof in nearby:
            groups.setdefault(proof.ends & (entities | parameters), []).append(proof)
        # The largest sets of ends: they prefer the appearance at the contribution in the row to others of the same person.
        connected = {ends for ends in groups if len(ends) > 1}
        best = [groups[ends] for ends in connected if not any(ends < others for others in connected)]
        chosen = [proof for group in best for proof in _narrow(group, texts, entities, nearby)]
        chosen = chosen or [proof for proof in nearby if proof.evidence.quote in texts]
        return chosen + self._own(row, entities, bool(chosen))

    def _own(self, row: Row, entities: set[str], has_proof: bool) -> list[_Proof]:
        """Return the quotes of the entities of a row that prove a literal, or all where nothing else proves the row."""
        literals = {term for term in row if isinstance(term, ox.Literal)}
        quoted = [proof for entity in sorted(entities) for proof in self._quoted.get(entity, [])]
        return [proof for proof in quoted if not has_proof or proof.literals & literals]


def _quotable_texts(text: str) -> Iterable[str]:
    """Return the texts of a cell that may be quotes: the whole text, and its parts where a question joins several quotes."""
    return (text, *text.split(QUOTE_BREAK))


def _narrow(group: list[_Proof], texts: set[str], entities: set[str], near: Collection[_Proof]) -> list[_Proof]:
    """Return the proofs whose quotes are texts of the row, else all; of these, those with most connections to the row.

    So a row that names an offer cites the appearances at the contribution that presents the offer.
    """
    group = [proof for proof in group if proof.evidence.quote in texts] or group
    counts = [_connections(proof, entities, near) for proof in group]
    return [proof for proof, count in zip(group, counts, strict=True) if count == max(counts)]


def _connections(proof: _Proof, entities: set[str], near: Collection[_Proof]) -> int:
    """Return how many other entities of the row are connected to the ends of the proof outside the row."""
    others = proof.ends - entities
    return len({end for other in near if other.ends & others for end in other.ends & (entities - proof.ends)})


def _number_footnotes(
    variables: tuple[str, ...], rows: list[Row], row_notes: Iterable[Collection[Footnote]]
) -> CitedTable:
    """Number the footnotes in the order in which the rows need them."""
    notes: dict[Footnote, int] = {}
    numbers = [
        tuple(sorted(notes.setdefault(note, len(notes) + 1) for note in sorted(footnotes))) for footnotes in row_notes
    ]
    return CitedTable(variables, rows, numbers, list(notes))


# --- queries -----------------------------------------------------------------------------------------


def _statements(graph: Queryable, entities: set[str]) -> Iterator[_Proof]:
    """Return the quoted statements from or to one of the entities, or naming it as organisation or role."""
    groups: dict[tuple[str, ...], list[ox.QuerySolution]] = {}
    for row in select_each(graph, _CONNECTING, entities):
        groups.setdefault(tuple(row[name].value for name in ("statement", "quote", "source")), []).append(row)
    for rows in groups.values():
        columns = ("statement", "subject", "object", "organisation", "role")
        ends = frozenset(value(row[column]) for row in rows for column in columns if row[column] is not None)
        origin = min((row["origin"].value for row in rows if row["origin"] is not None), default="")
        title = min((row["title"].value for row in rows if row["title"] is not None), default="")
        for evidence in merge(map(Evidence.of, rows)):
            needed = missing_titles(evidence.quote, [[title]], [title]) if title else []
            yield _Proof(ends, evidence, derived_from=origin, title="".join(needed))


def _quoted(graph: Queryable, entities: set[str]) -> Iterator[_Proof]:
    """Return the quotes of the entities themselves, with the literals that are stated of the entities."""
    quoted = own_evidence(graph, entities)
    literals: dict[str, set[ox.Literal]] = {}
    for row in select_each(graph, _LITERALS, quoted):
        literals.setdefault(row["iri"].value, set()).add(row["value"])
    for iri, of_entity in quoted.items():
        yield from (_Proof(frozenset([iri]), evidence, frozenset(literals.get(iri, ()))) for evidence in of_entity)


_CONNECTING: Final = """
    SELECT DISTINCT ?statement ?subject ?object ?organisation ?role ?quote ?line ?source ?origin ?title WHERE {
      VALUES ?iri { %s }
      { ?statement rdf:subject ?iri } UNION { ?statement rdf:object ?iri }
      UNION { ?statement org:organization ?iri } UNION { ?statement org:role ?iri }
      ?statement rdf:subject ?subject ; rdf:object ?object ; itas:quote ?quote ; dcterms:source ?source .
      OPTIONAL { ?statement org:organization ?organisation }
      OPTIONAL { ?statement org:role ?role }
      OPTIONAL { ?statement itas:line ?line }
      OPTIONAL { ?statement prov:wasDerivedFrom ?original . ?original rdf:subject ?origin }
      OPTIONAL { ?subject dcterms:title ?title }
    } ORDER BY ?statement ?quote ?source ?line"""
_LITERALS: Final = (
    """
    SELECT DISTINCT ?iri ?value WHERE {
      VALUES ?iri { %s } ?iri ?property ?value . FILTER(isLiteral(?value))"""
    + IS_DETAIL
    + """
    }"""
)
