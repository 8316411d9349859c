"""How two things are connected: the shortest chains between them, with the words for each step."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final

from itasgraph.entities import names
from itasgraph.entities.labels import labels
from itasgraph.errors import UsageError
from itasgraph.network import builder
from itasgraph.parsing.jsonld_context import Context
from itasgraph.project import Project
from itasgraph.store.queryable import Queryable
from itasgraph.vocabulary import ITAS, SCHEMA

if TYPE_CHECKING:
    import networkx as nx

    Net = nx.MultiDiGraph[str]

NETWORK: Final = "links"
# There may be more chains of the same length than anybody reads, or memory holds.
MANY: Final = 1_000


@dataclass(frozen=True)
class Wanted:
    """The ends, as the user names them; kinds or names to lead through and to leave out; `most` is the longest length."""

    source: str
    target: str
    via: Sequence[str] = ()
    without: Sequence[str] = ()
    most: int | None = None


@dataclass(frozen=True)
class Found:
    """What was found of chains: the network asked, its chains (IRIs from end to end), their length, and what came near.

    Where there are no chains, `nearby` is the thing that can be reached from the source and is nearest to the target, `hubs`
    what a chain would lead through that was left out, `events` the events (with their days) at which both ends were without
    sharing a contribution, `common` what was left out although both ends are linked with it or part of it (such as the series
    of two events), and `length` is 0 unless the chain was longer than allowed.
    """

    network: Net
    source: str
    target: str
    chains: list[tuple[str, ...]]
    length: int
    more: bool = False
    nearby: str = ""
    hubs: tuple[str, ...] = ()
    events: tuple[tuple[str, str], ...] = ()
    common: tuple[str, ...] = ()


def find(graph: Queryable, project: Project, terms: Context, wanted: Wanted, lang: str) -> Found:
    """The shortest chains, in the order of their labels, MANY at most.

    Raises UsageError for names nobody has, ends that are left out or are one thing, and as `builder.build` does.
    """
    question = builder.find(NETWORK, project)
    whole = builder.build(graph, question.text, NETWORK)
    source, target = (_end(graph, whole, name, lang) for name in (wanted.source, wanted.target))
    if source == target:
        raise UsageError("same-ends", name=whole.nodes[source]["labels"][lang])
    listed = question.header.get("hubs") or []
    kinds = [terms.types.get(str(name), str(name)) for name in listed]
    hubs = _of_kinds(whole, kinds) - {source, target}
    meant = _Meant(graph, whole, terms, lang)
    without = _without(meant, wanted, {source, target})
    left_out = hubs - _via(meant, wanted, hubs, without)
    order = {thing: _by_label(whole, thing, lang) for thing in whole}
    little = {thing: len(kinds) - kinds.index(whole.nodes[thing]["kind"]) for thing in left_out}
    ends = _Ends(whole, source, target, order)
    found = _search(ends, little, without, wanted.most)
    if found.chains or found.length:
        return found
    events = _events(graph, source, target)
    # What two who were at one event have in common is its programme, not a topic that they may share.
    programme = {thing for thing in left_out if whole.nodes[thing]["kind"] in _PROGRAMME} if events else set()
    # What two parts of programmes have in common is the whole to which both belong.
    wholes = _common_wholes(whole, source, target)
    if wholes:
        programme |= (_wholes(whole, source) | _wholes(whole, target)) & left_out
    shared = (wholes | (_neighbours(whole, source) & _neighbours(whole, target))) & left_out - without
    common = sorted(shared, key=lambda thing: (thing not in wholes, little[thing], order[thing]))
    return replace(_apart(ends, little, without, wanted.most, programme), events=events, common=tuple(common))


def _neighbours(whole: Net, thing: str) -> set[str]:
    return {*whole.succ[thing], *whole.pred[thing]}


def _wholes(whole: Net, part: str) -> set[str]:
    """Return everything in a programme that a part belongs to, the part itself among it."""
    found, waiting = {part}, [part]
    while waiting:
        above = {thing for thing, relations in whole.adj[waiting.pop()].items() if SCHEMA.superEvent in relations}
        waiting += above - found
        found |= above
    return found


def _common_wholes(whole: Net, one: str, other: str) -> set[str]:
    """Return the smallest wholes to which both belong: those of which no part is a whole of both."""
    both = _wholes(whole, one) & _wholes(whole, other)
    return {thing for thing in both if not any(thing in _wholes(whole, part) for part in both - {thing})}


def _events(graph: Queryable, one: str, other: str) -> tuple[tuple[str, str], ...]:
    """Return the events at which two actors were who share no contribution, with their days ("" where none is stated)."""
    rows = graph.select(_SHARED_EVENTS.format(one=f"<{one}>", other=f"<{other}>"))
    return tuple((row["event"].value, row["date"].value if row["date"] is not None else "") for row in rows)


def _end(graph: Queryable, whole: Net, name: str, lang: str) -> str:
    thing = names.resolve(graph, name, lang=lang).value
    if thing not in whole:
        raise UsageError("not-in-network", name=name)
    return thing


def _by_label(whole: Net, thing: str, lang: str) -> tuple[str, str]:
    return str(whole.nodes[thing]["labels"][lang]).casefold(), thing


# --- what is left out -------------------------------------------------------------------------------------------------


def _of_kinds(whole: Net, kinds: Collection[str]) -> set[str]:
    return {thing for thing in whole if whole.nodes[thing]["kind"] in kinds}


@dataclass(frozen=True)
class _Meant:
    """Turns KIND or NAME into things of the network: a kind by its name in data files, its label or its plural."""

    graph: Queryable
    network: Net
    terms: Context
    lang: str

    def things(self, text: str) -> set[str]:
        kind = self.terms.types.get(text) or self._kinds().get(text.casefold())
        return _of_kinds(self.network, {kind}) if kind else {names.resolve(self.graph, text, lang=self.lang).value}

    def _kinds(self) -> dict[str, str]:
        rows = self.graph.select("""
            SELECT ?kind ?name WHERE { ?kind itas:shape ?shape ; rdfs:label|itas:plural ?name } ORDER BY DESC(?kind)""")
        return {row["name"].value.casefold(): row["kind"].value for row in rows}


def _without(meant: _Meant, wanted: Wanted, ends: set[str]) -> set[str]:
    """What must not be in a chain. The ends themselves may be of a kind that must not, but not be named."""
    found: set[str] = set()
    for text in wanted.without:
        things = meant.things(text)
        if len(things) == 1 and things <= ends:
            raise UsageError("end-left-out", name=text)
        found |= things
    return found - ends


def _via(meant: _Meant, wanted: Wanted, hubs: set[str], without: set[str]) -> set[str]:
    """Hubs that chains may lead through."""
    found: set[str] = set()
    for text in wanted.via:
        things = meant.things(text)
        if things & without:
            raise UsageError("both-ways", name=text)
        if not things & hubs:
            kinds = sorted({meant.network.nodes[hub]["kind"] for hub in hubs})
            known = labels(meant.graph, kinds, meant.lang)
            listed = ", ".join(sorted(known.get(kind) or meant.graph.compact(kind) for kind in kinds))
            raise UsageError("not-left-out", name=text, known=listed)
        found |= things
    return found


# --- the search -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Ends:
    """Where to search, between what, and what decides the order of chains of the same length."""

    network: Net
    source: str
    target: str
    order: Mapping[str, tuple[str, str]]


def _search(ends: _Ends, left_out: Mapping[str, int], without: set[str], most: int | None) -> Found:
    """`left_out` holds of each hub left out how little it says, from 1 on."""
    import networkx as nx

    open_ = _simple(ends.network, left_out.keys() | without)
    steps = nx.single_source_shortest_path_length(open_, ends.target)
    length = steps.get(ends.source, 0)
    if length and (most is None or length <= most):
        chains = list(islice(_chains(open_, ends, steps), MANY + 1))
        return Found(ends.network, ends.source, ends.target, chains[:MANY], length, len(chains) > MANY)
    if length:  # connected, but too far
        reached = nx.single_source_shortest_path_length(open_, ends.source, cutoff=most)
        nearby = min(reached, key=lambda thing: (steps[thing], ends.order[thing]))
        return Found(ends.network, ends.source, ends.target, [], length, nearby=nearby)
    return Found(ends.network, ends.source, ends.target, [], 0)


def _apart(
    ends: _Ends, left_out: Mapping[str, int], without: set[str], most: int | None, preferred: Collection[str]
) -> Found:
    """Find the things left out through which a chain would lead that says the most, and how far it comes without them.

    The shortest chain through no other things left out than the `preferred` ones goes before all others.
    """
    import networkx as nx

    nothing = Found(ends.network, ends.source, ends.target, [], 0)
    wide = _simple(ends.network, (left_out.keys() - preferred) | without)
    detour = 0
    if not nx.has_path(wide, ends.source, ends.target):
        wide = _simple(ends.network, without)
        detour = len(wide)
    # A hub costs more than any detour without one; of two, the one that says less costs more.
    costs = {thing: 1 + detour * left_out.get(thing, 0) for thing in wide}
    far = nx.single_source_dijkstra_path_length(wide, ends.target, weight=lambda _one, other, _: costs[other])
    if ends.source not in far:
        return nothing
    chain = [ends.source]
    while chain[-1] != ends.target:
        left = far[chain[-1]] - costs[chain[-1]]
        chain.append(min((one for one in wide[chain[-1]] if far[one] == left), key=ends.order.__getitem__))
    *_, nearby = takewhile(lambda thing: thing not in left_out, chain[: None if most is None else most + 1])
    short_enough = most is None or len(chain) - 1 <= most
    return replace(nothing, nearby=nearby, hubs=tuple(thing for thing in chain if thing in left_out and short_enough))


_PROGRAMME: Final = (ITAS.Section, SCHEMA.Event)
_SHARED_EVENTS: Final = """
    SELECT DISTINCT ?event ?date WHERE {{
      ?event itas:kind schema:Event .
      OPTIONAL {{ ?event schema:startDate ?date }}
      {{ ?talk itas:appearance/(org:member|org:organization) {one} . ?talk schema:superEvent+ ?event }}
      UNION {{ ?part schema:attendee {one} . ?part schema:superEvent* ?event }}
      {{ ?otherTalk itas:appearance/(org:member|org:organization) {other} . ?otherTalk schema:superEvent+ ?event }}
      UNION {{ ?otherPart schema:attendee {other} . ?otherPart schema:superEvent* ?event }}
      FILTER NOT EXISTS {{
        ?shared itas:appearance/(org:member|org:organization) {one} ; itas:appearance/(org:member|org:organization) {other}
      }}
    }} ORDER BY ?date ?event"""


def _simple(whole: Net, gone: Collection[str]) -> nx.Graph[str]:
    import networkx as nx

    found: nx.Graph[str] = nx.Graph()
    found.add_nodes_from(thing for thing in whole if thing not in gone)
    found.add_edges_from((a, b) for a, b in whole.edges() if a != b and a not in gone and b not in gone)
    return found


def _chains(graph: nx.Graph[str], ends: _Ends, steps: Mapping[str, int]) -> Iterator[tuple[str, ...]]:
    """All shortest chains, one after the other, in the order of the labels from the source on."""
    waiting: list[tuple[str, ...]] = [(ends.source,)]
    while waiting:
        chain = waiting.pop()
        if chain[-1] == ends.target:
            yield chain
            continue
        nearer = (thing for thing in graph[chain[-1]] if steps[thing] == steps[chain[-1]] - 1)
        waiting += [(*chain, thing) for thing in sorted(nearer, key=ends.order.__getitem__, reverse=True)]
