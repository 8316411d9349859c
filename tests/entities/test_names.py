"""What people type for a thing: label, alternative label, id or IRI, in any case, with or without umlauts."""

from __future__ import annotations

import shlex

import pytest

from itasgraph.entities import names
from itasgraph.errors import AssumedName, UsageError
from itasgraph.store.graph import Graph
from tests.helpers.graphs import graph_of
from tests.helpers.namespaces import BASE
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT

PERSON = "https://schema.org/Person"
TOPIC = f"{BASE}ontology#Topic"
TARGET_GROUP = f"{BASE}ontology#TargetGroup"


def resolved(graph: Graph, text: str, kind: str = "") -> str:
    return names.resolve(graph, text, kind).value.removeprefix(BASE)


def refused(graph: Graph, text: str, kind: str = "") -> UsageError:
    with pytest.raises(UsageError) as caught:
        names.resolve(graph, text, kind)
    return caught.value


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("Zulieferer", "group/zulieferer"),
        ("Suppliers", "group/zulieferer"),
        ("zulieferer", "group/zulieferer"),
        ("ZULIEFERER", "group/zulieferer"),
        ("  Zulieferer ", "group/zulieferer"),
        ("Automobilzulieferer", "group/zulieferer"),
        ("group/zulieferer", "group/zulieferer"),
        (f"{BASE}group/zulieferer", "group/zulieferer"),
        ("Michel Götze", "person/michel-goetze"),
        ("MICHEL GOETZE", "person/michel-goetze"),
        ("michel gotze", "person/michel-goetze"),
        ("Michel Go\u0308tze", "person/michel-goetze"),
        ("Martin Witschass", "person/martin-witschass"),
        ("MARTIN WITSCHAẞ", "person/martin-witschass"),
        ("rene pessier", "person/rene-pessier"),
        ("Dr. Cornelius Plaul", "person/cornelius-plaul"),
        ("Cornelius  Plaul", "person/cornelius-plaul"),
        ("2. ITAS-Kongress", "event/itas-kongress-2024"),
        ("WIR SIND HIER", "work/film-wir-sind-hier"),
        ("f-bb gGmbH", "organisation/f-bb"),
        ("Recycling", "topic/kreislaufwirtschaft"),
        ("itas:Topic", "ontology#Topic"),
        ("SOS Berufsausbildung", "offer/sos-berufsausbildung"),
    ],
)
def test_any_spelling_is_found(graph: Graph, text: str, thing: str) -> None:
    assert resolved(graph, text) == thing


def test_class_restricts_the_match(graph: Graph) -> None:
    of_any_class = resolved(graph, "Trainings für Kreislaufwirtschaft")
    of_topics = refused(graph, "Trainings für Kreislaufwirtschaft", TOPIC)

    assert of_any_class == "offer/circular-cars"
    assert of_topics.code == "other-kind"


@pytest.mark.parametrize(("text", "id_"), [("Boris Kaiser", "person/boris-kaiser"), ("CWE", "organisation/cwe")])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_other_kind_names_two_commands(run: Run, text: str, id_: str, lang: str) -> None:
    done = run("query", "who", "-p", f"topic={text}", "--project", ROOT, "--lang", lang)
    listing, showing = (shlex.split(line.rpartition(": itasgraph ")[2]) for line in done.stderr.splitlines())
    listed = run(*listing, "-f", "csv", "--project", ROOT)

    assert (done.exit_code, done.stdout) == (2, "")
    assert {"de": "gefragt ist: Thema –", "en": "asked for is: Topic –"}[lang] in done.stderr
    assert f"{BASE}topic/kreislaufwirtschaft" in listed.stdout.split()
    assert f"{BASE}{id_}" not in listed.stdout.split()
    assert showing == ["show", id_]
    assert run(*showing, "--project", ROOT).exit_code == 0


def test_iri_of_another_class_is_refused(graph: Graph) -> None:
    error = refused(graph, "organisation/cwe", TOPIC)

    assert (error.code, error.exit_code) == ("other-kind", 2)


@pytest.mark.parametrize(
    ("text", "kind", "nearest"),
    [
        ("Kreislaufwirtschft", "", "Kreislaufwirtschaft"),
        ("Boris Kaisr", PERSON, "Boris Kaiser"),
        ("Zuliefrer", TARGET_GROUP, "Zulieferer"),
        ("Quantencomputer", "", ""),
        ("marder", "", ""),
    ],
)
def test_unknown_name_gets_the_nearest(graph: Graph, text: str, kind: str, nearest: str) -> None:
    error = refused(graph, text, kind)

    assert (error.code, error.facts["name"], error.facts["nearest"]) == ("unknown-name", text, nearest)


