"""A network query becomes a graph of things and links, each link with the words it rests on."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest

from itasgraph.entities.evidence import Document
from itasgraph.errors import FileError, UsageError
from itasgraph.network import builder
from itasgraph.network.builder import Evidence
from itasgraph.project import Project
from itasgraph.store.graph import Graph
from tests.content.kongress import SPOKE, SPOKE_FOR
from tests.helpers.graphs import graph_of
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT

BASE = "https://w3id.org/itas/"
EX = "https://example.org/"
PERFORMER = "https://schema.org/performer"
SUPER_EVENT = "https://schema.org/superEvent"
ORGANISATION = "http://www.w3.org/ns/org#organization"
AUDIENCE = "https://schema.org/audience"
ABOUT = "https://schema.org/about"
APPEARED_ON = f"{BASE}ontology#appearedOn"
SHARES_CONTRIBUTION = f"{BASE}ontology#sharesContribution"
SHARES_SECTION = f"{BASE}ontology#sharesSection"
NAMES = ", ".join(sorted(path.stem for path in (ROOT / "queries" / "network").glob("*.rq")))
Net = nx.MultiDiGraph

TEN_TRIPLES = f"""
@prefix : <{EX}> .
:anna a :Person ; :knows :ben .
:ben a :Person .
:cora a :Person .
:words :from :anna ; :to :ben ; :quote "Anna kennt Ben" ; :line 7 , 3 ; :by :rule .
"""
ACQUAINTANCES = f"""
PREFIX : <{EX}>
SELECT ?source ?relation ?target ?quote ?line ?rule {{
  ?source a :Person
  OPTIONAL {{
    ?source :knows ?target .
    ?words :from ?source ; :to ?target ; :quote ?quote ; :line ?line ; :by ?rule .
    BIND(:knows AS ?relation)
  }}
}}
"""

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


def from_rows(columns: str, *rows: str) -> Net[str]:
    """A network of the rows given, in SPARQL's VALUES; `:a` is short for <https://example.org/a>."""
    query = f"PREFIX : <{EX}> SELECT {columns} {{ VALUES ({columns}) {{ {' '.join(f'({row})' for row in rows)} }} }}"
    return builder.build(graph_of(TEN_TRIPLES), query, "rows")


def edges(net: Net[str], relation: str) -> set[tuple[str, str]]:
    return {(source, target) for source, target, key in net.edges(keys=True) if key == relation}


def name(iri: str) -> str:
    return iri.rsplit("/", 1)[1]


@pytest.fixture(scope="module")
def actors(graph: Graph, shipped: Project) -> Net[str]:
    question = builder.find("actors", shipped)
    return builder.build(graph, question.text, question.name)


# --- ten triples ------------------------------------------------------------------------------------------------------


def test_things_and_links_are_those_the_query_finds() -> None:
    net = builder.build(graph_of(TEN_TRIPLES), ACQUAINTANCES, "acquaintances")

    assert list(net.nodes) == [f"{EX}anna", f"{EX}ben", f"{EX}cora"]
    assert list(net.edges(keys=True)) == [(f"{EX}anna", f"{EX}ben", f"{EX}knows")]


def test_a_thing_without_a_link_is_kept() -> None:
    net = builder.build(graph_of(TEN_TRIPLES), ACQUAINTANCES, "acquaintances")

    assert list(nx.isolates(net)) == [f"{EX}cora"]


def test_a_link_has_its_quote_once_with_all_its_lines_and_its_rule() -> None:
    net = builder.build(graph_of(TEN_TRIPLES), ACQUAINTANCES, "acquaintances")

    assert net.edges[f"{EX}anna", f"{EX}ben", f"{EX}knows"] == {
        "quotes": [Evidence("Anna kennt Ben", (3, 7))],
        "rules": [f"{EX}rule"],
        "notes": [],
        "weight": 1.0,
        "symmetric": False,
    }


def test_two_relations_between_the_same_things_are_two_links() -> None:
    net = from_rows("?source ?relation ?target", ":a :knows :b", ":a :likes :b", ":b :knows :a")

    assert list(net.edges(keys=True)) == [
        (f"{EX}a", f"{EX}b", f"{EX}knows"),
        (f"{EX}a", f"{EX}b", f"{EX}likes"),
        (f"{EX}b", f"{EX}a", f"{EX}knows"),
    ]


