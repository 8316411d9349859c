"""A graph behind a SPARQL 1.1 endpoint, queried by the SPARQL 1.1 Protocol.

The same queries give the same rows where the endpoint's default graph holds the union of our graphs: load the Turtle
export into it. An endpoint that keeps named graphs out of its default graph (an Oxigraph server without
`--union-default-graph`) answers plain SPARQL from the default graph only.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Final, TypeVar, cast

import pyoxigraph as ox

from itasgraph import formats
from itasgraph.errors import ItasgraphError, UsageError
from itasgraph.parsing import query_guard, reader_guard, sparql_tokens
from itasgraph.parsing.iri_compaction import SCHEME
from itasgraph.store.http import RemoteServer
from itasgraph.store.http_messages import HttpAnswer, HttpRequest, RequestBody
from itasgraph.store.http_responses import MethodRefused, NotFound
from itasgraph.store.queryable import GRAPH_SIZES, Queryable, Result, value

F = TypeVar("F", ox.QueryResultsFormat, ox.RdfFormat)

_ROWS: Final = {
    media_type: cast("ox.QueryResultsFormat", ox.QueryResultsFormat.from_media_type(format_.media_types[0]))
    for format_ in (formats.JSON, formats.XML, formats.TSV)
    for media_type in format_.media_types
}
_TRIPLES: Final = {
    media_type: cast("ox.RdfFormat", ox.RdfFormat.from_media_type(format_.media_types[0]))
    for format_ in (formats.NTRIPLES, formats.TURTLE, formats.RDFXML)
    for media_type in format_.media_types
    if media_type != "text/plain"  # error pages have it, too
}
_ACCEPTED: Final = {
    "SELECT": "application/sparql-results+json, application/sparql-results+xml;q=0.8, text/tab-separated-values;q=0.1",
    "CONSTRUCT": "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5",
}
_FORMS: Final = {"SELECT": "SELECT", "ASK": "SELECT", "CONSTRUCT": "CONSTRUCT", "DESCRIBE": "CONSTRUCT"}
# The formats in which a truncated answer is a valid shorter answer.
_TRUNCATABLE: Final = (ox.QueryResultsFormat.TSV, ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES)
_FORM: Final = re.compile(r"[a-z]*", re.I)
_RELATIVE: Final = re.compile(rf"<(?!{SCHEME}:)[^\s<>]*>")
_MAX_REASON: Final = 200
# The errors of code that reads an answer without a variable or value which the query demands, or with terms of another kind.
# Our queries demand what their readers need (FILTER, no OPTIONAL), so only a server that violates SPARQL causes them; to
# check the answers of some eighty queries one by one would repeat the same in eighty places.
_MISFIT_ERRORS: Final = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)


@dataclass
class Endpoint(Queryable):
    """A SPARQL endpoint; `timeout` (seconds, None: no limit) limits each query as a whole.

    Raise UsageError for an invalid address, or one with credentials.
    """

    url: str
    prefixes: dict[str, str]
    base: str
    timeout: float | None = None

    def __post_init__(self) -> None:
        self._takes_get_only = False
        _ = self._server

    @cached_property
    def _server(self) -> RemoteServer:
        return RemoteServer(self.url, self.timeout)

    def query(self, text: str) -> Result:
        """Run SPARQL 1.1. The whole answer is received and checked before its first row is returned.

        The endpoint itself limits nesting. SERVICE is refused as elsewhere: the endpoint would call the host on behalf of
        the user, and so a query in the project of somebody else could send data of the endpoint away.
        """
        query_guard.refuse_services(text, self.services, prefixes=self.prefixes, base=self.base)
        complete_text, form = complete_query(text, self.prefixes, self.base)
        try:
            complete_text.encode()
        except UnicodeEncodeError as error:
            raise UsageError(
                "invalid-sparql", reason=ascii(complete_text[error.start : error.end]), snippet=""
            ) from error
        answer = self._answer(complete_text, _ACCEPTED[_FORMS[form]])
        try:
            if _FORMS[form] == "CONSTRUCT":
                return self._triples(answer)
            rows = self._rows(answer)
            if form == "ASK":
                return _boolean(rows)
            if isinstance(rows, ox.QuerySolutions):
                return rows
            reason = "boolean"
        except SyntaxError as error:
            reason = error.msg.splitlines()[0][:_MAX_REASON]
        # Not raised from the SyntaxError: its frames hold objects of Oxigraph, which must not be freed in another thread.
        raise ItasgraphError("endpoint-unreadable", url=self._server.address, reason=reason)

    def _answer(self, text: str, accept: str) -> HttpAnswer:
        """Send a query with POST, whose length is not limited, or with GET where the server takes that only."""
        if not self._takes_get_only:
            try:
                return self._server.send(HttpRequest("POST", accept, form={"query": text}))
            except MethodRefused:
                self._takes_get_only = True
        return self._server.send(HttpRequest("GET", accept, parameters={"query": text}))

    def triples(self) -> Iterator[ox.Triple]:
        triples = self.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        assert isinstance(triples, list)
        return iter(triples)

    def quads(self) -> Iterator[ox.Quad]:
        rows = self.select("SELECT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        quads = [ox.Quad(row["s"], row["p"], row["o"], row["g"]) for row in rows]
        in_named_graphs = {quad.triple for quad in quads}
        yield from quads
        yield from (ox.Quad(t.subject, t.predicate, t.object) for t in self.triples() if t not in in_named_graphs)

    def _rows(self, answer: HttpAnswer) -> ox.QuerySolutions | ox.QueryBoolean:
        format_ = _format(answer, _ROWS, self._server.address)
        if not answer.content.rewind().read(1):
            raise ItasgraphError("endpoint-empty", url=self._server.address)
        results = ox.parse_query_results(_content(answer, format_), format_)
        if isinstance(results, ox.QuerySolutions):
            with Path(os.devnull).open("wb") as nowhere:
                results.serialize(nowhere, ox.QueryResultsFormat.JSON)  # reads every row
        return ox.parse_query_results(answer.content.rewind(), format_)

    def _triples(self, answer: HttpAnswer) -> list[ox.Triple]:
        format_ = _format(answer, _TRIPLES, self._server.address)
        quads = ox.parse(_content(answer, format_), format_, base_iri=self.url)
        return list(dict.fromkeys(quad.triple for quad in quads))

    @property
    def software(self) -> str:
        """Return the name by which the server calls itself, or "" before its first answer."""
        return self._server.software


@contextmanager
def map_exceptions(url: str) -> Iterator[None]:
    """Raise ItasgraphError where the answer of an endpoint does not fit the query."""
    try:
        yield
    except UnicodeError:  # an argument of the user that is no UTF-8
        raise
    except _MISFIT_ERRORS as error:
        raise ItasgraphError("endpoint-wrong-answer", url=RemoteServer(url, None).address) from error


class GraphStore:
    """A triple store that can be filled, graph by graph (SPARQL 1.1 Graph Store HTTP Protocol).

    `update` is its address for SPARQL 1.1 Update, or "" where there is none. Raise UsageError for an invalid address.
    """

    def __init__(self, url: str, endpoint: Endpoint, update: str = "") -> None:
        self._graphs = RemoteServer(url, endpoint.timeout)
        self._endpoint = endpoint
        self._updates = RemoteServer(update, endpoint.timeout) if update else None
        self.address = self._graphs.address

    @property
    def software(self) -> str:
        """Return the name by which the server calls itself, or "" before its first answer to `count` or `counts`."""
        return self._endpoint.software

    @property
    def moves(self) -> bool:
        """Return whether a graph can be moved."""
        return self._updates is not None

    def counts(self, condition: str) -> dict[str, int]:
        """Return the number of triples of each graph whose IRI `?g` fulfils a condition of SPARQL."""
        rows = self._endpoint.select(f"SELECT ?g ?n {{ {{ {GRAPH_SIZES} }} FILTER({condition}) }}")
        with map_exceptions(self._endpoint.url):
            return {value(row["g"]): int(row["n"].value) for row in rows}

    def count(self, name: str) -> int:
        """Return the number of triples of a graph."""
        rows = self._endpoint.select(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{name}> {{ ?s ?p ?o }} }}")
        with map_exceptions(self._endpoint.url):
            (row,) = rows
            return int(row["n"].value)

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield the triples of a graph in canonical N-Triples, one a line, in any order; none where the graph does not exist."""
        try:
            answer = self._graphs.send(HttpRequest("GET", _ACCEPTED["CONSTRUCT"], {"graph": name}))
        except NotFound:
            return
        format_ = _format(answer, _TRIPLES, self.address)
        try:
            for quad in ox.parse(_content(answer, format_), format_, base_iri=name):
                yield f"{quad.triple} .\n".encode()
        except SyntaxError as error:
            reason = error.msg.splitlines()[0][:_MAX_REASON]
            raise ItasgraphError("endpoint-unreadable", url=self.address, reason=reason) from error

    def put(self, name: str, body: RequestBody) -> None:
        """Replace the content of a graph by triples in N-Triples."""
        kind = "application/n-triples"
        self._graphs.send(HttpRequest("PUT", parameters={"graph": name}, body=body, kind=kind, writes=True))

    def drop(self, name: str) -> None:
        """Remove a graph, if it exists."""
        with suppress(NotFound):
            self._graphs.send(HttpRequest("DELETE", parameters={"graph": name}, writes=True))

    def move(self, source: str, target: str) -> None:
        """Move a graph to another IRI and replace the graph there (SPARQL 1.1 Update, section 3.2.4)."""
        assert self._updates is not None
        text = f"MOVE GRAPH <{source}> TO GRAPH <{target}>"
        self._updates.send(HttpRequest("POST", form={"update": text}, writes=True))


