"""The networks of the congress: who spoke in which section, for which organisation, with whom, on what."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import networkx as nx
import pytest

from itasgraph.authoring.quotations import SourceText
from itasgraph.entities.evidence import Evidence
from itasgraph.network.builder import Networks, find_query
from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.content.kongress import SPOKE, SPOKE_FOR
from tests.helpers.namespaces import BASE
from tests.helpers.networks import (
    ABOUT,
    APPEARED_ON,
    AUDIENCE,
    NAMES,
    NETWORKS,
    ORGANISATION,
    PERFORMER,
    SHARES_CONTRIBUTION,
    SHARES_SECTION,
    SUPER_EVENT,
    Net,
    edges,
    name,
    network_of,
)

# People, organisations, groups without names ("Vertreter von …", "Gäste" twice, "die Partner"), the items of the programme
# and its sections, what was talked over beside it, what was presented, and the three events named.
THINGS = {
    "person": 19,
    "organisation": 17,
    "people": 8,
    "initiative": 1,
    "talk": 21,
    "section": 4,
    "discussion": 3,
    "work": 3,
    "event": 3,
}


def test_each_network_says_what_a_line_means(shipped: Project) -> None:
    questions = [find_query(each, shipped) for each in NETWORKS]
    closeness = {one.name for one in questions if "closeness" in one.line_meanings["en"]}

    for one in questions:
        assert len({*one.labels.values(), *one.line_meanings.values(), *one.summaries.values()}) >= 5, one.name
    assert closeness == {"organisations", "topics", "sections"}
    assert {one.name for one in questions if "Nähe" in one.line_meanings["de"]} == closeness


def test_order_of_the_networks(graph: Graph, shipped: Project) -> None:
    networks = Networks(graph, shipped)

    assert networks.switch == ["actors", "organisations", "topics", "programme", "contacts"]
    assert networks.names == [*networks.switch, "everything", "links", "sections"]


def test_sharing_is_symmetric(graph: Graph, shipped: Project) -> None:
    nets = [network_of(each, graph, shipped) for each in NAMES.split(", ")]
    marked = {name(key): link["symmetric"] for net in nets for *_, key, link in net.edges(keys=True, data=True)}

    assert {relation for relation, symmetric in marked.items() if symmetric} == {
        "ontology#sharesContribution",
        "ontology#sharesSection",
        "ontology#sharesOffer",
        "ontology#sharesTopic",
        "core#related",
    }
    assert len(marked) > 20


@pytest.mark.parametrize("name_of_network", NAMES.split(", "))
def test_difference_is_no_edge(name_of_network: str, graph: Graph, shipped: Project) -> None:
    one, other = (f"{BASE}organisation/{name}" for name in ("ihk-chemnitz", "ihk-mittelsachsen"))
    net = network_of(name_of_network, graph, shipped)

    assert graph.query(f"ASK {{ <{one}> owl:differentFrom <{other}> }}")
    assert not {relation for *_, relation in net.edges(keys=True)} & {"http://www.w3.org/2002/07/owl#differentFrom"}


def test_node_has_labels_and_kind(graph: Graph, shipped: Project) -> None:
    net = network_of("actors", graph, shipped)

    assert net.nodes[f"{BASE}people/vertreter-jugendorganisationen"] == {
        "labels": {
            "de": "Vertreter von Jugend- und Auszubildendenorganisationen",
            "en": "Representatives of youth and apprentice organisations",
        },
        "kind": "https://w3id.org/itas/ontology#UnnamedGroup",
    }


def test_congress_has_all_kinds(actors: Net[str]) -> None:
    actual = Counter(iri.removeprefix(BASE).split("/")[0] for iri in actors.nodes)

    assert {kind: actual[kind] for kind in THINGS} == THINGS


def test_sections_have_their_speakers(actors: Net[str]) -> None:
    section_of = {name(talk): name(section) for talk, section in edges(actors, SUPER_EVENT)}
    spoke: dict[str, set[str]] = {}
    for talk, speaker in edges(actors, PERFORMER):
        spoke.setdefault(section_of[name(talk)], set()).add(name(speaker))

    assert spoke == SPOKE


def test_speakers_have_their_organisation(actors: Net[str]) -> None:
    assert {(name(a), name(b)) for a, b in edges(actors, ORGANISATION)} == SPOKE_FOR


def test_three_talks_are_one_edge(
    actors: Net[str],
) -> None:
    link = actors.edges[f"{BASE}person/boris-kaiser", f"{BASE}organisation/cwe", ORGANISATION]

    assert link["quotes"] == [
        Evidence("Boris Kaiser, CWE", (57, 71, 85), f"{BASE}source/itas-kongress-2024-rueckblick")
    ]
    assert [name(note) for note in link["notes"]] == ["ausblick", "buergerdialog", "circular-cars"]


def test_talk_names_speaker_and_organisation(actors: Net[str]) -> None:
    link = actors.edges[f"{BASE}talk/circular-cars", f"{BASE}person/andreas-waechtler", PERFORMER]

    assert [evidence.quote for evidence in link["quotes"]] == ["Andreas Wächtler, AMZ Sachsen"]
    assert link["notes"] == [f"{BASE}organisation/amz-sachsen"]


def test_derived_edge_names_its_rule(actors: Net[str]) -> None:
    link = actors.edges[f"{BASE}offer/circular-cars", f"{BASE}topic/kreislaufwirtschaft", ABOUT]

    assert link["rules"] == [f"{BASE}rule/topics"]
    assert [evidence.quote for evidence in link["quotes"]] == ["Kreislaufwirtschaft"]


def test_stated_edge_names_no_rule(actors: Net[str]) -> None:
    link = actors.edges[f"{BASE}offer/circular-cars", f"{BASE}group/zulieferer", AUDIENCE]

    assert link["rules"] == []
    assert [evidence.quote for evidence in link["quotes"]] == ["Unterstützungsangebote für Zulieferer"]


def test_quotes_stand_in_the_source(actors: Net[str], source: list[str]) -> None:
    document = SourceText(source)
    quotes: list[Evidence] = []
    for *_, link in actors.edges(data=True):
        quotes += link["quotes"]

    assert len(quotes) > 100
    assert [quote.quote for quote in quotes if not document.lines_of(quote.quote)] == []
    assert [quote for quote in quotes if not set(quote.lines) <= set(document.lines_of(quote.quote))] == []


def test_everything_includes_actors(graph: Graph, shipped: Project, actors: Net[str]) -> None:
    everything = network_of("everything", graph, shipped)

    assert set(everything.nodes) > set(actors.nodes)
    assert set(everything.edges(keys=True)) > set(actors.edges(keys=True))


# Read off the programme: the two contributions with more than one speaker. All others were given by one alone.
TOGETHER = {("andreas-waechtler", "boris-kaiser"), ("petra-seifert", "thomas-knabel")}


THEIRS = {("amz-sachsen", "cwe"), ("gkn", "ig-metall-zwickau")}


def test_contacts_gave_a_talk_together(graph: Graph, shipped: Project) -> None:
    contacts = network_of("contacts", graph, shipped)

    assert {(name(a), name(b)) for a, b in edges(contacts, SHARES_CONTRIBUTION)} == TOGETHER | THEIRS
    assert {(name(a), name(b)) for a, b in edges(contacts, ORGANISATION)} == SPOKE_FOR
    assert {relation for *_, relation in contacts.edges(keys=True)} == {SHARES_CONTRIBUTION, ORGANISATION}


def test_contact_has_both_quotes(graph: Graph, shipped: Project) -> None:
    contacts = network_of("contacts", graph, shipped)

    link = contacts.edges[f"{BASE}person/petra-seifert", f"{BASE}person/thomas-knabel", SHARES_CONTRIBUTION]

    assert [quote.quote for quote in link["quotes"]] == [
        "Petra Seifert, Betriebsrätin GKN",
        "Thomas Knabel, 1. Bevollmächtigter IG Metall Zwickau",
    ]
    assert [name(note) for note in link["notes"]] == ["transformationslotsen"]


def test_appearances_are_the_weight(graph: Graph, shipped: Project) -> None:
    contacts = network_of("contacts", graph, shipped)
    weights = {
        name(who): contacts.edges[who, org, ORGANISATION]["weight"] for who, org in edges(contacts, ORGANISATION)
    }

    assert {who: weight for who, weight in weights.items() if weight > 1} == {"boris-kaiser": 3, "andreas-waechtler": 2}


def test_section_joins_its_speakers(graph: Graph, shipped: Project) -> None:
    sections = network_of("sections", graph, shipped)
    people = {(name(a), name(b)) for a, b in edges(sections, SHARES_SECTION) if "/organisation/" not in a}

    assert {frozenset(pair) for pair in people} == {
        frozenset(pair) for spoke in SPOKE.values() for pair in combinations(sorted(spoke), 2)
    }


def test_contacts_are_those_of_the_programme(graph: Graph, shipped: Project) -> None:
    contacts = network_of("contacts", graph, shipped)

    # Each speaker has an organisation; groups that only discussed shared no contribution with anybody.
    assert {name(thing) for thing in contacts} == {end for pair in SPOKE_FOR for end in pair}
    assert list(nx.isolates(contacts)) == []


def test_contact_and_closeness_are_edges(graph: Graph, shipped: Project) -> None:
    organisations = network_of("organisations", graph, shipped)
    amz, cwe = f"{BASE}organisation/amz-sachsen", f"{BASE}organisation/cwe"

    actual = {
        name(relation): [name(note) for note in link["notes"]] for relation, link in organisations[amz][cwe].items()
    }

    assert actual == {
        "ontology#sharesOffer": ["circular-cars"],
        "ontology#sharesTopic": ["kreislaufwirtschaft"],
    }


def test_topics_join_their_actors(graph: Graph, shipped: Project) -> None:
    topics = network_of("topics", graph, shipped)
    recycling = f"{BASE}topic/kreislaufwirtschaft"

    assert {name(who) for who in topics.predecessors(recycling)} == {
        "boris-kaiser",
        "andreas-waechtler",
        "cwe",
        "amz-sachsen",
    }
    assert "Kreislaufwirtschaft" in [
        quote.quote for quote in topics.edges[f"{BASE}organisation/cwe", recycling, APPEARED_ON]["quotes"]
    ]


def test_shared_topic_has_three_quotes(graph: Graph, shipped: Project) -> None:
    organisations = network_of("organisations", graph, shipped)
    research, works = "organisation/f-bb", "organisation/vw-motorenwerk"
    (link,) = organisations[f"{BASE}{research}"][f"{BASE}{works}"].values()

    assert {evidence.quote for evidence in link["quotes"]} == {
        "Diana Krahl, Forschungsinstitut Betriebliche Bildung (f-bb gGmbH)",
        "Philip Salomon, VW-Motorenwerk",
        "Berufsausbildung",
    }


@pytest.mark.parametrize("name_", ["contacts", "sections", "organisations", "topics"])
def test_measured_edges_have_evidence(name_: str, graph: Graph, shipped: Project) -> None:
    net = network_of(name_, graph, shipped)

    assert net.number_of_edges() > 6
    assert [edge for *edge, link in net.edges(keys=True, data=True) if not (link["quotes"] and link["notes"])] == []
