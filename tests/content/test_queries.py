"""The ready questions: what each answers on the real data, in both languages, and that a parameter stays a value."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from itasgraph.network import builder
from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.store import access, queryable
from itasgraph.store.memory import Graph
from itasgraph.store.queryable import value
from itasgraph.vocabulary import FUNCTION
from tests.content.kongress import PROGRAMME, SECTIONS
from tests.helpers.graphs import export, graph_of_project
from tests.helpers.namespaces import DOCUMENT
from tests.helpers.programs import Run
from tests.helpers.projects import HEAD, ROOT, little_project
from tests.helpers.questions import ALONE, NETWORKS, READY, Ask, Row, answers, columns, name_of, question

# What the review of the congress says nothing about; test_region.py has answers.
NO_ROWS = {"contradictions", "never-spoke"}
SOURCE = "https://w3id.org/itas/source/itas-kongress-2024-rueckblick"


# --- all of them ------------------------------------------------------------------------------------------------


def test_39_questions_and_8_networks() -> None:
    assert (len(READY), len(ALONE), len(NETWORKS)) == (39, 38, 8)


@pytest.mark.parametrize("path", NETWORKS, ids=name_of)
def test_networks_have_titles_and_summaries(path: Path, shipped: Project) -> None:
    document = queries.read(path, shipped)

    assert set(document.titles) == set(document.summaries) == {"de", "en"}
    assert all(len(text) > 10 for text in [*document.titles.values(), *document.summaries.values()])
    assert document.titles["de"] != document.titles["en"]


@pytest.mark.quick(12)
@pytest.mark.parametrize("path", ALONE, ids=name_of)
def test_both_languages_give_the_same_rows(path: Path, ask: Ask) -> None:
    german, english = (ask(path.stem, lang) for lang in ("de", "en"))
    same = [
        name for name in [*german, {}][0] if not name.endswith("Label") and name not in ("change", "events", "reason")
    ]

    assert len(german) == len(english)
    assert bool(german) == (path.stem not in NO_ROWS)
    assert sorted(columns(german, *same)) == sorted(columns(english, *same))


@pytest.mark.parametrize("path", ALONE, ids=name_of)
def test_rows_are_unique_and_labelled(path: Path, ask: Ask) -> None:
    rows = ask(path.stem)
    optional = {
        f"{name}Label"
        for name in ("form", "status", "speaker", "organisation", "role", "presented", "place", "sector", "town", "via")
    }
    optional |= (
        {"relationLabel", "personLabel", "sectionLabel"} if path.stem == "timetable" else set()
    )  # a section may have no moderator

    assert max(Counter(tuple(row.values()) for row in rows).values(), default=1) == 1
    assert [
        row
        for row in rows
        for name, text in row.items()
        if name.endswith("Label") and not text and name not in optional
    ] == []


@pytest.fixture(scope="module")
def said_twice(graph: Graph) -> Graph:
    """Return the graph in which every triple of every graph stands in a second named source as well."""
    second = ox.NamedNode("https://w3id.org/itas/source/second")
    named = [quad for quad in graph.store if not isinstance(quad.graph_name, ox.DefaultGraph)]
    store = ox.Store()
    store.extend(graph.store)
    store.extend(ox.Quad(quad.subject, quad.predicate, quad.object, second) for quad in named)
    return Graph(store, graph.prefixes, graph.base)


class CountsEachGraph(Graph):
    """A store that, as Virtuoso does, finds a triple once for each graph that holds it."""

    def query(self, text: str) -> queryable.Result:
        return self.store.query(text, prefixes=self.prefixes, base_iri=self.base, use_default_graph_as_union=True)


@pytest.fixture(scope="module")
def counted_twice(graph: Graph) -> Graph:
    """Return the triples in two named graphs each, in a store that counts both."""
    pair = [ox.NamedNode(f"https://w3id.org/itas/source/{name}") for name in ("first", "second")]
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object, name) for t in graph.triples() for name in pair)
    return CountsEachGraph(store, graph.prefixes, graph.base)


@pytest.fixture(scope="module")
def as_turtle(graph: Graph, shipped: Project, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Return the graph after a round through the exported Turtle, which has no named graphs."""
    path = tmp_path_factory.mktemp("exported") / "itas.ttl"
    path.write_bytes(export(graph, "turtle"))
    return access.load_files([path], shipped)


