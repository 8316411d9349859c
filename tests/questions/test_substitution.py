"""Text handed in by users: a parameter is a value and nothing else, whatever its type, and any query ends in a sentence."""

from __future__ import annotations

import datetime
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from itasgraph.cli import main
from itasgraph.errors import UsageError
from itasgraph.questions import queries
from itasgraph.store.memory import Graph
from tests.helpers.graphs import graph_of
from tests.helpers.namespaces import XSD
from tests.helpers.properties import count_inputs, examples

THING = ox.NamedNode("https://example.org/thing")
OTHER = ox.NamedNode("https://example.org/other")
# Signs that end a string, an IRI or a group in SPARQL, and what else has a meaning there; letters beyond 16 bits.
SIGNS = "\"'\\\n\r\t}{#<>?$_x .;:@^()|`%&\u2028\0ß😀𝒳"
TEXT = st.text(st.one_of(st.sampled_from(SIGNS), st.characters(exclude_categories=["Cs"])), min_size=1)
INJECTED = st.sampled_from(
    ['" } #', '"^^<x> ?y', "> ?p ?o } #", "'''", '"""', "?_x", "$__x_iri", '\\" . ?s ?p ?o . "', "\\", "\\u0022"]
)
ANY = st.one_of(TEXT, st.builds("".join, st.lists(st.one_of(TEXT, INJECTED), min_size=1, max_size=4)))
INTEGERS = st.one_of(st.integers().map(str), st.integers().map("{:+_d}".format), ANY)
DATES = st.one_of(st.dates().map(str), st.builds("".join, st.tuples(st.dates().map(str), ANY)), ANY)
# The parameter beside all that it must leave alone: the same name in a string, an IRI, a comment, a longer name and an
# escape; and signs that, behind a backslash, begin no comment and no string.
QUERY = r"""# {token}
SELECT ?row ?v ?w ?_xy ("{token} }}" AS ?text) (STR(<urn:x?{token}#{token}>) AS ?iri) {{
  VALUES (?row ?_xy) {{ (1 '{token}') (2 "#") }} BIND({token} AS ?v) # {token} }}
  OPTIONAL {{ ?row schema:a\#b\?_x ?none }} BIND({token} AS ?w)
  OPTIONAL {{ ?row schema:a\'b ?none }} FILTER({token} = ?v && 'a' != "b") }} ORDER BY ?row"""


def rows(token: str, text: str, graph: Graph) -> list[tuple[ox.Literal | ox.NamedNode, ...]]:
    """Return what QUERY answers where `text` is given for `token`; the project's terms are known, nothing else."""
    question = queries.of_text("-", QUERY.format(token=token))
    solutions = graph.select(queries.bind(question, {"x": text}, graph, "en"))
    return [tuple(row) for row in solutions]


def unharmed(token: str, value: ox.Literal | ox.NamedNode) -> list[tuple[ox.Literal | ox.NamedNode, ...]]:
    """Return the two rows of QUERY, whose value is `value`."""
    told = (ox.Literal(f"{token} }}"), ox.Literal(f"urn:x?{token}#{token}"))
    return [
        (ox.Literal(1), value, value, ox.Literal(token), *told),
        (ox.Literal(2), value, value, ox.Literal("#"), *told),
    ]


@pytest.mark.parametrize("token", ["?_x", "?_x_literal", "$_x", "?__x"])
@given(text=ANY)
@settings(derandomize=True, max_examples=examples(100), database=None)
@count_inputs
def test_text_stays_text(token: str, text: str) -> None:
    assert rows(token, text, graph_of()) == unharmed(token, ox.Literal(text))


def integer(text: str) -> ox.Literal | None:
    """Return the integer a text is for Python, in its plain spelling, or None."""
    try:
        return ox.Literal(str(int(text)), datatype=ox.NamedNode(f"{XSD}integer"))
    except ValueError:
        return None


def date(text: str) -> ox.Literal | None:
    """Return the date a text is by ISO 8601, as XML Schema spells it, or None."""
    try:
        return ox.Literal(str(datetime.date.fromisoformat(text)), datatype=ox.NamedNode(f"{XSD}date"))
    except ValueError:
        return None


