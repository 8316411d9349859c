"""JSON-LD: it reads like the data files it came from, and every processor makes the same statements of it."""

from __future__ import annotations

import io
import json
import warnings
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from itasgraph.errors import UsageError
from itasgraph.filters.selection import Selection, select_statements
from itasgraph.parsing.jsonld_context import Context
from itasgraph.serializers import jsonld, linked_data
from itasgraph.serializers.turtle import Headings
from itasgraph.store.memory import Graph
from tests.helpers.graphs import export
from tests.helpers.namespaces import BASE
from tests.helpers.projects import ROOT
from tests.helpers.properties import count_inputs, examples

ITAS = f"{BASE}ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SOURCE = "source/itas-kongress-2024-rueckblick"


def jsonld_of(graph: Graph, terms: Context, part: list[ox.Triple], named: bool = False) -> bytes:
    out = io.BytesIO()
    jsonld.write(part, Headings(graph, []), terms, out, named)
    return out.getvalue()


def document(graph: Graph, selection: Selection) -> dict[str, Any]:
    return dict(json.loads(export(graph, "jsonld", selection)))


@pytest.fixture(scope="module")
def union(nordtal: Graph) -> dict[str, dict[str, Any]]:
    """Return the things of the whole graph by their ids."""
    return {thing["id"]: thing for thing in document(nordtal, Selection())["says"]}


@pytest.fixture(scope="module")
def reading(graph: Graph) -> dict[str, dict[str, Any]]:
    """Return the things in the graph of the source."""
    (actual,) = document(graph, Selection(SOURCE))["says"]
    assert actual["id"] == SOURCE
    return {thing["id"]: thing for thing in actual["says"]}


def as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def same(in_file: Any, in_json: Any) -> bool:
    """Return whether a value of a data file stands in the JSON-LD as it is written: dates as text, one of several in a list."""
    if isinstance(in_file, dict) and isinstance(in_json, dict):
        return all(key in in_json and same(value, in_json[key]) for key, value in in_file.items())
    if isinstance(in_json, dict):
        return same(in_file, in_json.get("@none"))
    return set(map(str, as_list(in_file))) <= set(map(str, as_list(in_json)))


@pytest.mark.slow
def test_keys_are_those_of_data_files(reading: dict[str, dict[str, Any]]) -> None:
    entries = yaml.safe_load((ROOT / "data" / "itas-kongress-2024.yaml").read_text(encoding="utf-8"))["says"]
    ids = [entry["id"] for entry in entries]
    wrong = [
        (entry["id"], key, value, reading[entry["id"]].get(key))
        for entry in entries
        for key, value in entry.items()
        if not same(value, reading[entry["id"]].get(key))
    ]

    assert len(ids) > 100
    assert wrong == []


@pytest.mark.slow
def test_relation_stands_in_its_subject(union: dict[str, dict[str, Any]]) -> None:
    talk = union["talk/bilanz"]
    appearance = talk["speakers"]["person/ada-blum"]

    assert set(talk["type"]) == {"Contribution", "Event"}
    assert talk["label"]["de"] == "Ein Jahr Wärmebörse"
    assert (appearance["organisation"], appearance["position"]) == ("organisation/stadtwerke-nordtal", 1)
    assert appearance["quote"] == ["Ada Blum, Stadtwerke Nordtal"]
    assert appearance["id"] not in union


def test_vocabulary_comes_last(union: dict[str, dict[str, Any]]) -> None:
    kinds = list(dict.fromkeys(thing.get("kind", "") for thing in union.values()))

    assert kinds[:4] == ["schema:Event", "itas:Contribution", "schema:Person", "schema:Organization"]
    assert kinds.index("") == len(kinds) - 1


def test_keys_follow_the_context(union: dict[str, dict[str, Any]], terms: Context) -> None:
    order = list(terms.raw)
    known = [[order.index(key) for key in thing if key in order] for thing in union.values()]

    assert all(keys == sorted(keys) for keys in known)


def test_derived_statements_are_plain(union: dict[str, dict[str, Any]]) -> None:
    talk = union["talk/waerme"]

    assert as_list(talk["about"]) == ["topic/waerme"]
    assert as_list(talk["performer"]) == ["person/ada-blum"]
    assert (talk["kind"], talk["source"]) == ("itas:Contribution", ["source/report-2023", "source/report-2024"])
    assert [
        key for thing in union.values() for key, value in thing.items() if ":" in key and "id" in as_list(value)
    ] == []


