"""A network query becomes a graph of things and links, each link with the words it rests on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

from itasgraph import context, network
from itasgraph import graph as graphs
from itasgraph.errors import AskedWrongly, FileProblem
from itasgraph.evidence import locate
from itasgraph.graph import Graph
from itasgraph.network import Evidence
from itasgraph.project import Project
from tests.conftest import ROOT, Run

BASE = "https://w3id.org/itas/"
EX = "https://example.org/"
PERFORMER = "https://schema.org/performer"
SUPER_EVENT = "https://schema.org/superEvent"
ORGANISATION = "http://www.w3.org/ns/org#organization"
AUDIENCE = "https://schema.org/audience"
ABOUT = "https://schema.org/about"
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

# Read off the programme of the review: who spoke in which of its four hours (and the summary's "Vertreter von …").
SPOKE = {
    "wir-heute-hier": {"cornelius-plaul", "andreas-waechtler", "gregor-holst", "vertreter-jugendorganisationen"},
    "zulieferer": {
        "patrick-korn",
        "thomas-knabel",
        "petra-seifert",
        "cindy-krause",
        "michel-goetze",
        "anton-schumann",
        "boris-kaiser",
        "andreas-waechtler",
    },
    "fachkraefte-und-gesellschaft": {
        "tobias-teich",
        "diana-krahl",
        "philip-salomon",
        "melanie-trommer",
        "carmen-leidereiter",
        "boris-kaiser",
    },
    "zukunft": {"rene-pessier", "udo-wehner", "thomas-birner", "martin-witschass", "boris-kaiser"},
}
SPOKE_FOR = {
    ("cornelius-plaul", "imreg"),
    ("andreas-waechtler", "amz-sachsen"),
    ("gregor-holst", "imu-institut"),
    ("patrick-korn", "ihk-chemnitz"),
    ("thomas-knabel", "ig-metall-zwickau"),
    ("petra-seifert", "gkn"),
    ("cindy-krause", "ihk-mittelsachsen"),
    ("michel-goetze", "volkswagen-bildungsinstitut"),
    ("anton-schumann", "gherzi-germany"),
    ("boris-kaiser", "cwe"),
    ("tobias-teich", "westsaechsische-hochschule-zwickau"),
    ("diana-krahl", "f-bb"),
    ("philip-salomon", "vw-motorenwerk"),
    ("melanie-trommer", "atb"),
    ("carmen-leidereiter", "aconium"),
    ("rene-pessier", "mobilitaetswerk-dresden"),
    ("udo-wehner", "amz-sachsen"),
    ("thomas-birner", "lennardtundbirner"),
    ("martin-witschass", "ihk-chemnitz"),
}
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


def ten_triples(shipped: Project) -> Graph:
    terms = context.read(shipped.context, "context.jsonld")
    triples = list(ox.parse(TEN_TRIPLES, ox.RdfFormat.TURTLE))
    assert len(triples) == 10
    return graphs.from_quads((ox.Quad(t.subject, t.predicate, t.object) for t in triples), terms)


def from_rows(shipped: Project, columns: str, *rows: str) -> Net[str]:
    """A network of the rows given, in SPARQL's VALUES; `:a` is short for <https://example.org/a>."""
    query = f"PREFIX : <{EX}> SELECT {columns} {{ VALUES ({columns}) {{ {' '.join(f'({row})' for row in rows)} }} }}"
    return network.build(ten_triples(shipped), query, "rows")


def edges(net: Net[str], relation: str) -> set[tuple[str, str]]:
    return {(source, target) for source, target, key in net.edges(keys=True) if key == relation}


def name(iri: str) -> str:
    return iri.rsplit("/", 1)[1]


@pytest.fixture(scope="module")
def actors(graph: Graph, shipped: Project) -> Net[str]:
    question = network.find("actors", shipped)
    return network.build(graph, question.text, question.name)


# --- ten triples ------------------------------------------------------------------------------------------------------


def test_things_and_links_are_those_the_query_finds(shipped: Project) -> None:
    net = network.build(ten_triples(shipped), ACQUAINTANCES, "acquaintances")

    assert list(net.nodes) == [f"{EX}anna", f"{EX}ben", f"{EX}cora"]
    assert list(net.edges(keys=True)) == [(f"{EX}anna", f"{EX}ben", f"{EX}knows")]


def test_a_thing_without_a_link_is_kept(shipped: Project) -> None:
    net = network.build(ten_triples(shipped), ACQUAINTANCES, "acquaintances")

    assert list(nx.isolates(net)) == [f"{EX}cora"]


def test_a_link_has_its_quote_once_with_all_its_lines_and_its_rule(shipped: Project) -> None:
    net = network.build(ten_triples(shipped), ACQUAINTANCES, "acquaintances")

    assert net.edges[f"{EX}anna", f"{EX}ben", f"{EX}knows"] == {
        "quotes": [Evidence("Anna kennt Ben", (3, 7))],
        "rules": [f"{EX}rule"],
        "notes": [],
    }


def test_two_relations_between_the_same_things_are_two_links(shipped: Project) -> None:
    net = from_rows(shipped, "?source ?relation ?target", ":a :knows :b", ":a :likes :b", ":b :knows :a")

    assert list(net.edges(keys=True)) == [
        (f"{EX}a", f"{EX}b", f"{EX}knows"),
        (f"{EX}a", f"{EX}b", f"{EX}likes"),
        (f"{EX}b", f"{EX}a", f"{EX}knows"),
    ]


