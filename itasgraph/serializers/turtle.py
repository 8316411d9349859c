"""Statements → Turtle and TriG that people enjoy: one statement per line, grouped by kind, the same bytes for the same data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any, BinaryIO, Final, NamedTuple

import pyoxigraph as ox

from itasgraph.messages.control_characters import visible
from itasgraph.parsing.iri_compaction import IriCompactor
from itasgraph.store.queryable import Queryable, Statement, value
from itasgraph.util import external_sort
from itasgraph.vocabulary import DCAT, ITAS, RDF, RDFS, XSD

# Numbers and truth values that Turtle writes bare, in forms that no reader changes.
_BARE: Final = {
    XSD.integer: re.compile(r"0|-?[1-9][0-9]*"),
    XSD.decimal: re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+"),
    XSD.boolean: re.compile(r"true|false"),
}
_LANGUAGES: Final = {"de": "0", "en": "1"}
_DIGITS: Final = 20
_AFTER_KINDS: Final = 10_000
# So many classes get a heading of the vocabulary: ours are forty, and a query has to stay one that endpoints take.
_MOST: Final = 200
_TITLES: Final = f"""
    SELECT ?class ?title ?order WHERE {{
      VALUES ?class {{ %s }}
      OPTIONAL {{ ?class <{ITAS.plural}> ?plural . FILTER(LANG(?plural) = "en") }}
      OPTIONAL {{ ?class <{RDFS.label}> ?label . FILTER(LANG(?label) = "en") }}
      OPTIONAL {{
        ?class <{ITAS.order}> ?order . FILTER(DATATYPE(?order) = <{XSD.integer}> && ?order >= 0 && ?order < 10000)
      }}
      BIND(COALESCE(?plural, ?label) AS ?title) FILTER(BOUND(?title))
    }} ORDER BY ?class DESC(?title) DESC(?order)"""
_LAST: Final = (3, "99999 ", "")
_END: Final = b"    .\n"


class _Place(NamedTuple):
    """Where a statement stands."""

    graph: str
    section: str
    subject: str


def write(
    statements: Iterable[Statement], headings: Headings, compactor: IriCompactor, out: BinaryIO, named: bool
) -> None:
    """Write statements to `out`, sorted, each on a line of its own; `named` puts them into blocks of their graphs (TriG).

    What is written is sorted outside of memory, so that a graph needs no more of it than it takes itself.
    """
    lines = external_sort.distinct(_records(statements, headings, compactor, named))
    first = list(islice(lines, 1))  # by now every name has been shortened once
    out.writelines(
        f"@prefix {prefix}: <{namespace}> .\n".encode() for prefix, namespace in compactor.used_prefixes.items()
    )
    out.write(f"@base <{compactor.used_base}> .\n".encode() if compactor.used_base else b"")
    out.writelines(_text(chain(first, lines), compactor))


# --- which heading a statement stands under ---------------------------------------------------------------------------


class Headings:
    """Where each thing stands: under the heading of its kind, in the order of the vocabulary, its relations behind it."""

    def __init__(
        self, graph: Queryable, described: Iterable[tuple[str, str, str]], titled: Queryable | None = None
    ) -> None:
        """`described` holds (subject, itas:kind or rdf:type, object) of what is to be written.

        What classes are called is asked of `titled`, where another graph than the one written knows it.
        """
        facts = list(described)
        sections = _sections(graph, {kind for _, _, kind in facts}, titled or graph)
        best: dict[str, tuple[int, str, str]] = {}
        for subject, predicate, kind in facts:
            rank = 0 if predicate == ITAS.kind else 1 if kind.startswith(ITAS.iri) else 2
            best[subject] = min((rank, sections[kind], kind), best.get(subject, _LAST))
        self._sections = {subject: section for subject, (_, section, _) in best.items()}
        # Thing → the class whose heading it stands under.
        self.kinds = {subject: kind for subject, (_, _, kind) in best.items()}
        self._datasets = {subject for subject, _, kind in facts if kind == DCAT.Dataset}

    def of(self, subject: str) -> tuple[str, str]:
        """The section (sortable, the heading behind its number) and the thing the subject belongs to."""
        owner = self._owner(subject) if "#" in subject else subject
        return self._sections.get(owner, _LAST[1]), owner

    def in_legend(self, section: str) -> bool:
        """Whether it is one of those the vocabulary gives a place."""
        return int(section.partition(" ")[0]) < _AFTER_KINDS

    def _owner(self, subject: str) -> str:
        """The thing a node belongs to: a relation, as the reader minted it, to the one whose IRI is its beginning.

        A term of a vocabulary belongs to nothing; what has the IRI of a data set and a fragment is part of its description.
        """
        path = subject.partition("#")[0]
        if path in self._datasets:
            return path
        path = path.rpartition("/")[0]
        while "/" in path:
            if path in self._sections:
                return path
            path = path.rpartition("/")[0]
        return subject


def described(statements: Iterable[Statement]) -> Iterator[tuple[str, str, str]]:
    """What Headings needs to know of statements at hand."""
    for statement in statements:
        if statement.predicate.value in (RDF.type, ITAS.kind) and isinstance(statement.object, ox.NamedNode):
            yield value(statement.subject), statement.predicate.value, statement.object.value


def described_in(graph: Queryable) -> Iterator[tuple[str, str, str]]:
    """What Headings needs to know, asked of the graph itself."""
    for row in graph.select(
        f"SELECT ?s ?p ?o {{ VALUES ?p {{ <{RDF.type}> <{ITAS.kind}> }} ?s ?p ?o FILTER(isIRI(?o)) }}"
    ):
        yield value(row["s"]), row["p"].value, row["o"].value


def _sections(graph: Queryable, classes: Iterable[str], titled: Queryable) -> dict[str, str]:
    """Class → its place among the kinds, with five digits, and its heading: as the vocabulary calls it, else its name."""
    compactor = IriCompactor(graph.prefixes, graph.base)
    sections = {name: f"{_AFTER_KINDS} {_heading(compactor.prefixed_name(name) or name)}" for name in classes}
    asked = " ".join(f"<{name}>" for name in sorted(sections)[:_MOST])
    for row in titled.select(_TITLES % asked):
        title = _heading(row["title"].value)
        order = int(row["order"].value) if row["order"] is not None else _AFTER_KINDS
        sections[row["class"].value] = f"{order:05} {title[:1].upper()}{title[1:]}"
    return sections


def _heading(text: str) -> str:
    """A text of others as a comment: on one line, and nothing in it that would steer a terminal."""
    return visible(" ".join(text.split()))


# --- statements as lines that sort --------------------------------------------------------------------------------------


def _records(
    statements: Iterable[Statement], headings: Headings, compactor: IriCompactor, named: bool
) -> Iterator[bytes]:
    """Graph, section, owner, subject, predicate, rank and object, parted by tabs: their order is that of the file."""
    predicates: dict[str, str] = {}
    for statement in statements:
        subject, iri = _name(statement.subject), statement.predicate.value
        if iri not in predicates:
            predicates[iri] = "" if iri == RDF.type else iri  # Turtle writes "a", before all else
            term(statement.predicate if predicates[iri] else statement.subject, compactor)
        term(statement.subject, compactor)
        graph = _graph(statement, compactor) if named else ""
        section, owner = headings.of(subject)
        object_ = term(statement.object, compactor)
        fields = (graph, section, owner, subject, predicates[iri], _rank(object_), object_)
        yield ("\t".join(fields) + "\n").encode()


def _graph(statement: Statement, compactor: IriCompactor) -> str:
    if not isinstance(statement, ox.Quad) or isinstance(statement.graph_name, ox.DefaultGraph):
        return ""
    term(statement.graph_name, compactor)
    return _name(statement.graph_name)


def _name(node: Any) -> str:
    """The IRI of a node, or `_:` and the label of a blank one."""
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def _rank(object_: str) -> str:
    """German before English before the rest; whole numbers by their value."""
    if object_.isdecimal():
        return f"2{object_:0>{_DIGITS}}"
    return language_rank(object_.rpartition('"@')[2] if object_[:1] == '"' and object_[-1] not in '">' else "")


def language_rank(tag: str) -> str:
    """German before English before the rest."""
    return _LANGUAGES.get(tag.partition("-")[0], "2")


def term(node: Any, compactor: IriCompactor) -> str:
    """A term in Turtle: names shortened, texts on one line, numbers bare."""
    if isinstance(node, ox.NamedNode):
        return _short(node.value, compactor)
    if isinstance(node, ox.Literal):
        return _literal(str(node), compactor)
    if isinstance(node, ox.Triple):
        return f"<<( {' '.join(term(part, compactor) for part in (node.subject, node.predicate, node.object))} )>>"
    return str(node)


def _short(iri: str, compactor: IriCompactor) -> str:
    if iri.startswith("_:"):
        return iri
    prefixed = compactor.prefixed_name(iri)
    if prefixed is not None:
        return prefixed
    relative = compactor.relative(iri)
    return f"<{iri if relative is None else relative}>"


def _literal(text: str, compactor: IriCompactor) -> str:
    """A literal from its form in N-Triples, which has escapes for what would break a line."""
    if text[-1] != ">":
        return text
    quoted, _, datatype = text[:-1].rpartition("^^<")
    bare = _BARE.get(datatype)
    if bare is not None and bare.fullmatch(quoted, 1, len(quoted) - 1):
        return quoted[1:-1]
    return f"{quoted}^^{_short(datatype, compactor)}"


# --- lines as text --------------------------------------------------------------------------------------------------


def _text(lines: Iterable[bytes], compactor: IriCompactor) -> Iterator[bytes]:
    before: _Place | None = None
    predicates = {"": "a"}
    for line in lines:
        graph, section, _, subject, predicate, _, object_ = line.decode()[:-1].split("\t")
        place = _Place(graph, section, subject)
        if place != before:
            yield from _between(before, place, compactor)
            before = place
        if predicate not in predicates:
            predicates[predicate] = _short(predicate, compactor)
        yield f"    {predicates[predicate]} {object_} ;\n".encode()
    yield from _ended(before)


def _between(before: _Place | None, place: _Place, compactor: IriCompactor) -> Iterator[bytes]:
    """What stands between the statements of two things: ends, the block of a graph, a heading, the name of the second."""
    other_graph = before is None or before.graph != place.graph
    if before is not None:
        yield from _ended(before) if other_graph else (_END,)
    if other_graph and place.graph:
        yield f"\n{_short(place.graph, compactor)} {{\n".encode()
    title = place.section.partition(" ")[2]
    if title and (other_graph or (before and before.section) != place.section):
        yield f"\n# --- {title} ---\n".encode()
    yield f"\n{_short(place.subject, compactor)}\n".encode()


def _ended(place: _Place | None) -> Iterator[bytes]:
    if place is not None:
        yield _END
        yield b"}\n" if place.graph else b""
