"""The shipped data against the words of its source, read by hand: what is there, in which order, and that all of it is."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence

import pyoxigraph as ox
import pytest

from itasgraph.authoring import quotations
from itasgraph.project import Project
from itasgraph.store.memory import Graph
from itasgraph.store.queryable import value
from itasgraph.util.spelling import collapse_spaces
from tests.content.kongress import BESIDE, PROGRAMME, SECTIONS, Item, Speaker
from tests.helpers.namespaces import BASE

REVIEW = "source/itas-kongress-2024-rueckblick"

# Namespaces and documents outside the project that its graph may name.
EXTERNAL = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/2001/XMLSchema#",
    "http://www.w3.org/2002/07/owl#",
    "http://www.w3.org/2004/02/skos/core#",
    "http://www.w3.org/ns/adms#",
    "http://www.w3.org/ns/dcat#",
    "http://rdfs.org/ns/void#",
    "http://www.w3.org/ns/org#",
    "http://www.w3.org/ns/prov#",
    "http://www.w3.org/2006/time#",
    "http://purl.org/dc/terms/",
    "http://purl.org/dc/elements/1.1/",
    "http://purl.org/dc/dcam/",
    "http://purl.org/vocab/vann/",
    "http://xmlns.com/foaf/0.1/",
    "https://schema.org/",
)
DOCUMENTS = {
    "http://publications.europa.eu/resource/authority/data-theme/ECON",
    "http://publications.europa.eu/resource/authority/data-theme/REGI",
    "https://itas-projekt.de/itas-kongress-2024-rueckblick",
    "https://creativecommons.org/licenses/by/4.0/",
}


ACADEMIC_TITLES = {
    "Cornelius Plaul": "Dr.",
    "Cindy Krause": "Dr.",
    "Tobias Teich": "Prof.",
    "Carmen Leidereiter": "Dr.",
    "Thomas Birner": "Dr.",
}


def rows(graph: Graph, query: str) -> list[tuple[str, ...]]:
    """Return the solutions of a query as plain text, an empty one where a variable is unbound."""
    solutions = graph.select(query)
    names = [variable.value for variable in solutions.variables]
    return [tuple("" if row[name] is None else value(row[name]) for name in names) for row in solutions]


def printed(graph: Graph) -> list[tuple[str, ...]]:
    """Return section, title and IRI of the programme items that have a title, in the order of the day."""
    return rows(
        graph,
        """
        SELECT ?sectionTitle ?title ?talk WHERE {
          ?talk a itas:Contribution ; dcterms:title ?title ; itas:position ?place ; schema:superEvent ?section .
          ?section a itas:Section ; dcterms:title ?sectionTitle ; itas:position ?sectionPlace .
        } ORDER BY ?sectionPlace ?place""",
    )


# --- the programme ----------------------------------------------------------------------------------------------


def test_source_has_all_programme_items(source: list[str]) -> None:
    bullets = [number for number, line in enumerate(source, 1) if line.lstrip().startswith("•")]

    assert bullets == [item.line for item in PROGRAMME]


@pytest.mark.parametrize("item", PROGRAMME, ids=lambda item: f"line {item.line}")
def test_titles_stand_in_their_lines(item: Item, source: list[str]) -> None:
    line = collapse_spaces(source[item.line - 1])

    assert re.match(rf"• (Input: |Film-Vorstellung: )?{re.escape(item.title)}( \||, | Eine Dokumentation )", line)


def test_programme_is_complete_and_in_order(graph: Graph) -> None:
    actual = [(section, title) for section, title, _ in printed(graph)]

    assert actual == [(SECTIONS[item.section - 1], item.title) for item in PROGRAMME]


def test_speakers_are_complete_and_in_order(graph: Graph) -> None:
    actual = [tuple(speakers(graph, talk)) for *_, talk in printed(graph)]

    assert actual == [item.speakers for item in PROGRAMME]


def speakers(graph: Graph, talk: str) -> list[Speaker]:
    actual = rows(
        graph,
        f"""
        SELECT ?name ?organisation ?role WHERE {{
          <{talk}> itas:appearance ?appearance .
          ?appearance org:member/schema:name ?name ; itas:position ?place .
          OPTIONAL {{ ?appearance org:organization/schema:name ?organisation }}
          OPTIONAL {{ ?appearance org:role/rdfs:label ?role . FILTER(LANG(?role) = "de") }}
        }} ORDER BY ?place""",
    )
    return [Speaker(*row) for row in actual]


# Questions as a reader puts them who knows the names of the classes only.
PLAIN = {
    "SELECT (COUNT(?item) AS ?n) { ?item a itas:Contribution }": [("21",)],
    "SELECT (COUNT(?slot) AS ?n) { ?slot a itas:Appearance }": [("22",)],
    "SELECT (COUNT(?item) AS ?n) { ?item schema:performer ?who }": [("22",)],
    "SELECT (COUNT(?who) AS ?n) { ?who a schema:Person }": [("19",)],
    "SELECT (COUNT(DISTINCT ?who) AS ?n) { ?item schema:performer ?who }": [("19",)],
    "SELECT (COUNT(?who) AS ?n) { ?who a schema:Organization }": [("17",)],
    "SELECT (COUNT(DISTINCT ?who) AS ?n) { ?slot org:organization ?who }": [("17",)],
    "SELECT (COUNT(?part) AS ?n) { ?part a itas:Section }": [("4",)],
    # "die beteiligten Forschungs- und Bildungspartner", "der ITAS-Partner", "Patrick Korn, ITAS-Projektleiter": no appearances.
    "SELECT (COUNT(?who) AS ?n) { <initiative/itas> itas:participant ?who }": [("3",)],
    """SELECT (COUNT(?item) AS ?n) { ?item a itas:Contribution ; schema:superEvent ?part . ?part itas:position ?place }
      GROUP BY ?part ?place ORDER BY ?place""": [("3",), ("6",), ("7",), ("5",)],
    """SELECT ?name (COUNT(?slot) AS ?n) { ?slot a itas:Appearance ; org:member/schema:name ?name }
      GROUP BY ?name HAVING (COUNT(?slot) > 1) ORDER BY ?name""": [("Andreas Wächtler", "2"), ("Boris Kaiser", "3")],
}


@pytest.mark.parametrize("question", PLAIN)
def test_plain_questions_count_as_a_reader(graph: Graph, question: str) -> None:
    assert rows(graph, question) == PLAIN[question]


def test_what_is_told_beside_the_programme_is_found(graph: Graph) -> None:
    actual = rows(
        graph,
        """
        SELECT ?label ?place ?part WHERE {
          ?beside a itas:Discussion ; rdfs:label ?label ; schema:superEvent+ <event/itas-kongress-2024> .
          FILTER(LANG(?label) = "de")
          OPTIONAL { ?beside itas:position ?place } OPTIONAL { ?beside itas:appearance ?part }
        }""",
    )

    assert sorted(actual) == [(label, "", "") for label in sorted(BESIDE)]


@pytest.mark.parametrize(
    ("relation", "pairs"),
    [
        # Line 5: "über 60 Gäste".
        ("schema:attendee", {("event/itas-kongress-2024", "people/gaeste")}),
        # Line 77: "präsentierten die Partner".
        ("itas:presenter", {("section/zukunft", "people/partner")}),
        # Lines 5, 10 and 30: "diskutierte mit den Teilnehmern", "reflektierten …", "diskutierten Vertreter der … sowie Gäste".
        (
            "itas:discussant",
            {
                ("discussion/weitere-schritte", "initiative/itas"),
                ("discussion/weitere-schritte", "people/gaeste"),
                ("discussion/reflexion-der-jugend", "people/vertreter-jugendorganisationen"),
                ("discussion/abschlussdiskussion", "people/vertreter-itas-partner"),
                ("discussion/abschlussdiskussion", "people/vertreter-wirtschaftsfoerderungen"),
                ("discussion/abschlussdiskussion", "people/vertreter-jugendorganisationen"),
                ("discussion/abschlussdiskussion", "people/gaeste-der-diskussion"),
            },
        ),
    ],
)
def test_attending_presenting_discussing_differ(graph: Graph, relation: str, pairs: set[tuple[str, str]]) -> None:
    actual = rows(graph, f"SELECT ?occasion ?who {{ ?occasion {relation} ?who }}")

    assert set(actual) == {(BASE + occasion, BASE + who) for occasion, who in pairs}


# Lines 42 to 44 begin with "Input:", line 65 with "Film-Vorstellung:"; line 48 speaks of a set of "4-Minuten Präsentationen",
# line 63 of another, line 15 of a series of "Kurzpräsentationen". Line 20 names the film beside what was presented ("Neben der
# Vorstellung des Films"), so that it is not said to be one of the four-minute presentations. The panel of line 77 is the section, not a talk in it.
FORMS = {
    1: {"Input"},
    2: {"Vier-Minuten-Präsentation", "Kurzpräsentation"},
    3: {"Vier-Minuten-Präsentation"},
    4: set(),
}


def test_contributions_have_their_forms(graph: Graph) -> None:
    actual: dict[str, set[str]] = {}
    for title, form in rows(
        graph,
        """
        SELECT ?title ?form WHERE {
          ?talk a itas:Contribution ; dcterms:title ?title .
          OPTIONAL { ?talk dcterms:type/rdfs:label ?form . FILTER(LANG(?form) = "de") }
        }""",
    ):
        actual.setdefault(title, set()).update({form} - {""})

    assert actual == {
        item.title: {"Film-Vorstellung"} if item.line == 65 else FORMS[item.section] for item in PROGRAMME
    }


@pytest.mark.parametrize(
    ("section", "forms"),
    [
        ("zulieferer", set()),
        ("fachkraefte-und-gesellschaft", set()),
        ("zukunft", {"Panel"}),
        ("wir-heute-hier", set()),
    ],
)
def test_sections_have_their_format(graph: Graph, section: str, forms: set[str]) -> None:
    query = f'SELECT ?form {{ <section/{section}> dcterms:type/rdfs:label ?form FILTER(LANG(?form) = "de") }}'
    actual = {form for (form,) in rows(graph, query)}

    assert actual == forms


def test_items_present_one_thing_each(graph: Graph) -> None:
    actual = rows(
        graph,
        """
        SELECT ?title (COUNT(DISTINCT ?presented) AS ?count) WHERE {
          ?talk a itas:Contribution ; dcterms:title ?title . OPTIONAL { ?talk itas:presents ?presented }
        } GROUP BY ?title""",
    )

    assert {title: count for title, count in actual if count != "1"} == {
        # The source names themes here, no project.
        "Strukturwandel in den regionalen Wertschöpfungsketten": "0",
        "Der Wasserstoffbedarf in der Region als Standortfaktor für die Automobilproduktion": "0",
        "ITAS Ausblick 2024/2025": "0",
    }
    assert len(actual) == 21


# --- people and organisations -----------------------------------------------------------------------------------


def test_people_have_their_academic_titles(graph: Graph) -> None:
    query = "SELECT ?name ?title { ?person a schema:Person ; schema:name ?name OPTIONAL { ?person schema:honorificPrefix ?title } }"
    actual = rows(graph, query)
    names = {speaker.name for item in PROGRAMME for speaker in item.speakers}

    assert sorted(actual) == sorted((name, ACADEMIC_TITLES.get(name, "")) for name in names)
    assert len(actual) == 19


def test_organisations_have_their_printed_names(graph: Graph) -> None:
    actual = rows(graph, "SELECT ?name { ?organisation a schema:Organization ; schema:name ?name }")

    assert sorted(actual) == sorted({(s.organisation,) for item in PROGRAMME for s in item.speakers})
    assert len(actual) == 17


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("organisation/ihk-chemnitz", "organisation/ihk-mittelsachsen"),
        ("organisation/volkswagen-bildungsinstitut", "organisation/vw-motorenwerk"),
    ],
)
def test_look_alikes_stay_apart(graph: Graph, one: str, other: str) -> None:
    apart = graph.query(f"ASK {{ <{one}> owl:differentFrom <{other}> }}")
    merged = graph.query(f"ASK {{ <{one}> owl:sameAs|^owl:sameAs <{other}> }}")

    assert (bool(apart), bool(merged)) == (True, False)


def test_eight_groups_have_no_names(graph: Graph) -> None:
    query = 'SELECT ?label { ?group a itas:UnnamedGroup ; rdfs:label ?label FILTER(LANG(?label) = "de") }'
    actual = {label for (label,) in rows(graph, query)}

    assert actual == {
        "Die Partner",
        "Gäste des ITAS-Kongresses 2024",
        "Gäste in der Abschlussdiskussion",
        # Line 30 names the ITAS partners and their representatives, line 32 the partners who are involved.
        "ITAS-Partner",
        "Beteiligte Forschungs- und Bildungspartner",
        "Vertreter der ITAS-Partner",
        "Vertreter von Jugend- und Auszubildendenorganisationen",
        "Vertreter von Wirtschaftsförderungen",
    }


# --- the congress and what else has a date ----------------------------------------------------------------------


def test_sections_follow_the_day(graph: Graph) -> None:
    query = """
        SELECT ?title ?place { ?section a itas:Section ; dcterms:title ?title ; itas:position ?place ;
          schema:superEvent <event/itas-kongress-2024> } ORDER BY ?place"""
    actual = rows(graph, query)

    assert actual == [(title, str(place)) for place, title in enumerate(SECTIONS, 1)]


def test_over_60_is_a_lower_bound(graph: Graph) -> None:
    bound = rows(graph, "SELECT ?event ?bound { ?event itas:attendeesMoreThan ?bound }")
    counts = rows(graph, "SELECT ?event ?count { ?event schema:attendeeCount|schema:maximumAttendeeCapacity ?count }")

    assert (bound, counts) == ([(f"{BASE}event/itas-kongress-2024", "60")], [])


def test_both_dates_have_their_event(graph: Graph) -> None:
    actual = rows(
        graph, "SELECT ?event ?date (DATATYPE(?date) AS ?type) { ?event schema:startDate ?date } ORDER BY ?date"
    )
    day = "http://www.w3.org/2001/XMLSchema#date"

    assert actual == [
        (f"{BASE}event/itas-kongress-2024", "2024-06-06", day),
        (f"{BASE}event/buergerdialog-mobilitaet", "2024-06-08", day),
    ]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("<event/itas-kongress-2024> schema:name ?x", "ITAS-Kongress 2024"),
        ("<event/itas-kongress-2024> skos:altLabel ?x", "2. ITAS-Kongress"),
        ("<event/itas-kongress-2024> itas:position ?x", "2"),
        (
            "<event/itas-kongress-2024> dcterms:alternative ?x",
            "ITAS-Kongress 2024: Die Zukunft der Automobilregion aktiv gestalten",
        ),
        ("<event/itas-kongress-2024> schema:location/schema:name ?x", "Hotel Chemnitzer Hof"),
        ("<event/buergerdialog-mobilitaet> schema:location/schema:name ?x", "Kosmos Chemnitz"),
        ("<event/buergerdialog-mobilitaet> adms:status ?x", f"{BASE}status/angekuendigt"),
        ("<event/symposium> adms:status ?x", f"{BASE}status/geplant"),
        ("<period/projektjahr-3> dcat:endDate ?x", "2025-06"),
        (
            "<initiative/itas> skos:altLabel ?x FILTER(STRLEN(?x) > 20)",
            "Initiative Transformation Automobilregion Südwestsachsen",
        ),
        ("<event/itas-kongress-2024> dcterms:spatial ?x", f"{BASE}place/suedwestsachsen"),
        # "ITAS-Projektleiter", line 52; "ITAS-Kongress 2024 / Rückblick", line 1; "für die ITAS-Region", line 81.
        ("<role/itas-projektleiter> dcterms:isPartOf ?x", f"{BASE}initiative/itas"),
        (f"<{REVIEW}> itas:reportsOn ?x", f"{BASE}event/itas-kongress-2024"),
        ("<initiative/itas> dcterms:spatial ?x FILTER(?x != <place/suedwestsachsen>)", f"{BASE}place/itas-region"),
        # "ITAS Ausblick 2024/2025", line 85, and line 29.
        ("<talk/ausblick> dcterms:temporal ?x", f"{BASE}period/2024-2025"),
        ("<discussion/abschlussdiskussion> dcterms:temporal ?x", f"{BASE}period/2024-2025"),
        # "stellte ihre bisherigen Erfolge vor", line 5.
        (
            "<event/itas-kongress-2024> dcterms:references ?x FILTER(?x = <message/bisherige-erfolge>)",
            f"{BASE}message/bisherige-erfolge",
        ),
    ],
)
def test_congress_and_initiative_match(graph: Graph, question: str, answer: str) -> None:
    actual = rows(graph, f"SELECT ?x {{ {question} }}")

    assert actual == [(answer,)]


def test_planned_is_not_done(graph: Graph) -> None:
    actual = rows(
        graph,
        "SELECT ?plan ?status { { ?plan a itas:Plan } UNION { ?any itas:plans ?plan } ?plan adms:status ?status }",
    )

    assert {status for _, status in actual} == {f"{BASE}status/geplant"}
    assert len({plan for plan, _ in actual}) == 6


def test_only_stated_status_is_given(graph: Graph) -> None:
    actual: dict[str, set[str]] = {}
    for thing, status in rows(graph, "SELECT ?thing ?status { ?thing adms:status ?status }"):
        actual.setdefault(status.removeprefix(f"{BASE}status/"), set()).add(thing.removeprefix(BASE))

    assert actual == {
        # Lines 48 and 63 call what the lists below them name "laufende Angebote und Teilprojekte". Line 20 sets two apart: the
        # citizens' dialogue "wurde angekündigt", and the film was presented beside the rest. "Die ITAS-Charta im Prozess" (line
        # 44) may be unfinished or part of a process.
        "laufend": {
            "offer/helpdesks",
            "offer/transformationslotsen",
            "offer/kooperationen-hochschulen-unternehmen",
            "offer/qualifizierungsangebote",
            "offer/potentiale-textilindustrie",
            "offer/circular-cars",
            "offer/sustainable-innovation-loop",
            "offer/review-berufsausbildung",
            "offer/sos-berufsausbildung",
            "offer/workshops-gemischte-teams",
            "offer/untersuchungen-resilienz",
        },
        "angekuendigt": {"event/buergerdialog-mobilitaet"},
        # Line 32: "werden … diskutiert als auch … umgesetzt", "wird … sein", "wird … ermöglichen", "sollen … eingebunden werden".
        "geplant": {
            "plan/fortfuehrung",
            "plan/teilprojekte-umsetzen",
            "plan/rolle-der-jugend",
            "plan/beteiligung-jugend",
            "plan/einbindung-forschung-und-bildung",
            "event/symposium",
        },
    }


def test_target_groups_are_those_of_the_headings(graph: Graph) -> None:
    actual: dict[str, set[str]] = {}
    for thing, group in rows(
        graph, "SELECT ?thing ?group { ?talk itas:presents ?thing . ?thing schema:audience ?group }"
    ):
        actual.setdefault(thing.removeprefix(BASE), set()).add(group.removeprefix(f"{BASE}group/"))
    companies, people = {"unternehmen", "zulieferer"}, {"arbeitnehmer", "buerger"}

    assert actual == {
        # Lines 15, 46 and 48.
        "offer/helpdesks": companies,
        "offer/transformationslotsen": companies,
        "offer/kooperationen-hochschulen-unternehmen": companies,
        "offer/qualifizierungsangebote": companies,
        "offer/potentiale-textilindustrie": companies,
        "offer/circular-cars": companies,
        # Lines 61 and 63. The workshops are for other groups: "Workshops für gemischte Teams" (line 20), "für Automotive-Unternehmen"
        # (line 69).
        "work/film-wir-sind-hier": people,
        "offer/sustainable-innovation-loop": people,
        "offer/review-berufsausbildung": people,
        "offer/sos-berufsausbildung": people,
        "offer/workshops-gemischte-teams": {"automotive-unternehmen", "gemischte-teams"},
        "offer/untersuchungen-resilienz": people,
        "event/buergerdialog-mobilitaet": people,
    }


def test_search_words_stand_in_the_source(graph: Graph, source: list[str]) -> None:
    document = quotations.SourceText(source)
    actual = rows(
        graph,
        """SELECT ?word (COUNT(DISTINCT ?about) AS ?n) {
          ?topic skos:hiddenLabel ?word OPTIONAL { ?about itas:word ?word } } GROUP BY ?word""",
    )

    assert [word for word, count in actual if count == "0" or not document.lines_of(word)] == []
    assert len(actual) > 40


# Words that name a form, those who speak or take part, or a title say nothing about the subject.
NO_SUBJECT = {
    *("Helpdesks", "Sprechstunden", "Begleitung", "Trainings", "Studiengang", "Bürgerdialog", "Strukturbericht"),
    *("wissenschaftliches Symposium", "Forschungs- und Bildungspartner", "Jugend- und Auszubildendenorganisationen"),
    *("Schülerinnen und Schülern", "Auszubildendenvertretungen", "Gemischte Teams", "Fachkräfte", "Fachkraft"),
    *("Wo steht die Region heute", "Wie können wir die Zukunft mitgestalten", "Sustainable Innovation Loop"),
}


def test_words_say_what_it_is_about(graph: Graph) -> None:
    assert {word for (word,) in rows(graph, "SELECT DISTINCT ?word { ?thing itas:word ?word }")} & NO_SUBJECT == set()


def test_broader_topics_are_few(graph: Graph) -> None:
    actual = rows(graph, "SELECT ?topic ?broader { ?topic a itas:Topic ; skos:broader ?broader }")

    # Each is a kind or part of the other whatever a source says.
    assert {(a.removeprefix(f"{BASE}topic/"), b.removeprefix(f"{BASE}topic/")) for a, b in actual} == {
        ("automatisiertes-fahren", "mobilitaet"),
        ("berufsausbildung", "bildung"),
        ("ki-unterstuetztes-lernen", "bildung"),
        ("jugendbeteiligung", "beteiligung"),
    }


# --- every word of the source -----------------------------------------------------------------------------------


def test_checksum_is_that_of_the_source(graph: Graph, source: list[str]) -> None:
    digest = hashlib.sha256("\n".join(source).encode()).hexdigest()

    assert rows(graph, f"SELECT ?sum {{ <{REVIEW}> itas:sha256 ?sum }}") == [(digest,)]


def test_quotes_stand_in_the_source(graph: Graph, source: list[str]) -> None:
    quotes = list(quotations.quotations(graph))
    document = quotations.SourceText(source)
    wrong = [(quote, fault) for quote in quotes if (fault := quotations.fault_of(quote.evidence, document))]

    assert wrong == []
    assert {quote.evidence.source for quote in quotes} == {BASE + REVIEW}
    assert len(quotes) > 500


def test_repeated_quote_names_its_line(graph: Graph, source: list[str]) -> None:
    actual = rows(
        graph,
        f"SELECT ?thing ?quote ?line {{ GRAPH <{REVIEW}> {{ ?thing itas:quote ?quote OPTIONAL {{ ?thing itas:line ?line }} }} }}",
    )
    document = quotations.SourceText(source)
    unclear = [row for row in actual if not row[2] and len(document.lines_of(row[1])) > 1]

    assert unclear == []
    assert len(actual) > 300


def test_line_needs_a_quote(graph: Graph) -> None:
    actual = rows(
        graph, "SELECT ?thing ?line { ?thing itas:line ?line FILTER NOT EXISTS { ?thing itas:quote ?quote } }"
    )

    assert actual == []


def carried(graph: Graph, source: Sequence[str], *, left_out: bool) -> set[int]:
    """Return the lines that a quote stands in; or those of what is left out on purpose."""
    document = quotations.SourceText(source)
    omissions = {omission for (omission,) in rows(graph, "SELECT ?omission { ?omission a itas:Omission }")}
    return {
        line
        for entity, evidence in quotations.quotations(graph)
        if (entity in omissions) is left_out
        for line in evidence.lines or document.lines_of(evidence.quote)
    }


def test_every_line_is_covered(graph: Graph, source: list[str]) -> None:
    written = {number for number, line in enumerate(source, 1) if collapse_spaces(line)}
    left_out = carried(graph, source, left_out=True)
    quoted = carried(graph, source, left_out=False)

    # Other omissions leave out a reading of words that prove something else.
    assert left_out - quoted == {34, 40, 50, 79}
    assert quoted | left_out == written


def test_omissions_have_reasons(graph: Graph) -> None:
    actual = rows(
        graph,
        """
        SELECT ?omission (GROUP_CONCAT(LANG(?reason); SEPARATOR=" ") AS ?languages) WHERE {
          ?omission a itas:Omission ; schema:description ?reason . FILTER(STRLEN(?reason) > 20)
        } GROUP BY ?omission""",
    )

    assert [set(languages.split()) for _, languages in actual] == [{"de", "en"}] * 15


def test_uncovered_words_state_nothing(graph: Graph, source: list[str]) -> None:
    document = quotations.SourceText(source)
    left = [list(line) for line in document.lines]
    for _, evidence in quotations.quotations(graph):
        words = collapse_spaces(evidence.quote)
        for number in evidence.lines or document.lines_of(words):
            for match in re.finditer(re.escape(words), document.lines[number - 1]):
                left[number - 1][match.start() : match.end()] = "\0" * len(words)
    actual = {word for characters in left for word in re.findall(r"\w+", "".join(characters))}

    assert actual == {"und", "Und", "der", "wurden", "wir", "erklärten", "vor"}


# --- the graph as linked data -----------------------------------------------------------------------------------


def test_counts_match_a_hand_count(graph: Graph) -> None:
    vocabulary, schema = "https://w3id.org/itas/ontology#", "https://schema.org/"
    by_hand = {
        f"{schema}Person": "19",
        f"{schema}Organization": "17",
        f"{vocabulary}UnnamedGroup": "8",
        f"{vocabulary}Initiative": "1",
        f"{vocabulary}Contribution": "21",
        f"{vocabulary}Section": "4",
        f"{vocabulary}Discussion": "3",
        f"{schema}Event": "3",
        f"{schema}EventSeries": "1",
        f"{schema}CreativeWork": "3",
        f"{vocabulary}Offer": "8",
        "http://xmlns.com/foaf/0.1/Project": "6",
    }
    counts = rows(graph, "SELECT ?kind (COUNT(DISTINCT ?thing) AS ?n) { ?thing itas:kind ?kind } GROUP BY ?kind")

    assert {kind: count for kind, count in counts if kind in by_hand} == by_hand


def test_entities_have_one_label_per_language(graph: Graph) -> None:
    kinds = rows(graph, "SELECT ?thing ?kind { ?thing itas:kind ?kind }")
    labels = rows(graph, "SELECT ?thing (LANG(?label) AS ?lang) { ?thing itas:kind ?kind ; rdfs:label ?label }")
    actual = Counter((thing, lang) for thing, lang in labels)

    assert actual == Counter({(thing, lang): 1 for thing, _ in kinds for lang in ("de", "en")})
    assert len(kinds) == len({thing for thing, _ in kinds}) == 160


def test_concepts_and_graphs_have_labels(graph: Graph) -> None:
    rest = "skos:Concept skos:ConceptScheme org:Role itas:ProjectYear itas:Source itas:EditorialGraph itas:DerivedGraph"
    actual = rows(
        graph,
        f"""
        SELECT ?thing (GROUP_CONCAT(?lang; SEPARATOR=" ") AS ?languages) WHERE {{
          {{ SELECT DISTINCT ?thing ?label (LANG(?label) AS ?lang) WHERE {{
            VALUES ?class {{ {rest} }} ?thing a ?class . OPTIONAL {{ ?thing rdfs:label ?label }} }} }}
        }} GROUP BY ?thing""",
    )

    assert [row for row in actual if sorted(row[1].split()) != ["de", "en"]] == []
    assert len(actual) > 60


def test_graph_has_no_blank_nodes(graph: Graph) -> None:
    blank = [quad for quad in graph.store if ox.BlankNode in map(type, (quad.subject, quad.object, quad.graph_name))]

    assert blank == []


def test_all_targets_are_described(graph: Graph) -> None:
    described = {value(triple.subject) for triple in graph.triples()}
    pointed_at = {triple.object.value for triple in graph.triples() if isinstance(triple.object, ox.NamedNode)}

    assert {iri for iri in pointed_at - described if iri.startswith(BASE)} == {f"{BASE}ontology/0.2.0"}


def test_graphs_are_in_the_catalogue(graph: Graph, shipped: Project) -> None:
    named = {value(name) for name in graph.store.named_graphs()}
    described = {
        name
        for (name,) in rows(
            graph,
            "SELECT ?g { GRAPH <editorial/catalogue> { ?g a ?class } VALUES ?class { itas:Source itas:EditorialGraph itas:DerivedGraph } }",
        )
    }

    vocabularies = {name for (name,) in rows(graph, "SELECT ?g { GRAPH ?g { ?g a owl:Ontology } }")}

    # The review states no times of day, and no id was replaced, so that two rules infer nothing.
    assert named | {f"{BASE}rule/times", f"{BASE}rule/replacements"} == described | vocabularies
    assert len(vocabularies) == len(shipped.vocabularies) == 3
    assert len(named) + 2 == len(shipped.data) + len(shipped.rules) + len(shipped.vocabularies) + 1


def test_iris_have_known_namespaces(graph: Graph) -> None:
    terms = (term for quad in graph.store for term in (quad.subject, quad.predicate, quad.object, quad.graph_name))
    iris = {term.value for term in terms if isinstance(term, ox.NamedNode)}
    strangers = {iri for iri in iris if not iri.startswith((BASE, *EXTERNAL))}

    assert strangers == DOCUMENTS


def test_terms_in_use_are_explained(graph: Graph) -> None:
    used = {triple.predicate.value for triple in graph.triples()}
    used |= {kind for (kind,) in rows(graph, "SELECT DISTINCT ?class { ?thing a ?class }")}
    labelled = rows(
        graph, "SELECT ?term (COUNT(DISTINCT LANG(?label)) AS ?n) { ?term rdfs:label ?label } GROUP BY ?term"
    )
    unexplained = used - {term for term, count in labelled if count == "2"}

    assert {iri for iri in unexplained if iri.startswith(BASE)} == set()
