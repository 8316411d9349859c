"""`itasgraph.load()` is an rdflib graph like any other, on the store that answers fast."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib import RDF, RDFS, SKOS, Literal, Namespace, URIRef
from rdflib.query import Result, ResultRow
from rdflib.term import Identifier

import itasgraph
from itasgraph.errors import FileError, ItasgraphError, UsageError
from itasgraph.store import cache
from tests.helpers.programs import HEAVY, modules_after
from tests.helpers.projects import ONE, ROOT, make

ITAS = Namespace("https://w3id.org/itas/")
SCHEMA = Namespace("https://schema.org/")
BORIS = ITAS["person/boris-kaiser"]
TALK = ITAS["talk/circular-cars"]
SOURCE = ITAS["source/itas-kongress-2024-rueckblick"]
DOCUMENT = "https://itas-projekt.de/itas-kongress-2024-rueckblick"


@pytest.fixture(scope="module")
def shipped_graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[rdflib.Graph]:
    """The shipped project through the public door; tests only read it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield itasgraph.load(ROOT)


@pytest.fixture
def tiny(tmp_path: Path) -> rdflib.Graph:
    """Four statements in a file of one's own: plain text, text in a language, a number, a reference."""
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


def test_value_equals_a_plain_literal(shipped_graph: rdflib.Graph) -> None:
    assert shipped_graph.value(BORIS, SCHEMA.name) == Literal("Boris Kaiser")


def test_label_has_its_language(shipped_graph: rdflib.Graph) -> None:
    assert set(shipped_graph.objects(BORIS, RDFS.label)) == {
        Literal("Boris Kaiser", lang="de"),
        Literal("Boris Kaiser", lang="en"),
    }


def test_value_prefers_a_label(shipped_graph: rdflib.Graph) -> None:
    assert shipped_graph.value(BORIS, RDFS.label) in {
        Literal("Boris Kaiser", lang="de"),
        Literal("Boris Kaiser", lang="en"),
    }


def test_plain_literal_finds_its_subject(shipped_graph: rdflib.Graph) -> None:
    assert shipped_graph.value(predicate=SCHEMA.name, object=Literal("Boris Kaiser")) == BORIS
    assert (BORIS, SCHEMA.name, Literal("Boris Kaiser")) in shipped_graph


def test_literals_are_plain(shipped_graph: rdflib.Graph) -> None:
    datatypes = {term.datatype for _, _, term in shipped_graph if isinstance(term, Literal)}

    assert rdflib.XSD.string not in datatypes
    assert {None, rdflib.XSD.integer, rdflib.XSD.date} <= datatypes


def test_literals_become_python_values(shipped_graph: rdflib.Graph) -> None:
    congress = ITAS["event/itas-kongress-2024"]
    date = shipped_graph.value(congress, SCHEMA.startDate)
    edition = shipped_graph.value(congress, SCHEMA.position)

    assert isinstance(date, Literal)
    assert isinstance(edition, Literal)
    assert (str(date.toPython()), edition.toPython()) == ("2024-06-06", 2)


def test_length_counts_distinct_triples(shipped_graph: rdflib.Graph) -> None:
    assert len(shipped_graph) == len(set(shipped_graph))


def test_property_paths_work(shipped_graph: rdflib.Graph) -> None:
    speakers = set(shipped_graph.objects(TALK, SCHEMA.performer / SCHEMA.name))

    assert speakers == {Literal("Boris Kaiser"), Literal("Andreas Wächtler")}


def test_prefixes_are_bound(shipped_graph: rdflib.Graph) -> None:
    bound = dict(shipped_graph.namespaces())

    assert bound["schema"] == URIRef("https://schema.org/")
    assert bound["itas"] == URIRef("https://w3id.org/itas/ontology#")
    assert shipped_graph.qname(SCHEMA.name) == "schema:name"


# --- asking -----------------------------------------------------------------------------------------------------------


def test_select_gives_plain_literals(shipped_graph: rdflib.Graph) -> None:
    answer = shipped_graph.query(f"SELECT ?name {{ <{BORIS}> schema:name ?name }}")

    assert column(answer, "name") == [Literal("Boris Kaiser")]


def test_initial_bindings_work(
    shipped_graph: rdflib.Graph,
) -> None:
    given = {"name": Literal("Boris Kaiser")}
    inside = shipped_graph.query("SELECT ?person ?name { ?person schema:name ?name }", initBindings=given)
    outside = shipped_graph.query("SELECT ?person { ?person schema:name ?name }", initBindings=given)

    assert column(inside, "person") == [BORIS]
    assert column(outside, "person") == [BORIS]


def test_ask_is_boolean(shipped_graph: rdflib.Graph) -> None:
    assert shipped_graph.query(f"ASK {{ <{BORIS}> a schema:Person }}").askAnswer is True
    assert shipped_graph.query(f"ASK {{ <{BORIS}> a schema:Place }}").askAnswer is False


