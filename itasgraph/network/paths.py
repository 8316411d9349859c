"""The shortest paths between two entries of the network `links`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final

from itasgraph.entities import names
from itasgraph.entities.labels import display_labels
from itasgraph.errors import UsageError
from itasgraph.network import attributes, builder, partial_network, path_area
from itasgraph.project import Project
from itasgraph.store.queryable import Queryable
from itasgraph.util.spelling import sort_key
from itasgraph.vocabulary import ITAS, RDF, SCHEMA

if TYPE_CHECKING:
    import networkx as nx

    from itasgraph.network.attributes import Net
    from itasgraph.questions.queries import Question

NETWORK: Final = "links"
# The network of a graph of others, in which no entry has a kind of ours; entries of one class are not connected by it.
_ALL_RELATIONS: Final = f"""
    SELECT ?source ?relation ?target WHERE {{
      ?source ?relation ?target FILTER(!isLiteral(?target) && ?relation != <{RDF.type}>)
      FILTER NOT EXISTS {{ ?entity <{ITAS.kind}> ?kind }}
    }}"""
# More relations of a graph of others would take more time and memory than a search is worth: an endpoint may hold millions.
RELATION_LIMIT: Final = 200_000
# More paths of the same length would exceed what people read, or what memory holds.
PATH_LIMIT: Final = 1_000


@dataclass(frozen=True)
class PathRequest:
    """The ends as the user names them, the kinds or names to allow as hubs and to exclude, and the greatest length in steps."""

    source: str
    target: str
    via: Sequence[str] = ()
    without: Sequence[str] = ()
    max_steps: int | None = None


@dataclass(frozen=True)
class PathResult:
    """The paths between two entities: IRIs from end to end, their length in steps, and whether there are `more`.

    Where there are no paths, `nearest` is the entity that can be reached from the source and is nearest to the target, `hubs`
    are the excluded entities through which a path would lead, `events` the events (with their days) at which both ends were
    without a common contribution, and `common` the excluded entities that both ends have an edge with or belong to (such as
    the series of two events). `length` is then 0 unless the path is longer than allowed.
    """

    network: Net
    source: str
    target: str
    paths: list[tuple[str, ...]]
    length: int
    more: bool = False
    nearest: str = ""
    hubs: tuple[str, ...] = ()
    events: tuple[tuple[str, str], ...] = ()
    common: tuple[str, ...] = ()


def find_paths(graph: Queryable, project: Project, request: PathRequest, lang: str) -> PathResult:
    """Return the shortest paths, in the order of their labels, at most PATH_LIMIT of them.

    In a graph of others all relations but rdf:type count. The header of the network's query says under `hubs:` which kinds are left out between the ends.

    Raises UsageError for names that no entity has, for ends that are excluded or equal, for a graph of others with more than
    RELATION_LIMIT relations, and as `builder.build` does.
    """
    question = builder.find_query(NETWORK, project)
    source, target = (names.resolve(graph, name, lang=lang).value for name in (request.source, request.target))
    if source == target:
        raise UsageError("same-ends", name=display_labels(graph, [source], lang)[source])
    kinds = [graph.terms.types.get(name, name) for name in question.values("hubs")]
    events = _SharedEvents(graph, source, target)
    ends = path_area.Ends(source, target, kinds)
    network = (
        _part(graph, question, request, ends, events)
        or builder.build(graph, question.text, NETWORK)
        or _all_relations(graph)
    )
    for name, entity in ((request.source, source), (request.target, target)):
        if entity not in network:
            raise UsageError("not-in-network", name=name)
    hubs = _of_kinds(network, kinds) - {source, target}
    resolver = _Resolver(graph, network, lang)
    without = _entities_to_exclude(resolver, request, {source, target})
    excluded = hubs - _hubs_to_allow(resolver, request, hubs, without)
    order = {entity: _by_label(network, entity, lang) for entity in network}
    ranks = {entity: len(kinds) - kinds.index(attributes.node(network, entity)["kind"]) for entity in excluded}
    space = SearchSpace(network, source, target, order)
    result = search(space, ranks, without, request.max_steps)
    if result.paths or result.length:
        return result
    # Two actors at one event have its programme in common, which explains more than a topic that they share.
    programme = (
        {entity for entity in excluded if attributes.node(network, entity)["kind"] in _PROGRAMME}
        if events.known
        else set()
    )
    # Two parts of programmes have the whole in common to which both belong.
    wholes = _common_wholes(network, source, target)
    if wholes:
        programme |= (_wholes(network, source) | _wholes(network, target)) & excluded
    shared = (wholes | (_neighbours(network, source) & _neighbours(network, target))) & excluded - without
    common = sorted(shared, key=lambda entity: (entity not in wholes, ranks[entity], order[entity]))
    return replace(
        _explain_gap(space, ranks, without, request.max_steps, programme), events=events.known, common=tuple(common)
    )


def _neighbours(network: Net, entity: str) -> set[str]:
    return {*network.succ[entity], *network.pred[entity]}


def _wholes(network: Net, part: str) -> set[str]:
    """Return the parts of a programme to which a part belongs, directly or not, and the part itself."""
    wholes, waiting = {part}, [part]
    while waiting:
        above = {entity for entity, relations in network.adj[waiting.pop()].items() if SCHEMA.superEvent in relations}
        waiting += above - wholes
        wholes |= above
    return wholes


def _common_wholes(network: Net, one: str, other: str) -> set[str]:
    """Return the smallest wholes to which both entities belong, that is without the wholes of other common wholes."""
    both = _wholes(network, one) & _wholes(network, other)
    return {entity for entity in both if not any(entity in _wholes(network, part) for part in both - {entity})}


class _SharedEvents:
    """The events of two actors without a common contribution."""

    def __init__(self, graph: Queryable, one: str, other: str) -> None:
        self._graph = graph
        self._text = _SHARED_EVENTS.format(one=f"<{one}>", other=f"<{other}>", present=_PRESENT)

    @cached_property
    def known(self) -> tuple[tuple[str, str], ...]:
        """The events, each with its day ("" where none is stated)."""
        rows = self._graph.select(self._text)
        return tuple((row["event"].value, row["date"].value if row["date"] is not None else "") for row in rows)


def _part(
    graph: Queryable, question: Question, request: PathRequest, ends: path_area.Ends, events: _SharedEvents
) -> Net | None:
    """Return the part of a large network in which the paths lie, or None where the whole is needed.

    Which hubs a request names is known from the whole only.
    """
    if request.via or request.without or not partial_network.is_large(graph):
        return None
    return path_area.read(graph, question, ends, lambda: _PROGRAMME if events.known else ())


def _all_relations(graph: Queryable) -> Net:
    """Return the network of a graph of others. Raises UsageError where it has too many relations."""
    if any(True for _ in graph.select(f"{_ALL_RELATIONS} OFFSET {RELATION_LIMIT} LIMIT 1")):
        raise UsageError("too-many-relations", limit=RELATION_LIMIT)
    return builder.build(graph, _ALL_RELATIONS, NETWORK)


def _by_label(network: Net, entity: str, lang: str) -> tuple[str, str]:
    return sort_key(attributes.node(network, entity)["labels"][lang])[0], entity


# --- exclusion -----------------------------------------------------------------------------------------------------


def _of_kinds(network: Net, kinds: Collection[str]) -> set[str]:
    return {entity for entity in network if attributes.node(network, entity)["kind"] in kinds}


@dataclass(frozen=True)
class _Resolver:
    """A resolver of KIND and NAME to entities of the network; it knows a kind by its name in data files, label and plural."""

    graph: Queryable
    network: Net
    lang: str

    def resolve(self, text: str) -> set[str]:
        kind = self.graph.terms.types.get(text) or self._kinds().get(text.casefold())
        return _of_kinds(self.network, {kind}) if kind else {names.resolve(self.graph, text, lang=self.lang).value}

    def _kinds(self) -> dict[str, str]:
        rows = self.graph.select("""
            SELECT ?kind ?name WHERE { ?kind itas:shape ?shape ; rdfs:label|itas:plural ?name } ORDER BY DESC(?kind)""")
        return {row["name"].value.casefold(): row["kind"].value for row in rows}


def _entities_to_exclude(resolver: _Resolver, request: PathRequest, ends: set[str]) -> set[str]:
    """Return the entities to exclude. The ends stay where their kind is excluded. Raises UsageError where an end is named."""
    entities: set[str] = set()
    for text in request.without:
        resolved = resolver.resolve(text)
        if len(resolved) == 1 and resolved <= ends:
            raise UsageError("without-end", name=text)
        entities |= resolved
    return entities - ends


def _hubs_to_allow(resolver: _Resolver, request: PathRequest, hubs: set[str], without: set[str]) -> set[str]:
    """Return the hubs through which paths may lead."""
    entities: set[str] = set()
    for text in request.via:
        resolved = resolver.resolve(text)
        if resolved & without:
            raise UsageError("via-and-without", name=text)
        if not resolved & hubs:
            kinds = {attributes.node(resolver.network, hub)["kind"] for hub in hubs}
            known = display_labels(resolver.graph, kinds, resolver.lang)
            raise UsageError("via-without-hub", name=text, known=", ".join(sorted(known.values())))
        entities |= resolved
    return entities


# --- the search -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SearchSpace:
    """The network, the two ends, and the sort key of each entity, which orders paths of the same length."""

    network: Net
    source: str
    target: str
    order: Mapping[str, tuple[str, str]]


def search(space: SearchSpace, excluded: Mapping[str, int], without: set[str], max_steps: int | None) -> PathResult:
    """Search the shortest paths; `excluded` maps each excluded hub to its rank: the larger the rank, the less a path through the hub says."""
    import networkx as nx

    reachable = _simple(space, excluded.keys() | without)
    steps = nx.single_source_shortest_path_length(reachable, space.target)
    length = steps.get(space.source, 0)
    if length and (max_steps is None or length <= max_steps):
        paths = list(islice(_shortest_paths(reachable, space, steps), PATH_LIMIT + 1))
        return PathResult(
            space.network, space.source, space.target, paths[:PATH_LIMIT], length, len(paths) > PATH_LIMIT
        )
    if length:  # connected, but too far
        reached = nx.single_source_shortest_path_length(reachable, space.source, cutoff=max_steps)
        nearest = min(reached, key=lambda entity: (steps[entity], space.order[entity]))
        return PathResult(space.network, space.source, space.target, [], length, nearest=nearest)
    return PathResult(space.network, space.source, space.target, [], 0)


def _explain_gap(
    space: SearchSpace,
    excluded: Mapping[str, int],
    without: set[str],
    max_steps: int | None,
    preferred: Collection[str],
) -> PathResult:
    """Find the excluded hubs of the path that says most, and the last entity that can be reached without them.

    A path whose excluded hubs are all `preferred` has precedence over all others.
    """
    import networkx as nx

    no_path = PathResult(space.network, space.source, space.target, [], 0)
    wider = _simple(space, (excluded.keys() - preferred) | without)
    detour = 0
    if not nx.has_path(wider, space.source, space.target):
        wider = _simple(space, without)
        detour = len(wider)
    # A hub costs more than any detour without a hub; of two hubs, the one that says less costs more.
    costs = {entity: 1 + detour * excluded.get(entity, 0) for entity in wider}
    distances = nx.single_source_dijkstra_path_length(wider, space.target, weight=lambda _one, other, _: costs[other])
    if space.source not in distances:
        return no_path
    path = [space.source]
    while path[-1] != space.target:
        remaining = distances[path[-1]] - costs[path[-1]]
        path.append(min((one for one in wider[path[-1]] if distances[one] == remaining), key=space.order.__getitem__))
    *_, nearest = takewhile(lambda entity: entity not in excluded, path[: None if max_steps is None else max_steps + 1])
    short_enough = max_steps is None or len(path) - 1 <= max_steps
    return replace(
        no_path, nearest=nearest, hubs=tuple(entity for entity in path if entity in excluded and short_enough)
    )


_PROGRAMME: Final = (ITAS.Section, SCHEMA.Event)
_PRESENT: Final = "(schema:attendee|itas:discussant|itas:presenter)"
_SHARED_EVENTS: Final = """
    SELECT DISTINCT ?event ?date WHERE {{
      ?event itas:kind schema:Event .
      OPTIONAL {{ ?event schema:startDate ?date }}
      {{ ?talk (itas:appearance|itas:moderation)/(org:member|org:organization) {one} . ?talk schema:superEvent* ?event }}
      UNION {{ ?part {present} {one} . ?part schema:superEvent* ?event }}
      {{ ?otherTalk (itas:appearance|itas:moderation)/(org:member|org:organization) {other} . ?otherTalk schema:superEvent* ?event }}
      UNION {{ ?otherPart {present} {other} . ?otherPart schema:superEvent* ?event }}
      FILTER NOT EXISTS {{
        ?shared itas:appearance/(org:member|org:organization) {one} ; itas:appearance/(org:member|org:organization) {other}
      }}
    }} ORDER BY ?date ?event"""


def _simple(space: SearchSpace, excluded: Collection[str]) -> nx.Graph[str]:
    """Return the network as a simple graph without the excluded entities; terminal edges only at the two ends."""
    import networkx as nx

    ends = {space.source, space.target}
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(entity for entity in space.network if entity not in excluded)
    graph.add_edges_from(
        (one, other)
        for (one, other, _), edge in attributes.edges(space.network)
        if one != other
        and one not in excluded
        and other not in excluded
        and not (edge["terminal"] and ends.isdisjoint((one, other)))
    )
    return graph


def _shortest_paths(graph: nx.Graph[str], space: SearchSpace, steps: Mapping[str, int]) -> Iterator[tuple[str, ...]]:
    """Yield all shortest paths, in the order of the labels from the source on."""
    waiting: list[tuple[str, ...]] = [(space.source,)]
    while waiting:
        path = waiting.pop()
        if path[-1] == space.target:
            yield path
            continue
        nearer = (entity for entity in graph[path[-1]] if steps[entity] == steps[path[-1]] - 1)
        waiting += [(*path, entity) for entity in sorted(nearer, key=space.order.__getitem__, reverse=True)]
