"""Graph → the formats of linked data, the same bytes for the same statements, written as they are sorted."""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, Final, cast

import pyoxigraph as ox

from itasgraph import formats
from itasgraph.errors import UsageError
from itasgraph.filters.selection import Selection, select_statements
from itasgraph.parsing.iri_compaction import IriCompactor
from itasgraph.parsing.jsonld_context import Context
from itasgraph.serializers.turtle import Headings, described, described_in
from itasgraph.serializers.turtle import write as write_turtle
from itasgraph.store.queryable import Queryable, Statement
from itasgraph.util import external_sort

# RDF/XML writes a predicate as an XML name, and a name begins with a letter; texts hold characters of XML 1.0 alone.
_NAME_AT_END: Final = re.compile(r"[^\W\d][\w.-]*$")
_NOT_IN_XML: Final = re.compile(r"(?<!\\)(?:\\\\)*\\(u00[01][0-9A-F]|b|f|uFFF[EF])|[\ufffe\uffff]")
_BATCH: Final = 10_000


@contextmanager
def compress(out: BinaryIO, output: Path | None) -> Iterator[BinaryIO]:
    """Pass what is written to `out` through gzip, without time and name, where the name of the output ends in .gz."""
    if output is None or not formats.is_gzipped(output):
        yield out
        return
    with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as packed:
        yield cast("BinaryIO", packed)


def has_graphs(form: str, selection: Selection) -> bool:
    """Whether the graphs go out, too: in TriG and N-Quads, and in JSON-LD where graphs were asked for."""
    return form in ("trig", "nquads") or (form == "jsonld" and selection.graphs is not None)


def write(  # noqa: PLR0913  # what is written, how, and who knows the names in it
    graph: Queryable,
    found: Iterable[Statement],
    form: str,
    out: BinaryIO,
    terms: Context,
    named: bool = False,
    *,
    titled: Queryable | None = None,
) -> None:
    """Write statements of a graph in `form`, with their graphs if `named`. JSON-LD speaks the words of `terms`.

    Classes have their titles from `titled`, where another graph than the one written knows them. Raises UsageError for
    what RDF/XML or JSON-LD cannot hold.
    """
    if form in ("turtle", "trig"):
        headings = Headings(graph, described_in(graph), titled)
        write_turtle(found, headings, IriCompactor(graph.prefixes, graph.base), out, named)
    elif form == "jsonld":
        from itasgraph.serializers import jsonld

        jsonld.write(found, Headings(graph, described_in(graph), titled), terms, out, named)
    elif form == "rdfxml":
        _rdfxml(found, graph, out)
    else:
        out.writelines(external_sort.distinct(_lines(found, named)))


def serialize(graph: Queryable, form: str, selection: Selection | None = None) -> bytes:
    """A graph, or the part wanted of it: its triples, in TriG and N-Quads its named graphs."""
    selection = selection or Selection()
    named = has_graphs(form, selection)
    out = io.BytesIO()
    write(graph, select_statements(graph, named, selection), form, out, _prefixes(graph), named)
    return out.getvalue()


def ntriples(triples: Iterable[ox.Triple]) -> bytes:
    """Canonical N-Triples (RDF 1.2 N-Triples, section 4), sorted."""
    return b"".join(external_sort.distinct(_lines(triples, named=False)))


def turtle(graph: Queryable, triples: Iterable[ox.Triple]) -> bytes:
    """Turtle of triples at hand, with headings by the kinds they themselves tell; the bytes depend on them alone."""
    found = list(triples)
    out = io.BytesIO()
    headings = Headings(graph, described(found))
    write_turtle(found, headings, IriCompactor(graph.prefixes, graph.base), out, named=False)
    return out.getvalue()


def jsonld(graph: Queryable, triples: Iterable[ox.Triple], terms: Context | None = None) -> bytes:
    """JSON-LD of triples at hand, in the words of `terms` (None: those that the prefixes of the graph give).

    Raises UsageError for what JSON-LD has no word for.
    """
    from itasgraph.serializers import jsonld

    found = list(triples)
    out = io.BytesIO()
    jsonld.write(found, Headings(graph, described(found)), terms or _prefixes(graph), out, named=False)
    return out.getvalue()


def _prefixes(graph: Queryable) -> Context:
    return Context({"@base": graph.base, **graph.prefixes})


def rdfxml(graph: Queryable, triples: Iterable[ox.Triple]) -> bytes:
    """RDF/XML of triples at hand. Raises UsageError for a predicate or a character that XML has no place for."""
    out = io.BytesIO()
    _rdfxml(triples, graph, out)
    return out.getvalue()


def _lines(found: Iterable[Statement], named: bool) -> Iterator[bytes]:
    """Statements in canonical N-Triples or N-Quads (RDF 1.2, section 4 of each)."""
    for statement in found:
        shown = statement.triple if isinstance(statement, ox.Quad) and not named else statement
        yield f"{shown} .\n".encode()


def _rdfxml(found: Iterable[Statement], graph: Queryable, out: BinaryIO) -> None:
    """RDF/XML by Oxigraph's writer, which shortens predicates only, over sorted triples."""
    compactor = IriCompactor(graph.prefixes, "")
    lines = external_sort.distinct(_fit_for_xml(found, compactor))
    first = _parsed(islice(lines, 1))
    triples = chain(list(first), _parsed(lines))  # by the first, every predicate is known
    ox.serialize(
        triples, cast("io.BytesIO", _CarriageReturns(out)), ox.RdfFormat.RDF_XML, prefixes=compactor.used_prefixes
    )


def _fit_for_xml(found: Iterable[Statement], compactor: IriCompactor) -> Iterator[bytes]:
    predicates: set[str] = set()
    for line in _lines(found, named=False):
        predicates.add(line.split(b" ", 2)[1].decode()[1:-1])
        if character := _NOT_IN_XML.search(line.decode()):
            raise UsageError("no-xml-character", text=rf"\{character[1] or ascii(character[0])[2:-1]}")
        yield line
    for predicate in sorted(predicates):
        compactor.prefixed_name(predicate)
        if not _NAME_AT_END.search(predicate):
            raise UsageError("no-xml-name", iri=predicate)


def _parsed(lines: Iterable[bytes]) -> Iterator[ox.Triple]:
    lines = iter(lines)
    while batch := b"".join(islice(lines, _BATCH)):
        yield from (quad.triple for quad in ox.parse(batch, ox.RdfFormat.N_TRIPLES))


class _CarriageReturns:
    """XML on its way out; what stands for a line's end in a text is escaped, or readers would change it (XML 1.0, 2.11)."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def write(self, data: bytes) -> int:
        self._out.write(data.replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        self._out.flush()