def test_relation_without_quote_stands_apart(
    union: dict[str, dict[str, Any]],
) -> None:
    talk = union["talk/waerme"]

    assert list(talk["presents"]) == ["offer/waermeboerse"]
    assert as_list(talk["shortcuts"]["itas:presents"]) == ["offer/waermeboerse"]
    assert "itas:presents" not in talk


def test_rule_statements_are_reified_inside(union: dict[str, dict[str, Any]]) -> None:
    statements = [one for one in union["talk/waerme"]["statements"] if one["target"] == "topic/waerme"]

    assert {one["predicate"] for one in statements} == {"schema:about"}
    assert {quote for one in statements for quote in one["quote"]} == {"Abwärme", "Heizung"}
    assert [name for name, thing in union.items() if "rdf:Statement" in as_list(thing.get("type"))] == []


def test_context_is_minimal(nordtal: Graph, terms: Context) -> None:
    out = io.BytesIO()
    about = select_statements(nordtal, False, Selection(about="Stadtwerke Nordtal"))
    linked_data.write(nordtal, about, "jsonld", out)
    content = json.loads(out.getvalue())["@context"]
    given = {name: meaning for name, meaning in content.items() if name in terms.raw}

    assert given.items() <= terms.raw.items()
    assert "label" in given
    assert "headline" not in given
    assert b'\n    "kind": {"@id": "itas:kind", "@type": "@id"},\n' in out.getvalue()


def test_union_has_each_statement_once(graph: Graph, terms: Context) -> None:
    quads = [ox.Quad(NODES[0], ox.NamedNode(f"{ITAS}knows"), NODES[1], NODES[number]) for number in (2, 3)]
    out = io.BytesIO()
    jsonld.write(quads, Headings(graph, []), terms, out, with_graphs=False)

    assert json.loads(out.getvalue())["says"] == [{"id": "a", "knows": "b"}]


def test_same_name_keeps_its_prefix(graph: Graph, terms: Context) -> None:
    part = [ox.Triple(NODES[0], ox.NamedNode(iri), NODES[1]) for iri in (f"{ITAS}knows", "https://schema.org/knows")]
    (thing,) = json.loads(jsonld_of(graph, terms, part))["says"]

    assert sorted(thing) == ["id", "itas:knows", "schema:knows"]


NODES = [ox.NamedNode(BASE + name) for name in ("a", "b", "c", "talk/d#source/e", "d#p/x:y")] + [ox.BlankNode("f")]
PREDICATES = [
    ox.NamedNode(iri)
    for iri in (
        *(ITAS + name for name in ("appearance", "qualifiedPresents", "quote", "line", "kind")),
        *(RDF + name for name in ("subject", "predicate", "object", "type", "first", "value")),
        *(f"{prefix}presents" for prefix in (ITAS, "https://schema.org/", "http://www.w3.org/ns/org#")),
        *(f"https://schema.org/{name}" for name in ("about", "shortcuts", "statements", "1")),
        "http://www.w3.org/ns/org#member",
        "http://www.w3.org/2000/01/rdf-schema#label",
        "http://www.w3.org/2004/02/skos/core#altLabel",
        "https://schema.org/superEvent",
        "https://schema.org/startDate",
        "https://schema.org/a/b",
        "urn:p",
    )
]
OBJECTS = [
    *NODES,
    ox.NamedNode("https://schema.org/Person"),
    ox.NamedNode("http://e.org/x"),
    ox.NamedNode("about:blank"),
    *(ox.NamedNode(iri) for iri in (f"{ITAS}presents", f"{RDF}type")),
    ox.NamedNode(f"{RDF}nil"),
    *(ox.Literal(text) for text in ("", "a", "b", "7", "2024-06-06", "person/a", "@id", "_:b")),
    *(ox.Literal("a", language=tag) for tag in ("de", "en", "de-at")),
    *(
        ox.Literal(text, datatype=ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{name}"))
        for name in ("integer", "date", "boolean", "gYear")
        for text in ("7", "007", "2024-06-06", "2024", "true", "12345678901234567890")
    ),
]


@pytest.mark.slow
@settings(derandomize=True, max_examples=examples(300), database=None)
@given(st.lists(st.builds(ox.Triple, st.sampled_from(NODES), st.sampled_from(PREDICATES), st.sampled_from(OBJECTS))))
@count_inputs
def test_no_statement_is_lost(graph: Graph, terms: Context, part: list[ox.Triple]) -> None:
    text = jsonld_of(graph, terms, part)
    pyld = pytest.importorskip("pyld")
    lines = pyld.jsonld.to_rdf(json.loads(text), {"format": "application/n-quads"})
    by_oxigraph = ox.Dataset(ox.parse(text, ox.RdfFormat.JSON_LD))
    by_pyld = ox.Dataset(ox.parse(lines, ox.RdfFormat.N_QUADS))
    wanted = ox.Dataset(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in part)
    for actual in (by_oxigraph, by_pyld, wanted):
        actual.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)

    assert by_oxigraph == wanted
    assert by_pyld == wanted


