"""One thing as text: what is known of it, and who says so."""

from __future__ import annotations

import pytest

from itasgraph.entities import description as descriptions
from itasgraph.entities.description import Description, Statement
from itasgraph.store.graph import Graph
from tests.helpers.graphs import graph_of

ITAS = "https://w3id.org/itas/"
REVIEW = f"{ITAS}source/itas-kongress-2024-rueckblick"
SMALL = """
    GRAPH <vocabulary> {
      schema:Person rdfs:label "Mensch"@de , "Human"@en .
      schema:knows rdfs:label "kennt"@de , "knows"@en ; itas:inverseLabel "wird gekannt von"@de , "is known by"@en .
      schema:name rdfs:label "Name"@de , "name"@en .
    }
    GRAPH <catalogue> {
      <s1> a itas:Source ; rdfs:label "Bericht"@de , "Report"@en ; prov:wasDerivedFrom <https://example.org/report> .
      <s2> a itas:Source ; rdfs:label "Brief"@de , "Letter"@en .
      <e> a itas:EditorialGraph ; rdfs:label "Begriffe"@de , "Concepts"@en .
      <r> a itas:DerivedGraph ; rdfs:label "Regel"@de , "Rule"@en .
    }
    GRAPH <s1> {
      <a> a schema:Person ; itas:kind schema:Person ; schema:name "Anna" ; rdfs:label "Anna"@de , "Anne"@en ;
          skos:altLabel "Annchen"@de , "Annie"@en , "A." ; itas:quote "die Anna" ; dcterms:source <s1> .
      <b> rdfs:label "Bert"@de , "Bertie"@en .
      <a/knows/b> rdf:subject <a> ; rdf:predicate schema:knows ; rdf:object <b> ; itas:quote "Anna kennt Bert" ;
          itas:line 9 , 12 ; dcterms:source <s1> .
    }
    GRAPH <s2> {
      <a2> rdf:subject <a> ; rdf:predicate schema:knows ; rdf:object <b> ; itas:quote "Bert, den Anna kennt" ; dcterms:source <s2> .
    }
    GRAPH <e> { <a> schema:knows <c> . <c> rdfs:label "Carl"@de , "Charles"@en . }
    GRAPH <r> { <d> schema:knows <a> . <d> rdfs:label "Dora"@de , "Dora"@en . }"""
GERMAN = """\
Anna · Mensch
https://w3id.org/itas/a
auch: A., Annchen
    „die Anna“ [1]

Name: Anna

kennt
  Bert
      „Anna kennt Bert“ [1, Zeile 9, 12]
      „Bert, den Anna kennt“ [2]
  Carl
      Redaktion: Begriffe

wird gekannt von
  Dora
      abgeleitet: Regel

[1] Bericht – https://example.org/report
[2] Brief
"""
ENGLISH = """\
Anne · Human
https://w3id.org/itas/a
also: A., Annie
    “die Anna” [1]

name: Anna

is known by
  Dora
      derived: Rule

knows
  Bertie
      “Anna kennt Bert” [1, line 9, 12]
      “Bert, den Anna kennt” [2]
  Charles
      editorial: Concepts

[1] Report – https://example.org/report
[2] Letter
"""


@pytest.fixture(scope="module")
def small() -> Graph:
    return graph_of(SMALL)


def described(graph: Graph, thing: str, lang: str = "de") -> Description:
    return descriptions.describe(graph, ITAS + thing, lang)


def statement(description: Description, text: str) -> Statement:
    """The one relation to the thing labelled `text`."""
    (found,) = (relation for relation in description.relations if relation.value == text)
    return found


# --- the page as a whole ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "page"), [("de", GERMAN), ("en", ENGLISH)])
def test_a_thing_is_shown_with_names_facts_relations_and_who_says_so(small: Graph, lang: str, page: str) -> None:
    assert descriptions.text(small, f"{ITAS}a", lang) == page


