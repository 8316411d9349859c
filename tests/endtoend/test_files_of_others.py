"""Files of others, each a few lines that broke something once: read as they are meant, and written so that others read them."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from tests.helpers.programs import Run, run_itasgraph
from tests.helpers.projects import ROOT

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
def test_rdf_xml_names_blank_nodes_for_every_reader(ask: Run, label: str) -> None:
    done = ask(f"{label} <http://ex.org/p> [ <http://ex.org/q> {label} ] .", "export", "-f", "rdfxml")

    given = rdflib.Graph().parse(data=f"{label} <http://ex.org/p> [ <http://ex.org/q> {label} ] .", format="turtle")
    assert isomorphic(rdflib.Graph().parse(data=done.stdout_bytes, format="xml"), given)


@pytest.mark.parametrize("name", ["li", "Description", "about", "nodeID"])
def test_rdf_xml_refuses_predicates_that_are_its_syntax(ask: Run, name: str) -> None:
    data = f"<http://ex.org/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#{name}> <http://ex.org/b> ."

    done = ask(data, "export", "-f", "rdfxml")

    assert (done.exit_code, done.stdout) == (2, "")
    assert f"RDF/XML cannot write the predicate http://www.w3.org/1999/02/22-rdf-syntax-ns#{name}" in done.stderr


def test_xml_answer_refuses_what_xml_cannot_hold(ask: Run) -> None:
    done = ask(CONTROL, "query", "SELECT * { ?s ?p ?o }", "-f", "xml")

    assert done.exit_code == 2
    assert done.stderr == "XML cannot hold the character \\x0c – choose -f json\n"


def test_xml_answer_keeps_carriage_returns(ask: Run) -> None:
    done = ask('<http://ex.org/a> <http://ex.org/p> "a\\r\\nb\\rc" .', "query", "SELECT ?o { ?s ?p ?o }", "-f", "xml")

    (literal,) = ET.fromstring(done.stdout).iter("{http://www.w3.org/2005/sparql-results#}literal")
    assert literal.text == "a\r\nb\rc"


def test_xml_literal_declares_each_namespace_once(ask: Run) -> None:
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


def test_text_and_iri_of_one_spelling_are_two_nodes(ask: Run, network: Path, tmp_path: Path) -> None:
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
def test_triple_terms_are_nodes(ask: Run, network: Path, command: tuple[str, ...]) -> None:
    done = ask(RDF_1_2, *command, network)

    assert (done.exit_code, done.exception) == (0, None)
    assert "near" in done.stdout


def test_show_names_triple_terms_and_texts_of_any_variety(ask: Run) -> None:
    entity, claim = (ask(RDF_1_2, "show", f"http://ex.org/{name}").stdout for name in ("a", "claim"))

    assert "title: Cupola\n" in entity
    assert "title: Dome\n" in entity
    assert "قبة" not in entity
    assert "<<( ex:a ex:near ex:b )>>" in claim


# --- names ---------------------------------------------------------------------------------------------------------------


@pytest.mark.quick(3)
@pytest.mark.parametrize(
    "name", ["rdfs:label", "skos:prefLabel", "schema:name", "<http://schema.org/name>", "foaf:name", "dcterms:title"]
)
def test_entity_is_named_by_what_names_it(ask: Run, network: Path, tmp_path: Path, name: str) -> None:
    data = f'{PREFIXES} ex:ann {name} "Ann" ; rdfs:label "   " ; ex:knows ex:ben . ex:ben ex:knows [ {name} "Cora" ] .'

    shown = ask(data, "show", "Ann")
    other = ask(data, "show", "http://ex.org/ben")
    ask(data, "export", "--network", network, "-o", tmp_path / "net.csv")

    assert shown.stdout.startswith("Ann\nhttp://ex.org/ann\n")
    assert "  Cora\n" in other.stdout
    assert {"Ann", "Cora"} <= set(labels_of(tmp_path).values())


def test_label_is_preferred_to_other_names(ask: Run) -> None:
    data = f'{PREFIXES} ex:a foaf:name "Ann B." ; dcterms:title "Dr" ; rdfs:label "Ann" .'

    assert ask(data, "show", "Ann B.").stdout.startswith("Ann\n")


@pytest.mark.parametrize(
    ("lang", "school", "zoo"), [("en", "School of Physics", "Zoo"), ("de", "Fakultät", "Tiergarten")]
)
def test_language_finds_its_varieties(ask: Run, network: Path, lang: str, school: str, zoo: str) -> None:
    data = f'{PREFIXES} ex:uni rdfs:label "Fakultät"@de-DE , "School of Physics"@en-US ; ex:near ex:zoo . ex:zoo rdfs:label "Tiergarten"@de-AT , "Zoo"@en-GB .'

    shown = ask(data, "show", zoo, lang=lang)

    assert shown.stdout.startswith(f"{zoo}\nhttp://ex.org/zoo\n")
    assert f"  {school}\n" in shown.stdout


def test_kind_of_an_entity_is_its_type(ask: Run) -> None:
    data = f'{PREFIXES} ex:a a ex:Lamp , <http://www.w3.org/2002/07/owl#NamedIndividual> ; rdfs:label "A" . ex:Lamp rdfs:label "lamp" .'

    assert ask(data, "show", "A").stdout.startswith("A · lamp\n")


def test_relations_have_their_direction_and_loops_both(ask: Run) -> None:
    data = f'{PREFIXES} ex:ann rdfs:label "Ann" ; ex:leads ex:ben , ex:ann . ex:ben rdfs:label "Ben" ; ex:leads [] .'

    ann, ben = (ask(data, "show", name).stdout for name in ("Ann", "Ben"))

    assert ann.endswith("leads\n  Ann\n  Ben\n\nis “ex:leads” of\n  Ann\n")
    assert ben.endswith("leads\n  (without a name)\n\nis “ex:leads” of\n  Ann\n")


def test_path_leads_through_relations_of_others(ask: Run) -> None:
    data = f'{PREFIXES} ex:ann rdfs:label "Ann" ; a ex:T ; ex:reportsTo [ rdfs:label "Ben" ; ex:memberOf ex:club ] . ex:club foaf:name "Club" . ex:dee a ex:T ; ex:age 3 ; ex:knows ex:dee .'

    path = ask(data, "path", "Ann", "Club")
    back = ask(data, "path", "Club", "Ann")
    none = ask(data, "path", "Ann", "http://ex.org/dee")

    assert path.stdout.endswith("\nAnn\n  ex:reportsTo: Ben\n  ex:memberOf: Club\n")
    assert back.stdout.endswith("\nClub\n  is “ex:memberOf” of: Ben\n  is “ex:reportsTo” of: Ann\n")
    assert none.exit_code == 1


def test_table_names_blank_nodes_for_people_only(ask: Run) -> None:
    data = f'{PREFIXES} ex:a ex:knows [ foaf:name "Ben" ] , [] .'

    people = ask(data, "query", "SELECT ?who { ?a <http://ex.org/knows> ?who } ORDER BY ?who")
    programs = ask(data, "query", "SELECT ?who { ?a <http://ex.org/knows> ?who }", "-f", "csv")

    assert sorted(people.stdout.splitlines()[2:]) == ["(without a name)", "Ben"]
    assert all(line.startswith("_:") for line in programs.stdout.splitlines()[1:])


def test_language_tags_of_results_survive(ask: Run) -> None:
    done = ask(RDF_1_2, "query", "SELECT ?t { ?a <http://ex.org/title> ?t }", "-f", "json")

    answer = ox.parse_query_results(done.stdout_bytes, ox.QueryResultsFormat.JSON)
    assert isinstance(answer, ox.QuerySolutions)
    assert {str(row["t"]) for row in answer} == {'"قبة"@ar--rtl', '"Dome"@en--ltr', '"Cupola"@en-gb'}


# --- encodings, endings, contexts ----------------------------------------------------------------------------------------

RDF_XML = '<?xml version="1.0" encoding="{}"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://ex.org/"><rdf:Description rdf:about="http://ex.org/a"><e:p>Müller</e:p></rdf:Description></rdf:RDF>'
STATED = '<http://ex.org/a> <http://ex.org/p> "Müller" .\n'
JSON_LD = '{"@context": {"@vocab": "http://ex.org/"}, "@id": "http://ex.org/a", "p": "Müller"}'
YAML_LD = '"@context": {"@vocab": "http://ex.org/"}\n"@id": http://ex.org/a\np: Müller # a comment\n'


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("UTF-8", "utf-8-sig"),
        ("utf8", "utf-8"),
        ("UTF-16", "utf-16"),
        ("utf-16", "utf-16-le"),
        ("UTF-16", "utf-16-be"),
        ("ISO-8859-1", "latin-1"),
        ("iso-8859-15", "iso-8859-15"),
        ("windows-1252", "cp1252"),
    ],
)
def test_rdf_xml_is_read_in_its_encoding(ask: Run, declared: str, encoding: str) -> None:
    done = ask(RDF_XML.format(declared).encode(encoding), "export", "-f", "nt", name="data.rdf")

    assert (done.exit_code, done.stdout, done.stderr) == (0, STATED, "")


@pytest.mark.parametrize(
    ("declared", "encoding"), [("shift_jis", "utf-8"), ("UTF-7", "utf-7"), ("x-none", "utf-8"), ("ascii", "latin-1")]
)
def test_rdf_xml_in_another_encoding_is_refused(ask: Run, declared: str, encoding: str) -> None:
    done = ask(RDF_XML.format(declared).encode(encoding), "export", name="data.rdf")

    assert (done.exit_code, done.stdout, len(done.stderr.splitlines())) == (3, "", 1)


@pytest.mark.parametrize("name", ["data.ttl", "data.trig", "data.nt", "data.nq"])
def test_byte_order_mark_is_no_content(ask: Run, name: str) -> None:
    done = ask(STATED.encode("utf-8-sig"), "query", "SELECT ?o { ?s ?p ?o }", "-f", "csv", name=name)

    assert (done.exit_code, done.stdout.split()) == (0, ["o", "Müller"])


@pytest.mark.parametrize("name", ["data.ttl", "data.nt", "data.jsonld"])
def test_utf_16_is_named_where_the_format_does_not_allow_it(ask: Run, name: str) -> None:
    done = ask(STATED.encode("utf-16"), "export", name=name)

    assert done.exit_code == 3
    assert "the file is in UTF-16, and the format allows UTF-8 only" in done.stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("data.json", JSON_LD),
        ("data.json", "\ufeff" + JSON_LD),
        ("data.xml", RDF_XML.format("UTF-8")),
        ("data.yamlld", YAML_LD),
        ("data.yaml", YAML_LD),
        ("data.yml", f"%YAML 1.2\n---\n{YAML_LD}"),
        ("data.yaml", f"- {JSON_LD}\n"),
    ],
)
def test_other_endings_are_read(ask: Run, name: str, content: str) -> None:
    done = ask(content, "export", "-f", "nt", name=name)

    assert (done.exit_code, done.stdout, done.stderr) == (0, STATED, "")


@pytest.mark.parametrize("name", ["context.jsonld", "context.yamlld"])
def test_yaml_ld_finds_a_context_beside_it(ask: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('{"@context": {"name": "http://ex.org/p", "id": "@id"}}')

    done = ask(f'"@context": {name}\nid: http://ex.org/a\nname: Müller\n', "export", "-f", "nt", name="data.yamlld")

    assert (done.exit_code, done.stdout) == (0, STATED)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("a: &x [*x]\n", "an alias contains itself"),
        ("1: a\n", "a key is no text"),
        ("~: a\n", "a key is no text"),
        ("a: .inf\n", ".inf is no number of JSON"),
        ("a: 1\na: 2\n", "the key a occurs twice"),
        ("just text\n", "a document is a text"),
        ("a: 'open\n", "unexpected end of stream"),
        ("[" * 3000 + "]" * 3000, "nest"),
        (
            "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c]\ne: [" + "*d, " * 40 + "]\n",
            "aliases multiply it",
        ),
    ],
)
def test_yaml_that_is_no_json_is_refused_with_its_place(ask: Run, content: str, reason: str) -> None:
    done = ask(content, "export", name="data.yamlld")

    assert (done.exit_code, done.stdout, len(done.stderr.splitlines())) == (3, "", 1)
    assert reason in done.stderr


@pytest.mark.parametrize("name", ["data.jsonld", "data.yamlld"])
def test_context_at_an_address_is_told_what_to_write(ask: Run, name: str) -> None:
    done = ask('{"@context": "https://schema.org", "@type": "Event", "name": "Hoffest"}', "export", name=name)

    assert (done.exit_code, done.stdout) == (3, "")
    assert '"@context": {"@vocab": "https://schema.org/"}' in done.stderr


# --- prefixes, bases, named graphs ---------------------------------------------------------------------------------------


def test_questions_know_the_prefixes_of_the_file(ask: Run) -> None:
    data = f"{PREFIXES} @prefix : <http://colon.org/> . ex:a ex:near :b ."

    done = ask(data, "query", "SELECT ?b { ex:a ex:near ?b }")
    exported = ask(data, "export")

    assert done.stdout.splitlines()[2] == ":b"
    assert "\nex:a\n    ex:near <http://colon.org/b> ;\n" in exported.stdout


@pytest.mark.quick(1)
@pytest.mark.parametrize("weight", ["0", "'NaN'^^<http://www.w3.org/2001/XMLSchema#double>"])
def test_weight_that_is_none_is_one_line(tmp_path: Path, weight: str) -> None:
    data, query = tmp_path / "data.ttl", tmp_path / "net.rq"
    data.write_text("<urn:a> <urn:knows> <urn:b> , <urn:c> . <urn:b> <urn:knows> <urn:c> .")
    query.write_text(f"SELECT * {{ ?source ?relation ?target BIND({weight} AS ?weight) }}")

    done = run_itasgraph("view", query, "--data", data, "-o", tmp_path / "out.html", "--project", ROOT, "--lang", "en")

    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, b"", 1)
    assert b"?weight is not a number above zero" in done.stderr


def test_own_prefixes_go_before_those_of_the_file(ask: Run) -> None:
    data = '@prefix rdfs: <http://other.org/> . <http://ex.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "A" ; rdfs:p 1 .'

    assert ask(data, "show", "A").stdout.startswith("A\nhttp://ex.org/a\n")


def test_query_file_is_its_own_base(ask: Run, tmp_path: Path) -> None:
    query = tmp_path / "q.rq"
    query.write_text("SELECT ?o { <a> <p> ?o }")

    assert ask('<a> <p> "yes" .', "query", query, "-f", "csv").stdout.split() == ["o", "yes"]


@pytest.mark.slow
def test_query_file_on_data_of_the_project_has_its_base(run: Run, tmp_path: Path) -> None:
    data, query = tmp_path / "all.ttl", tmp_path / "q.rq"
    assert run("export", "-o", data, "--project", ROOT).exit_code == 0
    query.write_text("ASK { <person/boris-kaiser> ?p ?o }")

    assert run("query", query, "--data", data, "--project", ROOT).exit_code == 0


def test_named_graphs_of_a_file_are_kept(ask: Run) -> None:
    data = "@prefix ex: <http://ex.org/> . ex:g { ex:a ex:p ex:b } ex:h { ex:a ex:p ex:b . ex:c ex:p ex:d } ex:e ex:p ex:f ."

    exported = ask(data, "export", "-f", "trig", name="data.trig")
    rows = ask(data, "query", "SELECT ?g ?s { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s", "-f", "csv", name="data.trig")

    assert set(ox.parse(exported.stdout, ox.RdfFormat.TRIG)) == set(ox.parse(data, ox.RdfFormat.TRIG))
    assert [line.replace("http://ex.org/", "") for line in rows.stdout.splitlines()[1:]] == ["g,a", "h,a", "h,c"]


GRAPHS = "@prefix ex: <http://ex.org/> . ex:g { ex:a ex:p ex:b } ex:e ex:p ex:f ."


@pytest.mark.parametrize(
    ("options", "subjects"), [((), ["http://ex.org/a", "http://ex.org/e"]), (("--no-union",), ["http://ex.org/e"])]
)
def test_default_graph_of_a_file_is_the_union_of_all_unless_told(
    ask: Run, options: tuple[str, ...], subjects: list[str]
) -> None:
    done = ask(GRAPHS, "query", "SELECT ?s { ?s ?p ?o } ORDER BY ?s", *options, "-f", "csv", name="data.trig")

    assert done.stdout.split()[1:] == subjects


@pytest.mark.parametrize("name", [None, "data.yaml"])
def test_no_union_needs_rdf_files(run: Run, tmp_path: Path, name: str | None) -> None:
    data = []
    if name:
        (tmp_path / name).write_text("id: source/a\ntype: Source\n")
        data = ["--data", tmp_path / name]

    done = run("query", "kinds", "--no-union", "--project", ROOT, *data, "--lang", "en")

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "--no-union is for RDF files – name one with --data, or leave --no-union out\n"


def test_ready_question_says_when_the_data_have_no_kinds(ask: Run) -> None:
    data = f"{PREFIXES} ex:a a ex:Lamp ."

    ready = ask(data, "query", "kinds")
    own = ask(data, "query", "SELECT * { ?s ex:none ?o }")

    assert ready.stderr.startswith(
        "No rows.\nReady questions are about entries with an itas:kind, and these data have none"
    )
    assert "itas:kind" not in own.stderr
    (example,) = re.findall("'(SELECT .*)'", ready.stderr)
    assert ask(data, "query", example, "-f", "csv").stdout.split() == ["type,entries", "http://ex.org/Lamp,1"]