def test_the_same_words_in_two_documents_are_two_proofs() -> None:
    columns = "?source ?relation ?target ?quote ?line ?document"
    rows = (':a :knows :b "A und B" 4 :second', ':a :knows :b "A und B" UNDEF :first', ':a :knows :b "A, B" 9 :first')

    net = from_rows(columns, *rows)

    assert net.edges[f"{EX}a", f"{EX}b", f"{EX}knows"]["quotes"] == [
        Evidence("A und B", (), f"{EX}first"),
        Evidence("A und B", (4,), f"{EX}second"),
        Evidence("A, B", (9,), f"{EX}first"),
    ]


def test_notes_and_rules_of_a_link_are_gathered_and_sorted() -> None:
    columns = "?source ?relation ?target ?rule ?note"
    rows = (":a :knows :b :rule2 :note2", ":a :knows :b :rule1 :note2", ":a :knows :b UNDEF :note1")

    net = from_rows(columns, *rows)

    assert net.edges[f"{EX}a", f"{EX}b", f"{EX}knows"] == {
        "quotes": [],
        "rules": [f"{EX}rule1", f"{EX}rule2"],
        "notes": [f"{EX}note1", f"{EX}note2"],
        "weight": 2.0,
        "symmetric": False,
    }


def test_a_weight_is_the_one_the_query_gives_else_the_number_of_notes_else_one() -> None:
    columns = "?source ?relation ?target ?note ?weight"
    rows = (":a :knows :b :x 7", ":a :knows :b :y 7", ":b :knows :c :x UNDEF", ":b :knows :c :y UNDEF")

    net = from_rows(columns, *rows, ":c :knows :d UNDEF UNDEF")

    assert [link["weight"] for *_, link in net.edges(data=True)] == [7.0, 2.0, 1.0]


def test_a_relation_that_says_the_same_from_both_ends_is_marked_and_there_once() -> None:
    knowing = graph_of(f"<{EX}knows> a owl:SymmetricProperty .")
    rows = "(:b :knows :a :y) (:a :knows :b :x) (:a :asks :b :x) (:b :asks :a :x)"
    query = f"PREFIX : <{EX}> SELECT * {{ VALUES (?source ?relation ?target ?note) {{ {rows} }} }}"

    net = builder.build(knowing, query, "rows")

    assert [
        (name(a), name(key), name(b), link["symmetric"]) for a, b, key, link in net.edges(keys=True, data=True)
    ] == [
        ("a", "asks", "b", False),
        ("a", "knows", "b", True),
        ("b", "asks", "a", False),
    ]
    assert net.edges[f"{EX}a", f"{EX}b", f"{EX}knows"]["notes"] == [f"{EX}x", f"{EX}y"]


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


def test_a_thing_without_label_and_kind_is_shown_by_its_id() -> None:
    net = from_rows("?source ?relation ?target", ":a :knows :b")

    assert net.nodes[f"{EX}a"] == {"labels": {"de": f"{EX}a", "en": f"{EX}a"}, "kind": ""}


def test_a_thing_may_be_linked_with_itself() -> None:
    net = from_rows("?source ?relation ?target", ":a :knows :a")

    assert list(net.edges) == [(f"{EX}a", f"{EX}a", f"{EX}knows")]


def test_a_query_that_finds_nothing_gives_an_empty_network() -> None:
    net = from_rows("?source ?relation ?target")

    assert (net.number_of_nodes(), net.number_of_edges()) == (0, 0)


# --- the congress -------------------------------------------------------------------------------------------------------


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


def named(name_: str, graph: Graph, shipped: Project) -> Net[str]:
    question = builder.find(name_, shipped)
    return builder.build(graph, question.text, question.name)


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


def test_the_docs_describe_each_network_and_each_relation_that_only_networks_have() -> None:
    text = (ROOT / "docs" / "networks.md").read_text(encoding="utf-8")
    queries = [path.read_text(encoding="utf-8") for path in (ROOT / "queries" / "network").glob("*.rq")]
    relations = {relation for query in queries for relation in re.findall(r"itas:(?:shares\w+|appearedOn)", query)}

    assert [found for found in NAMES.split(", ") if f"`{found}`" not in text] == []
    assert len(relations) == 6
    assert [relation for relation in relations if f"(`{relation}`)" not in text] == []


