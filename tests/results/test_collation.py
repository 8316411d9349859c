"""Rows for people stand in alphabetical order, whatever the code points of their letters."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from itasgraph.results.cited_table import Row
from itasgraph.results.collation import SortKey, collate, sort_keys
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
    assert texts(collate(rows_of(NAMES), ["name"], [SortKey("name", descending)])) == expected


def test_numbers_keep_the_order_of_the_query() -> None:
    rows: list[Row] = [
        (ox.Literal(number), ox.Literal(name)) for number, name in [(10, "Zug"), (10, "Öl"), (9, "aber"), (9, "Äste")]
    ]

    actual = collate(rows, ["count", "name"], [SortKey("count", True), SortKey("name")])

    assert texts(actual) == ["10", "10", "9", "9"]
    assert texts(actual, 1) == ["Öl", "Zug", "aber", "Äste"]


def test_unbound_stands_first() -> None:
    rows = [(None,), *rows_of(["Zug", "Öl"])]

    assert texts(collate(rows, ["name"], [SortKey("name")])) == ["", "Öl", "Zug"]


@given(st.lists(st.tuples(st.sampled_from("aÄbz"), st.integers(0, 3))))
def test_no_row_is_lost_and_equal_rows_keep_their_order(pairs: list[tuple[str, int]]) -> None:
    rows: list[Row] = [(ox.Literal(text), ox.Literal(number)) for text, number in sorted(pairs)]

    actual = collate(rows, ["text", "number"], [SortKey("text")])

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


def test_ready_question_has_alphabetical_rows(run: Run) -> None:
    table = run("query", "organisations", "--lang", "de", "--project", ROOT).stdout
    cited = run("query", "organisations", "--cite", "--lang", "de", "--project", ROOT).stdout
    for text in (table, cited):
        assert 0 < text.index("aconium GmbH") < text.index("GKN")