def test_a_relation_reads_the_other_way_round_from_its_target(small: Graph) -> None:
    found = described(small, "b")

    assert [(relation.relation, relation.value) for relation in found.relations] == [("wird gekannt von", "Anna")]
    assert set(found.relations[0].quotes) == {("Anna kennt Bert", f"{ITAS}s1"), ("Bert, den Anna kennt", f"{ITAS}s2")}


def test_a_thing_of_which_nothing_is_known_but_its_label_is_shown_by_that(small: Graph) -> None:
    page = descriptions.text(small, "https://schema.org/Person", "de")

    assert page.splitlines()[:2] == ["Mensch", "https://schema.org/Person"]


# --- the shipped graph ------------------------------------------------------------------------------------------


def test_each_appearance_of_a_person_has_organisation_quote_and_line(graph: Graph) -> None:
    found = described(graph, "person/boris-kaiser")
    talks = {
        relation.value[:13]: (relation.details, relation.quotes)
        for relation in found.relations
        if relation.details == ("CWE",)
    }
    words = ("Boris Kaiser, CWE", REVIEW)

    assert talks == {
        "Bürgerdialog ": (("CWE",), {words: {"71"}}),
        "Circular Cars": (("CWE",), {words: {"57"}}),
        "ITAS Ausblick": (("CWE",), {words: {"85"}}),
    }


@pytest.mark.parametrize(
    ("thing", "other", "details"),
    [
        ("person/petra-seifert", "GKN", ("Betriebsrätin",)),
        ("organisation/gkn", "Petra Seifert", ("Betriebsrätin",)),
        ("organisation/ihk-chemnitz", "Patrick Korn", ("ITAS-Projektleiter",)),
        ("organisation/ihk-chemnitz", "Martin Witschaß", ()),
    ],
)
def test_a_role_is_shown_where_the_source_states_one(
    graph: Graph, thing: str, other: str, details: tuple[str, ...]
) -> None:
    assert statement(described(graph, thing), other).details == details


def test_what_the_editors_add_is_said_to_be_theirs(graph: Graph) -> None:
    found = statement(described(graph, "organisation/ihk-chemnitz"), "IHK Mittelsachsen")

    assert (found.quotes, found.graphs) == ({}, {"Redaktion: Verknüpfungen"})


def test_what_a_rule_inferred_is_said_to_be_derived_from_words_about_something_else(graph: Graph) -> None:
    found = statement(described(graph, "work/film-wir-sind-hier"), "Bürgerinnen und Bürger")

    assert found.graphs == {"abgeleitet: Zielgruppe des Abschnitts"}
    assert found.quotes == {("ITAS-Angebote für Arbeitnehmer und Bürger", REVIEW): {"19", "61"}}


def test_the_topic_of_a_thing_rests_on_the_word_it_follows_from(graph: Graph) -> None:
    found = statement(described(graph, "offer/circular-cars"), "Kreislaufwirtschaft")

    assert set(found.quotes) == {("Kreislaufwirtschaft", REVIEW)}


def test_alternative_names_are_those_of_the_language_or_of_none(graph: Graph) -> None:
    german, english = (described(graph, "group/zulieferer", lang).alternatives for lang in ("de", "en"))

    assert (set(german), set(english)) == ({"Automobil-Zulieferer", "Automobilzulieferer"}, {"Automotive suppliers"})


def test_each_document_is_named_once_with_its_address(graph: Graph) -> None:
    page = descriptions.text(graph, f"{ITAS}person/boris-kaiser", "en").splitlines()

    assert page[-1] == ("[1] Review of the ITAS-Kongress 2024 – https://itas-projekt.de/itas-kongress-2024-rueckblick")
    assert sum(line.startswith("[") for line in page) == 1