@pytest.mark.slow
def test_the_python_of_the_docs_runs() -> None:
    text = (ROOT / "docs" / "networks.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)

    assert len(blocks) == 1
    subprocess.run([sys.executable, "-c", blocks[0]], cwd=ROOT, check=True)


def test_the_order_of_a_network_does_not_depend_on_the_hash_seed() -> None:
    outputs = {_listed(seed) for seed in ("0", "4711")}

    assert len(outputs) == 1
    assert outputs.pop().count(b"\n") > 300


def _listed(seed: str) -> bytes:
    """Nodes and edges of the shipped network as a fresh process lists them."""
    program = """
from itasgraph.store import graph; from itasgraph.network import builder; from itasgraph import project
found = project.find()
question = builder.find("actors", found)
net = builder.build(graph.load(found), question.text, question.name)
print(*net.nodes, *net.edges(keys=True, data=True), sep="\\n")
"""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=ROOT, capture_output=True, check=True
    ).stdout


# --- asked wrongly ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lacking", ["source", "relation", "target"])
def test_a_network_query_without_a_column_it_needs_is_told_which(lacking: str) -> None:
    columns = " ".join(f"?{column}" for column in ("source", "relation", "target") if column != lacking)

    with pytest.raises(UsageError) as caught:
        from_rows(columns, ":a :b")

    assert str(caught.value) == f"rows: a network query lacks the column ?{lacking}"


def test_a_network_query_that_is_no_select_is_told_so_in_the_same_way() -> None:
    with pytest.raises(UsageError) as caught:
        builder.build(graph_of(TEN_TRIPLES), "ASK { ?s ?p ?o }", "ask")

    assert "lacks the column ?source" in str(caught.value)


@pytest.mark.parametrize("row", ["UNDEF :knows :b", ":a UNDEF :b"], ids=["no-source", "no-relation"])
def test_a_row_with_a_target_but_half_a_link_is_shown(row: str) -> None:
    with pytest.raises(UsageError) as caught:
        from_rows("?source ?relation ?target", row)

    assert str(caught.value).startswith("rows: a row of the network has a target, but not ?source and ?relation: ")
    assert f"?target {EX}b" in str(caught.value)


def test_a_line_that_is_no_number_is_shown() -> None:
    with pytest.raises(UsageError) as caught:
        from_rows("?source ?relation ?target ?quote ?line", ':a :knows :b "words" "seven"')

    assert str(caught.value) == "rows: ?line is not a line number: seven"


@pytest.mark.parametrize("weight", ['"heavy"', "0", "-1", '"nan"'])
def test_a_weight_that_is_no_number_above_zero_is_shown(weight: str) -> None:
    with pytest.raises(UsageError) as caught:
        from_rows("?source ?relation ?target ?weight", f":a :knows :b {weight}")

    assert str(caught.value).startswith("rows: ?weight is not a number above zero: ")


def test_an_unknown_network_is_answered_with_the_nearest_name(shipped: Project) -> None:
    with pytest.raises(UsageError) as caught:
        builder.find("actros", shipped)

    assert str(caught.value) == f'There is no network "actros" – did you mean actors? There are: {NAMES}'


def test_a_query_file_of_ones_own_is_found_by_its_path(shipped: Project, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("#+ title: {en: Mine}\n" + ACQUAINTANCES, encoding="utf-8")

    question = builder.find(str(tmp_path / "mine.rq"), shipped)

    assert (question.name, question.title("en")) == ("mine", "Mine")


def test_a_query_file_that_is_not_there_is_named(shipped: Project, tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        builder.find(str(tmp_path / "absent.rq"), shipped)

    assert "absent.rq" in str(caught.value)


def test_view_with_an_unknown_network_says_so_in_one_line_and_exits_with_2(run: Run, tmp_path: Path) -> None:
    result = run("view", "actros", "-o", tmp_path / "network.html", "--lang", "de")

    assert result.exit_code == 2
    assert result.stderr == f"Ein Netz „actros“ gibt es nicht – gemeint: actors? Es gibt: {NAMES}\n"
    assert not (tmp_path / "network.html").exists()