def test_circles_lose_nothing(graph: Graph, terms: Context) -> None:
    relation, member = ox.NamedNode(f"{ITAS}appearance"), ox.NamedNode("http://www.w3.org/ns/org#member")
    circle = [(NODES[0], relation, NODES[1]), (NODES[1], relation, NODES[0])]
    part = [ox.Triple(*parts) for parts in [*circle, (NODES[0], member, NODES[2]), (NODES[1], member, NODES[2])]]

    assert {quad.triple for quad in ox.parse(jsonld_of(graph, terms, part), ox.RdfFormat.JSON_LD)} == set(part)


def test_triple_term_is_refused(graph: Graph, terms: Context) -> None:
    a, p = ox.NamedNode("http://e.org/a"), ox.NamedNode("http://e.org/p")
    with pytest.raises(UsageError) as caught:
        jsonld_of(graph, terms, [ox.Triple(a, p, ox.Triple(a, p, ox.Literal("x")))])

    assert (caught.value.code, caught.value.exit_code) == ("no-jsonld", 2)
    assert "-f turtle" in str(caught.value)


WORDS = [
    "xsd",
    "schema",
    "id",
    "type",
    "says",
    "presents",
    "shortcuts",
    "statements",
    "on",
    "Topic",
    "a",
    "http",
    "urn",
]
AWKWARD = st.builds(
    lambda scheme, rest: ox.NamedNode(f"{scheme}:{rest}"),
    st.sampled_from(WORDS),
    st.sampled_from(["x", "name", "//e.org/on", "a:b"]),
)


@pytest.mark.slow
@settings(max_examples=examples(200))
@given(
    st.lists(
        st.builds(
            ox.Triple,
            AWKWARD,
            st.one_of(AWKWARD, st.sampled_from([f"{RDF}type", "http://e.org/terms#on"]).map(ox.NamedNode)),
            st.one_of(AWKWARD, AWKWARD.map(lambda datatype: ox.Literal("2024-05-14", datatype=datatype))),
        ),
        max_size=6,
    )
)
@count_inputs
def test_iri_that_begins_with_a_word_of_the_context_round_trips(
    graph: Graph, terms: Context, part: list[ox.Triple]
) -> None:
    text = jsonld_of(graph, terms, part)

    assert {quad.triple for quad in ox.parse(text, ox.RdfFormat.JSON_LD)} == set(part)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib warns of its own code
        assert len(rdflib.Graph().parse(data=text, format="json-ld")) == len(set(part))


@pytest.mark.parametrize(
    "entry",
    [
        {"@language": "de"},
        {"value": {"@id": "rdf:value", "@type": "@json"}},
        {"value": {"@id": "rdf:value", "@type": "@vocab"}},
        {"value": {"@id": "rdf:value", "@container": "@list"}},
        {"value": {"@id": "rdf:value", "@language": "de"}},
    ],
)
def test_other_context_changes_no_value(graph: Graph, terms: Context, entry: dict[str, Any]) -> None:
    part = [ox.Triple(NODES[0], ox.NamedNode(f"{RDF}value"), one) for one in (ox.Literal("text"), NODES[1])]
    text = jsonld_of(graph, Context({**terms.raw, **entry}), part)

    assert {quad.triple for quad in ox.parse(text, ox.RdfFormat.JSON_LD)} == set(part)


@pytest.mark.parametrize(
    "statements",
    [
        "<id> <http://e.org/p> 'called like a keyword' .",
        "<type> <http://e.org/p> <says> .",
        "<shortcuts> <http://e.org/p> <statements> .",
        "<http://e.org/talk> itas:appearance <http://e.org/r> ; itas:qualifiedSpatial <http://e.org/r> . "
        "<http://e.org/r> rdf:object <http://e.org/o> .",
    ],
    ids=["id", "type and graph", "nesting", "two relations to one node"],
)
def test_context_words_round_trip(statements: str, graph: Graph) -> None:
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in graph.prefixes.items())
    text = f"BASE <{graph.base}>\n{prefixes}{statements}"
    triples = {quad.triple for quad in ox.parse(text, ox.RdfFormat.TURTLE)}
    written = linked_data.serialize(graph, triples, "jsonld")

    assert {quad.triple for quad in ox.parse(written, ox.RdfFormat.JSON_LD)} == triples
