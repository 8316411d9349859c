"""Rows for people stand in alphabetical order, whatever the code points of their letters."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from itasgraph.results.cited_table import Row
from itasgraph.results.collation import Ordering, SortKey, collate, select_sort_keys, sort_keys
from tests.helpers.graphs import graph_of
from tests.helpers.programs import Run
from tests.helpers.projects import ROOT

NAMES = ["Zug", "aconium", "Ökolöwe", "Oder", "Österreich", "Bahn"]
# As in a German list (DIN 5007-1): ö like o, capitals like small letters.
IN_ORDER = ["aconium", "Bahn", "Oder", "Ökolöwe", "Österreich", "Zug"]


def rows_of(texts: list[str]) -> list[Row]:
    return [(ox.Literal(text, language="de"),) for text in texts]


def texts(rows: list[Row], at: int = 0) -> list[str]:
    """Return the texts of a column, "" where it is unbound."""
    return [term.value if isinstance(term := row[at], ox.Literal) else "" for row in rows]


@pytest.mark.parametrize(("descending", "expected"), [(False, IN_ORDER), (True, IN_ORDER[::-1])])
def test_umlauts_stand_beside_their_letters(descending: bool, expected: list[str]) -> None:
    _, rows = collate(rows_of(NAMES), ["name"], Ordering([SortKey("name", descending)]))

    assert texts(rows) == expected


def test_numbers_keep_the_order_of_the_query() -> None:
    rows: list[Row] = [
        (ox.Literal(number), ox.Literal(name)) for number, name in [(10, "Zug"), (10, "Öl"), (9, "aber"), (9, "Äste")]
    ]

    _, actual = collate(rows, ["count", "name"], Ordering([SortKey("count", True), SortKey("name")]))

    assert texts(actual) == ["10", "10", "9", "9"]
    assert texts(actual, 1) == ["Öl", "Zug", "aber", "Äste"]


def test_unbound_stands_first() -> None:
    rows = [(None,), *rows_of(["Zug", "Öl"])]

    _, actual = collate(rows, ["name"], Ordering([SortKey("name")]))

    assert texts(actual) == ["", "Öl", "Zug"]


@given(st.lists(st.tuples(st.sampled_from("aÄbz"), st.integers(0, 3))))
def test_no_row_is_lost_and_equal_rows_keep_their_order(pairs: list[tuple[str, int]]) -> None:
    rows: list[Row] = [(ox.Literal(text), ox.Literal(number)) for text, number in sorted(pairs)]

    _, actual = collate(rows, ["text", "number"], Ordering([SortKey("text")]))

    assert sorted(map(str, actual)) == sorted(map(str, rows))
    numbers = [
        texts([row for row in table if texts([row]) == [text]], 1) for table in (actual, rows) for text in "aÄbz"
    ]
    assert numbers[:4] == numbers[4:]


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("", []),
        ("LIMIT 5", []),
        ("ORDER BY ?a DESC(?b) LIMIT 5", [("a", False), ("b", True)]),
        ("order by STR(?a) asc(?b)", [("a", False), ("b", False)]),
        ("ORDER BY ?a MIN(?b) ?c", [("a", False)]),
        ("GROUP BY ?a ORDER BY ?a", [("a", False)]),
    ],
)
def test_sort_keys_are_variables(clause: str, expected: list[tuple[str, bool]]) -> None:
    inner = '{ SELECT ?a { ?a ?p "}" } ORDER BY ?p }'

    assert sort_keys(f"SELECT * {{ {inner} }} {clause}") == expected


GRAPH = """
<a> rdfs:label "Zug" ; itas:order 1 . <b> rdfs:label "Österreich" ; itas:order 1 .
<c> rdfs:label "Oder" ; itas:order 2 . <d> rdfs:label "Ähre" ; itas:order 2 . <e> rdfs:label "Amt" ; itas:order 1 .
"""
BY_NUMBER = "SELECT ?name { ?thing rdfs:label ?name ; itas:order ?n } ORDER BY %s"


def ordered(text: str) -> tuple[list[str], list[str]]:
    """Return the columns of a query on the small graph, and its last column in alphabetical order."""
    graph = graph_of(GRAPH)
    longer, order = select_sort_keys(text, graph)
    answer = graph.select(longer)
    columns, rows = collate(map(tuple, answer), [variable.value for variable in answer.variables], order)
    return list(columns), texts(rows, -1)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("?n ?name", ["Amt", "Österreich", "Zug", "Ähre", "Oder"]),
        ("DESC(?n) ?name", ["Ähre", "Oder", "Amt", "Österreich", "Zug"]),
        ("?n DESC(?name)", ["Zug", "Österreich", "Amt", "Oder", "Ähre"]),
        ("?name ?n", ["Ähre", "Amt", "Oder", "Österreich", "Zug"]),
    ],
)
def test_key_that_is_no_column_stays_hidden(order: str, expected: list[str]) -> None:
    assert ordered(BY_NUMBER % order) == (["name"], expected)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT DISTINCT ?name { ?thing rdfs:label ?name ; itas:order ?n } ORDER BY ?n ?name",
        "SELECT ?name { ?thing rdfs:label ?name ; itas:order ?n } GROUP BY ?name ORDER BY ?n ?name",
        "SELECT ?name { ?thing rdfs:label ?name ; itas:order ?n SERVICE <http://example.org/> {} } ORDER BY ?n",
        "SELECT ?name { ORDER BY ?n",
        "CONSTRUCT WHERE { ?thing rdfs:label ?name } ORDER BY ?n",
    ],
)
def test_query_that_cannot_select_its_keys_stays(text: str) -> None:
    assert select_sort_keys(text, graph_of(GRAPH))[0] == text


@pytest.mark.parametrize("option", [(), ("--cite",)])
def test_table_sorted_by_hidden_key_has_the_columns_of_the_question(run: Run, option: tuple[str, ...]) -> None:
    done = run("query", "things", "--lang", "de", "--format", "markdown", "--project", ROOT, *option)

    assert done.stdout.splitlines()[0].split("|")[1:3] == [" Art ", " Eintrag "]
    assert 0 < done.stdout.index("Bürgerdialog") < done.stdout.index("ITAS-Kongress 2024")


def test_ready_question_has_alphabetical_rows(run: Run) -> None:
    table = run("query", "organisations", "--lang", "de", "--project", ROOT).stdout
    cited = run("query", "organisations", "--cite", "--lang", "de", "--project", ROOT).stdout
    for text in (table, cited):
        assert 0 < text.index("aconium GmbH") < text.index("GKN")