def test_graph_names_the_source(shipped_graph: rdflib.Graph) -> None:
    rows = shipped_graph.query(f"SELECT ?source {{ GRAPH ?source {{ <{BORIS}> schema:name ?name }} }}")

    assert column(rows, "source") == [SOURCE]


def test_union_counts_once(shipped_graph: rdflib.Graph) -> None:
    answer = shipped_graph.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")

    assert column(answer, "n") == [Literal(len(shipped_graph))]


def test_construct_gives_plain_literals(shipped_graph: rdflib.Graph) -> None:
    built = shipped_graph.query(f"CONSTRUCT WHERE {{ <{BORIS}> schema:name ?name }}").graph

    assert built is not None
    assert set(built) == {(BORIS, SCHEMA.name, Literal("Boris Kaiser"))}


def test_describe_gives_a_graph(shipped_graph: rdflib.Graph) -> None:
    described = shipped_graph.query(f"DESCRIBE <{BORIS}>").graph

    assert described is not None
    assert (BORIS, RDF.type, SCHEMA.Person) in described


# --- who says so ------------------------------------------------------------------------------------------------------


def test_relation_has_quote_and_line(shipped_graph: rdflib.Graph) -> None:
    (support,) = itasgraph.sources(shipped_graph, TALK, SCHEMA.performer, BORIS)

    assert (support.kind, support.graph) == ("source", SOURCE)
    assert (support.quote, support.lines, support.document) == ("Boris Kaiser, CWE", (57,), DOCUMENT)


def test_derived_relation_has_its_rule(shipped_graph: rdflib.Graph) -> None:
    (support,) = itasgraph.sources(shipped_graph, TALK, SCHEMA.about, ITAS["topic/kreislaufwirtschaft"])

    assert (support.kind, support.graph) == ("derived", ITAS["rule/topics-of-contributions"])
    assert (support.quote, support.document) == ("Kreislaufwirtschaft", DOCUMENT)


@pytest.mark.parametrize(
    ("triple", "kind"),
    [
        ((BORIS, SCHEMA.name, Literal("Boris Kaiser")), "source"),
        ((BORIS, RDFS.label, Literal("Boris Kaiser", lang="de")), "derived"),
        ((ITAS["topic/kreislaufwirtschaft"], SKOS.inScheme, ITAS["scheme/topics"]), "editorial"),
    ],
    ids=["source", "rule", "editors"],
)
def test_unquoted_triple_has_its_graph(
    shipped_graph: rdflib.Graph, triple: tuple[URIRef, URIRef, Identifier], kind: str
) -> None:
    assert [(support.kind, support.quote) for support in itasgraph.sources(shipped_graph, *triple)] == [(kind, "")]


def test_absent_triple_has_no_support(shipped_graph: rdflib.Graph) -> None:
    assert itasgraph.sources(shipped_graph, BORIS, SCHEMA.performer, TALK) == []


# --- writing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["turtle", "nt", "xml", "pretty-xml"])
def test_serialization_is_equal(tiny: rdflib.Graph, form: str) -> None:
    back = rdflib.Graph().parse(data=tiny.serialize(format=form), format="xml" if form == "pretty-xml" else form)

    assert set(back) == set(tiny)


@pytest.mark.parametrize("form", ["turtle", "nt", "xml", "pretty-xml", "json-ld", "n3", "trig"])
def test_plain_text_has_no_datatype(tiny: rdflib.Graph, form: str) -> None:
    text = tiny.serialize(format=form)

    assert "Ä" in text or "\\u00C4" in text or "\\u00c4" in text
    assert "XMLSchema#string" not in text
    assert "xsd:string" not in text


def test_shipped_turtle_has_prefixes(shipped_graph: rdflib.Graph) -> None:
    text = shipped_graph.serialize()

    assert 'schema:name "Boris Kaiser"' in text
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
    "add": lambda found: found.add((X, SCHEMA.name, Literal("x"))),
    "add several": lambda found: found.__iadd__([(X, SCHEMA.name, Literal("x"))]),
    "parse": lambda found: found.parse(data=f'<{X}> <{SCHEMA.name}> "x" .', format="turtle"),
    "update": lambda found: found.update(f'INSERT DATA {{ <{X}> <{SCHEMA.name}> "x" }}'),
    "remove": lambda found: found.remove((None, SCHEMA.name, None)),
    "update away": lambda found: found.update(f"DELETE WHERE {{ ?s <{SCHEMA.name}> ?o }}"),
}


@pytest.mark.parametrize("most", [0, 30_000], ids=["on disk", "in memory"])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_change_stays_in_its_graph(
    tmp_path: Path,
    empty_cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[rdflib.Graph], object],
    most: int,
) -> None:
    monkeypatch.setattr(cache, "MOST_IN_MEMORY", most)
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
