"""`itasgraph.load()` is an rdflib graph like any other, on the store that answers fast."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib import RDF, RDFS, SKOS, Literal, Namespace, URIRef
from rdflib.query import Result, ResultRow
from rdflib.term import Identifier

import itasgraph
from itasgraph.errors import FileError, ItasgraphError, UsageError
from itasgraph.project import Project
from itasgraph.store import cache
from tests.helpers.programs import HEAVY, modules_after
from tests.helpers.projects import ONE, ROOT, make

ITAS = Namespace("https://w3id.org/itas/")
SCHEMA = Namespace("https://schema.org/")
ADA = ITAS["person/ada-blum"]
TALK = ITAS["talk/waerme"]
EARLIER, LATER = ITAS["source/report-2023"], ITAS["source/report-2024"]


@pytest.fixture(scope="module")
def loaded(nordtal_project: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[rdflib.Graph]:
    """Yield the project of the two invented reports through the public door; tests only read it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield itasgraph.load(nordtal_project.root)


@pytest.fixture
def tiny(tmp_path: Path) -> rdflib.Graph:
    """Return four statements in a file of one's own: plain text, text in a language, a number, a reference."""
    path = tmp_path / "tiny.ttl"
    path.write_text(
        '<http://e.org/a> <https://schema.org/name> "A" ; <http://www.w3.org/2000/01/rdf-schema#label> "Ä"@de ; '
        "<https://schema.org/position> 1 ; <https://schema.org/about> <http://e.org/b> .",
        encoding="utf-8",
    )
    return itasgraph.load(ROOT, data=[path])


def column(answer: Result, name: str) -> list[Identifier]:
    return [row[name] for row in answer if isinstance(row, ResultRow)]


# --- reading ----------------------------------------------------------------------------------------------------------


def test_value_equals_a_plain_literal(loaded: rdflib.Graph) -> None:
    assert loaded.value(ADA, SCHEMA.name) == Literal("Ada Blum")


def test_label_has_its_language(loaded: rdflib.Graph) -> None:
    assert set(loaded.objects(ADA, RDFS.label)) == {
        Literal("Ada Blum", lang="de"),
        Literal("Ada Blum", lang="en"),
    }


def test_value_prefers_a_label(loaded: rdflib.Graph) -> None:
    assert loaded.value(ADA, RDFS.label) in {
        Literal("Ada Blum", lang="de"),
        Literal("Ada Blum", lang="en"),
    }


def test_plain_literal_finds_its_subject(loaded: rdflib.Graph) -> None:
    assert loaded.value(predicate=SCHEMA.name, object=Literal("Ada Blum")) == ADA
    assert (ADA, SCHEMA.name, Literal("Ada Blum")) in loaded


def test_literals_are_plain(loaded: rdflib.Graph) -> None:
    datatypes = {term.datatype for _, _, term in loaded if isinstance(term, Literal)}

    assert rdflib.XSD.string not in datatypes
    assert {None, rdflib.XSD.integer, rdflib.XSD.date} <= datatypes


def test_literals_become_python_values(loaded: rdflib.Graph) -> None:
    date = loaded.value(ITAS["event/wandelkongress-2023"], SCHEMA.startDate)
    position = loaded.value(TALK, ITAS["ontology#position"])

    assert isinstance(date, Literal)
    assert isinstance(position, Literal)
    assert (date.toPython(), position.toPython()) == (datetime.date(2023, 5, 5), 1)


def test_length_counts_distinct_triples(loaded: rdflib.Graph) -> None:
    assert len(loaded) == len(set(loaded))


def test_property_paths_work(loaded: rdflib.Graph) -> None:
    speakers = set(loaded.objects(TALK, SCHEMA.performer / SCHEMA.name))

    assert speakers == {Literal("Ada Blum")}


def test_prefixes_are_bound(loaded: rdflib.Graph) -> None:
    bound = dict(loaded.namespaces())

    assert bound["schema"] == URIRef("https://schema.org/")
    assert bound["itas"] == URIRef("https://w3id.org/itas/ontology#")
    assert loaded.qname(SCHEMA.name) == "schema:name"


# --- asking -----------------------------------------------------------------------------------------------------------


