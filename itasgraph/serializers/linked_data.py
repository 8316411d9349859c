"""The serialization of graphs as linked data, sorted: the same bytes for the same statements."""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, Final, TypeVar, cast

import pyoxigraph as ox

from itasgraph import formats
from itasgraph.errors import UsageError
from itasgraph.filters.selection import Selection
from itasgraph.parsing.iri_compaction import IriCompactor
from itasgraph.serializers.turtle import Headings, class_triples, class_triples_in
from itasgraph.serializers.turtle import write as write_turtle
from itasgraph.store.queryable import Queryable, Statement
from itasgraph.util import external_sort
from itasgraph.util.xml_text import XmlStream
from itasgraph.vocabulary import RDF

# RDF/XML writes a predicate as an XML name, and a name begins with a letter (Namespaces in XML 1.0, section 3).
_LETTER: Final = (
    r"A-Za-z_\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff"
    r"\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
# `re` compiles it for RDF/XML only: that takes as long as a short query.
_NAME_AT_END: Final = rf"[{_LETTER}][{_LETTER}0-9.\xb7\u0300-\u036f\u203f\u2040-]*$"
# Readers take these names for syntax (RDF/XML, sections 5.1 and 7.2.5).
_NO_PREDICATES: Final = {
    f"{RDF.iri}{name}"
    for name in (
        *("RDF", "ID", "about", "bagID", "parseType", "resource", "nodeID", "datatype", "version"),
        *("Description", "aboutEach", "aboutEachPrefix", "li"),
    )
}
# Texts hold characters of XML 1.0 only.
_NOT_IN_XML: Final = re.compile(r"(?<!\\)(?:\\\\)*\\(u00[01][0-9A-F]|b|f|uFFF[EF])|[\ufffe\uffff]")
_PLAIN_LABEL: Final = re.compile("[A-Za-z0-9]+")
_BATCH: Final = 10_000
_WITH_HEADINGS: Final = ("turtle", "trig", "jsonld")


@contextmanager
def compress(out: BinaryIO, output: Path | None) -> Iterator[BinaryIO]:
    """Open a stream to `out`, which compresses with gzip, without time and name, where the name of the output ends in .gz."""
    if output is None or not formats.is_gzipped(output):
        yield out
        return
    with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as gzip_file:
        yield cast("BinaryIO", gzip_file)


def has_graphs(format_: str, selection: Selection) -> bool:
    """Return whether a format holds the named graphs: TriG and N-Quads do, JSON-LD where a selection names graphs."""
    return format_ in ("trig", "nquads") or (format_ == "jsonld" and selection.graphs is not None)


def write(
    graph: Queryable,
    statements: Iterable[Statement],
    format_: str,
    out: BinaryIO,
    with_graphs: bool = False,
    headings: Headings | None = None,
) -> None:
    """Write statements of a graph in `format_`, optionally `with_graphs`.

    Turtle, TriG and JSON-LD have `headings` (default: those of the classes in the graph); JSON-LD has the context of their
    vocabulary. Raises UsageError for statements that RDF/XML or JSON-LD cannot hold.
    """
    if format_ in _WITH_HEADINGS:
        headings = headings or Headings(graph, class_triples_in(graph))
        if format_ == "jsonld":
            from itasgraph.serializers import jsonld

            jsonld.write(statements, headings, headings.vocabulary.terms, out, with_graphs)
        else:
            write_turtle(statements, headings, IriCompactor(graph.prefixes, graph.base), out, with_graphs)
    elif format_ == "rdfxml":
        _rdfxml(statements, graph, out)
    else:
        out.writelines(external_sort.sort_unique(_lines(statements, with_graphs)))


def serialize(graph: Queryable, triples: Iterable[ox.Triple], format_: str) -> bytes:
    """Return triples in a format, with the prefixes, base and context of the graph.

    Headings follow the classes in the triples, so that the bytes depend on the triples alone. Raises as `write` does.
    """
    statements = list(triples)
    out = io.BytesIO()
    headings = Headings(graph, class_triples(statements)) if format_ in _WITH_HEADINGS else None
    write(graph, statements, format_, out, headings=headings)
    return out.getvalue()


def _lines(statements: Iterable[Statement], with_graphs: bool) -> Iterator[bytes]:
    """Yield statements in canonical N-Triples or N-Quads (RDF 1.2, section 4 of each)."""
    for statement in statements:
        line = statement.triple if isinstance(statement, ox.Quad) and not with_graphs else statement
        yield f"{line} .\n".encode()


def _rdfxml(statements: Iterable[Statement], graph: Queryable, out: BinaryIO) -> None:
    """Write sorted triples with Oxigraph's writer, which compacts predicates only."""
    compactor = IriCompactor(graph.prefixes, "")
    lines = external_sort.sort_unique(_lines_for_xml(statements, compactor))
    first = _parse(islice(lines, 1))
    triples = chain(
        list(first), _parse(lines)
    )  # sorting has read all lines before it yields the first, so every predicate is known
    stream = XmlStream(out, lambda character: UsageError("no-xml-character", text=character))
    ox.serialize(
        map(_with_xml_names, triples),
        cast("io.BytesIO", stream),
        ox.RdfFormat.RDF_XML,
        prefixes=compactor.used_prefixes,
    )


_Node = TypeVar("_Node", bound=ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple)


def _with_xml_names(triple: ox.Triple) -> ox.Triple:
    """Return a triple whose blank nodes have labels that are XML names, which rdf:nodeID demands (RDF/XML, section 7.2.15)."""
    return ox.Triple(_with_xml_name(triple.subject), triple.predicate, _with_xml_name(triple.object))


def _with_xml_name(term: _Node) -> _Node:
    if isinstance(term, ox.Triple):
        return cast("_Node", _with_xml_names(term))
    if not isinstance(term, ox.BlankNode):
        return term
    label = term.value
    # Two prefixes, so that no two labels become one.
    return cast("_Node", ox.BlankNode(f"b{label}" if _PLAIN_LABEL.fullmatch(label) else f"x{label.encode().hex()}"))


def _lines_for_xml(statements: Iterable[Statement], compactor: IriCompactor) -> Iterator[bytes]:
    predicates: set[str] = set()
    for line in _lines(statements, with_graphs=False):
        predicates.add(line.split(b" ", 2)[1].decode()[1:-1])
        if character := _NOT_IN_XML.search(line.decode()):
            raise UsageError("no-xml-character", text=rf"\{character[1] or ascii(character[0])[2:-1]}")
        yield line
    for predicate in sorted(predicates):
        compactor.prefixed_name(predicate)
        if not re.search(_NAME_AT_END, predicate) or predicate in _NO_PREDICATES:
            raise UsageError("no-xml-name", iri=predicate)


def _parse(lines: Iterable[bytes]) -> Iterator[ox.Triple]:
    lines = iter(lines)
    while batch := b"".join(islice(lines, _BATCH)):
        yield from (quad.triple for quad in ox.parse(batch, ox.RdfFormat.N_TRIPLES))
