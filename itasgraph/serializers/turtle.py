"""The serialization as readable Turtle and TriG: a statement per line, grouped by kind, the same bytes for the same data."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import BinaryIO, Final, NamedTuple

import pyoxigraph as ox

from itasgraph.messages.control_characters import visible
from itasgraph.parsing.iri_compaction import IriCompactor
from itasgraph.store.queryable import Queryable, Statement, Term, value
from itasgraph.util import external_sort
from itasgraph.util.spelling import collapse_spaces
from itasgraph.vocabulary import DCAT, ITAS, RDF, RDFS, XSD

# Numbers and truth values that Turtle writes bare, in spellings that no reader changes.
_BARE: Final = {
    XSD.integer: re.compile(r"0|-?[1-9][0-9]*"),
    XSD.decimal: re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+"),
    XSD.boolean: re.compile(r"true|false"),
}
_LANGUAGES: Final = {"de": "0", "en": "1"}
_DIGITS: Final = 20
_AFTER_KINDS: Final = 10_000
# The IRIs whose compact form is kept while statements are sorted.
_MOST_KEPT: Final = 4_096
# The most classes with a heading from the vocabulary, which has forty: endpoints refuse long queries.
_MAX_CLASSES: Final = 200
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


ClassTriple = tuple[str, str, str]  # subject, itas:kind or rdf:type, and object of a statement


class _Position(NamedTuple):
    """The position of a statement in the file."""

    graph: str
    section: str
    subject: str


def write(
    statements: Iterable[Statement], headings: Headings, compactor: IriCompactor, out: BinaryIO, with_graphs: bool
) -> None:
    """Write statements to `out`, sorted, one per line; `with_graphs` puts them into blocks of their graphs (TriG).

    The sort is external, so that writing needs hardly more memory than the graph itself.
    """
    lines = external_sort.sort_unique(_sortable_lines(statements, headings, compactor, with_graphs))
    first = list(islice(lines, 1))  # sorting has compacted each IRI, so the prefixes are known
    out.writelines(
        f"@prefix {prefix}: <{namespace}> .\n".encode() for prefix, namespace in compactor.used_prefixes.items()
    )
    out.write(f"@base <{compactor.used_base}> .\n".encode() if compactor.used_base else b"")
    out.writelines(_text(chain(first, lines), compactor))


# --- headings ---------------------------------------------------------------------------------------------------------


class Headings:
    """The headings of entities: an entity is below that of its kind, in the order of the vocabulary, before its relations."""

    def __init__(
        self, graph: Queryable, class_triples: Iterable[ClassTriple], vocabulary: Queryable | None = None
    ) -> None:
        """Take the class triples of the statements to write.

        The titles of classes come from `vocabulary`, or from `graph` where it is None.
        """
        self.vocabulary = vocabulary or graph
        triples = list(class_triples)
        sections = _sections(graph, {kind for _, _, kind in triples}, self.vocabulary)
        best: dict[str, tuple[int, str, str]] = {}
        for subject, predicate, kind in triples:
            rank = 0 if predicate == ITAS.kind else 1 if kind.startswith(ITAS.iri) else 2
            best[subject] = min((rank, sections[kind], kind), best.get(subject, _LAST))
        self._sections = {subject: section for subject, (_, section, _) in best.items()}
        # Entity → the class whose heading it stands below.
        self.kinds = {subject: kind for subject, (_, _, kind) in best.items()}
        self._datasets = {subject for subject, _, kind in triples if kind == DCAT.Dataset}

    def of(self, subject: str) -> tuple[str, str]:
        """Return the section (a number that sorts it, and the heading) and the entity that a subject belongs to."""
        owner = self._owner(subject) if "#" in subject else subject
        return self._sections.get(owner, _LAST[1]), owner

    def in_legend(self, section: str) -> bool:
        """Return whether the vocabulary states the order of the section."""
        return int(section.partition(" ")[0]) < _AFTER_KINDS

    def _owner(self, subject: str) -> str:
        """Return the entity that a node belongs to: for a relation, the entity whose IRI begins the IRI of the relation.

        A term of a vocabulary belongs to itself; an IRI of a data set with a fragment is part of the data set's description.
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


def class_triples(statements: Iterable[Statement]) -> Iterator[ClassTriple]:
    """Yield the class triples of statements, as `Headings` takes them."""
    for statement in statements:
        if statement.predicate.value in (RDF.type, ITAS.kind) and isinstance(statement.object, ox.NamedNode):
            yield value(statement.subject), statement.predicate.value, statement.object.value


def class_triples_in(graph: Queryable) -> Iterator[ClassTriple]:
    """Yield the class triples of a graph, as `Headings` takes them."""
    for row in graph.select(
        f"SELECT ?s ?p ?o {{ VALUES ?p {{ <{RDF.type}> <{ITAS.kind}> }} ?s ?p ?o FILTER(isIRI(?o)) }}"
    ):
        yield value(row["s"]), row["p"].value, row["o"].value


