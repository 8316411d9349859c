"""Files of others, each a few lines that broke something once: read as they are meant, and written so that others read them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
import rdflib
from click.testing import Result
from rdflib.compare import isomorphic

from tests.helpers.programs import Run
from tests.helpers.projects import ROOT

Ask = Callable[..., Result]

PREFIXES = """
@prefix ex: <http://ex.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix schema: <https://schema.org/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
"""
EVERYTHING = "SELECT ?source ?relation ?target { ?source ?relation ?target }"
NO_LITERALS = "SELECT ?source ?relation ?target { ?source ?relation ?target FILTER(!isLiteral(?target)) }"
RDF_1_2 = """
VERSION "1.2"
PREFIX ex: <http://ex.org/>
ex:a ex:title "قبة"@ar--rtl , "Dome"@en--ltr , "Cupola"@en-GB .
ex:a ex:near ex:b ~ ex:claim {| ex:since 2020 |} .
"""
CONTROL = '<http://ex.org/a> <http://ex.org/p> "a\\u000Cb" .\n'


@pytest.fixture
def ask(run: Run, tmp_path: Path) -> Ask:
    """Run a command on one file: `ask(content, "show", "Ann")`; `name` is the name of the file."""

    def command(content: str | bytes, *arguments: object, name: str = "data.ttl", lang: str = "en") -> Result:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return run(*arguments, "--data", path, "--project", ROOT, "--lang", lang)

    return command


@pytest.fixture
def network(tmp_path: Path) -> Path:
    """Return a query file for a network of all relations."""
    path = tmp_path / "net.rq"
    path.write_text(EVERYTHING)
    return path


def labels_of(folder: Path) -> dict[str, str]:
    """Return the nodes of a network written as `net.csv`: id → label."""
    with (folder / "net-nodes.csv").open(encoding="utf-8", newline="") as file:
        return {row["Id"]: row["Label"] for row in csv.DictReader(file)}


# --- written so that others read it --------------------------------------------------------------------------------------


@pytest.mark.parametrize("label", ["_:1a", "_:a.b", "_:ä", "_:ab", "[]"])
def test_rdf_xml_names_blank_nodes_for_every_reader(ask: Ask, label: str) -> None:
    done = ask(f"{label} <http://ex.org/p> [ <http://ex.org/q> {label} ] .", "export", "-f", "rdfxml")

    given = rdflib.Graph().parse(data=f"{label} <http://ex.org/p> [ <http://ex.org/q> {label} ] .", format="turtle")
    assert isomorphic(rdflib.Graph().parse(data=done.stdout_bytes, format="xml"), given)


@pytest.mark.parametrize("name", ["li", "Description", "about", "nodeID"])
def test_rdf_xml_refuses_predicates_that_are_its_syntax(ask: Ask, name: str) -> None:
    data = f"<http://ex.org/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#{name}> <http://ex.org/b> ."

    done = ask(data, "export", "-f", "rdfxml")

    assert (done.exit_code, done.stdout) == (2, "")
    assert f"RDF/XML cannot write the predicate http://www.w3.org/1999/02/22-rdf-syntax-ns#{name}" in done.stderr


def test_xml_answer_refuses_what_xml_cannot_hold(ask: Ask) -> None:
    done = ask(CONTROL, "query", "SELECT * { ?s ?p ?o }", "-f", "xml")

    assert done.exit_code == 2
    assert done.stderr == "XML cannot hold the character \\x0c – choose -f json\n"


def test_xml_answer_keeps_carriage_returns(ask: Ask) -> None:
    done = ask('<http://ex.org/a> <http://ex.org/p> "a\\r\\nb\\rc" .', "query", "SELECT ?o { ?s ?p ?o }", "-f", "xml")

    (literal,) = ET.fromstring(done.stdout).iter("{http://www.w3.org/2005/sparql-results#}literal")
    assert literal.text == "a\r\nb\rc"


def test_xml_literal_declares_each_namespace_once(ask: Ask) -> None:
    literal = '<b xmlns="http://in.org/" xmlns:e="http://other.org/" e:x="&amp;&quot;">bold<i xmlns=""/></b>'
    data = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://ex.org/" xmlns="http://out.org/">'
        f'<rdf:Description rdf:about="http://ex.org/a"><e:note rdf:parseType="Literal">{literal}</e:note></rdf:Description>'
        "</rdf:RDF>"
    )

    done = ask(data, "export", "-f", "nt", name="data.rdf")

    (triple,) = rdflib.Graph().parse(data=done.stdout, format="nt")
    element = ET.fromstring(str(triple[2]))
    assert element.tag == "{http://in.org/}b"
    assert element.attrib == {"{http://other.org/}x": '&"'}


# --- networks ------------------------------------------------------------------------------------------------------------


def test_text_and_iri_of_one_spelling_are_two_nodes(ask: Ask, network: Path, tmp_path: Path) -> None:
    data = '@prefix ex: <http://ex.org/> . ex:a ex:p _:n . ex:b ex:p "n" . ex:c ex:p <urn:x> . ex:d ex:p "urn:x" , "urn:x"@en .'

    done = ask(data, "export", "--network", network, "-o", tmp_path / "net.csv")

    assert done.exit_code == 0
    assert {iri: label for iri, label in labels_of(tmp_path).items() if not iri.startswith("http:")} == {
        "_:n": "(without a name)",
        '"n"': "n",
        "urn:x": "urn:x",
        '"urn:x"': "urn:x",
        '"urn:x"@en': "urn:x",
    }


@pytest.mark.parametrize("command", [("view", "-o", "-"), ("analyse",), ("export", "-f", "graphml", "--network")])
def test_triple_terms_are_nodes(ask: Ask, network: Path, command: tuple[str, ...]) -> None:
    done = ask(RDF_1_2, *command, network)

    assert (done.exit_code, done.exception) == (0, None)
    assert "ex.org/near" in done.stdout


def test_show_names_triple_terms_and_texts_of_any_variety(ask: Ask) -> None:
    entity, claim = (ask(RDF_1_2, "show", f"http://ex.org/{name}").stdout for name in ("a", "claim"))

    assert "title: Cupola\n" in entity
    assert "title: Dome\n" in entity
    assert "قبة" not in entity
    assert "<<( http://ex.org/a http://ex.org/near http://ex.org/b )>>" in claim


# --- names ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["rdfs:label", "skos:prefLabel", "schema:name", "<http://schema.org/name>", "foaf:name", "dcterms:title"]
)
def test_entity_is_named_by_what_names_it(ask: Ask, network: Path, tmp_path: Path, name: str) -> None:
    data = f'{PREFIXES} ex:ann {name} "Ann" ; rdfs:label "   " ; ex:knows ex:ben . ex:ben ex:knows [ {name} "Cora" ] .'

    shown = ask(data, "show", "Ann")
    other = ask(data, "show", "http://ex.org/ben")
    ask(data, "export", "--network", network, "-o", tmp_path / "net.csv")

    assert shown.stdout.startswith("Ann\nhttp://ex.org/ann\n")
    assert "  Cora\n" in other.stdout
    assert {"Ann", "Cora"} <= set(labels_of(tmp_path).values())


def test_label_is_preferred_to_other_names(ask: Ask) -> None:
    data = f'{PREFIXES} ex:a foaf:name "Ann B." ; dcterms:title "Dr" ; rdfs:label "Ann" .'

    assert ask(data, "show", "Ann B.").stdout.startswith("Ann\n")


@pytest.mark.parametrize(
    ("lang", "school", "zoo"), [("en", "School of Physics", "Zoo"), ("de", "Fakultät", "Tiergarten")]
)
def test_language_finds_its_varieties(ask: Ask, network: Path, lang: str, school: str, zoo: str) -> None:
    data = f'{PREFIXES} ex:uni rdfs:label "Fakultät"@de-DE , "School of Physics"@en-US ; ex:near ex:zoo . ex:zoo rdfs:label "Tiergarten"@de-AT , "Zoo"@en-GB .'

    shown = ask(data, "show", zoo, lang=lang)

    assert shown.stdout.startswith(f"{zoo}\nhttp://ex.org/zoo\n")
    assert f"  {school}\n" in shown.stdout


def test_kind_of_an_entity_is_its_type(ask: Ask) -> None:
    data = f'{PREFIXES} ex:a a ex:Lamp , <http://www.w3.org/2002/07/owl#NamedIndividual> ; rdfs:label "A" . ex:Lamp rdfs:label "lamp" .'

    assert ask(data, "show", "A").stdout.startswith("A · lamp\n")


def test_relations_have_their_direction_and_loops_both(ask: Ask) -> None:
    data = f'{PREFIXES} ex:ann rdfs:label "Ann" ; ex:leads ex:ben , ex:ann . ex:ben rdfs:label "Ben" ; ex:leads [] .'

    ann, ben = (ask(data, "show", name).stdout for name in ("Ann", "Ben"))

    assert ann.endswith("leads\n  Ann\n  Ben\n\nis “http://ex.org/leads” of\n  Ann\n")
    assert ben.endswith("leads\n  (without a name)\n\nis “http://ex.org/leads” of\n  Ann\n")


def test_table_names_blank_nodes_for_people_only(ask: Ask) -> None:
    data = f'{PREFIXES} ex:a ex:knows [ foaf:name "Ben" ] , [] .'

    people = ask(data, "query", "SELECT ?who { ?a <http://ex.org/knows> ?who } ORDER BY ?who")
    programs = ask(data, "query", "SELECT ?who { ?a <http://ex.org/knows> ?who }", "-f", "csv")

    assert sorted(people.stdout.splitlines()[2:]) == ["(without a name)", "Ben"]
    assert all(line.startswith("_:") for line in programs.stdout.splitlines()[1:])


def test_language_tags_of_results_survive(ask: Ask) -> None:
    done = ask(RDF_1_2, "query", "SELECT ?t { ?a <http://ex.org/title> ?t }", "-f", "json")

    answer = ox.parse_query_results(done.stdout_bytes, ox.QueryResultsFormat.JSON)
    assert isinstance(answer, ox.QuerySolutions)
    assert {str(row["t"]) for row in answer} == {'"قبة"@ar--rtl', '"Dome"@en--ltr', '"Cupola"@en-gb'}
