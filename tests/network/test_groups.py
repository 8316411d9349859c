"""The groups of a map follow docs/networks.md: who is in which, how they are named, and which lines are drawn."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable

import networkx as nx
import pytest

from itasgraph.network import groups
from itasgraph.network.builder import Networks
from itasgraph.network.groups import GroupedNetwork, HiddenKinds
from itasgraph.project import Project
from itasgraph.store.memory import Graph
from itasgraph.vocabulary import ITAS, SCHEMA, SKOS
from tests.helpers.networks import EX, ORGANISATION, PERFORMER, Net, network_of

EVENT, TALK, PERSON, TOPIC, OFFER = "event", "talk", "person", "topic", "offer"
KINDS = {
    EVENT: SCHEMA.Event,
    TALK: f"{ITAS.iri}Contribution",
    PERSON: SCHEMA.Person,
    TOPIC: ITAS.Topic,
    OFFER: f"{ITAS.iri}Offer",
}
HIDDEN = HiddenKinds((KINDS[EVENT],), (KINDS[TALK],))
BOUND = "bound"  # any relation that means nothing to a map


def planted(links: Iterable[tuple[str, str, str]]) -> Net[str]:
    """Return a network of entries such as `topic/wood`, whose kind is the first part of their name."""
    network: Net[str] = nx.MultiDiGraph()
    rows = list(links)
    for name in sorted({name for source, _, target in rows for name in (source, target)}):
        labels = dict.fromkeys(("de", "en"), name.partition("/")[2])
        network.add_node(EX + name, labels=labels, kind=KINDS[name.partition("/")[0]])
    for source, relation, target in rows:
        network.add_edge(EX + source, EX + target, key=relation, weight=1.0, terminal=False, symmetric=False)
    return network


def grouped(*links: tuple[str, str, str]) -> GroupedNetwork:
    return groups.find(planted(links), HIDDEN, {})


def names(entities: Iterable[str]) -> set[str]:
    return {entity.removeprefix(EX) for entity in entities}


def clique(*members: str) -> list[tuple[str, str, str]]:
    """Return links between all members, so that they are one group."""
    return [(one, BOUND, other) for n, one in enumerate(members) for other in members[:n]]


@pytest.fixture(scope="module")
def shipped_map(graph: Graph, shipped: Project) -> GroupedNetwork:
    networks = Networks(graph, shipped)
    hidden = groups.hidden_kinds(networks.query("actors"), graph)
    assert hidden is not None
    actual = groups.of_map(networks["actors"], hidden, graph)
    assert actual is not None
    return actual


# --- the shipped network ----------------------------------------------------------------------------------------------


def test_each_drawn_entry_is_in_one_group_or_single(shipped_map: GroupedNetwork) -> None:
    members = Counter(member for group in shipped_map.groups for member in group.drawn)

    assert set(members.values()) == {1}
    assert {*members, *shipped_map.singles} == shipped_map.drawn
    assert not members.keys() & set(shipped_map.singles)
    assert all(len(group.drawn) > 1 for group in shipped_map.groups)


def test_shipped_groups_hold_together(shipped_map: GroupedNetwork) -> None:
    group_of = shipped_map.group_of
    ends = [(line.source, line.target) for line in shipped_map.lines if {line.source, line.target} <= group_of.keys()]
    inside = [group_of[one] == group_of[other] for one, other in ends]

    assert shipped_map.modularity >= 0.8
    assert 8 <= len(shipped_map.groups) <= 16
    assert sum(inside) > 0.85 * len(inside)


def test_lines_end_at_drawn_entries(shipped_map: GroupedNetwork) -> None:
    assert {end for line in shipped_map.lines for end in (line.source, line.target)} <= shipped_map.drawn
    assert {line.via for line in shipped_map.lines} - {""} <= set(shipped_map.hidden)


def test_largest_groups_come_first(shipped_map: GroupedNetwork) -> None:
    sizes = [len(group.drawn) for group in shipped_map.groups]

    assert sizes == sorted(sizes, reverse=True)


def test_topic_with_most_lines_names_the_group(shipped_map: GroupedNetwork) -> None:
    kinds = nx.get_node_attributes(shipped_map.network, "kind")
    for group in shipped_map.groups:
        ends = [(line.source, line.target) for line in shipped_map.lines]
        inside = [end for one, other in ends if {one, other} <= set(group.drawn) for end in (one, other)]
        counts = Counter(end for end in inside if kinds[end] == ITAS.Topic)
        assert bool(group.titles) == any(kinds[member] == ITAS.Topic for member in group.drawn)
        assert all(counts[title] == max(counts.values(), default=0) for title in group.titles)
        own = shipped_map.network.nodes[group.titles[0]]["labels"] if group.titles else group.label
        assert all(group.label[lang].startswith(own[lang]) for lang in ("de", "en"))


def test_person_is_with_the_organisation(shipped_map: GroupedNetwork) -> None:
    pairs = [(one, other) for one, other, key in shipped_map.network.edges(keys=True) if key == ORGANISATION]

    assert len(pairs) == 19
    assert [pair for pair in pairs if len({shipped_map.group_of[end] for end in pair}) > 1] == []


@pytest.mark.parametrize("seed", range(5))
def test_order_of_the_network_changes_no_group(shipped_map: GroupedNetwork, graph: Graph, seed: int) -> None:
    nodes = list(shipped_map.network.nodes(data=True))
    edges = list(shipped_map.network.edges(keys=True, data=True))
    dice = random.Random(seed)
    dice.shuffle(nodes)
    dice.shuffle(edges)
    other: Net[str] = nx.MultiDiGraph()
    other.add_nodes_from(nodes)
    for source, target, key, data in edges:
        other.add_edge(source, target, key=key, **data)
    hidden = HiddenKinds(
        tuple(kind for kind in shipped_map.hidden_kinds if not kind.endswith(("Contribution", "Discussion"))),
        (f"{ITAS.iri}Contribution", f"{ITAS.iri}Discussion"),
    )

    actual = groups.find(other, hidden, groups.affiliations(other, graph))

    assert (actual.groups, actual.modularity) == (shipped_map.groups, shipped_map.modularity)
    assert sorted(actual.lines) == sorted(shipped_map.lines)


@pytest.mark.parametrize("name", ["contacts", "topics", "everything"])
def test_other_networks_are_no_map(graph: Graph, shipped: Project, name: str) -> None:
    assert groups.hidden_kinds(Networks(graph, shipped).query(name), graph) is None


# --- a map or none ----------------------------------------------------------------------------------------------------


def test_one_group_is_no_map(graph: Graph) -> None:
    assert groups.of_map(planted(clique("offer/a", "offer/b", "offer/c")), HIDDEN, graph) is None


def test_two_pairs_are_a_map(graph: Graph) -> None:
    pairs = planted([*clique("offer/a", "offer/b"), *clique("offer/c", "offer/d")])

    assert groups.of_map(pairs, HIDDEN, graph) is not None


@pytest.mark.parametrize(("count", "is_map"), [(groups.MAX_GROUPS, True), (groups.MAX_GROUPS + 1, False)])
def test_sixty_groups_are_a_map(graph: Graph, count: int, is_map: bool) -> None:
    pairs = planted([(f"offer/a{n}", BOUND, f"topic/b{n}") for n in range(count)])

    assert (groups.of_map(pairs, HIDDEN, graph) is not None) is is_map


def test_shipped_network_in_part_is_a_map_too(graph: Graph, shipped: Project) -> None:
    network = network_of("actors", graph, shipped)
    hidden = HiddenKinds()

    actual = groups.find(network, hidden, groups.affiliations(network, graph))

    assert actual.drawn == set(network)
    assert actual.hidden == []


# --- by hand ----------------------------------------------------------------------------------------------------------


def test_contribution_is_folded_into_lines() -> None:
    actual = grouped(
        ("talk/t", PERFORMER, "person/p"),
        ("talk/t", PERFORMER, "person/q"),
        ("talk/t", ITAS.presents, "offer/o"),
        ("talk/t", SCHEMA.about, "topic/a"),
    )

    ends = {(*names([line.source]), *names([line.target]), *names([line.via])) for line in actual.lines}
    assert ends == {(f"person/{who}", what, "talk/t") for who in "pq" for what in ("offer/o", "topic/a")}
    assert names(actual.groups[0].drawn) == {"person/p", "person/q", "offer/o", "topic/a"}
    assert names(actual.groups[0].hidden) == {"talk/t"}


def test_hidden_subject_is_replaced_with_its_topics() -> None:
    actual = grouped(
        ("talk/t", PERFORMER, "person/p"), ("talk/t", ITAS.presents, "event/e"), ("event/e", SCHEMA.about, "topic/a")
    )

    assert [names([line.source, line.target]) for line in actual.lines] == [{"person/p", "topic/a"}]


def test_contribution_without_speaker_has_no_line() -> None:
    assert grouped(("talk/t", ITAS.presents, "offer/o"), ("talk/t", SCHEMA.about, "topic/a")).lines == []


def test_contribution_alone_makes_no_group() -> None:
    actual = grouped(("talk/t", PERFORMER, "person/p"), *clique("offer/a", "offer/b"))

    assert [names(group.members) for group in actual.groups] == [{"offer/a", "offer/b"}]
    assert names(actual.singles) == {"person/p"}


def test_announced_event_joins_most_neighbours() -> None:
    left, right = clique("topic/a", "offer/b", "offer/c"), clique("topic/d", "offer/e", "offer/f")
    actual = grouped(
        *left,
        *right,
        ("event/next", SCHEMA.about, "topic/a"),
        *[("offer/e", BOUND, "event/next"), ("offer/f", BOUND, "event/next")],
    )

    assert [names(group.hidden) for group in actual.groups if "event/next" in names(group.members)] == [{"event/next"}]
    assert "topic/d" in names(next(group for group in actual.groups if group.hidden).drawn)


def test_tied_event_joins_its_topic() -> None:
    left, right = clique("topic/z", "offer/y", "offer/x"), clique("topic/d", "offer/e", "offer/f")
    actual = grouped(*left, *right, ("event/next", SCHEMA.about, "topic/z"), ("offer/e", BOUND, "event/next"))

    assert "topic/z" in names(next(group for group in actual.groups if group.hidden).drawn)


def test_event_with_programme_joins_no_group() -> None:
    actual = grouped(
        *clique("topic/a", "offer/b"),
        *clique("topic/c", "offer/d"),
        ("event/held", SCHEMA.about, "topic/a"),
        ("talk/t", SCHEMA.superEvent, "event/held"),
        ("talk/t", SCHEMA.about, "topic/a"),
    )

    assert "event/held" not in {name for group in actual.groups for name in names(group.members)}
    assert "event/held" in names(actual.hidden)


def title_of(*links: tuple[str, str, str]) -> tuple[str, ...]:
    """Return the name of the only group, and the topics that are its title."""
    (group,) = grouped(*links).groups
    return group.label["en"], *(title.removeprefix(EX) for title in group.titles)


def test_topic_with_most_lines_is_the_name() -> None:
    offers = ["offer/a", "offer/b", "offer/c"]
    few = [("offer/a", SCHEMA.about, "topic/few"), ("offer/b", SCHEMA.about, "topic/few")]

    assert title_of(*clique(*offers), *((offer, SCHEMA.about, "topic/most") for offer in offers), *few) == (
        "most",
        "topic/most",
    )


def test_broader_topic_is_the_name_alone() -> None:
    narrower = ("topic/a-narrower", SKOS.broader, "topic/wide")
    links = [("offer/a", SCHEMA.about, "topic/a-narrower"), ("offer/a", SCHEMA.about, "topic/wide")]

    assert title_of(narrower, *links) == ("wide", "topic/wide")


def test_tied_topics_share_the_name() -> None:
    links = [("offer/a", SCHEMA.about, "topic/two"), ("offer/a", SCHEMA.about, "topic/one")]

    assert title_of(*links) == ("one · two", "topic/one", "topic/two")


def test_group_without_topic_is_named_by_two_members() -> None:
    links = [("offer/c", BOUND, "offer/b"), ("offer/c", BOUND, "offer/a")]

    assert title_of(*links) == ("c · a",)