def test_select_gives_plain_literals(loaded: rdflib.Graph) -> None:
    answer = loaded.query(f"SELECT ?name {{ <{ADA}> schema:name ?name }}")

    assert column(answer, "name") == [Literal("Ada Blum")]


def test_initial_bindings_work(
    loaded: rdflib.Graph,
) -> None:
    given = {"name": Literal("Ada Blum")}
    inside = loaded.query("SELECT ?person ?name { ?person schema:name ?name }", initBindings=given)
    outside = loaded.query("SELECT ?person { ?person schema:name ?name }", initBindings=given)

    assert column(inside, "person") == [ADA]
    assert column(outside, "person") == [ADA]


def test_ask_is_boolean(loaded: rdflib.Graph) -> None:
    assert loaded.query(f"ASK {{ <{ADA}> a schema:Person }}").askAnswer is True
    assert loaded.query(f"ASK {{ <{ADA}> a schema:Place }}").askAnswer is False


def test_graph_names_the_source(loaded: rdflib.Graph) -> None:
    rows = loaded.query(f"SELECT ?source {{ GRAPH ?source {{ <{ADA}> schema:name ?name }} }}")

    assert column(rows, "source") == [EARLIER]


def test_union_counts_once(loaded: rdflib.Graph) -> None:
    answer = loaded.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")

    assert column(answer, "n") == [Literal(len(loaded))]


def test_construct_gives_plain_literals(loaded: rdflib.Graph) -> None:
    built = loaded.query(f"CONSTRUCT WHERE {{ <{ADA}> schema:name ?name }}").graph

    assert built is not None
    assert set(built) == {(ADA, SCHEMA.name, Literal("Ada Blum"))}


def test_describe_gives_a_graph(loaded: rdflib.Graph) -> None:
    described = loaded.query(f"DESCRIBE <{ADA}>").graph

    assert described is not None
    assert (ADA, RDF.type, SCHEMA.Person) in described


# --- who says so ------------------------------------------------------------------------------------------------------


def test_relation_has_quote_and_line(loaded: rdflib.Graph) -> None:
    actual = itasgraph.sources(loaded, TALK, SCHEMA.performer, ADA)

    assert {(one.kind, one.graph, one.quote, one.lines, one.document) for one in actual} == {
        ("source", EARLIER, "Ada Blum, Gießerei Hartmann", (), "https://example.org/report-2023"),
        ("source", LATER, "Ada Blum, Stadtwerke Nordtal", (7,), "https://example.org/report-2024"),
    }


def test_derived_relation_has_its_rule(loaded: rdflib.Graph) -> None:
    actual = itasgraph.sources(loaded, TALK, SCHEMA.about, ITAS["topic/waerme"])

    assert {(one.kind, one.graph, one.quote, one.document) for one in actual} == {
        ("derived", ITAS["rule/topics-of-contributions"], "Abwärme", "https://example.org/report-2023"),
        ("derived", ITAS["rule/topics-of-contributions"], "Heizung", "https://example.org/report-2024"),
    }


@pytest.mark.parametrize(
    ("triple", "kind"),
    [
        ((ADA, SCHEMA.name, Literal("Ada Blum")), "source"),
        ((ADA, RDFS.label, Literal("Ada Blum", lang="de")), "derived"),
        ((ITAS["topic/waerme"], SKOS.inScheme, ITAS["scheme/topics"]), "editorial"),
    ],
    ids=["source", "rule", "editors"],
)
def test_unquoted_triple_has_its_graph(
    loaded: rdflib.Graph, triple: tuple[URIRef, URIRef, Identifier], kind: str
) -> None:
    assert [(support.kind, support.quote) for support in itasgraph.sources(loaded, *triple)] == [(kind, "")]


def test_absent_triple_has_no_support(loaded: rdflib.Graph) -> None:
    assert itasgraph.sources(loaded, ADA, SCHEMA.performer, TALK) == []


# --- writing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["turtle", "nt", "xml", "pretty-xml"])
def test_serialization_is_equal(tiny: rdflib.Graph, format_: str) -> None:
    back = rdflib.Graph().parse(
        data=tiny.serialize(format=format_), format="xml" if format_ == "pretty-xml" else format_
    )

    assert set(back) == set(tiny)


