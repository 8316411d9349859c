"""A query restricted to values of a column has the rows of the whole query with these values, or it is refused."""

from __future__ import annotations

import pytest

from itasgraph.questions.restriction import restrict
from tests.helpers.graphs import graph_of
from tests.helpers.namespaces import BASE

GRAPH = """
<a> schema:knows <b> ; schema:name "}" . <b> schema:knows <c> . <c> schema:knows <a> ; schema:about <b> . <d> schema:about <d> .
"""
ALTERNATIVES = """
SELECT ?one ?other { # { ?one
  { ?one schema:knows ?other OPTIONAL { ?other schema:about ?one } FILTER NOT EXISTS { ?one schema:name "{" } }
  union
  { <d> schema:about ?other }
} ORDER BY ?one"""


def rows(text: str) -> list[str]:
    return sorted(
        " ".join("-" if term is None else term.value.removeprefix(BASE) for term in row)
        for row in graph_of(GRAPH).select(text)
    )


@pytest.mark.parametrize(
    ("text", "column", "values", "expected"),
    [
        (ALTERNATIVES, "one", ["a", "c"], ["a b", "c a"]),
        (ALTERNATIVES, "other", ["a", "d"], ["- d", "c a"]),
        (ALTERNATIVES, "other", [], []),
        (ALTERNATIVES, "nobody", ["a"], []),
        ("BASE <http://x/> SELECT * WHERE { ?one schema:knows ?other } # }", "one", ["b"], ["b c"]),
        ("SELECT * { { ?one schema:knows ?other } ?other schema:knows ?last }", "other", ["b"], None),
        ("SELECT * { ?other schema:knows ?last { ?one schema:knows ?other } }", "other", ["b"], ["a b c"]),
    ],
)
def test_rows_are_those_with_the_values(text: str, column: str, values: list[str], expected: list[str] | None) -> None:
    restricted = restrict(text, column, [BASE + value for value in values])

    assert (None if restricted is None else rows(restricted)) == expected or sorted_columns(restricted, expected)


def sorted_columns(restricted: str | None, expected: list[str] | None) -> bool:
    """Return whether the rows are the same, whatever the order of the columns of a SELECT *."""
    found = [] if restricted is None else rows(restricted)
    return [sorted(row.split()) for row in found] == [sorted(row.split()) for row in expected or ()]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?one { OPTIONAL { ?one a ?class } }",
        "SELECT ?one { ?x a ?class BIND(?x AS ?one) }",
        "SELECT ?one { { SELECT ?one { ?one a ?class } LIMIT 1 } }",
        "SELECT ?one { SELECT ?one { ?one a ?class } }",
        "SELECT ?one { ?x a ?class MINUS { ?one a ?class } ?one a ?class }",
        "SELECT ?one { VALUES ?one { UNDEF } ?x a ?class }",
        "SELECT ?one { ?one a ?class } LIMIT 1",
        "SELECT ?one (COUNT(?x) AS ?n) { ?one a ?x } GROUP BY ?one",
        "ASK",
    ],
)
def test_query_that_would_have_other_rows_is_refused(text: str) -> None:
    assert restrict(text, "one", ["urn:x"]) is None