@pytest.mark.quick(4)
@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("path", ALONE, ids=name_of)
def test_second_source_changes_no_answer(path: Path, lang: str, shipped: Project, ask: Ask, said_twice: Graph) -> None:
    assert answers(path, shipped, said_twice, lang, {}) == ask(path.stem, lang)


_ITAS = "https://w3id.org/itas/ontology#"
_QUOTE = ox.NamedNode(f"{_ITAS}quote")
_SAID_BY = ox.NamedNode("http://purl.org/dc/terms/source")
# Each row of these is a quote, word or name by what the question asks for.
BY_WORD = {"evidence", "omissions", "sources", "statement", "words"}


@pytest.fixture(scope="module")
def quoted_otherwise(graph: Graph) -> Graph:
    """Return the graph in which a second source says everything once more, in other words."""
    second = ox.NamedNode("https://w3id.org/itas/source/second")
    store = ox.Store()
    store.extend(graph.store)
    for quad in list(graph.store):
        if quad.predicate == _QUOTE:
            store.add(ox.Quad(quad.subject, _QUOTE, ox.Literal(f"{value(quad.object)} (again)"), quad.graph_name))
            store.add(ox.Quad(quad.subject, _SAID_BY, second, quad.graph_name))
    names = [ox.Literal(text, language=lang) for text, lang in (("Zweiter Bericht", "de"), ("Second report", "en"))]
    store.extend(ox.Quad(second, ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), name) for name in names)
    return Graph(store, graph.prefixes, graph.base)


@pytest.mark.quick(6)
@pytest.mark.parametrize("path", [path for path in ALONE if path.stem not in BY_WORD], ids=name_of)
def test_rows_are_entities_not_quotes(path: Path, shipped: Project, ask: Ask, quoted_otherwise: Graph) -> None:
    words = {"quote", "otherQuote", "word", "source"}
    said_again = answers(path, shipped, quoted_otherwise, "de", {})
    without = [
        [{name: text for name, text in row.items() if name not in words} for row in rows]
        for rows in (said_again, ask(path.stem))
    ]

    assert without[0] == without[1]
    assert all(row["quote"].endswith("(again)") for row in said_again if row.get("quote"))


def test_row_names_both_sources(shipped: Project, quoted_otherwise: Graph) -> None:
    (row, *_) = answers(question("together"), shipped, quoted_otherwise, "de", {})

    assert row["source"] == "Rückblick auf den ITAS-Kongress 2024 | Zweiter Bericht"
    assert row["quote"] == "Andreas Wächtler, AMZ Sachsen | Andreas Wächtler, AMZ Sachsen (again)"


