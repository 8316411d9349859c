"""What is said of actors, offers and plans of the congress, and who says so."""

from __future__ import annotations

import pytest

from itasgraph.entities import description as descriptions
from itasgraph.entities.details import Details
from itasgraph.entities.evidence import Evidence
from itasgraph.entities.labels import translations
from itasgraph.store.memory import Graph
from tests.helpers.descriptions import REVIEW, description_of, statement
from tests.helpers.namespaces import BASE


def test_appearance_has_organisation_and_line(graph: Graph) -> None:
    description = description_of(graph, "person/boris-kaiser")
    talks = {
        relation.value[:13]: (relation.qualifiers, relation.evidence)
        for relation in description.relations
        if relation.qualifiers == ("CWE",)
    }

    assert talks == {
        "Bürgerdialog ": (("CWE",), [Evidence("Boris Kaiser, CWE", (71,), REVIEW)]),
        "Circular Cars": (("CWE",), [Evidence("Boris Kaiser, CWE", (57,), REVIEW)]),
        "ITAS Ausblick": (("CWE",), [Evidence("Boris Kaiser, CWE", (85,), REVIEW)]),
    }


@pytest.mark.parametrize(
    ("thing", "other", "qualifiers"),
    [
        ("person/petra-seifert", "GKN", ("Betriebsrätin",)),
        ("organisation/gkn", "Petra Seifert", ("Betriebsrätin",)),
        ("organisation/ihk-chemnitz", "Patrick Korn", ("ITAS-Projektleiter",)),
        ("organisation/ihk-chemnitz", "Martin Witschaß", ()),
    ],
)
def test_stated_role_is_shown(graph: Graph, thing: str, other: str, qualifiers: tuple[str, ...]) -> None:
    assert statement(description_of(graph, thing), other).qualifiers == qualifiers


def test_editorial_facts_are_marked(graph: Graph) -> None:
    actual = statement(description_of(graph, "organisation/ihk-chemnitz"), "IHK Mittelsachsen")

    assert (actual.evidence, actual.graphs) == ([], {"Redaktion: Verknüpfungen"})


def test_derived_facts_are_marked(graph: Graph) -> None:
    actual = statement(description_of(graph, "work/film-wir-sind-hier"), "Bürgerinnen und Bürger")

    assert actual.graphs == {"abgeleitet: Zielgruppe des Abschnitts"}
    assert actual.evidence == [Evidence("ITAS-Angebote für Arbeitnehmer und Bürger", (19, 61), REVIEW)]


def test_topic_rests_on_its_word(graph: Graph) -> None:
    actual = statement(description_of(graph, "offer/circular-cars"), "Kreislaufwirtschaft")

    assert {(one.quote, one.source) for one in actual.evidence} == {("Kreislaufwirtschaft", REVIEW)}


def test_alternative_labels_fit_the_language(graph: Graph) -> None:
    german, english = (description_of(graph, "group/zulieferer", lang).alternatives for lang in ("de", "en"))

    assert (set(german), set(english)) == ({"Automobil-Zulieferer"}, {"Automotive suppliers"})


def test_documents_are_listed_once(graph: Graph) -> None:
    page = descriptions.text(graph, f"{BASE}person/boris-kaiser", "en").splitlines()

    assert page[-1] == (
        "[1] Looking back on the ITAS-Kongress 2024 – https://itas-projekt.de/itas-kongress-2024-rueckblick"
    )
    assert sum(line.startswith("[") for line in page) == 1


def test_editorial_note_has_no_quote(graph: Graph) -> None:
    notes = [
        fact
        for fact in description_of(graph, "discussion/reflexion-der-jugend").details
        if fact.relation.startswith("Anmerkung")
    ]

    assert [note.evidence for note in notes] == [[]]


@pytest.mark.parametrize("entity", ["event/itas-kongress-2024", "topic/kreislaufwirtschaft", "talk/circular-cars"])
def test_show_and_picture_agree_on_details(graph: Graph, entity: str) -> None:
    panel = Details(graph, translations(graph)).of(BASE + entity)["facts"]

    relations = {"hat die Form", "hat den Status"}
    shown = {detail.relation for detail in description_of(graph, entity).details}
    assert {fact["label"]["de"] for fact in panel} - relations == shown


@pytest.mark.quick(1)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_kind_can_be_shown(graph: Graph, lang: str) -> None:
    rows = graph.select("SELECT ?kind (MIN(STR(?thing)) AS ?one) { ?thing itas:kind ?kind } GROUP BY ?kind")
    pages = {row["kind"].value: descriptions.text(graph, row["one"].value, lang).splitlines() for row in rows}

    assert [kind for kind, page in pages.items() if " · " not in page[0] or not page[1].startswith(BASE)] == []
    assert len(pages) == 18
