"""What people type for a thing: label, alternative label, id or IRI, in any case, with or without umlauts."""

from __future__ import annotations

import shlex
import unicodedata

import pyoxigraph as ox
import pytest

from itasgraph.entities import names
from itasgraph.errors import AssumedName, UsageError
from itasgraph.project import Project
from itasgraph.store.memory import Graph
from itasgraph.util.spelling import spellings
from tests.helpers.graphs import graph_of
from tests.helpers.namespaces import BASE
from tests.helpers.programs import Run

PERSON = "https://schema.org/Person"
ORGANISATION = "https://schema.org/Organization"
TOPIC = f"{BASE}ontology#Topic"
TARGET_GROUP = f"{BASE}ontology#TargetGroup"


def resolved(graph: Graph, text: str, kind: str = "") -> str:
    return names.resolve(graph, text, kind).value.removeprefix(BASE)


def error_of(graph: Graph, text: str, kind: str = "") -> UsageError:
    with pytest.raises(UsageError) as caught:
        names.resolve(graph, text, kind)
    return caught.value


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("Betriebe", "group/betriebe"),
        ("Companies", "group/betriebe"),
        ("betriebe", "group/betriebe"),
        ("BETRIEBE", "group/betriebe"),
        ("  Betriebe ", "group/betriebe"),
        ("group/betriebe", "group/betriebe"),
        (f"{BASE}group/betriebe", "group/betriebe"),
        ("Wärmebörse", "offer/waermeboerse"),
        ("WAERMEBOERSE", "offer/waermeboerse"),
        ("warmeborse", "offer/waermeboerse"),
        ("Wa\u0308rmebo\u0308rse", "offer/waermeboerse"),
        ("Giesserei Hartmann", "organisation/giesserei-hartmann"),
        ("GIEẞEREI HARTMANN", "organisation/giesserei-hartmann"),
        ("Ada  Blum", "person/ada-blum"),
        ("Verein Nordlicht", "organisation/lernwerk-nordtal"),
        ("Bericht vom Wandelkongress Nordtal 2023", "source/report-2023"),
        ("Abwärme", "topic/waerme"),
        ("itas:Topic", "ontology#Topic"),
    ],
)
def test_any_spelling_is_found(nordtal: Graph, text: str, thing: str) -> None:
    assert resolved(nordtal, text) == thing


def test_title_belongs_to_the_name() -> None:
    assert resolved(graph_of('<a> schema:name "Anna Berg" ; schema:honorificPrefix "Dr." .'), "Dr. Anna Berg") == "a"