TALKS = """\
- {id: event/day, type: Event, name: Day, date: 2031-05-01, quote: Day}
- id: talk/one
  type: Contribution
  partOf: event/day
  position: 1
  title: One
  label: {de: Eins, en: One}
  words: [wood]
  quote: One
  states:
    message/more: {quote: "more wood"}
  speakers:
    person/ann: {position: 1, organisation: organisation/mill, quote: "Ann, Mill"}
- id: talk/two
  type: Contribution
  partOf: event/day
  position: 2
  title: Two
  label: {de: Zwei, en: Two}
  quote: Two
  states:
    message/less: {quote: "less wood"}
  presents:
    work/study: {quote: "the study"}
  speakers:
    person/ann: {position: 1, organisation: organisation/mill, quote: "Ann, Mill"}
    people/guests: {position: 2, organisation: organisation/mill, quote: "guests"}
- {id: work/study, type: Work, label: {de: Studie, en: Study}, words: [wood], quote: "the study"}
- {id: initiative/forest, type: Initiative, name: Forest, quote: Forest}
- {id: message/more, type: Message, label: {de: Mehr Holz, en: More wood}, quote: "more wood"}
- {id: message/less, type: Message, label: {de: Weniger Holz, en: Less wood}, quote: "less wood"}
- {id: person/ann, type: Person, name: Ann, quote: Ann}
- {id: people/guests, type: UnnamedGroup, label: {de: Gäste, en: Guests}, quote: guests}
- {id: organisation/mill, type: Organisation, name: Mill, quote: Mill}
- {id: scheme/topics, type: ConceptScheme, label: {de: Themen, en: Topics}}
- {id: topic/wood, type: Topic, inScheme: scheme/topics, label: {de: Holz, en: Wood}, hiddenLabel: [wood]}
"""


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Ask a project of two talks on wood: one presents nothing, the other a study."""
    project = Project(little_project(tmp_path_factory.mktemp("talks") / "project", HEAD + TALKS))
    graph = graph_of_project(project)
    return lambda name, **given: answers(question(name), project, graph, "en", given)


def test_topic_counts_talks_and_offers(talks: Ask) -> None:
    assert columns(talks("topics"), "topicLabel", "projects") == [("Wood", "2")]


def test_initiatives_and_studies_are_projects(talks: Ask) -> None:
    assert columns(talks("projects"), "projectLabel", "speakerLabel") == [
        ("Forest", "nobody named"),
        ("Study", "Ann"),
        ("Study", "Guests"),
    ]


def test_unnamed_group_is_no_person(talks: Ask) -> None:
    assert columns(talks("organisations"), "organisationLabel", "contributions", "people") == [("Mill", "2", "1")]


def test_unnamed_group_is_no_contact(tmp_path: Path) -> None:
    ann = '    person/ann: {position: 1, organisation: organisation/mill, quote: "Ann, Mill"}\n    people'
    guests = 'people/guests: {position: 2, organisation: organisation/mill, quote: "guests"}'
    report = TALKS.replace(ann, "    people").replace(guests, 'people/guests: {position: 1, quote: "guests"}')
    project = Project(little_project(tmp_path / "project", HEAD + report))
    found = answers(question("no-contact"), project, graph_of_project(project), "en", {})

    assert columns(found, "offerLabel") == [("Study",)]


def test_organisation_of_a_group_is_a_contact(talks: Ask) -> None:
    assert talks("no-contact") == []


def test_participants_tell_how_they_were_there(talks: Ask, ask: Ask) -> None:
    partners = [row for row in ask("participants", "en") if row["groupLabel"] == "The partners"]

    assert columns(talks("participants"), "groupLabel", "relationLabel", "occasionLabel") == [
        ("Guests", "speaks in", "Two")
    ]
    # Line 77 of the review: the partners presented goals; who attended is said of the guests.
    assert columns(partners, "relationLabel") == [("presents in",)]


def test_message_belongs_to_its_speaker(talks: Ask) -> None:
    assert columns(talks("messages"), "ownerLabel", "messageLabel") == [("Ann", "More wood"), ("Two", "Less wood")]


def test_organisation_appears_on_a_topic(talks: Ask) -> None:
    assert ("is named on the topic of", "Wood") in columns(
        talks("organisation", organisation="Mill"), "relationLabel", "thingLabel"
    )


# To tell whether there are several quotes to join is not to count.
COUNTING = [path for path in READY if re.search(r"(?<!IF)\(COUNT\(", path.read_text(encoding="utf-8"))]


@pytest.mark.quick(3)
@pytest.mark.parametrize("path", COUNTING, ids=name_of)
def test_counts_are_distinct(path: Path, shipped: Project, ask: Ask, counted_twice: Graph) -> None:
    assert answers(path, shipped, counted_twice, "de", {}) == ask(path.stem)


def test_double_counting_store_is_real(counted_twice: Graph) -> None:
    (row,) = counted_twice.select("SELECT (COUNT(?person) AS ?n) { ?person a schema:Person }")

    assert int(row["n"].value) == 2 * 19
    assert [path.stem for path in COUNTING] == [
        "appearances",
        "connectors",
        "gaps",
        "kinds",
        "new-and-gone",
        "organisations",
        "several-sections",
        "shared-topics",
        "sources",
        "target-groups",
        "topics",
    ]


@pytest.mark.quick(12)
@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("path", ALONE, ids=name_of)
def test_turtle_gives_the_same_answers(path: Path, lang: str, shipped: Project, ask: Ask, as_turtle: Graph) -> None:
    assert answers(path, shipped, as_turtle, lang, {}) == ask(path.stem, lang)


def links(path: Path, graph: Graph) -> set[Row]:
    """Return the nodes of a network and its edges: source, target and relation."""
    network = builder.build(graph, path.read_text(encoding="utf-8"), path.name)
    return {(node,) for node in network.nodes} | set(network.edges(keys=True))


@pytest.mark.quick(3)
@pytest.mark.parametrize("path", NETWORKS, ids=name_of)
def test_turtle_gives_the_same_networks(path: Path, graph: Graph, as_turtle: Graph) -> None:
    assert links(path, as_turtle) ^ links(path, graph) == set()


@pytest.mark.quick(3)
@pytest.mark.parametrize("path", NETWORKS, ids=name_of)
def test_second_source_changes_no_network(path: Path, graph: Graph, said_twice: Graph) -> None:
    assert links(path, said_twice) ^ links(path, graph) == set()


def test_command_reads_the_turtle(run: Run, graph: Graph, tmp_path: Path) -> None:
    exported = tmp_path / "itas.ttl"
    exported.write_bytes(export(graph, "turtle"))
    arguments = ("query", "offers", "-p", "target_group=zulieferer", "-f", "json", "--lang", "de", "--project", ROOT)
    project, turtle = run(*arguments), run(*arguments, "--data", exported)

    assert (project.exit_code, turtle.exit_code) == (0, 0)
    assert json.loads(project.stdout) == json.loads(turtle.stdout)


# --- what each answers, read from the source --------------------------------------------------------------------


def test_programme_matches_the_source(ask: Ask) -> None:
    rows = ask("programme")
    printed = [
        (SECTIONS[item.section - 1], ("Film-Vorstellung: " if item.line == 65 else "") + item.title, *speaker)
        for item in PROGRAMME
        for speaker in [(s.name, s.organisation) for s in item.speakers] or [("", "")]
    ]

    assert columns(rows, "sectionLabel", "contributionLabel", "speakerLabel", "organisationLabel") == printed
    assert [int(row["position"]) for row in rows] == [
        *(1, 2, 3),
        *(1, 2, 2, 3, 4, 5, 6, 6),
        *(1, 2, 3, 4, 5, 6, 7),
        *(1, 2, 3, 4, 5),
    ]


def test_speakers_match_the_programme(ask: Ask) -> None:
    rows = ask("speakers")
    chosen = set(columns(rows, "personLabel", "title", "organisationLabel", "roleLabel", "quote"))

    assert {row["personLabel"] for row in rows} == {speaker.name for item in PROGRAMME for speaker in item.speakers}
    assert len(set(columns(rows, "personLabel", "contributionLabel"))) == 22
    # Plaul, Wächtler and Holst are named in the summary, too: the same appearance, in other words.
    assert len(rows) == 22
    assert chosen >= {
        (
            "Thomas Knabel",
            "",
            "IG Metall Zwickau",
            "1. Bevollmächtigter",
            "Thomas Knabel, 1. Bevollmächtigter IG Metall Zwickau",
        ),
        ("Petra Seifert", "", "GKN", "Betriebsrätin", "Petra Seifert, Betriebsrätin GKN"),
        ("Patrick Korn", "", "IHK Chemnitz", "ITAS-Projektleiter", "Patrick Korn, ITAS-Projektleiter, IHK Chemnitz"),
        (
            "Andreas Wächtler",
            "",
            "AMZ Sachsen",
            "Netzwerkmanager",
            "Andreas Wächtler vom Netzwerkmanager AMZ Sachsen gab Einblicke in das Technologie- und Trendscouting"
            " | Andreas Wächtler, Netzwerkmanager AMZ Sachsen",
        ),
        ("Andreas Wächtler", "", "AMZ Sachsen", "", "Andreas Wächtler, AMZ Sachsen"),
        (
            "Tobias Teich",
            "Prof.",
            "Westsächsische Hochschule Zwickau",
            "",
            "Prof. Tobias Teich, Westsächsische Hochschule Zwickau",
        ),
        ("Philip Salomon", "", "VW-Motorenwerk", "", "Philip Salomon, VW-Motorenwerk"),
    }


SUPPLIERS = [
    ("ITAS-Helpdesks", "läuft", "Patrick Korn", "IHK Chemnitz"),
    ("Kooperationen zwischen Hochschulen und Unternehmen", "läuft", "Cindy Krause", "IHK Mittelsachsen"),
    ("Potentiale der Textilindustrie als Automobil-Zulieferer", "läuft", "Anton Schumann", "Gherzi Germany GmbH"),
    (
        "Qualifizierungsangebote für die Automobilproduktion von morgen",
        "läuft",
        "Michel Götze",
        "Volkswagen Bildungsinstitut",
    ),
    ("Trainings für Kreislaufwirtschaft", "läuft", "Andreas Wächtler", "AMZ Sachsen"),
    ("Trainings für Kreislaufwirtschaft", "läuft", "Boris Kaiser", "CWE"),
    ("Transformationslotsen", "läuft", "Petra Seifert", "GKN"),
    ("Transformationslotsen", "läuft", "Thomas Knabel", "IG Metall Zwickau"),
]
CITIZENS = [
    ("Bürgerdialog zur Zukunft der Mobilität", "angekündigt", "Boris Kaiser", "CWE"),
    ("Film „WIR SIND HIER – Fachkraft. Mensch.“", "", "niemand genannt", ""),
    (
        "Strategisches Review der regionalen Berufsausbildung",
        "läuft",
        "Diana Krahl",
        "Forschungsinstitut Betriebliche Bildung (f-bb gGmbH)",
    ),
    (
        "Studiengang „Sustainable Innovation Loop“",
        "läuft",
        "Tobias Teich",
        "Westsächsische Hochschule Zwickau",
    ),
    ("Projekt „SOS Berufsausbildung“", "läuft", "Philip Salomon", "VW-Motorenwerk"),
    ("Untersuchungen zur regionalen Resilienz", "läuft", "Carmen Leidereiter", "aconium GmbH"),
]
YOUTH = [
    ("Noch mehr Beteiligung und Mitsprache in der direkten Projektarbeit", "geplant", "niemand genannt", ""),
]


@pytest.mark.parametrize(
    ("group", "offers"),
    [("Zulieferer", SUPPLIERS), ("Bürger", CITIZENS), ("Jugend", YOUTH), ("Hochschulen", [])],
    ids=["suppliers", "citizens", "youth", "named but no target group of anything"],
)
def test_offers_match_the_target_group(group: str, offers: list[Row], ask: Ask) -> None:
    actual = ask("offers", target_group=group)
    rows = set(columns(actual, "offerLabel", "statusLabel", "speakerLabel", "organisationLabel"))

    assert rows == set(offers)


def test_offers_for_companies_include_narrower_groups(ask: Ask) -> None:
    rows = ask("offers", target_group="Unternehmen")

    assert {row[0] for row in columns(rows, "offerLabel")} == {
        *(offer for offer, *_ in SUPPLIERS),
        "Workshops für gemischte Teams",
    }


TWO = [
    (
        "Andreas Wächtler",
        "AMZ Sachsen",
        "Trainings für Kreislaufwirtschaft",
        "Kreislaufwirtschaft",
        "Andreas Wächtler, AMZ Sachsen",
    ),
    ("Boris Kaiser", "CWE", "Trainings für Kreislaufwirtschaft", "Kreislaufwirtschaft", "Boris Kaiser, CWE"),
]


@pytest.mark.parametrize(
    "topic",
    [
        "Kreislaufwirtschaft",
        "kreislaufwirtschaft",
        "KREISLAUFWIRTSCHAFT",
        "Circular economy",
        "topic/kreislaufwirtschaft",
        "https://w3id.org/itas/topic/kreislaufwirtschaft",
    ],
)
def test_who_works_on_circular_economy(topic: str, ask: Ask) -> None:
    rows = ask("who", topic=topic)

    assert columns(rows, "personLabel", "organisationLabel", "aboutLabel", "word", "quote") == TWO


def test_who_includes_narrower_topics(ask: Ask) -> None:
    rows = ask("who", topic="Mobilität")

    assert set(columns(rows, "personLabel", "topicLabel", "aboutLabel")) == {
        ("Boris Kaiser", "Mobilität", "Bürgerdialog zur Zukunft der Mobilität"),
        ("René Pessier", "Mobilität", "Mobilitätskonzepte für die ITAS-Region"),
        ("Udo Wehner", "Automatisiertes Fahren", "ITAS-Policy Labs / Automatisiertes Fahren"),
    }


def test_organisation_matches_the_source(ask: Ask) -> None:
    rows = ask("organisation", organisation="cwe")

    assert set(columns(rows, "thing", "quote")) == {
        ("https://w3id.org/itas/" + thing, quote)
        for thing, quote in [
            ("person/boris-kaiser", "Boris Kaiser, CWE"),
            ("talk/circular-cars", "Boris Kaiser, CWE"),
            ("talk/buergerdialog", "Boris Kaiser, CWE"),
            ("talk/ausblick", "Boris Kaiser, CWE"),
            ("offer/circular-cars", "Trainings für Kreislaufwirtschaft"),
            ("event/buergerdialog-mobilitaet", "Bürgerdialog zur Zukunft der Mobilität"),
            ("topic/kreislaufwirtschaft", "Kreislaufwirtschaft"),
            ("topic/mobilitaet", "Zukunft der Mobilität"),
        ]
    }
    assert len(rows) == 8


def test_organisation_has_place_and_mentions(ask: Ask) -> None:
    chamber = ask("organisation", organisation="IHK Mittelsachsen")
    works = ask("organisation", organisation="VW-Motorenwerk")

    assert ("bezieht sich auf den Ort", "Mittelsachsen", "IHK Mittelsachsen") in columns(
        chamber, "relationLabel", "thingLabel", "quote"
    )
    assert "das Beispiel VW-Motorenwerk" in {row["quote"] for row in works}


def test_organisations_count_talks_and_people(ask: Ask) -> None:
    rows = columns(ask("organisations"), "organisationLabel", "contributions", "people")

    assert rows[:3] == [("AMZ Sachsen", "3", "2"), ("CWE", "3", "1"), ("IHK Chemnitz", "2", "2")]
    assert {row[1:] for row in rows[3:]} == {("1", "1")}
    assert len(rows) == 17


@pytest.mark.parametrize(
    ("person", "contributions"),
    [
        (
            "Boris Kaiser",
            [
                ("Bürgerdialog zur Zukunft der Mobilität – ITAS auf dem Kosmos Chemnitz am 08.06.2024", "CWE", ""),
                ("Circular Cars – Trainings für Kreislaufwirtschaft in der Automobilindustrie", "CWE", ""),
                ("ITAS Ausblick 2024/2025", "CWE", ""),
            ],
        ),
        (
            "michel goetze",
            [
                (
                    "Elektrik / Elektronik und Automatisierung / Digitalisierung – "
                    "Qualifizierungsangebote für die Automobilproduktion von morgen",
                    "Volkswagen Bildungsinstitut",
                    "",
                )
            ],
        ),
        (
            "PETRA SEIFERT",
            [("Transformationslotsen – Der Umbau in den Betrieben am konkreten Beispiel", "GKN", "Betriebsrätin")],
        ),
        (
            "Tobias Teich",
            [
                (
                    "Studiengang „Sustainable Innovation Loop“ / KI-unterstütztes Lernen im individuellen Tempo",
                    "Westsächsische Hochschule Zwickau",
                    "",
                )
            ],
        ),
    ],
    ids=["default", "umlaut typed as oe", "capitals", "two things presented in one contribution"],
)
def test_person_lists_appearances(person: str, contributions: list[Row], ask: Ask) -> None:
    rows = ask("person", person=person)

    assert columns(rows, "contributionLabel", "organisationLabel", "roleLabel") == contributions


def test_plans_match_the_source(ask: Ask) -> None:
    rows = ask("plans")

    assert set(columns(rows, "planLabel", "statusLabel", "date", "end")) == {
        ("Alle angelaufenen Teilprojekte umsetzen", "geplant", "", "2025-06"),
        ("Forschungs- und Bildungspartner stärker in den Diskurs einbinden", "geplant", "", ""),
        (
            "Ansätze für eine Fortführung der Transformationsunterstützung in der Region diskutieren",
            "geplant",
            "",
            "2025-06",
        ),
        ("Noch mehr Beteiligung und Mitsprache in der direkten Projektarbeit", "geplant", "", ""),
        ("Rolle der Jugend als erweiterter Schwerpunkt", "geplant", "", "2025-06"),
        ("Bürgerdialog zur Zukunft der Mobilität", "angekündigt", "2024-06-08", ""),
        ("Wissenschaftliches Symposium", "geplant", "", ""),
    }
    assert len(rows) == 7


def test_goals_match_the_source(ask: Ask) -> None:
    rows = ask("goals")

    assert Counter(row["ownerLabel"] for row in rows) == {
        "ITAS": 9,
        # Line 77: "präsentierten die Partner … Ziele und Maßnahmen, um …"; line 5: "kamen … zusammen, um sich … auszutauschen".
        "Die Partner": 2,
        "Gäste des ITAS-Kongresses 2024": 1,
    }
    words = " | ".join(row["quote"] for row in rows if row["ownerLabel"] == "ITAS")
    assert "zur Gestaltung einer zukunftsfähigen Industrieregion" in words


def test_messages_match_the_source(ask: Ask) -> None:
    rows = ask("messages")

    assert columns(rows, "ownerLabel", "quote") == [
        (
            "ITAS",
            "Die Initiative ITAS zeigte konkrete Lösungsansätze auf und betonte die Bedeutung der Zusammenarbeit aller Akteure",
        ),
        ("ITAS", "(ITAS) stellte ihre bisherigen Erfolge vor"),
        ("ITAS", "Die Initiative ITAS zeigte konkrete Lösungsansätze auf"),
        ("ITAS-Kongress 2024", "Der ITAS-Kongress 2024 bot eine Plattform"),
    ]


def test_unnamed_groups_match_the_source(ask: Ask) -> None:
    rows = ask("participants")
    closing = "Abschlussdiskussion: ITAS Ausblick 2024/2025"
    youth = "Vertreter von Jugend- und Auszubildendenorganisationen"

    # Line 32 mentions "die beteiligten Forschungs- und Bildungspartner" in a plan only, and line 30 has representatives of the
    # partners of ITAS: neither the research partners nor the partners themselves were there.
    assert columns(rows, "groupLabel", "occasionLabel") == [
        ("Die Partner", SECTIONS[3]),
        (
            "Gäste des ITAS-Kongresses 2024",
            "Diskussion der weiteren Schritte zur Gestaltung einer zukunftsfähigen Industrieregion",
        ),
        ("Gäste des ITAS-Kongresses 2024", "ITAS-Kongress 2024"),
        ("Gäste in der Abschlussdiskussion", closing),
        ("Vertreter der ITAS-Partner", closing),
        (youth, closing),
        (
            youth,
            "Vertreter von Jugend- und Auszubildendenorganisationen reflektieren die Ergebnisse und stellen Zukunftsfragen",
        ),
        ("Vertreter von Wirtschaftsförderungen", closing),
    ]


def test_omissions_tell_what_is_not_read(ask: Ask) -> None:
    rows = ask("omissions")

    assert {row for row in columns(rows, "line", "quote") if row[0]} == {
        ("34", "Programmrückblick"),
        ("40", "In dieser Stunde hörten Sie:"),
        ("50", "In dieser Stunde hörten Sie:"),
        ("79", "Zum Abschluss hörten Sie:"),
        ("25", "mittel- und langfristige Ziele und Maßnahmen"),
        ("77", "mittel- und langfristige Ziele und Maßnahmen"),
        ("48", "laufende Angebote und Teilprojekte unserer Initiative"),
        ("63", "laufende Angebote und Teilprojekte unserer Initiative"),
    }
    assert "präsentierte den ITAS-Strukturbericht" in {row["quote"] for row in rows}


def test_source_has_no_date(ask: Ask, graph: Graph) -> None:
    rows = ask("sources")
    words = "itas:quote|itas:word|dcterms:title|dcterms:alternative"
    carrying = graph.select(f"""
        SELECT DISTINCT ?thing {{ {{ GRAPH <{SOURCE}> {{ ?thing {words} ?text }} }}
          UNION {{ ?rule a itas:DerivedGraph . GRAPH ?rule {{ ?thing itas:quote ?text }} }} }}""")
    quoted = {row["thing"] for row in carrying}

    assert columns(rows, "source", "document", "date") == [(SOURCE, DOCUMENT, "")]
    assert int(rows[0]["count"]) == len(quoted) > 300


def test_evidence_covers_both_directions(ask: Ask) -> None:
    rows = ask("evidence")
    relations = Counter((row["relationLabel"], "from" if row["subjectLabel"] == "ITAS" else "to") for row in rows)

    assert relations == {
        ("bezieht sich auf den Ort", "from"): 2,
        ("handelt von", "from"): 1,
        ("verfolgt", "from"): 9,
        ("hat die Aussage", "from"): 3,
        ("mit Wortmeldungen von", "to"): 1,
        ("plant", "from"): 6,
        ("gehört zu", "to"): 21,
        ("unter Mitwirkung von", "from"): 3,
        ("erwähnt", "to"): 2,
    }
    assert {row["document"] for row in rows} == {DOCUMENT}


def test_kinds_match_a_hand_count(ask: Ask) -> None:
    rows = ask("kinds")

    assert columns(rows, "kindLabel", "count") == [
        ("Personen", "19"),
        ("Organisationen", "17"),
        ("Gruppen ohne Namen", "8"),
        ("Initiativen", "1"),
        ("Angebote", "8"),
        ("Vorhaben", "6"),
        ("Werke", "3"),
        ("Themen", "25"),
        ("Zielgruppen", "12"),
        ("Beiträge", "21"),
        ("Programmabschnitte", "4"),
        ("Diskussionen", "3"),
        ("Veranstaltungen", "3"),
        ("Veranstaltungsreihen", "1"),
        ("Ziele", "10"),
        ("Planungen", "5"),
        ("Aussagen", "4"),
        ("Orte", "10"),
    ]


def test_things_are_known_to_show(ask: Ask) -> None:
    rows = ask("things")
    places = [row["thingLabel"] for row in rows if row["kindLabel"] == "Ort"]

    assert len(rows) == 160
    assert places == [
        "Chemnitz",
        "Deutschland",
        "Dresden",
        "Hotel Chemnitzer Hof",
        "ITAS-Region",
        "Kosmos Chemnitz",
        "Mittelsachsen",
        "Sachsen",
        "Südwestsachsen",
        "Zwickau",
    ]


def test_topics_count_what_was_presented(ask: Ask) -> None:
    rows = columns(ask("topics"), "topicLabel", "projects")

    assert rows[:3] == [("Automobilproduktion", "2"), ("Berufsausbildung", "2"), ("Mobilität", "2")]
    assert [count for _, count in rows[3:]] == ["1"] * 17 + ["0"] * 5
    # Only sections, goals, plans and what was told beside the programme are about these.
    assert {topic for topic, count in rows if count == "0"} == {
        "Beteiligung",
        "Lage der Automobilindustrie",
        "Rahmenbedingungen",
        "Transformation der Automobilindustrie",
        "Zukunft der Automobil- und Industrieregion",
    }


# --- a value never changes the query ----------------------------------------------------------------------------

SECOND = """
id: source/second
type: Source
title: Second
label: {de: Zweiter, en: Second}
document: https://example.org/second
says:
- {id: event/second, type: Event, label: {de: Zweite Tagung, en: Second Day}, date: 2023-01-01, quote: q}
- id: talk/second
  type: Contribution
  partOf: event/second
  position: 3
  title: Second talk
  label: {de: Zweiter Vortrag, en: Second talk}
  speakers: {person/ann: {quote: q}}