@pytest.mark.parametrize(
    ("text", "kind", "thing", "label"),
    [
        ("GOETZE", "", "person/michel-goetze", "Michel Götze"),
        ("Kaiser", "", "person/boris-kaiser", "Boris Kaiser"),
        ("Volkswagen", "", "organisation/volkswagen-bildungsinstitut", "Volkswagen Bildungsinstitut"),
        ("kreislauf", TOPIC, "topic/kreislaufwirtschaft", "Circular economy"),
        ("gherzi germany", "", "organisation/gherzi-germany", "Gherzi Germany GmbH"),
    ],
)
def test_unique_part_is_assumed(graph: Graph, text: str, kind: str, thing: str, label: str) -> None:
    with pytest.warns(AssumedName) as warned:
        found = resolved(graph, text, kind)

    assert found == thing
    assert [str(one.message) for one in warned] == [f'"{text}" is taken to mean: {label} ({thing})']


def test_ambiguous_part_lists_ids(graph: Graph) -> None:
    error = refused(graph, "IHK")

    assert error.code == "ambiguous-name"
    assert error.facts["candidates"] == "organisation/ihk-chemnitz, organisation/ihk-mittelsachsen"


def test_whole_words_go_first() -> None:
    many = "".join(f'<h{number:02}> rdfs:label "Holzweg {number}"@de . ' for number in range(14))
    two = graph_of(f'<a> rdfs:label "Holz AG"@de . {many}')

    with pytest.warns(AssumedName):
        assert resolved(two, "holz") == "a"
    assert refused(two, "holzw").facts["candidates"] == ", ".join(f"h{n:02}" for n in range(10)) + " and 4 more"


MESSY = """
    <person/mia-o-neil> schema:name "Mia O'Neil" .
    <person/anna> schema:name "Anna-Lena Sørensen" ; schema:honorificPrefix "Dr." .
    <person/jose> schema:name "José García y Vega" .
    <organisation/muellersoehne> schema:name "Müller & Söhne GmbH & Co. KG" .
    <event/forum-2030> rdfs:label "Forum 2030"@de .
    <source/bericht> rdfs:label "Bericht vom Forum 2030"@de .
"""


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("Mia O’Neil", "person/mia-o-neil"),
        ("mia oneil", "person/mia-o-neil"),
        ("oneil", "person/mia-o-neil"),
        ("mia-o-neil", "person/mia-o-neil"),
        ("O'Neil, Mia", "person/mia-o-neil"),
        ("Dr. Sørensen", "person/anna"),
        ("anna lena sorensen", "person/anna"),
        ("Vega, José", "person/jose"),
        ("Müller & Söhne GmbH & Co KG", "organisation/muellersoehne"),
        ("muellersoehne", "organisation/muellersoehne"),
        ("forum-2030", "event/forum-2030"),
    ],
)
def test_word_order_is_free(text: str, thing: str) -> None:
    with pytest.warns(AssumedName):
        assert resolved(graph_of(MESSY), text) == thing


@pytest.mark.parametrize("text", ["y", "Mia Vega", "’", "Søren Nil"])
def test_missing_word_matches_nothing(text: str) -> None:
    assert refused(graph_of(MESSY), text).code == "unknown-name"


def test_did_you_mean_has_both_languages(graph: Graph) -> None:
    error = refused(graph, "Boris Kaisr")

    assert "gemeint: Boris Kaiser?" in error.render("de")
    assert "did you mean Boris Kaiser?" in error.render("en")


def test_shared_name_lists_both_ids(graph: Graph) -> None:
    error = refused(graph, "Strategisches Review der regionalen Berufsausbildung")

    assert error.code == "ambiguous-name"
    assert error.facts["candidates"] == "offer/review-berufsausbildung, talk/review-berufsausbildung"


def test_label_beats_alternative_label() -> None:
    two = graph_of('<a> rdfs:label "Berg"@de . <b> rdfs:label "Tal"@de ; skos:altLabel "Berg" .')

    assert resolved(two, "Berg") == "a"


def test_same_name_in_two_languages_is_one() -> None:
    one = graph_of('<a> rdfs:label "Berg"@de , "Berg"@en ; schema:name "Berg" .')

    assert resolved(one, "berg") == "a"


@pytest.mark.parametrize(
    "text", ["", " ", "x y {} <>", '"', "\\", "a|b", "?x", "<", "schema:", "nope:thing", "https://example.org/nothing"]
)
def test_impossible_name_is_unknown(graph: Graph, text: str) -> None:
    error = refused(graph, text)

    assert (error.code, error.exit_code) == ("unknown-name", 2)


def test_vocabulary_is_not_matched(graph: Graph) -> None:
    error = refused(graph, "Programmbeiträge")

    assert error.code == "unknown-name"


def test_blank_node_is_not_offered() -> None:
    nameless = graph_of('[] rdfs:label "Anna Berg" . <b> rdfs:label "Bert Tal" .')

    assert refused(nameless, "Anna Berg").code == "unknown-name"


def test_iri_is_no_name() -> None:
    odd = graph_of('<a> rdfs:label <b> , "Anna" .')

    assert {name.text for name in names.names(odd)} == {"Anna"}
