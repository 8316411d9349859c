"""Errors of a query show the line with a caret below the spot, and what may have been meant."""

from __future__ import annotations

import pytest

from itasgraph.errors import QuerySyntaxError
from itasgraph.questions import query_hints
from itasgraph.store.memory import Graph
from tests.helpers.graphs import graph_of


def explained(graph: Graph, text: str, lang: str = "en") -> list[str]:
    """Return the lines of the message about a query that does not parse."""
    with pytest.raises(QuerySyntaxError) as raised:
        graph.query(text)
    return query_hints.explain(raised.value, graph).render(lang).split("\n")


def hinted(graph: Graph, text: str, lang: str = "en") -> list[str]:
    """Return the first lines of the hints about a query that parses."""
    empty = not list(graph.select(text))
    return [query_hints.render(hint, text, lang).split("\n")[0] for hint in query_hints.hints(text, graph, empty)]


def under_caret(lines: list[str]) -> str:
    """Return what stands above the caret."""
    return lines[1][lines[2].index("^") :]


WRONG = {
    "a prefix of the project, misspelled": ("SELECT * {\n  ?x a shcema:Person }", "or did you mean schema?", "shcema:"),
    "a prefix others know": (
        "SELECT * { ?x geo:asWKT ?y }",
        "put PREFIX geo: <http://www.opengis.net/ont/geosparql#> first",
        "geo:asWKT",
    ),
    "a prefix nobody knows": (
        "SELECT * { ?x zzz:y 1 }",
        "put PREFIX zzz: <…> first; those declared already: itas:",
        "zzz:y",
    ),
    "a name for an IRI": (
        "SELECT * { ?x schema:audience Betriebe }",
        "did you mean <group/betriebe>?",
        "Betriebe }",
    ),
    "a blank in an IRI": ("SELECT * { ?x a <foo bar> }", "the text between < and > is not an IRI", ""),
    "a variable outside of the group": ("SELECT ?x (COUNT(?y) AS ?n) { ?x a ?y }", "not under GROUP BY", ""),
    "a star with a group": ("SELECT * { ?x a ?y } GROUP BY ?x", "SELECT * is not possible with GROUP BY", ""),
    "an open bracket": ("SELECT ?x {\n  ?x a itas:Topic", "ends too early", ""),
    "anything else": ("SELECT ?x { ?x ?y }", "is not valid: line 1, column 20", ""),
}


@pytest.mark.parametrize(("text", "said", "spot"), WRONG.values(), ids=WRONG)
def test_syntax_error_has_a_caret(nordtal: Graph, text: str, said: str, spot: str) -> None:
    lines = explained(nordtal, text)
    number, line = len(text.split("\n")), text.rpartition("\n")[2]

    assert said in lines[0]
    assert lines[1] == f"{number} | {line}"
    assert len(lines) == 3
    assert under_caret(lines).startswith(spot)


def test_caret_survives_tabs_and_umlauts(nordtal: Graph) -> None:
    lines = explained(nordtal, 'SELECT * {\n\t?x rdfs:label "Größe" . ?x shcema:a ?y }')

    assert lines[2] == "    \t" + " " * len('?x rdfs:label "Größe" . ?x ') + "^"
    assert under_caret(lines).startswith("shcema:a")


def test_syntax_error_is_german(nordtal: Graph) -> None:
    assert explained(nordtal, "SELECT * { ?x shcema:a 1 }", "de")[0].startswith(
        "Das Präfix „shcema:“ ist nicht erklärt"
    )


def test_declared_prefix_is_not_missing(nordtal: Graph) -> None:
    lines = explained(nordtal, "PREFIX mine: <http://e.org/>\nSELECT * { ?x mine:a ?y ; yours:b ?z }")

    assert "“yours:” is not declared" in lines[0]


HINTED = {
    "a term the vocabulary lacks": (
        "SELECT ?x { ?x a itas:Topik }",
        ["Note: “itas:Topik” does not occur in the graph – did you mean itas:Topic?"],
    ),
    "the same where other rows are found": (
        "SELECT ?x { ?x a itas:Topic OPTIONAL { ?x itas:wrod ?y } }",
        ["Note: “itas:wrod” does not occur in the graph – did you mean itas:word?"],
    ),
    "a term of another vocabulary": (
        "SELECT ?x { ?x schema:abuot ?y }",
        ["Note: “schema:abuot” does not occur in the graph – did you mean schema:about?"],
    ),
    "an id": (
        "SELECT ?p { <topic/wearme> ?p ?o }",
        ["Note: “<topic/wearme>” does not occur in the graph – did you mean topic/waerme?"],
    ),
    "a name for an IRI": (
        'SELECT ?x { ?x schema:about "Wärme" }',
        ['Note: "Wärme" is the label of <topic/waerme> – if you mean that entry, write <topic/waerme>'],
    ),
    "nothing found and nothing wrong": ('SELECT ?x { ?x rdfs:label "no such words" ; itas:position 99.5 }', []),
    "everything found": ("SELECT ?x { ?x a itas:Topic }", []),
}


@pytest.mark.parametrize(("text", "hints"), HINTED.values(), ids=HINTED)
def test_empty_answer_gets_hints(nordtal: Graph, text: str, hints: list[str]) -> None:
    assert hinted(nordtal, text) == hints


def test_hints_are_german(nordtal: Graph) -> None:
    assert hinted(nordtal, "SELECT ?x { ?x a itas:Topik }", "de") == [
        "Hinweis: „itas:Topik“ kommt im Graphen nicht vor – gemeint: itas:Topic?"
    ]


@pytest.mark.parametrize(
    ("value", "dropped"),
    [("?o", True), ("STR(?o)", False), ("?none", True), ('COALESCE(?none, "")', False), ("?o; separator='AS'", True)],
)
def test_group_that_group_concat_drops_is_told(value: str, dropped: bool) -> None:
    few = graph_of('<a> <p> 1 , "x" . <b> <p> "y" .')
    text = f"SELECT ?s (GROUP_CONCAT({value}) AS ?all) {{ ?s <p> ?o }} GROUP BY ?s"

    said = hinted(few, text)

    assert said == (
        [
            "Note: ?all is empty in some rows, because GROUP_CONCAT drops a group where one value is unbound or no text"
            ' – write GROUP_CONCAT(COALESCE(STR(?x), ""))'
        ]
        if dropped
        else []
    )
