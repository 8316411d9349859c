"""What all ready questions keep to, and what the later ones answer, read from the source."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from itasgraph import messages
from itasgraph.parsing import jsonld_context, query_header
from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.store import access
from itasgraph.store.memory import Graph
from tests.content.kongress import SECTIONS
from tests.helpers.graphs import graph_of_project
from tests.helpers.namespaces import BASE, DOCUMENT
from tests.helpers.projects import FIRST, SECOND, TWO_CONGRESSES, copy_shipped, lay_out
from tests.helpers.questions import ALONE, NETWORKS, READY, Ask, Row, answers, columns, name_of, question

SOURCE = f"{BASE}source/itas-kongress-2024-rueckblick"
HERE, SUPPLIERS, SOCIETY, FUTURE = SECTIONS[:4]
# By name, as people type them.
GIVEN = {
    "changes": {"earlier": SOURCE, "later": SOURCE},
    "evidence": {"thing": "ITAS"},
    "offers": {"target_group": "Zulieferer"},
    "never-spoke": {"topic": "Kreislaufwirtschaft"},
    "organisation": {"organisation": "CWE"},
    "person": {"person": "Boris Kaiser"},
    "statement": {"subject": "Circular Cars", "object": "Zulieferer"},
    "statements": {"source": "Rückblick auf den ITAS-Kongress 2024"},
    "topic": {"topic": "Mobilität"},
    "who": {"topic": "Kreislaufwirtschaft"},
    "write-to": {"topic": "Kreislaufwirtschaft"},
    "youth": {"target_group": "Jugend"},
}
# They count, or show what things are called and how they hang together; the words stand in the other questions.
WITHOUT_WORDS = {
    "connectors",
    "gaps",
    "kinds",
    "names",
    "offers",
    "organisations",
    "programme",
    "shared-topics",
    "sources",
    "target-groups",
    "things",
    "topics",
    "timetable",
}


@pytest.fixture(scope="module")
def pair(nordtal_project: Project, nordtal: Graph) -> tuple[Project, Graph]:
    """Return the project of two documents that disagree, and its graph."""
    return nordtal_project, nordtal


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Graph]:
    """Return the shipped project as that of another region would be: its own IRIs begin otherwise."""
    folder = copy_shipped(tmp_path_factory.mktemp("elsewhere") / "project")
    path = folder / "ontology" / "context.jsonld"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f'"@base": "{BASE}"', '"@base": "https://example.org/region/"'), encoding="utf-8")
    project = Project(folder)
    return project, graph_of_project(project)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def bound(path: Path, shipped: Project, graph: Graph) -> str:
    """Return the SPARQL of a question with its parameters put in."""
    return queries.bind(queries.read(path, shipped), GIVEN.get(path.stem, {}), graph, "de")


def projected(path: Path, shipped: Project, graph: Graph) -> list[str]:
    return [variable.value for variable in graph.select(bound(path, shipped, graph)).variables]


# --- the header -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", READY, ids=name_of)
def test_titles_and_summaries_have_german(path: Path) -> None:
    fields = query_header.parse(text_of(path), path.name)
    texts = [str(fields[key]) for key in ("title", "title_de", "summary", "summary_de")]

    assert all(len(text) > 10 for text in texts)
    assert len(set(texts)) == 4
    assert isinstance(fields["tags"], list)
    assert set(fields) <= {"title", "title_de", "summary", "summary_de", "tags", "kinds", "defaults", "enumerate"}


@pytest.mark.parametrize("path", [*READY, *NETWORKS], ids=name_of)
def test_titles_are_questions_of_limits(path: Path, shipped: Project) -> None:
    titles = queries.read(path, shipped).titles

    assert [title for title in titles.values() if not title.endswith("?")] == []
    assert not re.search(r"\b(everything|all|alles|alle)\b", " ".join(titles.values()), re.IGNORECASE)


def as_grlc_reads(text: str) -> Any:
    """Return the header after the documentation of grlc: the lines that begin with `#+`, without it, are one YAML document."""
    return yaml.safe_load("\n".join(line.lstrip("#+") for line in text.split("\n") if line.startswith("#+")))


def ours(name: str) -> str:
    """Return our name of a parameter in grlc: `target_group` for `targetGroup`, because names in grlc have no underscore."""
    return "".join(f"_{char.lower()}" if char.isupper() else char for char in name)


@pytest.mark.parametrize("path", READY, ids=name_of)
def test_grlc_reads_the_header(path: Path) -> None:
    assert as_grlc_reads(text_of(path)) == query_header.parse(text_of(path), path.name)


@pytest.mark.parametrize("path", READY, ids=name_of)
def test_grlc_finds_parameters_and_defaults(path: Path, shipped: Project) -> None:
    fields, parameters = as_grlc_reads(text_of(path)), queries.read(path, shipped).parameters
    defaults = {ours(name): value for mapping in fields.get("defaults", []) for name, value in mapping.items()}
    actual = {
        ours(name): type_
        for _, name, type_ in re.findall(r"\?(_{1,2})([a-zA-Z0-9]+)(_iri|_date|_integer)?\b", text_of(path))
    }

    assert actual == {"lang": ""} | {parameter.name: f"_{parameter.type}" for parameter in parameters}
    assert defaults == {"lang": "en"} | {p.name: p.default for p in parameters if p.default}
    assert fields["enumerate"] == [{"lang": ["de", "en"]}]


@pytest.mark.quick(1)
@pytest.mark.parametrize("path", READY, ids=name_of)
def test_grlc_parses_the_question(path: Path) -> None:
    actual = translateQuery(parseQuery(text_of(path)))

    assert actual.algebra.name == "SelectQuery"


def test_defaults_are_iris(shipped: Project, graph: Graph) -> None:
    parameters = [p for path in READY for p in queries.read(path, shipped).parameters]
    defaults = [p.default for p in parameters if p.default]

    assert sorted(p.name for p in parameters if not p.default) == [
        "day",
        "day",
        "earlier",
        "entry",
        "event",
        "event",
        "event",
        "event",
        "later",
        "participant",
        "project",
        "relation",
        "sector",
        "town",
        "year",
    ]
    assert len(defaults) == 12
    assert [iri for iri in defaults if not graph.query(f"ASK {{ <{iri}> itas:kind|a ?kind }}")] == []


@pytest.mark.parametrize("path", READY, ids=name_of)
def test_kinds_are_types_of_the_context(path: Path, shipped: Project) -> None:
    types = jsonld_context.load(shipped).types
    kinds = [parameter.kind for parameter in queries.read(path, shipped).parameters if parameter.kind]

    assert [kind for kind in kinds if kind not in types] == []


# --- the text ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", READY, ids=name_of)
def test_questions_need_no_prefixes(path: Path, shipped: Project, graph: Graph) -> None:
    assert isinstance(ox.Store().query(bound(path, shipped, graph)), ox.QuerySolutions)


@pytest.mark.parametrize("path", READY, ids=name_of)
def test_prefixes_are_used(path: Path) -> None:
    declared = re.findall(r"^PREFIX (\w+):", text_of(path), re.MULTILINE)
    body = re.sub(r'^PREFIX.*|#.*|"[^"\n]*"', "", text_of(path), flags=re.MULTILINE)

    assert declared == sorted(set(re.findall(r"(?<![?\w])(\w+):\w", body)))


@pytest.mark.quick(8)
@pytest.mark.parametrize("path", READY, ids=name_of)
def test_other_base_gives_the_same_answers(path: Path, ask: Ask, elsewhere: tuple[Project, Graph]) -> None:
    given = {name: text.replace(BASE, "") for name, text in GIVEN.get(path.stem, {}).items()}
    there = answers(path, *elsewhere, "de", given)
    same = [{name: text.replace("https://example.org/region/", BASE) for name, text in row.items()} for row in there]

    assert same == ask(path.stem, **given)


@pytest.mark.parametrize("path", READY, ids=name_of)
def test_labels_follow_their_iri(path: Path, shipped: Project, graph: Graph) -> None:
    names = projected(path, shipped, graph)
    labels = [name for name in names if name.endswith("Label")]

    assert [names[names.index(label) - 1] + "Label" for label in labels] == labels


def test_questions_show_quotes(shipped: Project, graph: Graph) -> None:
    assert {path.stem for path in READY if "quote" not in projected(path, shipped, graph)} == WITHOUT_WORDS


def test_columns_of_entries_hold_entries(shipped: Project, graph: Graph, ask: Ask) -> None:
    names = {path: projected(path, shipped, graph) for path in ALONE}
    entries = {name.removesuffix("Label") for shown in names.values() for name in shown if name.endswith("Label")}
    cells = [
        (path.stem, name, row[name]) for path in ALONE for name in entries & set(names[path]) for row in ask(path.stem)
    ]

    assert len(cells) > 1000
    assert [cell for cell in cells if cell[2] and not cell[2].startswith(("http://", "https://"))] == []


def test_only_disagreement_reads_named_graphs() -> None:
    looking = {path.stem: text_of(path) for path in READY if re.search(r"\bGRAPH \?", text_of(path))}

    assert set(looking) == {"changes", "contradictions"}
    assert [name for name, text in looking.items() if "hence GRAPH" not in text] == []


def undecided(rows: list[dict[str, str]], path: Path) -> list[Row]:
    """Return rows that what the question sorts by, and shows, does not tell apart."""
    order = re.findall(r"\?(\w+)", text_of(path).rpartition("ORDER BY")[2])
    keys = Counter(tuple(row[name] for name in order if name in row) for row in rows)
    return [key for key, times in keys.items() if times > 1]


@pytest.mark.parametrize("path", ALONE, ids=name_of)
def test_order_is_told_by_columns(path: Path, ask: Ask) -> None:
    assert undecided(ask(path.stem), path) == []


@pytest.mark.parametrize("path", READY, ids=name_of)
def test_columns_have_headings(path: Path, shipped: Project, graph: Graph) -> None:
    shown = {name.removesuffix("Label") for name in projected(path, shipped, graph)}

    assert [name for name in shown if messages.column(name, "de") == name] == []
    assert [name for name in shown if not messages.column(name, "en").islower()] == []


# --- what each answers, read from the source --------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "nobody"), [("de", "niemand genannt"), ("en", "nobody named")])
def test_who_says_if_nobody_appears(lang: str, nobody: str, ask: Ask) -> None:
    rows = ask("who", lang, topic="topic/zuwanderung")

    assert columns(rows, "person", "personLabel", "organisationLabel", "about", "word") == [
        ("", nobody, "", f"{BASE}work/film-wir-sind-hier", "Integration | zugewandert"),
    ]


def test_who_names_a_work_without_contact(ask: Ask) -> None:
    rows = ask("who", topic="Zuwanderung und Integration")

    assert columns(rows, "personLabel", "aboutLabel") == [
        ("niemand genannt", "Film „WIR SIND HIER – Fachkraft. Mensch.“")
    ]


def test_who_names_no_goal_or_plan(ask: Ask) -> None:
    rows = ask("who", topic="Transformation der Automobilindustrie")

    # Goals, plans, a section and a message are about it; of the initiative, those who take part in it are named.
    assert {row["personLabel"] for row in rows} == {
        "Beteiligte Forschungs- und Bildungspartner",
        "ITAS-Partner",
        "Patrick Korn",
    }
    assert {row["aboutLabel"] for row in rows} == {"ITAS"}


def test_who_knows_talks_that_present_nothing(ask: Ask) -> None:
    rows = ask("who", topic="Wasserstoff")

    assert columns(rows, "personLabel", "about", "word") == [
        ("Martin Witschaß", f"{BASE}talk/wasserstoffbedarf", "Wasserstoffbedarf")
    ]


def test_who_names_speakers_without_offer(ask: Ask) -> None:
    rows = ask("who", topic="Rolle der Jugend")

    assert set(columns(rows, "personLabel", "word")) == {
        ("Philip Salomon", "Jugend gestaltet die Berufsausbildung mit"),
    }


def test_topic_lists_content_and_neighbours(ask: Ask) -> None:
    rows = ask("topic", topic="Mobilität")

    assert set(columns(rows, "thing", "quote")) == {
        (BASE + thing, quote)
        for thing, quote in [
            ("topic/automatisiertes-fahren", ""),
            ("event/buergerdialog-mobilitaet", "Zukunft der Mobilität"),
            ("project/mobilitaetskonzepte", "Mobilitäts-Konzepte | Mobilitätskonzepte"),
            ("person/boris-kaiser", "Boris Kaiser, CWE"),
            ("person/rene-pessier", "René Pessier, Mobilitätswerk Dresden"),
            ("organisation/cwe", "Boris Kaiser, CWE"),
            ("organisation/mobilitaetswerk-dresden", "René Pessier, Mobilitätswerk Dresden"),
        ]
    }
    assert {row["source"] for row in rows if row["quote"]} == {SOURCE}


@pytest.mark.parametrize(
    ("topic", "relation", "other"),
    [
        ("Automatisiertes Fahren", "hat den Oberbegriff", "Mobilität"),
        ("Regionale Resilienz", "ist verwandt mit", "Transformation der Automobilindustrie"),
        ("Transformation der Automobilindustrie", "ist verwandt mit", "Regionale Resilienz"),
    ],
    ids=["broader", "related", "related, seen from the other end"],
)
def test_topic_names_related_topics(topic: str, relation: str, other: str, ask: Ask) -> None:
    assert (relation, other) in columns(ask("topic", topic=topic), "relationLabel", "thingLabel")


def test_who_appeared_on_a_topic_is_no_speaker_of_it(ask: Ask) -> None:
    actual = [row for row in ask("topic", "en", topic="Mobilität") if row["kindLabel"] in ("Person", "Organisation")]

    assert set(columns(actual, "relationLabel", "thingLabel")) == {
        ("is the topic of a contribution with", name)
        for name in ("Boris Kaiser", "René Pessier", "CWE", "Mobilitätswerk Dresden")
    }


def test_shared_topics_name_the_topic(ask: Ask) -> None:
    rows = ask("shared-topics")
    pairs = {
        (frozenset([row["organisationLabel"], row["otherLabel"]]), row["topic"].removeprefix(f"{BASE}topic/"))
        for row in rows
    }

    assert pairs == {
        (frozenset([one, other]), topic)
        for topic, one, other in [
            ("mobilitaet", "CWE", "Mobilitätswerk Dresden"),
            ("automobilproduktion", "IHK Chemnitz", "Volkswagen Bildungsinstitut"),
            ("berufsausbildung", "VW-Motorenwerk", "Forschungsinstitut Betriebliche Bildung (f-bb gGmbH)"),
        ]
    }
    assert len(rows) == len(pairs)


def test_gaps_name_single_actors(ask: Ask) -> None:
    rows = ask("gaps")
    alone = {row["topic"].removeprefix(f"{BASE}topic/"): row["actorLabel"] for row in rows if row["actors"] == "1"}

    assert columns(rows[:6], "topicLabel", "actors", "actor", "actorLabel") == [
        ("Beteiligung", "0", "", "niemand genannt"),
        ("Lage der Automobilindustrie", "0", "", "niemand genannt"),
        ("Rahmenbedingungen", "0", "", "niemand genannt"),
        ("Transformation der Automobilindustrie", "0", "", "niemand genannt"),
        ("Zukunft der Automobil- und Industrieregion", "0", "", "niemand genannt"),
        ("Zuwanderung und Integration", "0", "", "niemand genannt"),
    ]
    assert alone == {
        "automatisiertes-fahren": "AMZ Sachsen",
        "technologietrends": "AMZ Sachsen",
        "elektrik-elektronik": "Volkswagen Bildungsinstitut",
        "automatisierung": "Volkswagen Bildungsinstitut",
        "bildung": "Volkswagen Bildungsinstitut",
        "zusammenarbeit": "IHK Mittelsachsen",
        "ki-unterstuetztes-lernen": "Westsächsische Hochschule Zwickau",
        "resilienz": "aconium GmbH",
        "standort": "IHK Chemnitz",
        "wasserstoff": "IHK Chemnitz",
        "wertschoepfungsketten": "LennardtundBirner GmbH",
        "textilien": "Gherzi Germany GmbH",
        "wissenstransfer": "ATB gGmbH",
        "jugendbeteiligung": "VW-Motorenwerk",
    }
    assert len(rows) == 6 + len(alone)


def test_connectors_join_both_sections(ask: Ask) -> None:
    rows = ask("connectors")

    # IHK Chemnitz spoke in the second and fourth section, but so did AMZ Sachsen and CWE.
    assert {(row["actorLabel"], frozenset([row["sectionLabel"], row["otherLabel"]])) for row in rows} == {
        ("AMZ Sachsen", frozenset([HERE, SUPPLIERS])),
        ("AMZ Sachsen", frozenset([HERE, FUTURE])),
        ("CWE", frozenset([SUPPLIERS, SOCIETY])),
        ("CWE", frozenset([SOCIETY, FUTURE])),
    }
    assert len(rows) == 4


def test_youth_has_its_words(ask: Ask) -> None:
    rows = ask("youth")

    assert set(columns(rows, "offer", "audienceLabel", "quote", "source")) == {
        (BASE + offer, group, quote, SOURCE)
        for offer, group, quote in [
            ("plan/beteiligung-jugend", "Schülerinnen und Schüler", "den Schülerinnen und Schülern"),
            ("plan/beteiligung-jugend", "Auszubildendenvertretungen", "den Auszubildendenvertretungen"),
        ]
    }
    assert len(rows) == 2


def test_target_groups_count_zero(ask: Ask) -> None:
    actual = {row["group"].removeprefix(f"{BASE}group/"): (row["offers"], row["plans"]) for row in ask("target-groups")}

    assert actual == {
        # The second section presents six offers for suppliers, and for companies. Of the seven things of the third, the workshops
        # for mixed teams are for automotive companies, the rest for employees and citizens. Suppliers are automotive companies.
        "zulieferer": ("6", "0"),
        "automotive-unternehmen": ("7", "0"),
        "unternehmen": ("7", "0"),
        "arbeitnehmer": ("6", "0"),
        "buerger": ("6", "0"),
        "gemischte-teams": ("1", "0"),
        "schueler": ("0", "1"),
        "auszubildendenvertretungen": ("0", "1"),
    }


def test_film_and_symposium_lack_contacts(ask: Ask) -> None:
    rows = ask("no-contact")

    assert columns(rows, "offer", "statusLabel", "quote") == [
        (f"{BASE}event/symposium", "geplant", "Außerdem sollen über ein wissenschaftliches Symposium"),
        # Line 20 names the film beside what was presented; no words of the source give it a status.
        (f"{BASE}work/film-wir-sind-hier", "", ""),
    ]


def test_together_names_each_person_once(ask: Ask) -> None:
    rows = ask("together")

    assert columns(
        rows, "personLabel", "organisationLabel", "otherLabel", "otherOrganisationLabel", "contribution"
    ) == [
        ("Andreas Wächtler", "AMZ Sachsen", "Boris Kaiser", "CWE", f"{BASE}talk/circular-cars"),
        ("Petra Seifert", "GKN", "Thomas Knabel", "IG Metall Zwickau", f"{BASE}talk/transformationslotsen"),
    ]
    assert columns(rows, "quote", "otherQuote", "source") == [
        ("Andreas Wächtler, AMZ Sachsen", "Boris Kaiser, CWE", SOURCE),
        ("Petra Seifert, Betriebsrätin GKN", "Thomas Knabel, 1. Bevollmächtigter IG Metall Zwickau", SOURCE),
    ]


def test_summary_denies_cooperation(shipped: Project) -> None:
    summaries = queries.find("together", shipped).summaries

    assert "does not mean that they cooperate" in summaries["en"]
    assert "heißt nicht, dass sie zusammenarbeiten" in summaries["de"]


def test_projects_name_all_presenters(ask: Ask) -> None:
    rows = ask("projects")

    assert set(columns(rows, "project", "speakerLabel")) == {
        (BASE + project, speaker)
        for project, speaker in [
            ("project/trendscouting", "Andreas Wächtler"),
            ("offer/helpdesks", "Patrick Korn"),
            ("offer/transformationslotsen", "Thomas Knabel"),
            ("offer/transformationslotsen", "Petra Seifert"),
            ("offer/kooperationen-hochschulen-unternehmen", "Cindy Krause"),
            ("offer/qualifizierungsangebote", "Michel Götze"),
            ("offer/potentiale-textilindustrie", "Anton Schumann"),
            ("offer/circular-cars", "Boris Kaiser"),
            ("offer/circular-cars", "Andreas Wächtler"),
            ("offer/sustainable-innovation-loop", "Tobias Teich"),
            ("offer/review-berufsausbildung", "Diana Krahl"),
            ("offer/sos-berufsausbildung", "Philip Salomon"),
            ("offer/workshops-gemischte-teams", "Melanie Trommer"),
            ("offer/untersuchungen-resilienz", "Carmen Leidereiter"),
            ("project/mobilitaetskonzepte", "René Pessier"),
            ("project/policy-labs", "Udo Wehner"),
            ("work/strukturbericht", "Cornelius Plaul"),
            ("work/charta", "Gregor Holst"),
            ("work/film-wir-sind-hier", "niemand genannt"),
            ("initiative/itas", "niemand genannt"),
        ]
    }
    assert len(rows) == 16 + 4


def test_words_stand_in_the_source(ask: Ask, source: list[str]) -> None:
    words = {row["quote"] for row in ask("words")}

    assert len(words) > 35
    assert [word for word in words if not any(word in line for line in source)] == []


def test_topics_follow_from_words(ask: Ask) -> None:
    actual = [row for row in ask("words") if row["topicLabel"] in ("Zusammenarbeit", "Wasserstoff")]

    assert set(columns(actual, "topicLabel", "quote", "thing")) == {
        ("Wasserstoff", "Wasserstoffbedarf", f"{BASE}talk/wasserstoffbedarf"),
        *(
            ("Zusammenarbeit", word, BASE + thing)
            for word, thing in [
                ("Brücken zwischen Wissenschaft und Wirtschaft", "offer/kooperationen-hochschulen-unternehmen"),
                ("Kooperationen zwischen Hochschulen und Unternehmen", "offer/kooperationen-hochschulen-unternehmen"),
                ("Zusammenarbeit aller Akteure", "message/zusammenarbeit-aller-akteure"),
            ]
        ),
    }


def test_names_are_printed_in_the_source(ask: Ask) -> None:
    rows = ask("names")
    actors = [row for row in rows if row["kindLabel"] in ("Organisation", "Initiative", "Person")]

    assert columns(actors, "thingLabel", "name", "language") == [
        ("ITAS", "Initiative ITAS", ""),
        ("ITAS", "Initiative Transformation Automobilregion Südwestsachsen", ""),
        (
            "Forschungsinstitut Betriebliche Bildung (f-bb gGmbH)",
            "Forschungsinstitut Betriebliche Bildung",
            "",
        ),
        ("Forschungsinstitut Betriebliche Bildung (f-bb gGmbH)", "f-bb gGmbH", ""),
    ]
    assert ("Zulieferer", "Automotive suppliers", "en") in columns(rows, "thingLabel", "name", "language")


def test_statement_leads_to_the_document(ask: Ask) -> None:
    rows = ask("statement", subject="Boris Kaiser", object="CWE")

    assert columns(rows, "relationLabel", "quote", "line", "document") == [
        ("wird genannt mit der Organisation", "Boris Kaiser, CWE", line, DOCUMENT) for line in ("57", "71", "85")
    ]


def test_statement_names_what_passed_it_on(ask: Ask) -> None:
    rows = ask("statement", subject="offer/review-berufsausbildung", object="group/buerger")

    assert columns(rows, "relationLabel", "quote", "line", "viaLabel") == [
        ("ist für", "ITAS-Angebote für Arbeitnehmer und Bürger", line, SOCIETY) for line in ("19", "61")
    ]


@pytest.mark.parametrize(
    ("subject", "object_", "relation", "rows"),
    [
        ("offer/kooperationen-hochschulen-unternehmen", "group/automotive-unternehmen", "dcterms:references", 1),
        ("offer/kooperationen-hochschulen-unternehmen", "group/automotive-unternehmen", "schema:audience", 0),
        ("person/boris-kaiser", "organisation/cwe", "org:organization", 3),
        ("person/boris-kaiser", "organisation/cwe", "schema:performer", 0),
    ],
    ids=["the one", "another", "for whom", "not for whom"],
)
def test_statement_takes_one_relation(subject: str, object_: str, relation: str, rows: int, ask: Ask) -> None:
    assert len(ask("statement", subject=subject, object=object_, relation=relation)) == rows


def test_statements_tell_who_and_for_whom(ask: Ask) -> None:
    rows = ask("statements")
    pairs = Counter(relation for relation, *_ in set(columns(rows, "relationLabel", "subject", "object")))

    assert (pairs["stellt vor"], pairs["wird vorgetragen von"], pairs["plant"]) == (3 + 6 + 7 + 2, 22, 6)
    assert ("Circular Cars", "Boris Kaiser", "CWE") in [
        (row["subjectLabel"].partition(" – ")[0], row["objectLabel"], row["organisationLabel"]) for row in rows
    ]


def test_places_come_from_names(ask: Ask) -> None:
    actual = {row["organisationLabel"]: row["placeLabel"] for row in ask("organisations") if row["place"]}

    assert actual == {
        "AMZ Sachsen": "Sachsen",
        "IHK Chemnitz": "Chemnitz",
        "IG Metall Zwickau": "Zwickau",
        "IHK Mittelsachsen": "Mittelsachsen",
        "Gherzi Germany GmbH": "Deutschland",
        "Westsächsische Hochschule Zwickau": "Zwickau",
        "Mobilitätswerk Dresden": "Dresden",
    }


def test_timetable_has_the_day(ask: Ask) -> None:
    assert {row["date"] for row in ask("programme")} == {"2024-06-06"}


# --- two sources ------------------------------------------------------------------------------------------------

EARLIER, LATER = "Bericht 2023", "Bericht 2024"


@pytest.fixture(scope="module")
def changes(pair: tuple[Project, Graph]) -> list[dict[str, str]]:
    return answers(question("changes"), *pair, "de", {"earlier": EARLIER, "later": LATER})


def test_changes_have_both_values(
    changes: list[dict[str, str]],
) -> None:
    differing = [row for row in changes if row["change"] == "anders"]

    assert columns(differing, "subjectLabel", "valueLabel", "sourceLabel", "quote") == [
        ("Ada Blum", "Gießerei Hartmann", EARLIER, "Ada Blum, Gießerei Hartmann"),
        ("Ada Blum", "Stadtwerke Nordtal", LATER, "Ada Blum, Stadtwerke Nordtal"),
        ("Wandelkongress 2023", "60", EARLIER, ""),
        ("Wandelkongress 2023", "80", LATER, ""),
        ("Wärmebörse", "geplant", EARLIER, "ist geplant"),
        ("Wärmebörse", "läuft", LATER, "läuft seit Januar"),
    ]


def test_changes_list_new_and_gone(
    changes: list[dict[str, str]],
) -> None:
    rows = columns(changes, "change", "subjectLabel", "valueLabel")

    assert {row for row in rows if row[0] != "anders"} == {
        ("neu", "Wandelkongress 2024", "Veranstaltung"),
        ("neu", "Ein Jahr Wärmebörse", "Beitrag"),
        ("neu", "Ein Jahr Wärmebörse", "Ada Blum"),
        ("neu", "Stadtwerke Nordtal", "Organisation"),
        ("neu", "Lernwerk Nordtal", "Lernwerk Nordtal"),
        ("weggefallen", "Gießerei Hartmann", "Organisation"),
    }
    assert len(rows) == 6 + 6


def test_changes_group_by_kind(tmp_path: Path) -> None:
    project = Project(lay_out(tmp_path / "project", TWO_CONGRESSES))
    years = {"earlier": "source/congress-2023", "later": "source/congress-2024"}
    rows = answers(question("changes"), project, access.load(project), "en", years)
    kinds = [row for row in rows if row["relationLabel"] == "is a"]

    assert columns(kinds, "change", "valueLabel", "subjectLabel") == [
        ("new", "Contribution", "Heat from shavings | Learning to build | One year of the wood exchange"),
        ("new", "Event", "Holzkongress 2024"),
        ("new", "Person", "Timo Falk"),
        ("new", "Organisation", "Waldschule Oberland"),
        ("gone", "Organisation", "Genossenschaft Sonnendach"),
        ("gone", "Event", "Holzkongress 2023"),
        ("gone", "Person", "Paula Kern"),
        ("gone", "Contribution", "Power from the roof | Wood from nearby"),
    ]
    assert [row["change"] for row in rows] == sorted((row["change"] for row in rows), reverse=True)


def test_referenced_is_not_gone(tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "project", TWO_CONGRESSES)
    for year, series in (
        (2023, '- {id: series/holz, type: EventSeries, name: Holzkongress, quote: "Der Holzkongress"}\n'),
        (2024, ""),
    ):
        file = folder / "data" / f"congress-{year}.yaml"
        text = file.read_text(encoding="utf-8").replace(f"  date: {year}-", f"  partOf: series/holz\n  date: {year}-")
        file.write_text(f"{text}{series}", encoding="utf-8")
    project = Project(folder)
    years = {"earlier": "source/congress-2023", "later": "source/congress-2024"}
    rows = answers(question("changes"), project, access.load(project), "en", years)
    gone = columns([row for row in rows if row["change"] == "gone"], "subjectLabel", "relationLabel", "valueLabel")

    # The later report names the series, and only it tells of this talk.
    assert [row for row in gone if "Holzkongress" in row[0].split(" | ")] == []
    assert [row for row in gone if row[0] == "One year of the wood exchange"] == []
    assert ("Wood exchange", "is about", "Wood") in gone


def test_reverse_swaps_new_and_gone(pair: tuple[Project, Graph]) -> None:
    rows = answers(question("changes"), *pair, "en", {"earlier": LATER, "later": EARLIER})
    turned = {(row["change"], row["subjectLabel"]) for row in rows if row["change"] != "differs"}

    assert {("new", "Gießerei Hartmann"), ("gone", "Stadtwerke Nordtal"), ("gone", "Wandelkongress 2024")} <= turned


def test_same_source_has_no_changes(pair: tuple[Project, Graph]) -> None:
    assert answers(question("changes"), *pair, "de", {"earlier": LATER, "later": LATER}) == []


def test_changes_order_is_told_by_columns(changes: list[dict[str, str]]) -> None:
    assert undecided(changes, question("changes")) == []


@pytest.mark.parametrize(("source", "affiliation"), [(FIRST, "Gießerei Hartmann"), (SECOND, "Stadtwerke Nordtal")])
def test_statements_are_of_one_source(source: str, affiliation: str, pair: tuple[Project, Graph]) -> None:
    rows = answers(question("statements"), *pair, "de", {"source": source})

    assert {row["organisationLabel"] for row in rows if row["objectLabel"] == "Ada Blum"} == {affiliation}


def test_connectors_work_without_sections(pair: tuple[Project, Graph]) -> None:
    rows = answers(question("connectors"), *pair, "de", {})

    assert columns(rows, "actorLabel", "sectionLabel", "otherLabel") == [
        ("Stadtwerke Nordtal", "Wandelkongress 2023", "Wandelkongress 2024")
    ]


# --- a project of one's own ---------------------------------------------------------------------------------------

PROMISE = """
id: source/second
type: Source
title: Second
label: {de: Zweiter, en: Second}
document: https://example.org/second
says:
- id: initiative/itas
  plans:
    plan/werkstatt: {quote: "eine Werkstatt bis Mai 2026"}
- {id: plan/werkstatt, type: Plan, label: {de: Werkstatt, en: Workshop}, endMonth: 2026-05, quote: "eine Werkstatt"}
"""


def test_plan_needs_no_status(copy: Path) -> None:
    (copy / "data" / "second.yaml").write_text(PROMISE, encoding="utf-8")
    project = Project(copy)
    rows = answers(question("plans"), project, access.load(project), "en", {})

    assert [row for row in columns(rows, "planLabel", "statusLabel", "end", "quote") if row[0] == "Workshop"] == [
        ("Workshop", "", "2026-05", "eine Werkstatt bis Mai 2026")
    ]
    assert len(rows) == 7 + 1