def assert_value_or_refusal(token: str, text: str, value: ox.Literal | None) -> None:
    if value is None:
        with pytest.raises(UsageError) as caught:
            rows(token, text, graph_of())
        assert (caught.value.code, caught.value.facts["value"]) == ("invalid-value", ascii(text)[1:-1])
    else:
        assert rows(token, text, graph_of()) == unharmed(token, value)


@given(text=INTEGERS)
@settings(derandomize=True, max_examples=examples(200), database=None)
@count_inputs
def test_integer_stays_a_number(text: str) -> None:
    assert_value_or_refusal("?_x_integer", text, integer(text))


@given(text=DATES)
@settings(derandomize=True, max_examples=examples(200), database=None)
@count_inputs
def test_date_stays_a_day(text: str) -> None:
    assert_value_or_refusal("?_x_date", text, date(text))


@given(text=ANY)
@settings(derandomize=True, max_examples=examples(200), database=None)
@count_inputs
def test_name_finds_its_entity(text: str) -> None:
    assert rows("?_x_iri", text, graph_of(f"{THING} rdfs:label {ox.Literal(text)} .")) == unharmed("?_x_iri", THING)


@given(text=ANY)
@settings(derandomize=True, max_examples=examples(200), database=None)
@count_inputs
def test_unknown_name_is_refused(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        rows("?_x_iri", text, graph_of(f'{OTHER} rdfs:label "Zulieferer" .'))

    assert (caught.value.code, caught.value.facts["name"]) == ("unknown-name", text)


# --- any query at all -----------------------------------------------------------------------------------------------

SPARQL = [
    *("SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "WHERE", "FROM", "NAMED", "BASE", "PREFIX", "DISTINCT", "GRAPH ?g"),
    *("UNION", "OPTIONAL", "FILTER", "MINUS", "BIND", "AS", "VALUES", "UNDEF", "EXISTS", "NOT", "GROUP BY", "HAVING"),
    *("ORDER BY", "LIMIT", "OFFSET", "COUNT(*)", "DESC(?s)", "STR(?s)", 'REGEX(?o, "[")', "<urn:f>(1)", "true", "a"),
    *("*", "{", "}", "(", ")", "[", "]", ".", ";", ",", "+", "/", "^", "|", "!", "=", "&&", "||", "<", ">", "\n"),
    *("?s", "?p", "?o", "$s", "?_x", "?__x_iri", "<urn:a>", "<a>", "<a b>", "<>", "<%zz>", "_:b", "0", "1.5", "-1e0"),
    *("itas:", "itas:Topic", "itas:topic", r"itas:a\,b", "x:y", ":", ":a", '"c"', '"c"@de', '"c"^^xsd:integer', "'c"),
    *("#", "#+", "#+ x: [", "\\", r"\u0041", "Zulieferer", "ä", "😀"),
]
# Most are no SPARQL; the words behind a beginning that is some are more often.
QUERIES = st.one_of(
    ANY,
    st.lists(st.sampled_from(SPARQL)).map(" ".join),
    st.lists(st.sampled_from(SPARQL), max_size=5).map(lambda words: f"SELECT * {{ ?s ?p ?o {' '.join(words)} }}"),
    st.lists(st.sampled_from(SPARQL), max_size=5).map(lambda words: f"ASK {{ ?s ?p {' '.join(words)}"),
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "data.ttl"
    path.write_text('<urn:a> <urn:b> "c" , 1 , <urn:a> ; a <https://w3id.org/itas/ontology#Topic> .', encoding="utf-8")
    return path


@pytest.mark.quick(1)
@pytest.mark.parametrize("lang", ["de", "en"])
@given(text=QUERIES)
@settings(derandomize=True, max_examples=examples(300), database=None)
@count_inputs
def test_any_query_is_answered_or_explained(lang: str, text: str, data: Path) -> None:
    done = CliRunner().invoke(main, ["query", "-", "--data", str(data), "--lang", lang], input=text)

    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert done.exit_code in (0, 1, 2, 3)
    assert done.stderr or done.exit_code in (0, 1)