def _sections(graph: Queryable, classes: Iterable[str], vocabulary: Queryable) -> dict[str, str]:
    """Return class → its order among the kinds in five digits, and its heading: the title in the vocabulary, else its name."""
    compactor = IriCompactor(graph.prefixes, graph.base)
    sections = {name: f"{_AFTER_KINDS} {_heading(compactor.prefixed_name(name) or name)}" for name in classes}
    values = " ".join(f"<{name}>" for name in sorted(sections)[:_MAX_CLASSES])
    for row in vocabulary.select(_TITLES % values):
        title = _heading(row["title"].value)
        order = int(row["order"].value) if row["order"] is not None else _AFTER_KINDS
        sections[row["class"].value] = f"{order:05} {title[:1].upper()}{title[1:]}"
    return sections


def _heading(text: str) -> str:
    """Return a text as a comment: on one line, with control characters made visible."""
    return visible(collapse_spaces(text))


# --- statements as lines that sort --------------------------------------------------------------------------------------


def _sortable_lines(
    statements: Iterable[Statement], headings: Headings, compactor: IriCompactor, with_graphs: bool
) -> Iterator[bytes]:
    """Yield lines of graph, section, owner, subject, predicate, rank and object, separated by tabs, which sort as in the file."""
    # Most statements of a subject follow each other, and many have the same object.
    compact = functools.lru_cache(_MOST_KEPT)(lambda iri: _compact(iri, compactor))
    predicates: dict[str, str] = {}
    before = None
    section = owner = ""
    for statement in statements:
        node, iri, target = statement.subject, statement.predicate.value, statement.object
        subject = value(node)
        if iri not in predicates:
            predicates[iri] = "" if iri == RDF.type else iri  # Turtle writes "a", before all else
            term(statement.predicate if predicates[iri] else node, compactor)
        if subject != before:
            before = subject
            term(node, compactor)
            section, owner = headings.of(subject)
        graph = graph_name(statement) if with_graphs else ""
        if graph:
            compact(graph)
        object_ = compact(target.value) if isinstance(target, ox.NamedNode) else term(target, compactor)
        fields = (graph, section, owner, subject, predicates[iri], _rank(object_), object_)
        yield ("\t".join(fields) + "\n").encode()


def graph_name(statement: Statement) -> str:
    """Return the IRI of the graph of a statement, or `_:` and the label of a blank node; "" where it is in no named graph."""
    if not isinstance(statement, ox.Quad) or isinstance(statement.graph_name, ox.DefaultGraph):
        return ""
    return value(statement.graph_name)


def _rank(object_: str) -> str:
    """Return a key that sorts German before English before the rest, and whole numbers by value."""
    if object_.isdecimal():
        return f"2{object_:0>{_DIGITS}}"
    return language_rank(object_.rpartition('"@')[2] if object_[:1] == '"' and object_[-1] not in '">' else "")


def language_rank(tag: str) -> str:
    """Return a key that sorts German before English before the rest."""
    return _LANGUAGES.get(tag.partition("-")[0], "2")


def term(node: Term, compactor: IriCompactor) -> str:
    """Return a term in Turtle: IRIs compact, texts on one line, numbers bare."""
    if isinstance(node, ox.NamedNode):
        return _compact(node.value, compactor)
    if isinstance(node, ox.Literal):
        return _literal(str(node), compactor)
    if isinstance(node, ox.Triple):
        return f"<<( {' '.join(term(part, compactor) for part in (node.subject, node.predicate, node.object))} )>>"
    return str(node)


def _compact(iri: str, compactor: IriCompactor) -> str:
    if iri.startswith("_:"):
        return iri
    prefixed = compactor.prefixed_name(iri)
    if prefixed is not None:
        return prefixed
    relative = compactor.relative(iri)
    return f"<{iri if relative is None else relative}>"


def _literal(text: str, compactor: IriCompactor) -> str:
    """Return a literal from its N-Triples, where line ends are escaped already."""
    if text[-1] != ">":
        return text
    quoted, _, datatype = text[:-1].rpartition("^^<")
    bare = _BARE.get(datatype)
    if bare is not None and bare.fullmatch(quoted, 1, len(quoted) - 1):
        return quoted[1:-1]
    return f"{quoted}^^{_compact(datatype, compactor)}"


# --- lines as text --------------------------------------------------------------------------------------------------


def _text(lines: Iterable[bytes], compactor: IriCompactor) -> Iterator[bytes]:
    before: _Position | None = None
    predicates = {"": "a"}
    for line in lines:
        graph, section, _, subject, predicate, _, object_ = line.decode()[:-1].split("\t")
        position = _Position(graph, section, subject)
        if position != before:
            yield from _separator(before, position, compactor)
            before = position
        if predicate not in predicates:
            predicates[predicate] = _compact(predicate, compactor)
        yield f"    {predicates[predicate]} {object_} ;\n".encode()
    yield from _end(before)


def _separator(before: _Position | None, position: _Position, compactor: IriCompactor) -> Iterator[bytes]:
    """Yield the lines between two subjects: the end of the first, a block of a graph, a heading, the name of the second."""
    other_graph = before is None or before.graph != position.graph
    if before is not None:
        yield from _end(before) if other_graph else (_END,)
    if other_graph and position.graph:
        yield f"\n{_compact(position.graph, compactor)} {{\n".encode()
    title = position.section.partition(" ")[2]
    if title and (other_graph or (before and before.section) != position.section):
        yield f"\n# --- {title} ---\n".encode()
    yield f"\n{_compact(position.subject, compactor)}\n".encode()


def _end(position: _Position | None) -> Iterator[bytes]:
    if position is not None:
        yield _END
        yield b"}\n" if position.graph else b""