@pytest.fixture(params=["own engine", "another engine"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let names be asked as our own engine is asked, or as any other is."""
    if request.param == "another engine":
        monkeypatch.setattr(names, "Graph", int)


@pytest.mark.usefixtures("engine")
def test_each_spelling_of_a_name_finds_its_entities(nordtal: Graph) -> None:
    """The graph preselects the names that may fit; it must not leave one out."""
    all_names = names.names(nordtal)
    missed = [
        (typed, name)
        for name in all_names
        for typed in sorted({name.text.upper(), unicodedata.normalize("NFD", name.text), *spellings(name.text)})
        if not any(resolves_to(nordtal, typed, one.entity) for one in all_names if one.text == name.text)
    ]

    assert len(all_names) > 100
    assert missed == []


def resolves_to(graph: Graph, text: str, entity: str) -> bool:
    """Return whether a text names an entity, or several of which it is one."""
    try:
        return names.resolve(graph, text).value == entity
    except UsageError as error:
        return error.code == "ambiguous-name" and entity.removeprefix(BASE) in str(error.facts["candidates"])


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(
    "name", ["C++ (Kurs)", "a.b|c", "[x", "Was? Wie! Wo*", "back\\slash", "Киев", "wort " * 60, "–"]
)
def test_signs_in_a_name_stand_for_themselves(name: str) -> None:
    graph = graph_of("")
    graph.store.add(ox.Quad(ox.NamedNode(f"{BASE}a"), ox.NamedNode("https://schema.org/name"), ox.Literal(name)))

    assert resolved(graph, name.upper()) == "a"


def test_class_restricts_the_match(nordtal: Graph) -> None:
    of_any_class = resolved(nordtal, "Wärmebörse")
    of_topics = error_of(nordtal, "Wärmebörse", TOPIC)

    assert of_any_class == "offer/waermeboerse"
    assert of_topics.code == "wrong-kind"


@pytest.mark.quick(2)
@pytest.mark.parametrize(
    ("text", "id_"), [("Ada Blum", "person/ada-blum"), ("Stadtwerke Nordtal", "organisation/stadtwerke-nordtal")]
)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_other_kind_names_two_commands(run: Run, nordtal_project: Project, text: str, id_: str, lang: str) -> None:
    done = run("query", "who", "-p", f"topic={text}", "--project", nordtal_project.root, "--lang", lang)
    listing, showing = (shlex.split(line.rpartition(": itasgraph ")[2]) for line in done.stderr.splitlines())
    listed = run(*listing, "-f", "csv", "--project", nordtal_project.root)

    assert (done.exit_code, done.stdout) == (2, "")
    assert {"de": "gebraucht wird die Art Thema –", "en": "the kind Topic is needed –"}[lang] in done.stderr
    assert f"{BASE}topic/waerme" in listed.stdout.split()
    assert f"{BASE}{id_}" not in listed.stdout.split()
    assert showing == ["show", id_]
    assert run(*showing, "--project", nordtal_project.root).exit_code == 0


def test_iri_of_another_class_is_refused(nordtal: Graph) -> None:
    error = error_of(nordtal, "organisation/stadtwerke-nordtal", TOPIC)

    assert (error.code, error.exit_code) == ("wrong-kind", 2)


@pytest.mark.parametrize(
    ("text", "kind", "nearest"),
    [
        ("Wärmebrse", "", "Wärmebörse"),
        ("Ada Blun", PERSON, "Ada Blum"),
        ("Betreibe", TARGET_GROUP, "Betriebe"),
        ("Quantencomputer", "", ""),
        ("marder", "", ""),
    ],
)
def test_unknown_name_gets_the_nearest(nordtal: Graph, text: str, kind: str, nearest: str) -> None:
    error = error_of(nordtal, text, kind)

    assert (error.code, error.facts["name"], error.facts["nearest"]) == ("unknown-name", text, nearest)


@pytest.mark.parametrize(
    ("text", "kind", "thing", "label"),
    [
        ("HARTMANN", "", "organisation/giesserei-hartmann", "Gießerei Hartmann"),
        ("Blum", "", "person/ada-blum", "Ada Blum"),
        ("Stadtwerke", "", "organisation/stadtwerke-nordtal", "Stadtwerke Nordtal"),
        ("wärm", TOPIC, "topic/waerme", "Heat"),
        ("netzwerk nord", "", "initiative/netzwerk-nordtal", "Netzwerk Nordtal"),
    ],
)
def test_unique_part_is_assumed(nordtal: Graph, text: str, kind: str, thing: str, label: str) -> None:
    with pytest.warns(AssumedName) as warned:
        actual = resolved(nordtal, text, kind)

    assert actual == thing
    assert [str(one.message) for one in warned] == [f"“{text}” is taken to mean: {label} ({thing})"]


def test_ambiguous_part_lists_ids(nordtal: Graph) -> None:
    error = error_of(nordtal, "Nordtal", ORGANISATION)

    assert error.code == "ambiguous-name"
    assert error.facts["candidates"] == "organisation/lernwerk-nordtal, organisation/stadtwerke-nordtal"


def test_whole_words_go_first() -> None:
    many = "".join(f'<h{number:02}> rdfs:label "Holzweg {number}"@de . ' for number in range(14))
    two = graph_of(f'<a> rdfs:label "Holz AG"@de . {many}')

    with pytest.warns(AssumedName):
        assert resolved(two, "holz") == "a"
    assert error_of(two, "holzw").facts["candidates"] == ", ".join(f"h{n:02}" for n in range(10)) + " and 4 more"


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
    assert error_of(graph_of(MESSY), text).code == "unknown-name"


def test_did_you_mean_has_both_languages(nordtal: Graph) -> None:
    error = error_of(nordtal, "Ada Blun")

    assert "gemeint: Ada Blum?" in error.render("de")
    assert "did you mean Ada Blum?" in error.render("en")


def test_shared_name_lists_both_ids(nordtal: Graph) -> None:
    error = error_of(nordtal, "Zielgruppen")

    assert error.code == "ambiguous-name"
    assert error.facts["candidates"] == "editorial/target-groups, scheme/target-groups"


def test_label_beats_alternative_label() -> None:
    two = graph_of('<a> rdfs:label "Berg"@de . <b> rdfs:label "Tal"@de ; skos:altLabel "Berg" .')

    assert resolved(two, "Berg") == "a"


def test_same_name_in_two_languages_is_one() -> None:
    one = graph_of('<a> rdfs:label "Berg"@de , "Berg"@en ; schema:name "Berg" .')

    assert resolved(one, "berg") == "a"


@pytest.mark.parametrize(
    "text", ["", " ", "x y {} <>", '"', "\\", "a|b", "?x", "<", "schema:", "nope:thing", "https://example.org/nothing"]
)
def test_impossible_name_is_unknown(nordtal: Graph, text: str) -> None:
    error = error_of(nordtal, text)

    assert (error.code, error.exit_code) == ("unknown-name", 2)


def test_vocabulary_is_not_matched(nordtal: Graph) -> None:
    error = error_of(nordtal, "Programmabschnitte")

    assert error.code == "unknown-name"


def test_blank_node_is_not_offered() -> None:
    nameless = graph_of('[] rdfs:label "Anna Berg" . <b> rdfs:label "Bert Tal" .')

    assert error_of(nameless, "Anna Berg").code == "unknown-name"


def test_iri_is_no_name() -> None:
    odd = graph_of('<a> rdfs:label <b> , "Anna" .')

    assert {name.text for name in names.names(odd)} == {"Anna"}
