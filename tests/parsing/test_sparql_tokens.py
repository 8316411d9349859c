"""Tokens of SPARQL: what carries a name is told from what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itasgraph.parsing import sparql_tokens
from tests.helpers.properties import counted

QUERY = """PREFIX a: <http://a.org/x#y> # prefix b: <http://b.org/>
prefix : <http://c.org/>
SELECT ?x $y { ?x a a:b.c , :d , 'a:no # no' , "?no" , <rel#x> ; a:e "x"@de FILTER(?x < 3 && ?y > 4) } # ?no a:no"""


def of_kind(kind: str, text: str = QUERY) -> list[str]:
    return [token.text for token in sparql_tokens.tokens(text) if token.kind == kind]


def test_iris_variables_and_prefixed_names_are_told_from_strings_and_comments() -> None:
    assert of_kind("iri") == ["http://a.org/x#y", "http://c.org/", "rel#x"]
    assert of_kind("variable") == ["x", "y", "x", "x", "y"]
    assert of_kind("prefixed") == ["a:", ":", "a:b.c", ":d", "a:e"]
    assert of_kind("string") == ["'a:no # no'", '"?no"', '"x"']


def test_each_token_stands_where_it_says() -> None:
    for token in sparql_tokens.tokens(QUERY):
        assert token.text in QUERY[token.start : token.start + len(token.text) + 1]


def test_the_prefixes_a_query_declares_are_those_outside_of_comments() -> None:
    assert sparql_tokens.declared(QUERY) == {"a": "http://a.org/x#y", "": "http://c.org/"}


def test_the_iris_a_query_names_are_absolute_and_without_its_declarations() -> None:
    found = [iri for iri, _ in sparql_tokens.iris(QUERY, "http://base.org/", {"a": "http://other.org/"})]

    assert found == ["http://a.org/x#yb.c", "http://c.org/d", "http://base.org/rel#x", "http://a.org/x#ye"]


def test_names_are_read_as_sparql_reads_them() -> None:
    text = r"BASE <http://b.org/x> SELECT * { _:b a a:c\,d ; <e> </f> }"

    assert [iri for iri, _ in sparql_tokens.iris(text, "http://base.org/", {"a": "http://a.org/"})] == [
        "http://a.org/c,d",
        "http://b.org/e",
        "http://b.org/f",
    ]


@pytest.mark.parametrize("clause", ["FROM <http://g.org/>", "FROM NAMED <http://g.org/>", "BASE <http://g.org/>"])
def test_data_sets_and_bases_are_no_things(clause: str) -> None:
    assert list(sparql_tokens.iris(f"{clause} SELECT * {{ ?s ?p ?o }}", "http://base.org/", {})) == []


@pytest.mark.parametrize("string", ['"""a "quoted" <b> ?c"""', "'''it's'''", r'"a\"b"', r"'\\'", '""'])
def test_a_string_is_one_token(string: str) -> None:
    assert [(t.kind, t.text) for t in sparql_tokens.tokens(f"{string} ?x")] == [("string", string), ("variable", "x")]


@given(st.text())
@counted
def test_any_text_can_be_taken_apart(text: str) -> None:
    starts = [token.start for token in sparql_tokens.tokens(text)]

    assert starts == sorted(starts)
