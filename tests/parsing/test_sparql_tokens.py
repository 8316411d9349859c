"""Tokens of SPARQL: what carries a name is told from what only looks like it."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from itasgraph.parsing import sparql_tokens
from tests.helpers.properties import count_inputs

QUERY = """PREFIX a: <http://a.org/x#y> # prefix b: <http://b.org/>
prefix : <http://c.org/>
SELECT ?x $y { ?x a a:b.c , :d , 'a:no # no' , "?no" , <rel#x> ; a:e "x"@de FILTER(?x < 3 && ?y > 4) } # ?no a:no"""


def of_kind(kind: str, text: str = QUERY) -> list[str]:
    return [token.text for token in sparql_tokens.tokens(text) if token.kind == kind]


def test_names_differ_from_strings() -> None:
    assert of_kind("iri") == ["http://a.org/x#y", "http://c.org/", "rel#x"]
    assert of_kind("variable") == ["x", "y", "x", "x", "y"]
    assert of_kind("prefixed") == ["a:", ":", "a:b.c", ":d", "a:e"]
    assert of_kind("string") == ["'a:no # no'", '"?no"', '"x"']


def test_token_knows_its_place() -> None:
    for token in sparql_tokens.tokens(QUERY):
        assert token.text in QUERY[token.start : token.start + len(token.text) + 1]


def test_prefixes_are_outside_comments() -> None:
    declared = sparql_tokens.prologue(QUERY)

    assert declared.prefixes == {"a": "http://a.org/x#y", "": "http://c.org/"}
    assert QUERY[declared.end :].startswith("SELECT")


@pytest.mark.parametrize(
    ("declarations", "prefixes"),
    [
        ("BASE <http://b.org/x/> PREFIX a: <y#>", {"a": "http://b.org/x/y#"}),
        ("PREFIX # one\na: # two\n<http://a.org/> # three\n", {"a": "http://a.org/"}),
        ("prefixa:<http://a.org/>Prefix:<http://b.org/>", {"a": "http://a.org/", "": "http://b.org/"}),
        ("", {}),
    ],
    ids=["relative", "comments", "no space", "nothing"],
)
def test_prologue_is_read_as_oxigraph_reads_it(declarations: str, prefixes: dict[str, str]) -> None:
    text = f"{declarations} SELECT * {{ VALUES ?x {{ {' '.join(f'{prefix}:x' for prefix in prefixes)} }} }}"
    rows = ox.Store().query(text)
    assert isinstance(rows, ox.QuerySolutions)

    assert sparql_tokens.prologue(text).prefixes == prefixes
    assert [row["x"].value for row in rows] == [f"{namespace}x" for namespace in prefixes.values()]


def test_prefixes_in_strings_and_comments_need_no_declaration() -> None:
    text = "PREFIX a: <http://a.org/> ASK { a:x b:y 'c:z' } # d:z"

    assert sparql_tokens.undeclared_prefixes(text, dict.fromkeys("abcd", "http://e.org/")) == {"b": "http://e.org/"}


def test_iris_are_absolute() -> None:
    actual = [iri for iri, _ in sparql_tokens.iris(QUERY, "http://base.org/", {"a": "http://other.org/"})]

    assert actual == ["http://a.org/x#yb.c", "http://c.org/d", "http://base.org/rel#x", "http://a.org/x#ye"]


def test_names_follow_sparql() -> None:
    text = r"BASE <http://b.org/x> SELECT * { _:b a a:c\,d ; <e> </f> }"

    assert [iri for iri, _ in sparql_tokens.iris(text, "http://base.org/", {"a": "http://a.org/"})] == [
        "http://a.org/c,d",
        "http://b.org/e",
        "http://b.org/f",
    ]


@pytest.mark.parametrize("clause", ["FROM <http://g.org/>", "FROM NAMED <http://g.org/>", "BASE <http://g.org/>"])
def test_datasets_are_no_entities(clause: str) -> None:
    assert list(sparql_tokens.iris(f"{clause} SELECT * {{ ?s ?p ?o }}", "http://base.org/", {})) == []


@pytest.mark.parametrize("string", ['"""a "quoted" <b> ?c"""', "'''it's'''", r'"a\"b"', r"'\\'", '""'])
def test_string_is_one_token(string: str) -> None:
    assert [(t.kind, t.text) for t in sparql_tokens.tokens(f"{string} ?x")] == [("string", string), ("variable", "x")]


@given(st.text())
@count_inputs
def test_any_text_is_tokenised(text: str) -> None:
    starts = [token.start for token in sparql_tokens.tokens(text)]

    assert starts == sorted(starts)
