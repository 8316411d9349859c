"""Our named graphs → a triple store, each as a whole, and no other graph touched.

What is there already stays; what was interrupted, the next run finishes, since it starts from what the store holds. Graphs
wait in temporary files, so that memory does not grow with them.
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
from itasgraph.store.http import Body, Content
from itasgraph.store.queryable import Statement
from itasgraph.util import external_sort
from itasgraph.vocabulary import ITAS

if TYPE_CHECKING:
    from itasgraph.messages.codes import Code

_VOCABULARY: Final = ITAS.iri.removesuffix("#")
# A triple with a blank node, whose label is each store's own affair, or with a triple inside that may hold one.
_BLANK: Final = re.compile(rb"(?:\S+ \S+ )?(?:_:|<<)")
# Where a store wants its graphs → its addresses for queries and for updates: Oxigraph; Fuseki; Virtuoso; RDF4J and GraphDB.
_ADDRESSES: Final = {
    "/store": ("/query", "/update"),
    "/data": ("/query", "/update"),
    "/sparql-graph-crud-auth": ("/sparql", "/sparql-auth"),
    "/rdf-graphs/service": ("", "/statements"),
}
# Servers whose PUT is one transaction, as the tests show of them.
_TRANSACTIONAL: Final = ("Oxigraph/",)


class Guarantee(Enum):
    """What the store holds of a graph while it is replaced."""

    WHOLE = "publish-whole"
    MOVED = "publish-moved"
    NONE = "publish-none"


class State(Enum):
    """What is to be done about a graph."""

    SAME = "publish-same"
    ADD = "publish-add"
    REPLACE = "publish-replace"
    LEFT = "publish-left"
    REMOVE = "publish-remove"


class Checked(Enum):
    """How a graph in the store was compared with ours."""

    CONTENT = "publish-content"
    COUNT = "publish-count"
    REWRITTEN = "publish-rewritten"


class Change(NamedTuple):
    """What becomes of a graph, how many triples of it the store holds before and after, and how that was checked."""

    state: State
    name: str
    before: int
    after: int
    checked: Checked = Checked.CONTENT

    @property
    def changes(self) -> bool:
        """Whether the store is another one afterwards."""
        return self.state not in (State.SAME, State.LEFT)

    def render(self, terms: Context, lang: str) -> str:
        """One line: what, which graph, how many triples."""
        width = max(len(messages.render(messages.as_code(state.value), lang)) for state in State)
        what = messages.render(messages.as_code(self.state.value), lang).ljust(width)
        facts = {"before": self.before, "after": self.after, "number": self.after or self.before}
        numbers = messages.render(_NUMBERS.get(self.state, "publish-number"), lang, **facts)
        note = (
            "" if self.checked is Checked.CONTENT else f" {messages.render(messages.as_code(self.checked.value), lang)}"
        )
        return f"{what}  {terms.compact(self.name)}  {numbers}{note}"


_NUMBERS: Final[Mapping[State, Code]] = {State.REPLACE: "publish-numbers", State.LEFT: "publish-surplus"}


@dataclass(frozen=True)
class Part:
    """A graph on its way: its sorted triples, how many, and their SHA-256 ("" where blank nodes make it worthless)."""

    name: str
    body: Body
    count: int
    digest: str


def store(url: str, query: str, update: str, terms: Context, timeout: float | None) -> GraphStore:
    """The store whose graphs are at `url`; its other addresses follow from that where they are not given.

    Raises UsageError where they do not, or for an address that is none.
    """
    ending = next((known for known in _ADDRESSES if url.endswith(known)), "")
    if not (ending or query):
        raise UsageError("publish-query", known=", ".join(f"…{known}" for known in _ADDRESSES))
    others = [url.removesuffix(ending) + other for other in _ADDRESSES.get(ending, ())] or ["", ""]
    endpoint = Endpoint(query or others[0], terms.prefixes, terms.base, timeout)
    return GraphStore(url, endpoint, update or others[1])


@dataclass(frozen=True)
class Publication:
    """Graphs of ours and the store they go to; `complete` where they are all there are, so that others of ours are left over."""

    store: GraphStore
    parts: list[Part]
    base: str
    complete: bool

    @property
    def staging(self) -> str:
        """The graph that a graph waits in before it is moved to its place."""
        return f"{self.base}publish/staging"

    @cached_property
    def guarantee(self) -> Guarantee:
        _ = self._held
        if self.store.software.startswith(_TRANSACTIONAL):
            return Guarantee.WHOLE
        return Guarantee.MOVED if self.store.moves else Guarantee.NONE

    def plan(self, prune: bool) -> Iterator[Change]:
        """What there is to do, graph by graph; nothing is changed."""
        for part in self.parts:
            yield self._change(part)
        yield from self._left(prune)

    def carry_out(self, prune: bool) -> Iterator[Change]:
        """Do it; each change is handed out when it is done and checked. Raises ItasgraphError where a check fails."""
        self.store.drop(self.staging)  # also lets the server ask who writes, before anything long is sent
        for part in self.parts:
            change = self._change(part)
            if change.state is not State.SAME:
                change = change._replace(checked=self._put(part))
            yield change
        for change in self._left(prune):
            if change.state is State.REMOVE:
                self.store.drop(change.name)
            yield change

    @cached_property
    def _held(self) -> dict[str, int]:
        """The graphs of ours that the store holds, and how many triples."""
        others = ", ".join(f"<{part.name}>" for part in self.parts if not part.name.startswith(self.base))
        begins = f"STRSTARTS(STR(?g), {ox.Literal(self.base)})"
        return self.store.counts(f"{begins} || ?g IN ({others})" if others else begins)

    def _change(self, part: Part) -> Change:
        before = self._held.get(part.name, 0)
        if before == part.count and self._compared(part) is Checked.CONTENT:
            return Change(State.SAME, part.name, before, before)
        return Change(State.REPLACE if before else State.ADD, part.name, before, part.count)

    def _left(self, prune: bool) -> Iterator[Change]:
        ours = {self.staging, *(part.name for part in self.parts)}
        state = State.REMOVE if prune else State.LEFT
        for name in sorted(self._held.keys() - ours) if self.complete else ():
            yield Change(state, name, self._held[name], 0)

    def _put(self, part: Part) -> Checked:
        if self.guarantee is Guarantee.MOVED:
            self.store.put(self.staging, part.body)
            self._count(self.staging, part)
            self.store.move(self.staging, part.name)
        else:
            self.store.put(part.name, part.body)
        self._count(part.name, part)
        return self._compared(part)

    def _count(self, name: str, part: Part) -> None:
        found = self.store.count(name)
        if found != part.count:
            raise ItasgraphError("publish-differs", url=self.store.shown, graph=name, sent=part.count, found=found)

    def _compared(self, part: Part) -> Checked:
        """Compare contents where they can be: blank nodes cannot, and some servers hand out the beginning of a graph only."""
        if not part.digest:
            return Checked.COUNT
        found = _Summary()
        for _ in found.over(external_sort.distinct(self.store.lines(part.name))):
            pass
        if found.count != part.count:
            return Checked.COUNT
        return Checked.CONTENT if found.digest == part.digest else Checked.REWRITTEN


def parts(statements: Iterable[Statement], into: str = "") -> list[Part]:
    """The graphs of statements, by name; what stands in none goes to the graph `into`.

    Raises UsageError where that is "", and for a graph that has no name others know.
    """
    found: list[tuple[str, int, _Summary]] = []

    def bodies() -> Iterator[bytes]:
        start = 0
        for name, lines in groupby(
            external_sort.distinct(_lines(statements, into)), lambda line: line.partition(b" ")[0]
        ):
            summary = _Summary()
            found.append((name.decode(), start, summary))
            yield from summary.over(line.partition(b" ")[2] for line in lines)
            start += summary.size

    content = Content(bodies())
    return [Part(name, Body(content, start, one.size), one.count, one.digest) for name, start, one in found]


def check_ours(found: Iterable[Part], terms: Context, into: str = "") -> None:
    """Raise UsageError for a graph that is neither under the base, nor our vocabulary, nor the one named `into`."""
    for part in found:
        if not part.name.startswith(terms.base) and part.name not in (_VOCABULARY, into):
            raise UsageError("publish-foreign", graph=part.name, base=terms.base)


def graph_name(given: str, terms: Context) -> str:
    """The IRI of a graph named by the user, relative to the base. Raises UsageError for what is none."""
    if fault := terms.fault_of(given):
        raise UsageError("publish-name", name=given, reason=fault)
    return terms.expand(given)


def _lines(statements: Iterable[Statement], into: str) -> Iterator[bytes]:
    for one in statements:
        yield f"{_graph(one, into)} {one.triple if isinstance(one, ox.Quad) else one} .\n".encode()


def _graph(statement: Statement, into: str) -> str:
    graph = statement.graph_name if isinstance(statement, ox.Quad) else ox.DefaultGraph()
    if isinstance(graph, ox.NamedNode):
        return graph.value
    if isinstance(graph, ox.BlankNode) or not into:
        raise UsageError("publish-nameless", triple=f"{statement}"[:200])
    return into


class _Summary:
    """Counts lines as they go by, and takes their SHA-256."""

    def __init__(self) -> None:
        self.count = self.size = 0
        self._blank = False
        self._digest = hashlib.sha256()

    @property
    def digest(self) -> str:
        return "" if self._blank else self._digest.hexdigest()

    def over(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        for line in lines:
            self.count += 1
            self.size += len(line)
            self._blank = self._blank or _BLANK.match(line) is not None
            self._digest.update(line)
            yield line
