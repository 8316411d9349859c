"""The networks of the congress: who spoke in which section, for which organisation, with whom, on what."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import networkx as nx
import pytest

from itasgraph.entities.evidence import Document
from itasgraph.network import builder
from itasgraph.network.builder import Evidence
from itasgraph.project import Project
from itasgraph.store.graph import Graph
from tests.content.kongress import SPOKE, SPOKE_FOR
from tests.helpers.networks import (
    ABOUT,
    APPEARED_ON,
    AUDIENCE,
    BASE,
    NAMES,
    ORGANISATION,
    PERFORMER,
    SHARES_CONTRIBUTION,
    SHARES_SECTION,
    SUPER_EVENT,
    Net,
    edges,
    name,
    named,
)

# People, organisations, groups without names ("Vertreter von …", "Gäste" twice, "die Partner"), the items of the programme
# with the young people's, its sections with the closing discussion, what was presented, and the three events named.
THINGS = {
    "person": 19,
    "organisation": 17,
    "people": 6,
    "initiative": 1,
    "talk": 22,
    "section": 5,
    "work": 3,
    "event": 3,
}


def test_sharing_says_the_same_from_both_ends_and_appearing_does_not(graph: Graph, shipped: Project) -> None:
    nets = [named(each, graph, shipped) for each in NAMES.split(", ")]
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
def test_not_to_be_the_same_is_no_tie_in_any_network(name_of_network: str, graph: Graph, shipped: Project) -> None:
    one, other = (f"{BASE}organisation/{name}" for name in ("ihk-chemnitz", "ihk-mittelsachsen"))
    net = named(name_of_network, graph, shipped)

    assert graph.query(f"ASK {{ <{one}> owl:differentFrom <{other}> }}")
    assert not {relation for *_, relation in net.edges(keys=True)} & {"http://www.w3.org/2002/07/owl#differentFrom"}


def test_a_thing_has_its_labels_in_both_languages_and_its_kind(graph: Graph, shipped: Project) -> None:
    question = builder.find("contacts", shipped)

    net = builder.build(graph, question.text, question.name)

    assert net.nodes[f"{BASE}people/vertreter-jugendorganisationen"] == {
        "labels": {
            "de": "Vertreter von Jugend- und Auszubildendenorganisationen",
            "en": "Representatives of youth and apprentice organisations",
        },
        "kind": "https://w3id.org/itas/ontology#UnnamedGroup",
    }


def test_the_congress_has_as_many_things_of_each_kind_as_the_review_names(actors: Net[str]) -> None:
    found = Counter(iri.removeprefix(BASE).split("/")[0] for iri in actors.nodes)

    assert {kind: found[kind] for kind in THINGS} == THINGS


def test_the_congress_shows_who_spoke_in_which_section(actors: Net[str]) -> None:
    section_of = {name(talk): name(section) for talk, section in edges(actors, SUPER_EVENT)}
    spoke: dict[str, set[str]] = {}
    for talk, speaker in edges(actors, PERFORMER):
        spoke.setdefault(section_of[name(talk)], set()).add(name(speaker))

    assert spoke == SPOKE


def test_the_congress_shows_for_which_organisation_each_spoke(actors: Net[str]) -> None:
    assert {(name(a), name(b)) for a, b in edges(actors, ORGANISATION)} == SPOKE_FOR


def test_whoever_spoke_three_times_for_one_organisation_has_one_link_to_it_with_all_talks_and_lines(
    actors: Net[str],
) -> None:
    link = actors.edges[f"{BASE}person/boris-kaiser", f"{BASE}organisation/cwe", ORGANISATION]

    assert link["quotes"] == [
        Evidence("Boris Kaiser, CWE", (57, 71, 85), f"{BASE}source/itas-kongress-2024-rueckblick")
    ]
    assert [name(note) for note in link["notes"]] == ["ausblick", "buergerdialog", "circular-cars"]


def test_a_talk_names_beside_its_speaker_the_organisation_spoken_for(actors: Net[str]) -> None:
    link = actors.edges[f"{BASE}talk/circular-cars", f"{BASE}person/andreas-waechtler", PERFORMER]

    assert [evidence.text for evidence in link["quotes"]] == ["Andreas Wächtler, AMZ Sachsen"]
    assert link["notes"] == [f"{BASE}organisation/amz-sachsen"]


def test_a_derived_link_names_its_rule_and_the_words_it_was_derived_from(actors: Net[str]) -> None:
    link = actors.edges[f"{BASE}offer/circular-cars", f"{BASE}topic/kreislaufwirtschaft", ABOUT]

    assert link["rules"] == [f"{BASE}rule/topics"]
    assert [evidence.text for evidence in link["quotes"]] == ["Kreislaufwirtschaft"]


def test_a_link_the_source_states_itself_names_no_rule(actors: Net[str]) -> None:
    link = actors.edges[f"{BASE}offer/circular-cars", f"{BASE}group/zulieferer", AUDIENCE]

    assert link["rules"] == []
    assert [evidence.text for evidence in link["quotes"]] == ["Unterstützungsangebote für Zulieferer"]


def test_every_quote_in_the_network_stands_in_the_source_where_it_says(actors: Net[str], source: list[str]) -> None:
    document = Document(source)
    quotes: list[Evidence] = []
    for *_, link in actors.edges(data=True):
        quotes += link["quotes"]

    assert len(quotes) > 100
    assert [quote.text for quote in quotes if not document.lines_of(quote.text)] == []
    assert [quote for quote in quotes if not set(quote.lines) <= set(document.lines_of(quote.text))] == []


def test_everything_holds_all_of_the_actors_and_more(graph: Graph, shipped: Project, actors: Net[str]) -> None:
    question = builder.find("everything", shipped)

    everything = builder.build(graph, question.text, question.name)

    assert set(everything.nodes) > set(actors.nodes)
    assert set(everything.edges(keys=True)) > set(actors.edges(keys=True))


# Read off the programme: the two contributions with more than one speaker. All others were given by one alone.
TOGETHER = {("andreas-waechtler", "boris-kaiser"), ("petra-seifert", "thomas-knabel")}


THEIRS = {("amz-sachsen", "cwe"), ("gkn", "ig-metall-zwickau")}


def test_the_contacts_are_those_who_gave_a_contribution_together(graph: Graph, shipped: Project) -> None:
    contacts = named("contacts", graph, shipped)

    assert {(name(a), name(b)) for a, b in edges(contacts, SHARES_CONTRIBUTION)} == TOGETHER | THEIRS
    assert {(name(a), name(b)) for a, b in edges(contacts, ORGANISATION)} == SPOKE_FOR
    assert {relation for *_, relation in contacts.edges(keys=True)} == {SHARES_CONTRIBUTION, ORGANISATION}


def test_a_contact_has_the_words_on_both_and_names_the_contribution(graph: Graph, shipped: Project) -> None:
    contacts = named("contacts", graph, shipped)

    link = contacts.edges[f"{BASE}person/petra-seifert", f"{BASE}person/thomas-knabel", SHARES_CONTRIBUTION]

    assert [quote.text for quote in link["quotes"]] == [
        "Petra Seifert, Betriebsrätin GKN",
        "Thomas Knabel, 1. Bevollmächtigter IG Metall Zwickau",
    ]
    assert [name(note) for note in link["notes"]] == ["transformationslotsen"]


def test_how_often_somebody_spoke_for_an_organisation_is_the_weight(graph: Graph, shipped: Project) -> None:
    contacts = named("contacts", graph, shipped)
    weights = {
        name(who): contacts.edges[who, org, ORGANISATION]["weight"] for who, org in edges(contacts, ORGANISATION)
    }

    assert {who: weight for who, weight in weights.items() if weight > 1} == {"boris-kaiser": 3, "andreas-waechtler": 2}


def test_a_shared_section_links_all_who_spoke_in_it(graph: Graph, shipped: Project) -> None:
    sections = named("sections", graph, shipped)
    people = {(name(a), name(b)) for a, b in edges(sections, SHARES_SECTION) if "/organisation/" not in a}

    assert {frozenset(pair) for pair in people} == {
        frozenset(pair) for spoke in SPOKE.values() for pair in combinations(sorted(spoke), 2)
    }


def test_whoever_appeared_is_in_the_network_even_alone(graph: Graph, shipped: Project) -> None:
    contacts = named("contacts", graph, shipped)

    assert [name(thing) for thing in nx.isolates(contacts)] == ["vertreter-jugendorganisationen"]


def test_contact_and_closeness_of_organisations_are_links_of_their_own(graph: Graph, shipped: Project) -> None:
    organisations = named("organisations", graph, shipped)
    amz, cwe = f"{BASE}organisation/amz-sachsen", f"{BASE}organisation/cwe"

    found = {
        name(relation): [name(note) for note in link["notes"]] for relation, link in organisations[amz][cwe].items()
    }

    assert found == {
        "ontology#sharesOffer": ["circular-cars"],
        "ontology#sharesTopic": ["bildung", "kreislaufwirtschaft"],
    }


def test_topics_link_who_appeared_with_what_it_was_about(graph: Graph, shipped: Project) -> None:
    topics = named("topics", graph, shipped)
    recycling = f"{BASE}topic/kreislaufwirtschaft"

    assert {name(who) for who in topics.predecessors(recycling)} == {
        "boris-kaiser",
        "andreas-waechtler",
        "cwe",
        "amz-sachsen",
    }
    assert "Kreislaufwirtschaft" in [
        quote.text for quote in topics.edges[f"{BASE}organisation/cwe", recycling, APPEARED_ON]["quotes"]
    ]


def test_a_shared_topic_is_proven_by_the_words_on_both_appearances_and_on_the_topic(
    graph: Graph, shipped: Project
) -> None:
    organisations = named("organisations", graph, shipped)
    amz, institute = "organisation/amz-sachsen", "organisation/volkswagen-bildungsinstitut"
    (link,) = organisations[f"{BASE}{amz}"][f"{BASE}{institute}"].values()

    assert {evidence.text for evidence in link["quotes"]} == {
        "Andreas Wächtler, AMZ Sachsen",
        "Michel Götze, Volkswagen Bildungsinstitut",
        "Trainings",
        "Qualifizierungsangebote",
    }


@pytest.mark.parametrize("name_", ["contacts", "sections", "organisations", "topics"])
def test_every_link_of_a_network_that_is_measured_rests_on_words_and_names_what_is_shared(
    name_: str, graph: Graph, shipped: Project
) -> None:
    net = named(name_, graph, shipped)

    assert net.number_of_edges() > 10
    assert [edge for *edge, link in net.edges(keys=True, data=True) if not (link["quotes"] and link["notes"])] == []