def _format(answer: HttpAnswer, known: Mapping[str, F], url: str) -> F:
    format_ = known.get(answer.kind)
    if format_ is None:
        raise ItasgraphError("endpoint-type", url=url, type=ascii(answer.kind)[1:-1] or "–")
    if format_ in _TRUNCATABLE and not answer.complete:
        raise ItasgraphError("endpoint-unknown-length", url=url)
    return format_


def complete_query(text: str, prefixes: Mapping[str, str], base: str) -> tuple[str, str]:
    """Return a query with the BASE and PREFIX lines that it needs and lacks, and its query form in capitals ("SELECT").

    No line is added, so that line numbers in errors of the server are those of the text. A base must come first, before the prefixes
    (Virtuoso 7 insists). Raise UsageError for a text that is no query, such as an update.

    >>> complete_query("SELECT * { <a> x:b ?c }", {"x": "http://x/", "y": "http://y/"}, "http://e/")
    ('BASE <http://e/> PREFIX x: <http://x/> SELECT * { <a> x:b ?c }', 'SELECT')
    """
    prologue = sparql_tokens.prologue(text)
    form = _FORM.match(text, prologue.end)
    assert form is not None
    if form[0].upper() not in _FORMS:
        raise UsageError("not-a-query", forms=", ".join(_FORMS))
    missing = sparql_tokens.undeclared_prefixes(text, prefixes).items()
    declarations = "".join(f"PREFIX {prefix}: <{namespace}> " for prefix, namespace in missing)
    first = f"BASE <{base}> " if not prologue.base and _RELATIVE.search(text) else ""
    return f"{first}{text[: prologue.end]}{declarations}{text[prologue.end :]}", form[0].upper()


def _content(answer: HttpAnswer, format_: ox.QueryResultsFormat | ox.RdfFormat) -> IO[bytes]:
    return reader_guard.safe_file(answer.content.rewind(), format_)


def _boolean(rows: ox.QuerySolutions | ox.QueryBoolean) -> ox.QueryBoolean:
    """Return the answer to ASK; Virtuoso 7 sends some as a table that contains 1."""
    if isinstance(rows, ox.QueryBoolean):
        return rows
    yes = any(term is not None and term.value in ("1", "true") for row in rows for term in row)
    text = b'{"head": {}, "boolean": %s}' % (b"true" if yes else b"false")
    boolean = ox.parse_query_results(text, ox.QueryResultsFormat.JSON)
    assert isinstance(boolean, ox.QueryBoolean)
    return boolean
