"""What is said of actors, offers and plans of the congress, and who says so."""

from __future__ import annotations

import pytest

from itasgraph.entities import description as descriptions
from itasgraph.store.graph import Graph
from tests.helpers.descriptions import REVIEW, description_of, statement
from tests.helpers.namespaces import BASE


def test_appearance_has_organisation_and_line(graph: Graph) -> None:
    found = description_of(graph, "person/boris-kaiser")
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
def test_stated_role_is_shown(graph: Graph, thing: str, other: str, details: tuple[str, ...]) -> None:
    assert statement(description_of(graph, thing), other).details == details


def test_editorial_facts_are_marked(graph: Graph) -> None:
    found = statement(description_of(graph, "organisation/ihk-chemnitz"), "IHK Mittelsachsen")

    assert (found.quotes, found.graphs) == ({}, {"Redaktion: Verknüpfungen"})


def test_derived_facts_are_marked(graph: Graph) -> None:
    found = statement(description_of(graph, "work/film-wir-sind-hier"), "Bürgerinnen und Bürger")

    assert found.graphs == {"abgeleitet: Zielgruppe des Abschnitts"}
    assert found.quotes == {("ITAS-Angebote für Arbeitnehmer und Bürger", REVIEW): {"19", "61"}}


def test_topic_rests_on_its_word(graph: Graph) -> None:
    found = statement(description_of(graph, "offer/circular-cars"), "Kreislaufwirtschaft")

    assert set(found.quotes) == {("Kreislaufwirtschaft", REVIEW)}


def test_alternative_labels_fit_the_language(graph: Graph) -> None:
    german, english = (description_of(graph, "group/zulieferer", lang).alternatives for lang in ("de", "en"))

    assert (set(german), set(english)) == ({"Automobil-Zulieferer", "Automobilzulieferer"}, {"Automotive suppliers"})


def test_documents_are_listed_once(graph: Graph) -> None:
    page = descriptions.text(graph, f"{BASE}person/boris-kaiser", "en").splitlines()

    assert page[-1] == ("[1] Review of the ITAS-Kongress 2024 – https://itas-projekt.de/itas-kongress-2024-rueckblick")
    assert sum(line.startswith("[") for line in page) == 1


def test_editorial_note_has_no_quote(graph: Graph) -> None:
    notes = [
        fact
        for fact in description_of(graph, "talk/reflexion-der-jugend").facts
        if fact.relation.startswith("Anmerkung")
    ]

    assert [note.quotes for note in notes] == [{}]


def test_word_needs_its_quote(graph: Graph) -> None:
    facts = description_of(graph, "plan/beteiligung-jugend").facts
    wrong = [
        (fact.value, words)
        for fact in facts
        if fact.relation == "Wort"
        for words, _ in fact.quotes
        if fact.value not in words
    ]

    assert wrong == []


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_kind_can_be_shown(graph: Graph, lang: str) -> None:
    rows = graph.select("SELECT ?kind (MIN(STR(?thing)) AS ?one) { ?thing itas:kind ?kind } GROUP BY ?kind")
    pages = {row["kind"].value: descriptions.text(graph, row["one"].value, lang).splitlines() for row in rows}

    assert [kind for kind, page in pages.items() if " · " not in page[0] or not page[1].startswith(BASE)] == []
    assert len(pages) == 17