def test_the_same_words_in_two_documents_are_two_proofs(shipped: Project) -> None:
    columns = "?source ?relation ?target ?quote ?line ?document"
    rows = (':a :knows :b "A und B" 4 :second', ':a :knows :b "A und B" UNDEF :first', ':a :knows :b "A, B" 9 :first')

    net = from_rows(shipped, columns, *rows)

    assert net.edges[f"{EX}a", f"{EX}b", f"{EX}knows"]["quotes"] == [
        Evidence("A und B", (), f"{EX}first"),
        Evidence("A und B", (4,), f"{EX}second"),
        Evidence("A, B", (9,), f"{EX}first"),
    ]


def test_notes_and_rules_of_a_link_are_gathered_and_sorted(shipped: Project) -> None:
    columns = "?source ?relation ?target ?rule ?note"
    rows = (":a :knows :b :rule2 :note2", ":a :knows :b :rule1 :note2", ":a :knows :b UNDEF :note1")

    net = from_rows(shipped, columns, *rows)

    assert net.edges[f"{EX}a", f"{EX}b", f"{EX}knows"] == {
        "quotes": [],
        "rules": [f"{EX}rule1", f"{EX}rule2"],
        "notes": [f"{EX}note1", f"{EX}note2"],
    }


def test_a_thing_may_be_linked_with_itself(shipped: Project) -> None:
    net = from_rows(shipped, "?source ?relation ?target", ":a :knows :a")

    assert list(net.edges) == [(f"{EX}a", f"{EX}a", f"{EX}knows")]


def test_a_query_that_finds_nothing_gives_an_empty_network(shipped: Project) -> None:
    net = from_rows(shipped, "?source ?relation ?target")

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
    quotes: list[Evidence] = []
    for *_, link in actors.edges(data=True):
        quotes += link["quotes"]

    assert len(quotes) > 100
    assert [quote.text for quote in quotes if not locate(quote.text, source)] == []
    assert [quote for quote in quotes if not set(quote.lines) <= set(locate(quote.text, source))] == []


def test_everything_holds_all_of_the_actors_and_more(graph: Graph, shipped: Project, actors: Net[str]) -> None:
    question = network.find("everything", shipped)

    everything = network.build(graph, question.text, question.name)

    assert set(everything.nodes) > set(actors.nodes)
    assert set(everything.edges(keys=True)) > set(actors.edges(keys=True))


def test_the_order_of_a_network_does_not_depend_on_the_hash_seed() -> None:
    outputs = {_listed(seed) for seed in ("0", "4711")}

    assert len(outputs) == 1
    assert outputs.pop().count(b"\n") > 300


def _listed(seed: str) -> bytes:
    """Nodes and edges of the shipped network as a fresh process lists them."""
    program = """
from itasgraph import graph, network, project
found = project.find()
question = network.find("actors", found)
net = network.build(graph.load(found), question.text, question.name)
print(*net.nodes, *net.edges(keys=True, data=True), sep="\\n")
"""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=ROOT, capture_output=True, check=True
    ).stdout


# --- asked wrongly ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lacking", ["source", "relation", "target"])
def test_a_network_query_without_a_column_it_needs_is_told_which(shipped: Project, lacking: str) -> None:
    columns = " ".join(f"?{column}" for column in ("source", "relation", "target") if column != lacking)

    with pytest.raises(AskedWrongly) as caught:
        from_rows(shipped, columns, ":a :b")

    assert str(caught.value) == f"rows: a network query lacks the column ?{lacking}"


def test_a_network_query_that_is_no_select_is_told_so_in_the_same_way(shipped: Project) -> None:
    with pytest.raises(AskedWrongly) as caught:
        network.build(ten_triples(shipped), "ASK { ?s ?p ?o }", "ask")

    assert "lacks the column ?source" in str(caught.value)


@pytest.mark.parametrize("row", ["UNDEF :knows :b", ":a UNDEF :b"], ids=["no-source", "no-relation"])
def test_a_row_with_a_target_but_half_a_link_is_shown(shipped: Project, row: str) -> None:
    with pytest.raises(AskedWrongly) as caught:
        from_rows(shipped, "?source ?relation ?target", row)

    assert str(caught.value).startswith("rows: a row of the network has a target, but not ?source and ?relation: ")
    assert f"?target {EX}b" in str(caught.value)


def test_a_line_that_is_no_number_is_shown(shipped: Project) -> None:
    with pytest.raises(AskedWrongly) as caught:
        from_rows(shipped, "?source ?relation ?target ?quote ?line", ':a :knows :b "words" "seven"')

    assert str(caught.value) == "rows: ?line is not a line number: seven"


def test_an_unknown_network_is_answered_with_the_nearest_name(shipped: Project) -> None:
    with pytest.raises(AskedWrongly) as caught:
        network.find("actros", shipped)

    assert str(caught.value) == 'There is no network "actros" – did you mean actors? There are: actors, everything'


def test_a_query_file_of_ones_own_is_found_by_its_path(shipped: Project, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("#+ title: {en: Mine}\n" + ACQUAINTANCES, encoding="utf-8")

    question = network.find(str(tmp_path / "mine.rq"), shipped)

    assert (question.name, question.title("en")) == ("mine", "Mine")


def test_a_query_file_that_is_not_there_is_named(shipped: Project, tmp_path: Path) -> None:
    with pytest.raises(FileProblem) as caught:
        network.find(str(tmp_path / "absent.rq"), shipped)

    assert "absent.rq" in str(caught.value)


def test_view_with_an_unknown_network_says_so_in_one_line_and_exits_with_2(run: Run, tmp_path: Path) -> None:
    result = run("view", "actros", "-o", tmp_path / "network.html", "--lang", "de")

    assert result.exit_code == 2
    assert result.stderr == "Ein Netz „actros“ gibt es nicht – gemeint: actors? Es gibt: actors, everything\n"
    assert not (tmp_path / "network.html").exists()