@pytest.mark.parametrize("format_", ["turtle", "nt", "xml", "pretty-xml", "json-ld", "n3", "trig"])
def test_plain_text_has_no_datatype(tiny: rdflib.Graph, format_: str) -> None:
    text = tiny.serialize(format=format_)

    assert "Ä" in text or "\\u00C4" in text or "\\u00c4" in text
    assert "XMLSchema#string" not in text
    assert "xsd:string" not in text


def test_turtle_has_prefixes(loaded: rdflib.Graph) -> None:
    text = loaded.serialize()

    assert 'schema:name "Ada Blum"' in text
    assert "^^xsd:string" not in text
    assert "@prefix schema: <https://schema.org/> ." in text


def test_graph_can_be_added(tiny: rdflib.Graph) -> None:
    triple = (URIRef("http://e.org/b"), RDFS.label, Literal("B"))
    tiny.add(triple)

    assert triple in tiny
    assert len(tiny) == 5


# --- where it comes from ----------------------------------------------------------------------------------------------


def test_project_is_text_or_path(copy: Path) -> None:
    assert len(itasgraph.load(str(copy))) == len(itasgraph.load(copy))


def test_current_folder_is_the_default(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = '@prefix schema: <https://schema.org/> . <http://e.org/x> schema:name "only here" .'
    (copy / "ontology" / "more.ttl").write_text(text, encoding="utf-8")
    monkeypatch.chdir(copy)

    assert itasgraph.load().value(URIRef("http://e.org/x"), SCHEMA.name) == Literal("only here")


def test_other_folder_is_our_error(tmp_path: Path) -> None:
    with pytest.raises(itasgraph.ItasgraphError) as raised:
        itasgraph.load(tmp_path)

    assert isinstance(raised.value, FileError)
    assert "is not a project" in str(raised.value)


def test_unknown_kind_is_our_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        itasgraph.load(ROOT, data=[tmp_path / "a.docx"])


X = URIRef("http://e.org/x")
CHANGES: dict[str, Callable[[rdflib.Graph], object]] = {
    "add": lambda graph: graph.add((X, SCHEMA.name, Literal("x"))),
    "add several": lambda graph: graph.__iadd__([(X, SCHEMA.name, Literal("x"))]),
    "parse": lambda graph: graph.parse(data=f'<{X}> <{SCHEMA.name}> "x" .', format="turtle"),
    "update": lambda graph: graph.update(f'INSERT DATA {{ <{X}> <{SCHEMA.name}> "x" }}'),
    "remove": lambda graph: graph.remove((None, SCHEMA.name, None)),
    "update away": lambda graph: graph.update(f"DELETE WHERE {{ ?s <{SCHEMA.name}> ?o }}"),
}


@pytest.mark.quick(1)
@pytest.mark.parametrize("most", [0, 30_000], ids=["on disk", "in memory"])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_change_stays_in_its_graph(
    tmp_path: Path,
    empty_cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[rdflib.Graph], object],
    most: int,
) -> None:
    monkeypatch.setattr(cache, "MAX_IN_MEMORY", most)
    project = make(tmp_path, data__one=ONE).root
    itasgraph.load(project)
    changed, other = itasgraph.load(project), itasgraph.load(project)
    before = set(other)
    change(changed)
    again = itasgraph.load(project)

    assert set(changed) != before
    assert ((X, SCHEMA.name, Literal("x")) in changed) != ((None, SCHEMA.name, None) not in changed)
    assert set(other) == set(again) == before


# --- what is imported -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "module", ["itasgraph", "itasgraph.store.compiler", "itasgraph.cli", "itasgraph.questions.queries"]
)
def test_import_is_light(module: str) -> None:
    assert not modules_after(f"import {module}") & set(HEAVY)


def test_load_imports_rdflib_late() -> None:
    loaded = modules_after("import itasgraph; itasgraph.load")

    assert {"rdflib", "oxrdflib"} <= loaded
    assert not loaded & {"networkx", "pyvis", "pyshacl", "igraph", "pandas"}


def test_package_lists_its_names() -> None:
    assert [name for name in itasgraph.__all__ if not hasattr(itasgraph, name)] == []
    assert itasgraph.ItasgraphError is ItasgraphError
    assert not hasattr(itasgraph, "laod")