def test_a_note_of_the_editors_is_not_shown_as_proved_by_words_of_the_source(graph: Graph) -> None:
    notes = [
        fact for fact in described(graph, "talk/reflexion-der-jugend").facts if fact.relation.startswith("Anmerkung")
    ]

    assert [note.quotes for note in notes] == [{}]


def test_a_word_is_not_shown_as_proved_by_a_quote_it_does_not_stand_in(graph: Graph) -> None:
    facts = described(graph, "plan/beteiligung-jugend").facts
    wrong = [
        (fact.value, words)
        for fact in facts
        if fact.relation == "Wort"
        for words, _ in fact.quotes
        if fact.value not in words
    ]

    assert wrong == []


@pytest.mark.parametrize("lang", ["de", "en"])
def test_one_thing_of_each_kind_can_be_shown(graph: Graph, lang: str) -> None:
    rows = graph.select("SELECT ?kind (MIN(STR(?thing)) AS ?one) { ?thing itas:kind ?kind } GROUP BY ?kind")
    pages = {row["kind"].value: descriptions.text(graph, row["one"].value, lang).splitlines() for row in rows}

    assert [kind for kind, page in pages.items() if " · " not in page[0] or not page[1].startswith(ITAS)] == []
    assert len(pages) == 17


# --- data of others ---------------------------------------------------------------------------------------------

FOREIGN = """
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix ex: <https://example.org/> .
    """


def test_a_neighbour_without_an_iri_is_shown_by_its_label() -> None:
    foreign = graph_of(FOREIGN + 'ex:a rdfs:label "Anna" ; ex:knows [ rdfs:label "Bert" ] .')
    page = descriptions.text(foreign, "https://example.org/a", "de")

    assert "  Bert\n" in page


def test_a_label_that_is_an_iri_is_no_label() -> None:
    foreign = graph_of(FOREIGN + 'ex:a rdfs:label ex:b , "Anna" .')
    page = descriptions.text(foreign, "https://example.org/a", "de")

    assert page.splitlines()[0] == "Anna"


def test_a_thing_without_a_label_is_shown_by_its_short_iri() -> None:
    foreign = graph_of("@prefix schema: <https://schema.org/> . schema:a schema:b schema:c .")
    page = descriptions.text(foreign, "https://schema.org/a", "de")

    assert page.splitlines()[0] == "schema:a"


OTHERS = """
    @prefix ex: <http://ex.org/> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    ex:anna rdfs:label "Anna" ; ex:reportsTo ex:bert ; ex:memberOf ex:club ; ex:near ex:bert ; ex:motto "devise"@fr .
    ex:bert rdfs:label "Bert" ; ex:reportsTo ex:carl , [] .
    ex:carl rdfs:label "Carl" .
    ex:near a owl:SymmetricProperty ."""


@pytest.mark.parametrize(
    ("lang", "backwards", "nameless"),
    [
        ("de", "ist „http://ex.org/reportsTo“ von", "(ohne Namen)"),
        ("en", 'is "http://ex.org/reportsTo" of', "(without a name)"),
    ],
)
def test_a_relation_that_comes_in_reads_as_one_where_the_vocabulary_of_others_has_no_words_for_it(
    lang: str, backwards: str, nameless: str
) -> None:
    relations = descriptions.describe(graph_of(OTHERS), "http://ex.org/bert", lang).relations

    assert [(one.relation, one.value) for one in relations] == [
        ("http://ex.org/near", "Anna"),
        ("http://ex.org/reportsTo", nameless),
        ("http://ex.org/reportsTo", "Carl"),
        (backwards, "Anna"),
    ]


def test_what_has_no_label_and_a_text_in_another_language_are_not_left_out() -> None:
    anna = descriptions.describe(graph_of(OTHERS), "http://ex.org/anna", "en")

    assert ("http://ex.org/memberOf", "http://ex.org/club") in [(one.relation, one.value) for one in anna.relations]
    assert [(one.relation, one.value) for one in anna.facts] == [("http://ex.org/motto", "devise")]
