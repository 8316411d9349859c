"""The groups of a network that is drawn as a map: its communities without what connects nearly everything, each with a name.

The header of a network's query says under `background:` which kinds connect nearly everything, and under `fold:` which
kinds take part in finding the groups but are drawn as lines. docs/networks.md explains both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Final

from itasgraph.entities.labels import Texts
from itasgraph.messages import LANGUAGES
from itasgraph.network import attributes, folding, measures, stored_results
from itasgraph.network.earlier_map import EarlierMap
from itasgraph.network.folding import Line
from itasgraph.network.measures import Communities, SimpleNetwork
from itasgraph.util import spelling
from itasgraph.vocabulary import ITAS, SCHEMA, SKOS

if TYPE_CHECKING:
    from itasgraph.network.attributes import Net
    from itasgraph.questions.queries import Question
    from itasgraph.store.queryable import Queryable

# Runs of Louvain's method; with few, the best one of another order of the nodes may be another partition.
RUNS: Final = 40
# The groups of a map; with more groups or entries than these, names find no room.
_MIN_GROUPS: Final = 2
MAX_GROUPS: Final = 60
MAX_ENTRIES: Final = 1_000
_SEPARATOR: Final = " · "  # between the two names of a group


@dataclass(frozen=True)
class HiddenKinds:
    """The kinds that a map hides at first, as IRIs: those that connect nearly everything, and those that it draws as lines."""

    background: tuple[str, ...] = ()
    folded: tuple[str, ...] = ()

    def __contains__(self, kind: object) -> bool:
        return kind in self.background or kind in self.folded


@dataclass(frozen=True)
class Group:
    """A group: its name, its members of drawn kinds and of hidden ones, and the topics that name it, at most two."""

    label: Texts
    drawn: tuple[str, ...]
    hidden: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    @property
    def members(self) -> list[str]:
        return sorted((*self.drawn, *self.hidden))


@dataclass(frozen=True)
class GroupedNetwork:
    """A network with its groups, the largest first, the lines that are drawn while the hidden kinds are hidden, and an earlier map."""

    network: Net
    groups: list[Group]
    lines: list[Line]
    drawn: frozenset[str]
    modularity: float
    earlier: EarlierMap | None = None

    @cached_property
    def group_of(self) -> dict[str, int]:
        """Return the number of the group of each member."""
        return {member: number for number, group in enumerate(self.groups) for member in group.members}

    @property
    def singles(self) -> list[str]:
        """Return the drawn entries that are in no group."""
        return sorted(self.drawn - self.group_of.keys())

    @property
    def hidden_kinds(self) -> frozenset[str]:
        """Return the kinds of the entries that are hidden at first."""
        return frozenset(attributes.node(self.network, entity)["kind"] for entity in self.hidden)

    @property
    def hidden(self) -> list[str]:
        """Return the entries of hidden kinds."""
        return sorted(set(self.network) - self.drawn)

    @cached_property
    def degrees(self) -> Counter[str]:
        """Return the number of lines at each drawn entry."""
        return Counter(end for line in self.lines for end in (line.source, line.target))


def hidden_kinds(question: Question, graph: Queryable) -> HiddenKinds | None:
    """Return the kinds that the header of a network's query hides on a map, None where it has no key `background`."""
    if "background" not in question.header:
        return None
    types = graph.terms.types
    background, folded = (
        tuple(types.get(kind, kind) for kind in question.values(key)) for key in ("background", "fold")
    )
    return HiddenKinds(background, folded)


def of_map(
    network: Net, hidden: HiddenKinds, graph: Queryable, earlier: EarlierMap | None = None
) -> GroupedNetwork | None:
    """Return the groups of a network that is drawn as a map, None where it has fewer than two, or too many entries or groups."""
    if sum(attributes.node(network, entity)["kind"] not in hidden for entity in network) > MAX_ENTRIES:
        return None
    grouped = find(network, hidden, affiliations(network, graph), earlier)
    return grouped if _MIN_GROUPS <= len(grouped.groups) <= MAX_GROUPS else None


def affiliations(network: Net, graph: Queryable) -> dict[str, str]:
    """Return the organisation for which each person of the network appeared most often, if it is in the network, too."""
    organisations: dict[str, str] = {}
    for row in graph.select(_AFFILIATIONS):
        who, organisation = row["who"].value, row["organisation"].value
        if who in network and organisation in network:
            organisations.setdefault(who, organisation)
    return {who: organisation for who, organisation in organisations.items() if organisation not in organisations}


_AFFILIATIONS: Final = """
    SELECT ?who ?organisation (COUNT(DISTINCT ?contribution) AS ?times) WHERE {
      ?contribution itas:appearance ?appearance . ?appearance org:member ?who ; org:organization ?organisation
    } GROUP BY ?who ?organisation ORDER BY DESC(?times) ?who ?organisation"""


