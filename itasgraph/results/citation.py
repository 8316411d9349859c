"""Answers with footnotes: for each row of an answer, the quoted statements that prove it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from itasgraph.entities.footnotes import Footnote
from itasgraph.entities.labels import labels
from itasgraph.errors import UsageError
from itasgraph.parsing.sparql_tokens import iris
from itasgraph.results.cited_table import Cited, Row
from itasgraph.store.graph import Queryable, Result, value

_AT_ONCE: Final = 500
_JOINT: Final = " | "  # between the quotes of one row in the ready questions


@dataclass
class _Proof:
    """A quoted statement: what it links, and where its words stand. `literals` is what a quoted thing says itself."""

    ends: frozenset[str]
    quote: str
    source: str
    document: str
    literals: frozenset[ox.Literal] = frozenset()
    lines: set[int] = field(default_factory=set)


def answer(graph: Queryable, text: str, lang: str, cited: bool) -> Result | Cited:
    """What a query finds, with footnotes where they are asked for. Raises UsageError where it has no rows to cite."""
    result = graph.query(text)
    if not cited:
        return result
    if not isinstance(result, ox.QuerySolutions):
        raise UsageError("no-rows-to-cite")
    return cite(graph, result, text, lang)


def cite(graph: Queryable, solutions: ox.QuerySolutions, text: str, lang: str) -> Cited:
    """The rows of an answer to the query `text`, each with the numbers of its footnotes.

    A statement proves a row where it links two things of the row, or one of them and one that the query names (a
    parameter). Of statements that link the same things those count whose words the row itself shows, and of these those
    whose other end the row knows best. A row that nothing links cites the words it shows, else what is quoted on its
    things. Raises as a query does.
    """
    variables = tuple(variable.value for variable in solutions.variables)
    rows = [tuple(solution[name] for name in variables) for solution in solutions]
    asked = {iri for iri, _ in iris(text, graph.base, graph.prefixes)}
    things = {term.value for row in rows for term in row if isinstance(term, ox.NamedNode)}
    proofs = _Proofs(_statements(graph, things | asked), _quoted(graph, things))
    found = [proofs.of(row, asked) for row in rows]
    called = labels(graph, {proof.source for row in found for proof in row}, lang)
    return _numbered(variables, rows, found, called)


class _Proofs:
    """The statements and quoted things around an answer, by what they link."""

    def __init__(self, statements: Iterable[_Proof], quoted: Iterable[_Proof]) -> None:
        self._by_end: dict[str, list[_Proof]] = {}
        self._quoted: dict[str, list[_Proof]] = {}
        for found, proofs in ((self._by_end, statements), (self._quoted, quoted)):
            for proof in proofs:
                for end in proof.ends:
                    found.setdefault(end, []).append(proof)

    def of(self, row: Row, asked: set[str]) -> list[_Proof]:
        """The proofs of a row, in no order."""
        things = {term.value for term in row if isinstance(term, ox.NamedNode)}
        words = {words for term in row if isinstance(term, ox.Literal) for words in _words(term.value)}
        near = {id(proof): proof for thing in things for proof in self._by_end.get(thing, [])}.values()
        groups: dict[frozenset[str], list[_Proof]] = {}
        for proof in near:
            groups.setdefault(proof.ends & (things | asked), []).append(proof)
        # An appearance at the contribution of the row, not another one of the same person for the same organisation.
        linked = {ends for ends in groups if len(ends) > 1}
        best = [groups[ends] for ends in linked if not any(ends < others for others in linked)]
        found = [proof for group in best for proof in _narrowed(group, words, things, near)]
        found = found or [proof for proof in near if proof.quote in words]
        return found + self._own(row, things, bool(found))

    def _own(self, row: Row, things: set[str], proven: bool) -> list[_Proof]:
        """What is quoted on the things of a row: where it proves a literal, or where nothing else proves the row."""
        literals = {term for term in row if isinstance(term, ox.Literal)}
        quoted = [proof for thing in sorted(things) for proof in self._quoted.get(thing, [])]
        return [proof for proof in quoted if not proven or proof.literals & literals]


def _words(text: str) -> Iterable[str]:
    """Return what a cell may quote: its whole text, and its parts where a question joins several quotes."""
    return (text, *text.split(_JOINT))


def _narrowed(group: list[_Proof], words: set[str], things: set[str], near: Collection[_Proof]) -> list[_Proof]:
    """Of proofs that link the same things those whose words the row shows, and of these those whose other end it knows best.

    The other end of an appearance is its contribution: one that presents what the row names is meant.
    """
    group = [proof for proof in group if proof.quote in words] or group
    known = [_known(proof, things, near) for proof in group]
    return [proof for proof, count in zip(group, known, strict=True) if count == max(known)]


def _known(proof: _Proof, things: set[str], near: Collection[_Proof]) -> int:
    """How many things of the row, besides those that the proof links, are linked to its other ends."""
    others = proof.ends - things
    return len({end for other in near if other.ends & others for end in other.ends & (things - proof.ends)})


def _numbered(
    variables: tuple[str, ...], rows: list[Row], found: Sequence[Sequence[_Proof]], called: dict[str, str]
) -> Cited:
    """Number the footnotes in the order in which the rows need them."""
    notes: dict[Footnote, int] = {}
    numbers = []
    for proofs in found:
        cited = {Footnote(p.quote, tuple(sorted(p.lines)), called.get(p.source, p.source), p.document) for p in proofs}
        numbers.append(tuple(sorted(notes.setdefault(note, len(notes) + 1) for note in sorted(cited))))
    return Cited(variables, rows, numbers, list(notes))


# --- what is asked of the graph -----------------------------------------------------------------------------------------


def _statements(graph: Queryable, things: set[str]) -> Iterator[_Proof]:
    """The quoted statements from or to one of the things, or naming it as organisation or role."""
    found: dict[tuple[str, str, str], _Proof] = {}
    for row in _asked(graph, _LINKING, things):
        ends = [row[name] for name in ("statement", "subject", "object", "organisation", "role")]
        key = (row["statement"].value, row["quote"].value, row["source"].value)
        proof = found.setdefault(key, _proof(row, (value(end) for end in ends if end is not None)))
        proof.lines |= _line(row)
    return iter(found.values())


def _quoted(graph: Queryable, things: set[str]) -> Iterator[_Proof]:
    """What is quoted on the things themselves, with the literals stated of them."""
    found: dict[tuple[str, str, str], _Proof] = {}
    for row in _asked(graph, _QUOTED, things):
        key = (row["thing"].value, row["quote"].value, row["source"].value)
        proof = found.setdefault(key, _proof(row, [row["thing"].value]))
        proof.literals |= {row["stated"]} if row["stated"] is not None else set()
        proof.lines |= _line(row)
    return iter(found.values())


def _proof(row: ox.QuerySolution, ends: Iterable[str]) -> _Proof:
    document = row["document"].value if row["document"] is not None else ""
    return _Proof(frozenset(ends), row["quote"].value, row["source"].value, document)


def _line(row: ox.QuerySolution) -> set[int]:
    return {int(row["line"].value)} if row["line"] is not None else set()


def _asked(graph: Queryable, query: str, things: set[str]) -> Iterator[ox.QuerySolution]:
    """The solutions of a query with `%s` for some hundreds of things at a time."""
    ordered = sorted(things)
    for start in range(0, len(ordered), _AT_ONCE):
        yield from graph.select(query % " ".join(f"<{thing}>" for thing in ordered[start : start + _AT_ONCE]))


_WHERE: Final = """
      OPTIONAL { ?source prov:wasDerivedFrom ?document }"""
_LINKING: Final = f"""
    SELECT DISTINCT ?statement ?subject ?object ?organisation ?role ?quote ?line ?source ?document WHERE {{
      VALUES ?thing {{ %s }}
      {{ ?statement rdf:subject ?thing }} UNION {{ ?statement rdf:object ?thing }}
      UNION {{ ?statement org:organization ?thing }} UNION {{ ?statement org:role ?thing }}
      ?statement rdf:subject ?subject ; rdf:object ?object ; itas:quote ?quote ; dcterms:source ?source .
      OPTIONAL {{ ?statement org:organization ?organisation }}
      OPTIONAL {{ ?statement org:role ?role }}
      OPTIONAL {{ ?statement itas:line ?line }}{_WHERE}
    }} ORDER BY ?statement ?quote ?source ?line"""
_QUOTED: Final = f"""
    SELECT DISTINCT ?thing ?stated ?quote ?line ?source ?document WHERE {{
      VALUES ?thing {{ %s }}
      ?thing itas:quote ?quote ; dcterms:source ?source .
      OPTIONAL {{
        ?thing ?property ?stated
        FILTER(isLiteral(?stated) && ?property NOT IN (rdfs:label, itas:quote, itas:line, itas:word, schema:position))
      }}
      OPTIONAL {{ ?thing itas:line ?line }}{_WHERE}
    }} ORDER BY ?thing ?quote ?source ?line"""
