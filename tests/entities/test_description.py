"""One thing as text: what is known of it, and who says so."""

from __future__ import annotations

import pytest

from itasgraph.entities import description as descriptions
from itasgraph.entities.evidence import Evidence
from itasgraph.store.memory import Graph
from tests.helpers.descriptions import description_of
from tests.helpers.graphs import graph_of
from tests.helpers.namespaces import BASE

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
      „Anna kennt Bert“ [1, Zeilen 9, 12]
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
      “Anna kennt Bert” [1, lines 9, 12]
      “Bert, den Anna kennt” [2]
  Charles
      editorial: Concepts

[1] Report – https://example.org/report
[2] Letter
"""


@pytest.fixture(scope="module")
def small() -> Graph:
    return graph_of(SMALL)


# --- the page as a whole ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "page"), [("de", GERMAN), ("en", ENGLISH)])
def test_entity_has_facts_and_sources(small: Graph, lang: str, page: str) -> None:
    assert descriptions.text(small, f"{BASE}a", lang) == page


def test_relation_reads_backwards(small: Graph) -> None:
    description = description_of(small, "b")

    assert [(relation.relation, relation.value) for relation in description.relations] == [("wird gekannt von", "Anna")]
    assert description.relations[0].evidence == [
        Evidence("Anna kennt Bert", (9, 12), f"{BASE}s1"),
        Evidence("Bert, den Anna kennt", (), f"{BASE}s2"),
    ]


def test_label_alone_is_shown(small: Graph) -> None:
    page = descriptions.text(small, "https://schema.org/Person", "de")

    assert page.splitlines()[:2] == ["Mensch", "https://schema.org/Person"]


# --- data of others ---------------------------------------------------------------------------------------------

FOREIGN = """
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix ex: <https://example.org/> .
    """


def test_neighbour_without_iri_has_a_label() -> None:
    foreign = graph_of(FOREIGN + 'ex:a rdfs:label "Anna" ; ex:knows [ rdfs:label "Bert" ] .')
    page = descriptions.text(foreign, "https://example.org/a", "de")

    assert "  Bert\n" in page


def test_iri_is_no_label() -> None:
    foreign = graph_of(FOREIGN + 'ex:a rdfs:label ex:b , "Anna" .')
    page = descriptions.text(foreign, "https://example.org/a", "de")

    assert page.splitlines()[0] == "Anna"


def test_unlabelled_entity_has_a_short_iri() -> None:
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
        ("en", "is “http://ex.org/reportsTo” of", "(without a name)"),
    ],
)
def test_foreign_relation_reads_backwards(lang: str, backwards: str, nameless: str) -> None:
    relations = descriptions.describe(graph_of(OTHERS), "http://ex.org/bert", lang).relations

    assert [(one.relation, one.value) for one in relations] == [
        ("http://ex.org/near", "Anna"),
        ("http://ex.org/reportsTo", nameless),
        ("http://ex.org/reportsTo", "Carl"),
        (backwards, "Anna"),
    ]


def test_other_language_is_not_dropped() -> None:
    anna = descriptions.describe(graph_of(OTHERS), "http://ex.org/anna", "en")

    assert ("http://ex.org/memberOf", "http://ex.org/club") in [(one.relation, one.value) for one in anna.relations]
    assert [(one.relation, one.value) for one in anna.details] == [("http://ex.org/motto", "devise")]


def test_hidden_property_is_no_detail() -> None:
    marked = """
        @prefix itas: <https://w3id.org/itas/ontology#> .
        ex:number itas:hidden true .
        ex:anna ex:number 7 ; ex:motto "devise" ."""
    anna = descriptions.describe(graph_of(OTHERS + marked), "http://ex.org/anna", "en")

    assert {one.relation for one in anna.details} == {"http://ex.org/motto"}


def test_umlauts_and_capitals_do_not_change_the_order() -> None:
    names = {"b": "Vorhaben", "c": "Überleitung", "d": "ursprung", "e": "Zug"}
    graph = graph_of(
        "".join(f'<a> schema:knows <{iri}> . <{iri}> rdfs:label "{name}"@de .' for iri, name in names.items())
    )
    page = descriptions.text(graph, f"{BASE}a", "de").splitlines()

    assert [line.strip() for line in page if line.strip() in names.values()] == [
        "Überleitung",
        "ursprung",
        "Vorhaben",
        "Zug",
    ]