def find(
    network: Net, hidden: HiddenKinds, organisations: Mapping[str, str], earlier: EarlierMap | None = None
) -> GroupedNetwork:
    """Find the groups of a network; `organisations` are the `affiliations` of its people.

    A group has at least two members of drawn kinds. The communities are those of `measures.communities`, for the
    network without the kinds in the background; they begin with those of an `earlier` map.
    """
    kinds = {entity: attributes.node(network, entity)["kind"] for entity in network}
    drawn = frozenset(entity for entity in network if kinds[entity] not in hidden)
    folded = {entity for entity in network if kinds[entity] in hidden.folded}
    inner = network.subgraph(drawn | folded)
    known = {who: other for who, other in organisations.items() if who in inner and other in inner}
    communities = _stored_communities(SimpleNetwork.of(inner), known, earlier.group_of if earlier else {})
    parts = [set(members) for members in communities.members if len(drawn.intersection(members)) > 1]
    for event, part in _announced_events(network, parts, hidden).items():
        parts[part].add(event)
    lines = folding.lines(network, drawn, folded)
    naming = _Naming(network, lines)
    groups = [naming.group(members & drawn, members - drawn) for members in parts]
    groups.sort(key=lambda group: (-len(group.drawn), _sort_key(group.label), group.drawn))
    return GroupedNetwork(network, groups, lines, drawn, communities.modularity, earlier)


def _stored_communities(
    network: SimpleNetwork, organisations: Mapping[str, str], earlier: Mapping[str, int]
) -> Communities:
    """Return the best communities of many runs, from the cache if they were found before."""
    stored = stored_results.remember(
        "communities",
        (network.nodes, sorted(network.weights.items()), organisations, RUNS, earlier),
        lambda: asdict(measures.communities(network, organisations, RUNS, earlier)),
    )
    return Communities(**stored)


def _announced_events(network: Net, parts: list[set[str]], hidden: HiddenKinds) -> dict[str, int]:
    """Return the group of each event in the background without a programme: that of most of its neighbours.

    Of several groups with as many, it is that of a topic of the event.
    """
    if SCHEMA.Event not in hidden.background:
        return {}
    part_of = {member: number for number, members in enumerate(parts) for member in members}
    groups: dict[str, int] = {}
    for event in sorted(network):
        if attributes.node(network, event)["kind"] != SCHEMA.Event or _has_programme(network, event):
            continue
        near = Counter(part_of[other] for other in _neighbours(network, event) if other in part_of)
        topics = {
            part_of[topic] for topic in network[event] if SCHEMA.about in network[event][topic] and topic in part_of
        }
        if near:
            groups[event] = min(near, key=lambda part: (-near[part], part not in topics, min(parts[part])))
    return groups


def _has_programme(network: Net, event: str) -> bool:
    return any(relation == SCHEMA.superEvent for *_, relation in network.in_edges(event, keys=True))


def _neighbours(network: Net, entity: str) -> set[str]:
    return {*network.successors(entity), *network.predecessors(entity)}


class _Naming:
    """The names of groups, from the lines of a map.

    The topic with most lines inside a group names it; of several, the one that most of the group's topics are narrower than,
    then the one with the largest share of its lines inside, then the first in the alphabet. The next one with as many lines
    inside joins the name, unless one of the two is broader than the other. Without topics, the two best connected members
    name the group.
    """

    def __init__(self, network: Net, lines: Iterable[Line]) -> None:
        self._network = network
        self._ends: dict[str, list[str]] = {}  # entry → the other ends of its lines
        for line in lines:
            self._ends.setdefault(line.source, []).append(line.target)
            self._ends.setdefault(line.target, []).append(line.source)

    def group(self, drawn: set[str], hidden: set[str]) -> Group:
        topics = [entity for entity in drawn if attributes.node(self._network, entity)["kind"] == ITAS.Topic]
        ranked = sorted(topics, key=lambda topic: self._rank(topic, drawn))
        titles = self._topics(ranked, drawn)
        names = titles or sorted(drawn, key=self._connection)[:2]
        labels = [self._labels(name) for name in names]
        label = {lang: _SEPARATOR.join(texts[lang] for texts in labels) for lang in LANGUAGES}
        return Group(label, tuple(sorted(drawn)), tuple(sorted(hidden)), tuple(titles))

    def _topics(self, ranked: list[str], drawn: set[str]) -> list[str]:
        """Return the topics that name a group."""
        for first, second in pairwise(ranked[:2]):
            ties = self._inside(first, drawn) == self._inside(second, drawn)
            if ties and second not in self._narrower(first) and first not in self._narrower(second):
                return [first, second]
        return ranked[:1]

    def _rank(self, topic: str, drawn: set[str]) -> tuple[int, int, float, tuple[str, ...]]:
        inside = self._inside(topic, drawn)
        share = inside / max(len(self._ends.get(topic, ())), 1)
        return -inside, -len(self._narrower(topic) & drawn), -share, self._key(topic)

    def _inside(self, topic: str, drawn: set[str]) -> int:
        """Return the number of lines from a topic to members of its group."""
        return sum(end in drawn for end in self._ends.get(topic, ()))

    def _narrower(self, topic: str) -> set[str]:
        return {source for source, _, relation in self._network.in_edges(topic, keys=True) if relation == SKOS.broader}

    def _connection(self, entity: str) -> tuple[int, tuple[str, ...]]:
        return -len(self._ends.get(entity, ())), self._key(entity)

    def _labels(self, entity: str) -> Texts:
        return attributes.node(self._network, entity)["labels"]

    def _key(self, entity: str) -> tuple[str, ...]:
        return *_sort_key(self._labels(entity)), entity


def _sort_key(labels: Texts) -> tuple[str, ...]:
    """Return the sort key of labels, the first language first, so that the order is the same in each language."""
    return tuple(chain.from_iterable(spelling.sort_key(labels[lang]) for lang in LANGUAGES))
