"""The publication of our named graphs to a triple store, each as a whole, without touching other graphs.

A graph that the store has already is not sent again. After an interruption the next run does the rest, because it
compares with the store. Temporary files hold the graphs, so memory does not grow with them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

from itasgraph import messages
from itasgraph.errors import ItasgraphError, UsageError
from itasgraph.parsing.jsonld_context import Context
from itasgraph.store.endpoint import Endpoint, GraphStore
from itasgraph.store.http_messages import RequestBody, SpooledContent
from itasgraph.store.queryable import Statement
from itasgraph.util import external_sort
from itasgraph.vocabulary import ITAS

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

_VOCABULARY: Final = ITAS.iri.removesuffix("#")
# A triple with a blank node, which each store labels in its own way, or with a triple term that may hold one.
_BLANK: Final = re.compile(rb"(?:\S+ \S+ )?(?:_:|<<)")
# The suffix of a store's address for graphs → the suffixes for queries and updates: Oxigraph; Fuseki; Virtuoso; RDF4J and GraphDB.
_ADDRESSES: Final = {
    "/store": ("/query", "/update"),
    "/data": ("/query", "/update"),
    "/sparql-graph-crud-auth": ("/sparql", "/sparql-auth"),
    "/rdf-graphs/service": ("", "/statements"),
}
# Servers whose PUT is one transaction, as our tests show.
_TRANSACTIONAL: Final = ("Oxigraph/",)


class Guarantee(Enum):
    """The state of a graph in the store while it is replaced."""

    WHOLE = "publish-in-transaction"
    MOVED = "publish-by-move"
    NONE = "publish-without-transaction"


class State(Enum):
    """The action on a graph."""

    SAME = "publish-same"
    ADD = "publish-add"
    REPLACE = "publish-replace"
    SURPLUS = "publish-surplus"
    REMOVE = "publish-remove"


class Comparison(Enum):
    """The result of comparing a graph in the store with ours."""

    CONTENT = "publish-content"
    COUNT = "publish-count"
    REWRITTEN = "publish-rewritten"


class GraphChange(NamedTuple):
    """The action on a graph, the numbers of its triples in the store before and after, and the result of comparing them."""

    state: State
    name: str
    before: int
    after: int
    comparison: Comparison = Comparison.CONTENT

    @property
    def changes(self) -> bool:
        """Return whether the change changes the store."""
        return self.state not in (State.SAME, State.SURPLUS)

    def render(self, terms: Context, lang: str) -> str:
        """Return one line: the action, the graph, and the number of its triples."""
        width = max(len(messages.render(messages.as_code(state.value), lang)) for state in State)
        what = messages.render(messages.as_code(self.state.value), lang).ljust(width)
        facts = {"before": self.before, "after": self.after, "number": self.after or self.before}
        numbers = messages.render(_NUMBERS.get(self.state, "publish-number"), lang, **facts)
        note = (
            ""
            if self.comparison is Comparison.CONTENT
            else f" {messages.render(messages.as_code(self.comparison.value), lang)}"
        )
        return f"{what}  {terms.compact(self.name)}  {numbers}{note}"


_NUMBERS: Final[Mapping[State, Code]] = {State.REPLACE: "publish-numbers", State.SURPLUS: "publish-surplus-number"}


@dataclass(frozen=True)
class GraphContent:
    """The content of a graph: its sorted triples, their number, and their SHA-256 ("" where there are blank nodes)."""

    name: str
    body: RequestBody
    count: int
    digest: str


def open_store(url: str, query: str, update: str, terms: Context, timeout: float | None) -> GraphStore:
    """Return the store whose graphs are at `url`; its other addresses follow from `url` where they are empty.

    Raises UsageError where they do not follow, or for an invalid address.
    """
    suffix = next((one for one in _ADDRESSES if url.endswith(one)), "")
    if not (suffix or query):
        raise UsageError("publish-query", known=", ".join(f"…{one}" for one in _ADDRESSES))
    others = [url.removesuffix(suffix) + other for other in _ADDRESSES.get(suffix, ())] or ["", ""]
    endpoint = Endpoint(query or others[0], terms.prefixes, terms.base, timeout)
    return GraphStore(url, endpoint, update or others[1])


@dataclass(frozen=True)
class Publication:
    """Graphs and the store to fill; where they are `complete`, other graphs below the base are surplus."""

    store: GraphStore
    graphs: list[GraphContent]
    base: str
    complete: bool

    @property
    def staging(self) -> str:
        """Return the IRI of the graph that holds a graph before it is moved to its own IRI."""
        return f"{self.base}publish/staging"

    @cached_property
    def guarantee(self) -> Guarantee:
        _ = self._remote_counts
        if self.store.software.startswith(_TRANSACTIONAL):
            return Guarantee.WHOLE
        return Guarantee.MOVED if self.store.moves else Guarantee.NONE

    def plan(self, prune: bool) -> Iterator[GraphChange]:
        """Yield the changes, graph by graph, without making them."""
        for graph in self.graphs:
            yield self._change(graph)
        yield from self._surplus(prune)

    def carry_out(self, prune: bool) -> Iterator[GraphChange]:
        """Make the changes; yield each when it is made and checked. Raises ItasgraphError where a check fails."""
        self.store.drop(self.staging)  # the server asks for credentials now, before a long body is sent
        for graph in self.graphs:
            change = self._change(graph)
            if change.state is not State.SAME:
                change = change._replace(comparison=self._put(graph))
            yield change
        for change in self._surplus(prune):
            if change.state is State.REMOVE:
                self.store.drop(change.name)
            yield change

    @cached_property
    def _remote_counts(self) -> dict[str, int]:
        """Return our graphs in the store, each with its number of triples."""
        others = ", ".join(f"<{graph.name}>" for graph in self.graphs if not graph.name.startswith(self.base))
        begins = f"STRSTARTS(STR(?g), {ox.Literal(self.base)})"
        return self.store.counts(f"{begins} || ?g IN ({others})" if others else begins)

    def _change(self, graph: GraphContent) -> GraphChange:
        before = self._remote_counts.get(graph.name, 0)
        if before == graph.count and self._compare_content(graph) is Comparison.CONTENT:
            return GraphChange(State.SAME, graph.name, before, before)
        return GraphChange(State.REPLACE if before else State.ADD, graph.name, before, graph.count)

    def _surplus(self, prune: bool) -> Iterator[GraphChange]:
        ours = {self.staging, *(graph.name for graph in self.graphs)}
        state = State.REMOVE if prune else State.SURPLUS
        for name in sorted(self._remote_counts.keys() - ours) if self.complete else ():
            yield GraphChange(state, name, self._remote_counts[name], 0)

    def _put(self, graph: GraphContent) -> Comparison:
        if self.guarantee is Guarantee.MOVED:
            self.store.put(self.staging, graph.body)
            self._check_count(self.staging, graph)
            self.store.move(self.staging, graph.name)
        else:
            self.store.put(graph.name, graph.body)
        self._check_count(graph.name, graph)
        return self._compare_content(graph)

    def _check_count(self, name: str, graph: GraphContent) -> None:
        count = self.store.count(name)
        if count != graph.count:
            raise ItasgraphError("publish-differs", url=self.store.address, graph=name, sent=graph.count, count=count)

    def _compare_content(self, graph: GraphContent) -> Comparison:
        """Compare contents where that is possible: not with blank nodes, nor where a server returns only a part of a graph."""
        if not graph.digest:
            return Comparison.COUNT
        summary = _Summary()
        for _ in summary.pass_on(external_sort.sort_unique(self.store.lines(graph.name))):
            pass
        if summary.count != graph.count:
            return Comparison.COUNT
        return Comparison.CONTENT if summary.digest == graph.digest else Comparison.REWRITTEN


def graph_contents(statements: Iterable[Statement], default_graph: str = "") -> list[GraphContent]:
    """Return the contents of the graphs of statements; those in no graph go to `default_graph`.

    Raises UsageError where `default_graph` is "" and needed, and for a graph whose name is a blank node.
    """
    summaries: list[tuple[str, int, _Summary]] = []

    def chunks() -> Iterator[bytes]:
        start = 0
        for name, lines in groupby(
            external_sort.sort_unique(_lines(statements, default_graph)), lambda line: line.partition(b" ")[0]
        ):
            summary = _Summary()
            summaries.append((name.decode(), start, summary))
            yield from summary.pass_on(line.partition(b" ")[2] for line in lines)
            start += summary.size

    content = SpooledContent(chunks())
    return [
        GraphContent(name, RequestBody(content, start, one.size), one.count, one.digest)
        for name, start, one in summaries
    ]


def check_graphs(graphs: Iterable[GraphContent], terms: Context, default_graph: str = "") -> None:
    """Raise UsageError for a graph that is neither under the base, nor our vocabulary, nor `default_graph`."""
    for graph in graphs:
        if not graph.name.startswith(terms.base) and graph.name not in (_VOCABULARY, default_graph):
            raise UsageError("publish-other-base", graph=graph.name, base=terms.base)


def graph_name(name: str, terms: Context) -> str:
    """Return the IRI of a graph that the user names, relative to the base. Raises UsageError for an invalid name."""
    if fault := terms.fault_of(name):
        raise UsageError("publish-name", name=name, reason=fault)
    return terms.expand(name)


def _lines(statements: Iterable[Statement], default_graph: str) -> Iterator[bytes]:
    for one in statements:
        yield f"{_graph(one, default_graph)} {one.triple if isinstance(one, ox.Quad) else one} .\n".encode()


def _graph(statement: Statement, default_graph: str) -> str:
    graph = statement.graph_name if isinstance(statement, ox.Quad) else ox.DefaultGraph()
    if isinstance(graph, ox.NamedNode):
        return graph.value
    if isinstance(graph, ox.BlankNode) or not default_graph:
        raise UsageError("publish-without-graph", triple=f"{statement}"[:200])
    return default_graph


class _Summary:
    """The count, size and SHA-256 of the lines that pass through."""

    def __init__(self) -> None:
        self.count = self.size = 0
        self._blank = False
        self._digest = hashlib.sha256()

    @property
    def digest(self) -> str:
        return "" if self._blank else self._digest.hexdigest()

    def pass_on(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        for line in lines:
            self.count += 1
            self.size += len(line)
            self._blank = self._blank or _BLANK.match(line) is not None
            self._digest.update(line)
            yield line
