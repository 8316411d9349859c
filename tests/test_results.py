"""Answers as a table for people and as the W3C's formats for programs."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest

from itasgraph import results
from itasgraph.errors import AskedWrongly
from itasgraph.graph import Graph

AWKWARD = """
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    @base <https://w3id.org/itas/> .
    <a> rdfs:label "Äpfel"@de , "Apples"@en ; <says> "a, \\"b\\"\\nc" , "" , "x"@de-DE , "2024-06-06"^^xsd:date , 7 .
    <b> rdfs:label "Birnen"@de ; <says> [] .
    <c> rdfs:label "Kiwi" , "Kiwifruit"@en ."""


@pytest.fixture(scope="module")
def small(graph: Graph) -> Graph:
    store = ox.Store()
    store.load(AWKWARD, ox.RdfFormat.TURTLE)
    return Graph(store, graph.prefixes, graph.base)


def rendered(graph: Graph, query: str, form: str = "table", lang: str = "de", width: int = 0) -> bytes:
    return results.render(graph.query(query), form, graph, lang, width).content


def table(graph: Graph, query: str, lang: str = "de", width: int = 0) -> list[str]:
    return rendered(graph, query, lang=lang, width=width).decode().split("\n")


ALL = "SELECT ?s ?o WHERE { ?s ?p ?o } ORDER BY ?s ?o"
NONE = "SELECT ?s ?o WHERE { ?s <nothing> ?o }"


# --- for programs -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", [ALL, NONE], ids=["awkward values", "no rows"])
@pytest.mark.parametrize(
    ("form", "standard"), [("csv", ox.QueryResultsFormat.CSV), ("json", ox.QueryResultsFormat.JSON)]
)
def test_csv_and_json_are_the_bytes_of_the_standard(
    small: Graph, query: str, form: str, standard: ox.QueryResultsFormat
) -> None:
    answer = rendered(small, query, form)
    expected = small.query(query)

    assert isinstance(expected, ox.QuerySolutions)
    assert answer == expected.serialize(format=standard)


def test_csv_keeps_commas_quotes_line_breaks_and_umlauts(small: Graph) -> None:
    answer = rendered(small, "SELECT ?o { <a> ?p ?o } ORDER BY ?o", "csv")
    read = [row[0] if row else "" for row in csv.reader(io.StringIO(answer.decode(), newline=""))]

    assert sorted(read) == sorted(["o", 'a, "b"\nc', "", "x", "2024-06-06", "7", "Äpfel", "Apples"])


def test_json_keeps_language_and_datatype(small: Graph) -> None:
    answer = json.loads(rendered(small, "SELECT ?o { <a> <says> ?o }", "json"))
    read = {(b["o"]["value"], b["o"].get("xml:lang"), b["o"].get("datatype")) for b in answer["results"]["bindings"]}

    assert {("x", "de-de", None), ("x", "de-DE", None)} & read
    assert ("2024-06-06", None, "http://www.w3.org/2001/XMLSchema#date") in read
    assert ("7", None, "http://www.w3.org/2001/XMLSchema#integer") in read


def test_programs_get_iris_and_columns_as_the_query_has_them(small: Graph) -> None:
    answer = rendered(small, "SELECT ?thing ?thingLabel { VALUES (?thing ?thingLabel) { (<a> 'A') } }", "csv")

    assert answer == b"thing,thingLabel\r\nhttps://w3id.org/itas/a,A\r\n"


# --- yes and no -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "lang", "word"),
    [
        ("ASK { ?s ?p ?o }", "de", "ja\n"),
        ("ASK { ?s ?p ?o }", "en", "yes\n"),
        ("ASK { ?s <nothing> ?o }", "de", "nein\n"),
        ("ASK { ?s <nothing> ?o }", "en", "no\n"),
    ],
)
def test_a_question_for_yes_or_no_is_answered_with_a_word(small: Graph, query: str, lang: str, word: str) -> None:
    assert rendered(small, query, lang=lang).decode() == word


@pytest.mark.parametrize("query", ["ASK { ?s ?p ?o }", "ASK { ?s <nothing> ?o }"])
def test_yes_and_no_for_programs_are_the_bytes_of_the_standard(small: Graph, query: str) -> None:
    answer = rendered(small, query, "json")
    expected = small.query(query)

    assert isinstance(expected, ox.QueryBoolean)
    assert answer == expected.serialize(format=ox.QueryResultsFormat.JSON)


def test_yes_and_no_as_csv_do_not_depend_on_the_language(small: Graph) -> None:
    answers = {rendered(small, "ASK { ?s ?p ?o }", "csv", lang) for lang in ("de", "en")}

    assert len(answers) == 1


# --- graphs -----------------------------------------------------------------------------------------------------


def test_a_construct_query_is_answered_with_turtle(small: Graph) -> None:
    query = (
        "CONSTRUCT { ?s <https://w3id.org/itas/ontology#word> ?o } WHERE { ?s rdfs:label ?o FILTER(LANG(?o) = 'de') }"
    )
    answer = rendered(small, query)

    assert {str(quad.triple) for quad in ox.parse(answer, ox.RdfFormat.TURTLE)} == {
        '<https://w3id.org/itas/a> <https://w3id.org/itas/ontology#word> "Äpfel"@de',
        '<https://w3id.org/itas/b> <https://w3id.org/itas/ontology#word> "Birnen"@de',
    }


def test_a_construct_query_that_finds_nothing_is_answered_with_nothing(small: Graph) -> None:
    answer = rendered(small, "CONSTRUCT { ?s ?p ?o } WHERE { ?s <nothing> ?o . ?s ?p ?o }")

    assert answer == b""


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_graph_is_no_table_for_programs_and_the_message_says_what_is_possible(small: Graph, form: str) -> None:
    with pytest.raises(AskedWrongly) as caught:
        rendered(small, "DESCRIBE <a>", form)

    assert (caught.value.exit_code, caught.value.facts["format"]) == (2, form)
    assert "Turtle" in caught.value.render("de")


# --- for people -------------------------------------------------------------------------------------------------


def test_a_table_shows_labels_in_the_language_asked_for(small: Graph) -> None:
    query = "SELECT ?thing { VALUES ?thing { <a> <b> <c> <d> schema:Person } }"
    german, english = table(small, query, "de"), table(small, query, "en")

    assert german[2:] == ["Äpfel", "Birnen", "Kiwi", "d", "schema:Person", ""]
    assert english[2:] == ["Apples", "Birnen", "Kiwifruit", "d", "schema:Person", ""]


def test_a_column_that_has_a_label_column_is_shown_by_that_alone(small: Graph) -> None:
    query = "SELECT ?thing ?thingLabel ?other { VALUES (?thing ?thingLabel ?other) { (<a> 'Obst' 1) } }"
    found = table(small, query)

    assert found == ["Ding  other", "───────────", "Obst  1", ""]


@pytest.mark.parametrize(
    ("lang", "headings"),
    [("de", ["Organisation", "Rolle", "Worte der Quelle"]), ("en", ["organisation", "role", "words of the source"])],
)
def test_headings_are_in_the_language_asked_for(small: Graph, lang: str, headings: list[str]) -> None:
    query = "SELECT ?organisationLabel ?role ?quote { VALUES (?organisationLabel ?role ?quote) { (1 2 3) } }"
    first = table(small, query, lang)[0]

    assert first.split("  ") == headings


def test_a_table_without_rows_still_has_its_headings(small: Graph) -> None:
    found = table(small, "SELECT ?person ?role { ?person <nothing> ?role }")

    assert found == ["Person  Rolle", "─────────────", ""]


def test_an_unbound_value_is_an_empty_cell(small: Graph) -> None:
    found = table(small, "SELECT ?x ?y ?z { VALUES (?x ?y ?z) { (1 UNDEF 3) (UNDEF 22 UNDEF) } }")

    assert found[2:] == ["1      3", "   22", ""]


def test_columns_stay_in_line_below_wide_and_combining_characters(small: Graph) -> None:
    found = table(small, 'SELECT ?x ?y { VALUES (?x ?y) { ("東京" 1) ("e\\u0301" 2) ("abcd" 3) } }')

    assert found[2:] == ["東京  1", "e\u0301     2", "abcd  3", ""]


def test_a_line_break_in_a_value_does_not_break_the_table(small: Graph) -> None:
    found = table(small, 'SELECT ?x ?y { VALUES (?x ?y) { ("a\\n\\tb" 1) } }')

    assert found[2:] == ["a b  1", ""]


def test_values_that_look_like_markup_or_escape_codes_are_shown_as_they_are(small: Graph) -> None:
    query = 'SELECT ?x { VALUES ?x { "[bold]x[/bold] :smile:" } }'
    narrow, wide = table(small, query, width=60), table(small, query)

    assert narrow[2] == wide[2] == "[bold]x[/bold] :smile:"


def test_a_control_character_in_a_value_does_not_reach_the_terminal(small: Graph) -> None:
    found = "\n".join(table(small, 'SELECT ?x { VALUES ?x { "a\\u001B[31mb" } }'))

    assert "\u001b" not in found


def test_a_table_for_a_terminal_is_never_wider_than_it_and_loses_nothing(small: Graph) -> None:
    words = " ".join(f"word{number}" for number in range(30))
    found = table(small, f'SELECT ?x ?y {{ VALUES (?x ?y) {{ ("{words}" "short") }} }}', width=40)

    assert max(len(line) for line in found) <= 40
    assert {word for line in found for word in line.split()} >= set(words.split())


def test_a_table_for_a_file_has_one_line_for_each_row(small: Graph) -> None:
    words = "x" * 500
    found = table(small, f'SELECT ?x {{ VALUES ?x {{ "{words}" "short" }} }}')

    assert found[2:] == [words, "short", ""]


def test_a_graph_whose_labels_are_no_text_is_still_shown(graph: Graph) -> None:
    store = ox.Store()
    store.load(
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . <urn:a> rdfs:label <urn:b> , 7 .", ox.RdfFormat.TURTLE
    )
    found = table(Graph(store, graph.prefixes, graph.base), "SELECT ?s { ?s rdfs:label 7 }")

    assert len(found) == 4