- {id: person/ann, type: Person, name: Ann, quote: q}
"""


def test_programmes_follow_each_other(copy: Path) -> None:
    (copy / "data" / "second.yaml").write_text(SECOND, encoding="utf-8")
    project = Project(copy)
    rows = answers(question("programme"), project, access.load(project), "en", {})

    assert (rows[0]["contributionLabel"], rows[0]["speakerLabel"]) == ("Second talk", "Ann")
    assert ("Second talk",) not in columns(rows[1:], "contributionLabel")
    assert len(rows) == 1 + 23


@pytest.mark.parametrize(("thing", "quotes"), [("CWE", 3), ("GKN", 1), ("Betriebsrätin", 1)])
def test_represented_has_evidence(ask: Ask, thing: str, quotes: int) -> None:
    actual = [row["quote"] for row in ask("evidence", thing=thing) if row["relationLabel"] == "wird vorgetragen von"]

    assert len(actual) == quotes
    assert all(thing in quote for quote in actual)


QUERY_FILES = sorted(path for folder in ("queries", "ontology", "docs") for path in (ROOT / folder).rglob("*.rq"))


def test_query_files_exist() -> None:
    assert len(QUERY_FILES) >= 81


@pytest.mark.parametrize("path", QUERY_FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_query_file_is_complete_sparql(path: Path) -> None:
    def unused(*_: object) -> queryable.Term | None:
        return None

    functions: dict[ox.NamedNode, Callable[..., queryable.Term | None]] = dict.fromkeys(
        map(ox.NamedNode, (FUNCTION.namesPerson, FUNCTION.namesOrganisation)), unused
    )

    ox.Store().query(path.read_text(encoding="utf-8"), base_iri="https://example.org/", custom_functions=functions)
