"""Parameters of a question: their types, their values, and that a value stays a value."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itasgraph.errors import UsageError
from itasgraph.project import Project
from itasgraph.questions import queries
from itasgraph.questions.queries import Question
from itasgraph.store.memory import Graph
from tests.helpers.programs import Run
from tests.helpers.properties import count_inputs, examples
from tests.helpers.questions import Ask, answers, question


@pytest.fixture
def ask(nordtal_project: Project, nordtal: Graph) -> Ask:
    return lambda name, **given: answers(question(name), nordtal_project, nordtal, "de", given)


def own(text: str) -> Question:
    return queries.of_text("-", text)


def test_header_may_list_one_value_without_a_list() -> None:
    question = own("#+ hubs: Topic\n#+ tags: [contact, topic]\nASK {}")

    assert question.values("hubs") == ("Topic",)
    assert question.values("tags") == ("contact", "topic")
    assert question.values("closeness") == ()


@pytest.mark.parametrize(
    ("name", "given", "nearest"),
    [
        ("who", {"topic": "Wäreme"}, "Wärme"),
        ("offers", {"target_group": "Betreibe"}, "Betriebe"),
        ("person", {"person": "Ada Blun"}, "Ada Blum"),
        ("organisation", {"organisation": "Giesserei Harmtann"}, "Gießerei Hartmann"),
    ],
)
def test_unknown_value_names_the_nearest(ask: Ask, name: str, given: dict[str, str], nearest: str) -> None:
    with pytest.raises(UsageError) as caught:
        ask(name, **given)

    assert (caught.value.code, caught.value.facts["nearest"]) == ("unknown-name", nearest)


@pytest.mark.parametrize(
    ("name", "given", "nearest"),
    [("who", {"topc": "x"}, "topic"), ("programme", {"person": "x"}, ""), ("who", {"lang": "de"}, "")],
)
def test_unknown_parameter_names_the_nearest(
    nordtal_project: Project, nordtal: Graph, name: str, given: dict[str, str], nearest: str
) -> None:
    with pytest.raises(UsageError) as caught:
        answers(question(name), nordtal_project, nordtal, "de", given)

    assert (caught.value.code, caught.value.facts["nearest"]) == ("unknown-parameter", nearest)


def test_missing_value_is_named(nordtal: Graph) -> None:
    needy = queries.of_text("needy", "SELECT * { ?s ?p ?_thing_iri }", ready=True)
    with pytest.raises(UsageError) as caught:
        queries.bind(needy, {}, nordtal, "de")

    assert (caught.value.code, caught.value.facts["name"]) == ("missing-parameter", "thing")


def test_underscore_may_be_a_variable(nordtal: Graph) -> None:
    actual = queries.bind(own("SELECT ?_x { BIND(1 AS ?_x) }"), {}, nordtal, "de")

    assert actual == "SELECT ?_x { BIND(1 AS ?_x) }"


@pytest.mark.parametrize(
    ("token", "name", "kind"),
    [
        ("?_topic_iri", "topic", "iri"),
        ("?_target_group_iri", "target_group", "iri"),
        ("?_day_date", "day", "date"),
        ("?_many_integer", "many", "integer"),
        ("?_text_literal", "text", "literal"),
        ("?_text", "text", "literal"),
        ("?_iri", "iri", "literal"),
        ("?_straße", "straße", "literal"),
        ("$_topic_iri", "topic", "iri"),
    ],
)
def test_suffix_is_the_type(token: str, name: str, kind: str) -> None:
    (parameter,) = own(f"SELECT * {{ ?s ?p {token} }}").parameters

    assert (parameter.name, parameter.type) == (name, kind)


def test_language_is_bound(nordtal: Graph) -> None:
    query = own("SELECT * { ?s ?p ?o FILTER(LANG(?o) = ?_lang) }")

    assert query.parameters == ()
    assert 'LANG(?o) = "de"' in queries.bind(query, {}, nordtal, "de")


def test_optional_parameter_stays_a_variable(nordtal: Graph) -> None:
    query = queries.of_text("maybe", "SELECT * { ?__thing_iri ?p ?o }", ready=True)
    given = queries.bind(query, {"thing": "Ada Blum"}, nordtal, "de")

    assert [(parameter.name, parameter.optional) for parameter in query.parameters] == [("thing", True)]
    assert given == "SELECT * { <https://w3id.org/itas/person/ada-blum> ?p ?o }"
    assert queries.bind(query, {}, nordtal, "de") == query.text


@pytest.mark.parametrize(
    "line",
    ["#+ enumerate: [{x: [near, far]}]", "#+ enumerate: {x: [near, far]}", "#+ enumerate: [y, {x: [near, far]}]"],
)
def test_unlisted_value_names_the_list(line: str, nordtal: Graph) -> None:
    query = own(f"{line}\nASK {{ ?s ?p ?_x }}")
    with pytest.raises(UsageError) as caught:
        queries.bind(query, {"x": "away"}, nordtal, "en")

    assert queries.bind(query, {"x": "far"}, nordtal, "en").endswith('ASK { ?s ?p "far" }')
    assert {"away", "near", "far"} <= set(re.findall(r"\w+", caught.value.render("en")))


def test_kind_lists_its_entities(ask: Ask) -> None:
    with pytest.raises(UsageError) as caught:
        ask("statements", source="Ada Blum")

    assert (caught.value.code, caught.value.facts["actual"]) == ("wrong-kind", "Person")
    assert ask("statements", source="Bericht 2024") == ask("statements", source="source/report-2024") != []


UNTOUCHED = [
    "<https://example.org/?_x>",
    "<#?_x>",
    '"?_x"',
    "'?_x'",
    '"""?_x "" \n ?_x"""',
    "'''?_x '' \n ?_x'''",
    '"\\"?_x"',
    "'\\\\'",
    "# ?_x <'\"\n",
    "#+ defaults: {x: ?_x}\n",
    "?x",
    "?_xy",
    "?y_x",
    "_:x",
    "a < b",
    "{ } . ;",
]


PARAMETERS = ["?_x", "$_x", "?__x", "?__x_iri", "?_x_iri", "?_x_literal", "?_x_date", "?_x_integer"]


NASTY = ['"', "'", "\\", "\n", "\r", "}", "#", '"""', "'''", '\\"', "<", ">", "?_x", "$_x", "\\u0022", "\u2028", "\0"]


@given(st.lists(st.sampled_from([*UNTOUCHED, *PARAMETERS]), max_size=12), st.sampled_from(NASTY))
@settings(derandomize=True, max_examples=examples(200), database=None)
@count_inputs
def test_only_parameters_are_replaced(tokens: list[str], text: str) -> None:
    literal = ox.Literal(text)
    expected = " ".join(str(literal) if token in PARAMETERS else token for token in tokens)

    assert queries.substitute(" ".join(tokens), {"x": literal}) == expected


@pytest.mark.parametrize("text", ['x" } #', "x'", "a\\", '" . ?s ?p ?o } #', "}", "a\nb"], ids=ascii)
def test_nasty_value_comes_back(text: str, run: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty.ttl"
    empty.touch()
    done = run("query", "SELECT (?_x AS ?v) {}", "-p", f"x={text}", "-f", "json", "--data", empty)

    assert json.loads(done.stdout)["results"]["bindings"] == [{"v": {"type": "literal", "value": text}}]
